//! Members of an object that have a type and no name of their own to the field that holds them.

use super::super::context::Context;
use super::super::rust_type::RustType;
use super::Types;
use crate::model::{Additional, ObjectShape};
use crate::names::RustIdent;

/// The field of a struct that holds the members which have a type and no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// Its name.
    pub name: RustIdent,
    /// Its type, a map.
    pub ty: RustType,
}

/// The name of the field for members without a name of their own.
pub(super) const NAME: &str = "additional";

/// What members have as their type that have no name of their own, if one is stated.
pub(super) fn plan_rest(
    context: &Context<'_>,
    types: &Types,
    object: &ObjectShape,
) -> Option<Rest> {
    let Additional::Schema(inner) = object.additional else {
        return None;
    };
    let mut ty = types.rust_type(context, inner);
    if ty == RustType::Json {
        return None;
    }
    if context.schema(inner).nullable {
        ty = ty.optional();
    }
    Some(Rest {
        name: RustIdent::parse(NAME)?,
        ty: RustType::Map(Box::new(ty)),
    })
}

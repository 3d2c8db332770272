//! A model to the names by which its schemas can be spoken of: those that the generated crate prints.

use super::context::Context;
use super::schema::{Item, plan_types};
use super::{operation, schema::TypeId};
use crate::analyze::Facts;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::{Model, SchemaId};
use std::collections::BTreeMap;

/// The types of a crate by their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Addresses {
    /// Each type that the crate would have.
    pub types: BTreeMap<String, AddressedType>,
}

/// A type of the crate, and what it was made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddressedType {
    /// The schemas that it stands for: one, except for enumerations, of which equal ones are one type.
    pub schemas: Vec<SchemaId>,
    /// The fields in the order of the type: the name in Rust, the name on the wire, and the type.
    pub fields: Vec<(String, String, String)>,
}

/// Names all types of a model. What there is to say about the names is said when the crate is planned.
pub fn addresses(model: &Model, facts: &Facts, config: &Config) -> Addresses {
    let mut unsaid = Diagnostics::new();
    let context = Context::new(model, facts, config, &mut unsaid);
    let named = operation::name_operations(&context, &mut unsaid);
    let bodies = operation::shape_bodies(&context, &named);
    let types = plan_types(&context, &named, &bodies, &mut unsaid);
    let mut schemas: BTreeMap<TypeId, Vec<SchemaId>> = BTreeMap::new();
    for (schema, id) in types.schemas() {
        schemas.entry(id).or_default().push(schema);
    }
    let addressed = types.items.iter().map(|item| {
        let fields = match item {
            Item::Struct(item) => item
                .fields
                .iter()
                .map(|field| {
                    let name = field.name.plain().to_owned();
                    (name, field.wire.clone(), super::dump::type_text(&field.ty))
                })
                .collect(),
            _ => Vec::new(),
        };
        let id = types.id_of(item.name());
        let schemas = id.and_then(|id| schemas.get(&id)).cloned();
        let addressed = AddressedType {
            schemas: schemas.unwrap_or_default(),
            fields,
        };
        (item.name().plain().to_owned(), addressed)
    });
    Addresses {
        types: addressed.collect(),
    }
}

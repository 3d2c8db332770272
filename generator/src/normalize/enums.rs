//! Takes null out of enumerations, where it says only that null is allowed, and values that stand there twice.

use crate::diagnostic::Diagnostics;
use crate::model::{Literal, Model, SchemaId, Shape};
use std::collections::BTreeSet;

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    for id in (0..model.schemas.len() as u32).map(SchemaId) {
        let Some(schema) = model.schemas.get_mut(id) else {
            continue;
        };
        let Shape::Enum(enumeration) = &mut schema.shape else {
            continue;
        };
        let before = enumeration.values.len();
        enumeration
            .values
            .retain(|value| value.value != Literal::Null);
        let null = enumeration.values.len() < before;
        let mut seen = BTreeSet::new();
        enumeration
            .values
            .retain(|value| seen.insert(value.value.clone()));
        let values = &enumeration.values;
        let booleans = values
            .iter()
            .all(|value| matches!(value.value, Literal::Boolean(_)));
        if values.is_empty() {
            schema.shape = if null { Shape::Never } else { Shape::Any };
        } else if booleans && values.len() == 2 {
            schema.shape = Shape::Boolean;
        }
        schema.nullable |= null;
    }
}

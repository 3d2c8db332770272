//! What the user decides to changed schemas.

use super::find::{self, Slot};
use super::near;
use crate::config::{Config, Listed, TypeExpression};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::schema::Authority;
use crate::model::{
    Docs, EnumValue, Enumeration, Literal, Model, Schema, SchemaId, Shape, StringFormat,
};
use crate::plan::Addresses;

/// Applies all overrides. Addresses are looked up before anything is changed.
pub fn run(
    model: &mut Model,
    addresses: &Addresses,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let overrides = &config.overrides;
    let mut run = Run {
        model,
        addresses,
        config,
        diagnostics,
    };
    let types = run.find("types", &overrides.types);
    let enums = run.find("enums", &overrides.enums);
    let nullable = run.find("nullable", &overrides.nullable);
    let required = run.find("required", &overrides.required);
    let fields = run.find("names.fields", &overrides.fields);
    for (address, name, slots) in fields {
        run.set_name(address, name, &slots);
    }
    // What stands further inside first: a type that is given to a whole may take away its parts.
    for (address, expression, slots) in types.into_iter().rev() {
        run.set_type(address, expression, &slots);
    }
    for (address, values, slots) in enums {
        run.set_values(address, values, &slots);
    }
    for (_, nullable, slots) in nullable {
        for slot in slots {
            run.set_nullable(slot, *nullable);
        }
    }
    for (address, required, slots) in required {
        for slot in slots {
            run.set_required(address, slot, *required);
        }
    }
}

type Found<'c, T> = Vec<(&'c String, &'c T, Vec<Slot>)>;

struct Run<'r> {
    model: &'r mut Model,
    addresses: &'r Addresses,
    config: &'r Config,
    diagnostics: &'r mut Diagnostics,
}

impl Run<'_> {
    fn find<'c, T>(
        &mut self,
        section: &str,
        entries: &'c std::collections::BTreeMap<String, T>,
    ) -> Found<'c, T> {
        let mut found = Vec::new();
        for (address, value) in entries {
            match find::find(self.model, self.addresses, address) {
                Ok(slots) => found.push((address, value, slots)),
                Err(nothing) => {
                    let message = format!("`{section}` matches nothing: {}", nothing.message);
                    self.fault(
                        Code::OVERRIDES_UNUSED,
                        section,
                        address,
                        message,
                        nothing.help,
                    );
                }
            }
        }
        found
    }

    fn fault(&mut self, code: Code, section: &str, address: &str, message: String, help: String) {
        let steps: Vec<&str> = section.split('.').chain([address]).collect();
        let place = self.config.place(&steps);
        self.diagnostics
            .push(Diagnostic::new(code, message).at(place).help(help));
    }

    fn set_type(&mut self, address: &str, expression: &TypeExpression, slots: &[Slot]) {
        for slot in slots {
            let Some(old) = find::schema(self.model, *slot) else {
                continue;
            };
            let before = self.model.schemas.len();
            let Some(new) = self.schema_of(address, expression, old) else {
                return;
            };
            match slot {
                // The type is gone; what referred to it refers to what it is now.
                Slot::Type(_) => self.replace(old, new, before),
                slot => self.set(*slot, new),
            }
        }
    }

    /// The schema of a type that the user writes. `old` gives what the type does not say: texts, and whether null is
    /// allowed. Recurses no deeper than types are read.
    fn schema_of(
        &mut self,
        address: &str,
        expression: &TypeExpression,
        old: SchemaId,
    ) -> Option<SchemaId> {
        let inner = |run: &mut Self, inner: &TypeExpression| match inner {
            TypeExpression::Any => Some(run.model.schemas.add(Schema::default())),
            other => {
                // A list stays one of what it was if the user only says that it is a list.
                let blank = run.model.schemas.add(Schema::default());
                run.schema_of(address, other, blank)
            }
        };
        let shape = match expression {
            TypeExpression::String => Shape::String(StringFormat::Plain),
            TypeExpression::Integer => Shape::Integer { unsigned: false },
            TypeExpression::Number => Shape::Number,
            TypeExpression::Boolean => Shape::Boolean,
            TypeExpression::Any => Shape::Any,
            TypeExpression::Date => Shape::String(StringFormat::Date),
            TypeExpression::DateTime => Shape::String(StringFormat::DateTime),
            TypeExpression::Decimal => Shape::String(StringFormat::Decimal),
            TypeExpression::Array(item) => Shape::Array(inner(self, item)?),
            TypeExpression::Map(value) => Shape::Map(inner(self, value)?),
            TypeExpression::Named(name) => {
                let known = self.addresses.types.get(name);
                if let Some(id) = known.and_then(|known| known.schemas.first()) {
                    return Some(*id);
                }
                let message = format!("there is no type `{name}`");
                let help = near::help("types", name, self.addresses.types.keys().cloned());
                self.fault(
                    Code::OVERRIDES_UNKNOWN_TYPE,
                    "types",
                    address,
                    message,
                    help,
                );
                return None;
            }
        };
        Some(self.copy(old, shape))
    }

    /// A schema with another shape, and no sample or default that might not be of it.
    fn copy(&mut self, old: SchemaId, shape: Shape) -> SchemaId {
        let old = self.model.schemas.get(old);
        let new = Schema {
            shape,
            nullable: old.nullable,
            spellings: old.spellings.clone(),
            names: old.names.clone(),
            docs: old.docs.clone(),
            authority: Authority::Declared,
            deprecated: old.deprecated,
            origins: old.origins.clone(),
            ..Schema::default()
        };
        self.model.schemas.add(new)
    }

    fn set_name(&mut self, address: &str, name: &str, slots: &[Slot]) {
        for slot in slots {
            let property = match slot {
                Slot::Property(id, at) => match &self.model.schemas.get(*id).shape {
                    Shape::Object(object) => object.properties.get(*at).map(|known| (*id, known)),
                    _ => None,
                },
                _ => None,
            };
            let Some((id, property)) = property else {
                let message = format!("`{address}` is no field of a type");
                let help = "name the type and the member, as `Order.createdAt`; types are renamed under `names.types`";
                self.fault(
                    Code::OVERRIDES_MISPLACED,
                    "names.fields",
                    address,
                    message,
                    help.to_owned(),
                );
                return;
            };
            let key = (id, property.name.clone());
            self.model.property_names.insert(key, name.to_owned());
        }
    }

    fn set_values(&mut self, address: &str, values: &[Listed], slots: &[Slot]) {
        let values: Vec<EnumValue> = values
            .iter()
            .map(|value| EnumValue {
                value: match value {
                    Listed::Integer(number) => Literal::Number(number.to_string()),
                    Listed::Text(text) => Literal::String(text.clone()),
                },
                name: None,
                docs: Docs::default(),
            })
            .collect();
        for slot in slots {
            let Some(mut old) = find::schema(self.model, *slot) else {
                continue;
            };
            let mut slot = *slot;
            // Of a list, the elements are meant.
            if let Shape::Array(item) = self.model.schemas.get(old).shape {
                slot = Slot::Element(old);
                old = item;
            }
            if matches!(
                self.model.schemas.get(old).shape,
                Shape::Object(_) | Shape::Map(_)
            ) {
                let message =
                    format!("`{address}` is an object, which cannot be one of a list of values");
                let help = "list values of text or whole numbers only".to_owned();
                self.fault(Code::OVERRIDES_MISPLACED, "enums", address, message, help);
                return;
            }
            let shape = Shape::Enum(Enumeration {
                values: values.clone(),
            });
            let before = self.model.schemas.len();
            let new = self.copy(old, shape);
            match slot {
                Slot::Type(_) => self.replace(old, new, before),
                slot => self.set(slot, new),
            }
        }
    }

    fn set_nullable(&mut self, slot: Slot, nullable: bool) {
        let Some(id) = find::schema(self.model, slot) else {
            return;
        };
        let schema = self.model.schemas.get(id);
        // A copy of a record would be a type of its own; null is allowed wherever the record stands.
        let shared = matches!(schema.shape, Shape::Object(_) | Shape::Union(_));
        if shared || matches!(slot, Slot::Type(_)) {
            if let Some(schema) = self.model.schemas.get_mut(id) {
                schema.nullable = nullable;
            }
            return;
        }
        let mut schema = schema.clone();
        schema.nullable = nullable;
        let new = self.model.schemas.add(schema);
        self.set(slot, new);
    }

    fn set_required(&mut self, address: &str, slot: Slot, required: bool) {
        let model = &mut *self.model;
        match slot {
            Slot::Property(id, at) => {
                if let Some(Shape::Object(object)) = model.schemas.get_mut(id).map(|s| &mut s.shape)
                    && let Some(property) = object.properties.get_mut(at)
                {
                    property.required = required;
                }
            }
            Slot::Parameter(at, parameter) => {
                let operation = model.operations.get_mut(at);
                if let Some(p) = operation.and_then(|o| o.parameters.get_mut(parameter)) {
                    p.required = required || p.location == crate::model::Location::Path;
                }
            }
            Slot::Request(at, _) => {
                let operation = model.operations.get_mut(at);
                if let Some(body) = operation.and_then(|o| o.request_body.as_mut()) {
                    body.required = required;
                }
            }
            Slot::Type(_) | Slot::Element(_) | Slot::Response(..) => {
                let message = format!("`{address}` is no property, parameter or request");
                let help = "write `Type.property`, `GET /path query.name` or `POST /path request`";
                let help = help.to_owned();
                self.fault(
                    Code::OVERRIDES_MISPLACED,
                    "required",
                    address,
                    message,
                    help,
                );
            }
        }
    }

    /// Lets a place refer to another schema.
    fn set(&mut self, slot: Slot, new: SchemaId) {
        let model = &mut *self.model;
        let old = match slot {
            Slot::Type(_) => None,
            Slot::Property(id, at) => match model.schemas.get_mut(id).map(|s| &mut s.shape) {
                Some(Shape::Object(object)) => object.properties.get_mut(at).map(|p| &mut p.schema),
                _ => None,
            },
            Slot::Element(id) => match model.schemas.get_mut(id).map(|s| &mut s.shape) {
                Some(Shape::Array(inner) | Shape::Map(inner)) => Some(inner),
                _ => None,
            },
            Slot::Parameter(at, parameter) => model
                .operations
                .get_mut(at)
                .and_then(|o| o.parameters.get_mut(parameter))
                .map(|p| &mut p.schema),
            Slot::Request(at, media) => model
                .operations
                .get_mut(at)
                .and_then(|o| o.request_body.as_mut())
                .and_then(|body| body.content.get_mut(media))
                .map(|m| &mut m.schema),
            Slot::Response(at, response, media) => model
                .operations
                .get_mut(at)
                .and_then(|o| o.responses.get_mut(response))
                .and_then(|r| r.content.get_mut(media))
                .map(|m| &mut m.schema),
        };
        if let Some(old) = old {
            *old = new;
        }
    }

    /// Lets everything that refers to one schema refer to another, except the schemas from a number on: a list of what
    /// is replaced does not become a list of itself.
    fn replace(&mut self, old: SchemaId, new: SchemaId, before: usize) {
        let change = |id: &mut SchemaId| {
            if *id == old {
                *id = new;
            }
        };
        let schemas = std::mem::take(&mut self.model.schemas).into_vec();
        let schemas: Vec<Schema> = schemas
            .into_iter()
            .enumerate()
            .map(|(number, mut schema)| {
                if number < before {
                    schema.shape.for_each_child(change);
                }
                schema
            })
            .collect();
        self.model.schemas = schemas.into();
        self.model.for_each_root(change);
    }
}

//! Models of a few schemas, written and read as short texts.

use crate::diagnostic::Diagnostics;
use crate::model::schema::Authority;
use crate::model::*;

/// A model that has one operation answering each schema, so that all of them are kept.
#[derive(Default)]
pub(super) struct Schemes(pub Model);

impl Schemes {
    pub fn add(&mut self, shape: Shape) -> SchemaId {
        self.0.schemas.add(Schema {
            shape,
            authority: Authority::Declared,
            ..Schema::default()
        })
    }

    /// A schema that its author named.
    pub fn named(&mut self, name: &str, shape: Shape) -> SchemaId {
        let id = self.add(shape);
        if let Some(schema) = self.0.schemas.get_mut(id) {
            schema.names.push(NameHint::new(name, 0));
        }
        id
    }

    pub fn nullable(&mut self, shape: Shape) -> SchemaId {
        let id = self.add(shape);
        if let Some(schema) = self.0.schemas.get_mut(id) {
            schema.nullable = true;
        }
        id
    }

    pub fn set(&mut self, id: SchemaId, shape: Shape) {
        self.0.schemas.get_mut(id).expect("a schema").shape = shape;
    }

    /// An object; a `!` behind a name means that the property is required.
    pub fn object(&mut self, properties: &[(&str, SchemaId)]) -> SchemaId {
        let shape = object(properties);
        self.add(shape)
    }

    pub fn values(&mut self, values: &[&str]) -> SchemaId {
        self.add(Shape::Enum(Enumeration {
            values: values
                .iter()
                .map(|text| EnumValue {
                    value: match *text {
                        "null" => Literal::Null,
                        "true" | "false" => Literal::Boolean(*text == "true"),
                        text if text.parse::<f64>().is_ok() => Literal::Number(text.to_owned()),
                        text => Literal::String(text.to_owned()),
                    },
                    name: None,
                    docs: Docs::default(),
                })
                .collect(),
        }))
    }

    pub fn union(&mut self, variants: &[SchemaId]) -> SchemaId {
        let shape = union(variants);
        self.add(shape)
    }

    /// Runs a pass twice, which must be as good as once.
    pub fn pass(&mut self, name: &str) -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let (_, pass) = super::PASSES
            .iter()
            .find(|(known, _)| *known == name)
            .expect("a pass");
        if name == "all-of" {
            // Only what is kept is merged: each schema is a described object.
            self.0.objects = self.0.schemas.iter().map(|(id, _)| id).collect();
        }
        pass(&mut self.0, &mut diagnostics);
        let once = self.0.clone();
        pass(&mut self.0, &mut Diagnostics::new());
        assert_eq!(dump(&once), dump(&self.0), "{name} may run twice");
        diagnostics
    }

    /// A schema as a short text, its parts included.
    pub fn show(&self, id: SchemaId) -> String {
        self.nested(id, 6)
    }

    fn nested(&self, id: SchemaId, depth: usize) -> String {
        let schema = self.0.schemas.get(id);
        let Some(depth) = depth.checked_sub(1) else {
            return "…".to_owned();
        };
        let part = |id: &SchemaId| self.nested(*id, depth);
        let list = |ids: &mut dyn Iterator<Item = String>| ids.collect::<Vec<_>>().join(" ");
        let text = match &schema.shape {
            Shape::Any => "any".to_owned(),
            Shape::Never => "never".to_owned(),
            Shape::Boolean => "bool".to_owned(),
            Shape::Integer { unsigned } => if *unsigned { "uint" } else { "int" }.to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::String(StringFormat::Plain) => "text".to_owned(),
            Shape::String(format) => format!("{format:?}"),
            Shape::Enum(values) => {
                format!(
                    "enum({})",
                    list(&mut values.values.iter().map(|one| one.value.to_json()))
                )
            }
            Shape::Array(inner) => format!("[{}]", part(inner)),
            Shape::Tuple(parts) => format!("tuple({})", list(&mut parts.iter().map(part))),
            Shape::Map(inner) => format!("map({})", part(inner)),
            Shape::Object(object) => {
                let properties = object.properties.iter().map(|one| {
                    let required = if one.required { "!" } else { "" };
                    format!("{}{required}:{}", one.name, part(&one.schema))
                });
                let more = match &object.additional {
                    Additional::Unknown => None,
                    Additional::Forbidden => Some("closed".to_owned()),
                    Additional::Schema(id) => Some(format!("*:{}", part(id))),
                };
                format!("{{{}}}", list(&mut properties.chain(more)))
            }
            Shape::Union(union) => {
                let variants = union.variants.iter().map(|one| {
                    let tags = match one.tags.is_empty() {
                        true => String::new(),
                        false => format!("{}=", one.tags.join("/")),
                    };
                    format!("{tags}{}", part(&one.schema))
                });
                let by = union.discriminator.as_ref().map(|tag| format!("by {tag}"));
                format!("one({})", list(&mut by.into_iter().chain(variants)))
            }
            Shape::AllOf(parts) => format!("all({})", list(&mut parts.iter().map(part))),
            Shape::Sampled(_) => "sampled".to_owned(),
        };
        let null = if schema.nullable { "?" } else { "" };
        let empty = if schema.spellings.contains(&Spelling::Empty) {
            "\"\""
        } else {
            ""
        };
        format!("{text}{null}{empty}")
    }

    /// The property of an object.
    pub fn property(&self, id: SchemaId, name: &str) -> SchemaId {
        match &self.0.schemas.get(id).shape {
            Shape::Object(object) => {
                object
                    .properties
                    .iter()
                    .find(|one| one.name == name)
                    .expect("a property")
                    .schema
            }
            other => panic!("{other:?} has no properties"),
        }
    }
}

pub(super) fn object(properties: &[(&str, SchemaId)]) -> Shape {
    Shape::Object(ObjectShape {
        properties: properties
            .iter()
            .map(|(name, schema)| Property {
                required: name.ends_with('!'),
                ..Property::new(name.trim_end_matches('!').to_owned(), *schema)
            })
            .collect(),
        ..ObjectShape::default()
    })
}

pub(super) fn union(variants: &[SchemaId]) -> Shape {
    Shape::Union(UnionShape {
        variants: variants
            .iter()
            .map(|schema| Variant {
                schema: *schema,
                ..Variant::default()
            })
            .collect(),
        ..UnionShape::default()
    })
}

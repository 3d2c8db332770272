//! Samples as sources give them to samples that a person would have written: placeholders become values, invented
//! members go, and what looks like a secret is masked.

use super::placeholder;
use super::secret::{is_secret_name, is_secret_number, is_secret_text, words};
use crate::model::evidence::Hole;
use crate::model::{
    Additional, Literal, ObjectShape, Schema, SchemaId, Schemas, Shape, StringFormat, UnionShape,
};

/// What stands in the place of a secret.
pub const MASK: &str = "***";

/// A sample of a schema's values with a value in the place of each placeholder. Members that the schema does not have
/// are left out, and so are names that a generator has invented. Nothing comes back where the sample is no value at all.
pub fn materialize(schemas: &Schemas, id: SchemaId, sample: &Literal) -> Option<Literal> {
    Filling { schemas }.fill(Some(id), sample, "")
}

/// A value for a parameter of this name, from its example or else from its schema.
pub fn materialize_parameter(
    schemas: &Schemas,
    id: SchemaId,
    name: &str,
    example: Option<&Literal>,
) -> Literal {
    let filling = Filling { schemas };
    let given = example.and_then(|example| filling.fill(Some(id), example, name));
    given.unwrap_or_else(|| filling.invent(Some(id), name))
}

struct Filling<'a> {
    schemas: &'a Schemas,
}

impl Filling<'_> {
    /// The recursion goes as deep as the sample, whose depth the tree limits.
    fn fill(&self, id: Option<SchemaId>, sample: &Literal, name: &str) -> Option<Literal> {
        let schema = id.map(|id| self.schemas.get(id));
        if let Literal::String(text) = sample
            && let Some(holes) = placeholder::holes(text)
        {
            return match holes.first() {
                Some(Hole::Circular(_) | Hole::TooDeep) => None,
                hole => Some(self.value(schema, hole)),
            };
        }
        let shape = schema.map_or(&Shape::Any, |schema| &schema.shape);
        Some(match (shape, sample) {
            (Shape::Union(union), sample) => self.fill_union(union, sample, name)?,
            (_, Literal::Array(items)) => {
                let inner = match shape {
                    Shape::Array(inner) => Some(*inner),
                    _ => None,
                };
                let items = items.iter().filter_map(|item| self.fill(inner, item, name));
                Literal::Array(items.collect())
            }
            (_, Literal::Object(members)) => self.fill_object(shape, members)?,
            (Shape::Enum(_) | Shape::Boolean, sample) => sample.clone(),
            (_, Literal::String(text)) if is_secret_name(name) || is_secret_text(text) => {
                Literal::String(MASK.to_owned())
            }
            (_, Literal::Number(_)) if is_secret_number(name) => Literal::Number("1".to_owned()),
            (_, sample) => sample.clone(),
        })
    }

    fn fill_object(&self, shape: &Shape, members: &[(String, Literal)]) -> Option<Literal> {
        // A generator that gave up says so in a member of this name.
        if let [(name, Literal::String(text))] = members
            && name == "value"
            && matches!(
                placeholder::holes(text).as_deref(),
                Some([Hole::Circular(_) | Hole::TooDeep])
            )
        {
            return None;
        }
        let kept = members.iter().filter_map(|(name, value)| {
            let inner = match shape {
                Shape::Object(object) => match property(object, name) {
                    Some(inner) => Some(inner),
                    None => Some(additional(object).filter(|_| !is_invented(name))?),
                },
                Shape::Map(_) if is_invented(name) => return None,
                Shape::Map(inner) => Some(*inner),
                _ if is_invented(name) => return None,
                _ => None,
            };
            let null = *value == Literal::Null;
            if null && inner.is_some_and(|inner| !allows_null(self.schemas.get(inner))) {
                return None;
            }
            Some((name.clone(), self.fill(inner, value, name)?))
        });
        Some(Literal::Object(kept.collect()))
    }

    fn fill_union(&self, union: &UnionShape, sample: &Literal, name: &str) -> Option<Literal> {
        if union.external
            && let Literal::Object(members) = sample
            && let [(tag, value)] = members.as_slice()
            && let Some(variant) = union.variants.iter().find(|v| v.tags.first() == Some(tag))
        {
            let value = self.fill(Some(variant.schema), value, tag)?;
            return Some(Literal::Object(vec![(tag.clone(), value)]));
        }
        let variant = union.variants.iter().max_by_key(|variant| {
            let schema = self.schemas.get(variant.schema);
            let tagged = matches!((&union.discriminator, sample), (Some(tag), Literal::Object(members))
                if members.iter().any(|(name, value)| name == tag
                    && matches!(value, Literal::String(text) if variant.tags.contains(text))));
            (tagged, likeness(&schema.shape, sample))
        });
        self.fill(variant.map(|variant| variant.schema), sample, name)
    }

    /// A value where the sample has a placeholder: of the schema's kind, else of the placeholder's.
    fn value(&self, schema: Option<&Schema>, hole: Option<&Hole>) -> Literal {
        match (schema.map(|schema| &schema.shape), hole) {
            (Some(Shape::Any | Shape::Sampled(_)) | None, Some(hole)) => of_hole(hole),
            (Some(Shape::Union(union)), Some(hole)) => {
                let alike = union.variants.iter().find(|variant| {
                    let shape = &self.schemas.get(variant.schema).shape;
                    likeness(shape, &of_hole(hole)) > 0
                });
                match alike.or(union.variants.first()) {
                    Some(variant) => self.invent(Some(variant.schema), ""),
                    None => of_hole(hole),
                }
            }
            _ => schema.map_or(Literal::Null, |schema| of_schema(schema, "")),
        }
    }

    fn invent(&self, id: Option<SchemaId>, name: &str) -> Literal {
        let mut schema = id.map(|id| self.schemas.get(id));
        // A union's first alternative, and not for ever.
        for _ in 0..8 {
            let Some(Shape::Union(union)) = schema.map(|schema| &schema.shape) else {
                break;
            };
            schema = union
                .variants
                .first()
                .map(|variant| self.schemas.get(variant.schema));
        }
        if let Some(Shape::Array(inner)) = schema.map(|schema| &schema.shape) {
            let inner = self.schemas.get(*inner);
            return match inner.shape {
                Shape::Object(_) | Shape::Array(_) | Shape::Union(_) => Literal::Array(Vec::new()),
                _ => Literal::Array(vec![of_schema(inner, name)]),
            };
        }
        schema.map_or(Literal::Null, |schema| of_schema(schema, name))
    }
}

fn property(object: &ObjectShape, name: &str) -> Option<SchemaId> {
    let property = object
        .properties
        .iter()
        .find(|property| property.name == name);
    property.map(|property| property.schema)
}

fn additional(object: &ObjectShape) -> Option<SchemaId> {
    match object.additional {
        Additional::Schema(inner) => Some(inner),
        Additional::Unknown | Additional::Forbidden => None,
    }
}

fn allows_null(schema: &Schema) -> bool {
    schema.nullable || matches!(schema.shape, Shape::Any | Shape::Sampled(_))
}

fn is_invented(name: &str) -> bool {
    placeholder::invented(name).is_some_and(|invented| invented.strong)
}

/// How much of a sample a shape has a place for; nothing if it is of another kind.
fn likeness(shape: &Shape, sample: &Literal) -> usize {
    match (shape, sample) {
        (Shape::Object(object), Literal::Object(members)) => {
            let known = members
                .iter()
                .filter(|(name, _)| property(object, name).is_some());
            let known = known.count();
            let missing = object.properties.iter().filter(|property| {
                property.required && members.iter().all(|(name, _)| *name != property.name)
            });
            (1 + known).saturating_sub(missing.count())
        }
        (Shape::Map(_), Literal::Object(_))
        | (Shape::Array(_) | Shape::Tuple(_), Literal::Array(_))
        | (Shape::String(_), Literal::String(_))
        | (Shape::Boolean, Literal::Boolean(_))
        | (Shape::Number, Literal::Number(_)) => 1,
        (Shape::Integer { .. }, Literal::Number(text)) => {
            usize::from(text.bytes().all(|b| b.is_ascii_digit() || b == b'-')) * 2
        }
        (Shape::Enum(values), sample) => {
            2 * usize::from(values.values.iter().any(|value| value.value == *sample))
        }
        _ => 0,
    }
}

fn of_hole(hole: &Hole) -> Literal {
    match hole {
        Hole::Integer => Literal::Number("1".to_owned()),
        Hole::Number => Literal::Number("1.5".to_owned()),
        Hole::Boolean => Literal::Boolean(true),
        Hole::Array => Literal::Array(Vec::new()),
        Hole::Object | Hole::Named(_) => Literal::Object(Vec::new()),
        Hole::Null => Literal::Null,
        Hole::String(format) => Literal::String(text_of(format).to_owned()),
        _ => Literal::String("string".to_owned()),
    }
}

fn of_schema(schema: &Schema, name: &str) -> Literal {
    match &schema.shape {
        Shape::Boolean => Literal::Boolean(true),
        Shape::Integer { .. } => Literal::Number("1".to_owned()),
        Shape::Number => Literal::Number("1.5".to_owned()),
        Shape::String(StringFormat::Plain) => Literal::String(text_named(name).to_owned()),
        Shape::String(format) => Literal::String(text_of(format).to_owned()),
        Shape::Enum(enumeration) => {
            let first = enumeration
                .values
                .iter()
                .find(|value| value.value != Literal::Null);
            first.map_or(Literal::Null, |value| value.value.clone())
        }
        Shape::Array(_) | Shape::Tuple(_) => Literal::Array(Vec::new()),
        Shape::Map(_) | Shape::Object(_) => Literal::Object(Vec::new()),
        Shape::Any | Shape::Never | Shape::Union(_) | Shape::AllOf(_) | Shape::Sampled(_) => {
            Literal::String(text_named(name).to_owned())
        }
    }
}

/// Text without a format, by what the name of a parameter says about it in every API. Samples of bodies have no such
/// names here: what stands in them is taken for what the server says.
fn text_named(name: &str) -> &'static str {
    match words(name).last().map_or("", String::as_str) {
        "email" => "ann@example.com",
        "id" | "ids" => "1",
        "country" => "NL",
        "currency" => "EUR",
        "language" | "locale" | "lang" => "en",
        "name" => "Ann",
        "uri" | "url" => "https://example.com",
        "" => "string",
        _ => "example",
    }
}

fn text_of(format: &StringFormat) -> &'static str {
    match format {
        StringFormat::Plain | StringFormat::Binary => "string",
        StringFormat::DateTime => "2026-01-31T12:00:00Z",
        StringFormat::Date => "2026-01-31",
        StringFormat::Decimal => "1.50",
        StringFormat::Base64 => "c3RyaW5n",
        StringFormat::Other(format) => match format.as_str() {
            "uuid" => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
            "email" | "idn-email" => "ann@example.com",
            "uri" | "url" | "iri" => "https://example.com",
            "uri-reference" | "iri-reference" => "/example",
            "hostname" | "idn-hostname" => "example.com",
            "ipv4" => "192.0.2.1",
            "ipv6" => "2001:db8::1",
            "time" => "12:00:00Z",
            "duration" => "P1D",
            _ => "string",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::secret::{is_secret_name, is_secret_text};
    use super::materialize;
    use crate::model::{
        Additional, Literal, ObjectShape, Property, Schema, SchemaId, Schemas, Shape, StringFormat,
    };

    fn text(value: &str) -> Literal {
        Literal::String(value.to_owned())
    }

    fn object(members: &[(&str, Literal)]) -> Literal {
        Literal::Object(
            members
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        )
    }

    fn schemas(members: &[(&str, Shape)]) -> (Schemas, SchemaId) {
        let mut schemas = Schemas::default();
        let mut properties = Vec::new();
        for (name, shape) in members {
            let schema = schemas.add(Schema {
                shape: shape.clone(),
                ..Schema::default()
            });
            properties.push(Property::new((*name).to_owned(), schema));
        }
        let shape = Shape::Object(ObjectShape {
            properties,
            additional: Additional::Unknown,
        });
        let id = schemas.add(Schema {
            shape,
            ..Schema::default()
        });
        (schemas, id)
    }

    #[test]
    fn placeholders_become_values_of_the_schemas_kind() {
        let plain = || Shape::String(StringFormat::Plain);
        let (schemas, id) = schemas(&[
            ("id", Shape::Integer { unsigned: false }),
            ("name", plain()),
            ("at", Shape::String(StringFormat::DateTime)),
            ("on", Shape::Boolean),
            ("tags", Shape::Any),
            ("gone", plain()),
            ("loop", Shape::Any),
        ]);
        let sample = object(&[
            ("id", text("<integer>")),
            ("name", text("<string>")),
            ("at", text("<dateTime>")),
            ("on", text("<boolean>")),
            ("tags", text("<array>")),
            ("gone", Literal::Null),
            (
                "loop",
                object(&[(
                    "value",
                    text("<Circular reference to #/components/schemas/A detected>"),
                )]),
            ),
            ("dolorea1", text("x")),
        ]);
        let filled = materialize(&schemas, id, &sample).expect("a value");
        let expected = object(&[
            ("id", Literal::Number("1".into())),
            ("name", text("string")),
            ("at", text("2026-01-31T12:00:00Z")),
            ("on", Literal::Boolean(true)),
            ("tags", Literal::Array(Vec::new())),
        ]);
        assert_eq!(filled, expected);
    }

    #[test]
    fn secrets_are_masked_and_other_text_stays() {
        let plain = || Shape::String(StringFormat::Plain);
        let (schemas, id) = schemas(&[("apiKey", plain()), ("note", plain()), ("key", plain())]);
        let sample = object(&[
            ("apiKey", text("s3cret")),
            ("note", text("keep")),
            ("key", text("sk_live_1")),
        ]);
        let filled = materialize(&schemas, id, &sample).expect("a value");
        assert_eq!(
            filled,
            object(&[
                ("apiKey", text("***")),
                ("note", text("keep")),
                ("key", text("***"))
            ])
        );
    }

    #[test]
    fn names_and_texts_of_secrets() {
        for name in [
            "password",
            "accessToken",
            "x-api-key",
            "API_KEY",
            "client_secret",
            "PIN",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["name", "keyboard", "tokens_used", "compass", "pinned", "id"] {
            assert!(!is_secret_name(name), "{name}");
        }
        for value in [
            "eyJhbGciOiJIUzI1NiJ9.e30.x",
            "Bearer abc",
            "https://ann:pw@example.com/x",
        ] {
            assert!(is_secret_text(value), "{value}");
        }
        for value in ["Basically", "https://example.com/@ann:x", "sky", "eyJust"] {
            assert!(!is_secret_text(value), "{value}");
        }
    }
}

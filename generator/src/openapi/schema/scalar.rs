//! Types and formats to shapes, also where a document leaves the type out or spells it wrong.

use super::super::Lowering;
use super::super::dialect;
use super::super::finding::Remark;
use super::{Keywords, Spot};
use crate::diagnostic::Code;
use crate::model::{Shape, StringFormat, UnionShape, Variant};
use crate::tree::{Kind, Node};

const UNKNOWN: Remark = Remark {
    code: Code::OPENAPI_UNKNOWN_TYPE,
    many: "schemas have a `type` that JSON Schema does not have",
    note: "the nearest type is taken, or any value where there is none",
    help: "the types are `string`, `number`, `integer`, `boolean`, `array`, `object` and `null`",
};

impl<'a> Lowering<'a, '_> {
    /// The shape that a schema's own keywords describe.
    pub(super) fn own_shape(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
        composed: bool,
    ) -> Shape {
        if let Some(shape) = self.enumeration_shape(node, keywords) {
            return shape;
        }
        let types: Vec<&str> = dialect::types(keywords)
            .filter(|name| *name != "null")
            .collect();
        match types.as_slice() {
            [] => self.untyped(node, keywords, spot, composed),
            [one] => self.typed(one, node, keywords, spot, composed),
            // `integer` and `number` together are `number`.
            several
                if several
                    .iter()
                    .all(|name| matches!(*name, "integer" | "number")) =>
            {
                Shape::Number
            }
            several => {
                let mut variants = Vec::new();
                for name in several {
                    let shape =
                        self.typed(name, node, keywords, &Spot::inside(Some(spot)), composed);
                    let schema = self.shape_part(shape, node, Vec::new());
                    variants.push(Variant {
                        schema,
                        ..Variant::default()
                    });
                }
                Shape::Union(UnionShape {
                    variants,
                    ..UnionShape::default()
                })
            }
        }
    }

    fn typed(
        &mut self,
        name: &str,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
        composed: bool,
    ) -> Shape {
        match name {
            "object" => return self.object_shape(node, keywords, spot, composed),
            "array" => return self.array_shape(node, keywords, spot),
            "string" => return Shape::String(string_format(keywords)),
            "boolean" => return Shape::Boolean,
            "integer" => return integer(keywords),
            "number" => return Shape::Number,
            // 2.0 §Parameter Object, §Response Object.
            "file" if self.dialect.is_flat() => return Shape::String(StringFormat::Binary),
            _ => {}
        }
        self.findings
            .add(UNKNOWN, keywords.kind.unwrap_or(node).origin(), || {
                format!("`{name}` is no type")
            });
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "object" | "map" | "dict" | "hash" => self.object_shape(node, keywords, spot, composed),
            "array" | "list" => self.array_shape(node, keywords, spot),
            "string" | "str" | "text" | "uuid" | "uri" | "url" | "email" => {
                Shape::String(string_format(keywords))
            }
            "date" => Shape::String(StringFormat::Date),
            "datetime" | "date-time" | "timestamp" => Shape::String(StringFormat::DateTime),
            "bool" | "boolean" => Shape::Boolean,
            "int" | "int32" | "int64" | "long" | "integer" => integer(keywords),
            "float" | "double" | "decimal" | "number" => Shape::Number,
            "file" | "binary" => Shape::String(StringFormat::Binary),
            _ => Shape::Any,
        }
    }

    /// What keywords say that only one type has.
    fn untyped(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
        composed: bool,
    ) -> Shape {
        let listed = keywords
            .required
            .is_some_and(|list| list.kind() == Kind::Array);
        if keywords.properties.is_some()
            || keywords.additional.is_some()
            || keywords.patterns.is_some()
            || listed
        {
            return self.object_shape(node, keywords, spot, composed);
        }
        if keywords.items.is_some() || keywords.prefix_items.is_some() {
            return self.array_shape(node, keywords, spot);
        }
        let demands = |names: &[&str]| {
            keywords
                .demands
                .iter()
                .any(|(name, _)| names.contains(name))
        };
        let format = keywords.format.and_then(Node::scalar);
        match format {
            Some("int32" | "int64" | "uint32" | "uint64") => return integer(keywords),
            Some("float" | "double") => return Shape::Number,
            Some(_) => return Shape::String(string_format(keywords)),
            None => {}
        }
        if demands(&["minLength", "maxLength", "pattern"]) || keywords.content_encoding.is_some() {
            return Shape::String(string_format(keywords));
        }
        if keywords.content_media_type.is_some() {
            return Shape::String(string_format(keywords));
        }
        Shape::Any
    }
}

fn integer(keywords: &Keywords<'_>) -> Shape {
    Shape::Integer {
        unsigned: matches!(keywords.format.and_then(Node::scalar), Some("uint64")),
    }
}

/// `format`; `contentEncoding` and `contentMediaType` (JSON Schema 2020-12 §8) say the same of bytes.
fn string_format(keywords: &Keywords<'_>) -> StringFormat {
    let text = |node: Option<Node<'_>>| node.and_then(Node::scalar).map(str::to_owned);
    match text(keywords.format).as_deref().map(str::trim) {
        Some("date-time") => StringFormat::DateTime,
        Some("date") => StringFormat::Date,
        Some("decimal") => StringFormat::Decimal,
        Some("byte" | "base64") => StringFormat::Base64,
        Some("binary") => StringFormat::Binary,
        Some("" | "string") | None => match text(keywords.content_encoding).as_deref() {
            Some("base64") => StringFormat::Base64,
            Some("binary") => StringFormat::Binary,
            Some(_) => StringFormat::Plain,
            None => match text(keywords.content_media_type).as_deref() {
                Some("application/octet-stream") => StringFormat::Binary,
                _ => StringFormat::Plain,
            },
        },
        Some(other) => StringFormat::Other(other.to_owned()),
    }
}

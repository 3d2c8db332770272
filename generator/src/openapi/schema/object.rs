//! Objects and arrays: properties with their flags, what may stand beside them, lists and tuples.

use super::super::Lowering;
use super::super::dialect;
use super::super::finding::Remark;
use super::super::reference::reference;
use super::{Keywords, Spot};
use crate::diagnostic::Code;
use crate::model::{Additional, ObjectShape, Property, SchemaId, Shape, UnionShape, Variant};
use crate::tree::{Kind, Node};

const UNDECLARED: Remark = Remark {
    code: Code::OPENAPI_REQUIRED_UNDECLARED,
    many: "names under `required` are no properties of their schema",
    note: "nothing is known of such members, so they are not demanded",
    help: "declare them under `properties`, or take them from `required`",
};
const REQUIRED_FLAG: Remark = Remark {
    code: Code::OPENAPI_REQUIRED_FLAG,
    many: "properties say `required: true` themselves",
    note: "they are read as required",
    help: "list their names under `required` beside `properties`",
};
const NO_ITEMS: Remark = Remark {
    code: Code::OPENAPI_NO_ITEMS,
    many: "arrays have no `items`",
    note: "their elements are any values",
    help: "add `items`",
};
const TUPLE: Remark = Remark {
    code: Code::OPENAPI_APPROXIMATED,
    many: "lists have elements of their own kinds first and any number of others behind",
    note: "their elements are a union of all of them",
    help: "",
};

impl<'a> Lowering<'a, '_> {
    /// An object. `composed`: other schemas say more about it.
    pub(super) fn object_shape(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
        composed: bool,
    ) -> Shape {
        let properties = self.properties(node, keywords, spot, composed);
        let mut rest: Vec<SchemaId> = Vec::new();
        let inside = Spot::inside(Some(spot));
        for (_, pattern) in keywords.patterns.into_iter().flat_map(Node::entries) {
            rest.push(self.schema(pattern, &inside));
        }
        let mut forbidden = false;
        match keywords
            .additional
            .map(|node| (node, dialect::boolean(node)))
        {
            Some((_, Some(false))) => forbidden = true,
            Some((node, None)) if node.kind() == Kind::Object => {
                rest.push(self.schema(node, &Spot::inside(Some(spot))));
            }
            _ => {}
        }
        rest.dedup();
        let additional = match rest.as_slice() {
            [] if forbidden => Additional::Forbidden,
            [] => Additional::Unknown,
            [only] => Additional::Schema(*only),
            several => Additional::Schema(self.any_of_these(several, node)),
        };
        match (properties.is_empty(), additional) {
            (true, Additional::Schema(value)) => Shape::Map(value),
            (true, Additional::Unknown) if !composed => {
                Shape::Map(self.shape(Shape::Any, node.origin()))
            }
            _ => Shape::Object(ObjectShape {
                properties,
                additional,
            }),
        }
    }

    fn any_of_these(&mut self, several: &[SchemaId], node: Node<'a>) -> SchemaId {
        let variants = several.iter().map(|schema| Variant {
            schema: *schema,
            ..Variant::default()
        });
        let union = UnionShape {
            variants: variants.collect(),
            ..UnionShape::default()
        };
        self.shape(Shape::Union(union), node.origin())
    }

    fn properties(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
        composed: bool,
    ) -> Vec<Property> {
        let listed = keywords.required.into_iter().flat_map(Node::items);
        let required: Vec<&str> = listed.filter_map(Node::scalar).collect();
        let mut properties = Vec::new();
        if let Some(list) = keywords.properties
            && let Some(list) = self.as_object(list, "properties")
        {
            for (key, value) in list.entries() {
                let inner = spot.property(key.text);
                let schema = self.schema(value, &inner);
                let flags = self.place_flags(value);
                let flagged = value.get("required").and_then(dialect::boolean) == Some(true);
                if flagged {
                    self.findings.add(REQUIRED_FLAG, value.origin(), || {
                        format!("the property `{}` says `required: true` itself", key.text)
                    });
                }
                properties.push(Property {
                    name: key.text.to_owned(),
                    schema,
                    required: flagged || required.contains(&key.text),
                    origins: value.origin().into(),
                    ..flags
                });
            }
        }
        for name in required {
            if properties.iter().any(|property| property.name == name) {
                continue;
            }
            if composed {
                let schema = self.shape(Shape::Any, node.origin());
                properties.push(Property {
                    name: name.to_owned(),
                    schema,
                    required: true,
                    ..blank(node)
                });
            } else {
                let origin = keywords.required.unwrap_or(node).origin();
                self.findings.add(UNDECLARED, origin, || {
                    format!("`{name}` under `required` is no property of its schema")
                });
            }
        }
        properties
    }

    /// What a property says of its place: flags and, beside a reference, texts.
    fn place_flags(&mut self, node: Node<'a>) -> Property {
        let mut property = blank(node);
        if node.kind() != Kind::Object {
            return property;
        }
        let referred = reference(node).is_some();
        let target = match referred {
            true => self.follow(node).map(|target| target.node),
            false => None,
        };
        let said = |name: &str| {
            let own = node.get(name).and_then(dialect::boolean) == Some(true);
            own || target.is_some_and(|target| {
                target.kind() == Kind::Object
                    && target.get(name).and_then(dialect::boolean) == Some(true)
            })
        };
        property.read_only = said("readOnly");
        property.write_only = said("writeOnly") && !property.read_only;
        property.deprecated = node.get("deprecated").and_then(dialect::boolean) == Some(true);
        if referred {
            property.docs.description = self.prose(node, "description");
        }
        property
    }

    /// A list: elements of one schema, or of one each.
    pub(super) fn array_shape(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
        spot: &Spot<'_>,
    ) -> Shape {
        let inside = Spot {
            author: false,
            ..*spot
        };
        // Draft 4 writes tuples as a list under `items`.
        let listed = keywords.items.filter(|items| items.kind() == Kind::Array);
        if let Some(first) = keywords.prefix_items.or(listed) {
            let mut schemas = Vec::new();
            for item in first.items() {
                schemas.push(self.schema(item, &Spot::inside(Some(spot))));
            }
            let rest = keywords.items.filter(|items| items.kind() == Kind::Object);
            if let Some(rest) = rest {
                self.findings.add(TUPLE, node.origin(), || {
                    "a list has elements of their own kinds first and any number of others behind".to_owned()
                });
                schemas.push(self.schema(rest, &Spot::inside(Some(spot))));
                return Shape::Array(self.any_of_these(&schemas, node));
            }
            return Shape::Tuple(schemas);
        }
        let item = match keywords.items {
            Some(items) => self.schema(items, &inside),
            None => {
                if self.needs_items() {
                    self.findings.add(NO_ITEMS, node.origin(), || {
                        "an array has no `items`".to_owned()
                    });
                }
                self.shape(Shape::Any, node.origin())
            }
        };
        Shape::Array(item)
    }
}

fn blank(node: Node<'_>) -> Property {
    Property {
        origins: node.origin().into(),
        ..Property::new(String::new(), SchemaId::default())
    }
}

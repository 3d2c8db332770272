//! `enum` and `const` to lists of values with the names and texts that extensions give them.

use super::super::Lowering;
use super::super::dialect;
use super::super::finding::Remark;
use super::Keywords;
use crate::diagnostic::Code;
use crate::model::{Docs, EnumValue, Enumeration, Literal, Shape};
use crate::tree::{Kind, Node};
use std::collections::{BTreeMap, BTreeSet};

const MENDED: Remark = Remark {
    code: Code::OPENAPI_ENUM_TYPE,
    many: "lists of values do not fit the type beside them",
    note: "values are read as that type where their spelling allows it",
    help: "quote texts that look like numbers, dates or booleans",
};
const EMPTY: Remark = Remark {
    code: Code::OPENAPI_ENUM_TYPE,
    many: "lists of values are empty",
    note: "they are read as if they were not there",
    help: "list the values, or remove `enum`",
};

impl<'a> Lowering<'a, '_> {
    /// The list of values, if there is one that a type can follow.
    pub(super) fn enumeration_shape(
        &mut self,
        node: Node<'a>,
        keywords: &Keywords<'a>,
    ) -> Option<Shape> {
        let nodes: Vec<Node<'a>> = match (keywords.enumeration, keywords.constant) {
            (_, Some(constant)) => vec![constant],
            (Some(list), None) => {
                if list.kind() == Kind::Array && list.items().len() == 0 {
                    self.findings.add(EMPTY, list.origin(), || {
                        "a list of values is empty".to_owned()
                    });
                }
                list.items().collect()
            }
            (None, None) => return None,
        };
        let mut types = dialect::types(keywords).filter(|name| *name != "null");
        let kind = match (types.next(), types.next()) {
            (Some(one), None) => Some(one),
            _ => None,
        };
        if matches!(kind, Some("array" | "object")) {
            return None;
        }
        let texts = |node: Option<Node<'a>>| -> Vec<Option<&'a str>> {
            node.into_iter()
                .flat_map(Node::items)
                .map(Node::scalar)
                .collect()
        };
        let (names, docs) = (texts(keywords.value_names), texts(keywords.value_docs));
        let listed = keywords.value_list.and_then(|list| list.get("values"));
        // The first entry for a value counts.
        let mut entries: BTreeMap<&str, Node<'a>> = BTreeMap::new();
        for entry in listed.into_iter().flat_map(Node::items) {
            if let Some(text) = entry.get("value").and_then(Node::scalar) {
                entries.entry(text).or_insert(entry);
            }
        }
        let docs_by_value: BTreeMap<&str, Node<'a>> = keywords
            .value_docs
            .into_iter()
            .flat_map(Node::entries)
            .map(|(key, node)| (key.text, node))
            .collect();
        let mut values: Vec<EnumValue> = Vec::new();
        let mut known: BTreeSet<Literal> = BTreeSet::new();
        let mut mended = false;
        for (at, value) in nodes.iter().enumerate() {
            let literal = match (value.kind(), kind) {
                (Kind::Null, _) => continue,
                (Kind::Array | Kind::Object, _) => return None,
                (Kind::Number | Kind::Boolean, Some("string")) => {
                    mended = true;
                    Literal::String(value.scalar().unwrap_or_default().to_owned())
                }
                (Kind::String, Some("integer" | "number")) => {
                    let text = value.as_str().unwrap_or_default();
                    mended = true;
                    match text.parse::<i128>() {
                        Ok(_) => Literal::Number(text.to_owned()),
                        Err(_) => Literal::String(text.to_owned()),
                    }
                }
                (Kind::Number, Some("integer")) => {
                    let text = value.as_number().unwrap_or_default();
                    // `1.0` is an integer (JSON Schema 2020-12 §4.2.3).
                    Literal::Number(text.strip_suffix(".0").unwrap_or(text).to_owned())
                }
                (Kind::Number, _) => {
                    Literal::Number(value.as_number().unwrap_or_default().to_owned())
                }
                (Kind::Boolean, _) => Literal::Boolean(value.as_bool().unwrap_or_default()),
                (Kind::String, _) => Literal::String(value.as_str().unwrap_or_default().to_owned()),
            };
            if !known.insert(literal.clone()) {
                continue;
            }
            let entry = value.scalar().and_then(|text| entries.get(text));
            let said = |name: &str| {
                entry
                    .and_then(|entry| entry.get(name))
                    .and_then(Node::scalar)
            };
            let name = names.get(at).copied().flatten().or_else(|| said("name"));
            let text = docs.get(at).copied().flatten().or_else(|| {
                // A map from values to texts is the other spelling.
                docs_by_value.get(value.scalar()?)?.scalar()
            });
            values.push(EnumValue {
                value: literal,
                name: name.map(str::to_owned),
                docs: Docs {
                    summary: None,
                    description: text.or_else(|| said("description")).map(str::to_owned),
                },
            });
        }
        if mended {
            let shown = keywords.enumeration.unwrap_or(node);
            self.findings.add(MENDED, shown.origin(), || {
                "a list of values does not fit the type beside it".to_owned()
            });
        }
        let boolean = |value: &EnumValue| matches!(value.value, Literal::Boolean(_));
        match () {
            () if values.is_empty() => None,
            () if values.iter().all(boolean) => Some(Shape::Boolean),
            () => Some(Shape::Enum(Enumeration { values })),
        }
    }
}

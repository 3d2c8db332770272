//! Examples to literals and evidence; those that stand elsewhere are noted, since nothing is fetched.

use super::Lowering;
use super::dialect;
use super::finding::Remark;
use super::media::is_json;
use crate::diagnostic::Code;
use crate::infer;
use crate::model::{Example, Literal};
use crate::tree::{Kind, Node, json};

const EXTERNAL: Remark = Remark {
    code: Code::OPENAPI_EXTERNAL_EXAMPLE,
    many: "examples stand elsewhere (`externalValue`)",
    note: "they are not read",
    help: "",
};

impl<'a> Lowering<'a, '_> {
    /// The examples of a media type.
    pub(super) fn examples(&mut self, node: Node<'a>, essence: &str) -> Vec<Example> {
        let mut list = Vec::new();
        for (name, value) in self.named_examples(node) {
            list.push(Example {
                name: name.map(str::to_owned),
                body: body(essence, value),
                origin: value.origin(),
            });
        }
        list
    }

    /// The JSON values that the examples of a media type show.
    pub(super) fn sample_nodes(&mut self, node: Node<'a>) -> Vec<Node<'a>> {
        let examples = self.named_examples(node).into_iter();
        examples.map(|(_, value)| value).collect()
    }

    /// `example` and `examples`, with their names.
    fn named_examples(&mut self, node: Node<'a>) -> Vec<(Option<&'a str>, Node<'a>)> {
        let mut list = Vec::new();
        if node.kind() != Kind::Object {
            return list;
        }
        if let Some(examples) = node.get("examples") {
            if dialect::is_examples_map(examples) {
                for (key, example) in examples.entries() {
                    list.extend(
                        self.example_value(example)
                            .map(|value| (Some(key.text), value)),
                    );
                }
            } else {
                list.extend(examples.items().map(|value| (None, value)));
            }
        }
        if let Some(example) = node.get("example") {
            list.push((None, example));
        }
        list
    }

    /// The value of an Example Object. `dataValue` and `serializedValue` are OpenAPI 3.2's.
    pub(super) fn example_value(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        let node = match super::reference::reference(node) {
            Some(_) => self.follow(node)?.node,
            None => node,
        };
        if node.kind() != Kind::Object {
            return Some(node);
        }
        if let Some(outside) = node.get("externalValue") {
            let shown = self.operation.clone();
            self.findings.add(EXTERNAL, outside.origin(), || {
                format!(
                    "an example of `{shown}` is `{}`",
                    outside.scalar().unwrap_or_default()
                )
            });
        }
        let value = ["value", "dataValue", "serializedValue"];
        value.iter().find_map(|name| node.get(name))
    }
}

/// A sample body. JSON that is written as text is read.
fn body(essence: &str, value: Node<'_>) -> Literal {
    let text = value.as_str().map(str::trim);
    let quoted = text.filter(|text| is_json(essence) && text.starts_with(['{', '[']));
    if let Some(text) = quoted
        && let Ok(tree) = json::parse(value.tree().file(), &text.into(), json::Dialect::Strict)
    {
        return infer::literal("", tree.root());
    }
    infer::literal("", value)
}

//! The lists of keys and values of the format (headers, query, path variables, forms) to one kind of entry, however they are spelled.

use super::Lowering;
use crate::infer;
use crate::model::Docs;
use crate::origin::Origin;
use crate::tree::{Kind, Node};
use std::borrow::Cow;

/// One key with its value.
#[derive(Clone, Debug)]
pub(super) struct Entry<'t> {
    /// The name.
    pub(super) key: Cow<'t, str>,
    /// The value; nothing where it is null or absent.
    pub(super) value: Option<Cow<'t, str>>,
    /// Text for people, cleaned.
    pub(super) description: Option<String>,
    /// Whether it is switched off: it may be sent and is not in this sample.
    pub(super) disabled: bool,
    /// The entry itself, where it is an object with members of its own.
    pub(super) node: Option<Node<'t>>,
    /// Where it stands.
    pub(super) origin: Origin,
}

impl Entry<'_> {
    /// The value as text; empty where there is none.
    pub(super) fn text(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }
}

/// What separates entries and keys where a list is written as one string.
#[derive(Clone, Copy)]
pub(super) enum Spelling {
    /// `Name: value` by line.
    Headers,
    /// `a=1&b=2`.
    Query,
}

impl Lowering<'_> {
    /// Reads a list of entries: an array of objects, an object of values, or one string.
    pub(super) fn read_entries<'t>(
        &mut self,
        node: Option<Node<'t>>,
        spelling: Spelling,
    ) -> Vec<Entry<'t>> {
        let Some(node) = node else { return Vec::new() };
        match node.kind() {
            Kind::Null => Vec::new(),
            Kind::String => split(node.as_str().unwrap_or_default(), spelling)
                .into_iter()
                .map(|(key, value)| Entry {
                    key: Cow::Borrowed(key),
                    value: value.map(Cow::Borrowed),
                    description: None,
                    disabled: false,
                    node: None,
                    origin: node.origin(),
                })
                .collect(),
            Kind::Array => node
                .items()
                .filter_map(|item| self.read_entry(item, spelling))
                .collect(),
            Kind::Object => node
                .entries()
                .filter_map(|(key, value)| {
                    Some(Entry {
                        key: Cow::Borrowed(key.text),
                        value: Some(self.scalar(value)?),
                        description: None,
                        disabled: false,
                        node: None,
                        origin: key.origin,
                    })
                })
                .collect(),
            _ => {
                self.wrong_type(node, "a list");
                Vec::new()
            }
        }
    }

    fn read_entry<'t>(&mut self, item: Node<'t>, spelling: Spelling) -> Option<Entry<'t>> {
        match item.kind() {
            Kind::Null => return None,
            Kind::String => {
                let (key, value) = *split(item.as_str()?, spelling).first()?;
                return Some(Entry {
                    key: Cow::Borrowed(key),
                    value: value.map(Cow::Borrowed),
                    description: None,
                    disabled: false,
                    node: None,
                    origin: item.origin(),
                });
            }
            Kind::Object => {}
            _ => {
                self.wrong_type(item, "an object with `key` and `value`");
                return None;
            }
        }
        // The reference implementation takes `id`, and old exports `name`, where there is no key.
        let key = ["key", "id", "name"]
            .into_iter()
            .find_map(|name| item.get(name).filter(|key| !key.is_null()))?;
        let key = self.scalar(key)?;
        if key.is_empty() {
            return None;
        }
        let value = item
            .get("value")
            .filter(|value| !value.is_null())
            .and_then(|value| self.scalar(value));
        let docs = self.description(item.get("description"));
        Some(Entry {
            key,
            value,
            description: docs,
            disabled: item.get("disabled").and_then(Node::as_bool) == Some(true)
                || item.get("enabled").and_then(Node::as_bool) == Some(false),
            node: Some(item),
            origin: item.origin(),
        })
    }

    /// The text of a scalar. Arrays and objects are reported, except that people put JSON there, which is kept as text.
    pub(super) fn scalar<'t>(&mut self, node: Node<'t>) -> Option<Cow<'t, str>> {
        match node.kind() {
            Kind::Null => None,
            Kind::Array | Kind::Object => Some(Cow::Owned(node.to_json().to_string())),
            _ => node.scalar().map(Cow::Borrowed),
        }
    }

    /// Reads a description: a string, or an object with `content` and `type`. Credentials in it stay behind.
    pub(super) fn description(&mut self, node: Option<Node<'_>>) -> Option<String> {
        let node = node?;
        let text = self.described(node)?;
        match infer::masked_prose(&text) {
            Some(masked) => {
                self.literal_secret("description", node.origin());
                Some(masked)
            }
            None => Some(text),
        }
    }

    fn described(&mut self, node: Node<'_>) -> Option<String> {
        match node.kind() {
            Kind::Null => None,
            Kind::String => clean(node.as_str()?),
            Kind::Object => {
                let content = node.get("content")?;
                let html = node.get("type").and_then(Node::as_str) == Some("text/html");
                match content.kind() {
                    Kind::Null => None,
                    Kind::String if html => clean(&strip_tags(content.as_str()?)),
                    Kind::String => clean(content.as_str()?),
                    _ => {
                        self.wrong_type(content, "a string");
                        None
                    }
                }
            }
            _ => {
                self.wrong_type(node, "a string or an object with `content`");
                None
            }
        }
    }
}

/// Docs that are only a description.
pub(super) fn docs(description: Option<String>) -> Docs {
    Docs {
        summary: None,
        description,
    }
}

/// Splits a list that is written as one string.
fn split(text: &str, spelling: Spelling) -> Vec<(&str, Option<&str>)> {
    let parts: Vec<(&str, Option<&str>)> = match spelling {
        Spelling::Headers => text
            .lines()
            .map(|line| match line.split_once(':') {
                Some((key, value)) => (key.trim(), Some(value.trim())),
                None => (line.trim(), None),
            })
            .collect(),
        Spelling::Query => text
            .trim_start_matches('?')
            .split('&')
            .map(|part| match part.split_once('=') {
                Some((key, value)) => (key, Some(value)),
                None => (part, None),
            })
            .collect(),
    };
    parts
        .into_iter()
        .filter(|(key, _)| !key.is_empty())
        .collect()
}

/// Text without spaces at the ends of lines and without empty lines at its ends; nothing if none is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let joined = lines.join("\n");
    let trimmed = joined.trim_matches('\n').trim_end();
    (!trimmed.trim().is_empty()).then(|| trimmed.to_owned())
}

/// The text of HTML: tags become nothing, blocks become lines, and the five entities their characters.
fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(rest.get(..at).unwrap_or_default());
        let tag = rest.get(at..).unwrap_or_default();
        let named = tag.get(1..).is_some_and(|tag| {
            tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
        });
        match tag.find('>') {
            Some(end) if named => {
                let name = tag
                    .get(1..end)
                    .unwrap_or_default()
                    .trim_start_matches('/')
                    .to_ascii_lowercase();
                let block = [
                    "p", "br", "div", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4",
                ];
                if block.iter().any(|b| {
                    name.strip_prefix(b)
                        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
                }) {
                    text.push('\n');
                }
                rest = tag.get(end + 1..).unwrap_or_default();
            }
            _ => {
                text.push('<');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

/// Whether a value stands for another one: `<string>`, `{{id}}`, `sample string 3`, or nothing at all.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.contains("{{")
        || (text.starts_with('<') && text.ends_with('>'))
        || text
            .strip_prefix("sample string ")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cleaned() {
        assert_eq!(clean("  \n \n"), None);
        assert_eq!(clean("\na  \n\n  b\t\n\n").as_deref(), Some("a\n\n  b"));
    }

    #[test]
    fn html_becomes_text() {
        assert_eq!(
            clean(&strip_tags(
                "<p>A &lt;b&gt; &amp; <b>c</b></p><ul><li>1 < 2</li></ul>"
            ))
            .as_deref(),
            Some("A <b> & c\n\n\n1 < 2")
        );
    }

    #[test]
    fn placeholders_are_known() {
        for text in ["<string>", "{{id}}", "sample string 12", "", "Bearer {{t}}"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["a", "12", "a < b", "sample strings"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}

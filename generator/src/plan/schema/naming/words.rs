//! Words to longer names: what stands before others, with nothing said twice.

use super::super::super::context::Context;
use super::super::super::operation::{Named, status_words};
use super::Level;
use crate::model::{Literal, Property, Schema, Shape, Status};
use crate::names;

/// Words of members that tell of the pages of a list, or of how the call went.
pub(super) const PAGES: &[&str] = &[
    "after",
    "before",
    "count",
    "cursor",
    "end",
    "error",
    "errors",
    "first",
    "has",
    "last",
    "limit",
    "links",
    "message",
    "meta",
    "more",
    "next",
    "offset",
    "ok",
    "page",
    "pages",
    "pagination",
    "per",
    "position",
    "prev",
    "previous",
    "size",
    "start",
    "success",
    "total",
    "uri",
    "url",
];

/// `error_body`, `user_error_body`, `user_not_found_error_body` …
pub(super) fn error_words(
    operation: &Named<'_>,
    status: Status,
    own: Vec<String>,
    level: Level,
) -> Vec<String> {
    let mut words = match level {
        Level::Bare => Vec::new(),
        Level::Parent | Level::Path => operation.noun(),
        _ => operation.words.clone(),
    };
    if !matches!(level, Level::Bare | Level::Parent | Level::Operation) {
        words.extend(status_words(status));
    }
    words.extend(own);
    words
}

/// `overflow_message`, or what its author calls it.
pub(super) fn message_words(
    context: &Context<'_>,
    schema: &Schema,
    key: &str,
    own: Option<Vec<String>>,
    level: Level,
) -> Vec<String> {
    let mut words = own.unwrap_or_else(|| with(&names::words(key), &["message"]));
    if level > Level::Bare {
        words.extend(content(context, schema, 2));
    }
    if level > Level::Parent {
        words.push("payload".to_owned());
    }
    words
}

pub(super) fn with(words: &[String], more: &[&str]) -> Vec<String> {
    words
        .iter()
        .cloned()
        .chain(more.iter().map(|word| (*word).to_owned()))
        .collect()
}

/// Words behind those of a prefix, of which none is said twice: `user_input` and `user_identity` are
/// `user_input_identity`.
pub(super) fn prefixed(prefix: &[String], words: &[String]) -> Vec<String> {
    let noun = prefix
        .strip_suffix(&["input".to_owned()][..])
        .unwrap_or(prefix);
    let rest = words
        .strip_prefix(prefix)
        .or_else(|| words.strip_prefix(noun))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(words);
    prefix.iter().chain(rest).cloned().collect()
}

/// Words behind those of an operation, without the noun that it ends with: `list_orders` and `order_response` are
/// `list_orders_response`.
pub(super) fn following(operation: &[String], words: &[String]) -> Vec<String> {
    let singular = |words: &[String]| -> Vec<String> {
        let mut words = words.to_vec();
        if let Some(last) = words.last_mut() {
            *last = names::singular(last);
        }
        words
    };
    let most = operation.len().min(words.len().saturating_sub(1));
    let said = (1..=most).rev().find(|count| {
        let end = operation.get(operation.len() - count..).unwrap_or_default();
        let begin = words.get(..*count).unwrap_or_default();
        singular(end) == singular(begin)
    });
    match said.and_then(|count| words.get(count..)) {
        Some(rest) => operation.iter().chain(rest).cloned().collect(),
        None => prefixed(operation, words),
    }
}

/// What is in a schema, in a few words: the value that one of its members always has, else at most so many members, the
/// required ones first; so many values of a list of them.
pub(super) fn content(context: &Context<'_>, schema: &Schema, most: usize) -> Vec<String> {
    let most = most.max(1);
    let text = |value: &Literal| match value {
        Literal::String(text) | Literal::Number(text) => names::words(text),
        _ => Vec::new(),
    };
    match &schema.shape {
        Shape::Object(object) => {
            let constant = |property: &Property| match &context.schema(property.schema).shape {
                Shape::Enum(enumeration) => match enumeration.values.as_slice() {
                    [only] => Some(text(&only.value)).filter(|words| !words.is_empty()),
                    _ => None,
                },
                _ => None,
            };
            // The order of the members says nothing, so names do not follow it.
            let mut members: Vec<&Property> = object.properties.iter().collect();
            members.sort_by(|a, b| a.name.cmp(&b.name));
            let mut words = members
                .iter()
                .find_map(|one| constant(one))
                .unwrap_or_default();
            let (required, others): (Vec<&Property>, Vec<&Property>) = members
                .into_iter()
                .filter(|property| words.is_empty() || constant(property).is_none())
                .partition(|one| one.required);
            let left = most - usize::from(!words.is_empty());
            let members = required.into_iter().chain(others).take(left);
            words.extend(members.flat_map(|one| names::words(&one.name)));
            words
        }
        Shape::Enum(enumeration) => {
            let values = enumeration.values.iter().take(most);
            values.flat_map(|one| text(&one.value)).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{following, prefixed};
    use crate::names::words;

    #[test]
    fn nothing_is_said_twice() {
        let follow = |a: &str, b: &str| following(&words(a), &words(b)).join("_");
        assert_eq!(
            follow("list_company_api_credentials", "api_credential_response"),
            "list_company_api_credentials_response"
        );
        assert_eq!(follow("list_orders", "order"), "list_orders_order");
        assert_eq!(follow("list_orders", "price"), "list_orders_price");
        assert_eq!(
            follow("list_orders", "list_orders_page"),
            "list_orders_page"
        );
        assert_eq!(
            prefixed(&words("user_input"), &words("user_identity")).join("_"),
            "user_input_identity"
        );
    }
}

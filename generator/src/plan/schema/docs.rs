//! Types to a sentence each, true for all places that refer to them.

use super::super::context::Context;
use super::super::docs::{Doc, code};
use super::super::operation::Named;
use super::Types;
use super::graph::{Node, Role};
use crate::model::{Schema, Status};
use crate::names::{self, RustIdent};
use std::collections::BTreeSet;

/// How many names a sentence holds; the others are counted.
const MOST_NAMES: usize = 3;

/// What a source says, else where the type belongs.
pub(super) fn type_docs(
    context: &Context<'_>,
    named: &[Named<'_>],
    types: &Types,
    node: &Node,
    schema: &Schema,
) -> Doc {
    let doc = Doc::of(&schema.docs).or(|| Doc::line(belongs(context, named, types, node)));
    if schema.deprecated {
        doc.and("Deprecated.")
    } else {
        doc
    }
}

fn belongs(context: &Context<'_>, named: &[Named<'_>], types: &Types, node: &Node) -> String {
    let mut operations = BTreeSet::new();
    let mut parents = BTreeSet::new();
    let mut keys = BTreeSet::new();
    let mut messages = BTreeSet::new();
    let mut parameters = true;
    for place in &node.places {
        keys.insert(place.key.as_str());
        match place.role {
            Role::Message => {
                messages.insert(place.key.as_str());
                parameters = false;
            }
            Role::Alone => parameters = false,
            Role::Part(parent) => {
                parents.extend(types.names.get(parent).map(RustIdent::plain));
                parameters = false;
            }
            Role::Error(at, _) => {
                operations.extend(named.get(at).map(|named| named.id.as_str()));
                parameters = false;
            }
            Role::Request(at)
            | Role::Response(at)
            | Role::Streamed(at)
            | Role::Entity(at)
            | Role::Parameter(at) => {
                operations.extend(named.get(at).map(|named| named.id.as_str()));
                parameters &= matches!(place.role, Role::Parameter(_));
            }
        }
    }
    let own = types
        .by_schema
        .get(&node.schema)
        .and_then(|at| types.names.get(*at));
    let noun = own.map(noun).unwrap_or_else(|| "A value".to_owned());
    let key = match (keys.len(), keys.first()) {
        (1, Some(key)) if !key.is_empty() => Some(code(key)),
        _ => None,
    };
    if operations.is_empty() && !messages.is_empty() {
        return format!(
            "What the API sends of its own accord as {}.",
            list(&messages)
        );
    }
    if operations.is_empty() && parents.is_empty() {
        return format!("{noun}.");
    }
    if operations.is_empty() {
        return match (parents.len(), key) {
            (0, _) => "A part of another type.".to_owned(),
            (1, Some(key)) => format!("{key} of {}.", list(&parents)),
            (1, None) => format!("A part of {}.", list(&parents)),
            _ => format!("{noun}; a part of {}.", list(&parents)),
        };
    }
    let failures = node
        .places
        .iter()
        .filter(|place| matches!(place.role, Role::Error(..)));
    if failures.count() == node.places.len() {
        let verb = if operations.len() == 1 {
            "answers"
        } else {
            "answer"
        };
        let they = if operations.len() == 1 {
            "it fails"
        } else {
            "they fail"
        };
        let mut statuses = node.places.iter().filter_map(|place| match place.role {
            Role::Error(_, status) => Some(status),
            _ => None,
        });
        return match statuses.next() {
            Some(status) if status != Status::Default && statuses.all(|other| other == status) => {
                format!("What {} {verb} with status {status}.", list(&operations))
            }
            _ => format!("What {} {verb} when {they}.", list(&operations)),
        };
    }
    if parameters {
        return match key {
            Some(key) => format!("Values of the parameter {key} of {}.", list(&operations)),
            None => format!("Values of parameters of {}.", list(&operations)),
        };
    }
    match node.places.as_slice() {
        [place] if matches!(place.role, Role::Request(_)) => {
            format!("What {} sends.", list(&operations))
        }
        [place] if matches!(place.role, Role::Response(_)) => {
            format!("What {} answers.", list(&operations))
        }
        _ => {
            let how = match (
                context.only_sent(node.schema),
                context.only_received(node.schema),
            ) {
                (true, _) => "sent by",
                (_, true) => "answered by",
                _ => "sent or answered by",
            };
            let is = match own.is_some_and(is_plural) {
                true => "they are",
                false => "it is",
            };
            format!("{noun} as {is} {how} {}.", list(&operations))
        }
    }
}

/// `UserInput` is a user: `A user`.
fn noun(name: &RustIdent) -> String {
    let mut words = names::words(name.plain());
    if words.len() > 1 && words.last().is_some_and(|word| word == "input") {
        words.pop();
    }
    let mut text = words.join(" ");
    if is_plural(name) {
        if let Some(first) = text.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        return text;
    }
    format!("{} {text}", article(&text))
}

/// Whether a name is that of several things: `Settings`.
fn is_plural(name: &RustIdent) -> bool {
    let words = names::words(name.plain());
    words
        .last()
        .is_some_and(|word| names::singular(word) != *word)
}

/// `An` before what is spoken with a vowel: a user is not.
fn article(text: &str) -> &'static str {
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let mut letters = text.chars();
    let (first, second, third) = (letters.next(), letters.next(), letters.next());
    let as_you = first == Some('u') && !vowel(second) && vowel(third) || text.starts_with("url");
    let as_you = as_you || text.starts_with("eu") || text.starts_with("one");
    if vowel(first) && !as_you { "An" } else { "A" }
}

/// `` `A`, `B` and 2 others``
fn list(names: &BTreeSet<&str>) -> String {
    let shown = if names.len() == MOST_NAMES + 1 {
        MOST_NAMES - 1
    } else {
        MOST_NAMES
    };
    let mut texts: Vec<String> = names
        .iter()
        .take(shown)
        .map(|name| format!("`{name}`"))
        .collect();
    let others = names.len().saturating_sub(texts.len());
    if others > 0 {
        texts.push(format!("{others} others"));
    }
    match texts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{list, noun};
    use crate::names::RustIdent;
    use std::collections::BTreeSet;

    #[test]
    fn sentences() {
        let name = |text: &str| RustIdent::parse(text).expect("a name");
        assert_eq!(noun(&name("UserInput")), "A user");
        assert_eq!(noun(&name("Input")), "An input");
        assert_eq!(noun(&name("JobStatus")), "A job status");
        assert_eq!(noun(&name("UserSettings")), "User settings");
        let names = |count: usize| {
            list(
                &["A", "B", "C", "D", "E"][..count]
                    .iter()
                    .copied()
                    .collect::<BTreeSet<_>>(),
            )
        };
        assert_eq!(names(1), "`A`");
        assert_eq!(names(3), "`A`, `B` and `C`");
        assert_eq!(names(4), "`A`, `B` and 2 others");
        assert_eq!(names(5), "`A`, `B`, `C` and 2 others");
    }
}

//! What a schema says of its values beyond their type, to a sentence or two.

use super::code;
use crate::model::schema::Authority;
use crate::model::{Literal, Schema, Shape, StringFormat};

/// How many values of a list are named.
const MOST_VALUES: usize = 8;

/// How long a pattern, a default or a value may be, in characters: what is longer is for machines.
const LONGEST: usize = 60;

/// The format, the default and the bounds of a value: ``Default: `20`. From 1 to 100.`` Nothing where a schema says
/// nothing of the kind.
pub(in crate::plan) fn demands(schema: &Schema) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    if schema.authority == Authority::Declared {
        match &schema.shape {
            Shape::String(StringFormat::Other(format)) => {
                said.push(format!("Format: {}.", code(format)));
            }
            Shape::String(StringFormat::Base64) => said.push("Base64.".to_owned()),
            _ => {}
        }
    }
    said.extend(
        schema
            .default
            .as_ref()
            .and_then(shown)
            .map(|value| format!("Default: {value}.")),
    );
    let find = |keyword: &str| {
        let mut constraints = schema.constraints.iter();
        let found = constraints.find(|one| one.keyword == keyword)?;
        match &found.value {
            Literal::Number(text) | Literal::String(text) => Some(text.as_str()),
            _ => None,
        }
    };
    said.extend(range(&find));
    for (keywords, one, several) in [
        (("minLength", "maxLength"), "character", "characters"),
        (("minItems", "maxItems"), "element", "elements"),
        (("minProperties", "maxProperties"), "member", "members"),
    ] {
        said.extend(count(find(keywords.0), find(keywords.1), one, several));
    }
    said.extend(find("multipleOf").map(|number| format!("A multiple of {number}.")));
    let pattern = find("pattern").filter(|pattern| pattern.chars().count() <= LONGEST);
    said.extend(pattern.map(|pattern| format!("Matches {}.", code(pattern))));
    for constraint in &schema.constraints {
        match (constraint.keyword.as_str(), &constraint.value) {
            ("uniqueItems", _) => said.push("No element stands twice.".to_owned()),
            ("enum", Literal::Array(values)) => said.extend(values_text(values)),
            _ => {}
        }
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// A value of a description as code; nothing where it is too long to be read, or is a structure.
fn shown(value: &Literal) -> Option<String> {
    let text = match value {
        Literal::Array(_) | Literal::Object(_) | Literal::Null => return None,
        Literal::String(text) if text.is_empty() => return Some("the empty text".to_owned()),
        Literal::String(text) => text.clone(),
        value => value.to_json(),
    };
    (text.chars().count() <= LONGEST).then(|| code(&text))
}

fn values_text(values: &[Literal]) -> Option<String> {
    let known: Option<Vec<String>> = values.iter().map(shown).collect();
    match known?.as_slice() {
        [] => None,
        [only] => Some(format!("Always {only}.")),
        several if several.len() <= MOST_VALUES => Some(format!("One of {}.", several.join(", "))),
        _ => None,
    }
}

/// `From 1 to 100.`
fn range<'c>(find: &impl Fn(&str) -> Option<&'c str>) -> Option<String> {
    let least = find("minimum");
    let most = find("maximum");
    let above = find("exclusiveMinimum");
    let below = find("exclusiveMaximum");
    Some(match (least, most, above, below) {
        (Some(least), Some(most), ..) => format!("From {least} to {most}."),
        (Some(least), None, _, Some(below)) => format!("At least {least}, below {below}."),
        (None, Some(most), Some(above), _) => format!("Above {above}, at most {most}."),
        (None, None, Some(above), Some(below)) => format!("Above {above}, below {below}."),
        (Some(least), ..) => format!("At least {least}."),
        (None, Some(most), ..) => format!("At most {most}."),
        (None, None, Some(above), None) => format!("Above {above}."),
        (None, None, None, Some(below)) => format!("Below {below}."),
        (None, None, None, None) => return None,
    })
}

/// `1 to 40 characters.`
fn count(least: Option<&str>, most: Option<&str>, one: &str, several: &str) -> Option<String> {
    let noun = |number: &str| if number == "1" { one } else { several };
    match (least.filter(|least| *least != "0"), most) {
        (Some(least), Some(most)) if least == most => {
            Some(format!("Exactly {least} {}.", noun(least)))
        }
        (Some(least), Some(most)) => Some(format!("{least} to {most} {several}.")),
        (Some(least), None) => Some(format!("At least {least} {}.", noun(least))),
        (None, Some(most)) => Some(format!("At most {most} {}.", noun(most))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Constraint;

    fn said(constraints: &[(&str, Literal)]) -> Option<String> {
        demands(&Schema {
            constraints: constraints
                .iter()
                .map(|(keyword, value)| Constraint {
                    keyword: (*keyword).to_owned(),
                    value: value.clone(),
                })
                .collect(),
            ..Schema::default()
        })
    }

    #[test]
    fn sentences() {
        let number = |text: &str| Literal::Number(text.to_owned());
        let text = |text: &str| Literal::String(text.to_owned());
        assert_eq!(said(&[]), None);
        for (constraints, expected) in [
            (
                vec![("minimum", number("1")), ("maximum", number("9"))],
                "From 1 to 9.",
            ),
            (vec![("exclusiveMinimum", number("0"))], "Above 0."),
            (
                vec![("minimum", number("0")), ("exclusiveMaximum", number("1"))],
                "At least 0, below 1.",
            ),
            (vec![("minLength", number("1"))], "At least 1 character."),
            (
                vec![("minLength", number("0")), ("maxLength", number("40"))],
                "At most 40 characters.",
            ),
            (
                vec![("minItems", number("2")), ("maxItems", number("2"))],
                "Exactly 2 elements.",
            ),
            (vec![("pattern", text("^`a`$"))], "Matches `^'a'$`."),
            (vec![("multipleOf", number("0.5"))], "A multiple of 0.5."),
            (
                vec![("enum", Literal::Array(vec![Literal::Boolean(true)]))],
                "Always `true`.",
            ),
            (
                vec![("uniqueItems", Literal::Boolean(true))],
                "No element stands twice.",
            ),
        ] {
            assert_eq!(said(&constraints).as_deref(), Some(expected));
        }
        assert_eq!(said(&[("pattern", text(&"x".repeat(61)))]), None);
    }
}

//! What people state about values and members, where samples may say otherwise: what counts, and what is reported.

use super::kind::{Kind, Kinds, Level};
use super::position::{Member, ObjectPosition, Position};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::evidence::{AllowedValue, Direction, Fidelity, Hole, Observations};
use crate::model::{Docs, EnumValue, Enumeration, Literal, Shape, StringFormat};
use crate::origin::{Origin, Origins};
use std::collections::BTreeSet;

/// One of the values that are stated to be all, and of samples that are no placeholders those that are missing there.
pub fn enumeration(position: &Position, kind: Kind, diagnostics: &mut Diagnostics) -> Shape {
    let allowed = &position.scalars.allowed;
    let fits = |literal: &Literal| match kind {
        Kind::Integer => matches!(literal, Literal::Number(_)),
        _ => matches!(literal, Literal::String(_)),
    };
    let mut values: Vec<(&Literal, &AllowedValue)> =
        allowed.iter().filter(|(value, _)| fits(value)).collect();
    values.sort_by_key(|(value, allowed)| (allowed.index, *value));
    let mut list: Vec<EnumValue> = values
        .iter()
        .map(|(value, allowed)| EnumValue {
            value: (*value).clone(),
            name: allowed.name.clone(),
            docs: Docs::default(),
        })
        .collect();
    if list.is_empty() {
        return match kind {
            Kind::Integer => Shape::Integer { unsigned: false },
            _ => Shape::String(StringFormat::Plain),
        };
    }
    let examples = |seen: &Observations| {
        seen.iter().all(|o| {
            matches!(
                o.fidelity,
                Fidelity::Example | Fidelity::Elided | Fidelity::Stated
            )
        })
    };
    if let (Kind::String, Some(string)) = (kind, &position.scalars.string)
        && examples(&string.seen)
    {
        for text in &string.values {
            let value = Literal::String(text.clone());
            if allowed.contains_key(&value) {
                continue;
            }
            let said = allowed.values().find_map(|value| value.origins.first());
            let message = format!(
                "`{}` is \"{text}\" in a sample, and that value is not listed",
                position.path
            );
            let mut note = Diagnostic::new(Code::INFER_VALUE_NOT_STATED, message)
                .at(string.seen.first().map(|seen| seen.origin))
                .note("it is added to the list");
            if let Some(said) = said {
                note = note.related(said, "the list");
            }
            diagnostics.push(note);
            list.push(EnumValue {
                value,
                name: None,
                docs: Docs::default(),
            });
        }
    }
    Shape::Enum(Enumeration { values: list })
}

/// Whether a member belongs to a record: what is only ever received is no part of what is sent, unless a sample shows it.
pub fn stands(object: &ObjectPosition, key: &str, member: &Member) -> bool {
    object.seen.directions() != [Direction::Sent]
        || !member.stated.is_read_only()
        || object.shows(key)
}

/// The text about a member: that of the first place.
pub fn docs(member: &Member) -> Docs {
    Docs {
        summary: None,
        description: member.stated.docs.values().next().cloned(),
    }
}

/// The formats that are printed from schemas or stated. That a value is text does not say that it has no format, and
/// where one place states a format that another does not, samples are asked.
pub fn formats(position: &Position) -> BTreeSet<&StringFormat> {
    let mut formats = BTreeSet::new();
    let mut stated = BTreeSet::new();
    for (hole, seen) in &position.scalars.holes {
        let Hole::String(format) = hole else { continue };
        if seen.with(Fidelity::Stated) == seen.count() {
            stated.insert(format);
        } else {
            formats.insert(format);
        }
    }
    if stated.len() == 1 {
        formats.extend(stated.into_iter().filter(|f| **f != StringFormat::Plain));
    }
    formats
}

/// Reports that two places state different kinds or formats. One place that names several means them.
pub fn report_kinds(
    position: &Position,
    kinds: &Kinds,
    chosen: &[Kind],
    diagnostics: &mut Diagnostics,
) {
    let stated = |kind: &Kind| {
        let observation = kinds.get(kind)?.get(&Level::Stated)?;
        Some((kind.with_article().to_owned(), observation.origin))
    };
    let mut said: Vec<(String, Origin)> = chosen.iter().filter_map(stated).collect();
    if said.len() < 2 {
        said = position
            .scalars
            .holes
            .iter()
            .filter_map(|(hole, seen)| {
                let first = seen.first().filter(|o| o.fidelity == Fidelity::Stated)?;
                Some((word(hole)?, first.origin))
            })
            .collect();
    }
    said.sort_by_key(|(_, origin)| *origin);
    let [(first, at), (second, there), ..] = said.as_slice() else {
        return;
    };
    if at == there {
        return;
    }
    report(
        format!("`{}` is {first} here and {second} there", position.path),
        (*at, *there),
        "give its type under `types` in letterpress.yaml",
        diagnostics,
    );
}

/// What a statement says, if two that differ contradict each other.
fn word(hole: &Hole) -> Option<String> {
    Some(match hole {
        Hole::String(StringFormat::Plain) => "text".to_owned(),
        Hole::String(StringFormat::DateTime) => "a date and time".to_owned(),
        Hole::String(StringFormat::Date) => "a date".to_owned(),
        Hole::String(StringFormat::Decimal) => "a decimal number".to_owned(),
        Hole::String(StringFormat::Base64 | StringFormat::Binary) => "bytes".to_owned(),
        Hole::String(StringFormat::Other(format)) => format!("text of the format {format}"),
        Hole::Object => "an object".to_owned(),
        Hole::Named(name) => format!("an object called {name}"),
        _ => return None,
    })
}

/// Reports that two places disagree about a member.
pub fn report_member(record: &Position, key: &str, member: &Member, diagnostics: &mut Diagnostics) {
    let stated = &member.stated;
    let record = match record.proposals.keys().next() {
        Some(name) => name.text.clone(),
        None => record.path.clone(),
    };
    let mut compare = |a: &Origins, b: &Origins, what: &str, help: &str| {
        if let (Some(here), Some(there)) = (a.first(), b.first()) {
            let message = format!("`{record}.{key}` {what}");
            report(message, (here, there), help, diagnostics);
        }
    };
    compare(
        &stated.read_only,
        &stated.writable,
        "is only received by what is said here, and may be sent by what is said there",
        "correct the source that is wrong",
    );
    compare(
        &stated.required,
        &stated.optional,
        "must be there by what is said here, and may be absent by what is said there",
        "say it under `required` in letterpress.yaml",
    );
}

/// What is sent and what is received are described by the same words, which are reported once.
fn report(message: String, places: (Origin, Origin), help: &str, diagnostics: &mut Diagnostics) {
    let known = diagnostics.iter().any(|known| {
        known.code == Code::INFER_STATEMENTS_DISAGREE
            && known.origin == Some(places.0)
            && known.related.iter().any(|related| related.0 == places.1)
    });
    if known {
        return;
    }
    diagnostics.push(
        Diagnostic::new(Code::INFER_STATEMENTS_DISAGREE, message)
            .at(places.0)
            .related(places.1, "it says otherwise")
            .note("what allows more counts")
            .help(help.to_owned()),
    );
}

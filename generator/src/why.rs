//! An address to what was seen there, the rule that decided, how sure it is, and the override that would change it.

mod place;

use crate::analyze;
use crate::config::Config;
use crate::diagnostic::render::clean;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer::{Account, Trace};
use crate::model::{Model, SchemaId, Shape, StringFormat};
use crate::overrides::{self, Slot};
use crate::plan::{self, Addresses};
use crate::source::SourceFile;
use place::Places;
use std::fmt::Write;

/// Explains an address: a type with its properties a line each, or a value with all that was seen of it. Nothing comes
/// back where the sources cannot be read or the address means nothing; the diagnostics tell why.
///
/// The explanation is of what the sources say; what the configuration overrides is mentioned.
pub fn explain(
    config: &Config,
    files: &[SourceFile],
    address: &str,
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let (model, trace) = crate::understand_traced(config, files, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    let facts = analyze::analyze(&model);
    let addresses = plan::addresses(&model, &facts, config);
    let slots = match overrides::find(&model, &addresses, address) {
        Ok(slots) => slots,
        Err(nothing) => {
            diagnostics
                .push(Diagnostic::new(Code::OVERRIDES_UNUSED, nothing.message).help(nothing.help));
            return None;
        }
    };
    let explainer = Explainer {
        model: &model,
        trace: &trace,
        addresses: &addresses,
        config,
        places: Places::new(&model, files),
    };
    Some(explainer.text(address, &slots))
}

struct Explainer<'e> {
    model: &'e Model,
    trace: &'e Trace,
    addresses: &'e Addresses,
    config: &'e Config,
    places: Places<'e>,
}

impl Explainer<'_> {
    fn text(&self, address: &str, slots: &[Slot]) -> String {
        let mut text = String::new();
        // An enumeration may stand for several schemas; what is said of one is said of all.
        for slot in slots.iter().take(1) {
            let Some(id) = overrides::schema(self.model, *slot) else {
                continue;
            };
            if let Slot::Type(_) = slot {
                self.properties(address, id, &mut text);
            } else {
                self.value(address, *slot, id, &mut text);
            }
        }
        // Names and values of the sources reach a terminal only as what they look like.
        text.split_inclusive('\n')
            .map(|line| match line.strip_suffix('\n') {
                Some(line) => clean(line) + "\n",
                None => clean(line),
            })
            .collect()
    }

    /// A type: where it was seen, then its properties, a line each.
    fn properties(&self, address: &str, id: SchemaId, text: &mut String) {
        let account = self.trace.account(id);
        let _ = writeln!(text, "{address}: {}", self.words(id));
        self.decision(account, text);
        if let Shape::Object(object) = &self.model.schemas.get(id).shape {
            let width = object
                .properties
                .iter()
                .map(|property| property.name.chars().count())
                .max()
                .unwrap_or_default();
            let _ = writeln!(text, "properties");
            for property in &object.properties {
                let _ = write!(
                    text,
                    "  {:width$}  {}{}",
                    clip(&property.name),
                    self.words(property.schema),
                    if property.required { ", required" } else { "" },
                );
                if let Some(account) = self.trace.account(property.schema) {
                    let rule = account.rule.name();
                    let _ = write!(text, "  ({rule}, {:.2})", account.confidence());
                }
                text.push('\n');
            }
        }
        self.ways_out(address, id, text);
    }

    /// One value: all that was seen of it.
    fn value(&self, address: &str, slot: Slot, id: SchemaId, text: &mut String) {
        let account = self.trace.account(id);
        let _ = writeln!(text, "{address}: {}", self.words(id));
        self.decision(account, text);
        if let Slot::Property(holder, at) = slot
            && let Shape::Object(object) = &self.model.schemas.get(holder).shape
            && let Some(property) = object.properties.get(at)
        {
            let presence = self.trace.account(holder).map(|holder| &holder.presence);
            match presence.and_then(|presence| presence.get(&property.name)) {
                Some((there, all)) if *all > 0 => {
                    let kind = if property.required {
                        "required"
                    } else {
                        "optional"
                    };
                    let _ = writeln!(text, "{kind}: it stands in {there} of {all} objects");
                }
                _ if property.required => text.push_str("required\n"),
                _ => text.push_str("optional: only printed objects show it\n"),
            }
        }
        if let Some(account) = account {
            text.push_str("seen\n");
            for line in self.places.lines(&account.seen) {
                let _ = writeln!(text, "  {line}");
            }
        }
        self.ways_out(address, id, text);
    }

    fn decision(&self, account: Option<&Account>, text: &mut String) {
        let Some(account) = account else {
            let _ = writeln!(text, "rule: stated. A source says so itself.");
            let _ = writeln!(text, "confidence: 1.00");
            return;
        };
        let (name, sentence) = (account.rule.name(), account.rule.sentence());
        let _ = writeln!(text, "rule: {name}. {sentence}");
        let _ = writeln!(text, "confidence: {:.2}", account.confidence());
    }

    /// What is overridden, and what could be.
    fn ways_out(&self, address: &str, id: SchemaId, text: &mut String) {
        for section in self.config.overrides.about(address) {
            let steps: Vec<&str> = section.split('.').chain([address]).collect();
            let place = self.config.place(&steps);
            let place = place.map(|origin| self.places.position(origin));
            let _ = writeln!(
                text,
                "overridden: under `{section}`{}",
                place
                    .map(|place| format!(" at {place}"))
                    .unwrap_or_default()
            );
        }
        let example = match &self.model.schemas.get(id).shape {
            Shape::Object(_) => "map<string, any>",
            Shape::Map(_) | Shape::Any | Shape::Union(_) => "string",
            Shape::Array(_) => "array<any>",
            Shape::String(StringFormat::Plain) => "date-time",
            _ => "any",
        };
        let _ = writeln!(text, "override: types: {{\"{address}\": \"{example}\"}}");
    }

    /// A schema in the words that overrides are written in.
    fn words(&self, id: SchemaId) -> String {
        let mut id = id;
        let mut open = String::new();
        let mut close = String::new();
        let null = if self.model.schemas.get(id).nullable {
            " or null"
        } else {
            ""
        };
        // Lists and maps of each other nest no deeper than samples do; the bound is for those that hold themselves.
        for _ in 0..16 {
            match &self.model.schemas.get(id).shape {
                Shape::Array(inner) => {
                    open.push_str("array<");
                    id = *inner;
                }
                Shape::Map(inner) => {
                    open.push_str("map<string, ");
                    id = *inner;
                }
                _ => break,
            }
            close.push('>');
        }
        format!("{open}{}{close}{null}", self.word(id))
    }

    fn word(&self, id: SchemaId) -> String {
        let named = self
            .addresses
            .types
            .iter()
            .find(|(_, known)| known.schemas.contains(&id));
        if let Some((name, _)) = named {
            return name.clone();
        }
        match &self.model.schemas.get(id).shape {
            Shape::Boolean => "boolean".to_owned(),
            Shape::Integer { .. } => "integer".to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::String(StringFormat::DateTime) => "date-time".to_owned(),
            Shape::String(StringFormat::Date) => "date".to_owned(),
            Shape::String(StringFormat::Decimal) => "decimal".to_owned(),
            Shape::String(StringFormat::Other(format)) => format!("string ({})", clip(format)),
            Shape::String(_) => "string".to_owned(),
            Shape::Object(_) => "an object".to_owned(),
            Shape::Array(_) | Shape::Tuple(_) => "a list".to_owned(),
            Shape::Map(_) => "a map".to_owned(),
            Shape::Enum(_) => "one of a list of values".to_owned(),
            Shape::Union(_) => "one of several types".to_owned(),
            Shape::Any | Shape::Never | Shape::AllOf(_) | Shape::Sampled(_) => "any".to_owned(),
        }
    }
}

/// A text from a source, on one line and no longer than a line.
fn clip(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short = String::new();
    for c in text.chars().take(LONGEST) {
        match c {
            '"' | '\\' | '\'' => short.push(c),
            // What would move the cursor, or show as nothing, is spelled out.
            c => short.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;

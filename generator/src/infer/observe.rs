//! One sample to evidence: literals are kept, placeholders become holes, invented names are set apart.

use super::placeholder::{self, invented};
use super::{Sample, format, name, secret, tagged, threshold};
use crate::model::evidence::{
    Evidence, Fidelity, FieldEvidence, Formats, Hole, IntegerEvidence, KeySets, Observation,
    Observations, StringEvidence, TagEvidence,
};
use crate::origin::Span;
use crate::tree::{Kind, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one JSON value shows.
pub fn observe(value: Node<'_>, sample: Sample) -> Evidence {
    observe_member("", value, sample)
}

/// What the JSON value of a member of this name shows. Of a credential, which the name may tell, it shows the kind alone.
pub fn observe_member(name: &str, value: Node<'_>, sample: Sample) -> Evidence {
    let fidelity = match placeholder::fidelity(value) {
        Fidelity::Example if sample.elided => Fidelity::Elided,
        fidelity => fidelity,
    };
    let observer = Observer { sample, fidelity };
    let mut evidence = Evidence::default();
    observer.value(name, value, &mut evidence);
    evidence
}

/// What the text of a parameter shows: `12` may be an integer there, although it is text on the wire.
pub fn observe_text(text: &str, sample: Sample) -> Evidence {
    let observer = Observer {
        sample,
        fidelity: Fidelity::Example,
    };
    let seen = observer.observation(Span::new(0, text.len()));
    let mut evidence = Evidence::default();
    let digits = text.strip_prefix('-').unwrap_or(text);
    // A number with leading zeros is a code, and one with a fraction may be a version: both lose as numbers.
    let integer = !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'))
        && text.parse::<i64>().is_ok();
    if integer {
        number(text, seen, &mut evidence);
    } else if text == "true" || text == "false" {
        evidence.boolean.add(seen);
        if text == "true" {
            evidence.truth.add(seen);
        }
    } else {
        observer.text("", text, seen, &mut evidence);
    }
    evidence
}

struct Observer {
    sample: Sample,
    fidelity: Fidelity,
}

impl Observer {
    fn observation(&self, inner: Span) -> Observation {
        Observation {
            fidelity: self.fidelity,
            direction: self.sample.direction,
            origin: self.sample.origin,
            inner,
        }
    }

    /// Recurses no deeper than the tree, whose depth is limited.
    fn value(&self, name: &str, node: Node<'_>, evidence: &mut Evidence) {
        let seen = self.observation(node.span());
        match node.kind() {
            Kind::Null => evidence.null.add(seen),
            Kind::Boolean => {
                evidence.boolean.add(seen);
                if node.as_bool() == Some(true) {
                    evidence.truth.add(seen);
                }
            }
            Kind::Number => {
                let text = node.as_number().unwrap_or_default();
                number(secret::kept_number(name, text), seen, evidence);
            }
            Kind::String => self.text(name, node.as_str().unwrap_or_default(), seen, evidence),
            Kind::Array => {
                let array = evidence.array.get_or_insert_default();
                array.seen.add(seen);
                if node.items().len() == 0 {
                    array.empty.add(seen);
                }
                for item in node.items() {
                    self.value(name, item, &mut array.item);
                }
            }
            Kind::Object => match placeholder::shell(node) {
                Some(hole) => evidence.add_hole(hole, seen),
                None => self.object(node, seen, evidence),
            },
        }
    }

    fn text(&self, name: &str, text: &str, seen: Observation, evidence: &mut Evidence) {
        // A generator prints empty text where there is no schema, or one that it does not understand.
        if text.is_empty() && self.fidelity == Fidelity::Synthetic {
            evidence.add_hole(Hole::Unknown, seen);
            return;
        }
        if let Some(holes) = placeholder::holes(text) {
            for hole in holes {
                evidence.add_hole(hole, seen);
            }
            return;
        }
        let mut values = BTreeSet::new();
        if !text.is_empty() && !secret::is_secret(name, text) {
            values.insert(text.chars().take(StringEvidence::LENGTH).collect());
        }
        // Members of enumerations and matches of patterns stand for themselves only.
        let formats = match self.fidelity {
            Fidelity::Stated | Fidelity::Example | Fidelity::Elided => format::matched(text),
            Fidelity::Fake => format::matched_made_up(text),
            Fidelity::Synthetic | Fidelity::Counted => Formats::NONE,
        };
        evidence.add_string(&StringEvidence {
            seen: Observations::from(seen),
            values,
            formats,
        });
    }

    fn object(&self, node: Node<'_>, seen: Observation, evidence: &mut Evidence) {
        let random = self.random_keys(node);
        let object = evidence.object.get_or_insert_default();
        object.seen.add(seen);
        let mut keys = BTreeSet::new();
        for (index, (key, value)) in node.entries().enumerate() {
            if random.contains(key.text) {
                let random = object.random.get_or_insert_default();
                random.seen.add(seen);
                self.random_value(key.text, value, &mut random.value);
                continue;
            }
            keys.insert(key.text.to_owned());
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let fresh = FieldEvidence {
                index,
                ..FieldEvidence::default()
            };
            let field = object.fields.entry(key.text.to_owned()).or_insert(fresh);
            field.index = field.index.min(index);
            self.value(
                secret::name_of_value(node, key.text),
                value,
                &mut field.value,
            );
        }
        if self.sample.elided {
            // That a name is absent means nothing, so there is no combination of names to remember.
            return;
        }
        self.tags(node, &keys, seen, &mut object.tags);
        match &mut object.random {
            Some(found) if keys.is_empty() && !random.is_empty() => found.whole.add(seen),
            _ => object
                .key_sets
                .entry(keys.into_iter().collect())
                .or_default()
                .add(seen),
        }
    }

    /// Members whose text may tell what else stands beside it: those under names such as `type`, and of smaller objects all
    /// with texts that could be the name of a kind.
    fn tags(
        &self,
        node: Node<'_>,
        keys: &BTreeSet<String>,
        seen: Observation,
        tags: &mut BTreeMap<String, TagEvidence>,
    ) {
        let shared: Arc<[String]> = keys.iter().cloned().collect();
        let key_sets = KeySets::from([(shared, Observations::from(seen))]);
        let any = self.fidelity == Fidelity::Example && keys.len() <= threshold::TAG_MEMBERS;
        let mut named = 0;
        for (key, value) in node.entries() {
            let Some(text) = value.as_str() else { continue };
            let limit = match name::tag_rank(key.text) {
                Some(_) if named == threshold::TAGS => continue,
                Some(_) => {
                    named += 1;
                    threshold::TAG_TEXTS
                }
                None if any => threshold::TAG_TEXTS_UNNAMED,
                None => continue,
            };
            let new = || TagEvidence::new(limit);
            let tag = tags.entry(key.text.to_owned()).or_insert_with(new);
            match tagged::is_tag(text) && !secret::is_secret(key.text, text) {
                true => tag.add(text, &key_sets),
                false => tag.forget(),
            }
        }
    }

    /// Where anything is allowed, generators make up text as they do where text is asked for: it proves nothing.
    fn random_value(&self, key: &str, value: Node<'_>, evidence: &mut Evidence) {
        let faithful = invented(key).is_some_and(|name| name.faithful);
        if faithful || value.as_str() != Some("string") {
            self.value(key, value, evidence);
            return;
        }
        let seen = Observation {
            fidelity: self.fidelity.max(Fidelity::Fake),
            ..self.observation(value.span())
        };
        evidence.add_string(&StringEvidence {
            seen: Observations::from(seen),
            values: BTreeSet::new(),
            formats: Formats::ALL,
        });
    }

    /// The names of an object's members that a generator invented.
    fn random_keys<'t>(&self, node: Node<'t>) -> BTreeSet<&'t str> {
        let mut all = true;
        let mut found = Vec::new();
        for (key, value) in node.entries() {
            match invented(key.text) {
                Some(name) => found.push((key.text, name, is_raw(value))),
                None => all = false,
            }
        }
        let made = !matches!(self.fidelity, Fidelity::Example | Fidelity::Elided);
        let proof = found.iter().any(|(_, name, _)| {
            name.counted
                || (name.strong && (made || name.letters >= threshold::RANDOM_WORD_LETTERS))
        });
        let whole = all && !found.is_empty() && (proof || (made && found.len() > 1));
        found.retain(|(_, name, raw)| {
            // `id_1` with a placeholder is a member that somebody called so.
            let strong = name.strong && name.letters > 2;
            whole || name.counted || (made && (*raw || strong))
        });
        found.into_iter().map(|(key, ..)| key).collect()
    }
}

/// Whether a value is a scalar such as a generator makes up where anything is allowed.
fn is_raw(node: Node<'_>) -> bool {
    match node.kind() {
        Kind::Null | Kind::Array | Kind::Object => false,
        Kind::Boolean | Kind::Number => true,
        // Members of enumerations are literals too, but never filler text.
        Kind::String => placeholder::is_filler(node.as_str().unwrap_or_default()),
    }
}

fn number(text: &str, seen: Observation, evidence: &mut Evidence) {
    if text.contains(['.', 'e', 'E']) {
        evidence.number.add(seen);
        return;
    }
    let value = text.parse::<i128>();
    let edge = if text.starts_with('-') {
        i128::MIN
    } else {
        i128::MAX
    };
    let bound = value.as_ref().copied().unwrap_or(edge);
    evidence.add_integer(&IntegerEvidence {
        seen: Observations::from(seen),
        min: bound,
        max: bound,
        beyond: value.is_err(),
    });
}

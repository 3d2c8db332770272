//! What samples show, held against what is stated of the same value: the statement stays, what contradicts it is
//! reported, and what it leaves out is added.

use super::object::{order, undocumented};
use super::schema::{Joiner, Pair, Side, word};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::evidence::{
    Direction, Evidence, Fidelity, FieldEvidence, Format, Hole, MemberStatements, ObjectEvidence,
    Observation, Observations,
};
use crate::model::schema::Authority;
use crate::model::{
    Additional, Docs, Literal, ObjectShape, Property, Schema, SchemaId, Shape, Spelling,
    is_json_number,
};
use std::collections::BTreeSet;

/// A kind of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    fn with_article(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "a boolean",
            Kind::Integer => "an integer",
            Kind::Number => "a number with a fraction",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }
}

/// The kinds that were seen, with the observation to show for each.
fn kinds(seen: &Evidence) -> Vec<(Kind, Observation)> {
    let mut found: Vec<(Kind, Observation)> = Vec::new();
    let mut add = |kind: Kind, seen: &Observations| {
        if let Some(first) = seen.first()
            && found.iter().all(|(known, _)| *known != kind)
        {
            found.push((kind, first));
        }
    };
    add(Kind::Null, &seen.null);
    add(Kind::Boolean, &seen.boolean);
    if let Some(integer) = &seen.integer {
        add(Kind::Integer, &integer.seen);
    }
    add(Kind::Number, &seen.number);
    if let Some(string) = &seen.string {
        add(Kind::String, &string.seen);
    }
    if let Some(array) = &seen.array {
        add(Kind::Array, &array.seen);
    }
    if let Some(object) = &seen.object {
        add(Kind::Object, &object.seen);
    }
    for (hole, seen) in &seen.holes {
        let kind = match hole {
            Hole::Null => Kind::Null,
            Hole::Boolean => Kind::Boolean,
            Hole::Integer => Kind::Integer,
            Hole::Number => Kind::Number,
            Hole::String(_) => Kind::String,
            Hole::Array => Kind::Array,
            Hole::Object | Hole::Named(_) => Kind::Object,
            // What they stand for has the kind that it needs.
            Hole::Unknown | Hole::Variable | Hole::Circular(_) | Hole::TooDeep => continue,
        };
        add(kind, seen);
    }
    found.sort_by_key(|(kind, _)| *kind);
    found
}

/// The arrays or objects alone of what was seen.
fn part(seen: &Evidence, kind: Kind) -> Option<Evidence> {
    let mut part = Evidence::default();
    match kind {
        Kind::Array => part.array.clone_from(&seen.array),
        Kind::Object => part.object.clone_from(&seen.object),
        _ => return None,
    }
    (part.array.is_some() || part.object.is_some()).then_some(part)
}

/// Everything below an object that describes one of its members.
#[derive(Default)]
struct Parts {
    /// Members by name; several parts may describe one.
    members: Vec<(String, SchemaId)>,
    /// Whether some part may have any member, or one of several lists of them.
    open: bool,
}

impl Joiner<'_> {
    /// Reports the kinds that contradict what is stated, once each, and answers the spellings by which they are read.
    pub(super) fn report_kinds(
        &mut self,
        shape: &Shape,
        nullable: bool,
        seen: &Evidence,
        stated: Side<'_>,
        pair: &Pair,
    ) -> BTreeSet<Spelling> {
        let mut spellings = BTreeSet::new();
        for (kind, observation) in kinds(seen) {
            if self.accepts(shape, nullable, kind, &mut BTreeSet::new())
                || (pair.text && !contradicts_text(shape, kind, seen))
            {
                continue;
            }
            let spelling = self.spelling(shape, kind, seen);
            spellings.extend(spelling);
            let address = &pair.address;
            let message = format!(
                "`{address}` is {} in a sample, and {} by its description",
                kind.with_article(),
                word(shape)
            );
            let note = match spelling {
                Some(_) => "what is described counts; the other spelling is read as one",
                None => "what is described counts",
            };
            let help = match kind {
                Kind::Null => format!(
                    "if null is right, say `\"{address}\": true` under `nullable` in letterpress.yaml"
                ),
                _ => format!(
                    "if the sample is right, give the type of `{address}` under `types` in letterpress.yaml"
                ),
            };
            let mut diagnostic = Diagnostic::new(Code::MERGE_SAMPLE_CONTRADICTS, message)
                .at(observation.origin)
                .note(note)
                .help(help);
            if let Some(origin) = stated.origins.first() {
                diagnostic = diagnostic.related(origin, "the description");
            }
            self.diagnostics.push(diagnostic);
        }
        spellings
    }

    /// Whether a shape allows values of a kind.
    fn accepts(
        &mut self,
        shape: &Shape,
        nullable: bool,
        kind: Kind,
        open: &mut BTreeSet<SchemaId>,
    ) -> bool {
        let mut inner = |id: SchemaId| {
            let id = self.find(id);
            // What holds itself allows what the rest of it allows.
            if !open.insert(id) {
                return false;
            }
            let schema = self.get(id).clone();
            let accepted = self.accepts(&schema.shape, schema.nullable, kind, open);
            open.remove(&id);
            accepted
        };
        let by_shape = match shape {
            Shape::Any | Shape::Sampled(_) => true,
            Shape::Never => false,
            Shape::Boolean => kind == Kind::Boolean,
            Shape::Integer { .. } => kind == Kind::Integer,
            Shape::Number => matches!(kind, Kind::Integer | Kind::Number),
            Shape::String(_) => kind == Kind::String,
            Shape::Array(_) | Shape::Tuple(_) => kind == Kind::Array,
            Shape::Map(_) | Shape::Object(_) => kind == Kind::Object,
            Shape::Enum(list) => list.values.iter().any(|value| match &value.value {
                Literal::Null => kind == Kind::Null,
                Literal::Boolean(_) => kind == Kind::Boolean,
                Literal::Number(text) if text.contains(['.', 'e', 'E']) => {
                    matches!(kind, Kind::Integer | Kind::Number)
                }
                Literal::Number(_) => kind == Kind::Integer,
                Literal::String(_) => kind == Kind::String,
                Literal::Array(_) => kind == Kind::Array,
                Literal::Object(_) => kind == Kind::Object,
            }),
            Shape::Union(union) if union.external => kind == Kind::Object,
            Shape::Union(union) => union.variants.iter().any(|variant| inner(variant.schema)),
            // One part may say that null is allowed where the others do not speak of it.
            Shape::AllOf(ids) if kind == Kind::Null => ids.iter().any(|id| inner(*id)),
            Shape::AllOf(ids) => ids.iter().all(|id| inner(*id)),
        };
        by_shape || (nullable && kind == Kind::Null)
    }

    /// The spelling by which a kind is read as what is stated, if all samples of it can be.
    fn spelling(&mut self, shape: &Shape, kind: Kind, seen: &Evidence) -> Option<Spelling> {
        let bit = |seen: &Evidence| {
            let integer = seen.integer.as_ref();
            integer.is_some_and(|i| !i.beyond && i.min >= 0 && i.max <= 1)
        };
        let texts = |read: fn(&str) -> bool| {
            let string = seen.string.as_ref();
            string.is_some_and(|s| !s.values.is_empty() && s.values.iter().all(|t| read(t)))
        };
        match (shape, kind) {
            (Shape::Boolean, Kind::Integer) => bit(seen).then_some(Spelling::Number),
            (Shape::Boolean, Kind::String) => {
                texts(|text| matches!(text, "true" | "false" | "0" | "1")).then_some(Spelling::Text)
            }
            (Shape::Integer { .. }, Kind::String) => {
                texts(|text| is_json_number(text) && text.parse::<i64>().is_ok())
                    .then_some(Spelling::Text)
            }
            (Shape::Number, Kind::String) => texts(is_json_number).then_some(Spelling::Text),
            (Shape::String(_), Kind::Integer | Kind::Number) => Some(Spelling::Number),
            (Shape::Object(_) | Shape::Map(_), Kind::Array) => {
                let array = seen.array.as_ref()?;
                (array.item == Evidence::default()).then_some(Spelling::EmptyList)
            }
            (
                Shape::Object(_) | Shape::Map(_) | Shape::String(_) | Shape::Array(_),
                Kind::Boolean,
            ) => seen.truth.is_empty().then_some(Spelling::False),
            (Shape::Array(item), kind) if kind != Kind::Null => {
                let item = self.get(*item).clone();
                self.accepts(&item.shape, false, kind, &mut BTreeSet::new())
                    .then_some(Spelling::One)
            }
            _ => None,
        }
    }

    /// Hands what was seen on to the schemas that describe it, and adds the members that none describes.
    pub(super) fn descend(
        &mut self,
        shape: &mut Shape,
        seen: &Evidence,
        [stated, sampled]: [Side<'_>; 2],
        pair: &Pair,
        open: &mut Vec<Pair>,
    ) {
        match shape {
            Shape::Array(item) => {
                if let Some(array) = &seen.array {
                    let at = format!("{}[]", pair.address);
                    self.hand_on(*item, array.item.clone(), sampled, at, pair, open);
                }
            }
            Shape::Map(value) => {
                if let Some(object) = &seen.object {
                    let at = format!("{}[]", pair.address);
                    self.hand_on(*value, values(object), sampled, at, pair, open);
                }
            }
            Shape::Object(object) => {
                if let Some(seen) = &seen.object {
                    self.members(object, seen, [stated, sampled], pair, open);
                }
            }
            Shape::Union(union) if !union.external => {
                for kind in [Kind::Array, Kind::Object] {
                    let Some(part) = part(seen, kind) else {
                        continue;
                    };
                    let mut fitting = Vec::new();
                    for variant in &union.variants {
                        let schema = self.get(variant.schema).clone();
                        if self.accepts(&schema.shape, false, kind, &mut BTreeSet::new()) {
                            fitting.push(variant.schema);
                        }
                    }
                    // Of several alternatives of one kind, samples do not say which one they are of.
                    if let [only] = *fitting.as_slice() {
                        self.hand_on(only, part, sampled, pair.address.clone(), pair, open);
                    }
                }
            }
            Shape::AllOf(ids) => {
                if let Some(seen) = &seen.object {
                    self.all_of(ids, seen, [stated, sampled], pair, open);
                }
            }
            _ => {}
        }
    }

    /// Holds further samples against a schema.
    fn hand_on(
        &mut self,
        stated: SchemaId,
        seen: Evidence,
        sampled: Side<'_>,
        address: String,
        pair: &Pair,
        open: &mut Vec<Pair>,
    ) {
        let right = self.sampled(seen, sampled);
        open.push(Pair {
            left: stated,
            right,
            address,
            text: pair.text,
        });
    }

    fn sampled(&mut self, seen: Evidence, side: Side<'_>) -> SchemaId {
        self.add(Schema {
            shape: Shape::Sampled(Box::new(seen)),
            authority: side.authority,
            origins: side.origins.clone(),
            ..Schema::default()
        })
    }

    fn members(
        &mut self,
        object: &mut ObjectShape,
        seen: &ObjectEvidence,
        [stated, sampled]: [Side<'_>; 2],
        pair: &Pair,
        open: &mut Vec<Pair>,
    ) {
        for (name, field) in &seen.fields {
            let address = format!("{}.{name}", pair.address);
            let known = object.properties.iter_mut().find(|p| p.name == *name);
            match (known, object.additional) {
                (Some(known), _) => {
                    if known.docs.is_empty() {
                        known.docs = docs(field);
                    }
                    // Somebody sends it, whatever is said of it.
                    known.read_only &= !is_sent(seen, name);
                    let schema = known.schema;
                    self.hand_on(schema, field.value.clone(), sampled, address, pair, open);
                }
                (None, Additional::Schema(any)) => {
                    self.hand_on(any, field.value.clone(), sampled, address, pair, open);
                }
                (None, Additional::Unknown | Additional::Forbidden) => {
                    let property = self.added(name, field, [stated, sampled]);
                    object.properties.push(property);
                }
            }
        }
        if let (Some(random), Additional::Schema(any)) = (&seen.random, object.additional) {
            let address = format!("{}[]", pair.address);
            self.hand_on(any, random.value.clone(), sampled, address, pair, open);
        }
        order(&mut object.properties);
    }

    /// A member that the description leaves out.
    fn added(
        &mut self,
        name: &str,
        field: &FieldEvidence,
        [stated, sampled]: [Side<'_>; 2],
    ) -> Property {
        let only_seen =
            stated.authority > Authority::Sampled && field.stated == MemberStatements::default();
        Property {
            required: field.stated.is_required(),
            read_only: field.stated.is_read_only(),
            deprecated: field.stated.deprecated.first().is_some(),
            docs: match only_seen {
                true => undocumented(),
                false => docs(field),
            },
            origins: sampled.origins.clone(),
            ..Property::new(name, self.sampled(field.value.clone(), sampled))
        }
    }

    /// The members of an object of which several schemas must hold: each goes to all that describe it. What none
    /// describes becomes a part of its own, since the others may be shared.
    fn all_of(
        &mut self,
        ids: &mut Vec<SchemaId>,
        seen: &ObjectEvidence,
        [stated, sampled]: [Side<'_>; 2],
        pair: &Pair,
        open: &mut Vec<Pair>,
    ) {
        let parts = self.parts(ids);
        let mut extra = Vec::new();
        for (name, field) in &seen.fields {
            let address = format!("{}.{name}", pair.address);
            let mut found = false;
            for (known, schema) in &parts.members {
                if known == name {
                    found = true;
                    let seen = field.value.clone();
                    self.hand_on(*schema, seen, sampled, address.clone(), pair, open);
                }
            }
            if !found && !parts.open {
                extra.push(self.added(name, field, [stated, sampled]));
            }
        }
        if extra.is_empty() {
            return;
        }
        order(&mut extra);
        let shape = Shape::Object(ObjectShape {
            properties: extra,
            ..ObjectShape::default()
        });
        ids.push(self.add(Schema {
            shape,
            authority: stated.authority,
            origins: sampled.origins.clone(),
            ..Schema::default()
        }));
    }

    fn parts(&mut self, ids: &[SchemaId]) -> Parts {
        let mut parts = Parts::default();
        let mut done = BTreeSet::new();
        let mut open: Vec<SchemaId> = ids.to_vec();
        while let Some(id) = open.pop() {
            let id = self.find(id);
            if !done.insert(id) {
                continue;
            }
            match &self.get(id).shape {
                Shape::Object(object) => {
                    let members = object.properties.iter();
                    parts
                        .members
                        .extend(members.map(|p| (p.name.clone(), p.schema)));
                    parts.open |= matches!(object.additional, Additional::Schema(_));
                }
                Shape::AllOf(ids) => open.extend(ids),
                Shape::Any => {}
                _ => parts.open = true,
            }
        }
        parts
    }
}

/// The values of all members, whatever they are called.
fn values(object: &ObjectEvidence) -> Evidence {
    let mut all = Evidence::default();
    for field in object.fields.values() {
        all.join(&field.value);
    }
    if let Some(random) = &object.random {
        all.join(&random.value);
    }
    all
}

/// Whether a sample that is sent has a member.
fn is_sent(object: &ObjectEvidence, name: &str) -> bool {
    object.key_sets.iter().any(|(keys, seen)| {
        seen.directions().contains(&Direction::Sent) && keys.iter().any(|key| key == name)
    })
}

/// What a page says about a member.
fn docs(field: &FieldEvidence) -> Docs {
    Docs {
        summary: None,
        description: field.stated.docs.values().next().cloned(),
    }
}

/// Whether text on the wire cannot be what is stated. Digits are text too, and lists are written in many ways.
fn contradicts_text(shape: &Shape, kind: Kind, seen: &Evidence) -> bool {
    let Some(string) = seen.string.as_ref().filter(|_| kind == Kind::String) else {
        return false;
    };
    let mut written = string.seen.iter();
    if string.values.is_empty()
        || !written.any(|o| matches!(o.fidelity, Fidelity::Example | Fidelity::Elided))
    {
        return false;
    }
    match shape {
        Shape::Integer { .. } => !string.formats.contains(Format::Integer),
        Shape::Number => !string.values.iter().all(|text| is_json_number(text)),
        Shape::Boolean => string
            .values
            .iter()
            .any(|text| !matches!(text.as_str(), "true" | "false" | "0" | "1")),
        _ => false,
    }
}

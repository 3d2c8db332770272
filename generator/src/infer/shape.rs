//! Joined positions to schemas: what kind of value each is, which members it has, and what it may be called.

use super::kind::{self, Kind, Kinds};
use super::position::{Member, ObjectPosition, Position, PositionId, Positions};
use super::proposal::Proposals;
use super::tagged::{self, Tagged};
use super::{format, identity, lenient, stated, threshold};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::evidence::{Direction, Fidelity, Format, Hole};
use crate::model::{
    Additional, NameHint, ObjectShape, Property, Schema, SchemaId, Schemas, Shape, Spelling,
    StringFormat, UnionShape, Variant,
};
use crate::origin::Origin;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Makes schemas of positions, one for all that are joined.
pub struct Shaper<'a> {
    positions: &'a Positions,
    /// For positions that leave something open: the one whose type is assumed.
    aligned: BTreeMap<PositionId, PositionId>,
    /// The samples of what requests send, each with the operation that creates something by it; nothing if it changes
    /// something.
    creating: &'a BTreeMap<Origin, Option<String>>,
    schemas: &'a mut Schemas,
    diagnostics: &'a mut Diagnostics,
    proposals: Proposals<'a>,
    made: BTreeMap<PositionId, SchemaId>,
    open: VecDeque<(PositionId, SchemaId)>,
}

impl<'a> Shaper<'a> {
    /// Makes schemas in this list. `aligned` has the positions whose types are assumed for others, `creating` the samples
    /// of requests with their operations.
    pub fn new(
        positions: &'a Positions,
        aligned: BTreeMap<PositionId, PositionId>,
        creating: &'a BTreeMap<Origin, Option<String>>,
        schemas: &'a mut Schemas,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Shaper {
            positions,
            aligned,
            creating,
            schemas,
            diagnostics,
            proposals: Proposals::of(positions),
            made: BTreeMap::new(),
            open: VecDeque::new(),
        }
    }

    /// The schema of a position and all those below it.
    pub fn schema(&mut self, position: PositionId) -> SchemaId {
        let id = self.reserve(position);
        // A queue and no recursion: positions refer to each other in circles.
        while let Some((position, id)) = self.open.pop_front() {
            let schema = self.make(position);
            if let Some(place) = self.schemas.get_mut(id) {
                *place = schema;
            }
        }
        id
    }

    /// The schema of each position that has one.
    pub fn made(self) -> BTreeMap<PositionId, SchemaId> {
        self.made
    }

    fn reserve(&mut self, position: PositionId) -> SchemaId {
        let position = self.positions.find(position);
        if let Some(id) = self.made.get(&position) {
            return *id;
        }
        let id = self.schemas.add(Schema::default());
        self.made.insert(position, id);
        self.open.push_back((position, id));
        id
    }

    fn anything(&mut self) -> SchemaId {
        self.schemas.add(Schema::default())
    }

    fn make(&mut self, id: PositionId) -> Schema {
        let positions = self.positions;
        let position = positions.get(id);
        let kinds = kind::kinds(position);
        let (chosen, contradicted) = kind::strongest(&kinds);
        let (chosen, spellings) = lenient::spellings(positions, position, chosen);
        stated::report_kinds(position, &kinds, &chosen, self.diagnostics);
        let others: Vec<Kind> = contradicted.into_iter().chain(spellings).collect();
        let mut read = lenient::read(positions, position, &chosen, &others);
        self.report_contradiction(position, &kinds, &chosen, &others, &read);
        self.report_digits(position, &kinds, &chosen);
        if chosen == [Kind::Array] && self.stands_alone(position) {
            read.insert(Kind::Object, Spelling::One);
        }
        let mut names = Vec::new();
        let target = self.aligned.get(&id).map(|target| positions.get(*target));
        let shape = match (chosen.as_slice(), target) {
            (_, Some(target)) => self.assumed(target, &mut names),
            ([], None) => Shape::Any,
            ([kind], None) => {
                if *kind == Kind::Object {
                    names = self.proposals.names(position);
                }
                self.shape(position, *kind)
            }
            (several, None) => self.union(position, &kinds, several),
        };
        Schema {
            shape,
            nullable: !position.scalars.null.is_empty()
                || position.scalars.holes.contains_key(&Hole::Null),
            spellings: read.into_values().collect(),
            names,
            origins: position.seen().origins(),
            ..Schema::default()
        }
    }

    /// The shape of a member of a similar record. Of a record it is a copy, since null may stand here and not there: copies
    /// are one type.
    fn assumed(&mut self, target: &Position, names: &mut Vec<NameHint>) -> Shape {
        match (target.kinds(), &target.object) {
            ([Kind::Object], Some(object)) => {
                let plain = object.is_record()
                    && !is_choice(self.positions, target, object)
                    && tagged::tagged(self.positions, object).is_none();
                if !plain {
                    return Shape::Any;
                }
                *names = self.proposals.names(target);
                self.shape(target, Kind::Object)
            }
            ([kind], _) if *kind != Kind::Object => self.shape(target, *kind),
            _ => Shape::Any,
        }
    }

    fn shape(&mut self, position: &Position, kind: Kind) -> Shape {
        match kind {
            Kind::Boolean => Shape::Boolean,
            Kind::Integer | Kind::String if !position.scalars.allowed.is_empty() => {
                stated::enumeration(position, kind, self.diagnostics)
            }
            Kind::Integer => self.integer(position),
            Kind::Number => Shape::Number,
            Kind::String => Shape::String(string_format(position)),
            Kind::Array => match &position.array {
                Some(array) => Shape::Array(self.reserve(array.item)),
                None => Shape::Array(self.anything()),
            },
            Kind::Object => match &position.object {
                Some(object) => self.object(position, object),
                None => Shape::Map(self.anything()),
            },
        }
    }

    /// Whether an element stands alone where a list of such is the type, which is reported.
    fn stands_alone(&mut self, position: &Position) -> bool {
        let Some(array) = &position.array else {
            return false;
        };
        let Some(single) = array.single.first() else {
            return false;
        };
        let message = format!(
            "{} is an object here and a list of such objects elsewhere",
            position.shown()
        );
        let mut diagnostic = Diagnostic::new(Code::INFER_KIND_CONFLICT, message)
            .at(single.origin)
            .note("it becomes a list, and an object is read as a list of one")
            .help("give its type under `types` in letterpress.yaml, or correct the sample");
        if let Some(list) = array.seen.first() {
            diagnostic = diagnostic.related(list.origin, "a list");
        }
        self.diagnostics.push(diagnostic);
        true
    }

    fn integer(&mut self, position: &Position) -> Shape {
        let Some(integer) = &position.scalars.integer else {
            return Shape::Integer { unsigned: false };
        };
        let fits = |low: i128, high: i128| integer.min >= low && integer.max <= high;
        if !integer.beyond && fits(i128::from(i64::MIN), i128::from(i64::MAX)) {
            return Shape::Integer { unsigned: false };
        }
        if !integer.beyond && fits(0, i128::from(u64::MAX)) {
            return Shape::Integer { unsigned: true };
        }
        let message = format!(
            "{} has an integer that needs more than 64 bits",
            position.shown()
        );
        self.diagnostics.push(
            Diagnostic::new(Code::INFER_LARGE_INTEGER, message)
                .at(integer.seen.first().map(|seen| seen.origin))
                .note("it becomes a number with a fraction, which keeps about 15 digits"),
        );
        Shape::Number
    }

    fn object(&mut self, position: &Position, object: &ObjectPosition) -> Shape {
        if let Some(value) = object.map {
            return Shape::Map(self.map_value(value));
        }
        if object.members.is_empty() {
            return Shape::Map(self.anything());
        }
        if is_choice(self.positions, position, object) {
            return self.choice(object);
        }
        if let Some(tagged) = tagged::tagged(self.positions, object) {
            return self.tagged(position, object, tagged);
        }
        self.record(position, object, |_| true)
    }

    /// Records of several kinds, which the text of one member tells apart.
    fn tagged(&mut self, position: &Position, object: &ObjectPosition, tagged: Tagged) -> Shape {
        let variants = tagged
            .groups
            .into_iter()
            .map(|group| {
                let shape = self.record(position, object, |key| group.keys.contains(key));
                let schema = Schema {
                    shape,
                    origins: position.seen().origins(),
                    ..Schema::default()
                };
                Variant {
                    schema: self.schemas.add(schema),
                    name: group.tags.first().cloned(),
                    tags: group.tags,
                    ..Variant::default()
                }
            })
            .collect();
        Shape::Union(UnionShape {
            variants,
            discriminator: Some(tagged.key),
            external: false,
        })
    }

    /// The members of a record that are its own.
    fn record(
        &mut self,
        position: &Position,
        object: &ObjectPosition,
        own: impl Fn(&str) -> bool,
    ) -> Shape {
        let mut members: Vec<(&String, &Member)> = object
            .members
            .iter()
            .filter(|(key, member)| own(key) && stated::stands(object, key, member))
            .collect();
        // What is described stands in the order of the description, and in front of what is only seen.
        members.sort_by_key(|(key, member)| {
            let index = member.stated.index;
            (index.is_none(), index, member.index, *key)
        });
        for (key, member) in &members {
            stated::report_member(position, key, member, self.diagnostics);
        }
        let properties = members
            .into_iter()
            .map(|(key, member)| Property {
                required: self.is_required(position, object, key, member),
                read_only: member.stated.is_read_only() && !object.shows_sent(key),
                deprecated: member.stated.deprecated.first().is_some(),
                docs: stated::docs(member),
                origins: self.positions.get(member.value).seen().origins(),
                ..Property::new(key.clone(), self.reserve(member.value))
            })
            .collect();
        let additional = match object.random {
            Some((_, value)) if self.is_certain(value) => Additional::Schema(self.map_value(value)),
            _ => Additional::Unknown,
        };
        Shape::Object(ObjectShape {
            properties,
            additional,
        })
    }

    /// Bodies with one member each, which tells what is sent: `{"user": …}` or `{"users": …}`.
    fn choice(&mut self, object: &ObjectPosition) -> Shape {
        let mut members: Vec<(&String, &Member)> = object.members.iter().collect();
        members.sort_by_key(|(key, _)| *key);
        let variants = members
            .into_iter()
            .map(|(key, member)| Variant {
                schema: self.reserve(member.value),
                tags: vec![key.clone()],
                ..Variant::default()
            })
            .collect();
        Shape::Union(UnionShape {
            variants,
            discriminator: None,
            external: true,
        })
    }

    fn map_value(&mut self, value: PositionId) -> SchemaId {
        if self.is_certain(value) {
            self.reserve(value)
        } else {
            self.anything()
        }
    }

    /// Whether the values of a map say what others will be. What a generator makes up where anything is allowed does
    /// not.
    fn is_certain(&self, value: PositionId) -> bool {
        let position = self.positions.get(value);
        let kinds = kind::kinds(position);
        let (chosen, contradicted) = kind::strongest(&kinds);
        let empty = position
            .object
            .as_ref()
            .is_some_and(ObjectPosition::is_empty);
        if chosen.len() != 1 || !contradicted.is_empty() || empty {
            return false;
        }
        let scalars = &position.scalars;
        let literals: Vec<_> = [
            Some(&scalars.boolean),
            Some(&scalars.number),
            scalars.integer.as_ref().map(|i| &i.seen),
            scalars.string.as_ref().map(|s| &s.seen),
        ]
        .into_iter()
        .flatten()
        .filter(|seen| !seen.is_empty())
        .collect();
        let made_up: usize = literals.iter().map(|seen| seen.with(Fidelity::Fake)).sum();
        // Where a schema says of what kind the values are, a placeholder stands.
        let random = literals
            .iter()
            .any(|seen| seen.with(Fidelity::Synthetic) > 0);
        let enough = made_up == 0 || made_up >= threshold::UNIFORM_RANDOM_VALUES;
        !random && enough && literals.len() <= 1
    }

    /// Whether a member is always there. Samples show that of the identity of what is received, of a reference that is sent,
    /// and of small parts of what is created that several operations send whole. Of all else one sample more may leave a
    /// member out, and what must be sent only a description can say.
    fn is_required(
        &self,
        record: &Position,
        object: &ObjectPosition,
        key: &str,
        member: &Member,
    ) -> bool {
        if member.stated.is_required() && (object.key_sets.is_empty() || object.always(key)) {
            return true;
        }
        let value = self.positions.get(member.value);
        let scalars = &value.scalars;
        let null = !scalars.null.is_empty() || scalars.holes.contains_key(&Hole::Null);
        let examples: usize = [
            scalars.integer.as_ref().map(|i| &i.seen),
            scalars.string.as_ref().map(|s| &s.seen),
        ]
        .into_iter()
        .flatten()
        .map(|seen| seen.with(Fidelity::Example) + seen.with(Fidelity::Elided))
        .sum();
        if null || !object.always(key) {
            return false;
        }
        let received = record.is_received()
            && identity::is_identity(record, key)
            && examples >= threshold::IDENTITY_OBSERVATIONS;
        received || identity::is_reference(record, object) || self.is_sent_whole(record, object)
    }

    /// Whether a record is a part of bodies of several operations that create something, and the same members stand in all
    /// its samples.
    fn is_sent_whole(&self, record: &Position, object: &ObjectPosition) -> bool {
        let part = record.bodies.is_empty() && record.path.contains('.');
        let creates = |origin| {
            let creating = self.creating.get(&origin)?;
            creating.as_deref()
        };
        if !part
            || object.seen.directions() != [Direction::Sent]
            || object.key_sets.len() != 1
            || object.is_stated()
        {
            return false;
        }
        let samples = object.seen.iter();
        let samples = samples.filter(|seen| seen.fidelity == Fidelity::Example);
        let operations: Option<BTreeSet<&str>> = samples.map(|seen| creates(seen.origin)).collect();
        operations.is_some_and(|operations| operations.len() >= threshold::SENDING_OPERATIONS)
    }

    fn union(&mut self, position: &Position, kinds: &Kinds, chosen: &[Kind]) -> Shape {
        if chosen.len() > threshold::UNION_KINDS {
            let list: Vec<_> = chosen.iter().map(|kind| kind.with_article()).collect();
            let message = format!("{} is {}", position.shown(), list.join(", "));
            let mut diagnostic =
                Diagnostic::new(Code::INFER_MANY_KINDS, message).note("it becomes any JSON value");
            let mut places = chosen
                .iter()
                .filter_map(|kind| Some((*kind, origin(kinds, *kind)?)));
            diagnostic.origin = places.next().map(|(_, origin)| origin);
            for (kind, origin) in places {
                diagnostic = diagnostic.related(origin, kind.with_article());
            }
            self.diagnostics.push(diagnostic);
            return Shape::Any;
        }
        let variants = chosen
            .iter()
            .map(|kind| {
                let names = match kind {
                    Kind::Object => self.proposals.names(position),
                    _ => Vec::new(),
                };
                let schema = Schema {
                    shape: self.shape(position, *kind),
                    names,
                    origins: position.seen().origins(),
                    ..Schema::default()
                };
                Variant {
                    schema: self.schemas.add(schema),
                    ..Variant::default()
                }
            })
            .collect();
        Shape::Union(UnionShape {
            variants,
            discriminator: None,
            external: false,
        })
    }

    fn report_contradiction(
        &mut self,
        position: &Position,
        kinds: &Kinds,
        chosen: &[Kind],
        others: &[Kind],
        read: &BTreeMap<Kind, Spelling>,
    ) {
        let Some(winner) = chosen.first() else { return };
        for loser in others {
            let message = format!(
                "{} is {} here and {} elsewhere",
                position.shown(),
                loser.with_article(),
                winner.with_article()
            );
            let note = match read.contains_key(loser) {
                true => format!(
                    "it becomes {}, and the other spelling is read as one",
                    winner.with_article()
                ),
                false => format!("it becomes {}", winner.with_article()),
            };
            let mut diagnostic = Diagnostic::new(Code::INFER_KIND_CONFLICT, message)
                .at(origin(kinds, *loser))
                .note(note)
                .help("give its type under `types` in letterpress.yaml, or correct the sample");
            if let Some(origin) = origin(kinds, *winner) {
                diagnostic = diagnostic.related(origin, winner.with_article());
            }
            self.diagnostics.push(diagnostic);
        }
    }
}

impl Shaper<'_> {
    /// Says that numbers stand in quotation marks elsewhere, where nothing tells which of the two is meant.
    fn report_digits(&mut self, position: &Position, kinds: &Kinds, chosen: &[Kind]) {
        let ([number @ (Kind::Integer | Kind::Number), Kind::String], Some(string)) =
            (chosen, &position.scalars.string)
        else {
            return;
        };
        if string.values.is_empty() || !string.formats.contains(Format::Integer) {
            return;
        }
        let message = format!(
            "{} is {} here and the digits of one in quotation marks elsewhere",
            position.shown(),
            number.with_article()
        );
        let mut diagnostic = Diagnostic::new(Code::INFER_KIND_CONFLICT, message)
            .at(origin(kinds, *number))
            .note("it becomes either of the two")
            .help("give its type under `types` in letterpress.yaml, or correct the sample");
        if let Some(text) = origin(kinds, Kind::String) {
            diagnostic = diagnostic.related(text, "in quotation marks");
        }
        self.diagnostics.push(diagnostic);
    }
}

fn origin(kinds: &Kinds, kind: Kind) -> Option<Origin> {
    let (_, observation) = kinds.get(&kind)?.first_key_value()?;
    Some(observation.origin)
}

/// Whether every sample of a body that is sent has exactly one member, and not always the same one. What is received is
/// a record with members that may be absent: more may come beside them.
fn is_choice(positions: &Positions, position: &Position, object: &ObjectPosition) -> bool {
    let single = object.key_sets.keys().all(|keys| keys.len() == 1);
    let holds = |member: &Member| {
        matches!(
            positions.get(member.value).kinds(),
            [Kind::Object | Kind::Array]
        )
    };
    object.members.len() > 1
        && single
        && object.random.is_none()
        && object.seen.directions() == [Direction::Sent]
        && position.bodies.iter().any(|body| body.whole)
        && object.members.values().all(holds)
}

fn string_format(position: &Position) -> StringFormat {
    let scalars = &position.scalars;
    let declared = stated::formats(position);
    let mut declared = declared.into_iter();
    match (declared.next(), declared.next()) {
        (Some(StringFormat::Plain) | None, None) => {}
        (Some(format), None) => return format.clone(),
        _ => return StringFormat::Plain,
    }
    let Some(string) = &scalars.string else {
        return StringFormat::Plain;
    };
    if string.values.is_empty() {
        return StringFormat::Plain;
    }
    let made = string.seen.with(Fidelity::Fake) == string.seen.count();
    match format::believed(string.formats) {
        Some(format)
            if made
                || string.values.len() >= threshold::FORMAT_VALUES
                || position.keys.iter().any(|key| format::agrees(key, format)) =>
        {
            format::to_model(format)
        }
        _ => StringFormat::Plain,
    }
}

/// What stands for a schema that several models' samples described: joined texts, of which the longest counts.
pub fn join_schemas(into: &mut Schema, other: &Schema) {
    for (ours, theirs) in [
        (&mut into.docs.summary, &other.docs.summary),
        (&mut into.docs.description, &other.docs.description),
    ] {
        if let Some(theirs) = theirs {
            let longer = ours.as_ref().is_none_or(|ours| {
                (std::cmp::Reverse(theirs.len()), theirs) < (std::cmp::Reverse(ours.len()), ours)
            });
            if longer {
                *ours = Some(theirs.clone());
            }
        }
    }
    into.names.extend(other.names.iter().cloned());
    into.names.sort();
    into.names.dedup();
    into.examples.extend(other.examples.iter().cloned());
    into.examples.sort();
    into.examples.dedup();
    if into.default.is_none() || (other.default.is_some() && other.default < into.default) {
        into.default.clone_from(&other.default);
    }
    into.nullable |= other.nullable;
    into.spellings.extend(&other.spellings);
    into.deprecated |= other.deprecated;
    into.authority = into.authority.max(other.authority);
    into.origins.join(&other.origins);
}

//! The graph of all positions of the samples, in which two positions can be declared to be one.
//!
//! Joining two positions joins everything below them name by name, so the graph always stays consistent, and the result
//! of a set of joins does not depend on their order. A position may be joined with one further outside: that is how
//! recursive schemas come about.

use super::kind::{self, Kind};
use super::name;
use super::rule::Rule;
use crate::model::NameHint;
use crate::model::evidence::{
    Direction, Evidence, Fidelity, MemberStatements, Observation, Observations, TagEvidence,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Number of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PositionId(usize);

/// All positions.
#[derive(Default)]
pub struct Positions {
    list: Vec<Position>,
    /// The position that a position was joined with; itself if with none.
    joined: Vec<PositionId>,
}

/// Everything that was seen at one position or at those joined with it.
#[derive(Clone, Debug, Default)]
pub struct Position {
    /// What was seen beside arrays and objects.
    pub scalars: Evidence,
    /// Arrays.
    pub array: Option<ArrayPosition>,
    /// Objects.
    pub object: Option<ObjectPosition>,
    /// Proposals for a name, and how many positions make each.
    pub proposals: BTreeMap<NameHint, usize>,
    /// The words by which names are compared.
    pub comparable: BTreeSet<String>,
    /// The names of the members that it is the value of.
    pub keys: BTreeSet<String>,
    /// The way from the sample's root, for messages.
    pub path: String,
    /// The kinds that count, once they are asked for.
    pub(super) kinds: OnceLock<Vec<Kind>>,
    /// The operations of which it is the whole body, or what the body is about: an element of an array, or what stands
    /// under a name that says nothing.
    pub bodies: BTreeSet<Body>,
}

/// A body of an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Body {
    /// The operation.
    pub operation: String,
    /// The bodies with the same text are samples of the same thing: those of one request, of the responses of one
    /// operation that tell success, and of all that tell errors.
    pub family: String,
    /// What the path says that the body is about.
    pub noun: Option<String>,
    /// Whether it is the whole body.
    pub whole: bool,
}

/// Arrays at a position.
#[derive(Clone, Debug)]
pub struct ArrayPosition {
    /// Where.
    pub seen: Observations,
    /// The elements.
    pub item: PositionId,
    /// Where an element stands alone, where a list of one would be expected.
    pub single: Observations,
}

/// Objects at a position.
#[derive(Clone, Debug, Default)]
pub struct ObjectPosition {
    /// Where.
    pub seen: Observations,
    /// The combinations of names, and where.
    pub key_sets: BTreeMap<Vec<String>, Observations>,
    /// The members.
    pub members: BTreeMap<String, Member>,
    /// Members under invented names: where an object has no others, and their values.
    pub random: Option<(Observations, PositionId)>,
    /// The values, once it is decided that any name is allowed.
    pub map: Option<PositionId>,
    /// Why any name is allowed.
    pub rule: Option<Rule>,
    /// Members whose text may tell of what kind an object is.
    pub tags: BTreeMap<String, TagEvidence>,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// The smallest index.
    pub index: u32,
    /// What is said of it.
    pub stated: MemberStatements,
    /// Its value.
    pub value: PositionId,
}

impl ObjectPosition {
    /// Whether nothing says that any name is allowed, and there are members.
    pub fn is_record(&self) -> bool {
        self.map.is_none() && !self.members.is_empty()
    }

    /// Whether only `{}` was seen.
    pub fn is_empty(&self) -> bool {
        self.map.is_none() && self.members.is_empty() && self.random.is_none()
    }

    /// Whether somebody states which members it has.
    pub fn is_stated(&self) -> bool {
        self.seen.with(Fidelity::Stated) > 0
    }

    /// Whether a sample has this member.
    pub fn shows(&self, key: &str) -> bool {
        self.key_sets
            .keys()
            .any(|keys| keys.binary_search_by(|k| k.as_str().cmp(key)).is_ok())
    }

    /// Whether a sample that is sent has this member.
    pub fn shows_sent(&self, key: &str) -> bool {
        let sent = |seen: &Observations| seen.directions().contains(&Direction::Sent);
        let mut sets = self.key_sets.iter();
        sets.any(|(keys, seen)| {
            sent(seen) && keys.binary_search_by(|k| k.as_str().cmp(key)).is_ok()
        })
    }

    /// Joins another one, and adds to the work the pairs of positions below that have become one.
    fn absorb(&mut self, other: ObjectPosition, work: &mut Vec<(PositionId, PositionId)>) {
        self.seen.join(&other.seen);
        for (keys, seen) in other.key_sets {
            self.key_sets.entry(keys).or_default().join(&seen);
        }
        for (key, theirs) in other.members {
            match self.members.get_mut(&key) {
                Some(ours) => {
                    ours.index = ours.index.min(theirs.index);
                    ours.stated.join(&theirs.stated);
                    work.push((ours.value, theirs.value));
                }
                None => {
                    self.members.insert(key, theirs);
                }
            }
        }
        for (key, theirs) in other.tags {
            match self.tags.get_mut(&key) {
                Some(ours) => ours.join(&theirs),
                None => drop(self.tags.insert(key, theirs)),
            }
        }
        match (&mut self.random, other.random) {
            (Some((whole, ours)), Some((more, theirs))) => {
                whole.join(&more);
                work.push((*ours, theirs));
            }
            (ours, theirs) => *ours = ours.take().or(theirs),
        }
        match (self.map, other.map) {
            (Some(ours), Some(theirs)) => work.push((ours, theirs)),
            (ours, theirs) => self.map = ours.or(theirs),
        }
        self.rule = match (self.rule, other.rule) {
            (Some(ours), Some(theirs)) => Some(ours.min(theirs)),
            (ours, theirs) => ours.or(theirs),
        };
        if self.map.is_some() {
            self.flatten(work);
        }
    }

    /// Makes the members values of the map.
    fn flatten(&mut self, work: &mut Vec<(PositionId, PositionId)>) {
        let random = self.random.take().map(|(_, value)| value);
        let members = std::mem::take(&mut self.members);
        for value in members.into_values().map(|m| m.value).chain(random) {
            match self.map {
                Some(map) => work.push((map, value)),
                None => self.map = Some(value),
            }
        }
    }

    /// Whether every object has this member.
    pub fn always(&self, key: &str) -> bool {
        !self.key_sets.is_empty()
            && self.random.is_none()
            && self
                .key_sets
                .keys()
                .all(|keys| keys.binary_search_by(|k| k.as_str().cmp(key)).is_ok())
    }
}

impl Position {
    /// The most trustworthy observation of anything here.
    pub fn first(&self) -> Option<Observation> {
        let scalars = &self.scalars;
        let mut all = vec![&scalars.null, &scalars.boolean, &scalars.number];
        all.extend(scalars.integer.as_ref().map(|i| &i.seen));
        all.extend(scalars.string.as_ref().map(|s| &s.seen));
        all.extend(scalars.holes.values());
        all.extend(self.array.as_ref().map(|a| &a.seen));
        all.extend(self.object.as_ref().map(|o| &o.seen));
        all.into_iter().filter_map(Observations::first).min()
    }

    /// Everything seen here.
    pub fn seen(&self) -> Observations {
        let scalars = &self.scalars;
        let mut seen = scalars.null.clone();
        seen.join(&scalars.boolean);
        seen.join(&scalars.number);
        if let Some(integer) = &scalars.integer {
            seen.join(&integer.seen);
        }
        if let Some(string) = &scalars.string {
            seen.join(&string.seen);
        }
        for holes in scalars.holes.values() {
            seen.join(holes);
        }
        if let Some(array) = &self.array {
            seen.join(&array.seen);
        }
        if let Some(object) = &self.object {
            seen.join(&object.seen);
        }
        seen
    }

    /// The kinds of value that count here.
    pub fn kinds(&self) -> &[Kind] {
        self.kinds
            .get_or_init(|| kind::strongest(&kind::kinds(self)).0)
    }

    /// Joins another one, and adds to the work the pairs of positions below that have become one.
    fn absorb(&mut self, other: Position, work: &mut Vec<(PositionId, PositionId)>) {
        self.kinds.take();
        self.scalars.join_scalars(&other.scalars);
        match (&mut self.array, other.array) {
            (Some(ours), Some(theirs)) => {
                ours.seen.join(&theirs.seen);
                ours.single.join(&theirs.single);
                work.push((ours.item, theirs.item));
            }
            (ours, theirs) => *ours = ours.take().or(theirs),
        }
        match (&mut self.object, other.object) {
            (Some(ours), Some(theirs)) => ours.absorb(theirs, work),
            (ours, theirs) => *ours = ours.take().or(theirs),
        }
        for (hint, count) in other.proposals {
            *self.proposals.entry(hint).or_default() += count;
        }
        self.comparable.extend(other.comparable);
        self.keys.extend(other.keys);
        self.bodies.extend(other.bodies);
        // The shortest way, then the first in the order of text.
        if (other.path.len(), &other.path) < (self.path.len(), &self.path) {
            self.path = other.path;
        }
    }

    /// Replaces what one name proposed by other proposals.
    fn rename(&mut self, key: &str, names: &[NameHint]) {
        let element = name::element(key);
        self.proposals
            .retain(|hint, _| hint.text != key && hint.text != element);
        self.keys.remove(key);
        self.comparable.remove(&name::comparable(key));
        for hint in names {
            self.comparable.insert(name::comparable(&hint.text));
            *self.proposals.entry(hint.clone()).or_default() += 1;
        }
    }

    /// What messages call it.
    pub fn shown(&self) -> String {
        match self.path.as_str() {
            "" => "the body".to_owned(),
            path => format!("`{path}`"),
        }
    }

    /// Whether it is a record that is only ever received.
    pub fn is_received(&self) -> bool {
        self.object
            .as_ref()
            .is_some_and(|object| object.seen.directions() == [Direction::Received])
    }
}

impl Positions {
    pub(super) fn push(&mut self, position: Position) -> PositionId {
        let id = PositionId(self.list.len());
        self.list.push(position);
        self.joined.push(id);
        id
    }

    /// The position that this one was joined with.
    pub fn find(&self, id: PositionId) -> PositionId {
        let mut id = id;
        while let Some(next) = self.joined.get(id.0).copied()
            && next != id
        {
            id = next;
        }
        id
    }

    /// What was seen at a position and those joined with it.
    pub fn get(&self, id: PositionId) -> &Position {
        static NOTHING: std::sync::LazyLock<Position> = std::sync::LazyLock::new(Position::default);
        self.list.get(self.find(id).0).unwrap_or(&NOTHING)
    }

    /// As [`Positions::get`], to be changed; nothing if the number is not from this list.
    pub(super) fn get_mut(&mut self, id: PositionId) -> Option<&mut Position> {
        let id = self.find(id);
        self.list.get_mut(id.0)
    }

    /// Declares pairs of positions to be one, and with them what stands below them. Answers whether anything changed.
    pub fn join(&mut self, pairs: impl IntoIterator<Item = (PositionId, PositionId)>) -> bool {
        let mut work: Vec<_> = pairs.into_iter().collect();
        let mut changed = false;
        while let Some((a, b)) = work.pop() {
            let (a, b) = (self.find(a), self.find(b));
            if a == b {
                continue;
            }
            changed = true;
            let (kept, gone) = (a.min(b), a.max(b));
            if let Some(joined) = self.joined.get_mut(gone.0) {
                *joined = kept;
            }
            let taken = self.list.get_mut(gone.0).map(std::mem::take);
            if let (Some(taken), Some(position)) = (taken, self.list.get_mut(kept.0)) {
                position.absorb(taken, &mut work);
            }
        }
        if changed {
            self.shorten();
        }
        changed
    }

    /// Decides that a record is a map: its members become one position, and their names no longer say what they are.
    pub fn make_map(&mut self, id: PositionId, rule: Rule) {
        let mut work = Vec::new();
        let Some(position) = self.get_mut(id) else {
            return;
        };
        let names: Vec<NameHint> = position
            .proposals
            .keys()
            .map(|hint| NameHint::new(name::element(&hint.text), hint.distance))
            .collect();
        let mut members = Vec::new();
        if let Some(object) = &mut position.object {
            members.extend(object.members.iter().map(|(key, m)| (key.clone(), m.value)));
            object.rule = Some(rule);
            object.flatten(&mut work);
        }
        for (key, value) in members {
            if let Some(value) = self.get_mut(value) {
                value.rename(&key, &names);
            }
        }
        self.join(work);
    }

    /// Makes an element of the list at a position of the object that stands there as well.
    pub fn move_into_list(&mut self, id: PositionId) {
        let Some(position) = self.get_mut(id) else {
            return;
        };
        let (Some(array), Some(object)) = (&mut position.array, position.object.take()) else {
            return;
        };
        array.single.join(&object.seen);
        let item = array.item;
        position.kinds.take();
        let element = Position {
            object: Some(object),
            path: position.path.clone(),
            keys: position.keys.clone(),
            ..Position::default()
        };
        let element = self.push(element);
        self.join([(item, element)]);
    }

    /// Sets proposals back by one step: they were made by a position that is seen from a nearer one now.
    pub fn set_back(&mut self, id: PositionId) {
        if let Some(position) = self.get_mut(id) {
            let proposals = std::mem::take(&mut position.proposals);
            for (hint, count) in proposals {
                let further = NameHint::new(hint.text, hint.distance.saturating_add(1));
                *position.proposals.entry(further).or_default() += count;
            }
        }
    }

    /// Lets every position know its final one directly.
    fn shorten(&mut self) {
        for index in 0..self.joined.len() {
            let last = self.find(PositionId(index));
            if let Some(joined) = self.joined.get_mut(index) {
                *joined = last;
            }
        }
    }

    /// All positions that stand for themselves and those joined with them.
    pub fn all(&self) -> impl Iterator<Item = (PositionId, &Position)> {
        self.list
            .iter()
            .enumerate()
            .map(|(index, position)| (PositionId(index), position))
            .filter(|(id, _)| self.joined.get(id.0) == Some(id))
    }

    /// All positions whose objects are records.
    pub fn records(&self) -> impl Iterator<Item = (PositionId, &Position, &ObjectPosition)> {
        self.all().filter_map(|(id, position)| {
            let object = position.object.as_ref()?;
            object.is_record().then_some((id, position, object))
        })
    }
}

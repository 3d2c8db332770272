//! Everything that samples showed about one position, kept without loss until it is decided what it means.
//!
//! Evidence is a join-semilattice: every part is a set, a minimum, a maximum, an intersection, or a map of such parts.
//! Joining is therefore associative, commutative and idempotent, and neither the order of files nor a sample that
//! stands twice can change what is decided from it.

mod stated;
mod tag;

use super::schema::StringFormat;
use crate::origin::{Origin, Origins, Span};
use std::collections::{BTreeMap, BTreeSet};

pub use stated::{AllowedValue, AllowedValues, MemberStatements};
pub use tag::{KeySets, TagEvidence};

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the caller to the server.
    Sent,
    /// From the server to the caller.
    Received,
}

/// How far the literals of a sample can be trusted, the most trustworthy first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fidelity {
    /// It is no sample: somebody states in words or in a table what stands there.
    Stated,
    /// Somebody wrote or recorded it.
    Example,
    /// As before, and left something out, as `...` tells: what is absent means nothing.
    Elided,
    /// A generator filled it with random or default values: only the kinds mean something.
    Fake,
    /// A generator filled it with placeholders such as `<string>`; the literals that stand beside them are random.
    Synthetic,
    /// As before, with `sample string 1`; objects whose schema was printed already are printed as `{}`.
    Counted,
}

/// The identity of one value in one sample. Two observations are equal exactly if they are the same value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Observation {
    /// What kind of sample it stands in.
    pub fidelity: Fidelity,
    /// Which way it travels.
    pub direction: Direction,
    /// The place of the sample in its file.
    pub origin: Origin,
    /// The place of the value in the text of the sample.
    pub inner: Span,
}

/// A set of observations: the smallest ones themselves, and of all the others that they exist.
///
/// The smallest of a union are the smallest of the smallest, so the bound keeps the laws of a set. It is there because
/// a sample may be an array of a million numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observations {
    smallest: Vec<Observation>,
    directions: Vec<Direction>,
}

impl Observations {
    /// How many observations are kept one by one. Every threshold that counts observations is far below.
    pub const KEPT: usize = 64;

    /// Adds one.
    pub fn add(&mut self, observation: Observation) {
        if let Err(at) = self.smallest.binary_search(&observation)
            && at < Self::KEPT
        {
            self.smallest.insert(at, observation);
            self.smallest.truncate(Self::KEPT);
        }
        insert(&mut self.directions, observation.direction);
    }

    /// Adds all of another set.
    pub fn join(&mut self, other: &Observations) {
        for observation in &other.smallest {
            self.add(*observation);
        }
        for direction in &other.directions {
            insert(&mut self.directions, *direction);
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.smallest.is_empty()
    }

    /// How many there are, or [`Observations::KEPT`] if there are more.
    pub fn count(&self) -> usize {
        self.smallest.len()
    }

    /// The ones that are kept, the most trustworthy first.
    pub fn iter(&self) -> impl Iterator<Item = Observation> + '_ {
        self.smallest.iter().copied()
    }

    /// The most trustworthy one.
    pub fn first(&self) -> Option<Observation> {
        self.smallest.first().copied()
    }

    /// How many have this fidelity, up to [`Observations::KEPT`].
    pub fn with(&self, fidelity: Fidelity) -> usize {
        self.iter().filter(|o| o.fidelity == fidelity).count()
    }

    /// The directions that they travel in, sorted.
    pub fn directions(&self) -> &[Direction] {
        &self.directions
    }

    /// The places of the samples that they stand in.
    pub fn origins(&self) -> Origins {
        let mut origins = Origins::none();
        for observation in &self.smallest {
            origins.add(observation.origin);
        }
        origins
    }

    /// Whether everything that `other` knows is known here.
    pub fn covers(&self, other: &Observations) -> bool {
        let mut joined = self.clone();
        joined.join(other);
        joined == *self
    }
}

impl From<Observation> for Observations {
    fn from(observation: Observation) -> Self {
        Observations {
            smallest: vec![observation],
            directions: vec![observation.direction],
        }
    }
}

fn insert<T: Ord>(list: &mut Vec<T>, value: T) {
    if let Err(at) = list.binary_search(&value) {
        list.insert(at, value);
    }
}

/// What was seen at one position of the samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// `null`.
    pub null: Observations,
    /// `true` and `false`.
    pub boolean: Observations,
    /// `true`.
    pub truth: Observations,
    /// Numbers without fraction and exponent.
    pub integer: Option<IntegerEvidence>,
    /// Numbers with one.
    pub number: Observations,
    /// Text that is no placeholder.
    pub string: Option<StringEvidence>,
    /// Arrays.
    pub array: Option<Box<ArrayEvidence>>,
    /// Objects.
    pub object: Option<Box<ObjectEvidence>>,
    /// Placeholders and statements: what says of what kind the value would be.
    pub holes: BTreeMap<Hole, Observations>,
    /// The values that are stated to be all that may stand here.
    pub allowed: AllowedValues,
}

/// What a placeholder stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hole {
    /// Something, no source says what.
    Unknown,
    /// `null` is allowed.
    Null,
    /// `<boolean>`.
    Boolean,
    /// `<integer>`, `<long>`.
    Integer,
    /// `<number>`, `<float>`, `<double>`.
    Number,
    /// `<string>`, `<dateTime>`, `<uuid>` …
    String(StringFormat),
    /// A variable such as `{{userId}}` in quotation marks: text, unless something else is seen.
    Variable,
    /// `<array>`: a list of nothing in particular.
    Array,
    /// `<object>`: an object of nothing in particular.
    Object,
    /// The schema with this name again, further outside.
    Circular(String),
    /// The object that a source describes under this name.
    Named(String),
    /// Whoever wrote the sample gave up at this depth.
    TooDeep,
}

/// Whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegerEvidence {
    /// Where.
    pub seen: Observations,
    /// The smallest.
    pub min: i128,
    /// The largest.
    pub max: i128,
    /// Whether one of them does not even fit into 128 bits.
    pub beyond: bool,
}

/// Text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringEvidence {
    /// Where.
    pub seen: Observations,
    /// The smallest values in the order of text, without the empty one.
    pub values: BTreeSet<String>,
    /// What every one of them matches; the empty text matches everything.
    pub formats: Formats,
}

impl StringEvidence {
    /// How many values are kept.
    pub const VALUES: usize = 32;
    /// How many characters of a value are kept.
    pub const LENGTH: usize = 200;

    fn trim(&mut self) {
        while self.values.len() > Self::VALUES {
            self.values.pop_last();
        }
    }
}

/// A set of the formats that text can match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Formats(u16);

/// A format that text can match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 3339 date.
    Date,
    /// RFC 3339 time.
    Time,
    /// RFC 9562.
    Uuid,
    /// `http` and `https` URLs.
    Uri,
    /// An e-mail address.
    Email,
    /// Four numbers with dots.
    Ipv4,
    /// Eight groups with colons.
    Ipv6,
    /// A whole number in digits.
    Integer,
}

impl Formats {
    /// All formats: what no text at all, or only empty text, matches.
    pub const ALL: Formats = Formats(u16::MAX);
    /// No format.
    pub const NONE: Formats = Formats(0);

    /// Adds a format.
    pub fn insert(&mut self, format: Format) {
        self.0 |= 1 << format as u16;
    }

    /// Whether a format is in the set.
    pub fn contains(self, format: Format) -> bool {
        self.0 & (1 << format as u16) != 0
    }

    /// The formats in both sets.
    pub fn and(self, other: Formats) -> Formats {
        Formats(self.0 & other.0)
    }
}

/// Arrays. The elements of all of them are one position.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArrayEvidence {
    /// Where.
    pub seen: Observations,
    /// Where without elements.
    pub empty: Observations,
    /// The elements.
    pub item: Evidence,
}

/// Objects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectEvidence {
    /// Where.
    pub seen: Observations,
    /// The combinations of names that were seen, each sorted, and where. The combination of no name is the empty
    /// object. Names that a generator invented are not among them.
    pub key_sets: BTreeMap<Vec<String>, Observations>,
    /// The members by name.
    pub fields: BTreeMap<String, FieldEvidence>,
    /// Members under names that a generator invented, to show that any name is allowed.
    pub random: Option<RandomEvidence>,
    /// Members whose text may tell of what kind an object is, by name.
    pub tags: BTreeMap<String, TagEvidence>,
}

/// A member of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldEvidence {
    /// The smallest index at which it stood.
    pub index: u32,
    /// What is said of it.
    pub stated: MemberStatements,
    /// Its values.
    pub value: Evidence,
}

/// Members under invented names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RandomEvidence {
    /// Objects that have no other members.
    pub whole: Observations,
    /// All objects that have such members.
    pub seen: Observations,
    /// The values.
    pub value: Evidence,
}

impl Evidence {
    /// Adds what another list of samples showed. Order, repetition and grouping do not matter.
    pub fn join(&mut self, other: &Evidence) {
        self.join_scalars(other);
        if let Some(theirs) = &other.array {
            let ours = self.array.get_or_insert_default();
            ours.seen.join(&theirs.seen);
            ours.empty.join(&theirs.empty);
            ours.item.join(&theirs.item);
        }
        if let Some(theirs) = &other.object {
            self.object.get_or_insert_default().join(theirs);
        }
    }

    /// Adds what another list showed beside arrays and objects.
    pub fn join_scalars(&mut self, other: &Evidence) {
        self.null.join(&other.null);
        self.boolean.join(&other.boolean);
        self.truth.join(&other.truth);
        self.number.join(&other.number);
        if let Some(theirs) = &other.integer {
            self.add_integer(theirs);
        }
        if let Some(theirs) = &other.string {
            self.add_string(theirs);
        }
        for (hole, seen) in &other.holes {
            self.holes.entry(hole.clone()).or_default().join(seen);
        }
        stated::join_allowed(&mut self.allowed, &other.allowed);
    }

    /// Adds whole numbers.
    pub fn add_integer(&mut self, theirs: &IntegerEvidence) {
        match &mut self.integer {
            Some(ours) => {
                ours.seen.join(&theirs.seen);
                ours.min = ours.min.min(theirs.min);
                ours.max = ours.max.max(theirs.max);
                ours.beyond |= theirs.beyond;
            }
            none => *none = Some(theirs.clone()),
        }
    }

    /// Adds text.
    pub fn add_string(&mut self, theirs: &StringEvidence) {
        match &mut self.string {
            Some(ours) => {
                ours.seen.join(&theirs.seen);
                ours.values.extend(theirs.values.iter().cloned());
                ours.formats = ours.formats.and(theirs.formats);
                ours.trim();
            }
            none => {
                let mut ours = theirs.clone();
                ours.trim();
                *none = Some(ours);
            }
        }
    }

    /// Adds a placeholder.
    pub fn add_hole(&mut self, hole: Hole, observation: Observation) {
        self.holes.entry(hole).or_default().add(observation);
    }

    /// Whether everything that `other` knows is known here.
    pub fn covers(&self, other: &Evidence) -> bool {
        let mut joined = self.clone();
        joined.join(other);
        joined == *self
    }
}

impl ObjectEvidence {
    /// Adds other objects.
    pub fn join(&mut self, other: &ObjectEvidence) {
        self.seen.join(&other.seen);
        for (keys, seen) in &other.key_sets {
            match self.key_sets.get_mut(keys) {
                Some(ours) => ours.join(seen),
                None => {
                    self.key_sets.insert(keys.clone(), seen.clone());
                }
            }
        }
        for (name, theirs) in &other.fields {
            match self.fields.get_mut(name) {
                Some(ours) => {
                    ours.index = ours.index.min(theirs.index);
                    ours.stated.join(&theirs.stated);
                    ours.value.join(&theirs.value);
                }
                None => {
                    self.fields.insert(name.clone(), theirs.clone());
                }
            }
        }
        for (name, theirs) in &other.tags {
            match self.tags.get_mut(name) {
                Some(ours) => ours.join(theirs),
                None => drop(self.tags.insert(name.clone(), theirs.clone())),
            }
        }
        if let Some(theirs) = &other.random {
            let ours = self.random.get_or_insert_default();
            ours.whole.join(&theirs.whole);
            ours.seen.join(&theirs.seen);
            ours.value.join(&theirs.value);
        }
    }
}

//! The rules that decide what samples mean, by name, each with a sentence for people.

use super::kind::{self, Kind, Level};
use super::position::Position;
use crate::model::evidence::Hole;
use crate::model::{Shape, StringFormat};

macro_rules! rules {
    ($($variant:ident $name:literal $sentence:literal,)*) => {
        /// A rule that decided what samples of a value mean.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule { $(#[doc = $sentence] $variant),* }

        impl Rule {
            /// All rules, in the order of their subject.
            pub const ALL: &[Rule] = &[$(Rule::$variant),*];

            /// The name, which stays the same from version to version.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name),* }
            }

            /// What it says.
            pub fn sentence(self) -> &'static str {
                match self { $(Rule::$variant => $sentence),* }
            }
        }
    };
}

rules! {
    NothingSeen "nothing-seen" "Nothing was seen that says of what kind the value is, so it may be anything.",
    NullOnly "null-only" "Only null was seen, so it may be anything.",
    Aligned "aligned" "Only null was seen; a similar record has a member of this name, whose type is assumed.",
    Printed "printed" "A tool printed the value from a schema, which counts more than examples.",
    OneKind "one-kind" "All samples show one kind of value.",
    Fraction "fraction" "A sample has a fraction, so every number may.",
    LargeInteger "large-integer" "An integer needs more than 64 bits, so it is read as a number with a fraction.",
    Variable "variable" "A variable in quotation marks stands there, which is text unless something else is seen.",
    Text "text" "The samples are text, and nothing says of what format.",
    FormatPrinted "format-printed" "A tool printed the format from a schema.",
    FormatMatched "format-matched" "Every text matches the format, and the values differ or the name agrees.",
    Record "record" "The samples are objects whose names belong to the schema.",
    EmptyObject "empty-object" "Only objects without members were seen, so any name is allowed.",
    MapInvented "map-invented-names" "A tool invented the names to show that any name is allowed.",
    MapDataKeys "map-data-keys" "The names are identifiers, dates, addresses or languages: data, no schema.",
    MapDisjointKeys "map-disjoint-keys" "Every object has other names than all others.",
    MapManyKeys "map-many-keys" "There are many names with values of one kind, and none is in most of the objects.",
    MapSimilarRecords "map-similar-records" "Similar records stand under names that differ from object to object.",
    List "list" "The samples are lists, whose elements are one position.",
    SoleMember "sole-member" "Every sample has one member, which tells what is sent.",
    Discriminated "discriminated" "One member is text in every object, and its values tell groups of objects apart that share few names.",
    Lenient "lenient" "The kinds that were seen are one value in different spellings; the first of them is the type.",
    OneOrMany "one-or-many" "An element stands alone where there is a list elsewhere.",
    Kinds "kinds" "The samples are of kinds that exclude each other.",
    ManyKinds "many-kinds" "There are so many kinds that a union of them would say nothing.",
}

/// The rule that made this shape of what was seen at a position.
pub(super) fn of(position: &Position, shape: &Shape) -> Rule {
    if super::align::is_null(position) && *shape != Shape::Any {
        return Rule::Aligned;
    }
    let kinds = kind::kinds(position);
    let (chosen, _) = kind::strongest(&kinds);
    let level = |kind: Kind| {
        let levels = kinds.get(&kind)?;
        levels.keys().next().copied()
    };
    match shape {
        Shape::Any | Shape::Never | Shape::AllOf(_) | Shape::Sampled(_) | Shape::Enum(_) => {
            match chosen.as_slice() {
                [] if !position.scalars.null.is_empty() => Rule::NullOnly,
                [] => Rule::NothingSeen,
                _ => Rule::ManyKinds,
            }
        }
        Shape::Boolean | Shape::Integer { .. } => {
            let kind = match shape {
                Shape::Boolean => Kind::Boolean,
                _ => Kind::Integer,
            };
            match level(kind) {
                Some(Level::Placeholder) => Rule::Printed,
                Some(_) if chosen.len() > 1 => Rule::Lenient,
                _ => Rule::OneKind,
            }
        }
        Shape::Number => match (level(Kind::Number), position.scalars.integer.is_some()) {
            (None, _) => Rule::LargeInteger,
            (Some(Level::Placeholder), _) => Rule::Printed,
            (Some(_), true) => Rule::Fraction,
            (Some(_), false) => Rule::OneKind,
        },
        Shape::String(format) => {
            let printed = position
                .scalars
                .holes
                .keys()
                .any(|hole| matches!(hole, Hole::String(_)));
            match (format, level(Kind::String)) {
                (StringFormat::Plain, Some(Level::Variable)) => Rule::Variable,
                (StringFormat::Plain, Some(Level::Placeholder)) if printed => Rule::Printed,
                _ if chosen.len() > 1 => Rule::Lenient,
                (StringFormat::Plain, _) => Rule::Text,
                (_, Some(Level::Placeholder)) => Rule::FormatPrinted,
                _ => Rule::FormatMatched,
            }
        }
        Shape::Array(_) if chosen.len() > 1 || stands_alone(position) => Rule::OneOrMany,
        Shape::Array(_) | Shape::Tuple(_) => Rule::List,
        Shape::Object(_) if chosen.len() > 1 => Rule::Lenient,
        Shape::Object(_) => Rule::Record,
        Shape::Map(_) => position
            .object
            .as_ref()
            .and_then(|object| object.rule)
            .unwrap_or(Rule::EmptyObject),
        Shape::Union(union) if union.external => Rule::SoleMember,
        Shape::Union(union) if union.discriminator.is_some() => Rule::Discriminated,
        Shape::Union(_) => Rule::Kinds,
    }
}

/// Whether an element stands alone where a list of such stands elsewhere.
fn stands_alone(position: &Position) -> bool {
    let array = position.array.as_ref();
    array.is_some_and(|array| !array.single.is_empty())
}

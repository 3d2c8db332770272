//! Two schemas that stand at one position to one: what is stated is joined by its authority, and what samples show is
//! held against it.

use super::object::{join_enumerations, join_objects, join_unions};
use super::{Standing, join_docs, join_names};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::evidence::Evidence;
use crate::model::schema::Authority;
use crate::model::{Literal, Schema, SchemaId, Schemas, Shape, StringFormat};
use crate::origin::Origins;
use std::cmp::Ordering;

/// The schemas of two models, some of which turn out to be one.
pub(super) struct Joiner<'d> {
    pub(super) schemas: Vec<Schema>,
    /// By number, a schema that it is one with; itself if it stands for all of them.
    parents: Vec<u32>,
    pub(super) diagnostics: &'d mut Diagnostics,
}

/// Two schemas that stand at one position.
pub(super) struct Pair {
    pub(super) left: SchemaId,
    pub(super) right: SchemaId,
    /// The position, as letterpress.yaml names it.
    pub(super) address: String,
    /// Whether values are text on the wire, as those of parameters are: then a sample does not show their kind.
    pub(super) text: bool,
}

/// One of two schemas that are joined, beside its shape.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) authority: Authority,
    pub(super) origins: &'a Origins,
}

impl<'d> Joiner<'d> {
    pub(super) fn new(schemas: Schemas, diagnostics: &'d mut Diagnostics) -> Self {
        let schemas = schemas.into_vec();
        Joiner {
            parents: (0..schemas.len() as u32).collect(),
            schemas,
            diagnostics,
        }
    }

    /// The schemas, and by number the one that stands for each.
    pub(super) fn finish(mut self) -> (Schemas, Vec<SchemaId>) {
        let representative = (0..self.schemas.len() as u32)
            .map(|number| self.find(SchemaId(number)))
            .collect();
        (self.schemas.into(), representative)
    }

    /// The schema that stands for this one.
    pub(super) fn find(&mut self, id: SchemaId) -> SchemaId {
        let mut root = id.0;
        while let Some(parent) = self.parents.get(root as usize)
            && *parent != root
        {
            root = *parent;
        }
        let mut at = id.0;
        while at != root {
            let Some(parent) = self.parents.get_mut(at as usize) else {
                break;
            };
            at = std::mem::replace(parent, root);
        }
        SchemaId(root)
    }

    /// A schema as it is now.
    pub(super) fn get(&mut self, id: SchemaId) -> &Schema {
        static ANY: std::sync::LazyLock<Schema> = std::sync::LazyLock::new(Schema::default);
        let id = self.find(id);
        self.schemas.get(id.0 as usize).unwrap_or(&ANY)
    }

    /// Adds a schema.
    pub(super) fn add(&mut self, schema: Schema) -> SchemaId {
        let id = self.schemas.len() as u32;
        self.schemas.push(schema);
        self.parents.push(id);
        SchemaId(id)
    }

    /// Makes two schemas one, and what they refer to at the same positions.
    pub(super) fn unify(&mut self, left: SchemaId, right: SchemaId, at: &str, standing: Standing) {
        self.unify_pair(left, right, at, standing, false);
    }

    /// The same of values that are text on the wire.
    pub(super) fn unify_text(
        &mut self,
        left: SchemaId,
        right: SchemaId,
        at: &str,
        standing: Standing,
    ) {
        self.unify_pair(left, right, at, standing, true);
    }

    /// A list of pairs instead of recursion keeps deep and recursive schemas from costing stack.
    fn unify_pair(
        &mut self,
        left: SchemaId,
        right: SchemaId,
        at: &str,
        standing: Standing,
        text: bool,
    ) {
        let mut open = vec![Pair {
            left,
            right,
            address: at.to_owned(),
            text,
        }];
        while let Some(pair) = open.pop() {
            let (left, right) = (self.find(pair.left), self.find(pair.right));
            if left == right {
                continue;
            }
            // The smaller number stands for both, so that numbers do not depend on how models are grouped.
            let (keep, give) = (left.min(right), left.max(right));
            let take = |schemas: &mut Vec<Schema>, id: SchemaId| {
                schemas.get_mut(id.0 as usize).map(std::mem::take)
            };
            let (Some(kept), Some(given)) =
                (take(&mut self.schemas, keep), take(&mut self.schemas, give))
            else {
                continue;
            };
            if let Some(parent) = self.parents.get_mut(give.0 as usize) {
                *parent = keep.0;
            }
            let joined = self.join_schema(kept, given, &pair, standing, &mut open);
            if let Some(place) = self.schemas.get_mut(keep.0 as usize) {
                *place = joined;
            }
        }
    }

    fn join_schema(
        &mut self,
        mut left: Schema,
        right: Schema,
        pair: &Pair,
        standing: Standing,
        open: &mut Vec<Pair>,
    ) -> Schema {
        join_names(&mut left.names, right.names);
        join_docs(&mut left.docs, right.docs, standing);
        left.default = left.default.take().or(right.default);
        for example in right.examples {
            if !left.examples.contains(&example) {
                left.examples.push(example);
            }
        }
        left.deprecated |= right.deprecated;
        left.spellings.extend(right.spellings);
        // What is declared says whether null is allowed; samples only show that it was seen.
        left.nullable = match left.authority.cmp(&right.authority) {
            Ordering::Less => right.nullable,
            Ordering::Equal => left.nullable || right.nullable,
            Ordering::Greater => left.nullable,
        };
        let shape = std::mem::take(&mut left.shape);
        let origins = std::mem::take(&mut left.origins);
        let sides = [
            Side {
                authority: left.authority,
                origins: &origins,
            },
            Side {
                authority: right.authority,
                origins: &right.origins,
            },
        ];
        left.shape = match (shape, right.shape) {
            // Where nothing is stated, what is seen says more.
            (Shape::Any, seen @ Shape::Sampled(_)) if left.authority <= right.authority => seen,
            (seen @ Shape::Sampled(_), Shape::Any) if right.authority <= left.authority => seen,
            (Shape::Sampled(mut left), Shape::Sampled(right)) => {
                left.join(&right);
                Shape::Sampled(left)
            }
            (Shape::Sampled(seen), shape) => {
                left.shape = shape;
                self.hold(&mut left, *seen, [sides[1], sides[0]], pair, open)
            }
            (shape, Shape::Sampled(seen)) => {
                left.shape = shape;
                self.hold(&mut left, *seen, sides, pair, open)
            }
            (shape, other) => self.join_shapes(shape, other, sides, pair, open),
        };
        left.authority = left.authority.max(right.authority);
        left.origins = origins;
        left.origins.join(&right.origins);
        left
    }

    /// Holds samples against what is stated. The shape stays what it is, up to members that nobody describes.
    fn hold(
        &mut self,
        schema: &mut Schema,
        seen: Evidence,
        [stated, sampled]: [Side<'_>; 2],
        pair: &Pair,
        open: &mut Vec<Pair>,
    ) -> Shape {
        let mut shape = std::mem::take(&mut schema.shape);
        let nullable = schema.nullable;
        let spellings = self.report_kinds(&shape, nullable, &seen, stated, pair);
        schema.spellings.extend(spellings);
        self.descend(&mut shape, &seen, [stated, sampled], pair, open);
        shape
    }

    fn join_shapes(
        &mut self,
        left: Shape,
        right: Shape,
        sides: [Side<'_>; 2],
        pair: &Pair,
        open: &mut Vec<Pair>,
    ) -> Shape {
        let [left_authority, right_authority] = sides.map(|side| side.authority);
        let mut push = |left: SchemaId, right: SchemaId, step: &str| {
            open.push(Pair {
                left,
                right,
                address: format!("{}{step}", pair.address),
                text: pair.text,
            });
        };
        match (left, right) {
            (Shape::Any, shape) if left_authority <= right_authority => shape,
            (shape, Shape::Any) if right_authority <= left_authority => shape,
            (Shape::Any, _) | (_, Shape::Any) => Shape::Any,
            (Shape::Array(left), Shape::Array(right)) => {
                push(left, right, "[]");
                Shape::Array(left)
            }
            (Shape::Map(left), Shape::Map(right)) => {
                push(left, right, "[]");
                Shape::Map(left)
            }
            (Shape::Tuple(left), Shape::Tuple(right)) if left.len() == right.len() => {
                for (left, right) in left.iter().zip(right) {
                    push(*left, right, "[]");
                }
                Shape::Tuple(left)
            }
            (Shape::AllOf(left), Shape::AllOf(right)) if left.len() == right.len() => {
                for (left, right) in left.iter().zip(right) {
                    push(*left, right, "");
                }
                Shape::AllOf(left)
            }
            (Shape::Object(left), Shape::Object(right)) => {
                Shape::Object(join_objects(self, left, right, sides, pair, open))
            }
            (Shape::Union(left), Shape::Union(right)) => {
                Shape::Union(join_unions(left, right, pair, open))
            }
            (Shape::Enum(left), Shape::Enum(right)) => match left_authority.cmp(&right_authority) {
                Ordering::Less => Shape::Enum(right),
                Ordering::Equal => Shape::Enum(join_enumerations(left, right)),
                Ordering::Greater => Shape::Enum(left),
            },
            (left, right) if left == right => left,
            (left, right) if left_authority == right_authority => {
                match weaker(&left, &right).or_else(|| weaker(&right, &left)) {
                    Some(shape) => shape,
                    None => self.contradiction(left, right, sides, pair),
                }
            }
            // A text of a stated format is still text.
            (left @ Shape::String(_), right @ Shape::String(_)) => {
                match left_authority > right_authority {
                    true => left,
                    false => right,
                }
            }
            (left, right) => self.contradiction(left, right, sides, pair),
        }
    }

    /// Reports that two sources state different things, and answers what counts: the higher authority, then the first.
    fn contradiction(
        &mut self,
        left: Shape,
        right: Shape,
        [left_side, right_side]: [Side<'_>; 2],
        pair: &Pair,
    ) -> Shape {
        let ((counts, counting), (loses, losing)) =
            match left_side.authority >= right_side.authority {
                true => ((left, left_side), (right, right_side)),
                false => ((right, right_side), (left, left_side)),
            };
        let message = format!(
            "`{}` is {} here, {} there",
            pair.address,
            word(&loses),
            word(&counts)
        );
        let help = format!(
            "give its type under `types` in letterpress.yaml, at `{}`, or put the source that is right first",
            pair.address
        );
        self.diagnostics.push(
            Diagnostic::new(Code::MERGE_TYPE_CONFLICT, message)
                .at(losing.origins.first())
                .related(counting.origins.first(), "this one counts")
                .help(help),
        );
        counts
    }
}

/// Of two shapes that people state with the same authority, the one that allows more, if one of them does. An object with
/// members says what an object without says, and more; and since lists of values stay open, so does a list of texts.
fn weaker(left: &Shape, right: &Shape) -> Option<Shape> {
    match (left, right) {
        (Shape::Integer { unsigned: left }, Shape::Integer { unsigned: right }) => {
            Some(Shape::Integer {
                unsigned: *left && *right,
            })
        }
        (Shape::Integer { .. }, Shape::Number) => Some(Shape::Number),
        (Shape::String(left), Shape::String(right)) => Some(Shape::String(hint(left, right))),
        (Shape::Enum(list), Shape::String(_))
            if list
                .values
                .iter()
                .all(|value| matches!(value.value, Literal::String(_))) =>
        {
            Some(Shape::Enum(list.clone()))
        }
        (Shape::Enum(list), Shape::Integer { .. } | Shape::Number)
            if list
                .values
                .iter()
                .all(|value| matches!(value.value, Literal::Number(_))) =>
        {
            Some(Shape::Enum(list.clone()))
        }
        (Shape::Object(bare), other @ (Shape::Map(_) | Shape::Union(_) | Shape::AllOf(_)))
            if bare.properties.is_empty()
                && bare.additional == crate::model::Additional::Unknown =>
        {
            Some(other.clone())
        }
        _ => None,
    }
}

/// Text of two formats: text, with the format that is named first in the order of text as a hint for people. That one
/// source names no format says nothing against the other's, but makes it one that values need not have.
fn hint(left: &StringFormat, right: &StringFormat) -> StringFormat {
    let name = |format: &StringFormat| match format {
        StringFormat::Plain => None,
        StringFormat::DateTime => Some("date-time".to_owned()),
        StringFormat::Date => Some("date".to_owned()),
        StringFormat::Decimal => Some("decimal".to_owned()),
        StringFormat::Base64 => Some("byte".to_owned()),
        StringFormat::Binary => Some("binary".to_owned()),
        StringFormat::Other(name) => Some(name.clone()),
    };
    if left == right {
        return left.clone();
    }
    let named = [name(left), name(right)].into_iter().flatten().min();
    named.map_or(StringFormat::Plain, StringFormat::Other)
}

pub(super) fn word(shape: &Shape) -> &'static str {
    match shape {
        Shape::Any => "any value",
        Shape::Never => "no value",
        Shape::Boolean => "a boolean",
        Shape::Integer { .. } => "an integer",
        Shape::Number => "a number",
        Shape::String(_) => "a string",
        Shape::Enum(_) => "one of a list of values",
        Shape::Array(_) => "an array",
        Shape::Tuple(_) => "a tuple",
        Shape::Map(_) => "a map",
        Shape::Object(_) => "an object",
        Shape::Union(_) => "one of several types",
        Shape::AllOf(_) => "all of several types",
        Shape::Sampled(_) => "samples",
    }
}

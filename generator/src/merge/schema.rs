//! Two schemas that stand at one position to one: evidence is joined, and what is declared is never widened by samples.

use super::{Standing, join_docs, join_names};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::schema::Authority;
use crate::model::{
    Additional, ObjectShape, Schema, SchemaId, Schemas, Shape, StringFormat, UnionShape,
};
use crate::origin::Origins;

/// The schemas of two models, some of which turn out to be one.
pub(super) struct Joiner<'d> {
    schemas: Vec<Schema>,
    /// By number, a schema that it is one with; itself if it stands for all of them.
    parents: Vec<u32>,
    diagnostics: &'d mut Diagnostics,
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
    fn find(&mut self, id: SchemaId) -> SchemaId {
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

    /// The shape of a schema as it is now.
    pub(super) fn shape(&mut self, id: SchemaId) -> &Shape {
        const ANY: &Shape = &Shape::Any;
        let id = self.find(id);
        self.schemas
            .get(id.0 as usize)
            .map_or(ANY, |schema| &schema.shape)
    }

    /// Makes two schemas one, and what they refer to at the same positions. A list of pairs instead of recursion keeps
    /// deep and recursive schemas from costing stack.
    pub(super) fn unify(&mut self, left: SchemaId, right: SchemaId, standing: Standing) {
        let mut open = vec![(left, right)];
        while let Some((left, right)) = open.pop() {
            let (left, right) = (self.find(left), self.find(right));
            if left == right {
                continue;
            }
            // The smaller number stands for both, so that numbers do not depend on how models are grouped.
            let (keep, give) = (left.min(right), left.max(right));
            let Some(given) = self.schemas.get_mut(give.0 as usize).map(std::mem::take) else {
                continue;
            };
            if let Some(parent) = self.parents.get_mut(give.0 as usize) {
                *parent = keep.0;
            }
            if let Some(kept) = self.schemas.get_mut(keep.0 as usize) {
                join_schema(kept, given, standing, &mut open, self.diagnostics);
            }
        }
    }
}

fn join_schema(
    left: &mut Schema,
    right: Schema,
    standing: Standing,
    open: &mut Vec<(SchemaId, SchemaId)>,
    diagnostics: &mut Diagnostics,
) {
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
        std::cmp::Ordering::Less => right.nullable,
        std::cmp::Ordering::Equal => left.nullable || right.nullable,
        std::cmp::Ordering::Greater => left.nullable,
    };
    let shape = std::mem::take(&mut left.shape);
    let stronger = left.authority.max(right.authority);
    let sides = [
        (left.authority, &left.origins),
        (right.authority, &right.origins),
    ];
    left.shape = join_shapes(shape, right.shape, sides, open, diagnostics);
    left.authority = stronger;
    left.origins.join(&right.origins);
}

fn join_shapes(
    left: Shape,
    right: Shape,
    sides: [(Authority, &Origins); 2],
    open: &mut Vec<(SchemaId, SchemaId)>,
    diagnostics: &mut Diagnostics,
) -> Shape {
    let [
        (left_authority, left_origins),
        (right_authority, right_origins),
    ] = sides;
    match (left, right) {
        (Shape::Any, shape) if left_authority <= right_authority => shape,
        (shape, Shape::Any) if right_authority <= left_authority => shape,
        (Shape::Any, Shape::Sampled(_)) | (Shape::Sampled(_), Shape::Any) => Shape::Any,
        (Shape::Sampled(mut left), Shape::Sampled(right)) => {
            left.join(&right);
            Shape::Sampled(left)
        }
        (Shape::Sampled(_), shape) | (shape, Shape::Sampled(_)) => shape,
        (Shape::Array(left), Shape::Array(right)) => {
            open.push((left, right));
            Shape::Array(left)
        }
        (Shape::Map(left), Shape::Map(right)) => {
            open.push((left, right));
            Shape::Map(left)
        }
        (Shape::Tuple(left), Shape::Tuple(right)) if left.len() == right.len() => {
            open.extend(left.iter().copied().zip(right));
            Shape::Tuple(left)
        }
        (Shape::Object(left), Shape::Object(right)) => {
            Shape::Object(join_objects(left, right, open))
        }
        (Shape::Union(left), Shape::Union(right)) => Shape::Union(join_unions(left, right, open)),
        (Shape::Enum(mut left), Shape::Enum(right)) => {
            for value in right.values {
                if left.values.iter().all(|known| known.value != value.value) {
                    left.values.push(value);
                }
            }
            Shape::Enum(left)
        }
        (Shape::Integer { unsigned: left }, Shape::Integer { unsigned: right }) => Shape::Integer {
            unsigned: left && right,
        },
        (Shape::Integer { .. }, Shape::Number) | (Shape::Number, Shape::Integer { .. })
            if left_authority == right_authority =>
        {
            Shape::Number
        }
        (Shape::String(StringFormat::Plain), Shape::String(format))
        | (Shape::String(format), Shape::String(StringFormat::Plain)) => Shape::String(format),
        (left, right) if left == right => left,
        (left, right) => {
            let left_counts = left_authority >= right_authority;
            let (at, counts) = if left_counts {
                (right_origins.first(), left_origins.first())
            } else {
                (left_origins.first(), right_origins.first())
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::MERGE_TYPE_CONFLICT,
                    format!("{} here, {} there", word(&left), word(&right)),
                )
                .at(at)
                .related(counts, "this one counts")
                .help("put the source that is right first in letterpress.yaml"),
            );
            if left_counts { left } else { right }
        }
    }
}

fn join_objects(
    mut left: ObjectShape,
    right: ObjectShape,
    open: &mut Vec<(SchemaId, SchemaId)>,
) -> ObjectShape {
    let mut places: std::collections::BTreeMap<String, usize> = left
        .properties
        .iter()
        .enumerate()
        .map(|(index, property)| (property.name.clone(), index))
        .collect();
    for property in right.properties {
        let known = places
            .get(&property.name)
            .and_then(|at| left.properties.get_mut(*at));
        let Some(known) = known else {
            places.insert(property.name.clone(), left.properties.len());
            left.properties.push(property);
            continue;
        };
        open.push((known.schema, property.schema));
        known.required |= property.required;
        known.read_only |= property.read_only;
        known.write_only |= property.write_only;
        known.deprecated |= property.deprecated;
        join_docs(&mut known.docs, property.docs, Standing::Ordered);
        known.origins.join(&property.origins);
    }
    left.additional = match (left.additional, right.additional) {
        (Additional::Schema(left), Additional::Schema(right)) => {
            open.push((left, right));
            Additional::Schema(left)
        }
        (Additional::Unknown, additional)
        | (additional, Additional::Unknown)
        | (Additional::Forbidden, additional)
        | (additional, Additional::Forbidden) => additional,
    };
    left
}

fn join_unions(
    mut left: UnionShape,
    right: UnionShape,
    open: &mut Vec<(SchemaId, SchemaId)>,
) -> UnionShape {
    let by_position = left.variants.len() == right.variants.len();
    for (index, variant) in right.variants.into_iter().enumerate() {
        let named = variant.name.is_some() || !variant.tags.is_empty();
        let same = if named {
            left.variants
                .iter()
                .find(|known| known.name == variant.name && known.tags == variant.tags)
        } else {
            left.variants.get(index).filter(|_| by_position)
        };
        match same {
            Some(same) => open.push((same.schema, variant.schema)),
            None => left.variants.push(variant),
        }
    }
    left.discriminator = left.discriminator.or(right.discriminator);
    left.external &= right.external;
    left
}

fn word(shape: &Shape) -> &'static str {
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

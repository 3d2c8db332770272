//! Declared schemas of one structure to one of them: a description that writes an object out in ten places means one type.

use crate::model::schema::Authority;
use crate::model::{Additional, Model, ObjectShape, Schema, SchemaId, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Objects and lists of values below this size are one type only where they have one name too: many things have an
/// `id` and a `name`, and are not the same for that.
const TELLING: usize = 3;

/// What a schema says itself: everything but texts, samples, whether `null` may stand in its place, and what is in it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Label {
    kind: &'static str,
    /// The name that the author gave it; schemas that have different ones stay apart.
    author: Option<String>,
    /// What it is called where it stands, if its structure is too small to tell it apart.
    place: Option<String>,
    /// Whether it is only ever sent: what callers build and what they read are different types.
    only_sent: bool,
    /// Names, values and marks, in the order of the source.
    parts: Vec<String>,
}

/// For each schema the first one of its structure. Schemas from samples stand for themselves: inference has joined those
/// that are one thing, but for copies in whose place null may stand.
pub(super) fn representatives(
    model: &Model,
    sent: &BTreeSet<SchemaId>,
    received: &BTreeSet<SchemaId>,
) -> Vec<SchemaId> {
    let schemas = &model.schemas;
    let only_sent = |id: &SchemaId| sent.contains(id) && !received.contains(id);
    let mut copies = Copies::default();
    let mut classes: Vec<usize> = number(schemas.iter().map(|(id, schema)| {
        let itself = (schema.authority != Authority::Declared).then(|| copies.first(id, schema));
        (itself, label(id, schema, only_sent(&id)))
    }));
    let mut count = 0;
    // Each round tells schemas apart by one more step of what is in them, until a round tells none apart.
    loop {
        let now = classes.iter().max().map_or(0, |last| last + 1);
        if now == count {
            break;
        }
        count = now;
        classes = number(schemas.iter().map(|(id, schema)| {
            let class = |id: SchemaId| classes.get(id.0 as usize).copied().unwrap_or_default();
            let inside: Vec<(usize, bool)> = schema
                .shape
                .children()
                .into_iter()
                .map(|child| (class(child), schemas.get(child).nullable))
                .collect();
            (class(id), inside)
        }));
    }
    let mut first: BTreeMap<usize, SchemaId> = BTreeMap::new();
    classes
        .iter()
        .zip(0..)
        .map(|(class, number)| *first.entry(*class).or_insert(SchemaId(number)))
        .collect()
}

/// Objects from samples by what they hold: a copy differs from its original in whether null may stand in its place.
#[derive(Default)]
struct Copies<'m>(BTreeMap<Vec<SchemaId>, Vec<(SchemaId, &'m ObjectShape)>>);

impl<'m> Copies<'m> {
    /// The first object of which one is a copy, or itself.
    fn first(&mut self, id: SchemaId, schema: &'m Schema) -> SchemaId {
        let Shape::Object(object) = &schema.shape else {
            return id;
        };
        let known = self.0.entry(schema.shape.children()).or_default();
        if object.properties.is_empty() {
            return id;
        }
        match known.iter().find(|(_, known)| *known == object) {
            Some((first, _)) => *first,
            None => {
                known.push((id, object));
                id
            }
        }
    }
}

/// Numbers keys in the order in which they first stand.
fn number<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut known: BTreeMap<K, usize> = BTreeMap::new();
    keys.map(|key| {
        let next = known.len();
        *known.entry(key).or_insert(next)
    })
    .collect()
}

fn label(id: SchemaId, schema: &Schema, only_sent: bool) -> Label {
    let (kind, parts, telling) = match &schema.shape {
        Shape::Object(object) => {
            let mut parts: Vec<String> = object
                .properties
                .iter()
                .map(|property| {
                    let marks = [
                        (property.required, '!'),
                        (property.read_only, '<'),
                        (property.write_only, '>'),
                    ];
                    let mut text: String = marks
                        .iter()
                        .map(|(on, mark)| if *on { *mark } else { '-' })
                        .collect();
                    text.push_str(&property.name);
                    text
                })
                .collect();
            let telling = parts.len() >= TELLING;
            if let Additional::Schema(_) = object.additional {
                parts.push("others".to_owned());
            }
            ("object", parts, telling)
        }
        Shape::Enum(enumeration) => {
            let values = enumeration.values.iter().map(|one| one.value.to_json());
            let parts: Vec<String> = values.collect();
            // Equal lists of values under different names are different things, however long.
            ("enum", parts, false)
        }
        Shape::Union(union) => {
            let mut parts: Vec<String> = union
                .variants
                .iter()
                .map(|variant| format!("{:?} {:?} {}", variant.tags, variant.name, variant.default))
                .collect();
            parts.push(format!("{:?} {}", union.discriminator, union.external));
            ("union", parts, union.variants.len() >= 2)
        }
        Shape::Array(_) => ("array", Vec::new(), true),
        Shape::Map(_) => ("map", Vec::new(), true),
        Shape::Tuple(_) => ("tuple", Vec::new(), true),
        Shape::AllOf(_) => ("all of", Vec::new(), true),
        Shape::Any => ("any", Vec::new(), true),
        Shape::Never => ("never", Vec::new(), true),
        Shape::Boolean => ("boolean", Vec::new(), true),
        Shape::Number => ("number", Vec::new(), true),
        Shape::Integer { unsigned } => ("integer", vec![unsigned.to_string()], true),
        Shape::String(format) => ("string", vec![format!("{format:?}")], true),
        Shape::Sampled(_) => ("sampled", vec![id.0.to_string()], true),
    };
    let named = matches!(
        schema.shape,
        Shape::Object(_) | Shape::Enum(_) | Shape::Union(_)
    );
    let author = schema.names.first().filter(|hint| hint.distance == 0);
    let near = schema.names.first().map(|hint| hint.text.to_lowercase());
    Label {
        kind,
        author: author.filter(|_| named).map(|hint| hint.text.clone()),
        place: near.filter(|_| named && !telling && author.is_none()),
        only_sent: named && only_sent,
        parts,
    }
}

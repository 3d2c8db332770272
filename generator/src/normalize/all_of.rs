//! Makes one schema of those that must all hold: afterwards there is no `Shape::AllOf`.

mod flat;
mod meet;

use super::alias::Aliases;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Schema, SchemaId, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// How many schemas merging may add for each that the sources have; beyond that it only approximates.
const MOST_ADDED: usize = 8;

/// How many steps merging may take for each schema that the sources have, and in any case. Beyond that it only
/// approximates: chains and diamonds of `allOf` can ask for more than any machine has. Descriptions in use take fewer than
/// two for each.
const MOST_STEPS_EACH: usize = 64;
const MOST_STEPS: usize = 500_000;

/// What the copy of a property costs, in steps.
const PROPERTY: usize = 16;

pub(super) fn run(model: &mut Model, diagnostics: &mut Diagnostics) {
    let (parts, any) = wanted(model);
    if !any {
        return;
    }
    let given = model.schemas.len();
    let mut merging = Merging {
        model,
        diagnostics,
        met: BTreeMap::new(),
        asked: parts.iter().copied().collect(),
        open: parts,
        merged: BTreeMap::new(),
        copies: BTreeMap::new(),
        stand_ins: BTreeMap::new(),
        aliases: Aliases::default(),
        most: given.saturating_mul(MOST_ADDED).saturating_add(1024),
        below: BTreeMap::new(),
        steps: given
            .saturating_mul(MOST_STEPS_EACH)
            .saturating_add(MOST_STEPS),
    };
    merging.open.reverse();
    while let Some(id) = merging.open.pop() {
        merging.merge(id);
    }
    merging.finish();
}

/// The schemas of several parts that something other than another such schema refers to, sorted, and whether there are any
/// at all. What is a part alone is merged with what it is a part of.
fn wanted(model: &Model) -> (Vec<SchemaId>, bool) {
    let mut wanted = BTreeSet::new();
    let mut seen = BTreeSet::new();
    // Each entry is a schema, and whether it is looked at as a part.
    let mut open: Vec<(SchemaId, bool)> = model.roots().into_iter().map(|id| (id, false)).collect();
    while let Some((id, part)) = open.pop() {
        let shape = &model.schemas.get(id).shape;
        let whole = matches!(shape, Shape::AllOf(_));
        if whole && !part {
            wanted.insert(id);
        }
        if seen.insert(id) {
            open.extend(shape.children().into_iter().map(|child| (child, whole)));
        }
    }
    let any = |(_, schema): (SchemaId, &Schema)| matches!(schema.shape, Shape::AllOf(_));
    (wanted.into_iter().collect(), model.schemas.iter().any(any))
}

struct Merging<'m> {
    model: &'m mut Model,
    diagnostics: &'m mut Diagnostics,
    /// The schema that was made for each set of schemas that must all hold.
    met: BTreeMap<Vec<SchemaId>, SchemaId>,
    /// Schemas of several parts that are still to be merged.
    open: Vec<SchemaId>,
    /// Schemas that are or were among them.
    asked: BTreeSet<SchemaId>,
    /// What they became. The model keeps the parts until the end, so that the order of merging does not show.
    merged: BTreeMap<SchemaId, Schema>,
    /// Schemas that are another one, except that null is allowed or not.
    copies: BTreeMap<SchemaId, (SchemaId, bool)>,
    /// The schemas that stand for several parts beside a union.
    stand_ins: BTreeMap<Vec<SchemaId>, SchemaId>,
    /// Schemas that are another one.
    aliases: Aliases,
    /// How many schemas there may be.
    most: usize,
    /// What is below schemas of several parts, as far as it was asked; nothing for those of a circle.
    below: BTreeMap<SchemaId, Option<flat::Below>>,
    /// How many steps are left.
    steps: usize,
}

/// The schemas without parts that a schema consists of.
struct Flat {
    leaves: Vec<SchemaId>,
    /// Whether a schema on the way says that null is allowed, and nothing beside it says more.
    nullable: bool,
    /// A schema that is a part of itself.
    cycle: Option<SchemaId>,
}

impl Merging<'_> {
    fn parts(&self, id: SchemaId) -> Option<&[SchemaId]> {
        match &self.model.schemas.get(id).shape {
            Shape::AllOf(parts) => Some(parts),
            _ => None,
        }
    }

    /// Whether a schema says nothing about the kind of its values.
    fn is_unstated(&self, id: SchemaId) -> bool {
        match &self.model.schemas.get(id).shape {
            Shape::Any => true,
            Shape::Object(_) => self.is_demand(id),
            _ => false,
        }
    }

    /// Whether an object only names members without saying what they are: a branch of `required` alone.
    fn is_demand(&self, id: SchemaId) -> bool {
        match &self.model.schemas.get(id).shape {
            Shape::Any => true,
            Shape::Object(object) => object
                .properties
                .iter()
                .all(|property| self.model.schemas.get(property.schema).shape == Shape::Any),
            _ => false,
        }
    }

    fn merge(&mut self, id: SchemaId) {
        if self.steps == 0 {
            self.approximate(id);
            return;
        }
        let flat = self.flatten(id);
        if self.steps == 0 {
            self.tell_approximation(id);
        }
        if let Some(part) = flat.cycle {
            let schema = self.model.schemas.get(part);
            let name = schema
                .names
                .first()
                .map_or("a schema", |name| name.text.as_str());
            self.diagnostics.push(
                Diagnostic::new(
                    Code::NORMALIZE_CYCLIC_ALL_OF,
                    format!("`{name}` is a part of itself by `allOf`"),
                )
                .at(schema.origins.first())
                .note("the part that closes the circle is left out")
                .help("take the schema out of its own `allOf`"),
            );
        }
        if let Some(whole) = self.whole(id, &flat) {
            self.ask(whole);
            if self.model.schemas.get(whole).nullable == flat.nullable {
                self.aliases.add(id, whole);
            } else {
                self.copies.insert(id, (whole, flat.nullable));
            }
            return;
        }
        let merged = self.combine(id, &flat);
        self.merged.insert(id, merged);
    }

    /// Merges a schema too, if it has several parts.
    fn ask(&mut self, id: SchemaId) {
        if self.parts(id).is_some() && self.asked.insert(id) {
            self.open.push(id);
        }
    }

    /// The first part of a schema that says something stands for the whole schema.
    fn approximate(&mut self, id: SchemaId) {
        let parts = self.parts(id).unwrap_or_default();
        let first = parts.iter().copied().find(|part| !self.says_nothing(*part));
        if let Some(first) = first {
            self.ask(first);
            self.aliases.add(id, first);
        }
    }

    fn tell_approximation(&mut self, id: SchemaId) {
        let schema = self.model.schemas.get(id);
        self.diagnostics.push(
            Diagnostic::new(
                Code::NORMALIZE_APPROXIMATED,
                "schemas that hold one another by `allOf` give too many combinations",
            )
            .at(schema.origins.first())
            .note("from here on the first part stands for all of them"),
        );
    }

    /// The one part of a schema that says everything that the schema says.
    fn whole(&mut self, id: SchemaId, flat: &Flat) -> Option<SchemaId> {
        let parts = self.parts(id)?.to_vec();
        let mut stated = parts.into_iter().filter(|part| !self.says_nothing(*part));
        let first = stated.next()?;
        let others: Vec<SchemaId> = stated.collect();
        if first == id || self.resolves_to(first, id) {
            return None;
        }
        if others.iter().all(|other| *other == first) {
            return Some(first);
        }
        // A schema beside one that extends it adds nothing.
        std::iter::once(first)
            .chain(others)
            .filter(|part| *part != id)
            .find(|part| {
                let own: BTreeSet<SchemaId> = self.flatten(*part).leaves.into_iter().collect();
                let all = flat.leaves.iter().filter(|leaf| !self.says_nothing(**leaf));
                !own.is_empty()
                    && all.into_iter().all(|leaf| own.contains(leaf))
                    && !self.resolves_to(*part, id)
            })
    }

    fn resolves_to(&self, id: SchemaId, target: SchemaId) -> bool {
        let mut id = self.aliases.get(id);
        for _ in 0..=self.copies.len() {
            match self.copies.get(&id) {
                Some((whole, _)) => id = self.aliases.get(*whole),
                None => break,
            }
        }
        id == target
    }

    /// Whether a schema states nothing that shows in a type.
    fn says_nothing(&self, id: SchemaId) -> bool {
        let schema = self.model.schemas.get(id);
        schema.shape == Shape::Any && schema.default.is_none() && schema.constraints.is_empty()
    }

    /// The schema for what must hold of two others at once, which is made only once for each pair.
    fn meet(&mut self, a: SchemaId, b: SchemaId) -> SchemaId {
        if a == b || self.says_nothing(b) {
            return a;
        }
        if self.says_nothing(a) {
            return b;
        }
        if self.steps == 0 {
            return a;
        }
        let (first, second) = (self.flatten(a).leaves, self.flatten(b).leaves);
        let sorted =
            |leaves: &[SchemaId]| -> BTreeSet<SchemaId> { leaves.iter().copied().collect() };
        let (all_first, all_second) = (sorted(&first), sorted(&second));
        if all_second.is_subset(&all_first) {
            return a;
        }
        if all_first.is_subset(&all_second) {
            return b;
        }
        let key: Vec<SchemaId> = all_first.union(&all_second).copied().collect();
        if let Some(known) = self.met.get(&key) {
            return *known;
        }
        if self.model.schemas.len() >= self.most || self.steps == 0 {
            self.tell_approximation(a);
            return a;
        }
        let mut schema = Schema {
            shape: Shape::AllOf(vec![a, b]),
            ..Schema::default()
        };
        for id in [a, b] {
            let part = self.model.schemas.get(id);
            schema.authority = schema.authority.max(part.authority);
            schema.origins.join(&part.origins);
        }
        let id = self.model.schemas.add(schema);
        self.met.insert(key, id);
        self.ask(id);
        id
    }

    /// Puts what the schemas became into the model.
    fn finish(self) {
        for (id, merged) in self.merged {
            if let Some(schema) = self.model.schemas.get_mut(id) {
                *schema = merged;
            }
        }
        for (id, (whole, nullable)) in &self.copies {
            let mut whole = self.aliases.get(*whole);
            // A schema that is itself again says nothing.
            let mut turns = self.copies.len();
            while let Some((next, _)) = self.copies.get(&whole) {
                whole = self.aliases.get(*next);
                turns = turns.saturating_sub(1);
                if turns == 0 {
                    break;
                }
            }
            let mut schema = self.model.schemas.get(whole).clone();
            schema.nullable = *nullable;
            if let Some(own) = self.model.schemas.get_mut(*id) {
                if !own.docs.is_empty() {
                    schema.docs = std::mem::take(&mut own.docs);
                }
                schema.default = own.default.take().or(schema.default);
                schema.deprecated |= own.deprecated;
                schema.origins.join(&own.origins);
                *own = schema;
            }
        }
        self.aliases.apply(self.model);
        // What is left is a circle of schemas that say nothing but each other.
        for id in (0..self.model.schemas.len() as u32).map(SchemaId) {
            if let Some(schema) = self.model.schemas.get_mut(id)
                && matches!(schema.shape, Shape::AllOf(_))
            {
                schema.shape = Shape::Any;
            }
        }
    }
}

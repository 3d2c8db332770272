//! Makes one schema of those that must all hold: afterwards there is no `Shape::AllOf`.

mod meet;

use super::alias::Aliases;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Schema, SchemaId, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// How many schemas merging may add for each that the sources have; beyond that it only approximates.
const MOST_ADDED: usize = 8;

pub(super) fn run(model: &mut Model, diagnostics: &mut Diagnostics) {
    let parts: Vec<SchemaId> = model
        .schemas
        .iter()
        .filter(|(_, schema)| matches!(schema.shape, Shape::AllOf(_)))
        .map(|(id, _)| id)
        .collect();
    if parts.is_empty() {
        return;
    }
    let given = model.schemas.len();
    let mut merging = Merging {
        model,
        diagnostics,
        met: BTreeMap::new(),
        open: parts,
        merged: BTreeMap::new(),
        copies: BTreeMap::new(),
        stand_ins: BTreeMap::new(),
        aliases: Aliases::default(),
        most: given.saturating_mul(MOST_ADDED).saturating_add(1024),
    };
    merging.open.reverse();
    while let Some(id) = merging.open.pop() {
        merging.merge(id);
    }
    merging.finish();
}

struct Merging<'m> {
    model: &'m mut Model,
    diagnostics: &'m mut Diagnostics,
    /// The schema that was made for each set of schemas that must all hold.
    met: BTreeMap<Vec<SchemaId>, SchemaId>,
    /// Schemas of several parts that are still to be merged.
    open: Vec<SchemaId>,
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
}

/// The schemas without parts that a schema consists of.
struct Flat {
    leaves: Vec<SchemaId>,
    /// Whether a schema on the way says that null is allowed, and nothing beside it says more.
    nullable: bool,
    /// Schemas with parts on the way, the schema itself first.
    wrappers: Vec<SchemaId>,
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

    /// The leaves below a schema, each once, in the order of the source. Linear in what is below it, without recursion.
    fn flatten(&self, id: SchemaId) -> Flat {
        let mut flat = Flat {
            leaves: Vec::new(),
            nullable: self.model.schemas.get(id).nullable,
            wrappers: Vec::new(),
            cycle: None,
        };
        let mut seen = BTreeSet::new();
        // Each entry is a schema, whether it is the only one that says something, and whether the walk leaves it.
        let mut open = vec![(id, true, false)];
        let mut inside = BTreeSet::new();
        while let Some((id, alone, leaves)) = open.pop() {
            if leaves {
                inside.remove(&id);
                continue;
            }
            if !seen.insert(id) {
                if inside.contains(&id) {
                    flat.cycle = flat.cycle.or(Some(id));
                }
                continue;
            }
            let Some(parts) = self.parts(id) else {
                flat.leaves.push(id);
                continue;
            };
            flat.nullable |= alone && self.model.schemas.get(id).nullable;
            flat.wrappers.push(id);
            inside.insert(id);
            open.push((id, alone, true));
            let stated = parts
                .iter()
                .filter(|part| !self.is_unstated(**part))
                .count();
            open.extend(
                parts
                    .iter()
                    .rev()
                    .map(|part| (*part, alone && stated == 1, false)),
            );
        }
        let stated: Vec<SchemaId> = flat
            .leaves
            .iter()
            .copied()
            .filter(|leaf| !self.is_unstated(*leaf))
            .collect();
        flat.nullable |= !stated.is_empty()
            && stated
                .iter()
                .all(|leaf| self.model.schemas.get(*leaf).nullable);
        flat
    }

    fn merge(&mut self, id: SchemaId) {
        let flat = self.flatten(id);
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

    /// The one part of a schema that says everything that the schema says.
    fn whole(&self, id: SchemaId, flat: &Flat) -> Option<SchemaId> {
        let parts = self.parts(id)?;
        let mut stated = parts
            .iter()
            .copied()
            .filter(|part| !self.says_nothing(*part));
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
        let (first, second) = (self.flatten(a).leaves, self.flatten(b).leaves);
        if second.iter().all(|leaf| first.contains(leaf)) {
            return a;
        }
        if first.iter().all(|leaf| second.contains(leaf)) {
            return b;
        }
        let mut key: Vec<SchemaId> = first.iter().chain(&second).copied().collect();
        key.sort();
        key.dedup();
        if let Some(known) = self.met.get(&key) {
            return *known;
        }
        if self.model.schemas.len() >= self.most {
            let schema = self.model.schemas.get(a);
            self.diagnostics.push(
                Diagnostic::new(
                    Code::NORMALIZE_APPROXIMATED,
                    "schemas that hold one another by `allOf` give too many combinations",
                )
                .at(schema.origins.first())
                .note("from here on the first part stands for all of them"),
            );
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
        self.open.push(id);
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
            while let Some((next, _)) = self.copies.get(&whole) {
                whole = self.aliases.get(*next);
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

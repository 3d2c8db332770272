//! The types of a plan to their names: the nearest meaning, then the parent's name before it, then the path's; never a
//! number.

mod choice;
pub(super) mod kept;
mod number;
mod spelling;
mod words;

use super::super::context::Context;
use super::super::operation::{Named, literals};
use super::graph::{Graph, Place, Role, TypeId, is_generic};
use crate::diagnostic::Diagnostics;
use crate::model::schema::Authority;
use crate::model::{Property, Schema};
use crate::names::{self, Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};

/// How much of where it stands a type's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// Its own words, or what the rules for them ask for.
    Bare,
    /// The name of the type that holds it before them.
    Parent,
    /// What the path is about before them.
    Path,
    /// The operation's name before them.
    Operation,
    /// The names of everything on the way to it.
    Full,
    /// What is in it too.
    Content,
    /// Its place among the alternatives of a union, which the description numbers; nothing else has the last word.
    Alternative,
}

impl Level {
    fn next(self) -> Option<Level> {
        match self {
            Level::Bare => Some(Level::Parent),
            Level::Parent => Some(Level::Path),
            Level::Path => Some(Level::Operation),
            Level::Operation => Some(Level::Full),
            Level::Full => Some(Level::Content),
            Level::Content => Some(Level::Alternative),
            Level::Alternative => None,
        }
    }
}

#[derive(Clone, Debug)]
struct Name {
    level: Level,
    /// Whether `Input` stands behind it, because what is received has the bare name.
    input: bool,
    words: Vec<String>,
}

/// Whether a member that holds others only tells of pages: `meta`, `links`, `pagination`.
pub(super) fn is_page_object(property: &Property) -> bool {
    let words = names::words(&property.name);
    matches!(words.as_slice(), [word] if matches!(word.as_str(), "link" | "links" | "meta" | "metadata" | "page" | "pagination" | "paging"))
}

/// How often names are looked at again. Each round gives some type more words, of which none has more than five.
const ROUNDS: usize = 256;

struct Naming<'c, 'a> {
    context: &'c Context<'a>,
    named: &'c [Named<'a>],
    graph: &'c Graph,
    /// Nouns that the API's groups and paths are about, in the singular.
    nouns: BTreeSet<Vec<String>>,
    names: Vec<Name>,
    /// What types are called already.
    kept: &'c [Option<RustIdent>],
    /// Names that new types cannot have.
    reserved: BTreeSet<String>,
}

/// The words of the nearest proposal for a schema at a place; those of the member if there is none.
pub(super) fn hint(schema: &Schema, place: &Place) -> Vec<String> {
    let nearest = schema
        .names
        .iter()
        .min_by(|a, b| {
            (a.distance, std::cmp::Reverse(a.text.len()), &a.text).cmp(&(
                b.distance,
                std::cmp::Reverse(b.text.len()),
                &b.text,
            ))
        })
        .map(|hint| (hint.distance, names::words(&hint.text)));
    let (author, mut words) = match nearest {
        Some((distance, _)) if place.kin && distance > 0 => (false, names::words(&place.key)),
        // A title that says nothing, such as `param`, leaves it to the member's name.
        Some((distance, words))
            if distance > 0
                && schema.authority == Authority::Declared
                && is_generic(&words)
                && !is_generic(&names::words(&place.key)) =>
        {
            (false, names::words(&place.key))
        }
        Some((distance, words)) if !words.is_empty() => (distance == 0, words),
        _ => (false, names::words(&place.key)),
    };
    if place.several && !author {
        if words.len() > 1
            && words
                .last()
                .is_some_and(|word| matches!(word.as_str(), "list" | "array" | "collection"))
        {
            words.pop();
        }
        if let Some(last) = words.last_mut() {
            *last = names::singular(last);
        }
    }
    words
}

fn is_author(schema: &Schema) -> bool {
    schema
        .names
        .iter()
        .any(|hint| hint.distance == 0 && !names::words(&hint.text).is_empty())
}

/// The names of types, by their numbers.
pub(super) struct TypeNames {
    /// The names that they have.
    pub shown: Vec<RustIdent>,
    /// The names that they would have if letterpress.yaml chose none.
    pub own: Vec<RustIdent>,
}

/// Names all types. Those in `kept` have their names already, which no other gets.
pub(super) fn name_types(
    context: &Context<'_>,
    named: &[Named<'_>],
    graph: &Graph,
    kept: &[Option<RustIdent>],
    diagnostics: &mut Diagnostics,
) -> TypeNames {
    let mut nouns = BTreeSet::new();
    for operation in named {
        let groups = std::iter::once(operation.group.clone());
        for mut words in groups.chain(literals(&operation.operation.key.path)) {
            if let Some(last) = words.last_mut() {
                *last = names::singular(last);
            }
            nouns.insert(words);
        }
    }
    let start = Name {
        level: Level::Bare,
        input: false,
        words: Vec::new(),
    };
    let mut naming = Naming {
        context,
        named,
        graph,
        nouns,
        names: vec![start; graph.nodes.len()],
        kept,
        reserved: kept::reserved(context),
    };
    naming.run();
    naming.number(diagnostics);
    let own = naming.finish();
    let mut shown = own.clone();
    choice::choose(context, graph, &mut shown, diagnostics);
    choice::report(context, graph, &shown, diagnostics);
    TypeNames { shown, own }
}

impl Naming<'_, '_> {
    /// Every round gives those that have one name more words, until there are none or no more words.
    fn run(&mut self) {
        for _ in 0..ROUNDS {
            self.spell();
            let mut holders: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
            for at in 0..self.names.len() {
                let name = self.name(at).plain().to_owned();
                holders.entry(name).or_default().push(at);
            }
            let mut equal_names = BTreeSet::new();
            for (name, equal) in holders {
                let taken = names::is_taken_type(&name) || self.reserved.contains(&name);
                if equal.len() > 1 || taken {
                    equal_names.extend(self.to_move(&equal, taken));
                }
            }
            // What says its parent's name is told apart already if that changes; parents have the smaller numbers.
            let mut changed = BTreeSet::new();
            for at in equal_names {
                if self.says_one_of(at, &changed) || self.advance(at) {
                    changed.insert(at);
                }
            }
            if changed.is_empty() {
                return;
            }
        }
    }

    /// Whether the name of a type begins with that of its parent, which is one of these.
    fn says_one_of(&self, at: TypeId, changed: &BTreeSet<TypeId>) -> bool {
        let place = self
            .graph
            .nodes
            .get(at)
            .and_then(|node| self.best_place(node));
        let Some(Role::Part(parent)) = place.map(|place| place.role) else {
            return false;
        };
        let (Some(name), Some(parent_name)) = (self.names.get(at), self.names.get(parent)) else {
            return false;
        };
        parent < at && changed.contains(&parent) && name.words.starts_with(&parent_name.words)
    }

    /// Which of those with one name have to say more: what is received keeps its name before what is only sent, what its
    /// author named and what an envelope holds before parts of other types.
    fn to_move(&self, equal: &[TypeId], taken: bool) -> Vec<TypeId> {
        let new = equal.iter().filter(|at| self.kept_name(**at).is_none());
        let new: Vec<TypeId> = new.copied().collect();
        // What callers know by this name keeps it.
        if taken || new.len() < equal.len() {
            return new;
        }
        let of = |at: &TypeId| self.graph.nodes.get(*at);
        let sent = |at: &&TypeId| of(at).is_some_and(|node| self.context.only_sent(node.schema));
        let received = equal.iter().any(|at| !sent(&at));
        let inputs: Vec<TypeId> = equal.iter().filter(sent).copied().collect();
        if received && !inputs.is_empty() {
            return inputs;
        }
        let rank = |at: &TypeId| {
            let Some(node) = of(at) else { return 0 };
            let level = self.names.get(*at).map_or(Level::Bare, |name| name.level);
            let entity = node
                .places
                .iter()
                .any(|place| !matches!(place.role, Role::Part(_) | Role::Parameter(_)));
            let derived = self.names.get(*at).is_some_and(|name| name.input);
            match (level, is_author(self.context.schema(node.schema)), entity) {
                // What its author called `UserInput` keeps that name before what is sent of a `User`.
                _ if derived => 0,
                (Level::Bare, true, _) => 3,
                (Level::Bare, _, true) => 2,
                (Level::Bare, _, _) => 1,
                _ => 0,
            }
        };
        let best = equal.iter().map(rank).max().unwrap_or_default();
        let first: Vec<&TypeId> = equal.iter().filter(|at| rank(at) == best).collect();
        // What most operations answer when they fail is the API's error.
        let failures = |at: &TypeId| {
            let places = of(at)
                .map(|node| node.places.as_slice())
                .unwrap_or_default();
            let all = places
                .iter()
                .all(|place| matches!(place.role, Role::Error(..)));
            if all { places.len() } else { 0 }
        };
        let most = first
            .iter()
            .map(|at| failures(at))
            .max()
            .unwrap_or_default();
        let usual: Vec<&&TypeId> = first.iter().filter(|at| failures(at) == most).collect();
        if let ([usual], true, true) = (usual.as_slice(), most > 1, best >= 2)
            && first.iter().all(|at| failures(at) > 0)
        {
            return equal.iter().filter(|at| at != *usual).copied().collect();
        }
        // One that is ahead of all others keeps the name; equals all change, whatever their order.
        match first.as_slice() {
            [only] if best >= 2 => equal.iter().filter(|at| at != only).copied().collect(),
            _ => equal.to_vec(),
        }
    }

    fn advance(&mut self, at: TypeId) -> bool {
        let Some(node) = self.graph.nodes.get(at) else {
            return false;
        };
        let root = !matches!(
            node.places.first().map(|place| place.role),
            Some(Role::Part(_))
        );
        let only_sent = self.context.only_sent(node.schema);
        let author = is_author(self.context.schema(node.schema));
        let Some(name) = self.names.get_mut(at) else {
            return false;
        };
        if only_sent && (root || author) && !name.input {
            name.input = true;
            return true;
        }
        match name.level.next() {
            Some(level) => {
                name.level = level;
                true
            }
            None => false,
        }
    }

    /// Puts all names into words. The type that holds another is always named first, as it was found first.
    fn spell(&mut self) {
        for at in 0..self.graph.nodes.len() {
            if let (Some(node), Some(name)) = (self.graph.nodes.get(at), self.names.get(at)) {
                let words = match self.kept_name(at) {
                    Some(kept) => names::words(kept.plain()),
                    None => self.words(node, name),
                };
                if let Some(name) = self.names.get_mut(at) {
                    name.words = words;
                }
            }
        }
    }

    /// What a type is called by now.
    fn name(&self, at: TypeId) -> RustIdent {
        let words = self.names.get(at).map(|name| name.words.as_slice());
        match self.kept_name(at) {
            Some(kept) => kept.clone(),
            None => names::ident(words.unwrap_or_default(), Case::Pascal),
        }
    }

    fn finish(self) -> Vec<RustIdent> {
        (0..self.names.len()).map(|at| self.name(at)).collect()
    }
}

//! The types of a plan to their names: the nearest meaning, then the parent's name before it, then the path's; never a
//! number.

mod choice;
mod words;

use super::super::context::Context;
use super::super::operation::{Named, literals};
use super::graph::{Graph, Node, Place, Role, TypeId, is_generic};
use crate::diagnostic::Diagnostics;
use crate::model::schema::Authority;
use crate::model::{Property, Schema, Shape};
use crate::names::{self, Case, RustIdent};
use std::collections::{BTreeMap, BTreeSet};
use words::{PAGES, content, error_words, following, message_words, prefixed, with};

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

/// Names all types; by their numbers.
pub(super) fn name_types(
    context: &Context<'_>,
    named: &[Named<'_>],
    graph: &Graph,
    diagnostics: &mut Diagnostics,
) -> Vec<RustIdent> {
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
    };
    naming.run();
    let mut names = naming.finish();
    choice::choose(context, graph, &mut names, diagnostics);
    choice::report(context, graph, &names, diagnostics);
    names
}

impl Naming<'_, '_> {
    /// Every round gives those that have one name more words, until there are none or no more words.
    fn run(&mut self) {
        for _ in 0..ROUNDS {
            self.spell();
            let mut holders: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
            for (at, name) in self.names.iter().enumerate() {
                let name = names::ident(&name.words, Case::Pascal);
                holders.entry(name.plain().to_owned()).or_default().push(at);
            }
            let mut equal_names = BTreeSet::new();
            for (name, equal) in holders {
                let taken = names::is_taken_type(&name);
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
        if taken {
            return equal.to_vec();
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
                let words = self.words(node, name);
                if let Some(name) = self.names.get_mut(at) {
                    name.words = words;
                }
            }
        }
    }

    fn words(&self, node: &Node, name: &Name) -> Vec<String> {
        let schema = self.context.schema(node.schema);
        let Some(place) = self.best_place(node) else {
            return vec!["unnamed".to_owned()];
        };
        let mut words = match place.role {
            Role::Part(parent) => self.part(node, schema, place, parent, name),
            Role::Request(at)
            | Role::Response(at)
            | Role::Streamed(at)
            | Role::Entity(at)
            | Role::Error(at, _)
            | Role::Parameter(at) => self.root(schema, place, at, name),
            Role::Message | Role::Alone => {
                let own = is_author(schema).then(|| hint(schema, place));
                message_words(self.context, schema, &place.key, own, name.level)
            }
        };
        if words.is_empty() {
            words.push("unnamed".to_owned());
        }
        if name.input {
            words.push("input".to_owned());
        }
        words
    }

    /// The place that names a type: the body of an operation before a part of another type.
    fn best_place<'n>(&self, node: &'n Node) -> Option<&'n Place> {
        let rank = |place: &Place| match place.role {
            Role::Entity(_) => 0,
            Role::Response(_) | Role::Streamed(_) | Role::Request(_) => 1,
            Role::Error(..) | Role::Message | Role::Alone => 2,
            Role::Part(_) => 3,
            Role::Parameter(_) => 4,
        };
        let first = node.places.first()?;
        match first.role {
            // A type is named after its parent only if the parent was found before it.
            Role::Part(_) => node
                .places
                .iter()
                .find(|place| rank(place) == 0)
                .or(Some(first)),
            _ => node.places.iter().min_by_key(|place| rank(place)),
        }
    }

    fn root(&self, schema: &Schema, place: &Place, operation: usize, name: &Name) -> Vec<String> {
        let Some(operation) = self.named.get(operation) else {
            return Vec::new();
        };
        let author = is_author(schema);
        if let Role::Error(_, status) = place.role {
            let own = hint(schema, place);
            let own = match author && own != ["error"] {
                true => own,
                false => names::words("error body"),
            };
            return error_words(operation, status, own, name.level);
        }
        // The key of a body tells it from the other bodies of its operation, and is no name of its own.
        let is_body = matches!(
            place.role,
            Role::Request(_) | Role::Response(_) | Role::Streamed(_)
        );
        let key = if is_body {
            names::words(&place.key)
        } else {
            Vec::new()
        };
        let hint = match is_body {
            true => hint(
                schema,
                &Place {
                    key: String::new(),
                    ..place.clone()
                },
            ),
            false => hint(schema, place),
        };
        let mut words = match place.role {
            _ if author => hint,
            Role::Streamed(_) if !place.several => {
                let key: Vec<&str> = key.iter().map(String::as_str).collect();
                with(&operation.words, &key)
            }
            Role::Request(_) if place.key == "variables" => with(&operation.words, &["variables"]),
            Role::Request(_) if !place.several => {
                let word = if matches!(schema.shape, Shape::Object(_)) {
                    "request"
                } else {
                    "body"
                };
                prefixed(&operation.words, &with(&key, &[word]))
            }
            Role::Response(_) if !place.several && is_generic(&hint) && !key.is_empty() => {
                prefixed(&operation.words, &with(&key, &["response"]))
            }
            Role::Response(_) if !place.several => match self.envelope(schema) {
                _ if !is_generic(&hint) => hint,
                Some(member) if !is_generic(&member) => with(&member, &["response"]),
                // `GET /orders/{id}` answers an order, also if it lies in `data`.
                Some(_) if operation.ends_in_parameter() => with(&operation.noun(), &["response"]),
                None if operation.ends_in_parameter() => operation.noun(),
                _ => with(&operation.words, &["response"]),
            },
            Role::Parameter(_) if is_generic(&hint) => prefixed(&operation.noun(), &hint),
            _ if is_generic(&hint) => operation.noun(),
            _ => hint,
        };
        match name.level {
            Level::Bare => {}
            Level::Parent | Level::Path => words = prefixed(&operation.noun(), &words),
            Level::Operation => words = following(&operation.words, &words),
            Level::Full | Level::Content | Level::Alternative => {
                words.extend(match is_body {
                    true => key,
                    false => names::words(&place.key),
                });
                if name.level > Level::Full {
                    words.extend(content(self.context, schema, 2));
                }
                let role = match place.role {
                    Role::Request(_) => "request",
                    Role::Parameter(_) => "parameter",
                    Role::Response(_) if !place.several => "response",
                    _ => "object",
                };
                words.push(role.to_owned());
                words = following(&operation.words, &words);
            }
        }
        // `Error` and the like mean something else in Rust; what the API calls so is an object of its own.
        if names::is_taken_type(names::ident(&words, Case::Pascal).plain()) {
            words.push("object".to_owned());
        }
        words
    }

    /// The member that a response is about: the only one that is no scalar, beside nothing but what tells of pages.
    fn envelope(&self, schema: &Schema) -> Option<Vec<String>> {
        let Shape::Object(object) = &schema.shape else {
            return None;
        };
        let holds = |property: &&Property| {
            let shape = &self.context.schema(property.schema).shape;
            matches!(
                shape,
                Shape::Object(_) | Shape::Array(_) | Shape::Map(_) | Shape::Union(_)
            )
        };
        let about_pages = |property: &Property| {
            let words = names::words(&property.name);
            is_generic(&words) || words.iter().any(|word| PAGES.contains(&word.as_str()))
        };
        let (held, others): (Vec<&Property>, Vec<&Property>) = object
            .properties
            .iter()
            .partition(|property| holds(property) && !is_page_object(property));
        let [member] = held.as_slice() else {
            return None;
        };
        others
            .into_iter()
            .all(about_pages)
            .then(|| names::words(&member.name))
    }

    fn part(
        &self,
        node: &Node,
        schema: &Schema,
        place: &Place,
        parent: TypeId,
        name: &Name,
    ) -> Vec<String> {
        let parent_name = self.names.get(parent);
        let parent_words = parent_name
            .map(|name| name.words.clone())
            .unwrap_or_default();
        let mut bare = hint(schema, place);
        let author = is_author(schema);
        // A variant is proposed the name of its union, which says nothing about it: `input` is a text or an object.
        if bare == parent_words && self.is_union(parent) && matches!(schema.shape, Shape::Object(_))
        {
            bare.push("object".to_owned());
        }
        // What is only sent leaves the bare noun to what is received, as the type that holds it does.
        let in_input =
            parent_name.is_some_and(|name| name.input) && self.context.only_sent(node.schema);
        let mut one = bare.clone();
        if let Some(last) = one.last_mut() {
            *last = names::singular(last);
        }
        let noun = self.nouns.contains(&one);
        let needs_parent = !author && (in_input || noun || is_generic(&bare));
        // An alternative that nobody named is told from the others by what is in it.
        let nameless = place.key.is_empty()
            && schema.authority == Authority::Declared
            && !author
            && self.is_union(parent);
        let inside = |most: usize| match nameless {
            true => content(self.context, schema, most),
            false => Vec::new(),
        };
        match (name.level, inside(1), inside(2)) {
            (Level::Bare | Level::Parent, one, _) if !one.is_empty() => {
                return prefixed(&parent_words, &one);
            }
            (Level::Path, _, two) if !two.is_empty() => return prefixed(&parent_words, &two),
            _ => {}
        }
        match name.level {
            Level::Bare if needs_parent => prefixed(&parent_words, &bare),
            Level::Bare => bare,
            Level::Parent => prefixed(&parent_words, &bare),
            Level::Path => prefixed(&self.noun_of(parent), &prefixed(&parent_words, &bare)),
            Level::Operation => {
                prefixed(&self.operation_of(parent), &prefixed(&parent_words, &bare))
            }
            Level::Full | Level::Content | Level::Alternative => {
                let mut words = prefixed(&self.operation_of(parent), &parent_words);
                words.extend(names::words(&place.key));
                if name.level > Level::Full {
                    words.extend(content(self.context, schema, 2));
                }
                if let (Level::Alternative, Some(number)) =
                    (name.level, self.alternative(parent, node))
                {
                    words.extend(["variant".to_owned(), number.to_string()]);
                    return words;
                }
                words.push(if place.several { "element" } else { "value" }.to_owned());
                words
            }
        }
    }

    /// Which alternative of a union a type is, from one.
    fn alternative(&self, parent: TypeId, node: &Node) -> Option<usize> {
        let union = self.graph.nodes.get(parent)?.schema;
        let Shape::Union(union) = &self.context.schema(union).shape else {
            return None;
        };
        let same = |schema| self.context.facts.same(schema) == node.schema;
        let at = union
            .variants
            .iter()
            .position(|variant| same(variant.schema))?;
        Some(at + 1)
    }

    fn is_union(&self, at: TypeId) -> bool {
        self.graph
            .nodes
            .get(at)
            .is_some_and(|node| matches!(self.context.schema(node.schema).shape, Shape::Union(_)))
    }

    fn operation(&self, mut at: TypeId) -> Option<&Named<'_>> {
        for _ in 0..self.graph.nodes.len() {
            match self.graph.nodes.get(at)?.places.first()?.role {
                Role::Part(parent) => at = parent,
                Role::Request(at)
                | Role::Response(at)
                | Role::Streamed(at)
                | Role::Entity(at)
                | Role::Error(at, _)
                | Role::Parameter(at) => return self.named.get(at),
                Role::Message | Role::Alone => return None,
            }
        }
        None
    }

    fn noun_of(&self, at: TypeId) -> Vec<String> {
        self.operation(at).map(Named::noun).unwrap_or_default()
    }

    fn operation_of(&self, at: TypeId) -> Vec<String> {
        self.operation(at)
            .map(|operation| operation.words.clone())
            .unwrap_or_default()
    }

    fn finish(self) -> Vec<RustIdent> {
        self.names
            .iter()
            .map(|name| names::ident(&name.words, Case::Pascal))
            .collect()
    }
}

//! A type and where it stands to the words of its name, the more of them the less a shorter name tells it apart.

use super::super::super::operation::Named;
use super::super::graph::{Node, Place, Role, TypeId, is_generic};
use super::words::{PAGES, content, error_words, following, message_words, prefixed, with};
use super::{Level, Name, Naming, hint, is_author, is_page_object};
use crate::model::schema::Authority;
use crate::model::{Property, Schema, Shape};
use crate::names::{self, Case};

impl Naming<'_, '_> {
    pub(super) fn words(&self, node: &Node, name: &Name) -> Vec<String> {
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
        // Digits alone would be called as their module is.
        if words.concat().bytes().all(|letter| letter.is_ascii_digit()) {
            words.insert(0, "value".to_owned());
        }
        if name.input {
            words.push("input".to_owned());
        }
        words
    }

    /// The place that names a type: the body of an operation before a part of another type.
    pub(super) fn best_place<'n>(&self, node: &'n Node) -> Option<&'n Place> {
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
                words.extend(match (is_body, place.holder) {
                    (true, _) => key,
                    (false, Some(holder)) => self.beside_others(holder, &place.key),
                    (false, None) => names::words(&place.key),
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
                words = match name.level {
                    // Words that are said once too often may be what tells two operations apart.
                    Level::Alternative => [operation.words.clone(), words].concat(),
                    _ => following(&operation.words, &words),
                };
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
                words.extend(self.beside_others(parent, &place.key));
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

    /// The words of a member, as its field is told from the others of its type: `user_id_camel` beside `user_id`.
    fn beside_others(&self, parent: TypeId, key: &str) -> Vec<String> {
        let holder = self.graph.nodes.get(parent).map(|node| node.schema);
        let shape = holder.map(|holder| &self.context.schema(holder).shape);
        let Some(Shape::Object(object)) = shape else {
            return names::words(key);
        };
        let texts: Vec<&str> = object.properties.iter().map(|one| &*one.name).collect();
        let at = texts.iter().position(|text| *text == key);
        let fields = names::side_by_side(&texts, &[], Case::Snake, &[]).ok();
        match at.and_then(|at| fields.as_ref()?.get(at)) {
            Some(field) => names::words(field.plain()),
            None => names::words(key),
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
}

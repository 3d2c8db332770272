//! Where the parts of a plan were read: a table beside it, by which changes of an API can be shown where they were made.
//! Nothing that is emitted depends on it.

use super::client::Client;
use super::context::Context;
use super::operation::Named;
use super::schema::Types;
use super::security::scheme_origins;
use crate::model::{Location, Schema, Shape};
use crate::origin::Origin;
use std::collections::BTreeMap;

/// The places of a plan, by what owns a part and what the part is called on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    of: BTreeMap<(String, String), Origin>,
}

/// The owner of what belongs to the whole API. No operation and no type is called so.
const CLIENT: &str = "";

impl Places {
    /// The place of the server, or else of the whole.
    pub fn server(&self) -> Option<Origin> {
        self.find(CLIENT, "server")
    }

    /// The place of a credential, by the name of its method.
    pub fn credential(&self, method: &str) -> Option<Origin> {
        self.find(CLIENT, method)
    }

    /// The place of an operation, by its id.
    pub fn operation(&self, id: &str) -> Option<Origin> {
        self.find(id, "")
    }

    /// The place of a parameter of an operation (`query role`), of its `body` or its `response`.
    pub fn part(&self, id: &str, part: &str) -> Option<Origin> {
        self.find(id, part).or_else(|| self.operation(id))
    }

    /// The place of a type, by its name.
    pub fn named(&self, name: &str) -> Option<Origin> {
        self.find(name, "")
    }

    /// The place of a member of a type, by its name on the wire.
    pub fn member(&self, name: &str, wire: &str) -> Option<Origin> {
        self.find(name, wire).or_else(|| self.named(name))
    }

    fn find(&self, owner: &str, part: &str) -> Option<Origin> {
        self.of.get(&(owner.to_owned(), part.to_owned())).copied()
    }

    fn add(&mut self, owner: &str, part: &str, origin: Option<Origin>) {
        if let Some(origin) = origin {
            let known = self.of.entry((owner.to_owned(), part.to_owned()));
            let known = known.or_insert(origin);
            *known = origin.min(*known);
        }
    }
}

/// Notes where everything was read.
pub(super) fn places(
    context: &Context<'_>,
    named: &[Named<'_>],
    types: &Types,
    client: &Client,
) -> Places {
    let mut places = Places::default();
    let server = context.model.servers.first();
    let server = server.and_then(|server| server.origins.first());
    places.add(
        CLIENT,
        "server",
        context.config.place(&["server"]).or(server),
    );
    let origins = scheme_origins(context);
    for scheme in &client.schemes {
        let origin = origins.get(&scheme.kind).copied().flatten();
        places.add(CLIENT, scheme.method.plain(), origin);
    }
    for named in named {
        let operation = named.operation;
        places.add(&named.id, "", operation.origins.first());
        for parameter in &operation.parameters {
            let location = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            let part = format!("{location} {}", parameter.name);
            places.add(&named.id, &part, parameter.origins.first());
        }
        if let Some(body) = &operation.request_body {
            places.add(&named.id, "body", body.origins.first());
        }
        let mut responses = operation.responses.iter();
        if let Some(response) = responses.find(|response| response.status.is_success()) {
            places.add(&named.id, "response", response.origins.first());
        }
    }
    for (schema, id) in types.schemas() {
        if let Some(item) = types.items.get(id) {
            note_type(
                context,
                &mut places,
                item.name().plain(),
                context.schema(schema),
            );
        }
    }
    places
}

fn note_type(context: &Context<'_>, places: &mut Places, name: &str, schema: &Schema) {
    places.add(name, "", schema.origins.first());
    match &schema.shape {
        Shape::Object(object) => {
            for property in &object.properties {
                let inner = context.schema(property.schema).origins.first();
                places.add(name, &property.name, property.origins.first().or(inner));
            }
        }
        Shape::Union(union) => {
            for (at, variant) in union.variants.iter().enumerate() {
                let origin = context.schema(variant.schema).origins.first();
                places.add(name, &at.to_string(), origin);
            }
        }
        _ => {}
    }
}

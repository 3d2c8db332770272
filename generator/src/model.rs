//! What an API is, in the words of the field: operations, parameters, schemas. It knows no format and no Rust.

mod dump;
pub mod evidence;
pub mod operation;
pub mod parameter;
pub mod schema;
pub mod security;
mod visit;

use crate::origin::{Origin, Origins};
use std::collections::BTreeMap;

pub use dump::dump;
pub use operation::{
    Example, MediaType, Method, Operation, OperationKey, Paged, PartEncoding, PathTemplate, Piece,
    Redirects, RequestBody, Response, ResponseHeader, Status, Webhook,
};
pub use parameter::{Location, Parameter, Style};
pub use schema::{
    Additional, Constraint, EnumValue, Enumeration, Literal, NameHint, ObjectShape, Property,
    Schema, SchemaId, Schemas, Shape, Spelling, StringFormat, UnionShape, Variant, is_json_number,
};
pub use security::{
    ApiKeyLocation, OAuthFlow, OAuthGrant, SecurityKind, SecurityRequirement, SecurityScheme,
};

/// An API, or one source's view of it: partial is fine until everything is merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// How far the source can be trusted; of a merged model, the highest authority of its sources.
    pub authority: schema::Authority,
    /// Title, version and text of the whole. OpenAPI: `info`; Postman: `info` of the collection; a page: its first heading.
    pub info: Info,
    /// Where the API is served, the default first. OpenAPI: `servers`, `host` + `basePath`; Postman: the base of the URLs.
    pub servers: Vec<Server>,
    /// Everything that can be called, in the order of the sources until normalized.
    pub operations: Vec<Operation>,
    /// All schemas; everything else refers to them by number.
    pub schemas: Schemas,
    /// The ways to authenticate. OpenAPI: `securitySchemes`; Postman: `auth` blocks and what headers show.
    pub security_schemes: Vec<SecurityScheme>,
    /// Messages that the API sends. OpenAPI: `webhooks` and the `callbacks` of operations.
    pub webhooks: Vec<Webhook>,
    /// Schemas under their names in sources that describe nothing else, neither operations nor messages: then they are what
    /// the crate is for. OpenAPI: `components.schemas`, `definitions`.
    pub named_schemas: Vec<SchemaId>,
    /// Text about the groups that operations belong to. OpenAPI: `tags`; Postman: the descriptions of folders.
    pub tags: Vec<Tag>,
    /// Objects that a source describes under a name, as far as they are evidence; bodies refer to them by [`evidence::Hole::Named`].
    /// There is one for each direction. Once samples are shapes, the list is empty.
    pub objects: Vec<SchemaId>,
    /// Headers that every call sends with one value, unless the caller gives another: by name. Postman: what all requests
    /// have in common, such as the version of the API.
    pub headers: BTreeMap<String, String>,
    /// What the user calls properties, by their object and their name on the wire. letterpress.yaml: `names.fields`.
    pub property_names: BTreeMap<(SchemaId, String), String>,
    /// What a source describes and its front end could not read.
    pub skipped: Vec<Skipped>,
}

/// An operation that is left out because it cannot be read. A diagnostic with the same code tells why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Method and path as far as they could be read, else what the source calls it.
    pub operation: String,
    /// The code of the diagnostic: `postman/no-url`.
    pub code: &'static str,
    /// Where it stands.
    pub origin: Origin,
}

/// Text about a group of operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// The name that operations use.
    pub name: String,
    /// Text for people.
    pub docs: Docs,
}

/// Facts about the API as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// OpenAPI: `info.title`; Postman: `info.name` of a collection (an item alone has none).
    pub title: Option<String>,
    /// The version of the API, which is not the version of the crate. OpenAPI: `info.version`.
    pub version: Option<String>,
    /// OpenAPI: `info.description`; Postman: `info.description`.
    pub docs: Docs,
}

/// Text for people, in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// One line. OpenAPI: `summary`; Postman: an item's name where it is a sentence.
    pub summary: Option<String>,
    /// Paragraphs. `description` everywhere; in a page, the prose of the section.
    pub description: Option<String>,
}

impl Docs {
    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.summary.is_none() && self.description.is_none()
    }
}

/// One place where the API is served.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Server {
    /// An absolute URL without a slash at its end; `{name}` stands for a variable. OpenAPI 3: `servers[].url`;
    /// letterpress.yaml: `server.url`; Postman: what the base variable resolves to.
    pub url: String,
    /// The variables in it.
    pub variables: Vec<ServerVariable>,
    /// OpenAPI: `servers[].description`.
    pub description: Option<String>,
    /// Where it was read.
    pub origins: Origins,
}

/// A part of a server's URL that the caller chooses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The value if the caller chooses none; without it the caller must.
    pub default: Option<String>,
    /// The only values allowed, if the description names them. OpenAPI: `enum`.
    pub allowed: Vec<String>,
    /// What it means.
    pub description: Option<String>,
}

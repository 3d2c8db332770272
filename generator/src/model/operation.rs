//! Operations: what can be called, with what, and what comes back.

use super::schema::{Literal, NameHint, SchemaId};
use super::security::SecurityRequirement;
use super::{Docs, Parameter, Server, Style};
use crate::origin::{Origin, Origins};
use std::collections::BTreeSet;
use std::fmt;

/// One method on one path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its identity.
    pub key: OperationKey,
    /// Proposals for its name, nearest first. OpenAPI: `operationId`, `summary`; Postman: the item's name; a page: the
    /// heading above the endpoint line.
    pub names: Vec<NameHint>,
    /// What it belongs to, the outermost first. OpenAPI: `tags`; Postman: the folders; letterpress.yaml: `tag` of a source.
    pub tags: Vec<String>,
    /// Text for people.
    pub docs: Docs,
    /// Path, query, header and cookie parameters in the order of the source.
    pub parameters: Vec<Parameter>,
    /// What is sent. OpenAPI 3: `requestBody`; 2: the `body` and `formData` parameters; Postman: `request.body`.
    pub request_body: Option<RequestBody>,
    /// What comes back, by status. None at all means that no source says.
    pub responses: Vec<Response>,
    /// Alternatives, any of which authorises. Empty: no credential is sent.
    pub security: Vec<SecurityRequirement>,
    /// How its results come page by page, where a source says so in words. A page: the list below `Pagination`.
    pub paged: BTreeSet<Paged>,
    /// Where it is served, if elsewhere than the rest of the API.
    pub servers: Vec<Server>,
    /// What a client does when it is sent elsewhere.
    pub redirects: Redirects,
    /// OpenAPI: `deprecated`; a page: "deprecated" in a status position.
    pub deprecated: bool,
    /// Where it was read.
    pub origins: Origins,
}

/// Which redirects a client follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redirects {
    /// How many in a row at most; none: a redirect is what the operation answers. Postman: `followRedirects` and
    /// `maxRedirects`.
    pub limit: Option<u8>,
    /// Whether every method is followed with its body, and not only those that send none. Postman:
    /// `followOriginalHttpMethod`.
    pub any_method: bool,
}

/// A way to give results page by page, as words for people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paged {
    /// By cursors.
    Cursor,
    /// By counting items or pages.
    Offset,
    /// Some other way.
    Other,
}

impl Paged {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Paged::Cursor => "cursor",
            Paged::Offset => "offset",
            Paged::Other => "other",
        }
    }
}

/// What makes two operations the same: the method, and the path with the names of its parameters erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationKey {
    /// The HTTP method.
    pub method: Method,
    /// The path.
    pub path: PathTemplate,
}

impl OperationKey {
    /// Text that is equal for two operations exactly if they are one: `GET /users/{}`.
    pub fn erased(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path.erased())
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.as_str(), self.path)
    }
}

/// An HTTP method: a token (RFC 9110 §5.6.2) as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Method(String);

impl Method {
    /// A method from its spelling; letters become capitals. Nothing if it is no token.
    pub fn new(text: &str) -> Option<Self> {
        let token = !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
        token.then(|| Method(text.to_ascii_uppercase()))
    }

    /// `GET`.
    pub fn get() -> Self {
        Method("GET".to_owned())
    }

    /// The spelling that is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A path with named holes. It begins with a slash when printed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PathTemplate {
    /// The parts between the slashes. A slash at the end makes an empty last segment, which counts.
    pub segments: Vec<Vec<Piece>>,
    /// What tells operations of one method and path apart and is not sent as part of the path, with its mark. OpenAPI:
    /// a query or a fragment behind the path (`?action=move`, `#undo`).
    pub variant: String,
}

/// A part of a path segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// Text that is sent as it is, not yet percent-encoded.
    Literal(String),
    /// The name of a path parameter.
    Parameter(String),
}

impl PathTemplate {
    /// The names of the parameters in the order of the path.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments
            .iter()
            .flatten()
            .filter_map(|piece| match piece {
                Piece::Parameter(name) => Some(name.as_str()),
                Piece::Literal(_) => None,
            })
    }

    /// The path as it is sent, with the names of its parameters: `/users/{id}`.
    pub fn sent(&self) -> String {
        let mut text = self.print(|name| name);
        text.truncate(text.len() - self.variant.len());
        text
    }

    /// The path with the names of its parameters erased: `/users/{}`.
    pub fn erased(&self) -> String {
        self.print(|_| "")
    }

    fn print<'a>(&'a self, name: impl Fn(&'a str) -> &'a str) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            text.push('/');
            for piece in segment {
                match piece {
                    Piece::Literal(literal) => text.push_str(literal),
                    Piece::Parameter(parameter) => {
                        text.push('{');
                        text.push_str(name(parameter));
                        text.push('}');
                    }
                }
            }
        }
        if text.is_empty() {
            text.push('/');
        }
        text.push_str(&self.variant);
        text
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.print(|name| name))
    }
}

/// What an operation sends.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// Whether it must be sent. Postman: a sample has one.
    pub required: bool,
    /// One entry a media type, the preferred one first.
    pub content: Vec<MediaType>,
    /// Text for people.
    pub docs: Docs,
    /// Where it was read.
    pub origins: Origins,
}

/// A body in one media type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaType {
    /// Type and subtype in small letters, with no parameters: `application/json`.
    pub name: String,
    /// What stands in it.
    pub schema: SchemaId,
    /// Samples as they were given.
    pub examples: Vec<Example>,
    /// Members of the body that every call sends with one value; they are properties of the schema too. Postman: the
    /// text of a GraphQL query and the name of its operation.
    pub fixed: Vec<(String, Literal)>,
    /// How single members of a form are sent, where a source states it. OpenAPI: `encoding`; Postman: `contentType`.
    pub encodings: Vec<PartEncoding>,
    /// What each element of a stream is, if the body is one. OpenAPI 3.2: `itemSchema`.
    pub item: Option<SchemaId>,
}

/// How a member of a form is sent (OpenAPI 3.1 §4.8.15).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartEncoding {
    /// The member.
    pub property: String,
    /// The media type of its part. OpenAPI: `contentType`; Postman: `contentType`.
    pub media_type: Option<String>,
    /// Headers of its part. OpenAPI: `headers`.
    pub headers: Vec<ResponseHeader>,
    /// How a value that is no scalar is spelled. OpenAPI: `style` and `explode`.
    pub style: Option<Style>,
    /// Whether reserved characters are sent as they are. OpenAPI: `allowReserved`.
    pub allow_reserved: bool,
}

impl PartEncoding {
    /// The media type of a member's part, and nothing else.
    pub fn media_type(property: impl Into<String>, media_type: impl Into<String>) -> Self {
        PartEncoding {
            property: property.into(),
            media_type: Some(media_type.into()),
            ..PartEncoding::default()
        }
    }
}

/// A message that the API sends of its own accord: only the type of what it says is generated.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// The name. OpenAPI: the key under `webhooks` or `callbacks`.
    pub name: String,
    /// The method that it is sent with.
    pub method: Method,
    /// For a callback, the operation that asks for it.
    pub operation: Option<OperationKey>,
    /// Text for people.
    pub docs: Docs,
    /// OpenAPI: `deprecated`.
    pub deprecated: bool,
    /// What it says.
    pub body: Option<RequestBody>,
    /// Where it was read.
    pub origins: Origins,
}

/// A sample body.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What the source calls it.
    pub name: Option<String>,
    /// The sample: a literal if the media type is JSON and the text is too, else text.
    pub body: Literal,
    /// Where it was read.
    pub origin: Origin,
}

/// What comes back with one status.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// When.
    pub status: Status,
    /// Text for people. OpenAPI: `description`; Postman: the example's name.
    pub docs: Docs,
    /// Headers that a source describes. OpenAPI: `headers`; Postman: `header` with a placeholder for a value.
    pub headers: Vec<ResponseHeader>,
    /// One entry a media type; none: there is no body.
    pub content: Vec<MediaType>,
    /// Where it was read.
    pub origins: Origins,
}

/// A header that comes back.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader {
    /// The name as the source spells it.
    pub name: String,
    /// What stands in it.
    pub schema: SchemaId,
    /// Text for people.
    pub docs: Docs,
}

/// Which statuses a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Exactly one, 100 to 599.
    Code(u16),
    /// All of a hundred: `4XX` is 4.
    Range(u8),
    /// All that no other response is for.
    Default,
}

impl Status {
    /// Whether it says that the call succeeded.
    pub fn is_success(self) -> bool {
        matches!(self, Status::Code(200..=299) | Status::Range(2))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Range(hundred) => write!(f, "{hundred}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}

//! Requests and responses as they were sent, whatever they were read from, to the operations that they show.
//!
//! Command lines, recordings and pages all show the same thing: a request, perhaps with what came back. Their readers
//! build a [`Request`], which never holds a credential, and [`lower`] makes operations of it whose parameters and bodies
//! are evidence.

mod auth;
mod body;
mod header;
pub mod json;
mod lower;
mod placeholder;
mod query;
mod url;

use crate::model::{Docs, Method, NameHint, SecurityKind};
use crate::origin::Origin;

pub use auth::{
    Credential, authorization, credential_of_header, credential_of_user, is_key_name,
    whole_authorization,
};
pub use header::{is_json, is_name, is_protocol, media_type};
pub use json::Json;
pub use lower::{lower, operation};
pub use placeholder::is_placeholder;
pub use url::{Url, decode, fields};

/// A request as it was sent. It holds no credential: what would be one is a [`Credential`], which knows the way alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Where it goes.
    pub url: Url,
    /// The headers that are no credentials, in their order.
    pub headers: Vec<Field>,
    /// What is sent.
    pub body: Option<Body>,
    /// The cookies that are no credentials, by name alone.
    pub cookies: Vec<Field>,
    /// The ways in which it authenticates.
    pub credentials: Vec<Credential>,
    /// Where it was read.
    pub origin: Origin,
}

/// A named value of a query, a header or a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name on the wire, decoded.
    pub name: String,
    /// The value, decoded; nothing if the name stands alone (`?flag`).
    pub value: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// What a request sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Type and subtype in small letters, if the request states them.
    pub media_type: Option<String>,
    /// What stands in it.
    pub content: Content,
    /// Where it was read.
    pub origin: Origin,
}

/// What stands in a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Text: JSON, a form, or anything else.
    Text(String),
    /// The fields of a form in their order.
    Form(Vec<Field>),
    /// The parts of a form with files.
    Multipart(Vec<Part>),
    /// A file, whose content is not known.
    File,
}

/// A part of a form with files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Name and value; the value of a file is nothing.
    pub field: Field,
    /// Whether it is a file.
    pub file: bool,
    /// Its media type, if the request states one.
    pub media_type: Option<String>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The status, 100 to 599.
    pub status: u16,
    /// Type and subtype in small letters, if a header states them.
    pub media_type: Option<String>,
    /// The text of the body; nothing if there is none, or none that is text.
    pub text: Option<String>,
    /// Whether there is a body that is no text.
    pub binary: bool,
    /// Where it was read.
    pub origin: Origin,
}

/// A request with what is known beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The request.
    pub request: Request,
    /// What came back, if it is known.
    pub response: Option<Response>,
    /// What the source calls it, nearest first.
    pub names: Vec<NameHint>,
    /// What the source says about it.
    pub docs: Docs,
    /// What it belongs to.
    pub tags: Vec<String>,
}

impl Request {
    /// A request without headers and body. What the query and the URL's user tell about credentials is taken out.
    pub fn new(method: Method, url: Url, origin: Origin) -> Self {
        let mut request = Request {
            method,
            url,
            headers: Vec::new(),
            body: None,
            cookies: Vec::new(),
            credentials: Vec::new(),
            origin,
        };
        if let Some(user) = request.url.user.take() {
            request.credential(Credential {
                kind: SecurityKind::Basic,
                user: auth::user_pattern(&user),
                literal: !is_placeholder(&user),
                origin,
            });
        }
        for field in std::mem::take(&mut request.url.query) {
            match auth::credential_of_query(&field) {
                Some(credential) => request.credential(credential),
                None => request.url.query.push(field),
            }
        }
        request
    }

    /// Adds a header, or what it holds: a credential, or cookies.
    pub fn header(&mut self, name: &str, value: &str, origin: Origin) {
        if name.eq_ignore_ascii_case("cookie") {
            for cookie in value.split(';') {
                if let Some((name, value)) = cookie.trim().split_once('=') {
                    self.cookie(name, value, origin);
                }
            }
            return;
        }
        match credential_of_header(name, value, origin) {
            Some(credential) => self.credential(credential),
            None if auth::is_withheld(name) => {}
            None => self.headers.push(Field {
                name: name.to_owned(),
                value: Some(value.to_owned()),
                origin,
            }),
        }
    }

    /// Adds a cookie, or the credential that it is. Its value is not kept.
    pub fn cookie(&mut self, name: &str, value: &str, origin: Origin) {
        match auth::credential_of_cookie(name, value, origin) {
            Some(credential) => self.credential(credential),
            None => self.cookies.push(Field {
                name: name.to_owned(),
                value: None,
                origin,
            }),
        }
    }

    /// Adds a way to authenticate, unless it is known already.
    pub fn credential(&mut self, credential: Credential) {
        match self
            .credentials
            .iter_mut()
            .find(|known| known.kind == credential.kind)
        {
            Some(known) => {
                known.user = known.user.take().or(credential.user);
                known.literal |= credential.literal;
            }
            None => self.credentials.push(credential),
        }
    }

    /// The value of the first header of this name.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name))
            .and_then(|field| field.value.as_deref())
    }
}

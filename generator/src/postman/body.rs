//! Request bodies of all modes to media types with evidence.

mod form;
mod graphql;

pub(super) use graphql::Asked;

use super::Lowering;
use super::item::Request;
use super::json;
use super::variable::{Scope, whole_reference};
use crate::diagnostic::{Code, Diagnostic};
use crate::exchange::{self, Json};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::Evidence;
use crate::model::{Docs, Example, Literal, MediaType, RequestBody, SchemaId, Shape, StringFormat};
use crate::origin::{Origin, Origins};
use crate::tree::{Kind, Node};
use form::{Field, MULTIPART};
use std::collections::BTreeSet;

/// One sample of a body, in one media type.
struct Body {
    media_type: String,
    content: Content,
    /// The sample as it is kept for people and tests.
    example: Option<Literal>,
    origin: Origin,
}

enum Content {
    Evidence(Box<Evidence>),
    Text,
    Bytes,
    Any,
    Form(Vec<(String, Field)>),
    /// A GraphQL query: the schema of the body, and what never changes in it.
    Query {
        schema: SchemaId,
        fixed: Vec<(String, Literal)>,
    },
}

impl Lowering<'_> {
    /// The body that the samples of a request show. The item's own request says whether there is one at all.
    pub(super) fn lower_body(
        &mut self,
        requests: &[Request<'_>],
        scope: &Scope,
        name: Option<&str>,
    ) -> Option<RequestBody> {
        let mut origins = Origins::none();
        let mut bodies: Vec<(Body, Option<String>)> = Vec::new();
        for (index, request) in requests.iter().enumerate() {
            let Some(node) = request.body else { continue };
            let Some(body) = self.read_body(node, request, scope) else {
                continue;
            };
            origins.add(body.origin);
            let label = if index == 0 { name } else { request.example };
            bodies.push((body, label.map(str::to_owned)));
        }
        if bodies.is_empty() {
            return None;
        }
        let mut content: Vec<MediaType> = Vec::new();
        while !bodies.is_empty() {
            let media_type = bodies.first()?.0.media_type.clone();
            let (same, rest) = bodies
                .into_iter()
                .partition(|(body, _)| body.media_type == media_type);
            bodies = rest;
            content.push(self.join_bodies(media_type, same));
        }
        Some(RequestBody {
            required: true,
            content,
            docs: Docs::default(),
            origins,
        })
    }

    fn join_bodies(&mut self, name: String, bodies: Vec<(Body, Option<String>)>) -> MediaType {
        let mut examples: Vec<Example> = Vec::new();
        let mut joined: Option<Content> = None;
        let mut origins = Origins::none();
        for (body, label) in bodies {
            origins.add(body.origin);
            if let Some(literal) = body.example
                && examples.iter().all(|example| example.body != literal)
            {
                examples.push(Example {
                    name: label,
                    body: literal,
                    origin: body.origin,
                });
            }
            joined = Some(match (joined, body.content) {
                (None, content) => content,
                (Some(Content::Evidence(mut known)), Content::Evidence(new)) => {
                    known.join(&new);
                    Content::Evidence(known)
                }
                (Some(Content::Any), content @ Content::Evidence(_)) => content,
                (Some(Content::Form(known)), Content::Form(new)) => {
                    Content::Form(form::join_fields(known, new))
                }
                // All requests of one operation send the query of its item.
                (Some(query @ Content::Query { .. }), Content::Query { .. }) => query,
                // A body of GraphQL is one of JSON, in which nothing is fixed beside other samples.
                (Some(Content::Query { schema, .. }), _) => Content::Query {
                    schema,
                    fixed: Vec::new(),
                },
                (Some(known), _) => known,
            });
        }
        let content = joined.unwrap_or(Content::Any);
        let encodings = match &content {
            Content::Form(fields) if name == MULTIPART => form::encodings(fields),
            _ => Vec::new(),
        };
        let fixed = match &content {
            Content::Query { fixed, .. } => fixed.clone(),
            _ => Vec::new(),
        };
        let multipart = name == MULTIPART;
        if let (Content::Form(fields), false) = (&content, multipart) {
            for example in &mut examples {
                let flat = std::mem::replace(&mut example.body, Literal::Null);
                example.body = form::nested(flat, fields);
            }
        }
        let schema = self.content_schema(content, multipart, &origins);
        MediaType {
            name,
            schema,
            examples,
            fixed,
            encodings,
            item: None,
        }
    }

    fn content_schema(&mut self, content: Content, multipart: bool, origins: &Origins) -> SchemaId {
        let origin = origins.first().unwrap_or_default();
        let shape = match content {
            Content::Evidence(evidence) => Shape::Sampled(evidence),
            Content::Text => Shape::String(StringFormat::Plain),
            Content::Bytes => Shape::String(StringFormat::Binary),
            Content::Any => Shape::Any,
            Content::Form(fields) => self.form_shape(fields, multipart),
            Content::Query { schema, .. } => return schema,
        };
        let id = self.schema(shape, origin, Vec::new());
        if let Some(schema) = self.model.schemas.get_mut(id) {
            schema.origins = origins.clone();
        }
        id
    }

    fn read_body(&mut self, node: Node<'_>, request: &Request<'_>, scope: &Scope) -> Option<Body> {
        match node.kind() {
            Kind::Null => return None,
            // Old collections give the raw text itself.
            Kind::String => return self.read_raw(node, node, request, scope),
            Kind::Object => {}
            _ => {
                self.wrong_type(node, "an object");
                return None;
            }
        }
        if node.get("disabled").and_then(Node::as_bool) == Some(true) {
            return None;
        }
        let mode = self.string(node, "mode");
        let mode = mode.or_else(|| {
            ["raw", "urlencoded", "formdata", "file", "graphql"]
                .into_iter()
                .find(|mode| node.get(mode).is_some())
        })?;
        let part = node.get(mode).filter(|part| !part.is_null());
        match mode {
            "none" => None,
            "urlencoded" => self.read_form(part?, false, scope),
            "formdata" => self.read_form(part?, true, scope),
            "file" => {
                let media_type = request.headers.media_type();
                Some(self.bytes(
                    media_type.as_deref().unwrap_or("application/octet-stream"),
                    node.origin(),
                ))
            }
            "graphql" => self.read_graphql(part?, scope),
            "raw" => self.read_raw(node, part?, request, scope),
            other => {
                // The reference implementation takes an unknown mode for raw.
                self.unsupported_body(other, node.origin());
                self.read_raw(node, node.get("raw").or(part)?, request, scope)
            }
        }
    }

    /// Says which credentials of a sample are left behind.
    pub(super) fn note_secrets(&mut self, root: Node<'_>, origin: Origin) {
        let mut found = BTreeSet::new();
        infer::secret_members("", root, &mut found);
        if let Some(first) = found.first() {
            self.literal_secret(first, origin);
        }
    }

    /// Text as an example, without its credentials.
    pub(super) fn text_example(&mut self, text: &str, origin: Origin) -> Literal {
        let masked = infer::masked_plain(text);
        if masked != text {
            self.literal_secret("body", origin);
        }
        Literal::String(masked)
    }

    fn bytes(&self, media_type: &str, origin: Origin) -> Body {
        Body {
            media_type: media_type.to_owned(),
            content: Content::Bytes,
            example: None,
            origin,
        }
    }

    fn unsupported_body(&mut self, mode: &str, origin: Origin) {
        self.diagnostics.push(
            Diagnostic::new(
                Code::POSTMAN_UNSUPPORTED_BODY,
                format!("{}: a body of mode `{mode}` is sent as bytes", self.item),
            )
            .at(origin)
            .note("the caller encodes the body")
            .help("encode the body with a library of your choice, or list the operation under `skip` in letterpress.yaml"),
        );
    }

    /// The body is text: its media type is stated by a header, else by Postman's options, else it is looked at.
    fn read_raw(
        &mut self,
        body: Node<'_>,
        node: Node<'_>,
        request: &Request<'_>,
        scope: &Scope,
    ) -> Option<Body> {
        let text = match node.kind() {
            Kind::String => node.as_str()?,
            Kind::Null => return None,
            _ => {
                self.wrong_type(node, "a string");
                return None;
            }
        };
        if text.trim().is_empty() {
            return None;
        }
        let options = body.get("options").and_then(|options| options.get("raw"));
        let option = |name: &str| {
            let word = options?.get(name)?.as_str()?;
            language_media_type(word).map(str::to_owned)
        };
        let stated = request
            .headers
            .media_type()
            .or_else(|| option("language"))
            .or_else(|| option("headerFamily"))
            // Postman writes `text` for every body that nobody chose a language for.
            .filter(|stated| stated != "text/plain" || sniff(text) != Some("application/json"));
        let origin = node.origin();
        if let Some(stated) = &stated
            && !exchange::is_json(stated)
        {
            return Some(Body {
                media_type: stated.clone(),
                content: Content::Text,
                example: Some(self.text_example(text, origin)),
                origin,
            });
        }
        if whole_reference(text).is_some() && scope.resolve(text).is_none_or(|v| v.contains("{{")) {
            return Some(Body {
                media_type: stated.unwrap_or_else(|| "application/json".to_owned()),
                content: Content::Any,
                example: None,
                origin,
            });
        }
        match json::read(origin.file, text, scope) {
            Ok(read) if stated.is_some() || sniff(text) == Some("application/json") => {
                let media_type = stated.unwrap_or_else(|| "application/json".to_owned());
                Some(self.json_body(media_type, &read, origin))
            }
            Err(fault) if stated.is_some() || sniff(text) == Some("application/json") => {
                // No example comes of it, but its line would be shown.
                self.text_example(text, origin);
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::POSTMAN_BODY_NOT_JSON,
                        format!("{}: the sample body is not JSON", self.item),
                    )
                    .at(origin)
                    .note(fault)
                    .note("the body will be any JSON value")
                    .help("correct the sample"),
                );
                Some(Body {
                    media_type: stated.unwrap_or_else(|| "application/json".to_owned()),
                    content: Content::Any,
                    example: None,
                    origin,
                })
            }
            _ => Some(Body {
                media_type: sniff(text).unwrap_or("text/plain").to_owned(),
                content: Content::Text,
                example: Some(self.text_example(text, origin)),
                origin,
            }),
        }
    }

    fn json_body(&mut self, media_type: String, read: &Json, origin: Origin) -> Body {
        let root = read.tree.root();
        self.note_secrets(root, origin);
        let sample = Sample {
            origin,
            direction: Direction::Sent,
            elided: read.elided,
        };
        Body {
            media_type,
            content: Content::Evidence(Box::new(infer::observe(root, sample))),
            example: Some(json::literal(root)),
            origin,
        }
    }
}

/// The media type of a language in Postman's menus.
pub(super) fn language_media_type(language: &str) -> Option<&'static str> {
    Some(match language.to_ascii_lowercase().as_str() {
        "json" => "application/json",
        "xml" => "application/xml",
        "html" => "text/html",
        "text" | "plain" => "text/plain",
        "javascript" => "application/javascript",
        _ => return None,
    })
}

/// The media type that a text looks like.
pub(super) fn sniff(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = text
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    if text.starts_with(['{', '[']) {
        Some("application/json")
    } else if start.starts_with("<!doctype html") || start.starts_with("<html") {
        Some("text/html")
    } else if text.starts_with('<') && text.trim_end().ends_with('>') && text.contains("</") {
        Some("application/xml")
    } else {
        None
    }
}

//! Request bodies of all modes to media types with evidence.

use super::Lowering;
use super::entry::{Spelling, clean, docs, is_placeholder};
use super::header;
use super::item::Request;
use super::json;
use super::url::decode;
use super::variable::{Scope, whole_reference};
use crate::diagnostic::{Code, Diagnostic};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::Evidence;
use crate::model::{
    Docs, Example, Literal, MediaType, ObjectShape, Property, RequestBody, Shape, StringFormat,
};
use crate::origin::{Origin, Origins};
use crate::tree::{Kind, Node, Tree};

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
    Object(Vec<Field>),
}

/// A member of a form.
struct Field {
    name: String,
    repeated: bool,
    required: bool,
    evidence: Evidence,
    description: Option<String>,
    origins: Origins,
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
                (Some(Content::Object(known)), Content::Object(new)) => {
                    Content::Object(join_fields(known, new))
                }
                (Some(known), _) => known,
            });
        }
        let schema = self.content_schema(joined.unwrap_or(Content::Any), &origins);
        MediaType {
            name,
            schema,
            examples,
            ..MediaType::default()
        }
    }

    fn content_schema(&mut self, content: Content, origins: &Origins) -> crate::model::SchemaId {
        let origin = origins.first().unwrap_or_default();
        let shape = match content {
            Content::Evidence(evidence) => Shape::Sampled(evidence),
            Content::Text => Shape::String(StringFormat::Plain),
            Content::Bytes => Shape::String(StringFormat::Binary),
            Content::Any => Shape::Any,
            Content::Object(fields) => {
                let properties = fields
                    .into_iter()
                    .map(|field| self.lower_field(field))
                    .collect();
                Shape::Object(ObjectShape {
                    properties,
                    ..ObjectShape::default()
                })
            }
        };
        let id = self.schema(shape, origin, Vec::new());
        if let Some(schema) = self.model.schemas.get_mut(id) {
            schema.origins = origins.clone();
        }
        id
    }

    fn lower_field(&mut self, field: Field) -> Property {
        let origin = field.origins.first().unwrap_or_default();
        let mut schema = self.schema(Shape::Sampled(Box::new(field.evidence)), origin, Vec::new());
        if field.repeated {
            schema = self.schema(Shape::Array(schema), origin, Vec::new());
        }
        Property {
            name: field.name,
            schema,
            required: field.required,
            read_only: false,
            write_only: false,
            deprecated: false,
            docs: docs(field.description),
            origins: field.origins,
        }
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
            "urlencoded" => self.read_form(part?, scope),
            "formdata" => {
                let part = part?;
                (part.items().len() > 0).then(|| {
                    self.unsupported_body("form-data", part.origin());
                    self.bytes("multipart/form-data", part.origin())
                })
            }
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
            && !header::is_json(stated)
        {
            return Some(Body {
                media_type: stated.clone(),
                content: Content::Text,
                example: Some(Literal::String(text.to_owned())),
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
            Ok(tree) if stated.is_some() || sniff(text) == Some("application/json") => {
                let media_type = stated.unwrap_or_else(|| "application/json".to_owned());
                Some(self.json_body(media_type, &tree, origin))
            }
            Err(fault) if stated.is_some() || sniff(text) == Some("application/json") => {
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
                example: Some(Literal::String(text.to_owned())),
                origin,
            }),
        }
    }

    fn json_body(&self, media_type: String, tree: &Tree, origin: Origin) -> Body {
        let sample = Sample {
            origin,
            direction: Direction::Sent,
        };
        Body {
            media_type,
            content: Content::Evidence(Box::new(infer::observe(tree.root(), sample))),
            example: Some(json::literal(tree.root())),
            origin,
        }
    }

    fn read_form(&mut self, node: Node<'_>, scope: &Scope) -> Option<Body> {
        let mut fields: Vec<Field> = Vec::new();
        let mut example = Vec::new();
        for entry in self.read_entries(Some(node), Spelling::Query) {
            let name = decode(&entry.key).into_owned();
            let (required, description) = required_mark(entry.description.as_deref());
            // Placeholders are kept, as in JSON: an example is the sample as it was given, without its secrets.
            if !header::is_secret_name(&name) || is_placeholder(entry.text()) {
                let value = Literal::String(decode(entry.text()).into_owned());
                add_member(&mut example, &name, value);
            }
            let evidence = self.observe_value(entry.text(), entry.origin, scope);
            let field = Field {
                name,
                repeated: false,
                required,
                evidence,
                description,
                origins: entry.origin.into(),
            };
            match fields.iter_mut().find(|known| known.name == field.name) {
                Some(known) => {
                    known.repeated = true;
                    join_field(known, field);
                }
                None => fields.push(field),
            }
        }
        (!fields.is_empty()).then(|| Body {
            media_type: "application/x-www-form-urlencoded".to_owned(),
            content: Content::Object(fields),
            example: (!example.is_empty()).then_some(Literal::Object(example)),
            origin: node.origin(),
        })
    }

    /// GraphQL over HTTP: the query, and variables whose sample is JSON or the text of it.
    fn read_graphql(&mut self, node: Node<'_>, scope: &Scope) -> Option<Body> {
        let query = node.get("query")?;
        let sample = |origin| Sample {
            origin,
            direction: Direction::Sent,
        };
        let field = |name: &str, required, evidence, origin: Origin| Field {
            name: name.to_owned(),
            repeated: false,
            required,
            evidence,
            description: None,
            origins: origin.into(),
        };
        let text = infer::observe(query, sample(query.origin()));
        let mut fields = vec![field("query", true, text, query.origin())];
        let mut example = vec![("query".to_owned(), json::literal(query))];
        if let Some(name) = node.get("operationName").filter(|name| !name.is_null()) {
            let evidence = infer::observe(name, sample(name.origin()));
            fields.push(field("operationName", false, evidence, name.origin()));
            example.push(("operationName".to_owned(), json::literal(name)));
        }
        if let Some(variables) = node.get("variables").filter(|node| !node.is_null()) {
            let origin = variables.origin();
            let tree = match variables.as_str() {
                Some(text) if text.trim().is_empty() => None,
                Some(text) => json::read(origin.file, text, scope).ok(),
                None => None,
            };
            let root = match &tree {
                Some(tree) => Some(tree.root()),
                None => (variables.kind() == Kind::Object).then_some(variables),
            };
            if let Some(root) = root {
                let evidence = infer::observe(root, sample(origin));
                fields.push(field("variables", false, evidence, origin));
                example.push(("variables".to_owned(), json::literal(root)));
            }
        }
        Some(Body {
            media_type: "application/json".to_owned(),
            content: Content::Object(fields),
            example: Some(Literal::Object(example)),
            origin: node.origin(),
        })
    }
}

/// Adds a member; a name that stands twice has a list of values.
fn add_member(members: &mut Vec<(String, Literal)>, name: &str, value: Literal) {
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, Literal::Array(values))) => values.push(value),
        Some((_, known)) => {
            let first = std::mem::replace(known, Literal::Null);
            *known = Literal::Array(vec![first, value]);
        }
        None => members.push((name.to_owned(), value)),
    }
}

fn required_mark(text: Option<&str>) -> (bool, Option<String>) {
    let Some(text) = text else {
        return (false, None);
    };
    for mark in ["(required)", "[required]"] {
        if text
            .get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
        {
            return (
                true,
                clean(text.get(mark.len()..).unwrap_or_default().trim_start()),
            );
        }
    }
    (false, clean(text))
}

fn join_field(known: &mut Field, new: Field) {
    known.repeated |= new.repeated;
    known.required |= new.required;
    known.evidence.join(&new.evidence);
    known.description = known.description.take().or(new.description);
    known.origins.join(&new.origins);
}

fn join_fields(mut known: Vec<Field>, new: Vec<Field>) -> Vec<Field> {
    for field in new {
        match known.iter_mut().find(|known| known.name == field.name) {
            Some(known) => join_field(known, field),
            None => known.push(field),
        }
    }
    known
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

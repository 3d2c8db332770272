//! Bodies: media types with their schemas, samples and encodings, and what 2.0 says in their place.

use super::Lowering;
use super::finding::Remark;
use super::parameter::Given;
use super::schema::Spot;
use crate::diagnostic::Code;
use crate::infer::{self, Direction, Sample};
use crate::model::schema::Authority;
use crate::model::{
    Additional, Location, MediaType, ObjectShape, PartEncoding, Property, RequestBody,
    ResponseHeader, Schema, SchemaId, Shape, StringFormat, Style,
};
use crate::origin::Origin;
use crate::tree::{Kind, Node};

const SAME_MEDIA_TYPE: Remark = Remark {
    code: Code::OPENAPI_SAME_MEDIA_TYPE,
    many: "media types differ from another one of their body in parameters only",
    note: "the first of them counts",
    help: "",
};
const NO_SCHEMA: Remark = Remark {
    code: Code::OPENAPI_NO_SCHEMA,
    many: "bodies have neither a schema nor an example",
    note: "a JSON body is any value then, and another one is text or bytes",
    help: "add a `schema`",
};
const SEVERAL_BODIES: Remark = Remark {
    code: Code::OPENAPI_PARAMETER_TWICE,
    many: "operations have more than one `body` parameter, or one beside a form",
    note: "the first `body` counts",
    help: "an operation has one body: put the values into one schema",
};

/// A media type without its parameters, in small letters.
pub(super) fn essence(text: &str) -> String {
    let text = text.split(';').next().unwrap_or(text);
    text.trim().to_ascii_lowercase()
}

/// Whether a body in it is JSON.
pub(super) fn is_json(essence: &str) -> bool {
    let (_, subtype) = essence.split_once('/').unwrap_or(("", essence));
    subtype == "json" || subtype.ends_with("+json") || matches!(subtype, "*" | "x-json")
}

/// Whether a body in it is no text.
fn is_binary(essence: &str) -> bool {
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
    matches!(kind, "image" | "audio" | "video" | "font")
        || matches!(
            subtype,
            "octet-stream" | "pdf" | "zip" | "gzip" | "x-tar" | "*"
        )
        || subtype.starts_with("vnd.openxmlformats")
        || subtype.starts_with("vnd.ms-")
}

impl<'a> Lowering<'a, '_> {
    /// What an operation sends: `requestBody`, or the `body` and `formData` parameters of 2.0.
    pub(super) fn request_body(
        &mut self,
        operation: Node<'a>,
        given: &[Given<'a>],
    ) -> Option<RequestBody> {
        if self.dialect.is_flat() {
            return self.flat_body(operation, given);
        }
        let body = operation.get("requestBody")?;
        self.body(body)
    }

    pub(super) fn body(&mut self, node: Node<'a>) -> Option<RequestBody> {
        let target = self.follow(node)?;
        let node = self.as_object(target.node, "requestBody")?;
        let mut docs = self.docs(node);
        if let Some(text) = target.description.and_then(Node::as_str) {
            docs.description = Some(text.trim().to_owned());
        }
        let content = self.content(node, Direction::Sent, target.name);
        if content.is_empty() {
            return None;
        }
        Some(RequestBody {
            required: self.flag(node, "required"),
            content,
            docs,
            origins: node.origin().into(),
        })
    }

    /// The media types of `content`. JSON comes first, else their order is that of the document.
    pub(super) fn content(
        &mut self,
        node: Node<'a>,
        direction: Direction,
        name: Option<&'a str>,
    ) -> Vec<MediaType> {
        let Some(content) = self.object(node, "content") else {
            return Vec::new();
        };
        let mut list: Vec<MediaType> = Vec::new();
        for (key, value) in content.entries() {
            let essence = essence(key.text);
            if essence.is_empty() || key.text.starts_with("x-") {
                continue;
            }
            if list.iter().any(|known| known.name == essence) {
                let shown = self.operation.clone();
                self.findings.add(SAME_MEDIA_TYPE, key.origin, || {
                    format!("`{}` of `{shown}` stands twice", key.text)
                });
                continue;
            }
            let Some(target) = self.follow(value) else {
                continue;
            };
            let media = target.node;
            let media = self.media_type(essence, media, direction, name);
            list.push(media);
        }
        list.sort_by_key(|media| match media.name.as_str() {
            "application/json" => 0,
            name if is_json(name) && name != "*/*" => 1,
            _ => 2,
        });
        list
    }

    fn media_type(
        &mut self,
        essence: String,
        node: Node<'a>,
        direction: Direction,
        name: Option<&'a str>,
    ) -> MediaType {
        let examples = self.examples(node, &essence);
        let spot = name.map(Spot::component);
        let item = node
            .get("itemSchema")
            .map(|item| self.item_schema(&essence, item, &Spot::inside(spot.as_ref())));
        let schema = match node.get("schema") {
            Some(schema) => self.schema(schema, &Spot::inside(spot.as_ref())),
            None if item.is_some() => self.shape(Shape::Any, node.origin()),
            None => {
                let samples = self.sample_nodes(node);
                self.sampled(&essence, &samples, direction, node.origin())
            }
        };
        let encodings = self.encodings(node);
        MediaType {
            name: essence,
            schema,
            examples,
            encodings,
            item,
            ..MediaType::default()
        }
    }

    /// The schema of a body that none is given for: what its examples show, else what its media type says.
    pub(super) fn sampled(
        &mut self,
        essence: &str,
        samples: &[Node<'a>],
        direction: Direction,
        origin: Origin,
    ) -> SchemaId {
        if is_json(essence) && !samples.is_empty() {
            let mut joined = crate::model::evidence::Evidence::default();
            for node in samples {
                let sample = Sample {
                    origin: node.origin(),
                    direction,
                    elided: false,
                };
                joined.join(&infer::observe(*node, sample));
            }
            return self.model.schemas.add(Schema {
                shape: Shape::Sampled(Box::new(joined)),
                authority: Authority::Sampled,
                origins: origin.into(),
                ..Schema::default()
            });
        }
        let shape = match essence {
            _ if is_binary(essence) => Shape::String(StringFormat::Binary),
            _ if is_json(essence) => {
                let shown = self.operation.clone();
                self.findings.add(NO_SCHEMA, origin, || {
                    format!("a body of `{shown}` has neither a schema nor an example")
                });
                Shape::Any
            }
            "multipart/form-data" | "application/x-www-form-urlencoded" => {
                let any = self.shape(Shape::Any, origin);
                Shape::Map(any)
            }
            _ => Shape::String(StringFormat::Plain),
        };
        self.shape(shape, origin)
    }

    /// `encoding`: how single members of a form are sent.
    fn encodings(&mut self, node: Node<'a>) -> Vec<PartEncoding> {
        let Some(encoding) = self.object(node, "encoding") else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        for (key, part) in encoding.entries() {
            let Some(part) = self.as_object(part, key.text) else {
                continue;
            };
            // Several media types are a choice; the first is what is sent.
            let media_type = self.text(part, "contentType").and_then(|types| {
                let first = types.split(',').next()?.trim();
                (!first.is_empty()).then(|| first.to_owned())
            });
            let headers = match self.object(part, "headers") {
                Some(headers) => self.headers(headers),
                None => Vec::new(),
            };
            let styled = part.get("style").is_some() || part.get("explode").is_some();
            let style = styled.then(|| self.dialect.style(part, Location::Query).0);
            parts.push(PartEncoding {
                property: key.text.to_owned(),
                media_type,
                headers,
                style,
                allow_reserved: self.flag(part, "allowReserved"),
            });
        }
        parts
    }

    /// Headers of a response or a part. `Content-Type` is described by `content`.
    pub(super) fn headers(&mut self, headers: Node<'a>) -> Vec<ResponseHeader> {
        let mut list = Vec::new();
        for (key, node) in headers.entries() {
            if key.text.eq_ignore_ascii_case("content-type")
                || key.text.starts_with("x-") && node.kind() != Kind::Object
            {
                continue;
            }
            let Some(target) = self.follow(node) else {
                continue;
            };
            let Some(node) = self.as_object(target.node, key.text) else {
                continue;
            };
            let content = node
                .get("content")
                .and_then(|content| content.entries().next());
            let schema = match content {
                Some((_, media)) => media.get("schema"),
                None if self.dialect.is_flat() => Some(node),
                None => node.get("schema"),
            };
            let schema = match schema {
                Some(schema) => self.schema(schema, &Spot::member(key.text)),
                None => self.shape(Shape::String(StringFormat::Plain), node.origin()),
            };
            let mut docs = self.docs(node);
            if let Some(text) = target.description.and_then(Node::as_str) {
                docs.description = Some(text.trim().to_owned());
            }
            list.push(ResponseHeader {
                name: key.text.to_owned(),
                schema,
                docs,
            });
        }
        list
    }

    /// The media types that an operation takes or gives in 2.0; the whole document's where it names none.
    pub(super) fn flat_media_types(&mut self, operation: Node<'a>, name: &str) -> Vec<String> {
        let own = operation
            .get(name)
            .filter(|list| list.kind() == Kind::Array);
        let root = self.root;
        let list = match own {
            Some(_) => self.list(operation, name),
            None => self.list(root, name),
        };
        let mut names: Vec<String> = Vec::new();
        for text in list.into_iter().filter_map(Node::scalar) {
            let essence = essence(text);
            if !essence.is_empty() && !names.contains(&essence) {
                names.push(essence);
            }
        }
        names.sort_by_key(|name| match name.as_str() {
            "application/json" => 0,
            name if is_json(name) && name != "*/*" => 1,
            _ => 2,
        });
        names
    }

    /// `body` and `formData` parameters (2.0 §Parameter Object).
    fn flat_body(&mut self, operation: Node<'a>, given: &[Given<'a>]) -> Option<RequestBody> {
        let is = |place: &'static str| move |given: &&Given<'a>| given.place == place;
        let bodies: Vec<&Given<'a>> = given.iter().filter(is("body")).collect();
        let form: Vec<&Given<'a>> = given.iter().filter(is("formData")).collect();
        if bodies.len() > 1 || !bodies.is_empty() && !form.is_empty() {
            let shown = self.operation.clone();
            self.findings.add(SEVERAL_BODIES, operation.origin(), || {
                format!("`{shown}` has more than one body")
            });
        }
        let stated = self.flat_media_types(operation, "consumes");
        if let Some(body) = bodies.first() {
            let node = body.node;
            let schema = match node.get("schema") {
                Some(schema) => self.schema(schema, &Spot::inside(None)),
                None => self.schema(node, &Spot::inside(None)),
            };
            let names = match stated.is_empty() {
                true => vec!["application/json".to_owned()],
                false => stated,
            };
            let content = names.into_iter().map(|name| MediaType {
                name,
                schema,
                ..MediaType::default()
            });
            return Some(RequestBody {
                required: self.flag(node, "required"),
                content: content.collect(),
                docs: self.docs(node),
                origins: node.origin().into(),
            });
        }
        let first = form.first()?;
        let mut properties = Vec::new();
        let mut encodings = Vec::new();
        let mut file = false;
        for given in &form {
            let node = given.node;
            file |= node.get("type").and_then(Node::as_str) == Some("file");
            let schema = self.schema(node, &Spot::member(given.name));
            let (style, _) = match node.get("collectionFormat").and_then(Node::as_str) {
                Some("multi") => (Style::Repeat, None),
                _ => self.dialect.style(node, Location::Query),
            };
            if node.get("type").and_then(Node::as_str) == Some("array") {
                encodings.push(PartEncoding {
                    property: given.name.to_owned(),
                    style: Some(style),
                    ..PartEncoding::default()
                });
            }
            properties.push(Property {
                required: self.flag(node, "required"),
                docs: self.docs(node),
                origins: node.origin().into(),
                ..Property::new(given.name.to_owned(), schema)
            });
        }
        let origin = first.node.origin();
        let required = properties.iter().any(|property| property.required);
        let schema = self.shape(
            Shape::Object(ObjectShape {
                properties,
                additional: Additional::Unknown,
            }),
            origin,
        );
        let multipart = "multipart/form-data";
        let urlencoded = "application/x-www-form-urlencoded";
        let forms: Vec<String> = stated
            .into_iter()
            .filter(|name| name == multipart || (name == urlencoded && !file))
            .collect();
        let names = match forms.is_empty() {
            true if file => vec![multipart.to_owned()],
            true => vec![urlencoded.to_owned()],
            false => forms,
        };
        let content = names.into_iter().map(|name| MediaType {
            name,
            schema,
            encodings: encodings.clone(),
            ..MediaType::default()
        });
        Some(RequestBody {
            required,
            content: content.collect(),
            docs: crate::model::Docs::default(),
            origins: origin.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_lose_their_parameters() {
        assert_eq!(
            essence("Application/JSON; charset=utf-8"),
            "application/json"
        );
        assert!(is_json("application/vnd.api+json") && is_json("text/json"));
        assert!(!is_json("application/xml") && !is_json("application/jsonl"));
        assert!(is_binary("application/octet-stream") && !is_binary("text/csv"));
    }
}

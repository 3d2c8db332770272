//! Saved examples to responses: by status, with what their bodies and headers show.

use super::Lowering;
use super::body::{language_media_type, sniff};
use super::entry::Spelling;
use super::header::Headers;
use super::item::item_name;
use super::json;
use super::variable::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::exchange;
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::Evidence;
use crate::model::{
    Docs, Example, Literal, MediaType, OperationKey, Response, ResponseHeader, Shape, Status,
    StringFormat,
};
use crate::origin::{Origin, Origins};
use crate::tree::{Kind, Node};

/// The texts of statuses (RFC 9110 §15), for examples that have no code.
const STATUSES: &[(u16, &str)] = &[
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (412, "Precondition Failed"),
    (413, "Payload Too Large"),
    (415, "Unsupported Media Type"),
    (422, "Unprocessable Entity"),
    (423, "Locked"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
];

/// All examples of one status.
struct Draft {
    status: Status,
    names: Vec<String>,
    headers: Vec<(String, Evidence, Option<String>, Origin)>,
    content: Vec<DraftContent>,
    origins: Origins,
}

struct DraftContent {
    media_type: String,
    /// Nothing: the body is text.
    evidence: Option<Evidence>,
    examples: Vec<Example>,
    origins: Origins,
}

impl Lowering<'_> {
    /// The responses that the examples of an item show.
    pub(super) fn lower_responses(
        &mut self,
        saved: &[Node<'_>],
        key: &OperationKey,
    ) -> Vec<Response> {
        let mut drafts: Vec<Draft> = Vec::new();
        for response in saved {
            if response.is_null() {
                continue;
            }
            if response.kind() != Kind::Object {
                self.wrong_type(*response, "an object");
                continue;
            }
            self.lower_example(*response, key, &mut drafts);
        }
        drafts.sort_by_key(|draft| draft.status);
        drafts
            .into_iter()
            .map(|draft| self.lower_draft_response(draft))
            .collect()
    }

    fn lower_example(&mut self, node: Node<'_>, key: &OperationKey, drafts: &mut Vec<Draft>) {
        let name = item_name(node);
        if let Some(name) = node.get("name") {
            self.note_secret_name(name);
        }
        let Some(status) = self.status(node, name) else {
            return;
        };
        let headers = Headers(self.read_entries(node.get("header"), Spelling::Headers));
        let index = match drafts.iter().position(|draft| draft.status == status) {
            Some(index) => index,
            None => {
                drafts.push(Draft {
                    status,
                    names: Vec::new(),
                    headers: Vec::new(),
                    content: Vec::new(),
                    origins: Origins::none(),
                });
                drafts.len() - 1
            }
        };
        let body = self.example_body(node, &headers, status, key, name);
        let Some(draft) = drafts.get_mut(index) else {
            return;
        };
        draft.origins.add(node.origin());
        draft.names.extend(name.map(str::to_owned));
        for entry in &headers.0 {
            // A literal value is that of one moment; a placeholder says that the header is described.
            let described = entry.description.is_some() || entry.text().trim().starts_with('<');
            if !described || exchange::is_protocol(&entry.key) || !exchange::is_name(&entry.key) {
                continue;
            }
            let sample = Sample {
                origin: entry.origin,
                direction: Direction::Received,
                elided: false,
            };
            let evidence = infer::observe_text(entry.text(), sample);
            match draft
                .headers
                .iter_mut()
                .find(|(known, ..)| known.eq_ignore_ascii_case(&entry.key))
            {
                Some((_, known, description, _)) => {
                    known.join(&evidence);
                    *description = description.take().or_else(|| entry.description.clone());
                }
                None => draft.headers.push((
                    entry.key.clone().into_owned(),
                    evidence,
                    entry.description.clone(),
                    entry.origin,
                )),
            }
        }
        if let Some(body) = body {
            join_content(&mut draft.content, body);
        }
    }

    /// The status: the code, else what the text says, else the one for everything that is not described.
    fn status(&mut self, node: Node<'_>, name: Option<&str>) -> Option<Status> {
        let code = node.get("code").filter(|code| !code.is_null());
        let text = node
            .get("status")
            .and_then(Node::as_str)
            .unwrap_or_default()
            .trim();
        if let Some(code) = code {
            let spelled = code.scalar().unwrap_or_default();
            return match spelled.parse::<u16>() {
                // Converters write 500 for the response that stands for all others.
                Ok(500) if name.is_some_and(is_catch_all) => Some(Status::Default),
                Ok(code @ 100..=599) => Some(Status::Code(code)),
                _ => {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::POSTMAN_UNKNOWN_STATUS,
                            format!("{}: `{spelled}` is no HTTP status", self.item),
                        )
                        .at(code.origin())
                        .note("the example is left out")
                        .help("give the example a status between 100 and 599"),
                    );
                    None
                }
            };
        }
        let code = STATUSES
            .iter()
            .find(|(_, known)| known.eq_ignore_ascii_case(text))
            .map(|(code, _)| *code)
            .or_else(|| {
                text.get(..3)?
                    .parse()
                    .ok()
                    .filter(|code| (100..600).contains(code))
            });
        Some(code.map_or(Status::Default, Status::Code))
    }

    fn example_body(
        &mut self,
        node: Node<'_>,
        headers: &Headers<'_>,
        status: Status,
        key: &OperationKey,
        name: Option<&str>,
    ) -> Option<DraftContent> {
        let stated = headers.media_type();
        let body = node.get("body").filter(|body| !body.is_null());
        let text = match body.map(|body| (body, body.kind())) {
            None => "",
            Some((body, Kind::String)) => body.as_str().unwrap_or_default(),
            Some((body, _)) => {
                self.wrong_type(body, "a string");
                ""
            }
        };
        let origin = body.map_or(node.origin(), Node::origin);
        let content = |media_type: String, evidence, literal: Option<Literal>| DraftContent {
            media_type,
            evidence,
            examples: literal
                .map(|body| Example {
                    name: name.map(str::to_owned),
                    body,
                    origin,
                })
                .into_iter()
                .collect(),
            origins: origin.into(),
        };
        if text.trim().is_empty() {
            // An empty body shows nothing: there may be a body of the stated kind or none at all.
            let bodyless = matches!(status, Status::Code(100..=199 | 204 | 205 | 304));
            return stated
                .filter(|stated| exchange::is_json(stated) && !bodyless)
                .map(|stated| content(stated, Some(Evidence::default()), None));
        }
        let language = node
            .get("_postman_previewlanguage")
            .and_then(Node::as_str)
            .and_then(language_media_type)
            // Postman writes `text` where nobody chose a language.
            .filter(|language| *language != "text/plain")
            .map(str::to_owned);
        let media_type = stated
            .or(language)
            .or_else(|| sniff(text).map(str::to_owned))
            .unwrap_or_else(|| "text/plain".to_owned());
        if !exchange::is_json(&media_type) {
            let literal = self.text_example(text, origin);
            return Some(content(media_type, None, Some(literal)));
        }
        match json::read(origin.file, text, &Scope::default()) {
            Ok(read) => {
                let root = read.tree.root();
                self.note_secrets(root, origin);
                let sample = Sample {
                    origin,
                    direction: Direction::Received,
                    elided: read.elided,
                };
                let evidence = infer::observe(root, sample);
                let literal = json::literal(root);
                Some(content(media_type, Some(evidence), Some(literal)))
            }
            Err(fault) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::POSTMAN_EXAMPLE_NOT_JSON,
                        format!(
                            "{}: the example `{}` is not JSON",
                            self.item,
                            name.unwrap_or("(no name)")
                        ),
                    )
                    .at(origin)
                    .note(fault)
                    .note(format!(
                        "it shows nothing about the response {status} of `{key}`"
                    ))
                    .help("correct the example, or remove it"),
                );
                // What another example of the status shows counts; alone, the body is text.
                let literal = self.text_example(text, origin);
                Some(content("text/plain".to_owned(), None, Some(literal)))
            }
        }
    }

    fn lower_draft_response(&mut self, mut draft: Draft) -> Response {
        draft.names.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        let summary = draft.names.into_iter().next();
        let headers = draft
            .headers
            .into_iter()
            .map(|(name, evidence, description, origin)| ResponseHeader {
                name,
                schema: self.schema(Shape::Sampled(Box::new(evidence)), origin, Vec::new()),
                docs: super::entry::docs(description),
            })
            .collect();
        // A text that should have been JSON is no media type of its own beside examples that are.
        let has_json = draft
            .content
            .iter()
            .any(|content| content.evidence.is_some());
        let content = draft
            .content
            .into_iter()
            .filter(|content| {
                !(has_json && content.evidence.is_none() && content.media_type == "text/plain")
            })
            .map(|content| {
                let origin = content.origins.first().unwrap_or_default();
                let shape = match content.evidence {
                    Some(evidence) => Shape::Sampled(Box::new(evidence)),
                    None if is_binary(&content.media_type) => Shape::String(StringFormat::Binary),
                    None => Shape::String(StringFormat::Plain),
                };
                let schema = self.schema(shape, origin, Vec::new());
                if let Some(schema) = self.model.schemas.get_mut(schema) {
                    schema.origins = content.origins;
                }
                MediaType {
                    name: content.media_type,
                    schema,
                    examples: content.examples,
                    ..MediaType::default()
                }
            })
            .collect();
        Response {
            status: draft.status,
            docs: Docs {
                summary,
                description: None,
            },
            headers,
            content,
            origins: draft.origins,
        }
    }
}

fn join_content(known: &mut Vec<DraftContent>, new: DraftContent) {
    let Some(same) = known
        .iter_mut()
        .find(|content| content.media_type == new.media_type)
    else {
        known.push(new);
        return;
    };
    match (&mut same.evidence, new.evidence) {
        (Some(known), Some(new)) => known.join(&new),
        (known, new) => *known = known.take().or(new),
    }
    for example in new.examples {
        if same.examples.iter().all(|known| known.body != example.body) {
            same.examples.push(example);
        }
    }
    same.origins.join(&new.origins);
}

fn is_catch_all(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["default", "unexpected error", "error response", "any error"]
        .iter()
        .any(|word| name.starts_with(word))
}

fn is_binary(media_type: &str) -> bool {
    let (kind, subtype) = media_type.split_once('/').unwrap_or((media_type, ""));
    matches!(kind, "image" | "audio" | "video" | "font")
        || matches!(subtype, "octet-stream" | "pdf" | "zip" | "gzip")
}

//! Responses: by status, with their bodies and headers, and the links that lead on from them.

use super::Lowering;
use super::dialect;
use super::finding::Remark;
use super::schema::Spot;
use crate::diagnostic::Code;
use crate::infer::{self, Direction};
use crate::model::{Example, MediaType, Response, Status};
use crate::tree::Node;

const STATUS: Remark = Remark {
    code: Code::OPENAPI_STATUS,
    many: "responses stand under what is no status of HTTP",
    note: "they are left out",
    help: "write a code from 100 to 599, a range such as `4XX`, or `default`",
};

impl<'a> Lowering<'a, '_> {
    /// The responses of an operation, by status.
    pub(super) fn responses(&mut self, operation: Node<'a>, name: &str) -> Vec<Response> {
        let Some(responses) = operation.get(name) else {
            return Vec::new();
        };
        let Some(target) = self.follow(responses) else {
            return Vec::new();
        };
        let Some(responses) = self.as_object(target.node, name) else {
            return Vec::new();
        };
        let mut list: Vec<Response> = Vec::new();
        for (key, node) in responses.entries() {
            if key.text.starts_with("x-") || key.text == "$ref" {
                continue;
            }
            let Some(status) = status(key.text) else {
                let shown = self.operation.clone();
                self.findings.add(STATUS, key.origin, || {
                    format!("`{}` of `{shown}` is no status", key.text)
                });
                continue;
            };
            if let Some(response) = self.response(status, node, operation)
                && list.iter().all(|known| known.status != status)
            {
                list.push(response);
            }
        }
        list.sort_by_key(|response| response.status);
        list
    }

    fn response(
        &mut self,
        status: Status,
        node: Node<'a>,
        operation: Node<'a>,
    ) -> Option<Response> {
        let target = self.follow(node)?;
        let node = self.as_object(target.node, "response")?;
        let mut docs = self.docs(node);
        if let Some(text) = target.description.and_then(Node::as_str) {
            docs.description = Some(text.trim().to_owned());
        }
        self.links(node, &mut docs.description);
        let content = match self.dialect.is_flat() {
            true => self.flat_content(node, operation, status, target.name),
            false => self.content(node, Direction::Received, target.name),
        };
        let headers = match self.object(node, "headers") {
            Some(headers) => self.headers(headers),
            None => Vec::new(),
        };
        Some(Response {
            status,
            docs,
            headers,
            content,
            origins: node.origin().into(),
        })
    }

    /// `schema` and `examples` of 2.0, in the media types that the operation produces.
    fn flat_content(
        &mut self,
        node: Node<'a>,
        operation: Node<'a>,
        status: Status,
        name: Option<&'a str>,
    ) -> Vec<MediaType> {
        let schema = node.get("schema").filter(|schema| !schema.is_null());
        let examples = node.get("examples").filter(|_| schema.is_none());
        if schema.is_none() && examples.is_none() {
            return Vec::new();
        }
        let mut names = self.flat_media_types(operation, "produces");
        if names.is_empty() {
            let shown = node.get("examples").into_iter().flat_map(Node::entries);
            names = shown
                .map(|(key, _)| super::media::essence(key.text))
                .filter(|name| name.contains('/'))
                .collect();
        }
        if names.is_empty() {
            names.push("application/json".to_owned());
        }
        let spot = name.map(Spot::component);
        let schema = schema.map(|schema| self.schema(schema, &Spot::inside(spot.as_ref())));
        let _ = status;
        let mut list = Vec::new();
        for name in names {
            let example = dialect::flat_example(node, &name);
            let samples: Vec<Node<'a>> = example.into_iter().collect();
            let schema = match schema {
                Some(schema) => schema,
                None if samples.is_empty() => continue,
                None => self.sampled(&name, &samples, Direction::Received, node.origin()),
            };
            let examples = samples.iter().map(|sample| Example {
                name: None,
                body: infer::literal("", *sample),
                origin: sample.origin(),
            });
            list.push(MediaType {
                name,
                schema,
                examples: examples.collect(),
                ..MediaType::default()
            });
        }
        list
    }

    /// `links`: a sentence each, since what they lead to is an operation of its own.
    fn links(&mut self, node: Node<'a>, description: &mut Option<String>) {
        let Some(links) = self.object(node, "links") else {
            return;
        };
        for (key, link) in links.entries() {
            let Some(link) = self.follow(link).map(|target| target.node) else {
                continue;
            };
            let id = link.get("operationId").and_then(Node::as_str);
            let Some(operation) = id.or_else(|| link.get("operationRef").and_then(Node::as_str))
            else {
                continue;
            };
            let parameters: Vec<String> = match link.get("parameters") {
                Some(parameters) => parameters
                    .entries()
                    .filter_map(|(key, value)| {
                        Some(format!("`{}` from `{}`", key.text, value.scalar()?))
                    })
                    .collect(),
                None => Vec::new(),
            };
            let mut sentence = format!("Link `{}`: `{operation}`", key.text);
            if !parameters.is_empty() {
                sentence.push_str(" with ");
                sentence.push_str(&parameters.join(", "));
            }
            if let Some(text) = link.get("description").and_then(Node::as_str) {
                sentence.push_str(": ");
                sentence.push_str(text.trim().trim_end_matches('.'));
            }
            sentence.push('.');
            let text = description.get_or_insert_default();
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&sentence);
        }
    }
}

/// `200`, `2XX`, `default`.
fn status(text: &str) -> Option<Status> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    if let Ok(code) = text.parse::<u16>() {
        return (100..600).contains(&code).then_some(Status::Code(code));
    }
    let mut chars = text.chars();
    let hundred = chars.next()?.to_digit(10)?;
    let range = chars.as_str().eq_ignore_ascii_case("xx") && (1..=5).contains(&hundred);
    range.then_some(Status::Range(hundred as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_codes_and_ranges() {
        assert_eq!(status("200"), Some(Status::Code(200)));
        assert_eq!(status("4xx"), Some(Status::Range(4)));
        assert_eq!(status("Default"), Some(Status::Default));
        for wrong in ["99", "600", "6XX", "2X", "success", ""] {
            assert_eq!(status(wrong), None, "{wrong}");
        }
    }
}

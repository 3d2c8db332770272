//! Links of responses to text: which operation takes what an answer gives (OpenAPI 3.1 §4.8.20).

use super::Lowering;
use crate::model::Docs;
use crate::tree::{Kind, Node};

impl<'a> Lowering<'a, '_> {
    /// Adds to the text of an operation where its answers lead. No call follows a link by itself.
    pub(super) fn note_links(&mut self, operation: Node<'a>, docs: &mut Docs) {
        let mut lines: Vec<String> = Vec::new();
        let responses = operation.get("responses");
        for (status, response) in responses.into_iter().flat_map(Node::entries) {
            let Some(response) = self.follow(response).map(|target| target.node) else {
                continue;
            };
            for (name, link) in response.get("links").into_iter().flat_map(Node::entries) {
                let Some(link) = self.follow(link).map(|target| target.node) else {
                    continue;
                };
                if link.kind() != Kind::Object {
                    continue;
                }
                let to = link.get("operationId").or_else(|| link.get("operationRef"));
                let to = to
                    .and_then(Node::as_str)
                    .map(|to| format!(" leads to `{to}`"));
                let said = self.prose(link, "description");
                let said = said.map(|said| format!(": {}", said.trim()));
                lines.push(format!(
                    "- `{}` of {}{}{}",
                    name.text,
                    status.text,
                    to.unwrap_or_default(),
                    said.unwrap_or_default()
                ));
            }
        }
        if lines.is_empty() {
            return;
        }
        let before = docs
            .description
            .take()
            .map(|text| format!("{}\n\n", text.trim_end()));
        docs.description = Some(format!(
            "{}Links of what is answered:\n\n{}",
            before.unwrap_or_default(),
            lines.join("\n")
        ));
    }
}

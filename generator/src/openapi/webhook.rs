//! Webhooks and callbacks: what the API sends of its own accord.

use super::Lowering;
use crate::infer::Direction;
use crate::model::{Method, OperationKey, RequestBody, Webhook};
use crate::tree::{Kind, Node};

impl<'a> Lowering<'a, '_> {
    /// `webhooks` (3.1), and `x-webhooks` of documents that are older.
    pub(super) fn webhooks(&mut self) {
        let root = self.root;
        for name in ["webhooks", "x-webhooks"] {
            let Some(webhooks) = self.object(root, name) else {
                continue;
            };
            for (key, item) in webhooks.entries() {
                self.operation = key.text.to_owned();
                self.messages(key.text, item, None);
            }
        }
        self.operation.clear();
    }

    /// `callbacks` of an operation: by name, by expression, the messages.
    pub(super) fn callbacks(&mut self, operation: Node<'a>, key: &OperationKey) {
        let Some(callbacks) = self.object(operation, "callbacks") else {
            return;
        };
        for (name, callback) in callbacks.entries() {
            let Some(callback) = self.follow(callback).map(|target| target.node) else {
                continue;
            };
            let Some(callback) = self.as_object(callback, name.text) else {
                continue;
            };
            for (expression, item) in callback.entries() {
                if !expression.text.starts_with("x-") {
                    self.messages(name.text, item, Some(key));
                }
            }
        }
    }

    fn messages(&mut self, name: &'a str, item: Node<'a>, operation: Option<&OperationKey>) {
        let Some(target) = self.follow(item) else {
            return;
        };
        let Some(item) = self.as_object(target.node, name) else {
            return;
        };
        for (key, node) in item.entries() {
            let Some(method) = self.dialect.method(key.text).and_then(Method::new) else {
                continue;
            };
            if node.kind() != Kind::Object {
                continue;
            }
            let body = node.get("requestBody").and_then(|body| self.message(body));
            let docs = self.docs(node);
            let webhook = Webhook {
                name: name.to_owned(),
                method,
                operation: operation.cloned(),
                docs,
                deprecated: self.flag(node, "deprecated"),
                body,
                origins: node.origin().into(),
            };
            self.model.webhooks.push(webhook);
        }
    }

    /// What a message says; for the client it is received.
    fn message(&mut self, node: Node<'a>) -> Option<RequestBody> {
        let target = self.follow(node)?;
        let node = self.as_object(target.node, "requestBody")?;
        let content = self.content(node, Direction::Received, target.name);
        Some(RequestBody {
            required: self.flag(node, "required"),
            content,
            docs: self.docs(node),
            origins: node.origin().into(),
        })
    }
}

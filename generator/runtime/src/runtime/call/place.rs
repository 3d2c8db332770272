//! Lets pages be asked for: reads and changes what a call has already.

use super::Call;
use crate::runtime::encode::to_value;
use crate::runtime::model::Node;
use crate::runtime::operation::Style;
use crate::runtime::retry::RETRIES;
use crate::runtime::{Body, Core, Op};
use serde_json::Value;

impl Call {
    /// What is fixed about the operation.
    pub(in crate::runtime) fn op(&self) -> &'static Op {
        self.0.op
    }

    /// The path and query that it will be sent to.
    pub(in crate::runtime) fn target(&self) -> String {
        let request = &self.0.request;
        match request.query_string() {
            query if query.is_empty() => request.path.clone(),
            query => format!("{}?{query}", request.path),
        }
    }

    /// The value of a query parameter or of a member of the JSON body, if it is set and no list.
    pub(in crate::runtime) fn place_value(&self, name: &str, in_body: bool) -> Option<String> {
        if in_body {
            let body: Value = serde_json::from_slice(self.0.request.body.as_bytes()?).ok()?;
            return match body.get(name)? {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            };
        }
        let mut pairs = self.0.request.query().into_iter();
        pairs.find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Sets a query parameter, or a member of the JSON body.
    pub(in crate::runtime) fn set_place(
        &mut self,
        name: &'static str,
        in_body: bool,
        node: Node<'_>,
    ) {
        if !in_body {
            return self.put_query(name, node, Style::Form, false);
        }
        let body = &mut self.0.request.body;
        let read = body.as_bytes().map(serde_json::from_slice::<Value>);
        let mut members = match read {
            Some(Ok(Value::Object(members))) => members,
            _ => serde_json::Map::new(),
        };
        members.insert(name.to_owned(), to_value(node));
        *body = Body::from(Value::Object(members).to_string());
        if self.0.request.headers.get("content-type").is_none() {
            self.0
                .request
                .headers
                .set("content-type", "application/json");
        }
    }

    /// What all calls of the client share.
    pub(in crate::runtime) fn core(&self) -> &Core {
        &self.0.core
    }

    /// Asks for this media type, unless the caller asks for another.
    pub(in crate::runtime) fn accept(&mut self, media_type: &'static str) {
        let headers = &mut self.0.request.headers;
        if !media_type.is_empty() && headers.get("accept").is_none() {
            headers.set("accept", media_type);
        }
    }

    /// How often the call may be sent again.
    pub(in crate::runtime) fn retries(&self) -> u32 {
        let retries = self.0.options.retries.or(self.0.core.options.retries);
        retries.unwrap_or(RETRIES)
    }

    /// Whether a response that differs from the description is an error.
    pub(in crate::runtime) fn is_strict(&self) -> bool {
        let strict = self.0.options.strict.or(self.0.core.options.strict);
        strict.unwrap_or(false)
    }

    /// Goes to another path and query at the same origin.
    pub(in crate::runtime) fn go_to(&mut self, target: &str) {
        self.0.request.redirect(target);
    }
}

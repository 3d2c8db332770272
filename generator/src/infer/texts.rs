//! The texts of a model for people without their credentials, whatever source they were read from.

use super::prose::{masked_prose, name_without_credentials};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::evidence::Evidence;
use crate::model::{Docs, Model, SchemaId, Shape};
use crate::origin::Origin;
use std::collections::BTreeSet;

/// Takes credentials out of all descriptions, and cuts names of operations in front of them. Each place is reported once.
pub fn mask_texts(model: &mut Model, diagnostics: &mut Diagnostics) {
    let mut found: BTreeSet<Option<Origin>> = BTreeSet::new();
    model.for_each_docs(|docs, origin| {
        let mut masked = false;
        for text in [&mut docs.summary, &mut docs.description] {
            masked |= mask(text);
        }
        if masked {
            found.insert(origin);
        }
    });
    for operation in &mut model.operations {
        for hint in &mut operation.names {
            let kept = name_without_credentials(&hint.text);
            if kept.len() < hint.text.len() {
                hint.text = kept.to_owned();
                found.insert(operation.origins.first());
            }
        }
        operation.names.retain(|hint| !hint.text.trim().is_empty());
    }
    for id in model.objects.clone() {
        if let Some(schema) = model.schemas.get_mut(id)
            && let Shape::Sampled(evidence) = &mut schema.shape
        {
            stated(evidence, &mut found);
        }
    }
    for origin in found {
        diagnostics.push(
            Diagnostic::new(
                Code::EXCHANGE_LITERAL_SECRET,
                "a description holds a credential, which is left behind",
            )
            .at(origin)
            .help("take it out of the text, and consider whether it is still secret"),
        );
    }
}

fn mask(text: &mut Option<String>) -> bool {
    match text.as_deref().and_then(masked_prose) {
        Some(masked) => {
            *text = Some(masked);
            true
        }
        None => false,
    }
}

/// What tables say about members. The recursion goes as deep as the names of members nest.
fn stated(evidence: &mut Evidence, found: &mut BTreeSet<Option<Origin>>) {
    if let Some(object) = &mut evidence.object {
        for field in object.fields.values_mut() {
            for (origin, text) in &mut field.stated.docs {
                if let Some(masked) = masked_prose(text) {
                    *text = masked;
                    found.insert(Some(*origin));
                }
            }
            stated(&mut field.value, found);
        }
    }
    if let Some(array) = &mut evidence.array {
        stated(&mut array.item, found);
    }
}

impl Model {
    /// Shows every text for people with where it belongs to.
    fn for_each_docs(&mut self, mut f: impl FnMut(&mut Docs, Option<Origin>)) {
        f(&mut self.info.docs, None);
        self.tags.iter_mut().for_each(|tag| f(&mut tag.docs, None));
        for scheme in &mut self.security_schemes {
            f(&mut scheme.docs, scheme.origins.first());
        }
        let operations = self.operations.iter_mut();
        let servers = operations.flat_map(|operation| &mut operation.servers);
        for server in self.servers.iter_mut().chain(servers) {
            let mut docs = Docs {
                summary: None,
                description: server.description.take(),
            };
            f(&mut docs, server.origins.first());
            server.description = docs.description;
        }
        for operation in &mut self.operations {
            f(&mut operation.docs, operation.origins.first());
            for parameter in &mut operation.parameters {
                f(&mut parameter.docs, parameter.origins.first());
            }
            if let Some(body) = &mut operation.request_body {
                f(&mut body.docs, body.origins.first());
            }
            for response in &mut operation.responses {
                let origin = response.origins.first();
                f(&mut response.docs, origin);
                response
                    .headers
                    .iter_mut()
                    .for_each(|header| f(&mut header.docs, origin));
            }
        }
        for webhook in &mut self.webhooks {
            f(&mut webhook.docs, webhook.origins.first());
        }
        for id in (0..self.schemas.len() as u32).map(SchemaId) {
            let Some(schema) = self.schemas.get_mut(id) else {
                continue;
            };
            let origin = schema.origins.first();
            f(&mut schema.docs, origin);
            match &mut schema.shape {
                Shape::Object(object) => {
                    for property in &mut object.properties {
                        f(&mut property.docs, property.origins.first().or(origin));
                    }
                }
                Shape::Enum(enumeration) => {
                    for value in &mut enumeration.values {
                        f(&mut value.docs, origin);
                    }
                }
                _ => {}
            }
        }
    }
}

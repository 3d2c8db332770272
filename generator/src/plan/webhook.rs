//! Messages that the API sends of its own accord to names of their types: whoever receives them reads them as those.

use super::context::Context;
use super::docs::{Doc, code};
use super::operation::{Named, is_json};
use super::rust_type::{Imports, RustType};
use super::schema::{Types, side_by_side};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{SchemaId, Webhook};
use crate::names::{self, Case, RustIdent};
use std::collections::BTreeSet;

/// The module of these names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    /// The module, which is also the file's name.
    pub module: RustIdent,
    /// The messages, sorted by their names.
    pub messages: Vec<Message>,
    /// What the module imports.
    pub imports: Imports,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What its type is called here: `OverflowMessage`.
    pub name: RustIdent,
    /// Its type.
    pub ty: RustType,
    /// Its documentation.
    pub docs: Doc,
}

/// What a message says, if it says it in JSON.
pub(super) fn payload(webhook: &Webhook) -> Option<SchemaId> {
    let content = webhook.body.iter().flat_map(|body| &body.content);
    let mut json = content.filter(|media| is_json(&media.name));
    json.next().map(|media| media.schema)
}

/// Plans the names. `taken` holds the modules that there are.
pub(super) fn plan_messages(
    context: &Context<'_>,
    named: &[Named<'_>],
    types: &Types,
    taken: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Option<Messages> {
    let all: Vec<(&Webhook, SchemaId)> = context
        .model
        .webhooks
        .iter()
        .filter_map(|webhook| Some((webhook, payload(webhook)?)))
        .collect();
    let texts: Vec<String> = all.iter().map(|(one, _)| text(one, &all, named)).collect();
    let (first, _) = all.first()?;
    let modules = [
        "webhooks",
        "messages",
        "webhook_messages",
        "messages_of_the_api",
    ];
    let free = modules.iter().find(|module| !taken.contains(**module))?;
    let module = RustIdent::parse(free)?;
    diagnostics.push(
        Diagnostic::new(
            Code::PLAN_MESSAGES,
            format!(
                "{} messages are sent by the API of its own accord",
                all.len()
            ),
        )
        .at(first.origins.first())
        .note(format!(
            "the crate has their types, in its module `{module}`, and nothing that receives them"
        ))
        .help("read the body of a request that came with `serde_json::from_slice`"),
    );
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let names = side_by_side(&texts, &[], Case::Pascal, &[], diagnostics, |at| {
        all.get(at).and_then(|(webhook, _)| webhook.origins.first())
    });
    let mut imports = Imports::default();
    let mut messages: Vec<Message> = Vec::new();
    for (name, (webhook, schema)) in names.into_iter().zip(&all) {
        let mut ty = types.rust_type(context, *schema);
        if context.schema(*schema).nullable {
            ty = ty.optional();
        }
        imports.mention(&ty);
        messages.push(Message {
            docs: docs(webhook),
            name,
            ty,
        });
    }
    // A type of the message's own name is given on by its path, and has that name here for the others, too.
    for message in &messages {
        if message.ty == RustType::Named(message.name.clone()) {
            imports.types.remove(message.name.plain());
        }
    }
    messages.sort_by(|a, b| a.name.cmp(&b.name));
    Some(Messages {
        module,
        messages,
        imports,
    })
}

/// The words of a message's name. Where two have one name, the operation that asks for it, or else the method, tells them
/// apart.
fn text(webhook: &Webhook, all: &[(&Webhook, SchemaId)], named: &[Named<'_>]) -> String {
    let words = names::words(&webhook.name);
    let several = all
        .iter()
        .filter(|(other, _)| names::words(&other.name) == words);
    if several.count() < 2 {
        return format!("{} message", webhook.name);
    }
    let operation = webhook.operation.as_ref().and_then(|key| {
        let mut operations = named.iter();
        operations.find(|named| named.operation.key.erased() == key.erased())
    });
    match operation {
        Some(operation) => format!("{} {} message", operation.words.join(" "), webhook.name),
        None => format!(
            "{} {} message",
            webhook.method.as_str().to_lowercase(),
            webhook.name
        ),
    }
}

fn docs(webhook: &Webhook) -> Doc {
    let name = code(&webhook.name);
    let said = match &webhook.operation {
        Some(operation) => format!(
            "Sent with {} as the callback {name} of {}.",
            code(webhook.method.as_str()),
            code(&operation.to_string())
        ),
        None => format!(
            "Sent with {} as the webhook {name}.",
            code(webhook.method.as_str())
        ),
    };
    let docs = Doc::of(&webhook.docs).and(said);
    match webhook.deprecated {
        true => docs.and("Deprecated."),
        false => docs,
    }
}

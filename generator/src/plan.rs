//! A model to a Rust crate: every name, type, module, file, feature and dependency is decided here, and nowhere else.

mod address;
pub mod client;
mod context;
pub mod docs;
mod dump;
mod given;
mod guide;
mod idempotency;
pub mod manifest;
pub mod module;
pub mod operation;
pub mod page;
pub mod place;
pub mod retired;
pub mod rust_type;
#[cfg(test)]
pub(crate) mod sample;
pub mod schema;
pub mod security;
pub mod server;
pub mod webhook;

use crate::analyze::Facts;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::names::lock::Lock;

pub use address::{AddressedType, Addresses, addresses};
pub use client::Client;
pub use docs::Doc;
pub use dump::{argument_text, dump, type_text};
pub use idempotency::Repeat;
pub use manifest::Manifest;
pub use module::{Family, Group};
pub use operation::{
    Argument, ArgumentType, Framing, Operation, Outcome, OutcomeCase, Paging, Part, PathArgument,
    Setter, Spelling, Stream, Take, Variant, Wire,
};
pub use page::{Pages, Program, Sample, SampleKind, Setting, Sketch};
pub use place::Places;
pub use retired::{Replacement, Retired, RetiredModule, RetiredName};
pub use rust_type::{Imports, RustType};
pub use schema::{Field, Item, Struct, TaggedUnion, Union, ValueEnum};
pub use security::{Scheme, SchemeKind};
pub use server::{OtherServer, Server, Variable};
pub use webhook::{Message, Messages};

// What later stages need of earlier ones, so that they know the plan alone.
pub use crate::analyze::PageStyle;
pub use crate::analyze::Paging as PageFacts;
pub use crate::model::Style;
pub use crate::names::RustIdent;

use context::Context;

/// A crate, decided to the last name.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// `Cargo.toml`.
    pub manifest: Manifest,
    /// Text of the crate's front page.
    pub docs: Doc,
    /// The client and its builder.
    pub client: Client,
    /// One module a group of operations, sorted by name.
    pub groups: Vec<Group>,
    /// One module a family of types, sorted by name.
    pub families: Vec<Family>,
    /// What the API sends of its own accord.
    pub messages: Option<Messages>,
    /// What is generated beside the code: programs that call, samples that are tested.
    pub pages: Pages,
    /// `README.md`.
    pub readme: String,
    /// `CHANGELOG.md`.
    pub changelog: String,
    /// Names of the root and of types that were given up and are still there.
    pub retired: Retired,
    /// The names that the crate gives away, for the next run to keep.
    pub lock: Lock,
    /// Where its parts were read.
    pub places: Places,
}

/// Decides what the crate of a model looks like. Whatever cannot be decided, or is decided wrongly by the
/// configuration, is in the diagnostics; the plan is complete even then.
pub fn plan(model: &Model, facts: &Facts, config: &Config, diagnostics: &mut Diagnostics) -> Plan {
    let context = Context::new(model, facts, config, diagnostics);
    let named = operation::name_operations(&context, diagnostics);
    operation::note_own_headers(&context, diagnostics);
    idempotency::note_unused(&context, diagnostics);
    operation::note_unused(&context, &named, diagnostics);
    let shapes = operation::shape_bodies(&context, &named);
    let types = schema::plan_types(&context, &named, &shapes, diagnostics);
    let client = client::plan_client(&context, &named, &types, diagnostics);
    security::note_rivals(&context, &client.schemes, diagnostics);
    let mut groups = module::plan_groups(&context, &named, &shapes, &types, &client, diagnostics);
    let families = module::plan_families(&types);
    let mut lock = given::collect(&context, &named, &types, &client, &groups);
    given::note_gone(&context, &types, &lock, diagnostics);
    let retired = retired::plan_retired(&context, &types, &mut groups, &mut lock, diagnostics);
    let taken = client
        .groups
        .iter()
        .map(|group| group.module.plain().to_owned());
    let taken = taken.collect();
    let messages = webhook::plan_messages(&context, &named, &types, &taken, diagnostics);
    let manifest = manifest::plan_manifest(&context, diagnostics);
    let front = manifest::plan_front(&context);
    let sources = page::Sources {
        context: &context,
        named: &named,
        bodies: &shapes,
        types: &types,
        client: &client,
        manifest: &manifest,
    };
    let pages = page::plan_pages(&sources, &mut groups, diagnostics);
    for group in &mut groups {
        group.docs = guide::plan_group_docs(group);
    }
    let title = client::api_title(&context);
    let subject = guide::Subject {
        manifest: &manifest,
        front: &front,
        title: &title,
        client: &client,
        groups: &groups,
        pages: &pages,
        types: families.iter().map(|family| family.items.len()).sum(),
        first_type: families
            .iter()
            .find_map(|family| family.items.first())
            .map(|item| item.name().clone()),
    };
    let docs = guide::plan_front_page(&subject);
    // Titles and descriptions stand in it as they are, but for what would steer a terminal or a browser.
    let readme = docs::shown(&guide::plan_readme(&subject));
    let changelog = guide::plan_changelog(&subject);
    let places = place::places(&context, &named, &types, &client);
    Plan {
        manifest,
        docs,
        client,
        groups,
        families,
        messages,
        pages,
        readme,
        changelog,
        retired,
        lock,
        places,
    }
}

#[cfg(test)]
mod tests;

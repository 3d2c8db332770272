//! OpenAPI 2.0, 3.0, 3.1 and 3.2 to a model: one lowering, in which every difference between versions is a named function.

mod cursor;
mod dialect;
mod event;
mod example;
mod finding;
mod link;
mod media;
mod operation;
mod parameter;
mod path;
mod reference;
mod response;
mod schema;
mod security;
mod server;
mod webhook;

use crate::diagnostic::Diagnostics;
use crate::model::schema::Authority;
use crate::model::{Docs, Model, SchemaId, Tag};
use crate::origin::{FileId, Origin, Span};
use crate::source::SourceFile;
use crate::tree::{Kind, Node};
use dialect::Dialect;
use finding::Findings;
use reference::{Place, References};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whether a file is an OpenAPI document, by its content.
pub fn recognizes(file: &SourceFile) -> bool {
    file.tree.as_ref().is_some_and(|tree| {
        let root = tree.root();
        let version = |name: &str| {
            let node = root.get(name);
            node.is_some_and(|node| matches!(node.kind(), Kind::String | Kind::Number))
        };
        version("openapi") || version("swagger")
    })
}

/// The model of what a document describes. `files` are all that were read, among them those that it refers to.
///
/// What is wrong in it is a warning that states the loss, and the rest is read; a reference to a file that is not there
/// and a version that nobody can read are errors.
pub fn lower(file: &SourceFile, files: &[&SourceFile], diagnostics: &mut Diagnostics) -> Model {
    let Some(tree) = &file.tree else {
        return Model::default();
    };
    let root = tree.root();
    let dialect = match dialect::of(root) {
        Ok((dialect, warning)) => {
            warning
                .into_iter()
                .for_each(|warning| diagnostics.push(warning));
            dialect
        }
        Err(error) => {
            diagnostics.push(error);
            return Model::default();
        }
    };
    let mut lowering = Lowering {
        dialect,
        root,
        tag: file.tag.clone(),
        references: References::new(files, root),
        model: Model {
            authority: Authority::Declared,
            ..Model::default()
        },
        known: HashMap::new(),
        parts: HashMap::new(),
        pending: Vec::new(),
        heirs: None,
        operation: String::new(),
        operation_ids: BTreeMap::new(),
        identities: HashMap::new(),
        undefined_schemes: BTreeSet::new(),
        findings: Findings::default(),
        diagnostics,
    };
    lowering.document();
    lowering.report_findings();
    lowering.model
}

/// What is carried through a document.
struct Lowering<'a, 'd> {
    dialect: Dialect,
    root: Node<'a>,
    /// The group of operations without tags.
    tag: Option<String>,
    references: References<'a>,
    model: Model,
    /// The schemas that were begun, by the place of their nodes.
    known: HashMap<Place, SchemaId>,
    /// The same of schemas that stand for all that inherit from them: what these have in common.
    parts: HashMap<Place, SchemaId>,
    /// Schemas whose content is still to be read: references are no recursion.
    pending: Vec<schema::Pending<'a>>,
    /// By schema, the schemas that name it in their `allOf`; made when it is first asked for.
    heirs: Option<HashMap<Place, Vec<(&'a str, Node<'a>)>>>,
    /// The operation that is read, for messages: `GET /users`.
    operation: String,
    /// The operations that have each `operationId`, with its places.
    operation_ids: BTreeMap<String, Vec<(String, Origin)>>,
    /// Where each pair of method and path stands first.
    identities: HashMap<String, Origin>,
    /// Names of security schemes that are required and not defined.
    undefined_schemes: BTreeSet<String>,
    findings: Findings,
    diagnostics: &'d mut Diagnostics,
}

impl<'a> Lowering<'a, '_> {
    fn document(&mut self) {
        self.info();
        self.tags();
        self.model.servers = self.servers(self.root);
        self.security_schemes();
        self.paths();
        self.settle_operation_ids();
        self.webhooks();
        self.named_schemas();
        self.finish_schemas();
    }

    fn info(&mut self) {
        let root = self.root;
        let Some(info) = self.object(root, "info") else {
            return;
        };
        let title = self
            .text(info, "title")
            .map(|title| title.trim().to_owned());
        self.model.info.title = title.filter(|title| !title.is_empty());
        self.model.info.version = self.text(info, "version").map(str::to_owned);
        self.model.info.docs = self.docs(info);
    }

    /// `tags`, with what OpenAPI 3.2 says of their parents.
    fn tags(&mut self) {
        let root = self.root;
        for tag in self.list(root, "tags") {
            let Some(name) = self
                .text(tag, "name")
                .filter(|name| !name.trim().is_empty())
            else {
                continue;
            };
            let docs = self.docs(tag);
            if self.model.tags.iter().all(|known| known.name != name) {
                self.model.tags.push(Tag {
                    name: name.to_owned(),
                    docs,
                });
            }
        }
    }

    /// `summary` and `description`, and what is written elsewhere about it.
    fn docs(&mut self, node: Node<'a>) -> Docs {
        let summary = self.prose(node, "summary");
        let mut description = self.prose(node, "description");
        if let Some(link) = self.external_docs(node) {
            let text = description.get_or_insert_default();
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&link);
        }
        Docs {
            summary,
            description,
        }
    }

    /// `externalDocs` as a sentence.
    fn external_docs(&mut self, node: Node<'a>) -> Option<String> {
        let outside = node.get("externalDocs")?;
        let url = outside.get("url").and_then(Node::as_str)?.trim();
        let text = outside
            .get("description")
            .and_then(Node::as_str)
            .map(str::trim);
        let absolute = url.starts_with("https://") || url.starts_with("http://");
        match text.filter(|text| !text.is_empty()) {
            _ if !absolute => None,
            Some(text) => Some(format!("{}: <{url}>", text.trim_end_matches(['.', ':']))),
            None => Some(format!("See <{url}>.")),
        }
    }

    /// The place of the whole document.
    fn whole(&self) -> Origin {
        Origin {
            file: self.file_id(),
            span: Span::default(),
        }
    }

    fn file_id(&self) -> FileId {
        self.root.tree().file()
    }
}

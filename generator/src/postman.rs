//! Postman collections and items to a model: what is written down becomes operations, what is shown becomes evidence.

mod auth;
mod behavior;
mod body;
mod container;
mod cycle;
mod entry;
mod environment;
mod example;
mod header;
mod item;
mod json;
mod parameter;
mod table;
mod url;
mod variable;
mod version1;
mod version3;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer;
use crate::model::schema::Authority;
use crate::model::{Model, NameHint, Schema, SchemaId, Shape};
use crate::origin::Origin;
use crate::source::SourceFile;
use crate::tree::{Kind, Node};
use container::Content;
use std::collections::BTreeSet;

pub use environment::{Variables, is_environment, variables};

/// Whether a file is Postman's, by its content: a collection, an item, items, a page that shows one, or what is told
/// apart only to be refused with a good message (format version 1, environments).
pub fn recognizes(file: &SourceFile) -> bool {
    container::recognizes(file)
}

/// The model of what a file describes. An item that cannot be read is reported, listed as skipped, and the rest is
/// read; a file that cannot be read at all gives an error and an empty model.
pub fn lower(file: &SourceFile, variables: &Variables, diagnostics: &mut Diagnostics) -> Model {
    let documents = container::documents(file);
    let refused = documents.trees.is_empty() && !documents.faults.is_empty();
    for fault in documents.faults {
        diagnostics.push(fault);
    }
    if documents.trees.is_empty() && !refused {
        let fault = match &file.tree {
            Some(tree) => container::not_a_collection(tree.root()),
            None => container::not_a_document(file),
        };
        diagnostics.push(fault);
    }
    let mut lowering = Lowering::new(file.tag.clone(), variables, diagnostics);
    let roots: Vec<Node<'_>> = documents.trees.iter().map(|tree| tree.root()).collect();
    lowering.lower_documents(&roots);
    lowering.model
}

/// The model of what the files of a folder describe together: a collection of format version 3.
pub fn lower_folder(
    files: &[&SourceFile],
    variables: &Variables,
    diagnostics: &mut Diagnostics,
) -> Model {
    let tag = files.first().and_then(|file| file.tag.clone());
    let mut lowering = Lowering::new(tag, variables, diagnostics);
    let pieces = lowering.read_pieces(files);
    let mut found = Vec::new();
    lowering.gather_pieces(&pieces, &mut found);
    lowering.lower_items(found);
    lowering.parameterize_literal_ids();
    lowering.order_servers();
    lowering.model
}

/// What is carried from item to item.
struct Lowering<'a> {
    /// The group of operations that lie in no folder.
    tag: Option<String>,
    model: Model,
    diagnostics: &'a mut Diagnostics,
    /// The names of the folders and the item that is being read, for messages: `Users ▸ Create User`.
    item: String,
    /// What environments and globals say.
    variables: Variables,
    /// The circles of variables that were reported.
    cycles: BTreeSet<Vec<String>>,
    /// What all requests so far have in common.
    common: header::Common,
}

impl<'a> Lowering<'a> {
    fn new(
        tag: Option<String>,
        variables: &Variables,
        diagnostics: &'a mut Diagnostics,
    ) -> Lowering<'a> {
        Lowering {
            tag,
            model: Model::default(),
            diagnostics,
            item: String::new(),
            variables: variables.clone(),
            cycles: BTreeSet::new(),
            common: header::Common::default(),
        }
    }
}

impl Lowering<'_> {
    /// Makes parameters of the literal identifiers that tell operations apart which are alike in all else.
    fn parameterize_literal_ids(&mut self) {
        infer::parameterize(
            &mut self.model,
            Code::POSTMAN_INFERRED_PATH_PARAMETER,
            |name| format!("write `:{name}` in the collection"),
            self.diagnostics,
        );
    }

    fn lower_documents(&mut self, roots: &[Node<'_>]) {
        let mut found = Vec::new();
        for root in roots {
            let before = found.len();
            self.gather_document(*root, &mut found);
            if found.len() == before && container::content(*root).is_some() {
                self.diagnostics.push(
                    Diagnostic::new(Code::POSTMAN_EMPTY, "the collection has no items")
                        .at(root.origin())
                        .help("save requests in the collection and export it again"),
                );
            }
        }
        self.lower_items(found);
        self.parameterize_literal_ids();
        self.order_servers();
    }

    fn gather_document<'t>(&mut self, root: Node<'t>, found: &mut Vec<item::Found<'t>>) {
        match container::content(root) {
            None => self.diagnostics.push(container::not_a_collection(root)),
            Some(Content::Wrapped) => {
                if let Some(inner) = root.get("collection") {
                    self.gather_document(inner, found);
                }
            }
            Some(Content::Collection) => {
                self.lower_info(root.get("info"));
                self.gather(root, found);
            }
            Some(Content::Item) => self.gather_entry(root, found),
            Some(Content::Items) => {
                for item in root.items() {
                    self.gather_entry(item, found);
                }
            }
            // Collections of version 1 are converted before, and environments are read by `read_environment`.
            Some(Content::Version1 | Content::Environment) => {}
        }
    }

    fn lower_info(&mut self, info: Option<Node<'_>>) {
        let Some(info) = info else { return };
        if info.kind() != Kind::Object {
            self.wrong_type(info, "an object");
            return;
        }
        if let Some(name) = info.get("name") {
            self.note_secret_name(name);
        }
        let title = self
            .string(info, "name")
            .map(|name| infer::name_without_credentials(name.trim()).to_owned());
        let version = info
            .get("version")
            .and_then(|version| match version.kind() {
                Kind::Object => {
                    let numbers: Vec<_> = ["major", "minor", "patch"]
                        .iter()
                        .map(|part| version.get(part).and_then(Node::scalar).unwrap_or("0"))
                        .collect();
                    Some(numbers.join("."))
                }
                Kind::Null => None,
                _ => version.scalar().map(str::to_owned),
            });
        let docs = entry::docs(self.description(info.get("description")));
        let model = &mut self.model.info;
        model.title = model
            .title
            .take()
            .or(title.filter(|title| !title.is_empty()));
        model.version = model.version.take().or(version);
        if model.docs.is_empty() {
            model.docs = docs;
        }
    }

    /// A member that should be a string; anything else but null is reported.
    fn string<'t>(&mut self, node: Node<'t>, name: &str) -> Option<&'t str> {
        let member = node.get(name)?;
        match member.kind() {
            Kind::String => member.as_str(),
            Kind::Null => None,
            _ => {
                self.wrong_type(member, "a string");
                None
            }
        }
    }

    fn wrong_type(&mut self, node: Node<'_>, expected: &str) {
        let place = if self.item.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.item)
        };
        self.diagnostics.push(
            Diagnostic::new(
                Code::POSTMAN_WRONG_TYPE,
                format!(
                    "{place}expected {expected}, found {}",
                    node.kind().with_article()
                ),
            )
            .at(node.origin())
            .note("it is read as if it were not there")
            .help("write what the format asks for there, or export the collection again"),
        );
    }

    fn schema(&mut self, shape: Shape, origin: Origin, names: Vec<NameHint>) -> SchemaId {
        self.model.schemas.add(Schema {
            shape,
            names,
            authority: Authority::Sampled,
            origins: origin.into(),
            ..Schema::default()
        })
    }

    /// The server that most operations use comes first; the spelling decides between equals.
    fn order_servers(&mut self) {
        let mut counts = std::collections::BTreeMap::<String, usize>::new();
        for server in self.model.operations.iter().flat_map(|op| &op.servers) {
            *counts.entry(server.url.clone()).or_default() += 1;
        }
        self.model.servers.sort_by(|a, b| {
            let count = |url: &str| counts.get(url).copied().unwrap_or_default();
            (count(&b.url), &a.url).cmp(&(count(&a.url), &b.url))
        });
    }
}

#[cfg(test)]
mod tests;

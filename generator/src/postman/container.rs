//! A source file to the collection or item inside it, recognised by content and never by its name.

use super::version1;
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::{Origin, Span};
use crate::source::{SourceFile, guess};
use crate::tree::json::{self, Dialect};
use crate::tree::{Kind, Node, Tree};
use std::borrow::Cow;

/// The line of a tool's page behind which an item stands.
const MARKER: &str = "Postman Collection Item JSON";

/// What kind of Postman document a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A collection (v2.0 or v2.1).
    Collection,
    /// The same under one member `collection`, as Postman's own interface answers.
    Wrapped,
    /// An item alone: a request or a folder.
    Item,
    /// Items in an array.
    Items,
    /// A collection of format version 1.
    Version1,
    /// Variables without requests.
    Environment,
}

/// The documents of a file: its own, or those that stand in its text.
pub(super) struct Documents<'f> {
    /// One tree a document.
    pub(super) trees: Vec<Cow<'f, Tree>>,
    /// What could not be read.
    pub(super) faults: Vec<Diagnostic>,
}

/// Reads the documents of a file. A page may show several items.
pub(super) fn documents(file: &SourceFile) -> Documents<'_> {
    match &file.tree {
        Some(tree) if content(tree.root()).is_some() => document(tree),
        _ => page_documents(file),
    }
}

/// The document that a tree is: itself, or what it is in the structure of today.
fn document(tree: &Tree) -> Documents<'_> {
    let mut root = tree.root();
    // The depth of trees bounds the loop.
    while content(root) == Some(Content::Wrapped)
        && let Some(inner) = root.get("collection")
    {
        root = inner;
    }
    match content(root) {
        Some(Content::Version1) => version_1(root),
        Some(Content::Environment) => Documents {
            trees: Vec::new(),
            faults: vec![environment_alone(root)],
        },
        _ => Documents {
            trees: vec![Cow::Borrowed(tree)],
            faults: Vec::new(),
        },
    }
}

fn version_1<'f>(root: Node<'_>) -> Documents<'f> {
    let (trees, fault) = match version1::convert(root) {
        Some(tree) => (
            vec![Cow::Owned(tree)],
            Diagnostic::new(
                Code::POSTMAN_VERSION_1,
                "this is a Postman collection of format version 1, which is converted",
            )
            .note("nothing is lost that the newer format could say")
            .help("open it in Postman and export it again as \"Collection v2.1\""),
        ),
        None => (
            Vec::new(),
            Diagnostic::new(
                Code::TREE_TOO_LARGE,
                "the collection is too large to be converted from format version 1",
            )
            .help("open it in Postman and export it again as \"Collection v2.1\""),
        ),
    };
    Documents {
        trees,
        faults: vec![fault.at(root.origin())],
    }
}

/// Whether the file is Postman's, including what is recognised only to be refused with a good message.
pub(super) fn recognizes(file: &SourceFile) -> bool {
    match &file.tree {
        Some(tree) if content(tree.root()).is_some() => true,
        _ => markers(&file.text).next().is_some(),
    }
}

/// What a document is, or nothing if it is not Postman's.
pub(super) fn content(root: Node<'_>) -> Option<Content> {
    if root.kind() == Kind::Array {
        let mut items = root.items();
        return items.any(|item| is_item(item)).then_some(Content::Items);
    }
    if root.kind() != Kind::Object {
        return None;
    }
    if let Some(inner) = root.get("collection")
        && matches!(
            content(inner),
            Some(Content::Collection | Content::Item | Content::Version1)
        )
    {
        return Some(Content::Wrapped);
    }
    let is_array = |name| {
        root.get(name)
            .is_some_and(|node| node.kind() == Kind::Array)
    };
    let schema = root
        .get("info")
        .and_then(|info| info.get("schema"))
        .and_then(Node::as_str)
        .unwrap_or_default();
    let version_2 = schema.contains("/v2.0.") || schema.contains("/v2.1.");
    if root.get("info").is_some() && (is_array("item") || version_2) {
        return Some(Content::Collection);
    }
    if is_array("requests")
        && ["order", "folders", "folders_order"]
            .iter()
            .any(|name| root.get(name).is_some())
    {
        return Some(Content::Version1);
    }
    if root.get("_postman_variable_scope").is_some()
        || (is_array("values")
            && root.get("name").is_some()
            && root.get("values").is_some_and(|values| {
                values
                    .items()
                    .all(|value| value.get("key").is_some() && value.get("value").is_some())
            }))
    {
        return Some(Content::Environment);
    }
    is_item(root).then_some(Content::Item)
}

/// An object with a request as Postman writes it, or a folder of such objects. Other formats have members called
/// `request` or `item` too, so the inside is looked at.
fn is_item(node: Node<'_>) -> bool {
    let request = node.get("request").is_some_and(|request| {
        request.kind() == Kind::String
            || request.get("url").is_some()
            || (request.get("method").is_some() && request.get("header").is_some())
    });
    let folder = || {
        node.get("item").is_some_and(|items| {
            items.kind() == Kind::Array
                && items
                    .items()
                    .any(|item| item.get("request").is_some() || item.get("item").is_some())
        })
    };
    request || folder()
}

/// The offsets of the marker lines and of the text behind each.
fn markers(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut offset = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = offset;
        offset += line.len();
        (line.trim() == MARKER).then_some((start, offset))
    })
}

fn page_documents(file: &SourceFile) -> Documents<'_> {
    let mut documents = Documents {
        trees: Vec::new(),
        faults: Vec::new(),
    };
    for (line, behind) in markers(&file.text) {
        let at = |start: usize, end: usize| Origin {
            file: file.id,
            span: Span::new(start, end),
        };
        let rest = file.text.get(behind..).unwrap_or_default();
        if !rest.trim_start().starts_with(['{', '[']) {
            documents.faults.push(
                Diagnostic::new(
                    Code::POSTMAN_PAGE_WITHOUT_ITEM,
                    format!("no JSON object follows the line `{MARKER}`"),
                )
                .at(at(line, behind))
                .help("keep the item's JSON right behind that line, or give the item as a file"),
            );
            continue;
        }
        match json::parse_prefix(file.id, &file.text, behind, Dialect::Strict) {
            Ok(prefix) if content(prefix.tree.root()).is_some() => {
                documents.trees.push(Cow::Owned(prefix.tree));
            }
            Ok(prefix) => documents.faults.push(not_a_collection(prefix.tree.root())),
            Err(faults) => documents.faults.extend(faults),
        }
    }
    documents
}

/// What a user can do about a file that is not Postman's.
const HELP: &str = "a collection has `info` and a list `item`, an item has `request`; export the collection as \
                    \"Collection v2.1\"";

/// The refusal of a document that is none of Postman's.
pub(super) fn not_a_collection(root: Node<'_>) -> Diagnostic {
    let found = kind_of(root);
    Diagnostic::new(
        Code::POSTMAN_NOT_A_COLLECTION,
        format!("expected a Postman collection or item, found {found}"),
    )
    .at(root.origin())
    .help(HELP)
}

/// The refusal of a text that is no document and shows no item either.
pub(super) fn not_a_document(file: &SourceFile) -> Diagnostic {
    let found = file
        .looks_like()
        .unwrap_or("text that is neither JSON nor YAML");
    Diagnostic::new(
        Code::POSTMAN_NOT_A_COLLECTION,
        format!("expected a Postman collection or item, found {found}"),
    )
    .at(begin(file))
    .help(HELP)
}

/// Where a file begins, for findings about all of it.
pub(super) fn begin(file: &SourceFile) -> Origin {
    Origin {
        file: file.id,
        span: Span::new(0, 0),
    }
}

/// What a document is, for messages.
pub(super) fn kind_of(root: Node<'_>) -> &'static str {
    guess::document(root).unwrap_or(root.kind().with_article())
}

/// The refusal of variables without requests.
pub(super) fn environment_alone(root: Node<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::POSTMAN_ENVIRONMENT,
        "this is a Postman environment, not a collection",
    )
    .at(root.origin())
    .note("an environment holds values of variables and describes no operation")
    .help("give the collection that belongs to it, and the environment with `--environment`")
}

//! A JSON or YAML document as an arena of nodes, each with its place in the text and each scalar with its raw spelling.

pub mod compose;
pub mod json;
pub mod locate;
pub mod path;
pub mod yaml;

use crate::origin::{FileId, Origin, Pointer, Span};
use std::sync::Arc;

/// The limits that every document is held to. They keep hostile input from costing more than it weighs.
pub mod limit {
    /// What helps where a limit is met.
    pub const HELP: &str =
        "no description of an API needs that much: check that the file is one, or split it";
    /// Bytes of one input file.
    pub const INPUT_BYTES: usize = 64 << 20;
    /// Levels of nesting.
    pub const DEPTH: usize = 200;
    /// Nodes of one document.
    pub const NODES: usize = 20_000_000;
    /// Nodes that the aliases of a YAML document may add for each node of its own before them ...
    pub const ALIAS_NODES_EACH: usize = 10;
    /// ... and how many they may add in any case.
    pub const ALIAS_NODES: usize = 100_000;
    /// Bytes of text that the aliases of a YAML document may stand for.
    pub const ALIAS_BYTES: usize = 256 << 20;
}

/// Number of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// What a node is, in the terms of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`, or in YAML `~` or nothing.
    Null,
    /// `true` or `false`.
    Boolean,
    /// Any number; its spelling is kept.
    Number,
    /// Text.
    String,
    /// A list of nodes.
    Array,
    /// A list of named nodes in the order of the document.
    Object,
}

impl Kind {
    /// The word for messages, with its article: `an array`.
    pub fn with_article(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "a boolean",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }
}

/// A document. Nodes refer to its text, so it owns a share of it.
#[derive(Clone, Debug)]
pub struct Tree {
    file: FileId,
    text: Arc<str>,
    nodes: Vec<NodeData>,
    children: Vec<Child>,
    owned: Vec<Box<str>>,
    root: NodeId,
}

#[derive(Clone, Copy, Debug)]
struct NodeData {
    content: Content,
    span: Span,
    parent: Option<NodeId>,
}

#[derive(Clone, Copy, Debug)]
enum Content {
    Null(Text),
    Boolean(bool, Text),
    Number(Text),
    /// A number that JSON spells differently, such as `0o17`: its spelling, and the JSON in the list of owned texts.
    Converted(Text, u32),
    String(Text),
    Array(Children),
    Object(Children),
}

/// Text of a scalar or a key: a slice of the document, or a string that had to be unescaped.
#[derive(Clone, Copy, Debug)]
enum Text {
    Slice(Span),
    Owned(u32),
}

/// A run of the shared list of children.
#[derive(Clone, Copy, Debug)]
struct Children {
    start: u32,
    end: u32,
}

#[derive(Clone, Copy, Debug)]
struct Child {
    node: NodeId,
    /// Of objects: the name and where it stands.
    key: Option<(Text, Span)>,
}

impl Tree {
    /// The outermost node.
    pub fn root(&self) -> Node<'_> {
        self.node(self.root)
    }

    /// The file that the document was read from.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A tree has at least its root.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The node with a number that came from this tree.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { tree: self, id }
    }

    /// The innermost node whose text holds this offset, for turning an [`Origin`] back into a JSON pointer.
    pub fn innermost(&self, offset: u32) -> Node<'_> {
        let mut node = self.root();
        loop {
            let inner = node.children().iter().find_map(|child| {
                let candidate = self.node(child.node);
                let span = candidate.span();
                let from = child.key.map_or(span.start, |(_, key)| key.start);
                (from <= offset && offset < span.end.max(from + 1)).then_some(candidate)
            });
            match inner {
                Some(inner) => node = inner,
                None => return node,
            }
        }
    }

    fn data(&self, id: NodeId) -> NodeData {
        // A `NodeId` is only made by the reader that filled this very arena.
        const NOTHING: NodeData = NodeData {
            content: Content::Null(Text::Slice(Span { start: 0, end: 0 })),
            span: Span { start: 0, end: 0 },
            parent: None,
        };
        self.nodes.get(id.0 as usize).copied().unwrap_or(NOTHING)
    }

    fn resolve(&self, text: Text) -> &str {
        match text {
            Text::Slice(span) => self.text.get(span.range()).unwrap_or(""),
            Text::Owned(index) => self.owned.get(index as usize).map_or("", |s| s),
        }
    }
}

/// A node together with its tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: NodeId,
}

/// The name of an object's member, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Key<'t> {
    /// The name, unescaped.
    pub text: &'t str,
    /// Where it stands.
    pub origin: Origin,
}

impl<'t> Node<'t> {
    /// The node's number in its tree.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        match self.tree.data(self.id).content {
            Content::Null(_) => Kind::Null,
            Content::Boolean(..) => Kind::Boolean,
            Content::Number(_) | Content::Converted(..) => Kind::Number,
            Content::String(_) => Kind::String,
            Content::Array(_) => Kind::Array,
            Content::Object(_) => Kind::Object,
        }
    }

    /// Where it stands in the text.
    pub fn span(self) -> Span {
        self.tree.data(self.id).span
    }

    /// Where it stands, with the file.
    pub fn origin(self) -> Origin {
        Origin {
            file: self.tree.file,
            span: self.span(),
        }
    }

    /// The text of the document that it stands in, as people wrote it.
    pub fn raw(self) -> &'t str {
        self.tree.text.get(self.span().range()).unwrap_or_default()
    }

    /// The tree that it belongs to.
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// The text of a string; nothing for any other kind.
    pub fn as_str(self) -> Option<&'t str> {
        match self.tree.data(self.id).content {
            Content::String(text) => Some(self.tree.resolve(text)),
            _ => None,
        }
    }

    /// The spelling of any scalar: `1.10` stays `1.10`, and a string is its text.
    pub fn scalar(self) -> Option<&'t str> {
        match self.tree.data(self.id).content {
            Content::Null(text)
            | Content::Boolean(_, text)
            | Content::Number(text)
            | Content::Converted(text, _)
            | Content::String(text) => Some(self.tree.resolve(text)),
            Content::Array(_) | Content::Object(_) => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.tree.data(self.id).content {
            Content::Boolean(value, _) => Some(value),
            _ => None,
        }
    }

    /// The spelling of a number, as JSON spells it: YAML's `0o17` is `15`. [`Node::scalar`] gives the text as it stands.
    pub fn as_number(self) -> Option<&'t str> {
        match self.tree.data(self.id).content {
            Content::Number(text) => Some(self.tree.resolve(text)),
            Content::Converted(_, index) => Some(self.tree.resolve(Text::Owned(index))),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The elements of an array; none for any other kind.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Node<'t>> + ExactSizeIterator {
        let children = match self.tree.data(self.id).content {
            Content::Array(_) => self.children(),
            _ => &[],
        };
        children.iter().map(move |child| self.tree.node(child.node))
    }

    /// The members of an object in the order of the document; none for any other kind.
    pub fn entries(self) -> impl DoubleEndedIterator<Item = (Key<'t>, Node<'t>)> {
        let children = match self.tree.data(self.id).content {
            Content::Object(_) => self.children(),
            _ => &[],
        };
        children.iter().filter_map(move |child| {
            let (text, span) = child.key?;
            let key = Key {
                text: self.tree.resolve(text),
                origin: Origin {
                    file: self.tree.file,
                    span,
                },
            };
            Some((key, self.tree.node(child.node)))
        })
    }

    /// How many elements or members it has.
    pub fn len(self) -> usize {
        self.children().len()
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.children().is_empty()
    }

    /// A member of an object by name.
    pub fn get(self, name: &str) -> Option<Node<'t>> {
        self.entries()
            .find(|(key, _)| key.text == name)
            .map(|(_, node)| node)
    }

    /// The array or object that holds it.
    pub fn parent(self) -> Option<Node<'t>> {
        self.tree.data(self.id).parent.map(|id| self.tree.node(id))
    }

    /// The JSON pointer from the root to it.
    pub fn pointer(self) -> Pointer {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            let position = parent
                .children()
                .iter()
                .position(|child| child.node == node.id);
            steps.push((parent, position));
            node = parent;
        }
        let mut pointer = Pointer::default();
        for (parent, position) in steps.into_iter().rev() {
            let Some(position) = position else { continue };
            match parent.children().get(position).and_then(|child| child.key) {
                Some((text, _)) => pointer.push_key(self.tree.resolve(text)),
                None => pointer.push_index(position),
            }
        }
        pointer
    }

    /// The node as a `serde_json` value, for literals and examples. Numbers keep their value, not their spelling.
    pub fn to_json(self) -> serde_json::Value {
        match self.kind() {
            Kind::Null => serde_json::Value::Null,
            Kind::Boolean => self.as_bool().unwrap_or_default().into(),
            Kind::Number => {
                let text = self.as_number().unwrap_or_default();
                serde_json::from_str(text).unwrap_or_else(|_| text.into())
            }
            Kind::String => self.as_str().unwrap_or_default().into(),
            Kind::Array => self.items().map(Node::to_json).collect(),
            Kind::Object => self
                .entries()
                .map(|(key, node)| (key.text.to_owned(), node.to_json()))
                .collect(),
        }
    }

    fn children(self) -> &'t [Child] {
        match self.tree.data(self.id).content {
            Content::Array(run) | Content::Object(run) => self
                .tree
                .children
                .get(run.start as usize..run.end as usize)
                .unwrap_or(&[]),
            _ => &[],
        }
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind(), self.to_json())
    }
}

/// Fills a tree from the events of a reader: scalars, and arrays and objects that are opened and closed.
/// The readers of both formats use it, so that limits and duplicate keys are one piece of code.
pub(crate) struct Builder {
    tree: Tree,
    open: Vec<Open>,
    root: Option<NodeId>,
    /// The name that belongs to the next node, if an object is open.
    key: Option<(Text, Span)>,
}

struct Open {
    node: NodeId,
    object: bool,
    children: Vec<Child>,
}

/// Why a builder refused an event.
pub(crate) enum Refusal {
    /// Deeper than [`limit::DEPTH`].
    TooDeep,
    /// More nodes than [`limit::NODES`].
    TooLarge,
}

impl Builder {
    pub(crate) fn new(file: FileId, text: Arc<str>) -> Self {
        let tree = Tree {
            file,
            text,
            nodes: Vec::new(),
            children: Vec::new(),
            owned: Vec::new(),
            root: NodeId(0),
        };
        Builder {
            tree,
            open: Vec::new(),
            root: None,
            key: None,
        }
    }

    /// Whether the innermost open node is an object; `None` at the outside.
    pub(crate) fn in_object(&self) -> Option<bool> {
        self.open.last().map(|open| open.object)
    }

    /// Whether an object is open and its next event is a value, because the name has been given.
    pub(crate) fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// Gives the name of the next member. `unescaped` is given where the text in the document is not the name itself.
    pub(crate) fn key(&mut self, span: Span, slice: Span, unescaped: Option<String>) {
        let text = self.text(slice, unescaped);
        self.key = Some((text, span));
    }

    /// Adds `null`, a boolean, a number or a string. `slice` is its spelling without quotes.
    pub(crate) fn scalar(
        &mut self,
        kind: Kind,
        span: Span,
        slice: Span,
        unescaped: Option<String>,
    ) -> Result<(), Refusal> {
        let text = self.text(slice, unescaped);
        let content = match kind {
            Kind::Null => Content::Null(text),
            Kind::Boolean => {
                let spelling = self.tree.resolve(text);
                Content::Boolean(spelling.starts_with(['t', 'T']), text)
            }
            Kind::Number => match yaml::json_number(self.tree.resolve(text)) {
                Some(json) if json != self.tree.resolve(text) => {
                    self.tree.owned.push(json.into_boxed_str());
                    Content::Converted(text, (self.tree.owned.len() - 1) as u32)
                }
                _ => Content::Number(text),
            },
            _ => Content::String(text),
        };
        self.add(content, span).map(|_| ())
    }

    /// Opens an array or an object that begins at this offset.
    pub(crate) fn open(&mut self, object: bool, start: usize) -> Result<(), Refusal> {
        if self.open.len() >= limit::DEPTH {
            return Err(Refusal::TooDeep);
        }
        let empty = Children { start: 0, end: 0 };
        let content = if object {
            Content::Object(empty)
        } else {
            Content::Array(empty)
        };
        let node = self.add(content, Span::new(start, start))?;
        self.open.push(Open {
            node,
            object,
            children: Vec::new(),
        });
        Ok(())
    }

    /// Closes the innermost open node, which ends at this offset. Answers the pairs of places of names that stand twice.
    pub(crate) fn close(&mut self, end: usize) -> Vec<(String, Span, Span)> {
        let Some(mut open) = self.open.pop() else {
            return Vec::new();
        };
        let duplicates = if open.object {
            self.duplicates(&mut open.children)
        } else {
            Vec::new()
        };
        let start = self.tree.children.len() as u32;
        self.tree.children.append(&mut open.children);
        let run = Children {
            start,
            end: self.tree.children.len() as u32,
        };
        if let Some(data) = self.tree.nodes.get_mut(open.node.0 as usize) {
            data.content = if open.object {
                Content::Object(run)
            } else {
                Content::Array(run)
            };
            data.span = Span::new(data.span.start as usize, end);
        }
        duplicates
    }

    /// The finished tree, or nothing if no node was added.
    pub(crate) fn finish(mut self) -> Option<Tree> {
        self.tree.root = self.root?;
        Some(self.tree)
    }

    /// Names that stand twice. The later one stays, so that a caller who tolerates it reads what most readers read.
    fn duplicates(&self, children: &mut Vec<Child>) -> Vec<(String, Span, Span)> {
        let mut names: Vec<(&str, usize, Span)> = children
            .iter()
            .enumerate()
            .filter_map(|(index, child)| {
                child
                    .key
                    .map(|(text, span)| (self.tree.resolve(text), index, span))
            })
            .collect();
        names.sort();
        let mut found = Vec::new();
        let mut dropped = Vec::new();
        for pair in names.windows(2) {
            if let [(a, index, first), (b, _, second)] = pair
                && a == b
            {
                found.push(((*a).to_owned(), *first, *second));
                dropped.push(*index);
            }
        }
        if !dropped.is_empty() {
            dropped.sort_unstable();
            let mut index = 0;
            children.retain(|_| {
                index += 1;
                dropped.binary_search(&(index - 1)).is_err()
            });
            found.sort_by_key(|(_, first, second)| (*second, *first));
        }
        found
    }

    fn text(&mut self, slice: Span, unescaped: Option<String>) -> Text {
        match unescaped {
            None => Text::Slice(slice),
            Some(string) => {
                self.tree.owned.push(string.into_boxed_str());
                Text::Owned((self.tree.owned.len() - 1) as u32)
            }
        }
    }

    fn add(&mut self, content: Content, span: Span) -> Result<NodeId, Refusal> {
        if self.tree.nodes.len() >= limit::NODES {
            return Err(Refusal::TooLarge);
        }
        let id = NodeId(self.tree.nodes.len() as u32);
        let parent = self.open.last().map(|open| open.node);
        self.tree.nodes.push(NodeData {
            content,
            span,
            parent,
        });
        let key = self.key.take();
        match self.open.last_mut() {
            Some(open) => open.children.push(Child { node: id, key }),
            None => self.root = self.root.or(Some(id)),
        }
        Ok(id)
    }
}

//! Nodes of a document to a tree of another structure: each node keeps its place, so that findings point at what people wrote.

use super::{Builder, Content, Key, Kind, Node, Text, Tree};
use crate::origin::Span;

/// Builds a tree over the text of another one. What is added is copied from it, or made up in a place of it.
pub struct Composer {
    builder: Builder,
    /// Whether a limit was met: then there is no tree.
    refused: bool,
}

impl Composer {
    /// A tree over the same text.
    pub fn new(tree: &Tree) -> Self {
        Composer {
            builder: Builder::new(tree.file, tree.text.clone()),
            refused: false,
        }
    }

    /// Opens an object that stands in the place of a node.
    pub fn open_object(&mut self, place: Node<'_>) {
        self.open(true, place);
    }

    /// Opens an array that stands in the place of a node.
    pub fn open_array(&mut self, place: Node<'_>) {
        self.open(false, place);
    }

    fn open(&mut self, object: bool, place: Node<'_>) {
        let start = place.span().start as usize;
        self.refused |= self.builder.open(object, start).is_err();
    }

    /// Closes what was opened last and stands in the place of this node. A name that stands twice counts once, the
    /// later one.
    pub fn close(&mut self, place: Node<'_>) {
        self.builder.close(place.span().end as usize);
    }

    /// Names the next member.
    pub fn key(&mut self, name: &str, place: Node<'_>) {
        let span = place.span();
        self.builder
            .key(span, Span::default(), Some(name.to_owned()));
    }

    /// Names the next member as another one is, in its place.
    pub fn key_of(&mut self, key: Key<'_>) {
        self.builder
            .key(key.origin.span, Span::default(), Some(key.text.to_owned()));
    }

    /// Adds text in the place of a node.
    pub fn text(&mut self, text: &str, place: Node<'_>) {
        self.scalar(Kind::String, text, place);
    }

    /// Adds `true` or `false` in the place of a node.
    pub fn boolean(&mut self, value: bool, place: Node<'_>) {
        let text = if value { "true" } else { "false" };
        self.scalar(Kind::Boolean, text, place);
    }

    fn scalar(&mut self, kind: Kind, text: &str, place: Node<'_>) {
        let added = self
            .builder
            .scalar(kind, place.span(), Span::default(), Some(text.to_owned()));
        self.refused |= added.is_err();
    }

    /// Adds a copy of a node with all that is in it. The depth of trees bounds the recursion.
    pub fn copy(&mut self, node: Node<'_>) {
        match node.kind() {
            Kind::Array => {
                self.open_array(node);
                node.items().for_each(|item| self.copy(item));
                self.close(node);
            }
            Kind::Object => {
                self.open_object(node);
                for (key, value) in node.entries() {
                    self.key_of(key);
                    self.copy(value);
                }
                self.close(node);
            }
            kind => {
                // A slice of the text stays one; what had to be unescaped is copied.
                let (slice, owned) = match node.tree.data(node.id).content {
                    Content::Null(Text::Slice(slice))
                    | Content::Boolean(_, Text::Slice(slice))
                    | Content::Number(Text::Slice(slice))
                    | Content::Converted(Text::Slice(slice), _)
                    | Content::String(Text::Slice(slice)) => (slice, None),
                    _ => (Span::default(), node.scalar().map(str::to_owned)),
                };
                let added = self.builder.scalar(kind, node.span(), slice, owned);
                self.refused |= added.is_err();
            }
        }
    }

    /// Adds a copy of a node of another document, all of it in the place of one node of this document. The depth of
    /// trees bounds the recursion.
    pub fn graft(&mut self, node: Node<'_>, place: Node<'_>) {
        match node.kind() {
            Kind::Array => {
                self.open_array(place);
                node.items().for_each(|item| self.graft(item, place));
                self.close(place);
            }
            Kind::Object => {
                self.open_object(place);
                for (key, value) in node.entries() {
                    self.key(key.text, place);
                    self.graft(value, place);
                }
                self.close(place);
            }
            kind => self.scalar(kind, node.scalar().unwrap_or_default(), place),
        }
    }

    /// Adds a copied member.
    pub fn member(&mut self, name: &str, node: Node<'_>) {
        self.key(name, node);
        self.copy(node);
    }

    /// Adds a member that is text.
    pub fn member_text(&mut self, name: &str, text: &str, place: Node<'_>) {
        self.key(name, place);
        self.text(text, place);
    }

    /// The finished tree; nothing if nothing was added, or more than the limits allow.
    pub fn finish(self) -> Option<Tree> {
        if self.refused {
            return None;
        }
        self.builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Composer;
    use crate::origin::FileId;
    use crate::tree::json::{self, Dialect};

    #[test]
    fn copies_keep_their_places_and_spellings() {
        let text = r#"{"a": [1.10, "x\n", null, {"é": true}], "b": "plain"}"#.into();
        let tree = json::parse(FileId(3), &text, Dialect::Strict).expect("JSON");
        let root = tree.root();
        let mut composer = Composer::new(&tree);
        composer.open_object(root);
        composer.member("inner", root);
        composer.member_text("kind", "made up", root.get("b").expect("b"));
        composer.close(root);
        let composed = composer.finish().expect("a tree");
        let inner = composed.root().get("inner").expect("inner");
        assert_eq!(inner.to_json(), root.to_json());
        let (a, b) = (root.get("a").expect("a"), inner.get("a").expect("a"));
        for (old, new) in a.items().zip(b.items()) {
            assert_eq!((old.origin(), old.scalar()), (new.origin(), new.scalar()));
        }
        let kind = composed.root().get("kind").expect("kind");
        assert_eq!(kind.as_str(), Some("made up"));
        assert_eq!(kind.raw(), "\"plain\"");
    }
}

//! Members of a node by the kind that the format asks for; anything else is reported and read as if it were absent.

use super::Lowering;
use super::dialect;
use super::finding::Remark;
use super::reference::reference;
use crate::diagnostic::Code;
use crate::tree::{Kind, Node};

const WRONG_TYPE: Remark = Remark {
    code: Code::OPENAPI_WRONG_TYPE,
    many: "members have another type than the format says",
    note: "they are read as if they were not there",
    help: "write what the format asks for there",
};

impl<'a> Lowering<'a, '_> {
    /// A member that should be text. Numbers and booleans are taken as they are spelled.
    pub(super) fn text(&mut self, node: Node<'a>, name: &str) -> Option<&'a str> {
        let member = node.get(name)?;
        match member.kind() {
            Kind::Null => None,
            Kind::Array | Kind::Object => {
                self.wrong_type(member, name, "a string");
                None
            }
            _ => member.scalar(),
        }
    }

    /// Text for people. What stands in a file beside the description is read from there.
    pub(super) fn prose(&mut self, node: Node<'a>, name: &str) -> Option<String> {
        let member = node.get(name)?;
        let text = match reference(member) {
            Some(_) => self.page(member)?,
            None => self.text(node, name)?,
        };
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The text of a file that a `$ref` names.
    fn page(&mut self, node: Node<'a>) -> Option<&'a str> {
        let url = reference(node)?;
        let file = self.references.file(node.tree().file())?;
        match file.links.get(url) {
            Some(crate::source::Link::File(id)) => {
                let file = self.references.file(*id)?;
                Some(&file.text)
            }
            _ => self.follow(node)?.node.scalar(),
        }
    }

    /// A member that should be an object; null counts as absent.
    pub(super) fn object(&mut self, node: Node<'a>, name: &str) -> Option<Node<'a>> {
        let member = self.references.member(node, name)?;
        self.as_object(member, name)
    }

    /// A node that should be an object; null counts as absent.
    pub(super) fn as_object(&mut self, node: Node<'a>, name: &str) -> Option<Node<'a>> {
        match node.kind() {
            Kind::Object => Some(node),
            Kind::Null => None,
            _ => {
                self.wrong_type(node, name, "an object");
                None
            }
        }
    }

    /// The elements of a member that should be an array.
    pub(super) fn list(&mut self, node: Node<'a>, name: &str) -> Vec<Node<'a>> {
        let Some(member) = node.get(name) else {
            return Vec::new();
        };
        match member.kind() {
            Kind::Array => member.items().collect(),
            Kind::Null => Vec::new(),
            _ => {
                self.wrong_type(member, name, "an array");
                Vec::new()
            }
        }
    }

    /// A member that should be `true` or `false`; absent it is `false`.
    pub(super) fn flag(&mut self, node: Node<'a>, name: &str) -> bool {
        let Some(member) = node.get(name).filter(|member| !member.is_null()) else {
            return false;
        };
        dialect::boolean(member).unwrap_or_else(|| {
            self.wrong_type(member, name, "a boolean");
            false
        })
    }

    /// Says that something has another type than it should.
    pub(super) fn wrong_type(&mut self, node: Node<'a>, name: &str, expected: &str) {
        let found = node.kind().with_article();
        let around = match self.operation.as_str() {
            "" => String::new(),
            operation => format!("`{operation}`: "),
        };
        self.findings.add(WRONG_TYPE, node.origin(), || {
            format!("{around}`{name}` should be {expected} and is {found}")
        });
    }
}

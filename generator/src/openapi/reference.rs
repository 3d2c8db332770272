//! `$ref` to the node it means: pointers, anchors and identifiers, in this document or in a file beside it, without recursion.

mod text;

pub(super) use text::{component_name, percent_decoded};

use super::Lowering;
use super::finding::Remark;
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::FileId;
use crate::source::{Link, SourceFile};
use crate::tree::{Kind, Node, NodeId};
use std::collections::{HashMap, HashSet};
use text::{join, split, unescaped};

/// A node's identity in a run.
pub(super) type Place = (FileId, NodeId);

/// Objects with at least as many members are looked up by an index.
const INDEXED: usize = 24;
/// How often a pointer may lead through another reference.
const THROUGH: usize = 8;
/// How many steps of a circle are named.
const NAMED: usize = 8;

const LOOSE: Remark = Remark {
    code: Code::OPENAPI_LOOSE_REFERENCE,
    many: "references are spelled so that other readers find nothing",
    note: "they are read as what they must mean",
    help: "write a pointer that begins with `#/`, from the outermost level of the document that has the target",
};

/// The documents of a run, and what was looked up in them.
pub(super) struct References<'a> {
    files: Vec<&'a SourceFile>,
    /// The description itself: files that it refers to refer to what is in it as if it stood in them.
    document: Node<'a>,
    members: HashMap<Place, HashMap<&'a str, Node<'a>>>,
    targets: HashMap<(FileId, Option<NodeId>, &'a str), Option<Node<'a>>>,
    /// By absolute identifier, what has it.
    identified: HashMap<String, Node<'a>>,
    /// By the resource that it belongs to and its name, what has an anchor.
    anchored: HashMap<(Place, &'a str), Node<'a>>,
    /// Files in which a schema has an identifier of its own.
    with_identifiers: HashSet<FileId>,
    /// References that were reported.
    reported: HashSet<(FileId, &'a str)>,
    /// Where the chain that begins at a place ends, and the name there.
    ends: HashMap<Place, Option<(Node<'a>, Option<&'a str>)>>,
}

/// Where a chain of references ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a> {
    /// What is no reference any more.
    pub node: Node<'a>,
    /// The last step of the last reference: the name of a component.
    pub name: Option<&'a str>,
    /// `summary` and `description` beside the first reference that has one (OpenAPI 3.1 §4.8.23).
    pub description: Option<Node<'a>>,
}

/// What a reference means.
#[derive(Clone, Copy)]
struct Found<'a> {
    node: Node<'a>,
    /// Whether it is spelled so that other readers find nothing.
    loose: bool,
}

/// Why a reference leads nowhere.
struct Fault {
    code: Code,
    message: String,
    help: String,
}

/// What is not there cannot be read; what refers to it can.
const LOSS: &str = "a schema that is missing is any value; anything else is left out";

impl<'a> References<'a> {
    pub(super) fn new(files: &[&'a SourceFile], document: Node<'a>) -> Self {
        let mut references = References {
            files: files.to_vec(),
            document,
            members: HashMap::new(),
            targets: HashMap::new(),
            identified: HashMap::new(),
            anchored: HashMap::new(),
            with_identifiers: HashSet::new(),
            reported: HashSet::new(),
            ends: HashMap::new(),
        };
        for file in files {
            let spelled = ["$id", "$anchor", "$dynamicAnchor", "\"id\""];
            if let Some(tree) = &file.tree
                && spelled.iter().any(|name| file.text.contains(name))
            {
                references.index(tree.root());
            }
        }
        references
    }

    /// Finds identifiers and anchors in a document.
    fn index(&mut self, root: Node<'a>) {
        let mut open = vec![(root, root, String::new())];
        while let Some((node, mut resource, mut base)) = open.pop() {
            if node.kind() == Kind::Object {
                let text = |name: &str| node.get(name).and_then(Node::as_str);
                // A property may be called `$id`; its value is a schema then, and no text.
                if let Some(id) = text("$id").filter(|id| !id.is_empty()) {
                    let absolute = join(&base, id);
                    let (absolute, fragment) = split(&absolute);
                    if fragment.is_empty() {
                        base = absolute.to_owned();
                        resource = node;
                        self.with_identifiers.insert(node.tree().file());
                        self.identified.entry(base.clone()).or_insert(node);
                    }
                }
                for name in ["$anchor", "$dynamicAnchor"] {
                    if let Some(anchor) = text(name) {
                        let place = (resource.tree().file(), resource.id());
                        self.anchored.entry((place, anchor)).or_insert(node);
                    }
                }
            }
            let values = node.entries().map(|(_, value)| value).chain(node.items());
            for value in values {
                if matches!(value.kind(), Kind::Object | Kind::Array) {
                    open.push((value, resource, base.clone()));
                }
            }
        }
    }

    /// The file with a number.
    pub(super) fn file(&self, id: FileId) -> Option<&'a SourceFile> {
        self.files.iter().copied().find(|file| file.id == id)
    }

    /// A member of an object, by an index where the object is large.
    pub(super) fn member(&mut self, node: Node<'a>, name: &str) -> Option<Node<'a>> {
        if node.len() < INDEXED {
            return node.get(name);
        }
        let place = (node.tree().file(), node.id());
        let index = self.members.entry(place).or_insert_with(|| {
            let entries = node.entries();
            entries.map(|(key, value)| (key.text, value)).collect()
        });
        index.get(name).copied()
    }

    /// The schema with an identifier around a node, and the identifier.
    fn resource(&self, node: Node<'a>) -> Option<(Node<'a>, String)> {
        if !self.with_identifiers.contains(&node.tree().file()) {
            return None;
        }
        let mut ids = Vec::new();
        let mut nearest = None;
        let mut next = Some(node);
        while let Some(node) = next {
            let id = node.get("$id").and_then(Node::as_str);
            if let Some(id) = id.filter(|id| !id.is_empty() && !id.starts_with('#')) {
                nearest = nearest.or(Some(node));
                ids.push(id);
            }
            next = node.parent();
        }
        let base = ids
            .iter()
            .rev()
            .fold(String::new(), |base, id| join(&base, id));
        nearest.map(|node| (node, base))
    }

    /// What a reference means that stands in a node.
    fn resolve(&mut self, at: Node<'a>, text: &'a str, depth: usize) -> Result<Found<'a>, Fault> {
        let file = at.tree().file();
        let resource = self.resource(at);
        let (url, fragment) = split(text);
        let base = resource
            .as_ref()
            .map(|(_, base)| base.as_str())
            .unwrap_or_default();
        let exact = |node| Found { node, loose: false };
        let root = if url.is_empty() {
            resource
                .as_ref()
                .map_or_else(|| at.tree().root(), |(node, _)| *node)
        } else if let Some(node) = self
            .identified
            .get(&join(base, url))
            .or_else(|| self.identified.get(url))
        {
            *node
        } else {
            match self.linked(file, url) {
                Ok(root) => root,
                Err(fault) => return self.by_name(at, text).map(exact).ok_or(fault),
            }
        };
        let fault = match self.fragment(root, fragment, text, depth) {
            Ok(node) => return Ok(exact(node)),
            Err(fault) => fault,
        };
        // A pointer from the outermost level, although an identifier stands around it.
        if url.is_empty() && resource.is_some() {
            let outer = at.tree().root();
            if let Ok(node) = self.fragment(outer, fragment, text, depth) {
                return Ok(exact(node));
            }
        }
        let mut tries = Vec::new();
        if !fragment.starts_with('/') {
            tries.push((root, format!("/{fragment}")));
        }
        if url.is_empty() && file != self.document.tree().file() {
            tries.push((self.document, fragment.to_owned()));
        }
        for (root, fragment) in tries {
            if let Ok(node) = self.fragment(root, &fragment, text, depth) {
                return Ok(Found { node, loose: true });
            }
        }
        Err(fault)
    }

    /// A bare name, as early documents refer to their definitions.
    fn by_name(&mut self, at: Node<'a>, text: &str) -> Option<Node<'a>> {
        let bare = !text.contains(['/', '#', '.', ':']);
        let root = at.tree().root();
        let definitions = match root.get("components").and_then(|all| all.get("schemas")) {
            Some(schemas) => Some(schemas),
            None => root.get("definitions"),
        };
        bare.then(|| self.member(definitions?, text)).flatten()
    }

    fn linked(&self, file: FileId, url: &str) -> Result<Node<'a>, Fault> {
        let source = self.file(file);
        let link = source.and_then(|source| source.links.get(url));
        match link {
            Some(Link::File(id)) => match self.file(*id).and_then(|file| file.tree.as_ref()) {
                Some(tree) => Ok(tree.root()),
                None => Err(Fault {
                    code: Code::OPENAPI_REFERENCE,
                    message: format!("`{url}` is no JSON and no YAML"),
                    help: "refer to a document".to_owned(),
                }),
            },
            Some(Link::Refused {
                code,
                message,
                help,
            }) => Err(Fault {
                code: *code,
                message: message.clone(),
                help: help.clone(),
            }),
            None => Err(Fault {
                code: Code::OPENAPI_REFERENCE,
                message: format!("`{url}` was not read"),
                help: "refer to a file below the folder of the description".to_owned(),
            }),
        }
    }

    fn fragment(
        &mut self,
        root: Node<'a>,
        fragment: &str,
        whole: &str,
        depth: usize,
    ) -> Result<Node<'a>, Fault> {
        if fragment.is_empty() || fragment == "/" {
            return Ok(root);
        }
        if !fragment.starts_with('/') {
            let place = (root.tree().file(), root.id());
            if let Some(node) = self.anchored.get(&(place, fragment)) {
                return Ok(*node);
            }
            return self.by_name(root, fragment).ok_or_else(|| Fault {
                code: Code::OPENAPI_MISSING_DEFINITION,
                message: format!("`{whole}` names no anchor of the document"),
                help: "add `$anchor`, or refer by a pointer such as `#/components/schemas/User`"
                    .to_owned(),
            });
        }
        let mut node = root;
        for raw in fragment.split('/').skip(1) {
            let decoded = percent_decoded(raw);
            let step = unescaped(&decoded);
            let mut found = self
                .step(node, &step)
                .or_else(|| self.step(node, &unescaped(raw)));
            // A pointer may lead through a place that is itself a reference.
            if found.is_none()
                && depth < THROUGH
                && let Some(text) = node.get("$ref").and_then(Node::as_str)
            {
                let through = self.resolve(node, text, depth + 1)?.node;
                found = self.step(through, &step);
            }
            match found {
                Some(inner) => node = inner,
                None => {
                    let pointer = node.pointer();
                    let inside = match pointer.as_str() {
                        "" => "the document".to_owned(),
                        pointer => format!("`{pointer}`"),
                    };
                    return Err(Fault {
                        code: Code::OPENAPI_MISSING_DEFINITION,
                        message: format!("`{whole}` leads nowhere: {inside} has no `{step}`"),
                        help: self.near(node, &step),
                    });
                }
            }
        }
        Ok(node)
    }

    fn step(&mut self, node: Node<'a>, step: &str) -> Option<Node<'a>> {
        match node.kind() {
            Kind::Array => {
                let index: usize = step.parse().ok()?;
                node.items().nth(index)
            }
            _ => self.member(node, step),
        }
    }

    /// What is called almost like it.
    fn near(&self, node: Node<'a>, step: &str) -> String {
        let folded = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let wanted = folded(step);
        let close = |name: &str| {
            let name = folded(name);
            name == wanted || name.trim_end_matches('s') == wanted.trim_end_matches('s')
        };
        match node.entries().find(|(key, _)| close(key.text)) {
            Some((key, _)) => format!("there is `{}`", key.text),
            None => "correct the reference, or add what it means".to_owned(),
        }
    }
}

impl<'a> Lowering<'a, '_> {
    /// The node that a reference means, one step; what leads nowhere is reported once.
    pub(super) fn refer(&mut self, at: Node<'a>, text: &'a str) -> Option<Node<'a>> {
        let file = at.tree().file();
        let resource = self.references.resource(at).map(|(node, _)| node.id());
        let key = (file, resource, text);
        if let Some(known) = self.references.targets.get(&key) {
            return *known;
        }
        let target = match self.references.resolve(at, text, 0) {
            Ok(found) => {
                if found.loose {
                    let place = at.get("$ref").unwrap_or(at);
                    self.findings.add(LOOSE, place.origin(), || {
                        format!("`{text}` is spelled so that other readers find nothing")
                    });
                }
                Some(found.node)
            }
            Err(fault) => {
                if self.references.reported.insert((file, text)) {
                    let place = at.get("$ref").unwrap_or(at);
                    let mut diagnostic = Diagnostic::new(fault.code, fault.message);
                    if fault.code == Code::OPENAPI_MISSING_DEFINITION {
                        diagnostic = diagnostic.note(LOSS);
                    }
                    self.diagnostics
                        .push(diagnostic.at(place.origin()).help(fault.help));
                }
                None
            }
        };
        self.references.targets.insert(key, target);
        target
    }

    /// Follows references until something that is none. A circle is an error that names it.
    pub(super) fn follow(&mut self, node: Node<'a>) -> Option<Target<'a>> {
        let mut target = Target {
            node,
            name: None,
            description: None,
        };
        let mut seen: Vec<(Place, &'a str)> = Vec::new();
        let mut places = HashSet::new();
        let end = loop {
            let Some(text) = reference(target.node) else {
                break Some((target.node, target.name));
            };
            let place = (target.node.tree().file(), target.node.id());
            target.description = target.description.or(target.node.get("description"));
            if let Some(known) = self.references.ends.get(&place) {
                break known.map(|(node, name)| (node, name.or(target.name)));
            }
            if !places.insert(place) {
                let circle = seen.iter().position(|(known, _)| *known == place);
                let circle = seen.get(circle.unwrap_or_default()..);
                self.report_circle(node, circle.unwrap_or_default());
                break None;
            }
            seen.push((place, text));
            match self.refer(target.node, text) {
                Some(next) => target.node = next,
                None => break None,
            }
            target.name = component_name(text).or(target.name);
        };
        // Whoever enters the chain elsewhere need not walk it again.
        for (place, _) in seen {
            self.references.ends.insert(place, end);
        }
        let (node, name) = end?;
        Some(Target {
            node,
            name,
            description: target.description,
        })
    }

    fn report_circle(&mut self, node: Node<'a>, seen: &[(Place, &'a str)]) {
        let mut steps: Vec<&str> = seen.iter().map(|(_, text)| *text).collect();
        // The circle is the same wherever it is entered; it is told from its smallest step.
        if let Some(at) = (0..steps.len()).min_by_key(|at| steps.get(*at)) {
            steps.rotate_left(at);
        }
        let first = steps.first().copied().unwrap_or_default();
        if !self.references.reported.insert((node.tree().file(), first)) {
            return;
        }
        let more = steps.len().saturating_sub(NAMED);
        let mut named: Vec<String> = steps
            .iter()
            .take(NAMED)
            .map(|step| format!("`{step}`"))
            .collect();
        if more > 0 {
            named.push(format!("{more} more"));
        }
        named.push(format!("`{first}`"));
        let message = format!("references go in a circle: {}", named.join(" → "));
        self.diagnostics.push(
            Diagnostic::new(Code::OPENAPI_CYCLE, message)
                .at(node.get("$ref").unwrap_or(node).origin())
                .help("let one of them say what it is"),
        );
    }
}

/// The text of a reference, if a node is one.
pub(super) fn reference(node: Node<'_>) -> Option<&str> {
    if node.kind() != Kind::Object {
        return None;
    }
    node.get("$ref").and_then(Node::as_str)
}

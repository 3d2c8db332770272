//! The files of a collection of format version 3, a folder of YAML, to items and examples in the structure of version 2.1.

use super::container::kind_of;
use super::item::{Found, Place};
use super::{Lowering, entry};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Skipped;
use crate::source::{Role, SourceFile};
use crate::tree::compose::Composer;
use crate::tree::{Kind, Node, Tree};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a file of such a folder is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'f> {
    /// Facts about the folder that it lies in.
    Definition,
    /// A request of this name.
    Request(&'f str),
    /// An example of this name.
    Example(&'f str),
}

/// A file that was read.
pub(super) struct Piece {
    /// The folder that it lies in, below the folder of the collection, with slashes.
    folder: String,
    kind: PieceKind,
    tree: Tree,
}

enum PieceKind {
    Definition,
    /// The folders that its examples lie in.
    Request(Vec<String>),
    Example,
}

fn part(name: &str) -> Option<Part<'_>> {
    let stem = name
        .strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"))?;
    if stem == "definition" {
        return Some(Part::Definition);
    }
    let request = stem.strip_suffix(".request").map(Part::Request);
    request.or_else(|| stem.strip_suffix(".example").map(Part::Example))
}

impl Lowering<'_> {
    /// Reads the files of a folder, each to the node of version 2.1 that it stands for.
    pub(super) fn read_pieces(&mut self, files: &[&SourceFile]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for file in files {
            let relative = match &file.role {
                Role::Part(folder) => file.path.strip_prefix(folder.as_str()),
                _ => None,
            };
            let relative = relative.unwrap_or(&file.path).trim_start_matches('/');
            let (folder, name) = relative.rsplit_once('/').unwrap_or(("", relative));
            let (Some(part), Some(tree)) = (part(name), &file.tree) else {
                continue;
            };
            let root = tree.root();
            let kind = root.get("$kind").and_then(Node::as_str);
            let expected = match part {
                Part::Definition => "collection",
                Part::Request(_) => "http-request",
                Part::Example(_) => "http-example",
            };
            if root.kind() != Kind::Object || kind.is_some_and(|kind| kind != expected) {
                self.refuse_piece(file, part, root, kind);
                continue;
            }
            let mut composer = Composer::new(tree);
            let kind = match part {
                Part::Definition => {
                    definition(&mut composer, root);
                    PieceKind::Definition
                }
                Part::Request(stem) => {
                    item(&mut composer, root, stem);
                    let own = join(folder, &format!(".resources/{stem}.resources/examples"));
                    let named = root.get("examples").and_then(Node::as_str);
                    let named = named.map(|path| join(folder, path));
                    let mut folders = vec![own];
                    folders.extend(named.filter(|named| !folders.contains(named)));
                    PieceKind::Request(folders)
                }
                Part::Example(stem) => {
                    example(&mut composer, root, stem);
                    PieceKind::Example
                }
            };
            let Some(tree) = composer.finish() else {
                continue;
            };
            let folder = match kind {
                // It lies in a folder of its own below the one that it is about.
                PieceKind::Definition => folder
                    .strip_suffix(".resources")
                    .unwrap_or(folder)
                    .trim_end_matches('/'),
                _ => folder,
            };
            pieces.push(Piece {
                folder: folder.to_owned(),
                kind,
                tree,
            });
        }
        pieces
    }

    fn refuse_piece(
        &mut self,
        file: &SourceFile,
        part: Part<'_>,
        root: Node<'_>,
        kind: Option<&str>,
    ) {
        let found = kind.map_or(kind_of(root).to_owned(), |kind| format!("`{kind}`"));
        let diagnostic = Diagnostic::new(
            Code::POSTMAN_OTHER_PROTOCOL,
            format!("`{}`: {found} is not read", file.path),
        )
        .at(root.get("$kind").unwrap_or(root).origin())
        .note("only requests over HTTP, their examples and the definitions of collections are")
        .help("remove the file, or keep it: nothing is generated for it");
        self.diagnostics.push(diagnostic);
        if let Part::Request(stem) = part {
            self.model.skipped.push(Skipped {
                operation: stem.to_owned(),
                code: Code::POSTMAN_OTHER_PROTOCOL.as_str(),
                origin: root.origin(),
            });
        }
    }

    /// Gathers the items of a folder, each in its place.
    pub(super) fn gather_pieces<'t>(&mut self, pieces: &'t [Piece], found: &mut Vec<Found<'t>>) {
        let mut definitions = BTreeMap::new();
        let mut examples: BTreeMap<&str, Vec<Node<'t>>> = BTreeMap::new();
        for piece in pieces {
            let root = piece.tree.root();
            match piece.kind {
                PieceKind::Definition => drop(definitions.insert(piece.folder.as_str(), root)),
                PieceKind::Example => examples.entry(&piece.folder).or_default().push(root),
                PieceKind::Request(_) => {}
            }
        }
        let base = base(pieces);
        if let Some(root) = definitions.get(base) {
            self.lower_info(Some(*root));
        }
        let mut places: BTreeMap<&str, Rc<Place>> = BTreeMap::new();
        for piece in pieces {
            let PieceKind::Request(folders) = &piece.kind else {
                continue;
            };
            let place = self.place(&piece.folder, base, &definitions, &mut places);
            let saved = folders
                .iter()
                .filter_map(|folder| examples.get(folder.as_str()))
                .flatten()
                .copied()
                .collect();
            found.push(Found::new(piece.tree.root(), place, saved));
        }
    }

    /// What the folders from the collection's own down to this one say.
    fn place<'t>(
        &mut self,
        folder: &'t str,
        base: &str,
        definitions: &BTreeMap<&str, Node<'t>>,
        places: &mut BTreeMap<&'t str, Rc<Place>>,
    ) -> Rc<Place> {
        let mut ends: Vec<usize> = folder.match_indices('/').map(|(at, _)| at).collect();
        ends.push(folder.len());
        ends.retain(|end| *end > base.len());
        let mut known = Rc::new(self.outside());
        for end in std::iter::once(base.len()).chain(ends) {
            let path = folder.get(..end).unwrap_or(folder);
            if let Some(place) = places.get(path) {
                known = Rc::clone(place);
                continue;
            }
            let node = definitions.get(path).copied();
            let last = path.rsplit('/').next().unwrap_or(path);
            let named = node
                .and_then(|node| node.get("name")?.as_str())
                .and_then(entry::clean);
            let name = (end > base.len()).then(|| named.unwrap_or_else(|| last.to_owned()));
            known = Rc::new(self.enter(node, &known, name));
            places.insert(path, Rc::clone(&known));
        }
        known
    }
}

/// The innermost folder that all definitions and requests lie in: the collection's own.
fn base(pieces: &[Piece]) -> &str {
    let mut folders = pieces
        .iter()
        .filter(|piece| !matches!(piece.kind, PieceKind::Example))
        .map(|piece| piece.folder.as_str());
    let Some(first) = folders.next() else {
        return "";
    };
    folders.fold(first, |common, folder| {
        let mut common = common;
        // A path leads into itself, and no other path with the same beginning.
        while !common.is_empty()
            && !folder
                .strip_prefix(common)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        {
            common = common.rsplit_once('/').map_or("", |(front, _)| front);
        }
        common
    })
}

/// A path from a folder, with the steps `.` and `..` taken.
fn join(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn given<'t>(node: Node<'t>, names: &[&str]) -> Option<Node<'t>> {
    names
        .iter()
        .find_map(|name| node.get(name).filter(|member| !member.is_null()))
}

fn members(composer: &mut Composer, node: Node<'_>, names: &[(&str, &[&str])]) {
    for (name, spellings) in names {
        if let Some(member) = given(node, spellings) {
            composer.member(name, member);
        }
    }
}

fn definition(composer: &mut Composer, root: Node<'_>) {
    composer.open_object(root);
    let names: [(&str, &[&str]); 4] = [
        ("name", &["name"]),
        ("version", &["version"]),
        ("description", &["description"]),
        ("variable", &["variables", "variable"]),
    ];
    members(composer, root, &names);
    auth(composer, root);
    composer.close(root);
}

fn item(composer: &mut Composer, root: Node<'_>, stem: &str) {
    composer.open_object(root);
    match given(root, &["name"]) {
        Some(name) => composer.member("name", name),
        None => composer.member_text("name", stem, root),
    }
    let names: [(&str, &[&str]); 2] = [
        (
            "protocolProfileBehavior",
            &["protocolProfileBehavior", "settings"],
        ),
        ("variable", &["variables"]),
    ];
    members(composer, root, &names);
    composer.key("request", root);
    request(composer, root);
    composer.close(root);
}

fn request(composer: &mut Composer, node: Node<'_>) {
    composer.open_object(node);
    let names: [(&str, &[&str]); 3] = [
        ("method", &["method"]),
        ("header", &["headers", "header"]),
        ("description", &["description"]),
    ];
    members(composer, node, &names);
    if let Some(url) = given(node, &["url"]) {
        composer.key("url", url);
        if url.kind() == Kind::String {
            composer.open_object(url);
            composer.member("raw", url);
            let names: [(&str, &[&str]); 2] = [
                ("query", &["queryParams"]),
                ("variable", &["pathVariables"]),
            ];
            members(composer, node, &names);
            composer.close(url);
        } else {
            composer.copy(url);
        }
    }
    if let Some(own) = given(node, &["body"]) {
        composer.key("body", own);
        body(composer, own);
    }
    auth(composer, node);
    composer.close(node);
}

fn body(composer: &mut Composer, node: Node<'_>) {
    let kind = node.get("type").and_then(Node::as_str);
    let (Some(kind), None) = (kind, node.get("mode")) else {
        composer.copy(node);
        return;
    };
    let content = given(node, &["content"]);
    composer.open_object(node);
    match (kind, content) {
        ("none", _) => {}
        ("file" | "binary", _) => {
            composer.member_text("mode", "file", node);
            composer.key("file", node);
            composer.open_object(node);
            composer.close(node);
        }
        (_, None) => {}
        ("urlencoded" | "formdata" | "graphql", Some(content)) => {
            composer.member_text("mode", kind, node);
            composer.member(kind, content);
        }
        (language, Some(content)) => {
            composer.member_text("mode", "raw", node);
            text(composer, "raw", content);
            composer.key("options", node);
            composer.open_object(node);
            composer.key("raw", node);
            composer.open_object(node);
            composer.member_text("language", language, node);
            composer.close(node);
            composer.close(node);
        }
    }
    composer.close(node);
}

/// A member whose text people may also write out in YAML.
fn text(composer: &mut Composer, name: &str, node: Node<'_>) {
    match node.kind() {
        Kind::Array | Kind::Object => {
            composer.member_text(name, &node.to_json().to_string(), node);
        }
        Kind::String => composer.member(name, node),
        _ => composer.member_text(name, node.scalar().unwrap_or_default(), node),
    }
}

fn auth(composer: &mut Composer, node: Node<'_>) {
    let Some(auth) = given(node, &["auth"]) else {
        return;
    };
    let kind = auth.get("type").and_then(Node::as_str);
    let (Some(kind), Some(credentials)) = (kind, given(auth, &["credentials"])) else {
        composer.member("auth", auth);
        return;
    };
    composer.key("auth", auth);
    composer.open_object(auth);
    composer.member_text("type", kind, auth);
    composer.member(kind, credentials);
    composer.close(auth);
}

fn example(composer: &mut Composer, root: Node<'_>, stem: &str) {
    let response = given(root, &["response"]).unwrap_or(root);
    composer.open_object(root);
    match given(root, &["name"]) {
        Some(name) => composer.member("name", name),
        None => composer.member_text("name", stem, root),
    }
    let names: [(&str, &[&str]); 3] = [
        ("code", &["statusCode", "code"]),
        ("status", &["statusText", "status"]),
        ("header", &["headers", "header"]),
    ];
    members(composer, response, &names);
    if let Some(body) = given(response, &["body"]) {
        if body.kind() == Kind::Object {
            if let Some(content) = given(body, &["content"]) {
                text(composer, "body", content);
            }
            if let Some(language) = given(body, &["type"]) {
                composer.member("_postman_previewlanguage", language);
            }
        } else {
            text(composer, "body", body);
        }
    }
    if let Some(original) = given(root, &["request", "originalRequest"])
        && original.kind() == Kind::Object
    {
        composer.key("originalRequest", original);
        request(composer, original);
    }
    composer.close(root);
}

#[cfg(test)]
mod tests {
    use super::{Part, join, part};

    #[test]
    fn names_and_paths() {
        assert_eq!(
            part("Get User.request.yaml"),
            Some(Part::Request("Get User"))
        );
        assert_eq!(part("OK.example.yml"), Some(Part::Example("OK")));
        assert_eq!(part("definition.yaml"), Some(Part::Definition));
        assert_eq!((part("a.yaml"), part("a.request.json")), (None, None));
        assert_eq!(join("a/b", "./.resources/x"), "a/b/.resources/x");
        assert_eq!(join("a", "../../c"), "c");
    }
}

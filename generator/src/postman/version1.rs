//! Collections of format version 1 to version 2.1: flat lists of requests and folders become a tree of items, each at its place.

use crate::tree::compose::Composer;
use crate::tree::json::{self, Dialect};
use crate::tree::{Kind, Node, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// How deep folders may lie in each other; what lies deeper is put here.
const FOLDER_DEPTH: usize = 40;

/// The collection in the structure of version 2.1. Nothing if it would go beyond the limits of documents.
pub(super) fn convert(root: Node<'_>) -> Option<Tree> {
    let folders: BTreeMap<&str, Node<'_>> = list(root, "folders")
        .filter_map(|folder| Some((id(folder)?, folder)))
        .collect();
    let mut converter = Converter {
        composer: Composer::new(root.tree()),
        children: BTreeMap::new(),
        requests: BTreeMap::new(),
        done: BTreeSet::new(),
    };
    converter.arrange(root, &folders);
    converter.collection(root, &folders);
    converter.composer.finish()
}

/// The text of the member `id`.
fn id(node: Node<'_>) -> Option<&str> {
    node.get("id").and_then(Node::scalar)
}

fn list<'t>(node: Node<'t>, name: &str) -> impl Iterator<Item = Node<'t>> {
    let list = node.get(name);
    list.into_iter().flat_map(Node::items)
}

/// A member that is there and not null.
fn given<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    node.get(name).filter(|member| !member.is_null())
}

/// A list, an object or a text with something in it.
fn filled<'t>(node: Node<'t>, name: &str) -> Option<Node<'t>> {
    node.get(name).filter(|member| match member.kind() {
        Kind::Null => false,
        Kind::String => member.as_str().is_some_and(|text| !text.trim().is_empty()),
        Kind::Array => member.items().len() > 0,
        Kind::Object => member.entries().next().is_some(),
        _ => true,
    })
}

struct Converter<'t> {
    composer: Composer,
    /// The folders in each folder; those of the collection itself under no name.
    children: BTreeMap<Option<&'t str>, Vec<Node<'t>>>,
    /// The requests in each folder.
    requests: BTreeMap<Option<&'t str>, Vec<Node<'t>>>,
    /// The folders that were written: a folder may be listed in several, or in itself.
    done: BTreeSet<&'t str>,
}

impl<'t> Converter<'t> {
    /// Finds out what lies where: folders list what is in them, and requests name their folder.
    fn arrange(&mut self, root: Node<'t>, folders: &BTreeMap<&'t str, Node<'t>>) {
        let mut folder_of = BTreeMap::new();
        let mut parent_of = BTreeMap::new();
        for (folder_id, folder) in folders {
            for request in list(*folder, "order").filter_map(Node::scalar) {
                folder_of.entry(request).or_insert(*folder_id);
            }
            for child in list(*folder, "folders_order").filter_map(Node::scalar) {
                parent_of.entry(child).or_insert(*folder_id);
            }
        }
        for folder in list(root, "folders") {
            let Some(folder_id) = id(folder) else {
                continue;
            };
            let parent = parent_of.get(folder_id).copied();
            let parent = parent.filter(|parent| *parent != folder_id);
            self.children.entry(parent).or_default().push(folder);
        }
        for request in list(root, "requests") {
            let own = ["folder", "folderId", "parentId"]
                .iter()
                .find_map(|name| request.get(name)?.as_str());
            let listed = id(request).and_then(|id| folder_of.get(id).copied());
            let folder = listed.or(own).filter(|folder| folders.contains_key(folder));
            self.requests.entry(folder).or_default().push(request);
        }
    }

    fn collection(&mut self, root: Node<'t>, folders: &BTreeMap<&'t str, Node<'t>>) {
        self.composer.open_object(root);
        self.composer.key("info", root);
        self.composer.open_object(root);
        self.members(root, &["name", "version"]);
        self.description(root);
        self.composer.close(root);
        self.scoped(root);
        self.composer.key("item", root);
        self.composer.open_array(root);
        self.contents(None, 0);
        // Folders that only lie in each other are in no other place.
        for (folder_id, folder) in folders {
            if !self.done.contains(folder_id) {
                self.folder(*folder, 0);
            }
        }
        self.composer.close(root);
        self.composer.close(root);
    }

    fn contents(&mut self, folder: Option<&'t str>, depth: usize) {
        for child in self.children.get(&folder).cloned().unwrap_or_default() {
            self.folder(child, depth);
        }
        for request in self.requests.get(&folder).cloned().unwrap_or_default() {
            self.item(request);
        }
    }

    /// The limit on folders bounds the recursion.
    fn folder(&mut self, folder: Node<'t>, depth: usize) {
        let Some(folder_id) = id(folder).filter(|id| self.done.insert(id)) else {
            return;
        };
        if depth >= FOLDER_DEPTH {
            for request in self
                .requests
                .get(&Some(folder_id))
                .cloned()
                .unwrap_or_default()
            {
                self.item(request);
            }
            self.done.remove(folder_id);
            return;
        }
        self.composer.open_object(folder);
        self.members(folder, &["name", "protocolProfileBehavior"]);
        self.description(folder);
        self.scoped(folder);
        self.composer.key("item", folder);
        self.composer.open_array(folder);
        self.contents(Some(folder_id), depth + 1);
        self.composer.close(folder);
        self.composer.close(folder);
    }

    fn members(&mut self, node: Node<'_>, names: &[&str]) {
        for name in names {
            if let Some(member) = given(node, name) {
                self.composer.member(name, member);
            }
        }
    }

    fn description(&mut self, node: Node<'_>) {
        let Some(text) = given(node, "description") else {
            return;
        };
        let html = node.get("descriptionFormat").and_then(Node::as_str) == Some("html");
        if html && text.kind() == Kind::String {
            self.composer.key("description", text);
            self.composer.open_object(text);
            self.composer.member("content", text);
            self.composer.member_text("type", "text/html", text);
            self.composer.close(text);
        } else {
            self.composer.member("description", text);
        }
    }

    /// What a collection or folder hands down.
    fn scoped(&mut self, node: Node<'_>) {
        if let Some(variables) = given(node, "variables") {
            self.composer.member("variable", variables);
        }
        self.auth(node);
    }

    fn item(&mut self, request: Node<'t>) {
        self.composer.open_object(request);
        self.members(request, &["name", "protocolProfileBehavior"]);
        if let Some(variables) = given(request, "variables") {
            self.composer.member("variable", variables);
        }
        self.composer.key("request", request);
        self.request(request);
        let saved = given(request, "responses").or_else(|| given(request, "examples"));
        if let Some(saved) = saved {
            self.composer.key("response", saved);
            self.composer.open_array(saved);
            for response in saved.items() {
                self.response(response);
            }
            self.composer.close(saved);
        }
        self.composer.close(request);
    }

    fn request(&mut self, request: Node<'_>) {
        if request.kind() != Kind::Object {
            self.composer.copy(request);
            return;
        }
        self.composer.open_object(request);
        self.members(request, &["method"]);
        if let Some(url) = given(request, "url") {
            self.url(request, url);
        }
        let headers = filled(request, "headerData").or_else(|| filled(request, "headers"));
        if let Some(headers) = headers {
            self.composer.member("header", headers);
        }
        self.body(request);
        self.auth(request);
        self.description(request);
        self.composer.close(request);
    }

    fn url(&mut self, request: Node<'_>, url: Node<'_>) {
        if url.kind() != Kind::String {
            self.composer.member("url", url);
            return;
        }
        self.composer.key("url", url);
        self.composer.open_object(url);
        self.composer.member("raw", url);
        if let Some(query) = filled(request, "queryParams") {
            self.composer.member("query", query);
        }
        let variables =
            filled(request, "pathVariableData").or_else(|| filled(request, "pathVariables"));
        if let Some(variables) = variables {
            match parsed(variables) {
                Some(tree) => {
                    self.composer.key("variable", variables);
                    self.composer.graft(tree.root(), variables);
                }
                None => self.composer.member("variable", variables),
            }
        }
        self.composer.close(url);
    }

    fn body(&mut self, request: Node<'_>) {
        let raw = filled(request, "rawModeData");
        let data = filled(request, "data");
        let stated = request.get("dataMode").and_then(Node::as_str);
        let mode = match (stated, data) {
            (Some("params"), Some(data)) if data.kind() == Kind::String => "raw",
            (Some(stated), _) => stated,
            (None, _) if raw.is_some() => "raw",
            (None, Some(data)) if data.kind() == Kind::String => "raw",
            (None, Some(_)) => "params",
            (None, None) => return,
        };
        let (mode, part) = match mode {
            "raw" => ("raw", raw.or(data)),
            "params" => ("formdata", data),
            "urlencoded" => ("urlencoded", data),
            "binary" => ("file", raw.or(data).or(given(request, "dataMode"))),
            "graphql" => ("graphql", filled(request, "graphqlModeData")),
            other => (other, data.or(raw)),
        };
        let Some(part) = part else { return };
        self.composer.key("body", part);
        self.composer.open_object(part);
        self.composer.member_text("mode", mode, part);
        if let Some(options) = given(request, "dataOptions") {
            self.composer.member("options", options);
        }
        if request.get("dataDisabled").and_then(Node::as_bool) == Some(true) {
            self.composer.key("disabled", part);
            self.composer.boolean(true, part);
        }
        self.composer.key(mode, part);
        match (mode, part.kind()) {
            // Some exporters wrote the text of a body as a list of one.
            ("raw", Kind::Array) => match part.items().next() {
                Some(text) => self.composer.copy(text),
                None => self.composer.text("", part),
            },
            ("file", _) => {
                self.composer.open_object(part);
                self.composer.close(part);
            }
            _ => self.composer.copy(part),
        }
        self.composer.close(part);
    }

    /// The `auth` block of late exports, else the helper of early ones, whose attributes are an object or the text of it.
    fn auth(&mut self, node: Node<'_>) {
        if let Some(auth) = given(node, "auth") {
            self.composer.member("auth", auth);
            return;
        }
        let Some(helper) = node.get("currentHelper") else {
            return;
        };
        let kind = match helper.as_str().unwrap_or_default() {
            "" | "normal" => return,
            "noauth" => "noauth",
            "basicAuth" => "basic",
            "bearerAuth" => "bearer",
            "digestAuth" => "digest",
            "oAuth1" => "oauth1",
            "oAuth2" => "oauth2",
            "hawkAuth" => "hawk",
            "awsSigV4" => "awsv4",
            "ntlmAuth" => "ntlm",
            "apikeyAuth" => "apikey",
            "edgegridAuth" => "edgegrid",
            other => other.trim_end_matches("Auth"),
        };
        self.composer.key("auth", helper);
        self.composer.open_object(helper);
        self.composer.member_text("type", kind, helper);
        if let Some(attributes) = given(node, "helperAttributes") {
            match parsed(attributes) {
                Some(tree) => {
                    self.composer.key(kind, attributes);
                    self.composer.graft(tree.root(), attributes);
                }
                None if attributes.kind() != Kind::String => {
                    self.composer.member(kind, attributes);
                }
                None => {}
            }
        }
        self.composer.close(helper);
    }

    fn response(&mut self, response: Node<'_>) {
        if response.kind() != Kind::Object {
            self.composer.copy(response);
            return;
        }
        self.composer.open_object(response);
        self.members(response, &["name"]);
        if let Some(code) = given(response, "responseCode") {
            if code.kind() == Kind::Object {
                if let Some(number) = given(code, "code") {
                    self.composer.member("code", number);
                }
                if let Some(name) = given(code, "name") {
                    self.composer.member("status", name);
                }
            } else {
                self.composer.member("code", code);
            }
        } else {
            self.members(response, &["code", "status"]);
        }
        if let Some(headers) = given(response, "headers") {
            self.composer.member("header", headers);
        }
        if let Some(text) = given(response, "text").or_else(|| given(response, "body")) {
            self.composer.member("body", text);
        }
        if let Some(language) = given(response, "language") {
            self.composer.member("_postman_previewlanguage", language);
        }
        let request = response.get("request").or(response.get("requestObject"));
        if let Some(request) = request.filter(|request| request.kind() == Kind::Object) {
            self.composer.key("originalRequest", request);
            self.request(request);
        }
        self.composer.close(response);
    }
}

/// The document that a text is, where people saved one as text.
fn parsed(node: Node<'_>) -> Option<Tree> {
    let text = node.as_str()?;
    let tree = json::parse(node.origin().file, &text.into(), Dialect::Lenient).ok()?;
    matches!(tree.root().kind(), Kind::Object | Kind::Array).then_some(tree)
}

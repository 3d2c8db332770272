//! Folders and items to operations, with what folders hand down: names, variables and authentication.

use super::Lowering;
use super::auth::Scheme;
use super::behavior::Behavior;
use super::body::Asked;
use super::entry::Spelling;
use super::header::Headers;
use super::table;
use super::url::Url;
use super::variable::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::infer;
use crate::model::{
    Docs, Location, Method, NameHint, Operation, OperationKey, PathTemplate, Piece, Skipped,
};
use crate::origin::Origin;
use crate::tree::{Kind, Node};
use std::rc::Rc;

/// Most words that a name may have to be a title; a longer one is a sentence and documents the operation.
const TITLE_WORDS: usize = 5;

/// Methods whose bodies Postman does not send, unless it is told to.
const PRUNED: &[&str] = &["GET", "COPY", "HEAD", "PURGE", "UNLOCK"];

/// What the folders around an item say.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    folders: Vec<String>,
    scope: Scope,
    /// `Some(None)` stops what is handed down.
    auth: Option<Option<Scheme>>,
    behavior: Behavior,
}

/// An item and where it lies.
pub(super) struct Found<'t> {
    node: Node<'t>,
    place: Rc<Place>,
    /// Examples that stand elsewhere.
    examples: Vec<Node<'t>>,
}

impl<'t> Found<'t> {
    /// An item whose examples stand elsewhere.
    pub(super) fn new(node: Node<'t>, place: Rc<Place>, examples: Vec<Node<'t>>) -> Self {
        Found {
            node,
            place,
            examples,
        }
    }
}

/// A request: the item's own, or the one that an example answers.
pub(super) struct Request<'t> {
    /// The name of the example that it belongs to.
    pub(super) example: Option<&'t str>,
    pub(super) method: &'t str,
    pub(super) url: Url<'t>,
    pub(super) headers: Headers<'t>,
    pub(super) body: Option<Node<'t>>,
}

/// Why an item is left out.
struct Refusal {
    code: Code,
    message: String,
    origin: Origin,
    help: &'static str,
}

impl Lowering<'_> {
    /// Gathers the items of a collection.
    pub(super) fn gather<'t>(&mut self, root: Node<'t>, found: &mut Vec<Found<'t>>) {
        let outside = self.outside();
        self.gather_folder(root, &outside, None, found);
    }

    /// Gathers an entry that stands alone.
    pub(super) fn gather_entry<'t>(&mut self, node: Node<'t>, found: &mut Vec<Found<'t>>) {
        let outside = Rc::new(self.outside());
        self.gather_node(node, &outside, found);
    }

    /// Where nothing is handed down but what the environment says.
    pub(super) fn outside(&self) -> Place {
        Place {
            scope: Scope::new(&self.variables),
            ..Place::default()
        }
    }

    /// What the inside of a folder sees.
    pub(super) fn enter(
        &mut self,
        node: Option<Node<'_>>,
        around: &Place,
        name: Option<String>,
    ) -> Place {
        let mut place = around.clone();
        place.folders.extend(name);
        if let Some(name) = node.and_then(|node| node.get("name")) {
            self.note_secret_name(name);
        }
        let Some(node) = node else { return place };
        self.item = place.folders.join(" ▸ ");
        place.scope = place.scope.with(self.read_variables(node.get("variable")));
        if node.get("variable").is_some() || around.folders.is_empty() {
            self.report_cycles(&place.scope);
        }
        if let Some(auth) = self.read_auth(node.get("auth"), &place.scope) {
            place.auth = Some(auth);
        }
        self.protocol_behavior(node);
        place.behavior = place.behavior.within(node);
        place
    }

    /// The depth of the tree bounds the recursion.
    fn gather_folder<'t>(
        &mut self,
        node: Node<'t>,
        around: &Place,
        name: Option<String>,
        found: &mut Vec<Found<'t>>,
    ) {
        let place = self.enter(Some(node), around, name);
        let Some(items) = node.get("item") else {
            return;
        };
        if items.kind() != Kind::Array {
            self.wrong_type(items, "an array");
            return;
        }
        let place = Rc::new(place);
        for item in items.items() {
            self.gather_node(item, &place, found);
        }
    }

    fn gather_node<'t>(&mut self, node: Node<'t>, place: &Rc<Place>, found: &mut Vec<Found<'t>>) {
        if node.get("item").is_some() {
            self.item = place.folders.join(" ▸ ");
            let name = self.string(node, "name").unwrap_or_default().trim();
            let name = infer::name_without_credentials(name);
            let name = (!name.is_empty()).then(|| name.to_owned());
            self.gather_folder(node, place, name, found);
        } else {
            found.push(Found::new(node, Rc::clone(place), Vec::new()));
        }
    }

    /// Lowers items in an order of their own: by folder and by text, not by place in the file.
    pub(super) fn lower_items(&mut self, mut found: Vec<Found<'_>>) {
        found.sort_by(|a, b| {
            (&a.place.folders, a.node.raw()).cmp(&(&b.place.folders, b.node.raw()))
        });
        for Found {
            node,
            place,
            examples,
        } in found
        {
            let name = node.get("name").and_then(Node::scalar).unwrap_or_default();
            let name = infer::name_without_credentials(name);
            let mut path: Vec<&str> = place.folders.iter().map(String::as_str).collect();
            path.push(if name.trim().is_empty() {
                "(no name)"
            } else {
                name.trim()
            });
            self.item = path.join(" ▸ ");
            if let Some(name) = node.get("name") {
                self.note_secret_name(name);
            }
            match self.lower_item(node, &place, &examples) {
                Ok(operation) => self.model.operations.push(operation),
                Err(refusal) => self.skip(refusal),
            }
        }
        self.tell_queries_apart();
    }

    fn skip(&mut self, refusal: Refusal) {
        self.diagnostics.push(
            Diagnostic::new(refusal.code, format!("{}: {}", self.item, refusal.message))
                .at(refusal.origin)
                .note("the item is left out")
                .help(refusal.help),
        );
        self.model.skipped.push(Skipped {
            operation: self.item.clone(),
            code: refusal.code.as_str(),
            origin: refusal.origin,
        });
    }

    fn lower_item(
        &mut self,
        node: Node<'_>,
        place: &Place,
        elsewhere: &[Node<'_>],
    ) -> Result<Operation, Refusal> {
        let request_node = node
            .get("request")
            .filter(|request| matches!(request.kind(), Kind::String | Kind::Object));
        let Some(request_node) = request_node else {
            return Err(Refusal {
                code: Code::POSTMAN_ITEM_WITHOUT_REQUEST,
                message: match node.get("request").map(Node::kind) {
                    _ if node.kind() != Kind::Object => {
                        format!("expected an item, found {}", node.kind().with_article())
                    }
                    None | Some(Kind::Null) => "it has neither `request` nor `item`".to_owned(),
                    Some(kind) => format!("`request` is {}", kind.with_article()),
                },
                origin: node.origin(),
                help: "give it a request, or remove it from the collection",
            });
        };
        let scope = place.scope.with(self.read_variables(node.get("variable")));
        if node.get("variable").is_some() {
            self.report_cycles(&scope);
        }
        self.protocol_behavior(node);
        let behavior = place.behavior.within(node);
        let method_node = request_node
            .get("method")
            .filter(|method| !method.is_null());
        let method_text = method_node.map_or("GET", |node| node.scalar().unwrap_or_default());
        let method_text =
            if method_text.is_empty() && method_node.is_some_and(|m| m.kind() == Kind::String) {
                "GET"
            } else {
                method_text
            };
        let Some(method) = Method::new(method_text) else {
            return Err(Refusal {
                code: Code::POSTMAN_INVALID_METHOD,
                message: match method_node {
                    Some(node) if node.scalar().is_none() => {
                        format!("`method` is {}", node.kind().with_article())
                    }
                    _ => format!("`{method_text}` is no HTTP method"),
                },
                origin: method_node.map_or(request_node.origin(), Node::origin),
                help: "a method is letters, digits and a few marks, such as GET",
            });
        };
        let Some(request) = self.read_request(request_node, None) else {
            return Err(Refusal {
                code: Code::POSTMAN_NO_URL,
                message: "the request has no URL".to_owned(),
                origin: request_node.get("url").unwrap_or(request_node).origin(),
                help: "give the request a URL, or remove the item from the collection",
            });
        };
        let path = request.url.template(&scope);
        let asked = Asked::by(&request);
        let mut key = OperationKey { method, path };
        if let Some(asked) = &asked {
            key.path.variant = asked.variant(item_name(node));
        }
        let saved = self.examples(node, elsewhere);
        let mut requests = vec![request];
        requests.extend(self.original_requests(&saved, &key, &scope));
        requests.retain(|request| {
            asked
                .as_ref()
                .is_none_or(|asked| asked.is_asked_by(request))
        });

        let server = requests
            .first()
            .map(|request| (request.url.base.clone(), request.url.origin))
            .and_then(|(base, origin)| self.server(&base, &scope, origin));
        if let Some(server) = &server {
            match self
                .model
                .servers
                .iter_mut()
                .find(|known| known.url == server.url)
            {
                Some(known) => known.origins.join(&server.origins),
                None => self.model.servers.push(server.clone()),
            }
        }
        let auth_node = request_node
            .get("auth")
            .filter(|auth| !auth.is_null())
            .or_else(|| node.get("auth"));
        let auth = match self.read_auth(auth_node, &scope) {
            Some(auth) => Some(auth),
            None => place.auth.clone(),
        };
        let security = self.lower_security(auth, &requests, &scope);
        let description = self
            .description(request_node.get("description"))
            .or_else(|| self.description(node.get("description")));
        let rows = description.as_deref().map(table::rows).unwrap_or_default();
        let mut parameters = self.lower_parameters(&requests, &key.path, rows, &scope);
        for parameter in &mut parameters {
            let in_url = matches!(parameter.location, Location::Path | Location::Query);
            parameter.allow_reserved = in_url && behavior.is_encoded();
        }
        let pruned = PRUNED.contains(&key.method.as_str()) && !behavior.keeps_bodies();
        let request_body = if pruned {
            None
        } else {
            self.lower_body(&requests, &scope, item_name(node))
        };
        let responses = self.lower_responses(&saved, &key);
        let (mut names, docs) = self.lower_name(node, request_node, description);
        if let Some(asked) = &asked {
            asked.name(&mut names);
        }
        Ok(Operation {
            names,
            tags: self.tags(place, &key.path),
            docs,
            parameters,
            request_body,
            responses,
            security,
            paged: Default::default(),
            servers: server.into_iter().collect(),
            redirects: behavior.redirects(),
            deprecated: false,
            origins: node.origin().into(),
            key,
        })
    }

    /// The saved examples of an item, its own and those that stand elsewhere.
    fn examples<'t>(&mut self, item: Node<'t>, elsewhere: &[Node<'t>]) -> Vec<Node<'t>> {
        let mut examples = elsewhere.to_vec();
        if let Some(list) = item.get("response").filter(|list| !list.is_null()) {
            if list.kind() != Kind::Array {
                self.wrong_type(list, "an array");
            }
            examples.extend(list.items());
        }
        // The order of the examples must not show.
        examples.sort_by_key(|node| node.raw());
        examples
    }

    /// Reads a request. Nothing if it has no URL.
    fn read_request<'t>(
        &mut self,
        node: Node<'t>,
        example: Option<&'t str>,
    ) -> Option<Request<'t>> {
        if node.kind() == Kind::String {
            return Some(Request {
                example,
                method: "GET",
                url: self.read_url(Some(node))?,
                headers: Headers::default(),
                body: None,
            });
        }
        let url = self.read_url(node.get("url"))?;
        let headers = self.read_entries(node.get("header"), Spelling::Headers);
        Some(Request {
            example,
            method: node.get("method").and_then(Node::as_str).unwrap_or("GET"),
            url,
            headers: Headers(headers),
            body: node.get("body"),
        })
    }

    /// The requests that examples answer, as far as they call the same operation: further samples of it.
    fn original_requests<'t>(
        &mut self,
        responses: &[Node<'t>],
        key: &OperationKey,
        scope: &Scope,
    ) -> Vec<Request<'t>> {
        let mut originals: Vec<(&str, Request<'t>)> = Vec::new();
        for response in responses {
            let Some(node) = response
                .get("originalRequest")
                .filter(|node| node.kind() == Kind::Object)
            else {
                continue;
            };
            let name = item_name(*response);
            if let Some(request) = self.read_request(node, name)
                && request.method.eq_ignore_ascii_case(key.method.as_str())
                && same_path(&request.url.template(scope), &key.path)
            {
                originals.push((node.raw(), request));
            }
        }
        // The order of the examples must not show in which parameter comes first.
        originals.sort_by_key(|(text, _)| *text);
        originals.into_iter().map(|(_, request)| request).collect()
    }

    /// Marks a name that holds a credential, which is read up to it.
    pub(super) fn note_secret_name(&mut self, name: Node<'_>) {
        let text = name.as_str().unwrap_or_default();
        if infer::masked_prose(text).is_some() {
            self.literal_secret("name", name.origin());
        }
    }

    fn lower_name(
        &mut self,
        item: Node<'_>,
        request: Node<'_>,
        description: Option<String>,
    ) -> (Vec<NameHint>, Docs) {
        let mut names = Vec::new();
        let mut docs = Docs {
            summary: None,
            description: description.and_then(|text| super::entry::clean(table::prose(&text))),
        };
        let aliases = [
            (self.string(item, "name"), 0),
            (self.string(request, "name"), 1),
        ];
        for (name, distance) in aliases {
            let name = infer::name_without_credentials(name.unwrap_or_default());
            let words: Vec<&str> = name.split_whitespace().collect();
            // A name that is a URL says nothing that the path does not.
            if words.is_empty() || name.contains("://") || name.contains("{{") || name.contains('/')
            {
                continue;
            }
            let text = words.join(" ").trim_end_matches('.').to_owned();
            if words.len() <= TITLE_WORDS {
                if !names.iter().any(|hint: &NameHint| hint.text == text) {
                    names.push(NameHint::new(text, distance));
                }
            } else if docs.summary.is_none() {
                docs.summary = Some(words.join(" "));
            }
        }
        (names, docs)
    }

    /// The folders, except those that only repeat the path, as converters make them; else the tag of the source.
    fn tags(&self, place: &Place, path: &PathTemplate) -> Vec<String> {
        let mut segments = path.segments.iter().map(|segment| segment.as_slice());
        let repeats = place.folders.iter().all(|folder| {
            segments.any(|segment| match segment {
                [Piece::Literal(text)] => text == folder,
                [Piece::Parameter(name)] => folder.trim_matches(['{', '}', ':']) == name,
                _ => false,
            })
        });
        let only_segments = place.folders.len() > 1 && repeats;
        let tags: Vec<String> = place
            .folders
            .iter()
            .filter(|folder| !only_segments && !folder.starts_with('/') && !folder.contains("{{"))
            .cloned()
            .collect();
        if tags.is_empty() {
            self.tag.iter().cloned().collect()
        } else {
            tags
        }
    }
}

/// The name of an item or example up to the first credential in it, if it has one.
pub(super) fn item_name(item: Node<'_>) -> Option<&str> {
    item.get("name")
        .and_then(Node::as_str)
        .map(|name| infer::name_without_credentials(name.trim()))
        .filter(|name| !name.is_empty())
}

/// Whether a path can be a call of an operation: equal where the operation has text, anything where it has holes.
fn same_path(sample: &PathTemplate, path: &PathTemplate) -> bool {
    sample.segments.len() == path.segments.len()
        && sample
            .segments
            .iter()
            .zip(&path.segments)
            .all(|(sample, segment)| {
                sample == segment
                    || segment
                        .iter()
                        .any(|piece| matches!(piece, Piece::Parameter(_)))
            })
}

//! Paths and what stands in them to operations.

use super::Lowering;
use super::finding::Remark;
use super::parameter::Given;
use super::path;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Docs, Location, Method, NameHint, Operation, OperationKey, Skipped};
use crate::tree::{Kind, Node};
use std::collections::BTreeSet;

const NO_ID: Remark = Remark {
    code: Code::OPENAPI_NO_OPERATION_ID,
    many: "operations have no `operationId`",
    note: "they are named after their method and path",
    help: "add an `operationId`, or choose a name under `names.operations` in letterpress.yaml",
};
const SAME_ID: Remark = Remark {
    code: Code::OPENAPI_SAME_OPERATION_ID,
    many: "operations have an `operationId` that another has too",
    note: "the one whose path says it, or else the first by its path, keeps it; the others are named after their method and path",
    help: "give each operation an `operationId` of its own, or choose names under `names.operations`",
};
const UNDECLARED: Remark = Remark {
    code: Code::OPENAPI_UNDECLARED_PARAMETER,
    many: "parameters stand in a path and are not declared",
    note: "they are taken for text",
    help: "declare them under `parameters`, with `in: path`",
};
const METHOD_CASE: Remark = Remark {
    code: Code::OPENAPI_METHOD,
    many: "methods are not written in small letters",
    note: "they are read all the same; other readers skip them",
    help: "write methods in small letters",
};
const SAME_PATH: Remark = Remark {
    code: Code::OPENAPI_SAME_PATH,
    many: "operations have method and path of another one",
    note: "paths that differ in the names of their parameters only are one path; the first counts",
    help: "remove one of the two",
};
const UNKNOWN_MEMBER: Remark = Remark {
    code: Code::OPENAPI_UNKNOWN_MEMBER,
    many: "members of path items are no methods and nothing else that the format knows",
    note: "they are not read",
    help: "check the spelling; extensions begin with `x-`",
};

/// What a path item hands down to its operations.
struct Around<'a> {
    path: &'a str,
    parameters: Vec<Given<'a>>,
    item: Node<'a>,
}

impl<'a> Lowering<'a, '_> {
    /// `paths`, and `x-ms-paths`, which has paths with a query.
    pub(super) fn paths(&mut self) {
        let root = self.root;
        for name in ["paths", "x-ms-paths"] {
            let Some(paths) = root.get(name) else {
                if name == "paths"
                    && root.get("webhooks").is_none()
                    && root.get("components").is_none()
                {
                    self.diagnostics.push(
                        Diagnostic::new(Code::OPENAPI_NO_PATHS, "the document has no `paths`")
                            .at(self.whole())
                            .help("add the operations under `paths`"),
                    );
                }
                continue;
            };
            let paths = match self.follow(paths) {
                Some(target) => target.node,
                None => continue,
            };
            let Some(paths) = self.as_object(paths, name) else {
                continue;
            };
            for (key, item) in paths.entries() {
                if !key.text.starts_with("x-") {
                    self.path_item(key.text, item);
                }
            }
        }
    }

    fn path_item(&mut self, path: &'a str, node: Node<'a>) {
        self.operation = path.to_owned();
        let Some(target) = self.follow(node) else {
            // The fault is a finding of its own; which operations there would be is not known.
            self.leave_out(Code::OPENAPI_MISSING_DEFINITION, node);
            return;
        };
        let Some(item) = self.as_object(target.node, path) else {
            return;
        };
        // What stands beside a `$ref` is read too: only members that both have are undefined (OpenAPI 3.1 §4.8.9).
        let beside = (item.id() != node.id()).then_some(node);
        let parameters = self.given_parameters(item);
        let around = Around {
            path,
            parameters,
            item,
        };
        let own: Vec<_> = beside
            .into_iter()
            .flat_map(Node::entries)
            .chain(item.entries())
            .collect();
        for (key, operation) in own {
            match self.dialect.method(key.text) {
                Some(method) => {
                    if method != key.text {
                        self.findings.add(METHOD_CASE, key.origin, || {
                            format!(
                                "the method `{}` of `{path}` is not written in small letters",
                                key.text
                            )
                        });
                    }
                    self.lower_operation(method, operation, &around);
                }
                None if key.text == "additionalOperations" => {
                    let Some(more) = self.as_object(operation, key.text) else {
                        continue;
                    };
                    for (key, operation) in more.entries() {
                        self.lower_operation(key.text, operation, &around);
                    }
                }
                None => {
                    let known = ["parameters", "servers", "summary", "description", "$ref"];
                    if !known.contains(&key.text) && !key.text.starts_with("x-") {
                        self.findings.add(UNKNOWN_MEMBER, key.origin, || {
                            format!("`{}` of `{path}` is no method", key.text)
                        });
                    }
                }
            }
        }
    }

    fn lower_operation(&mut self, method: &str, node: Node<'a>, around: &Around<'a>) {
        let path = around.path;
        self.operation = format!("{} {path}", method.to_uppercase());
        let Some(method) = Method::new(method) else {
            let message = format!("`{method}` of `{path}` cannot be sent as a method");
            self.skip(Code::OPENAPI_METHOD, message, node);
            return;
        };
        let Some(node) = self.follow(node).map(|target| target.node) else {
            self.leave_out(Code::OPENAPI_MISSING_DEFINITION, node);
            return;
        };
        if node.kind() != Kind::Object {
            let message = format!(
                "`{}` is {} and no operation",
                self.operation,
                node.kind().with_article()
            );
            self.skip(Code::OPENAPI_WRONG_TYPE, message, node);
            return;
        }
        let mut given = self.given_parameters(node);
        // Those of the operation replace those of its path with the same name and place.
        let own: BTreeSet<_> = given.iter().map(Given::identity).collect();
        let inherited = around.parameters.iter();
        given.extend(inherited.filter(|parameter| !own.contains(&parameter.identity())));
        let declared: Vec<&str> = given
            .iter()
            .filter(|parameter| parameter.location == Some(Location::Path))
            .map(|parameter| parameter.name)
            .collect();
        let path = path::read(path, &declared);
        let key = OperationKey {
            method,
            path: path.template,
        };
        self.operation = key.to_string();
        let origin = node.origin();
        if let Some(first) = self.identities.get(&key.erased()).copied() {
            let shown = self.operation.clone();
            self.findings
                .add(SAME_PATH, origin, || format!("`{shown}` stands twice"));
            let _ = first;
            return;
        }
        self.identities.insert(key.erased(), origin);
        let holes: Vec<String> = key.path.parameters().map(str::to_owned).collect();
        for hole in &holes {
            if !declared.contains(&hole.as_str()) {
                let shown = self.operation.clone();
                self.findings.add(UNDECLARED, origin, || {
                    format!("`{{{hole}}}` of `{shown}` is not declared")
                });
            }
        }
        let names = self.operation_names(node);
        let mut operation = Operation {
            names,
            tags: self.operation_tags(node),
            docs: self.operation_docs(node, around),
            parameters: Vec::new(),
            request_body: None,
            responses: Vec::new(),
            security: self.requirements(node),
            paged: Default::default(),
            servers: self.operation_servers(node, around.item),
            redirects: Default::default(),
            deprecated: self.flag(node, "deprecated"),
            origins: origin.into(),
            key,
        };
        operation.parameters = self.lower_parameters(&given, &holes);
        for (name, value) in path.query {
            operation
                .parameters
                .push(self.fixed_parameter(name, value, origin));
        }
        operation.request_body = self.request_body(node, &given);
        operation.responses = self.responses(node, "responses");
        self.note_links(node, &mut operation.docs);
        self.callbacks(node, &operation.key);
        self.model.operations.push(operation);
        self.operation.clear();
    }

    /// Leaves an operation out.
    fn skip(&mut self, code: Code, message: String, node: Node<'a>) {
        let diagnostic = Diagnostic::new(code, message).at(node.origin());
        self.diagnostics.push(
            diagnostic
                .note("the operation is left out")
                .help("correct it in the description"),
        );
        self.leave_out(code, node);
    }

    /// Notes that the operation is left out for a reason that is told elsewhere.
    fn leave_out(&mut self, code: Code, node: Node<'a>) {
        self.model.skipped.push(Skipped {
            operation: std::mem::take(&mut self.operation),
            code: code.as_str(),
            origin: node.origin(),
        });
    }

    /// `operationId`.
    fn operation_names(&mut self, node: Node<'a>) -> Vec<NameHint> {
        let shown = self.operation.clone();
        let id = self.text(node, "operationId").map(str::trim);
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            self.findings.add(NO_ID, node.origin(), || {
                format!("`{shown}` has no `operationId`")
            });
            return Vec::new();
        };
        let place = node.get("operationId").unwrap_or(node).origin();
        let holders = self.operation_ids.entry(id.to_owned()).or_default();
        holders.push((shown, place));
        vec![NameHint::new(id, 0)]
    }

    /// An `operationId` that stands twice names one operation, and the others are named by what they do. One whose path
    /// says it keeps it, else the first by method and path, so that the order of the document names nothing.
    pub(super) fn settle_operation_ids(&mut self) {
        for (id, mut holders) in std::mem::take(&mut self.operation_ids) {
            let lower = id.to_lowercase();
            holders.sort_by_cached_key(|(shown, place)| {
                (
                    !shown.to_lowercase().contains(&lower),
                    shown.clone(),
                    *place,
                )
            });
            for (shown, place) in holders.into_iter().skip(1) {
                let mut operations = self.model.operations.iter_mut();
                if let Some(one) = operations.find(|one| one.key.to_string() == shown) {
                    one.names.retain(|name| name.distance > 0);
                }
                self.findings.add(SAME_ID, place, || {
                    format!(
                        "the `operationId` `{id}` of `{shown}` is that of another operation too"
                    )
                });
            }
        }
    }

    /// `tags`, else the group of the source.
    fn operation_tags(&mut self, node: Node<'a>) -> Vec<String> {
        let tags = self.list(node, "tags");
        let tags = tags.into_iter().filter_map(Node::scalar).map(str::trim);
        let tags: Vec<String> = tags
            .filter(|tag| !tag.is_empty())
            .map(str::to_owned)
            .collect();
        match tags.is_empty() {
            true => self.tag.iter().cloned().collect(),
            false => tags,
        }
    }

    fn operation_docs(&mut self, node: Node<'a>, around: &Around<'a>) -> Docs {
        let mut docs = self.docs(node);
        if docs.is_empty() {
            docs = self.docs(around.item);
        }
        docs
    }
}

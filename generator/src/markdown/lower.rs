//! The parts of a page to a model: its operations with parameters, bodies and answers, and the objects that it describes.

mod whole;

use super::cell::Type;
use super::endpoint::Endpoint;
use super::part::{self, Answer, Object, Page, Section, ValueList};
use super::sample::{self, Call};
use super::{docs, inline, keyword, object, parameter, prose, stated};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::{ArrayEvidence, Evidence, FieldEvidence, Hole, Observations};
use crate::model::schema::Authority;
use crate::model::{
    Docs, Example, MediaType, Model, NameHint, Operation, OperationKey, Paged, RequestBody,
    Response, Schema, SchemaId, Shape, Status,
};
use crate::origin::{FileId, Origin};
use crate::tree::json::{self, Dialect};
use std::collections::{BTreeMap, BTreeSet};
use whole::{integer_ids, named, partial_names, repair_objects, slug, variant_name};

pub(super) use whole::literal_text;

/// What is carried from operation to operation.
pub(super) struct Lowering<'d> {
    pub file: FileId,
    pub text: &'d str,
    pub flat: bool,
    pub tag: Option<String>,
    pub model: Model,
    pub diagnostics: &'d mut Diagnostics,
    /// Whether parameters of paths under names that end in `id` are integers where they are described.
    pub integer_ids: bool,
    pub lists: Vec<ValueList>,
}

impl Lowering<'_> {
    pub fn page(&mut self, mut page: Page<'_>) {
        self.model.info.title = page
            .title
            .map(inline::plain)
            .filter(|title| !title.is_empty());
        let noun = page.title.and_then(keyword::page_noun);
        // Each table has lost its own names: they are found before tables of one object are joined.
        repair_objects(&mut page.objects, self.diagnostics);
        let objects = named(std::mem::take(&mut page.objects), noun.as_deref());
        let partial = partial_names(&page);
        self.lists = std::mem::take(&mut page.lists);
        for (name, object) in objects {
            self.object(&name, object, &partial);
        }
        self.integer_ids = integer_ids(&page);
        for section in &mut page.sections {
            self.section(section);
        }
    }

    fn object(&mut self, name: &str, mut object: Object, partial: &BTreeSet<String>) {
        let mut rows = std::mem::take(&mut object.rows);
        self.note_types(&rows);
        self.bind_lists(&mut rows);
        object.rows = rows;
        let is_partial = partial.contains(&object::comparable(name));
        for direction in [Direction::Sent, Direction::Received] {
            let evidence = object::evidence(&object, name, direction, is_partial);
            if evidence.object.is_none() {
                continue;
            }
            let origin = object.rows.first().map(|row| row.origin);
            let origin = origin.or(object.examples.first().map(|(json, _)| json.origin));
            let id = self.sampled(evidence, origin.unwrap_or_default());
            if let Some(schema) = self.model.schemas.get_mut(id) {
                schema.names = vec![NameHint::new(name, 0)];
            }
            self.model.objects.push(id);
        }
    }

    /// Reports types in words that mean nothing here.
    pub fn note_types(&mut self, rows: &[super::table::Row]) {
        for row in rows {
            if let Some(Err(text)) = &row.kind {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::MARKDOWN_TYPE,
                        format!("`{}` is no type that is known here", inline::plain(text)),
                    )
                    .at(row.origin)
                    .note("what samples show counts; without any, it may be anything")
                    .help("give the type under `types` in letterpress.yaml"),
                );
            }
        }
    }

    /// Values of a list that the description of a row links to.
    pub fn bind_lists(&self, rows: &mut [super::table::Row]) {
        if self.lists.is_empty() {
            return;
        }
        let slugs: BTreeMap<String, &ValueList> = self
            .lists
            .iter()
            .map(|list| (slug(&list.heading), list))
            .collect();
        for row in rows.iter_mut().filter(|row| row.values.is_none()) {
            let text = matches!(row.kind, Some(Ok(Type::String(_))));
            if !text {
                continue;
            }
            let list = inline::links(&row.description)
                .take(8)
                .find_map(|(_, target)| {
                    let (_, anchor) = target.rsplit_once('#')?;
                    let mut rest = anchor;
                    loop {
                        if let Some(list) = slugs.get(rest) {
                            return Some(*list);
                        }
                        rest = rest.split_once('-')?.1;
                    }
                });
            if let Some(list) = list {
                let values: Vec<String> =
                    list.values.iter().map(|(v, _)| format!("`{v}`")).collect();
                row.values = Some(values.join(", "));
            }
        }
    }

    pub fn sampled(&mut self, evidence: Evidence, origin: Origin) -> SchemaId {
        self.model.schemas.add(Schema {
            shape: Shape::Sampled(Box::new(evidence)),
            authority: Authority::Sampled,
            origins: origin.into(),
            ..Schema::default()
        })
    }

    fn section(&mut self, section: &mut Section<'_>) {
        let examples: Vec<_> = section
            .answers
            .iter()
            .filter_map(|answer| Some(answer.json.as_ref()?.tree.root()))
            .collect();
        let mut answered = std::mem::take(&mut section.answered);
        object::repair(&mut answered, &examples, self.diagnostics);
        drop(examples);
        section.answered = answered;
        let examples: Vec<_> = section.bodies.iter().map(|body| body.tree.root()).collect();
        let mut members = std::mem::take(&mut section.members);
        object::repair(&mut members, &examples, self.diagnostics);
        drop(examples);
        section.members = members;
        let mut parameters = std::mem::take(&mut section.parameters);
        object::repair(&mut parameters, &[], self.diagnostics);
        section.parameters = parameters;
        for rows in [
            &mut section.answered,
            &mut section.members,
            &mut section.parameters,
        ] {
            self.bind_lists(rows);
        }
        let section = &*section;
        for rows in [&section.answered, &section.members, &section.parameters] {
            self.note_types(rows);
        }
        let calls = sample::calls(section);
        self.note_calls(section, &calls);
        let security = super::command::evidence(
            self.file,
            self.text,
            section,
            &mut self.model,
            self.diagnostics,
        );
        // Lines that differ in the query only are one operation.
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (index, endpoint) in section.endpoints.iter().enumerate() {
            let identity = sample::identity(&key(endpoint));
            match places.get(&identity).and_then(|at| groups.get_mut(*at)) {
                Some((_, known)) => known.push(index),
                None => {
                    places.insert(identity.clone(), groups.len());
                    groups.push((identity, vec![index]));
                }
            }
        }
        let shortest = groups
            .iter()
            .filter_map(|(_, group)| section.endpoints.get(*group.first()?))
            .min_by_key(|endpoint| endpoint.path.segments.len());
        let base = shortest
            .map(|endpoint| endpoint.path.clone())
            .unwrap_or_default();
        for (_, group) in &groups {
            let endpoints: Vec<&Endpoint> = group
                .iter()
                .filter_map(|at| section.endpoints.get(*at))
                .collect();
            self.operation(
                section,
                &endpoints,
                &calls.iter().collect::<Vec<_>>(),
                (groups.len() > 1).then_some(&base),
                &security,
            );
        }
    }

    fn operation(
        &mut self,
        section: &Section<'_>,
        endpoints: &[&Endpoint],
        calls: &[&Call],
        base: Option<&crate::model::PathTemplate>,
        security: &[crate::model::SecurityRequirement],
    ) {
        let Some(first) = endpoints.first() else {
            return;
        };
        let key = key(first);
        let names = section.title.iter().map(|title| match base {
            Some(base) if *base != key.path => {
                NameHint::new(variant_name(title, &key.path, base), 0)
            }
            _ => NameHint::new(title.clone(), 0),
        });
        let names: Vec<NameHint> = names.collect();
        let parameters = parameter::parameters(self, section, endpoints, calls);
        let request_body = self.request_body(section, first);
        let responses = self.responses(section);
        let lists: [(&str, &[&str]); 2] = [
            ("Allowed for", &section.allowed_for),
            ("Pagination", &section.pagination),
        ];
        let mut origins = crate::origin::Origins::none();
        for endpoint in endpoints {
            origins.add(endpoint.origin);
        }
        let operation = Operation {
            key,
            names,
            tags: self.tag.iter().cloned().collect(),
            docs: Docs {
                summary: None,
                description: docs::description(&section.text, self.flat, &lists),
            },
            parameters,
            request_body,
            responses,
            security: security.to_vec(),
            paged: section.pagination.iter().map(|line| paged(line)).collect(),
            servers: Vec::new(),
            redirects: Default::default(),
            deprecated: false,
            origins,
        };
        self.model.operations.push(operation);
    }

    fn request_body(&mut self, section: &Section<'_>, endpoint: &Endpoint) -> Option<RequestBody> {
        let sends = matches!(
            endpoint.method.as_str(),
            "POST" | "PUT" | "PATCH" | "DELETE"
        );
        let members = parameter::body_rows(section, endpoint);
        if (section.bodies.is_empty() && members.is_empty()) || !sends {
            return None;
        }
        let mut evidence = Evidence::default();
        let mut examples = Vec::new();
        let mut origins = crate::origin::Origins::none();
        for body in &section.bodies {
            let sample = Sample {
                origin: body.origin,
                direction: Direction::Sent,
                elided: body.elided,
            };
            let shown = infer::observe(body.tree.root(), sample);
            evidence.join(&shown);
            origins.add(body.origin);
            examples.push(Example {
                name: None,
                body: infer::literal("", body.tree.root()),
                origin: body.origin,
            });
        }
        let files = members.iter().any(|row| {
            matches!(
                row.kind,
                Some(Ok(Type::String(crate::model::StringFormat::Binary)))
            )
        });
        if !members.is_empty() {
            let stated = stated::members(&members, Direction::Sent, false);
            match section.bodies.is_empty() {
                true => evidence.object.get_or_insert_default().join(&stated),
                false => object::place_members(&mut evidence, stated),
            }
            members.iter().for_each(|row| origins.add(row.origin));
        }
        self.include(section, &mut evidence);
        let origin = origins.first().unwrap_or_default();
        let schema = self.sampled(evidence, origin);
        let name = if files {
            "multipart/form-data"
        } else {
            "application/json"
        };
        Some(RequestBody {
            required: true,
            content: vec![MediaType {
                name: name.to_owned(),
                schema,
                examples,
                ..MediaType::default()
            }],
            docs: Docs::default(),
            origins,
        })
    }

    /// Members that only the text speaks of: they stand in the object that the body holds.
    fn include(&mut self, section: &Section<'_>, evidence: &mut Evidence) {
        let text = part::joined(&section.text);
        let Some((name, literal)) = prose::included(&text) else {
            return;
        };
        let origin = section.origin;
        let literal = literal.to_json();
        let Ok(tree) = json::parse(self.file, &literal.as_str().into(), Dialect::Strict) else {
            return;
        };
        let sample = Sample {
            origin,
            direction: Direction::Sent,
            elided: false,
        };
        let value = infer::observe_member(&name, tree.root(), sample);
        let Some(object) = &mut evidence.object else {
            return;
        };
        let mut inner = object.fields.values_mut();
        let only = inner.next().filter(|field| field.value.object.is_some());
        let target = match (only, inner.next()) {
            (Some(field), None) => field.value.object.as_deref_mut(),
            _ => None,
        };
        if let Some(target) = target {
            let field = target.fields.entry(name).or_insert(FieldEvidence {
                index: u32::MAX,
                ..FieldEvidence::default()
            });
            field.value.join(&value);
        }
    }

    fn responses(&mut self, section: &Section<'_>) -> Vec<Response> {
        let mut drafts: BTreeMap<u16, Vec<&Answer>> = BTreeMap::new();
        for answer in &section.answers {
            drafts.entry(answer.status).or_default().push(answer);
        }
        let text = part::joined(&section.text);
        let success = drafts.keys().any(|status| (200..300).contains(status));
        let returned = section.returned.clone().or_else(|| {
            let (name, list) = prose::answered(&text)?;
            let object = Type::Named(name, false);
            Some(if list {
                Type::Array(Some(Box::new(object)))
            } else {
                object
            })
        });
        let mut found = Vec::new();
        let mut placed = section.answered.is_empty();
        for (status, answers) in &drafts {
            let mut evidence = Evidence::default();
            let mut examples = Vec::new();
            for json in answers.iter().filter_map(|answer| answer.json.as_ref()) {
                let root = json.tree.root();
                if root.is_null() {
                    continue;
                }
                let sample = Sample {
                    origin: json.origin,
                    direction: Direction::Received,
                    elided: json.elided,
                };
                let shown = infer::observe(root, sample);
                evidence.join(&shown);
                examples.push(Example {
                    name: None,
                    body: infer::literal("", root),
                    origin: json.origin,
                });
            }
            let good = (200..300).contains(status);
            if good && !placed && !examples.is_empty() {
                placed = true;
                let members = stated::members(&section.answered, Direction::Received, false);
                object::place_members(&mut evidence, members);
            }
            if good && examples.is_empty() && !matches!(status, 204 | 205) {
                self.add_returned(section, returned.as_ref(), &mut placed, &mut evidence);
            }
            let origin = answers.first().map(|a| a.origin).unwrap_or_default();
            let docs = answers.iter().find_map(|answer| answer.text.clone());
            found.push(self.response(*status, evidence, examples, origin, docs));
        }
        let said = prose::statuses(&text);
        if !success {
            let empty = said.iter().find(|status| matches!(status, 204 | 205));
            let mut evidence = Evidence::default();
            self.add_returned(section, returned.as_ref(), &mut placed, &mut evidence);
            match empty {
                Some(status) => found.push(self.response(
                    *status,
                    Evidence::default(),
                    Vec::new(),
                    section.origin,
                    None,
                )),
                None if evidence != Evidence::default() => {
                    found.push(self.response(200, evidence, Vec::new(), section.origin, None));
                }
                None => {}
            }
        }
        for status in said.into_iter().filter(|status| *status >= 400) {
            if found
                .iter()
                .all(|response| response.status != Status::Code(status))
            {
                found.push(self.response(
                    status,
                    Evidence::default(),
                    Vec::new(),
                    section.origin,
                    None,
                ));
            }
        }
        found.sort_by_key(|response| response.status);
        found
    }

    /// What the page says is answered, where no example shows it.
    fn add_returned(
        &mut self,
        section: &Section<'_>,
        returned: Option<&Type>,
        placed: &mut bool,
        evidence: &mut Evidence,
    ) {
        if !*placed {
            *placed = true;
            let members = stated::members(&section.answered, Direction::Received, false);
            evidence.object.get_or_insert_default().join(&members);
            return;
        }
        let seen = stated::statement(section.origin, Direction::Received);
        match returned {
            Some(Type::Array(Some(item))) => {
                evidence.array = Some(Box::new(ArrayEvidence {
                    seen: Observations::from(seen),
                    item: stated::of_type(item, seen),
                    ..ArrayEvidence::default()
                }));
            }
            Some(Type::Named(name, _)) => evidence.add_hole(Hole::Named(name.clone()), seen),
            Some(kind) => *evidence = stated::of_type(kind, seen),
            None => {}
        }
    }

    fn response(
        &mut self,
        status: u16,
        evidence: Evidence,
        examples: Vec<Example>,
        origin: Origin,
        docs: Option<String>,
    ) -> Response {
        let content = match evidence == Evidence::default() {
            true => Vec::new(),
            false => vec![MediaType {
                name: "application/json".to_owned(),
                schema: self.sampled(evidence, origin),
                examples,
                ..MediaType::default()
            }],
        };
        Response {
            status: Status::Code(status),
            docs: Docs {
                summary: docs,
                description: None,
            },
            headers: Vec::new(),
            content,
            origins: origin.into(),
        }
    }

    /// Reports where sample programs spell an operation in another way than its line.
    fn note_calls(&mut self, section: &Section<'_>, calls: &[Call]) {
        let mut reported = BTreeSet::new();
        for call in calls {
            for (said, shown) in &call.holes {
                if said != shown && reported.insert((said.clone(), shown.clone())) {
                    let line = section
                        .endpoints
                        .get(call.endpoint)
                        .map(|endpoint| endpoint.origin);
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::MARKDOWN_PARAMETER_NAME,
                            format!("a sample calls `{shown}` what the line of the operation calls `{said}`"),
                        )
                        .at(call.origin)
                        .related(line, "the name that counts")
                        .help("nothing has to be done; in a copy of the page, write one name in both places"),
                    );
                }
            }
        }
    }
}

pub(super) fn key(endpoint: &Endpoint) -> OperationKey {
    OperationKey {
        method: endpoint.method.clone(),
        path: endpoint.path.clone(),
    }
}

/// A line below `Pagination`: `Cursor pagination (recommended)`.
fn paged(line: &str) -> Paged {
    let line = line.to_lowercase();
    match line {
        _ if line.contains("cursor") => Paged::Cursor,
        _ if line.contains("offset") || line.contains("page number") => Paged::Offset,
        _ => Paged::Other,
    }
}

//! The parts of a page to a model: its operations with parameters, bodies and answers, and the objects that it describes.

mod answer;
mod body;
mod whole;

use super::cell::Type;
use super::command::{self, Bases, Commands};
use super::endpoint::Endpoint;
use super::part::{Object, Page, Section, ValueList};
use super::sample::{self, Call};
use super::{docs, inline, keyword, object, parameter};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer::Direction;
use crate::model::evidence::Evidence;
use crate::model::schema::Authority;
use crate::model::{
    Docs, Model, NameHint, Operation, OperationKey, Paged, Schema, SchemaId, SecurityRequirement,
    Shape,
};
use crate::origin::{FileId, Origin};
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
    /// Where the commands of the page show it to be served.
    pub bases: Bases,
    /// The operations of which no command is shown.
    pub silent: Vec<usize>,
}

/// What the sample programs of a section show of the operation of some of its endpoints.
struct Shown<'s> {
    calls: &'s [Call],
    commands: &'s Commands,
    group: &'s [usize],
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
        self.model.servers = std::mem::take(&mut self.bases).servers();
        self.inherit_security();
    }

    /// Operations of which no command is shown ask for the credential that all other commands of the page have.
    fn inherit_security(&mut self) {
        let silent: BTreeSet<usize> = self.silent.drain(..).collect();
        let operations = self.model.operations.iter().enumerate();
        let mut shown: Vec<Vec<SecurityRequirement>> = operations
            .filter(|(at, operation)| !silent.contains(at) && !operation.security.is_empty())
            .map(|(_, operation)| operation.security.clone())
            .collect();
        shown.dedup();
        let [security] = shown.as_slice() else {
            return;
        };
        for at in silent {
            if let Some(operation) = self.model.operations.get_mut(at) {
                operation.security.clone_from(security);
            }
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
        let commands = command::read(
            (self.file, self.text),
            section,
            &mut self.bases,
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
            let shown = Shown {
                calls: &calls,
                commands: &commands,
                group,
            };
            let base = (groups.len() > 1).then_some(&base);
            self.operation(section, &endpoints, &shown, base);
        }
    }

    fn operation(
        &mut self,
        section: &Section<'_>,
        endpoints: &[&Endpoint],
        shown: &Shown<'_>,
        base: Option<&crate::model::PathTemplate>,
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
        let sent: Vec<&command::Call> = shown.commands.of(shown.group).collect();
        let parameters = parameter::parameters(self, section, endpoints, shown.calls, &sent);
        let request_body = self.request_body(section, first, &sent);
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
            security: shown.commands.security.clone(),
            paged: section.pagination.iter().map(|line| paged(line)).collect(),
            servers: Vec::new(),
            redirects: Default::default(),
            deprecated: false,
            origins,
        };
        if shown.commands.count == 0 {
            self.silent.push(self.model.operations.len());
        }
        self.model.operations.push(operation);
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

//! A plan to its surface: what is said in it in the words of Rust, as it is emitted, and what is sent.

use super::surface::{
    Argument, At, Case, Client, Credential, Member, Messages, Operation, Outcome, Series, Shape,
    Surface, Type, Variable, Variant,
};
use super::words::{
    argument_text, facts, hash, hash_of, paging_text, parts_text, sent_credential, setter_text,
    spelled, type_text, value_text,
};
use crate::diagnostic::render::Files;
use crate::origin::{FileId, Lines, Origin};
use crate::plan::Replacement;
use crate::plan::schema::ValueKind;
use crate::plan::{self, Group, Item, Plan, SchemeKind, Setter, Wire};
use std::collections::BTreeMap;

/// Takes the surface of a plan; the files are those of its run.
pub fn surface(plan: &Plan, files: &dyn Files) -> Surface {
    let mut lift = Lift {
        plan,
        files,
        shown: BTreeMap::new(),
        lines: BTreeMap::new(),
    };
    let client = lift.client();
    let groups = plan.groups.iter();
    let mut operations: Vec<Operation> = groups
        .flat_map(|group| group.operations.iter().map(move |one| (group, one)))
        .map(|(group, operation)| lift.operation(group, operation))
        .collect();
    operations.sort_by(|a, b| (&a.path, &a.verb, &a.id).cmp(&(&b.path, &b.verb, &b.id)));
    let items = plan.families.iter().flat_map(|family| &family.items);
    let mut types: Vec<Type> = items.map(|item| lift.item(item)).collect();
    types.sort_by(|a, b| a.name.cmp(&b.name));
    let messages = plan.messages.as_ref().map(|messages| Messages {
        module: messages.module.plain().to_owned(),
        types: messages
            .messages
            .iter()
            .map(|one| (one.name.plain().to_owned(), type_text(&one.ty)))
            .collect(),
    });
    let mut shown: Vec<(u32, String)> = lift.shown.into_values().collect();
    shown.sort();
    Surface {
        name: plan.manifest.name.clone(),
        version: plan.manifest.version.clone(),
        docs: hash_of(&[
            plan.manifest.description.as_str(),
            plan.manifest.license.as_deref().unwrap_or_default(),
        ]),
        files: shown.into_iter().map(|(_, path)| path).collect(),
        client,
        operations,
        types,
        messages,
        aliases: aliases(plan),
    }
}

/// The names that were given up and are still there.
fn aliases(plan: &Plan) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for alias in &plan.retired.types {
        let new = replacement("types", &alias.new);
        all.insert(format!("types::{}", alias.old.plain()), new);
    }
    for alias in &plan.retired.modules {
        let new = alias.new.module.plain();
        all.insert(alias.old.plain().to_owned(), new.to_owned());
    }
    for group in &plan.groups {
        let module = group.access.module.plain();
        for alias in &group.retired {
            let new = replacement(module, &alias.new);
            all.insert(format!("{module}::{}", alias.old.plain()), new);
        }
    }
    all
}

fn replacement(module: &str, new: &Replacement) -> String {
    match new {
        Replacement::Type(name) | Replacement::Method(name) => {
            format!("{module}::{}", name.plain())
        }
        Replacement::Elsewhere(module, _, name) => {
            format!("{}::{}", module.plain(), name.plain())
        }
    }
}

struct Lift<'p> {
    plan: &'p Plan,
    files: &'p dyn Files,
    /// The files that places are in, by their number in the run: their number here.
    shown: BTreeMap<FileId, (u32, String)>,
    lines: BTreeMap<FileId, Lines<'p>>,
}

impl<'p> Lift<'p> {
    fn at(&mut self, origin: Option<Origin>) -> Option<At> {
        let origin = origin?;
        let files = self.files;
        let path = files.path(origin.file)?;
        let text = files.text(origin.file)?;
        let count = self.shown.len() as u32;
        let number = self.shown.entry(origin.file);
        let (number, _) = number.or_insert_with(|| (count, path.to_owned()));
        let lines = self.lines.entry(origin.file);
        let lines = lines.or_insert_with(|| Lines::new(text));
        let position = lines.position(origin.span.start as usize);
        Some(At(*number, position.line as u32, position.column as u32))
    }

    fn client(&mut self) -> Client {
        let Plan { client, places, .. } = self.plan;
        let credentials = client.schemes.iter().map(|scheme| Credential {
            method: scheme.method.plain().to_owned(),
            takes: match scheme.kind {
                SchemeKind::Basic => "&str, &str",
                SchemeKind::OAuth { .. } => "OAuth",
                SchemeKind::Provider(_) => "impl AuthProvider",
                _ => "&str",
            }
            .to_owned(),
            sent: sent_credential(&scheme.kind),
            docs: hash(&scheme.docs),
            at: self.at(places.credential(scheme.method.plain())),
        });
        let mut credentials: Vec<Credential> = credentials.collect();
        credentials.sort_by(|a, b| a.method.cmp(&b.method));
        // The same variable may have another default in another address; callers set it once.
        let main = &client.server.variables;
        let variables = client.variables.iter().map(|variable| {
            let stated = main.iter().find(|one| one.wire == variable.wire);
            let stated = stated.unwrap_or(variable);
            Variable {
                wire: variable.wire.clone(),
                method: variable.method.plain().to_owned(),
                default: stated.default.clone(),
                allowed: stated.allowed.clone(),
            }
        });
        Client {
            docs: hash(&client.docs),
            server: client.server.url.clone(),
            variables: variables.collect(),
            credentials,
            headers: client.headers.iter().cloned().collect(),
            at: self.at(places.server()),
        }
    }

    fn operation(&mut self, group: &Group, operation: &plan::Operation) -> Operation {
        let Plan { places, .. } = self.plan;
        let plain = |name: &plan::RustIdent| name.plain().to_owned();
        let arguments = self.arguments(operation, &operation.arguments, &operation.steps);
        let setters = operation
            .setters
            .iter()
            .map(|setter| Argument {
                name: plain(&setter.method),
                ty: setter_text(setter),
                docs: hash(&setter.docs),
                deprecated: setter.deprecated,
                ..self.sent(operation, setter)
            })
            .collect();
        let variants = operation
            .variants
            .iter()
            .map(|variant| Variant {
                method: plain(&variant.method),
                arguments: self.arguments(operation, &variant.arguments, &variant.steps),
                facts: facts(&[
                    ("in", variant.request_member.clone().unwrap_or_default()),
                    ("parts", parts_text(&variant.parts)),
                ]),
            })
            .collect();
        let server = operation.server.as_ref().and_then(|constant| {
            let mut others = self.plan.client.others.iter();
            others.find(|other| other.constant == *constant)
        });
        let paging = operation.paging.as_ref().map(|paging| Series {
            item: type_text(&paging.item),
            facts: paging_text(&paging.facts),
        });
        let stream = operation.stream.as_ref().map(|stream| Series {
            item: type_text(&stream.item),
            facts: facts(&[
                ("framing", format!("{:?}", stream.framing)),
                ("accept", stream.accept.clone()),
                ("text", if stream.text { "yes" } else { "" }.to_owned()),
            ]),
        });
        let outcome = operation.outcome.as_ref().map(|outcome| Outcome {
            name: plain(&outcome.name),
            cases: outcome.cases.iter().map(case).collect(),
        });
        let within = [&operation.request_member, &operation.request_inner];
        let within: Vec<&str> = within.into_iter().flatten().map(String::as_str).collect();
        let redirects = operation.max_redirects.map(|most| most.to_string());
        let any = if operation.redirect_any_method {
            "yes"
        } else {
            ""
        };
        let repeat = [
            (
                "same",
                if operation.repeat.same { "yes" } else { "" }.to_owned(),
            ),
            ("key", operation.repeat.header.clone().unwrap_or_default()),
        ];
        Operation {
            key: operation.key.clone(),
            verb: operation.verb.clone(),
            path: operation.path.clone(),
            id: operation.id.clone(),
            group: plain(&group.access.method),
            module: plain(&group.access.module),
            handle: plain(&group.access.handle),
            method: plain(&operation.method),
            call: plain(&operation.call),
            deprecated: operation.deprecated,
            arguments,
            setters,
            variants,
            output: type_text(&operation.output),
            outcome,
            paging,
            stream,
            request_in: within.join("."),
            request_fixed: operation.request_fixed.clone().unwrap_or_default(),
            parts: parts_text(&operation.parts),
            response_in: operation.response_member.clone().unwrap_or_default(),
            response_or: operation.response_spellings.join(" "),
            accept: operation.accept.clone().unwrap_or_default(),
            repeat: facts(&repeat),
            redirects: facts(&[
                ("at most", redirects.unwrap_or_default()),
                ("any method", any.to_owned()),
            ]),
            security: self.security(operation),
            server: server
                .map(|other| other.server.url.clone())
                .unwrap_or_default(),
            docs: hash(&operation.docs),
            at: self.at(places.operation(&operation.id)),
            response_at: self.at(places.part(&operation.id, "response")),
        }
    }

    /// What authorises an operation, by what is sent and not by what it is called.
    fn security(&self, operation: &plan::Operation) -> Option<Vec<String>> {
        let schemes = &self.plan.client.schemes;
        let sent = |name: &String| {
            let scheme = schemes.iter().find(|scheme| scheme.name == *name);
            scheme.map_or_else(|| name.clone(), |scheme| sent_credential(&scheme.kind))
        };
        let alternatives = operation.security.as_ref()?.iter().map(|all| {
            let all: Vec<String> = all.iter().map(sent).collect();
            match all.is_empty() {
                true => "nothing".to_owned(),
                false => all.join(" + "),
            }
        });
        Some(alternatives.collect())
    }

    fn arguments(
        &mut self,
        operation: &plan::Operation,
        arguments: &[plan::Argument],
        steps: &[Setter],
    ) -> Vec<Argument> {
        let of = |argument: &plan::Argument| {
            let step = steps.iter().find(|step| step.name == argument.name);
            let sent = match step {
                Some(step) => self.sent(operation, step),
                None => self.hole(operation, argument),
            };
            Argument {
                name: argument.name.plain().to_owned(),
                ty: argument_text(&argument.ty),
                ..sent
            }
        };
        arguments.iter().map(of).collect()
    }

    /// A value that fills a hole of the path, known by which holes these are.
    fn hole(&mut self, operation: &plan::Operation, argument: &plan::Argument) -> Argument {
        let holes = operation.path_arguments.iter().enumerate();
        let holes = holes.filter(|(_, given)| given.name == argument.name);
        let (at, given): (Vec<String>, Vec<_>) =
            holes.map(|(at, given)| (at.to_string(), given)).unzip();
        let spelled = given.first().map(|given| spelled(&given.spelling));
        let names: Vec<&str> = crate::diff::holes(&operation.path).collect();
        let first = at.first().and_then(|at| at.parse::<usize>().ok());
        let name = first
            .and_then(|at| names.get(at))
            .copied()
            .unwrap_or_default();
        let place = self
            .plan
            .places
            .part(&operation.id, &format!("path {name}"));
        Argument {
            key: format!("path {}", at.join(",")),
            sent: spelled.unwrap_or_default(),
            at: self.at(place),
            ..Argument::default()
        }
    }

    fn sent(&mut self, operation: &plan::Operation, setter: &Setter) -> Argument {
        let (key, sent) = match &setter.wire {
            Wire::Query(name, spelling) => (format!("query {name}"), spelled(spelling)),
            Wire::Header(name, spelling) => (format!("header {name}"), spelled(spelling)),
            Wire::Cookie(name, spelling) => (format!("cookie {name}"), spelled(spelling)),
            Wire::Json(None) => ("body".to_owned(), "application/json".to_owned()),
            Wire::Form => {
                let media = "application/x-www-form-urlencoded";
                ("body".to_owned(), media.to_owned())
            }
            Wire::Json(Some(media)) => ("body".to_owned(), media.clone()),
            Wire::Multipart(media) => ("body".to_owned(), media.clone()),
            Wire::Text(media) => ("body".to_owned(), media.clone()),
            Wire::Raw(media) => ("body".to_owned(), media.clone()),
        };
        let place = self.plan.places.part(&operation.id, &key);
        Argument {
            key,
            sent,
            deprecated: setter.deprecated,
            at: self.at(place),
            ..Argument::default()
        }
    }

    fn item(&mut self, item: &Item) -> Type {
        let Plan { places, .. } = self.plan;
        let name = item.name().plain();
        let mut ty = Type {
            name: name.to_owned(),
            key: item.key().to_owned(),
            at: self.at(places.named(name)),
            ..Type::default()
        };
        match item {
            Item::Struct(item) => {
                ty.sent = item.sent;
                ty.docs = hash(&item.docs);
                ty.constants = item.constants.iter().cloned().collect();
                ty.rest = item
                    .rest
                    .as_ref()
                    .map(|rest| type_text(&rest.ty))
                    .unwrap_or_default();
                let arguments = item.arguments();
                let fields = item.fields.iter().map(|field| Member {
                    name: field.name.plain().to_owned(),
                    wire: field.wire.clone(),
                    ty: type_text(&field.ty),
                    required: field.required,
                    argument: arguments.iter().any(|one| one.name == field.name),
                    facts: field.spellings.join(" "),
                    deprecated: field.deprecated,
                    docs: hash(&field.docs),
                    at: self.at(places.member(name, &field.wire)),
                });
                ty.members = fields.collect();
            }
            Item::ValueEnum(item) => {
                ty.docs = hash(&item.docs);
                ty.shape = match item.kind {
                    ValueKind::Strings => Shape::Strings,
                    ValueKind::Integers => Shape::Integers,
                    ValueKind::Values => Shape::Values,
                };
                let values = item.variants.iter().map(|(name, value, docs)| Member {
                    name: name.plain().to_owned(),
                    wire: value_text(value),
                    docs: hash(docs),
                    at: ty.at,
                    ..Member::default()
                });
                ty.members = values.collect();
            }
            Item::Union(item) => {
                ty.docs = hash(&item.docs);
                ty.shape = Shape::Union;
                let default = item.default.and_then(|at| item.variants.get(at));
                let default = default.map(|variant| variant.name.plain().to_owned());
                ty.rule = facts(&[
                    ("tag", item.tag.clone()),
                    ("else", default.unwrap_or_default()),
                ]);
                let variants = item
                    .variants
                    .iter()
                    .enumerate()
                    .map(|(at, variant)| Member {
                        name: variant.name.plain().to_owned(),
                        wire: set(&variant.tags),
                        ty: type_text(&variant.ty),
                        facts: facts(&[
                            ("kind", format!("{:?}", variant.kind)),
                            ("has", set(&variant.has)),
                        ]),
                        at: self.at(places.member(name, &at.to_string())),
                        ..Member::default()
                    });
                ty.members = variants.collect();
            }
            Item::TaggedUnion(item) => {
                ty.docs = hash(&item.docs);
                ty.shape = Shape::TaggedUnion;
                ty.sent = item.sent;
                let variants = item.variants.iter().enumerate();
                let variants = variants.map(|(at, (variant, held, tag))| Member {
                    name: variant.plain().to_owned(),
                    wire: tag.clone(),
                    ty: type_text(held),
                    at: self.at(places.member(name, &at.to_string())),
                    ..Member::default()
                });
                ty.members = variants.collect();
            }
        }
        ty
    }
}

/// Words whose order says nothing.
fn set(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.sort();
    words.join(" ")
}

fn case(case: &plan::OutcomeCase) -> Case {
    let (first, last) = case.statuses;
    Case {
        statuses: match first == last {
            true => first.to_string(),
            false => format!("{first}-{last}"),
        },
        name: case.name.plain().to_owned(),
        ty: case.ty.as_ref().map(type_text).unwrap_or_default(),
        within: case.member.clone(),
    }
}

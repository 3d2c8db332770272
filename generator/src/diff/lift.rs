//! A plan to its surface: what is said in it in the words of Rust, as it is emitted, and what is sent.

use super::surface::{
    Argument, At, Case, Client, Credential, Member, Messages, Operation, Outcome, Series, Shape,
    Surface, Type, Variable, Variant,
};
use crate::diagnostic::render::Files;
use crate::origin::{FileId, Lines, Origin};
use crate::plan::schema::{EnumeratedValue, ValueKind};
use crate::plan::{
    self, ArgumentType, Doc, Group, Item, Plan, RustType, SchemeKind, Setter, Spelling, Wire,
};
use sha2::{Digest, Sha256};
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
                let fields = item.fields.iter().map(|field| Member {
                    name: field.name.plain().to_owned(),
                    wire: field.wire.clone(),
                    ty: type_text(&field.ty),
                    required: field.required,
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
                        wire: variant.tags.join(" "),
                        ty: type_text(&variant.ty),
                        facts: facts(&[
                            ("kind", format!("{:?}", variant.kind)),
                            ("has", variant.has.join(" ")),
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

fn value_text(value: &EnumeratedValue) -> String {
    match value {
        EnumeratedValue::Text(text) => format!("{text:?}"),
        EnumeratedValue::Integer(number) => number.to_string(),
        EnumeratedValue::Number(text) => text.clone(),
        EnumeratedValue::Boolean(value) => value.to_string(),
    }
}

/// What is said of several things, those left out of which there is nothing to say: `tag kind; else Cat`.
fn facts(all: &[(&str, String)]) -> String {
    let said = all.iter().filter(|(_, value)| !value.is_empty());
    let said: Vec<String> = said
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    said.join("; ")
}

fn sent_credential(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Basic => "basic".to_owned(),
        SchemeKind::Bearer => "bearer".to_owned(),
        SchemeKind::Header(name) => format!("header {name}"),
        SchemeKind::Query(name) => format!("query {name}"),
        SchemeKind::Cookie(name) => format!("cookie {name}"),
        SchemeKind::OAuth {
            token_url,
            refresh_url,
        } => format!("tokens from {token_url}, renewed at {refresh_url}"),
        SchemeKind::Provider(word) => format!("provider {word}"),
    }
}

fn parts_text(parts: &[plan::Part]) -> String {
    let one = |part: &plan::Part| {
        let headers = part.headers.iter();
        let headers: Vec<String> = headers
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        let style = match part.style {
            plan::Style::Repeat => String::new(),
            style => format!("{style:?}"),
        };
        let said = facts(&[
            ("as", part.media_type.clone().unwrap_or_default()),
            ("with", headers.join(", ")),
            ("style", style),
            (
                "reserved",
                if part.reserved { "yes" } else { "" }.to_owned(),
            ),
        ]);
        format!("{} ({said})", part.name)
    };
    parts.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn paging_text(facts_of: &crate::plan::PageFacts) -> String {
    let with = facts_of.with.iter();
    let with: Vec<String> = with
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let first = match facts_of.first {
        0 => String::new(),
        first => first.to_string(),
    };
    facts(&[
        ("style", format!("{:?}", facts_of.style)),
        ("parameter", facts_of.parameter.clone()),
        (
            "in body",
            if facts_of.in_body { "yes" } else { "" }.to_owned(),
        ),
        ("with", with.join("&")),
        ("next", facts_of.next.join(".")),
        ("next header", facts_of.next_header.clone()),
        ("more", facts_of.more.join(".")),
        ("last", facts_of.last.join(".")),
        ("total", facts_of.total.join(".")),
        ("total pages", facts_of.total_pages.join(".")),
        ("items", facts_of.items.join(".")),
        ("first", first),
    ])
}

fn spelled(spelling: &Spelling) -> String {
    if spelling.json {
        return "as JSON".to_owned();
    }
    let style = match spelling.style {
        // What each place has unless it is said otherwise.
        plan::Style::Repeat => "repeated".to_owned(),
        plan::Style::Comma => String::new(),
        style => format!("{style:?}").to_lowercase(),
    };
    match (spelling.reserved, style.as_str()) {
        (true, "") => "reserved".to_owned(),
        (true, style) => format!("{style} reserved"),
        (false, _) => style,
    }
}

/// What an argument's type is in the method that is emitted.
fn argument_text(ty: &ArgumentType) -> String {
    match ty {
        ArgumentType::Value(ty) => type_text(ty),
        ArgumentType::Text => "&str".to_owned(),
        ArgumentType::Slice(ty) => format!("&[{}]", type_text(ty)),
        ArgumentType::Texts => "&[&str]".to_owned(),
        ArgumentType::Reference(ty) => format!("&{}", type_text(ty)),
        ArgumentType::Body => "impl Into<Body>".to_owned(),
        ArgumentType::Optional(ty) => match &**ty {
            ArgumentType::Slice(_) | ArgumentType::Texts => {
                format!("Option<{}>", argument_text(ty))
            }
            ty => format!("impl Into<Option<{}>>", argument_text(ty)),
        },
    }
}

/// What a setter takes: where it can, also `None`, which takes a value back.
fn setter_text(setter: &Setter) -> String {
    let is_body = !matches!(
        setter.wire,
        Wire::Query(..) | Wire::Header(..) | Wire::Cookie(..)
    );
    match &setter.ty {
        ty if is_body => argument_text(ty),
        ArgumentType::Value(ty)
        | ArgumentType::Reference(
            ty @ (RustType::Named(_) | RustType::Timestamp | RustType::Date | RustType::Decimal),
        ) => format!("impl Into<Option<{}>>", type_text(ty)),
        ArgumentType::Text => "impl Into<Option<&str>>".to_owned(),
        ty => argument_text(ty),
    }
}

/// A type as it is written in the crate.
fn type_text(ty: &RustType) -> String {
    let inside = |name: &str, inner: &RustType| format!("{name}<{}>", type_text(inner));
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Timestamp => "Timestamp".to_owned(),
        RustType::Date => "Date".to_owned(),
        RustType::Decimal => "Decimal".to_owned(),
        RustType::Bytes => "Bytes".to_owned(),
        RustType::Upload => "Upload".to_owned(),
        RustType::Json => "serde_json::Value".to_owned(),
        RustType::Named(name) | RustType::Local(name) => name.plain().to_owned(),
        RustType::Vec(inner) => inside("Vec", inner),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", type_text(inner)),
        RustType::Tuple(elements) => {
            let elements: Vec<String> = elements.iter().map(type_text).collect();
            match elements.as_slice() {
                [one] => format!("({one},)"),
                several => format!("({})", several.join(", ")),
            }
        }
        RustType::Boxed(inner) => inside("Box", inner),
        RustType::Deep(inner) => inside("Deep", inner),
        RustType::Option(inner) => inside("Option", inner),
        RustType::Field(inner) => inside("Field", inner),
    }
}

/// Text for people as a hash, without blocks, which show samples of what is compared anyway.
fn hash(docs: &Doc) -> String {
    let mut in_block = false;
    let mut lines = Vec::new();
    for line in docs.lines() {
        let is_fence = line.starts_with("```");
        in_block ^= is_fence;
        if !in_block && !is_fence && !line.is_empty() {
            lines.push(line.as_str());
        }
    }
    hash_of(&lines)
}

fn hash_of(lines: &[&str]) -> String {
    let text = lines.join("\n");
    if text.is_empty() {
        return text;
    }
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

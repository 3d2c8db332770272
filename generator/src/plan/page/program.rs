//! An operation to a program that calls it: settings from the environment, values from the sample.

use super::super::module::Group;
use super::super::operation::{Argument, ArgumentType, Operation, Setter, Wire};
use super::super::rust_type::RustType;
use super::super::server::server_of;
use super::curl::scalar;
use super::settings::{Prefix, Setting, schemes, settings};
use super::sketch::{Sketch, Sketcher, short};
use super::{Page, Sources};
use crate::infer::{is_secret_name, materialize_parameter};
use crate::model::{Literal, Location};
use crate::names::{self, Case, RustIdent};
use std::collections::BTreeSet;

/// A program that calls an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The file's name without its suffix: `create_user`.
    pub name: String,
    /// The full name of the operation: `CreateUser`.
    pub operation: String,
    /// The crate.
    pub krate: RustIdent,
    /// What it does, and how it is run.
    pub docs: Vec<String>,
    /// What the client is built with.
    pub settings: Vec<Setting>,
    /// Values that need a name before the call.
    pub values: Vec<(RustIdent, Sketch)>,
    /// The client's method for the group.
    pub group: RustIdent,
    /// The group's method.
    pub method: RustIdent,
    /// What it is given.
    pub arguments: Vec<Sketch>,
    /// Whether there is something to print.
    pub prints: bool,
    /// Whether the API gives the operation up.
    pub deprecated: bool,
    /// The types of the crate that it mentions.
    pub types: BTreeSet<String>,
    /// Whether it mentions the runtime's `Field`.
    pub field: bool,
}

/// Names that a file of an example cannot have: words of the language, and what Cargo keeps for itself.
const TAKEN: [&str; 9] = [
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc_macro",
    "std",
    "test",
];

/// Names of our own in the program.
const OWN: [&str; 4] = ["answer", "call", "client", "setting"];

/// Plans the program of an operation.
pub(super) fn plan_program(
    sources: &Sources<'_>,
    prefix: &Prefix,
    page: &Page<'_>,
    name: Vec<String>,
    group: &Group,
    operation: &Operation,
) -> Program {
    let client = sources.client;
    let own = server_of(&client.others, page.named.operation);
    let settings = settings(
        prefix,
        client,
        own.map(|other| &other.server),
        &schemes(sources.context, client, page.named.operation),
    );
    let ident = names::ident(&name, Case::Snake);
    let taken = TAKEN.contains(&ident.plain()) || ident.as_str() != ident.plain();
    let name = match taken || ident.plain() == sources.manifest.krate {
        true => format!("{}_call", ident.plain()),
        false => ident.plain().to_owned(),
    };
    let mut program = Program {
        docs: docs(page, operation, &settings, &name),
        name,
        operation: operation.id.clone(),
        krate: names::ident(&names::words(&sources.manifest.krate), Case::Snake),
        settings,
        values: Vec::new(),
        group: group.access.method.clone(),
        method: operation.method.clone(),
        arguments: Vec::new(),
        prints: operation.output != RustType::Unit,
        deprecated: operation.deprecated,
        types: BTreeSet::new(),
        field: false,
    };
    if let Some(krate) = RustIdent::parse(&sources.manifest.krate) {
        program.krate = krate;
    }
    let sketcher = Sketcher::new(sources.types);
    for argument in &operation.arguments {
        let sample = sample(sources, page, operation, argument);
        let given = argue(&sketcher, &mut program, argument, sample.as_ref());
        program.arguments.push(given);
    }
    let values: Vec<Sketch> = program
        .values
        .iter()
        .map(|(_, value)| value.clone())
        .collect();
    values.iter().for_each(|value| mention(value, &mut program));
    program
}

fn docs(page: &Page<'_>, operation: &Operation, settings: &[Setting], name: &str) -> Vec<String> {
    let operation_key = super::super::docs::code(&page.named.operation.key.to_string());
    let mut docs = vec![
        format!("Calls `{}`: {operation_key}.", operation.id),
        String::new(),
        "```text".to_owned(),
    ];
    for variable in settings.iter().flat_map(|setting| &setting.variables) {
        docs.push(format!("export {variable}=…"));
    }
    docs.push(format!("cargo run --example {name}"));
    docs.push("```".to_owned());
    docs
}

/// The value of the sample that an argument stands for.
fn sample(
    sources: &Sources<'_>,
    page: &Page<'_>,
    plan: &Operation,
    argument: &Argument,
) -> Option<Literal> {
    let operation = page.named.operation;
    let step = plan.steps.iter().find(|step| step.name == argument.name);
    let (wire, location) = match step.map(|Setter { wire, .. }| wire) {
        Some(Wire::Query(wire, _)) => (wire.as_str(), Location::Query),
        Some(Wire::Header(wire, _)) => (wire.as_str(), Location::Header),
        Some(Wire::Cookie(wire, _)) => (wire.as_str(), Location::Cookie),
        Some(_) => {
            let body = page.request.clone()?;
            let mut within = plan.request_member.iter().chain(&plan.request_inner);
            return within.try_fold(body, |body, member| match body {
                Literal::Object(members) => members
                    .into_iter()
                    .find(|(name, _)| name == member)
                    .map(|(_, value)| value),
                body => Some(body),
            });
        }
        None => {
            let mut holes = operation.key.path.parameters().zip(&plan.path_arguments);
            (
                holes.find(|(_, given)| given.name == argument.name)?.0,
                Location::Path,
            )
        }
    };
    if is_secret_name(wire) {
        return Some(Literal::String("***".to_owned()));
    }
    let mut parameters = operation.parameters.iter();
    let known = parameters.find(|known| known.location == location && known.name == wire);
    let schemas = &sources.context.model.schemas;
    known.map(|known| {
        materialize_parameter(schemas, known.schema, &known.name, known.example.as_ref())
    })
}

/// What the method is given. A value that takes several lines gets a name first.
fn argue(
    sketcher: &Sketcher<'_>,
    program: &mut Program,
    argument: &Argument,
    sample: Option<&Literal>,
) -> Sketch {
    let reference = |value| Sketch::Reference(Box::new(value));
    let text = || sample.map_or_else(|| "example".to_owned(), |sample| short(&scalar(sample)));
    let named = |program: &mut Program, value| {
        let mut name = argument.name.clone();
        if OWN.contains(&name.plain()) {
            name = name.marked();
        }
        program.values.push((name.clone(), value));
        reference(Sketch::Name(name))
    };
    let (ty, optional) = match &argument.ty {
        ArgumentType::Optional(ty) => (&**ty, true),
        ty => (ty, false),
    };
    match ty {
        // Nothing is known to give.
        _ if optional && sample.is_none() => Sketch::None,
        ArgumentType::Optional(_) => Sketch::None,
        ArgumentType::Text => Sketch::Text(text()),
        ArgumentType::Body => Sketch::Text(text()),
        ArgumentType::Value(ty) => {
            let value = sample.and_then(|sample| sketcher.sketch(ty, sample));
            value.unwrap_or_else(|| match ty {
                RustType::Bool => Sketch::Bool(true),
                RustType::F64 => Sketch::Number("1.5".to_owned()),
                _ => Sketch::Number("1".to_owned()),
            })
        }
        // A list that may be left out is, as the program would have to say that it is there.
        ArgumentType::Texts | ArgumentType::Slice(_) if optional => Sketch::None,
        ArgumentType::Texts => {
            let texts = match sample {
                Some(Literal::Array(items)) => items
                    .iter()
                    .map(|item| Sketch::Text(short(&scalar(item))))
                    .collect(),
                Some(sample) => vec![Sketch::Text(short(&scalar(sample)))],
                None => Vec::new(),
            };
            reference(Sketch::Array(texts))
        }
        ArgumentType::Slice(ty) => {
            let items = match sample {
                Some(Literal::Array(items)) => items.as_slice(),
                Some(sample) => std::slice::from_ref(sample),
                None => &[],
            };
            let items = items
                .iter()
                .take(2)
                .filter_map(|item| sketcher.sketch(ty, item));
            let items: Vec<Sketch> = items.collect();
            let plain = |item: &Sketch| matches!(item, Sketch::Number(_) | Sketch::Bool(_));
            match items.iter().all(plain) {
                true => reference(Sketch::Array(items)),
                false => named(program, Sketch::Array(items)),
            }
        }
        ArgumentType::Reference(ty) => {
            match sample.and_then(|sample| sketcher.sketch(ty, sample)) {
                Some(value @ Sketch::Struct(..)) => named(program, value),
                Some(value @ (Sketch::Into(_) | Sketch::Variant(_, _, None))) => {
                    mention(&value, program);
                    reference(value)
                }
                Some(value @ Sketch::Variant(..)) => named(program, value),
                _ if optional => Sketch::None,
                _ => reference(Sketch::Default),
            }
        }
    }
}

/// Notes the types that a value mentions.
fn mention(value: &Sketch, program: &mut Program) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Sketch::Struct(name, fields) => {
                program.types.insert(name.as_str().to_owned());
                open.extend(fields.iter().map(|(_, value)| value));
            }
            Sketch::Variant(name, _, inner) => {
                program.types.insert(name.as_str().to_owned());
                open.extend(inner.as_deref());
            }
            Sketch::Null => program.field = true,
            Sketch::Value(inner) => {
                program.field = true;
                open.push(inner);
            }
            Sketch::Some(inner) | Sketch::Boxed(inner) | Sketch::Reference(inner) => {
                open.push(inner)
            }
            Sketch::Vec(items) | Sketch::Array(items) => open.extend(items),
            Sketch::Text(_)
            | Sketch::Into(_)
            | Sketch::Bool(_)
            | Sketch::Number(_)
            | Sketch::Default
            | Sketch::None
            | Sketch::Name(_) => {}
        }
    }
}

//! A plan to stable text, for people and snapshots: names and types without documentation.

use super::operation::{ArgumentType, Spelling, Wire};
use super::rust_type::RustType;
use super::schema::Item;
use super::{Operation, Plan};
use std::fmt::Write;

/// The plan as text, one decision a line.
pub fn dump(plan: &Plan) -> String {
    let mut text = format!("crate {} {}\n", plan.manifest.name, plan.manifest.version);
    let server = &plan.client.server;
    let _ = writeln!(text, "server {:?}", server.url);
    for variable in &server.variables {
        let _ = writeln!(
            text,
            "  variable {} {:?} {:?} {:?}",
            variable.method, variable.wire, variable.default, variable.allowed
        );
    }
    for (name, value) in &plan.client.headers {
        let _ = writeln!(text, "header {name:?} {value:?}");
    }
    for scheme in &plan.client.schemes {
        let _ = writeln!(text, "scheme {} {:?}", scheme.method, scheme.kind);
    }
    for group in &plan.groups {
        let access = &group.access;
        let _ = writeln!(
            text,
            "group {} {} {}",
            access.module, access.handle, access.method
        );
        for operation in &group.operations {
            dump_operation(&mut text, operation);
        }
    }
    for family in &plan.families {
        let _ = writeln!(text, "family {}", family.module);
        for item in &family.items {
            dump_item(&mut text, item);
        }
    }
    text
}

fn dump_operation(text: &mut String, operation: &Operation) {
    let arguments: Vec<String> = operation
        .arguments
        .iter()
        .map(|argument| format!("{}: {}", argument.name, argument_text(&argument.ty)))
        .collect();
    let _ = writeln!(
        text,
        "  {}({}) -> {} as {}",
        operation.method,
        arguments.join(", "),
        type_text(&operation.output),
        operation.call
    );
    let _ = writeln!(
        text,
        "    {} {} {:?}",
        operation.verb, operation.path, operation.security
    );
    for (what, member) in [
        ("request", &operation.request_member),
        ("response", &operation.response_member),
    ] {
        if let Some(member) = member {
            let _ = writeln!(text, "    {what} in {member:?}");
        }
    }
    if let Some(member) = &operation.request_inner {
        let _ = writeln!(text, "    and there in {member:?}");
    }
    if let Some(stream) = &operation.stream {
        let kind = if stream.text { "texts" } else { "JSON" };
        let item = type_text(&stream.item);
        let _ = writeln!(text, "    stream {:?} of {kind} {item}", stream.framing);
    }
    if let Some(paging) = &operation.paging {
        let facts = &paging.facts;
        let _ = writeln!(
            text,
            "    pages {:?} {:?} next {:?} of {} at {:?}",
            facts.style,
            facts.parameter,
            facts.next,
            type_text(&paging.item),
            facts.items
        );
    }
    for (what, setters) in [("with", &operation.steps), ("may", &operation.setters)] {
        for setter in setters {
            let wire = match &setter.wire {
                Wire::Query(name, spelling) => format!("query {name:?} {}", spelled(spelling)),
                Wire::Header(name, spelling) => format!("header {name:?} {}", spelled(spelling)),
                Wire::Cookie(name, spelling) => format!("cookie {name:?} {}", spelled(spelling)),
                Wire::Json(media) => format!("json {media:?}"),
                Wire::Form => "form".to_owned(),
                Wire::Multipart(media) => format!("multipart {media:?}"),
                Wire::Text(media) => format!("text {media:?}"),
                Wire::Raw(media) => format!("raw {media:?}"),
            };
            let _ = writeln!(
                text,
                "    {what} {}: {} {wire}",
                setter.method,
                argument_text(&setter.ty)
            );
        }
    }
}

fn dump_item(text: &mut String, item: &Item) {
    match item {
        Item::Struct(item) => {
            let sent = if item.sent { "sent" } else { "received" };
            let _ = writeln!(text, "  struct {} {sent}", item.name);
            for field in &item.fields {
                let presence = if field.required { "req" } else { "opt" };
                let spellings: String =
                    field.spellings.iter().map(|s| format!(" or {s}")).collect();
                let _ = writeln!(
                    text,
                    "    {}: {} {presence} {:?}{spellings}",
                    field.name,
                    type_text(&field.ty),
                    field.wire
                );
            }
            for (name, value) in &item.constants {
                let _ = writeln!(text, "    always {name:?} {value:?}");
            }
            if let Some(rest) = &item.rest {
                let _ = writeln!(text, "    {}: {} rest", rest.name, type_text(&rest.ty));
            }
        }
        Item::ValueEnum(item) => {
            let _ = writeln!(text, "  enum {}", item.name);
            for (name, wire, _) in &item.variants {
                let _ = writeln!(text, "    {name} {wire:?}");
            }
        }
        Item::Union(item) => {
            let _ = writeln!(text, "  union {} tag {:?}", item.name, item.tag);
            if let Some(default) = item.default {
                let _ = writeln!(text, "    else {default}");
            }
            for variant in &item.variants {
                let ty = type_text(&variant.ty);
                let _ = writeln!(
                    text,
                    "    {}({ty}) {:?} {:?} {:?}",
                    variant.name, variant.kind, variant.tags, variant.has
                );
            }
        }
        Item::TaggedUnion(item) => {
            let _ = writeln!(text, "  tagged union {}", item.name);
            for (name, ty, tag) in &item.variants {
                let _ = writeln!(text, "    {name}({}) {tag:?}", type_text(ty));
            }
        }
    }
}

fn spelled(spelling: &Spelling) -> String {
    let reserved = if spelling.reserved { " reserved" } else { "" };
    match spelling.json {
        true => "Json".to_owned(),
        false => format!("{:?}{reserved}", spelling.style),
    }
}

/// The type of an argument as it is written.
pub fn argument_text(ty: &ArgumentType) -> String {
    match ty {
        ArgumentType::Value(ty) => type_text(ty),
        ArgumentType::Text => "&str".to_owned(),
        ArgumentType::Slice(ty) => format!("&[{}]", type_text(ty)),
        ArgumentType::Texts => "&[&str]".to_owned(),
        ArgumentType::Reference(ty) => format!("&{}", type_text(ty)),
        ArgumentType::Body => "impl Into<Body>".to_owned(),
        ArgumentType::Optional(ty) => format!("impl Into<Option<{}>>", argument_text(ty)),
    }
}

/// A type as it is written.
pub fn type_text(ty: &RustType) -> String {
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
        RustType::Json => "Value".to_owned(),
        RustType::Named(name) | RustType::Local(name) => name.to_string(),
        RustType::Vec(inner) => format!("Vec<{}>", type_text(inner)),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", type_text(inner)),
        RustType::Tuple(elements) => {
            let elements: Vec<String> = elements.iter().map(type_text).collect();
            format!("({})", elements.join(", "))
        }
        RustType::Boxed(inner) => format!("Box<{}>", type_text(inner)),
        RustType::Deep(inner) => format!("Deep<{}>", type_text(inner)),
        RustType::Option(inner) => format!("Option<{}>", type_text(inner)),
        RustType::Field(inner) => format!("Field<{}>", type_text(inner)),
    }
}

//! Parts of a plan to short texts: types as they are emitted, and how things are sent.

use crate::plan::schema::EnumeratedValue;
use crate::plan::{self, ArgumentType, Doc, RustType, SchemeKind, Setter, Spelling, Wire};
use sha2::{Digest, Sha256};

pub(super) fn value_text(value: &EnumeratedValue) -> String {
    match value {
        EnumeratedValue::Text(text) => format!("{text:?}"),
        EnumeratedValue::Integer(number) => number.to_string(),
        EnumeratedValue::Number(text) => text.clone(),
        EnumeratedValue::Boolean(value) => value.to_string(),
    }
}

/// What is said of several things, those left out of which there is nothing to say: `tag kind; else Cat`.
pub(super) fn facts(all: &[(&str, String)]) -> String {
    let said = all.iter().filter(|(_, value)| !value.is_empty());
    let said: Vec<String> = said
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    said.join("; ")
}

pub(super) fn sent_credential(kind: &SchemeKind) -> String {
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

pub(super) fn parts_text(parts: &[plan::Part]) -> String {
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

pub(super) fn paging_text(facts_of: &crate::plan::PageFacts) -> String {
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

pub(super) fn spelled(spelling: &Spelling) -> String {
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
pub(super) fn argument_text(ty: &ArgumentType) -> String {
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
pub(super) fn setter_text(setter: &Setter) -> String {
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
pub(super) fn type_text(ty: &RustType) -> String {
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
pub(super) fn hash(docs: &Doc) -> String {
    let mut in_block = false;
    let mut lines = Vec::new();
    for line in docs.lines() {
        let is_fence = line.starts_with("```");
        in_block ^= is_fence;
        if !in_block && !is_fence && !line.is_empty() {
            lines.push(line.as_str());
        }
    }
    // Lists of what is described stand in the order of the source.
    lines.sort_unstable();
    hash_of(&lines)
}

pub(super) fn hash_of(lines: &[&str]) -> String {
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

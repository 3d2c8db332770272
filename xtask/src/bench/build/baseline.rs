//! A plan to a crate in the usual style: serde derives, and one `async fn` an operation with reqwest in its body.
//! It is what the generated crates are measured against, from the same decisions about names and types.

use letterpress::plan::operation::{ArgumentType, Operation, Setter, Wire};
use letterpress::plan::schema::{EnumeratedValue, Item, JsonKind, Struct, TaggedUnion, Union};
use letterpress::plan::{Group, Plan, RustType, ValueEnum};
use std::fmt::Write;

/// The manifest of the crate. There is no TLS, as in the crate that it is compared with.
pub const MANIFEST: &str = "[package]\nname = \"base\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\ndoctest = false\n\n\
    [dependencies]\n\
    reqwest = { version = \"0.13.5\", default-features = false, features = [\"form\", \"json\", \"query\"] }\n\
    serde = { version = \"1.0.229\", features = [\"derive\"] }\n\
    serde_json = \"1.0.154\"\n";

/// What does not depend on the API.
const LIBRARY: &str = r##"
/// Where and how requests are sent.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    pub base_path: String,
    pub bearer_token: Option<String>,
    pub client: reqwest::Client,
}

/// What can go wrong.
#[derive(Debug)]
pub enum Error {
    Reqwest(reqwest::Error),
    Json(serde_json::Error),
    Status { status: u16, content: String, entity: Option<serde_json::Value> },
}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        Error::Reqwest(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::Json(error)
    }
}

/// A value as it stands in a query or in a path.
pub fn text<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    Ok(match serde_json::to_value(value)? {
        serde_json::Value::String(text) => text,
        value => value.to_string(),
    })
}

/// A value as a segment of a path.
pub fn segment(text: &str) -> String {
    let mut segment = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => segment.push(byte as char),
            _ => segment.push_str(&format!("%{byte:02X}")),
        }
    }
    segment
}
"##;

/// The files of the crate below `src`.
pub fn files(plan: &Plan) -> Vec<(String, String)> {
    let mut library = "#![allow(non_camel_case_types, clippy::all)]\n\npub mod types;\n".to_owned();
    let mut files = Vec::new();
    for group in &plan.groups {
        let module = group.access.module.as_str();
        let _ = writeln!(library, "pub mod {module};");
        let path = format!("src/{}.rs", group.access.module.plain());
        files.push((path, emit_group(group)));
    }
    library.push_str(LIBRARY);
    files.push(("src/lib.rs".to_owned(), library));
    files.push(("src/types.rs".to_owned(), emit_types(plan)));
    files
}

fn emit_types(plan: &Plan) -> String {
    let mut text =
        "#![allow(unused_imports)]\n\nuse serde::{Deserialize, Serialize};\nuse std::collections::BTreeMap;\n".to_owned();
    for item in plan.families.iter().flat_map(|family| &family.items) {
        match item {
            Item::Struct(item) => emit_struct(&mut text, item),
            Item::ValueEnum(item) => emit_enum(&mut text, item),
            Item::Union(item) => emit_union(&mut text, item),
            Item::TaggedUnion(item) => emit_tagged_union(&mut text, item),
        }
    }
    text
}

fn emit_docs(text: &mut String, lines: &[String]) {
    for line in lines {
        let _ = writeln!(text, "/// {line}");
    }
}

const DERIVES: &str = "#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]";

fn emit_struct(text: &mut String, item: &Struct) {
    text.push('\n');
    emit_docs(text, item.docs.lines());
    let _ = writeln!(
        text,
        "#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]\npub struct {} {{",
        item.name
    );
    for field in &item.fields {
        emit_docs(text, field.docs.lines());
        let ty = type_text(&field.ty);
        let skip = match field.ty {
            RustType::Option(_) | RustType::Field(_) => {
                "default, skip_serializing_if = \"Option::is_none\""
            }
            _ => "default",
        };
        let _ = writeln!(
            text,
            "    #[serde(rename = {:?}, {skip})]\n    pub {}: {ty},",
            field.wire, field.name
        );
    }
    text.push_str("}\n");
}

fn emit_enum(text: &mut String, item: &ValueEnum) {
    let name = &item.name;
    let are =
        |kind: fn(&EnumeratedValue) -> bool| item.variants.iter().all(|(_, value, _)| kind(value));
    if !are(|value| matches!(value, EnumeratedValue::Text(_))) || item.variants.is_empty() {
        let ty = match are(|value| matches!(value, EnumeratedValue::Integer(_))) {
            true => "i64",
            false => "serde_json::Value",
        };
        let _ = writeln!(text, "\npub type {name} = {ty};");
        return;
    }
    text.push('\n');
    emit_docs(text, item.docs.lines());
    let _ = writeln!(
        text,
        "#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]\npub enum {name} {{\n    #[default]"
    );
    let mut shown = String::new();
    for (variant, value, _) in &item.variants {
        let EnumeratedValue::Text(value) = value else {
            continue;
        };
        let _ = writeln!(text, "    #[serde(rename = {value:?})]\n    {variant},");
        let _ = writeln!(shown, "            Self::{variant} => {value:?},");
    }
    let _ = writeln!(
        text,
        "}}\n\nimpl std::fmt::Display for {name} {{\n    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        \
         f.write_str(match self {{\n{shown}        }})\n    }}\n}}"
    );
}

fn emit_union(text: &mut String, item: &Union) {
    let told = !item.tag.is_empty()
        && item
            .variants
            .iter()
            .all(|variant| variant.kind == JsonKind::Obj && variant.tags.len() == 1);
    let how = match told {
        true => format!("tag = {:?}", item.tag),
        false => "untagged".to_owned(),
    };
    text.push('\n');
    emit_docs(text, item.docs.lines());
    let _ = writeln!(
        text,
        "{DERIVES}\n#[serde({how})]\npub enum {} {{",
        item.name
    );
    for variant in &item.variants {
        if let Some(tag) = variant.tags.first().filter(|_| told) {
            let _ = writeln!(text, "    #[serde(rename = {tag:?})]");
        }
        let _ = writeln!(text, "    {}({}),", variant.name, type_text(&variant.ty));
    }
    text.push_str("}\n");
    let first = item.variants.first().map(|variant| variant.name.as_str());
    emit_default(text, item.name.as_str(), first);
}

fn emit_tagged_union(text: &mut String, item: &TaggedUnion) {
    text.push('\n');
    emit_docs(text, item.docs.lines());
    let _ = writeln!(text, "{DERIVES}\npub enum {} {{", item.name);
    for (name, ty, tag) in &item.variants {
        let _ = writeln!(
            text,
            "    #[serde(rename = {tag:?})]\n    {name}({}),",
            type_text(ty)
        );
    }
    text.push_str("}\n");
    let first = item.variants.first().map(|(name, ..)| name.as_str());
    emit_default(text, item.name.as_str(), first);
}

fn emit_default(text: &mut String, name: &str, first: Option<&str>) {
    if let Some(first) = first {
        let _ = writeln!(
            text,
            "\nimpl Default for {name} {{\n    fn default() -> Self {{\n        Self::{first}(Default::default())\n    }}\n}}"
        );
    }
}

fn type_text(ty: &RustType) -> String {
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String | RustType::Timestamp | RustType::Date | RustType::Decimal => {
            "String".to_owned()
        }
        RustType::Bytes | RustType::Upload => "Vec<u8>".to_owned(),
        RustType::Named(name) | RustType::Local(name) => name.as_str().to_owned(),
        RustType::Vec(inner) => format!("Vec<{}>", type_text(inner)),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", type_text(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", type_text(inner)),
        RustType::Option(inner) | RustType::Field(inner) => format!("Option<{}>", type_text(inner)),
        _ => "serde_json::Value".to_owned(),
    }
}

fn argument_text(ty: &ArgumentType) -> String {
    match ty {
        ArgumentType::Value(ty) => type_text(ty),
        ArgumentType::Text => "&str".to_owned(),
        ArgumentType::Slice(ty) => format!("&[{}]", type_text(ty)),
        ArgumentType::Texts => "&[&str]".to_owned(),
        ArgumentType::Reference(ty) => format!("&{}", type_text(ty)),
        ArgumentType::Body => "Vec<u8>".to_owned(),
        ArgumentType::Optional(ty) => format!("Option<{}>", argument_text(ty)),
    }
}

fn emit_group(group: &Group) -> String {
    let mut text =
        "#![allow(unused_imports)]\n\nuse crate::types::*;\nuse crate::{Configuration, Error};\nuse std::collections::BTreeMap;\n".to_owned();
    for operation in &group.operations {
        emit_operation(&mut text, operation);
    }
    text
}

/// What an operation gives: the first shape, where it has several.
fn output(operation: &Operation) -> RustType {
    match &operation.outcome {
        Some(outcome) => {
            let mut types = outcome.cases.iter().filter_map(|case| case.ty.clone());
            types.next().unwrap_or(RustType::Unit)
        }
        None => operation.output.clone(),
    }
}

fn emit_operation(text: &mut String, operation: &Operation) {
    text.push('\n');
    emit_docs(text, operation.docs.lines());
    let given = operation.arguments.len();
    let output = output(operation);
    let _ = write!(
        text,
        "pub async fn {}(configuration: &Configuration",
        operation.method
    );
    for (number, argument) in operation.arguments.iter().enumerate() {
        let _ = write!(text, ", a{number}: {}", argument_text(&argument.ty));
    }
    for (number, setter) in operation.setters.iter().enumerate() {
        let _ = write!(text, ", a{}: {}", given + number, setter_type(setter));
    }
    let _ = writeln!(text, ") -> Result<{}, Error> {{", type_text(&output));
    let _ = writeln!(
        text,
        "    let url = format!(\"{{}}{}\", configuration.base_path{});",
        path_format(operation),
        holes(operation)
    );
    let _ = writeln!(
        text,
        "    let mut request = configuration.client.request(reqwest::Method::from_bytes(b\"{}\").unwrap_or_default(), &url);",
        operation.verb
    );
    for step in &operation.steps {
        let number = operation
            .arguments
            .iter()
            .position(|argument| argument.name == step.name);
        if let Some(number) = number {
            emit_step(text, &format!("a{number}"), &step.ty, &step.wire);
        }
    }
    for (number, setter) in operation.setters.iter().enumerate() {
        let name = format!("a{}", given + number);
        let _ = writeln!(text, "    if let Some(value) = {name} {{");
        let inner = match &setter.ty {
            ArgumentType::Optional(inner) => inner,
            ty => ty,
        };
        emit_step(text, "value", inner, &setter.wire);
        text.push_str("    }\n");
    }
    text.push_str(
        "    if let Some(token) = &configuration.bearer_token {\n        request = request.bearer_auth(token);\n    }\n    \
         let response = configuration.client.execute(request.build()?).await?;\n    \
         let status = response.status();\n    \
         if status.is_client_error() || status.is_server_error() {\n        \
         let content = response.text().await?;\n        \
         let entity = serde_json::from_str(&content).ok();\n        \
         return Err(Error::Status { status: status.as_u16(), content, entity });\n    }\n",
    );
    text.push_str(match output {
        RustType::Unit => "    Ok(())\n}\n",
        RustType::Bytes => "    Ok(response.bytes().await?.to_vec())\n}\n",
        RustType::String => "    Ok(response.text().await?)\n}\n",
        _ => "    let content = response.text().await?;\n    Ok(serde_json::from_str(&content)?)\n}\n",
    });
}

fn setter_type(setter: &Setter) -> String {
    match &setter.ty {
        ArgumentType::Optional(_) => argument_text(&setter.ty),
        ty => format!("Option<{}>", argument_text(ty)),
    }
}

/// The path with a place for each hole.
fn path_format(operation: &Operation) -> String {
    let (mut format, mut inside) = (String::new(), false);
    for c in operation.path.chars() {
        match c {
            '{' => (inside, format) = (true, format + "{}"),
            '}' => inside = false,
            '"' | '\\' => {}
            c if !inside => format.push(c),
            _ => {}
        }
    }
    format
}

/// What fills the holes.
fn holes(operation: &Operation) -> String {
    let mut filled = operation.path_arguments.iter();
    let count = path_format(operation).matches("{}").count();
    let mut text = String::new();
    for _ in 0..count {
        let name = filled.next().map(|given| &given.name);
        let found = operation
            .arguments
            .iter()
            .position(|argument| Some(&argument.name) == name);
        match found {
            Some(number) => {
                let _ = write!(text, ", crate::segment(&crate::text(&a{number})?)");
            }
            None => text.push_str(", \"\""),
        }
    }
    text
}

fn emit_step(text: &mut String, name: &str, ty: &ArgumentType, wire: &Wire) {
    if let ArgumentType::Optional(inner) = ty {
        let _ = writeln!(text, "    if let Some(value) = {name} {{");
        emit_step(text, "value", inner, wire);
        text.push_str("    }\n");
        return;
    }
    let value = match ty {
        ArgumentType::Value(_) | ArgumentType::Text => format!("{name}.to_string()"),
        _ => format!("crate::text({name})?"),
    };
    let _ = match (wire, ty) {
        (Wire::Query(wire, _), ArgumentType::Slice(_) | ArgumentType::Texts) => writeln!(
            text,
            "    for one in {name} {{\n        request = request.query(&[({wire:?}, crate::text(one)?)]);\n    }}"
        ),
        (Wire::Query(wire, _), _) => {
            writeln!(text, "    request = request.query(&[({wire:?}, {value})]);")
        }
        (Wire::Header(wire, _), _) => {
            writeln!(text, "    request = request.header({wire:?}, {value});")
        }
        (Wire::Cookie(wire, _), _) => writeln!(
            text,
            "    request = request.header(\"cookie\", format!(\"{{}}={{}}\", {wire:?}, {value}));"
        ),
        (Wire::Form, _) => writeln!(text, "    request = request.form(&{name});"),
        (Wire::Raw(media), _) => writeln!(
            text,
            "    request = request.header(\"content-type\", {media:?}).body({name});"
        ),
        (Wire::Text(media), _) => writeln!(
            text,
            "    request = request.header(\"content-type\", {media:?}).body({value});"
        ),
        _ => writeln!(text, "    request = request.json(&{name});"),
    };
}

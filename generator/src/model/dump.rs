//! A model as stable text for people and snapshots: everything that was understood, nothing about bytes and files.

use super::schema::{Authority, EnumValue};
use super::{
    Additional, Docs, Literal, MediaType, Model, NameHint, Operation, Parameter, PartEncoding,
    SchemaId, SecurityRequirement, Server, Shape, StringFormat, Webhook,
};
use std::fmt::Write;

/// The whole model as text. A schema is written where it is first used; one that is used more than once has a number,
/// by which it is named from then on.
pub fn dump(model: &Model) -> String {
    let mut dump = Dump {
        model,
        text: String::new(),
        uses: count_uses(model),
        numbers: vec![None; model.schemas.len()],
        next: 1,
    };
    dump.model();
    dump.text
}

struct Dump<'m> {
    model: &'m Model,
    text: String,
    /// By schema, how often it is referred to.
    uses: Vec<u32>,
    /// By schema, its number once it has been written.
    numbers: Vec<Option<u32>>,
    next: u32,
}

/// A line still to be written: what stands in front of the schema, and the schema.
struct Line {
    indent: usize,
    label: String,
    schema: SchemaId,
    /// Facts and docs of the property, behind the schema.
    notes: String,
}

fn count_uses(model: &Model) -> Vec<u32> {
    let mut uses = vec![0u32; model.schemas.len()];
    let nested = model
        .schemas
        .iter()
        .flat_map(|(_, schema)| schema.shape.children());
    for id in model.roots().into_iter().chain(nested) {
        if let Some(count) = uses.get_mut(id.0 as usize) {
            *count += 1;
        }
    }
    uses
}

impl Dump<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        for _ in 0..indent {
            self.text.push_str("  ");
        }
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }

    fn model(&mut self) {
        let model = self.model;
        if let Some(title) = &model.info.title {
            self.line(0, &format!("title {}", quoted(title)));
        }
        if let Some(version) = &model.info.version {
            self.line(0, &format!("version {}", quoted(version)));
        }
        self.docs(0, &model.info.docs);
        for tag in &model.tags {
            self.line(0, &format!("tag {}", quoted(&tag.name)));
            self.docs(1, &tag.docs);
        }
        for (name, value) in &model.headers {
            self.line(0, &format!("every call sends {name}: {value}"));
        }
        for server in &model.servers {
            self.server(0, server);
        }
        for scheme in &model.security_schemes {
            self.line(
                0,
                &format!(
                    "security scheme {}: {:?}",
                    quoted(&scheme.name),
                    scheme.kind
                ),
            );
            self.docs(1, &scheme.docs);
        }
        for operation in &model.operations {
            self.text.push('\n');
            self.operation(operation);
        }
        for webhook in &model.webhooks {
            self.text.push('\n');
            self.webhook(webhook);
        }
        if !model.named_schemas.is_empty() {
            self.text.push('\n');
        }
        for id in &model.named_schemas {
            self.schema(0, "alone ".to_owned(), *id, String::new());
        }
        if !model.skipped.is_empty() {
            self.text.push('\n');
        }
        for skipped in &model.skipped {
            self.line(
                0,
                &format!("skipped {} ({})", quoted(&skipped.operation), skipped.code),
            );
        }
    }

    fn webhook(&mut self, webhook: &Webhook) {
        let mut text = format!(
            "webhook {} {}",
            webhook.method.as_str(),
            quoted(&webhook.name)
        );
        if let Some(operation) = &webhook.operation {
            let _ = write!(text, " of {operation}");
        }
        text.push_str(if webhook.deprecated {
            " deprecated"
        } else {
            ""
        });
        self.line(0, &text);
        self.docs(1, &webhook.docs);
        if let Some(body) = &webhook.body {
            self.content(&body.content);
        }
    }

    fn server(&mut self, indent: usize, server: &Server) {
        let description = server
            .description
            .as_deref()
            .map(quoted)
            .unwrap_or_default();
        self.line(indent, &format!("server {} {description}", server.url));
        for variable in &server.variables {
            let mut text = format!("{{{}}}", variable.name);
            if let Some(default) = &variable.default {
                let _ = write!(text, " = {}", quoted(default));
            }
            if !variable.allowed.is_empty() {
                let _ = write!(text, " of {:?}", variable.allowed);
            }
            if let Some(description) = &variable.description {
                let _ = write!(text, " -- {}", first_line(description));
            }
            self.line(indent + 1, &text);
        }
    }

    fn docs(&mut self, indent: usize, docs: &Docs) {
        if let Some(summary) = &docs.summary {
            self.line(indent, &format!("summary {}", quoted(first_line(summary))));
        }
        if let Some(description) = &docs.description {
            self.line(
                indent,
                &format!("description {}", quoted(first_line(description))),
            );
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let deprecated = if operation.deprecated {
            " deprecated"
        } else {
            ""
        };
        self.line(0, &format!("operation {}{deprecated}", operation.key));
        if !operation.names.is_empty() {
            self.line(1, &format!("names {}", names(&operation.names)));
        }
        if !operation.tags.is_empty() {
            self.line(1, &format!("tags {:?}", operation.tags));
        }
        self.docs(1, &operation.docs);
        if !operation.paged.is_empty() {
            let words: Vec<&str> = operation.paged.iter().map(|paged| paged.word()).collect();
            self.line(1, &format!("paged by {}", words.join(", ")));
        }
        for server in &operation.servers {
            self.server(1, server);
        }
        match operation.redirects.limit {
            Some(0) => self.line(1, "redirects not followed"),
            Some(limit) => self.line(1, &format!("redirects at most {limit}")),
            None => {}
        }
        if operation.redirects.any_method {
            self.line(1, "redirects of any method");
        }
        if !operation.security.is_empty() {
            self.line(1, &format!("security {}", security(&operation.security)));
        }
        for parameter in &operation.parameters {
            self.parameter(parameter);
        }
        if let Some(body) = &operation.request_body {
            let required = if body.required {
                "required"
            } else {
                "optional"
            };
            self.line(1, &format!("request body {required}"));
            self.docs(2, &body.docs);
            self.content(&body.content);
        }
        for response in &operation.responses {
            let bodyless = if response.content.is_empty() {
                " without body"
            } else {
                ""
            };
            self.line(1, &format!("response {}{bodyless}", response.status));
            self.docs(2, &response.docs);
            for header in &response.headers {
                self.schema(
                    2,
                    format!("header {}: ", header.name),
                    header.schema,
                    short(&header.docs),
                );
            }
            self.content(&response.content);
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        let location = format!("{:?}", parameter.location).to_lowercase();
        let mut label = format!("{location} parameter {}", quoted(&parameter.name));
        if !parameter.names.is_empty() {
            let _ = write!(label, " names {}", names(&parameter.names));
        }
        label.push_str(if parameter.required {
            " required"
        } else {
            " optional"
        });
        if parameter.style != Default::default() {
            let _ = write!(label, " style {:?}", parameter.style);
        }
        if parameter.deprecated {
            label.push_str(" deprecated");
        }
        label.push_str(": ");
        let mut notes = String::new();
        if let Some(example) = &parameter.example {
            let _ = write!(notes, " example {}", literal(example));
        }
        notes.push_str(&short(&parameter.docs));
        self.schema(1, label, parameter.schema, notes);
    }

    fn content(&mut self, content: &[MediaType]) {
        for media in content {
            self.schema(2, format!("{}: ", media.name), media.schema, String::new());
            for (member, value) in &media.fixed {
                self.line(3, &format!("always {} = {}", key(member), shown(value)));
            }
            if let Some(item) = media.item {
                self.schema(3, "each: ".to_owned(), item, String::new());
            }
            for part in &media.encodings {
                self.encoding(part);
            }
            for example in &media.examples {
                let name = example.name.as_deref().map(quoted).unwrap_or_default();
                self.line(3, &format!("example {name} {}", shown(&example.body)));
            }
        }
    }

    fn encoding(&mut self, part: &PartEncoding) {
        let mut text = format!("part {}", key(&part.property));
        if let Some(name) = &part.media_type {
            let _ = write!(text, " as {name}");
        }
        if let Some(style) = part.style {
            let _ = write!(text, " {style:?}");
        }
        text.push_str(if part.allow_reserved { " reserved" } else { "" });
        self.line(3, &text);
        for header in &part.headers {
            self.schema(
                4,
                format!("header {}: ", key(&header.name)),
                header.schema,
                short(&header.docs),
            );
        }
    }

    /// Writes a schema and all in it, without recursion.
    fn schema(&mut self, indent: usize, label: String, schema: SchemaId, notes: String) {
        let mut open = vec![Line {
            indent,
            label,
            schema,
            notes,
        }];
        while let Some(line) = open.pop() {
            let mut text = line.label;
            let at = line.schema.0 as usize;
            let known = self.numbers.get(at).copied().flatten();
            if let Some(number) = known {
                let _ = write!(text, "#{number} (above){}", line.notes);
                self.line(line.indent, &text);
                continue;
            }
            if self.uses.get(at).is_some_and(|uses| *uses > 1) {
                let _ = write!(text, "#{} ", self.next);
                if let Some(number) = self.numbers.get_mut(at) {
                    *number = Some(self.next);
                }
                self.next += 1;
            }
            let children = self.describe(line.schema, line.indent + 1, &mut text);
            text.push_str(&line.notes);
            self.line(line.indent, &text);
            open.extend(children.into_iter().rev());
        }
    }

    /// Adds what a schema says itself to the line, and answers the lines of what is in it.
    fn describe(&self, id: SchemaId, indent: usize, text: &mut String) -> Vec<Line> {
        let schema = self.model.schemas.get(id);
        let line = |label: String, schema: SchemaId, notes: String| Line {
            indent,
            label,
            schema,
            notes,
        };
        let mut children = Vec::new();
        match &schema.shape {
            Shape::Any => text.push_str("any"),
            Shape::Never => text.push_str("never"),
            Shape::Boolean => text.push_str("boolean"),
            Shape::Integer { unsigned: false } => text.push_str("integer"),
            Shape::Integer { unsigned: true } => text.push_str("unsigned integer"),
            Shape::Number => text.push_str("number"),
            Shape::String(StringFormat::Plain) => text.push_str("string"),
            Shape::String(StringFormat::Other(format)) => {
                let _ = write!(text, "string {format}");
            }
            Shape::String(format) => {
                let _ = write!(text, "string {format:?}");
            }
            Shape::Enum(enumeration) => {
                let values: Vec<String> = enumeration.values.iter().map(enum_value).collect();
                let _ = write!(text, "enum {}", values.join(" | "));
            }
            Shape::Array(item) => {
                text.push_str("array");
                children.push(line("of ".to_owned(), *item, String::new()));
            }
            Shape::Map(value) => {
                text.push_str("map");
                children.push(line("of ".to_owned(), *value, String::new()));
            }
            Shape::Tuple(items) => {
                text.push_str("tuple");
                children.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, item)| line(format!("{index}: "), *item, String::new())),
                );
            }
            Shape::Object(object) => {
                text.push_str("object");
                for property in &object.properties {
                    let mark = if property.required { "" } else { "?" };
                    let mut notes = String::new();
                    for (on, word) in [
                        (property.read_only, " read-only"),
                        (property.write_only, " write-only"),
                        (property.deprecated, " deprecated"),
                    ] {
                        notes.push_str(if on { word } else { "" });
                    }
                    notes.push_str(&short(&property.docs));
                    children.push(line(
                        format!("{}{mark}: ", key(&property.name)),
                        property.schema,
                        notes,
                    ));
                }
                match object.additional {
                    Additional::Unknown => {}
                    Additional::Forbidden => text.push_str(" closed"),
                    Additional::Schema(value) => {
                        children.push(line("others: ".to_owned(), value, String::new()));
                    }
                }
            }
            Shape::Union(union) => {
                text.push_str(if union.external {
                    "union by member"
                } else {
                    "union"
                });
                if let Some(discriminator) = &union.discriminator {
                    let _ = write!(text, " by {}", quoted(discriminator));
                }
                for variant in &union.variants {
                    let name = variant
                        .name
                        .as_deref()
                        .map(|name| format!(" {}", quoted(name)));
                    let tags = if variant.tags.is_empty() {
                        String::new()
                    } else {
                        format!(" {:?}", variant.tags)
                    };
                    let default = if variant.default { " default" } else { "" };
                    children.push(line(
                        format!("variant{}{tags}{default}: ", name.unwrap_or_default()),
                        variant.schema,
                        String::new(),
                    ));
                }
            }
            Shape::AllOf(parts) => {
                text.push_str("all of");
                let parts = parts.iter();
                children.extend(parts.map(|part| line("and ".to_owned(), *part, String::new())));
            }
            Shape::Sampled(_) => text.push_str("sampled"),
        }
        if schema.nullable {
            text.push_str(" or null");
        }
        for spelling in &schema.spellings {
            let _ = write!(text, " or {}", spelling.word());
        }
        if schema.authority != Authority::Sampled {
            let _ = write!(
                text,
                " {}",
                format!("{:?}", schema.authority).to_lowercase()
            );
        }
        if schema.deprecated {
            text.push_str(" deprecated");
        }
        if !schema.names.is_empty() {
            let _ = write!(text, " names {}", names(&schema.names));
        }
        if let Some(default) = &schema.default {
            let _ = write!(text, " default {}", literal(default));
        }
        for constraint in &schema.constraints {
            let value = shown(&constraint.value);
            let _ = write!(text, " {} {value}", constraint.keyword);
        }
        if !schema.examples.is_empty() {
            let examples: Vec<String> = schema.examples.iter().map(shown).collect();
            let _ = write!(text, " examples {}", examples.join(", "));
        }
        text.push_str(&short(&schema.docs));
        children
    }
}

fn names(hints: &[NameHint]) -> String {
    let names: Vec<String> = hints
        .iter()
        .map(|hint| format!("{} ({})", quoted(&hint.text), hint.distance))
        .collect();
    names.join(", ")
}

fn security(requirements: &[SecurityRequirement]) -> String {
    let alternatives: Vec<String> = requirements
        .iter()
        .map(|requirement| {
            let names = requirement.schemes.iter().map(|scheme| {
                let mut text = quoted(scheme);
                for (_, scope) in requirement.scopes.iter().filter(|(of, _)| of == scheme) {
                    let _ = write!(text, " {scope}");
                }
                text
            });
            let names: Vec<String> = names.collect();
            match names.is_empty() {
                true => "nothing".to_owned(),
                false => names.join(" and "),
            }
        })
        .collect();
    alternatives.join(" or ")
}

fn enum_value(value: &EnumValue) -> String {
    let name = value
        .name
        .as_deref()
        .map(|name| format!(" as {}", quoted(name)));
    format!(
        "{}{}{}",
        literal(&value.value),
        name.unwrap_or_default(),
        short(&value.docs)
    )
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// A property's name, in quotes where it is no word.
fn key(name: &str) -> String {
    let word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if word { name.to_owned() } else { quoted(name) }
}

fn first_line(text: &str) -> &str {
    text.lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim()
}

fn short(docs: &Docs) -> String {
    let text = docs.summary.as_deref().or(docs.description.as_deref());
    text.map(|text| format!(" -- {}", first_line(text)))
        .unwrap_or_default()
}

/// The beginning of a literal: examples can be pages long.
fn shown(value: &Literal) -> String {
    const LONGEST: usize = 120;
    let text = literal(value);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}… ({} characters)", text.chars().count())
}

/// A literal as JSON on one line. The depth of what was read bounds the recursion.
fn literal(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(number) => number.clone(),
        Literal::String(text) => quoted(text),
        Literal::Array(items) => {
            let items: Vec<String> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Literal::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{}: {}", quoted(name), literal(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

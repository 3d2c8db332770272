//! Models from a few lines of JSON, and schemas as text.

use crate::diagnostic::Diagnostics;
use crate::infer::{Direction, Sample, observe, observe_text, resolve};
use crate::model::evidence::Evidence;
use crate::model::*;
use crate::origin::{FileId, Origin, Origins, Span};
use crate::tree::json::{Dialect, parse};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

/// One operation: method and path, what is sent, and what comes back with which status.
#[derive(Clone, Debug)]
pub struct Call {
    pub line: String,
    pub sent: Vec<String>,
    pub received: Vec<(u16, String)>,
}

pub fn call(line: &str, sent: &[&str], received: &[(u16, &str)]) -> Call {
    Call {
        line: line.into(),
        sent: sent.iter().map(|s| s.to_string()).collect(),
        received: received.iter().map(|(c, s)| (*c, s.to_string())).collect(),
    }
}

pub fn evidence(text: &str, file: u32, place: usize, direction: Direction) -> Evidence {
    let origin = Origin {
        file: FileId(file),
        span: Span::new(place, place + text.len()),
    };
    // `…` before a sample says that its author left something out of it.
    let elided = text.starts_with('…');
    let text: Arc<str> = text.trim_start_matches('…').into();
    let tree =
        parse(FileId(file), &text, Dialect::Strict).unwrap_or_else(|e| panic!("{e:?}: {text}"));
    let sample = Sample {
        origin,
        direction,
        elided,
    };
    observe(tree.root(), sample)
}

fn path(text: &str) -> PathTemplate {
    let segment = |part: &str| match part.strip_prefix('{') {
        Some(name) => vec![Piece::Parameter(name.trim_end_matches('}').into())],
        None => vec![Piece::Literal(part.into())],
    };
    PathTemplate {
        segments: text
            .trim_start_matches('/')
            .split('/')
            .map(segment)
            .collect(),
        ..PathTemplate::default()
    }
}

/// A model of calls as a front end and the merge would make it: one sampled schema a body.
pub fn model(calls: &[Call]) -> Model {
    let mut model = Model::default();
    let mut place = 0;
    for (file, call) in calls.iter().enumerate() {
        let (method, template) = call.line.split_once(' ').unwrap();
        let mut media = |texts: Vec<&String>, direction| {
            let mut all = Evidence::default();
            for text in texts {
                place += 100_000;
                all.join(&evidence(text, file as u32, place, direction));
            }
            MediaType {
                name: "application/json".into(),
                schema: model.schemas.add(Schema {
                    shape: Shape::Sampled(Box::new(all)),
                    ..Schema::default()
                }),
                ..MediaType::default()
            }
        };
        let request_body = (!call.sent.is_empty()).then(|| RequestBody {
            required: true,
            content: vec![media(call.sent.iter().collect(), Direction::Sent)],
            docs: Docs::default(),
            origins: Origins::none(),
        });
        let codes: BTreeSet<u16> = call.received.iter().map(|(code, _)| *code).collect();
        let responses = codes
            .into_iter()
            .map(|code| Response {
                status: Status::Code(code),
                docs: Docs::default(),
                headers: Vec::new(),
                content: vec![media(
                    call.received
                        .iter()
                        .filter(|r| r.0 == code)
                        .map(|r| &r.1)
                        .collect(),
                    Direction::Received,
                )],
                origins: Origins::none(),
            })
            .collect();
        model.operations.push(Operation {
            key: OperationKey {
                method: Method::new(method).unwrap(),
                path: path(template),
            },
            names: Vec::new(),
            tags: Vec::new(),
            docs: Docs::default(),
            parameters: Vec::new(),
            request_body,
            responses,
            security: Vec::new(),
            paged: Default::default(),
            servers: Vec::new(),
            redirects: Default::default(),
            deprecated: false,
            origins: Origins::none(),
        });
    }
    model
}

pub fn parameter(name: &str, texts: &[&str]) -> String {
    let mut model = model(&[call("GET /x", &[], &[])]);
    let mut all = Evidence::default();
    for (index, text) in texts.iter().enumerate() {
        let sample = Sample {
            origin: Origin {
                file: FileId(0),
                span: Span::new(index * 100, index * 100 + 10),
            },
            direction: Direction::Sent,
            elided: false,
        };
        all.join(&observe_text(text, sample));
    }
    let schema = model.schemas.add(Schema {
        shape: Shape::Sampled(Box::new(all)),
        ..Schema::default()
    });
    model.operations[0].parameters.push(Parameter {
        name: name.into(),
        names: Vec::new(),
        location: Location::Query,
        allow_reserved: false,
        media_type: None,
        style: Style::Repeat,
        required: false,
        schema,
        example: None,
        docs: Docs::default(),
        deprecated: false,
        origins: Origins::none(),
    });
    let model = resolve(model, &mut Diagnostics::new());
    kind(&model, model.operations[0].parameters[0].schema)
}

pub fn resolved(calls: &[Call]) -> (Model, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let model = resolve(model(calls), &mut diagnostics);
    diagnostics.sort();
    (model, diagnostics)
}

/// A schema in a few letters; records by their numbers.
pub fn kind(model: &Model, id: SchemaId) -> String {
    let schema = model.schemas.get(id);
    let text = match &schema.shape {
        Shape::Any => "any".into(),
        Shape::Boolean => "bool".into(),
        Shape::Integer { unsigned: false } => "int".into(),
        Shape::Integer { unsigned: true } => "uint".into(),
        Shape::Number => "number".into(),
        Shape::String(StringFormat::Plain) => "string".into(),
        Shape::String(StringFormat::Other(format)) => format.clone(),
        Shape::String(format) => format!("{format:?}"),
        Shape::Array(item) => format!("[{}]", kind(model, *item)),
        Shape::Map(value) => format!("{{{}}}", kind(model, *value)),
        Shape::Object(_) => format!("#{}", id.0),
        Shape::Union(union) => union
            .variants
            .iter()
            .map(|v| {
                let tags: String = v.tags.iter().map(|tag| format!("{tag}:")).collect();
                tags + &kind(model, v.schema)
            })
            .collect::<Vec<_>>()
            .join("|"),
        other => format!("{other:?}"),
    };
    text + if schema.nullable { "?" } else { "" }
}

/// Operations and records, a line each.
pub fn print(model: &Model) -> String {
    let mut text = String::new();
    let mut operations: Vec<_> = model.operations.iter().collect();
    operations.sort_by_key(|o| o.key.erased());
    for operation in operations {
        write!(text, "{}", operation.key).unwrap();
        for media in operation.request_body.iter().flat_map(|b| &b.content) {
            write!(text, " <- {}", kind(model, media.schema)).unwrap();
        }
        for response in &operation.responses {
            for media in &response.content {
                write!(
                    text,
                    " -> {} {}",
                    response.status,
                    kind(model, media.schema)
                )
                .unwrap();
            }
        }
        text.push('\n');
    }
    for (id, schema) in model.schemas.iter() {
        if let Shape::Object(object) = &schema.shape {
            let names: Vec<_> = schema
                .names
                .iter()
                .map(|n| format!("{}@{}", n.text, n.distance))
                .collect();
            write!(text, "#{} {}:", id.0, names.join(",")).unwrap();
            for property in &object.properties {
                let mark = if property.required { "!" } else { "" };
                write!(
                    text,
                    " {}{mark} {},",
                    property.name,
                    kind(model, property.schema)
                )
                .unwrap();
            }
            if let Additional::Schema(id) = object.additional {
                write!(text, " * {}", kind(model, id)).unwrap();
            }
            text.push('\n');
        }
    }
    text
}

/// The properties of a record, by name.
pub fn properties(model: &Model, id: SchemaId) -> &[Property] {
    match &model.schemas.get(id).shape {
        Shape::Object(object) => &object.properties,
        other => panic!("no record: {other:?}"),
    }
}

//! Saved examples to files, and to the test that reads each as its type and writes it again.

use super::super::context::Context;
use super::super::docs::steers;
use super::super::operation::{Encoding, is_json};
use super::super::rust_type::RustType;
use super::super::schema::clip;
use super::fits::misfit;
use super::json::{is_number, pretty};
use super::{Page, Sources};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer::materialize;
use crate::model::{Example, Literal, MediaType, SchemaId, Shape, StringFormat};
use crate::names::{self, Case, RustIdent};
use std::collections::BTreeSet;

/// A sample body as a file, with the type that it is read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Name of the test.
    pub test: RustIdent,
    /// The file below `tests/`: `fixtures/create_user/201_created.json`.
    pub path: String,
    /// What stands in it.
    pub text: String,
    /// The type.
    pub ty: RustType,
    /// The member that holds the value.
    pub member: Option<String>,
    /// How it is written on the wire.
    pub kind: SampleKind,
}

/// How a sample is written on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SampleKind {
    /// As JSON.
    Json,
    /// As a form that is one text. The file has its values as JSON.
    Form,
    /// As a form of several parts, under this media type. The file has its values as JSON.
    Multipart(String),
    /// As text, under this media type.
    Text(String),
}

/// The longest name of a folder or file, without its suffix: the path then fits in a line.
const LONGEST: usize = 30;

/// A body that is saved, on its way to a file.
struct Saved<'a> {
    /// `request`, or the status.
    kind: String,
    schema: SchemaId,
    ty: RustType,
    member: Option<String>,
    examples: &'a [Example],
    wire: SampleKind,
}

/// The samples of an operation. One that its type does not take is left out, and said.
pub(super) fn plan_samples(
    sources: &Sources<'_>,
    page: &Page<'_>,
    tests: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Sample> {
    let folder = short(&names::join(&page.named.words, Case::Snake));
    let mut samples = Vec::new();
    let mut stems = BTreeSet::new();
    for saved in saved(sources, page) {
        let mut bodies: Vec<(String, String)> = Vec::new();
        for example in saved.examples {
            let filled = materialize(&sources.context.model.schemas, saved.schema, &example.body);
            let Some(filled) = filled.filter(|filled| *filled != Literal::Null) else {
                continue;
            };
            let filled = match saved.wire {
                SampleKind::Form | SampleKind::Multipart(_) => {
                    form_values(sources.context, saved.schema, filled)
                }
                SampleKind::Json | SampleKind::Text(_) => filled,
            };
            if let Some(place) = misfit(sources.context, saved.schema, &filled) {
                left_out(page, &saved.kind, example, &place, diagnostics);
                continue;
            }
            let stem = stem(
                page,
                &saved.kind,
                example.name.as_deref().unwrap_or_default(),
            );
            let text = match (&saved.wire, filled) {
                (SampleKind::Text(_), Literal::String(text)) => text,
                (SampleKind::Text(_), _) => continue,
                (_, filled) => format!("{}\n", pretty(&filled)),
            };
            // What steers would be hidden in the file.
            if text.is_empty() || text.chars().any(|c| steers(c) && !matches!(c, '\n' | '\t')) {
                continue;
            }
            bodies.push((stem, text));
        }
        // Equal bodies are one test; the order of the source does not show.
        bodies.sort();
        bodies.dedup();
        let mut told = BTreeSet::new();
        for (stem, text) in bodies {
            if !told.insert(text.clone()) {
                continue;
            }
            let stem = unique(&stem, &mut stems);
            let test = unique(&format!("{folder}_{stem}"), tests);
            samples.push(Sample {
                test: names::ident(&names::words(&test), Case::Snake),
                path: format!("fixtures/{folder}/{stem}.{}", suffix(&saved.wire)),
                text,
                ty: saved.ty.clone(),
                member: saved.member.clone(),
                kind: saved.wire.clone(),
            });
        }
    }
    samples
}

/// What the name of a file ends with.
fn suffix(wire: &SampleKind) -> &'static str {
    match wire {
        SampleKind::Text(media) if media.ends_with("xml") => "xml",
        SampleKind::Text(media) if media == "text/html" => "html",
        SampleKind::Text(_) => "txt",
        _ => "json",
    }
}

fn saved<'a>(sources: &'a Sources<'_>, page: &'a Page<'_>) -> Vec<Saved<'a>> {
    let operation = page.named.operation;
    let mut all = Vec::new();
    let content = operation.request_body.iter().flat_map(|body| &body.content);
    let content: Vec<&MediaType> = content.collect();
    for (at, request) in page
        .body
        .request
        .iter()
        .chain(&page.body.others)
        .enumerate()
    {
        // What every call sends beside the caller's part is no member of its type; a single value has none.
        let whole = request.fixed.is_none() && request.inner.is_none();
        let wire = wire(&request.encoding).filter(|_| whole);
        let named = |media: &&&MediaType| match &request.encoding {
            Encoding::Json(_) => is_json(&media.name),
            Encoding::Form => media.name == "application/x-www-form-urlencoded",
            Encoding::Multipart(_) => media.name.starts_with("multipart/"),
            Encoding::Text(name) | Encoding::Raw(name) => media.name == *name,
            Encoding::Fixed => false,
        };
        let media = content.iter().find(named);
        let (Some(wire), Some(media)) = (wire, media) else {
            continue;
        };
        if matches!(wire, SampleKind::Multipart(_)) && holds_files(sources.context, media.schema) {
            continue;
        }
        all.push(Saved {
            kind: match at {
                0 => "request".to_owned(),
                _ => format!("request_{}", request.word),
            },
            schema: media.schema,
            ty: typed(sources, &wire, request.schema),
            member: request.member.clone(),
            examples: &media.examples,
            wire,
        });
    }
    for response in &operation.responses {
        let json = response.content.iter().find(|media| is_json(&media.name));
        let kind = response.status.to_string().to_lowercase();
        if let (Some(media), Some((ty, member))) =
            (json, super::response_type(sources, page, response))
        {
            all.push(Saved {
                kind,
                schema: media.schema,
                ty,
                member,
                examples: &media.examples,
                wire: SampleKind::Json,
            });
        } else if let Some(name) = super::response_text(page, response)
            && let Some(media) = response.content.iter().find(|media| media.name == name)
        {
            all.push(Saved {
                kind,
                schema: media.schema,
                ty: RustType::String,
                member: None,
                examples: &media.examples,
                wire: SampleKind::Text(name.to_owned()),
            });
        }
    }
    all
}

/// How a request is written; nothing if its bytes are the caller's.
fn wire(encoding: &Encoding) -> Option<SampleKind> {
    Some(match encoding {
        Encoding::Json(_) => SampleKind::Json,
        Encoding::Form => SampleKind::Form,
        Encoding::Multipart(media) => SampleKind::Multipart(media.clone()),
        Encoding::Text(media) => SampleKind::Text(media.clone()),
        Encoding::Raw(_) | Encoding::Fixed => return None,
    })
}

fn typed(sources: &Sources<'_>, wire: &SampleKind, schema: SchemaId) -> RustType {
    match wire {
        SampleKind::Text(_) => RustType::String,
        _ => super::present(sources, schema),
    }
}

/// Whether a form has members that are files: their content is in no sample.
fn holds_files(context: &Context<'_>, id: SchemaId) -> bool {
    let is_file = |id: SchemaId| {
        let shape = &context.schema(id).shape;
        *shape == Shape::String(StringFormat::Binary)
    };
    match &context.schema(id).shape {
        Shape::Object(object) => {
            object
                .properties
                .iter()
                .any(|property| match context.schema(property.schema).shape {
                    Shape::Array(item) => is_file(item),
                    _ => is_file(property.schema),
                })
        }
        _ => true,
    }
}

/// The values of a form as their types have them: in the sample everything is text. The recursion goes as deep as the
/// sample.
fn form_values(context: &Context<'_>, id: SchemaId, sample: Literal) -> Literal {
    match (&context.schema(id).shape, sample) {
        (Shape::Integer { .. } | Shape::Number, Literal::String(text)) if is_number(&text) => {
            Literal::Number(text)
        }
        (Shape::Boolean, Literal::String(text)) if matches!(text.as_str(), "true" | "false") => {
            Literal::Boolean(text == "true")
        }
        (Shape::Enum(known), Literal::String(text)) if is_number(&text) => {
            let mut values = known.values.iter();
            match values.any(|known| matches!(known.value, Literal::Number(_))) {
                true => Literal::Number(text),
                false => Literal::String(text),
            }
        }
        (Shape::Array(inner), Literal::Array(items)) => Literal::Array(
            items
                .into_iter()
                .map(|item| form_values(context, *inner, item))
                .collect(),
        ),
        (Shape::Array(inner), one) => Literal::Array(vec![form_values(context, *inner, one)]),
        (Shape::Map(inner), Literal::Object(members)) => Literal::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, form_values(context, *inner, value)))
                .collect(),
        ),
        (Shape::Object(object), Literal::Object(members)) => Literal::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let known = object.properties.iter().find(|known| known.name == name);
                    let value = match known {
                        Some(known) => form_values(context, known.schema, value),
                        None => value,
                    };
                    (name, value)
                })
                .collect(),
        ),
        (_, sample) => sample,
    }
}

/// What a sample is called: its status, and the words of its name as far as they fit. That of the operation tells
/// nothing.
fn stem(page: &Page<'_>, kind: &str, name: &str) -> String {
    let operation = page.named.operation;
    let mut words = names::words(name);
    let own = words == page.named.words
        || operation
            .names
            .iter()
            .any(|hint| names::words(&hint.text) == words);
    if own {
        words.clear();
    }
    let mut stem = kind.to_owned();
    for word in words.iter().filter(|word| word.is_ascii()) {
        if stem.len() + 1 + word.len() > LONGEST {
            break;
        }
        stem.push('_');
        stem.push_str(word);
    }
    stem
}

/// A name of bearable length. What is cut off stays in it as a number that depends on nothing else.
fn short(name: &str) -> String {
    if name.len() <= LONGEST && name.is_ascii() {
        return name.to_owned();
    }
    let mut hash: u32 = 0x811c_9dc5;
    for byte in name.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let kept: String = name
        .chars()
        .filter(char::is_ascii)
        .take(LONGEST - 7)
        .collect();
    format!("{}_{:06x}", kept.trim_end_matches('_'), hash & 0x00ff_ffff)
}

/// The name, or with the first number behind it that is free. What asks is sorted by what it holds.
fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut found = name.to_owned();
    let mut number = 2;
    while !taken.insert(found.clone()) {
        found = format!("{name}_{number}");
        number += 1;
    }
    found
}

fn left_out(
    page: &Page<'_>,
    kind: &str,
    example: &Example,
    place: &str,
    diagnostics: &mut Diagnostics,
) {
    let what = match kind {
        "request" => "the sample of the request".to_owned(),
        status => format!("the sample of the response {status}"),
    };
    let name = example
        .name
        .as_deref()
        .map(|name| format!(" `{}`", clip(name)))
        .unwrap_or_default();
    let differs = match place.is_empty() {
        true => "it is of another kind".to_owned(),
        false => format!("it differs at `{}`", clip(place)),
    };
    diagnostics.push(
        Diagnostic::new(
            Code::PLAN_SAMPLE_DIFFERS,
            format!(
                "{what}{name} of `{}` is not what its type says",
                clip(&page.named.operation.key.to_string())
            ),
        )
        .at(Some(example.origin))
        .note(format!("{differs}; the sample is no test of the crate")),
    );
}

#[cfg(test)]
mod tests {
    use super::{short, unique};
    use std::collections::BTreeSet;

    #[test]
    fn names_of_files_are_short_and_apart() {
        assert_eq!(short("create_user"), "create_user");
        let long = short("a_name_that_is_much_longer_than_a_file_should_have");
        assert!(
            long.len() <= 30 && long.starts_with("a_name_that_is_much_"),
            "{long}"
        );
        assert_ne!(
            long,
            short("a_name_that_is_much_longer_than_a_file_should_havf")
        );
        let mut taken = BTreeSet::new();
        assert_eq!(unique("a", &mut taken), "a");
        assert_eq!(unique("a", &mut taken), "a_2");
    }
}

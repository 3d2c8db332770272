//! Operations to what a mock answers to them: the success that is described, with a body that its types take.

use super::super::context::Context;
use super::super::operation::{CaseShape, ResponseShape, is_json};
use super::fits::misfit;
use super::{Page, Sources, show};
use crate::model::{Literal, MediaType, SchemaId, Shape, Status, StringFormat, UnionShape};
use std::collections::BTreeMap;

/// What a mock answers to an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MockAnswer {
    /// The operation.
    pub operation: String,
    /// The status.
    pub status: u16,
    /// The media type of the body; empty where there is none.
    pub media_type: String,
    /// The body.
    pub body: String,
}

/// How long a saved sample may be that a mock answers with, in bytes; beyond, a small body is made.
const LONGEST: usize = 4_000;

/// Down to this depth made bodies have members that may be missing.
const OPTIONAL_DEPTH: usize = 3;

/// No made body has more values.
const MOST_VALUES: usize = 2_000;

/// No made body is deeper.
const DEEPEST: usize = 16;

/// The answers, sorted by operation.
pub(super) fn plan_mock(
    sources: &Sources<'_>,
    pages: &BTreeMap<&str, Page<'_>>,
) -> Vec<MockAnswer> {
    let answers = pages
        .iter()
        .map(|(operation, page)| answer(sources, operation, page));
    answers.collect()
}

fn answer(sources: &Sources<'_>, operation: &str, page: &Page<'_>) -> MockAnswer {
    let mut successes: Vec<_> = page.named.operation.responses.iter().collect();
    successes.retain(|response| super::is_answer(page.named.operation, response));
    successes.sort_by_key(|response| response.status);
    let response = successes.first();
    let status = match response.map(|response| response.status) {
        Some(Status::Code(status)) => status,
        _ => 200,
    };
    let content = response
        .map(|response| response.content.as_slice())
        .unwrap_or_default();
    let case = match (&page.body.response, response) {
        (ResponseShape::Outcome(cases), Some(response)) => {
            let mut cases = cases.iter();
            cases
                .find(|(status, _)| *status == response.status)
                .map(|(_, case)| case)
        }
        _ => None,
    };
    let (media_type, body) = match (&page.body.response, case) {
        (_, Some(CaseShape::Json(..))) | (ResponseShape::Json { .. }, _) => json(sources, content),
        (_, Some(CaseShape::Text(media))) | (ResponseShape::Text(media), _) => {
            (media.clone(), text(sources, content))
        }
        (_, Some(CaseShape::Bytes(media))) | (ResponseShape::Bytes(media), _) => {
            (media.clone(), "bytes".to_owned())
        }
        (ResponseShape::Items(media), _) => (media.clone(), String::new()),
        (ResponseShape::Unknown, _) => ("application/json".to_owned(), "{}".to_owned()),
        _ => (String::new(), String::new()),
    };
    MockAnswer {
        operation: operation.to_owned(),
        status,
        media_type,
        body,
    }
}

/// The saved sample if the type takes it, else a body that is made of the schema.
fn json(sources: &Sources<'_>, content: &[MediaType]) -> (String, String) {
    let Some(media) = content.iter().find(|media| is_json(&media.name)) else {
        return (String::new(), String::new());
    };
    let saved = show(sources, media)
        .filter(|body| misfit(sources.context, media.schema, body).is_none())
        .map(|body| body.to_json())
        .filter(|text| text.len() <= LONGEST);
    let made = || {
        let mut maker = Maker {
            context: sources.context,
            left: MOST_VALUES,
        };
        maker.make(media.schema, 0).to_json()
    };
    (media.name.clone(), saved.unwrap_or_else(made))
}

fn text(sources: &Sources<'_>, content: &[MediaType]) -> String {
    let saved = content.iter().find_map(|media| show(sources, media));
    match saved {
        Some(Literal::String(text)) if text.len() <= LONGEST => text,
        _ => "text".to_owned(),
    }
}

/// Makes a value of a schema.
struct Maker<'c, 'a> {
    context: &'c Context<'a>,
    /// How many more values may be made: objects of objects have no end that comes soon.
    left: usize,
}

impl Maker<'_, '_> {
    /// A value that a schema allows, as small as its members let it be.
    fn make(&mut self, id: SchemaId, depth: usize) -> Literal {
        let context = self.context;
        let schema = context.schema(id);
        if depth > DEEPEST || self.left == 0 {
            return Literal::Null;
        }
        self.left -= 1;
        let text = |text: &str| Literal::String(text.to_owned());
        match &schema.shape {
            Shape::Boolean => Literal::Boolean(true),
            Shape::Integer { .. } | Shape::Number => Literal::Number("1".to_owned()),
            Shape::String(format) => text(match format {
                StringFormat::DateTime => "2024-01-02T03:04:05Z",
                StringFormat::Date => "2024-01-02",
                StringFormat::Decimal => "1.5",
                StringFormat::Base64 => "dGV4dA==",
                _ => "text",
            }),
            Shape::Enum(values) => {
                let value = values.values.first().map(|value| value.value.clone());
                value.unwrap_or_else(|| text("text"))
            }
            Shape::Array(inner) if depth < OPTIONAL_DEPTH => {
                Literal::Array(vec![self.make(*inner, depth + 1)])
            }
            Shape::Array(_) => Literal::Array(Vec::new()),
            Shape::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.make(*part, depth + 1));
                Literal::Array(parts.collect())
            }
            Shape::Map(inner) if depth < OPTIONAL_DEPTH => {
                let value = self.make(*inner, depth + 1);
                Literal::Object(vec![("name".to_owned(), value)])
            }
            Shape::Map(_) => Literal::Object(Vec::new()),
            Shape::Object(object) => {
                let received = object
                    .properties
                    .iter()
                    .filter(|property| !property.write_only);
                let members =
                    received.filter(|property| property.required || depth < OPTIONAL_DEPTH);
                let members = members.map(|property| {
                    let value = self.make(property.schema, depth + 1);
                    (property.name.clone(), value)
                });
                Literal::Object(members.collect())
            }
            Shape::Union(union) => self.make_one(id, union, depth),
            _ => Literal::Object(Vec::new()),
        }
    }

    /// The first alternative that can be told from the others.
    fn make_one(&mut self, id: SchemaId, union: &UnionShape, depth: usize) -> Literal {
        let mut first = None;
        for variant in &union.variants {
            let value = self.make(variant.schema, depth + 1);
            let value = match (value, variant.tags.first(), &union.discriminator) {
                (value, Some(tag), _) if union.external => {
                    Literal::Object(vec![(tag.clone(), value)])
                }
                (Literal::Object(members), Some(tag), Some(name)) => {
                    Literal::Object(tagged(members, name, tag))
                }
                (value, ..) => value,
            };
            if misfit(self.context, id, &value).is_none() {
                return value;
            }
            first = first.or(Some(value));
        }
        first.unwrap_or(Literal::Null)
    }
}

/// The members of an object with its tag before them, as the kind of value that the member has.
fn tagged(mut members: Vec<(String, Literal)>, name: &str, tag: &str) -> Vec<(String, Literal)> {
    let at = members.iter().position(|(member, _)| member == name);
    let value = match at.map(|at| members.remove(at).1) {
        Some(Literal::Number(_)) => Literal::Number(tag.to_owned()),
        Some(Literal::Boolean(_)) => Literal::Boolean(tag == "true"),
        _ => Literal::String(tag.to_owned()),
    };
    members.insert(0, (name.to_owned(), value));
    members
}

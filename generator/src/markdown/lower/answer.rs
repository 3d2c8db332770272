//! What a section says is answered, to responses: statuses, examples, members, and types in words.

use super::super::cell::Type;
use super::super::part::{self, Answer, Section};
use super::super::{object, prose, stated};
use super::Lowering;
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::{ArrayEvidence, Evidence, Hole, Observations};
use crate::model::{Docs, Example, MediaType, Response, Status};
use crate::origin::Origin;
use std::collections::BTreeMap;

impl Lowering<'_> {
    pub(super) fn responses(&mut self, section: &Section<'_>) -> Vec<Response> {
        let mut drafts: BTreeMap<u16, Vec<&Answer>> = BTreeMap::new();
        for answer in &section.answers {
            drafts.entry(answer.status).or_default().push(answer);
        }
        let text = part::joined(&section.text);
        let success = drafts.keys().any(|status| (200..300).contains(status));
        let returned = section.returned.clone().or_else(|| {
            let (name, list) = prose::answered(&text)?;
            let object = Type::Named(name, false);
            Some(if list {
                Type::Array(Some(Box::new(object)))
            } else {
                object
            })
        });
        let mut found = Vec::new();
        let mut placed = section.answered.is_empty();
        for (status, answers) in &drafts {
            let mut evidence = Evidence::default();
            let mut examples = Vec::new();
            for json in answers.iter().filter_map(|answer| answer.json.as_ref()) {
                let root = json.tree.root();
                if root.is_null() {
                    continue;
                }
                let sample = Sample {
                    origin: json.origin,
                    direction: Direction::Received,
                    elided: json.elided,
                };
                let shown = infer::observe(root, sample);
                evidence.join(&shown);
                examples.push(Example {
                    name: None,
                    body: infer::literal("", root),
                    origin: json.origin,
                });
            }
            let good = (200..300).contains(status);
            if good && !placed && !examples.is_empty() {
                placed = true;
                let members = stated::members(&section.answered, Direction::Received, false);
                object::place_members(&mut evidence, members);
            }
            if good && examples.is_empty() && !matches!(status, 204 | 205) {
                self.add_returned(section, returned.as_ref(), &mut placed, &mut evidence);
            }
            let origin = answers.first().map(|a| a.origin).unwrap_or_default();
            let docs = answers.iter().find_map(|answer| answer.text.clone());
            found.push(self.response(*status, evidence, examples, origin, docs));
        }
        let said = prose::statuses(&text);
        if !success {
            let empty = said.iter().find(|status| matches!(status, 204 | 205));
            let mut evidence = Evidence::default();
            self.add_returned(section, returned.as_ref(), &mut placed, &mut evidence);
            match empty {
                Some(status) => found.push(self.response(
                    *status,
                    Evidence::default(),
                    Vec::new(),
                    section.origin,
                    None,
                )),
                None if evidence != Evidence::default() => {
                    found.push(self.response(200, evidence, Vec::new(), section.origin, None));
                }
                None => {}
            }
        }
        for status in said.into_iter().filter(|status| *status >= 400) {
            if found
                .iter()
                .all(|response| response.status != Status::Code(status))
            {
                found.push(self.response(
                    status,
                    Evidence::default(),
                    Vec::new(),
                    section.origin,
                    None,
                ));
            }
        }
        found.sort_by_key(|response| response.status);
        found
    }

    /// What the page says is answered, where no example shows it.
    fn add_returned(
        &mut self,
        section: &Section<'_>,
        returned: Option<&Type>,
        placed: &mut bool,
        evidence: &mut Evidence,
    ) {
        if !*placed {
            *placed = true;
            let members = stated::members(&section.answered, Direction::Received, false);
            evidence.object.get_or_insert_default().join(&members);
            return;
        }
        let seen = stated::statement(section.origin, Direction::Received);
        match returned {
            Some(Type::Array(Some(item))) => {
                evidence.array = Some(Box::new(ArrayEvidence {
                    seen: Observations::from(seen),
                    item: stated::of_type(item, seen),
                    ..ArrayEvidence::default()
                }));
            }
            Some(Type::Named(name, _)) => evidence.add_hole(Hole::Named(name.clone()), seen),
            Some(kind) => *evidence = stated::of_type(kind, seen),
            None => {}
        }
    }

    fn response(
        &mut self,
        status: u16,
        evidence: Evidence,
        examples: Vec<Example>,
        origin: Origin,
        docs: Option<String>,
    ) -> Response {
        let content = match evidence == Evidence::default() {
            true => Vec::new(),
            false => vec![MediaType {
                name: "application/json".to_owned(),
                schema: self.sampled(evidence, origin),
                examples,
                ..MediaType::default()
            }],
        };
        Response {
            status: Status::Code(status),
            docs: Docs {
                summary: docs,
                description: None,
            },
            headers: Vec::new(),
            content,
            origins: origin.into(),
        }
    }
}

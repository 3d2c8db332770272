//! Observations to lines for people: file, line and column, which way the value went, and how it is spelled.

use super::clip;
use crate::infer::{Direction, Sighting};
use crate::model::evidence::Fidelity;
use crate::model::{Location, Model};
use crate::origin::{FileId, Lines, Origin};
use crate::source::SourceFile;
use std::collections::{BTreeMap, BTreeSet};

/// How many places are listed.
const SHOWN: usize = 20;

/// The files and what their samples are samples of.
pub struct Places<'f> {
    files: BTreeMap<FileId, (&'f SourceFile, Lines<'f>)>,
    uses: BTreeMap<Origin, String>,
}

impl<'f> Places<'f> {
    /// The places of a model's samples in these files.
    pub fn new(model: &Model, files: &'f [SourceFile]) -> Self {
        let mut uses = BTreeMap::new();
        for operation in &model.operations {
            let key = &operation.key;
            for parameter in &operation.parameters {
                let location = match parameter.location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                };
                for origin in parameter.origins.iter() {
                    let text = format!("{key} {location}.{}", clip(&parameter.name));
                    uses.entry(origin).or_insert(text);
                }
            }
            for media in operation.request_body.iter().flat_map(|body| &body.content) {
                for example in &media.examples {
                    uses.insert(example.origin, format!("{key} request"));
                }
            }
            for response in &operation.responses {
                for example in response.content.iter().flat_map(|media| &media.examples) {
                    let text = format!("{key} response.{}", response.status);
                    uses.insert(example.origin, text);
                }
            }
        }
        let lines = |file: &'f SourceFile| (file.id, (file, Lines::new(&file.text)));
        Places {
            files: files.iter().map(lines).collect(),
            uses,
        }
    }

    /// A line for each place where something was seen, the most trustworthy first.
    pub fn lines(&self, seen: &[Sighting]) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut written = BTreeSet::new();
        for sighting in seen {
            let line = self.line(sighting);
            if written.insert(line.clone()) {
                lines.push(line);
            }
        }
        if lines.len() > SHOWN {
            let more = lines.len() - SHOWN;
            lines.truncate(SHOWN);
            lines.push(format!("and {more} more"));
        }
        if lines.is_empty() {
            lines.push("nothing".to_owned());
        }
        lines
    }

    fn line(&self, sighting: &Sighting) -> String {
        let observation = sighting.observation;
        let (origin, literal) = self.inside(observation.origin, observation.inner.range());
        let way = match observation.direction {
            Direction::Sent => "sent",
            Direction::Received => "received",
        };
        let made = match observation.fidelity {
            Fidelity::Stated => ", stated",
            Fidelity::Example => "",
            Fidelity::Elided => ", left out in part",
            Fidelity::Fake => ", made up",
            Fidelity::Synthetic | Fidelity::Counted => ", printed from a schema",
        };
        let used = self.uses.get(&observation.origin);
        let used = used.map(|used| format!(" in {used}")).unwrap_or_default();
        let literal = match literal {
            Some(text) if !text.is_empty() && !text.starts_with(['{', '[']) => {
                format!(" {}", clip(text))
            }
            _ => String::new(),
        };
        let (place, kind) = (self.position(origin), sighting.kind);
        format!("{place}: {kind}{literal}, {way}{used}{made}")
    }

    /// The place of a value in the file, and its spelling, if the sample is text there.
    fn inside(&self, origin: Origin, inner: std::ops::Range<usize>) -> (Origin, Option<&str>) {
        let file = self.files.get(&origin.file).map(|(file, _)| file);
        let node = file
            .and_then(|file| file.tree.as_ref())
            .map(|tree| tree.innermost(origin.span.start))
            .filter(|node| node.span() == origin.span);
        match node.and_then(|node| Some((node, node.as_str()?))) {
            Some((node, text)) => (node.place_inside(inner.start), text.get(inner)),
            None => {
                let spelled = file.and_then(|file| file.text.get(origin.span.range()));
                (origin, spelled.and_then(|text| text.get(inner)))
            }
        }
    }

    /// File, line and column of a place.
    pub fn position(&self, origin: Origin) -> String {
        match self.files.get(&origin.file) {
            Some((file, lines)) => {
                let at = lines.position(origin.span.start as usize);
                format!("{}:{}:{}", file.path, at.line, at.column)
            }
            None => "somewhere".to_owned(),
        }
    }
}

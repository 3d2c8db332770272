//! Reads YAML text (1.2) into a tree: events of a parser become nodes, aliases copies, plain scalars what the core schema says.

mod event;
mod repair;
mod scalar;

pub(crate) use scalar::json_number;

use super::{Builder, Content, Kind, NodeId, Refusal, Tree, limit};
use crate::diagnostic::{Code, Diagnostic};
use crate::origin::{FileId, Origin, Span};
use event::{Event, EventSource, Fault, Granit};
use repair::Repair;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A document, and what had to be assumed to read it.
#[derive(Debug)]
pub struct Document {
    /// The document.
    pub tree: Tree,
    /// Warnings: merge keys, tags, continuation lines that had to be indented.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a text that is one YAML document.
///
/// Plain scalars follow the core schema of YAML 1.2 (`no` is text, `1.10` a number that keeps its spelling) with one
/// exception: digits behind a leading zero are text, because the versions of YAML disagree on their value.
///
/// # Errors
/// The first fault of the syntax, several documents, keys that are no text, aliases that would expand beyond the
/// limits, or all names that stand twice in a mapping.
pub fn parse(file: FileId, text: &Arc<str>) -> Result<Document, Vec<Diagnostic>> {
    if text.len() > limit::INPUT_BYTES {
        let mebibytes = limit::INPUT_BYTES >> 20;
        let message = format!("the document is larger than {mebibytes} MiB");
        let place = Origin {
            file,
            span: Span::default(),
        };
        return Err(vec![
            Diagnostic::new(Code::TREE_TOO_LARGE, message)
                .at(place)
                .help(limit::HELP),
        ]);
    }
    let mut repair = Repair::new(text);
    loop {
        let repaired = repair.text();
        let mut reader = Reader::new(file, text, &repair);
        match reader.document(&mut Granit::new(&repaired)) {
            Ok(()) => {
                let first = repair.first_line();
                return reader.finish(first);
            }
            Err(Stop::Fault(fault)) => {
                let before = reader.last_end;
                drop(reader);
                if !(fault.unindented && repair.indent(&repaired, before, fault.offset)) {
                    let at = repair.original(fault.offset);
                    let place = Origin {
                        file,
                        span: Span::of_character(text, at),
                    };
                    let fault = match fault.too_deep {
                        true => too_deep(),
                        false => Diagnostic::new(Code::YAML_SYNTAX, fault.message)
                            .help("mend the document there: it is not YAML 1.2"),
                    };
                    return Err(vec![fault.at(place)]);
                }
            }
            Err(Stop::Refused(diagnostic)) => return Err(vec![*diagnostic]),
        }
    }
}

enum Stop {
    Fault(Fault),
    Refused(Box<Diagnostic>),
}

struct Reader<'r> {
    file: FileId,
    text: &'r Arc<str>,
    repair: &'r Repair<'r>,
    builder: Builder,
    /// The nodes that carry an anchor, once they are complete.
    anchors: BTreeMap<usize, NodeId>,
    /// Of each open node: its anchor, and the places of its merge keys.
    open: Vec<(Option<usize>, Vec<Span>)>,
    /// Nodes and bytes that aliases added.
    expanded: (usize, usize),
    /// Where the last event ended, in the repaired text.
    last_end: usize,
    documents: usize,
    duplicates: Vec<Diagnostic>,
    merges: Vec<Span>,
    tags: Vec<(String, Span)>,
}

impl<'r> Reader<'r> {
    fn new(file: FileId, text: &'r Arc<str>, repair: &'r Repair<'r>) -> Self {
        Reader {
            file,
            text,
            repair,
            builder: Builder::new(file, Arc::clone(text)),
            anchors: BTreeMap::new(),
            open: Vec::new(),
            expanded: (0, 0),
            last_end: 0,
            documents: 0,
            duplicates: Vec::new(),
            merges: Vec::new(),
            tags: Vec::new(),
        }
    }

    fn document(&mut self, events: &mut dyn EventSource) -> Result<(), Stop> {
        while let Some(event) = events.next() {
            let (event, start, end) = event.map_err(Stop::Fault)?;
            self.last_end = end;
            let span = Span::new(self.repair.original(start), self.repair.original(end));
            self.event(event, span)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        let wants_key = self.builder.in_object() == Some(true) && !self.builder.has_key();
        match event {
            Event::Document => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "the file holds a second document";
                    return Err(self
                        .refuse(Code::YAML_SEVERAL_DOCUMENTS, message, span)
                        .help("give each document a file of its own"));
                }
            }
            Event::Scalar {
                value,
                plain,
                anchor,
                tag,
            } => {
                let text_by_tag = self.tag(tag, span);
                let (slice, owned) = self.spelling(&value, plain, span);
                if wants_key {
                    if plain && value == "<<" {
                        if let Some((_, merges)) = self.open.last_mut() {
                            merges.push(span);
                        }
                        self.merges.push(span);
                    }
                    self.builder.key(span, slice, owned);
                    // An alias may stand for a key's text; a key is no node, so there is nothing to copy.
                    return Ok(());
                }
                let kind = if plain && !text_by_tag {
                    scalar::kind(&value, slice.start == slice.end && owned.is_none())
                } else {
                    Kind::String
                };
                let before = self.builder.tree.nodes.len();
                self.builder
                    .scalar(kind, span, slice, owned)
                    .map_err(|refusal| self.limit(refusal, span))?;
                self.remember(anchor, NodeId(before as u32));
            }
            Event::Open {
                object,
                anchor,
                tag,
            } => {
                self.tag(tag, span);
                if wants_key {
                    let message = "a key of a mapping must be text";
                    return Err(self
                        .refuse(Code::YAML_COMPLEX_KEY, message, span)
                        .help("quote the key if the brackets are part of it"));
                }
                self.builder
                    .open(object, span.start as usize)
                    .map_err(|refusal| self.limit(refusal, span))?;
                self.open.push((anchor, Vec::new()));
            }
            Event::Close => self.close(span)?,
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor).copied() else {
                    let message = if wants_key {
                        "an alias that stands for a key must name a value"
                    } else {
                        "the alias stands inside what it refers to"
                    };
                    return Err(self.refuse(Code::YAML_ALIAS, message, span).into());
                };
                if wants_key {
                    return self.alias_key(node, span);
                }
                self.copy(node, span)?;
            }
        }
        Ok(())
    }

    /// Takes the text of an anchored scalar as the name of the next member.
    fn alias_key(&mut self, node: NodeId, span: Span) -> Result<(), Stop> {
        match self.builder.tree.data(node).content {
            Content::Array(_) | Content::Object(_) => {
                let message = "a key of a mapping must be text";
                Err(self.refuse(Code::YAML_COMPLEX_KEY, message, span).into())
            }
            Content::Null(text)
            | Content::Boolean(_, text)
            | Content::Number(text)
            | Content::Converted(text, _)
            | Content::String(text) => {
                self.builder.key = Some((text, span));
                Ok(())
            }
        }
    }

    fn close(&mut self, span: Span) -> Result<(), Stop> {
        let (anchor, merges) = self.open.pop().unwrap_or_default();
        if !merges.is_empty() {
            self.merge(&merges, span)?;
        }
        let node = self.builder.open.last().map(|open| open.node);
        // A block collection ends where the next thing begins; its text ends with its last line.
        let start = node.map_or(0, |node| self.builder.tree.data(node).span.start as usize);
        let inside = self
            .text
            .get(start..span.end as usize)
            .unwrap_or_default()
            .trim_end();
        for (name, first, second) in self.builder.close(start + inside.len()) {
            let shown: String = name.chars().take(80).collect();
            self.duplicates.push(
                Diagnostic::new(
                    Code::YAML_DUPLICATE_KEY,
                    format!("the key `{shown}` stands twice in one mapping"),
                )
                .at(self.origin(second))
                .related(self.origin(first), "first here")
                .help("keep the one that is meant and remove the other"),
            );
        }
        if let Some(node) = node {
            self.remember(anchor, node);
        }
        Ok(())
    }

    /// Gives the innermost mapping the members of the mappings under its merge keys, except those that it has.
    fn merge(&mut self, merges: &[Span], span: Span) -> Result<(), Stop> {
        let Some(open) = self.builder.open.last_mut() else {
            return Ok(());
        };
        let mut sources = Vec::new();
        open.children.retain(|child| {
            let merge = child.key.is_some_and(|(_, key)| merges.contains(&key));
            if merge {
                sources.push(child.node);
            }
            !merge
        });
        let mut names: BTreeSet<String> = open
            .children
            .iter()
            .filter_map(|child| child.key)
            .map(|(text, _)| self.builder.tree.resolve(text).to_owned())
            .collect();
        let mut mappings = Vec::new();
        for source in sources {
            match self.builder.tree.data(source).content {
                Content::Object(run) => mappings.push(run),
                Content::Array(run) => {
                    for index in run.start..run.end {
                        let child = self.builder.tree.children.get(index as usize);
                        let content = child.map(|child| self.builder.tree.data(child.node).content);
                        match content {
                            Some(Content::Object(run)) => mappings.push(run),
                            _ => return Err(self.no_mapping(merges, span)),
                        }
                    }
                }
                _ => return Err(self.no_mapping(merges, span)),
            }
        }
        for run in mappings {
            for index in run.start..run.end {
                let Some(child) = self.builder.tree.children.get(index as usize).copied() else {
                    continue;
                };
                let Some(key) = child.key else { continue };
                if names.insert(self.builder.tree.resolve(key.0).to_owned()) {
                    self.builder.key = Some(key);
                    self.copy(child.node, span)?;
                }
            }
        }
        Ok(())
    }

    fn no_mapping(&self, merges: &[Span], span: Span) -> Stop {
        let place = merges.first().copied().unwrap_or(span);
        let message = "a merge key takes a mapping or a list of mappings";
        self.refuse(Code::YAML_ALIAS, message, place).into()
    }

    /// Adds a copy of a complete node with everything in it, without recursion and within the limits.
    fn copy(&mut self, node: NodeId, alias: Span) -> Result<(), Stop> {
        let mut ways: Vec<(u32, u32, u32)> = Vec::new();
        let mut next = Some(node);
        loop {
            if let Some(node) = next.take() {
                let data = self.builder.tree.data(node);
                self.account(data.content, alias)?;
                match data.content {
                    Content::Array(run) | Content::Object(run) => {
                        let object = matches!(data.content, Content::Object(_));
                        self.builder
                            .open(object, data.span.start as usize)
                            .map_err(|refusal| self.limit(refusal, alias))?;
                        ways.push((run.start, run.end, data.span.end));
                    }
                    content => {
                        self.builder
                            .add(content, data.span)
                            .map_err(|refusal| self.limit(refusal, alias))?;
                    }
                }
            }
            match ways.last_mut() {
                None => return Ok(()),
                Some((position, end, _)) if *position < *end => {
                    let child = self.builder.tree.children.get(*position as usize).copied();
                    *position += 1;
                    if let Some(child) = child {
                        let key = child
                            .key
                            .map_or(0, |(text, _)| self.builder.tree.resolve(text).len());
                        self.expanded.1 += key;
                        self.builder.key = child.key;
                        next = Some(child.node);
                    }
                }
                Some((_, _, end)) => {
                    let end = *end as usize;
                    ways.pop();
                    self.builder.close(end);
                }
            }
        }
    }

    /// Counts one copied node, and stops the document where its aliases weigh more than it does.
    fn account(&mut self, content: Content, alias: Span) -> Result<(), Stop> {
        let tree = &self.builder.tree;
        let own = tree.nodes.len() - self.expanded.0.min(tree.nodes.len());
        self.expanded.0 += 1;
        self.expanded.1 += match content {
            Content::Null(text)
            | Content::Boolean(_, text)
            | Content::Number(text)
            | Content::Converted(text, _)
            | Content::String(text) => tree.resolve(text).len(),
            Content::Array(_) | Content::Object(_) => 0,
        };
        let allowed = limit::ALIAS_NODES_EACH * own + limit::ALIAS_NODES;
        if self.expanded.0 > allowed || self.expanded.1 > limit::ALIAS_BYTES {
            let message =
                "the aliases up to here stand for far more than the document holds itself";
            return Err(self
                .refuse(Code::YAML_ALIAS_EXPANSION, message, alias)
                .help("write the values out, or refer to them with `$ref`"));
        }
        Ok(())
    }

    fn remember(&mut self, anchor: Option<usize>, node: NodeId) {
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, node);
        }
    }

    /// Notes a tag; answers whether it says that the scalar is text.
    fn tag(&mut self, tag: Option<Cow<'_, str>>, span: Span) -> bool {
        let Some(tag) = tag else { return false };
        match tag.as_ref() {
            "!" | "tag:yaml.org,2002:str" => true,
            tag => {
                if !scalar::CORE_TAGS.contains(&tag) {
                    self.tags.push((tag.chars().take(80).collect(), span));
                }
                false
            }
        }
    }

    /// The part of the text that is the scalar's value, or the value where the text spells it differently.
    fn spelling(&self, value: &str, plain: bool, span: Span) -> (Span, Option<String>) {
        let (start, end) = (span.start as usize, span.end as usize);
        let whole = self.text.get(start..end);
        if whole == Some(value) {
            return (span, None);
        }
        // The parser spells an empty plain scalar `~`.
        if plain && whole == Some("") {
            return (span, None);
        }
        let inner = Span::new(start + 1, end.saturating_sub(1));
        if !plain && self.text.get(inner.range()) == Some(value) {
            return (inner, None);
        }
        (span, Some(value.to_owned()))
    }

    fn finish(self, repaired: Option<(usize, usize)>) -> Result<Document, Vec<Diagnostic>> {
        if !self.duplicates.is_empty() {
            return Err(crate::diagnostic::first_of(self.duplicates));
        }
        let mut warnings = Vec::new();
        if let Some((offset, lines)) = repaired {
            let message = format!("{lines} continuation lines of quoted text are not indented");
            warnings.push(
                Diagnostic::new(Code::YAML_UNINDENTED, message)
                    .at(self.origin(Span::new(offset, offset)))
                    .note("they were read as if they were; the text does not change")
                    .help("indent them deeper than their key, as YAML 1.2 demands"),
            );
        }
        if let Some(first) = self.merges.first() {
            let message = format!("{} merge keys `<<` were resolved", self.merges.len());
            warnings.push(
                Diagnostic::new(Code::YAML_MERGE_KEY, message)
                    .at(self.origin(*first))
                    .note("merge keys are no part of YAML 1.2, so other readers may not know them"),
            );
        }
        if let Some((tag, first)) = self.tags.first() {
            let message = format!(
                "{} tags were ignored, the first is `{tag}`",
                self.tags.len()
            );
            warnings.push(Diagnostic::new(Code::YAML_TAG, message).at(self.origin(*first)));
        }
        let nothing = Diagnostic::new(Code::YAML_SYNTAX, "there is no document")
            .at(self.origin(Span::default()))
            .help("write a document, or take the file from the sources");
        match self.builder.finish() {
            Some(tree) => Ok(Document { tree, warnings }),
            None => Err(vec![nothing]),
        }
    }

    fn origin(&self, span: Span) -> Origin {
        Origin {
            file: self.file,
            span,
        }
    }

    fn refuse(&self, code: Code, message: &str, span: Span) -> Refused {
        Refused(Diagnostic::new(code, message).at(self.origin(span)))
    }

    fn limit(&self, refusal: Refusal, span: Span) -> Stop {
        let diagnostic = match refusal {
            Refusal::TooDeep => too_deep(),
            Refusal::TooLarge => {
                let message = format!("the document has more than {} values", limit::NODES);
                Diagnostic::new(Code::TREE_TOO_LARGE, message).help(limit::HELP)
            }
        };
        Stop::Refused(Box::new(diagnostic.at(self.origin(span))))
    }
}

fn too_deep() -> Diagnostic {
    let message = format!("the document nests deeper than {} levels", limit::DEPTH);
    Diagnostic::new(Code::TREE_TOO_DEEP, message).help(limit::HELP)
}

/// A finding that ends the reading; `help` finishes it.
struct Refused(Diagnostic);

impl Refused {
    fn help(self, help: &str) -> Stop {
        Stop::Refused(Box::new(self.0.help(help)))
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Stop::Refused(Box::new(refused.0))
    }
}

#[cfg(test)]
mod tests;

//! The lines of a page to its parts, by the section that each stands in.

mod tables;

use super::json::{self, Found, Json};
use super::keyword::{self, Keyword};
use super::line::{self, Class, Lines};
use super::part::{Answer, Object, Page, Prose, Section};
use super::row;
use super::start::{self, Start};
use super::table;
use super::{cell, prose};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::infer::Direction;
use crate::model::Location;
use crate::origin::Origin;
use std::collections::BTreeSet;

/// Reads a page.
pub(super) fn read<'t>(lines: &Lines<'t>, diagnostics: &mut Diagnostics) -> Page<'t> {
    let starts = start::starts(lines);
    let mut page = Page {
        title: title(lines),
        ..Page::default()
    };
    let mut at = 0;
    for start in starts {
        let mut reader = Reader::new(lines, &mut page, None, diagnostics);
        reader.lines(at, start.line.max(at), &BTreeSet::new());
        at = at.max(start.end);
        let begin = start.line;
        let end = start.end;
        let taken: BTreeSet<usize> = start.taken.iter().copied().collect();
        let mut reader = Reader::new(lines, &mut page, Some(section(lines, start)), diagnostics);
        reader.lines(begin, end, &taken);
        if let Some(section) = reader.section.take() {
            page.sections.push(section);
        }
    }
    Reader::new(lines, &mut page, None, diagnostics).lines(at, lines.list.len(), &BTreeSet::new());
    page
}

fn section<'t>(lines: &Lines<'t>, start: Start<'t>) -> Section<'t> {
    Section {
        title: start.title.filter(|title| !title.is_empty()),
        endpoints: start.endpoints,
        text: start.said.map(Prose::Line).into_iter().collect(),
        origin: lines.origin(start.line),
        ..Section::default()
    }
}

/// The title: in the settings in front of the page, else its first heading, else its first line if it can be one.
fn title<'t>(lines: &Lines<'t>) -> Option<&'t str> {
    let settings = lines.list.first().filter(|line| line.text == "---");
    let set = settings.and_then(|_| {
        let mut front = lines
            .list
            .iter()
            .skip(1)
            .take_while(|line| line.text != "---");
        front.find_map(|line| line.text.strip_prefix("title:"))
    });
    let mut headings = lines.list.iter().filter_map(|line| match line.class {
        Class::Heading(1, text) => Some(text),
        _ => None,
    });
    let first = || {
        let first = lines.list.iter().find(|line| line.class != Class::Blank)?;
        let fits = lines.flat
            && first.class == Class::Text
            && first.text.len() <= 60
            && !first.text.ends_with(['.', ':']);
        fits.then_some(first.text)
    };
    set.map(|text| text.trim().trim_matches(['"', '\'']))
        .or_else(|| headings.next())
        .or_else(first)
}

/// Where the reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    AllowedFor,
    Pagination,
    Parameters(Option<Location>),
    Body,
    Members,
    Responses,
    ResponseMembers,
    ReturnType,
    Samples,
    Example,
    Object,
}

struct Reader<'l, 't, 'd> {
    lines: &'l Lines<'t>,
    page: &'l mut Page<'t>,
    section: Option<Section<'t>>,
    diagnostics: &'d mut Diagnostics,
    state: State,
    /// The language of the program that is being read.
    language: &'static str,
    heading: Option<&'t str>,
    /// The name of the object that the last headings announced.
    object: Option<String>,
    /// The names that headings gave, with their levels, outermost first.
    names: Vec<(usize, String)>,
    status: Option<u16>,
}

impl<'l, 't, 'd> Reader<'l, 't, 'd> {
    fn new(
        lines: &'l Lines<'t>,
        page: &'l mut Page<'t>,
        section: Option<Section<'t>>,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Reader {
            lines,
            page,
            section,
            diagnostics,
            state: State::Text,
            language: "",
            heading: None,
            object: None,
            names: Vec::new(),
            status: None,
        }
    }

    fn lines(&mut self, from: usize, to: usize, taken: &BTreeSet<usize>) {
        let mut at = from;
        while at < to {
            if taken.contains(&at) {
                at += 1;
                continue;
            }
            at = self.line(at).max(at + 1);
        }
    }

    /// Reads what begins on a line, and answers the line behind it.
    fn line(&mut self, at: usize) -> usize {
        let Some(line) = self.lines.get(at) else {
            return at + 1;
        };
        let (text, class) = (line.text, line.class.clone());
        if self.state == State::Samples && self.lines.flat {
            return self.sample(at, text, &class);
        }
        match class {
            Class::Blank => self.say(Prose::Break),
            Class::Heading(level, text) => self.head(level, text, at),
            Class::Endpoint | Class::TableRule | Class::FenceEnd | Class::Code(_) => {}
            Class::TableRow => {
                if let Some((table, next)) = table::read(self.lines, at) {
                    self.table(&table);
                    return next;
                }
            }
            Class::Fence(language) => return self.block(at, language),
            Class::Json => return self.json(at),
            Class::Status(status) => self.answer(status, at),
            Class::Bullet(text) => self.bullet(text, at),
            Class::Text => self.text(text, at),
        }
        at + 1
    }

    /// A line among sample programs of a page whose code has no marks: only a heading ends them.
    fn sample(&mut self, at: usize, text: &'t str, class: &Class<'t>) -> usize {
        if let Some(language) = keyword::language(text) {
            self.language = language;
            return at + 1;
        }
        let ends = keyword::keyword(text).filter(|k| !matches!(k, Keyword::Example));
        if let (Class::Text, Some(keyword)) = (class, ends) {
            self.enter(keyword, text);
            return at + 1;
        }
        let origin = self.lines.origin(at);
        self.keep_sample(origin, text);
        at + 1
    }

    fn keep_sample(&mut self, origin: Origin, text: &'t str) {
        match &mut self.section {
            Some(section) => section.samples.push((origin, text)),
            None => self.page.samples.push(text),
        }
    }

    fn head(&mut self, level: usize, text: &'t str, at: usize) {
        // Headings name objects for what is below them, so one ends the names of its own level and of deeper ones.
        self.names.retain(|(above, _)| *above < level);
        self.object = self.names.last().map(|(_, name)| name.clone());
        match (keyword::keyword(text), line::status(text)) {
            (Some(keyword), _) => self.enter(keyword, text),
            (None, Some(status)) => return self.answer(status, at),
            (None, None) => {
                self.state = State::Text;
                self.status = None;
                self.heading = Some(text);
                // The title names the page, whose noun is what objects without a name are called.
                let title = level == 1 && self.page.title == Some(text);
                self.object = keyword::object_name(text).filter(|_| !title);
                self.say(Prose::Heading(text));
            }
        }
        if let Some(name) = &self.object {
            self.names.push((level, name.clone()));
        }
    }

    fn enter(&mut self, keyword: Keyword, text: &'t str) {
        self.status = None;
        self.state = match keyword {
            Keyword::AllowedFor => State::AllowedFor,
            Keyword::Pagination => State::Pagination,
            Keyword::Parameters(location) => State::Parameters(location),
            Keyword::Body => State::Body,
            Keyword::BodyMembers => State::Members,
            Keyword::Responses | Keyword::Statuses => State::Responses,
            Keyword::ResponseMembers => State::ResponseMembers,
            Keyword::ReturnType => State::ReturnType,
            Keyword::Samples => State::Samples,
            Keyword::Example => State::Example,
            Keyword::Object => State::Object,
        };
        if keyword == Keyword::Object {
            // A heading that says nothing of its own leaves the name to the one around it.
            if let Some(name) = keyword::object_name(text) {
                self.object = Some(name);
            }
            self.heading = Some(text);
        }
        self.language = "";
    }

    fn say(&mut self, piece: Prose<'t>) {
        let text = match &mut self.section {
            Some(section) => &mut section.text,
            None => &mut self.page.text,
        };
        if piece != Prose::Break || text.last() != Some(&Prose::Break) {
            text.push(piece);
        }
    }

    fn text(&mut self, text: &'t str, at: usize) {
        let colon = text.ends_with(':') || text.starts_with("**");
        if (self.lines.flat || colon)
            && let Some(keyword) = keyword::keyword(text)
        {
            return self.enter(keyword, text);
        }
        if self.lines.flat && keyword::language(text) == Some("curl") {
            return self.enter(Keyword::Samples, text);
        }
        if text.starts_with("curl ") || text.starts_with("$ curl ") {
            let origin = self.lines.origin(at);
            return self.keep_sample(origin, text);
        }
        match self.state {
            State::ReturnType => {
                let returned = cell::read_type(text);
                if let Some(section) = &mut self.section {
                    section.returned = section.returned.take().or(returned);
                }
                self.state = State::Text;
                return;
            }
            // Who may call it stands in the list alone.
            State::AllowedFor | State::Pagination => self.state = State::Text,
            _ => {}
        }
        self.say(Prose::Line(text));
    }

    fn bullet(&mut self, text: &'t str, at: usize) {
        if let Some(section) = &mut self.section {
            let row = || row::bullet(text, self.lines.origin(at), at);
            match self.state {
                State::AllowedFor => return section.allowed_for.push(text),
                State::Pagination => return section.pagination.push(text),
                State::Parameters(location) => {
                    if let Some(mut row) = row() {
                        row.location = row.location.or(location);
                        return section.parameters.push(row);
                    }
                }
                State::Members => {
                    if let Some(row) = row() {
                        return section.members.push(row);
                    }
                }
                State::ResponseMembers => {
                    if let Some(row) = row() {
                        return section.answered.push(row);
                    }
                }
                _ => {}
            }
        }
        self.say(Prose::Bullet(text));
    }

    /// A status: what is answered with it follows.
    fn answer(&mut self, status: u16, at: usize) {
        self.state = State::Responses;
        if self.status == Some(status) {
            return;
        }
        self.status = Some(status);
        let origin = self.lines.origin(at);
        if let Some(section) = &mut self.section {
            section.answers.push(Answer {
                status,
                text: None,
                json: None,
                origin,
            });
        }
    }

    /// A code block.
    fn block(&mut self, at: usize, language: &'t str) -> usize {
        let inside =
            |at: &usize| matches!(self.lines.get(*at).map(|l| &l.class), Some(Class::Code(_)));
        let end = (at + 1..)
            .take_while(inside)
            .last()
            .map_or(at + 1, |last| last + 1);
        let behind = match self.lines.get(end).map(|l| &l.class) {
            Some(Class::FenceEnd) => end + 1,
            _ => end,
        };
        let language = language.to_ascii_lowercase();
        let mut first = at + 1;
        // An answer as it came: its first line, headers, a blank line, a body.
        while first < end
            && let Some(line) = self.lines.get(first)
        {
            let Some(status) = line
                .text
                .strip_prefix("HTTP/")
                .and_then(|rest| rest.split_once(' '))
            else {
                break;
            };
            if let Some(Ok(status)) = status.1.get(..3).map(str::parse::<u16>) {
                self.answer(status, first);
            }
            first += 1;
            while first < end
                && self
                    .lines
                    .get(first)
                    .is_some_and(|l| !l.text.starts_with(['{', '[']))
            {
                first += 1;
            }
        }
        let begin = (first..end).find(|at| {
            self.lines
                .get(*at)
                .is_some_and(|line| !line.text.is_empty() && !line.text.starts_with("//"))
        });
        let Some(begin) = begin else {
            return behind;
        };
        let text = self.lines.get(begin).map_or("", |line| line.text);
        let is_json = matches!(
            language.as_str(),
            "json" | "json5" | "jsonc" | "javascript" | "js" | "" | "http" | "text"
        ) && (text.starts_with(['{', '[', '"']) || text == "null");
        if is_json && self.state != State::Samples {
            self.json(begin);
            return behind;
        }
        for at in begin..end {
            let line = self.lines.get(at).map_or("", |line| line.text);
            let origin = self.lines.origin(at);
            self.keep_sample(origin, line);
        }
        behind
    }

    /// JSON, and what it is an example of.
    fn json(&mut self, at: usize) -> usize {
        let (found, next) = json::read(self.lines, at);
        let found = match found {
            Found::Json(found) => *found,
            Found::Fault(why) => {
                self.diagnostics.push(
                    Diagnostic::new(Code::MARKDOWN_NOT_JSON, "what begins like JSON is none")
                        .at(self.lines.origin(at))
                        .note(why)
                        .note("it shows nothing about the API")
                        .help("correct it in a copy of the page"),
                );
                return next;
            }
        };
        if found.elided && !found.fragment {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::MARKDOWN_ELIDED,
                    "`...` stands in the place of members",
                )
                .at(found.origin)
                .note("the rest is read, and that a member is absent means nothing")
                .help("complete the example in a copy of the page"),
            );
        }
        let way = self.way();
        let Some(section) = &mut self.section else {
            let name = self.object.clone();
            self.example(name, found, way);
            return next;
        };
        match (self.state, way) {
            (State::Body | State::Members, _) => section.bodies.push(found),
            (State::Responses | State::ResponseMembers, _) | (_, Some(Direction::Received)) => {
                let status = self.status.unwrap_or_else(|| success(section));
                let open = section
                    .answers
                    .iter_mut()
                    .find(|answer| answer.status == status && answer.json.is_none());
                match open {
                    Some(answer) => answer.json = Some(found),
                    None => section.answers.push(Answer {
                        status,
                        text: None,
                        origin: found.origin,
                        json: Some(found),
                    }),
                }
            }
            (_, Some(Direction::Sent)) => section.bodies.push(found),
            (_, None) => {
                let sends = section
                    .endpoints
                    .iter()
                    .any(|endpoint| matches!(endpoint.method.as_str(), "POST" | "PUT" | "PATCH"));
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::MARKDOWN_EXAMPLE,
                        "nothing says of what this is an example",
                    )
                    .at(found.origin)
                    .note(match sends {
                        true => "it is read as a body that is sent",
                        false => "it is read as what is answered",
                    })
                    .help("put `Request body` or `Response` above it in a copy of the page"),
                );
                if sends {
                    section.bodies.push(found);
                } else {
                    let status = success(section);
                    section.answers.push(Answer {
                        status,
                        text: None,
                        origin: found.origin,
                        json: Some(found),
                    });
                }
            }
        }
        next
    }

    /// Which way a value in the middle of text travels, by the words in front of it.
    fn way(&self) -> Option<Direction> {
        let text = match &self.section {
            Some(section) => &section.text,
            None => &self.page.text,
        };
        let mut words = String::new();
        let near = text
            .iter()
            .rev()
            .filter(|piece| **piece != Prose::Break)
            .take(3);
        for piece in near {
            let (Prose::Heading(text) | Prose::Line(text) | Prose::Bullet(text)) = piece else {
                continue;
            };
            words.push_str(&text.to_lowercase());
            words.push('\n');
        }
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        let received = has(&["respon", "return", "answer"]);
        let sent = has(&[
            "request",
            "data format",
            "send ",
            "pass ",
            "set the value",
            "specify",
            "you can use",
            "set like this",
            "are set through",
            "payload",
        ]);
        match (sent, received) {
            (true, false) => Some(Direction::Sent),
            (false, true) => Some(Direction::Received),
            _ => None,
        }
    }

    /// An example of an object that the page describes outside of its operations.
    fn example(&mut self, name: Option<String>, json: Json, way: Option<Direction>) {
        let known = self
            .page
            .objects
            .iter_mut()
            .rev()
            .find(|object| object.name == name);
        match known {
            Some(object) => object.examples.push((json, way)),
            None => match self.page.objects.last_mut() {
                // Below a heading of its own, an example belongs to the last object.
                Some(object) => object.examples.push((json, way)),
                None => self.page.objects.push(Object {
                    name,
                    examples: vec![(json, way)],
                    ..Object::default()
                }),
            },
        }
    }
}

/// The status of an example without one: the success that the text names.
fn success(section: &Section<'_>) -> u16 {
    let mut codes = section.text.iter().flat_map(|piece| match piece {
        Prose::Line(text) | Prose::Bullet(text) => prose::statuses(text),
        _ => Vec::new(),
    });
    codes.find(|code| (200..300).contains(code)).unwrap_or(200)
}

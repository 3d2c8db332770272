//! Turns nodes into the parts of a `multipart/form-data` body (RFC 7578), streams among them.

use super::form::{Lists, Part, each_part, is_json, push_form, scalar_text};
use super::style::{path_text, push_plain};
use super::to_json;
use crate::runtime::model::Node;
use crate::runtime::operation::Part as FormPart;
use crate::runtime::percent::decode;
use crate::runtime::{Body, BodySource, Headers, Style, Upload};
use bytes::Bytes;
use serde_json::Value;
use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::task::{Context, Poll};

/// How parts are sent where the description states it.
type Parts = &'static [FormPart];

/// The media type with its boundary, and the body: a part for each member, one for each element of
/// a list, JSON for what has members itself. An absent member has no part. What a member wraps is
/// its part alone.
pub(crate) fn multipart(
    node: Node<'_>,
    member: Option<&str>,
    media_type: &str,
    parts: Parts,
) -> Result<(String, Body), String> {
    let mut form = Form {
        boundary: boundary(),
        parts,
        text: Vec::new(),
        pieces: VecDeque::new(),
        problem: None,
    };
    match member {
        Some(name) => form.member(name, node),
        None => each_part(node, &mut |part, node| {
            if let Part::Key(name) = part {
                form.member(name, node);
            }
        }),
    }
    form.finish(media_type)
}

/// A text that occurs in no part, as nobody can know it before.
fn boundary() -> String {
    let word = || RandomState::new().build_hasher().finish();
    format!("letterpress-{:016x}{:016x}", word(), word())
}

struct Form {
    boundary: String,
    parts: Parts,
    /// What comes after the last stream.
    text: Vec<u8>,
    pieces: VecDeque<Body>,
    problem: Option<String>,
}

impl Form {
    fn member(&mut self, name: &str, node: Node<'_>) {
        let stated = self.parts.iter().find(|part| part.name == name);
        let stated = stated.unwrap_or(&FormPart::NEW);
        match (node, stated.style) {
            (Node::Absent, _) => {}
            (node, Style::Deep) => self.deep(name, node),
            (node, Style::Csv) => {
                self.text_part(name, &path_text(name, node, Style::Csv, push_plain))
            }
            (Node::Seq(seq), _) => {
                for index in 0..seq.len() {
                    self.part(name, seq.at(index), stated);
                }
            }
            (Node::Json(Value::Array(values)), _) => {
                for value in values {
                    self.part(name, Node::Json(value), stated);
                }
            }
            (node, _) => self.part(name, node, stated),
        }
    }

    /// A part for each member of an object, its name in brackets: `a[b]`.
    fn deep(&mut self, name: &str, node: Node<'_>) {
        let mut pairs = String::new();
        push_form(node, &mut name.to_owned(), Lists::Brackets, &mut pairs);
        for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.text_part(&decode(name), &decode(value));
        }
    }

    fn text_part(&mut self, name: &str, text: &str) {
        self.head(name, None, None, &[]);
        self.text.extend_from_slice(text.as_bytes());
        self.text.extend_from_slice(b"\r\n");
    }

    fn part(&mut self, name: &str, node: Node<'_>, stated: &FormPart) {
        if let Node::Upload(upload) = node {
            return self.file(name, upload, stated);
        }
        let media_type = (!stated.media_type.is_empty()).then_some(stated.media_type);
        match scalar_text(node).filter(|_| !is_json(stated.media_type)) {
            Some(text) => {
                self.head(name, None, media_type, stated.headers);
                self.text.extend_from_slice(text.as_bytes());
            }
            None => {
                let media_type = media_type.unwrap_or("application/json");
                self.head(name, None, Some(media_type), stated.headers);
                self.text.append(&mut to_json(node));
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn file(&mut self, name: &str, upload: &Upload, stated: &FormPart) {
        if upload.is_unset() {
            return;
        }
        let media_type = (!stated.media_type.is_empty()).then_some(stated.media_type);
        let media_type = upload.media_type().or(media_type);
        let media_type = media_type.unwrap_or("application/octet-stream");
        let own = upload.headers().iter();
        let own = own.map(|(name, value)| (name.as_str(), value.as_str()));
        let stated = stated.headers.iter().copied();
        let headers: Vec<(&str, &str)> = stated.chain(own).collect();
        self.head(
            name,
            Some(upload.name().unwrap_or("file")),
            Some(media_type),
            &headers,
        );
        match upload.body() {
            Body::Empty => {}
            Body::Bytes(bytes) => self.text.extend_from_slice(bytes),
            stream @ Body::Stream(_) => {
                self.pieces.push_back(std::mem::take(&mut self.text).into());
                self.pieces.push_back(stream.clone());
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn head(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        media_type: Option<&str>,
        headers: &[(&str, &str)],
    ) {
        let mut head = format!(
            "--{}\r\ncontent-disposition: form-data; name=\"",
            self.boundary
        );
        push_name(&with_line_ends(name), &mut head);
        head.push('"');
        if let Some(file_name) = file_name {
            head.push_str("; filename=\"");
            push_name(file_name, &mut head);
            head.push('"');
        }
        head.push_str("\r\n");
        let media_type = media_type.map(|media_type| ("content-type", media_type));
        for (name, value) in media_type.into_iter().chain(headers.iter().copied()) {
            if let Some(problem) = Headers::problem(name, value) {
                self.problem.get_or_insert(problem);
            }
            head.push_str(name);
            head.push_str(": ");
            head.push_str(value);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        self.text.extend_from_slice(head.as_bytes());
    }

    fn finish(mut self, media_type: &str) -> Result<(String, Body), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let end = format!("--{}--\r\n", self.boundary);
        self.text.extend_from_slice(end.as_bytes());
        let media_type = format!("{media_type}; boundary={}", self.boundary);
        if self.pieces.is_empty() {
            return Ok((media_type, self.text.into()));
        }
        self.pieces.push_back(self.text.into());
        let pieces = Pieces {
            open: None,
            rest: self.pieces,
        };
        if pieces.rest.iter().any(|piece| !piece.is_replayable()) {
            return Ok((media_type, Body::stream(pieces)));
        }
        let (length, rest) = (pieces.length(), pieces.rest);
        let body = Body::reopen(length, move || {
            let rest = rest.clone();
            Ok(Box::new(Pieces { open: None, rest }))
        });
        Ok((media_type, body))
    }
}

/// The line ends of a name as a browser sends them.
fn with_line_ends(name: &str) -> String {
    let lines = name.replace("\r\n", "\n").replace('\r', "\n");
    lines.replace('\n', "\r\n")
}

/// A name between quotation marks, as the HTML standard has it: these three are all that is
/// escaped, and a backslash stands for itself.
fn push_name(name: &str, out: &mut String) {
    for character in name.chars() {
        match character {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            other => out.push(other),
        }
    }
}

/// Bodies one after the other.
struct Pieces {
    open: Option<Box<dyn BodySource>>,
    rest: VecDeque<Body>,
}

impl BodySource for Pieces {
    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            if let Some(source) = &mut self.open {
                match source.poll_chunk(context) {
                    Poll::Ready(None) => self.open = None,
                    other => return other,
                }
            }
            match self.rest.pop_front() {
                None => return Poll::Ready(None),
                Some(Body::Empty) => {}
                Some(Body::Bytes(bytes)) if bytes.is_empty() => {}
                Some(Body::Bytes(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Body::Stream(stream)) => match stream.take() {
                    Ok(source) => self.open = Some(source),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
            }
        }
    }

    fn length(&self) -> Option<u64> {
        // Asked before anything is taken.
        let lengths = self.rest.iter().map(Body::length);
        lengths.sum::<Option<u64>>().filter(|_| self.open.is_none())
    }
}

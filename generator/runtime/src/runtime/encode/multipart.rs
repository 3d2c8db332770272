//! Turns nodes into the parts of a `multipart/form-data` body (RFC 7578), streams among them.

use super::form::{Part, each_part, scalar_text};
use super::to_json;
use crate::runtime::model::Node;
use crate::runtime::{Body, BodySource, Headers, Upload};
use bytes::Bytes;
use serde_json::Value;
use std::collections::VecDeque;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::task::{Context, Poll};

/// Media types of parts by the name of the member, where the description states them.
type PartTypes = &'static [(&'static str, &'static str)];

/// The media type with its boundary, and the body: a part for each member, one for each element of
/// a list, JSON for what has members itself. An absent member has no part.
pub(crate) fn multipart(node: Node<'_>, types: PartTypes) -> Result<(String, Body), String> {
    let mut form = Form {
        boundary: boundary(),
        types,
        text: Vec::new(),
        pieces: VecDeque::new(),
        problem: None,
    };
    each_part(node, &mut |part, node| {
        if let Part::Key(name) = part {
            form.member(name, node);
        }
    });
    form.finish()
}

/// A text that occurs in no part, as nobody can know it before.
fn boundary() -> String {
    let word = || RandomState::new().build_hasher().finish();
    format!("letterpress-{:016x}{:016x}", word(), word())
}

struct Form {
    boundary: String,
    types: PartTypes,
    /// What comes after the last stream.
    text: Vec<u8>,
    pieces: VecDeque<Body>,
    problem: Option<String>,
}

impl Form {
    fn member(&mut self, name: &str, node: Node<'_>) {
        match node {
            Node::Absent => {}
            Node::Seq(seq) => {
                for index in 0..seq.len() {
                    self.part(name, seq.at(index));
                }
            }
            Node::Json(Value::Array(values)) => {
                for value in values {
                    self.part(name, Node::Json(value));
                }
            }
            node => self.part(name, node),
        }
    }

    fn part(&mut self, name: &str, node: Node<'_>) {
        let stated = self.types.iter().find(|(known, _)| *known == name);
        let stated = stated.map(|(_, media_type)| *media_type);
        if let Node::Upload(upload) = node {
            return self.file(name, upload, stated);
        }
        match scalar_text(node) {
            Some(text) => {
                self.head(name, None, stated);
                self.text.extend_from_slice(text.as_bytes());
            }
            None => {
                self.head(name, None, Some(stated.unwrap_or("application/json")));
                self.text.append(&mut to_json(node));
            }
        }
        self.text.extend_from_slice(b"\r\n");
    }

    fn file(&mut self, name: &str, upload: &Upload, stated: Option<&str>) {
        if upload.is_unset() {
            return;
        }
        let media_type = upload.media_type().or(stated);
        let media_type = media_type.unwrap_or("application/octet-stream");
        self.head(
            name,
            Some(upload.name().unwrap_or("file")),
            Some(media_type),
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

    fn head(&mut self, name: &str, file_name: Option<&str>, media_type: Option<&str>) {
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
        if let Some(media_type) = media_type {
            if let Some(problem) = Headers::problem("content-type", media_type) {
                self.problem.get_or_insert(problem);
            }
            head.push_str("content-type: ");
            head.push_str(media_type);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        self.text.extend_from_slice(head.as_bytes());
    }

    fn finish(mut self) -> Result<(String, Body), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let end = format!("--{}--\r\n", self.boundary);
        self.text.extend_from_slice(end.as_bytes());
        let media_type = format!("multipart/form-data; boundary={}", self.boundary);
        if self.pieces.is_empty() {
            return Ok((media_type, self.text.into()));
        }
        self.pieces.push_back(self.text.into());
        let pieces = Pieces {
            open: None,
            rest: self.pieces,
        };
        Ok((media_type, Body::stream(pieces)))
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
                    Err(_) => {
                        let message = "a part is a stream that was sent before";
                        return Poll::Ready(Some(Err(io::Error::other(message))));
                    }
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

//! The parts of a page as they were read: operations with what is said about each, objects, lists of values, text.

use super::cell;
use super::endpoint::Endpoint;
use super::json::Json;
use super::table::Row;
use crate::infer::Direction;
use crate::origin::Origin;

/// A page in its parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Page<'t> {
    pub title: Option<&'t str>,
    pub objects: Vec<Object>,
    pub sections: Vec<Section<'t>>,
    pub lists: Vec<ValueList>,
    /// What is said in front of all operations.
    pub text: Vec<Prose<'t>>,
    /// Lines of sample programs that belong to no operation.
    pub samples: Vec<&'t str>,
}

/// An object that the page describes.
#[derive(Clone, Debug, Default)]
pub(super) struct Object {
    /// Nothing if it is what the page is about.
    pub name: Option<String>,
    pub rows: Vec<Row>,
    pub examples: Vec<(Json, Option<Direction>)>,
}

/// A list of values under a heading.
#[derive(Clone, Debug)]
pub(super) struct ValueList {
    pub heading: String,
    pub values: Vec<(String, Option<String>)>,
}

/// What is said about the endpoints of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Section<'t> {
    pub title: Option<String>,
    pub endpoints: Vec<Endpoint>,
    pub text: Vec<Prose<'t>>,
    pub parameters: Vec<Row>,
    /// Members of what is sent.
    pub members: Vec<Row>,
    pub bodies: Vec<Json>,
    pub answers: Vec<Answer>,
    /// Members of what is answered.
    pub answered: Vec<Row>,
    pub returned: Option<cell::Type>,
    pub allowed_for: Vec<&'t str>,
    pub pagination: Vec<&'t str>,
    /// Lines of sample programs, by runs that belong together.
    pub samples: Vec<(Origin, &'t str)>,
    pub origin: Origin,
}

/// What is answered with a status.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub text: Option<String>,
    pub json: Option<Json>,
    pub origin: Origin,
}

/// A piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prose<'t> {
    Heading(&'t str),
    Line(&'t str),
    Bullet(&'t str),
    /// The end of a paragraph.
    Break,
}

/// The lines and items of a text, one a line.
pub(super) fn joined(text: &[Prose<'_>]) -> String {
    let mut out = String::new();
    for piece in text {
        match piece {
            Prose::Line(line) | Prose::Bullet(line) => {
                out.push_str(line);
                out.push('\n');
            }
            Prose::Heading(_) | Prose::Break => {}
        }
    }
    out
}

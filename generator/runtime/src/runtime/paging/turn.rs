//! Decides what the page behind a page is.

use super::{PageStyle, Paging, link};
use crate::runtime::model::Node;
use crate::runtime::{Meta, Request};

/// A page to ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum At {
    /// By a cursor.
    Cursor(String),
    /// By a path and query.
    Url(String),
    /// By the number of a page or of an item.
    Number(i64),
}

impl At {
    /// The page that a text names.
    pub(super) fn parse(paging: &Paging, text: &str) -> At {
        let number = match paging.style {
            PageStyle::Offset | PageStyle::Number => text.trim().parse().ok(),
            _ => None,
        };
        let by_url = matches!(paging.style, PageStyle::Url | PageStyle::Link);
        match number {
            Some(number) => At::Number(number),
            None if by_url || text.starts_with('/') => At::Url(text.to_owned()),
            None => At::Cursor(text.to_owned()),
        }
    }

    /// The text that names the page.
    pub(super) fn text(&self) -> String {
        match self {
            At::Cursor(text) | At::Url(text) => text.clone(),
            At::Number(number) => number.to_string(),
        }
    }
}

/// What came so far.
#[derive(Clone, Copy, Default)]
pub(super) struct Progress {
    /// The number that the page was asked for with, if it counts.
    pub number: i64,
    /// How many items there were from the first on; nothing if it did not begin there.
    pub items: Option<u64>,
}

/// The page behind this one; none if it is the last, and an error if the server leads nowhere.
pub(super) fn next(
    paging: &Paging,
    page: Node<'_>,
    meta: &Meta,
    request: &Request,
    progress: Progress,
) -> Result<Option<At>, &'static str> {
    let length = count(page, paging);
    let more = truth(page, paging.more);
    if more == Some(false) || truth(page, paging.last) == Some(true) {
        return Ok(None);
    }
    let more = more == Some(true);
    let total = |way| number(at(page, way));
    let next = match paging.style {
        PageStyle::None => return Ok(None),
        PageStyle::Cursor => match paging.next_header {
            "" => cursor(at(page, paging.next)),
            header => meta
                .header(header)
                .map(|text| At::Cursor(text.trim().to_owned())),
        },
        PageStyle::LastItem => cursor(at(last(at(page, paging.items)), paging.next)),
        PageStyle::Url => cursor(at(page, paging.next)),
        PageStyle::Link => {
            let mut links = meta.headers().get_all("link");
            let target = links.find_map(|header| link::target(header, "next"));
            target.map(|target| At::Cursor(target.to_owned()))
        }
        PageStyle::Offset => {
            let number = progress.number.saturating_add(length);
            let over = total(paging.total).is_some_and(|total| number - paging.first >= total);
            let empty = length == 0 && !more;
            return Ok((!over && !empty).then_some(At::Number(number)));
        }
        PageStyle::Number => {
            let number = progress.number.saturating_add(1);
            let pages = total(paging.total_pages);
            let over = match (pages, total(paging.total), progress.items) {
                (Some(pages), ..) => number - paging.first >= pages,
                (None, Some(total), Some(items)) => i64::try_from(items).is_ok_and(|n| n >= total),
                _ => false,
            };
            let empty = length == 0 && !more && pages.is_none();
            return Ok((!over && !empty).then_some(At::Number(number)));
        }
    };
    let by_url = matches!(paging.style, PageStyle::Url | PageStyle::Link);
    match next {
        // Some APIs give a whole URL where others give a cursor.
        Some(At::Cursor(next)) if by_url && !next.is_empty() || is_url(&next) => {
            match request.base.resolve(&request.path, &next) {
                Some(target) => Ok(Some(At::Url(target))),
                None => Err("the next page is at another origin, and is not asked for"),
            }
        }
        Some(At::Cursor(next)) if next.is_empty() => nowhere(more),
        Some(next) => Ok(Some(next)),
        None => nowhere(more),
    }
}

fn nowhere(more: bool) -> Result<Option<At>, &'static str> {
    match more {
        true => Err("the page says that there are more, and not where"),
        false => Ok(None),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// What stands at the end of this way.
fn at<'a>(page: Node<'a>, way: &[&str]) -> Node<'a> {
    way.iter().fold(page, |node, name| node.member(name))
}

/// How many items a page has.
pub(super) fn count(page: Node<'_>, paging: &Paging) -> i64 {
    let count = match at(page, paging.items) {
        Node::Seq(list) => list.len(),
        Node::Json(serde_json::Value::Array(list)) => list.len(),
        _ => 0,
    };
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn last(list: Node<'_>) -> Node<'_> {
    match list {
        Node::Seq(list) if !list.is_empty() => list.at(list.len() - 1),
        Node::Json(serde_json::Value::Array(list)) => list.last().map_or(Node::Absent, Node::Json),
        _ => Node::Absent,
    }
}

/// `true` or `false`, if one stands there.
fn truth(page: Node<'_>, way: &[&str]) -> Option<bool> {
    if way.is_empty() {
        return None;
    }
    match at(page, way) {
        Node::Bool(truth) => Some(truth),
        Node::Json(serde_json::Value::Bool(truth)) => Some(*truth),
        _ => None,
    }
}

fn number(node: Node<'_>) -> Option<i64> {
    match node {
        Node::I64(number) => Some(number),
        Node::U64(number) => i64::try_from(number).ok(),
        Node::Json(value) => value.as_i64(),
        _ => None,
    }
}

/// Text, or a number that is not 0, as some servers write 0 behind the last page.
fn cursor(node: Node<'_>) -> Option<At> {
    if let Node::Str(text) | Node::Number(text) = node {
        return Some(At::Cursor(text.to_owned()));
    }
    if let Node::Json(serde_json::Value::String(text)) = node {
        return Some(At::Cursor(text.clone()));
    }
    number(node).filter(|number| *number != 0).map(At::Number)
}

//! JSONPath (RFC 9535) to the nodes of a document that it selects.

mod filter;
mod parse;

use super::{Kind, Node};
use filter::Condition;
use std::cell::Cell;
use std::collections::HashSet;

/// How many nodes one selection may visit: conditions inside conditions multiply.
const VISITS: u64 = 50_000_000;

/// A path, read and ready to select.
///
/// All selectors of RFC 9535 are there; of its functions `length`, `count` and `value` are. A name behind a dot may
/// hold `-`, which the RFC does not allow and overlays rely on.
#[derive(Clone, Debug, PartialEq)]
pub struct Path(Vec<Segment>);

/// What is wrong with the text of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where in the text, in bytes.
    pub at: usize,
    /// What is wrong, in a few words.
    pub message: String,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
struct Segment {
    /// Whether it looks into everything below, and not only into the next level.
    deep: bool,
    selectors: Vec<Selector>,
}

/// What a step selects.
#[derive(Clone, Debug, PartialEq)]
enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice(Option<i64>, Option<i64>, i64),
    Filter(Condition),
}

impl Path {
    /// Reads the text of a path.
    ///
    /// # Errors
    /// The first thing that is no JSONPath.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        parse::path(text)
    }

    /// The nodes that it selects below `root`, each once, in the order in which they are found; nothing if the search
    /// visits more than is reasonable.
    pub fn select<'t>(&self, root: Node<'t>) -> Option<Vec<Node<'t>>> {
        self.select_within(root, VISITS)
    }

    fn select_within<'t>(&self, root: Node<'t>, visits: u64) -> Option<Vec<Node<'t>>> {
        let search = Search {
            root,
            left: Cell::new(visits),
        };
        let mut found = search.walk(root, &self.0);
        if search.left.get() == 0 {
            return None;
        }
        let mut seen = HashSet::new();
        found.retain(|node| seen.insert(node.id()));
        Some(found)
    }
}

/// One selection.
struct Search<'t> {
    root: Node<'t>,
    /// How many nodes may still be visited.
    left: Cell<u64>,
}

impl<'t> Search<'t> {
    fn walk(&self, from: Node<'t>, segments: &[Segment]) -> Vec<Node<'t>> {
        let mut nodes = vec![from];
        for segment in segments {
            let mut next = Vec::new();
            for node in nodes {
                if !segment.deep {
                    self.children(node, &segment.selectors, &mut next);
                    continue;
                }
                let mut open = vec![node];
                while let Some(node) = open.pop() {
                    self.children(node, &segment.selectors, &mut next);
                    let before = open.len();
                    open.extend(inner(node));
                    open.get_mut(before..).unwrap_or_default().reverse();
                    if self.left.get() == 0 {
                        return Vec::new();
                    }
                }
            }
            nodes = next;
        }
        nodes
    }

    fn children(&self, node: Node<'t>, selectors: &[Selector], found: &mut Vec<Node<'t>>) {
        for selector in selectors {
            let cost = match selector {
                Selector::Index(_) => 1,
                _ => node.len() as u64 + 1,
            };
            self.left.set(self.left.get().saturating_sub(cost));
            if self.left.get() == 0 {
                return;
            }
            match selector {
                Selector::Name(name) => found.extend(node.get(name)),
                Selector::Wildcard => found.extend(inner(node)),
                Selector::Index(index) => {
                    let at = absolute(*index, node.items().len());
                    found.extend(at.and_then(|at| node.items().nth(at)));
                }
                Selector::Slice(start, end, step) => {
                    let items: Vec<Node<'t>> = node.items().collect();
                    let indexes = slice(*start, *end, *step, items.len());
                    found.extend(indexes.filter_map(|at| items.get(at)));
                }
                Selector::Filter(condition) => {
                    found.extend(inner(node).filter(|node| condition.holds(self, *node)));
                }
            }
        }
    }
}

/// The elements of an array, or the values of an object.
fn inner<'t>(node: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    let values = node.entries().map(|(_, value)| value);
    values.chain(node.items())
}

/// The place of an index that may count from the end.
fn absolute(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(at) => Some(at),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// The indexes of a slice (RFC 9535 §2.3.4.2.2).
fn slice(
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
    length: usize,
) -> Box<dyn Iterator<Item = usize>> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let normal = |at: i64| {
        if at >= 0 {
            at
        } else {
            length.saturating_add(at)
        }
    };
    let every = usize::try_from(step.unsigned_abs()).unwrap_or(usize::MAX);
    let place = |at: i64| usize::try_from(at).unwrap_or_default();
    if step > 0 {
        let start = normal(start.unwrap_or(0)).clamp(0, length);
        let end = normal(end.unwrap_or(length)).clamp(0, length);
        Box::new((place(start)..place(end)).step_by(every))
    } else if step < 0 {
        let start = normal(start.unwrap_or(length - 1)).clamp(-1, length - 1);
        let end = match end {
            Some(end) => normal(end).clamp(-1, length - 1),
            None => -1,
        };
        Box::new((place(end + 1)..place(start + 1)).rev().step_by(every))
    } else {
        Box::new(std::iter::empty())
    }
}

/// Whether two nodes are equal as JSON values.
fn equal(a: Node<'_>, b: Node<'_>) -> bool {
    a.kind() == b.kind()
        && match a.kind() {
            Kind::Array | Kind::Object => a.to_json() == b.to_json(),
            Kind::Number => number(a) == number(b),
            _ => a.scalar() == b.scalar() || a.to_json() == b.to_json(),
        }
}

fn number(node: Node<'_>) -> Option<f64> {
    node.as_number()?.parse().ok()
}

#[cfg(test)]
mod tests;

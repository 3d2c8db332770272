//! Conditions of filter selectors, and whether a node meets them.

use super::{Search, Segment, equal, number};
use crate::tree::{Kind, Node};
use std::cmp::Ordering;

/// A logical expression (RFC 9535 §2.3.5).
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// That a query selects something.
    Exists(Query),
    Compare(Operand, Operator, Operand),
}

/// A path inside a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    /// Whether it begins at the outermost node and not at the one that is tested.
    pub absolute: bool,
    pub segments: Vec<Segment>,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Operand {
    Text(String),
    Number(f64),
    Boolean(bool),
    Null,
    Query(Query),
    /// `length(…)`: of text in characters, of the other kinds in elements or members.
    Length(Query),
    /// `count(…)`: how many nodes a query selects.
    Count(Query),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The value of an operand.
enum Value<'t, 'c> {
    /// A query that selects nothing.
    Nothing,
    Node(Node<'t>),
    Text(&'c str),
    Number(f64),
    Boolean(bool),
    Null,
}

impl Condition {
    /// Whether a node meets it. Conditions nest no deeper than the reader of paths allows.
    pub(super) fn holds<'t>(&self, search: &Search<'t>, node: Node<'t>) -> bool {
        match self {
            Condition::Any(of) => of.iter().any(|condition| condition.holds(search, node)),
            Condition::All(of) => of.iter().all(|condition| condition.holds(search, node)),
            Condition::Not(condition) => !condition.holds(search, node),
            Condition::Exists(query) => !query.nodes(search, node).is_empty(),
            Condition::Compare(left, operator, right) => {
                let (left, right) = (left.value(search, node), right.value(search, node));
                match operator {
                    Operator::Equal => same(&left, &right),
                    Operator::Unequal => !same(&left, &right),
                    Operator::Less => order(&left, &right) == Some(Ordering::Less),
                    Operator::Greater => order(&left, &right) == Some(Ordering::Greater),
                    Operator::LessOrEqual => {
                        same(&left, &right) || order(&left, &right) == Some(Ordering::Less)
                    }
                    Operator::GreaterOrEqual => {
                        same(&left, &right) || order(&left, &right) == Some(Ordering::Greater)
                    }
                }
            }
        }
    }
}

impl Query {
    fn nodes<'t>(&self, search: &Search<'t>, node: Node<'t>) -> Vec<Node<'t>> {
        let from = if self.absolute { search.root } else { node };
        search.walk(from, &self.segments)
    }
}

impl Operand {
    fn value<'t, 'c>(&'c self, search: &Search<'t>, node: Node<'t>) -> Value<'t, 'c> {
        match self {
            Operand::Text(text) => Value::Text(text),
            Operand::Number(number) => Value::Number(*number),
            Operand::Boolean(value) => Value::Boolean(*value),
            Operand::Null => Value::Null,
            Operand::Query(query) => match query.nodes(search, node).as_slice() {
                [one] => Value::Node(*one),
                _ => Value::Nothing,
            },
            Operand::Length(query) => match query.nodes(search, node).as_slice() {
                [one] => match (one.as_str(), one.kind()) {
                    (Some(text), _) => Value::Number(text.chars().count() as f64),
                    (None, Kind::Array | Kind::Object) => Value::Number(one.len() as f64),
                    _ => Value::Nothing,
                },
                _ => Value::Nothing,
            },
            Operand::Count(query) => Value::Number(query.nodes(search, node).len() as f64),
        }
    }
}

impl<'t> Value<'t, '_> {
    fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::Node(node) => node.as_str(),
            _ => None,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Value::Number(value) => Some(*value),
            Value::Node(node) => number(*node),
            _ => None,
        }
    }

    fn boolean(&self) -> Option<bool> {
        match self {
            Value::Boolean(value) => Some(*value),
            Value::Node(node) => node.as_bool(),
            _ => None,
        }
    }

    fn is_null(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Node(node) => node.is_null(),
            _ => false,
        }
    }
}

fn same(a: &Value<'_, '_>, b: &Value<'_, '_>) -> bool {
    if let (Value::Node(a), Value::Node(b)) = (a, b) {
        return equal(*a, *b);
    }
    match (a, b) {
        (Value::Nothing, Value::Nothing) => return true,
        (Value::Nothing, _) | (_, Value::Nothing) => return false,
        _ => {}
    }
    let texts = a.text().zip(b.text()).is_some_and(|(a, b)| a == b);
    let numbers = a.number().zip(b.number()).is_some_and(|(a, b)| a == b);
    let booleans = a.boolean().zip(b.boolean()).is_some_and(|(a, b)| a == b);
    texts || numbers || booleans || (a.is_null() && b.is_null())
}

/// Texts and numbers have an order; nothing else does.
fn order(a: &Value<'_, '_>, b: &Value<'_, '_>) -> Option<Ordering> {
    match (a.text().zip(b.text()), a.number().zip(b.number())) {
        (Some((a, b)), _) => Some(a.cmp(b)),
        (None, Some((a, b))) => a.partial_cmp(&b),
        (None, None) => None,
    }
}

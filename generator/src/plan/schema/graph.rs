//! The schemas that become types of their own, with everything that refers to them.

mod kin;
pub(in crate::plan) mod way;

use super::super::context::Context;
use super::super::operation::{
    BodyShape, CaseShape, Framing, Named, ResponseShape, same_shape, status_words,
};
use crate::model::{
    Additional, Enumeration, Literal, Parameter, Property, SchemaId, Shape, Status,
};
use crate::names;
use kin::{Kin, is_record};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Number of a type among those of one plan.
pub(in crate::plan) type TypeId = usize;

/// A schema that becomes a type.
pub(super) struct Node {
    pub schema: SchemaId,
    /// From where it was reached, the first first.
    pub places: Vec<Place>,
}

/// From where a schema is reached.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub role: Role,
    /// The name that it has there.
    pub key: String,
    /// Whether that names several of them.
    pub several: bool,
    /// Whether that is what its equal siblings are called together, and counts more than a name of its own.
    pub kin: bool,
    /// The type that it is a part of, also where it stands for what the operation is about.
    pub holder: Option<TypeId>,
    /// The way there: from that type on, else from the operation on.
    pub way: String,
}

/// What a schema is at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The body of this operation's request.
    Request(usize),
    /// The body of this operation's response.
    Response(usize),
    /// An item of the stream that this operation gives.
    Streamed(usize),
    /// What the envelope around a request or response holds: the noun of the API itself.
    Entity(usize),
    /// What this operation answers when it fails with this status.
    Error(usize, Status),
    /// A parameter of this operation.
    Parameter(usize),
    /// What the API sends of its own accord; the key is its name.
    Message,
    /// A schema of a source that describes nothing else; the key is its name.
    Alone,
    /// A part of this type.
    Part(TypeId),
}

/// All types, in the order in which they are found from the operations on.
pub(super) struct Graph {
    pub nodes: Vec<Node>,
    pub by_schema: BTreeMap<SchemaId, TypeId>,
}

/// What an enumeration's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// All of them are strings.
    Strings,
    /// All of them are integers.
    Integers,
    /// They are numbers with fractions, booleans, or of several kinds.
    Values,
}

/// What kind of enumeration a type is made of. A list of lists or objects makes none.
pub(in crate::plan) fn value_kind(enumeration: &Enumeration) -> Option<ValueKind> {
    let mut values = enumeration
        .values
        .iter()
        .filter(|value| value.value != Literal::Null)
        .peekable();
    values.peek()?;
    let mut strings = true;
    let mut integers = true;
    let mut scalars = true;
    for value in values {
        scalars &= !matches!(value.value, Literal::Array(_) | Literal::Object(_));
        strings &= matches!(value.value, Literal::String(_));
        integers &= matches!(&value.value, Literal::Number(text) if text.parse::<i64>().is_ok());
    }
    match (strings, integers) {
        (true, _) => Some(ValueKind::Strings),
        (_, true) => Some(ValueKind::Integers),
        _ => scalars.then_some(ValueKind::Values),
    }
}

/// Whether a schema becomes a type of its own.
fn is_type(shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => !object.properties.is_empty(),
        Shape::Enum(enumeration) => value_kind(enumeration).is_some(),
        Shape::Union(union) => !union.variants.is_empty(),
        _ => false,
    }
}

/// Walks from the operations to everything that they send and receive.
pub(super) fn build(context: &Context<'_>, named: &[Named<'_>], bodies: &[BodyShape]) -> Graph {
    let mut walk = Walk {
        context,
        graph: Graph {
            nodes: Vec::new(),
            by_schema: BTreeMap::new(),
        },
        enumerations: BTreeMap::new(),
        open: VecDeque::new(),
        passed: BTreeSet::new(),
        errors: BTreeMap::new(),
        kin: Kin::find(context),
        records: BTreeMap::new(),
    };
    // Responses first: where a type is received as well as sent, it is named by what is received.
    for (at, body) in bodies.iter().enumerate() {
        match &body.response {
            ResponseShape::Json { schema, member, .. } => {
                let member = member.as_deref();
                let way = way::answered(named, at, context, *schema, member);
                walk.root(*schema, member, "", Role::Response(at), at, way);
            }
            ResponseShape::Outcome(cases) => {
                for (status, case) in cases {
                    if let CaseShape::Json(schema, member, _) = case {
                        let key = status_words(*status).join(" ");
                        let member = member.as_deref();
                        let way = way::response(named, at, &status.to_string(), member);
                        walk.root(*schema, member, &key, Role::Response(at), at, way);
                    }
                }
            }
            _ => {}
        }
        if let Some(stream) = &body.stream
            && let Some(item) = stream.item
        {
            let key = match stream.framing {
                Framing::Events => "event",
                Framing::Lines | Framing::Sequence => "item",
            };
            let way = way::operation(named, at, "item");
            walk.root(item, None, key, Role::Streamed(at), at, way);
        }
    }
    for (at, body) in bodies.iter().enumerate() {
        let requests = body.request.iter().map(|request| (request, ""));
        let others = body.others.iter().map(|other| (other, other.word.as_str()));
        for (request, word) in requests.chain(others).filter(|(one, _)| one.is_typed()) {
            // What GraphQL calls variables is the whole of what the caller sends.
            let (member, key) = match (&request.fixed, &request.member) {
                (Some(_), Some(member)) => (None, member.as_str()),
                (_, member) => (member.as_deref(), word),
            };
            let way = way::request(named, at, word, request.member.as_deref());
            walk.root(request.schema, member, key, Role::Request(at), at, way);
        }
    }
    for (at, operation) in named.iter().enumerate() {
        for parameter in &operation.operation.parameters {
            let way = way::operation(named, at, &way::parameter(parameter));
            walk.parameter(parameter, at, way);
        }
    }
    walk.run();
    for (at, body) in bodies.iter().enumerate() {
        for (status, schema) in &body.errors {
            let way = way::response(named, at, &status.to_string(), None);
            walk.root(*schema, None, "", Role::Error(at, *status), at, way);
        }
    }
    for webhook in &context.model.webhooks {
        if let Some(schema) = super::super::webhook::payload(webhook) {
            let way = way::message(webhook);
            walk.root(schema, None, &webhook.name, Role::Message, 0, way);
        }
    }
    for id in &context.model.named_schemas {
        let names = context.schema(*id).names.first();
        let name = names.map(|name| name.text.as_str()).unwrap_or_default();
        walk.root(*id, None, name, Role::Alone, 0, way::alone(name));
    }
    walk.graph.name_equals(context);
    walk.graph
}

impl Graph {
    /// Gives schemas the types of those that stand for them.
    fn name_equals(&mut self, context: &Context<'_>) {
        for (id, _) in context.model.schemas.iter() {
            if let Some(known) = self.by_schema.get(&context.facts.same(id)).copied() {
                self.by_schema.entry(id).or_insert(known);
            }
        }
    }
}

/// What the elements of a tuple are called.
const ORDINALS: [&str; super::MOST_ELEMENTS] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
];

struct Walk<'c, 'a> {
    context: &'c Context<'a>,
    graph: Graph,
    /// Types of enumerations by the words of their names and their values: equal ones are one type.
    enumerations: BTreeMap<(String, Vec<Literal>), TypeId>,
    open: VecDeque<(SchemaId, Place)>,
    /// Lists and maps on the way, by schema and what leads there, so that one that holds itself ends.
    passed: BTreeSet<(SchemaId, Role, String)>,
    /// Types of failures by the names of their members: those of one structure are one type.
    errors: BTreeMap<Vec<String>, Vec<TypeId>>,
    /// Which siblings are called by their parent's name.
    kin: Kin,
    /// Types of such siblings by that name: those of one structure are one type.
    records: BTreeMap<String, Vec<TypeId>>,
}

impl Walk<'_, '_> {
    fn root(
        &mut self,
        schema: SchemaId,
        member: Option<&str>,
        key: &str,
        role: Role,
        operation: usize,
        way: String,
    ) {
        let place = match member {
            Some(member) => Place {
                role: Role::Entity(operation),
                key: member.to_owned(),
                several: false,
                kin: false,
                holder: None,
                way,
            },
            None => Place {
                role,
                key: key.to_owned(),
                several: false,
                kin: false,
                holder: None,
                way,
            },
        };
        self.open.push_back((schema, place));
        self.run();
    }

    fn parameter(&mut self, parameter: &Parameter, operation: usize, way: String) {
        let place = Place {
            role: Role::Parameter(operation),
            key: parameter.name.clone(),
            several: false,
            kin: false,
            holder: None,
            way,
        };
        self.open.push_back((parameter.schema, place));
    }

    fn run(&mut self) {
        while let Some((id, place)) = self.open.pop_front() {
            self.visit(id, place);
        }
    }

    fn visit(&mut self, id: SchemaId, place: Place) {
        let schema = self.context.schema(id);
        if is_type(&schema.shape) {
            self.visit_type(id, place);
            return;
        }
        if !matches!(
            schema.shape,
            Shape::Array(_) | Shape::Map(_) | Shape::Tuple(_)
        ) || !self.passed.insert((id, place.role, place.key.clone()))
        {
            return;
        }
        match &schema.shape {
            Shape::Array(inner) | Shape::Map(inner) => {
                let place = Place {
                    several: true,
                    way: format!("{}[]", place.way),
                    ..place
                };
                self.open.push_back((*inner, place));
            }
            Shape::Tuple(elements) => {
                for (at, (element, ordinal)) in elements.iter().zip(ORDINALS).enumerate() {
                    let key = format!("{} {ordinal}", place.key);
                    let place = Place {
                        key: key.trim().to_owned(),
                        way: format!("{}[{at}]", place.way),
                        ..place.clone()
                    };
                    self.open.push_back((*element, place));
                }
            }
            _ => {}
        }
    }

    fn visit_type(&mut self, id: SchemaId, place: Place) {
        if let Some(node) = self
            .graph
            .by_schema
            .get(&id)
            .and_then(|known| self.graph.nodes.get_mut(*known))
        {
            node.places.push(place);
            return;
        }
        let same = self.context.facts.same(id);
        if same != id {
            self.visit_type(same, place);
            return;
        }
        let schema = self.context.schema(id);
        if let Shape::Enum(enumeration) = &schema.shape {
            let words = super::naming::hint(schema, &place).join("_");
            let mut values: Vec<Literal> = enumeration
                .values
                .iter()
                .map(|value| value.value.clone())
                .collect();
            values.sort();
            if let Some(known) = self.enumerations.get(&(words.clone(), values.clone())) {
                self.graph.by_schema.insert(id, *known);
                if let Some(node) = self.graph.nodes.get_mut(*known) {
                    node.places.push(place);
                }
                return;
            }
            self.enumerations
                .insert((words, values), self.graph.nodes.len());
        }
        if let (Role::Error(..), Shape::Object(object)) = (place.role, &schema.shape) {
            let names: Vec<String> = object
                .properties
                .iter()
                .map(|one| one.name.clone())
                .collect();
            let context = self.context;
            let known = self.errors.entry(names).or_default();
            let nodes = &mut self.graph.nodes;
            let equal = known.iter().copied().find(|at| {
                nodes
                    .get(*at)
                    .is_some_and(|node| same_shape(context, node.schema, id))
            });
            if let Some(equal) = equal {
                self.graph.by_schema.insert(id, equal);
                if let Some(node) = nodes.get_mut(equal) {
                    node.places.push(place);
                }
                return;
            }
            known.push(nodes.len());
        }
        if place.kin {
            let context = self.context;
            let known = self.records.entry(place.key.clone()).or_default();
            let nodes = &mut self.graph.nodes;
            let equal = known.iter().copied().find(|at| {
                nodes.get(*at).is_some_and(|node| {
                    context.only_sent(node.schema) == context.only_sent(id)
                        && same_shape(context, node.schema, id)
                })
            });
            if let Some(equal) = equal {
                self.graph.by_schema.insert(id, equal);
                if let Some(node) = nodes.get_mut(equal) {
                    node.places.push(place);
                }
                return;
            }
            known.push(nodes.len());
        }
        let at = self.graph.nodes.len();
        let key = place.key.clone();
        let is_root = matches!(place.role, Role::Request(_) | Role::Response(_)) && !place.several;
        let operation = match place.role {
            Role::Request(at)
            | Role::Response(at)
            | Role::Streamed(at)
            | Role::Entity(at)
            | Role::Parameter(at) => Some(at),
            Role::Part(_) | Role::Error(..) | Role::Message | Role::Alone => None,
        };
        self.graph.by_schema.insert(id, at);
        self.graph.nodes.push(Node {
            schema: id,
            places: vec![place],
        });
        let role = |entity: bool| match operation {
            Some(operation) if is_root && entity => Role::Entity(operation),
            _ => Role::Part(at),
        };
        match &schema.shape {
            Shape::Object(object) => {
                let context = self.context;
                let properties: Vec<&Property> = super::kept_properties(context, id, object)
                    .filter(|property| super::constant::value(context, id, property).is_none())
                    .collect();
                let holds = |property: &&Property| {
                    let shape = &self.context.schema(property.schema).shape;
                    let holds = matches!(
                        shape,
                        Shape::Object(_) | Shape::Array(_) | Shape::Map(_) | Shape::Union(_)
                    );
                    holds && !super::naming::is_page_object(property)
                };
                let kin = self.kin.word(self.context, &key, &properties);
                let held: Vec<bool> = properties.iter().map(holds).collect();
                let alone = held.iter().filter(|holds| **holds).count() == 1;
                for (property, holds) in properties.iter().zip(held) {
                    // `data` is what the operation is about if nothing else is; beside others it is a part like them.
                    let says = !is_generic(&names::words(&property.name));
                    let is_kin = kin.is_some() && is_record(self.context, property.schema);
                    let place = Place {
                        role: role(holds && (says || alone)),
                        key: kin
                            .clone()
                            .filter(|_| is_kin)
                            .unwrap_or_else(|| property.name.clone()),
                        several: false,
                        kin: is_kin,
                        holder: Some(at),
                        way: way::member(&property.name),
                    };
                    self.open.push_back((property.schema, place));
                }
                if let Additional::Schema(inner) = object.additional {
                    let place = Place {
                        role: Role::Part(at),
                        key: "value".to_owned(),
                        several: false,
                        kin: false,
                        holder: Some(at),
                        way: "[*]".to_owned(),
                    };
                    self.open.push_back((inner, place));
                }
            }
            Shape::Union(union) => {
                let ways = way::variants(self.context, union);
                for (variant, way) in union.variants.iter().zip(ways) {
                    let tag = variant.tags.first().filter(|_| union.external);
                    let place = Place {
                        role: role(union.external),
                        key: tag.or(variant.name.as_ref()).cloned().unwrap_or_default(),
                        several: false,
                        kin: false,
                        holder: Some(at),
                        way,
                    };
                    self.open.push_back((variant.schema, place));
                }
            }
            _ => {}
        }
    }
}

/// Whether a word says nothing by itself about what it names.
pub(super) fn is_generic(words: &[String]) -> bool {
    const GENERIC: &[&str] = &[
        "attribute",
        "body",
        "code",
        "config",
        "content",
        "data",
        "datum",
        "detail",
        "element",
        "empty",
        "entry",
        "field",
        "format",
        "id",
        "info",
        "item",
        "key",
        "kind",
        "list",
        "meta",
        "metadata",
        "mode",
        "name",
        "object",
        "option",
        "param",
        "parameter",
        "payload",
        "response",
        "result",
        "setting",
        "state",
        "status",
        "type",
        "value",
    ];
    match words {
        [word] => {
            GENERIC.contains(&word.as_str()) || GENERIC.contains(&names::singular(word).as_str())
        }
        [] => true,
        _ => false,
    }
}

//! Schemas to types of Rust: structs with field tables, open enumerations, open unions.

mod constant;
mod docs;
mod enumeration;
mod graph;
mod identity;
mod item;
mod naming;
mod rest;
mod union;

use super::context::Context;
use super::docs::{Doc, demands};
use super::operation::{BodyShape, Encoding, Named};
use super::rust_type::RustType;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Additional, Literal, ObjectShape, Property, Schema, SchemaId, Shape, Spelling, StringFormat,
};
use crate::names::{self, Case, RustIdent};
use graph::Role;
pub(super) use graph::way;
use identity::Identities;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use constant::value as constant_value;
pub use graph::ValueKind;
pub(super) use graph::{TypeId, value_kind};
pub use item::{
    Choice, EnumeratedValue, Field, Item, JsonKind, Struct, TaggedUnion, Union, ValueEnum,
};
pub use rest::Rest;

/// All types of a plan.
pub(super) struct Types {
    pub items: Vec<Item>,
    /// Which types stand directly in bodies of operations or in their envelopes, or in parameters.
    pub entrances: Vec<bool>,
    /// Of the body of a request or response: the type that it is about, if it is one.
    pub about: BTreeMap<TypeId, TypeId>,
    by_schema: BTreeMap<SchemaId, TypeId>,
    names: Vec<RustIdent>,
    schema_ids: Vec<SchemaId>,
    /// What they would be called if letterpress.yaml chose no name.
    pub own_names: Vec<RustIdent>,
    /// What they are, whatever they are called.
    pub identities: Identities,
    /// Bytes in forms of several parts.
    uploads: BTreeSet<SchemaId>,
}

/// How many elements a tuple can have; the runtime knows these.
const MOST_ELEMENTS: usize = 8;

/// How many elements of a tuple are always there. All, where nothing is said: a list of positions that may stop anywhere
/// is what hardly any author means, and one that does stop is kept all the same.
pub(super) fn least_elements(schema: &Schema, count: usize) -> usize {
    let mut constraints = schema.constraints.iter();
    let stated = constraints.find(|constraint| constraint.keyword == "minItems");
    match stated.map(|constraint| &constraint.value) {
        Some(Literal::Number(text)) => text.parse().unwrap_or(count).min(count),
        _ => count,
    }
}

/// How deep types without names nest inside each other before they are taken for any JSON.
const DEEPEST: usize = 16;

impl Types {
    /// The type of a schema's values, without null.
    pub fn rust_type(&self, context: &Context<'_>, id: SchemaId) -> RustType {
        self.nested(context, id, DEEPEST)
    }

    fn nested(&self, context: &Context<'_>, id: SchemaId, depth: usize) -> RustType {
        if let Some(name) = self.by_schema.get(&id).and_then(|at| self.names.get(*at)) {
            return RustType::Named(name.clone());
        }
        if self.uploads.contains(&id) {
            return RustType::Upload;
        }
        let Some(depth) = depth.checked_sub(1) else {
            return RustType::Json;
        };
        let element = |id: SchemaId| {
            let inner = self.nested(context, id, depth);
            if context.schema(id).nullable && inner != RustType::Json {
                inner.optional()
            } else {
                inner
            }
        };
        match &context.schema(id).shape {
            Shape::Any
            | Shape::Never
            | Shape::Enum(_)
            | Shape::Union(_)
            | Shape::AllOf(_)
            | Shape::Sampled(_) => RustType::Json,
            Shape::Boolean => RustType::Bool,
            Shape::Integer { unsigned: false } => RustType::I64,
            Shape::Integer { unsigned: true } => RustType::U64,
            Shape::Number => RustType::F64,
            Shape::String(StringFormat::DateTime) => RustType::Timestamp,
            Shape::String(StringFormat::Date) => RustType::Date,
            Shape::String(StringFormat::Decimal) => RustType::Decimal,
            Shape::String(_) => RustType::String,
            Shape::Array(inner) => element(*inner).list(),
            Shape::Tuple(elements) => {
                if !(1..=MOST_ELEMENTS).contains(&elements.len()) {
                    return RustType::Json.list();
                }
                let least = least_elements(context.schema(id), elements.len());
                // What ends a tuple as null is null, and not left out.
                let mut firm = elements.iter().take(least);
                let firm = firm.rposition(|element| !context.schema(*element).nullable);
                let firm = firm.map_or(0, |at| at + 1);
                let elements = elements.iter().enumerate().map(|(at, element)| {
                    let mut ty = self.nested(context, *element, depth);
                    if context.facts.boxed.contains(&(id, *element)) {
                        ty = RustType::Boxed(Box::new(ty));
                    }
                    ty.present(at < firm, context.schema(*element).nullable)
                });
                RustType::Tuple(elements.collect())
            }
            Shape::Map(inner) => RustType::Map(Box::new(element(*inner))),
            // An object of which no member is known is a map of anything.
            Shape::Object(object) => match object.additional {
                Additional::Schema(inner) => RustType::Map(Box::new(element(inner))),
                Additional::Unknown | Additional::Forbidden => {
                    RustType::Map(Box::new(RustType::Json))
                }
            },
        }
    }

    /// The schema that a type is made of.
    pub fn schema_of(&self, at: TypeId) -> Option<SchemaId> {
        self.schema_ids.get(at).copied()
    }

    /// What a type's member is called already, by the step to it.
    pub fn kept(&self, context: &Context<'_>, id: SchemaId, step: &str) -> Option<RustIdent> {
        let key = self.identities.former.key(*self.by_schema.get(&id)?)?;
        context.config.lock.member(key, step).cloned()
    }

    /// The schemas that are types, each with its type.
    pub fn schemas(&self) -> impl Iterator<Item = (SchemaId, TypeId)> + '_ {
        self.by_schema.iter().map(|(schema, id)| (*schema, *id))
    }

    /// The types that a type of Rust mentions.
    pub fn id_of(&self, name: &RustIdent) -> Option<TypeId> {
        self.names.iter().position(|known| known == name)
    }
}

/// Plans all types that the operations need.
pub(super) fn plan_types(
    context: &Context<'_>,
    named: &[Named<'_>],
    bodies: &[BodyShape],
    diagnostics: &mut Diagnostics,
) -> Types {
    let graph = graph::build(context, named, bodies);
    let identities = identity::identify(context, &graph);
    let kept = naming::kept::names(context, &identities.former, graph.nodes.len());
    let names = naming::name_types(context, named, &graph, &kept, diagnostics);
    let entrances = graph
        .nodes
        .iter()
        .map(|node| {
            node.places
                .iter()
                .any(|place| !matches!(place.role, Role::Part(_)))
        })
        .collect();
    let mut types = Types {
        items: Vec::new(),
        entrances,
        about: BTreeMap::new(),
        by_schema: graph.by_schema.clone(),
        names: names.shown,
        schema_ids: graph.nodes.iter().map(|node| node.schema).collect(),
        own_names: names.own,
        identities,
        uploads: uploads(context, bodies),
    };
    for (at, node) in graph.nodes.iter().enumerate() {
        let Some(name) = types.names.get(at).cloned() else {
            continue;
        };
        let schema = context.schema(node.schema);
        let docs = docs::type_docs(context, named, &types, node, schema);
        let mut item = match &schema.shape {
            Shape::Enum(enumeration) => enumeration::plan_enum(
                context,
                &types,
                node.schema,
                enumeration,
                name,
                docs,
                diagnostics,
            ),
            Shape::Union(union) => {
                union::plan_union(context, &types, node.schema, union, name, docs, diagnostics)
            }
            Shape::Object(object) => {
                if let Some(about) = about(context, &types, node, object) {
                    types.about.insert(at, about);
                }
                plan_struct(
                    context,
                    &types,
                    node.schema,
                    object,
                    name,
                    docs,
                    diagnostics,
                )
            }
            _ => continue,
        };
        let key = types.identities.keys.get(at).cloned();
        item.set_key(key.unwrap_or_default());
        types.items.push(item);
    }
    types
}

/// The members of forms of several parts that are files, and those whose elements are.
fn uploads(context: &Context<'_>, bodies: &[BodyShape]) -> BTreeSet<SchemaId> {
    let requests = bodies
        .iter()
        .flat_map(|body| body.request.iter().chain(&body.others));
    let forms = requests.filter(|request| matches!(request.encoding, Encoding::Multipart(_)));
    let mut uploads = BTreeSet::new();
    for form in forms {
        let Shape::Object(object) = &context.schema(form.schema).shape else {
            // The form has no other part.
            uploads.insert(form.schema);
            continue;
        };
        for property in &object.properties {
            let id = match context.schema(property.schema).shape {
                Shape::Array(element) => element,
                _ => property.schema,
            };
            if context.schema(id).shape == Shape::String(StringFormat::Binary) {
                uploads.insert(id);
            }
        }
    }
    uploads
}

/// The properties that a type has: those that are only ever received have no place in what is only sent.
fn kept_properties<'a>(
    context: &Context<'a>,
    id: SchemaId,
    object: &'a ObjectShape,
) -> impl Iterator<Item = &'a Property> {
    let sent = context.only_sent(id);
    let received = context.only_received(id);
    object
        .properties
        .iter()
        .filter(move |property| !(sent && property.read_only || received && property.write_only))
}

/// The one type that the body of an operation is about, if it holds nothing else but values without members.
fn about(
    context: &Context<'_>,
    types: &Types,
    node: &graph::Node,
    object: &ObjectShape,
) -> Option<TypeId> {
    let is_body = |role| matches!(role, Role::Request(_) | Role::Response(_));
    if !node.places.iter().any(|place| is_body(place.role)) {
        return None;
    }
    let mut held = object.properties.iter().filter_map(|property| {
        match types.rust_type(context, property.schema).innermost() {
            RustType::Named(name) => types.id_of(name),
            _ => None,
        }
    });
    let first = held.next()?;
    held.next().is_none().then_some(first)
}

fn plan_struct(
    context: &Context<'_>,
    types: &Types,
    id: SchemaId,
    object: &ObjectShape,
    name: RustIdent,
    docs: Doc,
    diagnostics: &mut Diagnostics,
) -> Item {
    let mut constants = Vec::new();
    let mut properties: Vec<&Property> = Vec::new();
    for property in kept_properties(context, id, object) {
        match constant::value(context, id, property) {
            Some(value) => constants.push((property.name.clone(), value.to_owned())),
            None => properties.push(property),
        }
    }
    let rest = rest::plan_rest(context, types, object);
    let taken: &[&str] = match rest {
        Some(_) => &["extra", rest::NAME],
        None => &["extra"],
    };
    let docs = constant::said(docs, &constants);
    let chosen = |property: &Property| {
        let names = &context.model.property_names;
        names.get(&(id, property.name.clone())).map(String::as_str)
    };
    let texts: Vec<&str> = properties
        .iter()
        .map(|property| chosen(property).unwrap_or(&property.name))
        .collect();
    let kept: Vec<Option<RustIdent>> = properties
        .iter()
        .map(|property| match chosen(property) {
            Some(_) => None,
            None => types.kept(context, id, &way::member(&property.name)),
        })
        .collect();
    let names = side_by_side(&texts, &kept, Case::Snake, taken, diagnostics, |at| {
        properties
            .get(at)
            .and_then(|property| property.origins.first())
    });
    let both = !context.only_sent(id) && !context.only_received(id);
    let type_name = name.clone();
    let fields = properties
        .iter()
        .zip(names)
        .map(|(property, name)| {
            // To the letter: what the user writes is not taken apart into words.
            let name = chosen(property).and_then(RustIdent::parse).unwrap_or(name);
            let schema = context.schema(property.schema);
            let long = matches!(&schema.shape, Shape::Tuple(all) if all.len() > MOST_ELEMENTS);
            if long || schema.shape == Shape::Never {
                diagnostics.push(approximated(
                    &format!("`{}`", clip(&property.name)),
                    schema,
                    "any JSON stands in for it",
                ));
            }
            let ty = types.rust_type(context, property.schema);
            let ty = ty.held(context.facts, id, property.schema);
            // A value that always holds another one of its own type has no end.
            let endless = context.facts.endless.contains(&(id, property.schema));
            if endless {
                let member = format!("{}.{}", type_name.plain(), clip(&property.name));
                diagnostics.push(
                    Diagnostic::new(
                        Code::PLAN_ENDLESS_TYPE,
                        format!("`{member}` closes a circle of members that are always there"),
                    )
                    .at(property.origins.first().or(schema.origins.first()))
                    .note("no value would have an end, so this member may be left out")
                    .help(format!(
                        "take `{}` from `required` in the description",
                        clip(&property.name)
                    )),
                );
            }
            // What only the server sets is not asked of a caller who sends the type.
            let required = property.required && !(both && property.read_only) && !endless;
            let mut docs = Doc::of(&property.docs);
            if docs.is_empty() && !matches!(ty.innermost(), RustType::Named(_)) {
                docs = Doc::of(&schema.docs);
            }
            docs = docs.and_maybe(demands(schema));
            Field {
                name,
                wire: property.name.clone(),
                ty: ty.present(required, schema.nullable),
                required,
                spellings: spellings(context, property.schema),
                deprecated: property.deprecated || schema.deprecated,
                docs,
            }
        })
        .collect();
    Item::Struct(Struct {
        name,
        key: String::new(),
        docs,
        fields,
        constants,
        rest,
        sent: !context.only_received(id),
    })
}

/// What else is read as a value of a schema, or as an element of lists and maps of it, by the runtime's words.
pub(super) fn spellings(context: &Context<'_>, id: SchemaId) -> Vec<&'static str> {
    let mut found = BTreeSet::new();
    let mut id = id;
    for _ in 0..DEEPEST {
        let schema = context.schema(id);
        found.extend(&schema.spellings);
        match schema.shape {
            Shape::Array(inner) | Shape::Map(inner) => id = inner,
            _ => break,
        }
    }
    let word = |spelling| match spelling {
        Spelling::Number => "NUMBER",
        Spelling::Text => "TEXT",
        Spelling::EmptyList => "EMPTY_LIST",
        Spelling::One => "ONE",
        Spelling::False => "FALSE",
        Spelling::Empty => "EMPTY",
    };
    found.into_iter().map(word).collect()
}

/// Names that stand side by side; two that cannot be told apart are reported, and one of them gets a mark.
pub(super) fn side_by_side(
    texts: &[&str],
    kept: &[Option<RustIdent>],
    case: Case,
    taken: &[&str],
    diagnostics: &mut Diagnostics,
    origin: impl Fn(usize) -> Option<crate::origin::Origin>,
) -> Vec<RustIdent> {
    match names::side_by_side(texts, kept, case, taken) {
        Ok(names) => names,
        Err(names::Collision(first, second)) => {
            let text = |at: usize| texts.get(at).map(|text| clip(text)).unwrap_or_default();
            let message = format!(
                "`{}` and `{}` would have one name in Rust",
                text(first),
                text(second)
            );
            diagnostics.push(
                Diagnostic::new(Code::PLAN_NAME_COLLISION, message)
                    .at(origin(second))
                    .related(origin(first), "the other one")
                    .help("leave the operation out with `skip` in letterpress.yaml, or rename one of them in the source"),
            );
            // The plan stays whole, although it is not written.
            let mut scope = names::Scope::default();
            texts
                .iter()
                .map(|text| {
                    let mut name =
                        names::ident(&names::wire_words(text, names::Marks::Spell), case);
                    while !scope.take(&name) {
                        name = name.marked();
                    }
                    name
                })
                .collect()
        }
    }
}

/// As much of a name as a message can hold.
pub(super) fn clip(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut short: String = text
        .chars()
        .take(LONGEST)
        .flat_map(char::escape_debug)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// A note that a wider type stands in for a schema.
fn approximated(what: &str, schema: &Schema, instead: &str) -> Diagnostic {
    Diagnostic::new(
        Code::PLAN_APPROXIMATED_TYPE,
        format!("{what} has no exact type"),
    )
    .at(schema.origins.first())
    .note(instead.to_owned())
}

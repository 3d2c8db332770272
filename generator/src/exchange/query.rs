//! Named values of a query or a form to schemas: repeated names and separated values are lists, brackets are objects.

use super::{Field, is_placeholder};
use crate::infer::brackets::{Branch, group, heads};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::Evidence;
use crate::model::{
    Docs, Literal, Location, Model, NameHint, ObjectShape, Parameter, Property, Schema, SchemaId,
    Shape, StringFormat, Style,
};
use crate::origin::{Origin, Origins};

/// All values of one name.
pub(super) struct Draft {
    /// The name as it is sent.
    name: String,
    values: Vec<(String, Origin)>,
    /// Whether a value is a file.
    pub(super) file: bool,
    origins: Origins,
}

/// What a name sends.
pub(super) struct Sent {
    pub(super) schema: SchemaId,
    pub(super) style: Style,
    pub(super) example: Option<Literal>,
    pub(super) origins: Origins,
}

/// Values by name, in the order of the first value of each. A file has no value.
pub(super) fn drafts<'f>(
    fields: impl Iterator<Item = (&'f Field, bool)>,
) -> Vec<(String, Branch<Draft>)> {
    let mut found: Vec<(String, Draft)> = Vec::new();
    let mut places = std::collections::BTreeMap::<&str, usize>::new();
    for (field, file) in fields {
        let at = *places.entry(&field.name).or_insert_with(|| {
            let draft = Draft {
                name: field.name.clone(),
                values: Vec::new(),
                file: false,
                origins: Origins::none(),
            };
            found.push((field.name.clone(), draft));
            found.len() - 1
        });
        if let Some((_, draft)) = found.get_mut(at) {
            draft.file |= file;
            draft.origins.add(field.origin);
            let value = field.value.clone();
            draft
                .values
                .extend(value.map(|value| (value, field.origin)));
        }
    }
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    let heads = heads(names.iter().map(String::as_str));
    group(found, &heads, &mut |known: &mut Draft, new: Draft| {
        known.values.extend(new.values);
        known.file |= new.file;
        known.origins.join(&new.origins);
    })
}

/// The parameters that a query shows.
pub(super) fn parameters(model: &mut Model, query: &[Field]) -> Vec<Parameter> {
    drafts(query.iter().map(|field| (field, false)))
        .into_iter()
        .map(|(name, branch)| {
            let deep = !matches!(branch, Branch::Leaf(_));
            let sent = lower(model, &name, branch, true);
            let list = matches!(model.schemas.get(sent.schema).shape, Shape::Array(_));
            Parameter {
                name,
                names: Vec::new(),
                location: Location::Query,
                allow_reserved: false,
                media_type: None,
                style: if deep && !list {
                    Style::Deep
                } else {
                    sent.style
                },
                required: false,
                schema: sent.schema,
                example: sent.example.filter(|_| !deep || list),
                docs: Docs::default(),
                deprecated: false,
                origins: sent.origins,
            }
        })
        .collect()
}

/// The schema of what a name sends. The limit on steps of names bounds the recursion.
pub(super) fn lower(model: &mut Model, name: &str, branch: Branch<Draft>, separated: bool) -> Sent {
    match branch {
        Branch::Leaf(draft) => leaf(model, draft, separated),
        Branch::List(item) => {
            let is_leaf = matches!(*item, Branch::Leaf(_));
            let item = lower(model, "", *item, false);
            let listed = matches!(model.schemas.get(item.schema).shape, Shape::Array(_));
            if is_leaf && listed {
                return item;
            }
            let schema = add(model, Shape::Array(item.schema), &item.origins, Vec::new());
            Sent {
                schema,
                style: Style::Repeat,
                example: item.example.map(|example| Literal::Array(vec![example])),
                origins: item.origins,
            }
        }
        Branch::Object(members) => object(model, name, members),
    }
}

fn object(model: &mut Model, name: &str, members: Vec<(String, Branch<Draft>)>) -> Sent {
    let mut properties = Vec::new();
    let mut example = Vec::new();
    let mut origins = Origins::none();
    for (name, branch) in members {
        let sent = lower(model, &name, branch, false);
        origins.join(&sent.origins);
        example.extend(sent.example.map(|literal| (name.clone(), literal)));
        properties.push(Property {
            origins: sent.origins,
            ..Property::new(name, sent.schema)
        });
    }
    let names = match name {
        "" => Vec::new(),
        name => vec![NameHint::new(name, 2)],
    };
    let shape = Shape::Object(ObjectShape {
        properties,
        ..ObjectShape::default()
    });
    Sent {
        schema: add(model, shape, &origins, names),
        style: Style::Deep,
        example: Some(Literal::Object(example)).filter(|e| *e != Literal::Object(Vec::new())),
        origins,
    }
}

fn leaf(model: &mut Model, draft: Draft, separated: bool) -> Sent {
    let Draft {
        name,
        mut values,
        file,
        origins,
    } = draft;
    let mut list = values.len() > 1 || name.ends_with("[]");
    let mut style = Style::Repeat;
    if file {
        let schema = add(
            model,
            Shape::String(StringFormat::Binary),
            &origins,
            Vec::new(),
        );
        return Sent {
            schema,
            style,
            example: None,
            origins,
        };
    }
    if values.is_empty() {
        let schema = add(model, Shape::Boolean, &origins, Vec::new());
        return Sent {
            schema,
            style: Style::Flag,
            example: None,
            origins,
        };
    }
    if separated
        && !list
        && let Some((mark, split)) = split_list(&values)
    {
        (style, values, list) = (mark, split, true);
    }
    let mut evidence = Evidence::default();
    for (value, origin) in &values {
        evidence.join(&observe(&name, value, *origin));
    }
    let shown = values
        .iter()
        .filter(|(value, _)| !infer::is_secret(&name, value) && !is_placeholder(value))
        .map(|(value, _)| Literal::String(value.clone()));
    let example = match list {
        true => Some(Literal::Array(shown.collect())).filter(|l| *l != Literal::Array(Vec::new())),
        false => shown.min(),
    };
    let mut schema = add(
        model,
        Shape::Sampled(Box::new(evidence)),
        &origins,
        Vec::new(),
    );
    if list {
        schema = add(model, Shape::Array(schema), &origins, Vec::new());
    }
    Sent {
        schema,
        style,
        example,
        origins,
    }
}

/// What a value of a query, a header or a form shows. A placeholder shows nothing, a credential its kind.
pub(super) fn observe(name: &str, value: &str, origin: Origin) -> Evidence {
    if value.is_empty() {
        return Evidence::default();
    }
    let sample = Sample {
        origin,
        direction: Direction::Sent,
        elided: false,
    };
    let printed = value.starts_with('<') && value.ends_with('>');
    if is_placeholder(value) && !printed {
        return Evidence::default();
    }
    infer::observe_text(infer::kept_text(name, value), sample)
}

pub(super) fn add(
    model: &mut Model,
    shape: Shape,
    origins: &Origins,
    names: Vec<NameHint>,
) -> SchemaId {
    model.schemas.add(Schema {
        shape,
        names,
        origins: origins.clone(),
        ..Schema::default()
    })
}

/// The style of values that are lists in one text, and their elements: `1,2`, `a|b`.
fn split_list(values: &[(String, Origin)]) -> Option<(Style, Vec<(String, Origin)>)> {
    let values: Vec<_> = values.iter().collect();
    let marks = [(Style::Comma, ","), (Style::Pipe, "|")];
    infer::split_list(&values, &marks, |part| {
        !part.is_empty() && is_placeholder(part)
    })
}

//! Path variables, query entries and headers of all samples of a request to parameters.

use super::Lowering;
use super::entry::{Entry, is_placeholder};
use super::header;
use super::item::Request;
use super::table::Row;
use super::url::decode;
use super::variable::{Scope, dynamic_placeholder, whole_reference};
use crate::exchange;
use crate::infer::brackets::{Branch, group, heads};
use crate::infer::{self, Direction, Sample};
use crate::model::evidence::Evidence;
use crate::model::schema::Authority;
use crate::model::{
    EnumValue, Enumeration, Literal, Location, NameHint, ObjectShape, Parameter, PathTemplate,
    Property, SchemaId, Shape, Style,
};
use crate::origin::{Origin, Origins};
use std::collections::{BTreeMap, BTreeSet};

/// What all samples say about one parameter.
struct Draft {
    name: String,
    location: Location,
    /// Whether one request gives it more than once.
    repeated: bool,
    /// Whether a request gives it with no value at all, and none gives it with one.
    flag: bool,
    required: bool,
    values: Vec<(String, Origin)>,
    description: Option<String>,
    /// The allowed values that a description names.
    allowed: Vec<String>,
    /// What a table in the item's description says that may be sent.
    documented: Option<Shape>,
    origins: Origins,
}

/// What a parameter sends, without its name.
struct Value {
    schema: SchemaId,
    style: Style,
    example: Option<Literal>,
}

/// Marks of an entry that every call must give.
const REQUIRED: &[&str] = &["(required)", "[required]"];

/// How openapi-to-postman lists the values of an enumeration at the end of a description.
const ONE_OF: &str = "(This can only be one of ";

impl Lowering<'_> {
    /// The parameters in the order path, query, headers.
    pub(super) fn lower_parameters(
        &mut self,
        requests: &[Request<'_>],
        path: &PathTemplate,
        rows: Vec<Row>,
        scope: &Scope,
    ) -> Vec<Parameter> {
        let mut drafts = path_drafts(requests, path, scope);
        let mut found = Drafts::default();
        for request in requests {
            let mut here = Drafts::default();
            for entry in &request.url.query {
                let name = decode(&entry.key).into_owned();
                if !super::auth::is_credential(entry, &name, Location::Query) {
                    add(&mut here, name, Location::Query, entry);
                }
            }
            for entry in &request.headers.0 {
                let name = scope
                    .resolve(&entry.key)
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                if exchange::is_name(&name)
                    && !exchange::is_protocol(&name)
                    && !super::auth::is_credential(entry, &name, Location::Header)
                {
                    add(&mut here, name, Location::Header, entry);
                }
            }
            found.join(here);
        }
        let mut found = found.list;
        found.sort_by_key(|draft| draft.location);
        drafts.extend(found);
        let place = requests.first().map(|request| request.url.origin);
        let mut drafts = declare(drafts, rows, place.unwrap_or_default());
        drafts.sort_by_key(|draft| draft.location);
        let (query, others): (Vec<Draft>, Vec<Draft>) = drafts
            .into_iter()
            .partition(|draft| draft.location == Location::Query);
        let (before, behind): (Vec<Draft>, Vec<Draft>) = others
            .into_iter()
            .partition(|draft| draft.location == Location::Path);
        let heads = heads(query.iter().map(|draft| draft.name.as_str()));
        let query = query.into_iter().map(|draft| (draft.name.clone(), draft));
        let query = group(query.collect(), &heads, &mut |known: &mut Draft, new| {
            merge(known, new);
        });
        let leaf = |draft: Draft| (draft.name.clone(), Branch::Leaf(draft));
        before
            .into_iter()
            .map(leaf)
            .chain(query)
            .chain(behind.into_iter().map(leaf))
            .map(|(name, branch)| match branch {
                Branch::Leaf(draft) => self.lower_draft(draft, scope),
                branch => self.lower_deep(name, branch, scope),
            })
            .collect()
    }

    /// A parameter that several names spell together: `filter[from]` and `filter[to]`.
    fn lower_deep(&mut self, name: String, branch: Branch<Draft>, scope: &Scope) -> Parameter {
        let member = self.lower_branch(&name, branch, scope);
        Parameter {
            name,
            names: Vec::new(),
            location: Location::Query,
            allow_reserved: false,
            media_type: None,
            style: Style::Deep,
            required: member.required,
            schema: member.schema,
            example: None,
            docs: crate::model::Docs::default(),
            deprecated: false,
            origins: member.origins,
        }
    }

    /// A branch as a member of an object. The limit on steps of names bounds the recursion.
    fn lower_branch(&mut self, name: &str, branch: Branch<Draft>, scope: &Scope) -> Property {
        let mut required = false;
        let mut docs = crate::model::Docs::default();
        let mut origins = Origins::none();
        let schema = match branch {
            Branch::Leaf(draft) => {
                required = draft.required;
                docs = super::entry::docs(draft.description.clone());
                origins = draft.origins.clone();
                self.lower_value(&draft, scope).schema
            }
            Branch::List(item) => {
                let is_leaf = matches!(*item, Branch::Leaf(_));
                let item = self.lower_branch("", *item, scope);
                required = item.required;
                origins = item.origins;
                let origin = origins.first().unwrap_or_default();
                // A name that ends with empty brackets is that of a list already.
                let schema = self.model.schemas.get(item.schema);
                if is_leaf && matches!(schema.shape, Shape::Array(_)) {
                    item.schema
                } else {
                    self.schema(Shape::Array(item.schema), origin, Vec::new())
                }
            }
            Branch::Object(members) => {
                let mut properties = Vec::new();
                for (name, branch) in members {
                    let property = self.lower_branch(&name, branch, scope);
                    required |= property.required;
                    origins.join(&property.origins);
                    properties.push(property);
                }
                let origin = origins.first().unwrap_or_default();
                let names = match name {
                    "" => Vec::new(),
                    name => vec![NameHint::new(name, 2)],
                };
                let shape = Shape::Object(ObjectShape {
                    properties,
                    ..ObjectShape::default()
                });
                self.schema(shape, origin, names)
            }
        };
        Property {
            required,
            docs,
            origins,
            ..Property::new(name, schema)
        }
    }

    fn lower_draft(&mut self, draft: Draft, scope: &Scope) -> Parameter {
        let value = self.lower_value(&draft, scope);
        Parameter {
            required: draft.required || draft.location == Location::Path,
            name: draft.name,
            names: Vec::new(),
            location: draft.location,
            allow_reserved: false,
            media_type: None,
            style: value.style,
            schema: value.schema,
            example: value.example,
            docs: super::entry::docs(draft.description),
            deprecated: false,
            origins: draft.origins,
        }
    }

    fn lower_value(&mut self, draft: &Draft, scope: &Scope) -> Value {
        let origin = draft.origins.first().unwrap_or_default();
        let array_name = draft.location == Location::Query && draft.name.ends_with("[]");
        let mut style = Style::default();
        let mut list = draft.repeated || array_name;
        let mut values = draft.values.clone();
        if draft.location == Location::Query && !list {
            if draft.flag {
                style = Style::Flag;
            } else if let Some((delimited, split)) = delimited(&draft.values) {
                style = delimited;
                values = split;
                list = true;
            }
        }
        let mut evidence = Evidence::default();
        for (value, origin) in &values {
            let value = infer::kept_text(&draft.name, value);
            evidence.join(&self.observe_value(value, *origin, scope));
        }
        let documented = draft.documented.clone().filter(|_| !list);
        let authority = match documented {
            Some(_) => Authority::Documented,
            None if draft.allowed.is_empty() => Authority::Sampled,
            None => Authority::Declared,
        };
        let shape = if let Some(shape) = documented {
            style = Style::default();
            shape
        } else if draft.flag && style == Style::Flag {
            Shape::Boolean
        } else if draft.allowed.is_empty() {
            Shape::Sampled(Box::new(evidence))
        } else {
            Shape::Enum(enumeration(&draft.allowed))
        };
        let mut schema = self.schema(shape, origin, Vec::new());
        if let Some(schema) = self.model.schemas.get_mut(schema) {
            schema.origins = draft.origins.clone();
            schema.authority = authority;
        }
        if list {
            schema = self.schema(Shape::Array(schema), origin, Vec::new());
        }
        // The first value in the order of the alphabet: the order of the samples must not show.
        let mut shown: Vec<String> = values
            .iter()
            .map(|(value, _)| decode(value).into_owned())
            .filter(|value| {
                let secret =
                    header::is_secret_name(&draft.name) || infer::is_secret(&draft.name, value);
                !secret && !is_placeholder(value)
            })
            .collect();
        if !list {
            shown.sort();
        }
        let mut shown = shown.into_iter().map(Literal::String);
        let example = if list {
            Some(Literal::Array(shown.collect())).filter(|list| *list != Literal::Array(Vec::new()))
        } else {
            shown.next()
        };
        Value {
            schema,
            style,
            example,
        }
    }

    /// What a value in a URL, header or form shows. References are followed; those that lead nowhere show nothing.
    pub(super) fn observe_value(&self, text: &str, origin: Origin, scope: &Scope) -> Evidence {
        if text.contains("{{") {
            return self.observe_text(text, origin, scope);
        }
        self.observe_text(&decode(text), origin, scope)
    }

    /// What text shows that is not percent-encoded. References are followed; those that lead nowhere show nothing.
    pub(super) fn observe_text(&self, text: &str, origin: Origin, scope: &Scope) -> Evidence {
        let sample = Sample {
            origin,
            direction: Direction::Sent,
            elided: false,
        };
        if text.is_empty() {
            return Evidence::default();
        }
        if let Some(name) = whole_reference(text) {
            return match (dynamic_placeholder(name), scope.resolve(text)) {
                (Some(placeholder), _) => infer::observe_text(placeholder, sample),
                (None, Some(value)) if !value.is_empty() && !value.contains("{{") => {
                    infer::observe_text(&value, sample)
                }
                _ => Evidence::default(),
            };
        }
        if text.contains("{{") {
            return Evidence::default();
        }
        infer::observe_text(text, sample)
    }
}

fn path_drafts(requests: &[Request<'_>], path: &PathTemplate, scope: &Scope) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut seen = BTreeSet::new();
    for name in path.parameters() {
        if !seen.insert(name) {
            continue;
        }
        let mut here = Drafts::default();
        for request in requests {
            match request.url.variable(name) {
                Some(entry) => {
                    let mut one = Drafts::default();
                    add(&mut one, name.to_owned(), Location::Path, entry);
                    here.join(one);
                }
                None if here.list.is_empty() => here.push(Draft {
                    flag: false,
                    ..draft(name.to_owned(), Location::Path, request.url.origin)
                }),
                None => {}
            }
        }
        for mut draft in here.list {
            let variable = scope.get(name).or_else(|| scope.get(&format!("${name}")));
            if let Some(variable) = variable {
                if let Some(value) = &variable.value {
                    draft.values.push((value.clone(), variable.origin));
                }
                draft.description = draft.description.or_else(|| variable.description.clone());
            } else {
                draft
                    .values
                    .push((format!("{{{{${name}}}}}"), Origin::default()));
                draft.values.retain(|(value, _)| {
                    // `{{$guid}}` in a path tells what it is; any other name of that form tells nothing.
                    whole_reference(value)
                        .and_then(dynamic_placeholder)
                        .is_none_or(|placeholder| placeholder != "<string>")
                });
            }
            draft.flag = false;
            drafts.push(draft);
        }
    }
    drafts
}

fn draft(name: String, location: Location, origin: Origin) -> Draft {
    Draft {
        name,
        location,
        repeated: false,
        flag: true,
        required: false,
        values: Vec::new(),
        description: None,
        allowed: Vec::new(),
        documented: None,
        origins: origin.into(),
    }
}

/// Drafts in the order in which they were found, one for each name and place.
#[derive(Default)]
struct Drafts {
    list: Vec<Draft>,
    places: BTreeMap<(Location, String), usize>,
}

impl Drafts {
    /// What two are the same parameter by: headers whatever their letters.
    fn identity(location: Location, name: &str) -> (Location, String) {
        match location {
            Location::Header => (location, name.to_ascii_lowercase()),
            _ => (location, name.to_owned()),
        }
    }

    fn find(&mut self, location: Location, name: &str) -> Option<&mut Draft> {
        let at = self.places.get(&Self::identity(location, name))?;
        self.list.get_mut(*at)
    }

    fn push(&mut self, draft: Draft) {
        let identity = Self::identity(draft.location, &draft.name);
        self.places.entry(identity).or_insert(self.list.len());
        self.list.push(draft);
    }

    /// Joins the drafts of a further request.
    fn join(&mut self, more: Drafts) {
        for new in more.list {
            match self.find(new.location, &new.name) {
                Some(known) => merge(known, new),
                None => self.push(new),
            }
        }
    }
}

/// Adds an entry to the drafts of one request.
fn add(drafts: &mut Drafts, name: String, location: Location, entry: &Entry<'_>) {
    let mut new = draft(name, location, entry.origin);
    if let Some(value) = &entry.value {
        new.flag = false;
        new.values.push((value.clone().into_owned(), entry.origin));
    }
    read_description(&mut new, entry.description.as_deref());
    match drafts.find(location, &new.name) {
        Some(known) => {
            known.repeated = true;
            merge(known, new);
        }
        None => drafts.push(new),
    }
}

fn merge(known: &mut Draft, new: Draft) {
    known.repeated |= new.repeated;
    known.flag &= new.flag;
    known.required |= new.required;
    known.values.extend(new.values);
    known.description = known.description.take().or(new.description);
    known.documented = known.documented.take().or(new.documented);
    for value in new.allowed {
        if !known.allowed.contains(&value) {
            known.allowed.push(value);
        }
    }
    known.origins.join(&new.origins);
}

/// Adds what tables say: about parameters that samples show, and parameters that no sample shows.
fn declare(known: Vec<Draft>, rows: Vec<Row>, place: Origin) -> Vec<Draft> {
    let mut drafts = Drafts::default();
    for draft in known {
        drafts.push(draft);
    }
    for row in rows {
        if drafts.find(row.location, &row.name).is_none() {
            // What the path has no hole for cannot be sent in it.
            if row.location == Location::Path {
                continue;
            }
            drafts.push(Draft {
                flag: false,
                ..draft(row.name.clone(), row.location, place)
            });
        }
        let Some(draft) = drafts.find(row.location, &row.name) else {
            continue;
        };
        draft.required |= row.required;
        draft.description = row.description.or(draft.description.take());
        draft.documented = row.shape.or(draft.documented.take());
        if let Some(example) = row.example {
            draft.values.push((example, place));
        }
    }
    drafts.list
}

/// Takes the marks out of a description that state something about the parameter.
fn read_description(draft: &mut Draft, text: Option<&str>) {
    let Some(mut text) = text else { return };
    for mark in REQUIRED {
        if text
            .get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
        {
            draft.required = true;
            text = text.get(mark.len()..).unwrap_or_default().trim_start();
        }
    }
    let listed = text
        .rfind(ONE_OF)
        .and_then(|at| Some((at, text.get(at + ONE_OF.len()..)?.strip_suffix(')')?)));
    if let Some((at, list)) = listed {
        draft.allowed = list
            .split(',')
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect();
        text = text.get(..at).unwrap_or_default();
    }
    draft.description = super::entry::clean(text);
}

fn enumeration(values: &[String]) -> Enumeration {
    Enumeration {
        values: values
            .iter()
            .map(|value| EnumValue {
                value: match value.parse::<i64>() {
                    Ok(number) if number.to_string() == *value => Literal::Number(value.clone()),
                    _ => Literal::String(value.clone()),
                },
                name: None,
                docs: crate::model::Docs::default(),
            })
            .collect(),
    }
}

/// The style of values that are lists in one text, and their elements: `<integer>,<integer>`, `1|2`, `a%20b`.
fn delimited(values: &[(String, Origin)]) -> Option<(Style, Vec<(String, Origin)>)> {
    let shown: Vec<_> = values
        .iter()
        .filter(|(value, _)| !value.is_empty() && whole_reference(value).is_none())
        .collect();
    let marks = [
        (Style::Comma, ","),
        (Style::Comma, "%2C"),
        (Style::Pipe, "|"),
        (Style::Space, "%20"),
    ];
    infer::split_list(&shown, &marks, |part| {
        part.starts_with('<') && part.ends_with('>')
    })
}

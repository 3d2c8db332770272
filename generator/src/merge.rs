//! Several sources' views of an API to one: the same operation in two of them becomes one, and evidence is joined.

mod apart;
mod base;
mod long;
mod object;
mod operation;
mod sampled;
mod schema;
mod template;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::schema::Authority;
use crate::model::{Docs, Model, NameHint, Operation, SchemaId, Server, Webhook};
use operation::Identities;
use schema::Joiner;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How the two sides of a join stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Samples of one source: no place in the file may decide.
    Equal,
    /// Sources of one authority, in the order of letterpress.yaml.
    Level,
    /// The left one has more authority.
    Above,
}

/// Joins the models of all sources. Those of higher authority come first, whatever the order in which they are listed;
/// that order counts between sources of one authority. Operations are the same if method and path are, whatever their
/// path parameters are called and whether the path ends in `.json`.
///
/// Merging is a join: one model stays as it is, a model merged with itself too, and how models are grouped does not
/// matter. (For models whose operations differ from each other, as they do in every merged model, and which do not
/// contradict each other: of contradictions the first counts, so there the order does matter.)
pub fn merge(mut models: Vec<Model>, diagnostics: &mut Diagnostics) -> Model {
    models.sort_by_key(|model| Reverse(model.authority));
    long::leave_out(&mut models, diagnostics);
    apart::report(&models, diagnostics);
    base::align(&mut models);
    template::align(&mut models);
    let identities = Identities::of(&models);
    let models: Vec<Model> = models
        .into_iter()
        .map(|model| join_duplicates(model, &identities, diagnostics))
        .collect();
    // By operation, the authority of the first source that has it.
    let mut described = BTreeMap::new();
    let mut merged = models
        .into_iter()
        .reduce(|left, right| join(left, right, &identities, &mut described, diagnostics))
        .unwrap_or_default();
    // Beside what is called or sent, a schema is for what refers to it.
    if !(merged.operations.is_empty() && merged.webhooks.is_empty()) {
        merged.named_schemas.clear();
    }
    merged
}

/// Joins the operations of one source that are the same.
fn join_duplicates(
    mut model: Model,
    identities: &Identities,
    diagnostics: &mut Diagnostics,
) -> Model {
    let mut groups: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    let mut order = Vec::new();
    let operations = std::mem::take(&mut model.operations);
    let before = operations.len();
    for operation in operations {
        let identity = identities.get(&operation.key);
        let group = groups.entry(identity.clone()).or_default();
        if group.is_empty() {
            order.push(identity);
        }
        group.push(operation);
    }
    let mut joiner = Joiner::new(std::mem::take(&mut model.schemas), diagnostics);
    for identity in order {
        let group = groups.remove(&identity).unwrap_or_default();
        let names = operation::group_names(&group);
        let joined = group
            .into_iter()
            .reduce(|left, right| operation::join(left, right, Standing::Equal, &mut joiner));
        if let Some(mut operation) = joined {
            operation.names = names;
            model.operations.push(operation);
        }
    }
    let unchanged = model.operations.len() == before;
    finish(&mut model, joiner, !unchanged);
    model
}

/// Joins a source with one that comes after it.
fn join(
    mut left: Model,
    mut right: Model,
    identities: &Identities,
    described: &mut BTreeMap<String, Authority>,
    diagnostics: &mut Diagnostics,
) -> Model {
    let (ours, theirs) = (left.authority, right.authority);
    let standing = match ours > theirs {
        true => Standing::Above,
        false => Standing::Level,
    };
    for (model, authority) in [(&left, ours), (&right, theirs)] {
        for operation in &model.operations {
            let identity = identities.get(&operation.key);
            described.entry(identity).or_insert(authority);
        }
    }
    let mut schemas = std::mem::take(&mut left.schemas).into_vec();
    let offset = schemas.len() as u32;
    let shift = |id: &mut SchemaId| id.0 += offset;
    for mut schema in std::mem::take(&mut right.schemas).into_vec() {
        schema.shape.for_each_child(shift);
        schemas.push(schema);
    }
    right.for_each_root(shift);
    left.objects.append(&mut right.objects);
    left.named_schemas.append(&mut right.named_schemas);
    join_security_schemes(&mut left, &right, diagnostics);
    let mut joiner = Joiner::new(schemas.into(), diagnostics);

    left.info.title = left.info.title.or(right.info.title);
    left.info.version = left.info.version.or(right.info.version);
    join_docs(&mut left.info.docs, right.info.docs, standing);
    for server in right.servers {
        join_server(&mut left.servers, server);
    }
    // What one source does not have is not sent by every call.
    left.headers
        .retain(|name, value| right.headers.get(name) == Some(value));
    for tag in right.tags {
        match left.tags.iter_mut().find(|known| known.name == tag.name) {
            Some(known) => join_docs(&mut known.docs, tag.docs, standing),
            None => left.tags.push(tag),
        }
    }
    for webhook in right.webhooks {
        join_webhook(&mut left.webhooks, webhook);
    }
    let known: BTreeSet<_> = left.skipped.iter().cloned().collect();
    left.skipped
        .extend(right.skipped.into_iter().filter(|s| !known.contains(s)));
    let mut slots: Vec<Option<Operation>> = left.operations.drain(..).map(Some).collect();
    let mut places: BTreeMap<String, usize> = slots
        .iter()
        .flatten()
        .enumerate()
        .map(|(index, operation)| (identities.get(&operation.key), index))
        .collect();
    for operation in right.operations {
        let identity = identities.get(&operation.key);
        let slot = places.get(&identity).and_then(|at| slots.get_mut(*at));
        match slot.map(|slot| (slot.take(), slot)) {
            Some((Some(known), slot)) => {
                let above = described.get(&identity).is_some_and(|ours| *ours > theirs);
                let standing = match above {
                    true => Standing::Above,
                    false => Standing::Level,
                };
                operation::note_suffix(&known, &operation, joiner.diagnostics);
                *slot = Some(operation::join(known, operation, standing, &mut joiner));
            }
            _ => {
                places.insert(identity, slots.len());
                slots.push(Some(operation));
            }
        }
    }
    left.operations = slots.into_iter().flatten().collect();
    finish(&mut left, joiner, true);
    left
}

/// Puts the joined schemas into the model, and drops those that are now another's.
fn finish(model: &mut Model, joiner: Joiner<'_>, changed: bool) {
    let (schemas, representative) = joiner.finish();
    model.schemas = schemas;
    if !changed {
        return;
    }
    let follow = |id: &mut SchemaId| {
        *id = representative.get(id.0 as usize).copied().unwrap_or(*id);
    };
    model.for_each_root(follow);
    let mut schemas = std::mem::take(&mut model.schemas).into_vec();
    for schema in &mut schemas {
        schema.shape.for_each_child(follow);
    }
    model.schemas = schemas.into();
    model.drop_unreached_schemas();
}

fn join_security_schemes(left: &mut Model, right: &Model, diagnostics: &mut Diagnostics) {
    for scheme in &right.security_schemes {
        match left
            .security_schemes
            .iter_mut()
            .find(|known| known.name == scheme.name)
        {
            None => left.security_schemes.push(scheme.clone()),
            Some(known) if known.kind == scheme.kind => {
                join_docs(&mut known.docs, scheme.docs.clone(), Standing::Level);
                known.origins.join(&scheme.origins);
            }
            Some(known) => diagnostics.push(
                Diagnostic::new(
                    Code::MERGE_SECURITY_SCHEME,
                    format!("two sources mean different things by `{}`", scheme.name),
                )
                .at(scheme.origins.first())
                .related(known.origins.first(), "this one counts")
                .help("put the source that is right first in letterpress.yaml"),
            ),
        }
    }
}

/// Of two messages with one name the first counts: what an API sends is declared, not sampled.
fn join_webhook(webhooks: &mut Vec<Webhook>, webhook: Webhook) {
    let same = |known: &&mut Webhook| {
        (&known.name, &known.method, &known.operation)
            == (&webhook.name, &webhook.method, &webhook.operation)
    };
    match webhooks.iter_mut().find(same) {
        Some(known) => known.origins.join(&webhook.origins),
        None => webhooks.push(webhook),
    }
}

fn join_server(servers: &mut Vec<Server>, server: Server) {
    let Some(known) = servers.iter_mut().find(|known| known.url == server.url) else {
        servers.push(server);
        return;
    };
    known.origins.join(&server.origins);
    known.description = known.description.take().or(server.description);
    for variable in server.variables {
        match known.variables.iter_mut().find(|v| v.name == variable.name) {
            Some(same) => {
                same.default = same.default.take().or(variable.default);
                same.description = same.description.take().or(variable.description);
                for value in variable.allowed {
                    if !same.allowed.contains(&value) {
                        same.allowed.push(value);
                    }
                }
            }
            None => known.variables.push(variable),
        }
    }
}

/// Joins texts: of samples the longest counts and then the smallest, of ordered sources the first.
fn join_docs(left: &mut Docs, right: Docs, standing: Standing) {
    let choose = |left: Option<String>, right: Option<String>| match (left, right, standing) {
        (Some(left), Some(right), Standing::Equal) => {
            let first = (right.len(), &left) <= (left.len(), &right);
            Some(if first { left } else { right })
        }
        (left, right, _) => left.or(right),
    };
    left.summary = choose(left.summary.take(), right.summary);
    left.description = choose(left.description.take(), right.description);
}

/// Adds proposals for a name; nearer ones come first.
fn join_names(left: &mut Vec<NameHint>, right: Vec<NameHint>) {
    for hint in right {
        match left.iter_mut().find(|known| known.text == hint.text) {
            Some(known) => known.distance = known.distance.min(hint.distance),
            None => left.push(hint),
        }
    }
    left.sort_by_key(|hint| hint.distance);
}

#[cfg(test)]
mod tests;

//! Pages: what is fixed about them, and how the items are taken from one.

use super::super::context::{Context, erase, known_names};
use super::super::rust_type::RustType;
use super::super::schema::{Item, Types};
use super::name::Named;
use super::{Operation, ResponseShape};
use crate::analyze::{self, PageStyle};
use crate::config::{PagingEntry, PagingStyle};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model;
use crate::names::RustIdent;

/// How a call's results come page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// What is fixed about it.
    pub facts: analyze::Paging,
    /// What a page holds.
    pub item: RustType,
    /// From a page to its items.
    pub take: Vec<Take>,
}

/// A step from a page to its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Take {
    /// A field.
    Field(RustIdent),
    /// What is inside, or its default.
    Inside,
    /// The list at this way in any JSON.
    Json(Vec<String>),
}

/// Plans the pages of an operation: as the user says, or as they were recognised.
pub(super) fn plan_paging(
    context: &Context<'_>,
    types: &Types,
    operation: &model::Operation,
    response: &ResponseShape,
    plan: &mut Operation,
    diagnostics: &mut Diagnostics,
) {
    let erased = operation.key.erased();
    let entries = &context.config.pagination;
    let entry = entries.iter().find(|(key, _)| erase(key) == erased);
    let place = entry.and_then(|(key, _)| context.config.place(&["pagination", key]));
    let facts = match entry {
        Some((_, entry)) if entry.style == PagingStyle::None => return,
        Some((key, entry)) => match said(context, operation, entry) {
            Some(facts) => Some(facts),
            None => {
                let message = format!("nothing tells which list the pages of `{key}` hold");
                let help = "add `items: …`, the way to the list, as `data.users`";
                diagnostics.push(
                    Diagnostic::new(Code::PLAN_PAGINATION_LIST, message)
                        .at(place)
                        .help(help),
                );
                return;
            }
        },
        None => context.facts.paging.get(&erased).cloned(),
    };
    let planned = facts.and_then(|facts| fit(facts, types, response, &plan.output));
    match (planned, entry) {
        (Some(paging), _) => plan.paging = Some(paging),
        (None, Some((key, _))) => {
            let message = format!("what `{key}` answers has no list at the place of `items`");
            let help = format!("it gives `{}`", super::super::dump::type_text(&plan.output));
            diagnostics.push(
                Diagnostic::new(Code::PLAN_PAGINATION_LIST, message)
                    .at(place)
                    .help(help),
            );
        }
        (None, None) if !operation.paged.is_empty() => {
            let message = format!(
                "`{}` is read page by page, and nothing says with which parameters",
                operation.key
            );
            let help = format!(
                "say it in letterpress.yaml: `pagination: {{{}: {{style: cursor, parameter: …, next: …}}}}`",
                operation.key
            );
            diagnostics.push(
                Diagnostic::new(Code::PLAN_PAGINATION, message)
                    .at(operation.origins.first())
                    .note("one page is read")
                    .help(help),
            );
        }
        (None, None) => {}
    }
}

/// Entries of `pagination` that match no operation.
pub(in crate::plan) fn note_unused(
    context: &Context<'_>,
    named: &[Named<'_>],
    diagnostics: &mut Diagnostics,
) {
    for key in context.config.pagination.keys() {
        let erased = erase(key);
        if named
            .iter()
            .any(|named| named.operation.key.erased() == erased)
        {
            continue;
        }
        let known: Vec<String> = named
            .iter()
            .map(|named| named.operation.key.to_string())
            .collect();
        let message = format!("`pagination` names an operation that there is not: `{key}`");
        diagnostics.push(
            Diagnostic::new(Code::PLAN_UNUSED_PAGINATION, message)
                .at(context.config.place(&["pagination", key]))
                .help(known_names("operations", &known)),
        );
    }
}

/// What the user says. A list that is not named is the one that there is.
fn said(
    context: &Context<'_>,
    operation: &model::Operation,
    entry: &PagingEntry,
) -> Option<analyze::Paging> {
    let style = match entry.style {
        PagingStyle::None | PagingStyle::Cursor => PageStyle::Cursor,
        PagingStyle::LastItem => PageStyle::LastItem,
        PagingStyle::Url => PageStyle::Url,
        PagingStyle::Link => PageStyle::Link,
        PagingStyle::Offset => PageStyle::Offset,
        PagingStyle::Page => PageStyle::Number,
    };
    let items = match &entry.items {
        Some(items) => items.clone(),
        None => analyze::items(context.model, operation)?,
    };
    Some(analyze::Paging {
        style,
        parameter: entry.parameter.clone(),
        in_body: entry.in_body,
        with: entry.with.clone(),
        next: entry.next.clone(),
        next_header: entry.next_header.clone(),
        more: entry.more.clone(),
        last: entry.last.clone(),
        total: entry.total.clone(),
        total_pages: entry.total_pages.clone(),
        items,
        first: entry.first.unwrap_or(i64::from(style == PageStyle::Number)),
    })
}

/// Fits pages to what a call gives: without the member that is taken off, and with the way to the items in Rust.
fn fit(
    mut facts: analyze::Paging,
    types: &Types,
    response: &ResponseShape,
    output: &RustType,
) -> Option<Paging> {
    match response {
        ResponseShape::Unknown => {}
        ResponseShape::Json { member: None, .. } => {}
        ResponseShape::Json {
            member: Some(member),
            ..
        } => {
            let of_item = facts.style == PageStyle::LastItem;
            for way in [
                &mut facts.items,
                &mut facts.more,
                &mut facts.last,
                &mut facts.total,
                &mut facts.total_pages,
            ] {
                strip(way, member)?;
            }
            if !of_item {
                strip(&mut facts.next, member)?;
            }
        }
        _ => return None,
    }
    let mut take = Vec::new();
    let mut ty = output.clone();
    let mut way = facts.items.as_slice();
    loop {
        ty = match ty {
            RustType::Option(inner) | RustType::Field(inner) => {
                take.push(Take::Inside);
                *inner
            }
            RustType::Boxed(inner) => *inner,
            RustType::Vec(item) if way.is_empty() => {
                return Some(Paging {
                    facts,
                    item: *item,
                    take,
                });
            }
            RustType::Json => {
                take.push(Take::Json(way.to_vec()));
                return Some(Paging {
                    facts,
                    item: RustType::Json,
                    take,
                });
            }
            RustType::Named(name) => {
                let (first, rest) = way.split_first()?;
                way = rest;
                let mut items = types.items.iter();
                let item = items.find(|item| *item.name() == name)?;
                let Item::Struct(item) = item else {
                    return None;
                };
                let field = item.fields.iter().find(|field| field.wire == *first)?;
                take.push(Take::Field(field.name.clone()));
                field.ty.clone()
            }
            _ => return None,
        };
    }
}

/// Takes the first name off a way, which has to be this one; a way that does not exist stays so.
fn strip(way: &mut Vec<String>, member: &str) -> Option<()> {
    if way.is_empty() {
        return Some(());
    }
    if way.first().is_some_and(|first| first == member) {
        way.remove(0);
        return Some(());
    }
    None
}

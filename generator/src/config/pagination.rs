//! What the user says of pages: how the results of an operation come page by page, or that they do not.

use super::check::Checker;
use super::overrides::Listed;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How an operation's results come page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagingEntry {
    /// What leads from a page to the next.
    pub style: PagingStyle,
    /// The query parameter that asks for a page, or the member of the request's JSON.
    pub parameter: String,
    /// Whether the parameter is a member of the request's JSON.
    pub in_body: bool,
    /// Query parameters without which there are no pages, and their values.
    pub with: Vec<(String, String)>,
    /// Where the next cursor or URL stands.
    pub next: Vec<String>,
    /// The header that holds the next cursor; empty if a member does.
    pub next_header: String,
    /// The member that is true as long as there are more pages.
    pub more: Vec<String>,
    /// The member that is true on the last page.
    pub last: Vec<String>,
    /// The member that tells how many items there are in all.
    pub total: Vec<String>,
    /// The member that tells how many pages there are in all.
    pub total_pages: Vec<String>,
    /// The list, if it is not the only one.
    pub items: Option<Vec<String>>,
    /// The number of the first page, or of the first item.
    pub first: Option<i64>,
}

/// What leads from a page to the next, by its word in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PagingStyle {
    /// `none`: there is one page, whatever it looks like.
    #[default]
    None,
    /// `cursor`: a cursor in the page.
    Cursor,
    /// `last-item`: a member of the last item.
    LastItem,
    /// `url`: a URL in the page.
    Url,
    /// `link`: the header `Link`.
    Link,
    /// `offset`: the parameter counts items.
    Offset,
    /// `page`: the parameter counts pages.
    Page,
}

/// An entry as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPaging {
    style: PagingStyle,
    parameter: Option<String>,
    #[serde(default)]
    in_body: bool,
    #[serde(default)]
    with: BTreeMap<String, Listed>,
    next: Option<Way>,
    next_header: Option<String>,
    more: Option<Way>,
    last: Option<Way>,
    total: Option<Way>,
    total_pages: Option<Way>,
    items: Option<Way>,
    first: Option<i64>,
}

/// The way to a member: `meta.after`, or the names one by one where they hold dots.
#[derive(Deserialize)]
#[serde(untagged)]
enum Way {
    Text(String),
    Names(Vec<String>),
}

impl Way {
    fn names(self) -> Vec<String> {
        match self {
            Way::Text(text) if text.is_empty() => Vec::new(),
            Way::Text(text) => text.split('.').map(str::to_owned).collect(),
            Way::Names(names) => names,
        }
    }
}

/// Checks that an entry says what its style needs.
pub(super) fn check(
    raw: BTreeMap<String, RawPaging>,
    checker: &mut Checker<'_>,
) -> BTreeMap<String, PagingEntry> {
    let mut entries = BTreeMap::new();
    for (operation, raw) in raw {
        checker.operation(&["pagination", &operation], &operation);
        let way = |way: Option<Way>| way.map(Way::names).unwrap_or_default();
        let with = raw.with.into_iter().map(|(name, value)| match value {
            Listed::Integer(number) => (name, number.to_string()),
            Listed::Text(text) => (name, text),
        });
        let entry = PagingEntry {
            style: raw.style,
            parameter: raw.parameter.unwrap_or_default(),
            in_body: raw.in_body,
            with: with.collect(),
            next: way(raw.next),
            next_header: raw.next_header.unwrap_or_default(),
            more: way(raw.more),
            last: way(raw.last),
            total: way(raw.total),
            total_pages: way(raw.total_pages),
            items: raw.items.map(Way::names),
            first: raw.first,
        };
        let asks = !matches!(
            entry.style,
            PagingStyle::None | PagingStyle::Url | PagingStyle::Link
        );
        if asks && entry.parameter.is_empty() {
            let message = format!("the pages of `{operation}` are asked for by no parameter");
            let help = "add `parameter: …`, the query parameter that takes the cursor, the offset or the page";
            checker.fault(&["pagination", &operation], message, help);
        }
        let leads = match entry.style {
            PagingStyle::Cursor => !entry.next.is_empty() || !entry.next_header.is_empty(),
            PagingStyle::LastItem | PagingStyle::Url => !entry.next.is_empty(),
            _ => true,
        };
        if !leads {
            let message = format!("the pages of `{operation}` do not lead on");
            let help =
                "add `next: …`, the way to the cursor or URL of the next page, as `meta.after`";
            checker.fault(&["pagination", &operation], message, help);
        }
        entries.insert(operation, entry);
    }
    entries
}

//! Which operations give their results page by page, and what leads from one page to the next.

mod list;
mod member;
mod words;

use crate::model::{
    Literal, Location, Model, Operation, Piece, Response, Schema, SchemaId, Shape, StringFormat,
};
use member::Member;
use std::collections::BTreeMap;
use words::plain;

/// How results come page by page. Members are named by their way from the value of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// What leads from a page to the next.
    pub style: PageStyle,
    /// The query parameter that asks for a page, or the member of the request's JSON.
    pub parameter: String,
    /// Whether the parameter is a member of the request's JSON.
    pub in_body: bool,
    /// Query parameters without which there are no pages, and their values.
    pub with: Vec<(String, String)>,
    /// Where the next cursor or URL stands: in the page, or in its last item if the style says so.
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
    /// The list of items; empty if the page is the list.
    pub items: Vec<String>,
    /// The number of the first page, or of the first item.
    pub first: i64,
}

/// What leads from a page to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageStyle {
    /// A cursor in the page.
    #[default]
    Cursor,
    /// A member of the last item.
    LastItem,
    /// A URL in the page.
    Url,
    /// The header `Link`.
    Link,
    /// The parameter counts items.
    Offset,
    /// The parameter counts pages.
    Number,
}

/// The pages of all operations that have some, by [`OperationKey::erased`](crate::model::OperationKey::erased).
pub(super) fn recognise(model: &Model) -> BTreeMap<String, Paging> {
    let operations = model.operations.iter();
    operations
        .filter_map(|operation| {
            let paging = paging(model, operation)?;
            Some((operation.key.erased(), paging))
        })
        .collect()
}

/// Where the list stands in what an operation gives: nothing if it gives none, or several that are alike.
pub fn items(model: &Model, operation: &Operation) -> Option<Vec<String>> {
    let (_, root) = success(operation)?;
    list::find(model, operation, root).map(|list| list.way)
}

/// What may ask for a page.
struct Parameter<'a> {
    name: &'a str,
    plain: String,
    schema: &'a Schema,
    in_body: bool,
}

impl Parameter<'_> {
    fn counts(&self) -> bool {
        matches!(kind(self.schema), Kind::Number | Kind::Unknown)
    }
}

/// What values of a schema are, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Url,
    Number,
    Truth,
    Unknown,
    /// What no cursor is.
    Other,
}

fn kind(schema: &Schema) -> Kind {
    match &schema.shape {
        Shape::String(StringFormat::Other(format)) if format.contains("ur") => Kind::Url,
        Shape::String(StringFormat::Plain | StringFormat::Base64 | StringFormat::Other(_)) => {
            match schema.examples.iter().any(is_address) {
                true => Kind::Url,
                false => Kind::Text,
            }
        }
        // Dates and identifiers are cursors too.
        Shape::String(StringFormat::DateTime | StringFormat::Date) => Kind::Text,
        Shape::Integer { .. } | Shape::Number => Kind::Number,
        Shape::Boolean => Kind::Truth,
        Shape::Any | Shape::Union(_) | Shape::Never => Kind::Unknown,
        _ => Kind::Other,
    }
}

fn is_address(literal: &Literal) -> bool {
    let Literal::String(text) = literal else {
        return false;
    };
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with('/')
}

/// The JSON of the first success.
fn success(operation: &Operation) -> Option<(&Response, SchemaId)> {
    let mut successes: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .collect();
    successes.sort_by_key(|response| response.status);
    successes.into_iter().find_map(|response| {
        let json = |name: &str| name.ends_with("/json") || name.ends_with("+json") || name == "*/*";
        let mut content = response.content.iter();
        let media = content.find(|media| json(&media.name))?;
        Some((response, media.schema))
    })
}

fn paging(model: &Model, operation: &Operation) -> Option<Paging> {
    let method = operation.key.method.as_str();
    if !matches!(method, "GET" | "QUERY" | "POST") {
        return None;
    }
    let (response, root) = success(operation)?;
    let list = list::find(model, operation, root)?;
    let members = member::members(model, root, &list.way);
    let parameters = parameters(model, operation);
    let has = |names: &[&str], kinds: &[Kind]| {
        members.iter().find(|member| {
            names.contains(&member.leaf())
                && kinds.contains(&kind(model.schemas.get(member.schema)))
        })
    };
    let way = |member: Option<&Member>| member.map(|member| member.way.clone()).unwrap_or_default();
    let mut paging = Paging {
        more: way(has(MORE, &[Kind::Truth])),
        last: way(has(LAST, &[Kind::Truth])),
        items: list.way,
        ..Paging::default()
    };
    if let Some((parameter, member)) = cursor(model, &parameters, &members) {
        paging.style = PageStyle::Cursor;
        paging.parameter = parameter.name.to_owned();
        paging.in_body = parameter.in_body;
        paging.next.clone_from(&member.way);
        return Some(paging);
    }
    // What makes something new is no list, whatever it is called with.
    if method == "POST" && !searches(operation) {
        return None;
    }
    if let Some(member) = members.iter().find(|member| is_next_url(model, member)) {
        paging.style = PageStyle::Url;
        paging.next.clone_from(&member.way);
        return Some(paging);
    }
    let mut headers = response.headers.iter();
    if headers.any(|header| header.name.eq_ignore_ascii_case("link")) {
        paging.style = PageStyle::Link;
        return Some(paging);
    }
    let called = |names: &[&str]| {
        let mut found = parameters.iter();
        found.find(|parameter| names.contains(&parameter.plain.as_str()))
    };
    if let Some(parameter) = called(LAST_ITEM)
        && !paging.more.is_empty()
        && list::has_property(model, list.element, "id")
    {
        paging.style = PageStyle::LastItem;
        paging.parameter = parameter.name.to_owned();
        paging.in_body = parameter.in_body;
        paging.next = vec!["id".to_owned()];
        return Some(paging);
    }
    paging.total = way(has(TOTAL, &[Kind::Number]));
    let sized = called(SIZES).is_some();
    let offset = called(OFFSETS).or(called(STARTS).filter(|_| sized));
    if let Some(parameter) = offset.filter(|parameter| parameter.counts()) {
        paging.style = PageStyle::Offset;
        paging.first = first(parameter.schema).unwrap_or(0);
        paging.parameter = parameter.name.to_owned();
        paging.in_body = parameter.in_body;
        return Some(paging);
    }
    let number = called(NUMBERS).filter(|parameter| parameter.counts())?;
    paging.total_pages = way(has(TOTAL_PAGES, &[Kind::Number]));
    paging.style = PageStyle::Number;
    paging.first = first(number.schema)
        .filter(|first| *first == 0)
        .unwrap_or(1);
    paging.parameter = number.name.to_owned();
    paging.in_body = number.in_body;
    Some(paging)
}

/// The default of what counts, or else its smallest value.
fn first(schema: &Schema) -> Option<i64> {
    let integer = |literal: &Literal| match literal {
        Literal::Number(number) => number.parse::<i64>().ok(),
        _ => None,
    };
    let smallest = schema
        .constraints
        .iter()
        .find(|one| one.keyword == "minimum");
    let smallest = smallest.and_then(|one| integer(&one.value));
    let first = schema.default.as_ref().and_then(integer).or(smallest);
    first.filter(|first| matches!(first, 0 | 1))
}

/// Query parameters, then the members of a JSON body.
fn parameters<'a>(model: &'a Model, operation: &'a Operation) -> Vec<Parameter<'a>> {
    let query = operation.parameters.iter();
    let query = query.filter(|parameter| parameter.location == Location::Query);
    let query = query.map(|parameter| (parameter.name.as_str(), parameter.schema, false));
    let bodies = operation.request_body.iter().flat_map(|body| &body.content);
    let json = bodies.filter(|media| media.name.ends_with("/json"));
    let members = json.flat_map(|media| match &model.schemas.get(media.schema).shape {
        Shape::Object(object) => object.properties.as_slice(),
        _ => &[],
    });
    let members = members.map(|property| (property.name.as_str(), property.schema, true));
    query
        .chain(members)
        .map(|(name, schema, in_body)| Parameter {
            name,
            plain: plain(name),
            schema: model.schemas.get(schema),
            in_body,
        })
        .collect()
}

/// Whether the path says that the operation looks for things.
fn searches(operation: &Operation) -> bool {
    let mut literals = operation.key.path.segments.iter().rev().flatten();
    let last = literals.find_map(|piece| match piece {
        Piece::Literal(text) => Some(plain(text)),
        Piece::Parameter(_) => None,
    });
    last.is_some_and(|last| {
        let mut words = last.split('_');
        words.any(|word| {
            matches!(
                word,
                "search" | "query" | "list" | "find" | "filter" | "lookup"
            )
        })
    })
}

/// The parameter that takes a cursor, and the member that holds it: the pair whose names agree best.
fn cursor<'p, 'm>(
    model: &Model,
    parameters: &'p [Parameter<'p>],
    members: &'m [Member],
) -> Option<(&'p Parameter<'p>, &'m Member)> {
    let mut best: Option<(u8, &Parameter<'_>, &Member)> = None;
    for parameter in parameters {
        let text = matches!(
            kind(parameter.schema),
            Kind::Text | Kind::Url | Kind::Unknown
        );
        let counts = kind(parameter.schema) == Kind::Number;
        if !text && !counts {
            continue;
        }
        for member in members {
            let agreement = match kind(model.schemas.get(member.schema)) {
                Kind::Text | Kind::Unknown => agreement(parameter, member),
                // A number that is called like the parameter may be that of the page at hand.
                Kind::Number if member.leaf() != parameter.plain => agreement(parameter, member),
                _ => 0,
            };
            if agreement > best.map_or(0, |(agreement, ..)| agreement) {
                best = Some((agreement, parameter, member));
            }
        }
    }
    best.map(|(_, parameter, member)| (parameter, member))
}

/// How well the name of a parameter and that of a member agree; 0 for not at all.
fn agreement(parameter: &Parameter<'_>, member: &Member) -> u8 {
    let (asked, leaf) = (parameter.plain.as_str(), member.leaf());
    let takes = CURSORS.contains(&asked);
    let gives = member.is_next();
    let next = leaf.strip_prefix("next_").or(leaf.strip_suffix("_next"));
    // The same word behind `page[…]` as in the page.
    let word = asked.strip_prefix("page_").unwrap_or(asked);
    match (takes, gives) {
        _ if next == Some(asked) => 4,
        (true, true) if leaf == asked || leaf == word => 3,
        (true, true) => 2,
        // What the parameter is called nobody knows, but the page speaks of it.
        (false, true) if leaf == asked && parameter.schema.shape != Shape::Boolean => 1,
        _ => 0,
    }
}

/// Whether a member is the address of the next page.
fn is_next_url(model: &Model, member: &Member) -> bool {
    let schema = model.schemas.get(member.schema);
    let says_next = member.leaf().split('_').any(|word| word == "next")
        || matches!(member.leaf(), "href" | "url" | "uri") && member.parent() == Some("next");
    if !says_next {
        return false;
    }
    let named = member
        .leaf()
        .split('_')
        .any(|word| matches!(word, "url" | "uri" | "link" | "href"));
    let linked = matches!(member.parent(), Some("links" | "link" | "next"));
    match kind(schema) {
        Kind::Url => true,
        Kind::Text | Kind::Unknown => {
            named || linked || matches!(member.leaf(), "next" | "next_page" | "next_records")
        }
        _ => false,
    }
}

/// Parameters that take a cursor, whatever the page calls it.
const CURSORS: &[&str] = &[
    "after",
    "after_cursor",
    "bookmark",
    "continuation",
    "continuation_token",
    "continue",
    "cursor",
    "exclusive_start_key",
    "from_cursor",
    "marker",
    "next",
    "next_cursor",
    "next_page",
    "next_page_token",
    "next_token",
    "page",
    "page_after",
    "page_cursor",
    "page_state",
    "page_token",
    "pagination_token",
    "resume_token",
    "scroll_id",
    "skip_token",
    "skiptoken",
    "start_after",
    "start_cursor",
    "start_key",
    "start_token",
    "starting_after",
    "token",
];
/// Parameters that take a member of the last item.
const LAST_ITEM: &[&str] = &[
    "after",
    "after_id",
    "start_after",
    "start_after_id",
    "starting_after",
    "since_id",
];
const OFFSETS: &[&str] = &[
    "offset",
    "page_offset",
    "record_offset",
    "result_offset",
    "skip",
    "start_at",
    "start_index",
];
/// Parameters that count items if another one says how many to give; they may be dates elsewhere.
const STARTS: &[&str] = &["from", "start", "start_position"];
const SIZES: &[&str] = &[
    "count",
    "length",
    "limit",
    "max",
    "max_results",
    "page_limit",
    "page_size",
    "per_page",
    "rows",
    "size",
    "take",
    "top",
];
const NUMBERS: &[&str] = &[
    "current_page",
    "page",
    "page_index",
    "page_no",
    "page_num",
    "page_number",
    "page_page",
    "pagenumber",
];
const MORE: &[&str] = &[
    "has_more",
    "has_more_items",
    "has_more_pages",
    "has_more_records",
    "has_more_results",
    "has_next",
    "has_next_page",
    "is_truncated",
    "more",
    "more_available",
    "more_items",
    "more_records",
    "more_results",
    "truncated",
];
const LAST: &[&str] = &[
    "done",
    "end_of_stream",
    "is_last",
    "is_last_page",
    "last",
    "last_page",
];
const TOTAL: &[&str] = &[
    "total",
    "total_count",
    "total_elements",
    "total_entries",
    "total_hits",
    "total_items",
    "total_records",
    "total_results",
    "total_size",
];
const TOTAL_PAGES: &[&str] = &[
    "last_page",
    "num_pages",
    "number_of_pages",
    "page_count",
    "pages",
    "total_pages",
];

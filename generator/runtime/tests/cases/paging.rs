//! Pages: how each style leads on, where it ends, and what may not be followed.

use super::support::run;
use crate::Client;
use crate::runtime::prelude::*;
use crate::runtime::{
    Call, Core, ErrorKind, Extra, Items, Mock, Op, PageStyle, Paging, Request, call, object,
};
use serde_json::{Value, json};

/// One of many.
#[derive(Clone, Default)]
pub struct Thing {
    id: i64,
    extra: Extra,
}

object! {
    Thing {
        0 req "id" id,
    }
}

/// A page.
#[derive(Clone, Default)]
pub struct Things {
    things: Option<Vec<Thing>>,
    extra: Extra,
}

object! {
    Things {
        0 opt "things" things,
    }
}

call! {
    /// A call of any of the operations below.
    ListThings -> Things, pages of Thing, page => page.things.unwrap_or_default()
}

static CURSOR: Op = Op {
    id: "ListThings",
    path: "/v1/things",
    paging: &Paging {
        style: PageStyle::Cursor,
        parameter: "page[after]",
        with: &[("page[size]", "2")],
        next: &["meta", "after"],
        more: &["meta", "has_more"],
        items: &["things"],
        ..Paging::NONE
    },
    ..Op::NEW
};

/// The operation with other pages.
macro_rules! op {
    ($($member:ident: $value:expr),* $(,)?) => {{
        static OP: Op = Op {
            paging: &Paging { items: &["things"], $($member: $value,)* ..Paging::NONE },
            ..CURSOR
        };
        &OP
    }};
}

fn list(mock: &Mock, op: &'static Op) -> ListThings {
    ListThings(Call::new(&Core::with_transport(mock.clone()), op, &[]))
}

fn ids(items: Items<Things, Thing>) -> Result<Vec<i64>, ErrorKind> {
    match run(items.collect()) {
        Ok(things) => Ok(things.into_iter().map(|thing| thing.id).collect()),
        Err(error) => Err(error.kind()),
    }
}

fn queries(mock: &Mock) -> Vec<String> {
    mock.requests().iter().map(Request::query_string).collect()
}

fn things(ids: impl IntoIterator<Item = i64>) -> Value {
    ids.into_iter().map(|id| json!({"id": id})).collect()
}

fn pages(bodies: impl IntoIterator<Item = Value>) -> Mock {
    let on = |mock: Mock, body| mock.on("ListThings", 200, body);
    bodies.into_iter().fold(Mock::new(), on)
}

/// Pages of a style: what they hold, and the queries that asked for them.
#[track_caller]
fn follows(op: &'static Op, bodies: Vec<Value>, expected: &[i64], asked: &[&str]) {
    let mock = pages(bodies);
    assert_eq!(ids(list(&mock, op).items()).as_deref(), Ok(expected));
    assert_eq!(queries(&mock), asked);
    assert_eq!(mock.unused(), [""; 0]);
}

#[test]
fn a_cursor_leads_on_until_there_are_no_more() {
    follows(
        &CURSOR,
        vec![
            json!({"things": things([1, 2]), "meta": {"after": "a b", "has_more": true}}),
            // An empty page is no end.
            json!({"things": [], "meta": {"after": "c", "has_more": true}}),
            json!({"meta": {"after": "d", "has_more": true}}),
            json!({"things": things([3]), "meta": {"after": "e", "has_more": false}}),
        ],
        &[1, 2, 3],
        &[
            "page%5Bsize%5D=2",
            "page%5Bsize%5D=2&page%5Bafter%5D=a%20b",
            "page%5Bsize%5D=2&page%5Bafter%5D=c",
            "page%5Bsize%5D=2&page%5Bafter%5D=d",
        ],
    );
}

#[test]
fn without_a_mark_the_last_page_has_no_cursor() {
    for end in [json!(null), json!(""), json!(0), json!({}), json!(false)] {
        let op = op! { style: PageStyle::Cursor, parameter: "cursor", next: &["next"] };
        follows(
            op,
            vec![
                json!({"things": things([1]), "next": 7}),
                json!({"things": things([2]), "next": end}),
            ],
            &[1, 2],
            &["", "cursor=7"],
        );
    }
}

#[test]
fn a_cursor_may_be_a_header_or_a_url() {
    let op = op! { style: PageStyle::Cursor, parameter: "page", next_header: "X-Next-Page" };
    let mock = Mock::new()
        .on_with_headers(
            "ListThings",
            200,
            [("x-next-page", "2")],
            json!({"things": things([1])}),
        )
        .on_with_headers(
            "ListThings",
            200,
            [("x-next-page", "")],
            json!({"things": things([2])}),
        );
    assert_eq!(ids(list(&mock, op).items()), Ok(vec![1, 2]));
    assert_eq!(queries(&mock), ["", "page=2"]);
    let op = op! { style: PageStyle::Cursor, parameter: "page", next: &["next_page"] };
    follows(
        op,
        vec![
            json!({"things": things([1]), "next_page": "http://localhost/v1/things?page=2"}),
            json!({"things": things([2]), "next_page": null}),
        ],
        &[1, 2],
        &["", "page=2"],
    );
}

#[test]
fn a_cursor_goes_into_the_body() {
    let op = op! {
        style: PageStyle::Cursor,
        parameter: "start",
        in_body: true,
        next: &["next"],
    };
    let mock = pages([
        json!({"things": things([1]), "next": "n"}),
        json!({"things": things([2])}),
    ]);
    let core = Core::with_transport(mock.clone());
    let call = ListThings(Call::new(&core, op, &[]).json(&json!({"filter": "x"})));
    assert_eq!(ids(call.items()), Ok(vec![1, 2]));
    let bodies = mock.requests().into_iter().map(|request| {
        let body = request
            .body()
            .as_bytes()
            .map(serde_json::from_slice::<Value>);
        body.unwrap().unwrap()
    });
    let expected = [json!({"filter": "x"}), json!({"filter": "x", "start": "n"})];
    assert_eq!(bodies.collect::<Vec<_>>(), expected);
}

#[test]
fn the_last_item_is_a_cursor() {
    let op = op! {
        style: PageStyle::LastItem,
        parameter: "starting_after",
        next: &["id"],
        more: &["has_more"],
    };
    follows(
        op,
        vec![
            json!({"things": things([4, 5]), "has_more": true}),
            json!({"things": things([6]), "has_more": false}),
        ],
        &[4, 5, 6],
        &["", "starting_after=5"],
    );
}

#[test]
fn urls_of_the_same_origin_are_followed() {
    let op = op! { style: PageStyle::Url, next: &["links", "next"] };
    for (next, query) in [
        (
            "http://localhost/v1/things?cursor=x%2Fy&a=1",
            "cursor=x%2Fy&a=1",
        ),
        ("/v1/things?cursor=2", "cursor=2"),
        ("?cursor=3", "cursor=3"),
        ("things?cursor=4", "cursor=4"),
        ("//LOCALHOST:80/v1/things?cursor=5", "cursor=5"),
    ] {
        let mock = pages([
            json!({"things": things([1]), "links": {"next": next}}),
            json!({"things": things([2]), "links": {"next": null}}),
        ]);
        let call = list(&mock, op)
            .query_param("filter", "f")
            .header("x-of", "call");
        assert_eq!(ids(call.items()), Ok(vec![1, 2]), "{next}");
        assert_eq!(queries(&mock), ["filter=f", query]);
        let requests = mock.requests();
        assert_eq!(requests[1].path(), "/v1/things");
        assert_eq!(requests[1].header("x-of"), Some("call"));
    }
}

#[test]
fn a_url_elsewhere_is_not_asked_for() {
    let op = op! { style: PageStyle::Url, next: &["next"] };
    for next in [
        "https://localhost/v1/things?page=2",
        "http://localhost:8080/v1/things",
        "http://evil.example/v1/things?page=2",
        "//evil.example/x",
        "http://localhost@evil.example/",
        "\\\\evil.example/x",
        "javascript:alert(1)",
    ] {
        let mock = pages([json!({"things": things([1]), "next": next})]);
        let mut items = list(&mock, op).items();
        assert_eq!(run(items.next()).unwrap().unwrap().id, 1, "{next}");
        let error = run(items.next()).unwrap().unwrap_err();
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::Pagination, "ListThings")
        );
        assert!(run(items.next()).is_none());
        assert_eq!(mock.requests().len(), 1);
    }
}

#[test]
fn links_of_the_header_are_followed() {
    let op = op! { style: PageStyle::Link };
    let page = |id: i64| json!({"things": things([id])});
    for header in [
        "</v1/things?page=2>; rel=\"next\", </v1/things?page=9>; rel=\"last\"",
        "</v1/things?page=9>; rel=last; title=\"a, <b>; rel=\\\"next\\\"\",</v1/things?page=2>;rel=next",
        "</v1/things?page=2>; REL=\"prefetch Next\"",
    ] {
        let mock = Mock::new()
            .on_with_headers("ListThings", 200, [("link", header)], page(1))
            .on_with_headers(
                "ListThings",
                200,
                [("link", "</v1>; rel=\"first\"")],
                page(2),
            );
        assert_eq!(ids(list(&mock, op).items()), Ok(vec![1, 2]), "{header}");
        assert_eq!(queries(&mock), ["", "page=2"]);
    }
    let headers = [("link", "</a>; rel=first"), ("link", "<?page=2>; rel=next")];
    let mock = Mock::new()
        .on_with_headers("ListThings", 200, headers, page(1))
        .on_with_headers("ListThings", 200, [("link", "<no end; rel=next")], page(2));
    assert_eq!(ids(list(&mock, op).items()), Ok(vec![1, 2]));
}

#[test]
fn offsets_count_the_items_that_came() {
    let op = op! { style: PageStyle::Offset, parameter: "offset", total: &["total"] };
    follows(
        op,
        vec![
            json!({"things": things([1, 2]), "total": 3}),
            json!({"things": things([3]), "total": 3}),
        ],
        &[1, 2, 3],
        &["", "offset=2"],
    );
    // Where nobody tells how many there are, the first empty page is the end.
    follows(
        op,
        vec![
            json!({"things": things([1, 2])}),
            json!({"things": things([3])}),
            json!({}),
        ],
        &[1, 2, 3],
        &["", "offset=2", "offset=3"],
    );
    let op = op! {
        style: PageStyle::Offset,
        parameter: "startIndex",
        total: &["total"],
        first: 1,
    };
    follows(
        op,
        vec![
            json!({"things": things([1, 2]), "total": 4}),
            json!({"things": things([3, 4]), "total": 4}),
        ],
        &[1, 2, 3, 4],
        &["", "startIndex=3"],
    );
}

#[test]
fn numbers_count_pages() {
    let op = op! {
        style: PageStyle::Number,
        parameter: "page",
        total_pages: &["pages"],
        first: 1,
    };
    follows(
        op,
        vec![
            json!({"things": things([1]), "pages": 3}),
            json!({"things": [], "pages": 3}),
            json!({"things": things([2]), "pages": 3}),
        ],
        &[1, 2],
        &["", "page=2", "page=3"],
    );
    let op = op! {
        style: PageStyle::Number,
        parameter: "page",
        total: &["total"],
        last: &["last"],
    };
    follows(
        op,
        vec![
            json!({"things": things([1, 2]), "total": 3}),
            json!({"things": things([3]), "total": 3}),
        ],
        &[1, 2, 3],
        &["", "page=1"],
    );
    follows(
        op,
        vec![
            json!({"things": things([1]), "last": false}),
            json!({"things": things([2]), "last": true}),
        ],
        &[1, 2],
        &["", "page=1"],
    );
    follows(
        op,
        vec![json!({"things": things([1])}), json!({"things": []})],
        &[1],
        &["", "page=1"],
    );
}

#[test]
fn a_page_that_comes_twice_is_an_error() {
    let cursor = |id: i64, next: &str| json!({"things": things([id]), "meta": {"after": next}});
    for (bodies, came) in [
        (vec![cursor(1, "a"), cursor(2, "a")], 2),
        (vec![cursor(1, "a"), cursor(2, "b"), cursor(3, "a")], 3),
    ] {
        let mock = pages(bodies);
        let mut items = list(&mock, &CURSOR).items();
        for id in 1..=came {
            assert_eq!(run(items.next()).unwrap().unwrap().id, id);
        }
        let error = run(items.next()).unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Pagination);
        assert!(error.to_string().contains("came before"), "{error}");
        assert!(run(items.next()).is_none());
        assert_eq!(mock.requests().len(), came as usize);
    }
    // The first page has a name too.
    let op = op! { style: PageStyle::Url, next: &["next"] };
    let mock = pages([json!({"things": things([1]), "next": "/v1/things"})]);
    assert_eq!(ids(list(&mock, op).items()), Err(ErrorKind::Pagination));
    let call = list(&pages([cursor(1, "x")]), &CURSOR).query_param("page[after]", "x");
    assert_eq!(ids(call.items()), Err(ErrorKind::Pagination));
    // An offset that does not move.
    let op = op! { style: PageStyle::Offset, parameter: "offset", more: &["more"] };
    let body = || json!({"things": [], "more": true});
    assert_eq!(
        ids(list(&pages([body(), body()]), op).items()),
        Err(ErrorKind::Pagination)
    );
}

#[test]
fn more_without_a_way_is_an_error() {
    let mock = pages([json!({"things": things([1]), "meta": {"has_more": true}})]);
    assert_eq!(
        ids(list(&mock, &CURSOR).items()),
        Err(ErrorKind::Pagination)
    );
}

fn three_pages() -> Mock {
    pages([
        json!({"things": things([1, 2]), "meta": {"after": "a"}}),
        json!({"things": things([3, 4]), "meta": {"after": "b"}}),
        json!({"things": things([5])}),
    ])
}

#[test]
fn pages_have_their_metadata_and_a_limit() {
    let mock = three_pages();
    let mut pages = list(&mock, &CURSOR).pages().max_pages(2);
    assert_eq!(pages.cursor(), None);
    let first = run(pages.next()).unwrap().unwrap();
    assert_eq!(
        (first.meta.status(), first.value.things.unwrap().len()),
        (200, 2)
    );
    assert_eq!(pages.cursor().as_deref(), Some("a"));
    run(pages.next()).unwrap().unwrap();
    assert!(run(pages.next()).is_none());
    assert_eq!(pages.cursor().as_deref(), Some("b"));
    assert_eq!(ids(list(&mock, &CURSOR).items().resume("b")), Ok(vec![5]));
    assert!(format!("{pages:?}").contains("Cursor"));
}

#[test]
fn items_resume_at_the_page_of_the_next_one() {
    let mock = three_pages();
    let mut items = list(&mock, &CURSOR).items();
    assert_eq!(items.cursor(), None);
    run(items.next()).unwrap().unwrap();
    assert_eq!(items.cursor(), None);
    run(items.next()).unwrap().unwrap();
    assert_eq!(items.cursor().as_deref(), Some("a"));
    run(items.next()).unwrap().unwrap();
    assert_eq!(items.cursor().as_deref(), Some("a"));
    run(items.next()).unwrap().unwrap();
    assert_eq!(items.cursor().as_deref(), Some("b"));
    run(items.next()).unwrap().unwrap();
    assert_eq!(items.cursor(), None);
    assert!(run(items.next()).is_none() && run(items.next()).is_none());
}

#[test]
fn what_counts_resumes_where_it_is_told() {
    let op = op! { style: PageStyle::Number, parameter: "page", total: &["total"], first: 1 };
    let body = |ids: &[i64]| json!({"things": things(ids.iter().copied()), "total": 3});
    let mock = pages([body(&[2]), body(&[3]), body(&[])]);
    assert_eq!(ids(list(&mock, op).items().resume("2")), Ok(vec![2, 3]));
    assert_eq!(queries(&mock), ["page=2", "page=3", "page=4"]);
    let mock = pages([body(&[2]), body(&[])]);
    let call = list(&mock, op).query_param("page", "7");
    assert_eq!(ids(call.items()), Ok(vec![2]));
    assert_eq!(queries(&mock), ["page=7", "page=8"]);
}

#[test]
fn an_error_tells_where_to_go_on() {
    let mock = Mock::new()
        .on(
            "ListThings",
            200,
            json!({"things": things([1]), "meta": {"after": "a"}}),
        )
        .on("ListThings", 500, "")
        .on("ListThings", 200, json!({"things": "none", "meta": {}}))
        .on("ListThings", 200, "{");
    let mut items = list(&mock, &CURSOR).items();
    run(items.next()).unwrap().unwrap();
    assert!(run(items.next()).unwrap().unwrap_err().is_server_error());
    assert!(run(items.next()).is_none());
    let cursor = items.cursor().unwrap();
    // A page whose list is none has no items, and an issue.
    let mut pages = list(&mock, &CURSOR).pages().resume(&cursor);
    assert_eq!(run(pages.next()).unwrap().unwrap().meta.issues().len(), 1);
    let mut pages = list(&mock, &CURSOR).pages().resume(&cursor);
    assert!(run(pages.next()).unwrap().unwrap_err().is_decode());
    assert_eq!(pages.cursor(), Some(cursor));
}

#[test]
fn each_page_is_tried_again() {
    let mock = Mock::new()
        .on("ListThings", 429, "")
        .on(
            "ListThings",
            200,
            json!({"things": things([1]), "meta": {"after": "a"}}),
        )
        .on("ListThings", 503, "")
        .on("ListThings", 200, json!({"things": things([2])}));
    let client = Client::builder().base_url("https://a.example");
    let core = client.transport(mock.clone()).build().unwrap().core();
    let call = ListThings(Call::new(&core, &CURSOR, &[]));
    assert_eq!(ids(call.items()), Ok(vec![1, 2]));
    assert_eq!(mock.requests().len(), 4);
}

#[cfg(feature = "stream")]
#[test]
fn pages_and_items_are_streams() {
    use futures_core::Stream;
    use std::pin::pin;
    fn first<S: Stream>(stream: S) -> Option<S::Item> {
        let mut stream = pin!(stream);
        run(std::future::poll_fn(|context| {
            stream.as_mut().poll_next(context)
        }))
    }
    assert_eq!(
        first(list(&three_pages(), &CURSOR).items())
            .unwrap()
            .unwrap()
            .id,
        1
    );
    let page = first(list(&three_pages(), &CURSOR).pages())
        .unwrap()
        .unwrap();
    assert_eq!(page.value.things.unwrap().len(), 2);
}

#[cfg(feature = "blocking")]
#[test]
fn pages_and_items_are_waited_for() {
    let first = json!({"things": [{"id": 1}], "meta": {"after": "a", "has_more": true}});
    let last = json!({"things": [{"id": 2}], "meta": {"has_more": false}});
    let pages = || {
        Mock::new()
            .on("ListThings", 200, &first)
            .on("ListThings", 200, &last)
    };
    let items = list(&pages(), &CURSOR).items().blocking();
    let ids: Vec<i64> = items.map(|thing| thing.unwrap().id).collect();
    assert_eq!(ids, [1, 2]);
    let mut pages = list(&pages(), &CURSOR).pages().blocking();
    assert_eq!(pages.next().unwrap().unwrap().meta.status(), 200);
    assert!(pages.nth(1).is_none());
    let mut broken = list(&Mock::new(), &CURSOR).items().blocking();
    assert_eq!(broken.next().unwrap().unwrap_err().kind(), ErrorKind::Mock);
    assert!(broken.next().is_none());
}

//! Values in paths, queries, headers and bodies: they stay where they are put.

use super::support::run;
use crate::Client;
use crate::runtime::model::Encode;
use crate::runtime::prelude::*;
use crate::runtime::{Body, Call, Core, ErrorKind, Mock, Op, Request, Result, Style, call};
use crate::types::*;
use serde_json::json;
use std::collections::BTreeMap;

static GET: Op = Op {
    id: "GetThing",
    path: "/things/{id}/parts/{name}.{format}",
    ..Op::NEW
};

fn core() -> Core {
    Core::with_transport(Mock::new())
}

call! {
    /// A call of anything.
    AnyCall -> serde_json::Value
}

fn request(call: Call) -> Result<Request> {
    AnyCall(call).into_request()
}

fn thing(id: &str, name: &str, format: &str) -> Result<String> {
    let call = Call::new(&core(), &GET, &[&id, &name, &format]);
    request(call).map(|request| request.path().to_owned())
}

#[test]
fn a_path_parameter_cannot_climb() {
    for climbing in [
        ".", "..", "%2e", "%2E", ".%2e", "%2e.", "%2E%2e", "..\t", "\n..",
    ] {
        let error = thing(climbing, "a", "b").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            format!(
                "GetThing GET /things/{{id}}/parts/{{name}}.{{format}}: \
                 path parameter `id` must not be `{}`",
                climbing.escape_debug()
            )
        );
    }
    // A segment of several parameters counts as a whole.
    assert!(thing("x", "", "").is_err());
    assert!(thing("x", "%2e", "a").is_ok());
    static DOTS: Op = Op {
        path: "/a/{x}{y}",
        ..Op::NEW
    };
    let dots = |x: &str, y: &str| request(Call::new(&core(), &DOTS, &[&x, &y])).is_ok();
    assert!(!dots(".", "."));
    assert!(!dots("%2", "e"));
    assert!(dots(".", "a"));
    static HALF: Op = Op {
        path: "/a/.{x}",
        ..Op::NEW
    };
    assert!(request(Call::new(&core(), &HALF, &[&"."])).is_err());
}

#[test]
fn an_empty_path_parameter_is_refused() {
    let error = thing("", "a", "b").unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("path parameter `id` must not be empty")
    );
    let none: Option<i64> = None;
    assert!(request(Call::new(&core(), &GET, &[&none, &"a", &"b"])).is_err());
    assert!(request(Call::new(&core(), &GET, &[&"1"])).is_err());
}

#[test]
fn everything_else_is_encoded() {
    let path = |id| thing(id, "a", "b").unwrap();
    assert_eq!(path("..%2f"), "/things/..%252f/parts/a.b");
    assert_eq!(path("../x"), "/things/..%2Fx/parts/a.b");
    assert_eq!(path("a/b"), "/things/a%2Fb/parts/a.b");
    assert_eq!(path("a?b#c"), "/things/a%3Fb%23c/parts/a.b");
    assert_eq!(path("ä"), "/things/%C3%A4/parts/a.b");
    assert_eq!(path("\t"), "/things/%09/parts/a.b");
    assert_eq!(path("a\r\nb"), "/things/a%0D%0Ab/parts/a.b");
    assert_eq!(
        path("//evil.example"),
        "/things/%2F%2Fevil.example/parts/a.b"
    );
    assert_eq!(
        path("https://evil.example"),
        "/things/https%3A%2F%2Fevil.example/parts/a.b"
    );
    assert_eq!(path("..."), "/things/.../parts/a.b");
    assert_eq!(path("-._~"), "/things/-._~/parts/a.b");
    assert_eq!(thing("x", "..", "json").unwrap(), "/things/x/parts/...json");
    assert_eq!(path("{name}"), "/things/%7Bname%7D/parts/a.b");
}

#[test]
fn a_template_is_a_path_too() {
    let path = |op: &'static Op| request(Call::new(&core(), op, &[&"v"]));
    let text = |op| path(op).unwrap().path().to_owned();
    static ODD: Op = Op {
        path: "/a b/ä?#/%20:@/x{y}z/",
        ..Op::NEW
    };
    assert_eq!(text(&ODD), "/a%20b/%C3%A4%3F%23/%20:@/xvz/");
    static RELATIVE: Op = Op {
        path: "a/{b",
        ..Op::NEW
    };
    assert_eq!(text(&RELATIVE), "/a/v");
    static ROOT: Op = Op::NEW;
    assert_eq!(text(&ROOT), "/");
    static CLIMBING: Op = Op {
        path: "/a/%2E./b",
        ..Op::NEW
    };
    let error = path(&CLIMBING).unwrap_err().to_string();
    assert!(
        error.ends_with("a part of the path must not be `%2E.`"),
        "{error}"
    );
}

#[test]
fn path_parameters_are_of_any_kind() {
    let path = |value: &dyn Encode| {
        let call = Call::new(&core(), &GET, &[value, &true, &Role::Agent]);
        request(call).unwrap().path().to_owned()
    };
    assert_eq!(path(&-7_i64), "/things/-7/parts/true.agent");
    assert_eq!(path(&1.5), "/things/1.5/parts/true.agent");
    let ids: &[i64] = &[1, 2];
    assert_eq!(path(&ids), "/things/1,2/parts/true.agent");
    let names: &[&str] = &["a,b", "c"];
    assert_eq!(path(&names), "/things/a%2Cb,c/parts/true.agent");
}

fn query(value: &(impl Encode + ?Sized), style: Style) -> String {
    static ROOT: Op = Op::NEW;
    let call = Call::new(&core(), &ROOT, &[]).query_style("q", value, style);
    request(call).unwrap().query_string()
}

#[test]
fn queries_have_styles() {
    let list: &[&str] = &["a b", "c,d"];
    assert_eq!(query(list, Style::Form), "q=a%20b&q=c%2Cd");
    assert_eq!(query(list, Style::Csv), "q=a%20b,c%2Cd");
    assert_eq!(query(list, Style::Space), "q=a%20b%20c%2Cd");
    assert_eq!(query(list, Style::Pipe), "q=a%20b%7Cc%2Cd");
    assert_eq!(query(list, Style::Deep), "q%5B%5D=a%20b&q%5B%5D=c%2Cd");
    let map: BTreeMap<String, i64> = [("x".to_owned(), 1), ("y".to_owned(), 2)].into();
    assert_eq!(query(&map, Style::Form), "x=1&y=2");
    assert_eq!(query(&map, Style::Csv), "q=x,1,y,2");
    assert_eq!(query(&map, Style::Deep), "q%5Bx%5D=1&q%5By%5D=2");
    assert_eq!(query(&true, Style::Flag), "q");
    assert_eq!(query(&false, Style::Flag), "");
    assert_eq!(query(&None::<bool>, Style::Flag), "");
    assert_eq!(query("&=#?+/", Style::Form), "q=%26%3D%23%3F%2B%2F");
    assert_eq!(query("", Style::Form), "q=");
    assert_eq!(query(&None::<&str>, Style::Form), "");
    let empty: &[i64] = &[];
    assert_eq!(query(empty, Style::Form), "");
    assert_eq!(query(empty, Style::Csv), "");
    assert_eq!(
        query(&json!([1, {"a": 2}]), Style::Form),
        "q=1&q=%7B%22a%22%3A2%7D"
    );
    assert_eq!(query(&1.5, Style::Csv), "q=1.5");
}

#[test]
fn a_setter_replaces_and_removes() {
    let client = Client::with_transport(Mock::new());
    let url = |list: crate::users::ListUsers| list.into_request().unwrap().url();
    let list = client.users().list().role(Role::Agent).role(Role::EndUser);
    assert_eq!(
        url(list.clone()),
        "http://localhost/api/v2/users?role=end-user"
    );
    assert_eq!(
        url(list.clone().role(None)),
        "http://localhost/api/v2/users"
    );
    let list = list.query_param("role", "x&y").query_param("role", "z");
    let request = list.into_request().unwrap();
    let expected = [("role", "end-user"), ("role", "x&y"), ("role", "z")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(request.query(), expected);
    let list = client.users().list().on_behalf_of("a").on_behalf_of(None);
    assert_eq!(list.into_request().unwrap().header("x-on-behalf-of"), None);
}

#[test]
fn a_header_cannot_end() {
    let client = Client::with_transport(Mock::new().on_always("ListUsers", 200, "{}"));
    for value in ["a\r\nx: y", "a\n", "a\rb", "a\0b", "\u{7f}"] {
        let error = run(client.users().list().on_behalf_of(value)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(
            error.to_string(),
            "ListUsers GET /api/v2/users: header `X-On-Behalf-Of` must not contain control characters"
        );
        assert!(run(client.users().list().header("x-y", value)).is_err());
        assert!(
            run(client
                .with(|options| options.header("x-y", value))
                .users()
                .list())
            .is_err()
        );
    }
    for name in ["", "a b", "a:", "ä", "a\n"] {
        let error = run(client.users().list().header(name, "x")).unwrap_err();
        assert!(error.to_string().contains("is not valid"), "{error}");
    }
    assert!(run(client.users().list().header("x-y", "tab\tand ä")).is_ok());
}

#[test]
fn headers_of_a_call_win() {
    let client = Client::with_transport(Mock::new());
    let client = client.with(|options| options.header("Accept", "a").header("x-a", "1"));
    let request = client
        .users()
        .list()
        .header("X-A", "2")
        .into_request()
        .unwrap();
    assert_eq!(request.header("x-a"), Some("2"));
    assert_eq!(request.headers().get_all("x-a").count(), 1);
    assert_eq!(request.header("accept"), Some("a"));
}

#[test]
fn bodies_are_forms_and_bytes_too() {
    let card = Card {
        id: "a b".into(),
        metadata: [("k".to_owned(), "v&".to_owned())].into(),
        amount: 1,
        tags: Some(vec![Some("x".into()), Some("y".into())]),
        checks: Some(Box::new(Card {
            id: "i".into(),
            ..Card::default()
        })),
        ..Card::default()
    };
    let call = Call::new(&core(), &GET, &[&"1", &"1", &"1"]).form(&card);
    let form = request(call).unwrap();
    assert_eq!(
        form.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        std::str::from_utf8(form.body().as_bytes().unwrap()).unwrap(),
        "id=a%20b&metadata%5Bk%5D=v%26&checks%5Bid%5D=i&checks%5Bamount%5D=0\
         &amount=1&tags=x&tags=y"
    );
    let call =
        Call::new(&core(), &GET, &[&"1", &"1", &"1"]).body("image/png", b"\x89PNG".as_slice());
    let bytes = request(call).unwrap();
    assert_eq!(bytes.header("content-type"), Some("image/png"));
    assert_eq!(bytes.body().length(), Some(4));
    let call = Call::new(&core(), &GET, &[&"1", &"1", &"1"]).json(&None::<UserInput>);
    assert!(matches!(request(call).unwrap().body(), Body::Empty));
}

#[test]
fn lists_in_forms_repeat_their_name() {
    let form = |body: serde_json::Value| {
        let call = Call::new(&core(), &GET, &[&"1", &"1", &"1"]).form(&body);
        let request = request(call).unwrap();
        let text = std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap();
        text.replace("%5B", "[").replace("%5D", "]")
    };
    for (body, expected) in [
        (json!({"a": [1, "x", true]}), "a=1&a=x&a=true"),
        (json!({"role[]": ["x", "y"]}), "role[]=x&role[]=y"),
        (json!({"a": {"b": [1, 2]}}), "a[b]=1&a[b]=2"),
        (json!({"a": {"b[]": [1, 2]}}), "a[b][]=1&a[b][]=2"),
        (
            json!({"a": [{"b": 1, "c": 2}, {"b": 3}]}),
            "a[0][b]=1&a[0][c]=2&a[1][b]=3",
        ),
        (
            json!({"a[]": [{"b": [1, 2]}, 3, {"b": 4}]}),
            "a[0][b]=1&a[0][b]=2&a[]=3&a[2][b]=4",
        ),
        (json!({"a": [[1, 2], [3]], "b": []}), "a[0]=1&a[0]=2&a[1]=3"),
    ] {
        assert_eq!(form(body.clone()), expected, "{body}");
    }
}

#[test]
fn cookies_are_encoded() {
    let call = Call::new(&core(), &GET, &[&"1", &"1", &"1"]);
    let call = call
        .cookie("a", "1; b=2")
        .cookie("c", &3_i64)
        .cookie("d", &None::<&str>);
    assert_eq!(
        request(call).unwrap().header("cookie"),
        Some("a=1%3B%20b%3D2; c=3")
    );
}

#[test]
fn a_custom_call_stays_below_the_base() {
    let client = Client::builder()
        .base_url("https://x.example/prefix/")
        .transport(Mock::new())
        .build()
        .unwrap();
    let call = client
        .request("PATCH", "/a b/ä/%20")
        .query_param("q", "1")
        .json(&json!({"x": 1}));
    let request = call.into_request().unwrap();
    assert_eq!(request.method(), "PATCH");
    assert_eq!(
        request.url(),
        "https://x.example/prefix/a%20b/%C3%A4/%20?q=1"
    );
    for path in [
        "a",
        "",
        "/../x",
        "/a/%2E%2e",
        "/a?b",
        "/a#b",
        "/a\\b",
        "https://evil.example/",
    ] {
        assert!(
            client.request("GET", path).into_request().is_err(),
            "{path}"
        );
    }
    assert!(client.request("GET\r\n", "/a").into_request().is_err());
    assert!(client.request("get", "/a").into_request().is_err());
    let double = client
        .request("GET", "//evil.example")
        .into_request()
        .unwrap();
    assert!(double.url().starts_with("https://x.example/prefix//evil"));
}

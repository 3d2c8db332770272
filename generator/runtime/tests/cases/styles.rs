//! The styles of parameters: every cell of OpenAPI's tables, and the cases of RFC 6570 that are styles.

use crate::runtime::model::Encode;
use crate::runtime::prelude::*;
use crate::runtime::{Call, Core, JsonText, Mock, Op, Part, Request, Result, Style, call};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

static ROOT: Op = Op::NEW;

call! {
    /// A call of anything.
    AnyCall -> serde_json::Value
}

fn request(call: Call) -> Result<Request> {
    AnyCall(call).into_request()
}

fn core() -> Core {
    Core::with_transport(Mock::new())
}

/// An operation at run time, as a generated crate has it as a static.
fn op(path: &str, styles: &[(Style, bool)]) -> &'static Op {
    Box::leak(Box::new(Op {
        path: path.to_owned().leak(),
        path_styles: styles.to_vec().leak(),
        ..Op::NEW
    }))
}

fn in_path(style: Style, value: &Value) -> Result<String> {
    let values: &[&dyn Encode] = &[value];
    let request = request(Call::new(
        &core(),
        op("/x{color}", &[(style, false)]),
        values,
    ))?;
    Ok(request.path().trim_start_matches("/x").to_owned())
}

fn in_query(style: Style, value: &Value) -> String {
    let call = Call::new(&core(), &ROOT, &[]).query_style("color", value, style);
    request(call).expect("a request").query_string()
}

fn in_cookie(style: Style, value: &Value) -> String {
    let call = Call::new(&core(), &ROOT, &[]).cookie_style("color", value, style);
    let request = request(call).expect("a request");
    request.header("cookie").unwrap_or_default().to_owned()
}

#[test]
fn the_tables_of_openapi() {
    let table = include_str!("../../../../tests/openapi-styles.tsv");
    // An ordinary map would sort the names.
    let object = json!({"R": 100, "G": 200, "B": 150});
    let array = json!(["blue", "black", "brown"]);
    let mut cells = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [version, style, explode, expected @ ..] = columns.as_slice() else {
            panic!("a row: {line}");
        };
        let explode = *explode == "true";
        for (expected, value) in expected
            .iter()
            .zip([&json!(""), &json!("blue"), &array, &object])
        {
            if *expected == "n/a" {
                continue;
            }
            let sorted = sorted(expected, style);
            let expected = sorted.trim_start_matches('?');
            let queries = |exploded, plain| in_query(if explode { exploded } else { plain }, value);
            let found = match *style {
                "matrix" => in_path(
                    if explode {
                        Style::MatrixEach
                    } else {
                        Style::Matrix
                    },
                    value,
                )
                .expect("a path"),
                "label" => in_path(
                    if explode {
                        Style::LabelEach
                    } else {
                        Style::Label
                    },
                    value,
                )
                .expect("a path"),
                "simple" => match in_path(if explode { Style::Form } else { Style::Csv }, value) {
                    Ok(text) => text,
                    // A path without it would be another.
                    Err(error) => {
                        assert!(error.to_string().ends_with("must not be empty"));
                        String::new()
                    }
                },
                "form" => queries(Style::Form, Style::Csv),
                "spaceDelimited" => in_query(Style::Space, value),
                "pipeDelimited" => in_query(Style::Pipe, value),
                "deepObject" => in_query(Style::Deep, value),
                "cookie" => in_cookie(
                    if explode {
                        Style::CookieEach
                    } else {
                        Style::Cookie
                    },
                    value,
                ),
                other => panic!("a style of {version}: {other}"),
            };
            assert_eq!(found, expected, "{version} {style} {explode} {value}");
            cells += 1;
        }
    }
    assert_eq!(cells, 3 * 37 + 8);
    println!("cells of style tables: {cells}");
}

/// The cell with the members of its object in the order of their names, in which `Value` has them.
fn sorted(cell: &str, style: &str) -> String {
    let order = |cell: &str, separator: &str, length: usize| {
        let pieces: Vec<&str> = cell.split(separator).collect();
        let mut members: Vec<String> = pieces
            .chunks(length)
            .map(|pieces| pieces.join(separator))
            .collect();
        members.sort();
        members.join(separator)
    };
    let (first, rest) = match cell.strip_prefix(['?', ';', '.']) {
        Some(rest) => (&cell[..1], rest),
        None => ("", cell),
    };
    let (name, list) = match rest.strip_prefix("color=R") {
        Some(_) => ("color=", &rest["color=".len()..]),
        None => ("", rest),
    };
    if !list.contains("100") {
        return cell.to_owned();
    }
    let separators = [("; ", 1), ("&", 1), (";", 1), ("%20", 2), ("%7C", 2)];
    let known = separators
        .into_iter()
        .find(|(separator, _)| list.contains(separator));
    let (separator, length) = known.unwrap_or(match (list.contains('='), style) {
        (true, "label") => (".", 1),
        (true, _) => (",", 1),
        (false, _) => (",", 2),
    });
    format!("{first}{name}{}", order(list, separator, length))
}

/// A template whose expressions are styles; nothing if one is not.
fn expand(template: &str, variables: &Value) -> Option<String> {
    let (mut path, mut styles, mut values) = (String::new(), Vec::new(), Vec::new());
    let mut query: Option<Vec<String>> = None;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (expression, after) = after.split_once('}')?;
        path.push_str(before);
        rest = after;
        let operator = expression.chars().next().filter(|c| "+.;/?".contains(*c));
        if expression.starts_with(['#', '&']) || query.is_some() {
            return None;
        }
        let names = expression.trim_start_matches(['+', '.', ';', '/', '?']);
        for (at, name) in names.split(',').enumerate() {
            let explode = name.ends_with('*');
            let name = name.trim_end_matches('*');
            let value = variables.get(name).filter(|value| !value.is_null())?;
            let is_empty = match value {
                Value::Array(list) => list.is_empty(),
                Value::Object(members) => members.is_empty(),
                value => value == "",
            };
            // Prefixes and encoded names are no part of a style; an empty value is refused in a path.
            if name.contains([':', '%']) {
                return None;
            }
            let style = match (operator, explode) {
                (Some('?'), _) => {
                    let style = if explode { Style::Form } else { Style::Csv };
                    let name = name.to_owned().leak();
                    let call = Call::new(&core(), &ROOT, &[]).query_style(name, value, style);
                    let text = request(call).ok()?.query_string();
                    let parts = query.get_or_insert_with(Vec::new);
                    parts.extend(Some(text).filter(|text| !text.is_empty()));
                    continue;
                }
                (Some('.'), true) => Style::LabelEach,
                (Some('.'), false) => Style::Label,
                (Some(';'), true) => Style::MatrixEach,
                (Some(';'), false) => Style::Matrix,
                (Some('/'), true) if !value.is_string() => return None,
                (_, true) => Style::Form,
                (_, false) => Style::Csv,
            };
            if is_empty && !(matches!(operator, Some('.' | ';')) && value.is_string()) {
                return None;
            }
            match operator {
                Some('/') => path.push('/'),
                None | Some('+') if at > 0 => path.push(','),
                _ => {}
            }
            path.push_str(&format!("{{{name}}}"));
            styles.push((style, operator == Some('+')));
            values.push(value);
        }
    }
    path.push_str(rest);
    // Literals of a path are its own, and end it nowhere.
    if path.contains(['?', '#']) {
        return None;
    }
    let values: Vec<&dyn Encode> = values.iter().map(|value| *value as &dyn Encode).collect();
    let slash = path.starts_with('/');
    let request = request(Call::new(&core(), op(&path, &styles), &values)).ok()?;
    // A template that does not begin with a slash gets one.
    let path = request.path().get(usize::from(!slash)..)?;
    let query = query.filter(|parts| !parts.is_empty());
    let query = query.map(|parts| format!("?{}", parts.join("&")));
    Some(format!("{path}{}", query.unwrap_or_default()))
}

#[test]
fn the_cases_of_rfc_6570() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("LETTERPRESS_SUITES").map(PathBuf::from);
    let suites = named.unwrap_or_else(|| here.join("../../../shared/suites"));
    let beside = suites.join("uritemplate");
    if !beside.is_dir() {
        println!("skipped: there is no {}", beside.display());
        return;
    }
    let (mut held, mut all, mut seen) = (0, 0, BTreeSet::new());
    for file in [
        "spec-examples",
        "spec-examples-by-section",
        "extended-tests",
    ] {
        let text = std::fs::read_to_string(beside.join(file).with_extension("json"));
        let groups: Value = serde_json::from_str(&text.expect("a suite")).expect("JSON");
        for group in groups.as_object().expect("groups").values() {
            for case in group["testcases"].as_array().expect("cases") {
                let template = case[0].as_str().expect("a template");
                all += 1;
                let Some(found) = expand(template, &group["variables"]) else {
                    continue;
                };
                let any = match &case[1] {
                    Value::Array(any) => any.iter().filter_map(Value::as_str).collect(),
                    one => vec![one.as_str().unwrap_or_default()],
                };
                // What would end a path is encoded in ours.
                if template.contains("{+") && any.iter().any(|any| any.contains(['?', '#'])) {
                    continue;
                }
                assert!(
                    any.contains(&found.as_str()),
                    "{template}: {found} is none of {any:?}"
                );
                held += 1;
                seen.extend(
                    template
                        .split('{')
                        .skip(1)
                        .filter_map(|text| text.chars().next()),
                );
            }
        }
    }
    println!("templates that are styles: {held}");
    println!("templates in all: {all}");
    assert!(held > 90, "{held}");
    assert!(
        ['+', '.', ';', '/', '?']
            .iter()
            .all(|operator| seen.contains(operator))
    );
}

#[test]
fn reserved_characters_stay_where_they_end_nothing() {
    let query = |value: &str| {
        let call = Call::new(&core(), &ROOT, &[]).query_reserved("q", value, Style::Form);
        request(call).expect("a request").query_string()
    };
    assert_eq!(query("a/b?c=d:e@f,g"), "q=a/b?c=d:e@f,g");
    assert_eq!(query("a&b#c d%2Fe%"), "q=a%26b%23c%20d%2Fe%25");
    assert_eq!(query("ä€"), "q=%C3%A4%E2%82%AC");
    let path = |value: &str| {
        let values: &[&dyn Encode] = &[&value];
        let call = Call::new(&core(), op("/files/{path}", &[(Style::Csv, true)]), values);
        request(call).map(|request| request.path().to_owned())
    };
    assert_eq!(path("a/b c.txt").expect("a path"), "/files/a/b%20c.txt");
    assert_eq!(path("a?b#c").expect("a path"), "/files/a%3Fb%23c");
    for climbing in ["a/../../b", "..", "a/%2e%2E/b", "./a"] {
        let error = path(climbing).expect_err("it climbs").to_string();
        assert!(
            error.contains("path parameter `path` must not be"),
            "{error}"
        );
    }
}

#[test]
fn what_is_absent_is_not_sent() {
    for style in [
        Style::Form,
        Style::Csv,
        Style::Space,
        Style::Pipe,
        Style::Deep,
    ] {
        for empty in [json!([]), json!({})] {
            assert_eq!(in_query(style, &empty), "", "{style:?}");
        }
    }
    let empty = in_path(Style::MatrixEach, &json!([]));
    assert!(empty.is_err());
    let call = Call::new(&core(), &ROOT, &[]).cookie("a", &1_i64);
    let call = call.cookie("a", &2_i64).cookie("b", &None::<&str>);
    let sent = request(call).expect("a request");
    assert_eq!(sent.header("cookie"), Some("a=2"));
}

#[test]
fn objects_nest() {
    let value = json!({"a": {"b": 1, "c": [1, 2]}, "d": [{"e": true}]});
    assert_eq!(
        in_query(Style::Deep, &value)
            .replace("%5B", "[")
            .replace("%5D", "]"),
        "color[a][b]=1&color[a][c][]=1&color[a][c][]=2&color[d][0][e]=true"
    );
    assert_eq!(in_query(Style::Csv, &json!({"x": [1]})), "color=x,%5B1%5D");
}

#[test]
fn json_is_a_value_too() {
    let filter = json!({"a": [1, "b"]});
    let call = Call::new(&core(), op("/{f}", &[]), &[&JsonText(&filter)])
        .query("f", &JsonText(&filter))
        .header("X-F", &JsonText(&filter))
        .cookie("f", &JsonText(&None::<i64>));
    let request = request(call).expect("a request");
    let encoded = "%7B%22a%22%3A%5B1%2C%22b%22%5D%7D";
    assert_eq!(request.path(), format!("/{encoded}"));
    assert_eq!(request.query_string(), format!("f={encoded}"));
    assert_eq!(request.header("x-f"), Some(r#"{"a":[1,"b"]}"#));
    assert_eq!(request.header("cookie"), None);
}

#[test]
fn headers_and_cookies_hold_objects() {
    let value = json!({"a": 1, "b": "x y"});
    let call = Call::new(&core(), &ROOT, &[])
        .header("X-A", &value)
        .header_pairs("X-B", &value)
        .cookie_style("c", &json!(["1;2", "3"]), Style::Form);
    let request_ = request(call).expect("a request");
    assert_eq!(request_.header("x-a"), Some("a,1,b,x y"));
    assert_eq!(request_.header("x-b"), Some("a=1,b=x y"));
    assert_eq!(request_.header("cookie"), Some("c=1%3B2; c=3"));
    let style = Style::CookieEach;
    let call = Call::new(&core(), &ROOT, &[]).cookie_style("c", "1;2", style);
    assert!(request(call).is_err());
}

#[test]
fn members_of_forms_have_styles() {
    static FORM: Op = Op {
        method: "POST",
        parts: &[
            Part {
                name: "json",
                media_type: "application/json",
                ..Part::NEW
            },
            Part {
                name: "deep",
                style: Style::Deep,
                ..Part::NEW
            },
            Part {
                name: "piped",
                style: Style::Pipe,
                ..Part::NEW
            },
            Part {
                name: "path",
                reserved: true,
                ..Part::NEW
            },
        ],
        ..Op::NEW
    };
    let body = json!({
        "json": {"a": 1}, "deep": {"a": [1]}, "piped": [1, 2], "path": "a/b", "rest": {"x": [1, 2]}
    });
    let call = Call::new(&core(), &FORM, &[]).form(&body);
    let sent = request(call).expect("a request");
    let text = String::from_utf8_lossy(sent.body().as_bytes().expect("bytes")).into_owned();
    assert_eq!(
        text.replace("%5B", "[").replace("%5D", "]"),
        "deep[a][]=1&json=%7B%22a%22%3A1%7D&path=a/b&piped=1%7C2&rest[x]=1&rest[x]=2"
    );
    let call = Call::new(&core(), &FORM, &[]).multipart_as("multipart/mixed", &body);
    let sent = request(call).expect("a request");
    let media_type = sent.header("content-type").expect("a type");
    assert!(media_type.starts_with("multipart/mixed; boundary="));
    let text = String::from_utf8_lossy(sent.body().as_bytes().expect("bytes")).into_owned();
    assert!(text.contains("name=\"deep[a][]\"\r\n\r\n1\r\n"), "{text}");
}

//! What paths select, beside the examples of RFC 9535.

use super::Path;
use crate::origin::FileId;
use crate::tree::Tree;
use crate::tree::json::{Dialect, parse};

fn tree(text: &str) -> Tree {
    parse(FileId(0), &text.into(), Dialect::Strict).expect("JSON")
}

/// The pointers of what a path selects.
fn select(tree: &Tree, path: &str) -> Vec<String> {
    let path = Path::parse(path).unwrap_or_else(|fault| panic!("{path}: {fault:?}"));
    let nodes = path.select(tree.root()).expect("a small search");
    let pointers = nodes.iter().map(|node| node.pointer().as_str().to_owned());
    pointers.collect()
}

#[test]
fn steps_of_all_kinds() {
    let tree =
        tree(r#"{"a": {"b-c": 1, "d": [10, 20, 30]}, "é": {"x'y": null}, "a/b": {"d": [5]}}"#);
    for (path, pointers) in [
        ("$", vec![""]),
        ("$.a.b-c", vec!["/a/b-c"]),
        ("$['a']['d'][0]", vec!["/a/d/0"]),
        ("$.a.d[-1]", vec!["/a/d/2"]),
        ("$.a.d[-4]", vec![]),
        ("$.a.d[1:]", vec!["/a/d/1", "/a/d/2"]),
        ("$.a.d[::-1]", vec!["/a/d/2", "/a/d/1", "/a/d/0"]),
        ("$.a.d[::0]", vec![]),
        ("$.a.d[0, 2]", vec!["/a/d/0", "/a/d/2"]),
        ("$.é['x\\'y']", vec!["/é/x'y"]),
        ("$['a/b', \"a\"].d[0]", vec!["/a~1b/d/0", "/a/d/0"]),
        ("$..d[0]", vec!["/a/d/0", "/a~1b/d/0"]),
        ("$.*.d", vec!["/a/d", "/a~1b/d"]),
        (
            "$.a..*",
            vec!["/a/b-c", "/a/d", "/a/d/0", "/a/d/1", "/a/d/2"],
        ),
        ("$.a.a.a", vec![]),
        (" $ .a ", vec!["/a"]),
    ] {
        assert_eq!(select(&tree, path), pointers, "{path}");
    }
}

#[test]
fn conditions_of_all_kinds() {
    let tree = tree(
        r#"{"p": [
            {"name": "limit", "in": "query", "min": 1, "x-t": {"paged": true}},
            {"name": "id", "in": "path", "required": true, "tags": ["a", "b"]},
            {"name": "filter", "in": "query", "min": 10.0, "nothing": null}
        ], "most": 10}"#,
    );
    for (condition, found) in [
        ("?@.name == 'id'", vec![1]),
        ("?(@.name=='filter' && @.in == \"query\")", vec![2]),
        ("?@.x-t.paged", vec![0]),
        ("?@['required'] == true", vec![1]),
        ("?!@.required", vec![0, 2]),
        ("?!(@.in == 'query' || @.required)", vec![]),
        ("?@.min < 10", vec![0]),
        ("?@.min >= $.most", vec![2]),
        ("?@.min <= 10", vec![0, 2]),
        ("?@.min == 1e0", vec![0]),
        ("?@.nothing", vec![2]),
        ("?@.nothing == null", vec![2]),
        ("?@.absent == null", vec![]),
        ("?@.absent == @.missing", vec![0, 1, 2]),
        ("?@.name != 'id'", vec![0, 2]),
        ("?@.name > 'g'", vec![0, 1]),
        ("?length(@.name) == 5", vec![0]),
        ("?length(@.tags) > 1", vec![1]),
        ("?count(@.*) == 4", vec![0, 1, 2]),
        ("?value(@..paged) == true", vec![0]),
        ("?@.tags[?@ == 'b']", vec![1]),
    ] {
        let pointers: Vec<String> = found.iter().map(|at| format!("/p/{at}")).collect();
        assert_eq!(
            select(&tree, &format!("$.p[{condition}]")),
            pointers,
            "{condition}"
        );
    }
}

#[test]
fn faults_have_places() {
    for (path, at) in [
        ("", 0),
        ("info.title", 0),
        ("$.", 2),
        ("$.a b", 4),
        ("$['a'", 5),
        ("$['a", 2),
        ("$[a]", 2),
        ("$[?@.a == ]", 10),
        ("$[?match(@.a, 'x')]", 3),
        ("$[?'a']", 6),
        ("$[-]", 2),
        ("$[99999999999999999999]", 2),
    ] {
        let fault = Path::parse(path).expect_err(path);
        assert_eq!(fault.at, at, "{path}: {}", fault.message);
    }
    let deep = format!("$[?{}@.a{}]", "(".repeat(100), ")".repeat(100));
    assert!(Path::parse(&deep).is_err());
}

#[test]
fn searches_that_multiply_are_given_up() {
    let list = format!("[{}]", vec!["[1,2,3]"; 300].join(","));
    let tree = tree(&list);
    let path = Path::parse("$..[?count($..*) > 0]").expect("a path");
    let found = |visits| {
        let nodes = path.select_within(tree.root(), visits)?;
        Some(nodes.len())
    };
    assert_eq!(found(100_000), None);
    assert_eq!(found(10_000_000), Some(1200));
}

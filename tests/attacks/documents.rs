//! Trees: what stands in a file before anybody asks what it means.

use super::{Attack, YAML, attack, members, with};
use serde_json::json;

pub(super) const ATTACKS: &[Attack] = &[
    attack("billion laughs", "yaml", |n| {
        let alias = |at: usize| [format!("*a{at}").as_str(); 9].join(", ");
        let level = |at: usize| format!("x-a{at}: &a{at} [{}]\n", alias(at - 1));
        let levels: String = (1..(n / 60).max(9)).map(level).collect();
        format!("{YAML}x-a0: &a0 [x, x, x]\n{levels}")
    }),
    attack("a long text and many aliases", "yaml", |n| {
        let aliases = "*a,".repeat(n / 5);
        format!(
            "{YAML}x-a: &a '{}'\nx-b: [{aliases}]\n",
            "x".repeat(n * 2 / 5)
        )
    }),
    attack("open brackets", "yaml", |n| {
        format!("{YAML}x-a: {}", "[".repeat(n))
    }),
    attack("open maps", "yaml", |n| {
        format!("{YAML}x-a: {}", "{a: ".repeat(n / 4))
    }),
    attack("keys that are no text", "yaml", |n| "? ".repeat(n / 2)),
    attack("deep blocks", "yaml", |n| {
        let depth = (2.0 * n as f64).sqrt() as usize;
        let line = |at| format!("{}a:\n", " ".repeat(at));
        YAML.to_owned() + &(0..depth).map(line).collect::<String>()
    }),
    attack("anchors", "yaml", |n| {
        let items: String = (0..n / 14).map(|at| format!("- &a{at} x\n")).collect();
        format!("{YAML}x-a:\n{items}")
    }),
    attack("many keys", "yaml", |n| {
        let keys: String = (0..n / 12).map(|at| format!("  k{at}: 1\n")).collect();
        format!("{YAML}x-a:\n{keys}")
    }),
    attack("comments", "yaml", |n| {
        YAML.to_owned() + &"# c\n".repeat(n / 4)
    }),
    attack("one long text", "yaml", |n| {
        format!("{YAML}x-a: '{}'\n", "s".repeat(n))
    }),
    attack("tags", "yaml", |n| {
        format!(
            "{YAML}x-a:\n{}",
            "- !!python/object:os.system x\n".repeat(n / 31)
        )
    }),
    attack("documents", "yaml", |n| {
        YAML.to_owned() + &"---\na: 1\n".repeat(n / 9)
    }),
    attack("merge keys in a chain", "yaml", |n| {
        let link = |at: usize| format!("x-{at}: &m{at} {{<<: *m{}, k{at}: 1}}\n", at - 1);
        let links: String = (1..n / 40).map(link).collect();
        format!("{YAML}x-0: &m0 {{a: 1}}\n{links}")
    }),
    attack("lines that are not indented", "yaml", |n| {
        let line = |at| format!("  k{at}: \"a\nb\"\n");
        format!("{YAML}x-a:\n{}", (0..n / 16).map(line).collect::<String>())
    }),
    attack("one key again and again", "yaml", |n| {
        format!("{YAML}x-a:\n{}", "  k: 1\n".repeat(n / 7))
    }),
    attack("open brackets", "json", |n| "[".repeat(n)),
    attack("open maps", "json", |n| "{\"a\":".repeat(n / 5)),
    attack("many keys", "json", |n| {
        with(json!({"x-a": members((0..n / 12).map(|at| (format!("k{at}"), json!(1))))}))
    }),
    attack("one key again and again", "json", |n| {
        format!(
            "{{\"openapi\": \"3.1.0\", {}\"l\": 1}}",
            "\"k\":1,".repeat(n / 6)
        )
    }),
    attack("one long text", "json", |n| {
        with(json!({"x-a": "s".repeat(n)}))
    }),
    attack("escapes", "json", |n| {
        format!(
            "{{\"openapi\": \"3.1.0\", \"x\": \"{}\"}}",
            "\\u00e9".repeat(n / 6)
        )
    }),
    attack("a long number", "json", |n| {
        format!(
            "{{\"openapi\": \"3.1.0\", \"paths\": {{}}, \"x\": {}}}",
            "9".repeat(n)
        )
    }),
    attack("empty lists", "json", |n| {
        with(json!({"x-a": vec![json!([]); n / 3]}))
    }),
    attack("a text without its end", "json", |n| {
        format!("{{\"openapi\":\"{}", "a".repeat(n))
    }),
];

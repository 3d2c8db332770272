//! Text for people: in descriptions, on pages, and commands.

use super::{Attack, answer, attack, with};
use serde_json::json;

/// Pieces of Markdown and HTML, and what looks like them.
macro_rules! texts {
    ($($name:literal $piece:literal),* $(,)?) => {
        &[$(
            attack(concat!("described with ", $name), "json", |n| {
                let mut operation = answer();
                operation["description"] = json!($piece.repeat(n / $piece.len()));
                with(json!({"paths": {"/a": {"get": operation}}}))
            }),
            attack(concat!("a page of ", $name), "md", |n| {
                format!("# Users\n\n## List users\n\n`GET /users`\n\n{}", $piece.repeat(n / $piece.len()))
            }),
        )*
        attack("a page of rows", "md", |n| {
            let rows: String = (0..n / 26).map(|at| format!("| a{at} | string | the a |\n")).collect();
            format!("# Users\n\n`GET /users`\n\n| Name | Type | Description |\n|---|---|---|\n{rows}")
        }),
        attack("a page of operations", "md", |n| {
            let operation = |at| format!("## Op {at}\n\n`GET /shop/x{at}/{{id}}`\n\n| Name | Type |\n|--|--|\n| a{at} | string |\n\n");
            format!("# Shop\n\n{}", (0..n / 95).map(operation).collect::<String>())
        }),
        attack("commands", "sh", |n| {
            (0..n / 50).map(|at| format!("curl https://shop.example.com/shop/p{at} -d 'a=1'\n")).collect()
        }),
        attack("quotes of a command", "sh", |n| {
            format!("curl https://shop.example.com/p -d '{}'\n", "'\\''".repeat(n / 4))
        }),
        attack("a command without its end", "sh", |n| {
            format!("curl 'https://shop.example.com/p{}", "\"'".repeat(n / 2))
        }),
        attack("lines of a command", "sh", |n| {
            format!("curl https://shop.example.com/p {}\n", "\\\n".repeat(n / 2))
        }),
        attack("options of a command", "sh", |n| {
            format!("curl https://shop.example.com/p {}\n", "-H 'a: b' ".repeat(n / 10))
        }),
        ]
    };
}

pub(super) const ATTACKS: &[Attack] = texts! {
    "backticks" "`", "brackets" "[", "links" "[a](b)", "open tags" "<a ", "tags" "<div>", "stars" "*a", "fences" "```\n",
    "quotes" "> ", "lists" "- a\n", "tables" "|a|b|\n|-|-|\n", "bars" "|", "headings" "# a\n", "words" "word ",
    "line ends" "\n", "backslashes" "\\", "comments" "<!--", "braces" "{", "members" "{\"a\":", "samples" "```json\n{\"a\":1}\n```\n",
    "open samples" "```json\n{\"a\":\n", "rows of HTML" "<tr><td>a</td>", "indented code" "    x\n",
    "parameters" "- `a` (string, required) the a\n", "requests" "GET /users\n", "ways around" "\u{202e}",
};

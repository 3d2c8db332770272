//! A plan to one page of HTML for who wants to read an API: operations, types, findings and changes, with a search.
//!
//! Nothing is fetched: styles and script stand in the page, and its policy allows these two and nothing else, by their
//! hashes. Every text of a description is escaped, so that none of it becomes a tag.

use crate::plan::{
    Doc, Item, Operation, Plan, RustIdent, argument_text, schema::EnumeratedValue, type_text,
};
use sha2::{Digest, Sha256};
use std::fmt::Write;

const STYLE: &str = include_str!("page/style.css");
const SCRIPT: &str = include_str!("page/script.js");

/// Something that was found in the sources, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The entry of the catalogue.
    pub code: &'static str,
    /// All of it as text, with its places.
    pub text: String,
}

/// The page. `changes` is what changed since the last release, as text.
pub fn html(plan: &Plan, findings: &[Shown], changes: Option<&str>) -> String {
    let title = format!("{} {}", plan.manifest.name, plan.manifest.version);
    let operations = plan.groups.iter().map(|group| group.operations.len());
    let operations: usize = operations.sum();
    let items = || plan.families.iter().flat_map(|family| &family.items);
    let types = items().count();
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header><h1>{}</h1><p>{operations} operations, {types} types, {} findings</p>\n\
         <input id=\"search\" type=\"search\" placeholder=\"Search\" aria-label=\"Search\" autofocus><p id=\"count\" role=\"status\"></p></header>\n<main>\n",
        escaped(&title),
        escaped(&title),
        findings.len()
    );
    page.push_str("<h2>Operations</h2>\n");
    for group in &plan.groups {
        let module = group.access.module.plain();
        section(&mut page, &format!("{module} — {}", group.access.title));
        for operation in &group.operations {
            show_operation(&mut page, &group.access.method, operation);
        }
    }
    page.push_str("<h2>Types</h2>\n");
    for item in items() {
        show_item(&mut page, item);
    }
    page.push_str("<h2>Findings</h2>\n");
    if findings.is_empty() {
        page.push_str("<p>None.</p>\n");
    }
    for finding in findings {
        let (severity, code) = (escaped(finding.severity), escaped(finding.code));
        entry(
            &mut page,
            &format!("finding {severity}"),
            &format!("{severity} {code}"),
        );
        let _ = writeln!(page, "<pre>{}</pre></article>", escaped(&finding.text));
    }
    if let Some(changes) = changes {
        page.push_str("<h2>Changes since the last release</h2>\n");
        let _ = writeln!(page, "<pre>{}</pre>", escaped(changes));
    }
    let _ = writeln!(page, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>");
    page
}

fn section(page: &mut String, title: &str) {
    let _ = writeln!(page, "<h3>{}</h3>", escaped(title));
}

/// Begins something that the search finds. Class and title are escaped already.
fn entry(page: &mut String, class: &str, title: &str) {
    let _ = writeln!(page, "<article class=\"{class}\"><h4>{title}</h4>");
}

fn show_operation(page: &mut String, client: &RustIdent, operation: &Operation) {
    let (verb, path) = (escaped(&operation.verb), escaped(&operation.path));
    let old = if operation.deprecated {
        " deprecated"
    } else {
        ""
    };
    entry(
        page,
        &format!("operation{old}"),
        &format!(
            "<code>{verb} {path}</code> <b>{}</b>",
            escaped(&operation.id)
        ),
    );
    let arguments: Vec<String> = operation
        .arguments
        .iter()
        .map(|argument| format!("{}: {}", argument.name, argument_text(&argument.ty)))
        .collect();
    let mut code = format!(
        "client.{client}().{}({}) -> {}",
        operation.method,
        arguments.join(", "),
        type_text(&operation.output)
    );
    for setter in &operation.setters {
        let _ = write!(
            code,
            "\n    .{}({})",
            setter.method,
            argument_text(&setter.ty)
        );
    }
    let _ = writeln!(page, "<pre>{}</pre>", escaped(&code));
    show_docs(page, &operation.docs);
    page.push_str("</article>\n");
}

fn show_item(page: &mut String, item: &Item) {
    entry(
        page,
        "type",
        &format!("<code>{}</code>", escaped(item.name().plain())),
    );
    let _ = writeln!(page, "<p class=\"key\">{}</p>", escaped(item.key()));
    let mut rows: Vec<(String, String, String)> = Vec::new();
    match item {
        Item::Struct(item) => {
            show_docs(page, &item.docs);
            rows.extend(item.fields.iter().map(|field| {
                let docs = field.docs.lines().join(" ");
                (
                    field.wire.clone(),
                    format!("{}: {}", field.name, type_text(&field.ty)),
                    docs,
                )
            }));
        }
        Item::ValueEnum(item) => {
            show_docs(page, &item.docs);
            rows.extend(item.variants.iter().map(|(name, value, docs)| {
                let wire = match value {
                    EnumeratedValue::Text(text) | EnumeratedValue::Number(text) => text.clone(),
                    EnumeratedValue::Integer(number) => number.to_string(),
                    EnumeratedValue::Boolean(value) => value.to_string(),
                };
                (wire, name.to_string(), docs.lines().join(" "))
            }));
        }
        Item::Union(item) => {
            show_docs(page, &item.docs);
            rows.extend(item.variants.iter().map(|one| {
                (
                    one.tags.join(", "),
                    format!("{}({})", one.name, type_text(&one.ty)),
                    String::new(),
                )
            }));
        }
        Item::TaggedUnion(item) => {
            show_docs(page, &item.docs);
            rows.extend(item.variants.iter().map(|(name, ty, tag)| {
                (
                    tag.clone(),
                    format!("{name}({})", type_text(ty)),
                    String::new(),
                )
            }));
        }
    }
    page.push_str("<table>\n");
    for (wire, code, docs) in rows {
        let (wire, code, docs) = (escaped(&wire), escaped(&code), escaped(&docs));
        let _ = writeln!(
            page,
            "<tr><td><code>{wire}</code></td><td><code>{code}</code></td><td>{docs}</td></tr>"
        );
    }
    page.push_str("</table></article>\n");
}

/// Documentation as the text that it is: its Markdown is not interpreted.
fn show_docs(page: &mut String, docs: &Doc) {
    if !docs.is_empty() {
        let mut text = docs.lines().join("\n");
        // What stands behind a backslash in Markdown is itself.
        for mark in ['<', '>', '[', ']', '*', '_'] {
            text = text.replace(&format!("\\{mark}"), &mark.to_string());
        }
        let text = escaped(&text);
        let _ = writeln!(page, "<div class=\"docs\">{text}</div>");
    }
}

/// Text that is text in HTML, between tags and in attributes. What would steer the direction of writing is spelled.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {
                safe.extend(c.escape_unicode());
            }
            c if c.is_control() => safe.extend(c.escape_unicode()),
            c => safe.push(c),
        }
    }
    safe
}

/// What the page's policy allows: SHA-256 in base 64 (CSP Level 3, section 2.3.1).
fn hash(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::from("sha256-");
    for bytes in Sha256::digest(text.as_bytes()).chunks(3) {
        let byte = |at: usize| u32::from(bytes.get(at).copied().unwrap_or_default());
        let all = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = (all >> (18 - 6 * at)) as usize & 63;
            let digit = DIGITS.get(digit).filter(|_| at <= bytes.len());
            encoded.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{Shown, escaped, hash, html};
    use crate::plan::sample::zendesk;

    #[test]
    fn hashes_are_those_of_the_policy() {
        // The example of RFC 6234 for the text `abc`, in base 64.
        assert_eq!(
            hash("abc"),
            "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
    }

    #[test]
    fn nothing_of_a_description_becomes_a_tag() {
        let hostile = "</pre><script>alert(1)</script><img src=x onerror='alert(1)'>\"&\u{202e}";
        let mut sample = zendesk();
        sample.config.name = "shop".to_owned();
        for operation in &mut sample.model.operations {
            operation.docs.description = Some(hostile.to_owned());
        }
        let (plan, _) = sample.plan();
        let shown = Shown {
            severity: "warning",
            code: "merge/type-conflict",
            text: hostile.to_owned(),
        };
        let page = html(&plan, &[shown], Some(hostile));
        assert_eq!(page.matches("<script").count(), 1);
        assert!(!page.contains("<img") && !page.contains('\u{202e}'));
        assert!(page.contains("GET /api/v2/users/{user_id}"));
        assert!(page.contains("merge/type-conflict"));
        let policy = format!("script-src '{}'", hash(super::SCRIPT));
        assert!(page.contains(&policy));
        assert!(!super::SCRIPT.contains("</") && !super::STYLE.contains("</"));
        assert!(!page.contains("http://") || !page.contains("src=\""));
        assert_eq!(escaped("a<b\u{7}"), "a&lt;b\\u{7}");
    }
}

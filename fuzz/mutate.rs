//! What the targets share: runs on texts, and changes to valid descriptions.

use letterpress::config::Config;
use letterpress::diagnostic::{Code, Diagnostics, Severity};
use letterpress::source::SourceFile;
use serde_json::Value;

/// The largest text of an input, in bytes.
pub const LONGEST: usize = 1 << 16;

/// Runs everything from a text to the files of a crate, in memory, and checks what holds for every input.
pub fn run(path: &str, text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let mut findings = Diagnostics::new();
    let file = SourceFile::from_text(path, text, &mut findings);
    if !findings.has_errors() {
        let config = Config::for_sources("shop");
        match letterpress::generate(&config, std::slice::from_ref(&file)) {
            Ok(output) => assert!(output.emitted > 0, "a crate without operations"),
            Err(errors) => findings.extend(errors),
        }
    }
    for finding in findings.iter() {
        assert!(finding.code != Code::RENDER_MISMATCH, "{}", finding.message);
        if finding.severity == Severity::Error {
            assert!(finding.origin.is_some(), "no place: {}", finding.message);
        }
        if let Some(origin) = finding.origin {
            let text = &file.text;
            let (start, end) = (origin.span.start as usize, origin.span.end as usize);
            assert!(text.get(start..end).is_some(), "no place in the text");
        }
    }
}

/// Bytes as the decisions of who changes a document.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    /// The next byte; nothing at the end.
    pub fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> Option<usize> {
        let number = usize::from(self.next()?) << 8 | usize::from(self.next()?);
        Some(number % count.max(1))
    }

    /// Some text.
    fn text(&mut self) -> String {
        let length = usize::from(self.next().unwrap_or_default() % 24).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }
}

/// Changes a document as the choices say: parts go, are replaced, or turn up again elsewhere.
pub fn mutate(document: &mut Value, choices: &mut Choices<'_>) {
    for _ in 0..8 {
        let pointers = pointers(document);
        let Some(at) = choices.below(pointers.len()) else {
            return;
        };
        let Some(kind) = choices.next() else { return };
        let from = choices.below(pointers.len()).unwrap_or_default();
        let other = document.pointer(&pointers[from]).cloned();
        let Some(value) = document.pointer_mut(&pointers[at]) else {
            continue;
        };
        match kind % 8 {
            0 => *value = Value::Null,
            1 => *value = Value::String(choices.text()),
            2 => *value = Value::from(i64::from(choices.next().unwrap_or_default()) - 100),
            3 => *value = Value::Array(vec![value.take()]),
            4 => *value = Value::Bool(true),
            5 => {
                if let Value::Object(members) = value {
                    let index = choices.below(members.len()).unwrap_or_default();
                    let name = members.keys().nth(index).cloned();
                    if let Some((name, value)) = name.and_then(|name| members.remove_entry(&name)) {
                        if choices.next().unwrap_or_default() % 2 == 0 {
                            members.insert(choices.text(), value);
                        } else {
                            drop(name);
                        }
                    }
                }
            }
            6 => {
                if let (Value::Object(members), Some(other)) = (value, other) {
                    members.insert(choices.text(), other);
                }
            }
            _ => {
                if let Some(other) = other {
                    *value = other;
                }
            }
        }
    }
}

fn pointers(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    open.push((format!("{pointer}/{index}"), value));
                }
            }
            Value::Object(members) => {
                for (name, value) in members {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    open.push((format!("{pointer}/{name}"), value));
                }
            }
            _ => {}
        }
        found.push(pointer);
    }
    found
}

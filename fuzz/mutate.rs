//! Changes to valid documents, as the bytes of an input decide.

use serde_json::Value;

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
        match kind % 9 {
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
                        if choices.next().unwrap_or_default().is_multiple_of(2) {
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
            7 => *value = serde_json::json!({"$ref": format!("#{}", pointers[from])}),
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

//! Finds the code and the message in the error bodies that servers send, whatever their shape.

use serde_json::Value;
use std::fmt::Write;

/// How many characters of a server's text are shown.
const SHOWN: usize = 300;
/// How many bytes of a body are looked at; a longer one is no message.
const MAX_BODY: usize = 1 << 18;

/// `RecordNotFound: Not found`: what a body says about the failure, in one line.
pub(super) fn server_message(status: u16, body: &[u8], secrets: &[String]) -> String {
    let whole = body.get(..MAX_BODY).is_none();
    let json = whole.then(|| serde_json::from_slice::<Value>(body).ok());
    let found = json.flatten().and_then(|value| {
        let mut found = Found::default();
        found.look_into(&value, 0);
        found.finish(status)
    });
    let start = body.get(..MAX_BODY).unwrap_or(body);
    let text = found.unwrap_or_else(|| String::from_utf8_lossy(start).into_owned());
    let text = secrets.iter().fold(text, |text, secret| {
        text.replace(secret.as_str(), "(secret)")
    });
    match printable(&text) {
        text if text.is_empty() => "without a message".to_owned(),
        text => text,
    }
}

/// One line of limited length without control characters.
pub(super) fn printable(text: &str) -> String {
    let mut out = String::new();
    let words = text.split_ascii_whitespace();
    let mut characters = words
        .flat_map(|word| [' '].into_iter().chain(word.chars()))
        .skip(1);
    for character in characters.by_ref().take(SHOWN) {
        if character.is_control() || reorders(character) {
            let _ = write!(out, "{}", character.escape_unicode());
        } else {
            out.push(character);
        }
    }
    if characters.next().is_some() {
        out.push('…');
    }
    out
}

/// Whether a character is invisible and changes the order or the lines of what follows.
fn reorders(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Default)]
struct Found {
    code: Option<String>,
    message: Option<String>,
    /// What is a code beside a message, and a message alone.
    either: Option<String>,
}

impl Found {
    /// Looks into a body or a part of it, at most three levels down. What is found first counts.
    fn look_into(&mut self, value: &Value, depth: usize) {
        let members = match value {
            Value::Object(members) => members,
            Value::Array(values) => match values.first() {
                Some(first) if depth < 3 => return self.look_into(first, depth + 1),
                _ => return,
            },
            Value::String(text) => {
                set(&mut self.message, Some(text.clone()));
                return;
            }
            _ => return,
        };
        let text = |names: &[&str]| names.iter().find_map(|name| scalar(members.get(*name)?));
        set(&mut self.code, text(&["errorCode", "error_code", "code"]));
        set(
            &mut self.message,
            text(&[
                "error_description",
                "description",
                "message",
                "error_message",
                "errorMessage",
                "detail",
                "details",
                "reason",
                "msg",
            ]),
        );
        set(&mut self.either, text(&["error", "title"]));
        if depth > 0 {
            set(&mut self.either, text(&["type", "status"]));
        }
        if depth < 3 {
            for name in ["error", "errors", "fault", "Error"] {
                let part = members.get(name);
                if let Some(part @ (Value::Object(_) | Value::Array(_))) = part {
                    self.look_into(part, depth + 1);
                }
            }
        }
    }

    fn finish(self, status: u16) -> Option<String> {
        let status = status.to_string();
        let code = self.code.filter(|code| *code != status);
        let (code, message) = match (code, self.message, self.either) {
            (None, None, either) => (None, either),
            (Some(code), None, either) => (Some(code), either),
            (None, message, either) => (either, message),
            (code, message, _) => (code, message),
        };
        match (code, message) {
            (Some(code), Some(message)) if code != message => Some(format!("{code}: {message}")),
            (code, message) => message.or(code),
        }
    }
}

fn set(place: &mut Option<String>, found: Option<String>) {
    if place.is_none() {
        *place = found;
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

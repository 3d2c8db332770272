//! The surface of a released version as the text of `released.json`, and back.

use super::surface::Surface;
use serde::Serialize;
use serde_json::Value;

/// The version of the format. It counts up where a reader of before would misunderstand what is written now.
pub const FORMAT: u32 = 1;

/// What the file says to who finds it.
const ABOUT: &str = "What the released version of this crate shows to callers and to the server. Written by `letterpress release`; do not edit.";

/// Writes a surface: one operation and one type a line, so that a change of the file shows what changed.
pub fn write_released(surface: &Surface) -> String {
    // Nothing in it can fail to be written: there are no maps with keys other than text.
    fn one<T: Serialize>(value: &T) -> String {
        serde_json::to_string(value).unwrap_or_default()
    }
    fn lines<T: Serialize>(values: &[T]) -> String {
        let lines: Vec<String> = values.iter().map(one).collect();
        match lines.is_empty() {
            true => "[]".to_owned(),
            false => format!("[\n{}\n]", lines.join(",\n")),
        }
    }
    let members = [
        ("about", one(&ABOUT)),
        ("format", one(&FORMAT)),
        ("name", one(&surface.name)),
        ("version", one(&surface.version)),
        ("docs", one(&surface.docs)),
        ("files", one(&surface.files)),
        ("client", one(&surface.client)),
        ("operations", lines(&surface.operations)),
        ("types", lines(&surface.types)),
        ("messages", one(&surface.messages)),
        ("aliases", one(&surface.aliases)),
    ];
    let members = members.map(|(name, value)| format!("{}: {value}", one(&name)));
    format!("{{\n{}\n}}\n", members.join(",\n"))
}

/// Reads what [`write_released`] wrote.
///
/// # Errors
/// Why it cannot be read, as the end of a sentence.
pub fn read_released(text: &str) -> Result<Surface, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match value.get("format").and_then(Value::as_u64) {
        Some(format) if format == u64::from(FORMAT) => {}
        Some(format) => {
            return Err(format!(
                "it has format {format}, and this Letterpress reads format {FORMAT}"
            ));
        }
        None => return Err("it does not say its `format`".to_owned()),
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

//! Turns a path template and values into a path that cannot lead elsewhere.

use crate::runtime::Style;
use crate::runtime::encode::{Push, path_text, push_path_reserved, push_plain};
use crate::runtime::model::Encode;
use crate::runtime::percent::{is_dot_segment, push_encoded, push_encoded_but};

/// What stays as it is in the literal parts of a path, beside letters and digits.
const LITERAL: &[u8] = b"-._~!$&'()*+,;=:@%";

/// Appends a path made of a template and the values of its parameters.
pub(super) fn push_path(
    template: &str,
    values: &[&dyn Encode],
    styles: &[(Style, bool)],
    out: &mut String,
) -> Result<(), String> {
    let mut values = values.iter();
    let mut styles = styles.iter().copied();
    let template = template.strip_prefix('/').unwrap_or(template);
    for segment in template.split('/') {
        out.push('/');
        // The segment before it is encoded: as a whole it must not mean "here" or "one up".
        let mut plain = String::new();
        let mut names = Vec::new();
        let mut rest = segment;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            plain.push_str(before);
            push_encoded_but(before, LITERAL, out);
            let empty = plain.len();
            let (style, reserved) = styles.next().unwrap_or((Style::Csv, false));
            if let Some(value) = values.next() {
                value.encode(&mut |node| {
                    let push: Push = match reserved {
                        true => push_path_reserved,
                        false => push_encoded,
                    };
                    let encoded = path_text(name, node, style, push);
                    match reserved {
                        true => plain.push_str(&encoded),
                        // A slash in it is encoded, and parts nothing.
                        false => {
                            let text = path_text(name, node, style, push_plain);
                            plain.push_str(&text.replace('/', "%2F"));
                        }
                    }
                    out.push_str(&encoded);
                });
            }
            if plain.len() == empty {
                return Err(format!("path parameter `{name}` must not be empty"));
            }
            names.push(name);
            rest = after;
        }
        plain.push_str(rest);
        push_encoded_but(rest, LITERAL, out);
        if plain.split('/').any(is_dot_segment) {
            let what = match names.as_slice() {
                [] => "a part of the path".to_owned(),
                names => format!("path parameter `{}`", names.join("`, `")),
            };
            return Err(format!("{what} must not be `{}`", plain.escape_debug()));
        }
    }
    Ok(())
}

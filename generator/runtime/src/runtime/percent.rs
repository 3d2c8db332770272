//! Percent-encodes text for paths, queries and forms, and decodes it again.

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends text with everything encoded but the unreserved characters of RFC 3986 (letters,
/// digits, `-`, `.`, `_`, `~`), so that it means itself in any part of a URL and in a form.
pub(crate) fn push_encoded(text: &str, out: &mut String) {
    push_encoded_but(text, b"-._~", out);
}

/// Appends text with everything encoded but ASCII letters, digits and the characters in `keep`.
pub(crate) fn push_encoded_but(text: &str, keep: &[u8], out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(
                    HEX.get(usize::from(digit))
                        .map_or('0', |&hex| char::from(hex)),
                );
            }
        }
    }
}

/// Appends text with the reserved characters of RFC 3986 as they are, but for those in `but`, and
/// with what is percent-encoded already (RFC 6570 §3.2.3).
pub(crate) fn push_reserved(text: &str, but: &[u8], out: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (one, behind) = rest.split_at(first.len_utf8());
        let triplet = rest.get(..3).filter(|triplet| {
            let digits = triplet.strip_prefix('%');
            digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        });
        rest = match triplet {
            Some(triplet) => {
                out.push_str(triplet);
                rest.get(3..).unwrap_or_default()
            }
            None => {
                let is_reserved = first.is_ascii()
                    && b":/?#[]@!$&'()*+,;=".contains(&(first as u8))
                    && !but.contains(&(first as u8));
                match is_reserved {
                    true => out.push(first),
                    false => push_encoded(one, out),
                }
                behind
            }
        };
    }
}

/// The text behind percent-encoding; what is no encoding stays, what is no UTF-8 is replaced.
pub(crate) fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes {
        let byte = match rest {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match byte {
            Some((high, low)) => {
                out.push(high << 4 | low);
                bytes = rest.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                bytes = rest;
            }
        }
    }
    match String::from_utf8(out) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

/// Whether a segment of a path, in any spelling, means "here" or "one up".
///
/// URL parsers take `%2e` for a dot, so encoding does not help: such a value must be refused.
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    // Tabs and line ends are removed by URL parsers, and would leave the dots.
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    let plain = plain.trim_matches(|c: char| c.is_ascii_control() || c == ' ');
    plain == "." || plain == ".."
}

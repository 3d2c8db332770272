//! Bytes of a file to text: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is dropped.

use std::sync::Arc;

/// Why bytes are no text.
pub(super) struct Fault {
    /// Offset of the first wrong byte in the file.
    pub(super) byte: usize,
    /// The encoding that was expected.
    pub(super) encoding: &'static str,
    /// The text with U+FFFD for what could not be read.
    pub(super) text: Arc<str>,
    /// Where the first mark stands in that text.
    pub(super) offset: usize,
    /// How long it is.
    pub(super) mark: usize,
}

/// The text of a file.
pub(super) fn decode(bytes: &[u8]) -> Result<Arc<str>, Fault> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest, 3),
        bytes => utf8(bytes, 0),
    }
}

fn utf8(bytes: &[u8], skipped: usize) -> Result<Arc<str>, Fault> {
    std::str::from_utf8(bytes).map(Arc::from).map_err(|error| {
        let offset = error.valid_up_to();
        Fault {
            byte: offset + skipped,
            encoding: "UTF-8",
            text: String::from_utf8_lossy(bytes).into(),
            offset,
            mark: '\u{fffd}'.len_utf8(),
        }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Arc<str>, Fault> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut fault = None;
    let mut position = 2;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let c = match decoded {
            Ok(c) => c,
            Err(_) => {
                fault = fault.or(Some((position, text.len())));
                '\u{fffd}'
            }
        };
        position += c.len_utf16() * 2;
        text.push(c);
    }
    if !rest.is_empty() {
        fault = fault.or(Some((position, text.len())));
        text.push('\u{fffd}');
    }
    match fault {
        None => Ok(text.into()),
        Some((byte, offset)) => Err(Fault {
            byte,
            encoding: "UTF-16",
            text: text.into(),
            offset,
            mark: '\u{fffd}'.len_utf8(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn texts_lose_their_mark() {
        let cases: [(&[u8], &str); 4] = [
            (b"a\xc3\xa9", "aé"),
            (b"\xef\xbb\xbfa", "a"),
            (b"\xff\xfea\0\x3d\xd8\x00\xde", "a😀"),
            (b"\xfe\xff\0a", "a"),
        ];
        for (bytes, text) in cases {
            assert_eq!(decode(bytes).ok().as_deref(), Some(text));
        }
    }

    #[test]
    fn faults_have_places() {
        let cases: [(&[u8], usize, usize, &str); 4] = [
            (b"a\xff\xffb", 1, 1, "a\u{fffd}\u{fffd}b"),
            (b"\xef\xbb\xbfa\xc3", 4, 1, "a\u{fffd}"),
            (b"\xff\xfea\0\x3d\xd8b\0", 4, 1, "a\u{fffd}b"),
            (b"\xff\xfea\0b", 4, 1, "a\u{fffd}"),
        ];
        for (bytes, byte, offset, text) in cases {
            let fault = decode(bytes).expect_err("a fault");
            assert_eq!(
                (fault.byte, fault.offset, &*fault.text),
                (byte, offset, text)
            );
        }
    }
}

//! What a plain scalar is, by its spelling: the core schema of YAML 1.2 (§10.3.2), in the kinds of JSON.

use crate::tree::Kind;

/// Tags that only repeat what the core schema finds.
pub(super) const CORE_TAGS: [&str; 6] = [
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:map",
    "tag:yaml.org,2002:null",
    "tag:yaml.org,2002:seq",
];

/// The kind of a plain scalar. `empty` is for a place where nothing stands at all.
pub(super) fn kind(value: &str, empty: bool) -> Kind {
    match value {
        _ if empty => Kind::Null,
        "null" | "Null" | "NULL" | "~" | "" => Kind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Boolean,
        value if json_number(value).is_some() => Kind::Number,
        _ => Kind::String,
    }
}

/// The number that a plain scalar spells, as JSON spells it: `0o17` is `15`, `.5` is `0.5`, `+1` is `1`. Nothing where
/// the scalar is text. Infinities are text, for JSON has none, and so are digits behind a leading zero: YAML 1.1 reads
/// them as octal, 1.2 as decimal, and whoever writes them usually means an identifier.
pub(crate) fn json_number(value: &str) -> Option<String> {
    if let Some(digits) = value.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = value.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let (sign, rest) = match value.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", value.strip_prefix('+').unwrap_or(value)),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    if whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return None;
    }
    if whole.len() > 1 && whole.starts_with('0') {
        return None;
    }
    let mut number = String::with_capacity(value.len() + 2);
    number.push_str(sign);
    number.push_str(if whole.is_empty() { "0" } else { whole });
    if let Some(fraction) = fraction {
        number.push('.');
        number.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if unsigned.is_empty() || !digits(unsigned) {
            return None;
        }
        number.push('e');
        number.push_str(exponent);
    }
    // A JSON number keeps its own spelling, the letter of the exponent included.
    let exact = sign == "-" || !value.starts_with('+');
    if exact && !whole.is_empty() && fraction != Some("") {
        return Some(value.to_owned());
    }
    Some(number)
}

/// Digits beyond 128 bits are text: nothing that an API sends is so large.
fn radix(digits: &str, radix: u32) -> Option<String> {
    let all = !digits.is_empty() && digits.bytes().all(|b| (b as char).is_digit(radix));
    let value = all.then(|| u128::from_str_radix(digits, radix).ok())??;
    Some(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::{json_number, kind};
    use crate::tree::Kind;

    #[test]
    fn spellings_have_the_kinds_of_the_core_schema() {
        let cases = [
            (Kind::Null, "~ null Null NULL"),
            (Kind::Boolean, "true True TRUE false False FALSE"),
            (
                Kind::Number,
                "0 -1 +1 12 1.10 1. .5 1e3 1.5E-3 12e345 0o17 0x1F 18446744073709551616",
            ),
            (
                Kind::String,
                "no yes on off y NO 010 007 08 1_000 12:30:45 2024-01-02 .inf -.inf .nan 0o8 0x 1e e1 + - . 0b1 tRUE nULL 1.2.3 ١",
            ),
        ];
        for (expected, spellings) in cases {
            for spelling in spellings.split(' ') {
                assert_eq!(kind(spelling, false), expected, "{spelling}");
            }
        }
        assert_eq!(kind("", true), Kind::Null);
    }

    #[test]
    fn numbers_become_json() {
        for (spelling, number) in [
            ("1.10", "1.10"),
            ("1E3", "1E3"),
            ("+1", "1"),
            ("1.", "1.0"),
            ("-.5e+3", "-0.5e+3"),
            ("0o17", "15"),
            ("0xff", "255"),
        ] {
            assert_eq!(json_number(spelling).as_deref(), Some(number));
            assert!(serde_json::from_str::<serde_json::Number>(number).is_ok());
        }
    }
}

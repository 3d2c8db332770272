//! The order of names in imports, as the formatter of Rust has it (style edition 2024, "version sorting").

use std::cmp::Ordering;

/// Compares two names: `_` before everything, numbers by their value, all else by its code.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    let mut zeros = Ordering::Equal;
    while let (Some(&x), Some(&y)) = (a.first(), b.first()) {
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let (x, rest_a) = number(a);
            let (y, rest_b) = number(b);
            let (short, long) = (trim(x), trim(y));
            let by_value = short.len().cmp(&long.len()).then(short.cmp(long));
            if by_value.is_ne() {
                return by_value;
            }
            // Of equal values the one with more zeros before it comes first.
            zeros = zeros.then(y.len().cmp(&x.len()));
            (a, b) = (rest_a, rest_b);
            continue;
        }
        if x != y {
            return (x != b'_').cmp(&(y != b'_')).then(x.cmp(&y));
        }
        a = a.get(1..).unwrap_or_default();
        b = b.get(1..).unwrap_or_default();
    }
    a.len().cmp(&b.len()).then(zeros)
}

fn number(text: &[u8]) -> (&[u8], &[u8]) {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    text.split_at(digits)
}

fn trim(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|b| **b == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn order_is_the_formatter_s() {
        let sorted = [
            "_X", "A", "A_1", "A_b", "A1", "A1B", "A02", "A2", "A10", "AB", "Ab", "CREATE", "Call",
            "CallExt", "SHOUTY", "ShoutY", "a_b", "ab", "call", "self_a", "zed",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, sorted);
    }
}

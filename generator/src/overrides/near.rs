//! A name that matches nothing to the names that may have been meant.

/// How many names are listed.
const SHOWN: usize = 5;

/// Longer names are compared by their beginnings.
const COMPARED: usize = 48;

/// A help line with the names that are most like a text, the nearest first.
pub fn help(what: &str, text: &str, known: impl IntoIterator<Item = String>) -> String {
    let mut known: Vec<(usize, String)> = known
        .into_iter()
        .map(|name| (distance(text, &name), name))
        .collect();
    known.sort();
    known.dedup();
    let near: Vec<String> = known
        .iter()
        .take(SHOWN)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    if near.is_empty() {
        return format!("there are no {what}");
    }
    format!("near {what} are {}", near.join(", "))
}

/// How many letters must be added, removed or replaced to make one text of the other; case does not count.
fn distance(a: &str, b: &str) -> usize {
    let letters =
        |text: &str| -> Vec<char> { text.to_lowercase().chars().take(COMPARED).collect() };
    let (a, b) = (letters(a), letters(b));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (index, left) in a.iter().enumerate() {
        let mut diagonal = index;
        let mut before = index + 1;
        let mut next = vec![before];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal + usize::from(left != right);
            before = replaced.min(above + 1).min(before + 1);
            diagonal = *above;
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted() {
        let cases = [
            ("", "", 0),
            ("", "ab", 2),
            ("User", "users", 1),
            ("kitten", "sitting", 3),
        ];
        for (a, b, expected) in cases {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
        let known = ["Order", "Users", "User"].map(str::to_owned);
        assert_eq!(
            help("types", "Usre", known),
            "near types are `User`, `Users`, `Order`"
        );
        assert_eq!(help("types", "x", []), "there are no types");
    }
}

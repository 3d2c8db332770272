//! Names to their words, and names of many to the name of one.

/// Names that say nothing about what stands under them; the record above says it.
const GENERIC: [&str; 24] = [
    "attribute",
    "attributes",
    "body",
    "content",
    "data",
    "datum",
    "detail",
    "details",
    "entry",
    "info",
    "item",
    "list",
    "meta",
    "metadata",
    "node",
    "object",
    "option",
    "options",
    "payload",
    "result",
    "settings",
    "setting",
    "type",
    "value",
];

/// Names of objects whose members' names people choose.
const OPEN: [&str; 16] = [
    "attribute",
    "custom",
    "dimension",
    "env",
    "extra",
    "field",
    "header",
    "label",
    "metadata",
    "parameter",
    "param",
    "property",
    "tag",
    "translation",
    "variable",
    "vars",
];

/// Whether a name tells that the names below it are data: `user_fields`, `customProperties`, `labels`.
pub fn is_open(name: &str) -> bool {
    let words = words(&element(name));
    let last = words.last().map_or("", String::as_str);
    OPEN.contains(&last) || words.first().is_some_and(|word| word == "custom")
}

/// Plurals that no rule makes, and words that look like plurals and are none.
const IRREGULAR: [(&str, &str); 40] = [
    ("addresses", "address"),
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("axes", "axis"),
    ("bases", "base"),
    ("buses", "bus"),
    ("cases", "case"),
    ("children", "child"),
    ("criteria", "criterion"),
    ("data", "data"),
    ("databases", "database"),
    ("expenses", "expense"),
    ("feet", "foot"),
    ("halves", "half"),
    ("indexes", "index"),
    ("indices", "index"),
    ("leaves", "leaf"),
    ("licenses", "license"),
    ("lives", "life"),
    ("matrices", "matrix"),
    ("media", "media"),
    ("men", "man"),
    ("metadata", "metadata"),
    ("mice", "mouse"),
    ("movies", "movie"),
    ("news", "news"),
    ("people", "person"),
    ("phases", "phase"),
    ("phrases", "phrase"),
    ("purchases", "purchase"),
    ("releases", "release"),
    ("responses", "response"),
    ("series", "series"),
    ("settings", "setting"),
    ("species", "species"),
    ("statuses", "status"),
    ("status", "status"),
    ("vertices", "vertex"),
    ("women", "woman"),
    ("yes", "yes"),
];

/// The words of a name in small letters: `newUserIDs` and `new_user_ids` are both `new`, `user`, `ids`.
pub fn words(name: &str) -> Vec<String> {
    boundaries(name)
        .into_iter()
        .map(|(start, end)| name.get(start..end).unwrap_or_default().to_lowercase())
        .collect()
}

/// The words of a name with one spelling for all of its plurals and cases: what two names are compared by.
pub fn comparable(name: &str) -> String {
    let mut words = words(&element(name));
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words.join("_")
}

/// The last word of a name that has others before it: `address` of `homeAddress`.
pub fn qualified(name: &str) -> Option<String> {
    let mut words = words(name);
    if words.len() < 2 {
        return None;
    }
    words.pop()
}

/// Whether a name says nothing by itself.
pub fn is_generic(name: &str) -> bool {
    // None of them is this long, also in the plural and between marks.
    if name.len() > 16 {
        return false;
    }
    let words = words(name);
    matches!(words.as_slice(), [word] if GENERIC.contains(&word.as_str()) || GENERIC.contains(&singular(word).as_str()))
}

/// The name of one element of what a name stands for: `user` of `users`, `group` of `groupList`.
pub fn element(name: &str) -> String {
    let name = name.trim_end_matches("[]");
    let boundaries = boundaries(name);
    let Some((start, end)) = boundaries.last().copied() else {
        return name.to_owned();
    };
    let last = name.get(start..end).unwrap_or_default();
    if boundaries.len() > 1 && matches!(last, "List" | "Array" | "list" | "array") {
        let head = name.get(..start).unwrap_or_default();
        return element(head.trim_end_matches(['_', '-', ' ', '.']));
    }
    let head = name.get(..start).unwrap_or_default();
    let tail = name.get(end..).unwrap_or_default();
    format!("{head}{}{tail}", singular(last))
}

/// The last words of a name as they are spelled.
pub fn tail(name: &str, words: usize) -> Option<&str> {
    let boundaries = boundaries(name);
    let first = boundaries.len().checked_sub(words)?;
    let (start, _) = boundaries.get(first)?;
    name.get(*start..)
}

/// Whether a name tells that the same kind of thing stands there as the one that has it.
pub fn is_kin(name: &str) -> bool {
    let kin = [
        "ancestor",
        "child",
        "next",
        "original",
        "parent",
        "previous",
        "prev",
        "root",
        "thumbnail",
    ];
    words(name).iter().any(|word| kin.contains(&word.as_str()))
}

/// Whether a name is one under which APIs write of what kind an object is: `type`, `eventType`, `@type`, `__typename`.
/// The answer is a rank: the smaller, the more likely.
pub fn tag_rank(name: &str) -> Option<usize> {
    let kinds = [
        "type",
        "typename",
        "kind",
        "object",
        "event",
        "class",
        "discriminator",
    ];
    let words = words(name);
    let last = words.last()?;
    let rank = kinds.iter().position(|kind| kind == last)?;
    Some(rank + kinds.len() * (words.len() - 1))
}

/// Whether a word can stand for a thing: `by` of `createdBy` and `updatedBy` cannot.
pub fn is_noun(word: &str) -> bool {
    let particles = [
        "as", "at", "by", "for", "from", "id", "in", "of", "on", "out", "to", "with",
    ];
    !particles.contains(&word) && !word.bytes().all(|b| b.is_ascii_digit())
}

/// The singular of one word, in the case in which the plural is spelled.
fn singular(word: &str) -> String {
    let small = word.to_lowercase();
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == small) {
        return in_case_of(word, one);
    }
    let cut = |count: usize| {
        let end = word.len().saturating_sub(count);
        word.get(..end).unwrap_or(word).to_owned()
    };
    if small.len() > 4 && small.ends_with("ies") {
        let y = if word.ends_with('S') { "Y" } else { "y" };
        return cut(3) + y;
    }
    if ["sses", "shes", "ches", "xes", "zes"]
        .iter()
        .any(|end| small.ends_with(end))
        && small.len() > 4
    {
        return cut(2);
    }
    // `analysis`, `axis` and `debris` are one; `apis` are many.
    let keeps = ["ss", "us", "sis", "xis", "ris", "nis", "his"];
    let keeps = keeps.iter().any(|end| small.ends_with(end));
    if small.len() > 2 && small.ends_with('s') && !keeps {
        return cut(1);
    }
    word.to_owned()
}

fn in_case_of(model: &str, word: &str) -> String {
    let mut letters = model.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let second = letters.next().is_some_and(char::is_uppercase);
    match (first, second) {
        (true, true) => word.to_uppercase(),
        (true, false) => {
            let mut rest = word.chars();
            rest.next()
                .map(|c| c.to_uppercase().chain(rest).collect())
                .unwrap_or_default()
        }
        _ => word.to_owned(),
    }
}

/// Where the words of a name begin and end.
fn boundaries(name: &str) -> Vec<(usize, usize)> {
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let mut found = Vec::new();
    let mut start = None;
    for (index, (at, c)) in letters.iter().copied().enumerate() {
        if !c.is_alphanumeric() {
            if let Some(from) = start.take() {
                found.push((from, at));
            }
            continue;
        }
        let before = index
            .checked_sub(1)
            .and_then(|i| letters.get(i))
            .map(|l| l.1);
        let after: Vec<char> = letters
            .iter()
            .skip(index + 1)
            .take(2)
            .map(|l| l.1)
            .collect();
        let begins = match (start, before) {
            (None, _) | (_, None) => true,
            (Some(_), Some(before)) => {
                c.is_uppercase()
                    && (before.is_lowercase()
                        || before.is_ascii_digit()
                        || (before.is_uppercase() && starts_a_word(&after)))
            }
        };
        if begins {
            if let Some(from) = start {
                found.push((from, at));
            }
            start = Some(at);
        }
    }
    if let Some(from) = start {
        found.push((from, name.len()));
    }
    found
}

/// Whether a capital behind another one begins a word: in `HTTPServer` it does, in `userIDs` it does not.
fn starts_a_word(after: &[char]) -> bool {
    match after {
        ['s'] => false,
        ['s', next, ..] if next.is_uppercase() || !next.is_alphanumeric() => false,
        [next, ..] => next.is_lowercase(),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_every_case() {
        assert_eq!(words("newUserIDs"), ["new", "user", "ids"]);
        assert_eq!(words("new_user_ids"), ["new", "user", "ids"]);
        assert_eq!(words("HTTPServer"), ["http", "server"]);
        assert_eq!(words("is21CFRPart11"), ["is21", "cfr", "part11"]);
        assert_eq!(words(""), Vec::<String>::new());
        assert_eq!(qualified("homeAddress").as_deref(), Some("address"));
        assert_eq!(qualified("home_address").as_deref(), Some("address"));
        assert_eq!(qualified("address"), None);
    }

    #[test]
    fn one_element_has_a_name() {
        let cases = [
            ("users", "user"),
            ("newUsers", "newUser"),
            ("groupList", "group"),
            ("user_array", "user"),
            ("list", "list"),
            ("identities", "identity"),
            ("job_statuses", "job_status"),
            ("status", "status"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("classes", "class"),
            ("series", "series"),
            ("apis", "api"),
            ("axis", "axis"),
            ("this", "this"),
            ("people", "person"),
            ("Children", "Child"),
            ("analysis", "analysis"),
            ("data", "data"),
            ("role[]", "role"),
            ("ids", "id"),
            ("as", "as"),
        ];
        for (many, one) in cases {
            assert_eq!(element(many), one, "{many}");
        }
    }

    #[test]
    fn names_are_compared_by_their_words() {
        assert_eq!(comparable("newUsers"), comparable("new_user"));
    }
}

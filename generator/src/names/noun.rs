//! English nouns between one and many: `users` to `user`, `status` to `statuses`.

/// Nouns whose plural follows no rule, the singular first.
const IRREGULAR: &[(&str, &str)] = &[
    ("alias", "aliases"),
    ("analysis", "analyses"),
    ("axis", "axes"),
    ("basis", "bases"),
    ("bus", "buses"),
    ("cache", "caches"),
    ("campus", "campuses"),
    ("canvas", "canvases"),
    ("child", "children"),
    ("cookie", "cookies"),
    ("criterion", "criteria"),
    ("crisis", "crises"),
    ("datum", "data"),
    ("gas", "gases"),
    ("half", "halves"),
    ("index", "indices"),
    ("leaf", "leaves"),
    ("lens", "lenses"),
    ("life", "lives"),
    ("man", "men"),
    ("matrix", "matrices"),
    ("movie", "movies"),
    ("person", "people"),
    ("quiz", "quizzes"),
    ("shelf", "shelves"),
    ("tie", "ties"),
    ("vertex", "vertices"),
    ("virus", "viruses"),
    ("wife", "wives"),
    ("woman", "women"),
];

/// Nouns that are one and many, or that only look like a plural.
const SAME: &[&str] = &[
    "access",
    "analytics",
    "aws",
    "bios",
    "chassis",
    "cors",
    "css",
    "data",
    "dns",
    "economics",
    "equipment",
    "gps",
    "has",
    "https",
    "info",
    "information",
    "ios",
    "is",
    "js",
    "kubernetes",
    "media",
    "metadata",
    "news",
    "os",
    "physics",
    "pos",
    "previous",
    "rss",
    "series",
    "sms",
    "species",
    "this",
    "tls",
    "vs",
    "was",
    "windows",
    "yes",
];

/// The singular of a noun in small letters; the noun itself if it is none that has one.
pub fn singular(word: &str) -> String {
    if SAME.contains(&word) || word.len() < 3 {
        return word.to_owned();
    }
    if let Some((one, _)) = IRREGULAR
        .iter()
        .find(|(one, many)| *one == word || *many == word)
    {
        return (*one).to_owned();
    }
    let cut = |ending: &str, replacement: &str| {
        word.strip_suffix(ending)
            .filter(|stem| !stem.is_empty())
            .map(|stem| format!("{stem}{replacement}"))
    };
    if let Some(stem) = cut("ies", "y") {
        return stem;
    }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] {
        if word.ends_with(ending) {
            return cut("es", "").unwrap_or_else(|| word.to_owned());
        }
    }
    // `statuses`, `bonuses` against `uses`, `houses`, `causes`.
    if word.ends_with("uses")
        && ![
            "uses", "causes", "houses", "pauses", "clauses", "reuses", "excuses",
        ]
        .contains(&word)
    {
        return cut("es", "").unwrap_or_else(|| word.to_owned());
    }
    for ending in ["ss", "us", "is", "as", "os"] {
        // `photos`, `videos` and `schemas`, `areas` are plurals, `status`, `analysis` and `address` are not.
        if word.ends_with(ending) && !matches!(ending, "as" | "os") {
            return word.to_owned();
        }
    }
    cut("s", "").unwrap_or_else(|| word.to_owned())
}

/// The plural of a noun in small letters, whichever of the two it is.
pub fn plural(word: &str) -> String {
    if SAME.contains(&word) || word.is_empty() {
        return word.to_owned();
    }
    let one = singular(word);
    if one != word {
        return word.to_owned();
    }
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| *one == word) {
        return (*many).to_owned();
    }
    if let Some(stem) = word.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    if ["s", "sh", "ch", "x", "z"]
        .iter()
        .any(|ending| word.ends_with(ending))
    {
        return format!("{word}es");
    }
    format!("{word}s")
}

#[cfg(test)]
mod tests {
    use super::{plural, singular};

    #[test]
    fn one_and_many() {
        for (one, many) in [
            ("user", "users"),
            ("identity", "identities"),
            ("status", "statuses"),
            ("address", "addresses"),
            ("person", "people"),
            ("index", "indices"),
            ("series", "series"),
            ("news", "news"),
            ("photo", "photos"),
            ("schema", "schemas"),
            ("box", "boxes"),
            ("batch", "batches"),
            ("house", "houses"),
            ("key", "keys"),
            ("response", "responses"),
            ("alias", "aliases"),
            ("result", "results"),
        ] {
            assert_eq!(singular(many), one);
            assert_eq!(singular(one), one);
            assert_eq!(plural(one), many);
            assert_eq!(plural(many), many);
        }
        assert_eq!(singular("id"), "id");
        assert_eq!(singular(""), "");
    }
}

//! Words of a description to identifiers of Rust: the only place where those are made.

pub mod key;
mod keyword;
pub mod lock;
mod noun;
mod words;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use keyword::{is_device, is_taken_module, is_taken_type};
pub use noun::{plural, singular};
pub use words::Marks;

/// The length beyond which an identifier is cut, in characters.
const LONGEST: usize = 100;

/// No keyword of Rust is longer, `r#` included.
const LONGEST_KEYWORD: usize = 12;

/// An identifier of Rust: ASCII, at most a hundred characters, a raw one (`r#type`) where the word is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustIdent(String);

impl RustIdent {
    /// The identifier as it stands in code, with `r#` if it needs that.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, as it stands in file names and texts.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// An identifier that a user chose, or nothing if it is none that could be kept as it is.
    pub fn parse(text: &str) -> Option<Self> {
        let chosen = RustIdent::escape(text);
        (chosen.plain() == text).then_some(chosen)
    }

    /// The identifier with `_` behind it.
    pub fn marked(&self) -> Self {
        RustIdent(format!("{}_", self.plain()))
    }

    /// Makes any text an identifier. Text that came from [`words`] is kept, except that keywords become raw, words that
    /// cannot be raw get a `_` behind them, and a digit at the beginning gets one before it.
    fn escape(text: &str) -> Self {
        let mut plain: String = text
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
            .take(LONGEST)
            .collect();
        if plain.starts_with(|c: char| c.is_ascii_digit()) {
            plain.insert(0, '_');
            plain.truncate(LONGEST);
        }
        if keyword::is_never(&plain) {
            plain.push('_');
        }
        // A lone underscore or two are no names.
        if plain.bytes().all(|b| b == b'_') {
            plain = "underscore".to_owned();
        }
        if keyword::is_raw(&plain) {
            plain.insert_str(0, "r#");
        }
        // Asking takes longer than all else here, and no keyword is that long.
        if plain.len() <= LONGEST_KEYWORD && syn::parse_str::<syn::Ident>(&plain).is_err() {
            // Words that this list does not know to be keywords; a `_` makes an identifier of any of them.
            plain = format!("{}_", plain.trim_start_matches("r#"));
        }
        RustIdent(plain)
    }
}

impl fmt::Display for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How words are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `user_id`, for fields, functions, modules.
    Snake,
    /// `UserId`, for types and variants.
    Pascal,
    /// `USER_ID`, for statics.
    Shouty,
}

/// The words of a text, in small letters; see the table in the tests of `names/words.rs`.
pub fn words(text: &str) -> Vec<String> {
    words::split(text, Marks::Part)
}

/// Joins words to an identifier. Where they are too many, words in the middle are left out: names that are built from
/// the outside to the inside differ at their ends.
pub fn ident(words: &[String], case: Case) -> RustIdent {
    let mut words = words.to_vec();
    // What is certainly too long is not joined to find that out.
    let least = |word: &String| {
        let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
        letters + usize::from(letters > 0 && case != Case::Pascal)
    };
    let mut length: usize = words.iter().map(least).sum();
    while length > LONGEST + 1 && words.len() > 2 {
        length -= least(&words.remove(words.len() / 2));
    }
    let mut joined = join(&words, case);
    while joined.len() > LONGEST && words.len() > 2 {
        words.remove(words.len() / 2);
        joined = join(&words, case);
    }
    RustIdent::escape(&joined)
}

/// Joins words without making sure that the result is an identifier, for names inside texts such as `CreateUser`.
pub fn join(words: &[String], case: Case) -> String {
    let joined = words.join("_");
    match case {
        Case::Snake => joined.to_snake_case(),
        Case::Pascal => joined.to_pascal_case(),
        Case::Shouty => joined.to_shouty_snake_case(),
    }
}

/// Words of a name that stands for several values: those of `role[]` are `roles`.
pub fn wire_words(text: &str, marks: Marks) -> Vec<String> {
    let (text, several) = match text.strip_suffix("[]") {
        Some(stem) if !stem.is_empty() => (stem, true),
        _ => (text, false),
    };
    let mut words = words::split(text, marks);
    if several && let Some(last) = words.last_mut() {
        *last = noun::plural(last);
    }
    if words.is_empty() {
        words.push("empty".to_owned());
    }
    words
}

/// Two texts that would have one name, by their indexes in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collision(pub usize, pub usize);

/// Names for a list of texts that stand side by side: members of an object, values of an enumeration, parameters.
///
/// Where some would be equal, the first spelling tells them apart that can: marks are spelled (`a_dash_b` beside `a_b`),
/// the case of the text is (`user_id_camel` beside `user_id`), blanks are (`id_space` beside `id`), or low lines that
/// names lose (`underscore_group` beside `group`), or a mark says that it is one (`star_sign` beside `star`); what is equal
/// even then is a collision. A name in `taken` gets a `_`
/// behind it.
/// The order of the list does not matter to the names.
///
/// What has a name in `kept`, by the same index, is called that, and the others are told apart from it.
pub fn side_by_side(
    texts: &[&str],
    kept: &[Option<RustIdent>],
    case: Case,
    taken: &[&str],
) -> Result<Vec<RustIdent>, Collision> {
    let kept = |at: usize| kept.get(at).and_then(Option::clone);
    let named = |at: usize, text: &str, spelling: usize| {
        let name = kept(at).unwrap_or_else(|| ident(&spelled(text, spelling), case));
        if taken.contains(&name.plain()) {
            name.marked()
        } else {
            name
        }
    };
    let mut spellings = vec![0; texts.len()];
    loop {
        let names: Vec<RustIdent> = texts
            .iter()
            .zip(&spellings)
            .enumerate()
            .map(|(at, (text, spelling))| named(at, text, *spelling))
            .collect();
        let mut holders: BTreeMap<&RustIdent, Vec<usize>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            holders.entry(name).or_default().push(at);
        }
        let mut changed = false;
        for equal in holders.values().filter(|equal| equal.len() > 1) {
            let at_least = |at: &usize, least: usize| {
                let now = spellings.get(*at).copied().unwrap_or_default();
                now.max(least)
            };
            let new = equal.iter().filter(|at| kept(**at).is_none());
            let first = new.map(|at| at_least(at, 0)).min();
            let apart = (first.unwrap_or_default() + 1..=LAST_SPELLING).find(|least| {
                let names: BTreeSet<RustIdent> = equal
                    .iter()
                    .filter_map(|at| Some(named(*at, texts.get(*at)?, at_least(at, *least))))
                    .collect();
                names.len() > 1
            });
            let Some(apart) = apart else {
                let of = |at: usize| equal.get(at).copied().unwrap_or_default();
                return Err(Collision(of(0), of(1)));
            };
            for at in equal {
                if let Some(spelling) = spellings.get_mut(*at) {
                    *spelling = apart.max(*spelling);
                }
            }
            changed = true;
        }
        if !changed {
            return Ok(names);
        }
    }
}

/// The last of the spellings.
const LAST_SPELLING: usize = 5;

/// The words of a text, the nearer to its letters the more there are that look alike.
fn spelled(text: &str, spelling: usize) -> Vec<String> {
    if spelling == 0 {
        return wire_words(text, Marks::Part);
    }
    // A low line is lost at the beginning, and before a digit where capitals begin words.
    let lost = |before: &str, next: Option<char>| {
        before.chars().all(|c| c == '_') || next.is_some_and(|c| c.is_ascii_digit())
    };
    let mut source = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        let before = text.get(..at).unwrap_or_default();
        match c {
            '_' if spelling == LAST_SPELLING || (spelling == 4 && lost(before, next)) => {
                source.push_str("_underscore_");
            }
            c => source.push(c),
        }
    }
    let mut words = wire_words(&source, Marks::Spell);
    if matches!(spelling, 2 | LAST_SPELLING) {
        let upper = text.chars().any(|c| c.is_ascii_uppercase());
        let lower = text.chars().any(|c| c.is_ascii_lowercase());
        let word = match (upper, lower) {
            (true, false) => Some("upper"),
            (true, true) if text.starts_with(|c: char| c.is_ascii_uppercase()) => Some("pascal"),
            (true, true) => Some("camel"),
            (false, _) => None,
        };
        words.extend(word.map(str::to_owned));
    }
    if matches!(spelling, 3 | LAST_SPELLING) {
        let blanks = text.chars().filter(|c| c.is_whitespace());
        words.extend(blanks.map(|_| "space".to_owned()));
    }
    if spelling == LAST_SPELLING && !text.chars().any(char::is_alphanumeric) {
        words.push("sign".to_owned());
    }
    words
}

/// Keeps names apart that share one scope and come one after the other.
#[derive(Clone, Debug, Default)]
pub struct Scope(BTreeSet<String>);

impl Scope {
    /// Takes a name; `false` if somebody has it already. Names that differ only in case count as one, because files may
    /// be named by them.
    pub fn take(&mut self, name: &RustIdent) -> bool {
        self.0.insert(name.plain().to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snake(text: &str) -> String {
        ident(&wire_words(text, Marks::Part), Case::Snake).to_string()
    }

    #[test]
    fn fields() {
        for (text, expected) in [
            ("is21CFRPart11", "is21_cfr_part11"),
            ("role[]", "roles"),
            ("status[]", "statuses"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("Self", "self_"),
            ("crate", "crate_"),
            ("super", "super_"),
            ("1x", "_1x"),
            ("+1", "plus_1"),
            ("", "empty"),
            ("_", "underscore"),
            ("\0", "empty"),
            ("a\nb", "a_b"),
            ("\";drop()\"", "drop"),
            ("*/", "star_slash"),
            ("\u{202e}x", "x"),
            ("r#x", "r_x"),
            ("сyrillic", "u441_yrillic"),
        ] {
            assert_eq!(snake(text), expected, "{text:?}");
        }
        assert_eq!(snake(&"x".repeat(10_000)).len(), LONGEST);
    }

    #[test]
    fn types() {
        for (text, expected) in [
            ("user", "User"),
            ("job_status", "JobStatus"),
            ("is21CFRPart11", "Is21CfrPart11"),
            ("self", "Self_"),
            ("1h", "_1h"),
            ("😀", "U1f600"),
        ] {
            assert_eq!(ident(&words(text), Case::Pascal).as_str(), expected);
        }
    }

    #[test]
    fn any_text_gives_an_identifier() {
        let mut texts: Vec<String> = (0..=0x2_ffffu32)
            .step_by(7)
            .filter_map(char::from_u32)
            .map(String::from)
            .collect();
        texts.extend(
            [
                "abstract",
                "union",
                "raw",
                "safe",
                "macro_rules",
                "auto",
                "r#fn",
                "'a",
                "//",
                "async",
            ]
            .map(String::from),
        );
        for text in texts {
            for case in [Case::Snake, Case::Pascal, Case::Shouty] {
                let name = ident(&wire_words(&text, Marks::Part), case);
                assert!(
                    name.as_str().is_ascii() && syn::parse_str::<syn::Ident>(name.as_str()).is_ok(),
                    "{text:?} {name}"
                );
            }
        }
    }

    fn beside(texts: &[&str]) -> Vec<String> {
        let names = side_by_side(texts, &[], Case::Snake, &["extra"]).expect("no collision");
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn neighbours() {
        assert_eq!(beside(&["a-b", "a_b"]), ["a_dash_b", "a_b"]);
        assert_eq!(
            beside(&["a_b", "a-b", "a.b"]),
            ["a_b", "a_dash_b", "a_dot_b"]
        );
        assert_eq!(beside(&["+1", "-1"]), ["plus_1", "minus_1"]);
        assert_eq!(beside(&["userId", "user_id"]), ["user_id_camel", "user_id"]);
        assert_eq!(beside(&["id ", "id"]), ["id_space", "id"]);
        assert_eq!(beside(&["ID", "id", "Id"]), ["id_upper", "id", "id_pascal"]);
        assert_eq!(beside(&["extra"]), ["extra_"]);
        assert_eq!(beside(&["role", "role[]"]), ["role", "roles"]);
        assert_eq!(beside(&["group", "_group"]), ["group", "underscore_group"]);
        assert_eq!(
            beside(&["a", "_a", "__a"]),
            ["a", "underscore_a", "underscore_underscore_a"]
        );
        let pascal =
            side_by_side(&["AIR_21", "AIR21"], &[], Case::Pascal, &[]).expect("no collision");
        let pascal: Vec<&str> = pascal.iter().map(RustIdent::as_str).collect();
        assert_eq!(pascal, ["AirUnderscore21", "Air21"]);
        let marks =
            side_by_side(&["*", "star", "x"], &[], Case::Pascal, &[]).expect("no collision");
        let marks: Vec<&str> = marks.iter().map(RustIdent::as_str).collect();
        assert_eq!(marks, ["StarSign", "Star", "X"]);
        let equal = side_by_side(&["a_b", "c", "a_b"], &[], Case::Snake, &[]);
        assert_eq!(equal, Err(Collision(0, 2)));
    }

    #[test]
    fn a_name_that_is_kept_moves_the_others() {
        let beside = |texts: &[&str], kept: &[Option<&str>]| {
            let kept: Vec<Option<RustIdent>> = kept
                .iter()
                .map(|name| name.and_then(RustIdent::parse))
                .collect();
            let names = side_by_side(texts, &kept, Case::Snake, &["extra"]);
            names.map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(
            beside(&["userId", "user_id"], &[Some("user_id")]),
            Ok(vec!["user_id".into(), "user_underscore_id".into()])
        );
        assert_eq!(
            beside(&["a-b", "a_b"], &[Some("a_b"), None]),
            Ok(vec!["a_b".into(), "a_underscore_b".into()])
        );
        assert_eq!(
            beside(&["a", "b"], &[Some("b"), Some("a")]),
            Ok(vec!["b".into(), "a".into()])
        );
    }

    #[test]
    fn long_names_keep_their_ends() {
        let mut long: Vec<String> = (0..60).map(|at| format!("w{at}")).collect();
        long.push("end".to_owned());
        let name = ident(&long, Case::Pascal);
        assert!(name.as_str().len() <= LONGEST);
        assert!(name.as_str().starts_with("W0W1") && name.as_str().ends_with("W59End"));
    }

    #[test]
    fn chosen_names() {
        assert_eq!(
            RustIdent::parse("user_list").map(|name| name.0),
            Some("user_list".into())
        );
        assert_eq!(
            RustIdent::parse("type").map(|name| name.0),
            Some("r#type".into())
        );
        for wrong in ["", "a b", "1a", "self", "ä", "a-b", "_"] {
            assert_eq!(RustIdent::parse(wrong), None, "{wrong:?}");
        }
    }
}

//! Any text to the words it consists of, in small ASCII letters and digits, as names are made from them.

/// How much of a text is looked at: names come out at a hundred characters or less, whatever goes in.
const LONGEST: usize = 400;

/// How marks between letters are treated.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// They only part words: `a-b` is `a`, `b`.
    Part,
    /// They are words themselves, except `_` and blanks: `a-b` is `a`, `dash`, `b`.
    Spell,
}

/// The words of a text. None if it has neither letters, digits nor marks that have a name.
///
/// `is21CFRPart11` is `is21`, `cfr`, `part11`; `+1` is `plus`, `1`; `user's id` is `users`, `id`; `größe` is `groesse`.
/// Scripts without a usual Latin spelling become the numbers of their characters, `u4f60`, so that two different
/// texts do not become one name.
pub fn split(text: &str, marks: Marks) -> Vec<String> {
    let mut characters: Vec<char> = text.chars().take(LONGEST).collect();
    let bare = !characters.iter().any(|c| c.is_alphanumeric());
    if characters.starts_with(&['#']) && !bare {
        characters.remove(0);
    }
    let mut words = Words::default();
    for (at, &c) in characters.iter().enumerate() {
        let next = characters.get(at + 1).copied();
        if c.is_ascii_alphanumeric() {
            words.letter(c, next);
        } else if let Some(spelling) = fold(c) {
            words.folded(spelling, c.is_uppercase(), next);
        } else if c == '\'' || c == '\u{2019}' {
            // An apostrophe stands inside a word.
        } else if let Some(name) = mark(c) {
            let sign =
                at == 0 && matches!(c, '+' | '-') && next.is_some_and(|n| n.is_ascii_digit());
            words.finish();
            if sign && c == '-' {
                words.list.push("minus".to_owned());
            } else if sign || (bare && !c.is_control()) || (marks == Marks::Spell && c != '_') {
                words.list.push(name.to_owned());
            }
        } else if c.is_alphanumeric() || (bare && !c.is_whitespace() && !c.is_control()) {
            words.finish();
            words.list.push(format!("u{:x}", u32::from(c)));
        } else {
            words.finish();
        }
    }
    words.finish();
    words.list
}

#[derive(Default)]
struct Words {
    list: Vec<String>,
    word: String,
    last: Option<char>,
}

impl Words {
    /// A new word begins at a capital behind anything but a capital, and at the last of several capitals if a small
    /// letter follows: `HTTPServer` is two words, `21CFR` too, while `part11` and `v2` are one each.
    fn letter(&mut self, c: char, next: Option<char>) {
        let begins = c.is_ascii_uppercase()
            && self.last.is_some_and(|last| {
                !last.is_ascii_uppercase() || next.is_some_and(|next| next.is_lowercase())
            });
        // `IDs` and `URLs` are plurals, not `i`, `ds`.
        let plural =
            self.last.is_some_and(|last| last.is_ascii_uppercase()) && self.is_plural_tail(next);
        if begins && !plural {
            self.finish();
        }
        self.word.push(c.to_ascii_lowercase());
        self.last = Some(c);
    }

    fn is_plural_tail(&self, next: Option<char>) -> bool {
        self.word.len() == 1 && self.word == "i" && next == Some('s')
    }

    fn folded(&mut self, spelling: &str, capital: bool, next: Option<char>) {
        for (at, c) in spelling.chars().enumerate() {
            let c = if capital && at == 0 {
                c.to_ascii_uppercase()
            } else {
                c
            };
            self.letter(c, next);
        }
    }

    fn finish(&mut self) {
        self.last = None;
        if !self.word.is_empty() {
            self.list.push(std::mem::take(&mut self.word));
        }
    }
}

/// The usual spelling of Latin letters with marks, in small letters.
fn fold(c: char) -> Option<&'static str> {
    let spelling = match c {
        'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
        'ö' | 'Ö' | 'œ' | 'Œ' => "oe",
        'ü' | 'Ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'À' | 'Á' | 'Â' | 'Ã' | 'Å' | 'Ā' | 'Ă'
        | 'Ą' => "a",
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => "c",
        'ď' | 'đ' | 'Ď' | 'Đ' | 'ð' | 'Ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'È' | 'É' | 'Ê' | 'Ë' | 'Ē' | 'Ė' | 'Ę'
        | 'Ě' => "e",
        'ğ' | 'Ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'Ī' | 'İ' => "i",
        'ł' | 'Ł' => "l",
        'ñ' | 'ń' | 'ň' | 'Ñ' | 'Ń' | 'Ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ø' | 'Ō' | 'Ő' => {
            "o"
        }
        'ř' | 'Ř' => "r",
        'ś' | 'š' | 'ş' | 'Ś' | 'Š' | 'Ş' => "s",
        'ť' | 'ţ' | 'Ť' | 'Ţ' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' | 'Ù' | 'Ú' | 'Û' | 'Ū' | 'Ů' | 'Ű' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ź' | 'ž' | 'ż' | 'Ź' | 'Ž' | 'Ż' => "z",
        'þ' | 'Þ' => "th",
        _ => return None,
    };
    Some(spelling)
}

/// The word for a mark.
fn mark(c: char) -> Option<&'static str> {
    let name = match c {
        '+' => "plus",
        '-' => "dash",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '%' => "percent",
        '&' => "and",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "bang",
        '?' => "question",
        '~' => "tilde",
        '^' => "caret",
        '|' => "pipe",
        '"' => "quote",
        '`' => "backtick",
        '(' | ')' => "paren",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '\t' => "tab",
        '\n' => "newline",
        '\r' => "return",
        '\u{8}' => "backspace",
        '\u{c}' => "feed",
        _ => return None,
    };
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::{Marks, split};

    #[test]
    fn words() {
        for (text, expected) in [
            ("is21CFRPart11", "is21 cfr part11"),
            ("userId", "user id"),
            ("HTTPServer", "http server"),
            ("userIDs", "user ids"),
            ("v2.1", "v2 1"),
            ("+1", "plus 1"),
            ("-1", "minus 1"),
            ("a-b", "a b"),
            ("role[]", "role"),
            ("filter[name]", "filter name"),
            ("", ""),
            ("*", "star"),
            (">=", "greater equal"),
            ("_", "underscore"),
            ("😀", "u1f600"),
            ("ok 😀", "ok"),
            ("größe", "groesse"),
            ("Größe", "groesse"),
            ("你", "u4f60"),
            ("user's id", "users id"),
            ("#tag", "tag"),
            ("a\u{202e}b", "a b"),
            ("x\0y", "x y"),
        ] {
            assert_eq!(split(text, Marks::Part).join(" "), expected, "{text:?}");
        }
        assert_eq!(split("a-b.c_d", Marks::Spell).join(" "), "a dash b dot c d");
        assert_eq!(
            split("a\nb\tc", Marks::Spell).join(" "),
            "a newline b tab c"
        );
        assert_eq!(split("a\nb", Marks::Part).join(" "), "a b");
        assert!(split("\n", Marks::Part).is_empty());
    }

    #[test]
    fn length_is_bounded() {
        assert!(split(&"aB".repeat(10_000), Marks::Part).len() <= 400);
    }
}

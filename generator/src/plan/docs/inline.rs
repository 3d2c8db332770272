//! A line of Markdown to words whose marks cannot become HTML, links or code that never ends.

/// A word, a code span or a link: what no line break may part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The text, escaped.
    pub text: String,
    /// Whether it may not begin a line, because it would mean something else there.
    pub binds: bool,
}

/// The words of a line.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let characters: Vec<char> = line.chars().collect();
    let mut reader = Reader {
        rest: &characters,
        words: Vec::new(),
        word: String::new(),
    };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.end_word();
    reader.words
}

struct Reader<'a> {
    rest: &'a [char],
    words: Vec<Token>,
    word: String,
}

impl Reader<'_> {
    fn step(&mut self) {
        let Some(&c) = self.rest.first() else { return };
        match c {
            ' ' => {
                self.end_word();
                self.skip(1);
            }
            '`' => self.code(),
            '\\' => {
                // An escape stays one; a lone backslash is text.
                match self.rest.get(1) {
                    Some(next) if next.is_ascii_punctuation() => {
                        let next = *next;
                        self.word.push('\\');
                        self.word.push(next);
                        self.skip(2);
                    }
                    _ => self.push_escaped('\\'),
                }
            }
            '!' if self.rest.get(1) == Some(&'[') => {
                self.skip(1);
                match link(self.rest) {
                    // An image would be fetched by whoever reads the page: its text is enough.
                    Some(found) => {
                        self.push_text(&found.text);
                        self.skip(found.length);
                    }
                    None => self.word.push('!'),
                }
            }
            '[' => match link(self.rest) {
                Some(found) => {
                    if let Some(url) = &found.url {
                        let text: Vec<String> = tokens(&without_brackets(&found.text))
                            .into_iter()
                            .map(|token| token.text)
                            .collect();
                        self.word
                            .push_str(&format!("[{}](<{url}>)", text.join(" ")));
                    } else {
                        self.push_text(&found.text);
                    }
                    self.skip(found.length);
                }
                None => self.push_escaped('['),
            },
            '<' if self.rest.get(1..).is_some_and(|rest| url_length(rest) > 0) => {
                let length = url_length(self.rest.get(1..).unwrap_or_default());
                self.skip(1);
                self.push_url(length);
                if self.rest.first() == Some(&'>') {
                    self.skip(1);
                }
            }
            'h' if self.at_word_start() && url_length(self.rest) > 0 => {
                let length = url_length(self.rest);
                self.push_url(length);
            }
            '<' | '>' | ']' => self.push_escaped(c),
            _ => {
                self.word.push(c);
                self.skip(1);
            }
        }
    }

    /// Text between equal runs of backticks on this line stays as it is; a run without its partner is escaped.
    fn code(&mut self) {
        let run = self.rest.iter().take_while(|c| **c == '`').count();
        let mut at = run;
        while let Some(&c) = self.rest.get(at) {
            if c != '`' {
                at += 1;
                continue;
            }
            let closing = self
                .rest
                .get(at..)
                .unwrap_or_default()
                .iter()
                .take_while(|c| **c == '`')
                .count();
            if closing == run {
                let span: String = self.rest.iter().take(at + run).collect();
                self.word.push_str(&span);
                self.skip(at + run);
                return;
            }
            at += closing;
        }
        for _ in 0..run {
            self.push_escaped('`');
        }
    }

    fn at_word_start(&self) -> bool {
        !self.word.ends_with(|c: char| c.is_alphanumeric())
    }

    fn push_escaped(&mut self, c: char) {
        self.word.push('\\');
        self.word.push(c);
        self.skip(1);
    }

    fn push_url(&mut self, length: usize) {
        let url: String = self.rest.iter().take(length).collect();
        self.word.push('<');
        self.word.push_str(&url);
        self.word.push('>');
        self.skip(length);
    }

    /// Text that was inside brackets, with links and code in it turned to text.
    fn push_text(&mut self, text: &str) {
        for (at, token) in tokens(&without_brackets(text)).into_iter().enumerate() {
            if at > 0 {
                self.end_word();
            }
            self.word.push_str(&token.text);
        }
    }

    fn skip(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.word);
        let numbered = text
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .starts_with(['.', ')']);
        let binds = text.starts_with(['-', '+', '*', '#', '>', '=', '|', '~', '_', ':'])
            || text.starts_with("```")
            || text.starts_with("\\>")
            || numbered;
        self.words.push(Token { text, binds });
    }
}

struct Link {
    text: String,
    /// The address, if it is one that a link may have.
    url: Option<String>,
    /// Characters of the whole.
    length: usize,
}

/// `[text](address "title")` at the beginning of the characters; the text holds no other brackets.
fn link(characters: &[char]) -> Option<Link> {
    let end = characters
        .iter()
        .skip(1)
        .take(1000)
        .position(|c| matches!(c, '[' | ']' | '`'))?
        + 1;
    if characters.get(end) != Some(&']') || characters.get(end + 1) != Some(&'(') {
        return None;
    }
    let target = characters.get(end + 2..)?;
    let close = target.iter().take(4000).position(|c| *c == ')')?;
    let text = characters.get(1..end)?.iter().collect();
    let address: String = target
        .iter()
        .take(close)
        .take_while(|c| **c != ' ')
        .collect();
    let address = address.trim_start_matches('<').trim_end_matches('>');
    let whole: Vec<char> = address.chars().collect();
    let url = (url_length(&whole) == whole.len() && !whole.is_empty()).then(|| address.to_owned());
    Some(Link {
        text,
        url,
        length: end + 3 + close,
    })
}

/// How many characters at the beginning are an absolute web address, without a mark that ends a sentence.
fn url_length(characters: &[char]) -> usize {
    let starts = |scheme: &str| {
        scheme
            .chars()
            .zip(characters)
            .filter(|(a, b)| a == *b)
            .count()
            == scheme.len()
    };
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| starts(scheme));
    let Some(scheme) = scheme else { return 0 };
    let mut length = characters
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(**c))
        .count();
    while length > 0
        && characters
            .get(length - 1)
            .is_some_and(|c| ".,;:!?'*_".contains(*c))
    {
        length -= 1;
    }
    if length > scheme.len() { length } else { 0 }
}

fn without_brackets(text: &str) -> String {
    text.replace(['[', ']'], "")
}

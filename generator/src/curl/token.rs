//! The words of a command in a POSIX shell, with the places that they stand at (POSIX.1 XCU §2.2).

use crate::origin::Span;

/// A word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The text without quotation marks; variables of the shell are spelled `{{name}}`.
    pub(super) text: String,
    /// Where it stands.
    pub(super) span: Span,
    /// Whether some of it stands in quotation marks.
    pub(super) quoted: bool,
    /// Whether a mark stands in it that a shell would end the command at.
    pub(super) cut: bool,
    /// Whether it is the first of its line, although the line before does not say that it goes on.
    pub(super) fresh_line: bool,
}

/// The words of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// The words in their order.
    pub(super) list: Vec<Word>,
    /// The offset behind the last byte that belongs to the command.
    pub(super) end: usize,
    /// The quotation mark that is never closed, and where it stands.
    pub(super) unterminated: Option<(char, usize)>,
}

/// Reads the words of the command that begins at an offset, up to its end or the limit. `goes_on` decides whether a
/// line continues the command although nothing says so: it gets the words so far and the line.
pub(super) fn words(
    text: &str,
    start: usize,
    limit: usize,
    goes_on: impl Fn(&[Word], &str) -> bool,
) -> Words {
    let limit = limit.min(text.len());
    let mut reader = Reader {
        text: text.get(..limit).unwrap_or(text),
        at: start,
        words: Words::default(),
    };
    reader.run(goes_on);
    reader.words
}

/// How many words a command has at most; whether lines go on is asked again for each of them.
const MOST_WORDS: usize = 1_024;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    words: Words,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn run(&mut self, goes_on: impl Fn(&[Word], &str) -> bool) {
        let mut fresh_line = false;
        self.words.end = self.at;
        loop {
            self.skip_blanks();
            let Some(c) = self.peek() else { return };
            match c {
                '\n' | '\r' => {
                    let line = self.at + self.rest().len()
                        - self.rest().trim_start_matches(['\n', '\r']).len();
                    // An empty line ends a command, whatever follows.
                    let breaks = self.text.get(self.at..line).unwrap_or_default();
                    if breaks.matches('\n').count() > 1 {
                        return;
                    }
                    let rest = self.text.get(line..).unwrap_or_default();
                    let next = rest.lines().next().unwrap_or_default();
                    if !goes_on(&self.words.list, next.trim_start()) {
                        return;
                    }
                    fresh_line = true;
                    self.at = line;
                }
                '#' | ';' | '|' | ')' | '(' => return,
                '&' => return,
                '>' => return,
                '<' if !self.is_hole() => return,
                _ => {
                    // Whatever follows belongs to no command that a person wrote.
                    if self.words.list.len() == MOST_WORDS {
                        return;
                    }
                    let Some(mut word) = self.word() else { return };
                    word.fresh_line = std::mem::take(&mut fresh_line);
                    self.words.list.push(word);
                    self.words.end = self.at;
                }
            }
        }
    }

    /// Blanks, and ends of lines that say that the command goes on. What people paste has blanks behind the backslash,
    /// or the mark of another shell: `^` of Windows, a backtick of PowerShell.
    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
            if blank > 0 {
                self.at += blank;
                continue;
            }
            let marked = rest.strip_prefix(['\\', '^', '`']);
            let Some(behind) = marked.map(|rest| rest.trim_start_matches([' ', '\t'])) else {
                return;
            };
            let line = behind.strip_prefix("\r\n").or(behind.strip_prefix('\n'));
            match line {
                Some(line) => self.at += rest.len() - line.len(),
                None if behind.is_empty() && rest.starts_with('\\') => self.at = self.text.len(),
                None => return,
            }
        }
    }

    /// Whether `<name>` stands here, which documentation writes for what the reader puts in, and no redirection.
    fn is_hole(&self) -> bool {
        let inside = self.rest().get(1..).unwrap_or_default();
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
        let end = inside.find(|c| !name(c)).unwrap_or(inside.len());
        let behind = inside.get(end..).unwrap_or_default();
        end > 0 && !inside.starts_with(' ') && behind.starts_with('>')
    }

    fn word(&mut self) -> Option<Word> {
        let start = self.at;
        let mut word = Word {
            text: String::new(),
            span: Span::default(),
            quoted: false,
            cut: false,
            fresh_line: false,
        };
        while let Some(c) = self.peek() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{a0}' | ';' | '|' | ')' | '(' => break,
                '&' if !self.goes_through_ampersand(&word.text) => break,
                '&' => {
                    word.cut = true;
                    word.text.push('&');
                    self.at += 1;
                }
                '<' if self.is_hole() => {
                    let end = self.rest().find('>').unwrap_or_default() + 1;
                    word.text.push_str(self.rest().get(..end)?);
                    self.at += end;
                }
                '<' | '>' => break,
                '\'' => {
                    word.quoted = true;
                    self.single(&mut word.text)?;
                }
                '"' => {
                    word.quoted = true;
                    self.double(&mut word.text)?;
                }
                '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' => {
                    word.quoted = true;
                    self.typographic(c, &mut word.text)?;
                }
                '$' => self.dollar(&mut word)?,
                '`' => self.command(&mut word.text, "`", "`"),
                '\\' => {
                    self.at += 1;
                    match self.peek() {
                        Some('\n') => self.at += 1,
                        Some('\r') => {
                            self.at += 1;
                            if self.peek() == Some('\n') {
                                self.at += 1;
                            }
                        }
                        Some(c) => {
                            word.text.push(c);
                            self.at += c.len_utf8();
                        }
                        None => {}
                    }
                }
                c => {
                    word.text.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        word.span = Span::new(start, self.at);
        // Something was consumed, or the caller's loop would not end.
        (self.at > start).then_some(word)
    }

    /// A URL with a query that nobody quoted goes on behind `&`.
    fn goes_through_ampersand(&self, word: &str) -> bool {
        let next = self.rest().get(1..).and_then(|rest| rest.chars().next());
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '%' | '{' | '<' | '[' | '.');
        word.contains('?') && next.is_some_and(name)
    }

    fn unterminated<T>(&mut self, mark: char, at: usize) -> Option<T> {
        self.words.unterminated = Some((mark, at));
        None
    }

    fn single(&mut self, out: &mut String) -> Option<()> {
        let start = self.at;
        let inside = self.rest().get(1..)?;
        let Some(end) = inside.find('\'') else {
            return self.unterminated('\'', start);
        };
        out.push_str(inside.get(..end)?);
        self.at += end + 2;
        Some(())
    }

    /// Quotation marks that a word processor put in: what they enclose is text as it stands.
    fn typographic(&mut self, open: char, out: &mut String) -> Option<()> {
        let start = self.at;
        let close = match open {
            '\u{2018}' | '\u{2019}' => ['\u{2019}', '\u{2018}'],
            _ => ['\u{201d}', '\u{201c}'],
        };
        let inside = self.rest().get(open.len_utf8()..)?;
        let Some(end) = inside.find(close) else {
            return self.unterminated(open, start);
        };
        out.push_str(inside.get(..end)?);
        self.at += open.len_utf8() + end + inside.get(end..)?.chars().next()?.len_utf8();
        Some(())
    }

    fn double(&mut self, out: &mut String) -> Option<()> {
        let start = self.at;
        self.at += 1;
        while let Some(c) = self.peek() {
            match c {
                '"' => {
                    self.at += 1;
                    return Some(());
                }
                '\\' => {
                    self.at += 1;
                    let next = self.peek();
                    match next {
                        Some('"' | '\\' | '$' | '`') => out.extend(next),
                        Some('\n') => {}
                        _ => {
                            out.push('\\');
                            continue;
                        }
                    }
                    self.at += 1;
                }
                '$' => self.variable(out),
                '`' => self.command(out, "`", "`"),
                c => {
                    out.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        self.unterminated('"', start)
    }

    /// `$'…'`, `$"…"`, a variable, or a dollar.
    fn dollar(&mut self, word: &mut Word) -> Option<()> {
        let rest = self.rest();
        if rest.starts_with("$'") {
            word.quoted = true;
            return self.ansi(&mut word.text);
        }
        if rest.starts_with("$\"") {
            word.quoted = true;
            self.at += 1;
            return self.double(&mut word.text);
        }
        self.variable(&mut word.text);
        Some(())
    }

    /// A variable as `{{name}}`; what is none stays.
    fn variable(&mut self, out: &mut String) {
        let rest = self.rest();
        let inside = rest.get(1..).unwrap_or_default();
        if inside.starts_with('(') {
            return self.command(out, "$(", ")");
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, length) = if let Some(braced) = inside.strip_prefix('{') {
            let name = braced.split(|c| !is_name(c)).next().unwrap_or_default();
            match braced.find('}') {
                // `${NAME:-default}` is the variable all the same.
                Some(end) => (name, end + 3),
                None => ("", 0),
            }
        } else {
            let name = inside.split(|c| !is_name(c)).next().unwrap_or_default();
            (name, name.len() + 1)
        };
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            out.push('$');
            self.at += 1;
            return;
        }
        out.push_str(&format!("{{{{{name}}}}}"));
        self.at += length;
    }

    /// What a command prints, which nobody knows.
    fn command(&mut self, out: &mut String, open: &str, close: &str) {
        let inside = self.rest().get(open.len()..).unwrap_or_default();
        match inside.find(close) {
            Some(end) => {
                out.push_str("{{value}}");
                self.at += open.len() + end + close.len();
            }
            None => {
                out.push_str(open);
                self.at += open.len();
            }
        }
    }

    /// `$'…'` with the escapes of C.
    fn ansi(&mut self, out: &mut String) -> Option<()> {
        let start = self.at;
        self.at += 2;
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            match c {
                '\'' => return Some(()),
                '\\' => self.escape(out),
                c => out.push(c),
            }
        }
        self.unterminated('\'', start)
    }

    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.peek() else { return };
        self.at += c.len_utf8();
        let digits = |reader: &mut Self, radix: u32, most: usize| {
            let rest = reader.rest();
            let length = rest
                .chars()
                .take(most)
                .take_while(|c| c.is_digit(radix))
                .count();
            reader.at += length;
            u32::from_str_radix(rest.get(..length).unwrap_or_default(), radix).ok()
        };
        let code = match c {
            'n' => Some(u32::from('\n')),
            't' => Some(u32::from('\t')),
            'r' => Some(u32::from('\r')),
            'a' => Some(7),
            'b' => Some(8),
            'f' => Some(12),
            'v' => Some(11),
            'e' | 'E' => Some(27),
            'x' => digits(self, 16, 2),
            'u' => digits(self, 16, 4),
            'U' => digits(self, 16, 8),
            '0'..='7' => {
                self.at -= 1;
                digits(self, 8, 3)
            }
            other => Some(u32::from(other)),
        };
        out.extend(code.and_then(char::from_u32));
    }
}

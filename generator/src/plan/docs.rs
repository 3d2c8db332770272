//! Markdown of a description to documentation that rustdoc shows as text: no code that runs, no HTML, no broken links.

mod demand;
mod inline;

use crate::model::Docs;
use inline::{Token, tokens};

pub(super) use demand::demands;

/// Documentation as lines of Markdown that are safe to print behind `///`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc(Vec<String>);

/// How long a line may get, in characters; words are never broken.
const WIDTH: usize = 90;

/// How much of one text is kept, in characters.
const LONGEST: usize = 20_000;

impl Doc {
    /// No documentation.
    pub fn none() -> Self {
        Doc::default()
    }

    /// A line of our own making, which may hold links and code.
    pub fn line(line: impl Into<String>) -> Self {
        Doc(vec![line.into()])
    }

    /// What a source says, made safe. The summary comes first, unless the description begins with it.
    pub fn of(docs: &Docs) -> Self {
        let summary = docs.summary.as_deref().unwrap_or_default();
        let description = docs.description.as_deref().unwrap_or_default();
        let mut doc = Doc::none();
        if !description.trim_start().starts_with(summary.trim()) || description.trim().is_empty() {
            doc.paragraph(Doc::markdown(summary));
        }
        doc.paragraph(Doc::markdown(description));
        doc
    }

    /// Text of a description, made safe.
    pub fn markdown(text: &str) -> Self {
        let mut layout = Layout::default();
        for line in plain(text).split('\n') {
            layout.line(line);
        }
        layout.finish()
    }

    /// Adds text behind an empty line.
    pub fn paragraph(&mut self, other: Doc) {
        if other.is_empty() {
            return;
        }
        if !self.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(other.0);
    }

    /// Adds a block that is shown as it is, in a language that is not Rust.
    pub fn block(&mut self, language: &str, lines: &[String]) {
        let longest = lines.iter().map(|line| longest_run(line, '`')).max();
        let fence = "`".repeat((longest.unwrap_or(0) + 1).max(3));
        let mut block = vec![format!("{fence}{language}")];
        for line in lines {
            let shown = |c: char| if steers(c) { '\u{fffd}' } else { c };
            block.push(line.trim_end().chars().map(shown).collect());
        }
        block.push(fence);
        self.paragraph(Doc(block));
    }

    /// Adds a line of our own making to the last paragraph.
    pub fn push(&mut self, line: impl Into<String>) {
        self.0.push(line.into());
    }

    /// Adds a paragraph of our own making, if there is one, and gives the whole.
    pub fn and_maybe(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.and(line),
            None => self,
        }
    }

    /// Adds a paragraph of our own making and gives the whole.
    pub fn and(mut self, line: impl Into<String>) -> Self {
        self.paragraph(Doc::line(line));
        self
    }

    /// This, or another if there is nothing here.
    pub fn or(self, other: impl FnOnce() -> Doc) -> Self {
        if self.is_empty() { other() } else { self }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines, without blanks at their ends.
    pub fn lines(&self) -> &[String] {
        &self.0
    }
}

/// One line of text made safe for a single line of Markdown, such as a cell or a heading.
pub fn one_line(text: &str) -> String {
    let text = plain(text);
    let words: Vec<String> = text
        .split('\n')
        .flat_map(tokens)
        .map(|token| token.text)
        .collect();
    words.join(" ")
}

/// Text of a source as code on one line: `` `text` `` with its backticks.
pub fn code(text: &str) -> String {
    let text = plain(text).replace('`', "'");
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.is_empty() {
        "` `".to_owned()
    } else {
        format!("`{text}`")
    }
}

/// Line ends become `\n`, tabs four blanks, and characters that steer instead of being seen become visible.
fn plain(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut characters = text.chars().take(LONGEST).peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => clean.push('\n'),
            '\n' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            '\u{a0}' => clean.push(' '),
            c if steers(c) => clean.push('\u{fffd}'),
            c => clean.push(c),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    clean
}

/// A text of several lines in which every character can be seen.
pub(crate) fn shown(text: &str) -> String {
    let shown = |c: char| {
        if c != '\n' && steers(c) {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}

/// Control, bidirectional and invisible formatting characters (general categories Cc and Cf, and noncharacters).
pub(super) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{fffe}' | '\u{ffff}')
}

/// The pieces of Markdown that are told apart, laid out again with indentation of our own.
#[derive(Default)]
struct Layout {
    lines: Vec<String>,
    /// Words of the paragraph or list item that is being read.
    pending: Vec<Token>,
    /// What stands before the first line of it: nothing, or a list's mark.
    marker: String,
    /// The list items that are open.
    lists: Vec<OpenItem>,
    /// The fence that is open: its mark, how often it stands there, and the lines so far.
    fence: Option<(char, usize, Vec<String>)>,
    /// Whether the line before was empty.
    apart: bool,
}

/// A list item that may get more text, or a list of its own.
struct OpenItem {
    /// Indentation in the source.
    source: usize,
    /// Indentation here.
    here: usize,
    /// Indentation here of what belongs to it.
    inner: usize,
}

impl Layout {
    fn line(&mut self, line: &str) {
        let text = line.trim();
        if let Some((mark, count, content)) = &mut self.fence {
            let run = text.chars().take_while(|c| c == mark).count();
            if run >= *count && run == text.chars().count() {
                self.close_fence();
            } else {
                content.push(line.trim_end().to_owned());
            }
            return;
        }
        if let Some((mark, count)) = fence(text) {
            self.flush();
            self.fence = Some((mark, count, Vec::new()));
            return;
        }
        let indent = line.len() - line.trim_start().len();
        if text.is_empty() {
            self.flush();
            self.apart = true;
        } else if let Some((marker, rest)) = list_item(text) {
            self.flush();
            self.open_item(indent, marker, rest);
        } else if text.len() > 1
            && text
                .bytes()
                .all(|b| matches!(b, b'=' | b'-' | b'*' | b'_' | b' '))
        {
            // A rule, or the underline of a heading: it would change the line above.
            self.flush();
            self.apart = true;
        } else if text.starts_with('#') && text.trim_start_matches('#').starts_with(' ') {
            self.flush();
            self.leave_lists();
            self.separate();
            let level = text.len() - text.trim_start_matches('#').len();
            let heading = text.trim_matches('#').trim();
            let line = format!("{} {}", "#".repeat(level.clamp(1, 6)), one_line(heading));
            self.lines.push(line.trim_end().to_owned());
            self.apart = true;
        } else if text.starts_with('|') {
            self.flush();
            self.leave_lists();
            if self.apart || !self.lines.last().is_some_and(|line| line.starts_with('|')) {
                self.separate();
            }
            self.lines.push(one_line(text));
            self.apart = false;
        } else {
            // A quotation becomes a paragraph; indentation that would make it code is dropped.
            let text = text.trim_start_matches(['>', ' ']);
            if self.pending.is_empty() && indent == 0 {
                self.leave_lists();
            }
            self.pending.extend(tokens(text));
        }
    }

    fn open_item(&mut self, indent: usize, marker: String, rest: &str) {
        while self.lists.last().is_some_and(|open| open.source > indent) {
            self.lists.pop();
        }
        if self.lists.is_empty() {
            self.apart = true;
        }
        let here = match self.lists.last() {
            Some(open) if open.source == indent => open.here,
            Some(open) => open.inner,
            None => 0,
        };
        if self.lists.last().is_some_and(|open| open.source == indent) {
            self.lists.pop();
        }
        self.lists.push(OpenItem {
            source: indent,
            here,
            inner: here + marker.len(),
        });
        self.marker = marker;
        self.pending = tokens(rest);
        if self.pending.is_empty() {
            // An empty item would take the next paragraph as its text.
            self.marker.clear();
        }
    }

    /// Writes the paragraph or item that was read, in lines of a bearable length.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let marker = std::mem::take(&mut self.marker);
        if pending.is_empty() {
            return;
        }
        let item = !marker.is_empty();
        if !item || self.apart {
            self.separate();
        }
        let (outer, inner) = self
            .lists
            .last()
            .map_or((0, 0), |open| (open.here, open.inner));
        let mut line = format!("{}{marker}", " ".repeat(if item { outer } else { inner }));
        let mut started = false;
        for token in pending {
            let long = line.chars().count() + 1 + token.text.chars().count() > WIDTH;
            if started && long && !token.binds {
                self.lines.push(line);
                line = " ".repeat(inner);
                started = false;
            }
            if started {
                line.push(' ');
            }
            line.push_str(&token.text);
            started = true;
        }
        self.lines.push(line);
        self.apart = false;
    }

    fn leave_lists(&mut self) {
        if !self.lists.is_empty() {
            self.lists.clear();
            self.apart = true;
        }
    }

    fn separate(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Code is shown, never run: its language is always `text`.
    fn close_fence(&mut self) {
        let Some((_, _, content)) = self.fence.take() else {
            return;
        };
        self.leave_lists();
        self.separate();
        let longest = content
            .iter()
            .map(|line| longest_run(line, '`'))
            .max()
            .unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        let common = content
            .iter()
            .filter(|line| !line.is_empty())
            .map(|line| line.len() - line.trim_start().len())
            .min();
        self.lines.push(format!("{fence}text"));
        for line in content {
            self.lines
                .push(line.chars().skip(common.unwrap_or(0)).collect());
        }
        self.lines.push(fence);
        self.lines.push(String::new());
        self.apart = true;
    }

    fn finish(mut self) -> Doc {
        self.flush();
        self.close_fence();
        while self.lines.last().is_some_and(|line| line.is_empty()) {
            self.lines.pop();
        }
        Doc(self.lines)
    }
}

/// The mark and length of a code fence (CommonMark 4.5).
fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = text.chars().take_while(|c| *c == mark).count();
    let info = text.chars().skip(count).collect::<String>();
    (count >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, count))
}

/// The mark of a list item, as we write it, and the text behind it.
fn list_item(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        let is_item = rest.starts_with(' ') && !rest.trim_start().starts_with(['-', '*', '_']);
        return is_item.then(|| ("- ".to_owned(), rest.trim_start()));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?.strip_prefix(['.', ')'])?;
    let number = text.get(..digits).filter(|_| (1..=3).contains(&digits))?;
    rest.starts_with(' ')
        .then(|| (format!("{number}. "), rest.trim_start()))
}

fn longest_run(text: &str, mark: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests;

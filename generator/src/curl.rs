//! curl commands in text to the requests that they send, and files of such commands to a model.
//!
//! [`read`] is for whoever finds a command in a text of another kind, [`lower`] for files that hold nothing else. What
//! people print is often no command that a shell would take: lines that go on without a backslash, and URLs without
//! quotation marks. Both are read as they are meant. Credentials end here: a request knows how it authenticates only.

mod command;
mod file;
mod option;
mod token;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::exchange::Request;
use crate::origin::{FileId, Origin, Span};

pub use file::{lower, recognizes};

/// A curl command in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Command {
    /// The bytes that it takes up, from the word `curl` to its last word.
    pub span: Span,
    /// The requests that it sends, in their order: more than one behind `--next` and for several URLs. None if it cannot
    /// be read, which is reported then.
    pub requests: Vec<Request>,
}

/// Reads the command whose word `curl` begins at `start`, up to its end, at most to `limit`; both are offsets in the
/// text. The caller gives the end of a fence or section as the limit.
pub fn read(
    file: FileId,
    text: &str,
    start: usize,
    limit: usize,
    diagnostics: &mut Diagnostics,
) -> Command {
    let words = token::words(text, start, limit, command::goes_on);
    let mut command = Command {
        span: Span::new(start, words.end.max(start)),
        requests: Vec::new(),
    };
    if let Some((mark, at)) = words.unterminated {
        let place = Origin {
            file,
            span: Span::new(at, at + mark.len_utf8()),
        };
        diagnostics.push(
            Diagnostic::new(
                Code::CURL_UNTERMINATED,
                format!("a quotation mark {mark} of a curl command is never closed"),
            )
            .at(place)
            .note("the command is not read")
            .help("close the quotation mark; inside of '…' another ' is written '\\''"),
        );
        // The next line is looked at for a command of its own.
        let line = text.get(start..).and_then(|rest| rest.find('\n'));
        command.span = Span::new(start, line.map_or(text.len(), |line| start + line));
        return command;
    }
    command.requests = command::requests(file, &words.list, diagnostics);
    command
}

/// The offset of the first word `curl` of a line that may be one of a command: behind a prompt, variables or a pipe.
pub fn find(line: &str) -> Option<usize> {
    let trimmed = line.trim_start();
    if trimmed.starts_with(['#', '/']) {
        return None;
    }
    line.match_indices("curl").map(|(at, _)| at).find(|at| {
        let before = line.get(..*at).unwrap_or_default();
        let after = line.get(at + 4..).unwrap_or_default();
        let begins = before
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '`' | '|' | ';' | '&' | '='));
        let ends = after.is_empty()
            || after.starts_with(|c: char| c.is_whitespace() || matches!(c, '\\' | '^'));
        begins && ends && is_prompt(before)
    })
}

/// Whether what stands in front of a command is no sentence: a prompt, assignments, `sudo`, another command's pipe.
fn is_prompt(text: &str) -> bool {
    let behind = text
        .rsplit(['(', '`', '|', ';', '&'])
        .next()
        .unwrap_or_default();
    behind.split_whitespace().all(|word| {
        matches!(
            word,
            "$" | ">" | "%" | "sudo" | "time" | "exec" | "if" | "!" | "then" | "do"
        ) || word.contains('=')
    })
}

#[cfg(test)]
mod tests;

//! Tokens to one line of text with the usual spaces.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// What stood before, as far as spaces depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The beginning, or something that takes no space behind it.
    Tight,
    /// A word, a literal or a closing bracket.
    Word,
    /// A mark that wants a space behind it.
    Spaced,
}

/// One line of code.
pub(super) fn inline(tokens: TokenStream) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    let mut before = Before::Tight;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                // The list of an import.
                let list = group.delimiter() == Delimiter::Brace && text.ends_with("::");
                let (open, close) = if list { ("{", "}") } else { (open, close) };
                let space = match group.delimiter() {
                    Delimiter::Brace => before != Before::Tight,
                    Delimiter::Bracket => before != Before::Tight,
                    _ => before == Before::Spaced,
                };
                if space {
                    text.push(' ');
                }
                let stream = group.stream();
                if stream.is_empty() {
                    text.push_str(open.trim());
                    text.push_str(close.trim());
                } else {
                    text.push_str(open);
                    write(stream, text);
                    text.push_str(close);
                }
                before = Before::Word;
            }
            TokenTree::Ident(ident) => {
                if before != Before::Tight {
                    text.push(' ');
                }
                text.push_str(&ident.to_string());
                before = Before::Word;
            }
            TokenTree::Literal(literal) => {
                if before != Before::Tight {
                    text.push(' ');
                }
                text.push_str(&literal.to_string());
                before = Before::Word;
            }
            TokenTree::Punct(punct) => {
                let mut mark = punct.as_char().to_string();
                let mut spacing = punct.spacing();
                while spacing == Spacing::Joint && mark != "'" {
                    match tokens.peek() {
                        Some(TokenTree::Punct(next)) if joins(&mark, next.as_char()) => {
                            mark.push(next.as_char());
                            spacing = next.spacing();
                            tokens.next();
                        }
                        _ => break,
                    }
                }
                before = write_mark(&mark, before, text);
            }
        }
    }
}

/// Whether a mark goes on with the next one.
fn joins(mark: &str, next: char) -> bool {
    matches!(
        (mark, next),
        (":", ':') | ("-", '>') | (".", '.') | ("=", '>') | ("..", '=')
    )
}

fn write_mark(mark: &str, before: Before, text: &mut String) -> Before {
    match mark {
        "," | ";" | ":" => {
            text.push_str(mark);
            Before::Spaced
        }
        "=" | "->" | "=>" => {
            text.push(' ');
            text.push_str(mark);
            Before::Spaced
        }
        // A lifetime, a reference, a negative number, a range: what follows belongs to them.
        "&" | "'" | "-" | ".." | "#" => {
            if before == Before::Spaced || (before == Before::Word && mark != "..") {
                text.push(' ');
            }
            text.push_str(mark);
            Before::Tight
        }
        ">" => {
            text.push('>');
            Before::Word
        }
        "::" | "." | "<" => {
            if before == Before::Spaced {
                text.push(' ');
            }
            text.push_str(mark);
            Before::Tight
        }
        other => {
            // `!` of a macro, `*` of an import.
            text.push_str(other);
            Before::Tight
        }
    }
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn spaces() {
        for line in [
            "use crate::runtime::{Extra, object};",
            "use crate::types::*;",
            "pub struct Users<'a>(pub(crate) &'a Core);",
            "pub fn show(&self, user_id: i64) -> ShowUser",
            "pub fn role<'v>(mut self, role: impl Into<Option<&'v str>>) -> Self",
            "ShowUser(Call::new(self.0, &SHOW_USER, &[&user_id]))",
            "self.0.set_query(\"role\", &role.into())",
            "impl Users<'_>",
            "Self { name: name.into(), ..Self::default() }",
            "0 req \"id\" r#type",
            "1 Customer Obj [\"customer\"] []",
            "Nobody = -1",
            "CreateUser -> BTreeMap<String, Vec<serde_json::Value>>",
            "derive(Clone, Default)",
            "DeleteUser -> ()",
            "pub static OPERATIONS: &[&Op] = &[&users::A]",
            "self.0 = self.0.json(body)",
        ] {
            let tokens = line.parse().expect("tokens");
            assert_eq!(inline(tokens), line);
        }
    }
}

//! The text of a file, read again by the compiler's rules, to the tokens that were planned for it.

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;
use std::fmt;
use std::iter::Peekable;
use std::str::FromStr;

/// Whether a text lexes to what was planned. Comments of documentation are compared as the attributes that they are,
/// literals by value; a comma before a closing bracket does not count, as the layout decides about it.
pub(super) fn verify(docs: &[String], items: Vec<TokenStream>, text: &str) -> Result<(), String> {
    let read = TokenStream::from_str(text)
        .map_err(|error| format!("the text cannot be lexed: {error}"))?;
    let docs = docs.iter().map(|line| {
        let text = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#![doc = #text])
    });
    let mut planned = docs.chain(items).flat_map(Flattened::of);
    let mut read = Flattened::of(read);
    loop {
        match (planned.next(), read.next()) {
            (None, None) => return Ok(()),
            (Some(planned), Some(read)) if planned.is(&read) => {}
            (Some(planned), Some(read)) => {
                return Err(format!("`{read}` stands where `{planned}` was planned"));
            }
            (Some(planned), None) => return Err(format!("`{planned}` is not there")),
            (None, Some(read)) => return Err(format!("`{read}` stands where nothing was planned")),
        }
    }
}

/// A token that can be compared.
enum Flat {
    /// A bracket or a sign; of brackets that are not there, the sign of nothing.
    Mark(char),
    Word(Ident),
    Literal(String),
}

impl Flat {
    /// Whether two tokens are the same: words with their `r#`, literals by their spelling or else by their value.
    fn is(&self, other: &Flat) -> bool {
        match (self, other) {
            (Flat::Mark(a), Flat::Mark(b)) => a == b,
            (Flat::Word(a), Flat::Word(b)) => a == b,
            (Flat::Literal(a), Flat::Literal(b)) => {
                a == b || value(a).is_some_and(|a| Some(a) == value(b))
            }
            _ => false,
        }
    }
}

impl fmt::Display for Flat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flat::Mark(mark) => mark.fmt(f),
            Flat::Word(word) => word.fmt(f),
            Flat::Literal(text) => f.write_str(text),
        }
    }
}

/// Tokens one behind the other, without commas before closing brackets.
struct Flattened {
    /// The bracket that is open, and those around it, each with the mark that closes it.
    open: Vec<(Peekable<IntoIter>, char)>,
    /// The digits of a negative number whose sign was just answered.
    digits: Option<String>,
}

impl Flattened {
    fn of(tokens: TokenStream) -> Self {
        Flattened {
            open: vec![(tokens.into_iter().peekable(), '\0')],
            digits: None,
        }
    }
}

impl Iterator for Flattened {
    type Item = Flat;

    fn next(&mut self) -> Option<Flat> {
        if let Some(digits) = self.digits.take() {
            return Some(Flat::Literal(digits));
        }
        loop {
            let (tokens, close) = self.open.last_mut()?;
            let Some(token) = tokens.next() else {
                let close = *close;
                self.open.pop();
                // The file itself has no bracket.
                return (!self.open.is_empty()).then_some(Flat::Mark(close));
            };
            return Some(match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ('(', ')'),
                        Delimiter::Brace => ('{', '}'),
                        Delimiter::Bracket => ('[', ']'),
                        Delimiter::None => ('\0', '\0'),
                    };
                    let inner = group.stream().into_iter().peekable();
                    self.open.push((inner, close));
                    Flat::Mark(open)
                }
                TokenTree::Ident(ident) => Flat::Word(ident),
                TokenTree::Punct(punct) if punct.as_char() == ',' => {
                    let last = match tokens.peek() {
                        None => self.open.len() > 1,
                        // The bracket of generics.
                        Some(TokenTree::Punct(next)) => next.as_char() == '>',
                        Some(_) => false,
                    };
                    if last {
                        continue;
                    }
                    Flat::Mark(',')
                }
                TokenTree::Punct(punct) => Flat::Mark(punct.as_char()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    // A negative number may be planned as one token, and is read as two.
                    match text.strip_prefix('-') {
                        Some(digits) => {
                            self.digits = Some(digits.to_owned());
                            Flat::Mark('-')
                        }
                        None => Flat::Literal(text),
                    }
                }
            });
        }
    }
}

/// What a literal of text holds.
fn value(literal: &str) -> Option<String> {
    let text = syn::parse_str::<syn::LitStr>(literal).ok()?;
    Some(text.value())
}

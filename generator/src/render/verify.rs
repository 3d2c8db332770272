//! The text of a file, read again by the compiler's rules, to the tokens that were planned for it.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;
use std::fmt;
use std::str::FromStr;

/// Whether a text lexes to what was planned. Comments of documentation are compared as the attributes that they are,
/// literals by value; a comma before a closing bracket does not count, as the layout decides about it.
pub(super) fn verify(docs: &[String], items: &[TokenStream], text: &str) -> Result<(), String> {
    let read = TokenStream::from_str(text)
        .map_err(|error| format!("the text cannot be lexed: {error}"))?;
    let (mut planned_flat, mut read_flat) = (Vec::new(), Vec::new());
    for line in docs {
        let text = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        flatten(quote!(#![doc = #text]), &mut planned_flat);
    }
    for item in items {
        flatten(item.clone(), &mut planned_flat);
    }
    flatten(read, &mut read_flat);
    for (planned, read) in planned_flat.iter().zip(&read_flat) {
        if !planned.is(read) {
            return Err(format!("`{read}` stands where `{planned}` was planned"));
        }
    }
    if planned_flat.len() != read_flat.len() {
        return Err(format!(
            "{} tokens were planned, {} are there",
            planned_flat.len(),
            read_flat.len()
        ));
    }
    Ok(())
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

    fn is_comma(&self) -> bool {
        matches!(self, Flat::Mark(','))
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
fn flatten(tokens: TokenStream, flat: &mut Vec<Flat>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => ('\0', '\0'),
                };
                flat.push(Flat::Mark(open));
                flatten(group.stream(), flat);
                if flat.last().is_some_and(Flat::is_comma) {
                    flat.pop();
                }
                flat.push(Flat::Mark(close));
            }
            TokenTree::Ident(ident) => flat.push(Flat::Word(ident)),
            TokenTree::Punct(punct) => {
                // The bracket of generics.
                if punct.as_char() == '>' && flat.last().is_some_and(Flat::is_comma) {
                    flat.pop();
                }
                flat.push(Flat::Mark(punct.as_char()));
            }
            TokenTree::Literal(literal) => flat.push(Flat::Literal(literal.to_string())),
        }
    }
}

/// What a literal of text holds.
fn value(literal: &str) -> Option<String> {
    let text = syn::parse_str::<syn::LitStr>(literal).ok()?;
    Some(text.value())
}

//! The text of a file, read again by the compiler's rules, to the tokens that were planned for it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use std::str::FromStr;

/// Whether a text lexes to what was planned. Comments of documentation are compared as the attributes that they are,
/// literals by value; a comma before a closing bracket does not count, as the layout decides about it.
pub(super) fn verify(docs: &[String], items: &[TokenStream], text: &str) -> Result<(), String> {
    let docs = docs.iter().map(|line| {
        let text = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#![doc = #text])
    });
    let planned: TokenStream = docs.chain(items.iter().cloned()).collect();
    let read = TokenStream::from_str(text)
        .map_err(|error| format!("the text cannot be lexed: {error}"))?;
    let (mut planned_flat, mut read_flat) = (Vec::new(), Vec::new());
    flatten(planned, &mut planned_flat);
    flatten(read, &mut read_flat);
    for (planned, read) in planned_flat.iter().zip(&read_flat) {
        if planned != read {
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

/// Tokens as comparable texts, without commas before closing brackets.
fn flatten(tokens: TokenStream, flat: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                flat.push(open.to_owned());
                flatten(group.stream(), flat);
                if flat.last().is_some_and(|last| last == ",") {
                    flat.pop();
                }
                flat.push(close.to_owned());
            }
            TokenTree::Ident(ident) => flat.push(ident.to_string()),
            TokenTree::Punct(punct) => {
                // The bracket of generics.
                if punct.as_char() == '>' && flat.last().is_some_and(|last| last == ",") {
                    flat.pop();
                }
                flat.push(punct.as_char().to_string());
            }
            TokenTree::Literal(literal) => flat.push(value(&literal.to_string())),
        }
    }
}

/// A literal as text that is equal for equal values: strings by what they hold.
fn value(literal: &str) -> String {
    match syn::parse_str::<syn::LitStr>(literal) {
        Ok(text) => format!("\"{}", text.value()),
        Err(_) => literal.to_owned(),
    }
}

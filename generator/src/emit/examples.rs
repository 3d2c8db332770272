//! Programs of a plan to files below `examples/`.

use super::{ident, order, word};
use crate::plan::{Program, Setting, Sketch};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A program:
///
/// ```ignore
/// use zendesk::Client;
/// use zendesk::types::UserInput;
///
/// #[tokio::main(flavor = "current_thread")]
/// async fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let client = Client::builder().basic(&setting("ZENDESK_USER")?, &setting("ZENDESK_PASSWORD")?).build()?;
///     run(&client).await
/// }
///
/// /// Makes the call, and shows what comes back.
/// pub async fn run(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
///     let user = UserInput { name: Some("string".into()), ..Default::default() };
///     let call = client.users().create(&user);
///     match call.await {
///         Ok(answer) => println!("{answer:#?}"),
///         Err(error) => {
///             if let Some(status) = error.status() {
///                 eprintln!("the server answered {status}");
///             }
///             return Err(error.into());
///         }
///     }
///     Ok(())
/// }
/// ```
pub(super) fn emit_program(program: &Program) -> Vec<TokenStream> {
    let krate = ident(&program.krate);
    let mut items = Vec::new();
    let mut types: Vec<&str> = program.types.iter().map(String::as_str).collect();
    types.sort_by(|a, b| order::compare(a, b));
    let types: Vec<_> = types.into_iter().map(word).collect();
    match types.as_slice() {
        [] => {}
        [one] => items.push(quote!(use #krate::types::#one;)),
        several => items.push(quote!(use #krate::types::{#(#several),*};)),
    }
    // The formatter puts a list behind the names beside it, and a single name before them.
    match program.field {
        true => items.push(quote!(use #krate::{Client, Field};)),
        false => items.insert(
            0,
            quote!(
                use #krate::Client;
            ),
        ),
    }
    let settings = program.settings.iter().map(emit_setting);
    let values = program.values.iter().map(|(name, value)| {
        let (name, value) = (ident(name), emit_sketch(value));
        quote!(let #name = #value;)
    });
    let (group, method) = (ident(&program.group), ident(&program.method));
    let arguments = program.arguments.iter().map(emit_sketch);
    let success = match program.prints {
        true => quote!(Ok(answer) => println!("{answer:#?}")),
        false => quote!(Ok(()) => println!("done")),
    };
    let docs = super::docs::emit_line("Makes the call, and shows what comes back.");
    let deprecated = program.deprecated.then(|| quote!(#[allow(deprecated)]));
    items.push(quote! {
        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::builder()#(#settings)*.build()?;
            run(&client).await
        }
    });
    items.push(quote! {
        #docs
        #deprecated
        pub async fn run(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
            #(#values)*
            let call = client.#group().#method(#(#arguments),*);
            match call.await {
                #success,
                Err(error) => {
                    if let Some(status) = error.status() {
                        eprintln!("the server answered {status}");
                    }
                    return Err(error.into());
                }
            }
            Ok(())
        }
    });
    if !program.settings.is_empty() {
        let docs = super::docs::emit_line("A setting from the environment.");
        items.push(quote! {
            #docs
            fn setting(name: &str) -> Result<String, String> {
                std::env::var(name).or(Err(format!("set the environment variable {name}")))
            }
        });
    }
    items
}

/// `.basic(&setting("ZENDESK_USER")?, &setting("ZENDESK_PASSWORD")?)`
fn emit_setting(setting: &Setting) -> TokenStream {
    let method = ident(&setting.method);
    let variables = &setting.variables;
    quote!(.#method(#(&setting(#variables)?),*))
}

/// A value as it is written.
fn emit_sketch(value: &Sketch) -> TokenStream {
    match value {
        Sketch::Text(text) => quote!(#text),
        Sketch::Into(text) => quote!(#text.into()),
        Sketch::Bool(value) => quote!(#value),
        Sketch::Number(text) => emit_number(text),
        Sketch::Some(inner) => {
            let inner = emit_sketch(inner);
            quote!(Some(#inner))
        }
        Sketch::Boxed(inner) => {
            let inner = emit_sketch(inner);
            quote!(Box::new(#inner))
        }
        Sketch::Null => quote!(Field::Null),
        Sketch::Value(inner) => {
            let inner = emit_sketch(inner);
            quote!(Field::Value(#inner))
        }
        Sketch::Vec(items) => {
            let items = items.iter().map(emit_sketch);
            quote!(vec![#(#items),*])
        }
        Sketch::Array(items) => {
            let items = items.iter().map(emit_sketch);
            quote!([#(#items),*])
        }
        Sketch::Variant(name, variant, inner) => {
            let (name, variant) = (ident(name), ident(variant));
            match inner.as_deref().map(emit_sketch) {
                Some(inner) => quote!(#name::#variant(#inner)),
                None => quote!(#name::#variant),
            }
        }
        Sketch::Struct(name, fields) => {
            let name = ident(name);
            let fields = fields.iter().map(|(name, value)| {
                let (name, value) = (ident(name), emit_sketch(value));
                quote!(#name: #value,)
            });
            quote!(#name { #(#fields)* ..Default::default() })
        }
        Sketch::Default => quote!(Default::default()),
        Sketch::None => quote!(None),
        Sketch::Reference(inner) => {
            let inner = emit_sketch(inner);
            quote!(&#inner)
        }
        Sketch::Name(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// A number of the plan, which is one of Rust already, as a token.
fn emit_number(text: &str) -> TokenStream {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (Some(quote!(-)), digits),
        None => (None, text),
    };
    let literal = digits
        .parse::<Literal>()
        .unwrap_or_else(|_| Literal::i64_unsuffixed(0));
    quote!(#sign #literal)
}

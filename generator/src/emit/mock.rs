//! What a mock answers to the file that says so, and the programs to the test that runs them against it.

use super::docs::emit_line;
use super::word;
use crate::plan::RustIdent;
use crate::plan::page::Pages;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The answers:
///
/// ```ignore
/// use crate::runtime::{Mock, MockAnswer};
///
/// static ANSWERS: &[MockAnswer] = &[
///     MockAnswer { operation: "ShowUser", status: 200, media_type: "application/json", body: "{\"id\":1}" },
/// ];
///
/// impl Mock {
///     /// Answers every operation with a valid example.
///     pub fn examples() -> Self {
///         Mock::answering(ANSWERS)
///     }
/// }
/// ```
///
/// `Mock` is another crate's where the runtime is shared; there it is a function:
///
/// ```ignore
/// pub fn mock_examples() -> Mock {
///     Mock::answering(ANSWERS)
/// }
/// ```
pub(super) fn emit_mock(pages: &Pages, shared: bool) -> Vec<TokenStream> {
    let answers = pages.mock.iter().map(|answer| {
        let (operation, media_type, body) = (&answer.operation, &answer.media_type, &answer.body);
        let status = Literal::u16_unsuffixed(answer.status);
        quote! {
            MockAnswer { operation: #operation, status: #status, media_type: #media_type, body: #body }
        }
    });
    let docs = [
        "Answers every operation, as often as it is called, with a valid example of the success that",
        match shared {
            false => {
                "the description tells. What is given with [`on`](Self::on) and the like comes first."
            }
            true => {
                "the description tells. What is given with [`on`](Mock::on) and the like comes first."
            }
        },
    ];
    let docs = docs.map(emit_line);
    let examples = match shared {
        false => quote! {
            impl Mock {
                #(#docs)*
                pub fn examples() -> Self {
                    Mock::answering(ANSWERS)
                }
            }
        },
        true => quote! {
            #(#docs)*
            pub fn mock_examples() -> Mock {
                Mock::answering(ANSWERS)
            }
        },
    };
    vec![
        quote!(
            use crate::runtime::{Mock, MockAnswer};
        ),
        quote!(static ANSWERS: &[MockAnswer] = &[#(#answers),*];),
        examples,
    ]
}

/// The test:
///
/// ```ignore
/// #[cfg(feature = "mock")]
/// #[path = "../examples/show_user.rs"]
/// #[allow(dead_code)]
/// mod show_user;
///
/// #[cfg(feature = "mock")]
/// #[tokio::test]
/// async fn show_user_runs() {
///     let client = shop::Client::with_transport(shop::Mock::examples());
///     let work = show_user::run(&client);
///     work.await.expect("an answer");
/// }
/// ```
pub(super) fn emit_example_tests(
    pages: &Pages,
    krate: &RustIdent,
    shared: bool,
) -> Vec<TokenStream> {
    let krate = super::ident(krate);
    let mock = match shared {
        false => quote!(#krate::Mock::examples()),
        true => quote!(#krate::mock_examples()),
    };
    let modules = pages.programs.iter().map(|program| {
        let path = format!("../examples/{}.rs", program.name);
        let name = word(&program.name);
        quote! {
            #[cfg(feature = "mock")]
            #[path = #path]
            #[allow(dead_code)]
            mod #name;
        }
    });
    let tests = pages.programs.iter().map(|program| {
        let (name, test) = (word(&program.name), word(&format!("{}_runs", program.name)));
        quote! {
            #[cfg(feature = "mock")]
            #[tokio::test]
            async fn #test() {
                let client = #krate::Client::with_transport(#mock);
                let work = #name::run(&client);
                work.await.expect("an answer");
            }
        }
    });
    modules.chain(tests).collect()
}

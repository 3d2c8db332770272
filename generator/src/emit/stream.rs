//! How the response of a call is a stream of items, as data of its operation and as the type of the items.

use super::types::emit_type;
use super::word;
use crate::plan::{Framing, Stream};
use proc_macro2::TokenStream;
use quote::quote;

/// The member of an operation:
///
/// ```ignore
/// stream: &Streaming {
///     framing: Framing::Events,
///     accept: "text/event-stream",
///     ..Streaming::NONE
/// },
/// ```
pub(super) fn emit_stream(stream: &Stream) -> TokenStream {
    let framing = word(match stream.framing {
        Framing::Events => "Events",
        Framing::Lines => "Lines",
        Framing::Sequence => "Sequence",
    });
    let accept = &stream.accept;
    let text = stream.text.then(|| quote!(text: true,));
    quote! {
        stream: &Streaming {
            framing: Framing::#framing,
            accept: #accept,
            #text
            ..Streaming::NONE
        },
    }
}

/// What a call ends with whose response is a stream: `, stream of JobEvent`.
pub(super) fn emit_streamed(stream: &Stream) -> TokenStream {
    let item = emit_type(&stream.item);
    quote!(, stream of #item)
}

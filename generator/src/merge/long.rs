//! Addresses that no server takes: what has one is left out, since all that is done with an address grows with it.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Model, Skipped};

/// The longest path, and the longest address of a server, in bytes. Servers refuse lines of twice that length.
const LONGEST: usize = 4 << 10;

/// How much of an address a message shows.
const SHOWN: usize = 60;

pub(super) fn leave_out(models: &mut [Model], diagnostics: &mut Diagnostics) {
    for model in models {
        let Model {
            operations,
            servers,
            skipped,
            ..
        } = model;
        operations.retain(|operation| {
            let path = operation.key.path.to_string();
            if path.len() <= LONGEST {
                return true;
            }
            let origin = operation.origins.first();
            let operation = format!("{} {}", operation.key.method.as_str(), start(&path));
            diagnostics.push(
                Diagnostic::new(
                    Code::MERGE_LONG_ADDRESS,
                    format!("the path of `{operation}` is longer than {LONGEST} bytes"),
                )
                .at(origin)
                .note("the operation is left out")
                .help("correct the path in the source"),
            );
            skipped.push(Skipped {
                operation,
                code: Code::MERGE_LONG_ADDRESS.as_str(),
                origin: origin.unwrap_or_default(),
            });
            false
        });
        servers.retain(|server| {
            let fits = server.url.len() <= LONGEST;
            if !fits {
                let message = format!(
                    "the server `{}` is longer than {LONGEST} bytes",
                    start(&server.url)
                );
                diagnostics.push(
                    Diagnostic::new(Code::MERGE_LONG_ADDRESS, message)
                        .at(server.origins.first())
                        .note("it is left out")
                        .help("correct its address in the source"),
                );
            }
            fits
        });
    }
}

/// The beginning of an address.
fn start(address: &str) -> String {
    let mut start: String = address.chars().take(SHOWN).collect();
    start.push('…');
    start
}

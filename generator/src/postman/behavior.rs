//! `protocolProfileBehavior`: settings of how a request is sent, and what a client does where it has none of them.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Kind, Node};

/// A setting that changes what is sent or followed, when it counts, what the client does instead, and the way out.
struct Setting {
    name: &'static str,
    counts: fn(Node<'_>) -> bool,
    note: &'static str,
    help: &'static str,
}

const SETTINGS: [Setting; 7] = [
    Setting {
        name: "strictSSL",
        counts: |value| value.as_bool() == Some(false),
        note: "certificates are checked all the same",
        help: "have the server's certificate signed by an authority that the client trusts",
    },
    Setting {
        name: "disableUrlEncoding",
        counts: |value| value.as_bool() == Some(true),
        note: "values in paths and queries are percent-encoded all the same",
        help: "give values that are not encoded yet",
    },
    Setting {
        name: "followRedirects",
        counts: |value| value.as_bool() == Some(false),
        note: "redirects of GET and HEAD are followed as long as they stay on the server",
        help: "give the client a `Transport` of your own, which sees each answer before it is followed",
    },
    Setting {
        name: "maxRedirects",
        counts: |value| value.kind() == Kind::Number,
        note: "the number of redirects that are followed is the client's own",
        help: "give the client a `Transport` of your own, which sees each answer before it is followed",
    },
    Setting {
        name: "followOriginalHttpMethod",
        counts: |value| value.as_bool() == Some(true),
        note: "a redirect of another method than GET and HEAD is an error",
        help: "read `location` from the headers of the error, and call what it names",
    },
    Setting {
        name: "followAuthorizationHeader",
        counts: |value| value.as_bool() == Some(true),
        note: "credentials are sent to no other server, and a redirect to one is an error",
        help: "read `location` from the headers of the error, and call that server with a client of its own",
    },
    Setting {
        name: "disabledSystemHeaders",
        counts: |value| {
            let mut headers = value.entries();
            headers.any(|(_, disabled)| disabled.as_bool() == Some(true))
        },
        note: "the client writes the headers that it needs all the same",
        help: "give the client a `Transport` of your own that leaves them out",
    },
];

impl Lowering<'_> {
    /// Reports what a collection, a folder or an item says about the protocol and a client does otherwise.
    pub(super) fn protocol_behavior(&mut self, node: Node<'_>) {
        let Some(behavior) = node.get("protocolProfileBehavior") else {
            return;
        };
        for setting in &SETTINGS {
            let Some(value) = behavior
                .get(setting.name)
                .filter(|value| (setting.counts)(*value))
            else {
                continue;
            };
            let place = match self.item.as_str() {
                "" => String::new(),
                item => format!("{item}: "),
            };
            let message = format!("{place}the setting `{}` has no counterpart", setting.name);
            self.diagnostics.push(
                Diagnostic::new(Code::POSTMAN_PROTOCOL_BEHAVIOR, message)
                    .at(value.origin())
                    .note(setting.note)
                    .help(setting.help),
            );
        }
    }
}

/// What an item or folder says about bodies of methods that usually have none.
pub(super) fn keeps_bodies(node: Node<'_>) -> Option<bool> {
    node.get("protocolProfileBehavior")?
        .get("disableBodyPruning")?
        .as_bool()
}

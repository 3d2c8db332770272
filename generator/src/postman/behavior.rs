//! `protocolProfileBehavior`: settings of how a request is sent, as clients have them, and what they do instead of the others.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Redirects;
use crate::tree::Node;

/// What is said about how requests are sent, as far as clients can do it. What is nearer to the request counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Behavior {
    /// Whether bodies of methods that usually have none are meant.
    keeps_bodies: Option<bool>,
    /// Whether values are percent-encoded already where they have to be.
    is_encoded: Option<bool>,
    follows: Option<bool>,
    limit: Option<u8>,
    any_method: Option<bool>,
}

impl Behavior {
    /// What a folder or item says, and what stands around it where it says nothing.
    pub(super) fn within(self, node: Node<'_>) -> Behavior {
        let said = node.get("protocolProfileBehavior");
        let flag = |name: &str| said?.get(name)?.as_bool();
        let limit = said.and_then(|said| said.get("maxRedirects"));
        let limit = limit.and_then(|limit| limit.scalar()?.parse::<u64>().ok());
        Behavior {
            keeps_bodies: flag("disableBodyPruning").or(self.keeps_bodies),
            is_encoded: flag("disableUrlEncoding").or(self.is_encoded),
            follows: flag("followRedirects").or(self.follows),
            limit: limit
                .map(|limit| u8::try_from(limit).unwrap_or(u8::MAX))
                .or(self.limit),
            any_method: flag("followOriginalHttpMethod").or(self.any_method),
        }
    }

    /// Whether a body is sent with a method that usually has none.
    pub(super) fn keeps_bodies(self) -> bool {
        self.keeps_bodies == Some(true)
    }

    /// Whether reserved characters of values, and what is percent-encoded in them, are sent as they are.
    pub(super) fn is_encoded(self) -> bool {
        self.is_encoded == Some(true)
    }

    /// Which redirects are followed.
    pub(super) fn redirects(self) -> Redirects {
        let limit = match self.follows {
            Some(false) => Some(0),
            _ => self.limit,
        };
        Redirects {
            limit,
            any_method: self.any_method == Some(true) && limit != Some(0),
        }
    }
}

/// A setting that clients have no counterpart for: when it counts, what they do instead, and the way out.
struct Setting {
    name: &'static str,
    counts: fn(Node<'_>) -> bool,
    note: &'static str,
    help: &'static str,
}

const SETTINGS: [Setting; 3] = [
    Setting {
        name: "strictSSL",
        counts: |value| value.as_bool() == Some(false),
        note: "certificates are checked all the same",
        help: "have the server's certificate signed by an authority that the client trusts",
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

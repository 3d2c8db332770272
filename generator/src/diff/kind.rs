//! The catalogue of everything that can change between two versions of a crate, each with its class.

use serde::{Serialize, Serializer};
use std::fmt;

/// What a change means to those who use the crate, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Text for people.
    Docs,
    /// There is more than before, and what was there is as it was.
    Addition,
    /// What compiled compiles, and means something else.
    Behaviour,
    /// Code that compiled does not, or programs that ran cannot.
    Breaking,
}

impl Class {
    /// All classes, the worst first.
    pub const ALL: [Class; 4] = [
        Class::Breaking,
        Class::Behaviour,
        Class::Addition,
        Class::Docs,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Breaking => "breaking",
            Class::Behaviour => "behaviour",
            Class::Addition => "addition",
            Class::Docs => "docs",
        }
    }

    /// What a list of such changes is headed with.
    pub fn heading(self) -> &'static str {
        match self {
            Class::Breaking => "Breaking",
            Class::Behaviour => "Behaviour",
            Class::Addition => "Additions",
            Class::Docs => "Documentation",
        }
    }
}

/// A kind of change: an entry of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(usize);

struct Entry {
    name: &'static str,
    class: Class,
    about: &'static str,
}

macro_rules! catalogue {
    ($($constant:ident $class:ident $name:literal $about:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($constant),* }
        impl Kind {
            $(#[doc = $about] pub const $constant: Kind = Kind(Index::$constant as usize);)*
        }
        static ENTRIES: &[Entry] = &[$(Entry { name: $name, class: Class::$class, about: $about }),*];
    };
}

catalogue! {
    // The crate and its client.
    CRATE_RENAMED Breaking "crate-renamed" "The package has another name, which every import says.";
    SERVER_CHANGED Behaviour "server-changed" "Calls go to another address.";
    SERVER_ADDED Behaviour "server-added" "Calls go to an address without the caller giving one.";
    SERVER_REMOVED Breaking "server-removed" "No address is known any more; a client without `base_url` sends nothing.";
    VARIABLE_ADDED Addition "variable-added" "A part of the address can be chosen, and has a value if nobody does.";
    VARIABLE_REQUIRED Breaking "variable-required" "A part of the address has to be chosen; a client without it sends nothing.";
    VARIABLE_REMOVED Breaking "variable-removed" "The builder's method for a part of the address is gone.";
    VARIABLE_RENAMED Breaking "variable-renamed" "The builder's method for a part of the address has another name.";
    VARIABLE_DEFAULT Behaviour "variable-default-changed" "A part of the address has another value where nobody chooses one.";
    VARIABLE_VALUES Behaviour "variable-values-changed" "A part of the address takes other values.";
    CREDENTIAL_ADDED Addition "credential-added" "The builder takes one more kind of credential.";
    CREDENTIAL_REMOVED Breaking "credential-removed" "The builder's method for a credential is gone.";
    CREDENTIAL_RENAMED Breaking "credential-renamed" "The builder's method for a credential has another name.";
    CREDENTIAL_CHANGED Behaviour "credential-changed" "What one method of the builder takes is sent in another way.";
    CREDENTIAL_ARGUMENTS Breaking "credential-arguments-changed" "A method of the builder takes another kind of credential.";
    HEADERS_CHANGED Behaviour "default-header-changed" "Every call sends other headers.";

    // Operations.
    OPERATION_ADDED Addition "operation-added" "There is one more operation.";
    OPERATION_REMOVED Breaking "operation-removed" "An operation is gone.";
    OPERATION_RENAMED Breaking "operation-renamed" "The method of an operation, or of its group, has another name.";
    OPERATION_MOVED Behaviour "operation-moved" "A method sends to another path, or with another HTTP method.";
    OPERATION_DEPRECATED Addition "operation-deprecated" "The API gives an operation up; the compiler says so where it is called.";
    GROUP_RENAMED Breaking "group-renamed" "The client's method for a group of operations has another name.";
    MODULE_RENAMED Breaking "module-renamed" "The module or the handle of a group has another name.";
    CALL_RENAMED Breaking "call-renamed" "The type of a call has another name.";
    OPERATION_ID Behaviour "operation-id-changed" "An operation has another name in traces and for a mock.";
    ARGUMENT_ADDED Breaking "argument-added" "A method takes one more argument.";
    ARGUMENT_REMOVED Breaking "argument-removed" "A method takes one argument less.";
    ARGUMENT_TYPE Breaking "argument-type-changed" "An argument of a method has another type.";
    ARGUMENTS_REORDERED Breaking "arguments-reordered" "The arguments of a method stand in another order.";
    ARGUMENTS_SWAPPED Behaviour "arguments-swapped" "Arguments of one type changed places, which no compiler sees.";
    ARGUMENT_SENT Behaviour "argument-sent-elsewhere" "An argument is sent under another name, at another place or in another style.";
    PARAMETER_ADDED Addition "parameter-added" "A call has one more parameter that may be set.";
    PARAMETER_REMOVED Breaking "parameter-removed" "A parameter that could be set is gone.";
    PARAMETER_RENAMED Breaking "parameter-renamed" "The method that sets a parameter has another name.";
    PARAMETER_TYPE Breaking "parameter-type-changed" "A parameter takes another type.";
    PARAMETER_REQUIRED Breaking "parameter-required" "A parameter that could be left out is an argument.";
    PARAMETER_OPTIONAL Breaking "parameter-optional" "An argument is a parameter that may be set on the call.";
    PARAMETER_SENT Behaviour "parameter-sent-elsewhere" "A parameter is sent under another name, at another place or in another style.";
    PARAMETER_DEPRECATED Addition "parameter-deprecated" "The API gives a parameter up; the compiler says so where it is set.";
    MEDIA_ADDED Addition "media-type-added" "The body can be sent in one more media type, by a method of its own.";
    MEDIA_REMOVED Breaking "media-type-removed" "The method that sends the body in another media type is gone.";
    MEDIA_CHANGED Behaviour "media-type-changed" "The body is sent as another media type.";
    MEDIA_BODY Breaking "media-type-arguments-changed" "The method that sends the body in another media type takes something else.";
    REQUEST_ENVELOPE Behaviour "request-envelope-changed" "The body is sent within another member.";
    REQUEST_FIXED Behaviour "request-constant-changed" "Every call sends other members of its own.";
    FORM_ENCODING Behaviour "form-encoding-changed" "Members of a form are sent in another way.";
    RESPONSE_TYPE Breaking "response-type-changed" "Awaiting a call gives another type.";
    RESPONSE_ENVELOPE Behaviour "response-envelope-changed" "The value of a response is looked for in another member.";
    RESPONSE_LENIENCY Behaviour "response-spellings-changed" "Other spellings are read as the value of a response.";
    ACCEPT_CHANGED Behaviour "accept-changed" "A call asks for other media types.";
    OUTCOME_RENAMED Breaking "outcome-renamed" "The type of what differs by status has another name.";
    OUTCOME_ADDED Addition "outcome-added" "There is one more status with a variant of its own.";
    OUTCOME_REMOVED Breaking "outcome-removed" "The variant of a status is gone.";
    OUTCOME_TYPE Breaking "outcome-type-changed" "The variant of a status holds another type.";
    OUTCOME_STATUS Behaviour "outcome-status-changed" "A variant stands for other statuses, or is read from another member.";
    PAGING_ADDED Addition "paging-added" "What a list holds can be walked over all pages.";
    PAGING_REMOVED Breaking "paging-removed" "What a list holds can no longer be walked over all pages.";
    PAGING_ITEM Breaking "paging-item-changed" "The items of a list are of another type.";
    PAGING_CHANGED Behaviour "paging-changed" "The next page of a list is found in another way.";
    STREAM_ADDED Addition "stream-added" "A response can be read item by item.";
    STREAM_REMOVED Breaking "stream-removed" "A response can no longer be read item by item.";
    STREAM_ITEM Breaking "stream-item-changed" "The items of a stream are of another type.";
    STREAM_CHANGED Behaviour "stream-changed" "The items of a stream are told apart in another way.";
    RETRY_CHANGED Behaviour "retry-changed" "Another rule says whether a failed call is sent again.";
    REDIRECTS_CHANGED Behaviour "redirects-changed" "Redirects are followed in another way.";
    SECURITY_CHANGED Behaviour "security-changed" "An operation is authorised by other credentials.";
    OPERATION_SERVER Behaviour "operation-server-changed" "An operation is sent to another address than before.";

    // Names that stay for a while.
    ALIASED Addition "renamed-with-alias" "A type, a method or a group has another name, and the old one is a deprecated alias.";
    ALIAS_REMOVED Breaking "alias-removed" "A deprecated alias is gone.";

    // Types.
    TYPE_ADDED Addition "type-added" "There is one more type.";
    TYPE_REMOVED Breaking "type-removed" "A type is gone.";
    TYPE_RENAMED Breaking "type-renamed" "A type has another name.";
    TYPE_KIND Breaking "type-kind-changed" "A type is of another kind: a struct, an enumeration, a union.";
    TYPE_SENT Addition "type-sendable" "A type that was only received is sent too: it can be written as a literal.";
    TYPE_RECEIVED Breaking "type-received-only" "A type is only received: it cannot be written as a literal any more.";
    FIELD_ADDED Addition "field-added" "A struct has one more field; literals end with `..Default::default()`.";
    FIELD_ADDED_REQUIRED Breaking "required-field-added" "A struct that is sent has one more field that always stands there: `new` takes it.";
    FIELD_REMOVED Breaking "field-removed" "A field is gone.";
    FIELD_RENAMED Breaking "field-renamed" "A field has another name.";
    FIELD_RESPELLED Behaviour "field-respelled" "A field is another member on the wire.";
    FIELD_TYPE Breaking "field-type-changed" "A field has another type.";
    FIELD_OPTIONAL Breaking "field-optional" "A field may be absent.";
    FIELD_ALWAYS Breaking "field-always-there" "A field that could be absent always stands there.";
    FIELD_NULL Breaking "field-nullability-changed" "Whether a field can be null, beside being absent, has changed.";
    FIELD_PRESENCE Behaviour "field-presence-changed" "A field without a value is sent as null instead of being left out, or the other way round.";
    FIELD_LENIENCY Behaviour "field-spellings-changed" "Other spellings are read as the value of a field.";
    FIELD_DEPRECATED Addition "field-deprecated" "The API gives a field up; the compiler says so where it is used.";
    CONSTRUCTOR_REORDERED Breaking "constructor-reordered" "The arguments of `new` stand in another order.";
    CONSTRUCTOR_SWAPPED Behaviour "constructor-swapped" "Arguments of `new` of one type changed places, which no compiler sees.";
    CONSTANT_CHANGED Behaviour "constant-changed" "A member that is always sent with one value is another one.";
    REST_ADDED Addition "rest-added" "Members without a name have a type, and a field.";
    REST_REMOVED Breaking "rest-removed" "The field for members without a name is gone.";
    REST_TYPE Breaking "rest-type-changed" "Members without a name are of another type.";
    VALUE_ADDED Addition "value-added" "An enumeration has one more value.";
    VALUE_REMOVED Breaking "value-removed" "A value of an enumeration is gone.";
    VALUE_RENAMED Breaking "value-renamed" "A value of an enumeration has another name.";
    VALUE_RESPELLED Behaviour "value-respelled" "A value of an enumeration is spelled in another way on the wire.";
    VARIANT_ADDED Addition "variant-added" "A union has one more variant.";
    VARIANT_REMOVED Breaking "variant-removed" "A variant of a union is gone.";
    VARIANT_RENAMED Breaking "variant-renamed" "A variant of a union has another name.";
    VARIANT_TYPE Breaking "variant-type-changed" "A variant of a union holds another type.";
    VARIANT_RULE Behaviour "variant-rule-changed" "The variants of a union are told apart in another way.";
    UNION_CLOSED Breaking "union-closed" "A union is only sent and has no `Other` any more.";
    UNION_OPENED Addition "union-opened" "A union is received too and has `Other`.";
    MESSAGES_MOVED Breaking "messages-moved" "The module of the messages has another name.";
    MESSAGE_ADDED Addition "message-added" "There is one more message that the API sends.";
    MESSAGE_REMOVED Breaking "message-removed" "A message that the API sends is gone.";
    MESSAGE_TYPE Breaking "message-type-changed" "A message is of another type.";

    // Text for people.
    UNDEPRECATED Docs "deprecation-lifted" "The API no longer gives something up.";
    DOCS_CHANGED Docs "docs-changed" "The text for people has changed.";
}

impl Kind {
    /// All kinds, in the order of the catalogue.
    pub fn all() -> impl Iterator<Item = Kind> {
        (0..ENTRIES.len()).map(Kind)
    }

    /// The name by which it is known: `field-added`.
    pub fn as_str(self) -> &'static str {
        self.entry().name
    }

    /// What it means.
    pub fn class(self) -> Class {
        self.entry().class
    }

    /// What it is, in a sentence.
    pub fn about(self) -> &'static str {
        self.entry().about
    }

    fn entry(self) -> &'static Entry {
        // A kind is only made from the catalogue.
        static NONE: Entry = Entry {
            name: "",
            class: Class::Docs,
            about: "",
        };
        ENTRIES.get(self.0).unwrap_or(&NONE)
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

//! The macros that make enums one of several shapes: by what is there, by the only member, by the status.

// A small crate does not use all of them.
#![allow(unused_macros, unused_imports)]

/// Makes an enum an open union. Each row is an index, the variant, what it is in JSON, the values
/// of the tag member that mean it, and members that only it has. Behind the tag, `else` names the
/// variant that is meant by values of no variant. The enum ends with `Other(Value)`.
///
/// `union! { Owner { tag "object" else 1, 0 Id Str [] [], 1 Customer Obj ["customer"] ["created"] } }`
macro_rules! union {
    ($type:ident {
        tag $tag:literal $(else $default:literal)?,
        $($index:literal $variant:ident $kind:ident
            [$($value:literal),*] [$($has:literal),*]),* $(,)?
    }) => {
        impl $crate::runtime::model::Union for $type {
            fn choices(&self) -> &'static $crate::runtime::model::Choices {
                static CHOICES: $crate::runtime::model::Choices = $crate::runtime::model::Choices {
                    name: stringify!($type),
                    tag: $tag,
                    default: $crate::runtime::model::Choices::default_of(&[$($default)?]),
                    variants: &[$($crate::runtime::model::Choice {
                        name: stringify!($variant),
                        kind: $crate::runtime::model::Kind::$kind,
                        tags: &[$($value),*],
                        has: &[$($has),*],
                    }),*],
                };
                &CHOICES
            }
            fn choose(&mut self, index: usize) -> $crate::runtime::model::SlotMut<'_> {
                *self = match index {
                    $($index => Self::$variant(::core::default::Default::default()),)*
                    _ => Self::Other(::core::default::Default::default()),
                };
                match self {
                    $(Self::$variant(value) => $crate::runtime::model::Slot::slot(value),)*
                    Self::Other(value) => $crate::runtime::model::SlotMut::Json(value),
                }
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::model::Slot::node(value),)*
                    Self::Other(value) => $crate::runtime::model::Node::Json(value),
                }
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::Union(self)
            }
        }
        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::Other(::core::default::Default::default())
            }
        }
        $crate::runtime::through_table!($type);
    };
}

/// Makes an enum an open union whose variant is named by the only member of an object. The enum
/// ends with `Other(Value)`.
///
/// `tagged_union! { UpdateManyUsersBody { 0 User "user", 1 Users "users" } }`
macro_rules! tagged_union {
    ($type:ident { $($index:literal $variant:ident $tag:literal),* $(,)? }) => {
        impl $crate::runtime::model::TaggedUnion for $type {
            fn tags(&self) -> &'static [&'static str] {
                &[$($tag),*]
            }
            fn choose(&mut self, index: usize) -> $crate::runtime::model::SlotMut<'_> {
                *self = match index {
                    $($index => Self::$variant(::core::default::Default::default()),)*
                    _ => Self::Other(::core::default::Default::default()),
                };
                match self {
                    $(Self::$variant(value) => $crate::runtime::model::Slot::slot(value),)*
                    Self::Other(value) => $crate::runtime::model::SlotMut::Json(value),
                }
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::model::Node::Tagged($tag, value),)*
                    Self::Other(value) => $crate::runtime::model::Node::Json(value),
                }
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::Tagged(self)
            }
        }
        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::Other(::core::default::Default::default())
            }
        }
        $crate::runtime::through_table!($type);
    };
}

/// Makes an enum a union that is only ever sent: its variant is named by the only member of an
/// object, and there is no `Other`.
///
/// `sent_union! { UpdateManyUsersBody { 0 User "user", 1 Users "users" } }`
macro_rules! sent_union {
    ($type:ident { 0 $first:ident $head:literal $(, $index:literal $variant:ident $tag:literal)* $(,)? }) => {
        impl $crate::runtime::model::TaggedUnion for $type {
            fn tags(&self) -> &'static [&'static str] {
                &[$head $(, $tag)*]
            }
            fn choose(&mut self, index: usize) -> $crate::runtime::model::SlotMut<'_> {
                *self = match index {
                    0 => Self::$first(::core::default::Default::default()),
                    $($index => Self::$variant(::core::default::Default::default()),)*
                    _ => return $crate::runtime::model::SlotMut::Ignore,
                };
                match self {
                    Self::$first(value) => $crate::runtime::model::Slot::slot(value),
                    $(Self::$variant(value) => $crate::runtime::model::Slot::slot(value),)*
                }
            }
            fn is_open(&self) -> bool {
                false
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                match self {
                    Self::$first(value) => $crate::runtime::model::Node::Tagged($head, value),
                    $(Self::$variant(value) => $crate::runtime::model::Node::Tagged($tag, value),)*
                }
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::Tagged(self)
            }
        }
        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::$first(::core::default::Default::default())
            }
        }
        $crate::runtime::through_table!($type);
    };
}

/// Makes an enum what a call gives whose successes have a shape for each status. A row with a value
/// names the member that wraps it, empty for none; one without stands for no body. The enum ends
/// with `Other(Response<Bytes>)`.
///
/// `outcome! { StartOutcome { 200 => Ok "", 202 => Accepted "job", 204 => NoContent } }`
macro_rules! outcome {
    ($type:ident { $($status:pat => $variant:ident $($member:literal)?),* $(,)? }) => {
        impl $crate::runtime::model::Outcome for $type {
            fn choose(
                &mut self,
                status: u16,
            ) -> ::core::option::Option<(&'static str, $crate::runtime::model::SlotMut<'_>)> {
                match status {
                    $($status => $crate::runtime::outcome!(@choose self $variant $($member)?),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn other(&mut self, response: $crate::runtime::Response<::bytes::Bytes>) {
                *self = Self::Other(response);
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                $($crate::runtime::outcome!(@node self $variant $($member)?);)*
                $crate::runtime::model::Node::Absent
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::Outcome(self)
            }
        }
        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::Other($crate::runtime::Response::default())
            }
        }
    };
    (@choose $this:ident $variant:ident $member:literal) => {{
        *$this = Self::$variant(::core::default::Default::default());
        match $this {
            Self::$variant(value) => ::core::option::Option::Some(
                ($member, $crate::runtime::model::Slot::slot(value)),
            ),
            _ => ::core::option::Option::None,
        }
    }};
    (@choose $this:ident $variant:ident) => {{
        *$this = Self::$variant;
        ::core::option::Option::Some(("", $crate::runtime::model::SlotMut::Ignore))
    }};
    (@node $this:ident $variant:ident $member:literal) => {
        if let Self::$variant(value) = $this {
            return $crate::runtime::model::Slot::node(value);
        }
    };
    (@node $this:ident $variant:ident) => {};
}

pub(crate) use {outcome, sent_union, tagged_union, union};

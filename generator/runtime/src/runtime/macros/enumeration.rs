//! Turns a table of values into the trait implementations of an open enumeration.

// A small crate does not use all of them.
#![allow(unused_macros, unused_imports)]

/// Makes an enum an open enumeration of strings. The enum ends with `Other(String)`.
///
/// `string_enum! { Role { EndUser = "end-user", Agent = "agent" } }`
macro_rules! string_enum {
    ($type:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $type {
            /// The text as the server knows it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }
        impl ::core::convert::From<&str> for $type {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Other(text.to_owned()),
                }
            }
        }
        impl ::core::convert::From<::std::string::String> for $type {
            fn from(text: ::std::string::String) -> Self {
                text.as_str().into()
            }
        }
        impl ::core::str::FromStr for $type {
            type Err = ::core::convert::Infallible;
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(text.into())
            }
        }
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::Other(::std::string::String::new())
            }
        }
        impl ::core::cmp::Eq for $type {}
        impl ::core::hash::Hash for $type {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }
        impl $crate::runtime::model::StringEnum for $type {
            fn set(&mut self, text: &str) {
                *self = text.into();
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                $crate::runtime::model::Node::Str(self.as_str())
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::StringEnum(self)
            }
        }
        $crate::runtime::through_table!($type);
    };
}

/// Makes an enum an open enumeration of integers. The enum ends with `Other(i64)`.
///
/// `integer_enum! { RoleType { Custom = 0, Light = 1 } }`
macro_rules! integer_enum {
    ($type:ident { $($variant:ident = $number:literal),* $(,)? }) => {
        impl $type {
            /// The number as the server knows it.
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Other(number) => *number,
                }
            }
        }
        impl ::core::convert::From<i64> for $type {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    _ => Self::Other(number),
                }
            }
        }
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }
        impl ::core::default::Default for $type {
            fn default() -> Self {
                0.into()
            }
        }
        impl ::core::cmp::Eq for $type {}
        impl ::core::hash::Hash for $type {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.as_i64().hash(state);
            }
        }
        impl $crate::runtime::model::IntegerEnum for $type {
            fn set(&mut self, number: i64) {
                *self = number.into();
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                $crate::runtime::model::Node::I64(self.as_i64())
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::IntegerEnum(self)
            }
        }
        $crate::runtime::through_table!($type);
    };
}

/// Makes an enum an open enumeration of values of any kinds. The enum ends with `Other(Value)`.
///
/// `value_enum! { Flow { Auto = "auto", Value1 = 1, Value2Dot5 = 2.5, True = true } }`
macro_rules! value_enum {
    ($type:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $type {
            /// The value as JSON has it.
            pub fn to_value(&self) -> ::serde_json::Value {
                $crate::runtime::encode::to_value($crate::runtime::model::Slot::node(self))
            }
        }
        impl ::core::convert::From<::serde_json::Value> for $type {
            fn from(value: ::serde_json::Value) -> Self {
                $(if $crate::runtime::model::Node::from($value).is(&value) {
                    return Self::$variant;
                })*
                Self::Other(value)
            }
        }
        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self.to_value() {
                    ::serde_json::Value::String(text) => f.pad(&text),
                    value => ::core::fmt::Display::fmt(&value, f),
                }
            }
        }
        impl ::core::default::Default for $type {
            fn default() -> Self {
                Self::Other(::serde_json::Value::Null)
            }
        }
        impl $crate::runtime::model::ValueEnum for $type {
            fn set(&mut self, value: ::serde_json::Value) {
                *self = value.into();
            }
        }
        impl $crate::runtime::model::Slot for $type {
            fn node(&self) -> $crate::runtime::model::Node<'_> {
                match self {
                    $(Self::$variant => $crate::runtime::model::Node::from($value),)*
                    Self::Other(value) => $crate::runtime::model::Node::Json(value),
                }
            }
            fn slot(&mut self) -> $crate::runtime::model::SlotMut<'_> {
                $crate::runtime::model::SlotMut::ValueEnum(self)
            }
        }
        $crate::runtime::through_table!($type);
    };
}

pub(crate) use {integer_enum, string_enum, value_enum};

//! Keeps decimal numbers as the text they came in, so that no digit is lost.

use super::model::{Node, Slot, SlotMut};
use std::fmt;

/// A decimal number as text, with all its digits: `12.10`.
///
/// APIs send decimals as strings or as numbers, and this keeps which. Nothing is checked on the way
/// in, and two are equal if text and form are. A JSON number is read with the precision of `f64`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    text: String,
    is_number: bool,
}

impl Decimal {
    /// A decimal that is written as a JSON number if it is one; [`from`](From::from) makes one that
    /// is written as a string.
    pub fn number(text: impl Into<String>) -> Self {
        Decimal {
            text: text.into(),
            is_number: true,
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Decimal {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Decimal {
    fn from(text: String) -> Self {
        Decimal {
            text,
            is_number: false,
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.node(), f)
    }
}

impl Slot for Decimal {
    fn node(&self) -> Node<'_> {
        match self.is_number && is_json_number(&self.text) {
            true => Node::Number(&self.text),
            false => Node::Str(&self.text),
        }
    }
    fn slot(&mut self) -> SlotMut<'_> {
        SlotMut::Decimal(self)
    }
}

impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.node().serialize(serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::decode::from_serde(deserializer)
    }
}

/// RFC 8259 §6: `-12.10e+3`.
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(mark) => text.split_at(mark),
        None => (text, "e0"),
    };
    let exponent = exponent.get(1..).unwrap_or_default();
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let no_leading_zero = whole == "0" || !whole.starts_with('0');
    digits(whole) && no_leading_zero && digits(fraction) && digits(exponent)
}

//! Tells "not there" from "there and null".

use super::model::{Node, Opt, Slot, SlotMut};

/// A member that may be absent, explicitly `null`, or have a value.
///
/// In a request `Null` clears what the server has, and `Absent` leaves it alone.
///
/// ```ignore
/// let change = UserInput { phone: Field::Null, name: Some("Ada".into()), ..Default::default() };
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has this value.
    Value(T),
}

impl<T> Field<T> {
    /// The value, if there is one.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Field::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value to change, if there is one.
    pub fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Field::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value, if there is one; absent and `null` become the same.
    pub fn into_option(self) -> Option<T> {
        match self {
            Field::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value, or a default one where there is none.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// Whether the member is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Field::Absent)
    }

    /// Whether the member is there and `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Field::Null)
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Field::Value(value)
    }
}

/// `None` becomes `Null`, as it is there to clear the member; leave the field out for `Absent`.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Field::Null, Field::Value)
    }
}

impl From<&str> for Field<String> {
    fn from(value: &str) -> Self {
        Field::Value(value.to_owned())
    }
}

impl<T: Slot + Default> Slot for Field<T> {
    fn node(&self) -> Node<'_> {
        match self {
            Field::Value(value) => value.node(),
            Field::Null => Node::Null,
            Field::Absent => Node::Absent,
        }
    }
    fn slot(&mut self) -> SlotMut<'_> {
        SlotMut::Opt(self)
    }
}

impl<T: Slot + Default> Opt for Field<T> {
    fn clear(&mut self) {
        *self = Field::Null;
    }
    fn fill(&mut self) -> SlotMut<'_> {
        *self = Field::Value(T::default());
        match self {
            Field::Value(value) => value.slot(),
            _ => SlotMut::Ignore,
        }
    }
}

//! Ends what the compiler looks into at once: chains of types may be longer than it goes.

use super::model::{Node, Slot, SlotMut};
use std::ops::{Deref, DerefMut};

/// A value that lies deep in others, in a box of its own. It is used like the value itself.
///
/// The compiler looks into all parts of a type to find whether it may go to another thread, and
/// gives up where they lie deeper than 128 steps. It does not look into this box: that what is in
/// it may go to other threads is asked where it is made.
///
/// ```ignore
/// let inner = Deep::new(Part { name: Some("bolt".into()), ..Default::default() });
/// println!("{:?}", inner.name);
/// ```
pub struct Deep<T>(Box<dyn Held<T> + Send + Sync>);

/// What is in the box. It has no other type than `T`, which cannot be told without being looked into.
trait Held<T> {
    fn get(&self) -> &T;
    fn get_mut(&mut self) -> &mut T;
    fn into_inner(self: Box<Self>) -> T;
}

impl<T> Held<T> for T {
    fn get(&self) -> &T {
        self
    }
    fn get_mut(&mut self) -> &mut T {
        self
    }
    fn into_inner(self: Box<Self>) -> T {
        *self
    }
}

impl<T: Send + Sync + 'static> Deep<T> {
    /// Puts a value into the box.
    pub fn new(value: T) -> Self {
        Deep(Box::new(value))
    }
}

impl<T> Deep<T> {
    /// Takes the value out of the box.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

impl<T> Deref for Deep<T> {
    type Target = T;

    fn deref(&self) -> &T {
        (*self.0).get()
    }
}

impl<T> DerefMut for Deep<T> {
    fn deref_mut(&mut self) -> &mut T {
        (*self.0).get_mut()
    }
}

impl<T: Send + Sync + 'static> From<T> for Deep<T> {
    fn from(value: T) -> Self {
        Deep::new(value)
    }
}

impl<T: Clone + Send + Sync + 'static> Clone for Deep<T> {
    fn clone(&self) -> Self {
        Deep::new((**self).clone())
    }
}

impl<T: Default + Send + Sync + 'static> Default for Deep<T> {
    fn default() -> Self {
        Deep::new(T::default())
    }
}

impl<T: PartialEq> PartialEq for Deep<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Deep<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Slot> Slot for Deep<T> {
    fn node(&self) -> Node<'_> {
        (**self).node()
    }
    fn slot(&mut self) -> SlotMut<'_> {
        (**self).slot()
    }
}

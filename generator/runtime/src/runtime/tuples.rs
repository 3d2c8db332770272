//! Makes slots of tuples: lists whose elements have a type each.

use super::model::{Node, Seq, Slot, SlotMut, Tuple};

macro_rules! tuple {
    ($($type:ident $index:tt),*) => {
        impl<$($type: Slot + Default),*> Slot for ($($type,)*) {
            fn node(&self) -> Node<'_> {
                Node::Seq(self)
            }
            fn slot(&mut self) -> SlotMut<'_> {
                SlotMut::Tuple(self)
            }
        }

        impl<$($type: Slot + Default),*> Seq for ($($type,)*) {
            fn len(&self) -> usize {
                // Elements that may be left out are no elements where nothing stands behind them.
                let mut len = self.places();
                while len > 0 && matches!(self.at(len - 1), Node::Absent) {
                    len -= 1;
                }
                len
            }
            fn at(&self, index: usize) -> Node<'_> {
                match index {
                    $($index => self.$index.node(),)*
                    _ => Node::Absent,
                }
            }
            fn push(&mut self) -> SlotMut<'_> {
                SlotMut::Ignore
            }
            fn clear(&mut self) {
                *self = Self::default();
            }
        }

        impl<$($type: Slot + Default),*> Tuple for ($($type,)*) {
            fn places(&self) -> usize {
                [$($index),*].len()
            }
            fn place(&mut self, index: usize) -> SlotMut<'_> {
                match index {
                    $($index => self.$index.slot(),)*
                    _ => SlotMut::Ignore,
                }
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

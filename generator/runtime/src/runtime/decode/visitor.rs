//! Drives a serde deserializer over a slot; generic in the format only.

use super::object::{Seen, read_object};
use super::scalar::{Scalar, fill_optional, put};
use super::union::read_union;
use super::value::{fill, keep_entries, keep_list};
use super::{Decoding, IssueKind, Misfit, Segment};
use crate::runtime::model::{Map, Seq, SlotMut};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Reads one value into a slot.
pub(super) struct Seed<'a, 'd> {
    pub(super) slot: SlotMut<'a>,
    pub(super) decoding: &'d mut Decoding,
}

impl Seed<'_, '_> {
    #[inline]
    fn scalar(self, scalar: Scalar<'_>) -> Misfit {
        match self.decoding.spellings.is_none() {
            true => put(self.slot, scalar, self.decoding),
            false => fill(self.slot, scalar.into_value(), self.decoding),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Misfit;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Misfit, D::Error> {
        match self.slot {
            SlotMut::Ignore => {
                deserializer.deserialize_ignored_any(IgnoredAny)?;
                Ok(None)
            }
            SlotMut::Json(place) => {
                *place = Deserialize::deserialize(deserializer)?;
                Ok(None)
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Misfit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON-like data")
    }
    #[inline]
    fn visit_bool<E>(self, value: bool) -> Result<Misfit, E> {
        Ok(self.scalar(Scalar::Bool(value)))
    }
    #[inline]
    fn visit_i64<E>(self, value: i64) -> Result<Misfit, E> {
        Ok(self.scalar(Scalar::I64(value)))
    }
    #[inline]
    fn visit_u64<E>(self, value: u64) -> Result<Misfit, E> {
        Ok(self.scalar(Scalar::U64(value)))
    }
    #[inline]
    fn visit_f64<E>(self, value: f64) -> Result<Misfit, E> {
        Ok(self.scalar(Scalar::F64(value)))
    }
    #[inline]
    fn visit_str<E>(self, value: &str) -> Result<Misfit, E> {
        Ok(self.scalar(Scalar::Str(value)))
    }
    #[inline]
    fn visit_unit<E>(self) -> Result<Misfit, E> {
        Ok(self.scalar(Scalar::Null))
    }
    #[inline]
    fn visit_none<E>(self) -> Result<Misfit, E> {
        Ok(self.scalar(Scalar::Null))
    }
    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Misfit, D::Error> {
        self.deserialize(deserializer)
    }
    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Misfit, D::Error> {
        self.deserialize(deserializer)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Misfit, A::Error> {
        let decoding = self.decoding;
        match self.slot {
            SlotMut::Opt(optional) => {
                fill_optional(optional, |slot| Seed { slot, decoding }.visit_seq(access))
            }
            SlotMut::Seq(seq) => read_seq(seq, access, decoding),
            slot => {
                let value = Deserialize::deserialize(SeqAccessDeserializer::new(access))?;
                Ok(fill(slot, value, decoding))
            }
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Misfit, A::Error> {
        let decoding = self.decoding;
        match self.slot {
            SlotMut::Opt(optional) => {
                fill_optional(optional, |slot| Seed { slot, decoding }.visit_map(access))
            }
            SlotMut::Obj(object) => {
                decoding.deeper::<A::Error>()?;
                read_object(object, &mut access, decoding, Seen::default())?;
                decoding.depth -= 1;
                Ok(None)
            }
            SlotMut::Union(union) => {
                decoding.deeper::<A::Error>()?;
                read_union(union, &mut access, decoding)?;
                decoding.depth -= 1;
                Ok(None)
            }
            SlotMut::Map(map) => read_map(map, access, decoding),
            // With serde_json's `arbitrary_precision` a number is a map, so scalars come here too.
            slot => {
                let value = Deserialize::deserialize(MapAccessDeserializer::new(access))?;
                Ok(fill(slot, value, decoding))
            }
        }
    }
}

fn read_seq<'de, A: SeqAccess<'de>>(
    seq: &mut dyn Seq,
    mut access: A,
    decoding: &mut Decoding,
) -> Result<Misfit, A::Error> {
    decoding.deeper::<A::Error>()?;
    seq.clear();
    let (mut misfits, mut index) = (Vec::new(), 0);
    loop {
        let known = decoding.issues.len();
        match access.next_element_seed(ElementSeed(seq, decoding)) {
            Ok(None) => break,
            Ok(Some(None)) => {}
            Ok(Some(Some(value))) => {
                decoding.note(IssueKind::WrongKind, None);
                misfits.push((index, *value));
            }
            Err(error) => {
                decoding.at.push(Segment::Index(index));
                return Err(error);
            }
        }
        decoding.prefix(known, || Segment::Index(index));
        index += 1;
    }
    decoding.depth -= 1;
    Ok(keep_list(seq, misfits))
}

fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    mut access: A,
    decoding: &mut Decoding,
) -> Result<Misfit, A::Error> {
    decoding.deeper::<A::Error>()?;
    map.clear();
    let (mut key, mut misfits) = (String::new(), Vec::new());
    while access.next_key_seed(KeyBuffer(&mut key))?.is_some() {
        let known = decoding.issues.len();
        let slot = map.entry(&key);
        match access.next_value_seed(Seed { slot, decoding }) {
            Ok(None) => {}
            Ok(Some(value)) => {
                decoding.note(IssueKind::WrongKind, None);
                misfits.push((key.clone(), *value));
            }
            Err(error) => {
                decoding.at.push(Segment::Key(key.into()));
                return Err(error);
            }
        }
        decoding.prefix(known, || Segment::Key(key.clone().into()));
    }
    decoding.depth -= 1;
    Ok(keep_entries(map, misfits))
}

/// Appends an element, but only if there is one.
struct ElementSeed<'a, 'd>(&'a mut dyn Seq, &'d mut Decoding);

impl<'de> DeserializeSeed<'de> for ElementSeed<'_, '_> {
    type Value = Misfit;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Misfit, D::Error> {
        let ElementSeed(seq, decoding) = self;
        let slot = seq.push();
        Seed { slot, decoding }.deserialize(deserializer)
    }
}

/// Reads a key into a buffer that is used again.
struct KeyBuffer<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for KeyBuffer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyBuffer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string as key")
    }
    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(key);
        Ok(())
    }
}

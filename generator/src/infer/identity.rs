//! Which member of a record is its identity, and which records have nothing else.

use super::name;
use super::position::{ObjectPosition, Position};
use crate::model::evidence::Direction;

/// Whether a member is the identity of its record: `id`, `uuid`, or the record's name with one of them.
pub fn is_identity(record: &Position, key: &str) -> bool {
    let key = name::comparable(key);
    let ends = ["id", "uuid", "guid"];
    ends.contains(&key.as_str())
        || record
            .comparable
            .iter()
            .any(|record| ends.iter().any(|end| key == format!("{record}_{end}")))
}

/// Whether what is sent is nothing but an identity: `{"user": {"id": 7}}` says which user is meant, and describes none.
pub fn is_reference(record: &Position, object: &ObjectPosition) -> bool {
    object.seen.directions() == [Direction::Sent]
        && record.bodies.iter().all(|body| !body.whole)
        && object.members.len() == 1
        && object.random.is_none()
        && !object.is_stated()
        && object.members.keys().all(|key| is_identity(record, key))
}

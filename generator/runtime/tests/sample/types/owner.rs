//! A union, and types that are hard to tell apart.

use crate::runtime::{Extra, Field, object, union};
use serde_json::Value;
use std::collections::BTreeMap;

/// What something belongs to.
#[derive(Clone)]
#[non_exhaustive]
pub enum Owner {
    /// Only its identity.
    Id(String),
    /// A customer.
    Customer(Box<Customer>),
    /// A customer that was deleted.
    Deleted(Box<Deleted>),
    /// An account.
    Account(Box<Account>),
    /// Several of them.
    Many(Vec<Owner>),
    /// A value that this crate does not know.
    Other(Value),
}

union! {
    Owner {
        tag "object",
        0 Id Str [] [],
        1 Customer Obj ["customer"] ["created"],
        2 Deleted Obj ["customer"] ["deleted"],
        3 Account Obj ["account"] [],
        4 Many Arr [] [],
    }
}

/// A customer.
#[derive(Clone, Default)]
pub struct Customer {
    /// Its identity.
    pub id: String,
    /// `customer`
    pub object: String,
    /// When it was made.
    pub created: i64,
    /// What it belongs to.
    pub parent: Option<Owner>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    Customer {
        0 req "id" id,
        1 req "object" object,
        2 req "created" created,
        3 opt "parent" parent,
    }
}

/// A customer that was deleted.
#[derive(Clone, Default)]
pub struct Deleted {
    /// Its identity.
    pub id: String,
    /// `customer`
    pub object: String,
    /// `true`
    pub deleted: bool,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    Deleted {
        0 req "id" id,
        1 req "object" object,
        2 req "deleted" deleted,
    }
}

/// An account.
#[derive(Clone, Default)]
pub struct Account {
    /// Its identity.
    pub id: String,
    /// `account`
    pub object: String,
    /// Who owns it.
    pub owners: Vec<Owner>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    Account {
        0 req "id" id,
        1 req "object" object,
        2 req "owners" owners,
    }
}

/// A type with a member of each kind.
#[derive(Clone, Default)]
pub struct Card {
    /// A required string.
    pub id: String,
    /// An enumeration.
    pub role: Option<super::Role>,
    /// Three states.
    pub last4: Field<String>,
    /// A map.
    pub metadata: BTreeMap<String, String>,
    /// Itself.
    pub checks: Option<Box<Card>>,
    /// A union.
    pub owner: Option<Owner>,
    /// A required integer.
    pub amount: i64,
    /// A number.
    pub rate: Option<f64>,
    /// A list of what may be null.
    pub tags: Option<Vec<Option<String>>>,
    /// Anything.
    pub raw: Option<Value>,
    /// Required and nullable.
    pub required_null: Option<String>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    Card {
        0 req "id" id,
        1 opt "role" role,
        2 opt "last4" last4,
        3 req "metadata" metadata,
        4 opt "checks" checks,
        5 opt "owner" owner,
        6 req "amount" amount,
        7 opt "rate" rate,
        8 opt "tags" tags,
        9 opt "raw" raw,
        10 req "required_null" required_null,
    }
}

//! Users and what belongs to them.

use crate::runtime::{
    Date, Decimal, Extra, Field, Timestamp, integer_enum, object, string_enum, tagged_union,
};
use std::collections::BTreeMap;

/// A user.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct User {
    /// Given by the server.
    pub id: i64,
    /// The full name.
    pub name: Option<String>,
    /// The phone number.
    pub phone: Field<String>,
    /// Words that mark the user.
    pub tags: Option<Vec<String>>,
    /// The user's picture in several sizes.
    pub photo: Option<BTreeMap<String, serde_json::Value>>,
    /// Where the user belongs to.
    pub organization: Option<Box<Organization>>,
    /// What the user may do.
    pub role: Option<Role>,
    /// The kind of the role.
    pub role_type: Option<RoleType>,
    /// When the user was made.
    pub created_at: Option<Timestamp>,
    /// The day of birth.
    pub born_on: Option<Date>,
    /// What the user has.
    pub credit: Option<Decimal>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    User {
        0 req "id" id,
        1 opt "name" name,
        2 opt "phone" phone,
        3 opt "tags" tags,
        4 opt "photo" photo,
        5 opt "organization" organization,
        6 opt "role" role,
        7 opt "role_type" role_type,
        8 opt "created_at" created_at,
        9 opt "born_on" born_on,
        10 opt "credit" credit,
    }
}

/// What a user is made of.
#[derive(Clone, Default)]
pub struct UserInput {
    /// The full name.
    pub name: String,
    /// The phone number.
    pub phone: Field<String>,
    /// What the user may do.
    pub role: Option<Role>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

impl UserInput {
    /// With what is required.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Default::default()
        }
    }
}

object! {
    UserInput {
        0 req "name" name,
        1 opt "phone" phone,
        2 opt "role" role,
    }
}

/// Many users.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct UsersResponse {
    /// The users.
    pub users: Vec<User>,
    /// How many there are.
    pub count: Option<i64>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    UsersResponse {
        0 req "users" users,
        1 opt "count" count,
    }
}

/// An organization.
#[derive(Clone, Default)]
pub struct Organization {
    /// Its name.
    pub name: Option<String>,
    /// The organization above it.
    pub parent: Option<Box<Organization>>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    Organization {
        0 opt "name" name,
        1 opt "parent" parent,
    }
}

/// Work that is done later.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct JobStatus {
    /// Its identity.
    pub id: String,
    /// How far it is.
    pub status: Option<String>,
    /// Members that this crate does not know.
    pub extra: Extra,
}

object! {
    JobStatus {
        0 req "id" id,
        1 opt "status" status,
    }
}

/// What a user may do.
#[derive(Clone)]
#[non_exhaustive]
pub enum Role {
    /// `end-user`
    EndUser,
    /// `agent`
    Agent,
    /// A value that this crate does not know.
    Other(String),
}

string_enum! {
    Role {
        EndUser = "end-user",
        Agent = "agent",
    }
}

/// The kind of a role.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum RoleType {
    /// `0`
    Custom,
    /// `1`
    Light,
    /// `-1`
    Nobody,
    /// A value that this crate does not know.
    Other(i64),
}

integer_enum! {
    RoleType {
        Custom = 0,
        Light = 1,
        Nobody = -1,
    }
}

/// One change for all users, or one for each.
#[derive(Clone)]
#[non_exhaustive]
pub enum UpdateManyUsersBody {
    /// `{"user": …}`
    User(UserInput),
    /// `{"users": […]}`
    Users(Vec<UserInput>),
    /// A value that this crate does not know.
    Other(serde_json::Value),
}

tagged_union! {
    UpdateManyUsersBody {
        0 User "user",
        1 Users "users",
    }
}

//! Operations on users.

use crate::runtime::{Call, Core, Op, Style, call};
use crate::types::*;
use bytes::Bytes;

pub(crate) static CREATE_MANY_USERS: Op = Op {
    id: "CreateManyUsers",
    method: "POST",
    path: "/api/v2/users/create_many",
    request_member: Some("users"),
    response_member: Some("job_status"),
    security: &[&["basic"]],
    ..Op::NEW
};

pub(crate) static CREATE_OR_UPDATE_USER: Op = Op {
    id: "CreateOrUpdateUser",
    method: "POST",
    path: "/api/v2/users/create_or_update",
    request_member: Some("user"),
    response_member: Some("user"),
    security: &[&["basic"]],
    ..Op::NEW
};

pub(crate) static DELETE_USER: Op = Op {
    id: "DeleteUser",
    method: "DELETE",
    path: "/api/v2/users/{user_id}",
    security: &[&["basic"]],
    ..Op::NEW
};

pub(crate) static LIST_USERS: Op = Op {
    id: "ListUsers",
    method: "GET",
    path: "/api/v2/users",
    security: &[&["basic"]],
    ..Op::NEW
};

pub(crate) static SEARCH_USERS: Op = Op {
    id: "SearchUsers",
    method: "GET",
    path: "/api/v2/users/search",
    security: &[],
    ..Op::NEW
};

pub(crate) static SHOW_USER: Op = Op {
    id: "ShowUser",
    method: "GET",
    path: "/api/v2/users/{user_id}",
    response_member: Some("user"),
    security: &[&["basic"]],
    ..Op::NEW
};

pub(crate) static SHOW_USER_PHOTO: Op = Op {
    id: "ShowUserPhoto",
    method: "GET",
    path: "/api/v2/users/{user_id}/photos/{name}.{format}",
    accept: "image/*",
    security: &[&["basic"]],
    ..Op::NEW
};

pub(crate) static UPDATE_MANY_USERS: Op = Op {
    id: "UpdateManyUsers",
    method: "PUT",
    path: "/api/v2/users/update_many",
    response_member: Some("job_status"),
    security: &[&["basic"]],
    ..Op::NEW
};

/// Operations on users; made by [`Client::users`](crate::Client::users).
#[derive(Clone, Copy, Debug)]
pub struct Users<'a>(pub(crate) &'a Core);

impl Users<'_> {
    /// Makes many users.
    ///
    /// `POST /api/v2/users/create_many`
    pub fn create_many(&self, users: &[UserInput]) -> CreateManyUsers {
        CreateManyUsers(Call::new(self.0, &CREATE_MANY_USERS, &[]).json(users))
    }

    /// Makes a user, or changes the one there is.
    ///
    /// `POST /api/v2/users/create_or_update`
    pub fn create_or_update(&self, user: &UserInput) -> CreateOrUpdateUser {
        CreateOrUpdateUser(Call::new(self.0, &CREATE_OR_UPDATE_USER, &[]).json(user))
    }

    /// Deletes a user.
    ///
    /// `DELETE /api/v2/users/{user_id}`
    pub fn delete(&self, user_id: i64) -> DeleteUser {
        DeleteUser(Call::new(self.0, &DELETE_USER, &[&user_id]))
    }

    /// Lists users.
    ///
    /// `GET /api/v2/users`
    pub fn list(&self) -> ListUsers {
        ListUsers(Call::new(self.0, &LIST_USERS, &[]))
    }

    /// Finds users.
    ///
    /// `GET /api/v2/users/search`
    pub fn search(&self, query: &str) -> SearchUsers {
        SearchUsers(Call::new(self.0, &SEARCH_USERS, &[]).query("query", query))
    }

    /// Shows a user.
    ///
    /// `GET /api/v2/users/{user_id}`
    pub fn show(&self, user_id: i64) -> ShowUser {
        ShowUser(Call::new(self.0, &SHOW_USER, &[&user_id]))
    }

    /// Shows a picture of a user.
    ///
    /// `GET /api/v2/users/{user_id}/photos/{name}.{format}`
    pub fn photo(&self, user_id: &str, name: &str, format: &str) -> ShowUserPhoto {
        ShowUserPhoto(Call::new(
            self.0,
            &SHOW_USER_PHOTO,
            &[&user_id, &name, &format],
        ))
    }

    /// Changes many users.
    ///
    /// `PUT /api/v2/users/update_many`
    pub fn update_many(&self, body: &UpdateManyUsersBody) -> UpdateManyUsers {
        UpdateManyUsers(Call::new(self.0, &UPDATE_MANY_USERS, &[]).json(body))
    }
}

call! {
    /// Call of [`Users::create_many`].
    CreateManyUsers -> JobStatus
}

call! {
    /// Call of [`Users::create_or_update`].
    CreateOrUpdateUser -> User
}

call! {
    /// Call of [`Users::delete`].
    DeleteUser -> ()
}

call! {
    /// Call of [`Users::list`].
    ListUsers -> UsersResponse
}

impl ListUsers {
    /// Only users with this role.
    pub fn role(mut self, role: impl Into<Option<Role>>) -> Self {
        self.0.set_query("role", &role.into());
        self
    }

    /// Only users with one of these roles.
    pub fn roles(mut self, roles: &[Role]) -> Self {
        self.0.set_query("role[]", roles);
        self
    }

    /// Only users with this identity elsewhere.
    pub fn external_id<'v>(mut self, external_id: impl Into<Option<&'v str>>) -> Self {
        self.0.set_query("external_id", &external_id.into());
        self
    }

    /// Only these users, with commas between them.
    pub fn ids(mut self, ids: &[i64]) -> Self {
        self.0.set_query_style("ids", ids, Style::Csv);
        self
    }

    /// Only users with one of these words.
    pub fn tags(mut self, tags: &[&str]) -> Self {
        self.0.set_query_style("tags", tags, Style::Csv);
        self
    }

    /// Deleted users too.
    pub fn with_deleted(mut self, with_deleted: impl Into<Option<bool>>) -> Self {
        self.0
            .set_query_style("with_deleted", &with_deleted.into(), Style::Flag);
        self
    }

    /// On behalf of this user.
    pub fn on_behalf_of<'v>(mut self, on_behalf_of: impl Into<Option<&'v str>>) -> Self {
        self.0.set_header("X-On-Behalf-Of", &on_behalf_of.into());
        self
    }
}

call! {
    /// Call of [`Users::search`].
    SearchUsers -> UsersResponse
}

call! {
    /// Call of [`Users::show`].
    ShowUser -> User
}

call! {
    /// Call of [`Users::photo`].
    ShowUserPhoto -> Bytes
}

call! {
    /// Call of [`Users::update_many`].
    UpdateManyUsers -> JobStatus
}

//! What a lock keeps, refuses and renames.

use super::{Lock, read, rename, text};
use crate::diagnostic::Diagnostics;
use crate::origin::FileId;

const TEXT: &str = "\
alias types::Customer = types::User since 0.2.0
credential header.X-Key = api_key
field schema User.\"e-mail\" = e_mail
field schema User.photo = photo
group users = users Users users
operation GET /users = users::list ListUsers
operation GET /users/{} = users::show as fetch ShowUser ShowUserCall
parameter GET /users query.role = role
server region = region
type schema Role = Role
type schema User = User as Person
value schema Role.\"end user\" = EndUser
";

fn lock(text: &str) -> (Lock, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let lock = read(FileId(0), text, &mut diagnostics);
    let said = diagnostics
        .iter()
        .map(|found| format!("{}: {}", found.code, found.message));
    (lock, said.collect())
}

fn body(lock: &Lock) -> String {
    let text = text(lock);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn what_is_read_is_written_again() {
    let (read, said) = lock(TEXT);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(body(&read), TEXT);
    let backwards: Vec<&str> = TEXT.lines().rev().collect();
    let (again, _) = lock(&backwards.join("\r\n"));
    assert_eq!(body(&again), TEXT);
}

#[test]
fn every_line_that_cannot_be_kept_is_said() {
    for (text, expected) in [
        ("nonsense", "names/syntax"),
        ("type schema User", "names/syntax"),
        ("kind schema User = User", "names/syntax"),
        ("<<<<<<< ours", "names/syntax"),
        ("type schema User = user", "names/invalid"),
        ("type schema User = Option", "names/invalid"),
        ("field schema User.photo = Photo", "names/invalid"),
        ("field schema User.photo = a b", "names/invalid"),
        ("field User = photo", "names/syntax"),
        ("group users = runtime Users users", "names/invalid"),
        ("group users = users", "names/syntax"),
        ("operation GET /users = list ListUsers", "names/syntax"),
        ("alias types::A = users since 0.1.0", "names/syntax"),
        ("alias types::A = types::B", "names/syntax"),
        ("type schema A = A\ntype schema A = B", "names/twice"),
        ("type schema A = A\ntype schema B = A", "names/collision"),
        (
            "operation GET /a = x::list A\noperation GET /b = x::list B",
            "names/collision",
        ),
        (
            "field schema A.b = b\nfield schema A.c = b",
            "names/collision",
        ),
    ] {
        let (_, said) = lock(text);
        assert_eq!(said.len(), 1, "{text}: {said:?}");
        assert!(said[0].starts_with(expected), "{text}: {said:?}");
    }
}

#[test]
fn a_renamed_thing_leaves_its_name_behind() {
    let text = "\
group users = users Users users
operation GET /users = users::list ListUsers
operation GET /users/{} = users::show ShowUser
type schema User = User
field schema User.photo = photo
";
    let renamed = |old: &str, new: &str| {
        let (mut lock, said) = lock(text);
        assert!(said.is_empty(), "{said:?}");
        let done = rename(&mut lock, old, new, "0.3.0");
        done.map(|_| body(&lock))
    };
    let has = |old: &str, new: &str, lines: &[&str]| {
        let text = renamed(old, new).expect("renamed");
        for line in lines {
            assert!(text.lines().any(|known| known == *line), "{line}\n{text}");
        }
    };
    has(
        "User",
        "Account",
        &[
            "alias types::User = types::Account since 0.3.0",
            "type schema User = Account",
        ],
    );
    has(
        "User.photo",
        "picture",
        &["field schema User.photo = picture"],
    );
    has(
        "users::list",
        "list_all",
        &[
            "alias users::list = users::list_all since 0.3.0",
            "operation GET /users = users::list_all ListUsers",
        ],
    );
    has(
        "users",
        "members",
        &[
            "alias users = members since 0.3.0",
            "group users = members Members members",
            "operation GET /users/{} = members::show ShowUser",
        ],
    );
    has(
        "ListUsers",
        "ListAllUsers",
        &[
            "alias users::ListUsers = users::ListAllUsers since 0.3.0",
            "operation GET /users = users::list ListAllUsers",
        ],
    );
    for (old, new) in [
        ("Nobody", "Somebody"),
        ("User", "account"),
        ("User", "Option"),
        ("User.name", "title"),
        ("users::list", "show"),
        ("users::list", "members::list"),
        ("members", "users"),
    ] {
        assert!(renamed(old, new).is_err(), "{old} {new}");
    }
}

#[test]
fn a_name_that_comes_back_is_no_alias() {
    let (mut lock, _) = lock("type schema User = User\n");
    rename(&mut lock, "User", "Account", "0.3.0").expect("renamed");
    rename(&mut lock, "Account", "Member", "0.3.0").expect("renamed");
    assert_eq!(
        body(&lock),
        "alias types::Account = types::Member since 0.3.0\n\
         alias types::User = types::Member since 0.3.0\n\
         type schema User = Member\n"
    );
    rename(&mut lock, "Member", "User", "0.3.0").expect("renamed");
    assert_eq!(
        body(&lock),
        "alias types::Account = types::User since 0.3.0\n\
         alias types::Member = types::User since 0.3.0\n\
         type schema User = User\n"
    );
}

//! Each phrase of the list with what it is read as, and with its traps.

use super::*;

fn words(text: &str) -> Vec<String> {
    read(text)
        .values
        .into_iter()
        .map(|(value, name)| {
            let value = match value {
                Literal::String(text) | Literal::Number(text) => text,
                other => other.to_json(),
            };
            name.map_or(value.clone(), |name| format!("{value} {name}"))
        })
        .collect()
}

#[test]
fn lists_of_values() {
    for text in [
        "The role. Possible values are \"end-user\", \"agent\", or \"admin\"",
        "The role. Possible values: \"end-user\", \"agent\", \"admin\"",
        "Possible values are \"end-user\", \"agent\", or \"admin\". Allowed values are \"end-user\", \"agent\", or \"admin\".",
        "Allowed values are `end-user`, `agent` and `admin`.",
        "Must be one of: end-user, agent, admin.",
        "Can be one of end-user, agent, or admin",
        "One of: 'end-user', 'agent', 'admin'",
        "the role property only accepts three possible values: \"end-user\", \"agent\", and\n\"admin\". Therefore",
        "one of: `end-user`, `agent`, `admin`",
    ] {
        assert_eq!(words(text), ["end-user", "agent", "admin"], "{text}");
        assert!(!read(text).nullable, "{text}");
    }
    let said = read(
        "Possible values are: \"organization\", \"groups\", null. \"groups\" and \"assigned\" are valid only for agents. (for example, \"groups\")",
    );
    assert_eq!(said.values.len(), 2);
    assert!(said.nullable);
    assert_eq!(words("Valid values: 1, 2, 3"), ["1", "2", "3"]);
}

#[test]
fn what_only_looks_like_a_list_is_none() {
    for text in [
        "The API treats the id as case insensitive. Example: \"ian1\" and \"IAN1\" are the same value.",
        "If both \"locale\" and \"locale_id\" are present on create or update, \"locale_id\" is ignored.",
        "if the field is on a \"zen:user\", it references a field on a user",
        "a string such as \"Eastern Time (US & Canada)\".",
        "One of the users",
        "one of content, file, embeds is needed",
        "Possible values are listed elsewhere.",
        "Allowed values are \"one\".",
        "You can only filter by one role ID per request",
        "The locale for this user",
    ] {
        assert_eq!(words(text), [""; 0], "{text}");
    }
}

#[test]
fn numbers_with_words() {
    let text = "The user's role id. 0 for a custom agent, 1 for a light agent, 2 for a chat agent, 3 for a chat agent added to the account as a contributor (Chat Phase 4), 4 for an admin, and 5 for a billing admin";
    assert_eq!(
        words(text),
        [
            "0 custom agent",
            "1 light agent",
            "2 chat agent",
            "3 chat agent added to the account as a contributor",
            "4 admin",
            "5 billing admin"
        ]
    );
    assert_eq!(
        words("0 = off, 1 = on, 2 = auto"),
        ["0 off", "1 on", "2 auto"]
    );
    for text in [
        "up to 100 users, 5 for each, and 4 for others",
        "5 requests for a user",
        "10 for a day, 20 for a week",
        "v2 = new, v3 = newer, v4 = newest",
        "",
    ] {
        assert_eq!(words(text), [""; 0], "{text}");
    }
}

#[test]
fn other_phrases() {
    assert!(read("Accepts a comma-separated list of up to 100 user ids.").comma);
    assert!(read("Id of the users to update. Comma separated").comma);
    assert!(!read("A list of ids").comma);
    assert!(read("property may occasionally be null.").nullable);
    assert!(!read("null values are dropped").nullable);
    assert_eq!(read("Defaults to 25.").default.as_deref(), Some("25"));
    assert_eq!(
        read("(defaults to `false`)").default.as_deref(),
        Some("false")
    );
    assert_eq!(read("Default: \"a b\"").default.as_deref(), Some("a b"));
    assert_eq!(read("The id of the user's default group").default, None);
    assert_eq!(read("the default user avatar").default, None);
    assert!(read("Deprecated. Use another one").deprecated);
    assert!(read("This is deprecated.").deprecated);
    assert!(!read("It is inert and may be deprecated in the future.").deprecated);
    assert_eq!(
        read("The picture represented as an Attachment object")
            .named
            .as_deref(),
        Some("Attachment")
    );
    assert_eq!(read("Users are represented as JSON objects").named, None);
}

#[test]
fn statuses_in_sentences() {
    for (text, codes) in [
        (
            "A 403 Forbidden error is returned if imports are not enabled.",
            vec![403],
        ),
        ("the request returns a 404 status.", vec![404]),
        (
            "this limit will be consumed and you will get a 429 Too Many Requests",
            vec![429],
        ),
        (
            "a successful request returns a 200 status code with",
            vec![200],
        ),
        ("Returns 204 empty response on success", vec![204]),
        ("Returns a maximum of 100 records per page.", vec![]),
        ("You can delete 700 users every 10 minutes.", vec![]),
        (
            "will fail and return 400 Bad Request and an error message",
            vec![400],
        ),
        (
            "Returns up to 100 records per page to a maximum of 10,000 records",
            vec![],
        ),
    ] {
        assert_eq!(statuses(text), codes, "{text}");
    }
}

#[test]
fn what_is_answered_and_included() {
    assert_eq!(
        answered("Returns a [user](/x#y) object for a given user ID."),
        Some(("user".to_owned(), false))
    );
    assert_eq!(
        answered("Changes it. Returns a list of partial [guild](/x) objects the user is in."),
        Some(("guild".to_owned(), true))
    );
    assert_eq!(answered("Returns users."), None);
    assert_eq!(answered("Returns [a page](x) of text."), None);
    assert_eq!(
        included("include a \"skip_verify_email\": true\nproperty."),
        Some(("skip_verify_email".to_owned(), Literal::Boolean(true)))
    );
    assert_eq!(included("include a \"role\" parameter"), None);
    assert_eq!(included("include a \"x\": true story"), None);
}

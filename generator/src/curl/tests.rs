//! Commands as people print them.

use super::*;
use crate::exchange::Content;
use crate::model::{ApiKeyLocation, SecurityKind};
use proptest::prelude::*;

fn requests(text: &str) -> (Vec<Request>, Vec<String>) {
    let mut diagnostics = Diagnostics::new();
    let command = read(FileId(0), text, 0, text.len(), &mut diagnostics);
    let codes = diagnostics.iter().map(|d| d.code.as_str().to_owned());
    (command.requests, codes.collect())
}

/// A request on one line: method, base, path, query, headers, ways to authenticate, body.
fn told(request: &Request) -> String {
    let mut out = format!(
        "{} {}{}",
        request.method.as_str(),
        request.url.base.as_deref().unwrap_or("-"),
        request.url.path
    );
    let fields = |fields: &[crate::exchange::Field]| {
        let fields = fields.iter().map(|field| match &field.value {
            Some(value) => format!("{}={value}", field.name),
            None => field.name.clone(),
        });
        fields.collect::<Vec<_>>().join("&")
    };
    if !request.url.query.is_empty() {
        out.push_str(&format!("?{}", fields(&request.url.query)));
    }
    for header in &request.headers {
        let value = header.value.as_deref().unwrap_or_default();
        out.push_str(&format!(" [{}: {value}]", header.name));
    }
    for credential in &request.credentials {
        let kind = match &credential.kind {
            SecurityKind::Basic => "basic".to_owned(),
            SecurityKind::Bearer => "bearer".to_owned(),
            SecurityKind::ApiKey { name, location } => {
                let location = match location {
                    ApiKeyLocation::Header => "header",
                    ApiKeyLocation::Query => "query",
                    ApiKeyLocation::Cookie => "cookie",
                };
                format!("{location} {name}")
            }
            other => other.spelled(),
        };
        let user = credential.user.iter().map(|user| format!(" {user}"));
        let literal = if credential.literal { " literal" } else { "" };
        out.push_str(&format!(" ({kind}{}{literal})", user.collect::<String>()));
    }
    match request
        .body
        .as_ref()
        .map(|body| (&body.media_type, &body.content))
    {
        None => {}
        Some((kind, content)) => {
            let kind = kind.as_deref().unwrap_or("");
            let content = match content {
                Content::Text(text) => text.clone(),
                Content::Form(list) => fields(list),
                Content::File => "<file>".to_owned(),
                Content::Multipart(parts) => parts
                    .iter()
                    .map(|part| match (part.file, &part.media_type) {
                        (true, kind) => {
                            format!("{}=@{}", part.field.name, kind.as_deref().unwrap_or(""))
                        }
                        (false, _) => fields(std::slice::from_ref(&part.field)),
                    })
                    .collect::<Vec<_>>()
                    .join("&"),
            };
            out.push_str(&format!(" {{{kind}}} {content}"));
        }
    }
    out
}

fn check(text: &str, expected: &[&str], codes: &[&str]) {
    let (requests, found) = requests(text);
    let told: Vec<String> = requests.iter().map(told).collect();
    assert_eq!(told, expected, "{text}");
    assert_eq!(found, codes, "{text}");
}

#[test]
fn words_are_those_of_a_shell() {
    for (text, expected) in [
        (r"curl https://a.b/c", "GET https://a.b/c"),
        (r#"curl "https://a.b/c""#, "GET https://a.b/c"),
        (
            "curl \\\n  'https://a.b/c' \\\n  -X  POST",
            "POST https://a.b/c",
        ),
        (
            "curl \\  \n  'https://a.b/c' \\\r\n  -XPOST",
            "POST https://a.b/c",
        ),
        (
            "curl ^\n  \"https://a.b/c\" ^\n  -X DELETE",
            "DELETE https://a.b/c",
        ),
        (
            r#"curl https://a.b/c"/d"'/e' # comment 'x"#,
            "GET https://a.b/c/d/e",
        ),
        (
            r"curl https://a.b/c -d $'a\n\x41\u00e9\'\\'",
            "POST https://a.b/c {} a\nAé'\\",
        ),
        (
            r#"curl https://a.b/c -d 'it'\''s'"#,
            "POST https://a.b/c {} it's",
        ),
        (
            r#"curl https://a.b/c -d "a \"b\" \$c \d""#,
            r#"POST https://a.b/c {} a "b" $c \d"#,
        ),
        (
            "curl -d \"{\\\"id\\\": $ID}\" \"$BASE/users/${USER_ID}\"",
            "POST -/users/{user_id} {} {\"id\": {{ID}}}",
        ),
        (
            "curl -H \"Authorization: Bearer $(cat token)\" https://a.b/c",
            "GET https://a.b/c (bearer)",
        ),
        ("curl https://a.b/c | jq '.x'", "GET https://a.b/c"),
        ("curl https://a.b/c > out.json", "GET https://a.b/c"),
        ("curl https://a.b/c; echo 'done", "GET https://a.b/c"),
        ("curl “https://a.b/c” -d ‘x’", "POST https://a.b/c {} x"),
        ("curl https://a.b/<id>/x", "GET https://a.b/{id}/x"),
    ] {
        check(text, &[expected], &[]);
    }
}

#[test]
fn lines_go_on_without_a_backslash() {
    check(
        "curl -u login:password -X POST\n-H \"Content-Type: application/json\"\n-d '{\n  \"a\": 1\n}'\nhttps://example.com/v2/users\n\n# next",
        &[
            "POST https://example.com/v2/users [Content-Type: application/json] (basic literal) {application/json} {\n  \"a\": 1\n}",
        ],
        &[],
    );
    check(
        "curl https://a.b/c\n  -d\n'{\"a\": 1}'\nSome text.",
        &["POST https://a.b/c {} {\"a\": 1}"],
        &[],
    );
    // A list, an empty line, a second URL and prose end a command.
    for behind in ["- a list", "\n-X POST", "https://x.y/z", "-foo is", "More."] {
        check(
            &format!("curl https://a.b/c\n{behind}"),
            &["GET https://a.b/c"],
            &[],
        );
    }
}

#[test]
fn options_say_what_they_say_to_curl() {
    for (text, expected) in [
        ("curl -I https://a.b/c", "HEAD https://a.b/c"),
        ("curl -T file https://a.b/c", "PUT https://a.b/c {} <file>"),
        ("curl -d @f https://a.b/c", "POST https://a.b/c {} <file>"),
        ("curl -d a=1 -d b=2 a.b/c", "POST https://a.b/c {} a=1&b=2"),
        ("curl -X PUT -d a=1 a.b/c", "PUT https://a.b/c {} a=1"),
        (
            "curl -Gd a=1 --data-urlencode 'q=x y' a.b/c?z=0",
            "GET https://a.b/c?z=0&a=1&q=x y",
        ),
        (
            "curl --data-urlencode 'q=a&b' a.b/c",
            "POST https://a.b/c {} q=a%26b",
        ),
        ("curl --url-query q=1 --url a.b/c", "GET https://a.b/c?q=1"),
        (
            "curl --json '{\"a\":' --json '1}' a.b/c",
            "POST https://a.b/c {application/json} {\"a\":1}",
        ),
        (
            "curl -F a=1 -F 'f=@x.png;type=image/png' --form-string s=@y a.b/c",
            "POST https://a.b/c {} a=1&f=@image/png&s=@y",
        ),
        (
            "curl -sSLk --request=PATCH --max-time 5 -o /dev/null a.b/c",
            "PATCH https://a.b/c",
        ),
        (
            "curl --oauth2-bearer abc a.b/c",
            "GET https://a.b/c (bearer literal)",
        ),
        (
            "curl -u {email}/token:{api_token} https://{sub}.a.b/c.json",
            "GET https://{sub}.a.b/c.json (basic {email}/token)",
        ),
        (
            "curl --digest -u me:pw a.b/c",
            "GET https://a.b/c (digest literal)",
        ),
        (
            "curl --aws-sigv4 aws:amz:eu:s3 -u \"$KEY:$SECRET\" a.b/c",
            "GET https://a.b/c (awsv4 {KEY})",
        ),
        (
            "curl -b 'session={id}; theme=dark' -A me -e x.y a.b/c",
            "GET https://a.b/c [User-Agent: me] [Referer: x.y] (cookie session)",
        ),
        (
            "curl -H 'PRIVATE-TOKEN: <your_access_token>' -H 'X-Mode: 1' a.b/c",
            "GET https://a.b/c [X-Mode: 1] (header PRIVATE-TOKEN)",
        ),
        (
            "curl 'https://user:pw@a.b/c?api_key=SECRET&x=1'",
            "GET https://a.b/c?x=1 (basic literal) (query api_key)",
        ),
        ("curl localhost:8080/x/", "GET http://localhost:8080/x/"),
        (
            "curl -g 'https://a.b/c?filter[x]=1'",
            "GET https://a.b/c?filter[x]=1",
        ),
    ] {
        check(text, &[expected], &[]);
    }
    check(
        "curl a.b/c -d x=1 --next -X DELETE a.b/d a.b/e",
        &[
            "POST https://a.b/c {} x=1",
            "DELETE https://a.b/d",
            "DELETE https://a.b/e",
        ],
        &[],
    );
}

#[test]
fn what_is_wrong_is_told() {
    check(
        "curl https://a.b/c?x=1&y=2 -v",
        &["GET https://a.b/c?x=1&y=2"],
        &["curl/unquoted-url"],
    );
    check("curl 'https://a.b/c", &[], &["curl/unterminated"]);
    check("curl \"https://a.b/c", &[], &["curl/unterminated"]);
    check("curl -X POST", &[], &["curl/no-url"]);
    check(
        "curl --frob a.b/c",
        &["GET https://a.b/c"],
        &["curl/unknown-option"],
    );
    check(
        "curl -X 'P T' a.b/c",
        &["GET https://a.b/c"],
        &["curl/invalid-method"],
    );
    check(
        "curl -H nothing a.b/c",
        &["GET https://a.b/c"],
        &["curl/header"],
    );
    // The word alone is no command.
    check("curl", &[], &[]);
}

#[test]
fn commands_are_found_behind_prompts_and_not_in_prose() {
    for line in [
        "curl x",
        "  $ curl x",
        "TOKEN=1 curl x",
        "sudo curl \\",
        "x=$(curl x)",
        "cat f | curl x",
    ] {
        assert!(find(line).is_some(), "{line}");
    }
    for line in [
        "Use curl to call",
        "# curl x",
        "curly x",
        "// curl x",
        "libcurl x",
    ] {
        assert!(find(line).is_none(), "{line}");
    }
}

proptest! {
    /// No text makes the reader panic or run on, and no command reaches behind its limit.
    #[test]
    fn any_text_is_read(text in "curl [-a-zA-Z0-9'\"\\\\$(){}<>&|;:/?=@#. \\n\u{e9}]{0,200}", limit in 0usize..220) {
        let mut diagnostics = Diagnostics::new();
        let limit = limit.max(4);
        let command = read(FileId(0), &text, 0, limit, &mut diagnostics);
        prop_assert!(command.span.end as usize <= text.len().max(limit));
        for request in &command.requests {
            prop_assert!((request.origin.span.end as usize) <= text.len());
        }
    }

    /// Quoting a value in any of the ways of a shell gives it back.
    #[test]
    fn quoting_is_undone(value in "[ -~\u{e9}\\n]{0,40}") {
        let single = format!("'{}'", value.replace('\'', "'\\''"));
        let double: String = value
            .chars()
            .flat_map(|c| matches!(c, '"' | '\\' | '$' | '`').then_some('\\').into_iter().chain([c]))
            .collect();
        for quoted in [single, format!("\"{double}\"")] {
            let text = format!("curl --data-raw {quoted} https://a.b/c");
            let (requests, _) = requests(&text);
            let body = requests.first().and_then(|request| request.body.clone());
            prop_assert_eq!(body.map(|body| body.content), Some(Content::Text(value.clone())));
        }
    }
}

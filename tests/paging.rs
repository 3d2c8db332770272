//! Pages of a generated crate over HTTP on loopback, and the program that the README shows of them.

use letterpress_tests::judge::{Answer, Judge, Seen};
use letterpress_tests::root;
use serde_json::json;
use std::fs;
use zendesk::{Client, ErrorKind};

/// What the README shows, word for word.
mod shown {
    use zendesk::prelude::*;
    use zendesk::types::Role;
    use zendesk::{Client, Error};

    pub async fn agents(client: &Client) -> Result<Vec<String>, Error> {
        let mut names = Vec::new();
        // Page after page, each when it is needed.
        let mut users = client.users().list().role(Role::Agent).items();
        while let Some(user) = users.next().await {
            names.push(user?.name);
        }
        Ok(names)
    }

    pub async fn some(client: &Client, resume: Option<&str>) -> Result<Option<String>, Error> {
        let mut pages = client.users().list().pages().max_pages(2);
        if let Some(cursor) = resume {
            pages = pages.resume(cursor); // where another run ended
        }
        while let Some(page) = pages.next().await {
            let page = page?;
            println!("{:?}, status {}", page.value.users, page.meta.status());
        }
        Ok(pages.cursor())
    }
}

fn page(names: &[&str], after: &str, more: bool) -> Answer {
    let users: Vec<_> = names.iter().map(|name| json!({"name": name})).collect();
    let meta = json!({"after_cursor": after, "has_more": more});
    Answer::json(200, &json!({"users": users, "meta": meta}))
}

fn client(judge: &Judge) -> Client {
    let builder = Client::builder().base_url(judge.url());
    let builder = builder.basic("ann@acme.com/token", "secret").retries(0);
    builder.build().expect("a client")
}

fn targets(judge: &Judge) -> Vec<String> {
    let target = |seen: Seen| match seen.query {
        Some(query) => format!("{}?{query}", seen.path),
        None => seen.path,
    };
    judge.seen().into_iter().map(target).collect()
}

#[tokio::test]
async fn all_users_are_read_page_by_page() {
    let judge = Judge::answering(vec![
        page(&["Ada", "Ben"], "x=", true),
        page(&[], "y", true),
        page(&["Cy"], "z", false),
    ]);
    let names = shown::agents(&client(&judge)).await.expect("users");
    assert_eq!(names, ["Ada", "Ben", "Cy"]);
    let first = "/api/v2/users?role=agent&page%5Bsize%5D=100";
    assert_eq!(
        targets(&judge),
        [
            first.to_owned(),
            format!("{first}&page%5Bafter%5D=x%3D"),
            format!("{first}&page%5Bafter%5D=y"),
        ]
    );
}

#[tokio::test]
async fn a_run_goes_on_where_another_stopped() {
    let pages = ["a", "b", "c"].map(|after| page(&["Ada"], after, after != "c"));
    let judge = Judge::answering(pages.to_vec());
    let cursor = shown::some(&client(&judge), None).await.expect("pages");
    assert_eq!(cursor.as_deref(), Some("b"));
    let cursor = shown::some(&client(&judge), cursor.as_deref())
        .await
        .expect("pages");
    assert_eq!(cursor, None);
    assert_eq!(targets(&judge).len(), 3);
}

#[tokio::test]
async fn the_next_page_elsewhere_is_refused() {
    use zendesk::prelude::*;
    let other = Judge::answering(Vec::new());
    let next = format!("{}/api/v2/users/search?page=2", other.url());
    let judge = Judge::answering(vec![Answer::json(
        200,
        &json!({"users": [], "next_page": next}),
    )]);
    let client = client(&judge);
    let error = client.users().search().query("x").items().collect().await;
    assert_eq!(error.expect_err("an error").kind(), ErrorKind::Pagination);
    assert!(other.seen().is_empty());
}

#[test]
fn the_readme_shows_what_is_tested_here() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect(path);
    let (readme, here) = (read("README.md"), read("tests/paging.rs"));
    let (_, shown) = here.split_once("mod shown {\n").expect("the module");
    let (shown, _) = shown.split_once("\n}\n").expect("its end");
    let lines: Vec<&str> = shown
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    assert!(readme.contains(&lines.join("\n")), "{}", lines.join("\n"));
}

//! Reading and writing by field tables, and by serde's derives: the same documents into the same shapes, side by side.
//!
//! `cargo xtask bench codec` runs it and tells the ratios.

#[path = "codec/derived.rs"]
mod derived;

use criterion::{Criterion, Throughput};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::hint::black_box;

/// A user with a value for each member, in the order in which they are declared.
fn user(id: u64) -> Vec<(&'static str, Value)> {
    vec![
        ("active", json!(true)),
        ("alias", json!("Mr. Johnny")),
        ("chat_only", json!(false)),
        ("created_at", json!("2009-07-20T22:55:29Z")),
        ("custom_role_id", json!(9_373_643)),
        ("default_group_id", json!(null)),
        (
            "details",
            json!("A regular of the shop, who likes to be called early"),
        ),
        ("email", json!("johnny@example.com")),
        ("external_id", json!("sai989sur98w9")),
        ("iana_time_zone", json!("Pacific/Pago_Pago")),
        ("id", json!(35_436 + id)),
        ("last_login_at", json!("2011-05-05T10:38:52Z")),
        ("locale", json!("en-US")),
        ("locale_id", json!(1)),
        ("moderator", json!(true)),
        ("name", json!("Johnny Agent")),
        ("notes", json!("Johnny is a nice guy!\nMost of the time.")),
        ("only_private_comments", json!(false)),
        ("organization_id", json!(57_542)),
        ("phone", json!("+15551234567")),
        (
            "photo",
            json!({"content_type": "image/png", "id": 928_374, "content_url": "https://shop.example/photos/my_funny_profile_pic.png",
            "name": "my_funny_profile_pic.png", "size": 166_144, "thumbnails": [
                {"content_type": "image/png", "id": 928_375, "content_url": "https://shop.example/photos/thumb.png",
                    "name": "thumb.png", "size": 58_298}
            ]}),
        ),
        ("remote_photo_url", json!(null)),
        ("report_csv", json!(false)),
        ("restricted_agent", json!(true)),
        ("role", json!("agent")),
        ("role_type", json!(0)),
        ("shared", json!(false)),
        ("shared_agent", json!(false)),
        ("shared_phone_number", json!(false)),
        ("signature", json!("Have a nice day, Johnny")),
        ("suspended", json!(true)),
        ("tags", json!(["enterprise", "other_tag"])),
        ("ticket_restriction", json!("assigned")),
        ("time_zone", json!("Copenhagen")),
        ("two_factor_auth_enabled", json!(null)),
        ("updated_at", json!("2011-05-05T10:38:52Z")),
        ("url", json!("https://shop.example/api/v2/users/35436.json")),
        (
            "user_fields",
            json!({"user_date": "2012-07-23T00:00:00Z", "user_decimal": 5.1, "user_dropdown": "option_1"}),
        ),
        ("verified", json!(true)),
        ("authenticity_token", json!("t0k3n")),
    ]
}

/// A list of users as text. `serde_json` sorts the names of a map, so that each member is written here.
fn users(order: impl Fn(usize) -> usize) -> String {
    let users = (0..100).map(|id| {
        let members = user(id);
        let members = (0..members.len()).map(|at| {
            let (name, value) = &members[order(at) % members.len()];
            format!("{}:{value}", json!(name))
        });
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    });
    format!("[{}]", users.collect::<Vec<_>>().join(","))
}

fn tree(depth: usize) -> String {
    let children: Vec<String> = match depth {
        0 => Vec::new(),
        _ => (0..4).map(|_| tree(depth - 1)).collect(),
    };
    let name = json!(format!("Knot at {depth}"));
    format!("{{\"name\":{name},\"children\":[{}]}}", children.join(","))
}

fn shapes() -> String {
    let shapes = (0..500).map(|at| match at % 2 {
        0 => format!("{{\"kind\":\"round\",\"radius\":{}}}", at as f64 + 0.25),
        _ => format!("{{\"kind\":\"Square\",\"side\":{}}}", at as f64 + 0.5),
    });
    format!("[{}]", shapes.collect::<Vec<_>>().join(","))
}

fn collections() -> String {
    let nested: Vec<Vec<f64>> = (0..20)
        .map(|row| (0..20).map(|at| f64::from(row * at) / 8.0).collect())
        .collect();
    let entries = (0..100).map(|at| (format!("name-{at:03}"), json!(format!("value {at}"))));
    let named: Map<String, Value> = entries.collect();
    json!({"nested": nested, "free": {"a": [1, 2, {"b": null}], "c": "text"}, "named": named})
        .to_string()
}

/// A type of ours: how it is read, and how it is written. Each crate has a runtime of its own.
macro_rules! ours {
    ($krate:ident, $type:ty) => {
        (
            |text: &[u8]| $krate::runtime::decode::from_json::<$type>(text).expect("a document"),
            |value: &$type| {
                $krate::runtime::encode::to_json($krate::runtime::model::Slot::node(value))
            },
        )
    };
}

/// Measures one document in both styles. The names are what `cargo xtask bench codec` looks for.
fn document<Ours, Theirs>(
    criterion: &mut Criterion,
    name: &str,
    text: &str,
    (read, write): (impl Fn(&[u8]) -> Ours, impl Fn(&Ours) -> Vec<u8>),
) where
    Theirs: Serialize + DeserializeOwned,
{
    let text = text.as_bytes();
    let derived = |text: &[u8]| serde_json::from_slice::<Theirs>(text).expect("a document");
    let (ours, theirs) = (read(text), derived(text));
    // Both have to do the same work.
    let value = |text: &[u8]| serde_json::from_slice::<Value>(text).expect("JSON");
    let written = serde_json::to_vec(&theirs).expect("text");
    assert_eq!(value(&write(&ours)), value(&written), "{name}");

    let mut group = criterion.benchmark_group(format!("decode {name}"));
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("table", |bencher| bencher.iter(|| read(black_box(text))));
    group.bench_function("derive", |bencher| {
        bencher.iter(|| derived(black_box(text)))
    });
    group.finish();
    let mut group = criterion.benchmark_group(format!("encode {name}"));
    group.throughput(Throughput::Bytes(written.len() as u64));
    group.bench_function("table", |bencher| bencher.iter(|| write(black_box(&ours))));
    group.bench_function("derive", |bencher| {
        bencher.iter(|| serde_json::to_vec(black_box(&theirs)));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let c = &mut criterion;
    let text = users(|at| at);
    document::<_, Vec<derived::User>>(c, "users", &text, ours!(zendesk, Vec<zendesk::types::User>));
    // Seven and the number of members have no divisor in common, so that each comes once.
    let text = users(|at| at * 7);
    document::<_, Vec<derived::User>>(
        c,
        "users otherwise ordered",
        &text,
        ours!(zendesk, Vec<zendesk::types::User>),
    );
    document::<_, derived::Tree>(
        c,
        "tree",
        &tree(5),
        ours!(kitchen_sink_3_1, kitchen_sink_3_1::types::Tree),
    );
    document::<_, Vec<derived::Shape>>(
        c,
        "unions",
        &shapes(),
        ours!(kitchen_sink_3_1, Vec<kitchen_sink_3_1::types::Shape>),
    );
    document::<_, derived::Collections>(
        c,
        "collections",
        &collections(),
        ours!(kitchen_sink_3_1, kitchen_sink_3_1::types::Collections),
    );
    criterion.final_summary();
}

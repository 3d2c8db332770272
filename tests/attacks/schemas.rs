//! Schemas that hold, extend and repeat one another.

use super::{Attack, attack, object, schema, schemas, to};
use serde_json::{Value, json};

fn many(count: usize, make: impl Fn(usize) -> Value) -> impl Iterator<Item = (String, Value)> {
    (0..count).map(move |at| (format!("S{at}"), make(at)))
}

/// A chain of schemas: each is made of the name of the next, the last is an object.
fn chain(count: usize, link: impl Fn(&str, usize) -> Value) -> String {
    let link = |at: usize| match at + 1 == count {
        true => object("end"),
        false => link(&format!("S{}", at + 1), at),
    };
    schemas("S0", many(count, link))
}

/// A circle of schemas.
fn circle(count: usize, link: impl Fn(&str) -> Value) -> String {
    schemas(
        "S0",
        many(count, |at| link(&format!("S{}", (at + 1) % count))),
    )
}

/// Levels that each use the one below by two ways.
fn diamonds(count: usize, left: &str, right: &str, top: &str) -> String {
    let level = |at: usize| {
        let below = format!("S{at}");
        let side = |name: &str, keyword: &str| {
            let own = json!({"type": "object", "properties": {format!("{name}{at}"): {"type": "string"}}});
            (format!("{name}{at}"), json!({keyword: [to(&below), own]}))
        };
        let whole = json!({top: [to(&format!("L{at}")), to(&format!("R{at}"))]});
        [
            side("L", left),
            side("R", right),
            (format!("S{}", at + 1), whole),
        ]
    };
    let base = std::iter::once(("S0".to_owned(), object("p")));
    schemas(&format!("S{count}"), base.chain((0..count).flat_map(level)))
}

fn nested(depth: usize, make: &impl Fn(Value, usize) -> Value) -> Value {
    (0..depth).fold(json!({"type": "string"}), make)
}

pub(super) const ATTACKS: &[Attack] = &[
    attack("references in a chain", "json", |n| {
        chain(n / 60, |next, _| to(next))
    }),
    attack("references to themselves", "json", |n| {
        schemas("S0", many(n / 55, |at| to(&format!("S{at}"))))
    }),
    attack("references in a circle", "json", |n| circle(n / 60, to)),
    attack("objects in a circle", "json", |n| {
        circle(
            n / 120,
            |next| json!({"type": "object", "required": ["n"], "properties": {"n": to(next), "v": {"type": "string"}}}),
        )
    }),
    attack("objects in a chain", "json", |n| {
        chain(
            n / 120,
            |next, _| json!({"type": "object", "required": ["n"], "properties": {"n": to(next), "v": {"type": "string"}}}),
        )
    }),
    attack("allOf in a chain", "json", |n| {
        chain(
            n / 130,
            |next, at| json!({"allOf": [to(next), object(&format!("p{at}"))]}),
        )
    }),
    attack("allOf in a chain, each in use", "json", |n| {
        let count = n / 190;
        let link =
            |at: usize| json!({"allOf": [to(&format!("S{}", at + 1)), object(&format!("p{at}"))]});
        let end = std::iter::once((format!("S{count}"), object("end")));
        let uses = (0..count).map(|at| (format!("u{at}"), to(&format!("S{at}"))));
        let user = json!({"type": "object", "properties": super::members(uses)});
        let user = std::iter::once(("U".to_owned(), user));
        schemas("U", many(count, link).chain(end).chain(user))
    }),
    attack("allOf in a circle", "json", |n| {
        circle(n / 70, |next| json!({"allOf": [to(next)]}))
    }),
    attack("allOf twice the same", "json", |n| {
        chain(n / 110, |next, _| json!({"allOf": [to(next), to(next)]}))
    }),
    attack("diamonds of allOf", "json", |n| {
        diamonds(n / 300, "allOf", "allOf", "allOf")
    }),
    attack("diamonds of oneOf and anyOf", "json", |n| {
        diamonds(n / 300, "oneOf", "anyOf", "oneOf")
    }),
    attack("diamonds of all three", "json", |n| {
        diamonds(n / 300, "oneOf", "anyOf", "allOf")
    }),
    attack("a product of alternatives", "json", |n| {
        let pair =
            |at: usize| json!({"oneOf": [object(&format!("a{at}")), object(&format!("b{at}"))]});
        schema(json!({"allOf": (0..n / 170).map(pair).collect::<Vec<_>>()}))
    }),
    attack("deep objects", "json", |n| {
        let wrap = |inner, _| json!({"type": "object", "properties": {"a": inner, "b": {"type": "string"}}});
        schemas("S0", many((n / 4000).max(1), |_| nested(60, &wrap)))
    }),
    attack("deep lists", "json", |n| {
        let wrap = |inner, _| json!({"type": "array", "items": inner});
        schemas("S0", many((n / 4600).max(1), |_| nested(150, &wrap)))
    }),
    attack("deep allOf", "json", |n| {
        let wrap = |inner, at| json!({"allOf": [inner, object(&format!("p{at}"))]});
        schemas("S0", many((n / 5500).max(1), |_| nested(60, &wrap)))
    }),
    attack("deep oneOf", "json", |n| {
        let wrap = |inner, at| json!({"oneOf": [inner, object(&format!("p{at}"))]});
        schemas("S0", many((n / 5500).max(1), |_| nested(60, &wrap)))
    }),
    attack("members", "json", |n| {
        let member = |at| (format!("prop{at}"), json!({"type": "string"}));
        schema(json!({"type": "object", "properties": super::members((0..n / 32).map(member))}))
    }),
    attack("members that are objects", "json", |n| {
        let member = |at| (format!("prop{at}"), object(&format!("a{at}")));
        schema(json!({"type": "object", "properties": super::members((0..n / 90).map(member))}))
    }),
    attack("members that are equal objects", "json", |n| {
        let inner = json!({"type": "object", "properties": {"data": object("x")}});
        let member = |at| (format!("prop{at}"), inner.clone());
        schema(json!({"type": "object", "properties": super::members((0..n / 130).map(member))}))
    }),
    attack("names that differ in case", "json", |n| {
        let name = |at: usize| -> String {
            let letter = |bit: usize| ['a', 'A'][(at >> bit) % 2];
            (0..16).map(letter).collect()
        };
        let count = n / 150;
        let uses = (0..count).map(|at| (format!("u{at}"), to(&name(at))));
        let user = json!({"type": "object", "properties": super::members(uses)});
        let all = (0..count).map(move |at| (name(at), object(&format!("n{at}"))));
        schemas("U", all.chain(std::iter::once(("U".to_owned(), user))))
    }),
    attack("values", "json", |n| {
        let values: Vec<String> = (0..n / 15).map(|at| format!("value_{at}")).collect();
        schema(json!({"type": "string", "enum": values}))
    }),
    attack("values of one name", "json", |n| {
        let count = (2.0 * n as f64).sqrt() as usize;
        let values: Vec<String> = (0..count)
            .map(|at| format!("a{}b", "-".repeat(at)))
            .collect();
        schema(json!({"type": "string", "enum": values}))
    }),
    attack("numbers as values", "json", |n| {
        schema(json!({"type": "integer", "enum": (0..n / 8).collect::<Vec<_>>()}))
    }),
    attack("alternatives", "json", |n| {
        let one = |at| json!({"type": "object", "required": [format!("k{at}")], "properties": {format!("k{at}"): {"type": "string"}}});
        schema(json!({"oneOf": (0..n / 85).map(one).collect::<Vec<_>>()}))
    }),
    attack("constants as alternatives", "json", |n| {
        let one = |at| json!({"const": format!("c{at}"), "title": format!("T{at}")});
        schema(json!({"oneOf": (0..n / 40).map(one).collect::<Vec<_>>()}))
    }),
    attack("a mapping", "json", |n| {
        let mapping = (0..n / 60).map(|at| (format!("t{at}"), json!("#/components/schemas/B")));
        let union = json!({"oneOf": [to("B"), to("C")], "discriminator": {"propertyName": "t", "mapping": super::members(mapping)}});
        let all = [("A", union), ("B", object("t")), ("C", object("t"))];
        schemas(
            "A",
            all.into_iter()
                .map(|(name, schema)| (name.to_owned(), schema)),
        )
    }),
    attack("parts", "json", |n| {
        let part = |at| object(&format!("k{at}"));
        schema(json!({"allOf": (0..n / 65).map(part).collect::<Vec<_>>()}))
    }),
    attack("parts about one member", "json", |n| {
        let part = |at| json!({"type": "object", "properties": {"k": {"type": "string", "maxLength": at}}});
        schema(json!({"allOf": (0..n / 75).map(part).collect::<Vec<_>>()}))
    }),
    attack("tuples", "json", |n| {
        schema(json!({"type": "array", "prefixItems": vec![json!({"type": "string"}); n / 20]}))
    }),
    attack("required members that nobody describes", "json", |n| {
        let names: Vec<String> = (0..n / 11).map(|at| format!("r{at}")).collect();
        schema(json!({"type": "object", "required": names}))
    }),
    attack("a large example", "json", |n| {
        schema(
            json!({"type": "object", "properties": {"a": {"type": "array", "items": {"type": "integer"}}}, "example": {"a": (0..n / 8).collect::<Vec<_>>()}}),
        )
    }),
    attack("a pattern of brackets", "json", |n| {
        let pattern = "(".repeat(n / 2) + &")".repeat(n / 2);
        schema(
            json!({"type": "object", "properties": {"a": {"type": "string", "pattern": pattern}}}),
        )
    }),
    attack("long names", "json", |n| {
        let name = "A-b".repeat(n / 12);
        schemas(
            &name,
            std::iter::once((name.clone(), object(&"b-c".repeat(n / 12)))),
        )
    }),
];

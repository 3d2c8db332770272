//! Schemas that must all hold become one.

use super::support::{Schemes, object, union};
use crate::model::{Additional, ObjectShape, SchemaId, Shape};
use std::time::Instant;

fn all(schemes: &mut Schemes, parts: &[SchemaId]) -> SchemaId {
    schemes.add(Shape::AllOf(parts.to_vec()))
}

#[test]
fn objects_are_joined_and_members_narrowed() {
    let mut s = Schemes::default();
    let (text, number, int) = (
        s.add(Shape::String(Default::default())),
        s.add(Shape::Number),
        s.add(Shape::Integer { unsigned: false }),
    );
    let any = s.add(Shape::Any);
    let (wide, narrow) = (s.values(&["a", "b"]), s.values(&["b", "c"]));
    let base = s.object(&[("id!", number), ("kind", wide), ("name", text)]);
    let own = s.object(&[("id", int), ("kind", narrow), ("size", int)]);
    let demand = s.object(&[("size!", any), ("name!", any)]);
    let inner = all(&mut s, &[own, demand]);
    let whole = all(&mut s, &[base, inner]);
    assert!(s.pass("all-of").is_empty());
    assert_eq!(
        s.show(whole),
        r#"{id!:int kind:enum("b") name!:text size!:int}"#
    );
    assert_eq!(
        s.show(inner),
        r#"{id:int kind:enum("b" "c") size!:int name!:any}"#
    );
}

#[test]
fn a_part_alone_is_the_whole() {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(Default::default()));
    let any = s.add(Shape::Any);
    let user = s.named("User", object(&[("name", text)]));
    let same = all(&mut s, &[user, any]);
    let null = s.nullable(Shape::AllOf(vec![user]));
    let extended = {
        let more = s.object(&[("age", text)]);
        s.named("Admin", Shape::AllOf(vec![user, more]))
    };
    let again = all(&mut s, &[user, extended]);
    let null_admin = s.nullable(Shape::AllOf(vec![extended]));
    let holder = s.object(&[("a", same), ("b", null), ("c", again), ("d", null_admin)]);
    assert!(s.pass("all-of").is_empty());
    assert_eq!(s.property(holder, "a"), user);
    assert_eq!(s.property(holder, "c"), extended);
    assert_eq!(s.show(s.property(holder, "b")), "{name:text}?");
    assert_eq!(s.0.schemas.get(null).names, s.0.schemas.get(user).names);
    assert_eq!(s.show(s.property(holder, "d")), "{name:text age:text}?");
    assert_eq!(
        s.0.schemas.get(null_admin).names,
        s.0.schemas.get(extended).names
    );
}

#[test]
fn alternatives_take_what_stands_beside_them() {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(Default::default()));
    let any = s.add(Shape::Any);
    let (cat, dog) = (s.object(&[("meow", text)]), s.object(&[("bark", text)]));
    let base = s.object(&[("name!", text)]);
    let either = s.union(&[cat, dog]);
    let before = all(&mut s, &[base, either]);
    let (a, b) = (s.object(&[("a!", any)]), s.object(&[("b!", any)]));
    let demands = s.union(&[a, b]);
    let pair = s.object(&[("a", text), ("b", text)]);
    let demanding = all(&mut s, &[pair, demands]);
    let many: Vec<SchemaId> = (0..40).map(|_| s.object(&[("x", text)])).collect();
    let many = s.add(union(&many));
    let too_many = all(&mut s, &[many, base]);
    let said = s.pass("all-of");
    assert_eq!(
        s.show(before),
        "one({meow:text name!:text} {bark:text name!:text})"
    );
    assert_eq!(s.show(demanding), "{a:text b:text}");
    assert_eq!(s.show(too_many), s.show(many));
    assert_eq!(said.iter().count(), 1);
}

#[test]
fn scalars_narrow_and_conflicts_are_said() {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(Default::default()));
    let time = s.add(Shape::String(crate::model::StringFormat::DateTime));
    let int = s.add(Shape::Integer { unsigned: false });
    let values = s.values(&["1", "x"]);
    let a = all(&mut s, &[text, time]);
    let b = all(&mut s, &[values, int]);
    let c = all(&mut s, &[text, int]);
    let said = s.pass("all-of");
    assert_eq!(
        [s.show(a), s.show(b), s.show(c)],
        ["DateTime", "enum(1)", "text"]
    );
    let codes: Vec<_> = said.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["normalize/all-of-conflict"]);
}

#[test]
fn typed_members_stay_beside_properties() {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(Default::default()));
    let int = s.add(Shape::Integer { unsigned: false });
    let map = s.add(Shape::Map(int));
    let own = s.object(&[("name", text)]);
    let closed = s.add(Shape::Object(ObjectShape {
        additional: Additional::Forbidden,
        ..ObjectShape::default()
    }));
    let a = all(&mut s, &[map, own]);
    let b = all(&mut s, &[closed, own]);
    s.pass("all-of");
    assert_eq!(s.show(a), "{name:text *:int}");
    assert_eq!(s.show(b), "{name:text}");
}

#[test]
fn null_is_allowed_where_every_part_allows_it() {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(Default::default()));
    let (a, b) = (
        s.nullable(object(&[("a", text)])),
        s.nullable(object(&[("b", text)])),
    );
    let c = s.object(&[("c", text)]);
    let both = all(&mut s, &[a, b]);
    let one = all(&mut s, &[a, c]);
    s.pass("all-of");
    assert_eq!(
        [s.show(both), s.show(one)],
        ["{a:text b:text}?", "{a:text c:text}"]
    );
}

#[test]
fn circles_end() {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(Default::default()));
    // A tree whose nodes are nodes with more; a schema that is a part of itself; two that are each other.
    let base = s.named("Base", Shape::Any);
    s.set(base, object(&[("child", base), ("name", text)]));
    let own = s.add(Shape::Any);
    let node = s.named("Node", Shape::AllOf(vec![base, own]));
    s.set(own, object(&[("child", node)]));
    let itself = s.named("Itself", Shape::Any);
    s.set(itself, Shape::AllOf(vec![itself, base]));
    let (x, y) = (s.add(Shape::Any), s.add(Shape::Any));
    s.set(x, Shape::AllOf(vec![y]));
    s.set(y, Shape::AllOf(vec![x]));
    let said = s.pass("all-of");
    assert_eq!(s.property(node, "child"), node);
    assert_eq!(s.show(x), "any");
    assert!(
        said.iter()
            .any(|one| one.code.as_str() == "normalize/cyclic-all-of")
    );
    assert!(
        s.0.schemas
            .iter()
            .all(|(_, schema)| !matches!(schema.shape, Shape::AllOf(_)))
    );
}

#[test]
fn diamonds_and_chains_are_cheap() {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(Default::default()));
    let mut below = s.object(&[("p", text)]);
    for _ in 0..200 {
        let (left, right) = (all(&mut s, &[below]), all(&mut s, &[below]));
        let own = s.object(&[("q", text)]);
        below = all(&mut s, &[left, right, own]);
    }
    let start = Instant::now();
    s.pass("all-of");
    // Twice the work a level would take longer than anybody waits; a busy machine takes some seconds.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert_eq!(s.show(below), "{p:text q:text}");
}

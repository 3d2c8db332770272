//! Alternatives are looked at together.

use super::support::{Schemes, object, union};
use crate::model::{NameHint, SchemaId, Shape, StringFormat, UnionShape, Variant};

struct Some_ {
    s: Schemes,
    text: SchemaId,
    int: SchemaId,
}

fn some() -> Some_ {
    let mut s = Schemes::default();
    let text = s.add(Shape::String(StringFormat::Plain));
    let int = s.add(Shape::Integer { unsigned: false });
    Some_ { s, text, int }
}

/// Runs the passes that the unions rely on.
fn run(s: &mut Schemes) {
    s.pass("enums");
    s.pass("unions");
}

#[test]
fn null_and_single_alternatives_vanish() {
    let Some_ { mut s, text, int } = some();
    let null = s.nullable(Shape::Never);
    let null_value = s.values(&["null"]);
    let user = s.named("User", object(&[("name", text)]));
    let optional = s.union(&[user, null]);
    let also = s.union(&[null_value, user]);
    let one = s.union(&[user]);
    let time = s.add(Shape::String(StringFormat::DateTime));
    let maybe = s.union(&[time, null]);
    let both = s.union(&[text, int, null]);
    let holder = s.object(&[
        ("a", optional),
        ("b", also),
        ("c", one),
        ("d", maybe),
        ("e", both),
    ]);
    run(&mut s);
    assert_eq!(
        s.show(holder),
        "{a:{name:text}? b:{name:text}? c:{name:text} d:DateTime? e:one(text int)?}"
    );
    assert_eq!(s.property(holder, "c"), user);
    let copied = s.property(holder, "a");
    assert_eq!(s.0.schemas.get(copied).names, [NameHint::new("User", 0)]);
}

#[test]
fn the_empty_string_clears_optional_members_only() {
    let Some_ { mut s, text, int } = some();
    let empty = s.values(&[""]);
    let map = s.object(&[("x", text)]);
    let optional = s.union(&[map, empty]);
    let required = s.union(&[int, empty]);
    let plain = s.union(&[text, empty]);
    let values = s.values(&["a", "b"]);
    let value = s.union(&[values, empty]);
    let two = s.union(&[map, int, empty]);
    let element = s.union(&[int, empty]);
    let list = s.add(Shape::Array(element));
    let holder = s.object(&[
        ("a", optional),
        ("b!", required),
        ("c", plain),
        ("d", value),
        ("e", two),
        ("f", list),
    ]);
    run(&mut s);
    assert_eq!(
        s.show(holder),
        r#"{a:{x:text}?"" b!:one(int enum("")) c:text d:enum("a" "b")?"" e:one({x:text} int)?"" f:[one(int enum(""))]}"#
    );
}

#[test]
fn scalars_of_one_kind_are_one() {
    let Some_ { mut s, text, int } = some();
    let (a, b) = (s.values(&["a", "b"]), s.values(&["b", "c"]));
    let time = s.add(Shape::String(StringFormat::DateTime));
    let number = s.add(Shape::Number);
    let boolean = s.add(Shape::Boolean);
    let numbers = s.values(&["1", "2"]);
    let open = s.union(&[text, a]);
    let both = s.union(&[a, b]);
    let texts = s.union(&[time, text]);
    let wide = s.union(&[int, number]);
    let open_numbers = s.union(&[numbers, int]);
    let mixed = s.union(&[a, text, int, boolean]);
    let holder = s.object(&[
        ("a", open),
        ("b", both),
        ("c", texts),
        ("d", wide),
        ("e", open_numbers),
        ("f", mixed),
    ]);
    run(&mut s);
    assert_eq!(
        s.show(holder),
        r#"{a:enum("a" "b") b:enum("a" "b" "c") c:text d:number e:enum(1 2) f:one(enum("a" "b") int bool)}"#
    );
}

#[test]
fn unions_inside_unions_are_flat() {
    let Some_ { mut s, text, int } = some();
    let (a, b) = (s.object(&[("a", text)]), s.object(&[("b", text)]));
    let inner = s.union(&[a, int]);
    let outer = s.union(&[inner, b, a]);
    let itself = s.add(Shape::Any);
    s.set(itself, union(&[itself, int, a]));
    let any = s.add(Shape::Any);
    let anything = s.union(&[a, any]);
    let holder = s.object(&[("a", outer), ("b", itself), ("c", anything)]);
    run(&mut s);
    assert_eq!(
        s.show(holder),
        "{a:one({a:text} int {b:text}) b:one(int {a:text}) c:one({a:text} any)}"
    );
}

#[test]
fn lists_of_objects_are_lists_of_alternatives() {
    let Some_ { mut s, text, int } = some();
    let (a, b) = (s.object(&[("a", text)]), s.object(&[("b", text)]));
    let (list_a, list_b) = (s.add(Shape::Array(a)), s.add(Shape::Array(b)));
    let (texts, ints) = (s.add(Shape::Array(text)), s.add(Shape::Array(int)));
    let (map_a, map_b) = (s.add(Shape::Map(text)), s.add(Shape::Map(int)));
    let lists = s.union(&[list_a, text, list_b]);
    let scalars = s.union(&[texts, ints]);
    let maps = s.union(&[map_a, map_b]);
    let holder = s.object(&[("a", lists), ("b", scalars), ("c", maps)]);
    run(&mut s);
    assert_eq!(
        s.show(holder),
        "{a:one([one({a:text} {b:text})] text) b:one([text] [int]) c:map(one(text int))}"
    );
}

#[test]
fn branches_of_required_alone_are_one_object() {
    let Some_ { mut s, .. } = some();
    let any = s.add(Shape::Any);
    let (a, b) = (s.object(&[("a!", any)]), s.object(&[("b!", any)]));
    let either = s.union(&[a, b]);
    let holder = s.object(&[("x", either)]);
    run(&mut s);
    assert_eq!(s.show(holder), "{x:{a:any b:any}}");
}

#[test]
fn constants_tell_objects_apart() {
    let Some_ { mut s, text, int } = some();
    let (charge, refund) = (s.values(&["charge"]), s.values(&["refund"]));
    let (object_a, object_b) = (s.values(&["x"]), s.values(&["x"]));
    let (shared_a, shared_b) = (s.values(&["on", "off"]), s.values(&["off", "gone"]));
    let a = s.object(&[
        ("kind!", charge),
        ("object", object_a),
        ("state!", shared_a),
        ("n", int),
    ]);
    let b = s.object(&[
        ("kind!", refund),
        ("object", object_b),
        ("state!", shared_b),
    ]);
    let either = s.union(&[text, a, b]);
    let plain = {
        let (c, d) = (s.object(&[("c", text)]), s.object(&[("d", text)]));
        s.union(&[c, d])
    };
    let named = s.add(Shape::Union(UnionShape {
        variants: vec![
            Variant {
                schema: a,
                tags: vec!["CHARGE".to_owned()],
                ..Variant::default()
            },
            Variant {
                schema: b,
                ..Variant::default()
            },
        ],
        discriminator: Some("kind".to_owned()),
        external: false,
    }));
    let holder = s.object(&[("a", either), ("b", plain), ("c", named)]);
    run(&mut s);
    let tags = |id: SchemaId| match &s.0.schemas.get(id).shape {
        Shape::Union(union) => {
            let tags: Vec<String> = union
                .variants
                .iter()
                .map(|one| one.tags.join("/"))
                .collect();
            (
                union.discriminator.clone().unwrap_or_default(),
                tags.join(" "),
            )
        }
        other => panic!("{other:?}"),
    };
    let tags = |name: &str| tags(s.property(holder, name));
    assert_eq!(tags("a"), ("kind".to_owned(), " charge refund".to_owned()));
    assert_eq!(tags("b"), (String::new(), " ".to_owned()));
    // The constant is what values have.
    assert_eq!(tags("c"), ("kind".to_owned(), "charge refund".to_owned()));
}

#[test]
fn hundreds_of_levels_of_unions_cost_no_stack() {
    let Some_ { mut s, text, .. } = some();
    let mut below = s.object(&[("a", text)]);
    for _ in 0..400 {
        let other = s.object(&[("b", text)]);
        below = s.union(&[below, other]);
    }
    let holder = s.object(&[("a", below)]);
    run(&mut s);
    assert!(
        matches!(&s.0.schemas.get(s.property(holder, "a")).shape, Shape::Union(union) if union.variants.len() == 401)
    );
}

//! What tables say beyond plain members: constants, further members with a type, tuples, enumerations of mixed kinds,
//! variants for what no tag names, and more members than fit into four words.

use crate::runtime::decode::{from_json, from_slice};
use crate::runtime::model::Slot;
use crate::runtime::{Extra, Field, object, union, value_enum};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn read<T: Slot + Default>(value: &Value) -> T {
    from_json(value.to_string().as_bytes()).expect("a value")
}

fn written<T: serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("JSON")
}

#[derive(Clone, Default)]
struct Tap {
    flow: Option<i64>,
    rest: BTreeMap<String, i64>,
    extra: Extra,
}

object! {
    Tap {
        always "type" = "tap",
        0 opt "flow" flow,
        rest rest,
    }
}

#[test]
fn constants_are_written_and_need_no_field() {
    assert_eq!(written(&Tap::default()), json!({"type": "tap"}));
    for value in [
        json!({"type": "tap", "flow": 3}),
        // What did not come is not invented, and what came differently is kept.
        json!({"flow": 3}),
        json!({"type": "pump", "flow": 3}),
        json!({"type": null}),
    ] {
        assert_eq!(written(&read::<Tap>(&value)), value);
    }
    let mut tap = Tap::default();
    let issues = from_slice(b"{\"type\": \"pump\"}", tap.slot(), false).expect("a tap");
    assert_eq!(issues[0].to_string(), "type: wrong kind of value");
    assert!(from_slice(b"{}", Tap::default().slot(), true).is_err());
}

#[test]
fn members_beside_the_rows_have_a_type() {
    let value = json!({"type": "tap", "a": 1, "b": "two", "flow": 2});
    let tap: Tap = read(&value);
    assert_eq!(tap.rest, BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(tap.extra.get("b"), Some(&json!("two")));
    assert_eq!(written(&tap), value);
    assert_ne!(
        tap,
        read(&json!({"type": "tap", "a": 2, "b": "two", "flow": 2}))
    );
    assert!(
        format!("{tap:?}").contains("\"..\": {\"a\": 1}")
            || format!("{tap:?}").contains("..: {\"a\": 1}")
    );
    // Strict reading knows them.
    from_slice(b"{\"type\":\"tap\",\"a\":1}", Tap::default().slot(), true).expect("as described");
}

#[derive(Clone, Default)]
struct Pairs {
    pair: Option<(String, i64)>,
    open: Vec<(f64, Option<f64>, Field<String>)>,
    extra: Extra,
}

object! {
    Pairs {
        0 opt "pair" pair,
        1 req "open" open,
    }
}

#[test]
fn tuples_keep_what_they_cannot_hold() {
    let value =
        json!({"pair": ["a", 1], "open": [[1.5], [1.5, 2.5], [1.5, null, null], [1.5, 2.5, "x"]]});
    let pairs: Pairs = read(&value);
    assert_eq!(pairs.pair, Some(("a".to_owned(), 1)));
    assert_eq!(pairs.open[0], (1.5, None, Field::Absent));
    assert_eq!(pairs.open[2], (1.5, None, Field::Null));
    assert_eq!(written(&pairs), value);
    for misfit in [
        json!(["a"]),
        json!(["a", 1, 2]),
        json!(["a", "b"]),
        json!({}),
    ] {
        let value = json!({"pair": misfit, "open": []});
        let pairs: Pairs = read(&value);
        assert_eq!(pairs.pair, None);
        assert_eq!(pairs.extra.get("pair"), Some(&misfit));
        assert_eq!(written(&pairs), value);
    }
    let slice: &[u8] = b"{\"pair\": [\"a\", \"b\"], \"open\": [[\"x\"]]}";
    let issues = from_slice(slice, Pairs::default().slot(), false).expect("pairs");
    let issues: Vec<String> = issues.iter().map(ToString::to_string).collect();
    assert!(
        issues.contains(&"pair[1]: wrong kind of value".to_owned()),
        "{issues:?}"
    );
}

#[derive(Clone)]
enum Flow {
    Auto,
    One,
    Half,
    Off,
    Other(Value),
}

value_enum! {
    Flow {
        Auto = "auto",
        One = 1,
        Half = -0.5,
        Off = false,
    }
}

#[test]
fn enumerations_of_mixed_kinds() {
    for value in [
        json!("auto"),
        json!(1),
        json!(-0.5),
        json!(false),
        json!("other"),
        json!(7),
    ] {
        let flow: Flow = serde_json::from_value(value.clone()).expect("a flow");
        let known = !matches!(flow, Flow::Other(_));
        assert_eq!(
            known,
            !matches!(value, Value::String(ref text) if text == "other") && value != json!(7)
        );
        assert_eq!(written(&flow), value);
    }
    assert!(matches!(Flow::from(json!(1.0)), Flow::One));
    assert_eq!(Flow::Half.to_string(), "-0.5");
    assert_eq!(Flow::Auto.to_string(), "auto");
    assert!(matches!(Flow::default(), Flow::Other(Value::Null)));
    assert!(serde_json::from_value::<Flow>(json!([1])).is_err());
}

#[derive(Clone, Default)]
struct Anything {
    kind: Option<String>,
    extra: Extra,
}

object! {
    Anything {
        0 opt "kind" kind,
    }
}

#[derive(Clone)]
enum Joint {
    Tap(Tap),
    Anything(Anything),
    Other(Value),
}

union! {
    Joint {
        tag "type" else 1,
        0 Tap Obj ["tap"] [],
        1 Anything Obj ["anything"] [],
    }
}

#[test]
fn one_variant_stands_for_what_no_tag_names() {
    for (value, default) in [
        (json!({"type": "tap"}), false),
        (json!({"type": "pump", "kind": "k"}), true),
        (json!({"kind": "k"}), true),
        (json!({}), true),
    ] {
        for at_hand in [false, true] {
            let joint: Joint = match at_hand {
                true => serde_json::from_value(json!([value.clone()]))
                    .map(|mut all: Vec<Joint>| all.remove(0)),
                false => serde_json::from_str(&value.to_string()),
            }
            .expect("a joint");
            assert_eq!(matches!(joint, Joint::Anything(_)), default, "{value}");
            assert_eq!(matches!(joint, Joint::Tap(_)), !default, "{value}");
            assert_eq!(written(&joint), value);
        }
    }
    assert!(matches!(Joint::default(), Joint::Other(_)));
}

/// A table of so many members that nobody writes it out.
#[test]
fn more_members_than_four_words_have_bits_for() {
    use crate::runtime::model::{EXTRA, Member, Node, Object, SlotMut, Table};
    const NAMES: &[&str] = &["a", "b"];
    struct Wide(Vec<Option<i64>>, Extra);
    impl Object for Wide {
        fn table(&self) -> &'static Table {
            static MEMBERS: [Member; 300] = {
                let mut members = [const { Member::opt("m") }; 300];
                members[0] = Member::req(NAMES[0]);
                members[299] = Member::req(NAMES[1]);
                members
            };
            static TABLE: Table = Table {
                name: "Wide",
                members: &MEMBERS,
                constants: &[],
                rest: false,
            };
            &TABLE
        }
        fn get(&self, index: usize) -> Node<'_> {
            match index {
                EXTRA => Node::Extra(&self.1),
                index => self.0.get(index).map_or(Node::Absent, Slot::node),
            }
        }
        fn get_mut(&mut self, index: usize) -> SlotMut<'_> {
            match index {
                EXTRA => SlotMut::Extra(&mut self.1),
                index => self.0.get_mut(index).map_or(SlotMut::Ignore, Slot::slot),
            }
        }
    }
    for (text, missing) in [
        ("{\"b\": 1}", vec!["a"]),
        ("{\"a\": 1}", vec!["b"]),
        ("{\"a\":1,\"b\":2}", vec![]),
    ] {
        let mut wide = Wide(vec![None; 300], Extra::default());
        from_slice(text.as_bytes(), SlotMut::Obj(&mut wide), false).expect("an object");
        assert_eq!(wide.1.missing(), missing, "{text}");
    }
}

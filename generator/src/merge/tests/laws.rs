//! The laws: of grouping, of repetition, of order inside an authority, and of order between authorities.

use super::*;
use crate::model::{EnumValue, Enumeration};
use proptest::prelude::*;

/// A statement of one kind about the parameter `q`, and an object beside it; numbers choose. None contradicts another
/// with the same kind.
fn statement(kind: u8, choice: u8, flags: u8, file: u32) -> Model {
    let mut model = Model {
        authority: Authority::Declared,
        ..Model::default()
    };
    let text = |text: &str| EnumValue {
        value: Literal::String(text.to_owned()),
        name: None,
        docs: Docs::default(),
    };
    let list = |values: &[&str]| {
        Shape::Enum(Enumeration {
            values: values.iter().map(|value| text(value)).collect(),
        })
    };
    let shape = match (kind % 2, choice % 6) {
        (0, 0 | 1) => Shape::Integer { unsigned: false },
        (0, 2 | 3) => Shape::Integer { unsigned: true },
        (0, _) => Shape::Number,
        (_, 0) => Shape::String(StringFormat::Plain),
        (_, 1) => Shape::String(StringFormat::Date),
        (_, 2) => Shape::String(StringFormat::DateTime),
        (_, 3) => Shape::String(StringFormat::Other("uuid".to_owned())),
        (_, 4) => list(&["a", "b"]),
        (_, _) => list(&["b", "c"]),
    };
    let declared = |model: &mut Model, shape: Shape, nullable: bool| {
        model.schemas.add(Schema {
            shape,
            nullable,
            authority: Authority::Declared,
            origins: place(file),
            ..Schema::default()
        })
    };
    let value = declared(&mut model, shape, flags & 1 != 0);
    let mut properties = Vec::new();
    for (bit, name) in [(2, "x"), (4, "y")] {
        if flags & bit != 0 {
            let schema = declared(&mut model, Shape::Boolean, false);
            let mut property = property(name, schema);
            property.required = flags & 8 != 0;
            property.read_only = flags & 16 != 0;
            properties.push(property);
        }
    }
    let object = Shape::Object(ObjectShape {
        properties,
        ..ObjectShape::default()
    });
    let body = declared(&mut model, object, false);
    let mut op = operation("POST /a", file);
    let mut q = parameter("q", Location::Query, value, file);
    q.required = flags & 32 != 0;
    op.parameters.push(q);
    op.request_body = Some(RequestBody {
        required: flags & 64 != 0,
        content: json_content(body, "same", 9),
        docs: Docs::default(),
        origins: place(file),
    });
    model.operations.push(op);
    model
}

/// What a merged model of statements says, without places and without the order of lists.
fn meaning(model: &Model) -> String {
    let op = &model.operations[0];
    let q = &op.parameters[0];
    let value = model.schemas.get(q.schema);
    let mut shape = value.shape.clone();
    if let Shape::Enum(list) = &mut shape {
        list.values.sort_by(|a, b| a.value.cmp(&b.value));
    }
    let body = op.request_body.as_ref().expect("a body");
    let Shape::Object(object) = &model.schemas.get(body.content[0].schema).shape else {
        panic!("an object")
    };
    let mut members: Vec<_> = object
        .properties
        .iter()
        .map(|p| format!("{} {} {}", p.name, p.required, p.read_only))
        .collect();
    members.sort();
    format!(
        "{shape:?} {} {} {} {members:?}",
        value.nullable, q.required, body.required
    )
}

proptest! {
    #[test]
    fn merging_is_a_join(bits in prop::array::uniform3(0u32..1 << 15)) {
        let [a, b, c] = [0, 1, 2].map(|n| some_model(bits[n as usize], n));
        prop_assert!(merged(vec![a.clone()]) == a, "one model");
        let twice = merged(vec![a.clone(), a.clone()]);
        prop_assert!(twice == a, "with itself");
        let all = merged(vec![a.clone(), b.clone(), c.clone()]);
        let left = merged(vec![merged(vec![a.clone(), b.clone()]), c.clone()]);
        let right = merged(vec![a, merged(vec![b, c])]);
        prop_assert!(left == all, "grouped to the left");
        prop_assert!(right == all, "grouped to the right");
    }

    #[test]
    fn statements_of_one_authority_are_a_join(
        kind in 0u8..2,
        said in prop::array::uniform3((0u8..6, 0u8..128)),
    ) {
        let [a, b, c] = [0, 1, 2].map(|n| statement(kind, said[n].0, said[n].1, n as u32));
        prop_assert_eq!(merged(vec![a.clone()]), a.clone());
        prop_assert_eq!(merged(vec![a.clone(), a.clone()]), a.clone());
        let all = merged(vec![a.clone(), b.clone(), c.clone()]);
        let left = merged(vec![merged(vec![a.clone(), b.clone()]), c.clone()]);
        let right = merged(vec![a.clone(), merged(vec![b.clone(), c.clone()])]);
        prop_assert_eq!(&left, &all);
        prop_assert_eq!(&right, &all);
        for order in [[&a, &c, &b], [&b, &a, &c], [&c, &b, &a]] {
            let other = merged(order.into_iter().cloned().collect());
            prop_assert_eq!(meaning(&other), meaning(&all));
        }
    }

    #[test]
    fn the_order_of_sources_of_different_authority_does_not_show(
        bits in prop::array::uniform3(0u32..1 << 15),
        kinds in prop::array::uniform2((0u8..2, 0u8..6, 0u8..128)),
    ) {
        let levels = [Authority::Declared, Authority::Documented, Authority::Sampled];
        let mut models: Vec<Model> = (0..3)
            .map(|n| some_model(bits[n as usize], n))
            .collect();
        // Beside them, sources that contradict each other.
        for (model, (kind, choice, flags)) in models.iter_mut().zip(kinds) {
            *model = merged(vec![statement(kind, choice, flags, 7), std::mem::take(model)]);
        }
        for (model, level) in models.iter_mut().zip(levels) {
            model.authority = level;
            let schemas = std::mem::take(&mut model.schemas).into_vec();
            let schemas = schemas.into_iter().map(|schema| Schema { authority: level, ..schema });
            model.schemas = schemas.collect::<Vec<_>>().into();
        }
        let mut expected = Diagnostics::new();
        let model = merge(models.clone(), &mut expected);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut found = Diagnostics::new();
            let other = merge(order.map(|n: usize| models[n].clone()).to_vec(), &mut found);
            prop_assert_eq!(&other, &model);
            prop_assert_eq!(format!("{found:?}"), format!("{expected:?}"));
        }
    }
}

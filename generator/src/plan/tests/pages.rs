//! What stands beside the code: samples that are tested, and how many programs there are.

use crate::model::{Example, Literal, SchemaId};
use crate::origin::Origin;
use crate::plan::sample::Sample;

fn example(name: &str, id: Literal) -> Example {
    Example {
        name: Some(name.to_owned()),
        body: Literal::Object(vec![("id".to_owned(), id)]),
        origin: Origin::default(),
    }
}

/// An API that answers an object with a number.
fn api() -> (Sample, SchemaId) {
    let mut sample = Sample::new("shop");
    let number = sample.integer();
    let order = sample.object("order", &[("id", number, true)]);
    (sample, order)
}

#[test]
fn a_sample_that_its_type_does_not_take_is_no_test_but_a_note() {
    let (mut sample, order) = api();
    let operation = sample.operation(
        "GET /orders/{id}",
        "Show Order",
        "",
        None,
        &[(200, Some(order))],
    );
    operation.responses[0].content[0].examples = vec![
        example("Fine", Literal::Number("7".into())),
        example("Show order", Literal::String("<integer>".into())),
        example("Wrong", Literal::String("seven".into())),
        example("Wrong too", Literal::Null),
    ];
    let (plan, diagnostics) = sample.plan();
    let paths: Vec<&str> = plan
        .pages
        .samples
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "fixtures/show_order/200.json",
            "fixtures/show_order/200_fine.json"
        ]
    );
    assert_eq!(plan.pages.samples[0].text, "{\n  \"id\": 1\n}\n");
    let found: Vec<String> = diagnostics
        .iter()
        .map(|one| format!("{} {} {:?}", one.code, one.message, one.notes))
        .filter(|text| text.starts_with("plan/sample"))
        .collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].contains("`Wrong`") && found[0].contains("differs at `id`"),
        "{found:?}"
    );
}

#[test]
fn many_operations_share_a_program_a_group() {
    let count = |operations: usize| {
        let (mut sample, order) = api();
        for at in 0..operations {
            let group = if at % 2 == 0 { "Orders" } else { "Returns" };
            sample.operation(
                &format!("GET /things{at}x"),
                &format!("Show Thing{at}x"),
                group,
                None,
                &[(200, Some(order))],
            );
        }
        sample.plan().0.pages.programs.len()
    };
    assert_eq!(count(50), 50);
    assert_eq!(count(51), 2);
}

#[test]
fn everything_can_be_switched_off() {
    let (mut sample, order) = api();
    let operation = sample.operation(
        "GET /orders/{id}",
        "Show Order",
        "",
        None,
        &[(200, Some(order))],
    );
    operation.responses[0].content[0].examples = vec![example("Fine", Literal::Number("7".into()))];
    let (plan, _) = sample.plan();
    let docs = plan.groups[0].operations[0].docs.lines().join("\n");
    assert!(
        docs.contains("curl") && docs.contains("# Sample response"),
        "{docs}"
    );
    assert_eq!(
        (plan.pages.programs.len(), plan.pages.samples.len()),
        (1, 1)
    );
    assert_eq!(plan.manifest.dev_dependencies.len(), 1);
    let pages = &mut sample.config.pages;
    (pages.curl, pages.samples, pages.examples, pages.tests) = (false, false, false, false);
    let (plan, _) = sample.plan();
    let docs = plan.groups[0].operations[0].docs.lines().join("\n");
    assert!(
        !docs.contains("curl") && !docs.contains("# Sample"),
        "{docs}"
    );
    assert_eq!(
        (plan.pages.programs.len(), plan.pages.samples.len()),
        (0, 0)
    );
    assert!(plan.manifest.dev_dependencies.is_empty());
}

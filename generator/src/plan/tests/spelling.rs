//! How parameters and bodies are spelled: a style counts where it makes a difference.

use crate::model::*;
use crate::plan::sample::{Sample, parameter};
use crate::plan::{ArgumentType, Spelling, Wire};

#[test]
fn a_style_counts_where_values_have_parts() {
    let mut sample = Sample::new("styles");
    let (text, integer) = (sample.text(), sample.integer());
    let list = sample.list(integer);
    let object = sample.object("!Color", &[("R", integer, false)]);
    let spelled = |name: &str, location, schema, style| Parameter {
        style,
        ..parameter(name, location, schema, false)
    };
    let matrix = Style::Matrix { explode: true };
    let cookie = Style::Cookie { explode: false };
    let mut parameters = vec![
        spelled("id", Location::Path, integer, Style::Repeat),
        spelled("color", Location::Path, object, Style::Repeat),
        spelled("list", Location::Path, list, matrix),
        spelled("plain", Location::Query, text, Style::Pipe),
        spelled("piped", Location::Query, list, Style::Pipe),
        spelled("deep", Location::Query, object, Style::Deep),
        spelled("X-Color", Location::Header, object, Style::Repeat),
        spelled("X-List", Location::Header, list, Style::Repeat),
        spelled("sid", Location::Cookie, text, cookie),
        spelled("json", Location::Query, object, Style::Comma),
        spelled("raw", Location::Query, text, Style::Repeat),
    ];
    parameters[9].media_type = Some("application/json".to_owned());
    parameters[10].allow_reserved = true;
    let key = "GET /{id}/{color}/x{list}";
    let operation = sample.operation(key, "", "", None, &[(204, None)]);
    operation.parameters = parameters;
    let (plan, diagnostics) = sample.plan();
    assert!(!diagnostics.has_errors());
    let operation = &plan.groups[0].operations[0];
    let holes = operation.path_arguments.iter();
    let holes: Vec<Style> = holes.map(|given| given.spelling.style).collect();
    assert_eq!(holes, [Style::Comma, Style::Repeat, matrix]);
    let plain = |style| Spelling {
        style,
        ..Spelling::default()
    };
    let json = Spelling {
        json: true,
        ..Spelling::default()
    };
    let reserved = Spelling {
        reserved: true,
        ..Spelling::default()
    };
    let wires: Vec<&Wire> = operation.setters.iter().map(|one| &one.wire).collect();
    let query = |name: &str, spelling| Wire::Query(name.to_owned(), spelling);
    let header = |name: &str, style| Wire::Header(name.to_owned(), plain(style));
    let expected = [
        query("plain", plain(Style::Repeat)),
        query("piped", plain(Style::Pipe)),
        query("deep", plain(Style::Deep)),
        header("X-Color", Style::Repeat),
        header("X-List", Style::Comma),
        Wire::Cookie("sid".to_owned(), plain(cookie)),
        query("json", json),
        query("raw", reserved),
    ];
    assert_eq!(wires, expected.iter().collect::<Vec<_>>());
}

#[test]
fn a_body_that_may_be_left_out_is_an_argument_where_bodies_are_usual() {
    let mut sample = Sample::new("bodies");
    let name = sample.text();
    let body = sample.object("!Thing", &[("name", name, true)]);
    for key in ["POST /things", "DELETE /things"] {
        let operation = sample.operation(key, "", "", Some(body), &[(204, None)]);
        operation.request_body.as_mut().unwrap().required = false;
    }
    let (plan, _) = sample.plan();
    let operations = &plan.groups[0].operations;
    let of = |verb: &str| operations.iter().find(|one| one.verb == verb).unwrap();
    assert!(matches!(
        of("POST").arguments.as_slice(),
        [only] if matches!(only.ty, ArgumentType::Optional(_))
    ));
    assert!(of("POST").setters.is_empty());
    assert!(of("DELETE").arguments.is_empty());
    assert_eq!(of("DELETE").setters.len(), 1);
}

#[test]
fn members_of_forms_are_sent_as_stated() {
    let mut sample = Sample::new("forms");
    let (text, file) = (
        sample.text(),
        sample.shape(Shape::String(StringFormat::Binary)),
    );
    let color = sample.object("!Color", &[("R", text, false)]);
    sample.model.schemas.get_mut(color).unwrap().authority = schema::Authority::Declared;
    let form = sample.object("", &[("color", color, false), ("name", text, false)]);
    let parts = sample.object("", &[("file", file, true), ("color", color, false)]);
    for (path, name, schema) in [
        ("POST /forms", "application/x-www-form-urlencoded", form),
        ("POST /parts", "multipart/form-data", parts),
    ] {
        let operation = sample.operation(path, "", "", Some(schema), &[(204, None)]);
        let media = &mut operation.request_body.as_mut().unwrap().content[0];
        media.name = name.to_owned();
    }
    let media = &mut sample.model.operations[1]
        .request_body
        .as_mut()
        .unwrap()
        .content[0];
    media.encodings = vec![PartEncoding::media_type("file", "image/png, image/jpeg")];
    let (plan, _) = sample.plan();
    let parts = |group: usize| {
        let parts = plan.groups[group].operations[0].parts.iter();
        let parts = parts.map(|part| (part.name.as_str(), part.media_type.as_deref()));
        parts.collect::<Vec<_>>()
    };
    // Nothing is stated of the object in the form, so it is JSON (OpenAPI 3.1 §4.8.15.1).
    assert_eq!(parts(0), [("color", Some("application/json"))]);
    assert_eq!(parts(1), [("file", Some("image/png"))]);
}

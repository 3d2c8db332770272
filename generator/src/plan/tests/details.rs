//! What models become: members, answers, settings, files.

use super::super::sample::{Sample, parameter, property, variant, zendesk};
use super::super::{Item, dump};
use super::{codes, methods, planned, types};
use crate::diagnostic::Code;
use crate::model::*;

#[test]
fn presence_follows_what_is_known() {
    let mut sample = Sample::new("presence");
    let text = sample.text();
    let nullable = sample.nullable(Shape::String(StringFormat::Plain));
    let any = sample.shape(Shape::Any);
    let list = sample.list(nullable);
    let unsigned = sample.shape(Shape::Integer { unsigned: true });
    let body = sample.object(
        "thing",
        &[
            ("a", text, true),
            ("b", text, false),
            ("c", nullable, true),
            ("d", nullable, false),
            ("e", any, true),
            ("f", list, true),
            ("g", unsigned, true),
            ("extra", text, false),
        ],
    );
    sample.operation(
        "GET /thing",
        "",
        "",
        None,
        &[(200, Some(body)), (204, None)],
    );
    let text = dump(&planned(&sample));
    for line in [
        "a: String req \"a\"",
        "b: Option<String> opt",
        "c: Option<String> req",
        "d: Field<String> opt",
        "e: Value req",
        "f: Vec<Option<String>> req",
        "g: u64 req",
        "extra_: Option<String> opt \"extra\"",
        "-> Option<Thing>",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn directions_decide_about_members() {
    let mut sample = Sample::new("directions");
    let text = sample.text();
    let body = sample.object("!thing", &[("name", text, true)]);
    let Some(Schema {
        shape: Shape::Object(object),
        ..
    }) = sample.model.schemas.get_mut(body)
    else {
        panic!()
    };
    object.properties.push(Property {
        read_only: true,
        ..property("id", text, true)
    });
    object.properties.push(Property {
        write_only: true,
        ..property("password", text, false)
    });
    let fields = |sample: &Sample| -> Vec<String> {
        let plan = planned(sample);
        let item = plan.families[0].items[0].clone();
        let Item::Struct(item) = item else { panic!() };
        item.fields
            .iter()
            .map(|field| format!("{} {}", field.name, field.required))
            .collect()
    };
    let mut sent = Sample {
        model: sample.model.clone(),
        config: sample.config.clone(),
    };
    sent.operation("POST /things", "", "", Some(body), &[(204, None)]);
    assert_eq!(fields(&sent), ["name true", "password false"]);
    let mut received = Sample {
        model: sample.model.clone(),
        config: sample.config.clone(),
    };
    received.operation("GET /things", "", "", None, &[(200, Some(body))]);
    assert_eq!(fields(&received), ["name true", "id true"]);
    sample.operation("PUT /things", "", "", Some(body), &[(200, Some(body))]);
    assert_eq!(fields(&sample), ["name true", "id false", "password false"]);
}

#[test]
fn answers_that_differ_are_an_outcome() {
    let mut sample = Sample::new("answers");
    let (text, integer) = (sample.text(), sample.integer());
    let one = sample.object("", &[("a", text, false)]);
    let same = sample.object("", &[("a", text, false)]);
    let other = sample.object("", &[("a", integer, false)]);
    sample.operation(
        "GET /a",
        "",
        "",
        None,
        &[(200, Some(one)), (201, Some(same))],
    );
    sample.operation(
        "GET /b",
        "",
        "",
        None,
        &[(200, Some(one)), (201, Some(other))],
    );
    sample.operation("GET /c", "", "", None, &[(404, Some(other))]);
    let (plan, diagnostics) = sample.plan();
    assert_eq!(codes(&diagnostics), ["plan/no-response"]);
    let outputs: Vec<String> = dump(&plan)
        .lines()
        .filter(|line| line.contains(" as "))
        .map(|line| line.trim().to_owned())
        .collect();
    assert_eq!(
        outputs,
        [
            "show() -> ShowAResponse as ShowA",
            "show() -> ShowBOutcome as ShowB",
            "show() -> Value as ShowC"
        ]
    );
}

#[test]
fn failures_of_one_structure_are_one_type() {
    let mut sample = Sample::new("failures");
    let (text, integer) = (sample.text(), sample.integer());
    let mut error = || sample.object("", &[("code", text, false), ("message", text, false)]);
    let (first, second, third) = (error(), error(), error());
    let rare = sample.object("", &[("retry", integer, false)]);
    let odd = sample.object("", &[("until", integer, false)]);
    sample.operation("GET /a", "", "", None, &[(204, None), (404, Some(first))]);
    sample.operation(
        "GET /b",
        "",
        "",
        None,
        &[(204, None), (404, Some(second)), (409, Some(rare))],
    );
    sample.operation(
        "PUT /b",
        "",
        "",
        None,
        &[(204, None), (400, Some(third)), (423, Some(odd))],
    );
    let (plan, diagnostics) = sample.plan();
    assert!(codes(&diagnostics).is_empty(), "{diagnostics:?}");
    assert_eq!(
        types(&plan),
        ["BConflictErrorBody", "BLockedErrorBody", "ErrorBody"]
    );
    let group = plan.groups.last().expect("a group");
    let docs = group.operations[0].docs.lines().join("\n");
    assert!(
        docs.contains(
            "- `404`: [`types::ErrorBody`](crate::types::ErrorBody)\n\
             - `409`: [`types::BConflictErrorBody`](crate::types::BConflictErrorBody)"
        ),
        "{docs}"
    );
}

#[test]
fn a_name_of_one_letter_is_no_other_thing() {
    let mut sample = Sample::new("letters");
    sample.operation("POST /post", "R1", "", None, &[(204, None)]);
    sample.operation("GET /x", "X", "X", None, &[(204, None)]);
    let plan = planned(&sample);
    let operations = plan.groups.iter().flat_map(|group| &group.operations);
    let names: Vec<String> = operations
        .map(|operation| format!("{} {}", operation.constant, operation.call))
        .collect();
    assert_eq!(names, ["R1_OPERATION R1", "X_OPERATION XCall"]);
}

#[test]
fn several_media_types_are_several_methods() {
    let mut sample = Sample::new("media");
    let (text, integer) = (sample.text(), sample.integer());
    let file = sample.shape(Shape::String(StringFormat::Binary));
    let body = sample.object("", &[("a", text, true)]);
    let wrapped = sample.object("", &[("thing", body, true)]);
    let form = sample.object("", &[("file", file, true), ("size", integer, false)]);
    sample.config.unwrap = true;
    let operation = sample.operation("POST /things", "", "", Some(wrapped), &[(204, None)]);
    let content = &mut operation.request_body.as_mut().expect("a body").content;
    for (name, schema) in [
        ("application/xml", text),
        ("multipart/form-data", form),
        ("image/png", text),
        ("application/merge-patch+json", body),
    ] {
        content.push(MediaType {
            name: name.to_owned(),
            schema,
            ..MediaType::default()
        });
    }
    // A method of another operation comes first.
    sample.operation(
        "POST /things/xml",
        "Create things xml",
        "Things",
        None,
        &[(204, None)],
    );
    let plan = planned(&sample);
    let operation = &plan.groups[0].operations[0];
    assert_eq!(operation.request_member.as_deref(), Some("thing"));
    let variants: Vec<String> = operation
        .variants
        .iter()
        .map(|variant| {
            let constant = variant.constant.as_ref().map(ToString::to_string);
            format!(
                "{} {:?} {:?}",
                variant.method, constant, variant.steps[0].wire
            )
        })
        .collect();
    assert_eq!(
        variants,
        [
            "create_xml_ Some(\"CREATE_THINGS_XML_\") Text(\"application/xml\")",
            "create_multipart Some(\"CREATE_THINGS_MULTIPART\") Multipart(\"multipart/form-data\")",
            "create_png Some(\"CREATE_THINGS_PNG\") Raw(\"image/png\")",
        ]
    );
    assert!(dump(&plan).contains("file: Upload req \"file\""));
}

#[test]
fn configuration_has_the_last_word() {
    let mut sample = zendesk();
    sample
        .config
        .names
        .operations
        .insert("GET /api/v2/users/{id}".into(), "get".into());
    sample
        .config
        .names
        .types
        .insert("JobStatus".into(), "Job".into());
    sample.config.skip.push(crate::config::SkipEntry {
        operation: "get /api/v2/users/me/settings".into(),
        reason: None,
    });
    let plan = planned(&sample);
    assert!(methods(&plan).contains(&"ShowUser get".to_owned()));
    assert!(
        types(&plan).contains(&"Job".to_owned()) && !types(&plan).contains(&"JobStatus".to_owned())
    );
    assert_eq!(plan.groups[0].operations.len(), 8);
}

#[test]
fn configuration_that_matches_nothing_is_an_error() {
    let mut sample = zendesk();
    sample
        .config
        .names
        .operations
        .insert("GET /nothing".into(), "get".into());
    sample
        .config
        .names
        .operations
        .insert("GET /api/v2/users".into(), "No Name".into());
    sample
        .config
        .names
        .types
        .insert("Nothing".into(), "Job".into());
    sample
        .config
        .names
        .types
        .insert("User".into(), "Option".into());
    sample.config.skip.push(crate::config::SkipEntry {
        operation: "GET /nothing".into(),
        reason: None,
    });
    let (_, diagnostics) = sample.plan();
    assert_eq!(
        codes(&diagnostics),
        [
            "plan/unused-skip",
            "plan/invalid-name",
            "plan/unused-name",
            "plan/unused-name",
            "plan/invalid-name",
            "plan/no-response"
        ]
    );
    assert!(
        diagnostics
            .iter()
            .all(|diagnostic| diagnostic.help.is_some())
    );
}

#[test]
fn chosen_names_must_not_collide() {
    let mut sample = zendesk();
    sample
        .config
        .names
        .operations
        .insert("GET /api/v2/users".into(), "search".into());
    sample
        .config
        .names
        .types
        .insert("User".into(), "JobStatus".into());
    let (_, diagnostics) = sample.plan();
    let collision = Code::PLAN_NAME_COLLISION.as_str();
    assert_eq!(
        codes(&diagnostics),
        [collision, collision, "plan/no-response"]
    );
}

#[test]
fn a_crate_needs_a_name_and_an_operation() {
    for name in [
        "", "a b", "1a", "serde", "std", "type", "../x", "ä", "a\"\n[x]",
    ] {
        let mut sample = Sample::new(name);
        sample.operation("GET /a", "", "", None, &[(204, None)]);
        let (_, diagnostics) = sample.plan();
        assert_eq!(codes(&diagnostics), ["plan/invalid-name"], "{name:?}");
    }
    let (_, diagnostics) = Sample::new("empty").plan();
    assert_eq!(codes(&diagnostics), ["plan/no-operation"]);
}

#[test]
fn modules_are_safe_files() {
    for (tag, module) in [
        ("../../etc", "etc"),
        ("build", "build_operations"),
        ("Main", "main_operations"),
        ("con", "con_operations"),
        ("type", "type_operations"),
        ("types", "types_operations"),
        ("client", "client_operations"),
        ("a/b", "a_b"),
        ("x.", "x"),
        ("😀", "u1f600"),
        ("mod", "mod_operations"),
        ("self", "self_"),
    ] {
        let mut sample = Sample::new("modules");
        sample.operation("GET /a", "", tag, None, &[(204, None)]);
        let plan = planned(&sample);
        assert_eq!(plan.groups[0].access.module.plain(), module, "{tag}");
    }
}

#[test]
fn handles_and_calls_leave_the_names_of_types_alone() {
    let mut sample = Sample::new("pets");
    let text = sample.text();
    let pet = sample.object("!Pet", &[("name", text, true)]);
    let create = sample.object("!CreatePet", &[("name", text, true)]);
    sample.operation(
        "POST /pets",
        "createPet",
        "pet",
        Some(create),
        &[(200, Some(pet))],
    );
    let text = dump(&planned(&sample));
    assert!(text.contains("group pet PetOperations pet"), "{text}");
    assert!(
        text.contains("create(create_pet: &CreatePet) -> Pet as CreatePetCall"),
        "{text}"
    );
}

#[test]
fn unions_know_what_tells_them_apart() {
    let mut sample = Sample::new("unions");
    let text = sample.text();
    let cat = sample.object(
        "!Cat",
        &[
            ("kind", text, true),
            ("claws", text, false),
            ("fur", text, true),
        ],
    );
    let lynx = [
        ("kind", text, true),
        ("fur", text, true),
        ("tufts", text, false),
    ];
    let lynx = sample.object("!Lynx", &lynx);
    let dog = sample.object("!Dog", &[("kind", text, true), ("bark", text, false)]);
    let union = sample.shape(Shape::Union(UnionShape {
        variants: vec![
            variant(cat, "cat"),
            variant(lynx, "cat"),
            variant(dog, "dog"),
            Variant {
                schema: text,
                ..Variant::default()
            },
        ],
        discriminator: Some("kind".to_owned()),
        external: false,
    }));
    sample.name(union, "!Animal");
    sample.operation("GET /animals/{id}", "", "", None, &[(200, Some(union))]);
    let text = dump(&planned(&sample));
    assert!(text.contains("union Animal tag \"kind\""), "{text}");
    // Members tell apart what the tag does not, and nothing else.
    for row in [
        "Cat(Cat) Obj [\"cat\"] [\"claws\"]",
        "Lynx(Lynx) Obj [\"cat\"] [\"tufts\"]",
        "Dog(Dog) Obj [\"dog\"] []",
    ] {
        assert!(text.contains(row), "{text}");
    }
    assert!(text.contains("Text(String) Str [] []"), "{text}");
}

#[test]
fn a_type_that_holds_itself_is_boxed() {
    let mut sample = Sample::new("trees");
    let text = sample.text();
    let node = sample.object("!Node", &[("name", text, true)]);
    let list = sample.list(node);
    let Some(Schema {
        shape: Shape::Object(object),
        ..
    }) = sample.model.schemas.get_mut(node)
    else {
        panic!()
    };
    object.properties.push(property("parent", node, false));
    object.properties.push(property("children", list, false));
    sample.operation("GET /nodes/{id}", "", "", None, &[(200, Some(node))]);
    let mut facts = sample.facts();
    facts.boxed.insert((node, node));
    let (plan, _) = sample.plan_with(&facts);
    let text = dump(&plan);
    assert!(
        text.contains("parent: Option<Box<Node>> opt")
            && text.contains("children: Option<Vec<Node>> opt"),
        "{text}"
    );
}

#[test]
fn servers_offer_their_variables() {
    let mut sample = Sample::new("servers");
    sample.operation("GET /a", "", "", None, &[(204, None)]);
    sample.model.servers.push(Server {
        url: "https://{host}.example.com/{base_url}/".to_owned(),
        ..Server::default()
    });
    let text = dump(&planned(&sample));
    assert!(
        text.contains("server \"https://{host}.example.com/{base_url}\""),
        "{text}"
    );
    assert!(
        text.contains("variable host \"host\"") && text.contains("variable base_url_ \"base_url\""),
        "{text}"
    );
    sample.model.servers[0].url = "/api".to_owned();
    assert!(dump(&planned(&sample)).contains("server \"\""));
}

#[test]
fn headers_that_cannot_be_sent_are_left_out() {
    let mut sample = Sample::new("headers");
    let text = sample.text();
    let operation = sample.operation("GET /a", "", "", None, &[(204, None)]);
    for name in [
        "X Y",
        "",
        "x\r\ny",
        "Accept",
        "Content-Type",
        "authorization",
        "X-Good",
    ] {
        operation
            .parameters
            .push(parameter(name, Location::Header, text, false));
    }
    let (plan, diagnostics) = sample.plan();
    let mut expected = vec!["plan/ignored-header"; 3];
    expected.extend(["plan/invalid-wire-name"; 3]);
    assert_eq!(codes(&diagnostics), expected);
    assert!(!diagnostics.has_errors());
    let setters: Vec<&str> = plan.groups[0].operations[0]
        .setters
        .iter()
        .map(|setter| setter.method.plain())
        .collect();
    assert_eq!(setters, ["x_good"]);
}

#[test]
fn parameters_of_one_name_are_told_apart_by_their_place() {
    let mut sample = Sample::new("places");
    let text = sample.text();
    let operation = sample.operation("GET /a/{id}", "", "", None, &[(204, None)]);
    for location in [
        Location::Path,
        Location::Query,
        Location::Header,
        Location::Cookie,
    ] {
        operation
            .parameters
            .push(parameter("id", location, text, true));
    }
    let text = dump(&planned(&sample));
    assert!(
        text.contains("show(id: &str, id_query: &str, id_header: &str, id_cookie: &str)"),
        "{text}"
    );
}

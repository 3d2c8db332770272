//! Two whole APIs built by hand: one like a customer would have, one with everything there is.

use super::{Sample, parameter, property, variant};
use crate::model::*;
use crate::origin::Origins;

/// An API in the shape of Zendesk's users, with one of everything that a plan can hold.
pub(crate) fn zendesk() -> Sample {
    let mut sample = Sample::new("zendesk");
    sample.config.unwrap = true;
    sample.config.title = Some("Zendesk Support API".to_owned());
    sample.model.servers.push(Server {
        url: "https://{subdomain}.zendesk.com".to_owned(),
        variables: vec![ServerVariable {
            name: "subdomain".to_owned(),
            ..ServerVariable::default()
        }],
        ..Server::default()
    });
    sample.model.security_schemes.push(SecurityScheme {
        name: "basic".to_owned(),
        kind: SecurityKind::Basic,
        docs: Docs::default(),
        origins: Origins::none(),
    });
    let (text, integer) = (sample.text(), sample.integer());
    let boolean = sample.shape(Shape::Boolean);
    let any = sample.shape(Shape::Any);
    let texts = sample.list(text);
    let map = sample.shape(Shape::Map(any));
    let time = sample.nullable(Shape::String(StringFormat::DateTime));
    let phone = sample.nullable(Shape::String(StringFormat::Plain));
    let role = sample.enumeration("role", &["end-user", "agent", "admin"]);
    let role_type = sample.enumeration("role_type", &["0", "1", "-1"]);
    let organization = sample.object(
        "organization",
        &[("id", integer, true), ("name", text, false)],
    );
    let user = sample.object(
        "user",
        &[
            ("id", integer, true),
            ("active", boolean, false),
            ("created_at", time, false),
            ("name", text, false),
            ("organization", organization, false),
            ("phone", phone, false),
            ("photo", map, false),
            ("role", role, false),
            ("role_type", role_type, false),
            ("tags", texts, false),
            ("type", text, false),
            ("user_fields", map, false),
        ],
    );
    let identity = sample.object("identity", &[("type", text, true), ("value", text, true)]);
    let identities = sample.list(identity);
    let organization_input = sample.object("organization", &[("name", text, false)]);
    let user_input = sample.object(
        "user",
        &[
            ("name", text, true),
            ("email", text, false),
            ("identities", identities, false),
            ("organization", organization_input, false),
            ("phone", phone, false),
            ("role", role, false),
        ],
    );
    let result = sample.object(
        "result",
        &[("id", integer, false), ("index", integer, false)],
    );
    let results = sample.list(result);
    let job = sample.object(
        "job_status",
        &[
            ("id", text, false),
            ("progress", integer, false),
            ("results", results, false),
        ],
    );
    let job_body = sample.object("", &[("job_status", job, true)]);
    let user_body = sample.object("", &[("user", user, true)]);
    let users = sample.list(user);
    let count = sample.integer();
    let list_body = sample.object("", &[("users", users, true), ("count", count, false)]);
    let user_input_body = sample.object("", &[("user", user_input, true)]);
    let user_inputs = sample.list(user_input);
    let users_input_body = sample.object("", &[("users", user_inputs, true)]);
    let update_many = sample.shape(Shape::Union(UnionShape {
        variants: vec![variant(user_input, "user"), variant(user_inputs, "users")],
        discriminator: None,
        external: true,
    }));

    let basic = vec![SecurityRequirement {
        schemes: vec!["basic".to_owned()],
        ..SecurityRequirement::default()
    }];
    sample.operation(
        "POST /api/v2/users/create_many",
        "Create Many Users",
        "Users",
        Some(users_input_body),
        &[(200, Some(job_body))],
    );
    let body = Some(user_input_body);
    sample
        .operation("POST /api/v2/users/create_or_update", "Create Or Update User", "Users", body, &[(200, Some(user_body)), (201, Some(user_body))])
        .docs
        .description = Some("Creates a user, or updates `one`.\n\n<b>Careful</b>: see [docs](/x).\n\n    let code = 1;\n".to_owned());
    sample.operation(
        "POST /api/v2/users/create_or_update_many",
        "Create Or Update Many Users",
        "Users",
        Some(users_input_body),
        &[(200, Some(job_body))],
    );
    sample.operation(
        "PUT /api/v2/users/update_many",
        "Update Many Users",
        "Users",
        Some(update_many),
        &[(200, Some(job_body))],
    );
    let show = sample.operation(
        "GET /api/v2/users/{user_id}",
        "Show User",
        "Users",
        None,
        &[(200, Some(user_body))],
    );
    show.parameters
        .push(parameter("user_id", Location::Path, integer, true));
    let delete = sample.operation(
        "DELETE /api/v2/users/{user_id}",
        "",
        "Users",
        None,
        &[(204, None)],
    );
    delete
        .parameters
        .push(parameter("user_id", Location::Path, integer, true));
    let search = sample.operation(
        "GET /api/v2/users/search",
        "Search Users",
        "Users",
        None,
        &[(200, Some(list_body))],
    );
    search
        .parameters
        .push(parameter("query", Location::Query, text, true));
    let mut external = parameter("external_id", Location::Query, text, false);
    external.docs.description = Some("Only the user with this *id*.".to_owned());
    let integers = sample.list(integer);
    let mut ids = parameter("ids", Location::Query, integers, false);
    ids.style = Style::Comma;
    let mut verbose = parameter("verbose", Location::Query, text, false);
    verbose.style = Style::Flag;
    let list = sample.operation(
        "GET /api/v2/users",
        "List Users",
        "Users",
        None,
        &[(200, Some(list_body))],
    );
    list.parameters = vec![
        parameter("role[]", Location::Query, role, false),
        external,
        ids,
        verbose,
        parameter("X-On-Behalf-Of", Location::Header, text, false),
        parameter("timeout", Location::Query, integer, false),
    ];
    sample.operation("GET /api/v2/users/me/settings", "", "Users", None, &[]);
    for operation in &mut sample.model.operations {
        operation.security.clone_from(&basic);
    }
    sample
}

/// One of everything that a generated crate can hold.
pub(crate) fn kitchen() -> Sample {
    let mut sample = Sample::new("kitchen-sink");
    sample.model.servers.push(Server {
        url: "https://{region}.example.com/{stage}".to_owned(),
        variables: vec![ServerVariable {
            name: "region".to_owned(),
            default: Some("eu".to_owned()),
            allowed: vec!["eu".to_owned(), "us".to_owned()],
            description: Some("Where the <data> is; see [there](/x).".to_owned()),
        }],
        ..Server::default()
    });
    let kinds = [
        ("token", SecurityKind::Bearer),
        (
            "key",
            SecurityKind::ApiKey {
                name: "X-Key".to_owned(),
                location: ApiKeyLocation::Header,
            },
        ),
        (
            "queryKey",
            SecurityKind::ApiKey {
                name: "key".to_owned(),
                location: ApiKeyLocation::Query,
            },
        ),
        (
            "session",
            SecurityKind::ApiKey {
                name: "sid".to_owned(),
                location: ApiKeyLocation::Cookie,
            },
        ),
    ];
    for (name, kind) in kinds {
        sample.model.security_schemes.push(SecurityScheme {
            name: name.to_owned(),
            kind,
            docs: Docs::default(),
            origins: Origins::none(),
        });
    }
    let (text, integer) = (sample.text(), sample.integer());
    let (number, any) = (sample.shape(Shape::Number), sample.shape(Shape::Any));
    let boolean = sample.shape(Shape::Boolean);
    let unsigned = sample.shape(Shape::Integer { unsigned: true });
    let (date, time) = (
        sample.shape(Shape::String(StringFormat::Date)),
        sample.shape(Shape::String(StringFormat::DateTime)),
    );
    let decimal = sample.shape(Shape::String(StringFormat::Decimal));
    let nullable = sample.nullable(Shape::Integer { unsigned: false });
    let (texts, integers, nullables) = (
        sample.list(text),
        sample.list(integer),
        sample.list(nullable),
    );
    let tuple = sample.shape(Shape::Tuple(vec![text, integer]));
    let never = sample.shape(Shape::Never);
    let map = sample.shape(Shape::Map(nullable));
    let color = sample.enumeration(
        "!Color",
        &["red", "dark-blue", "dark_blue", "", "1st", "Self", "other"],
    );
    let level = sample.enumeration("level", &["0", "1", "-1"]);
    let cat = sample.object("!Cat", &[("kind", text, true), ("fur", text, true)]);
    let dog = sample.object("!Dog", &[("kind", text, true), ("bark", text, false)]);
    let cats = sample.list(cat);
    let animal = sample.shape(Shape::Union(UnionShape {
        variants: vec![
            variant(cat, "cat"),
            variant(dog, "dog"),
            variant(text, ""),
            variant(cats, ""),
            variant(boolean, ""),
        ],
        discriminator: Some("kind".to_owned()),
        external: false,
    }));
    sample.name(animal, "!Animal");
    let node = sample.object("!Node", &[("name", text, true), ("value", any, true)]);
    if let Some(Schema {
        shape: Shape::Object(object),
        ..
    }) = sample.model.schemas.get_mut(node)
    {
        object.properties.push(property("parent", node, false));
    }
    let empty = sample.object("!Error", &[("error", text, false)]);
    let everything = sample.object(
        "!Everything",
        &[
            ("extra", text, true),
            ("type", text, true),
            ("self", text, false),
            ("+1", integer, true),
            ("-1", integer, false),
            ("a-b", text, false),
            ("a_b", text, false),
            ("role[]", texts, false),
            ("color", color, true),
            ("level", level, false),
            ("animal", animal, true),
            ("node", node, true),
            ("date", date, true),
            ("time", time, true),
            ("decimal", decimal, true),
            ("number", number, true),
            ("unsigned", unsigned, true),
            ("flag", boolean, true),
            ("tuple", tuple, false),
            ("never", never, false),
            ("map", map, true),
            ("nullables", nullables, true),
            ("nullable", nullable, true),
            ("error", empty, false),
            ("new", text, false),
            ("any", any, false),
            ("\"quoted\" \\ name", text, false),
        ],
    );
    let all = Docs {
        summary: Some("Everything <there> is".to_owned()),
        description: Some("See [Other], `code`, https://example.com/x and\n\n- a list\n  of things\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| <1> | 2 |\n\n```rust\nlet x = 1;\n```\n\n    code\n\n# Heading\n".to_owned()),
    };
    sample.model.schemas.get_mut(everything).unwrap().docs = all.clone();
    let basic = |name: &str| {
        vec![SecurityRequirement {
            schemes: vec![name.to_owned()],
            ..SecurityRequirement::default()
        }]
    };
    let operation = sample.operation(
        "POST /v1/everything/{a}/{b}.{format}",
        "Make everything",
        "Everything",
        Some(everything),
        &[(200, Some(everything))],
    );
    operation.docs = all;
    operation.security = basic("token");
    operation.parameters = vec![
        parameter("a", Location::Path, color, true),
        parameter("b", Location::Path, integer, true),
        parameter("format", Location::Path, text, true),
        parameter("ids", Location::Query, integers, true),
        parameter("names", Location::Query, texts, true),
        parameter("animal", Location::Query, animal, false),
        parameter("when", Location::Query, date, true),
        parameter("X-Level", Location::Header, level, true),
        parameter("session", Location::Cookie, text, true),
        parameter("flag", Location::Query, boolean, true),
        parameter("anything", Location::Query, any, true),
        parameter("map", Location::Query, map, false),
        parameter("numbers", Location::Query, integers, false),
        parameter("strict", Location::Query, boolean, false),
        parameter("after", Location::Header, time, false),
        parameter("sid", Location::Cookie, text, false),
    ];
    for (at, style) in [
        (3, Style::Comma),
        (4, Style::Pipe),
        (5, Style::Deep),
        (9, Style::Flag),
        (11, Style::Deep),
        (12, Style::Space),
    ] {
        operation.parameters[at].style = style;
    }
    let media = |operation: &mut Operation, name: &str| {
        name.clone_into(&mut operation.request_body.as_mut().unwrap().content[0].name)
    };
    media(
        sample.operation(
            "POST /v1/form",
            "Send form",
            "type",
            Some(cat),
            &[(204, None)],
        ),
        "application/x-www-form-urlencoded",
    );
    media(
        sample.operation(
            "PUT /v1/raw",
            "Send raw",
            "type",
            Some(text),
            &[(200, Some(any))],
        ),
        "image/png",
    );
    media(
        sample.operation(
            "PUT /v1/vendor",
            "Send vendor",
            "type",
            Some(cat),
            &[(200, None), (201, None)],
        ),
        "application/vnd.api+json",
    );
    let optional = sample.operation(
        "PATCH /v1/optional",
        "Send optional",
        "Animal",
        Some(cats),
        &[(200, Some(animal)), (204, None)],
    );
    optional.request_body.as_mut().unwrap().required = false;
    let optional = sample.operation(
        "PATCH /v1/optional/raw",
        "Send optional raw",
        "Animal",
        Some(text),
        &[(200, Some(cats))],
    );
    optional.request_body.as_mut().unwrap().required = false;
    media(optional, "text/csv");
    let answer = sample.operation(
        "GET /v1/text",
        "Get text",
        "Cat",
        None,
        &[(200, Some(text))],
    );
    "text/plain".clone_into(&mut answer.responses[0].content[0].name);
    let answer = sample.operation(
        "GET /v1/bytes",
        "Get bytes",
        "Cat",
        None,
        &[(200, Some(text))],
    );
    "application/pdf".clone_into(&mut answer.responses[0].content[0].name);
    sample.operation("GET /v1/error", "Move", "Cat", None, &[(200, Some(empty))]);
    sample.operation(
        "GET /v1/scalar",
        "Get scalar",
        "Cat",
        None,
        &[(200, Some(integer))],
    );
    sample
}

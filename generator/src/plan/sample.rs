//! Models built by hand, for the tests of everything from the plan on.

use crate::analyze::Facts;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::*;
use crate::origin::Origins;
use crate::plan::{Plan, plan};
use std::collections::BTreeSet;

/// A model that grows.
#[derive(Default)]
pub(crate) struct Sample {
    pub model: Model,
    pub config: Config,
}

/// A property: its name, its schema, whether it is required.
pub(crate) type Member<'a> = (&'a str, SchemaId, bool);

impl Sample {
    pub fn new(name: &str) -> Self {
        let config = Config {
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            ..Config::default()
        };
        Sample {
            model: Model::default(),
            config,
        }
    }

    pub fn shape(&mut self, shape: Shape) -> SchemaId {
        self.model.schemas.add(Schema {
            shape,
            ..Schema::default()
        })
    }

    pub fn text(&mut self) -> SchemaId {
        self.shape(Shape::String(StringFormat::Plain))
    }

    pub fn integer(&mut self) -> SchemaId {
        self.shape(Shape::Integer { unsigned: false })
    }

    pub fn list(&mut self, of: SchemaId) -> SchemaId {
        self.shape(Shape::Array(of))
    }

    pub fn nullable(&mut self, shape: Shape) -> SchemaId {
        let id = self.shape(shape);
        self.model.schemas.get_mut(id).unwrap().nullable = true;
        id
    }

    /// An object with a proposal for its name: nothing, a member's name, or with a `!` before it its author's.
    pub fn object(&mut self, name: &str, members: &[Member<'_>]) -> SchemaId {
        let properties = members
            .iter()
            .map(|(name, schema, required)| property(name, *schema, *required))
            .collect();
        let id = self.shape(Shape::Object(ObjectShape {
            properties,
            additional: Additional::Unknown,
        }));
        self.name(id, name);
        id
    }

    pub fn name(&mut self, id: SchemaId, name: &str) {
        let names = match name.strip_prefix('!') {
            Some(author) => vec![NameHint::new(author, 0)],
            None if name.is_empty() => Vec::new(),
            None => vec![NameHint::new(name, 1)],
        };
        self.model.schemas.get_mut(id).unwrap().names = names;
    }

    pub fn enumeration(&mut self, name: &str, values: &[&str]) -> SchemaId {
        let values = values.iter().map(|value| EnumValue {
            value: value
                .parse::<i64>()
                .map_or(Literal::String((*value).into()), |_| {
                    Literal::Number((*value).into())
                }),
            name: None,
            docs: Docs::default(),
        });
        let id = self.shape(Shape::Enum(Enumeration {
            values: values.collect(),
        }));
        self.name(id, name);
        id
    }

    /// An operation: `POST /users/{id}`, its title, its tag, and with what bodies.
    pub fn operation(
        &mut self,
        key: &str,
        title: &str,
        tag: &str,
        request: Option<SchemaId>,
        responses: &[(u16, Option<SchemaId>)],
    ) -> &mut Operation {
        let (method, path) = key.split_once(' ').unwrap();
        let json = |schema: SchemaId| MediaType {
            name: "application/json".to_owned(),
            schema,
            ..MediaType::default()
        };
        self.model.operations.push(Operation {
            key: OperationKey {
                method: Method::new(method).unwrap(),
                path: template(path),
            },
            names: [title]
                .iter()
                .filter(|title| !title.is_empty())
                .map(|title| NameHint::new(*title, 0))
                .collect(),
            tags: [tag]
                .iter()
                .filter(|tag| !tag.is_empty())
                .map(|tag| (*tag).to_owned())
                .collect(),
            docs: Docs::default(),
            parameters: Vec::new(),
            request_body: request.map(|schema| RequestBody {
                required: true,
                content: vec![json(schema)],
                docs: Docs::default(),
                origins: Origins::none(),
            }),
            responses: responses
                .iter()
                .map(|(status, schema)| Response {
                    status: Status::Code(*status),
                    docs: Docs::default(),
                    headers: Vec::new(),
                    content: schema.map(json).into_iter().collect(),
                    origins: Origins::none(),
                })
                .collect(),
            security: Vec::new(),
            servers: Vec::new(),
            deprecated: false,
            origins: Origins::none(),
        });
        self.model.operations.last_mut().unwrap()
    }

    /// What is sent and received, as the analysis finds it.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        for operation in &self.model.operations {
            let sent = operation
                .request_body
                .iter()
                .flat_map(|body| &body.content)
                .map(|media| media.schema);
            let sent = sent.chain(
                operation
                    .parameters
                    .iter()
                    .map(|parameter| parameter.schema),
            );
            sent.for_each(|id| self.reach(id, &mut facts.sent));
            let received = operation
                .responses
                .iter()
                .flat_map(|response| &response.content);
            received.for_each(|media| self.reach(media.schema, &mut facts.received));
        }
        facts
    }

    fn reach(&self, id: SchemaId, into: &mut BTreeSet<SchemaId>) {
        if !into.insert(id) {
            return;
        }
        match &self.model.schemas.get(id).shape {
            Shape::Array(inner) | Shape::Map(inner) => self.reach(*inner, into),
            Shape::Object(object) => object
                .properties
                .iter()
                .for_each(|property| self.reach(property.schema, into)),
            Shape::Union(union) => union
                .variants
                .iter()
                .for_each(|variant| self.reach(variant.schema, into)),
            _ => {}
        }
    }

    pub fn plan(&self) -> (Plan, Diagnostics) {
        self.plan_with(&self.facts())
    }

    pub fn plan_with(&self, facts: &Facts) -> (Plan, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let plan = plan(&self.model, facts, &self.config, &mut diagnostics);
        (plan, diagnostics)
    }
}

pub(crate) fn property(name: &str, schema: SchemaId, required: bool) -> Property {
    Property {
        name: name.to_owned(),
        schema,
        required,
        read_only: false,
        write_only: false,
        deprecated: false,
        docs: Docs::default(),
        origins: Origins::none(),
    }
}

pub(crate) fn parameter(
    name: &str,
    location: Location,
    schema: SchemaId,
    required: bool,
) -> Parameter {
    Parameter {
        name: name.to_owned(),
        names: Vec::new(),
        location,
        style: Style::Repeat,
        required,
        schema,
        example: None,
        docs: Docs::default(),
        deprecated: false,
        origins: Origins::none(),
    }
}

/// `/users/{id}/photo.{format}` as a template.
pub(crate) fn template(path: &str) -> PathTemplate {
    let segments = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| {
            let mut pieces = Vec::new();
            let mut rest = segment;
            while let Some((literal, hole)) = rest.split_once('{') {
                let (name, behind) = hole.split_once('}').unwrap();
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(literal.to_owned()));
                }
                pieces.push(Piece::Parameter(name.to_owned()));
                rest = behind;
            }
            if !rest.is_empty() {
                pieces.push(Piece::Literal(rest.to_owned()));
            }
            pieces
        });
    PathTemplate {
        segments: segments.collect(),
    }
}

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

pub(crate) fn variant(schema: SchemaId, tag: &str) -> Variant {
    Variant {
        schema,
        tags: vec![tag.to_owned()],
        name: None,
    }
}

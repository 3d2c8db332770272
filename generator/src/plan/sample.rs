//! Models built by hand, for the tests of everything from the plan on.

mod crates;

use crate::analyze::Facts;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::*;
use crate::origin::Origins;
use crate::plan::{Plan, plan};
use std::collections::BTreeSet;

pub(crate) use crates::{kitchen, zendesk};

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
            paged: Default::default(),
            servers: Vec::new(),
            redirects: Default::default(),
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
        for (id, schema) in self.model.schemas.iter() {
            if let Shape::Object(object) = &schema.shape
                && object
                    .properties
                    .iter()
                    .any(|property| property.schema == id)
            {
                facts.boxed.insert((id, id));
            }
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
        required,
        ..Property::new(name, schema)
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
        allow_reserved: false,
        media_type: None,
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
        ..PathTemplate::default()
    }
}

pub(crate) fn variant(schema: SchemaId, tag: &str) -> Variant {
    Variant {
        schema,
        tags: vec![tag.to_owned()],
        ..Variant::default()
    }
}

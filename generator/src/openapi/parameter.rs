//! Parameters: what an operation and its path declare, with their styles, or the media type that they are written in.

use super::Lowering;
use super::finding::Remark;
use super::media;
use super::schema::Spot;
use crate::diagnostic::Code;
use crate::infer;
use crate::model::schema::Authority;
use crate::model::{
    Docs, EnumValue, Enumeration, Literal, Location, Parameter, Schema, Shape, Style,
};
use crate::origin::Origin;
use crate::tree::{Kind, Node};
use std::collections::BTreeMap;

const WITHOUT_NAME: Remark = Remark {
    code: Code::OPENAPI_PARAMETER,
    many: "parameters have no name, or no place that the format knows",
    note: "they cannot be sent and are left out",
    help: "add `name`, and `in: path`, `query`, `header` or `cookie`",
};
const TWICE: Remark = Remark {
    code: Code::OPENAPI_PARAMETER_TWICE,
    many: "parameters stand twice in one list",
    note: "the last one counts",
    help: "remove one of the two",
};
const ABSENT: Remark = Remark {
    code: Code::OPENAPI_PARAMETER_ABSENT,
    many: "path parameters are declared and do not stand in the path",
    note: "they cannot be sent and are left out",
    help: "put them into the path between braces, or remove them",
};
const STYLE: Remark = Remark {
    code: Code::OPENAPI_STYLE,
    many: "parameters have a style that their place does not have",
    note: "they are sent in the usual style of their place",
    help: "OpenAPI 3.1 section 4.8.12 has the table of styles",
};
const RESERVED_HEADER: Remark = Remark {
    code: Code::OPENAPI_RESERVED_HEADER,
    many: "header parameters are called `Accept`, `Content-Type` or `Authorization`",
    note: "they are not generated: the client sends these headers itself (OpenAPI 3.1 section 4.8.12)",
    help: "",
};
const QUERY_STRING: Remark = Remark {
    code: Code::OPENAPI_QUERY_STRING,
    many: "parameters are the query as a whole",
    note: "their members are sent as parameters of their own",
    help: "",
};

/// A parameter as it is declared, before its operation is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    pub node: Node<'a>,
    pub name: &'a str,
    /// `in`, as it is spelled.
    pub place: &'a str,
    /// Where it is sent; nothing for bodies and forms of 2.0.
    pub location: Option<Location>,
    /// Beside the reference to it.
    pub description: Option<Node<'a>>,
}

impl Given<'_> {
    /// What two are the same parameter by: name and place, headers whatever their letters, and of bodies there is one.
    pub(super) fn identity(&self) -> (String, String) {
        let name = match (self.location, self.place) {
            (Some(Location::Header), _) => self.name.to_ascii_lowercase(),
            (_, "body") => String::new(),
            _ => self.name.to_owned(),
        };
        (self.place.to_ascii_lowercase(), name)
    }
}

impl<'a> Lowering<'a, '_> {
    /// The parameters of a path item or an operation, as they are declared.
    pub(super) fn given_parameters(&mut self, node: Node<'a>) -> Vec<Given<'a>> {
        let mut given: Vec<Given<'a>> = Vec::new();
        let mut places = BTreeMap::new();
        for entry in self.list(node, "parameters") {
            let Some(target) = self.follow(entry) else {
                continue;
            };
            let Some(node) = self.as_object(target.node, "parameters") else {
                continue;
            };
            let place = self.text(node, "in").unwrap_or_default().trim();
            let name = self.text(node, "name").unwrap_or_default();
            let location = match place.to_ascii_lowercase().as_str() {
                "path" => Some(Location::Path),
                "query" | "querystring" => Some(Location::Query),
                "header" => Some(Location::Header),
                "cookie" => Some(Location::Cookie),
                _ => None,
            };
            let flat = self.dialect.is_flat() && matches!(place, "body" | "formData");
            if (name.is_empty() && place != "body") || (location.is_none() && !flat) {
                let shown = self.operation.clone();
                self.findings.add(WITHOUT_NAME, entry.origin(), || {
                    format!(
                        "a parameter of `{shown}` has the name `{name}` and the place `{place}`"
                    )
                });
                continue;
            }
            let parameter = Given {
                node,
                name,
                place,
                location,
                description: target.description,
            };
            let at = *places.entry(parameter.identity()).or_insert(given.len());
            match given.get_mut(at) {
                Some(known) => {
                    *known = parameter;
                    let shown = self.operation.clone();
                    self.findings.add(TWICE, entry.origin(), || {
                        format!("the parameter `{name}` of `{shown}` stands twice")
                    });
                }
                None => given.push(parameter),
            }
        }
        given
    }

    /// The parameters that are sent outside the body.
    pub(super) fn lower_parameters(
        &mut self,
        given: &[Given<'a>],
        holes: &[String],
    ) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for given in given {
            let Some(location) = given.location else {
                continue;
            };
            let shown = self.operation.clone();
            let origin = given.node.origin();
            if location == Location::Path && !holes.iter().any(|hole| hole == given.name) {
                self.findings.add(ABSENT, origin, || {
                    format!(
                        "`{}` of `{shown}` is declared and does not stand in the path",
                        given.name
                    )
                });
                continue;
            }
            let reserved = ["accept", "content-type", "authorization"];
            if location == Location::Header
                && reserved
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(given.name))
            {
                self.findings.add(RESERVED_HEADER, origin, || {
                    format!(
                        "the header `{}` of `{shown}` is sent by the client itself",
                        given.name
                    )
                });
                continue;
            }
            if given.place.eq_ignore_ascii_case("querystring") {
                self.query_string(given, &mut parameters);
                continue;
            }
            let parameter = self.lower_parameter(given, location);
            parameters.push(parameter);
        }
        parameters
    }

    fn lower_parameter(&mut self, given: &Given<'a>, location: Location) -> Parameter {
        let node = given.node;
        let spot = Spot::member(given.name);
        let (media_type, content) = match self.object(node, "content") {
            Some(content) => match content.entries().next() {
                Some((key, value)) => (Some(media::essence(key.text)), Some(value)),
                None => (None, None),
            },
            None => (None, None),
        };
        let schema_node = match content {
            Some(content) => content.get("schema"),
            None if self.dialect.is_flat() => Some(node),
            None => node.get("schema"),
        };
        let schema = match schema_node {
            Some(schema) => self.schema(schema, &spot),
            None => self.shape(Shape::Any, node.origin()),
        };
        let (style, unknown) = self.dialect.style(node, location);
        if let Some(unknown) = unknown
            && media_type.is_none()
        {
            let shown = self.operation.clone();
            self.findings.add(STYLE, node.origin(), || {
                format!(
                    "`{}` of `{shown}` cannot be sent with `{unknown}`",
                    given.name
                )
            });
        }
        let example = self.first_example(content.unwrap_or(node)).or_else(|| {
            let schema = schema_node?;
            self.first_example(schema)
        });
        let mut docs = self.docs(node);
        if let Some(text) = given.description.and_then(Node::as_str) {
            docs.description = Some(text.trim().to_owned());
        }
        let (min_docs, default) = self.parameter_notes(schema);
        if docs.is_empty() {
            docs = min_docs;
        }
        let _ = default;
        Parameter {
            name: given.name.to_owned(),
            names: Vec::new(),
            location,
            style,
            allow_reserved: self.flag(node, "allowReserved"),
            media_type,
            required: location == Location::Path || self.flag(node, "required"),
            schema,
            example: example.map(|node| infer::literal(given.name, node)),
            docs,
            deprecated: self.flag(node, "deprecated"),
            origins: node.origin().into(),
        }
    }

    /// What the schema of a parameter says for people.
    fn parameter_notes(&self, schema: crate::model::SchemaId) -> (Docs, Option<Literal>) {
        let schema = self.model.schemas.get(schema);
        (schema.docs.clone(), schema.default.clone())
    }

    /// `in: querystring` (OpenAPI 3.2 §4.12): the members of its schema are what is sent.
    fn query_string(&mut self, given: &Given<'a>, parameters: &mut Vec<Parameter>) {
        let shown = self.operation.clone();
        self.findings.add(QUERY_STRING, given.node.origin(), || {
            format!("`{}` of `{shown}` is the query as a whole", given.name)
        });
        let content = given
            .node
            .get("content")
            .and_then(|content| content.entries().next());
        let schema = content.and_then(|(_, media)| media.get("schema"));
        let Some(schema) = schema.and_then(|schema| self.follow(schema)) else {
            return;
        };
        let required: Vec<&str> = match schema.node.get("required") {
            Some(list) => list.items().filter_map(Node::as_str).collect(),
            None => Vec::new(),
        };
        let Some(properties) = schema.node.get("properties") else {
            return;
        };
        for (key, property) in properties.entries() {
            let id = self.schema(property, &Spot::member(key.text));
            parameters.push(Parameter {
                name: key.text.to_owned(),
                names: Vec::new(),
                location: Location::Query,
                style: Style::default(),
                allow_reserved: false,
                media_type: None,
                required: required.contains(&key.text),
                schema: id,
                example: None,
                docs: self.model.schemas.get(id).docs.clone(),
                deprecated: false,
                origins: property.origin().into(),
            });
        }
    }

    /// A parameter with one value, which is a part of the path as it is written.
    pub(super) fn fixed_parameter(
        &mut self,
        name: String,
        value: String,
        origin: Origin,
    ) -> Parameter {
        let values = vec![EnumValue {
            value: Literal::String(value),
            name: None,
            docs: Docs::default(),
        }];
        let schema = self.model.schemas.add(Schema {
            shape: Shape::Enum(Enumeration { values }),
            authority: Authority::Declared,
            origins: origin.into(),
            ..Schema::default()
        });
        Parameter {
            name,
            names: Vec::new(),
            location: Location::Query,
            style: Style::default(),
            allow_reserved: false,
            media_type: None,
            required: true,
            schema,
            example: None,
            docs: Docs::default(),
            deprecated: false,
            origins: origin.into(),
        }
    }

    /// The first example of a parameter, media type or schema: `example`, or the first of `examples`.
    pub(super) fn first_example(&mut self, node: Node<'a>) -> Option<Node<'a>> {
        if node.kind() != Kind::Object {
            return None;
        }
        let own = node.get("example").or_else(|| node.get("x-example"));
        if own.is_some() {
            return own;
        }
        let examples = node.get("examples")?;
        match examples.kind() {
            Kind::Array => examples.items().next(),
            _ => {
                let (_, first) = examples.entries().next()?;
                self.example_value(first)
            }
        }
    }
}

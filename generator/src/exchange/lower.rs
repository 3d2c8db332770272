//! Exchanges to operations with their parameters, bodies, responses and security schemes.

use super::body::{literal_secret, request_body, response_content};
use super::query::{self, add, observe};
use super::{Credential, Exchange, Request, header, is_placeholder};
use crate::diagnostic::Diagnostics;
use crate::infer;
use crate::model::evidence::Evidence;
use crate::model::{
    Docs, Literal, Location, Model, Operation, OperationKey, Parameter, Response,
    SecurityRequirement, SecurityScheme, Server, ServerVariable, Shape, Status, Style,
};
use crate::origin::Origin;

/// The model of what exchanges show. Those of one operation stay apart: merging joins them.
pub fn lower(exchanges: &[Exchange], diagnostics: &mut Diagnostics) -> Model {
    let mut model = Model::default();
    for exchange in exchanges {
        let operation = operation(&mut model, exchange, diagnostics);
        model.operations.push(operation);
    }
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    for server in model.operations.iter().flat_map(|op| &op.servers) {
        *counts.entry(&server.url).or_default() += 1;
    }
    let count = |url: &str| counts.get(url).copied().unwrap_or_default();
    // The server that most requests go to comes first; the spelling decides between equals.
    model
        .servers
        .sort_by(|a, b| (count(&b.url), &a.url).cmp(&(count(&a.url), &b.url)));
    model
}

/// The operation that an exchange shows. Its schemas, servers and security schemes are added to the model; the operation
/// itself is not.
pub fn operation(
    model: &mut Model,
    exchange: &Exchange,
    diagnostics: &mut Diagnostics,
) -> Operation {
    let request = &exchange.request;
    let mut parameters = path_parameters(model, request);
    parameters.extend(query::parameters(model, &request.url.query));
    parameters.extend(header_parameters(model, request));
    parameters.extend(cookie_parameters(model, request));
    for field in request.url.query.iter().chain(&request.headers) {
        let value = field.value.as_deref().unwrap_or_default();
        if infer::is_secret(&field.name, value) && !is_placeholder(value) {
            literal_secret(&field.name, field.origin, diagnostics);
        }
    }
    let request_body = request
        .body
        .as_ref()
        .and_then(|body| request_body(model, body, diagnostics));
    let responses = exchange.response.iter().map(|response| Response {
        status: Status::Code(response.status),
        docs: Docs::default(),
        headers: Vec::new(),
        content: response_content(model, response, diagnostics),
        origins: response.origin.into(),
    });
    let responses = responses.collect();
    Operation {
        key: OperationKey {
            method: request.method.clone(),
            path: request.url.path.clone(),
        },
        names: exchange.names.clone(),
        tags: exchange.tags.clone(),
        docs: exchange.docs.clone(),
        parameters,
        request_body,
        responses,
        security: security(model, &request.credentials, diagnostics),
        paged: Default::default(),
        servers: servers(model, request),
        redirects: Default::default(),
        deprecated: false,
        origins: request.origin.into(),
    }
}

fn parameter(name: &str, location: Location, origin: Origin) -> Parameter {
    Parameter {
        name: name.to_owned(),
        names: Vec::new(),
        location,
        allow_reserved: false,
        media_type: None,
        style: Style::default(),
        required: location == Location::Path,
        schema: Default::default(),
        example: None,
        docs: Docs::default(),
        deprecated: false,
        origins: origin.into(),
    }
}

fn sampled(model: &mut Model, evidence: Evidence, origin: Origin) -> crate::model::SchemaId {
    let shape = Shape::Sampled(Box::new(evidence));
    add(model, shape, &origin.into(), Vec::new())
}

fn path_parameters(model: &mut Model, request: &Request) -> Vec<Parameter> {
    let origin = request.url.origin;
    let names: Vec<&str> = request.url.path.parameters().collect();
    names
        .into_iter()
        .map(|name| Parameter {
            schema: sampled(model, Evidence::default(), origin),
            ..parameter(name, Location::Path, origin)
        })
        .collect()
}

fn header_parameters(model: &mut Model, request: &Request) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    for field in &request.headers {
        let known = found
            .iter()
            .any(|known| known.name.eq_ignore_ascii_case(&field.name));
        if known || header::is_added(&field.name) || !header::is_name(&field.name) {
            continue;
        }
        let value = field.value.as_deref().unwrap_or_default();
        let shown = !infer::is_secret(&field.name, value) && !is_placeholder(value);
        let evidence = observe(&field.name, value, field.origin);
        found.push(Parameter {
            schema: sampled(model, evidence, field.origin),
            example: shown.then(|| Literal::String(value.to_owned())),
            ..parameter(&field.name, Location::Header, field.origin)
        });
    }
    found
}

fn cookie_parameters(model: &mut Model, request: &Request) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    for field in &request.cookies {
        if found.iter().all(|known| known.name != field.name) {
            found.push(Parameter {
                schema: sampled(model, Evidence::default(), field.origin),
                ..parameter(&field.name, Location::Cookie, field.origin)
            });
        }
    }
    found
}

/// The requirement that all the ways of one request make together. The schemes are added to the model.
fn security(
    model: &mut Model,
    credentials: &[Credential],
    diagnostics: &mut Diagnostics,
) -> Vec<SecurityRequirement> {
    let mut names = Vec::new();
    for credential in credentials {
        let name = credential.kind.spelled();
        if credential.literal {
            literal_secret(&name, credential.origin, diagnostics);
        }
        let described = credential.user.as_ref().map(|user| Docs {
            summary: None,
            description: Some(format!("The user is `{user}`.")),
        });
        let schemes = &mut model.security_schemes;
        match schemes.iter_mut().find(|known| known.name == name) {
            Some(known) => {
                known.origins.add(credential.origin);
                if known.docs.is_empty() {
                    known.docs = described.unwrap_or_default();
                }
            }
            None => schemes.push(SecurityScheme {
                name: name.clone(),
                kind: credential.kind.clone(),
                docs: described.unwrap_or_default(),
                origins: credential.origin.into(),
            }),
        }
        names.push(name);
    }
    names.sort();
    names.dedup();
    match names.is_empty() {
        true => Vec::new(),
        false => vec![SecurityRequirement {
            schemes: names,
            ..SecurityRequirement::default()
        }],
    }
}

fn servers(model: &mut Model, request: &Request) -> Vec<Server> {
    let Some(base) = &request.url.base else {
        return Vec::new();
    };
    let variables = base
        .split('{')
        .skip(1)
        .filter_map(|piece| piece.split_once('}'))
        .map(|(name, _)| ServerVariable {
            name: name.to_owned(),
            ..ServerVariable::default()
        });
    let server = Server {
        url: base.clone(),
        variables: variables.collect(),
        description: None,
        origins: request.url.origin.into(),
    };
    match model.servers.iter_mut().find(|known| known.url == *base) {
        Some(known) => known.origins.join(&server.origins),
        None => model.servers.push(server.clone()),
    }
    vec![server]
}

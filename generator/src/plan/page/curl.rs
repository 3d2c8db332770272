//! An operation to a command line that can be pasted into a shell: values filled in, credentials from the environment.

use super::super::client::Client;
use super::super::context::Context;
use super::super::operation::{Encoding, Named, RequestShape};
use super::super::security::SchemeKind;
use super::super::server::server_of;
use super::json::pretty;
use super::settings::{Prefix, credentials, shown_schemes};
use crate::infer::{is_secret_name, materialize_parameter};
use crate::model::{Literal, Location, Parameter, Piece, Style};

/// The longest body that stands in a command line, in lines.
pub(super) const MOST_LINES: usize = 60;

/// The command, line by line.
pub(super) fn plan_curl(
    context: &Context<'_>,
    named: &Named<'_>,
    client: &Client,
    prefix: &Prefix,
    request: Option<&RequestShape>,
    body: Option<&Literal>,
) -> Vec<String> {
    let mut command = Command {
        context,
        prefix,
        words: Vec::new(),
    };
    let operation = named.operation;
    let url = command.url(named, client);
    let mut query = command.query(named);
    let mut options = Vec::new();
    let mut providers = String::new();
    for scheme in shown_schemes(context, client, operation) {
        let variables = credentials(prefix, scheme);
        let [first, rest @ ..] = variables.as_slice() else {
            continue;
        };
        match &scheme.kind {
            SchemeKind::Basic => {
                let password = rest.first().map_or("", String::as_str);
                options.push(format!("-u \"${first}:${password}\""));
            }
            SchemeKind::Bearer => options.push(format!("-H \"Authorization: Bearer ${first}\"")),
            SchemeKind::Header(name) => options.push(format!("-H \"{}: ${first}\"", doubled(name))),
            SchemeKind::Cookie(name) => options.push(format!("-b \"{}=${first}\"", doubled(name))),
            SchemeKind::Query(name) => query.push(format!("{}=${first}", encoded(name, QUERY))),
            SchemeKind::Provider(_) => {
                let method = scheme.method.plain();
                providers.push_str(&format!(
                    "# Without what the provider of `{method}` adds.\n"
                ));
            }
            // Such a token is sent as a bearer token.
            SchemeKind::OAuth { .. } => {}
        }
    }
    options.extend(command.headers(named));
    if let Some(request) = request.filter(|request| request.required || body.is_some()) {
        options.extend(body_options(request, body));
    }
    let url = match query.is_empty() {
        true => url,
        false => format!("{url}?{}", query.join("&")),
    };
    let globs = if url.replace("${", "").contains(['[', ']', '{']) {
        "-g "
    } else {
        ""
    };
    let method = match operation.key.method.as_str() {
        "GET" => String::new(),
        "HEAD" => "-I ".to_owned(),
        other => format!("-X {} ", plain_or_quoted(other)),
    };
    let mut text = format!("{providers}curl {globs}{method}\"{url}\"");
    for option in options {
        text.push_str(" \\\n  ");
        text.push_str(&option);
    }
    text.split('\n').map(str::to_owned).collect()
}

/// The values of a path parameter in the style of its place (OpenAPI 3.1 §4.8.12.2).
fn in_path(parameter: Option<&Parameter>, texts: &[String]) -> String {
    let Some(parameter) = parameter else {
        return texts.join(",");
    };
    let name = encoded(&parameter.name, PATH);
    match parameter.style {
        Style::Label { explode: false } => format!(".{}", texts.join(",")),
        Style::Label { explode: true } => format!(".{}", texts.join(".")),
        Style::Matrix { explode: false } => format!(";{name}={}", texts.join(",")),
        Style::Matrix { explode: true } => {
            let pairs = texts.iter().map(|text| format!(";{name}={text}"));
            pairs.collect()
        }
        _ => texts.join(","),
    }
}

struct Command<'a> {
    context: &'a Context<'a>,
    prefix: &'a Prefix,
    words: Vec<String>,
}

impl Command<'_> {
    /// The address up to the query, for inside double quotes.
    fn url(&mut self, named: &Named<'_>, client: &Client) -> String {
        let own = server_of(&client.others, named.operation);
        let server = own.map_or(&client.server, |other| &other.server);
        let mut url = match server.url.is_empty() {
            true => format!("${}", self.prefix.variable("base_url")),
            false => String::new(),
        };
        let mut rest = server.url.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
            url.push_str(&doubled(before));
            let variable = server
                .variables
                .iter()
                .find(|variable| variable.wire == name);
            match variable.and_then(|variable| variable.default.as_deref()) {
                Some(default) => url.push_str(&doubled(default)),
                None => {
                    let name = variable.map_or(name, |variable| variable.method.plain());
                    // A letter behind it would belong to its name.
                    let braces = behind.starts_with(|c: char| c.is_alphanumeric() || c == '_');
                    let name = self.prefix.variable(name);
                    url.push_str(&if braces {
                        format!("${{{name}}}")
                    } else {
                        format!("${name}")
                    });
                }
            }
            rest = behind;
        }
        url.push_str(&doubled(rest));
        for segment in &named.operation.key.path.segments {
            url.push('/');
            for piece in segment {
                match piece {
                    Piece::Literal(text) => url.push_str(&encoded(text, PATH)),
                    Piece::Parameter(name) => {
                        let parameters = &named.operation.parameters;
                        let known = parameters.iter().find(|parameter| {
                            parameter.location == Location::Path && parameter.name == *name
                        });
                        let texts = match known {
                            Some(parameter) => self.values(parameter, PATH),
                            None => vec!["1".to_owned()],
                        };
                        url.push_str(&in_path(known, &texts));
                    }
                }
            }
        }
        url
    }

    /// The parameters of the query that every call has.
    fn query(&mut self, named: &Named<'_>) -> Vec<String> {
        let mut query = std::mem::take(&mut self.words);
        for parameter in required(named, Location::Query) {
            let name = encoded(&parameter.name, QUERY);
            let values = self.values(parameter, QUERY);
            match parameter.style {
                Style::Flag => query.push(name),
                Style::Repeat
                | Style::Label { .. }
                | Style::Matrix { .. }
                | Style::Cookie { .. } => {
                    query.extend(values.iter().map(|value| format!("{name}={value}")));
                }
                Style::Deep => query.extend(values.iter().map(|value| format!("{name}{value}"))),
                Style::Comma => query.push(format!("{name}={}", values.join(","))),
                Style::Space => query.push(format!("{name}={}", values.join("%20"))),
                Style::Pipe => query.push(format!("{name}={}", values.join("%7C"))),
            }
        }
        query
    }

    /// The headers and cookies that every call has.
    fn headers(&mut self, named: &Named<'_>) -> Vec<String> {
        let mut options = Vec::new();
        for parameter in required(named, Location::Header) {
            let lower = parameter.name.to_ascii_lowercase();
            let protocol = [
                "accept",
                "content-type",
                "authorization",
                "content-length",
                "host",
            ];
            if protocol.contains(&lower.as_str()) {
                continue;
            }
            options.push(match is_secret_name(&parameter.name) {
                true => format!(
                    "-H \"{}: ${}\"",
                    doubled(&parameter.name),
                    self.prefix.variable(&parameter.name)
                ),
                false => {
                    let values = self.plain_values(parameter).join(",");
                    format!("-H {}", quoted(&format!("{}: {values}", parameter.name)))
                }
            });
        }
        for parameter in required(named, Location::Cookie) {
            let name = doubled(&parameter.name);
            let value = self.values(parameter, QUERY).join(",");
            options.push(format!("-b \"{name}={value}\""));
        }
        options
    }

    /// The values of a parameter, ready for a URL inside double quotes. What is secret comes from the environment.
    fn values(&self, parameter: &Parameter, allowed: &str) -> Vec<String> {
        if is_secret_name(&parameter.name) {
            return vec![format!("${{{}}}", self.prefix.variable(&parameter.name))];
        }
        let schema = &self.context.model.schemas;
        let value = materialize_parameter(
            schema,
            parameter.schema,
            &parameter.name,
            parameter.example.as_ref(),
        );
        match &value {
            Literal::Object(members) if parameter.style == Style::Deep => {
                let pairs = members.iter().map(|(name, value)| {
                    format!(
                        "[{}]={}",
                        encoded(name, QUERY),
                        encoded(&scalar(value), QUERY)
                    )
                });
                pairs.collect()
            }
            _ => plain(&value)
                .iter()
                .map(|text| encoded(text, allowed))
                .collect(),
        }
    }

    fn plain_values(&self, parameter: &Parameter) -> Vec<String> {
        let schema = &self.context.model.schemas;
        plain(&materialize_parameter(
            schema,
            parameter.schema,
            &parameter.name,
            parameter.example.as_ref(),
        ))
    }
}

fn required<'a>(named: &Named<'a>, location: Location) -> impl Iterator<Item = &'a Parameter> {
    let parameters = named.operation.parameters.iter();
    parameters.filter(move |parameter| parameter.location == location && parameter.required)
}

fn plain(value: &Literal) -> Vec<String> {
    match value {
        Literal::Array(items) => items.iter().map(scalar).collect(),
        value => vec![scalar(value)],
    }
}

/// A value as text outside JSON.
pub(super) fn scalar(value: &Literal) -> String {
    match value {
        Literal::Null => String::new(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(text) | Literal::String(text) => text.clone(),
        value => pretty(value).replace("\n", ""),
    }
}

/// How the body is given.
fn body_options(request: &RequestShape, body: Option<&Literal>) -> Vec<String> {
    match (&request.encoding, body) {
        (Encoding::Multipart(_), Some(Literal::Object(members))) => {
            let parts = members.iter().flat_map(|(name, value)| {
                plain(value)
                    .into_iter()
                    .map(move |value| quoted(&format!("{name}={value}")))
            });
            parts.map(|part| format!("-F {part}")).collect()
        }
        (Encoding::Multipart(_), _) => vec!["-F 'file=@file'".to_owned()],
        (Encoding::Json(_) | Encoding::Fixed, body) => {
            let media = match &request.encoding {
                Encoding::Json(media) => media.as_str(),
                _ => "application/json",
            };
            let text = body.map_or_else(|| "{}".to_owned(), pretty);
            let data = match text.lines().count() > MOST_LINES {
                // A file with the sample below in it.
                true => "-d @request.json".to_owned(),
                false => format!("-d {}", quoted(&text)),
            };
            vec![
                format!("-H {}", quoted(&format!("Content-Type: {media}"))),
                data,
            ]
        }
        (Encoding::Form, Some(Literal::Object(members))) => {
            let mut pairs = Vec::new();
            for (name, value) in members {
                push_pairs(name, value, &mut pairs);
            }
            let option = |(name, value): &(String, String)| {
                let pair = format!("{}={value}", encoded(name, QUERY));
                format!("--data-urlencode {}", quoted(&pair))
            };
            pairs.iter().map(option).collect()
        }
        (Encoding::Form, body) => {
            let text = body.map(scalar).unwrap_or_default();
            vec![format!("-d {}", quoted(&text))]
        }
        (Encoding::Raw(media) | Encoding::Text(media), body) => {
            let data = match body.map(scalar) {
                Some(text) if text.lines().count() <= MOST_LINES => {
                    format!("--data-raw {}", quoted(&visible(&text)))
                }
                _ => "--data-binary @request".to_owned(),
            };
            vec![
                format!("-H {}", quoted(&format!("Content-Type: {media}"))),
                data,
            ]
        }
    }
}

/// The pairs of a form, as the runtime writes them: scalars of a list repeat its name. The depth of samples, which the
/// tree limits, bounds the recursion.
fn push_pairs(name: &str, value: &Literal, pairs: &mut Vec<(String, String)>) {
    match value {
        Literal::Array(items) => {
            let bare = name.strip_suffix("[]").unwrap_or(name);
            for (index, item) in items.iter().enumerate() {
                match item {
                    Literal::Array(_) | Literal::Object(_) => {
                        push_pairs(&format!("{bare}[{index}]"), item, pairs);
                    }
                    item => pairs.push((name.to_owned(), scalar(item))),
                }
            }
        }
        Literal::Object(members) => {
            for (key, item) in members {
                let name = match key.strip_suffix("[]") {
                    Some(list) => format!("{name}[{list}][]"),
                    None => format!("{name}[{key}]"),
                };
                push_pairs(&name, item, pairs);
            }
        }
        value => pairs.push((name.to_owned(), scalar(value))),
    }
}

/// Text in single quotes, in which nothing means anything to a shell (POSIX 2.2.2).
fn quoted(text: &str) -> String {
    format!("'{}'", visible(text).replace('\'', "'\\''"))
}

/// Text for inside double quotes, in which four characters mean something (POSIX 2.2.3), and `!` to shells for people.
fn doubled(text: &str) -> String {
    let mut safe = String::new();
    for c in visible(text).chars() {
        match c {
            '\\' | '"' | '$' | '`' => {
                safe.push('\\');
                safe.push(c);
            }
            // No escape works for these everywhere.
            '\n' | '!' => {}
            c => safe.push(c),
        }
    }
    safe
}

fn plain_or_quoted(text: &str) -> String {
    match text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// Text without characters that steer a terminal.
fn visible(text: &str) -> String {
    let steers = |c: &char| *c != '\n' && super::super::docs::steers(*c);
    text.chars()
        .map(|c| if steers(&c) { '\u{fffd}' } else { c })
        .collect()
}

/// What may stand in a path as it is (RFC 3986 §3.3), without what means something to a shell in double quotes.
const PATH: &str = "-._~&'()*+,;=:@";

/// The same for a query. Brackets stay readable, for which `-g` is given.
const QUERY: &str = "-._~'()*,;:@/[]";

fn encoded(text: &str, allowed: &str) -> String {
    let mut safe = String::new();
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || allowed.as_bytes().contains(&byte) {
            true => safe.push(char::from(byte)),
            false => safe.push_str(&format!("%{byte:02X}")),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{PATH, doubled, encoded, quoted};

    #[test]
    fn shells_see_text() {
        assert_eq!(quoted("it's $HOME `x`"), "'it'\\''s $HOME `x`'");
        assert_eq!(doubled("a\"b$c`d\\e!f\n"), "a\\\"b\\$c\\`d\\\\ef");
        assert_eq!(encoded("a b/ü$(x)`", PATH), "a%20b%2F%C3%BC%24(x)%60");
        assert_eq!(quoted("a\u{202e}b"), "'a\u{fffd}b'");
    }
}

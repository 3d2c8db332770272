//! What differs between the versions of OpenAPI, one named function a difference. Everything else is read in one way.

use super::schema::Keywords;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Location, Style};
use crate::tree::{Kind, Node};

/// A version of the specification, as far as versions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dialect {
    /// Swagger 2.0.
    V2,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1.
    V31,
    /// OpenAPI 3.2.
    V32,
}

/// The version of a document, and what there is to say about how it is stated.
///
/// # Errors
/// A version that cannot be read.
pub(super) fn of(root: Node<'_>) -> Result<(Dialect, Option<Diagnostic>), Diagnostic> {
    let stated = root.get("openapi").or_else(|| root.get("swagger"));
    let Some(stated) = stated else {
        return Ok((Dialect::V31, None));
    };
    let text = stated.scalar().unwrap_or_default().trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let mut numbers = text.split(['.', '-']);
    let major = numbers.next().unwrap_or_default();
    let minor = numbers.next().unwrap_or("0");
    let dialect = match (major, minor) {
        ("2", _) => Dialect::V2,
        ("3", "0") => Dialect::V30,
        ("3", "1") => Dialect::V31,
        ("3", "2") => Dialect::V32,
        ("3", _) => {
            let warning = Diagnostic::new(
                Code::OPENAPI_VERSION_UNKNOWN,
                format!("OpenAPI {text} is newer than what is known"),
            )
            .at(stated.origin())
            .note("it is read as OpenAPI 3.2; what is new in it is lost")
            .help("state the newest version that the document does without: `3.2.0`");
            return Ok((Dialect::V32, Some(warning)));
        }
        _ => {
            return Err(Diagnostic::new(
                Code::OPENAPI_VERSION,
                format!("`{text}` is no version of OpenAPI that can be read"),
            )
            .at(stated.origin())
            .help("write `swagger: \"2.0\"`, or `openapi: 3.0.4`, `3.1.1` or `3.2.0`; convert older documents first"));
        }
    };
    let loose = stated.kind() == Kind::Number;
    let warning = loose.then(|| {
        Diagnostic::new(
            Code::OPENAPI_WRONG_TYPE,
            format!("the version {text} is a number"),
        )
        .at(stated.origin())
        .note("it is read as the text that it is spelled as")
        .help("put it between quotation marks")
    });
    Ok((dialect, warning))
}

impl Dialect {
    /// Where schemas that have names stand.
    pub(super) fn schemas(self) -> &'static [&'static str] {
        match self {
            Dialect::V2 => &["definitions"],
            _ => &["components", "schemas"],
        }
    }

    /// Where security schemes stand.
    pub(super) fn security_schemes(self) -> &'static [&'static str] {
        match self {
            Dialect::V2 => &["securityDefinitions"],
            _ => &["components", "securitySchemes"],
        }
    }

    /// The member of a path item that an operation of a method stands under. What is in capitals is read too, since
    /// everybody understands it.
    pub(super) fn method(self, member: &str) -> Option<&'static str> {
        const METHODS: [&str; 9] = [
            "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
        ];
        let method = METHODS
            .into_iter()
            .find(|method| method.eq_ignore_ascii_case(member))?;
        // OpenAPI 3.2 §4.9: `query` is new; before, a member of this name is none of the format's.
        (method != "query" || self >= Dialect::V32).then_some(method)
    }

    /// Whether keywords beside `$ref` count (JSON Schema 2020-12 §8.2.3.1); before, they are ignored.
    pub(super) fn reads_siblings(self) -> bool {
        self >= Dialect::V31
    }

    /// Whether parameters carry their schema themselves, and bodies are parameters.
    pub(super) fn is_flat(self) -> bool {
        self == Dialect::V2
    }

    /// The style of a parameter: `style` and `explode` with their defaults by place (OpenAPI 3.1 §4.8.12), or
    /// `collectionFormat` (2.0). Nothing: it names one that the place does not have.
    pub(super) fn style(self, node: Node<'_>, location: Location) -> (Style, Option<String>) {
        match self {
            Dialect::V2 => collection_format(node, location),
            _ => style(node, location),
        }
    }
}

/// `collectionFormat` (2.0): `csv` unless stated.
fn collection_format(node: Node<'_>, location: Location) -> (Style, Option<String>) {
    // In a body of forms and in the query alone, a name can be repeated.
    let items = node.get("items");
    let format = node
        .get("collectionFormat")
        .or_else(|| items.and_then(|items| items.get("collectionFormat")));
    match format.and_then(Node::scalar) {
        None | Some("csv") => (Style::Comma, None),
        Some("ssv") => (Style::Space, None),
        Some("pipes") => (Style::Pipe, None),
        Some("multi") if location == Location::Query => (Style::Repeat, None),
        Some(other) => (Style::Comma, Some(format!("collectionFormat: {other}"))),
    }
}

/// `style` and `explode` of OpenAPI 3.
fn style(node: Node<'_>, location: Location) -> (Style, Option<String>) {
    let name = node.get("style").and_then(Node::scalar);
    let explode = node.get("explode").and_then(boolean);
    let form = |explode: bool| {
        if explode { Style::Repeat } else { Style::Comma }
    };
    let usual = match location {
        Location::Query | Location::Cookie => form(explode.unwrap_or(true)),
        Location::Path | Location::Header => form(explode.unwrap_or(false)),
    };
    let style = match (name, location) {
        (None, _) => usual,
        (Some("form"), Location::Query | Location::Cookie) => form(explode.unwrap_or(true)),
        (Some("simple"), Location::Path | Location::Header) => form(explode.unwrap_or(false)),
        (Some("label"), Location::Path) => Style::Label {
            explode: explode.unwrap_or(false),
        },
        (Some("matrix"), Location::Path) => Style::Matrix {
            explode: explode.unwrap_or(false),
        },
        (Some("cookie"), Location::Cookie) => Style::Cookie {
            explode: explode.unwrap_or(true),
        },
        // With `explode` these two are `form` (OpenAPI 3.0 §4.7.12.3).
        (Some("spaceDelimited"), Location::Query) => match explode {
            Some(true) => Style::Repeat,
            _ => Style::Space,
        },
        (Some("pipeDelimited"), Location::Query) => match explode {
            Some(true) => Style::Repeat,
            _ => Style::Pipe,
        },
        (Some("deepObject"), Location::Query) => Style::Deep,
        (Some(other), _) => return (usual, Some(format!("style: {other}"))),
    };
    (style, None)
}

/// Whether `null` is allowed: `nullable` (3.0), `x-nullable` (2.0), `null` among the types, in the enumeration, or as the
/// constant (3.1). One function for all versions, because documents mix them.
pub(super) fn nullable(keywords: &Keywords<'_>) -> bool {
    let said = |node: Option<Node<'_>>| node.and_then(boolean) == Some(true);
    said(keywords.nullable)
        || types(keywords).any(|name| name == "null")
        || keywords.constant.is_some_and(Node::is_null)
        || keywords
            .enumeration
            .is_some_and(|list| list.items().any(Node::is_null))
}

/// The names of the types: a name, or a list of names (3.1).
pub(super) fn types<'t>(keywords: &Keywords<'t>) -> impl Iterator<Item = &'t str> + use<'t> {
    let node = keywords.kind;
    let one = node.and_then(Node::scalar);
    let several = node.into_iter().flat_map(Node::items);
    one.into_iter().chain(several.filter_map(Node::scalar))
}

/// The bounds of a number: `exclusiveMinimum` is a flag for `minimum` before 3.1, and a bound of its own since.
pub(super) fn bounds<'t>(keywords: &Keywords<'t>) -> Vec<(&'static str, Node<'t>)> {
    let mut bounds = Vec::new();
    let pairs = [
        (
            "minimum",
            "exclusiveMinimum",
            keywords.minimum,
            keywords.exclusive_minimum,
        ),
        (
            "maximum",
            "exclusiveMaximum",
            keywords.maximum,
            keywords.exclusive_maximum,
        ),
    ];
    for (name, exclusive, bound, flag) in pairs {
        let flagged = flag.and_then(boolean);
        match bound {
            Some(bound) if flagged == Some(true) => bounds.push((exclusive, bound)),
            Some(bound) => bounds.push((name, bound)),
            None => {}
        }
        if let Some(own) = flag.filter(|flag| flag.kind() == Kind::Number) {
            bounds.push((exclusive, own));
        }
    }
    bounds
}

/// `true` and `false`, in quotation marks too.
pub(super) fn boolean(node: Node<'_>) -> Option<bool> {
    node.as_bool().or_else(|| match node.as_str() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    })
}

/// The examples of a parameter, header or media type, by name: `example`, and the map `examples` of OpenAPI 3. In 2.0,
/// `x-example`.
pub(super) fn is_examples_map(node: Node<'_>) -> bool {
    node.kind() == Kind::Object
}

/// The media type that a response's example is written in (2.0 `examples`: media type to value).
pub(super) fn flat_example<'t>(response: Node<'t>, media_type: &str) -> Option<Node<'t>> {
    response
        .get("examples")?
        .entries()
        .find(|(key, _)| super::media::essence(key.text) == media_type)
        .map(|(_, value)| value)
}

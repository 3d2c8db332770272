//! Parameters: what is sent in the path, the query, headers and cookies.

use super::Docs;
use super::schema::{Literal, NameHint, SchemaId};
use crate::origin::Origins;

/// A value that a caller gives outside the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire. OpenAPI: `name`; Postman: `key`; a page: the name cell.
    pub name: String,
    /// Proposals for its name in code, if a source has a better one than the wire.
    pub names: Vec<NameHint>,
    /// Where it is sent. OpenAPI: `in`.
    pub location: Location,
    /// How arrays and objects are spelled. OpenAPI: `style` and `explode`; Postman: what the sample shows.
    pub style: Style,
    /// Whether reserved characters (RFC 3986 §2.2) are sent as they are. OpenAPI: `allowReserved`.
    pub allow_reserved: bool,
    /// The media type that the value is written in, instead of a style. OpenAPI: `content`.
    pub media_type: Option<String>,
    /// Whether every call must give it. Always so in the path.
    pub required: bool,
    /// What may be sent.
    pub schema: SchemaId,
    /// A value that shows what is meant. OpenAPI: `example`; Postman: `value`, unless it is a placeholder.
    pub example: Option<Literal>,
    /// Text for people.
    pub docs: Docs,
    /// OpenAPI: `deprecated`.
    pub deprecated: bool,
    /// Where it was read.
    pub origins: Origins,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In a hole of the path.
    Path,
    /// Behind the `?`.
    Query,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a value that is no scalar is spelled (OpenAPI 3.1 §4.8.12.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Style {
    /// `a=1&a=2`: the name again for each element. OpenAPI: `form` with `explode`. In a path or header it is `1,2`, and
    /// objects are `R=1,G=2` (`simple` with `explode`).
    #[default]
    Repeat,
    /// `a=1,2`, and objects are `R,1,G,2`. OpenAPI: `form` or `simple` without `explode`; 2.0: `csv`.
    Comma,
    /// `a=1%202`. OpenAPI: `spaceDelimited`; 2.0: `ssv`.
    Space,
    /// `a=1|2`. OpenAPI: `pipeDelimited`; 2.0: `pipes`.
    Pipe,
    /// `a[b]=1&a[c]=2`. OpenAPI: `deepObject`.
    Deep,
    /// `.1.2` in a path. OpenAPI: `label`.
    Label {
        /// Whether each member of an object is written with its name: `.R=1.G=2`.
        explode: bool,
    },
    /// `;a=1,2` in a path. OpenAPI: `matrix`.
    Matrix {
        /// Whether the name is repeated: `;a=1;a=2`.
        explode: bool,
    },
    /// `a=1; a=2` in the `Cookie` header, nothing percent-encoded. OpenAPI 3.2: `cookie`.
    Cookie {
        /// Whether the name is repeated.
        explode: bool,
    },
    /// `?a`: the name alone, without a value. Postman: a query entry whose value is null.
    Flag,
}

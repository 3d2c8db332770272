//! Says what is fixed about an operation of the API, as data.

use super::model::Spellings;
use super::{Paging, Server, Streaming};

/// An operation of the API: what all its calls have in common.
#[derive(Clone, Copy, Debug)]
pub struct Op {
    /// The operation's name in the description: `ShowUser`. A [`Mock`](super::Mock) answers by it.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template below the base URL: `/users/{user_id}`.
    pub path: &'static str,
    /// Where it is, if elsewhere than the rest of the API.
    pub server: Option<&'static Server>,
    /// The member that wraps the JSON body: `Some("user")` sends `{"user": …}`. Of a form of several
    /// parts, the only part.
    pub request_member: Option<&'static str>,
    /// The member within that member, where that has no other: `Some("id")` sends
    /// `{"user": {"id": …}}`.
    pub request_inner: Option<&'static str>,
    /// Members of the JSON body that every call sends, as the inside of an object:
    /// `"query":"{ viewer { name } }"`; empty if there are none.
    pub request_fixed: &'static str,
    /// How the path parameters are written that are not simply put in their place, and whether
    /// reserved characters are sent as they are: one for each hole in the path, or none at all.
    pub path_styles: &'static [(Style, bool)],
    /// How the members of a form are sent where the description states it.
    pub parts: &'static [Part],
    /// The member that wraps the JSON of a success: `Some("user")` reads `{"user": …}`.
    pub response_member: Option<&'static str>,
    /// What else the server writes where the value of a success stands.
    pub response_spellings: Spellings,
    /// How the results come page by page.
    pub paging: &'static Paging,
    /// How the response is a stream of items.
    pub stream: &'static Streaming,
    /// The media types of the `accept` header; empty for none.
    pub accept: &'static str,
    /// Whether sending the request twice does the same as sending it once, whatever its method.
    pub idempotent: bool,
    /// The header by which the server knows that two requests are of one call; empty if there is
    /// none. A key is made for each call that has none.
    pub idempotency_header: &'static str,
    /// How many redirects in a row are followed; if none is, a redirect is the error of its status.
    pub max_redirects: u8,
    /// Whether calls of every method are redirected, with their method and body, and not only those
    /// of GET and HEAD.
    pub redirect_any_method: bool,
    /// What authorises the call: alternatives of credentials that are needed together, by the names
    /// of the builder's methods for them. The first alternative whose credentials are all set is
    /// sent; one of none needs none. Without alternatives the client's credentials are not sent.
    pub security: &'static [&'static [&'static str]],
}

impl Op {
    /// The defaults of everything, for `..Op::NEW`.
    pub const NEW: Op = Op {
        id: "",
        method: "GET",
        path: "/",
        server: None,
        request_member: None,
        request_inner: None,
        request_fixed: "",
        path_styles: &[],
        parts: &[],
        response_member: None,
        response_spellings: Spellings::NONE,
        paging: &Paging::NONE,
        stream: &Streaming::NONE,
        accept: "application/json",
        idempotent: false,
        idempotency_header: "",
        max_redirects: 5,
        redirect_any_method: false,
        security: Op::ANY,
    };

    /// All credentials that the client has, none included: where the description says nothing about
    /// credentials. At another origin than the client's they are only those of the call.
    pub const ANY: &'static [&'static [&'static str]] = &[&["*"]];
}

/// How a member of a form is sent.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The member.
    pub name: &'static str,
    /// The media type of its part; empty for that of its kind. In a form that is one text, JSON is
    /// all that matters.
    pub media_type: &'static str,
    /// Headers of its part.
    pub headers: &'static [(&'static str, &'static str)],
    /// How several values are written.
    pub style: Style,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
}

impl Part {
    /// The defaults of everything, for `..Part::NEW`.
    pub const NEW: Part = Part {
        name: "",
        media_type: "",
        headers: &[],
        style: Style::Form,
        reserved: false,
    };
}

/// How a parameter with several values is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// The name again for each value: `id=1&id=2`. An object gives a pair for each member. In a path
    /// or header, with commas: `1,2` and `x=1,y=2`.
    #[default]
    Form,
    /// With commas: `id=1,2`; an object is the list of its names and values.
    Csv,
    /// With spaces: `id=1%202`.
    Space,
    /// With vertical bars: `id=1%7C2`.
    Pipe,
    /// With brackets: `filter[name]=x`, and `ids[]=1&ids[]=2` for lists.
    Deep,
    /// `true` is the name alone, without `=`; anything else is nothing.
    Flag,
    /// In a path, behind a dot: `.1,2`.
    Label,
    /// In a path, behind a dot each: `.1.2` and `.x=1.y=2`.
    LabelEach,
    /// In a path, behind a semicolon and the name: `;id=1,2`.
    Matrix,
    /// In a path, behind a semicolon and the name each: `;id=1;id=2` and `;x=1;y=2`.
    MatrixEach,
    /// In a cookie, with nothing percent-encoded: `id=1,2`.
    Cookie,
    /// In a cookie, with the name each and nothing percent-encoded: `id=1; id=2`.
    CookieEach,
}

//! One entry of an HTTP archive to an exchange, if it calls an API.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::exchange::{
    Body, Content, Exchange, Field, Part, Request, Response, Url, decode, is_json, media_type,
};
use crate::model::{Docs, Method};
use crate::tree::{Kind, Node};

/// What an entry is.
pub(super) enum Reading {
    /// A call of an API.
    Call(Box<Exchange>),
    /// Something that a page loads.
    Other,
    /// It has no URL or method; that is reported.
    Unreadable,
}

/// What recorders write that a page loads, in `_resourceType`. Calls are `xhr` and `fetch`.
const LOADED: &[&str] = &[
    "beacon",
    "cspviolationreport",
    "csp_report",
    "document",
    "eventsource",
    "font",
    "image",
    "imageset",
    "manifest",
    "media",
    "object",
    "ping",
    "preflight",
    "prefetch",
    "script",
    "signedexchange",
    "stylesheet",
    "texttrack",
    "webbundle",
    "websocket",
];

/// Ends of paths that name what a page loads.
const FILES: &[&str] = &[
    ".avif",
    ".css",
    ".gif",
    ".htm",
    ".html",
    ".ico",
    ".jpeg",
    ".jpg",
    ".js",
    ".map",
    ".mjs",
    ".mp3",
    ".mp4",
    ".png",
    ".svg",
    ".ttf",
    ".wasm",
    ".webm",
    ".webmanifest",
    ".webp",
    ".woff",
    ".woff2",
];

/// Reads an entry (HAR 1.2 §entries).
pub(super) fn read(entry: Node<'_>, tag: Option<&str>, diagnostics: &mut Diagnostics) -> Reading {
    let request = entry.get("request").filter(|r| r.kind() == Kind::Object);
    let Some(request) = request else {
        return unreadable(entry, "an entry without a request", diagnostics);
    };
    let response = entry.get("response").filter(|r| r.kind() == Kind::Object);
    let text = |name: &str| request.get(name).and_then(Node::as_str);
    let Some(url_node) = request.get("url") else {
        return unreadable(request, "a request without a URL", diagnostics);
    };
    let written = url_node.as_str().unwrap_or_default();
    if is_loaded(entry, written, response) {
        return Reading::Other;
    }
    let Some(method) = text("method").and_then(Method::new) else {
        return unreadable(request, "a request without an HTTP method", diagnostics);
    };
    // A browser asks first whether it may call; that is no operation.
    if matches!(method.as_str(), "OPTIONS" | "CONNECT") {
        return Reading::Other;
    }
    let Some(mut url) = Url::read(written, url_node.origin()).filter(|url| url.base.is_some())
    else {
        return unreadable(url_node, "a request whose URL cannot be read", diagnostics);
    };
    if url.query.is_empty() {
        url.query = fields(request.get("queryString"));
    }
    let mut lowered = Request::new(method, url, url_node.origin());
    for header in named(request.get("headers")) {
        lowered.header(
            &header.name,
            header.value.as_deref().unwrap_or_default(),
            header.origin,
        );
    }
    for cookie in named(request.get("cookies")) {
        lowered.cookie(&cookie.name, "", cookie.origin);
    }
    // Which of its cookies a browser sends by chance, nobody knows.
    lowered.cookies.clear();
    lowered.body = request.get("postData").and_then(body);
    Reading::Call(Box::new(Exchange {
        request: lowered,
        response: response.and_then(read_response),
        names: Vec::new(),
        docs: Docs::default(),
        tags: tag.iter().map(|tag| (*tag).to_owned()).collect(),
    }))
}

fn unreadable(node: Node<'_>, what: &str, diagnostics: &mut Diagnostics) -> Reading {
    diagnostics.push(
        Diagnostic::new(Code::HAR_ENTRY, format!("{what} is left out"))
            .at(node.origin())
            .help("record it again, or take it out of the archive"),
    );
    Reading::Unreadable
}

/// Whether a page loads it: the recorder says so, else the media type of what came back, else the end of the path.
fn is_loaded(entry: Node<'_>, url: &str, response: Option<Node<'_>>) -> bool {
    let kind = entry.get("_resourceType").and_then(Node::as_str);
    if let Some(kind) = kind {
        let kind = kind.to_ascii_lowercase();
        if LOADED.contains(&kind.as_str()) {
            return true;
        }
        if matches!(kind.as_str(), "xhr" | "fetch") {
            return is_markup(response) || is_file(url);
        }
    }
    is_markup(response) || is_file(url)
}

fn is_file(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = path.to_ascii_lowercase();
    FILES.iter().any(|end| path.ends_with(end))
}

/// Whether what came back is a page or a part of one. That of an error tells nothing about what was called.
fn is_markup(response: Option<Node<'_>>) -> bool {
    let Some(response) = response else {
        return false;
    };
    if status(response).is_some_and(|status| status >= 400) {
        return false;
    }
    let Some(kind) = content_type(response) else {
        return false;
    };
    let loaded = ["image/", "font/", "audio/", "video/"];
    let pages = [
        "text/html",
        "text/css",
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "application/xhtml+xml",
        "application/wasm",
        "application/manifest+json",
    ];
    loaded.iter().any(|start| kind.starts_with(start)) || pages.contains(&kind.as_str())
}

fn content_type(response: Node<'_>) -> Option<String> {
    let content = response.get("content").and_then(|c| c.get("mimeType"));
    content
        .and_then(Node::as_str)
        .and_then(media_type)
        .filter(|kind| kind != "x-unknown")
        .or_else(|| {
            let headers = named(response.get("headers"));
            let header = headers
                .iter()
                .find(|header| header.name.eq_ignore_ascii_case("content-type"))?;
            media_type(header.value.as_deref()?)
        })
}

/// Recorders write the status as a number; 0 means that nothing came back.
fn status(response: Node<'_>) -> Option<u16> {
    let status = response.get("status")?.scalar()?.parse::<u16>().ok()?;
    (100..600).contains(&status).then_some(status)
}

fn read_response(response: Node<'_>) -> Option<Response> {
    let status = status(response)?;
    // A body that was not asked for again says nothing about itself.
    if status == 304 {
        return None;
    }
    let content = response.get("content");
    let node = content.and_then(|content| content.get("text"));
    let encoded = content
        .and_then(|c| c.get("encoding"))
        .and_then(Node::as_str);
    let written = node.and_then(Node::as_str);
    let base64 = encoded.is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
    let bytes = written.filter(|_| base64).and_then(base64_bytes);
    let decoded = bytes.map(String::from_utf8);
    let kind = content_type(response);
    let textual = kind.as_deref().is_none_or(|kind| {
        is_json(kind)
            || kind.starts_with("text/")
            || kind.ends_with("+xml")
            || kind == "application/xml"
    });
    let (text, binary) = match (base64, decoded) {
        (true, Some(Ok(text))) if textual => (Some(text), false),
        (true, Some(_)) => (None, true),
        (true, None) => (None, false),
        (false, _) => (written.map(str::to_owned), false),
    };
    let size = content
        .and_then(|content| content.get("size"))
        .and_then(Node::scalar)
        .and_then(|size| size.parse::<i64>().ok())
        .unwrap_or_default();
    Some(Response {
        status,
        // A recorder that did not keep the body tells its type all the same.
        media_type: kind.filter(|_| text.is_some() || binary || size > 0),
        binary: binary || (text.is_none() && size > 0 && !textual),
        text: text.filter(|text| !text.is_empty()),
        origin: node.unwrap_or(response).origin(),
    })
}

/// `postData`: the text, or the fields of a form.
fn body(data: Node<'_>) -> Option<Body> {
    let kind = data
        .get("mimeType")
        .and_then(Node::as_str)
        .and_then(media_type);
    let params = data.get("params").filter(|p| p.items().len() > 0);
    let text = data
        .get("text")
        .filter(|t| t.as_str().is_some_and(|t| !t.is_empty()));
    let multipart = kind.as_deref() == Some("multipart/form-data");
    let content = match (text, params) {
        (_, Some(params)) if multipart => Content::Multipart(parts(params)),
        (Some(text), _) if !multipart => Content::Text(text.as_str()?.to_owned()),
        (_, Some(params)) => Content::Form(
            fields(Some(params))
                .into_iter()
                .map(|field| Field {
                    name: decode(&field.name),
                    value: field.value.map(|value| decode(&value.replace('+', " "))),
                    ..field
                })
                .collect(),
        ),
        // The parts of a form that only stand in its text are not taken apart.
        (Some(_), None) => Content::File,
        (None, None) => return None,
    };
    Some(Body {
        media_type: kind,
        content,
        origin: text.or(params).unwrap_or(data).origin(),
    })
}

fn parts(params: Node<'_>) -> Vec<Part> {
    params
        .items()
        .filter_map(|param| {
            let file = param.get("fileName").is_some_and(|name| !name.is_null());
            let mut field = field(param)?;
            if file {
                field.value = None;
            }
            Some(Part {
                field,
                file,
                media_type: param
                    .get("contentType")
                    .and_then(Node::as_str)
                    .and_then(media_type),
            })
        })
        .collect()
}

fn fields(list: Option<Node<'_>>) -> Vec<Field> {
    named(list)
}

fn named(list: Option<Node<'_>>) -> Vec<Field> {
    list.iter()
        .flat_map(|list| list.items())
        .filter_map(field)
        .collect()
}

fn field(node: Node<'_>) -> Option<Field> {
    let name = node.get("name")?.as_str()?;
    Some(Field {
        name: name.to_owned(),
        value: node.get("value").and_then(Node::scalar).map(str::to_owned),
        origin: node.origin(),
    })
    .filter(|field| !field.name.is_empty())
}

/// The bytes of base64 text (RFC 4648 §4), with or without padding. Nothing if it is none.
fn base64_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut count = 0;
    for c in text
        .bytes()
        .filter(|b| !b.is_ascii_whitespace() && *b != b'=')
    {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

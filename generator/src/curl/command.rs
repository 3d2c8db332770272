//! The words of a curl command to the requests that it sends.

use super::option::{self, Meaning};
use super::token::Word;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::exchange::{self, Body, Content, Credential, Field, Part, Request, Url};
use crate::model::{Method, SecurityKind};
use crate::origin::{FileId, Origin, Span};

/// Whether a line continues a command although the line before does not say so: it begins with an option, with the value
/// that an option waits for, or with the URL that is still missing.
pub(super) fn goes_on(words: &[Word], line: &str) -> bool {
    if option::begins_with_option(line) {
        return true;
    }
    let settings = Settings::of(words);
    if settings.waits {
        return !line.is_empty();
    }
    let bare = line.trim_start_matches(['\'', '"', '\u{2018}', '\u{201c}']);
    let url = bare.starts_with("http://") || bare.starts_with("https://");
    settings.urls.is_empty() && url
}

/// How many URLs of one command are read: all of them are sent the same, so more show nothing new.
const MOST_URLS: usize = 32;

/// What the words between two `--next` say.
#[derive(Default)]
struct Settings<'w> {
    /// Options with their values.
    options: Vec<(Meaning, &'w Word, Value<'w>)>,
    urls: Vec<(&'w Word, Value<'w>)>,
    /// Options that curl does not have.
    unknown: Vec<&'w Word>,
    /// Whether the last word is an option whose value is missing.
    waits: bool,
}

/// The value of an option: a word, or the rest of one.
type Value<'w> = &'w str;

impl<'w> Settings<'w> {
    /// The settings behind the last `--next`.
    fn of(words: &'w [Word]) -> Settings<'w> {
        Settings::all(words).pop().unwrap_or_default()
    }

    fn all(words: &'w [Word]) -> Vec<Settings<'w>> {
        let mut all = vec![Settings::default()];
        let mut words = words.iter().skip(1);
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            let Some(now) = all.last_mut() else { break };
            if let Some(name) = text.strip_prefix("--").filter(|name| !name.is_empty()) {
                let (name, glued) = match name.split_once('=') {
                    Some((name, value)) => (name, Some(value)),
                    None => (name, None),
                };
                match option::long(name) {
                    Some(Meaning::Next) => all.push(Settings::default()),
                    Some(meaning) => now.option(meaning, word, glued, &mut words),
                    None => now.unknown.push(word),
                }
            } else if let Some(letters) = text.strip_prefix('-').filter(|l| !l.is_empty()) {
                if now.letters(letters, word, &mut words) {
                    all.push(Settings::default());
                }
            } else {
                now.urls.push((word, text));
            }
        }
        all
    }

    /// Options that are letters: `-sXPOST` is `-s` and `-X POST`. Answers whether the next request begins.
    fn letters(
        &mut self,
        letters: &'w str,
        word: &'w Word,
        words: &mut impl Iterator<Item = &'w Word>,
    ) -> bool {
        for (at, letter) in letters.char_indices() {
            match option::short(letter) {
                Some(Meaning::Next) => return true,
                Some(meaning) if meaning.takes_value() => {
                    let rest = letters.get(at + letter.len_utf8()..).unwrap_or_default();
                    let rest = Some(rest).filter(|rest| !rest.is_empty());
                    self.option(meaning, word, rest, words);
                    return false;
                }
                Some(meaning) => self.options.push((meaning, word, "")),
                None => {
                    self.unknown.push(word);
                    return false;
                }
            }
        }
        false
    }

    fn option(
        &mut self,
        meaning: Meaning,
        word: &'w Word,
        glued: Option<&'w str>,
        words: &mut impl Iterator<Item = &'w Word>,
    ) {
        if !meaning.takes_value() {
            self.options.push((meaning, word, ""));
            return;
        }
        let (place, value) = match glued {
            Some(value) => (word, value),
            None => match words.next() {
                Some(next) => (next, next.text.as_str()),
                None => {
                    self.waits = true;
                    return;
                }
            },
        };
        match meaning {
            Meaning::Url => self.urls.push((place, value)),
            meaning => self.options.push((meaning, place, value)),
        }
    }
}

/// The requests of a command. What cannot be read is reported.
pub(super) fn requests(
    file: FileId,
    words: &[Word],
    diagnostics: &mut Diagnostics,
) -> Vec<Request> {
    let mut found = Vec::new();
    for settings in Settings::all(words) {
        if settings.urls.is_empty() && settings.options.is_empty() {
            continue;
        }
        let mut reading = Reading {
            file,
            diagnostics,
            command: words.first().map(|word| word.span).unwrap_or_default(),
        };
        found.extend(reading.requests(&settings));
    }
    found
}

struct Reading<'d> {
    file: FileId,
    diagnostics: &'d mut Diagnostics,
    /// The word `curl`.
    command: Span,
}

impl Reading<'_> {
    fn origin(&self, span: Span) -> Origin {
        Origin {
            file: self.file,
            span,
        }
    }

    fn report(&mut self, code: Code, span: Span, message: String, note: &str, help: &str) {
        let at = self.origin(span);
        self.diagnostics
            .push(Diagnostic::new(code, message).at(at).note(note).help(help));
    }

    fn requests(&mut self, settings: &Settings<'_>) -> Vec<Request> {
        for word in &settings.unknown {
            self.report(
                Code::CURL_UNKNOWN_OPTION,
                word.span,
                format!("curl has no option `{}`", word.text),
                "it is read as if it were not there, and as if it took no value",
                "correct the option, or take it out",
            );
        }
        let method = self.method(settings);
        let mut found = Vec::new();
        let mut unread = None;
        for (word, text) in settings.urls.iter().take(MOST_URLS) {
            let origin = self.origin(word.span);
            let Some(mut url) = Url::read(text, origin) else {
                unread = Some(word.span);
                continue;
            };
            if word.cut && !word.quoted {
                self.report(
                    Code::CURL_UNQUOTED_URL,
                    word.span,
                    "the URL stands without quotation marks, and a shell ends it at `&`".to_owned(),
                    "it is read as a whole",
                    "put the URL in quotation marks",
                );
            }
            url.query.extend(self.query(settings));
            let mut request = Request::new(method.clone(), url, origin);
            self.apply(&mut request, settings);
            found.push(request);
        }
        if found.is_empty() {
            self.report(
                Code::CURL_NO_URL,
                unread.unwrap_or(self.command),
                "the curl command has no URL that can be read".to_owned(),
                "it is left out",
                "write the URL with its host, in quotation marks",
            );
        }
        found
    }

    fn method(&mut self, settings: &Settings<'_>) -> Method {
        let says = |wanted: &[Meaning]| {
            let mut options = settings.options.iter();
            options.any(|(meaning, ..)| wanted.contains(meaning))
        };
        let stated = settings
            .options
            .iter()
            .rev()
            .find(|(meaning, ..)| *meaning == Meaning::Method);
        let data = [
            Meaning::Data,
            Meaning::DataRaw,
            Meaning::DataBinary,
            Meaning::DataEncoded,
            Meaning::Json,
            Meaning::Form,
            Meaning::FormString,
        ];
        let implied = if says(&[Meaning::Head]) {
            "HEAD"
        } else if says(&[Meaning::Get]) {
            "GET"
        } else if says(&[Meaning::Upload]) {
            "PUT"
        } else if says(&data) {
            "POST"
        } else {
            "GET"
        };
        if let Some((_, word, text)) = stated {
            match Method::new(text) {
                Some(method) => return method,
                None => self.report(
                    Code::CURL_INVALID_METHOD,
                    word.span,
                    format!("`{text}` is no HTTP method"),
                    &format!("the request is read as {implied}"),
                    "correct the value of `-X`",
                ),
            }
        }
        // Both names are tokens.
        Method::new(implied).unwrap_or_else(Method::get)
    }

    /// What options add to the query.
    fn query(&self, settings: &Settings<'_>) -> Vec<Field> {
        let get = settings
            .options
            .iter()
            .any(|(meaning, ..)| *meaning == Meaning::Get);
        let mut fields = Vec::new();
        for (meaning, word, value) in &settings.options {
            let origin = self.origin(word.span);
            match meaning {
                Meaning::UrlQuery => match value.strip_prefix('+') {
                    Some(encoded) => fields.extend(exchange::fields(encoded, origin)),
                    None => fields.extend(encoded_field(value, origin)),
                },
                Meaning::DataEncoded if get => fields.extend(encoded_field(value, origin)),
                Meaning::Data | Meaning::DataRaw | Meaning::DataBinary if get => {
                    fields.extend(exchange::fields(value, origin));
                }
                _ => {}
            }
        }
        fields
    }

    /// Headers, credentials and the body.
    fn apply(&mut self, request: &mut Request, settings: &Settings<'_>) {
        let mut user = None;
        let mut way = SecurityKind::Basic;
        let mut get = false;
        let mut multipart = Vec::new();
        let mut data = Data::default();
        for (meaning, word, value) in &settings.options {
            let origin = self.origin(word.span);
            match meaning {
                Meaning::Header => self.header(request, value, origin),
                Meaning::Agent => request.header("User-Agent", value, origin),
                Meaning::Referer => request.header("Referer", value, origin),
                Meaning::Cookie => request.header("Cookie", value, origin),
                Meaning::User => user = Some((*value, origin)),
                Meaning::Auth(name) => way = SecurityKind::Other((*name).to_owned()),
                Meaning::Aws => way = SecurityKind::Other("awsv4".to_owned()),
                Meaning::Bearer => {
                    let bearer = format!("Bearer {value}");
                    request.header("Authorization", &bearer, origin);
                }
                Meaning::Get => get = true,
                Meaning::Form => multipart.push(part(value, origin, false)),
                Meaning::FormString => multipart.push(part(value, origin, true)),
                Meaning::Upload => data.file(origin),
                Meaning::Data | Meaning::DataBinary if value.starts_with('@') => data.file(origin),
                Meaning::Data | Meaning::DataRaw | Meaning::DataBinary => {
                    data.add(value, "&", origin)
                }
                Meaning::Json if value.starts_with('@') => data.json_file(origin),
                Meaning::Json => {
                    data.json = true;
                    data.add(value, "", origin);
                }
                Meaning::DataEncoded => data.encoded(value, origin),
                _ => {}
            }
        }
        match user {
            Some((user, origin)) => {
                request.credential(exchange::credential_of_user(way, user, origin))
            }
            None if way != SecurityKind::Basic => {
                let origin = request.origin;
                request.credential(Credential {
                    kind: way,
                    user: None,
                    literal: false,
                    origin,
                });
            }
            None => {}
        }
        let stated = request
            .header_value("content-type")
            .and_then(exchange::media_type);
        request.body = match (multipart.is_empty(), get) {
            (_, true) => None,
            (false, _) => multipart
                .first()
                .map(|part| part.field.origin)
                .map(|origin| Body {
                    media_type: stated,
                    content: Content::Multipart(multipart.clone()),
                    origin,
                }),
            (true, _) => data.body(stated),
        };
    }

    /// `Name: value`; `Name;` sends it without a value, and `Name:` sends none.
    fn header(&mut self, request: &mut Request, text: &str, origin: Origin) {
        match text.split_once(':') {
            Some((name, value)) if !value.trim().is_empty() => {
                request.header(name.trim(), value.trim(), origin);
            }
            Some(_) => {}
            // `@file` reads headers from a file.
            None if text.ends_with(';') || text.starts_with('@') => {}
            None => self.report(
                Code::CURL_HEADER,
                origin.span,
                "a header of the curl command has no colon".to_owned(),
                "it is left out",
                "write `-H 'Name: value'`",
            ),
        }
    }
}

/// What the options of `-d` and its like send together.
#[derive(Default)]
struct Data {
    text: String,
    some: bool,
    json: bool,
    /// Whether a file is sent, whose content is not known.
    unknown: bool,
    origin: Option<Origin>,
}

impl Data {
    fn at(&mut self, origin: Origin) {
        match &mut self.origin {
            Some(known) => known.span.end = known.span.end.max(origin.span.end),
            none => *none = Some(origin),
        }
    }

    fn add(&mut self, text: &str, between: &str, origin: Origin) {
        if self.some {
            self.text.push_str(between);
        }
        self.text.push_str(text);
        self.some = true;
        self.at(origin);
    }

    fn file(&mut self, origin: Origin) {
        self.unknown = true;
        self.at(origin);
    }

    fn json_file(&mut self, origin: Origin) {
        self.json = true;
        self.file(origin);
    }

    fn encoded(&mut self, value: &str, origin: Origin) {
        match encoded_field(value, origin) {
            Some(field) => {
                let value = encode(field.value.as_deref().unwrap_or_default());
                self.add(&format!("{}={value}", field.name), "&", origin);
            }
            None if value.starts_with('@') => self.file(origin),
            None => {
                let value = encode(value.trim_start_matches('='));
                self.add(&value, "&", origin);
            }
        }
    }

    fn body(self, stated: Option<String>) -> Option<Body> {
        let json = self.json.then(|| "application/json".to_owned());
        Some(Body {
            media_type: stated.or(json),
            content: match self.unknown {
                true => Content::File,
                false => Content::Text(self.text),
            },
            origin: self.origin?,
        })
    }
}

/// `name=content`, `name@file`; nothing for content without a name.
fn encoded_field(value: &str, origin: Origin) -> Option<Field> {
    let at = value.find(['=', '@'])?;
    let (name, rest) = value.split_at_checked(at)?;
    (!name.is_empty()).then(|| Field {
        name: name.to_owned(),
        value: rest.strip_prefix('=').map(str::to_owned),
        origin,
    })
}

/// Text as the value of a form's field, so that splitting the form gives it back.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("%26"),
            '+' => out.push_str("%2B"),
            '%' => out.push_str("%25"),
            '=' => out.push_str("%3D"),
            c => out.push(c),
        }
    }
    out
}

/// `name=value`, `name=@file;type=…`, `name=<file`. A literal part has no marks.
fn part(text: &str, origin: Origin, literal: bool) -> Part {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let mut part = Part {
        field: Field {
            name: name.to_owned(),
            value: Some(value.to_owned()),
            origin,
        },
        file: false,
        media_type: None,
    };
    if literal {
        return part;
    }
    let mut pieces = value.split(';');
    let first = pieces.next().unwrap_or_default();
    let marks: Vec<&str> = pieces.collect();
    let kind = marks
        .iter()
        .find_map(|mark| mark.trim().strip_prefix("type="));
    part.media_type = kind.and_then(exchange::media_type);
    if first.starts_with('@') {
        part.file = true;
        part.field.value = None;
    } else if first.starts_with('<') && !first.ends_with('>') {
        part.field.value = None;
    } else if kind.is_some() {
        part.field.value = Some(first.to_owned());
    }
    part
}

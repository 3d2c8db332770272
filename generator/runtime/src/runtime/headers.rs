//! Keeps the headers of requests and responses, and what is secret among them to itself.

use std::borrow::Cow;
use std::fmt;

/// Headers in their order; names are compared without regard to case, and may repeat.
///
/// `Debug` shows no value of a header that holds a credential, or may hold one by its name.
#[derive(Clone, Default)]
pub struct Headers(Vec<Header>);

#[derive(Clone)]
struct Header {
    name: Cow<'static, str>,
    value: String,
    sensitive: bool,
}

/// Headers that hold credentials whoever sets them.
const SENSITIVE: [&str; 5] = [
    "authorization",
    "cookie",
    "proxy-authorization",
    "set-cookie",
    "x-api-key",
];

impl Headers {
    /// No headers.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of the first header of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| &*header.value)
    }

    /// The values of all headers of this name.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |header: &&Header| header.name.eq_ignore_ascii_case(name);
        self.0.iter().filter(named).map(|header| &*header.value)
    }

    /// Names and values, credentials included.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|header| (&*header.name, &*header.value))
    }

    /// The number of headers.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no header.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a header beside those of the same name.
    pub fn append(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        let sensitive = SENSITIVE
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known));
        self.0.push(Header {
            name,
            value,
            sensitive,
        });
    }

    /// Sets a header, in place of all of the same name.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let name = name.into();
        self.remove(&name);
        self.append(name, value);
    }

    /// Sets a header whose value is a credential: it is never shown.
    pub fn set_sensitive(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        self.set(name, value);
        if let Some(header) = self.0.last_mut() {
            header.sensitive = true;
        }
    }

    /// Removes all headers of this name.
    pub fn remove(&mut self, name: &str) {
        self.0
            .retain(|header| !header.name.eq_ignore_ascii_case(name));
    }

    /// Whether the value of this header must not be shown.
    pub fn is_sensitive(&self, name: &str) -> bool {
        let mut named = self
            .0
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name));
        named.any(|header| header.sensitive)
    }

    /// Hides the values that repeat one of these.
    pub(crate) fn hide(&mut self, secrets: &[String]) {
        for header in &mut self.0 {
            let repeats = |secret: &String| header.value.contains(secret.as_str());
            header.sensitive |= secrets.iter().any(repeats);
        }
    }

    /// What is wrong with a header, if anything: its name is no token of HTTP, or its value has a
    /// control character and could end the header.
    pub(crate) fn problem(name: &str, value: &str) -> Option<String> {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) {
            return Some(format!("header name {name:?} is not valid"));
        }
        if value
            .bytes()
            .any(|byte| (byte < 0x20 && byte != b'\t') || byte == 0x7f)
        {
            return Some(format!(
                "header `{name}` must not contain control characters"
            ));
        }
        None
    }
}

/// Whether a header has a credential by its name, although nobody says that it is one. It is only not
/// shown: `x-continuation-token` is none.
fn sounds_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let mut words = name.split('-');
    words.any(|word| {
        matches!(
            word,
            "auth" | "apikey" | "password" | "secret" | "signature" | "token"
        )
    }) || ["api-key", "access-key", "private-key"]
        .iter()
        .any(|key| name.contains(key))
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown =
            self.0.iter().map(
                |header| match header.sensitive || sounds_secret(&header.name) {
                    true => (&header.name, "(secret)"),
                    false => (&header.name, &*header.value),
                },
            );
        f.debug_map().entries(shown).finish()
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut headers = Headers::new();
        for (name, value) in pairs {
            headers.append(name, value);
        }
        headers
    }
}

//! The headings that say what follows, in the words that reference pages have for it.

use super::inline;
use crate::model::Location;

/// What follows a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    /// Who may call the operation.
    AllowedFor,
    /// How it is read page by page.
    Pagination,
    /// Parameters, and where they are sent if the heading says so.
    Parameters(Option<Location>),
    /// An example of what is sent.
    Body,
    /// The members of what is sent.
    BodyMembers,
    /// Examples of what is answered.
    Responses,
    /// The members of what is answered.
    ResponseMembers,
    /// The type of what is answered.
    ReturnType,
    /// The statuses that are answered.
    Statuses,
    /// Programs that call the operation.
    Samples,
    /// An example, of what is open.
    Example,
    /// The members of an object.
    Object,
}

/// What a heading says. In a page without marks for headings, any short line may be one.
pub(super) fn keyword(text: &str) -> Option<Keyword> {
    if text.len() > 60 {
        return None;
    }
    let text = inline::plain(text).to_lowercase();
    let text = text.trim().trim_end_matches(':').trim_end();
    Some(match text {
        "allowed for" => Keyword::AllowedFor,
        "pagination" => Keyword::Pagination,
        "parameters" | "request parameters" | "arguments" | "supported attributes" | "params" => {
            Keyword::Parameters(None)
        }
        "path parameters" | "path params" | "url parameters" | "url params" => {
            Keyword::Parameters(Some(Location::Path))
        }
        "query parameters"
        | "query params"
        | "query string params"
        | "query string parameters"
        | "query string" => Keyword::Parameters(Some(Location::Query)),
        "header parameters" | "request headers" => Keyword::Parameters(Some(Location::Header)),
        "example body"
        | "example request body"
        | "request body example"
        | "example request"
        | "request example"
        | "request body in json" => Keyword::Body,
        "request body"
        | "body"
        | "json params"
        | "json/form params"
        | "form params"
        | "body parameters"
        | "body params"
        | "json parameters"
        | "form parameters"
        | "json body parameters" => Keyword::BodyMembers,
        "example response"
        | "example response(s)"
        | "example responses"
        | "response example"
        | "response examples"
        | "responses"
        | "response"
        | "sample response" => Keyword::Responses,
        "response structure"
        | "response body"
        | "response attributes"
        | "response fields"
        | "response parameters"
        | "returns"
        | "response data attributes" => Keyword::ResponseMembers,
        "return type" => Keyword::ReturnType,
        "http response details" | "response codes" | "status codes" | "response status codes" => {
            Keyword::Statuses
        }
        "code samples" | "code sample" | "using curl" | "code examples" | "sample code" => {
            Keyword::Samples
        }
        "example" | "examples" => Keyword::Example,
        "json format" | "properties" | "attributes" | "fields" | "object properties" => {
            Keyword::Object
        }
        other if other.starts_with("json format for ") => Keyword::Object,
        other if is_object(other) => Keyword::Object,
        _ => return None,
    })
}

/// `User Object`, `Sticker Pack Structure`: a few words, the last of which says so.
fn is_object(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && matches!(words.last(), Some(&("object" | "structure")))
        && !words
            .iter()
            .any(|word| matches!(*word, "the" | "a" | "an" | "this"))
}

/// What an object is called under this heading; nothing if the heading tells nothing of its own.
pub(super) fn object_name(heading: &str) -> Option<String> {
    let plain = inline::plain(heading);
    let text = plain.trim().trim_end_matches(':');
    let lower = text.to_lowercase();
    let generic = matches!(
        lower.as_str(),
        "json format"
            | "properties"
            | "attributes"
            | "fields"
            | "object properties"
            | "parameters"
            | "response"
            | "example"
            | "examples"
            | "overview"
    ) || lower.starts_with("json format for ");
    if generic {
        return None;
    }
    let mut name = text;
    for end in [
        " Structure",
        " structure",
        " Object",
        " object",
        " Schema",
        " Properties",
    ] {
        name = name.strip_suffix(end).unwrap_or(name);
    }
    let words = name.split_whitespace().count();
    let spelled = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/'));
    ((1..=5).contains(&words) && spelled).then(|| name.to_owned())
}

/// What a page is about, by its title: `Users` is about a user.
pub(super) fn page_noun(title: &str) -> Option<String> {
    let plain = inline::plain(title);
    let mut name = plain.trim().trim_matches('"');
    for end in [
        " API Reference",
        " API",
        " Resource",
        " Reference",
        " api",
        " resource",
    ] {
        name = name.strip_suffix(end).unwrap_or(name);
    }
    let words = name.split_whitespace().count();
    ((1..=3).contains(&words)).then(|| singular(name))
}

/// A noun in the singular, by the endings that most nouns have.
pub(super) fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    if lower.ends_with("ies") && word.len() > 4 {
        return format!("{}y", word.get(..word.len() - 3).unwrap_or_default());
    }
    let es = ["sses", "shes", "ches", "xes", "zes"];
    if es.iter().any(|end| lower.ends_with(end)) {
        return word.get(..word.len() - 2).unwrap_or_default().to_owned();
    }
    let keeps = ["ss", "us", "is"].iter().any(|end| lower.ends_with(end));
    match word.strip_suffix(['s', 'S']) {
        Some(stem) if !keeps && stem.len() > 1 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The names of languages above sample programs.
pub(super) fn language(text: &str) -> Option<&'static str> {
    const LANGUAGES: [(&str, &str); 16] = [
        ("curl", "curl"),
        ("shell", "curl"),
        ("bash", "curl"),
        ("go", "go"),
        ("java", "java"),
        ("nodejs", "javascript"),
        ("node.js", "javascript"),
        ("node", "javascript"),
        ("javascript", "javascript"),
        ("typescript", "javascript"),
        ("python", "python"),
        ("ruby", "ruby"),
        ("php", "php"),
        ("c#", "csharp"),
        ("rust", "rust"),
        ("kotlin", "kotlin"),
    ];
    if text.len() > 12 {
        return None;
    }
    let lower = text.trim_end_matches(':').to_lowercase();
    LANGUAGES
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|(_, language)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_many_spellings() {
        for (text, expected) in [
            ("Allowed For", Keyword::AllowedFor),
            ("Allowed For:", Keyword::AllowedFor),
            ("Allowed for", Keyword::AllowedFor),
            ("JSON format", Keyword::Object),
            ("JSON Format for End Users", Keyword::Object),
            ("**Parameters**", Keyword::Parameters(None)),
            (
                "Query String Params",
                Keyword::Parameters(Some(Location::Query)),
            ),
            ("JSON/Form Params", Keyword::BodyMembers),
            ("Example response(s)", Keyword::Responses),
            ("User Structure", Keyword::Object),
        ] {
            assert_eq!(keyword(text), Some(expected), "{text}");
        }
        for text in [
            "User role",
            "Limits",
            "Headers",
            "This is the structure",
            "Phone Number",
            "Response:code",
        ] {
            assert_eq!(keyword(text), None, "{text}");
        }
    }

    #[test]
    fn objects_are_called_by_their_headings() {
        assert_eq!(object_name("User Structure").as_deref(), Some("User"));
        assert_eq!(
            object_name("User Primary Guild").as_deref(),
            Some("User Primary Guild")
        );
        assert_eq!(object_name("JSON format"), None);
        assert_eq!(page_noun("Users").as_deref(), Some("User"));
        assert_eq!(page_noun("User Resource").as_deref(), Some("User"));
        for (many, one) in [
            ("Policies", "Policy"),
            ("status", "status"),
            ("boxes", "box"),
            ("groups", "group"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}

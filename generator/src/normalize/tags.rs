//! Gives operations without a tag one from their path: the first literal segment that is neither `api` nor a version.

use crate::diagnostic::Diagnostics;
use crate::model::{Model, PathTemplate, Piece};

pub(super) fn run(model: &mut Model, _: &mut Diagnostics) {
    for operation in &mut model.operations {
        operation.tags.retain(|tag| !tag.trim().is_empty());
        if operation.tags.is_empty() {
            operation.tags.extend(from_path(&operation.key.path));
        }
    }
}

fn from_path(path: &PathTemplate) -> Option<String> {
    path.segments
        .iter()
        .find_map(|segment| match segment.as_slice() {
            [Piece::Literal(text)] => {
                let word = text.strip_suffix(".json").unwrap_or(text);
                let usable = word.chars().any(char::is_alphabetic)
                    && !matches!(word.to_ascii_lowercase().as_str(), "api" | "apis" | "rest")
                    && !is_version(word);
                usable.then(|| word.to_owned())
            }
            _ => None,
        })
}

/// `v2`, `v2.1`, `v1beta1`.
fn is_version(word: &str) -> bool {
    word.strip_prefix(['v', 'V']).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_of_the_path_is_the_tag() {
        for (path, tag) in [
            ("/api/v2/users/{}", Some("users")),
            ("/v2.1/accounts/1", Some("accounts")),
            ("/{}/2024-01-01/orders.json", Some("orders")),
            ("/videos/v1", Some("videos")),
            ("/api/v1beta1", None),
        ] {
            let segments = path.split('/').skip(1).map(|segment| match segment {
                "{}" => vec![Piece::Parameter("id".to_owned())],
                text => vec![Piece::Literal(text.to_owned())],
            });
            let path = PathTemplate {
                segments: segments.collect(),
                ..PathTemplate::default()
            };
            assert_eq!(from_path(&path).as_deref(), tag, "{path}");
        }
    }
}

//! The members of a page that tell of other pages: those at the top, and those of objects that are there for it.

use super::words::plain;
use crate::model::{Model, SchemaId, Shape};

/// A value that is neither a list nor an object, on the way from the page to it.
pub(super) struct Member {
    /// The names as the source spells them.
    pub way: Vec<String>,
    /// The same as words.
    words: Vec<String>,
    pub schema: SchemaId,
}

/// How deep the members of pages lie: `paging.cursors.after`.
const DEEPEST: usize = 3;

/// Objects that tell of pages.
const HOLDERS: &[&str] = &[
    "cursor",
    "cursors",
    "link",
    "links",
    "list_info",
    "meta",
    "meta_data",
    "metadata",
    "next",
    "page",
    "page_info",
    "page_metadata",
    "pages",
    "pagination",
    "paging",
    "response_metadata",
    "result_info",
    "search_metadata",
];

impl Member {
    /// The last name as words.
    pub fn leaf(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The name before the last.
    pub fn parent(&self) -> Option<&str> {
        let before = self.words.len().checked_sub(2)?;
        self.words.get(before).map(String::as_str)
    }

    /// Whether it is called as if it led to the next page.
    pub fn is_next(&self) -> bool {
        let told = self
            .parent()
            .is_some_and(|parent| HOLDERS.contains(&parent));
        match self.leaf() {
            "after_cursor" | "bookmark" | "continuation" | "continuation_token" | "continue"
            | "cursor_after" | "end_cursor" | "last_evaluated_key" | "next" | "page_token"
            | "pagination_token" | "scroll_id" => true,
            "after" | "cursor" | "marker" | "offset" | "start_after" | "starting_after"
            | "token" => told || self.words.len() == 1,
            leaf => {
                let next = leaf.strip_prefix("next_").or(leaf.strip_suffix("_next"));
                next.is_some_and(|rest| {
                    let mut words = rest.split('_');
                    words.any(|word| {
                        matches!(
                            word,
                            "bookmark"
                                | "cursor"
                                | "id"
                                | "key"
                                | "marker"
                                | "offset"
                                | "page"
                                | "start"
                                | "token"
                        )
                    })
                })
            }
        }
    }
}

/// The members of a page, the upper ones first. `list` is the way to its list.
pub(super) fn members(model: &Model, root: SchemaId, list: &[String]) -> Vec<Member> {
    let mut found = Vec::new();
    let mut open: Vec<(Vec<String>, SchemaId)> = vec![(Vec::new(), root)];
    for depth in 0..DEEPEST {
        for (way, id) in std::mem::take(&mut open) {
            let Shape::Object(object) = &model.schemas.get(id).shape else {
                continue;
            };
            for property in &object.properties {
                let mut way = way.clone();
                way.push(property.name.clone());
                match &model.schemas.get(property.schema).shape {
                    Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_) => {}
                    Shape::Object(_) => {
                        let holds = HOLDERS.contains(&plain(&property.name).as_str());
                        if depth + 1 < DEEPEST && (holds || list.starts_with(&way)) {
                            open.push((way, property.schema));
                        }
                    }
                    _ => found.push(Member {
                        words: way.iter().map(|name| plain(name)).collect(),
                        way,
                        schema: property.schema,
                    }),
                }
            }
        }
    }
    found
}

//! Reads a GraphQL document as far as a client has to: its operations, what they select first, and the variables that they
//! declare.

/// Levels of lists that a type may have.
const LISTS: usize = 8;

/// An operation of a GraphQL document (October 2021 edition, section 2.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Its name, if it has one.
    pub(super) name: Option<String>,
    /// The first field that it selects, under its own name.
    pub(super) field: Option<String>,
    pub(super) variables: Vec<Declared>,
}

/// A variable that a query declares: `$first: Int! = 10`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) default: bool,
}

/// A type reference of GraphQL (October 2021 edition, section 2.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Type {
    /// The name, inside of all lists.
    pub(super) name: String,
    /// Whether each list may be null, the outermost first.
    pub(super) lists: Vec<bool>,
    /// Whether what is in all lists may be null.
    pub(super) nullable: bool,
}

impl Type {
    pub(super) fn is_nullable(&self) -> bool {
        self.lists.first().copied().unwrap_or(self.nullable)
    }
}

/// The tokens of a query that matter: names, marks, and one token for each text or number.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c == '#' {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("\"\"\"") {
            let end = rest.get(3..).and_then(|inside| inside.find("\"\"\""));
            end.map_or(rest.len(), |end| end + 6)
        } else if c == '"' {
            string_length(rest)
        } else if c.is_ascii_alphanumeric() || c == '_' {
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
                .unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (token, after) = rest.split_at(length.min(rest.len()));
        if !(c == '#' || c.is_whitespace() || c == ',' || c == '\u{feff}') {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\n' => return at,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// The operation of this name in a document, else the first.
pub(super) fn operation(text: &str, name: Option<&str>) -> Query {
    let tokens = tokens(text);
    let mut depth = 0usize;
    let mut first = None;
    // Whether what stands outside of all braces belongs to a fragment.
    let mut in_fragment = false;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match *token {
            "{" if depth == 0 && !in_fragment => {
                let found = Query {
                    field: field(tokens.get(at + 1..).unwrap_or_default()),
                    ..Query::default()
                };
                first = first.or(Some(found));
                depth = 1;
            }
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                in_fragment &= depth > 0;
            }
            "fragment" if depth == 0 => in_fragment = true,
            "query" | "mutation" | "subscription" if depth == 0 && !in_fragment => {
                let own = tokens.get(at + 1).copied().filter(|own| is_name(own));
                let mut open = at + 1 + usize::from(own.is_some());
                let mut variables = Vec::new();
                if tokens.get(open) == Some(&"(") {
                    variables = declarations(tokens.get(open + 1..).unwrap_or_default());
                    open += closing(tokens.get(open..).unwrap_or_default());
                }
                let rest = tokens.get(open..).unwrap_or_default();
                let selection = rest.iter().position(|token| *token == "{");
                let inside = selection.and_then(|brace| rest.get(brace + 1..));
                let found = Query {
                    name: own.map(str::to_owned),
                    field: field(inside.unwrap_or_default()),
                    variables,
                };
                if name.is_some() && name == own {
                    return found;
                }
                first = first.or(Some(found));
                // On at its selection, or at the end if it has none.
                at = selection.map_or(tokens.len(), |brace| open + brace + 1);
                depth = 1;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    first.unwrap_or_default()
}

/// Whether two documents differ only in what means nothing, such as spaces and comments.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    tokens(one) == tokens(other)
}

/// The first field of a selection: `orders` of `all: orders(first: 10) { id }`.
fn field(selection: &[&str]) -> Option<String> {
    let first = selection.first().filter(|name| is_name(name))?;
    let aliased = selection.get(1) == Some(&":");
    let name = if aliased { selection.get(2)? } else { first };
    is_name(name).then(|| (*name).to_owned())
}

/// How many tokens there are up to and with the parenthesis that closes the first one.
fn closing(tokens: &[&str]) -> usize {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        match *token {
            "(" => depth += 1,
            ")" if depth <= 1 => return at + 1,
            ")" => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// Reads declarations up to the parenthesis that closes them.
fn declarations(tokens: &[&str]) -> Vec<Declared> {
    let mut found: Vec<Declared> = Vec::new();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match *token {
            ")" if depth == 0 => break,
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            "=" if depth == 0 => {
                if let Some(last) = found.last_mut() {
                    last.default = true;
                }
            }
            "$" if depth == 0 && tokens.get(at + 2) == Some(&":") => {
                let name = tokens.get(at + 1).copied().unwrap_or_default();
                let rest = tokens.get(at + 3..).unwrap_or_default();
                if let Some((ty, length)) = type_of(rest) {
                    found.push(Declared {
                        name: name.to_owned(),
                        ty,
                        default: false,
                    });
                    at += 3 + length;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads a type, and how many tokens it has.
fn type_of(tokens: &[&str]) -> Option<(Type, usize)> {
    let opened = tokens.iter().take_while(|token| **token == "[").count();
    if opened > LISTS {
        return None;
    }
    let name = tokens.get(opened).copied().filter(|name| is_name(name))?;
    let mut at = opened + 1;
    // Answers whether null is allowed, and goes on behind the mark that forbids it.
    let nullable = |at: &mut usize| {
        let required = tokens.get(*at) == Some(&"!");
        *at += usize::from(required);
        !required
    };
    let inner = nullable(&mut at);
    let mut lists = Vec::new();
    for _ in 0..opened {
        if tokens.get(at) != Some(&"]") {
            return None;
        }
        at += 1;
        lists.insert(0, nullable(&mut at));
    }
    let ty = Type {
        name: name.to_owned(),
        lists,
        nullable: inner,
    };
    Some((ty, at))
}

#[cfg(test)]
mod tests {
    use super::{is_same, operation as read};

    fn shown(text: &str, operation: Option<&str>) -> Vec<String> {
        super::operation(text, operation)
            .variables
            .into_iter()
            .map(|variable| {
                format!(
                    "{} {} {:?} {}{}",
                    variable.name,
                    variable.ty.name,
                    variable.ty.lists,
                    variable.ty.nullable,
                    if variable.default { " =" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn variables_have_the_types_that_the_query_declares() {
        let query = "# a ($no: Int)\nquery Orders($first: Int! = 10, $ids: [[ID!]!], $where: OrderFilter = {a: \"b)\", c: [1]}, $x: Float) @cached(ttl: 5) {\n  orders(first: $first) { id }\n}\nmutation Add($input: OrderInput!) { add(input: $input) { id } }";
        assert_eq!(
            shown(query, None),
            [
                "first Int [] false =",
                "ids ID [true, false] false",
                "where OrderFilter [] true =",
                "x Float [] true"
            ]
        );
        assert_eq!(shown(query, Some("Add")), ["input OrderInput [] false"]);
        assert!(shown("{ orders { id } }", None).is_empty());
        assert!(shown("query ($a: [Int) { b }", None).is_empty());
        assert_eq!(shown("query ($a: Int", None), ["a Int [] true"]);
        assert!(shown("query \"", None).is_empty());
    }

    fn called(text: &str, name: Option<&str>) -> (Option<String>, Option<String>) {
        let found = read(text, name);
        (found.name, found.field)
    }

    #[test]
    fn operations_have_names_and_first_fields() {
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(called("{ orders { id } }", None), (None, some("orders")));
        assert_eq!(
            called("query { all: orders(a: {b: 1}) { id } }", None),
            (None, some("orders"))
        );
        let text = "fragment F on Order { id }
            query A($w: W = {a: {b: 1}}) @live(if: {x: 1}) { a }
            mutation B { b { ...F } }";
        // Directives may have objects; then the first field is that of the object, which is harmless.
        assert_eq!(called(text, Some("B")), (some("B"), some("b")));
        assert_eq!(called(text, Some("C")).0, some("A"));
        assert_eq!(called("fragment F on Order { id }", None), (None, None));
        assert_eq!(called("query { ...F }", None), (None, None));
        assert_eq!(called("", None), (None, None));
        assert_eq!(called("query A", None), (some("A"), None));
        assert_eq!(called("query A(", None), (some("A"), None));
    }

    #[test]
    fn spaces_and_comments_do_not_make_another_query() {
        assert!(is_same("{ a(b: \"x y\") }", "# all\n{\n  a(b:\"x y\")\n}"));
        assert!(!is_same("{ a(b: \"x y\") }", "{ a(b: \"xy\") }"));
    }
}

//! What is lost between an OpenAPI document and a collection that a converter made of it, place by place.

use super::Loss;

/// From the excerpt.
pub const EXCERPT: &[Loss] = &[
    (
        ".either",
        "integer|string",
        "string",
        "the first alternative is printed",
    ),
    (
        ".note",
        "string?",
        "string",
        "that null is allowed is not printed",
    ),
    (".phone", "string phone", "string", "the format is deleted"),
    (
        ".state",
        "enum open,closed",
        "string",
        "one value of the list is printed",
    ),
];

/// From version 3.1 of the format.
pub const FROM_3_1: &[Loss] = &[
    (
        ".aon",
        "string?",
        "string",
        "that null is allowed is not printed",
    ),
    (
        ".bigmin",
        "enum 5,6",
        "integer",
        "one value of the list is printed",
    ),
    (
        ".c",
        "const \"v\"",
        "any",
        "a constant is printed as empty text",
    ),
    (
        ".fmtonly",
        "any date",
        "any",
        "no schema is printed as what could be a schema",
    ),
    (
        ".na",
        "array?",
        "any?",
        "what may be null is printed as null",
    ),
    (
        ".na[]",
        "string",
        "-",
        "what may be null is printed as null",
    ),
    (
        ".no",
        "object?",
        "any?",
        "what may be null is printed as null",
    ),
    (
        ".no.q",
        "string",
        "-",
        "what may be null is printed as null",
    ),
    (
        ".non",
        "string?",
        "any?",
        "that null is allowed is not printed",
    ),
    (
        ".pp",
        "map by pattern",
        "object",
        "a pattern of names is printed as a name",
    ),
    (
        ".pp.x-",
        "-",
        "string",
        "a pattern of names is printed as a name",
    ),
    (
        ".tuple",
        "tuple",
        "array of any",
        "a list of given length is printed as a list of anything",
    ),
];

/// Always.
pub const ALL: &[Loss] = &[
    (" cookie.ck", "string", "-", "cookies are not printed"),
    (
        " path.ext",
        "enum a,b!",
        "string!",
        "the values of a path parameter are not printed",
    ),
    (
        " query.formobj",
        "object",
        "-",
        "a form object is spelled as its members, and its name is lost",
    ),
    (
        " query.formobj.x",
        "string",
        "-",
        "a form object is spelled as its members, and its name is lost",
    ),
    (
        " query.formobj.y",
        "integer",
        "-",
        "a form object is spelled as its members, and its name is lost",
    ),
    (
        " query.x",
        "-",
        "string",
        "a form object is spelled as its members, and its name is lost",
    ),
    (
        " query.y",
        "-",
        "integer",
        "a form object is spelled as its members, and its name is lost",
    ),
    (
        ".anyOf",
        "integer|string",
        "integer",
        "the first alternative is printed",
    ),
    (".byte", "string byte", "string", "the format is deleted"),
    (".custom", "string phone", "string", "the format is deleted"),
    (".dec", "string decimal", "string", "the format is deleted"),
    (
        ".enumInt",
        "enum 1,2",
        "integer",
        "one value of the list is printed",
    ),
    (
        ".enumS",
        "enum x,y,z",
        "string",
        "one value of the list is printed",
    ),
    (
        ".nullableStr",
        "string?",
        "string",
        "that null is allowed is not printed",
    ),
    (
        ".objAPfalse",
        "object without members",
        "map of any",
        "no members are printed as no members",
    ),
    (
        ".oneObj.description",
        "-",
        "string",
        "the first alternative is printed",
    ),
    (
        ".oneObj.error",
        "-",
        "string",
        "the first alternative is printed",
    ),
    (
        ".oneOf",
        "integer|string",
        "string",
        "the first alternative is printed",
    ),
    (".pw", "string password", "string", "the format is deleted"),
    (
        ".str",
        "string!",
        "string",
        "what is required is not printed",
    ),
    (
        ".u64",
        "integer uint64",
        "integer",
        "an unsigned integer is printed as an integer",
    ),
];

/// By version 6 in the mode of examples.
pub const EXAMPLES: &[Loss] = &[
    (
        ".any",
        "any",
        "string",
        "no schema is printed as what could be a schema",
    ),
    (
        "DELETE /tree response.200",
        "string?",
        "-",
        "text that is made up and has no quotation marks is no JSON",
    ),
];

/// Where values are made up.
pub const MADE_UP: &[Loss] = &[
    (
        ".arrNoItems",
        "array of any",
        "-",
        "a list of anything is not printed",
    ),
    (
        ".bin",
        "string binary",
        "string",
        "made-up text shows no format",
    ),
    (
        ".email",
        "string email",
        "string",
        "made-up text shows no format",
    ),
    (
        ".host",
        "string hostname",
        "string",
        "made-up text shows no format",
    ),
    (
        ".mapStr",
        "map",
        "map of any",
        "made-up text under made-up names may be chance",
    ),
    (
        ".mapStr{}",
        "string",
        "-",
        "made-up text under made-up names may be chance",
    ),
    (
        ".time",
        "string time",
        "string",
        "made-up text shows no format",
    ),
    (
        ".uri",
        "string uri",
        "string",
        "made-up text shows no format",
    ),
    (
        ".description",
        "string",
        "-",
        "the example stands for the schema",
    ),
];

/// Where null is the member of an enumeration that is printed.
pub const NULL_MEMBER: &[Loss] = &[(
    ".enumNull",
    "enum x,y?",
    "any?",
    "one value of the list is printed",
)];

/// Where null is printed in one place, and another value in a similar record.
pub const NULL_IN_ONE: &[Loss] = &[(
    ".enumNull",
    "enum x,y?",
    "string?",
    "one value of the list is printed in each place",
)];

/// Where formats or values are not known.
pub const WITHOUT_VALUES: &[Loss] = &[(
    ".url",
    "string url",
    "string",
    "this version does not know the format",
)];

/// By the old interface of version 4.
pub const OLD: &[Loss] = &[
    (
        ".uuid",
        "string uuid",
        "string",
        "made-up text shows no format",
    ),
    (
        ".id",
        "integer",
        "integer!",
        "numbers alone do not show that they are made up",
    ),
];

/// By version 4.
pub const VERSION_4: &[Loss] = &[
    (
        " query.role",
        "enum end-user,agent,admin!",
        "string!",
        "this version does not print the values",
    ),
    (
        ".any",
        "any",
        "map of any",
        "no schema is printed as what could be a schema",
    ),
    (
        "PATCH /tree response.200",
        "any",
        "map of any",
        "no schema is printed as what could be a schema",
    ),
];

/// Where schemas are printed.
pub const PRINTED: &[Loss] = &[
    (
        ".enumNull",
        "enum x,y?",
        "string",
        "one value of the list is printed",
    ),
    (
        "DELETE /tree response.200",
        "string?",
        "string",
        "that null is allowed is not printed",
    ),
];

/// From the excerpt, by version 4 alone.
pub const EXCERPT_4: &[Loss] = &[
    (
        " query.state",
        "enum open,closed!",
        "string!",
        "this version does not print the values",
    ),
    (
        ".anything",
        "any",
        "map of any",
        "no schema is printed as what could be a schema",
    ),
];

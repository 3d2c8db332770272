//! The catalogue of everything Letterpress can say about its input, one entry a code.

use super::Severity;

/// An entry of the catalogue: `<module>/<kebab-name>`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(usize);

macro_rules! catalogue {
    ($($constant:ident $severity:ident $name:literal $explanation:literal;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Index { $($constant),* }
        impl Code {
            $(#[doc = $explanation] pub const $constant: Code = Code(Index::$constant as usize);)*
        }
        static ENTRIES: &[Entry] = &[$(Entry { name: $name, severity: Severity::$severity, explanation: $explanation }),*];
    };
}

struct Entry {
    name: &'static str,
    severity: Severity,
    explanation: &'static str,
}

catalogue! {
    // tree: the text of a document
    JSON_SYNTAX Error "json/syntax" "The text is not JSON (RFC 8259).";
    JSON_DUPLICATE_KEY Error "json/duplicate-key" "An object names a member twice; readers disagree about which one counts.";
    TREE_TOO_DEEP Error "tree/too-deep" "The document nests deeper than the limit.";
    TREE_TOO_LARGE Error "tree/too-large" "The document is larger than the limit.";

    // yaml
    YAML_SYNTAX Error "yaml/syntax" "The text is not YAML 1.2.";
    YAML_DUPLICATE_KEY Error "yaml/duplicate-key" "A mapping names a member twice; readers disagree about which one counts.";
    YAML_SEVERAL_DOCUMENTS Error "yaml/several-documents" "A file holds one document; more would have to be guessed together.";
    YAML_COMPLEX_KEY Error "yaml/complex-key" "A key that is a list or a mapping has no counterpart in JSON.";
    YAML_ALIAS Error "yaml/alias" "An alias or merge key refers to something that cannot stand there.";
    YAML_ALIAS_EXPANSION Error "yaml/alias-expansion" "Aliases are copies; a few hundred bytes of them can stand for more than any machine holds.";
    YAML_MERGE_KEY Warning "yaml/merge-key" "Merge keys belong to YAML 1.1; they are resolved, but other readers may not know them.";
    YAML_TAG Warning "yaml/tag" "Tags beyond those of the core schema say nothing about a JSON document.";
    YAML_UNINDENTED Warning "yaml/unindented" "YAML demands that every line of quoted text is indented deeper than its key.";

    // source
    SOURCE_UNREADABLE Error "source/unreadable" "The file cannot be opened or is no regular file of a reasonable size.";
    SOURCE_ENCODING Error "source/encoding" "The bytes of the file are no text.";
    SOURCE_EMPTY Error "source/empty" "The file holds nothing but white space.";
    SOURCE_NONE Error "source/none" "Without a source there is nothing to generate from.";
    SOURCE_UNRECOGNIZED Error "source/unrecognized" "The file is in none of the formats that can be read.";
    SOURCE_INCOMPLETE Error "source/incomplete" "A strict run leaves no operation out, except those that the configuration lists.";
    SOURCE_ONLY_TYPES Warning "source/only-types" "Sources describe messages or schemas and no operation, so the crate has types alone.";
    SOURCE_NO_OPERATION Error "source/no-operation" "No operation is left, so there is no client to write.";

    // overlay
    OVERLAY_DOCUMENT Error "overlay/document" "An overlay or a patch is not as the Overlay Specification says.";
    OVERLAY_PATH Error "overlay/path" "A target is no JSONPath (RFC 9535) that can be followed.";
    OVERLAY_UPDATE Error "overlay/update" "What an action asks for cannot be done to its target.";
    OVERLAY_UNUSED Error "overlay/unused" "The target of an action is in no source; the action would rot unnoticed.";
    OVERLAY_ALONE Error "overlay/alone" "An overlay changes a description and describes nothing itself.";

    // config
    CONFIG_SYNTAX Error "config/syntax" "A key of letterpress.yaml is unknown, or its value is of the wrong kind.";
    CONFIG_VALUE Error "config/value" "A value of letterpress.yaml is of the right kind but not allowed.";
    CONFIG_UNUSED Error "config/unused" "An entry of letterpress.yaml matches nothing; it would rot unnoticed.";
    CONFIG_SOURCE Error "config/source" "A source is listed twice, or does not lie in the folder of letterpress.yaml.";

    // postman
    POSTMAN_NOT_A_COLLECTION Error "postman/not-a-collection" "The text looks like Postman's, but it is no collection and no item of one.";
    POSTMAN_PAGE_WITHOUT_ITEM Error "postman/page-without-item" "The page announces a collection item, but no JSON object follows the announcement.";
    POSTMAN_ENVIRONMENT Error "postman/environment" "An environment or a list of globals holds values of variables and no requests.";
    POSTMAN_PROTOCOL_BEHAVIOR Note "postman/protocol-behavior" "A request is sent with a setting of Postman's that the generated client does not have.";
    POSTMAN_QUERY_NOT_FIXED Note "postman/query-not-fixed" "A GraphQL query is not the same in all requests of an operation, so the method takes it.";
    POSTMAN_OBJECT_LOST Warning "postman/object-lost" "A converter wrote `[object Object]` where it had an object, so its members are not known.";
    POSTMAN_NOT_AN_ENVIRONMENT Error "postman/not-an-environment" "A file is given as an environment and holds no values of variables.";
    POSTMAN_OTHER_PROTOCOL Warning "postman/other-protocol" "A file of a collection describes a request that is not sent over HTTP as such, or something that is no request.";
    POSTMAN_VERSION_1 Note "postman/version-1" "A collection of format version 1 is read as what Postman would make of it in version 2.1.";
    POSTMAN_EMPTY Warning "postman/empty" "A collection has no items, so it describes no operation.";
    POSTMAN_WRONG_TYPE Warning "postman/wrong-type" "A member has another JSON type than the format says; it is read as if it were absent.";
    POSTMAN_ITEM_WITHOUT_REQUEST Warning "postman/item-without-request" "An entry of a collection is neither a folder nor a request.";
    POSTMAN_INVALID_METHOD Warning "postman/invalid-method" "A method is no token (RFC 9110 section 5.6.2) and cannot be sent.";
    POSTMAN_NO_URL Warning "postman/no-url" "A request without a URL cannot be called.";
    POSTMAN_URL_MISMATCH Warning "postman/url-mismatch" "The written URL and its parts name different paths; the parts count.";
    POSTMAN_VARIABLE_CYCLE Warning "postman/variable-cycle" "Variables refer to each other in a circle, so none of them has a value.";
    POSTMAN_BODY_NOT_JSON Warning "postman/body-not-json" "A sample body that is announced as JSON cannot be read as JSON.";
    POSTMAN_UNSUPPORTED_BODY Warning "postman/unsupported-body" "A kind of body that is sent as bytes, because its parts are not described yet.";
    POSTMAN_AUTH_NEEDS_PROVIDER Warning "postman/auth-needs-provider" "A way to authenticate that the generated client does not know: the caller gives a provider that applies it.";
    POSTMAN_INFERRED_PATH_PARAMETER Note "postman/inferred-path-parameter" "Paths that differ in an identifier only are one path with a parameter.";
    POSTMAN_LITERAL_SECRET Note "postman/literal-secret" "A credential is written out in the source; it is left behind.";
    POSTMAN_EXAMPLE_NOT_JSON Warning "postman/example-not-json" "A sample response that is announced as JSON cannot be read as JSON.";
    POSTMAN_UNKNOWN_STATUS Warning "postman/unknown-status" "An example's status is none of HTTP's (100 to 599).";

    // openapi
    OPENAPI_VERSION Error "openapi/version" "The version of OpenAPI is none that can be read.";
    OPENAPI_VERSION_UNKNOWN Warning "openapi/version-unknown" "The version of OpenAPI is newer than what is known; it is read as the newest that is.";
    OPENAPI_NO_PATHS Warning "openapi/no-paths" "A document without paths describes no operation.";
    OPENAPI_WRONG_TYPE Warning "openapi/wrong-type" "A member has another JSON type than the format says; it is read as if it were absent.";
    OPENAPI_UNKNOWN_MEMBER Warning "openapi/unknown-member" "A member of a path item is no method and nothing else that the format knows.";
    OPENAPI_METHOD Warning "openapi/method" "A method is spelled in a way that other readers do not take.";
    OPENAPI_SAME_PATH Warning "openapi/same-path" "Two operations have one method and one path, names of parameters aside; the first counts.";
    OPENAPI_NO_OPERATION_ID Note "openapi/no-operation-id" "An operation without an `operationId` is named after its method and path.";
    OPENAPI_SAME_OPERATION_ID Warning "openapi/same-operation-id" "Two operations have one `operationId`, which names the first of them alone.";
    OPENAPI_PARAMETER Warning "openapi/parameter" "A parameter lacks what it takes to be sent: a name, or a place that the format knows.";
    OPENAPI_PARAMETER_TWICE Warning "openapi/parameter-twice" "A list holds two parameters of one name and place, or two bodies.";
    OPENAPI_PARAMETER_ABSENT Warning "openapi/parameter-absent" "A path parameter is declared and does not stand in the path.";
    OPENAPI_UNDECLARED_PARAMETER Warning "openapi/undeclared-parameter" "A parameter stands in the path and is not declared.";
    OPENAPI_RESERVED_HEADER Note "openapi/reserved-header" "A header parameter that the client sends itself is no parameter.";
    OPENAPI_QUERY_STRING Note "openapi/query-string" "A parameter that is the whole query is sent as the members of its schema.";
    OPENAPI_STYLE Warning "openapi/style" "A parameter has a style that its place does not have.";
    OPENAPI_STATUS Warning "openapi/status" "A response stands under what is no status of HTTP.";
    OPENAPI_SAME_MEDIA_TYPE Note "openapi/same-media-type" "Two media types of a body differ in their parameters only.";
    OPENAPI_NO_SCHEMA Warning "openapi/no-schema" "A body has neither a schema nor an example, so nothing is known of it.";
    OPENAPI_EXTERNAL_EXAMPLE Note "openapi/external-example" "An example stands elsewhere, and nothing is fetched.";
    OPENAPI_SECURITY_SCHEME Warning "openapi/security-scheme" "A security scheme is not defined, or of a kind that the client does not apply itself.";
    OPENAPI_RELATIVE_SERVER Note "openapi/relative-server" "No host is named, so the caller names one.";
    OPENAPI_SERVER_VARIABLE Warning "openapi/server-variable" "A variable of a server is not declared.";
    OPENAPI_SERVER_URL Warning "openapi/server-url" "A server has no address that can be called over HTTP.";
    OPENAPI_REFERENCE Error "openapi/reference" "A reference names a file that is not there.";
    OPENAPI_MISSING_DEFINITION Warning "openapi/missing-definition" "A reference names something that its document does not have.";
    OPENAPI_LOOSE_REFERENCE Warning "openapi/loose-reference" "A reference is spelled so that other readers find nothing; what it must mean is there.";
    OPENAPI_REMOTE_REFERENCE Error "openapi/remote-reference" "A reference leads to another machine; nothing is fetched, so the file has to be put beside the description.";
    OPENAPI_REFERENCE_OUTSIDE Error "openapi/reference-outside" "A reference leads out of the folder of the description.";
    OPENAPI_ALL_OF_CIRCLE Warning "openapi/all-of-circle" "Schemas are `allOf` each other in a circle, which says nothing beside what else they are.";
    OPENAPI_CYCLE Error "openapi/cycle" "References or `allOf` go in a circle in which nothing says what a value is.";
    OPENAPI_REFERENCE_SIBLINGS Note "openapi/reference-siblings" "Keywords stand beside a `$ref`, where OpenAPI before 3.1 ignores them.";
    OPENAPI_NOT_A_SCHEMA Warning "openapi/not-a-schema" "A schema is neither an object nor a boolean.";
    OPENAPI_UNKNOWN_TYPE Warning "openapi/unknown-type" "The type of a schema is none of JSON Schema's.";
    OPENAPI_NO_ITEMS Warning "openapi/no-items" "An array does not say what its elements are.";
    OPENAPI_REQUIRED_UNDECLARED Warning "openapi/required-undeclared" "A required name is no property of its schema.";
    OPENAPI_REQUIRED_FLAG Warning "openapi/required-flag" "A property says itself that it is required, which is no word of the format.";
    OPENAPI_ENUM_TYPE Warning "openapi/enum-type" "A list of values is empty or does not fit the type beside it.";
    OPENAPI_DISCRIMINATOR Note "openapi/discriminator" "A discriminator maps a value to a schema that its union does not list.";
    OPENAPI_IGNORED_KEYWORD Note "openapi/ignored-keyword" "A keyword says what no type can; the generated code does not check it.";
    OPENAPI_APPROXIMATED Note "openapi/approximated" "A schema is read as a wider one, since there is no type for it.";

    // exchange: requests and responses as they were sent
    EXCHANGE_NOT_JSON Warning "exchange/not-json" "A sample body that is announced as JSON, or looks like it, cannot be read as JSON.";
    EXCHANGE_LITERAL_SECRET Note "exchange/literal-secret" "A credential is written out in the source; it is left behind.";
    EXCHANGE_INFERRED_PATH_PARAMETER Note "exchange/inferred-path-parameter" "Paths that differ in an identifier only are one path with a parameter.";

    // curl
    CURL_UNTERMINATED Warning "curl/unterminated" "A quotation mark is never closed, so the command has no end and is not read.";
    CURL_UNKNOWN_OPTION Warning "curl/unknown-option" "An option is none of curl's.";
    CURL_UNQUOTED_URL Warning "curl/unquoted-url" "A URL with `&` stands without quotation marks, so that a shell would cut it.";
    CURL_NO_URL Warning "curl/no-url" "A command names no URL, so there is nothing that could be called.";
    CURL_INVALID_METHOD Warning "curl/invalid-method" "The value of `-X` is no token (RFC 9110 section 5.6.2) and cannot be sent.";
    CURL_HEADER Warning "curl/header" "The value of `-H` is no header.";
    CURL_NO_COMMAND Error "curl/no-command" "The file is taken for curl commands, and none of them can be read.";

    // har
    HAR_EMPTY Error "har/empty" "No entry of the recording calls an API.";
    HAR_ENTRY Warning "har/entry" "An entry of the recording has no request that can be read.";
    HAR_OTHER_ORIGIN Note "har/other-origin" "A recording holds requests to several origins; the API is the one that most of them go to.";

    // markdown
    MARKDOWN_NO_OPERATION Error "markdown/no-operation" "A page has no line with a method and a path, so it describes no operation.";
    MARKDOWN_ROW_WITHOUT_NAME Warning "markdown/row-without-name" "A row of a table has lost the cell with its name, and the others stand one column too far left.";
    MARKDOWN_NOT_JSON Warning "markdown/not-json" "A text that begins like JSON cannot be read as JSON.";
    MARKDOWN_ELIDED Warning "markdown/elided" "An example leaves members out, so what is absent there may be present elsewhere.";
    MARKDOWN_EXAMPLE Note "markdown/example" "An example stands where nothing says whether it is sent or answered.";
    MARKDOWN_TABLE Note "markdown/table" "A table has no column that names parameters or members, so nothing is read from it.";
    MARKDOWN_TYPE Note "markdown/type" "A type is told in words that mean nothing here.";
    MARKDOWN_PATH_PARAMETER Warning "markdown/path-parameter" "A parameter of a path is described nowhere, so its type is assumed.";
    MARKDOWN_SHOWN_PARAMETER Note "markdown/shown-parameter" "A command sends a parameter that no table describes.";
    MARKDOWN_PARAMETER_NAME Warning "markdown/parameter-name" "A sample calls a parameter of the path by another name than the line of the operation.";

    // infer
    INFER_BACK_REFERENCE Note "infer/back-reference" "An empty object in a generated sample is assumed to repeat the schema of the record beside it whose name ends with the same word.";
    INFER_KIND_CONFLICT Warning "infer/kind-conflict" "Samples disagree about the kind of a value; what was printed from a schema counts more than an example, and an example more than made-up values.";
    INFER_LARGE_INTEGER Warning "infer/large-integer" "An integer in a sample needs more than 64 bits.";
    INFER_MANY_KINDS Note "infer/many-kinds" "A value has so many kinds that a union of them would say nothing.";

    INFER_STATEMENTS_DISAGREE Warning "infer/statements-disagree" "Two places state different things of one value; the one that allows more counts.";
    INFER_VALUE_NOT_STATED Note "infer/value-not-stated" "A sample has a value that is not among those that are said to be all.";

    // overrides
    OVERRIDES_UNUSED Error "overrides/unused" "An entry of `types`, `nullable`, `required`, `enums` or `names.fields` matches nothing; it would rot unnoticed.";
    OVERRIDES_UNKNOWN_TYPE Error "overrides/unknown-type" "A type that the user writes names a type that the crate does not have.";
    OVERRIDES_MISPLACED Error "overrides/misplaced" "What the user decides cannot be said of a value at that place.";

    // merge
    MERGE_TYPE_CONFLICT Warning "merge/type-conflict" "Two sources state different kinds of value for one position; the one of higher standing counts.";
    MERGE_SAMPLE_CONTRADICTS Warning "merge/sample-contradicts" "A sample has a value of a kind that its description does not allow; the description counts.";
    MERGE_DIFFERENT_APIS Warning "merge/different-apis" "Sources of one crate share no server and no path, so they may describe different APIs.";
    MERGE_JSON_SUFFIX Note "merge/json-suffix" "Two sources spell one path with and without `.json`; they are taken for one operation.";
    MERGE_LONG_ADDRESS Warning "merge/long-address" "A path or a server has an address that is longer than any server takes; it is left out.";
    MERGE_SECURITY_SCHEME Warning "merge/security-scheme" "Two sources use one name for different ways to authenticate; the first counts.";

    // normalize
    NORMALIZE_CYCLIC_ALL_OF Warning "normalize/cyclic-all-of" "A schema is a part of itself by `allOf`, which says nothing.";
    NORMALIZE_ALL_OF_CONFLICT Warning "normalize/all-of-conflict" "The parts of an `allOf` exclude one another, so no value is all of them; the first counts.";
    NORMALIZE_APPROXIMATED Note "normalize/approximated" "Schemas together say more than types can; the types are wider.";

    // plan
    PLAN_NO_OPERATION Error "plan/no-operation" "Nothing that can be called is left, so there is no crate to write.";
    PLAN_UNUSED_SKIP Error "plan/unused-skip" "An entry of `skip` matches no operation; it would rot unnoticed.";
    PLAN_UNUSED_NAME Error "plan/unused-name" "An entry of `names` matches nothing; it would rot unnoticed.";
    PLAN_UNUSED_IDEMPOTENCY Error "plan/unused-idempotency" "An entry of `idempotency` matches no operation; it would rot unnoticed.";
    PLAN_INVALID_NAME Error "plan/invalid-name" "A chosen name is no identifier of Rust, or one that is taken.";
    PLAN_NUMBERED_NAME Warning "plan/numbered-name" "Nothing in the sources tells types apart that would have one name, so they are numbered.";
    PLAN_NAME_COLLISION Error "plan/name-collision" "Two things would have one name, and nothing in the sources tells them apart.";
    PLAN_INVALID_WIRE_NAME Warning "plan/invalid-wire-name" "A name cannot be sent as the source spells it, such as a header with a blank in it.";
    PLAN_IGNORED_HEADER Note "plan/ignored-header" "A header that the client itself decides is described as a parameter, which OpenAPI says to ignore.";
    PLAN_RIVAL_CREDENTIALS Note "plan/rival-credentials" "Security schemes that set the same header are required together; each call is sent with one of them.";
    PLAN_PART_HEADER Note "plan/part-header" "A header of a form's part has no place in the type of its member, so it is not sent.";
    PLAN_MESSAGES Note "plan/messages" "The API sends messages of its own accord; the crate has their types and receives nothing.";
    PLAN_ENDLESS_TYPE Note "plan/endless-type" "Members that are always there lead round in a circle; one of them may be left out, or no value would have an end.";
    PLAN_APPROXIMATED_TYPE Note "plan/approximated-type" "A schema has no exact counterpart among the generated types; a wider type stands in for it.";
    PLAN_NO_RESPONSE Warning "plan/no-response" "No source says what an operation answers; its value is any JSON.";
    PLAN_PAGINATION Note "plan/pagination" "A source says that a list is read page by page, and nothing says with which parameters; the call gives one page.";
    PLAN_PAGINATION_LIST Error "plan/pagination-list" "Pages that the user describes hold no list that can be found.";
    PLAN_UNUSED_PAGINATION Error "plan/unused-pagination" "An entry of `pagination` matches no operation; it would rot unnoticed.";
    PLAN_SAMPLE_DIFFERS Note "plan/sample-differs" "A saved example is not what the type of its body says, because other samples say otherwise; it is no test.";

    // init
    INIT_EXISTS Error "init/exists" "The folder has a configuration, which is not written over.";
    INIT_NOTHING Error "init/nothing" "The folder holds nothing that a crate could be made of.";

    // names
    NAMES_SYNTAX Error "names/syntax" "A line of names.lock cannot be read, so a name would be lost.";
    NAMES_TWICE Error "names/twice" "One thing has two lines in names.lock.";
    NAMES_INVALID Error "names/invalid" "A name of names.lock is no identifier of Rust for what it stands for, or one that is taken.";
    NAMES_COLLISION Error "names/collision" "Two things have one name in names.lock.";
    NAMES_UNKNOWN Error "names/unknown" "A name that is to be changed is none of the crate's, or cannot be what it is to become.";
    NAMES_MENTIONED Warning "names/mentioned" "letterpress.yaml speaks of something by the name that it had.";
    NAMES_GONE Note "names/gone" "Names of names.lock stand for what the sources do not have any more; they are free again.";
    NAMES_FOUND_AGAIN Note "names/found-again" "A type moved in its source, or was renamed there; it is known by its members and keeps its name.";
    NAMES_GIVEN_UP Warning "names/given-up" "A name of an earlier version is not the name of anything any more; where Rust allows it, it stays as a deprecated alias.";
    NAMES_ALIAS_ENDED Note "names/alias-ended" "A deprecated alias has been kept as long as was promised, or its name is needed; it is gone.";

    // render
    RENDER_MISMATCH Error "render/mismatch" "The printed text does not read back as what was planned: a fault of Letterpress; nothing is written.";

    // diff: what changed since the last release
    DIFF_VERSION Error "diff/version" "The version of letterpress.yaml is lower than what changed since the last release asks for.";
    DIFF_RELEASED Error "diff/released" "The record of the released version cannot be read.";
    DIFF_NOTHING Error "diff/nothing" "There is nothing to release: the version is released already, and nothing has changed.";

    // output
    OUTPUT_PATH Error "output/path" "A path that is to be written is not a plain path inside the crate's folder.";
    OUTPUT_SYMLINK Error "output/symlink" "Writing through a symbolic link could change files elsewhere.";
    OUTPUT_FOREIGN Error "output/foreign" "A file that was not made by a former run stands where one is to be written.";
    OUTPUT_EDITED Warning "output/edited" "A file of a former run was edited by hand, so it is kept although nothing makes it any more.";
    OUTPUT_IO Error "output/io" "The operating system refused to read or write a file.";
    OUTPUT_DRIFT Error "output/drift" "The files differ from what would be generated now.";
    OUTPUT_RECOVERED Note "output/recovered" "A former run was interrupted while it wrote; its work was completed or undone first.";

}

impl Code {
    fn entry(self) -> &'static Entry {
        // Every `Code` is made by the macro above from an index into the list that the same macro writes.
        static UNKNOWN: Entry = Entry {
            name: "letterpress/unknown",
            severity: Severity::Error,
            explanation: "",
        };
        ENTRIES.get(self.0).unwrap_or(&UNKNOWN)
    }

    /// The name that is printed, such as `json/duplicate-key`.
    pub fn as_str(self) -> &'static str {
        self.entry().name
    }

    /// The severity that findings with this code have unless they say otherwise.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// One or two sentences: what the code means and why it matters.
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    /// All codes, in the order of the catalogue.
    pub fn all() -> impl Iterator<Item = Code> {
        (0..ENTRIES.len()).map(Code)
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_well_formed() {
        let mut seen = BTreeSet::new();
        for code in Code::all() {
            let name = code.as_str();
            assert!(seen.insert(name), "{name} stands twice in the catalogue");
            let (module, rest) = name.split_once('/').expect("module/name");
            for part in [module, rest] {
                assert!(
                    !part.is_empty()
                        && part
                            .bytes()
                            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                    "{name}"
                );
            }
            assert!(
                code.explanation().ends_with('.'),
                "{name} has no explanation"
            );
        }
    }
}

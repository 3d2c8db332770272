//! The fixtures: beside each input what was understood, what was said, and what was complained about.

use insta::Settings;
use letterpress::diagnostic::render::Printer;
use letterpress::diagnostic::{Diagnostics, Severity};
use letterpress::source::{Given, load_project};
use letterpress_tests::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

macro_rules! fixtures {
    ($($test:ident $folder:literal,)*) => {
        const FOLDERS: &[&str] = &[$($folder),*];
        $(#[test] fn $test() { compare($folder) })*
    };
}

fixtures! {
    bad_config_crate_name "bad-config-crate-name",
    bad_config_filters "bad-config-filters",
    bad_config_missing_source "bad-config-missing-source",
    bad_config_not_yaml "bad-config-not-yaml",
    bad_config_overrides "bad-config-overrides",
    bad_config_pagination "bad-config-pagination",
    bad_config_pagination_unused "bad-config-pagination-unused",
    bad_config_refs "bad-config-refs",
    bad_config_runtime "bad-config-runtime",
    bad_config_same_source_twice "bad-config-same-source-twice",
    bad_config_unknown_key "bad-config-unknown-key",
    bad_config_unused "bad-config-unused",
    bad_config_url "bad-config-url",
    bad_config_wrong_type "bad-config-wrong-type",
    bad_empty_file "bad-empty-file",
    bad_environment_alone "bad-environment-alone",
    bad_every_item_unreadable "bad-every-item-unreadable",
    bad_graphql_schema "bad-graphql-schema",
    bad_json_ends_early "bad-json-ends-early",
    bad_json_name_twice "bad-json-name-twice",
    bad_json_too_deep "bad-json-too-deep",
    bad_json_trailing_text "bad-json-trailing-text",
    bad_names_lock "bad-names-lock",
    bad_not_a_description "bad-not-a-description",
    bad_not_utf8 "bad-not-utf8",
    bad_openapi "bad-openapi",
    bad_openapi_references "bad-openapi-references",
    bad_overlay "bad-overlay",
    bad_page_without_json "bad-page-without-json",
    bad_prose "bad-prose",
    bad_wrong_kinds "bad-wrong-kinds",
    config_names_and_skips "config-names-and-skips",
    config_filters "config-filters",
    config_overlays "config-overlays",
    config_overrides "config-overrides",
    config_pagination "config-pagination",
    config_refs "config-refs",
    config_runtime "config-runtime",
    curl_commands "curl-commands",
    envelopes_kept "envelopes-kept",
    envelopes_unwrapped "envelopes-unwrapped",
    har_recording "har-recording",
    idempotency_keys "idempotency-keys",
    infer_arrays_joined "infer-arrays-joined",
    infer_back_references "infer-back-references",
    infer_circular_reference "infer-circular-reference",
    infer_discriminated_union "infer-discriminated-union",
    infer_formats "infer-formats",
    infer_lenient_kinds "infer-lenient-kinds",
    infer_one_type_for_one_thing "infer-one-type-for-one-thing",
    infer_optional_and_nullable "infer-optional-and-nullable",
    infer_placeholders "infer-placeholders",
    infer_random_names_are_a_map "infer-random-names-are-a-map",
    infer_record_or_map "infer-record-or-map",
    infer_recursion "infer-recursion",
    infer_sent_and_received "infer-sent-and-received",
    markdown_commands "markdown-commands",
    markdown_lost_marks "markdown-lost-marks",
    markdown_marked "markdown-marked",
    names_awkward "names-awkward",
    names_below_tags "names-below-tags",
    names_equal_siblings "names-equal-siblings",
    names_generic_take_their_parents "names-generic-take-their-parents",
    names_hostile "names-hostile",
    names_numbered "names-numbered",
    names_kept "names-kept",
    openapi_additional_properties "openapi-additional-properties",
    openapi_big_objects "openapi-big-objects",
    openapi_discriminator_2_0 "openapi-discriminator-2-0",
    openapi_discriminator_3_0 "openapi-discriminator-3-0",
    openapi_discriminator_3_2 "openapi-discriminator-3-2",
    openapi_discriminator_values "openapi-discriminator-values",
    openapi_documentation "openapi-documentation",
    openapi_enumerations_2_0 "openapi-enumerations-2-0",
    openapi_enumerations_3_0 "openapi-enumerations-3-0",
    openapi_enumerations_3_1 "openapi-enumerations-3-1",
    openapi_equal_structures "openapi-equal-structures",
    openapi_equal_titles "openapi-equal-titles",
    openapi_files "openapi-files",
    openapi_ignored_keywords "openapi-ignored-keywords",
    openapi_loose_references "openapi-loose-references",
    openapi_nullable_2_0 "openapi-nullable-2-0",
    openapi_nullable_3_0 "openapi-nullable-3-0",
    openapi_nullable_3_1 "openapi-nullable-3-1",
    openapi_only_messages "openapi-only-messages",
    openapi_only_types "openapi-only-types",
    openapi_operations "openapi-operations",
    openapi_required_cycle "openapi-required-cycle",
    openapi_paging "openapi-paging",
    openapi_security_2_0 "openapi-security-2-0",
    openapi_security_3_1 "openapi-security-3-1",
    openapi_streams_3_0 "openapi-streams-3-0",
    openapi_streams_3_2 "openapi-streams-3-2",
    openapi_servers "openapi-servers",
    openapi_tolerance "openapi-tolerance",
    openapi_tuples "openapi-tuples",
    openapi_tuples_draft_4 "openapi-tuples-draft-4",
    openapi_unions_ranked "openapi-unions-ranked",
    pages_one_operation "pages-one-operation",
    pages_switched_off "pages-switched-off",
    postman_array_of_items "postman-array-of-items",
    postman_auth_from_samples "postman-auth-from-samples",
    postman_auth_kinds "postman-auth-kinds",
    postman_auth_old_form "postman-auth-old-form",
    postman_bare_item "postman-bare-item",
    postman_body_file "postman-body-file",
    postman_body_form_data "postman-body-form-data",
    postman_body_graphql "postman-body-graphql",
    postman_body_raw "postman-body-raw",
    postman_body_text "postman-body-text",
    postman_body_urlencoded "postman-body-urlencoded",
    postman_duplicates_joined "postman-duplicates-joined",
    postman_environment "postman-environment",
    postman_example_lenient "postman-example-lenient",
    postman_example_not_json "postman-example-not-json",
    postman_examples_of_kinds "postman-examples-of-kinds",
    postman_folders "postman-folders",
    postman_graphql_queries "postman-graphql-queries",
    postman_headers "postman-headers",
    postman_headers_of_all_requests "postman-headers-of-all-requests",
    postman_item_skipped "postman-item-skipped",
    postman_literal_identifiers "postman-literal-identifiers",
    postman_literal_secret "postman-literal-secret",
    postman_literal_secret_bodies "postman-literal-secret-bodies",
    postman_no_response "postman-no-response",
    postman_paging "postman-paging",
    postman_parameter_table "postman-parameter-table",
    postman_path_variables "postman-path-variables",
    postman_peer_arrays_of_objects "postman-peer-arrays-of-objects",
    postman_peer_auth_kinds "postman-peer-auth-kinds",
    postman_peer_bodies_of_delete "postman-peer-bodies-of-delete",
    postman_peer_conflicting_samples "postman-peer-conflicting-samples",
    postman_peer_disabled_parameters "postman-peer-disabled-parameters",
    postman_peer_host_as_text "postman-peer-host-as-text",
    postman_peer_integers "postman-peer-integers",
    postman_peer_leading_zeros "postman-peer-leading-zeros",
    postman_peer_lost_enumeration "postman-peer-lost-enumeration",
    postman_peer_no_raw "postman-peer-no-raw",
    postman_peer_one_type "postman-peer-one-type",
    postman_peer_original_request "postman-peer-original-request",
    postman_peer_patch "postman-peer-patch",
    postman_peer_path_parameters "postman-peer-path-parameters",
    postman_peer_repeated_form_keys "postman-peer-repeated-form-keys",
    postman_peer_repeated_query_keys "postman-peer-repeated-query-keys",
    postman_peer_requests_as_text "postman-peer-requests-as-text",
    postman_peer_typed_bodies "postman-peer-typed-bodies",
    postman_peer_unknown_method "postman-peer-unknown-method",
    postman_protocol_behavior "postman-protocol-behavior",
    postman_query "postman-query",
    postman_query_styles "postman-query-styles",
    postman_request_as_text "postman-request-as-text",
    postman_several_hosts "postman-several-hosts",
    postman_several_statuses "postman-several-statuses",
    postman_statuses_of_shapes "postman-statuses-of-shapes",
    postman_streams "postman-streams",
    postman_tool_page "postman-tool-page",
    postman_url_as_text "postman-url-as-text",
    postman_url_disagrees "postman-url-disagrees",
    postman_utf_16 "postman-utf-16",
    postman_variable_cycle "postman-variable-cycle",
    postman_variables_in_requests "postman-variables-in-requests",
    postman_version_1 "postman-version-1",
    postman_version_3 "postman-version-3",
    postman_wrapped_collection "postman-wrapped-collection",
    server_from_config "server-from-config",
    server_variables "server-variables",
    two_files_one_api "two-files-one-api",
}

#[test]
fn every_folder_is_a_test() {
    let folders: BTreeSet<String> = fs::read_dir(root().join("tests/fixtures"))
        .expect("the fixtures")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let listed: BTreeSet<String> = FOLDERS.iter().map(|folder| (*folder).to_owned()).collect();
    assert_eq!(folders, listed);
}

/// What a run over a fixture gave. A part is empty where the run did not come that far.
struct Run {
    model: String,
    rust: String,
    /// The names that the crate gives away, where it had some before.
    lock: String,
    diagnostics: String,
}

fn run(folder: &str) -> Run {
    let name = folder.to_owned();
    let folder = Path::new("fixtures").join(folder);
    let config = Some(folder.join("letterpress.yaml")).filter(|path| path.exists());
    let mut diagnostics = Diagnostics::new();
    let (environments, sources) = match &config {
        Some(_) => (Vec::new(), Vec::new()),
        None => inputs(&folder),
    };
    let given = Given {
        sources,
        environments,
        name: config.is_none().then(|| "shop".to_owned()),
        config,
        ..Given::default()
    };
    let project = load_project(&given, &mut diagnostics);
    let mut run = Run {
        model: String::new(),
        rust: String::new(),
        lock: String::new(),
        diagnostics: String::new(),
    };
    if !diagnostics.has_errors() {
        let mut findings = Diagnostics::new();
        let model = letterpress::understand(&project.config, &project.files, &mut findings);
        run.model = letterpress::model::dump(&model);
        match letterpress::generate(&project.config, &project.files) {
            Ok(output) => {
                diagnostics.extend(output.diagnostics);
                if folder.join("names.lock").exists() {
                    run.lock = output.names_lock;
                }
                for (path, text) in &output.files {
                    let whole = WITH_PAGES.contains(&name.as_str());
                    let shared = name == "config-runtime"
                        && ["src/lib.rs", "src/runtime.rs"].contains(&path.as_str());
                    if is_about_the_api(path) || (whole && is_page(path)) || shared {
                        run.rust.push_str(&format!("// ---- {path}\n{text}\n"));
                    }
                }
            }
            Err(errors) => diagnostics.extend(errors),
        }
    }
    diagnostics.sort();
    for finding in diagnostics.iter() {
        let told = finding.severity == Severity::Note || finding.help.is_some();
        assert!(told, "{}: {} has no help", finding.code, finding.message);
    }
    run.diagnostics = Printer::new(&project.files, &diagnostics).text(&diagnostics, false);
    if run.diagnostics.is_empty() {
        run.diagnostics.push_str("none");
    }
    run
}

/// The embedded runtime is the same in every crate and has tests of its own; what a mock answers is shown with the pages.
fn is_about_the_api(path: &str) -> bool {
    let other =
        path.starts_with("src/runtime") || path == "src/lib.rs" || path == "src/mock_examples.rs";
    path.starts_with("src/") && !other
}

/// Fixtures that are about what stands beside the code: all files count there.
const WITH_PAGES: &[&str] = &[
    "config-runtime",
    "names-hostile",
    "pages-one-operation",
    "pages-switched-off",
];

fn is_page(path: &str) -> bool {
    [
        "examples/",
        "src/mock_examples.rs",
        "tests/examples.rs",
        "tests/samples.rs",
        "tests/fixtures/",
        "README.md",
        "Cargo.toml",
    ]
    .iter()
    .any(|begin| path.starts_with(begin))
}

/// The files of a fixture that are given as environments, and those that are given as sources.
fn inputs(folder: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a fixture")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_none_or(|extension| extension != "snap" && extension != "new")
        })
        .collect();
    files.sort();
    files.into_iter().partition(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("environment.")
    })
}

fn compare(folder: &str) {
    let run = run(folder);
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(Path::new("fixtures").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, text) in [
            ("model", &run.model),
            ("rust", &run.rust),
            ("lock", &run.lock),
            ("diagnostics", &run.diagnostics),
        ] {
            if name == "diagnostics" || !text.is_empty() {
                insta::assert_snapshot!(name, text);
            } else {
                let stale = root()
                    .join("tests/fixtures")
                    .join(folder)
                    .join(format!("{name}.snap"));
                assert!(
                    !stale.exists(),
                    "{} is of a run that came further",
                    stale.display()
                );
            }
        }
    });
    if !run.rust.is_empty() {
        for part in run.rust.split("// ---- ").skip(1) {
            let (path, text) = part.split_once('\n').expect("a path and a text");
            if !path.ends_with(".rs") {
                continue;
            }
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
    }
}

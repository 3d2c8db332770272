//! What is irregular about the users page of Zendesk, each in a few lines of a page of our own: 26 ways in which a page that
//! people copy differs from one that a machine would print.

use super::reference_pages::understood;
use letterpress::diagnostic::Diagnostics;
use letterpress::model::{Model, dump};
use letterpress::source::{Given, load_project};

/// Names a test for each irregularity by its number.
macro_rules! irregularities {
    ($($number:literal $test:ident $body:block)*) => {
        const NUMBERS: &[u8] = &[$($number),*];
        $(#[test] fn $test() $body)*
    };
}

#[test]
fn each_has_a_test() {
    assert_eq!(NUMBERS, (1..=26).collect::<Vec<u8>>());
}

/// What is understood of files, and what was complained about: codes in their order.
fn read(files: &[(&str, &str)]) -> (String, Vec<String>, Model) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = files.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    });
    let sources: Vec<_> = paths.collect();
    let (model, diagnostics) = match sources.as_slice() {
        [one] => understood(one),
        _ => {
            let given = Given {
                sources,
                name: Some("page".to_owned()),
                ..Given::default()
            };
            let mut diagnostics = Diagnostics::new();
            let project = load_project(&given, &mut diagnostics);
            let model = letterpress::understand(&project.config, &project.files, &mut diagnostics);
            (model, diagnostics)
        }
    };
    let codes = diagnostics.iter().map(|finding| finding.code.to_string());
    let codes = codes.collect();
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    (dump(&model), codes, model)
}

fn page(text: &str) -> (String, Vec<String>, Model) {
    read(&[("users.md", text)])
}

/// A page that describes users and shows one.
fn users(rows: &str, rest: &str) -> (String, Vec<String>, Model) {
    let head = "Users\nJSON format\nUsers are JSON objects:\nName | Type | Read-only | Mandatory | Description |\n---|---|---|---|---|\n";
    let tail = "Show User\nGET /users/{user_id}\nParameters\nName | Type | In | Required | Description |\n---|---|---|---|---|\nuser_id | integer | Path | true | The id |\nExample response(s)\n200 OK\n{\n\"user\": { \"id\": 1 }\n}\n";
    page(&format!("{head}{rows}{rest}{tail}"))
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

#[track_caller]
fn lacks(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "{part:?} is in\n{text}");
    }
}

fn count(codes: &[String], code: &str) -> usize {
    codes.iter().filter(|known| *known == code).count()
}

const ID: &str = "id | integer | true | false | The id |\n";

irregularities! {
    1 a_row_without_its_name_gets_the_one_that_an_example_has {
        let row = "string | false | false | The address | |\n";
        let example = "Example\n{\n\"id\": 1,\n\"email\": \"a@example.com\"\n}\n";
        let (text, codes, _) = users(&format!("{ID}{row}"), example);
        has(&text, &["email?: string", "-- The address"]);
        assert_eq!(count(&codes, "markdown/row-without-name"), 1);
        // Without an example nothing tells the name: the row is left out, and that is said.
        let (text, codes, _) = users(&format!("{ID}{row}"), "");
        lacks(&text, &["The address"]);
        assert_eq!(count(&codes, "markdown/row-without-name"), 1);
    }
    2 headings_without_marks_are_the_lines_above_endpoints {
        let (text, _, _) = page("Users\nList Users\nGET /users\nAll of them.\nDelete User\nDELETE /users/{id}\nGone.\n");
        has(&text, &["names \"List Users\"", "description \"All of them.\"", "names \"Delete User\""]);
    }
    3 keywords_are_spelled_in_many_ways {
        for spelling in ["Allowed For", "Allowed For:", "Allowed for"] {
            let (_, _, model) = page(&format!("Users\nLogout many users\nPOST /users/logout\n{spelling}\n- Admins\n"));
            let operation = &model.operations[0];
            assert_eq!(operation.names[0].text, "Logout many users");
            let docs = operation.docs.description.as_deref().unwrap_or_default();
            has(docs, &["Admins"]);
        }
        for spelling in ["JSON format", "JSON Format", "JSON Format for End Users"] {
            let (text, _, _) = page(&format!("Users\n{spelling}\nName | Type |\n---|---|\nid | integer |\nsize | integer |\nShow User\nGET /users/me\nExample response(s)\n200 OK\n{{ \"user\": {{ \"id\": 1 }} }}\n"));
            has(&text, &["size?: integer"]);
        }
    }
    4 columns_are_called_and_filled_differently {
        let (text, _, _) = users(
            "id | integer | true | true | The id |\nkind | string | false | false | The kind |\n",
            "JSON Format for End Users\nName | Type | Read-only | Mandatory | Comment |\n---|---|---|---|---|\nid | integer | yes | no | The id |\nurl | string | yes | no | The address |\n",
        );
        has(&text, &["id?: integer read-only", "kind?: string -- The kind", "url?: string read-only -- The address"]);
        let (text, _, _) = page("Tickets\nShow Related\nGET /tickets/related\nThe response includes the following properties:\nName | Type | Comment |\n---|---|---|\nopen | integer | Open ones |\nExample response(s)\n200 OK\n{ \"related\": { \"open\": 5 } }\n");
        has(&text, &["open?: integer -- Open ones"]);
    }
    5 tables_that_disagree_give_what_allows_more {
        let (text, codes, _) = users(
            &format!("{ID}created_at | string | true | false | When |\nphoto | object | false | false | A picture |\nlocale | string | false | false | Words |\n"),
            "JSON Format for End Users\nName | Type | Read-only | Mandatory | Comment |\n---|---|---|---|---|\ncreated_at | date | yes | no | When |\nphoto | Attachment | no | no | A picture |\nlocale | string | yes | no | Words |\nExample\n{\n\"id\": 1,\n\"created_at\": \"2009-07-20T22:55:29Z\",\n\"photo\": { \"url\": \"u\", \"size\": 1 },\n\"locale\": \"en\"\n}\n",
        );
        has(&text, &["created_at?: string", "names \"Attachment\" (0)", "locale?: string -- Words"]);
        lacks(&text, &["created_at?: string Date ", "locale?: string read-only"]);
        assert_eq!(count(&codes, "infer/statements-disagree"), 3);
    }
    6 endpoints_of_one_section_are_variants_by_path_or_by_query {
        let (text, codes, model) = page("Users\nList Users\nGET /users\nGET /groups/{group_id}/users\nParameters\nName | Type | In | Required | Description |\n---|---|---|---|---|\nrole | string | Query | false | The role |\nUpdate Many\nPUT /users/update_many\nPUT /users/update_many?ids={ids}\nPUT /users/update_many?external_ids={external_ids}\n");
        assert_eq!(model.operations.len(), 3);
        has(&text, &["names \"List Group Users\"", "query parameter \"ids\" optional", "query parameter \"external_ids\" optional"]);
        assert_eq!(text.matches("query parameter \"role\"").count(), 2);
        assert_eq!(count(&codes, "markdown/path-parameter"), 1);
    }
    7 queries_of_endpoint_lines_are_parameters {
        let (text, _, _) = page("Users\nFind\nGET /users/find?name={name}\nParameters\nName | Type | In | Required | Description |\n---|---|---|---|---|\nname | string | Query | true | How it begins |\n");
        has(&text, &["operation GET /users/find\n", "query parameter \"name\" required"]);
    }
    8 commands_say_json_where_endpoint_lines_do_not {
        let (text, codes, model) = page("Users\nList Users\nGET /users\nCode Samples\ncURL\ncurl https://{subdomain}.example.com/users.json \\\n-u {email}/token:{token}\n");
        assert_eq!(model.operations.len(), 1);
        has(&text, &["operation GET /users\n", "server https://{subdomain}.example.com\n"]);
        assert_eq!(codes, [""; 0]);
    }
    9 names_in_commands_are_bound_by_their_place {
        let (text, codes, _) = page("Users\nShow User\nGET /users/{user_id}\nParameters\nName | Type | In | Required | Description |\n---|---|---|---|---|\nuser_id | integer | Path | true | The id |\nCode Samples\ncURL\ncurl https://example.com/users/{id}.json\n");
        has(&text, &["path parameter \"user_id\" required: integer"]);
        lacks(&text, &["parameter \"id\""]);
        assert_eq!(count(&codes, "markdown/parameter-name"), 1);
    }
    10 one_and_several_of_a_parameter_stand_in_one_table {
        let (text, _, _) = page("Users\nList Users\nGET /users\nParameters\nName | Type | In | Required | Description |\n---|---|---|---|---|\nrole | string | Query | false | One role. Possible values are \"agent\", or \"admin\". Allowed values are \"agent\", or \"admin\". |\nrole[] | string | Query | false | Several, as in role[]={role}&role[]={role} |\nCode Samples\nGo\nurl := \"https://example.com/users?role=agent&role[]=agent\"\n");
        has(&text, &["\"role\" optional: enum \"agent\" | \"admin\"", "\"role[]\" optional: array", "of enum \"agent\" | \"admin\""]);
    }
    11 lists_of_values_have_many_forms_and_some_texts_only_look_like_one {
        let rows = [
            "a | string | false | false | Possible values are \"x\", \"y\", or \"z\" |",
            "b | string | false | false | Possible values are: \"x\", \"y\", null |",
            "c | string | false | false | Possible values: \"x\", \"y\" |",
            "d | string | false | false | Allowed values are \"x\" or \"y\" |",
            "e | string | false | false | It only accepts two possible values: \"x\" and \"y\" |",
            "f | integer | false | false | 0 for a guest, 1 for a member, 2 for a chat agent (Phase 4), and 3 for an owner |",
            "t | string | false | false | Example: \"ian1\" and \"IAN1\" are the same |",
            "u | string | false | false | If both \"locale\" and \"locale_id\" are sent, the first counts |",
            "v | string | false | false | A type such as \"zen:user\" |",
            "w | string | false | false | A name such as \"Eastern Time (US & Canada)\" |",
        ];
        let (text, _, _) = users(&format!("{ID}{}\n", rows.join("\n")), "");
        has(&text, &["a?: enum \"x\" | \"y\" | \"z\"", "b?: enum \"x\" | \"y\" or null", "c?: enum", "d?: enum", "e?: enum", "f?: enum 0 as \"guest\" | 1 as \"member\" | 2 as \"chat agent\" | 3 as \"owner\""]);
        has(&text, &["t?: string --", "u?: string --", "v?: string --", "w?: string --"]);
    }
    12 code_that_became_lines_of_its_own_is_joined_again {
        let (_, _, model) = page("Users\nShow Self\nGET /users/me\nThe endpoint returns user information and an authenticity_token\n.\nA time_zone\nname consists of words.\n");
        let docs = model.operations[0].docs.description.clone().expect("text");
        has(&docs, &["authenticity_token", "time_zone"]);
        lacks(&docs, &["\n.", "\nname consists"]);
    }
    13 what_is_no_json_is_read_as_far_as_it_is {
        let elided = "Time zones\nSet it like this:\n{\n\"user\": {\n\"id\": 1,\n\"zone\": \"Berlin\",\n...\n}\n}\n";
        let fragment = "User Fields\nYou can use the fields object. Example:\n\"fields\": {\n\"level\": \"silver\",\n\"expires\": \"never\"\n}\n";
        let (text, codes, _) = users(&format!("{ID}zone | string | true | false | Where |\n"), &format!("{elided}{fragment}"));
        has(&text, &["zone?: string"]);
        assert_eq!(count(&codes, "markdown/elided"), 1);
        assert_eq!(count(&codes, "markdown/not-json"), 0);
    }
    14 json_ends_with_its_braces_and_not_with_its_indentation {
        let (text, _, _) = page("Users\nList Users\nGET /users\nExample response(s)\n200 OK\n{\n\"users\": [\n{ \"id\": 10071, \"name\": \"}\" },\n{\n\"id\": 2,\n\"name\": \"B\"\n}\n]\n}\nThat is all.\n");
        has(&text, &["example  {\"users\": [{\"id\": 10071, \"name\": \"}\"}, {\"id\": 2, \"name\": \"B\"}]}"]);
    }
    15 a_comment_repeats_the_status_and_null_is_no_body {
        let (text, _, model) = page("Users\nLogout\nPOST /users/logout\nExample response(s)\n202 Accepted\n// Status 202 Accepted\nnull\n");
        has(&text, &["response 202 without body"]);
        assert_eq!(model.operations[0].responses.len(), 1);
    }
    16 an_error_stands_in_the_middle_of_text {
        let (text, _, _) = page("Users\nShow Status\nGET /users/status\nFor others:\nStatus: 404\n{\n\"error\": \"RecordNotFound\",\n\"description\": \"Not found\"\n}\nExample response(s)\n200 OK\n{ \"status\": { \"id\": 1 } }\n");
        has(&text, &["response 404\n", "error?: string", "response 200\n"]);
    }
    17 statuses_stand_in_sentences_alone {
        let (text, _, _) = page("Users\nCreate Many\nPOST /users/create_many\nThe endpoint returns a 403 Forbidden response to others. When the limit is reached, it returns a 429 Too Many Requests response.\nExample response(s)\n200 OK\n{ \"job\": { \"id\": \"a\" } }\n");
        has(&text, &["response 200\n", "response 403 without body", "response 429 without body"]);
    }
    18 members_stand_in_sentences_alone {
        let (text, _, _) = page("Users\nCreate User\nPOST /users\nTo send no mail, include a \"skip_verify_email\": true\nproperty.\nExample body\n{\n\"user\": { \"name\": \"A\", \"identities\": [ { \"type\": \"email\", \"value\": \"v\" } ], \"organization\": { \"name\": \"O\" } }\n}\n");
        has(&text, &["skip_verify_email?: boolean", "identities?: array", "organization?: object"]);
    }
    19 bodies_of_text_and_of_commands_are_samples_of_one {
        let (text, _, _) = page("Users\nUpdate Many\nPUT /users/update_many\nExample body\n{\n\"users\": [ { \"id\": 10071, \"name\": \"N\" } ]\n}\nCode Samples\ncURL\ncurl https://example.com/users/update_many.json \\\n-d '{\"users\": [{\"external_id\": \"123\", \"verified\": true}]}' \\\n-H \"Content-Type: application/json\" -X PUT\n");
        has(&text, &["name?: string", "external_id?: string", "verified?: boolean"]);
        // What the page gives as the example stays the only one.
        assert_eq!(text.matches("      example ").count(), 1);
    }
    20 hidden_addresses_are_text_and_other_languages_show_no_bodies {
        let (text, _, _) = page("Users\nCreate User\nPOST /users\nExample body\n{\n\"user\": { \"email\": \"[email protected]\" }\n}\nCode Samples\nJava\nRequestBody body = RequestBody.create(\"{\\\"user\\\": {\\\"email\\\": \\\"roge@example.org\\\", \\\"only_in_java\\\": 1}}\");\nExample response(s)\n201 Created\n{ \"user\": { \"id\": 1, \"email\": \"[email protected]\" } }\n");
        has(&text, &["email?: string"]);
        lacks(&text, &["only_in_java", "roge@example.org"]);
    }
    21 tables_of_limits_list_nothing_of_the_api {
        let (text, codes, _) = page("Users\nUpdate User\nPUT /users/{user_id}\nParameters\nName | Type | In | Required | Description |\n---|---|---|---|---|\nuser_id | integer | Path | true | The id |\nLimits\nThe header Zendesk-RateLimit: total={number} tells.\nRate Limits | Scopes | Interval |\n---|---|---|\nStandard | Account | 1 second |\n");
        lacks(&text, &["Standard", "Scopes"]);
        assert_eq!(count(&codes, "markdown/table"), 1);
    }
    22 of_two_texts_the_page_counts {
        let item = r#"{"name": "Create User", "request": {"method": "POST", "description": "10 calls per second", "url": "{{baseUrl}}/users"}}"#;
        let page = "Users\nCreate User\nPOST /users\n1 call per second.\nExample body\n{ \"user\": { \"name\": \"A\" } }\n";
        for files in [
            [("item.json", item), ("users.md", page)],
            [("users.md", page), ("item.json", item)],
        ] {
            let (text, _, model) = read(&files);
            assert_eq!(model.operations.len(), 1);
            has(&text, &["1 call per second"]);
            lacks(&text, &["10 calls"]);
        }
    }
    23 sections_lack_parts_and_headings_stand_in_text {
        let (_, _, model) = page("Users\nCreate User\nPOST /users\nUser role\nWithout a role, it is an end user.\nHeaders\nThere are some.\nLimits\nThere is one.\nExample body\n{ \"user\": { \"name\": \"A\" } }\nDetails\nMore text.\nList Users\nGET /users\n");
        let names: Vec<&str> = model.operations.iter().map(|op| op.names[0].text.as_str()).collect();
        assert_eq!(names, ["List Users", "Create User"]);
        assert_eq!(model.operations.iter().filter(|op| op.request_body.is_some()).count(), 1);
    }
    24 other_languages_show_values_of_parameters {
        let (text, _, _) = page("Users\nCount Users\nGET /users/count\nParameters\nName | Type | In | Required | Description |\n---|---|---|---|---|\npermission_set | integer | Query | false | A role |\nids | string | Query | false | Comma separated |\nCode Samples\nGo\nurl := \"https://example.com/users/count?permission_set=123&ids=1%2C2\"\nbody := `{\"go\": 1}`\nPython\npayload = \"\"\"{\"python\": 1}\"\"\"\nRuby\nbody = %q({\"ruby\": 1})\n");
        has(&text, &["\"permission_set\" optional: integer documented example 123", "\"ids\" optional style Comma: array", "of integer"]);
        lacks(&text, &["\"go\"", "python", "ruby", "request body"]);
    }
    25 who_may_call_stands_behind_the_error {
        let (text, _, model) = page("Users\nShow Statuses\nGET /users/statuses\nWarning: slow.\nStatus: 404\n{ \"error\": \"RecordNotFound\" }\nAllowed For\n- Agents, with restrictions\nPagination\n- Cursor pagination (recommended)\nNote: fresh.\nExample response(s)\n200 OK\n{ \"statuses\": [ { \"id\": 1 } ] }\n");
        let docs = model.operations[0].docs.description.clone().expect("text");
        has(&docs, &["Warning: slow.", "Agents, with restrictions", "Note: fresh."]);
        has(&text, &["response 404\n", "response 200\n"]);
    }
    26 an_item_and_the_page_authenticate_alike {
        let item = r#"{"name": "Create User", "request": {"method": "POST", "url": "{{baseUrl}}/users"}, "response": [{"name": "OK", "code": 201, "originalRequest": {"method": "POST", "url": "{{baseUrl}}/users", "header": [{"key": "Authorization", "value": "Basic <credentials>"}]}, "body": "{}"}]}"#;
        let page = "Users\nCreate User\nPOST /users\nCode Samples\ncURL\ncurl https://example.com/users.json \\\n-u {email}/token:{api_token} -X POST\n";
        let (text, _, model) = read(&[("item.json", item), ("users.md", page)]);
        assert_eq!((model.operations.len(), model.security_schemes.len()), (1, 1));
        has(&text, &["security scheme \"basic\": Basic", "The user is `{email}/token`."]);
    }
}

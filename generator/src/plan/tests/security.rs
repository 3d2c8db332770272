//! What security schemes and requirements become.

use super::super::sample::{Sample, zendesk};
use super::planned;
use crate::model::*;
use crate::origin::Origins;

#[test]
fn security_names_only_known_schemes() {
    let mut sample = zendesk();
    sample.model.operations[0]
        .security
        .push(SecurityRequirement {
            schemes: vec!["unknown".to_owned()],
            ..SecurityRequirement::default()
        });
    sample.model.security_schemes.push(SecurityScheme {
        name: "key".to_owned(),
        kind: SecurityKind::ApiKey {
            name: "X-Key".to_owned(),
            location: ApiKeyLocation::Header,
        },
        docs: Docs::default(),
        origins: Origins::none(),
    });
    let plan = planned(&sample);
    assert!(
        plan.groups[0]
            .operations
            .iter()
            .all(|operation| operation.security == Some(vec![vec!["basic".to_owned()]]))
    );
    let methods: Vec<&str> = plan
        .client
        .schemes
        .iter()
        .map(|scheme| scheme.method.plain())
        .collect();
    assert_eq!(methods, ["basic", "api_key"]);
}

/// What operations require, by the names of the methods that set it.
#[test]
fn credentials_are_alternatives_of_those_needed_together() {
    let mut sample = Sample::new("locks");
    let key = |location| SecurityKind::ApiKey {
        name: "key".to_owned(),
        location,
    };
    for (name, kind) in [
        ("login", SecurityKind::Basic),
        ("token", SecurityKind::Bearer),
        ("other token", SecurityKind::OAuth2(Vec::new())),
        ("app", key(ApiKeyLocation::Header)),
        ("session", key(ApiKeyLocation::Cookie)),
        ("hawk", SecurityKind::Other("hawk".to_owned())),
        ("certificate", SecurityKind::MutualTls),
    ] {
        sample.model.security_schemes.push(SecurityScheme {
            name: name.to_owned(),
            kind,
            docs: Docs::default(),
            origins: Origins::none(),
        });
    }
    let required: [&[&[&str]]; 6] = [
        &[&["token"], &["app", "session"], &["other token"]],
        // Whoever has a credential sends it.
        &[&[], &["hawk", "certificate"]],
        // A request has one header of a name.
        &[&["app", "login", "token"]],
        &[&["certificate"]],
        &[&["token", "other token"]],
        &[],
    ];
    for (index, alternatives) in required.iter().enumerate() {
        let key = format!("GET /{index}");
        let operation = sample.operation(&key, "", "", None, &[(204, None)]);
        operation.security = alternatives
            .iter()
            .map(|schemes| SecurityRequirement {
                schemes: schemes.iter().map(|&scheme| scheme.to_owned()).collect(),
                ..SecurityRequirement::default()
            })
            .collect();
    }
    let (plan, diagnostics) = sample.plan();
    let mut operations: Vec<_> = plan.groups.iter().flat_map(|g| &g.operations).collect();
    operations.sort_by(|a, b| a.path.cmp(&b.path));
    let security: Vec<String> = operations
        .iter()
        .map(|operation| format!("{:?}", operation.security.as_ref().unwrap()))
        .collect();
    assert_eq!(
        security,
        [
            r#"[["bearer"], ["app", "session"]]"#,
            r#"[["hawk"], []]"#,
            r#"[["app", "basic"], ["app", "bearer"]]"#,
            "[]",
            r#"[["bearer"]]"#,
            "[]",
        ]
    );
    assert!(
        format!("{diagnostics:?}").contains("`app` and `basic` and `bearer` are required together"),
        "{diagnostics:#?}"
    );
}

/// Silence about credentials is not a statement that none is wanted.
#[test]
fn credentials_are_sent_where_no_source_says_anything_about_them() {
    let mut silent = Sample::new("silent");
    silent.operation("GET /a", "", "", None, &[(204, None)]);
    let operation = &planned(&silent).groups[0].operations[0];
    assert_eq!(operation.security, None);

    let mut told = Sample::new("told");
    told.model.security_schemes.push(SecurityScheme {
        name: "basic".to_owned(),
        kind: SecurityKind::Basic,
        docs: Docs::default(),
        origins: Origins::none(),
    });
    told.operation("GET /a", "", "", None, &[(204, None)]);
    let operation = &planned(&told).groups[0].operations[0];
    assert_eq!(operation.security, Some(Vec::new()));
}

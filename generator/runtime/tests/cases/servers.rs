//! Operations that are served elsewhere than the rest: where they go, and which credentials go with them.

use super::support::run;
use crate::runtime::prelude::*;
use crate::runtime::{Auth, Builder, Call, Core, Mock, Op, Options, Server, Variable, call};

static MAIN: Server = Server {
    url: "https://api.example/v1",
    variables: &[],
};
static FILES: Server = Server {
    url: "https://{bucket}.files.example/raw",
    variables: &[Variable {
        name: "bucket",
        default: Some("public"),
        ..Variable::NEW
    }],
};
static AT_MAIN: Op = Op {
    id: "AtMain",
    path: "/a",
    ..Op::NEW
};
static AT_FILES: Op = Op {
    id: "AtFiles",
    path: "/b",
    server: Some(&FILES),
    ..Op::NEW
};
/// The description says that this one takes the credential.
static ASKING: Op = Op {
    security: &[&["token"]],
    ..AT_FILES
};

call! {
    /// A call of anything.
    AnyCall -> serde_json::Value
}

fn core(change: impl FnOnce(&mut Builder)) -> Core {
    let mut builder = Builder::new(&MAIN, "tests");
    builder.set_transport(Mock::new());
    change(&mut builder);
    builder.build().unwrap()
}

fn url(core: &Core, op: &'static Op) -> String {
    let call = AnyCall(Call::new(core, op, &[]));
    call.into_request().unwrap().url()
}

#[test]
fn an_operation_goes_to_its_own_server() {
    let described = core(|_| {});
    assert_eq!(url(&described, &AT_MAIN), "https://api.example/v1/a");
    assert_eq!(
        url(&described, &AT_FILES),
        "https://public.files.example/raw/b"
    );
    let chosen = core(|builder| builder.set_variable("bucket", "mine"));
    assert_eq!(url(&chosen, &AT_FILES), "https://mine.files.example/raw/b");
    let bad = core(|builder| builder.set_variable("bucket", "evil.example/"));
    let call = AnyCall(Call::new(&bad, &AT_FILES, &[]));
    assert!(call.into_request().is_err());
}

#[test]
fn one_address_moves_everything_and_another_one_server() {
    let all = core(|builder| builder.set_base_url("https://proxy.example"));
    assert_eq!(url(&all, &AT_MAIN), "https://proxy.example/a");
    assert_eq!(url(&all, &AT_FILES), "https://proxy.example/b");
    let one = core(|builder| builder.set_server_url(FILES.url, "https://cache.example"));
    assert_eq!(url(&one, &AT_MAIN), "https://api.example/v1/a");
    assert_eq!(url(&one, &AT_FILES), "https://cache.example/b");
}

/// What the server gets as `Authorization`.
fn authorization(
    op: &'static Op,
    client: impl FnOnce(Options) -> Options,
    call: impl FnOnce(AnyCall) -> AnyCall,
    move_to: Option<&str>,
) -> Option<String> {
    let mock = Mock::new().on(op.id, 200, "1");
    let core = core(|builder| {
        builder.set_transport(mock.clone());
        builder.change_options(client);
        if let Some(url) = move_to {
            builder.set_base_url(url);
        }
    });
    run(call(AnyCall(Call::new(&core, op, &[])))).unwrap();
    let requests = mock.requests();
    assert_eq!(requests.len(), 1);
    requests[0].header("authorization").map(str::to_owned)
}

#[test]
fn a_credential_goes_to_another_host_only_where_that_asks_for_it() {
    let scheme = |options: Options| options.credential("token", Auth::bearer("t"));
    let whole = |options: Options| options.auth(Auth::bearer("t"));
    let sent = Some("Bearer t".to_owned());
    assert_eq!(authorization(&AT_MAIN, scheme, |call| call, None), sent);
    assert_eq!(authorization(&AT_MAIN, whole, |call| call, None), sent);
    assert_eq!(authorization(&AT_FILES, scheme, |call| call, None), None);
    assert_eq!(authorization(&AT_FILES, whole, |call| call, None), None);
    assert_eq!(authorization(&ASKING, scheme, |call| call, None), sent);
    assert_eq!(authorization(&ASKING, whole, |call| call, None), sent);
    // What the caller gives one call goes with it, and what is moved to one address has one host.
    let own = |call: AnyCall| call.auth(Auth::bearer("t"));
    assert_eq!(authorization(&AT_FILES, |options| options, own, None), sent);
    let moved = Some("https://proxy.example");
    assert_eq!(authorization(&AT_FILES, scheme, |call| call, moved), sent);
}

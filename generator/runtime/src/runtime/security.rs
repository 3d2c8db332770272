//! Chooses the credentials of a call among those that are set.

use super::{Auth, Core, Error, ErrorKind, Op, Options, Request, Result};

/// The credentials that a call is sent with, those that have to see the whole request last.
pub(super) fn choose(op: &Op, core: &Core, call: &Options, request: &Request) -> Result<Vec<Auth>> {
    // One that the caller has put into a header authorises the call as well.
    let guarded = core.guarded && !request.has_secret();
    let elsewhere = request.base.origin() != core.base.origin();
    let mut chosen = match elsewhere && call.auth.is_none() && op.security == Op::ANY {
        // Where nobody says that it takes a credential, those of the client stay with its server.
        true => all(&[], &call.credentials),
        false => chosen(op, core, call, guarded).map_err(|error| error.of(request, 0))?,
    };
    chosen.retain(|auth| !auth.is_none());
    chosen.sort_by_key(|auth| matches!(auth, Auth::Custom(_)));
    Ok(chosen)
}

/// The credentials of a call, and those of the client that it has none in place of.
fn all(client: &[(&'static str, Auth)], call: &[(&'static str, Auth)]) -> Vec<Auth> {
    let others = client.iter().filter(|(scheme, _)| {
        let mut own = call.iter();
        !own.any(|(known, _)| known == scheme)
    });
    call.iter()
        .chain(others)
        .map(|(_, auth)| auth.clone())
        .collect()
}

fn chosen(op: &Op, core: &Core, call: &Options, guarded: bool) -> Result<Vec<Auth>> {
    let client = &*core.options;
    // The credential of a call is sent always, those of the client where one is asked for.
    if let Some(auth) = &call.auth {
        return Ok(vec![auth.clone()]);
    }
    if op.security.is_empty() {
        return Ok(Vec::new());
    }
    // The client's one credential is in place of its others, and not of those of the call.
    if let Some(auth) = &client.auth
        && call.credentials.is_empty()
    {
        return Ok(vec![auth.clone()]);
    }
    let set = |scheme: &str| {
        let mut credentials = call.credentials.iter().chain(&client.credentials);
        let found = credentials.find(|(known, _)| *known == scheme);
        found.map(|(_, auth)| auth.clone())
    };
    for alternative in op.security {
        if *alternative == ["*"] {
            return Ok(all(&client.credentials, &call.credentials));
        }
        if let Some(all) = alternative.iter().map(|scheme| set(scheme)).collect() {
            return Ok(all);
        }
    }
    if !guarded {
        let first = op.security.first().copied().unwrap_or_default();
        return Ok(first.iter().filter_map(|scheme| set(scheme)).collect());
    }
    let missing = op.security.iter().map(|alternative| {
        let missing = alternative.iter().filter(|scheme| set(scheme).is_none());
        let names: Vec<String> = missing.map(|scheme| format!("`{scheme}`")).collect();
        names.join(" and ")
    });
    let missing: Vec<String> = missing.collect();
    let message = format!(
        "a credential is not set: {}; set it on the client's builder, or `auth(Auth::None)` to call \
         without",
        missing.join(", or ")
    );
    Err(Error::new(ErrorKind::Auth, message))
}

//! The names of a crate to the lines of `names.lock`.

use super::Lock;
use crate::names::RustIdent;
use std::fmt::Write;

/// What the file begins with.
const HEAD: &str = "# The names of this crate by what they stand for. They stay when it is generated again; new ones are added.
# `letterpress rename` changes one, and leaves the old name behind as a deprecated alias.
";

/// The file, its lines sorted.
pub fn text(lock: &Lock) -> String {
    let mut lines = Vec::new();
    let as_chosen = |chosen: &Option<RustIdent>| match chosen {
        Some(chosen) => format!(" as {}", chosen.plain()),
        None => String::new(),
    };
    for (old, alias) in &lock.aliases {
        lines.push(format!("alias {old} = {} since {}", alias.new, alias.since));
    }
    for (key, name) in &lock.builder {
        lines.push(format!("{key} = {}", name.plain()));
    }
    for (key, group) in &lock.groups {
        let (module, handle) = (group.module.plain(), group.handle.plain());
        lines.push(format!(
            "group {key} = {module} {handle} {}",
            group.method.plain()
        ));
    }
    for (key, operation) in &lock.operations {
        let (module, method) = (operation.module.plain(), operation.method.plain());
        let mut line = format!("operation {key} = {module}::{method}");
        line.push_str(&as_chosen(&operation.chosen));
        // Writing to a string does not fail.
        let _ = write!(line, " {}", operation.id.plain());
        if operation.call != operation.id {
            let _ = write!(line, " {}", operation.call.plain());
        }
        lines.push(line);
    }
    for (key, name) in &lock.parameters {
        lines.push(format!("parameter {key} = {}", name.plain()));
    }
    for (key, ty) in &lock.types {
        let chosen = as_chosen(&ty.chosen);
        lines.push(format!("type {key} = {}{chosen}", ty.name.plain()));
    }
    for (key, members) in &lock.members {
        let kind = members.kind.word();
        for (step, name) in &members.names {
            lines.push(format!("{kind} {key}{step} = {}", name.plain()));
        }
    }
    lines.sort_unstable();
    let mut text = HEAD.to_owned();
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

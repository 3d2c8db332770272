//! The lines of `names.lock` to the names of a crate, with a finding for each line that cannot be kept.

use super::{
    Alias, GroupNames, Lock, MemberKind, Members, OperationNames, RustIdent, Target, TypeName,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::names::{is_taken_module, is_taken_type};
use crate::origin::{FileId, Origin, Span};
use std::collections::BTreeMap;

/// Reads the file. Everything that is wrong with it is an error, so that no name is lost unsaid.
pub fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Lock {
    let mut reader = Reader {
        lock: Lock::default(),
        holders: BTreeMap::new(),
        diagnostics,
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let indent = line.len() - line.trim_start().len();
        let origin = Origin {
            file,
            span: Span::new(start + indent, start + indent + content.len()),
        };
        start += line.len();
        if !content.is_empty() && !content.starts_with('#') {
            reader.line(content, origin);
        }
    }
    reader.lock
}

struct Reader<'d> {
    lock: Lock,
    /// Names by the scope in which they must differ, each with its line.
    holders: BTreeMap<(String, String), Origin>,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, origin: Origin) {
        if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
            .iter()
            .any(|mark| line.starts_with(mark))
        {
            let message = "a merge left its marks behind";
            let help = "keep the lines of both sides, remove the marks, and generate again";
            self.fault(Code::NAMES_SYNTAX, message.to_owned(), origin, help);
            return;
        }
        let parts = line
            .rsplit_once(" = ")
            .and_then(|(left, names)| Some((left.split_once(' ')?, names)));
        let Some(((kind, key), names)) = parts else {
            self.unreadable("a line is `kind key = name`", origin);
            return;
        };
        let at = format!("{kind} {key}");
        if let Some(first) = self.lock.places.get(&at) {
            let message = format!("`{at}` stands twice");
            let finding = Diagnostic::new(Code::NAMES_TWICE, message)
                .at(origin)
                .related(*first, "the other line")
                .help("keep one of the lines");
            self.diagnostics.push(finding);
            return;
        }
        self.lock.places.insert(at, origin);
        let read = match kind {
            "alias" => self.alias(key, names),
            "credential" | "server" => self.builder(kind, key, names, origin),
            "group" => self.group(key, names, origin),
            "operation" => self.operation(key, names, origin),
            "parameter" => self.parameter(key, names, origin),
            "type" => self.ty(key, names, origin),
            "field" => self.member(MemberKind::Field, key, names, origin),
            "value" => self.member(MemberKind::Value, key, names, origin),
            "variant" => self.member(MemberKind::Variant, key, names, origin),
            _ => Err(
                "the first word is `alias`, `credential`, `field`, `group`, `operation`, `parameter`, `server`, `type`, `value` or `variant`",
            ),
        };
        match read {
            Ok(()) => {}
            Err(WRONG_NAME) => {
                let message = format!("`{names}` cannot be the name of this {kind}");
                let help = "modules, methods and fields have small letters, types and variants begin with a capital; none is a word that Rust or the runtime has";
                self.fault(Code::NAMES_INVALID, message, origin, help);
            }
            Err(expected) => self.unreadable(expected, origin),
        }
    }

    fn unreadable(&mut self, expected: &str, origin: Origin) {
        let help = format!("{expected}; remove the line to have the name made anew");
        self.fault(
            Code::NAMES_SYNTAX,
            "this line of names.lock cannot be read".to_owned(),
            origin,
            &help,
        );
    }

    fn fault(&mut self, code: Code, message: String, origin: Origin, help: &str) {
        let finding = Diagnostic::new(code, message).at(origin).help(help);
        self.diagnostics.push(finding);
    }

    /// Takes a name in a scope; two in one are an error with both lines.
    fn take(&mut self, scope: String, name: &RustIdent, origin: Origin) {
        let holder = (scope, name.plain().to_owned());
        if let Some(first) = self.holders.get(&holder) {
            let message = format!("two lines give away the name `{}`", name.plain());
            let finding = Diagnostic::new(Code::NAMES_COLLISION, message)
                .at(origin)
                .related(*first, "the other line")
                .help("change one of them, or remove it to have that name made anew");
            self.diagnostics.push(finding);
            return;
        }
        self.holders.insert(holder, origin);
    }

    fn alias(&mut self, old: &str, names: &str) -> Result<(), &'static str> {
        const EXPECTED: &str = "an alias is `alias types::Old = types::New since 0.1.0`";
        let (new, since) = names.split_once(" since ").ok_or(EXPECTED)?;
        let (from, new) = (Target::parse(old), Target::parse(new));
        let (from, new) = from.zip(new).ok_or(EXPECTED)?;
        if std::mem::discriminant(&from) != std::mem::discriminant(&new) {
            return Err("an alias and what stands for it are of one kind");
        }
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let numbers = since.split(['-', '+']).next().unwrap_or_default();
        if numbers.split('.').count() != 3 || !numbers.split('.').all(digits) {
            return Err(EXPECTED);
        }
        let since = since.to_owned();
        self.lock
            .aliases
            .insert(old.to_owned(), Alias { new, since });
        Ok(())
    }

    fn builder(
        &mut self,
        kind: &str,
        key: &str,
        names: &str,
        origin: Origin,
    ) -> Result<(), &'static str> {
        let name = small(names)?;
        self.take("the builder".to_owned(), &name, origin);
        self.lock.builder.insert(format!("{kind} {key}"), name);
        Ok(())
    }

    fn group(&mut self, key: &str, names: &str, origin: Origin) -> Result<(), &'static str> {
        const EXPECTED: &str = "a group is `group tag = module Handle client_method`";
        let words: Vec<&str> = names.split(' ').collect();
        let [module, handle, method] = words.as_slice() else {
            return Err(EXPECTED);
        };
        let group = GroupNames {
            module: module_name(module)?,
            handle: type_name(handle)?,
            method: small(method)?,
        };
        self.take("modules".to_owned(), &group.module, origin);
        self.take("handles".to_owned(), &group.handle, origin);
        self.take("client".to_owned(), &group.method, origin);
        self.lock.groups.insert(key.to_owned(), group);
        Ok(())
    }

    fn operation(&mut self, key: &str, names: &str, origin: Origin) -> Result<(), &'static str> {
        const EXPECTED: &str = "an operation is `operation GET /path = module::method FullName`";
        let mut words: Vec<&str> = names.split(' ').collect();
        let mut chosen = None;
        if words.get(1) == Some(&"as") {
            chosen = Some(small(words.get(2).ok_or(EXPECTED)?)?);
            words.drain(1..3);
        }
        let (path, id, call) = match words.as_slice() {
            [path, id] => (path, id, id),
            [path, id, call] => (path, id, call),
            _ => return Err(EXPECTED),
        };
        let (module, method) = path.split_once("::").ok_or(EXPECTED)?;
        let names = OperationNames {
            module: module_name(module)?,
            method: small(method)?,
            chosen,
            id: capital(id)?,
            call: match id == call {
                true => capital(call)?,
                false => type_name(call)?,
            },
        };
        let scope = format!("methods of {}", names.module.plain());
        self.take(scope, names.shown(), origin);
        self.take("operations".to_owned(), &names.id, origin);
        self.lock.operations.insert(key.to_owned(), names);
        Ok(())
    }

    fn parameter(&mut self, key: &str, names: &str, origin: Origin) -> Result<(), &'static str> {
        const EXPECTED: &str = "a parameter is `parameter GET /path query.name = name`";
        let operations = [" query.", " header.", " cookie."].map(|place| key.split_once(place));
        let operations = operations.into_iter().flatten();
        let operation = operations.map(|(operation, _)| operation).min();
        let operation = operation.ok_or(EXPECTED)?;
        let name = small(names)?;
        self.take(format!("parameters of {operation}"), &name, origin);
        self.lock.parameters.insert(key.to_owned(), name);
        Ok(())
    }

    fn ty(&mut self, key: &str, names: &str, origin: Origin) -> Result<(), &'static str> {
        let (name, chosen) = match names.split_once(" as ") {
            Some((name, chosen)) => (name, Some(type_name(chosen)?)),
            None => (names, None),
        };
        let names = TypeName {
            name: type_name(name)?,
            chosen,
        };
        self.take("types".to_owned(), names.shown(), origin);
        self.lock.types.insert(key.to_owned(), names);
        Ok(())
    }

    fn member(
        &mut self,
        kind: MemberKind,
        key: &str,
        names: &str,
        origin: Origin,
    ) -> Result<(), &'static str> {
        let (owner, step) = split(key)
            .ok_or("what a type has stands behind the type's key: `schema User.photo`")?;
        let name = match kind {
            MemberKind::Field => small(names)?,
            MemberKind::Value | MemberKind::Variant => capital(names)?,
        };
        self.take(format!("members of {owner}"), &name, origin);
        let members = self
            .lock
            .members
            .entry(owner.to_owned())
            .or_insert_with(|| Members {
                kind,
                names: BTreeMap::new(),
            });
        members.names.insert(step.to_owned(), name);
        Ok(())
    }
}

/// The key of a type, and the last step: what is behind the last dot or bar outside of quotation marks.
fn split(key: &str) -> Option<(&str, &str)> {
    let at = match key.strip_suffix('"') {
        // Inside of quotation marks, further ones stand behind a backslash.
        Some(quoted) => quoted.rfind(".\"").max(quoted.rfind("|\""))?,
        None => key.rfind(['.', '|'])?,
    };
    (at > 0).then(|| key.split_at(at))
}

const WRONG_NAME: &str = "wrong name";

/// A name that is kept as it is.
fn name(text: &str) -> Result<RustIdent, &'static str> {
    RustIdent::parse(text).ok_or(WRONG_NAME)
}

fn small(text: &str) -> Result<RustIdent, &'static str> {
    match text.contains(|c: char| c.is_ascii_uppercase()) {
        true => Err(WRONG_NAME),
        false => name(text),
    }
}

fn capital(text: &str) -> Result<RustIdent, &'static str> {
    let first = text.trim_start_matches('_').chars().next();
    let sound = first.is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    match sound && !text.trim_matches('_').contains('_') {
        true => name(text),
        false => Err(WRONG_NAME),
    }
}

fn type_name(text: &str) -> Result<RustIdent, &'static str> {
    match is_taken_type(text) {
        true => Err(WRONG_NAME),
        false => capital(text),
    }
}

fn module_name(text: &str) -> Result<RustIdent, &'static str> {
    let module = small(text)?;
    let raw = module.plain() != module.as_str();
    match raw || is_taken_module(text) || text == "types" {
        true => Err(WRONG_NAME),
        false => Ok(module),
    }
}

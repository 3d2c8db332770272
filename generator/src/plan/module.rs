//! Operations to one module a group, types to one module a family.

use super::client::{Client, client_method};
use super::context::Context;
use super::docs::Doc;
use super::operation::{
    ArgumentType, BodyShape, Named, Operation, Setter, Spelling, Take, Wire, plan_operation,
};
use super::retired::RetiredName;
use super::rust_type::Imports;
use super::schema::{Item, TypeId, Types, ValueKind};
use super::server::server_of;
use crate::diagnostic::Diagnostics;
use crate::model::Style;
use crate::names::{self, Case, RustIdent, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// The way from the client to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupAccess {
    /// The words of the group's name, by which operations refer to it.
    pub(super) key: Vec<String>,
    /// The client's method.
    pub method: RustIdent,
    /// The module, which is also the file's name.
    pub module: RustIdent,
    /// The handle's type.
    pub handle: RustIdent,
    /// What the group is about: `users`.
    pub title: String,
}

/// The operations of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its names.
    pub access: GroupAccess,
    /// What stands above its module.
    pub docs: Doc,
    /// Its operations, sorted by their names.
    pub operations: Vec<Operation>,
    /// Names that its methods and calls had.
    pub retired: Vec<RetiredName>,
    /// What its module imports.
    pub imports: Imports,
}

/// Types that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The module, which is also the file's name.
    pub module: RustIdent,
    /// What its file is about.
    pub title: String,
    /// Its types, the one that it is named by first.
    pub items: Vec<Item>,
    /// What its module imports.
    pub imports: Imports,
}

/// Names of all groups, sorted. Those that had names keep them.
pub(super) fn group_accesses(
    context: &Context<'_>,
    named: &[Named<'_>],
    types: &Types,
) -> Vec<GroupAccess> {
    let groups: BTreeSet<Vec<String>> = named.iter().map(|named| named.group.clone()).collect();
    let lock = &context.config.lock;
    let kept = |key: &[String]| lock.groups.get(&key.join(" "));
    let type_names: BTreeSet<String> = types
        .items
        .iter()
        .map(|item| item.name().plain().to_owned())
        .collect();
    let mut modules = Scope::default();
    let mut handles = Scope::default();
    let mut methods = Scope::default();
    for names in groups.iter().filter_map(|key| kept(key)) {
        modules.take(&names.module);
        handles.take(&names.handle);
        methods.take(&names.method);
    }
    // A module that was renamed is still there under its old name.
    for old in lock.aliases.keys().filter_map(|old| RustIdent::parse(old)) {
        modules.take(&old);
        methods.take(&old);
    }
    groups
        .into_iter()
        .map(|key| {
            if let Some(names) = kept(&key) {
                return GroupAccess {
                    method: names.method.clone(),
                    module: names.module.clone(),
                    handle: names.handle.clone(),
                    title: key.join(" "),
                    key,
                };
            }
            let mut module = names::ident(&key, Case::Snake);
            if names::is_taken_module(module.plain()) || module.plain() != module.as_str() {
                let words: Vec<String> = key
                    .iter()
                    .cloned()
                    .chain(["operations".to_owned()])
                    .collect();
                module = names::ident(&words, Case::Snake);
            }
            while !modules.take(&module) {
                module = module.marked();
            }
            let mut handle = names::ident(&key, Case::Pascal);
            if type_names.contains(handle.plain()) || names::is_taken_type(handle.plain()) {
                let words: Vec<String> = key
                    .iter()
                    .cloned()
                    .chain(["operations".to_owned()])
                    .collect();
                handle = names::ident(&words, Case::Pascal);
            }
            while !handles.take(&handle) || type_names.contains(handle.plain()) {
                handle = handle.marked();
            }
            let mut method = client_method(&key);
            while !methods.take(&method) {
                method = method.marked();
            }
            GroupAccess {
                method,
                module,
                handle,
                title: key.join(" "),
                key,
            }
        })
        .collect()
}

/// Plans the modules of operations.
pub(super) fn plan_groups(
    context: &Context<'_>,
    named: &[Named<'_>],
    bodies: &[BodyShape],
    types: &Types,
    client: &Client,
    diagnostics: &mut Diagnostics,
) -> Vec<Group> {
    let mut taken: BTreeSet<String> = types
        .items
        .iter()
        .map(|item| item.name().plain().to_owned())
        .collect();
    taken.extend(
        client
            .groups
            .iter()
            .map(|group| group.handle.plain().to_owned()),
    );
    let mut operations: BTreeMap<&[String], Vec<Operation>> = BTreeMap::new();
    for (named, body) in named.iter().zip(bodies) {
        let mut operation = plan_operation(
            context,
            named,
            body,
            types,
            &client.schemes,
            &taken,
            diagnostics,
        );
        let server = server_of(&client.others, named.operation);
        operation.server = server.map(|other| other.constant.clone());
        operations.entry(&named.group).or_default().push(operation);
    }
    client
        .groups
        .iter()
        .map(|access| {
            let mut operations = operations.remove(access.key.as_slice()).unwrap_or_default();
            operations.sort_by(|a, b| a.id.cmp(&b.id));
            name_variants(&mut operations);
            let imports = group_imports(&operations);
            Group {
                access: access.clone(),
                docs: Doc::none(),
                operations,
                retired: Vec::new(),
                imports,
            }
        })
        .collect()
}

fn group_imports(operations: &[Operation]) -> Imports {
    let mut imports = Imports::default();
    for name in ["Call", "Core", "Op", "call"] {
        imports.runtime(name);
    }
    for operation in operations {
        imports.mention(&operation.output);
        if !operation.response_spellings.is_empty() {
            imports.runtime("Spellings");
        }
        if let Some(stream) = &operation.stream {
            imports.mention(&stream.item);
            imports.runtime("Framing");
            imports.runtime("Streaming");
        }
        if let Some(paging) = &operation.paging {
            imports.mention(&paging.item);
            imports.runtime("PageStyle");
            imports.runtime("Paging");
            let json = |step: &Take| matches!(step, Take::Json(_));
            if paging.take.iter().any(json) {
                imports.runtime("json_items");
            }
        }
        if let Some(outcome) = &operation.outcome {
            imports.bytes = true;
            imports.runtime("Response");
            imports.runtime("outcome");
            let types = outcome.cases.iter().filter_map(|case| case.ty.as_ref());
            types.for_each(|ty| imports.mention(ty));
        }
        let others = operation
            .variants
            .iter()
            .flat_map(|variant| &variant.arguments);
        let arguments = operation.arguments.iter().chain(others);
        let given = arguments.map(|argument| &argument.ty);
        for ty in given.chain(operation.setters.iter().map(|setter| &setter.ty)) {
            let mut ty = ty;
            if let ArgumentType::Optional(inner) = ty {
                ty = inner;
            }
            match ty {
                ArgumentType::Value(ty) | ArgumentType::Slice(ty) | ArgumentType::Reference(ty) => {
                    imports.mention(ty)
                }
                ArgumentType::Body => imports.runtime("Body"),
                ArgumentType::Text | ArgumentType::Texts | ArgumentType::Optional(_) => {}
            }
        }
        let variants = operation.variants.iter();
        let steps = variants.flat_map(|variant| &variant.steps);
        let sent = operation
            .steps
            .iter()
            .chain(&operation.setters)
            .chain(steps);
        let mut styles = sent.clone().any(has_style);
        let mut json = sent.filter_map(spelling).any(|spelling| spelling.json);
        for given in &operation.path_arguments {
            json |= given.spelling.json;
            // JSON in a hole is spelled plainly.
            styles |= given.spelling.style != Style::Comma || given.spelling.reserved;
        }
        let variants = operation.variants.iter();
        let given = variants.flat_map(|variant| &variant.arguments);
        let maybe = operation.arguments.iter().chain(given).any(|argument| {
            let ArgumentType::Optional(ty) = &argument.ty else {
                return false;
            };
            !matches!(**ty, ArgumentType::Value(_))
        });
        let parts = operation.variants.iter().flat_map(|variant| &variant.parts);
        let parts: Vec<_> = operation.parts.iter().chain(parts).collect();
        styles |= parts.iter().any(|part| part.style != Style::Repeat);
        for (name, used) in [
            ("Part", !parts.is_empty()),
            ("Style", styles),
            ("JsonText", json),
            ("Maybe", maybe),
        ] {
            if used {
                imports.runtime(name);
            }
        }
    }
    imports
}

/// Methods for further media types get names that no other method of the group has.
fn name_variants(operations: &mut [Operation]) {
    let mut methods = Scope::default();
    let mut constants = Scope::default();
    for operation in operations.iter() {
        methods.take(&operation.method);
        constants.take(&operation.constant);
    }
    for variant in operations
        .iter_mut()
        .flat_map(|operation| &mut operation.variants)
    {
        while !methods.take(&variant.method) {
            variant.method = variant.method.marked();
        }
        while let Some(constant) = &variant.constant
            && !constants.take(constant)
        {
            variant.constant = Some(constant.marked());
        }
    }
}

fn spelling(setter: &Setter) -> Option<&Spelling> {
    match &setter.wire {
        Wire::Query(_, spelling) | Wire::Header(_, spelling) | Wire::Cookie(_, spelling) => {
            Some(spelling)
        }
        _ => None,
    }
}

/// Whether the call names a style. A header has one of two methods instead.
fn has_style(setter: &Setter) -> bool {
    match &setter.wire {
        Wire::Query(_, spelling) => spelling.style != Style::Repeat || spelling.reserved,
        Wire::Cookie(_, spelling) => spelling.style != Style::Comma,
        _ => false,
    }
}

/// Plans the modules of types: a type stands in the file of the one type that alone refers to it, and so on up to one
/// that operations or several others refer to.
pub(super) fn plan_families(types: &Types) -> Vec<Family> {
    let mut families: BTreeMap<RustIdent, Vec<&Item>> = BTreeMap::new();
    let roots = family_roots(types);
    let mut order: Vec<TypeId> = (0..types.items.len()).collect();
    // The file's own type first; what is about it, its body, behind it.
    order.sort_by_key(|at| {
        (
            roots.get(*at) != Some(at),
            types.about.contains_key(at),
            *at,
        )
    });
    for at in order {
        let root = roots.get(at).and_then(|root| types.items.get(*root));
        if let (Some(root), Some(item)) = (root, types.items.get(at)) {
            families
                .entry(module_name(root.name()))
                .or_default()
                .push(item);
        }
    }
    families
        .into_iter()
        .map(|(module, items)| {
            let names: Vec<String> = items
                .iter()
                .map(|item| format!("`{}`", item.name().plain()))
                .collect();
            let mut imports = Imports::default();
            for item in &items {
                item_imports(item, &mut imports);
            }
            for item in &items {
                imports.types.remove(item.name().as_str());
            }
            let title = match names.as_slice() {
                [one] => format!("The type {one}."),
                [first, ..] => format!("The type {first} and what belongs to it."),
                [] => String::new(),
            };
            Family {
                module,
                title,
                items: items.into_iter().cloned().collect(),
                imports,
            }
        })
        .collect()
}

fn module_name(name: &RustIdent) -> RustIdent {
    let module = names::ident(&names::words(name.plain()), Case::Snake);
    let taken = module.as_str() != module.plain()
        || module.plain() == "mod"
        || names::is_device(module.plain());
    if taken { module.marked() } else { module }
}

/// For each type the one whose file it stands in.
fn family_roots(types: &Types) -> Vec<TypeId> {
    let count = types.items.len();
    let by_name: BTreeMap<&str, TypeId> = types
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| (item.name().as_str(), at))
        .collect();
    let mut referrers: Vec<Vec<TypeId>> = vec![Vec::new(); count];
    for (at, item) in types.items.iter().enumerate() {
        if types.about.contains_key(&at) {
            continue;
        }
        let mut imports = Imports::default();
        item_imports(item, &mut imports);
        for held in imports
            .types
            .iter()
            .filter_map(|name| by_name.get(name.as_str()))
        {
            if *held != at
                && let Some(referrers) = referrers.get_mut(*held)
            {
                referrers.push(at);
            }
        }
    }
    let is_root = |at: TypeId| {
        let nobody = referrers.get(at).is_none_or(Vec::is_empty);
        types.entrances.get(at).copied().unwrap_or(true) || nobody
    };
    let mut roots: Vec<Option<TypeId>> = (0..count).map(|at| is_root(at).then_some(at)).collect();
    // Families only ever fall apart, so this ends; most of it is done in the first round, as types follow what holds them.
    loop {
        let mut changed = false;
        for at in 0..count {
            if roots.get(at).copied().flatten() == Some(at) {
                continue;
            }
            let of: BTreeSet<TypeId> = referrers
                .get(at)
                .into_iter()
                .flatten()
                .filter_map(|referrer| roots.get(*referrer).copied().flatten())
                .collect();
            let root = match (of.len(), of.first()) {
                (1, Some(root)) => Some(*root),
                (0, _) => None,
                _ => Some(at),
            };
            if let Some(known) = roots.get_mut(at)
                && *known != root
            {
                *known = root;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    // The body of an operation stands with what it is about.
    (0..count)
        .map(|at| {
            let about = types.about.get(&at).copied().filter(|about| *about != at);
            let own = about.unwrap_or(at);
            roots.get(own).copied().flatten().unwrap_or(own)
        })
        .collect()
}

fn item_imports(item: &Item, imports: &mut Imports) {
    match item {
        Item::Struct(item) => {
            imports.runtime("Extra");
            imports.runtime("object");
            item.fields
                .iter()
                .for_each(|field| imports.mention(&field.ty));
            if let Some(rest) = &item.rest {
                imports.mention(&rest.ty);
            }
        }
        Item::ValueEnum(item) => imports.runtime(match item.kind {
            ValueKind::Strings => "string_enum",
            ValueKind::Integers => "integer_enum",
            ValueKind::Values => "value_enum",
        }),
        Item::Union(item) => {
            imports.runtime("union");
            item.variants
                .iter()
                .for_each(|variant| imports.mention(&variant.ty));
        }
        Item::TaggedUnion(item) => {
            imports.runtime(match item.sent {
                true => "sent_union",
                false => "tagged_union",
            });
            item.variants
                .iter()
                .for_each(|(_, ty, _)| imports.mention(ty));
        }
    }
}

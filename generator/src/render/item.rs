//! Items to lines. What we emit ourselves is laid out here; any other item goes to the general printer.

use super::expression::{WIDTH, blanks, lay_out, pack};
use super::inline::inline;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Expr, Fields, ImplItem, Item, Stmt};

/// What an item is, as far as empty lines depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `mod`
    Module,
    /// `use`
    Use,
    /// `pub use`
    Export,
    /// Anything else.
    Other,
}

impl Kind {
    /// Whether items of this kind stand without empty lines between them.
    pub fn stands_together(self) -> bool {
        self != Kind::Other
    }
}

/// The kind of an item.
pub(super) fn kind(item: &Item) -> Kind {
    match item {
        Item::Mod(item) if item.content.is_none() => Kind::Module,
        Item::Use(item) if matches!(item.vis, syn::Visibility::Inherited) => Kind::Use,
        // With its documentation it stands alone.
        Item::Use(item) if item.attrs.is_empty() => Kind::Export,
        _ => Kind::Other,
    }
}

/// The lines of an item, which is also given as its tokens.
pub(super) fn print(item: Item, tokens: &TokenStream) -> Result<String, String> {
    Ok(match &item {
        Item::Use(item) if item.attrs.is_empty() => print_use(tokens),
        Item::Use(item) => {
            let mut bare = item.clone();
            bare.attrs.clear();
            let docs = attributes(&item.attrs, 0);
            format!("{docs}{}", print_use(&bare.to_token_stream()))
        }
        Item::Struct(item) => print_struct(item),
        Item::Enum(item) => print_enum(item),
        Item::Static(item) => print_static(item),
        Item::Impl(item) => print_impl(item)?,
        Item::Macro(item) => print_macro(item),
        Item::Fn(item) => print_free_function(item),
        Item::Mod(item) if item.content.is_none() => print_module(item),
        _ => prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        }),
    })
}

/// Documentation as comments, all other attributes as they are.
fn attributes(attributes: &[Attribute], indent: usize) -> String {
    attributes
        .iter()
        .map(|attribute| line_of(attribute.to_token_stream(), indent))
        .collect()
}

/// An attribute in one line.
fn line_of(attribute: TokenStream, indent: usize) -> String {
    let text = match documentation(attribute.clone()) {
        // What would not be read back as this very comment stays an attribute.
        Some(text) if !text.contains(['\n', '\r']) && !text.starts_with(['/', '!']) => {
            format!("///{text}")
        }
        _ => inline(attribute),
    };
    format!("{}{}\n", blanks(indent), text.trim_end())
}

/// The text of `#[doc = "…"]`.
fn documentation(attribute: TokenStream) -> Option<String> {
    let mut tokens = attribute.into_iter();
    let group = match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Punct(_)), Some(TokenTree::Group(group))) => group,
        _ => return None,
    };
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    match inner.as_slice() {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Literal(text),
        ] if name == "doc" => text_of(&text.to_string()),
        _ => None,
    }
}

/// What a literal of text holds. Most have nothing that is escaped, and need not be read by the rules for that.
fn text_of(literal: &str) -> Option<String> {
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains(['\\', '\r', '"']));
    match inner {
        Some(inner) => Some(inner.to_owned()),
        None => syn::parse_str::<syn::LitStr>(literal)
            .ok()
            .map(|text| text.value()),
    }
}

/// An import; a list that is too long for one line is packed into several.
pub(super) fn print_use(tokens: &TokenStream) -> String {
    let line = inline(tokens.clone());
    // The formatter keeps two columns free behind an import, and one for the blank behind a name in a list.
    if line.chars().count() <= WIDTH - 2 {
        return format!("{line}\n");
    }
    let Some((head, list)) = line.split_once('{') else {
        return format!("{line}\n");
    };
    let names: Vec<String> = list
        .trim_end_matches(['}', ';'])
        .split(", ")
        .map(str::to_owned)
        .collect();
    // What fits on one line may fill it.
    let room = match 4 + names.join(", ").chars().count() < WIDTH {
        true => 0,
        false => 1,
    };
    format!("{head}{{\n{}}};\n", pack(&names, 4, room))
}

/// The brace behind the head of a type, on a line of its own where it does not fit.
fn brace_behind(head: &str) -> &'static str {
    match head.chars().count() + 2 <= WIDTH {
        true => " {\n",
        false => "\n{\n",
    }
}

fn print_struct(item: &syn::ItemStruct) -> String {
    let mut text = attributes(&item.attrs, 0);
    let vis = inline(item.vis.to_token_stream());
    let head = format!(
        "{vis} struct {}{}",
        item.ident,
        inline(item.generics.to_token_stream())
    );
    match &item.fields {
        Fields::Named(fields) => {
            text.push_str(&head);
            text.push_str(brace_behind(&head));
            for field in &fields.named {
                text.push_str(&attributes(&field.attrs, 4));
                let mut bare = field.clone();
                bare.attrs.clear();
                text.push_str(&print_field(&bare));
            }
            text.push_str("}\n");
        }
        fields => text.push_str(&format!("{head}{};\n", inline(fields.to_token_stream()))),
    }
    text
}

/// A field without its attributes; a type that does not fit beside the name stands below it, or its inner one does.
fn print_field(field: &syn::Field) -> String {
    let line = format!("    {},\n", inline(field.to_token_stream()));
    let Some(name) = field
        .ident
        .as_ref()
        .filter(|_| line.chars().count() - 1 > WIDTH)
    else {
        return line;
    };
    let vis = inline(field.vis.to_token_stream());
    let ty = inline(field.ty.to_token_stream());
    let head = format!("    {vis} {name}:");
    if 8 + ty.chars().count() < WIDTH {
        return format!("{head}\n        {ty},\n");
    }
    match ty.split_once('<').zip(ty.strip_suffix('>')) {
        Some(((outer, _), whole)) if head.chars().count() + outer.chars().count() + 2 <= WIDTH => {
            let inner = whole.get(outer.len() + 1..).unwrap_or_default();
            format!("{head} {outer}<\n        {inner},\n    >,\n")
        }
        _ => format!("{head}\n        {ty},\n"),
    }
}

fn print_enum(item: &syn::ItemEnum) -> String {
    let mut text = attributes(&item.attrs, 0);
    let head = format!("{} enum {}", inline(item.vis.to_token_stream()), item.ident);
    text.push_str(&head);
    text.push_str(brace_behind(&head));
    for variant in &item.variants {
        text.push_str(&attributes(&variant.attrs, 4));
        let mut bare = variant.clone();
        bare.attrs.clear();
        text.push_str(&print_variant(&bare));
    }
    text.push_str("}\n");
    text
}

/// A variant without its attributes; a type that does not fit beside the name stands below it.
fn print_variant(variant: &syn::Variant) -> String {
    let line = format!("    {},\n", inline(variant.to_token_stream()));
    match &variant.fields {
        Fields::Unnamed(fields) if line.chars().count() - 1 > WIDTH => {
            let mut text = format!("    {}(\n", variant.ident);
            for field in &fields.unnamed {
                let ty = inline(field.to_token_stream());
                text.push_str(&below("        ", &ty));
            }
            text.push_str("    ),\n");
            text
        }
        _ => line,
    }
}

/// Something that ends with a type, and a comma, on a line of its own; arguments of the type that do not fit stand below.
fn below(indent: &str, text: &str) -> String {
    let line = format!("{indent}{text},\n");
    // The formatter forgets the word `impl` when it measures.
    let forgotten = if text.contains(": impl ") { 5 } else { 0 };
    if line.chars().count() - 1 - forgotten <= WIDTH {
        return line;
    }
    match text.split_once('<').zip(text.strip_suffix('>')) {
        Some(((outer, _), whole)) => {
            let inner = whole.get(outer.len() + 1..).unwrap_or_default();
            let deeper = format!("{indent}    ");
            format!("{indent}{outer}<\n{}{indent}>,\n", below(&deeper, inner))
        }
        None => line,
    }
}

fn print_static(item: &syn::ItemStatic) -> String {
    let mut text = attributes(&item.attrs, 0);
    let vis = inline(item.vis.to_token_stream());
    let vis = if vis.is_empty() {
        vis
    } else {
        format!("{vis} ")
    };
    let head = format!(
        "{vis}static {}: {} = ",
        item.ident,
        inline(item.ty.to_token_stream())
    );
    let value = lay_out(&item.expr, 0, head.chars().count(), 1);
    let first = value.lines().next().unwrap_or_default();
    if head.trim_end().chars().count() > WIDTH {
        // The name alone fills the line.
        let head = head.replacen(": ", ":\n    ", 1);
        text.push_str(&format!("{head}{value};\n"));
    } else if head.chars().count() + first.chars().count() + 1 > WIDTH {
        let value = lay_out(&item.expr, 4, 4, 1);
        text.push_str(&format!("{}\n    {value};\n", head.trim_end()));
    } else {
        text.push_str(&format!("{head}{value};\n"));
    }
    text
}

fn print_impl(item: &syn::ItemImpl) -> Result<String, String> {
    let mut text = attributes(&item.attrs, 0);
    let ty = inline(item.self_ty.to_token_stream());
    let head = format!("impl {ty}");
    text.push_str(&match head.chars().count() + 2 <= WIDTH {
        true => format!("{head} {{\n"),
        false => format!("impl\n    {ty}\n{{\n"),
    });
    for (at, member) in item.items.iter().enumerate() {
        let ImplItem::Fn(function) = member else {
            return Err("an impl holds something that is no function".to_owned());
        };
        if at > 0 {
            text.push('\n');
        }
        text.push_str(&print_function(function));
    }
    text.push_str("}\n");
    Ok(text)
}

fn print_function(function: &syn::ImplItemFn) -> String {
    let mut text = attributes(&function.attrs, 4);
    let head = format!(
        "{} {}",
        inline(function.vis.to_token_stream()),
        inline(function.sig.to_token_stream())
    );
    if 4 + head.chars().count() + 2 <= WIDTH {
        text.push_str(&format!("    {head} {{\n"));
    } else {
        let (before, arguments) = head.split_once('(').unwrap_or((&head, ""));
        let (_, output) = arguments.rsplit_once(") ->").unwrap_or((arguments, ""));
        text.push_str(&format!("    {before}(\n"));
        for argument in &function.sig.inputs {
            text.push_str(&below("        ", &inline(argument.to_token_stream())));
        }
        let output = format!("    ) ->{output}");
        // The formatter wants more room here than the brace takes.
        let brace = match output.chars().count() + 2 <= WIDTH - 4 {
            true => " {",
            false => "\n    {",
        };
        text.push_str(&format!("{output}{brace}\n"));
    }
    for statement in &function.block.stmts {
        let (expression, end) = match statement {
            Stmt::Expr(expression, end) => (expression, if end.is_some() { ";" } else { "" }),
            other => {
                let line = format!("        {}\n", inline(other.to_token_stream()));
                match line.split_once(" = ") {
                    Some((name, value)) if line.chars().count() - 1 > WIDTH => {
                        text.push_str(&format!("{name} =\n            {value}"));
                    }
                    _ => text.push_str(&line),
                }
                continue;
            }
        };
        text.push_str(&format!(
            "        {}{end}\n",
            lay_out(expression, 8, 8, end.len())
        ));
    }
    text.push_str("    }\n");
    text
}

/// A macro of the runtime: documentation first, then one row a line.
fn print_macro(item: &syn::ItemMacro) -> String {
    let mut text = format!("{}! {{\n", inline(item.mac.path.to_token_stream()));
    let mut rest: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    while let [TokenTree::Punct(hash), TokenTree::Group(group), ..] = rest.as_slice() {
        if hash.as_char() != '#' || group.delimiter() != Delimiter::Bracket {
            break;
        }
        let attribute: TokenStream = rest.drain(..2).collect();
        text.push_str(&line_of(attribute, 4));
    }
    match rest.as_slice() {
        [TokenTree::Ident(name), TokenTree::Group(rows)]
            if rows.delimiter() == Delimiter::Brace =>
        {
            let rows: Vec<TokenTree> = rows.stream().into_iter().collect();
            if rows.is_empty() {
                text.push_str(&format!("    {name} {{}}\n"));
            } else {
                text.push_str(&format!("    {name} {{\n"));
                for row in rows
                    .split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','))
                {
                    if !row.is_empty() {
                        text.push_str(&format!(
                            "        {},\n",
                            inline(row.iter().cloned().collect())
                        ));
                    }
                }
                text.push_str("    }\n");
            }
        }
        _ => text.push_str(&format!("    {}\n", inline(rest.into_iter().collect()))),
    }
    text.push_str("}\n");
    text
}

/// `mod name;` with its attributes.
fn print_module(item: &syn::ItemMod) -> String {
    let mut bare = item.clone();
    bare.attrs.clear();
    format!(
        "{}{}\n",
        attributes(&item.attrs, 0),
        inline(bare.to_token_stream())
    )
}

/// A function of a program or a test. What it declares and calls is laid out here, other statements are ours and short.
fn print_free_function(item: &syn::ItemFn) -> String {
    let mut text = attributes(&item.attrs, 0);
    let visibility = match item.vis {
        syn::Visibility::Public(_) => "pub ",
        _ => "",
    };
    let signature = inline(item.sig.to_token_stream());
    text.push_str(&format!("{visibility}{signature} {{\n"));
    for statement in &item.block.stmts {
        match statement {
            Stmt::Local(local) => text.push_str(&print_local(local)),
            Stmt::Expr(expression @ Expr::Call(_), Some(_)) => {
                text.push_str(&format!("    {};\n", lay_out(expression, 4, 4, 1)));
            }
            other => text.push_str(&print_statement(other)),
        }
    }
    text.push_str("}\n");
    text
}

/// `let name = value;`
fn print_local(local: &syn::Local) -> String {
    let head = format!("    let {} = ", inline(local.pat.to_token_stream()));
    let Some(init) = &local.init else {
        return format!("    {}\n", inline(local.to_token_stream()));
    };
    let (expression, end) = match init.expr.as_ref() {
        Expr::Try(tried) => (tried.expr.as_ref(), "?;"),
        other => (other, ";"),
    };
    let value = lay_out(expression, 4, head.chars().count(), end.len());
    format!("{head}{value}{end}\n")
}

/// A statement by the general printer.
fn print_statement(statement: &Stmt) -> String {
    let function: syn::ItemFn = syn::parse_quote!(fn f() { #statement });
    let text = prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![Item::Fn(function)],
    });
    let lines: Vec<&str> = text.lines().collect();
    let inner = lines
        .get(1..lines.len().saturating_sub(1))
        .unwrap_or_default();
    inner.iter().map(|line| format!("{line}\n")).collect()
}

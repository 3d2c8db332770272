//! Expressions to lines, by the formatter's rules for calls, chains of methods, arrays and struct literals.

use super::inline::inline;
use quote::ToTokens;
use syn::{Expr, punctuated::Punctuated, token::Comma};

/// The longest line.
pub(super) const WIDTH: usize = 100;

/// The longest list of arguments, array or chain that stays on one line.
const SHORT: usize = 60;

/// Elements of arrays up to this length share lines where the array takes several.
const TINY: usize = 10;

/// Lays an expression out.
///
/// `indent` is the indentation of the line that it begins on, `column` where it begins there, and `after` how many
/// characters follow it on its last line.
pub(super) fn lay_out(expression: &Expr, indent: usize, column: usize, after: usize) -> String {
    let line = inline(expression.to_token_stream());
    let fits = column + line.chars().count() + after <= WIDTH;
    match expression {
        Expr::Struct(literal) => lay_out_struct(literal, indent),
        Expr::Reference(reference) => {
            format!("&{}", lay_out(&reference.expr, indent, column + 1, after))
        }
        Expr::Array(array) => lay_out_array(&array.elems, indent, column, after),
        Expr::Macro(list) if list.mac.path.is_ident("vec") => {
            let parse = Punctuated::<Expr, Comma>::parse_terminated;
            match syn::parse::Parser::parse2(parse, list.mac.tokens.clone()) {
                Ok(elements) => {
                    let array = lay_out_array(&elements, indent, column + 4, after);
                    format!("vec!{array}")
                }
                Err(_) => line,
            }
        }
        Expr::Call(call) => {
            let function = inline(call.func.to_token_stream());
            lay_out_arguments(&function, &call.args, indent, column, after)
        }
        Expr::MethodCall(_) => lay_out_chain(expression, indent, column, after),
        Expr::Assign(assign) => {
            let left = format!("{} = ", inline(assign.left.to_token_stream()));
            let column = column + left.chars().count();
            format!("{left}{}", lay_out(&assign.right, indent, column, after))
        }
        _ if fits => line,
        _ => line,
    }
}

/// `function(a, b)`, or one argument a line; a single call as the argument begins on the line of the function.
fn lay_out_arguments(
    function: &str,
    arguments: &Punctuated<Expr, Comma>,
    indent: usize,
    column: usize,
    after: usize,
) -> String {
    let list = inline_list(arguments);
    let length = function.chars().count() + list.chars().count() + 2;
    // One name, or one chain of a single method, may take what the line has left.
    let single = arguments.first().filter(|_| arguments.len() == 1);
    let free = single.is_some_and(|argument| is_name(argument) || is_single_method(argument));
    let short = list.chars().count() <= SHORT || free;
    if short && column + length + after <= WIDTH && !has_struct(arguments) {
        return format!("{function}({list})");
    }
    if let (Some(block @ (Expr::Struct(_) | Expr::Macro(_))), 1) =
        (arguments.first(), arguments.len())
    {
        let column = column + function.chars().count() + 1;
        return format!("{function}({})", lay_out(block, indent, column, after + 1));
    }
    if let (Some(Expr::Call(inner)), 1) = (arguments.first(), arguments.len()) {
        if has_struct(&inner.args) {
            let column = column + function.chars().count() + 1;
            let name = inline(inner.func.to_token_stream());
            let inner = lay_out_arguments(&name, &inner.args, indent, column, after + 1);
            return format!("{function}({inner})");
        }
        let name = inline(inner.func.to_token_stream());
        if !inner.args.is_empty() {
            let inner = vertical(&name, &inner.args, indent);
            return format!("{function}({inner})");
        }
    }
    if let (Some(chain @ Expr::MethodCall(_)), 1) = (arguments.first(), arguments.len()) {
        let column = column + function.chars().count() + 1;
        let opened = match links(chain).1.as_slice() {
            [field, _] if field.arguments.is_none() => {
                opened_field(chain, indent, column, after + 1)
            }
            _ => opened_chain(chain, indent, column, after + 1),
        };
        let short = |text: &String| {
            let first = text.lines().next().unwrap_or_default();
            first.chars().count() <= SHORT
        };
        if let Some(opened) = opened.filter(short) {
            return format!("{function}({opened})");
        }
    }
    vertical(function, arguments, indent)
}

/// Whether an expression is a name, or a reference to what has one.
fn is_name(expression: &Expr) -> bool {
    match expression {
        Expr::Reference(reference) => matches!(*reference.expr, Expr::Path(_)),
        other => matches!(other, Expr::Path(_)),
    }
}

/// Whether an expression is one method on something that fits on a line.
fn is_single_method(expression: &Expr) -> bool {
    let (root, links) = links(expression);
    let short = |list: &Punctuated<Expr, Comma>| inline_list(list).chars().count() <= SHORT;
    let short_root = match root {
        Expr::Call(call) => short(&call.args),
        _ => true,
    };
    matches!(links.as_slice(), [link] if link.arguments.is_some_and(short)) && short_root
}

fn vertical(function: &str, arguments: &Punctuated<Expr, Comma>, indent: usize) -> String {
    let inside = indent + 4;
    let mut text = format!("{function}(\n");
    for argument in arguments {
        let argument = lay_out(argument, inside, inside, 1);
        text.push_str(&format!("{}{argument},\n", blanks(inside)));
    }
    text.push_str(&blanks(indent));
    text.push(')');
    text
}

/// A method of a chain, or a field of a tuple in it.
struct Link<'a> {
    text: String,
    arguments: Option<&'a Punctuated<Expr, Comma>>,
}

impl Link<'_> {
    fn line(&self) -> String {
        match self.arguments {
            Some(arguments) => format!("{}({})", self.text, inline_list(arguments)),
            None => self.text.clone(),
        }
    }

    fn lay_out(&self, indent: usize, column: usize, after: usize) -> String {
        match self.arguments {
            Some(arguments) => lay_out_arguments(&self.text, arguments, indent, column, after),
            None => self.text.clone(),
        }
    }
}

/// `self.0.method(` with one argument a line, if the arguments are too long for one: that is shorter than what would
/// stand below.
fn opened_field(expression: &Expr, indent: usize, column: usize, after: usize) -> Option<String> {
    let (root, links) = links(expression);
    let [field, method] = links.as_slice() else {
        return None;
    };
    let list = method.arguments.filter(|_| field.arguments.is_none())?;
    if inline_list(list).chars().count() <= SHORT || !is_name(root) {
        return None;
    }
    let head = format!("{}{}", lay_out(root, indent, column, 0), field.text);
    let opened = method.lay_out(indent, column + head.chars().count(), after);
    // Where an argument takes several lines itself, all of it stands below.
    (opened.lines().count() == list.len() + 2).then(|| format!("{head}{opened}"))
}

/// A chain on one line whose last call is opened, if that call takes five lines or more: then it is not put below.
fn opened_chain(expression: &Expr, indent: usize, column: usize, after: usize) -> Option<String> {
    let (root, links) = links(expression);
    let (last, before) = links.split_last()?;
    let head: String = std::iter::once(lay_out(root, indent, column, 0))
        .chain(before.iter().map(Link::line))
        .collect();
    let widest = match links.len() {
        1 => WIDTH,
        _ => column + SHORT,
    };
    let last_column = column + head.chars().count();
    if head.contains('\n') || last_column + last.text.chars().count() + 1 > widest {
        return None;
    }
    let opened = last.lay_out(indent, last_column, after);
    (opened.lines().count() >= 5).then(|| format!("{head}{opened}"))
}

fn lay_out_chain(expression: &Expr, indent: usize, column: usize, after: usize) -> String {
    let (root, links) = links(expression);
    let line = inline(expression.to_token_stream());
    let budget = if links.len() == 1 { usize::MAX } else { SHORT };
    let short_lists = links.iter().all(|link| {
        link.arguments
            .is_none_or(|list| inline_list(list).chars().count() <= SHORT)
    });
    let root_text = lay_out(root, indent, column, 0);
    let root_is_block = root_text.contains('\n');
    let length = line.chars().count();
    if !root_is_block && short_lists && length <= budget && column + length + after <= WIDTH {
        return line;
    }
    let Some((last, before)) = links.split_last() else {
        return line;
    };
    // Everything but the last call on the first line, if that call needs several lines anyway.
    let head: String = std::iter::once(root_text.clone())
        .chain(before.iter().map(Link::line))
        .collect();
    // A name alone is rather put below with its method, if both fit there.
    let fits_below = |list: &Punctuated<Expr, Comma>| {
        let name = list.len() == 1 && list.first().is_some_and(is_name);
        name && indent + 4 + last.line().chars().count() + after <= WIDTH
    };
    let long_last = last
        .arguments
        .is_some_and(|list| inline_list(list).chars().count() > SHORT && !fits_below(list));
    let last_column = column + head.chars().count();
    let opens = last_column + last.text.chars().count() < WIDTH;
    if !root_is_block && long_last && opens && (links.len() == 1 || head.chars().count() <= SHORT) {
        return format!("{head}{}", last.lay_out(indent, last_column, after));
    }
    if let Some(opened) = opened_chain(expression, indent, column, after) {
        return opened;
    }
    // Below a root of several lines the methods begin where it ends, below any other they are indented.
    let inside = if root_is_block { indent } else { indent + 4 };
    let mut text = root_text;
    let mut links = links.as_slice();
    // `self.0` stays together, unless more than one method follows.
    if let [field, _] = links
        && field.arguments.is_none()
        && column == indent
    {
        text.push_str(&field.text);
        links = links.get(1..).unwrap_or_default();
    }
    for (at, link) in links.iter().enumerate() {
        let after = if at + 1 == links.len() { after } else { 0 };
        text.push_str(&format!(
            "\n{}{}",
            blanks(inside),
            link.lay_out(inside, inside, after)
        ));
    }
    text
}

/// The first expression of a chain and what follows it.
fn links(expression: &Expr) -> (&Expr, Vec<Link<'_>>) {
    let mut links = Vec::new();
    let mut root = expression;
    loop {
        match root {
            Expr::MethodCall(call) => {
                links.push(Link {
                    text: format!(".{}", call.method),
                    arguments: Some(&call.args),
                });
                root = &call.receiver;
            }
            Expr::Field(field) => {
                links.push(Link {
                    text: format!(".{}", inline(field.member.to_token_stream())),
                    arguments: None,
                });
                root = &field.base;
            }
            _ => break,
        }
    }
    links.reverse();
    (root, links)
}

fn lay_out_array(
    elements: &Punctuated<Expr, Comma>,
    indent: usize,
    column: usize,
    after: usize,
) -> String {
    let list = inline_list(elements);
    let short = list.chars().count() <= SHORT || elements.len() == 1;
    if short && column + list.chars().count() + 2 + after <= WIDTH && !has_struct(elements) {
        return format!("[{list}]");
    }
    if let (Some(Expr::Struct(literal)), 1) = (elements.first(), elements.len()) {
        return format!("[{}]", lay_out_struct(literal, indent));
    }
    let inside = indent + 4;
    let lines: Vec<String> = elements
        .iter()
        .map(|element| inline(element.to_token_stream()))
        .collect();
    let mut text = "[\n".to_owned();
    if lines.iter().all(|line| line.chars().count() <= TINY) {
        text.push_str(&pack(&lines, inside, 0));
    } else {
        for element in elements {
            text.push_str(&format!(
                "{}{},\n",
                blanks(inside),
                lay_out(element, inside, inside, 1)
            ));
        }
    }
    text.push_str(&blanks(indent));
    text.push(']');
    text
}

/// Short things with commas behind them, as many on a line as fit with so much room behind them.
pub(super) fn pack(things: &[String], indent: usize, room: usize) -> String {
    let mut text = String::new();
    let mut line = blanks(indent);
    let mut empty = true;
    for thing in things {
        let space = if empty { 0 } else { 1 };
        if !empty && line.chars().count() + space + thing.chars().count() + 1 + room > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = blanks(indent);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(thing);
        line.push(',');
        empty = false;
    }
    text.push_str(&line);
    text.push('\n');
    text
}

/// A struct literal; ours are always longer than what the formatter leaves on one line.
fn lay_out_struct(literal: &syn::ExprStruct, indent: usize) -> String {
    let inside = indent + 4;
    let mut text = format!("{} {{\n", inline(literal.path.to_token_stream()));
    for field in &literal.fields {
        let name = inline(field.member.to_token_stream());
        if field.colon_token.is_some() {
            let column = inside + name.chars().count() + 2;
            let value = lay_out(&field.expr, inside, column, 1);
            text.push_str(&format!("{}{name}: {value},\n", blanks(inside)));
        } else {
            text.push_str(&format!("{}{name},\n", blanks(inside)));
        }
    }
    if let Some(rest) = &literal.rest {
        text.push_str(&format!(
            "{}..{}\n",
            blanks(inside),
            inline(rest.to_token_stream())
        ));
    }
    text.push_str(&blanks(indent));
    text.push('}');
    text
}

fn has_struct(expressions: &Punctuated<Expr, Comma>) -> bool {
    expressions.iter().any(|expression| match expression {
        Expr::Struct(_) => true,
        Expr::Call(call) => has_struct(&call.args),
        // In a list that is a macro only a brace tells.
        Expr::Macro(list) => list.mac.tokens.to_string().contains('{'),
        _ => false,
    })
}

fn inline_list(expressions: &Punctuated<Expr, Comma>) -> String {
    let lines: Vec<String> = expressions
        .iter()
        .map(|expression| inline(expression.to_token_stream()))
        .collect();
    lines.join(", ")
}

pub(super) fn blanks(count: usize) -> String {
    " ".repeat(count)
}

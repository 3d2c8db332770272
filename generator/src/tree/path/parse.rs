//! The text of a JSONPath to its segments.

use super::filter::{Condition, Operand, Operator, Query};
use super::{Fault, Path, Segment, Selector};

/// How deep conditions may nest.
const DEPTH: usize = 32;

/// Reads a whole path.
pub(super) fn path(text: &str) -> Result<Path, Fault> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
    };
    reader.blank();
    if !reader.take("$") {
        return Err(reader.fault("a path begins with `$`"));
    }
    let segments = reader.segments()?;
    reader.blank();
    match reader.peek() {
        None => Ok(Path(segments)),
        Some(_) => Err(reader.fault("nothing that goes on a path")),
    }
}

struct Reader<'p> {
    text: &'p str,
    at: usize,
    /// Conditions that are open.
    depth: usize,
}

impl<'p> Reader<'p> {
    fn rest(&self) -> &'p str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn take(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        if found {
            self.at += what.len();
        }
        found
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|c| c.is_ascii_whitespace()) {
            self.next();
        }
    }

    fn fault(&self, message: &str) -> Fault {
        Fault {
            at: self.at,
            message: message.to_owned(),
        }
    }

    fn expect(&mut self, what: &str) -> Result<(), Fault> {
        self.blank();
        match self.take(what) {
            true => Ok(()),
            false => Err(self.fault(&format!("`{what}` is missing"))),
        }
    }

    fn segments(&mut self) -> Result<Vec<Segment>, Fault> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.blank();
            let deep = self.take("..");
            let selectors = if self.rest().starts_with('[') {
                self.bracket()?
            } else if deep || self.take(".") {
                match self.take("*") {
                    true => vec![Selector::Wildcard],
                    false => vec![Selector::Name(self.name()?)],
                }
            } else {
                self.at = before;
                return Ok(segments);
            };
            segments.push(Segment { deep, selectors });
        }
    }

    /// A name behind a dot.
    fn name(&mut self) -> Result<String, Fault> {
        let first = |c: char| c.is_alphabetic() || c == '_' || !c.is_ascii();
        if !self.peek().is_some_and(first) {
            return Err(self.fault("a name is missing; names with marks stand in `['…']`"));
        }
        let rest = self.rest();
        let ends = |c: char| !(first(c) || c.is_ascii_digit() || c == '-');
        let name = rest.get(..rest.find(ends).unwrap_or(rest.len()));
        let name = name.unwrap_or_default();
        self.at += name.len();
        Ok(name.to_owned())
    }

    fn bracket(&mut self) -> Result<Vec<Selector>, Fault> {
        self.expect("[")?;
        let mut selectors = Vec::new();
        loop {
            self.blank();
            selectors.push(self.selector()?);
            self.blank();
            if self.take("]") {
                return Ok(selectors);
            }
            self.expect(",")?;
        }
    }

    fn selector(&mut self) -> Result<Selector, Fault> {
        match self.peek() {
            Some('\'' | '"') => Ok(Selector::Name(self.quoted()?)),
            Some('*') => {
                self.next();
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.next();
                Ok(Selector::Filter(self.any()?))
            }
            _ => self.index_or_slice(),
        }
    }

    fn index_or_slice(&mut self) -> Result<Selector, Fault> {
        let start = self.integer()?;
        self.blank();
        if !self.take(":") {
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => Err(self.fault("a name in quotes, an index, `*` or `?` is missing")),
            };
        }
        self.blank();
        let end = self.integer()?;
        self.blank();
        let step = match self.take(":") {
            true => {
                self.blank();
                self.integer()?
            }
            false => None,
        };
        Ok(Selector::Slice(start, end, step.unwrap_or(1)))
    }

    fn integer(&mut self) -> Result<Option<i64>, Fault> {
        let rest = self.rest();
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let signs = rest.len() - digits.len();
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 {
            return match signs {
                0 => Ok(None),
                _ => Err(self.fault("digits are missing behind `-`")),
            };
        }
        let text = rest.get(..signs + count).unwrap_or_default();
        match text.parse() {
            Ok(number) => {
                self.at += text.len();
                Ok(Some(number))
            }
            Err(_) => Err(self.fault("the number is too large")),
        }
    }

    /// Text in quotes of either kind (RFC 9535 §2.3.1.1).
    fn quoted(&mut self) -> Result<String, Fault> {
        let begin = self.at;
        let Some(quote) = self.next() else {
            return Err(self.fault("a name in quotes is missing"));
        };
        let mut text = String::new();
        loop {
            match self.next() {
                None => {
                    self.at = begin;
                    return Err(self.fault("the quotation mark is never closed"));
                }
                Some(c) if c == quote => return Ok(text),
                Some('\\') => text.push(self.escaped()?),
                Some(c) => text.push(c),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Fault> {
        Ok(match self.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(c @ ('/' | '\\' | '\'' | '"')) => c,
            Some('u') => {
                let first = self.hexadecimal()?;
                let code = match first {
                    0xd800..0xdc00 => {
                        self.expect("\\u")?;
                        let second = self.hexadecimal()?;
                        0x10000 + ((first - 0xd800) << 10) + (second.wrapping_sub(0xdc00) & 0x3ff)
                    }
                    code => code,
                };
                char::from_u32(code).ok_or_else(|| self.fault("it escapes no character"))?
            }
            _ => return Err(self.fault("it escapes no character")),
        })
    }

    fn hexadecimal(&mut self) -> Result<u32, Fault> {
        let digits = self.rest().get(..4);
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match number {
            Some(number) => {
                self.at += 4;
                Ok(number)
            }
            None => Err(self.fault("four hexadecimal digits are missing")),
        }
    }

    fn any(&mut self) -> Result<Condition, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.fault("conditions nest too deep"));
        }
        let mut of = vec![self.all()?];
        self.blank();
        while self.take("||") {
            of.push(self.all()?);
            self.blank();
        }
        self.depth -= 1;
        Ok(single(of, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Fault> {
        let mut of = vec![self.basic()?];
        self.blank();
        while self.take("&&") {
            of.push(self.basic()?);
            self.blank();
        }
        Ok(single(of, Condition::All))
    }

    fn basic(&mut self) -> Result<Condition, Fault> {
        self.blank();
        if self.rest().starts_with('!') && !self.rest().starts_with("!=") {
            self.next();
            self.depth += 1;
            if self.depth > DEPTH {
                return Err(self.fault("conditions nest too deep"));
            }
            let inner = self.basic()?;
            self.depth -= 1;
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.take("(") {
            let inner = self.any()?;
            self.expect(")")?;
            return Ok(inner);
        }
        let left = self.operand()?;
        self.blank();
        let Some(operator) = self.operator() else {
            return match left {
                Operand::Query(query) => Ok(Condition::Exists(query)),
                _ => Err(self.fault("a comparison is missing")),
            };
        };
        self.blank();
        let right = self.operand()?;
        Ok(Condition::Compare(left, operator, right))
    }

    fn operator(&mut self) -> Option<Operator> {
        const OPERATORS: &[(&str, Operator)] = &[
            ("==", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        let (_, operator) = OPERATORS.iter().find(|(text, _)| self.take(text))?;
        Some(*operator)
    }

    fn operand(&mut self) -> Result<Operand, Fault> {
        if self.take("@") {
            return Ok(Operand::Query(self.query(false)?));
        }
        if self.take("$") {
            return Ok(Operand::Query(self.query(true)?));
        }
        match self.peek() {
            Some('\'' | '"') => return Ok(Operand::Text(self.quoted()?)),
            Some(c) if c.is_ascii_digit() || c == '-' => return self.number(),
            _ => {}
        }
        let rest = self.rest();
        let word = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .map_or(rest, |end| rest.get(..end).unwrap_or_default());
        let begin = self.at;
        self.at += word.len();
        match word {
            "true" => Ok(Operand::Boolean(true)),
            "false" => Ok(Operand::Boolean(false)),
            "null" => Ok(Operand::Null),
            "length" | "count" | "value" => {
                self.expect("(")?;
                self.blank();
                let absolute = match self.next() {
                    Some('@') => false,
                    Some('$') => true,
                    _ => return Err(self.fault("a path that begins with `@` or `$` is missing")),
                };
                let query = self.query(absolute)?;
                self.expect(")")?;
                Ok(match word {
                    "length" => Operand::Length(query),
                    "count" => Operand::Count(query),
                    _ => Operand::Query(query),
                })
            }
            _ => {
                self.at = begin;
                let functions = "the functions are `length`, `count` and `value`";
                Err(self.fault(match rest.get(word.len()..) {
                    Some(behind) if !word.is_empty() && behind.starts_with('(') => functions,
                    _ => "a path that begins with `@`, or a value, is missing",
                }))
            }
        }
    }

    fn query(&mut self, absolute: bool) -> Result<Query, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.fault("conditions nest too deep"));
        }
        let segments = self.segments()?;
        self.depth -= 1;
        Ok(Query { absolute, segments })
    }

    fn number(&mut self) -> Result<Operand, Fault> {
        let rest = self.rest();
        let ends = |c: char| !(c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'));
        let text = rest.get(..rest.find(ends).unwrap_or(rest.len()));
        let text = text.unwrap_or_default();
        match text.parse() {
            Ok(number) => {
                self.at += text.len();
                Ok(Operand::Number(number))
            }
            Err(_) => Err(self.fault("it is no number")),
        }
    }
}

fn single(mut of: Vec<Condition>, many: fn(Vec<Condition>) -> Condition) -> Condition {
    match (of.len(), of.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            of.extend(last);
            many(of)
        }
    }
}

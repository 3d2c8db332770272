//! Reads the header `Link` (RFC 8288).

/// The target of the first link with this relation in a value of the header.
pub(super) fn target<'h>(header: &'h str, relation: &str) -> Option<&'h str> {
    let mut rest = header;
    while let Some(start) = rest.find('<') {
        let (target, behind) = rest.split_at(start + 1).1.split_once('>')?;
        let (parameters, next) = split_parameters(behind);
        if has_relation(parameters, relation) {
            return Some(target);
        }
        rest = next;
    }
    None
}

/// The parameters of a link, up to the comma behind them, which may stand in quotation marks too.
fn split_parameters(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

/// Whether `rel` names the relation; it may name several, and only its first counts.
fn has_relation(parameters: &str, relation: &str) -> bool {
    let mut parameters = parameters.split(';').filter_map(|one| one.split_once('='));
    let found = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
    found.is_some_and(|(_, value)| {
        let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
        words.any(|word| word.eq_ignore_ascii_case(relation))
    })
}

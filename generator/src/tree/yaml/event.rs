//! The seam to the YAML parser: its events in the few terms that a tree needs, so that another parser can stand in.

use granit_parser::{ErrorKind, Options, Parser, ScalarStyle, StrInput, Tag};
use std::borrow::Cow;

/// What a parser finds, in the order of the text.
pub(super) enum Event<'e> {
    /// A document begins.
    Document,
    /// A scalar, unescaped and folded.
    Scalar {
        value: Cow<'e, str>,
        /// Whether it stands without quotes, so that its spelling decides what it is.
        plain: bool,
        anchor: Option<usize>,
        tag: Option<Cow<'e, str>>,
    },
    /// A mapping or sequence begins.
    Open {
        object: bool,
        anchor: Option<usize>,
        tag: Option<Cow<'e, str>>,
    },
    /// The innermost mapping or sequence ends.
    Close,
    /// A node that stands elsewhere, by the number of its anchor.
    Alias(usize),
}

/// Why a parser cannot go on.
pub(super) struct Fault {
    pub(super) message: String,
    /// The byte offset of the place.
    pub(super) offset: usize,
    /// Whether a continuation line of quoted text is not indented: what most other parsers accept.
    pub(super) unindented: bool,
    /// Whether it nests deeper than the parser's own limit, which is above ours.
    pub(super) too_deep: bool,
}

/// A parser. Each event comes with the byte offsets of its begin and end.
pub(super) trait EventSource {
    fn next(&mut self) -> Option<Result<(Event<'_>, usize, usize), Fault>>;
}

/// The parser in use.
pub(super) struct Granit<'t> {
    parser: Parser<'t, StrInput<'t>>,
    length: usize,
}

impl<'t> Granit<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut options = Options::default();
        options.set_emit_comments(false);
        // The limit of YAML itself; real descriptions have longer names than that in generated documents.
        options.simple_key_max_lookahead = 64 << 10;
        Granit {
            parser: Parser::new_from_str_with_options(text, options),
            length: text.len(),
        }
    }
}

impl EventSource for Granit<'_> {
    fn next(&mut self) -> Option<Result<(Event<'_>, usize, usize), Fault>> {
        use granit_parser::Event as E;
        loop {
            let (event, span) = match self.parser.next()? {
                Ok(found) => found,
                Err(error) => {
                    return Some(Err(Fault {
                        message: error.info(),
                        offset: error.marker().byte_offset().unwrap_or(self.length),
                        unindented: matches!(error.kind(), ErrorKind::InvalidQuotedScalarIndent),
                        too_deep: matches!(error.kind(), ErrorKind::RecursionLimitExceeded),
                    }));
                }
            };
            let anchored = |anchor: usize| (anchor != 0).then_some(anchor);
            let event = match event {
                E::DocumentStart(..) => Event::Document,
                E::Scalar(value, style, anchor, tag) => Event::Scalar {
                    value,
                    plain: style == ScalarStyle::Plain,
                    anchor: anchored(anchor),
                    tag: tag.map(name),
                },
                E::SequenceStart(_, anchor, tag) => Event::Open {
                    object: false,
                    anchor: anchored(anchor),
                    tag: tag.map(name),
                },
                E::MappingStart(_, anchor, tag) => Event::Open {
                    object: true,
                    anchor: anchored(anchor),
                    tag: tag.map(name),
                },
                E::SequenceEnd | E::MappingEnd => Event::Close,
                E::Alias(anchor) => Event::Alias(anchor),
                // Unknown aliases are faults with the options above; the others say nothing about the document.
                _ => continue,
            };
            let start = span.start.byte_offset().unwrap_or(self.length);
            let end = span.end.byte_offset().unwrap_or(self.length);
            return Some(Ok((event, start, end)));
        }
    }
}

/// A tag with its prefix resolved.
fn name(tag: Cow<'_, Tag>) -> Cow<'static, str> {
    Cow::Owned(tag.to_string())
}

//! What descriptions become.

use super::{Doc, one_line};

fn markdown(text: &str) -> String {
    Doc::markdown(text).lines().join("\n")
}

#[test]
fn code_never_runs() {
    assert_eq!(
        markdown("a\n```\nfn main() {}\n```\nb"),
        "a\n\n```text\nfn main() {}\n```\n\nb"
    );
    assert_eq!(
        markdown("~~~rust\n  x\n```\n~~~"),
        "````text\n  x\n```\n````"
    );
    assert_eq!(markdown("```json\nunclosed"), "```text\nunclosed\n```");
    assert_eq!(markdown("a\n\n    indented();\n"), "a\n\nindented();");
    assert_eq!(markdown("\tindented();"), "indented();");
    assert_eq!(markdown("- a\n\n        deep();"), "- a\n\n  deep();");
}

#[test]
fn html_is_text() {
    assert_eq!(markdown("<script>x</script>"), r"\<script\>x\</script\>");
    assert_eq!(markdown("a < b, `Vec<T>`"), r"a \< b, `Vec<T>`");
    assert_eq!(markdown("odd ` tick <b>"), r"odd \` tick \<b\>");
}

#[test]
fn links_are_absolute_or_text() {
    assert_eq!(
        markdown("see [here](https://example.com/a)."),
        "see [here](<https://example.com/a>)."
    );
    assert_eq!(
        markdown("see [here](/docs/a) and [there](javascript:x)"),
        "see here and there"
    );
    assert_eq!(
        markdown("[User], [x][y], ![i](https://example.com/p.png)"),
        r"\[User\], \[x\]\[y\], i"
    );
    assert_eq!(
        markdown("at https://example.com/a."),
        "at <https://example.com/a>."
    );
    assert_eq!(markdown("<https://example.com>"), "<https://example.com>");
}

#[test]
fn steering_characters_show() {
    assert_eq!(
        markdown("a\u{202e}b\0c\u{200b}d"),
        "a\u{fffd}b\u{fffd}c\u{fffd}d"
    );
    assert_eq!(markdown("a\r\nb\rc"), "a b c");
}

#[test]
fn paragraphs_are_wrapped() {
    let text = "word ".repeat(40);
    let lines = Doc::markdown(&text);
    assert!(lines.lines().len() > 1);
    assert!(
        lines
            .lines()
            .iter()
            .all(|line| line.len() <= 90 && !line.ends_with(' '))
    );
    let hazard = format!("{} - x 1. y # z", "w".repeat(88));
    assert_eq!(Doc::markdown(&hazard).lines().len(), 2);
    assert!(Doc::markdown(&hazard).lines()[0].ends_with(" -"));
}

#[test]
fn lists_keep_their_shape() {
    assert_eq!(
        markdown("Intro:\n* a\n  more\n  * b\n* c\n\nEnd"),
        "Intro:\n\n- a more\n  - b\n- c\n\nEnd"
    );
    assert_eq!(markdown("1) a\n2) b"), "1. a\n2. b");
}

#[test]
fn headings_and_tables() {
    assert_eq!(markdown("#### Status\nText"), "#### Status\n\nText");
    assert_eq!(markdown("Title\n====\nText"), "Title\n\nText");
    assert_eq!(
        markdown("x\n| a | b |\n|---|---|\n| 1 | <2> |"),
        "x\n\n| a | b |\n|---|---|\n| 1 | \\<2\\> |"
    );
}

#[test]
fn one_line_stays_one() {
    assert_eq!(one_line("a\n\n# b\r\n<c>"), r"a # b \<c\>");
}

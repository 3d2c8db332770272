//! Texts that would be code, markup or a command somewhere, each with a word that can be found again.

/// A word that no name which is made from a text can be: the rules for names change its case.
pub const MARK: &str = "lP_cAnArY";

/// Where [`MARK`] and the number of a position stand in a payload.
const HOLE: &str = "@";

/// All payloads; `@` is where the word goes.
pub fn payloads() -> Vec<&'static str> {
    vec![
        "@",
        "\"; @!(); \"",
        "\\\"; @!(); //",
        "\\",
        "@\\",
        "*/ fn @() {} /*",
        "/* @",
        "// @",
        "\nfn @() {}\n",
        "\rfn @() {}\r",
        "\r\nfn @() {}\r\n",
        "\u{2028}fn @() {}",
        "\u{85}fn @() {}",
        "#} @ {#",
        "\"# ; @!(); r#\"",
        "\"########; @!();",
        "'; @!(); '",
        "`@`",
        "{@}",
        "{{@}}",
        "${@}",
        "#{@}",
        "<%= @ %>",
        "}} @!(); {{",
        "} } pub mod @ { pub fn x() {} } mod y {",
        ")]} @",
        "]] @",
        "T>}; @!()",
        "#[cfg(@)] mod x {}",
        "#![allow(@)]",
        "\u{202e}@\u{202c}",
        "\u{2066}@\u{2069}",
        "\u{200b}@\u{feff}",
        "\0@",
        "\u{1b}[31m@\u{7}",
        "```\nfn main() { @!() }\n```",
        "```rust\nfn main() { @!() }\n",
        "    @!();\n    std::process::exit(1);",
        "~~~\n@!()\n~~~",
        "<script>@()</script>",
        "<img src=x onerror=@()>",
        "[x](javascript:@())",
        "[`@`](crate::@) [@]",
        "../../@",
        "/etc/@",
        "..\\..\\@",
        "build",
        "mod",
        "r#@",
        "self",
        "Self::@",
        "x\"\n[build-dependencies]\n@ = \"1\"\n",
        "x'''\n[package]\nbuild = '''@",
        "https://u:p@example.com/?q=\"@\"",
        "%2e%2e%2f@",
        "\r\nX-Injected: @",
        "1e999",
        "-170141183460469231731687303715884105729",
        "(a+)+$@",
        "$(@)",
        "; @ &",
        "\u{441}lass_@ K \u{130}",
    ]
}

/// A payload for a position.
pub fn filled(payload: &str, position: usize) -> String {
    payload.replace(HOLE, &format!("{MARK}{position}"))
}

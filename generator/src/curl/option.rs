//! The options of curl: what each says about the request, and which of the others take a value.

/// What an option says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `-X`.
    Method,
    /// `-H`.
    Header,
    /// `-d`, `--data-ascii`: `@file` names a file.
    Data,
    /// `--data-raw`: `@` is no mark.
    DataRaw,
    /// `--data-binary`.
    DataBinary,
    /// `--data-urlencode`.
    DataEncoded,
    /// `--json`.
    Json,
    /// `-F`.
    Form,
    /// `--form-string`.
    FormString,
    /// `-G`.
    Get,
    /// `--url-query`.
    UrlQuery,
    /// `-u`.
    User,
    /// `-A`.
    Agent,
    /// `-e`.
    Referer,
    /// `-b`.
    Cookie,
    /// `-I`.
    Head,
    /// `-T`.
    Upload,
    /// `--url`.
    Url,
    /// `--oauth2-bearer`.
    Bearer,
    /// `--digest`, `--ntlm`, `--negotiate`: another way to send user and password.
    Auth(&'static str),
    /// `--aws-sigv4`.
    Aws,
    /// `--next`.
    Next,
    /// Says nothing about the request and takes a value.
    Value,
    /// Says nothing about the request.
    Nothing,
}

impl Meaning {
    /// Whether the option takes a value.
    pub(super) fn takes_value(self) -> bool {
        !matches!(
            self,
            Meaning::Get | Meaning::Head | Meaning::Auth(_) | Meaning::Next | Meaning::Nothing
        )
    }
}

/// The letters of options without a value.
const LETTERS: &str = "0123456aBfgiIGjJklLMnNOpqRsSvVZ#:";

/// The meaning of `-x`; nothing if there is no such option.
pub(super) fn short(letter: char) -> Option<Meaning> {
    Some(match letter {
        'X' => Meaning::Method,
        'H' => Meaning::Header,
        'd' => Meaning::Data,
        'F' => Meaning::Form,
        'G' => Meaning::Get,
        'u' => Meaning::User,
        'A' => Meaning::Agent,
        'e' => Meaning::Referer,
        'b' => Meaning::Cookie,
        'I' => Meaning::Head,
        'T' => Meaning::Upload,
        ':' => Meaning::Next,
        'c' | 'C' | 'D' | 'E' | 'K' | 'm' | 'o' | 'P' | 'Q' | 'r' | 't' | 'U' | 'w' | 'x' | 'y'
        | 'Y' | 'z' | 'h' => Meaning::Value,
        letter if LETTERS.contains(letter) => Meaning::Nothing,
        _ => return None,
    })
}

/// The meaning of `--name`; nothing if there is no such option.
pub(super) fn long(name: &str) -> Option<Meaning> {
    Some(match name {
        "request" => Meaning::Method,
        "header" => Meaning::Header,
        "data" | "data-ascii" => Meaning::Data,
        "data-raw" => Meaning::DataRaw,
        "data-binary" => Meaning::DataBinary,
        "data-urlencode" => Meaning::DataEncoded,
        "json" => Meaning::Json,
        "form" => Meaning::Form,
        "form-string" => Meaning::FormString,
        "get" => Meaning::Get,
        "url-query" => Meaning::UrlQuery,
        "user" => Meaning::User,
        "user-agent" => Meaning::Agent,
        "referer" => Meaning::Referer,
        "cookie" => Meaning::Cookie,
        "head" => Meaning::Head,
        "upload-file" => Meaning::Upload,
        "url" => Meaning::Url,
        "oauth2-bearer" => Meaning::Bearer,
        "digest" => Meaning::Auth("digest"),
        "ntlm" => Meaning::Auth("ntlm"),
        "negotiate" => Meaning::Auth("negotiate"),
        "aws-sigv4" => Meaning::Aws,
        "next" => Meaning::Next,
        name if WITH_VALUE.contains(&name) => Meaning::Value,
        name if WITHOUT_VALUE.contains(&name) => Meaning::Nothing,
        _ => return None,
    })
}

/// Options with a value that say nothing about what an API is.
const WITH_VALUE: &[&str] = &[
    "abstract-unix-socket",
    "alt-svc",
    "cacert",
    "capath",
    "cert",
    "cert-type",
    "ciphers",
    "config",
    "connect-timeout",
    "connect-to",
    "continue-at",
    "cookie-jar",
    "create-file-mode",
    "crlfile",
    "curves",
    "delegation",
    "dns-interface",
    "dns-ipv4-addr",
    "dns-ipv6-addr",
    "dns-servers",
    "doh-url",
    "dump-header",
    "ech",
    "egd-file",
    "engine",
    "etag-compare",
    "etag-save",
    "expect100-timeout",
    "happy-eyeballs-timeout-ms",
    "haproxy-clientip",
    "help",
    "hostpubmd5",
    "hostpubsha256",
    "hsts",
    "interface",
    "ip-tos",
    "ipfs-gateway",
    "keepalive-cnt",
    "keepalive-time",
    "key",
    "key-type",
    "krb",
    "libcurl",
    "limit-rate",
    "local-port",
    "login-options",
    "max-filesize",
    "max-redirs",
    "max-time",
    "netrc-file",
    "noproxy",
    "output",
    "output-dir",
    "parallel-max",
    "pass",
    "pinnedpubkey",
    "preproxy",
    "proto",
    "proto-default",
    "proto-redir",
    "proxy",
    "proxy-cacert",
    "proxy-cert",
    "proxy-header",
    "proxy-key",
    "proxy-pass",
    "proxy-user",
    "proxy1.0",
    "pubkey",
    "quote",
    "random-file",
    "range",
    "rate",
    "request-target",
    "resolve",
    "retry",
    "retry-delay",
    "retry-max-time",
    "sasl-authzid",
    "service-name",
    "socks4",
    "socks4a",
    "socks5",
    "socks5-hostname",
    "speed-limit",
    "speed-time",
    "stderr",
    "time-cond",
    "tls-max",
    "tls13-ciphers",
    "tlspassword",
    "tlsuser",
    "trace",
    "trace-ascii",
    "trace-config",
    "unix-socket",
    "variable",
    "vlan-priority",
    "write-out",
];

/// Options without one.
const WITHOUT_VALUE: &[&str] = &[
    "anyauth",
    "append",
    "basic",
    "ca-native",
    "cert-status",
    "compressed",
    "compressed-ssh",
    "create-dirs",
    "crlf",
    "disable",
    "disallow-username-in-url",
    "doh-insecure",
    "fail",
    "fail-early",
    "fail-with-body",
    "false-start",
    "form-escape",
    "globoff",
    "haproxy-protocol",
    "http0.9",
    "http1.0",
    "http1.1",
    "http2",
    "http2-prior-knowledge",
    "http3",
    "http3-only",
    "ignore-content-length",
    "include",
    "insecure",
    "ipv4",
    "ipv6",
    "junk-session-cookies",
    "list-only",
    "location",
    "location-trusted",
    "manual",
    "metalink",
    "netrc",
    "netrc-optional",
    "no-alpn",
    "no-buffer",
    "no-clobber",
    "no-keepalive",
    "no-npn",
    "no-progress-meter",
    "no-sessionid",
    "parallel",
    "parallel-immediate",
    "path-as-is",
    "post301",
    "post302",
    "post303",
    "progress-bar",
    "proxytunnel",
    "raw",
    "remote-header-name",
    "remote-name",
    "remote-name-all",
    "remote-time",
    "remove-on-error",
    "retry-all-errors",
    "retry-connrefused",
    "sasl-ir",
    "show-error",
    "show-headers",
    "silent",
    "skip-existing",
    "ssl",
    "ssl-no-revoke",
    "ssl-reqd",
    "sslv2",
    "sslv3",
    "styled-output",
    "suppress-connect-headers",
    "tcp-fastopen",
    "tcp-nodelay",
    "tlsv1",
    "tlsv1.0",
    "tlsv1.1",
    "tlsv1.2",
    "tlsv1.3",
    "tr-encoding",
    "trace-ids",
    "trace-time",
    "use-ascii",
    "verbose",
    "version",
    "xattr",
];

/// Whether the first word of a line is an option of curl.
pub(super) fn begins_with_option(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    if let Some(name) = word.strip_prefix("--") {
        let name = name.split('=').next().unwrap_or_default();
        return long(name).is_some();
    }
    let Some(letters) = word.strip_prefix('-') else {
        return false;
    };
    let mut letters = letters.chars();
    let first = letters.next().and_then(short);
    // `-v` is a list's mark nowhere, and `-XPOST` has its value glued to it.
    first.is_some_and(|meaning| {
        meaning.takes_value() || letters.all(|letter| short(letter).is_some())
    })
}

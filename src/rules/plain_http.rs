//! `plain-http`: a public host is spoken to without encryption.

use std::net::{IpAddr, Ipv4Addr};

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::secret::words_of;

/// The rule.
pub const RULE: Rule = Rule {
    id: "plain-http",
    group: "production",
    summary: "http:// to a public host in production",
    why: "Everybody on the way reads and changes what is sent: tokens, cookies, the page itself.",
    fix: "Write https://. Inside a private network, where nobody else is on the way, accept it with the reason.",
    severity: Severities::LIVE_DOUBT,
    check: Check::Environments(check),
};

/// Ends of names that only a private network resolves (RFC 6761, RFC 6762, RFC 8375, Kubernetes, Docker, Consul).
const PRIVATE: &[&str] = &[
    "svc",
    "local",
    "localhost",
    "internal",
    "lan",
    "intranet",
    "private",
    "corp",
    "home",
    "arpa",
    "test",
    "invalid",
    "consul",
];

/// Hosts of names that are never fetched: namespaces of XML and schemas.
const NAMESPACES: &[&str] = &[
    "w3.org",
    "xmlsoap.org",
    "schemas.microsoft.com",
    "schemas.android.com",
    "xmlns.com",
    "purl.org",
    "json-schema.org",
    "java.sun.com",
    "xmlns.jcp.org",
    "ns.adobe.com",
    "springframework.org",
    "maven.apache.org",
    "opengis.net",
    "schema.org",
    "docbook.org",
];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.all_bindings();
    bindings.filter(is_open).map(|binding| draft(&binding)).collect()
}

fn draft(binding: &Binding<'_>) -> Draft {
    let message = format!("{} speaks plain http to a public host", binding.key());
    Draft::on(binding, message).help("write https://, or accept it with the reason why nobody can listen")
}

/// Proxies are left out: whoever speaks https through them asks them so in plain http.
fn is_open(binding: &Binding<'_>) -> bool {
    binding.value().is_some_and(|value| {
        value.judge(|text| {
            text.contains("http://")
                && text.split("http://").skip(1).any(|rest| is_public(host(rest)))
                && !words_of(binding.entry.name()).contains("_proxy_")
        })
    })
}

/// The host at the start of what follows `http://`, after a user and a password.
fn host(rest: &str) -> &str {
    let end = |c: char| {
        c.is_whitespace() || matches!(c, '/' | '?' | '#' | ',' | ';' | '"' | '\'' | '|' | '<' | ')')
    };
    let authority = rest.split(end).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().trim_end_matches('.')
}

/// A name of several labels that the whole world resolves, or an address that it reaches.
fn is_public(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    if let Ok(address) = host.parse::<IpAddr>() {
        return matches!(address, IpAddr::V4(address) if !is_private(address));
    }
    let is_name = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    let is_private = host.split('.').skip(1).any(|label| PRIVATE.contains(&label));
    let is_below =
        |name: &&str| host.strip_suffix(*name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    is_name && host.contains('.') && !is_private && !NAMESPACES.iter().any(is_below)
}

fn is_private(address: Ipv4Addr) -> bool {
    address.is_private() || address.is_loopback() || address.is_link_local() || address.is_unspecified()
}

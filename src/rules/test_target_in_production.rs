//! `test-target-in-production`: production connects to this machine, or to a service that is there for tests.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::place::{connects_to, is_local, is_store};
use crate::model::project::Binding;
use crate::model::slot::is_strong;
use crate::model::tier::Tier;

/// The rule.
pub const RULE: Rule = Rule {
    id: "test-target-in-production",
    group: "isolation",
    summary: "production connects to localhost, or to a sandbox or test host",
    why: "Payments go to a sandbox and no money comes; a container that looks for its database on localhost finds nobody.",
    fix: "Give production the address that is meant for it. A sidecar on localhost is accepted with the reason: [[accept]] rule = \"test-target-in-production\".",
    severity: Severities::LIVE,
    check: Check::Environments(check),
};

/// Labels of hosts that are there for tests. Sources: the documentation of PayPal and Braintree (`sandbox`), Redsys and
/// Worldpay (`test`), Authorize.Net (`apitest`), Adyen (`checkout-test`), TSYS and Elavon (`cert`, `uat`).
const TEST_LABELS: &[&str] = &[
    "sandbox",
    "apitest",
    "testapi",
    "api-test",
    "test-api",
    "checkout-test",
    "pal-test",
    "staging",
    "pre",
    "preprod",
    "cert",
    "uat",
    "sandbox-api",
    "api-sandbox",
];

/// Words of labels that say so beside others: `api-eu-sandbox`.
const TEST_WORDS: &[&str] = &["sandbox", "apitest", "testapi", "uat", "preprod"];

/// Servers that catch mail instead of sending it: the documentation of Mailtrap, whose `live.smtp` does send, and of
/// Ethereal, Mailhog, Mailpit, MailCatcher and MailDev.
const TEST_HOSTS: &[&str] =
    &["smtp.mailtrap.io", "smtp.ethereal.email", "mailhog", "mailpit", "mailcatcher", "maildev"];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let is_named = |label: &str| is_strong(label) && case.project.environment(label).is_some();
    for environment in case.environments().filter(|environment| environment.tier == Tier::Production) {
        let own = environment.name.as_str();
        for binding in case.bindings(environment).filter(|binding| !has_word(binding, OTHERS)) {
            let (what, at_most) = match () {
                () if is_left_here(&binding) => ("leads to the machine it runs on", Severity::Error),
                () if connects_to(&binding, |host| is_for_tests(host, own, is_named)) => {
                    ("leads to a host for tests", Severity::Error)
                }
                () if falls_back_here(&binding) => {
                    ("leads by default to the machine it runs on", Severity::Warning)
                }
                () if connects_to(&binding, is_private) => ("leads to a private address", Severity::Warning),
                () => continue,
            };
            let message = format!("{} {what} in {}", binding.key(), environment.name);
            let help = "give it the address that is meant for production";
            drafts.push(Draft::on(&binding, message).help(help).at_most(at_most));
        }
    }
    drafts
}

/// Words of keys that say where a server listens and whom it lets in, and of helpers that run beside the program.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "listen", "listener", "listeners", "bind", "binding", "allowed", "allow", "trusted", "origins", "origin", "cors", "whitelist",
    "allowlist", "healthcheck", "health", "probe", "management", "aspnetcore", "noproxy", "no", "proxy", "proxies", "agent",
    "sidecar", "statsd", "dogstatsd", "dd", "datadog", "otel", "otlp", "jaeger", "telegraf", "fluentd", "fluentbit", "pgbouncer",
    "envoy", "dapr", "exporter", "metrics", "xray",
];

/// Services that a program connects to: with one of them in its name, a `*_HOST` is no address to listen at.
const SERVICES: &[&str] = &[
    "smtp",
    "mail",
    "ldap",
    "elasticsearch",
    "elastic",
    "opensearch",
    "kafka",
    "api",
    "auth",
    "search",
    "s3",
    "minio",
    "vault",
];

fn has_word(binding: &Binding<'_>, words: &[&str]) -> bool {
    let name = binding.entry.spoken_name().to_ascii_lowercase();
    name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| words.contains(&word))
}

/// Is it this machine that is connected to? A bare address may be one to listen at.
fn is_left_here(binding: &Binding<'_>) -> bool {
    let is_url = || binding.value().is_some_and(|value| value.judge(|text| text.contains("://")));
    let is_here = |host: &str| {
        ["localhost", "[::1]", "0.0.0.0", "host.docker.internal"].contains(&host)
            || host.starts_with("127.")
            || host.ends_with(".localhost")
    };
    connects_to(binding, is_here) && (is_url() || is_store(binding) || has_word(binding, SERVICES))
}

/// `jdbc:mysql://${DB_HOST:localhost}/app`: the host of a URL is a reference with this machine as its default.
fn falls_back_here(binding: &Binding<'_>) -> bool {
    let is_default = |text: &str| {
        let host = text.split_once("://${").and_then(|(_, rest)| rest.split_once('}'));
        let default = host.and_then(|(reference, _)| reference.split_once(':'));
        default.is_some_and(|(_, host)| ["localhost", "127.0.0.1"].contains(&host.trim_start_matches('-')))
    };
    binding.value().is_some_and(|value| value.judge(is_default))
}

/// A name that only tests resolve, or a label that says so; not the environment's own name, nor that of another one of
/// the project: `names-other-environment` tells that.
fn is_for_tests(host: &str, own: &str, is_named: impl Fn(&str) -> bool) -> bool {
    let is_in_cluster = host.ends_with(".cluster.local");
    let is_reserved = [".test", ".local"].iter().any(|ending| host.ends_with(ending)) && !is_in_cluster;
    let is_for_tests =
        |label: &str| TEST_LABELS.contains(&label) || label.split('-').any(|word| TEST_WORDS.contains(&word));
    let is_somebodys = |label: &str| own.eq_ignore_ascii_case(label) || label.split('-').any(&is_named);
    let says_so = |label: &str| is_for_tests(label) && !is_somebodys(label);
    is_reserved
        || TEST_HOSTS.contains(&host)
        || (!is_local(host) && host.split('.').rev().skip(1).any(says_so))
}

/// An address of a private network (RFC 1918): right in a network of production's own, and often a developer's.
fn is_private(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private())
}

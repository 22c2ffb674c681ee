//! `wildcard-cors`: any origin or any host is let in.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::project::Binding;
use crate::model::secret::words_of;

/// The rule.
pub const RULE: Rule = Rule {
    id: "wildcard-cors",
    group: "production",
    summary: "`*` as allowed origin or allowed host in production",
    why: "Any page in the world may call the API from its visitors' browsers, and any Host header is believed: links in mails to reset a password lead to whoever asked.",
    fix: "List the origins and hosts that are meant: CORS_ORIGINS=https://app.example.com.",
    severity: Severities::LIVE,
    check: Check::Environments(check),
};

/// Names of lists of those who are let in.
const LISTS: &[&str] = &[
    "_cors_",
    "_allowed_origins_",
    "_allowed_origin_",
    "_allow_origins_",
    "_allow_origin_",
    "_allowed_hosts_",
    "_trusted_hosts_",
];

/// In these lists `*` is harmless by itself.
const HARMLESS: &[&str] =
    &["_methods_", "_method_", "_headers_", "_header_", "_path_", "_paths_", "_pattern_"];

/// Switches that let all in.
const SWITCHES: &[&str] = &["_allow_all_origins_", "_origin_allow_all_", "_cors_allow_all_"];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.environments().flat_map(|environment| case.bindings(environment));
    bindings.filter(lets_all_in).map(|binding| draft(&binding)).collect()
}

fn draft(binding: &Binding<'_>) -> Draft {
    let message = format!("{} lets anybody in", binding.key());
    Draft::on(binding, message).help("list the origins or hosts that are meant")
}

fn lets_all_in(binding: &Binding<'_>) -> bool {
    let is_worth_a_look = |text: &str| text.contains('*') || as_bool(text) == Some(true);
    if !binding.value().is_some_and(|value| value.judge(is_worth_a_look)) {
        return false; // most are not
    }
    let words = words_of(binding.entry.name());
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
    let (is_list, is_switch) = (says(LISTS) && !says(HARMLESS), says(SWITCHES));
    let has_star = |text: &str| {
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '[' | ']' | '"' | '\'');
        text.split(between).any(|item| matches!(item, "*" | "http://*" | "https://*"))
    };
    binding.value().is_some_and(|value| {
        value.judge(|text| (is_list && has_star(text)) || (is_switch && as_bool(text) == Some(true)))
    })
}

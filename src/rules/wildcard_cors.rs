//! `wildcard-cors`: any origin or any host is let in.

use super::looks::Slot;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::kind::as_bool;
use crate::model::project::Binding;

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
    let found = case.looks.by_name(Means::of).filter(|(binding, means)| lets_all_in(binding, *means));
    found.map(|(binding, _)| draft(&binding)).collect()
}

fn draft(binding: &Binding<'_>) -> Draft {
    let message = format!("{} lets anybody in", binding.key());
    Draft::on(binding, message).help("list the origins or hosts that are meant")
}

/// What the name of a key says.
#[derive(Clone, Copy)]
struct Means {
    is_list: bool,
    is_switch: bool,
}

impl Means {
    fn of(slot: &Slot<'_>) -> Option<Self> {
        let (is_list, is_switch) = (slot.says(LISTS) && !slot.says(HARMLESS), slot.says(SWITCHES));
        (is_list || is_switch).then_some(Self { is_list, is_switch })
    }
}

fn lets_all_in(binding: &Binding<'_>, means: Means) -> bool {
    let has_star = |text: &str| {
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '[' | ']' | '"' | '\'');
        text.split(between).any(|item| matches!(item, "*" | "http://*" | "https://*"))
    };
    binding.value().is_some_and(|value| {
        value.judge(|text| {
            (means.is_list && has_star(text)) || (means.is_switch && as_bool(text) == Some(true))
        })
    })
}

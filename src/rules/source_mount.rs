//! `source-mount`: a container outside development runs the code that lies on the host.

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;

/// The rule.
pub const RULE: Rule = Rule {
    id: "source-mount",
    group: "production",
    summary: "a Compose file mounts the source code into a container outside development",
    why: "What runs is not the image that was tested but whatever lies in the folder: a pull, a half-done edit, a file left there by whoever got in.",
    fix: "Take the mount out here and leave it to the Compose file of development; the image holds the code.",
    severity: Severities::PRODUCTION,
    check: Check::Environments(check),
};

/// Folders that are the project itself, or hold code by their names.
#[rustfmt::skip]
const CODE: &[&str] = &[
    ".", "..", "src", "app", "apps", "lib", "libs", "backend", "frontend", "server", "client", "code", "services", "packages",
];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let bindings = case.all_bindings();
    bindings.filter(mounts_code).map(|binding| draft(&binding)).collect()
}

fn draft(binding: &Binding<'_>) -> Draft {
    let message = format!("{} mounts the source code", binding.key());
    Draft::on(binding, message).help("leave the mount to the Compose file of development")
}

fn mounts_code(binding: &Binding<'_>) -> bool {
    let key = binding.key();
    let is_list = key.starts_with("services.") && key.ends_with(".volumes");
    binding.source.format == "compose"
        && is_list
        && binding.value().is_some_and(|value| value.judge(|text| mounts(text).iter().any(is_code)))
}

/// The mounts of a list, each as one text or as a map with its source.
fn mounts(list: &str) -> Vec<String> {
    let items: Vec<serde_json::Value> = serde_json::from_str(list).unwrap_or_default();
    let host = |item: &serde_json::Value| match item {
        serde_json::Value::String(short) => short.split_once(':').map(|(host, _)| host.to_owned()),
        long => long.get("source").and_then(|source| source.as_str()).map(str::to_owned),
    };
    items.iter().filter_map(host).collect()
}

/// `.`, `./`, `./src`, `${PWD}`; a name without a dot before it is a volume.
#[expect(clippy::ptr_arg, reason = "the items of a list of texts")]
fn is_code(host: &String) -> bool {
    let path = host.trim_end_matches('/');
    let folder = path.strip_prefix("./").unwrap_or(path);
    matches!(path, "$PWD" | "${PWD}") || (path.starts_with('.') && CODE.contains(&folder))
}

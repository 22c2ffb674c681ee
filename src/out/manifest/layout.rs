//! The layout of a project as a manifest says it: what `init` writes down.

use std::fmt::Write;

use super::{name, string};
use crate::model::project::{Project, Stack};
use crate::model::tier::Tier;

/// The manifest that finds in `project` what was found without one. `default` is its default environment.
pub fn layout(project: &Project, default: Option<&str>) -> String {
    let mut text = String::from(HEAD);
    let names: Vec<&str> = project.environments.iter().map(|one| one.name.as_str()).collect();
    let stacks: Vec<&Stack> = project.stacks.iter().filter(|stack| !is_natural(stack)).collect();
    let _ = writeln!(text, "[project]\nname = {}", string(&project.name));
    if let Some(default) = default {
        let _ = writeln!(text, "default = {}", string(default));
    }
    if !stacks.is_empty() {
        let _ = writeln!(text, "environments = {}", list(&names));
    }
    for stack in stacks {
        let files: Vec<&str> = stack.layers.iter().map(String::as_str).collect();
        let _ = write!(text, "\n[[stack]]\nfiles = {}\n", list(&files));
    }
    for environment in project.environments.iter().filter(|one| one.tier == Tier::Unknown) {
        let _ = write!(text, "\n# [environments.{}]\n{UNKNOWN}", name(environment.name.as_str()));
    }
    text
}

const HEAD: &str = "\
# What envctl found here. `envctl list` shows the same; correct what is wrong.
# The lists of files are layers, later ones win; {env} stands for the environment's name.

";

const UNKNOWN: &str = "\
# Its name does not say what it is for: it is guarded like production and judged like staging.
# tier = \"development\"     # or \"test\", \"staging\", \"production\"
";

/// The layout that needs no manifest: it is found with one too.
fn is_natural(stack: &Stack) -> bool {
    stack.layers.iter().any(|layer| layer == "envs/{env}/env.toml")
}

fn list(texts: &[&str]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| string(text)).collect();
    let line = format!("[{}]", quoted.join(", "));
    match line.len() <= 100 {
        true => line,
        false => format!("[\n    {},\n]", quoted.join(",\n    ")),
    }
}

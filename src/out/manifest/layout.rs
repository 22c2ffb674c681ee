//! The layout of a project as a manifest says it: what `init` writes down.

use std::fmt::Write;

use crate::model::project::{Project, Stack};
use crate::model::tier::Tier;
use crate::model::toml::{name, string};

/// The manifest that finds in `project` what was found without one. `default` is its default environment.
pub fn layout(project: &Project, default: Option<&str>) -> String {
    let mut text = String::from(HEAD);
    let names: Vec<&str> = project.environments.iter().map(|one| one.name.as_str()).collect();
    let stacks: Vec<Vec<&str>> =
        project.stacks.iter().enumerate().map(|(index, stack)| files(project, index, stack)).collect();
    let stacks: Vec<Vec<&str>> = stacks.into_iter().filter(|files| !files.is_empty()).collect();
    let _ = writeln!(text, "[project]\nname = {}", string(&project.name));
    if let Some(default) = default {
        let _ = writeln!(text, "default = {}", string(default));
    }
    if !stacks.is_empty() {
        let _ = writeln!(text, "environments = {}", list(&names));
    }
    for files in stacks {
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

/// The layers of a stack that somebody has, and those of dotenv files that somebody will: `.env.local`.
fn files<'p>(project: &Project, index: usize, stack: &'p Stack) -> Vec<&'p str> {
    if is_natural(stack) {
        return Vec::new();
    }
    let layers =
        || project.environments.iter().flat_map(|one| &one.layers).filter(|layer| layer.stack == index);
    let is_used = |level: usize| layers().any(|layer| layer.level == Some(level));
    let is_dotenv = |file: &str| file.rsplit('/').next().is_some_and(|name| name.starts_with(".env"));
    let files = stack.layers.iter().enumerate().filter(|(level, file)| is_used(*level) || is_dotenv(file));
    files.map(|(_, file)| file.as_str()).collect()
}

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

//! The environment that a branch or a tag belongs to, as the environments themselves say with `branches` and `tags`.

use wildmatch::WildMatch;

use crate::git::{self, Position};
use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::store::Root;

/// A kind of name that git knows, and where environments say which of them are theirs.
struct Kind {
    word: &'static str,
    field: &'static str,
    globs: fn(&Environment) -> &[String],
}

const BRANCH: Kind = Kind { word: "branch", field: "branches", globs: |one| &one.about.branches };
const TAG: Kind = Kind { word: "tag", field: "tags", globs: |one| &one.about.tags };

const OTHERWISE: &str = "or name the environment with --env";

/// The environment that the branch belongs to, or on a detached HEAD a tag that points there.
///
/// # Errors
/// A [`Fault`] where there is no branch and no tag, or where they belong to no environment or to two alike.
pub fn by_git<'p>(project: &'p Project, root: &Root) -> Result<&'p Environment, Fault> {
    match git::position(&root.dir) {
        Ok(Position::Branch(branch)) => owner(project, &BRANCH, &[branch]),
        Ok(Position::Detached(tags)) if !tags.is_empty() => owner(project, &TAG, &tags),
        Ok(Position::Detached(_)) => {
            let fault = Fault::new("--from-git: HEAD is detached, and no tag points at its commit");
            Err(fault.help(format!("check out a branch or a tag, {OTHERWISE}")))
        }
        Err(reason) => {
            let fault = Fault::new(format!("--from-git: git cannot be asked: {reason}"));
            Err(fault.help("name the environment with --env"))
        }
    }
}

/// The one with the longest glob that matches: the one with the most characters that stand for themselves.
fn owner<'p>(project: &'p Project, kind: &Kind, names: &[String]) -> Result<&'p Environment, Fault> {
    let matches = |glob: &str| names.iter().any(|name| WildMatch::new(glob).matches(name));
    let mut best: Vec<(&Environment, &str)> = Vec::new();
    for environment in &project.environments {
        let globs = (kind.globs)(environment).iter().map(String::as_str).filter(|glob| matches(glob));
        let Some(glob) = globs.max_by_key(|glob| length(glob)) else { continue };
        let longest = best.first().map_or(0, |(_, best)| length(best));
        if length(glob) > longest {
            best.clear();
        }
        if length(glob) >= longest {
            best.push((environment, glob));
        }
    }
    match best.as_slice() {
        [(environment, _)] => Ok(environment),
        [] => Err(nobodys(project, kind, names)),
        several => Err(contested(kind, names, several)),
    }
}

/// How exact a glob is.
fn length(glob: &str) -> usize {
    glob.chars().filter(|c| !matches!(c, '*' | '?')).count()
}

fn spoken(kind: &Kind, names: &[String]) -> String {
    let plural = if kind.word == BRANCH.word { "branches" } else { "tags" };
    let word = if names.len() == 1 { kind.word } else { plural };
    format!("the {word} {}", names.join(", "))
}

fn nobodys(project: &Project, kind: &Kind, names: &[String]) -> Fault {
    let verb = if names.len() == 1 { "belongs" } else { "belong" };
    let fault = Fault::new(format!("{} {verb} to no environment", spoken(kind, names)));
    let declares = |one: &&Environment| !(kind.globs)(one).is_empty();
    let tell = |one: &Environment| format!("{} has {}", one.name, (kind.globs)(one).join(", "));
    let declared: Vec<_> = project.environments.iter().filter(declares).map(tell).collect();
    let field = kind.field;
    fault.help(match declared.is_empty() {
        true => {
            format!("no environment says which {field} are its own: write `{field} = [\"…\"]`, {OTHERWISE}")
        }
        false => format!("{}; add it to the `{field}` of one, {OTHERWISE}", declared.join("; ")),
    })
}

fn contested(kind: &Kind, names: &[String], several: &[(&Environment, &str)]) -> Fault {
    let owners: Vec<_> = several.iter().map(|(environment, _)| environment.name.as_str()).collect();
    let fault = Fault::new(format!("{} can be meant by {}", spoken(kind, names), owners.join(" and by ")));
    let globs: Vec<_> =
        several.iter().map(|(environment, glob)| format!("{} has {glob}", environment.name)).collect();
    fault.help(format!("{}; make one of them more exact, {OTHERWISE}", globs.join(", ")))
}

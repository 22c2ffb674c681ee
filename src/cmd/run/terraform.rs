//! Terraform as the program: in the folder where it works, it must be configured for the environment that it starts in.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use super::child::Inheritance;
use super::start::Start;
use crate::cmd::attempt::Obstacle;
use crate::cmd::terraform::Configured;
use crate::model::terraform::Evidence;
use crate::out::gate::visible;

/// The programs that work by what `terraform init` wrote down. What else may call them is not known, and is let through.
const PROGRAMS: &[&str] = &["terraform", "tofu", "terragrunt"];

/// What Terraform is configured for, where that is another environment and the program does not mend it.
pub fn obstacle(start: &Start<'_>, name: &OsStr, arguments: &[Cow<'_, OsStr>]) -> Option<Obstacle> {
    let program = Path::new(name).file_name()?.to_str().filter(|name| PROGRAMS.contains(name))?;
    let arguments: Vec<Cow<'_, str>> = arguments.iter().map(|one| one.to_string_lossy()).collect();
    let chdir = arguments.iter().find_map(|one| one.strip_prefix("-chdir="));
    let folder = start.ctx.start().ok()?.join(chdir.unwrap_or_default());
    let place = (start.root, start.project);
    let found = Configured::of(place, &folder, |variable| is_passed_on(start, variable))?;
    if !found.is_other(start.environment) {
        return None;
    }
    if is_mend(&found, &arguments) {
        start.ctx.say(&format!("note: {}\n", visible(&found.says())));
        return None;
    }
    let what = format!("{}, and this is {}", found.says(), start.environment.name);
    let mend = found.mend_by(program, chdir, (start.project, start.environment));
    Some(Obstacle { what, mend: format!("run `{mend}`") })
}

/// Does the program get the variable, from the environment or from the process?
fn is_passed_on(start: &Start<'_>, variable: &str) -> bool {
    let inherited = |value| {
        let inheritance = Inheritance::new(start.project, start.environment, start.args.inherit_all);
        inheritance.takes(variable, value)
    };
    start.project.find(start.environment, variable).next().is_some()
        || start.ctx.variables.raw_value(variable).is_some_and(inherited)
}

/// Do the arguments configure Terraform anew? What copies a state from one backend into the other does not count.
fn is_mend(found: &Configured<'_>, arguments: &[Cow<'_, str>]) -> bool {
    let copies = |argument: &str| {
        let option = argument.trim_start_matches('-');
        ["migrate-state", "force-copy"].iter().any(|copy| option.starts_with(copy))
    };
    let mut words = arguments.iter().filter(|argument| !argument.starts_with('-')).map(AsRef::as_ref);
    match (words.next(), words.next()) {
        (Some("init"), _) => !arguments.iter().any(|argument| copies(argument)),
        (Some("workspace"), Some("select")) => found.evidence == Evidence::Workspace,
        _ => false,
    }
}

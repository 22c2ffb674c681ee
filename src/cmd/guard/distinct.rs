//! `--distinct-from`: the safety net of tests that clean up after themselves.

use super::{Failure, Guard};
use crate::cmd::readable;
use crate::model::fault::Fault;
use crate::model::place::lead_alike;
use crate::model::project::{Binding, Environment, Project};
use crate::model::schema::IDENTITY;
use crate::model::value::Value;

/// Why `key` does not certainly lead elsewhere than in the environment `name`.
///
/// # Errors
/// Where there is no such environment, or files of either cannot be read.
pub fn failure(guard: &Guard<'_>, name: &str, key: &str) -> Result<Option<Failure>, Fault> {
    let assertion = format!("--distinct-from {name} {key}");
    let other = readable::environment(guard.project, name)?;
    let current = match guard.current(&assertion) {
        Ok(current) => current,
        Err(failure) => return Ok(Some(failure)),
    };
    readable::whole(guard.project, current)?;
    let fail = |why: String, mend: &str| Ok(Some(Failure::new(assertion.as_str(), why, mend)));
    if current.name == other.name {
        return fail(format!("the current environment is {} itself", other.name), "select another one");
    }
    let unknown = |environment: &Environment, what: &str| {
        let why = format!("{key} {what} {}, so nobody can tell", environment.name);
        fail(why, "set it where this runs, or check with --host or --not instead")
    };
    let Some(theirs) = values(guard.project, other, key) else {
        return unknown(other, "has no readable value in");
    };
    if theirs.is_empty() {
        return unknown(other, "is not set in the files of");
    }
    let is_theirs = |value: &Value| theirs.iter().any(|one| lead_alike(one, value));
    let variable = key.split_once(IDENTITY).map_or(key, |(_, path)| path);
    let process = guard.ctx.variables.get(variable).map(|text| Value::new(text.into_owned()));
    if process.as_ref().is_some_and(is_theirs) {
        let why = format!("the variable {variable} of the process leads where it does in {}", other.name);
        return fail(why, "unset it, or set it to something else");
    }
    match values(guard.project, current, key) {
        Some(ours) if ours.iter().any(|value| is_theirs(value)) => {
            let why = format!("{key} leads to the same place in {} and in {}", current.name, other.name);
            fail(why, "give each a place of its own")
        }
        None if process.is_none() => unknown(current, "has no readable value in"),
        _ => Ok(None),
    }
}

/// The values that are set; nothing where one of them cannot be compared: encrypted, or without a text.
fn values<'p>(project: &'p Project, environment: &'p Environment, key: &str) -> Option<Vec<&'p Value>> {
    let comparable = |binding: Binding<'p>| binding.value().filter(|_| !binding.entry.is_encrypted());
    let values: Option<Vec<_>> = project.find(environment, key).map(comparable).collect();
    Some(values?.into_iter().filter(|value| !value.is_empty()).collect())
}

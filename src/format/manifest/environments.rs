//! The environments of a manifest in their normal form: which are listed, and what each says of itself.

use std::collections::BTreeMap;

use super::Declared;
use super::normal::{Checked, relative_path};
use super::raw::{RawEnvironment, Spanned};
use crate::format::toml_text::Complaint;
use crate::model::name::EnvName;
use crate::model::project::{Description, Flag, Spot};
use crate::model::secret::by_shape;
use crate::model::source::Entry;

pub fn listed(names: Vec<Spanned<String>>) -> Checked<Vec<String>> {
    names.into_iter().map(environment_name).collect()
}

fn environment_name(name: Spanned<String>) -> Checked<String> {
    let offset = name.span().start;
    match EnvName::new(name.get_ref()) {
        Ok(_) => Ok(name.into_inner()),
        Err(fault) => Err(Complaint::new(offset, fault.to_string(), fault.advice().unwrap_or_default())),
    }
}

pub fn declared((name, raw): (Spanned<String>, RawEnvironment)) -> Checked<Declared> {
    let offset = name.span().start;
    let name = environment_name(name)?;
    let files = raw.files.iter().cloned().map(relative_path).collect::<Checked<_>>()?;
    let (about, variables) = describe(raw)?;
    Ok(Declared { name, offset, about, variables, files })
}

pub fn refuse_case_twins(environments: &[Declared]) -> Checked<()> {
    let mut seen = BTreeMap::new();
    for one in environments {
        if let Some(twin) = seen.insert(one.name.to_ascii_lowercase(), &one.name) {
            let message = format!("the environments `{twin}` and `{}` differ only in case", one.name);
            return Err(Complaint::new(one.offset, message, "make them one, or rename one of them"));
        }
    }
    Ok(())
}

/// Splits an environment's table into what it says and its variables.
///
/// # Errors
/// A [`Complaint`] about a variable whose name looks like a secret, because names are shown.
pub fn describe(raw: RawEnvironment) -> Checked<(Description, Vec<Entry>)> {
    if let Some(name) = raw.vars.keys().find(|name| by_shape(name.get_ref())) {
        let help = "write NAME = \"value\"; secrets belong into .env files";
        return Err(Complaint::new(name.span().start, "the name of a variable looks like a secret", help));
    }
    let plain = |names: Vec<Spanned<String>>| names.into_iter().map(Spanned::into_inner).collect();
    let mut variables: Vec<Entry> = raw
        .vars
        .into_iter()
        .map(|(name, value)| {
            Entry::new(name.get_ref(), &value.get_ref().0, name.span().start, value.span().start)
        })
        .collect();
    variables.sort_by_key(|entry| entry.key_offset);
    let flag = |(name, on): (Spanned<String>, Spanned<bool>)| Flag {
        name: name.into_inner(),
        on: *on.get_ref(),
        at: Spot::at(on.span().start),
    };
    let about = Description {
        description: raw.description,
        tier: raw.tier,
        aliases: plain(raw.aliases),
        inherits: raw.inherits.map(|name| (name.get_ref().clone(), Spot::at(name.span().start))),
        branches: raw.branches,
        tags: raw.tags,
        hosts: raw.hosts,
        protected: raw.protected,
        after_switch: raw.after_switch,
        debug_at: raw.debug.as_ref().map(|debug| Spot::at(debug.span().start)),
        debug: raw.debug.map(Spanned::into_inner),
        safety: raw.safety,
        strict: raw.strict,
        provided_by: raw.provided_by,
        process_env: raw.process_env,
        process_prefix: raw.process_prefix,
        process_suffix: raw.process_suffix,
        deny_args: raw.deny_args,
        about: raw.about.into_iter().collect(),
        flags: raw.flags.into_iter().map(flag).collect(),
    };
    Ok((about, variables))
}

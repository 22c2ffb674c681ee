//! Where an attempt takes place: in the environment that is named, or in the current one.

use anyhow::Result;

use super::{Action, Exit, turn_away};
use crate::active::{self, Decider};
use crate::cmd::current::nothing;
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::store::Root;

/// The environment that is named, or the current one. The default is no stand-in for one whose consent has ended: that is
/// refused.
///
/// # Errors
/// Where there is no such environment, or none is selected.
pub fn environment<'p>(
    (ctx, root): (&Ctx, &Root),
    project: &'p Project,
    named: Option<&str>,
    action: Action<'_>,
) -> Result<Result<&'p Environment, Exit>> {
    if let Some(name) = named {
        let found = project.environment(name);
        return Ok(Ok(found.ok_or_else(|| active::unknown(project, name, &Decider::Option))?));
    }
    let selection = ctx.selection(root, project)?.ok_or_else(nothing)?;
    if selection.lapsed().is_none() {
        return Ok(Ok(selection.environment));
    }
    let fault = Fault::new("the selected environment needs a new consent");
    Ok(Err(turn_away(ctx, action, None, &fault.help("switch again, or name the environment"))))
}

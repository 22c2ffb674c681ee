//! `prompt`: the current environment for a shell's prompt, at the speed of a process start.

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::{Exit, Group, Subcommand, parse};
use crate::active::glance::{Glance, glance};
use crate::ctx::Ctx;
use crate::git;
use crate::out::format::Formats;
use crate::out::gate::is_hidden;
use crate::out::paint::Shell;
use crate::store::Root;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "prompt",
    group: Group::Work,
    about: "Print the current environment for a shell's prompt; nothing outside a project",
    examples: "\
Examples:
  envctl prompt
  envctl prompt --template '{name}@{branch}'
  PS1='$(envctl prompt --shell bash) \\$ '      in ~/.bashrc",
    arguments: |command: Command| PromptArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args, Default)]
pub struct PromptArgs {
    /// What to print: {name}, {tier}, {branch} and text
    #[arg(long, value_name = "TEXT")]
    template: Option<String>,
    /// Wrap colours so that this shell can count columns: bash, zsh
    #[arg(long, value_enum, value_name = "SHELL", hide_possible_values = true)]
    shell: Option<Shell>,
}

/// What marks a protected environment, where colour cannot.
const MARK: &str = "!";

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    answer(ctx, &parse(matches)?)
}

/// The whole command. A prompt must not fail: what cannot be known is `?`.
pub fn answer(ctx: &Ctx, args: &PromptArgs) -> Result<Exit> {
    let Ok(root) = ctx.root_at_a_glance() else { return Ok(Exit::Done) };
    let branch = || git::branch(&root.dir, None);
    let text = match shown(ctx, &root) {
        Some(Some(shown)) => {
            let paint = ctx.paint_prompt(args.shell.is_some());
            paint.prompt(&fill(args, Some(&shown), branch), shown.is_protected, args.shell)
        }
        Some(None) => fill(args, None, branch),
        None => return Ok(Exit::Done),
    };
    ctx.product(&format!("{text}\n"))?;
    Ok(Exit::Done)
}

/// What a prompt shows: nothing where there is nothing to show, and inside that nothing where it cannot be known.
#[allow(clippy::option_option, reason = "both are common, and neither is an error")]
pub fn shown(ctx: &Ctx, root: &Root) -> Option<Option<Glance>> {
    let is_asked = ctx.is_requested(root) && root.has_environments();
    if !root.is_project() && !is_asked {
        return None;
    }
    seen(ctx, root).map_or(Some(None), |seen| seen.map(Some))
}

/// The current environment, at a glance if possible.
fn seen(ctx: &Ctx, root: &Root) -> Result<Option<Glance>> {
    if let Some(glance) = glance(&ctx.asked(root)) {
        return Ok(Some(glance));
    }
    let project = ctx.describe_current(root)?;
    let selection = ctx.quiet_selection(root, &project)?;
    Ok(selection.map(|selection| Glance::new(&project, &selection)))
}

/// What is shown unless a template says otherwise.
pub fn usual(shown: Option<&Glance>) -> String {
    let name = shown.map_or("?", |shown| &shown.name);
    let mark = if shown.is_some_and(|shown| shown.is_protected) { MARK } else { "" };
    format!("{name}{mark}")
}

/// The template with everything filled in; foreign text loses what a shell or a terminal could act upon.
fn fill(args: &PromptArgs, shown: Option<&Glance>, branch: impl Fn() -> Option<String>) -> String {
    let Some(template) = &args.template else { return usual(shown) };
    let name = shown.map_or("?", |shown| &shown.name);
    let tier = shown.map_or("?", |shown| shown.tier.as_str());
    let mut text = template.replace("{name}", name).replace("{tier}", tier);
    if text.contains("{branch}") {
        text = text.replace("{branch}", &harmless(&branch().unwrap_or_else(|| "?".to_owned())));
    }
    text
}

/// Only what no shell expands in a prompt, whatever its options: zsh's `%`, bash's `\`, `$`, backticks and `!` go.
fn harmless(text: &str) -> String {
    let is_harmless =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | '#' | '@' | '=');
    let is_letter = |c: char| c.is_alphanumeric() && !c.is_ascii() && !is_hidden(c);
    text.chars().take(80).map(|c| if is_harmless(c) || is_letter(c) { c } else { '?' }).collect()
}

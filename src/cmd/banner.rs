//! `banner`: where am I, for the eye.

use anyhow::Result;
use clap::{ArgMatches, Args, Command};
use serde::Serialize;

use super::report::{JsonEnvironment, JsonGit, environment, git};
use super::situation::{SELECTION, Situation, Warning, capped};
use super::{Exit, Group, Subcommand, parse};
use crate::ctx::Ctx;
use crate::model::target::Target;
use crate::out::format::Formats;
use crate::out::frame::Frame;
use crate::out::gate::visible;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::out::moment::minute;
use crate::out::paint::Paint;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "banner",
    group: Group::Work,
    about: "Show where you are: environment, branch, targets, warnings",
    examples: "Examples:\n  envctl banner\n  envctl banner --env production     as it would look there",
    arguments: |command: Command| BannerArgs::augment_args(command),
    formats: Formats::PLAIN,
    run,
};

#[derive(Args)]
struct BannerArgs {}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let BannerArgs {} = parse(matches)?;
    let (root, project) = ctx.load(&[])?;
    let ours = super::context::ours(&root, project);
    let ours: Vec<_> = ours.iter().map(std::path::PathBuf::as_path).collect();
    let situation = Situation::gather(ctx, &root, project, &ours)?;
    ctx.product(&match ctx.is_json() {
        true => json::render(&report(&situation))?,
        false => text(&situation, ctx.width(), ctx.paint()),
    })?;
    Ok(Exit::Done)
}

fn text(situation: &Situation<'_>, width: Option<usize>, paint: Paint) -> String {
    let environment = situation.environment;
    let title = format!("{}: {}", situation.project.name, environment.name.as_str().to_uppercase());
    let mut frame = Frame::new(visible(&title).into_owned());
    let (git, unknown) = (&situation.git, || "unknown".to_owned());
    let known = |text: Option<&String>| text.map_or_else(unknown, |text| visible(text).into_owned());
    frame.line("tier", environment.tier.as_str());
    frame.line("selected", &selected(situation));
    frame.line("branch", &known(git.branch.as_ref()));
    frame.line("commit", &known(git.commit.as_ref()));
    let detail = git.detail.as_deref().map_or_else(String::new, |detail| format!(" ({detail})"));
    frame.line("status", &visible(&format!("{}{detail}", git.status.as_str())));
    for target in &situation.targets {
        frame.line(&visible(&target.key), &visible(&target.describe()));
    }
    frame.line("debug", switch(environment.about.debug));
    frame.line("safety", switch(environment.about.safety));
    let mut text = frame.render(width, |line| match environment.is_protected() {
        true => paint.bad(line),
        false => line.to_owned(),
    });
    for warning in situation.warnings.iter().filter(|warning| warning.code != SELECTION) {
        text += &format!("{} {}\n", paint.bad(&format!("{}:", warning.severity)), visible(&warning.message));
    }
    text
}

fn selected(situation: &Situation<'_>) -> String {
    let by = situation.selection.by.describe();
    match situation.expires_at() {
        Some(until) => format!("{by}, until {}", minute(until)),
        None => by,
    }
}

fn switch(on: Option<bool>) -> &'static str {
    match on {
        Some(true) => "on",
        Some(false) => "off",
        None => "unknown",
    }
}

fn report<'s>(situation: &'s Situation<'_>) -> JsonBanner<'s> {
    JsonBanner {
        schema_version: SCHEMA_VERSION,
        project: capped(&situation.project.name),
        environment: environment(situation),
        git: git(situation),
        targets: &situation.targets,
        warnings: &situation.warnings,
    }
}

/// What `banner` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonBanner<'s> {
    schema_version: u32,
    /// The name of the project.
    project: &'s str,
    /// The current environment.
    environment: JsonEnvironment<'s>,
    /// The repository around the project.
    git: JsonGit<'s>,
    /// Where URL-like values lead.
    targets: &'s [Target],
    /// What a person has to know.
    warnings: &'s [Warning],
}

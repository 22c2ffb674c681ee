//! `moving-tag`: an image whose name means another one tomorrow.

use std::collections::HashSet;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::{Binding, Environment};
use crate::model::secret::words_of;
use crate::model::source::SourceKind;

/// The rule.
pub const RULE: Rule = Rule {
    id: "moving-tag",
    group: "production",
    summary: "a container image without a tag, or tagged latest, in production",
    why: "The next restart pulls what somebody pushed meanwhile: nobody tested it, and there is nothing to go back to.",
    fix: "Name a version, or better the digest that staging ran: image: registry/app@sha256:….",
    severity: Severities::LIVE_DOUBT,
    check: Check::Environments(check),
};

/// Endings of files that are pictures.
const PICTURES: &[&str] =
    &[".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".ico", ".avif", ".iso", ".img"];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let environments = case.environments();
    environments.flat_map(|environment| in_environment(case, environment)).collect()
}

fn in_environment(case: &Case<'_>, environment: &Environment) -> Vec<Draft> {
    let moving: Vec<_> = case.bindings(environment).filter(moves).collect();
    let built = match moving.is_empty() {
        true => HashSet::new(),
        false => case.bindings(environment).filter_map(|one| builds(&one)).collect(),
    };
    let is_built = |one: &&Binding<'_>| {
        one.key().strip_suffix(".image").is_some_and(|service| built.contains(&(one.stack, service)))
    };
    let pulled = moving.iter().filter(|one| !is_built(one));
    let draft =
        |binding: &Binding<'_>| Draft::on(binding, format!("{} names an image that moves", binding.key()));
    pulled.map(|one| draft(one).help("name a version, or the digest that was tested")).collect()
}

/// The service that builds its image itself, so that the image's name is only a label.
fn builds<'p>(binding: &Binding<'p>) -> Option<(&'p str, &'p str)> {
    let key = binding.key();
    let service =
        key.strip_suffix(".build").or_else(|| key.split_once(".build.").map(|(service, _)| service))?;
    (binding.source.format == "compose").then_some((binding.stack, service))
}

fn moves(binding: &Binding<'_>) -> bool {
    let key = binding.entry.name();
    if !key.to_ascii_lowercase().contains("image") {
        return false;
    }
    let words = words_of(key);
    let is_setting = binding.entry.kind == SourceKind::Settings;
    let is_tag = words.ends_with("_image_tag_");
    let is_image = words.ends_with("_image_");
    binding.value().is_some_and(|value| {
        value.judge(|text| match text {
            "" => false,
            tag if is_tag => tag == "latest",
            image => is_image && is_reference(image) && has_no_version(image, is_setting),
        })
    })
}

/// Does it look like the name of an image that can be known here? A picture is none, and a reference may be anything.
fn is_reference(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    !text.contains(['$', '{', '<', ' ', '\\', '[']) // a reference, a placeholder, no name
        && !text.contains("://")
        && !text.starts_with(['/', '.'])
        && !PICTURES.iter().any(|end| lower.ends_with(end))
        && text.contains(|c: char| c.is_ascii_alphabetic())
}

/// Without a tag, a variable's value names an image only where it has a repository's path.
fn has_no_version(image: &str, is_setting: bool) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    match name.rsplit_once(':') {
        _ if image.contains('@') => false,
        Some((_, tag)) => tag == "latest",
        None => is_setting || image.contains('/'),
    }
}

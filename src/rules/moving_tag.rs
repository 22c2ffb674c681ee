//! `moving-tag`: an image whose name means another one tomorrow.

use std::collections::HashSet;

use super::looks::Slot;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::name::EnvName;
use crate::model::project::Binding;
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
    let moving = case.looks.by_name(Means::of).filter(|(binding, means)| means.moves(binding));
    let moving: Vec<_> = moving.map(|(binding, _)| binding).collect();
    let built: HashSet<_> = match moving.is_empty() {
        true => HashSet::new(),
        false => case.all_bindings().filter_map(|one| builds(&one)).collect(),
    };
    let is_built = |one: &&Binding<'_>| {
        let service = one.key().strip_suffix(".image");
        service.is_some_and(|service| built.contains(&(&one.environment.name, one.stack, service)))
    };
    let pulled = moving.iter().filter(|one| !is_built(one));
    let draft =
        |binding: &Binding<'_>| Draft::on(binding, format!("{} names an image that moves", binding.key()));
    pulled.map(|one| draft(one).help("name a version, or the digest that was tested")).collect()
}

/// The service that builds its image itself, so that the image's name is only a label.
fn builds<'p>(binding: &Binding<'p>) -> Option<(&'p EnvName, &'p str, &'p str)> {
    let key = Some(binding.key()).filter(|_| binding.source.format == "compose")?;
    let service =
        key.strip_suffix(".build").or_else(|| key.split_once(".build.").map(|(service, _)| service))?;
    Some((&binding.environment.name, binding.stack, service))
}

/// What a key names.
#[derive(Clone, Copy)]
enum Means {
    Image,
    Tag,
}

impl Means {
    fn of(slot: &Slot<'_>) -> Option<Self> {
        match () {
            () if slot.words.ends_with("_image_tag_") => Some(Self::Tag),
            () if slot.words.ends_with("_image_") => Some(Self::Image),
            () => None,
        }
    }

    fn moves(self, binding: &Binding<'_>) -> bool {
        let is_setting = binding.entry.kind == SourceKind::Settings;
        let moves = |text: &str| match self {
            Self::Tag => text == "latest",
            Self::Image => !text.is_empty() && is_reference(text) && has_no_version(text, is_setting),
        };
        binding.value().is_some_and(|value| value.judge(moves))
    }
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

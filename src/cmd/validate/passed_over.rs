//! Dotenv files that nobody judged, because their names mean no environment.

use crate::ctx::Ctx;
use crate::model::layout::split;
use crate::model::nearest::nearest;
use crate::model::project::Project;
use crate::model::slot::slots;
use crate::out::gate::visible;
use crate::store::NOT_KNOWN;

/// Names that most projects mean, where they have no such environment yet.
const USUAL: &[&str] = &["development", "staging", "production", "test"];

/// Says once which files lie beside those of the environments and were not judged.
pub(super) fn note(ctx: &Ctx, project: &Project) {
    let is_dotenv = |path: &str| {
        let file = split(path).1;
        file.starts_with(".env.") || file.ends_with(".env")
    };
    let passed = project.skipped.iter().filter(|one| one.reason == NOT_KNOWN && is_dotenv(&one.path));
    let paths: Vec<&str> = passed.map(|one| &*one.path).collect();
    let Some(first) = paths.first() else { return };
    let (what, they) = match paths.len() - 1 {
        0 => (visible(first).to_string(), "its name means"),
        more => (format!("{} and {more} more", visible(first)), "their names mean"),
    };
    let names = || project.environments.iter().map(|one| one.name.as_str()).chain(USUAL.iter().copied());
    let near = |path: &&str| slots(path).iter().find_map(|slot| nearest(&slot.name, names()));
    let advice = match paths.iter().find_map(near) {
        Some(near) => format!("did you mean {near}? rename it, or"),
        None => "rename it,".to_owned(),
    };
    ctx.say(&format!(
        "note: not judged: {what}: {they} no environment that envctl knows\n  \
         help: {advice} declare it with [environments.NAME], or name it in [project] ignore\n"
    ));
}

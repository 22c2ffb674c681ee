//! What changed since a revision, in all environments: keys, values, environments, and what the manifest requires.

use serde::Serialize;

use super::markdown::{cell, render_below};
use super::{Choice, fit, render};
use crate::model::delta::Comparison;
use crate::model::git::Renamed;
use crate::out::gate::visible;
use crate::out::report::markdown::code;
use crate::out::wrap::hang;

/// What changed.
pub struct Since<'r> {
    /// The revision as it was written, and its commit.
    pub revision: String,
    /// The commit: hex digits.
    pub commit: &'r str,
    /// Environments that there were not.
    pub added: Vec<&'r str>,
    /// Environments that there are no more.
    pub removed: Vec<&'r str>,
    /// The others, each beside itself.
    pub comparisons: &'r [Comparison<'r>],
    /// What is required otherwise than before, and what is missing.
    pub demands: Vec<Demand<'r>>,
    /// Files that have a new name.
    pub renamed: &'r [Renamed],
    /// Environments of which nothing can be told.
    pub untold: Vec<Untold<'r>>,
}

/// An environment that cannot be read whole, then or now.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Untold<'r> {
    /// Its name.
    pub environment: &'r str,
    /// The first problem, with its place.
    pub because: String,
}

/// A key that the manifest requires, or did.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Demand<'r> {
    /// The key.
    pub key: &'r str,
    /// Where it must be set now, and did not have to be.
    pub now_required_in: Vec<&'r str>,
    /// Where it need not be set any more.
    pub no_longer_required_in: Vec<&'r str>,
    /// Where it must be set and is not, though it was, or did not have to be.
    pub missing_in: Vec<&'r str>,
}

impl Since<'_> {
    /// Did anything change, as far as that can be told? What cannot be told is not the same.
    pub fn differs(&self) -> bool {
        let parts = [self.added.len(), self.removed.len(), self.demands.len(), self.untold.len()];
        parts.iter().any(|count| *count > 0) || self.comparisons.iter().any(Comparison::differs)
    }

    /// The comparisons to show.
    fn told(&self, choice: Choice) -> Vec<&Comparison<'_>> {
        self.comparisons.iter().filter(|one| choice.all_keys || one.differs()).collect()
    }

    /// The environments in which no key changed.
    fn unchanged(&self) -> String {
        let same = self.comparisons.iter().filter(|one| !one.differs());
        let names = same.filter_map(|one| one.environments.first()).map(|one| one.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    }

    fn came_and_went(&self) -> Vec<String> {
        let named = |what: &str, names: &[&str]| match names {
            [] => None,
            [one] => Some(format!("{what} environment: {one}")),
            all => Some(format!("{what} environments: {}", all.join(", "))),
        };
        [named("new", &self.added), named("removed", &self.removed)].into_iter().flatten().collect()
    }
}

impl<'r> Demand<'r> {
    /// Nothing is said of `key` yet.
    pub fn of(key: &'r str) -> Self {
        let (now_required_in, no_longer_required_in, missing_in) = Default::default();
        Self { key, now_required_in, no_longer_required_in, missing_in }
    }

    /// Is there nothing to say?
    pub fn is_empty(&self) -> bool {
        self.now_required_in.is_empty() && self.no_longer_required_in.is_empty() && self.missing_in.is_empty()
    }

    /// What is to be said of the key.
    fn told(&self) -> String {
        let part = |what: &str, names: &[&str]| match names {
            [] => None,
            names => Some(format!("{what} in {}", names.join(", "))),
        };
        let parts = [
            part("now required", &self.now_required_in),
            part("no longer required", &self.no_longer_required_in),
            part("missing", &self.missing_in),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// For people.
pub fn text(since: &Since<'_>, choice: Choice) -> String {
    let line = |text: &str| hang(text, choice.width, 0) + "\n";
    let mut sections = Vec::new();
    let mut head: String = since.came_and_went().iter().map(|text| line(text)).collect();
    for Renamed { from, to } in since.renamed {
        head += &line(&format!("renamed: {} → {}", visible(from), visible(to)));
    }
    for Untold { environment, because } in &since.untold {
        head += &line(&format!("cannot be told: {environment}: {}", visible(because)));
    }
    sections.push(head);
    for comparison in since.told(choice) {
        let heading = choice.paint.bold(&comparison.names().join(" → "));
        sections.push(format!("{heading}\n\n{}", render(comparison, choice)));
    }
    let demand = |one: &Demand<'_>| {
        let mark = if one.missing_in.is_empty() { "~".to_owned() } else { choice.paint.bad("!") };
        let room = choice.width.map(|width| width.saturating_sub(5));
        format!("  {mark}  {}\n     {}\n", fit(&visible(one.key), room), hang(&one.told(), choice.width, 5))
    };
    if !since.demands.is_empty() {
        let demands: String = since.demands.iter().map(demand).collect();
        sections.push(format!("{}\n{demands}", choice.paint.bold("required")));
    }
    let (unchanged, at) = (since.unchanged(), format!("{} ({})", visible(&since.revision), since.commit));
    sections.push(line(&match unchanged.is_empty() {
        true => format!("compared with {at}"),
        false => format!("compared with {at}; no key changed in {unchanged}"),
    }));
    sections.retain(|section| !section.is_empty());
    sections.join("\n")
}

/// A comment for a pull request.
pub fn markdown(since: &Since<'_>, choice: Choice) -> String {
    let mut lines = vec![format!("## envctl diff since {}\n\n", cell(&since.revision))];
    let unchanged = since.unchanged();
    let unchanged = Some(format!("no key changed in {unchanged}")).filter(|_| !unchanged.is_empty());
    lines.extend(since.came_and_went().into_iter().chain(unchanged).map(|text| format!("- {text}\n")));
    let renamed = |one: &Renamed| format!("- renamed: {} → {}\n", cell(&one.from), cell(&one.to));
    lines.extend(since.renamed.iter().map(renamed));
    let untold = |one: &Untold<'_>| {
        format!("- cannot be told: {}: {}\n", one.environment, code(&visible(&one.because)))
    };
    lines.extend(since.untold.iter().map(untold));
    lines.extend(since.demands.iter().map(|one| format!("- {}: {}\n", cell(one.key), one.told())));
    lines.push("\n".to_owned());
    render_below(&lines, &since.told(choice), choice)
}

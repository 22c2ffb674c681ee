//! What the manifest asks of a key in one environment.

use std::fmt::Display;

use crate::model::project::Environment;
use crate::model::schema::{Constraints, KeySpec, Pattern, Rotation, Scope};
use crate::model::secret::by_shape;
use crate::rules::Case;

/// A declared key, as it holds in one environment.
pub struct Demand<'p> {
    /// What is declared.
    pub spec: &'p KeySpec,
    /// What a value must look like here, `{env}` replaced.
    pub constraints: Constraints,
    /// The regular expression that a value must match here.
    pub pattern: Option<String>,
    /// Must it be set here?
    pub is_required: bool,
    /// ` because of MODE`, where only a condition makes it required here.
    pub because: String,
    /// How old a value may become here.
    pub rotation: Rotation,
    /// Who provides it, where the files don't.
    pub provided_by: Option<&'p str>,
}

impl<'p> Demand<'p> {
    /// What `spec` asks for in `environment`.
    pub fn new(case: &Case<'_>, environment: &'p Environment, spec: &'p KeySpec) -> Self {
        let name = environment.name.as_str();
        let mut constraints = case.constraints(spec, environment).into_owned();
        for text in [&mut constraints.prefix, &mut constraints.suffix].into_iter().flatten() {
            *text = text.replace(Pattern::ENV, name);
        }
        let pattern = constraints.pattern.as_ref().and_then(|pattern| pattern.for_environment(name));
        Self {
            spec,
            pattern: pattern.map(|pattern| pattern.as_str().to_owned()),
            constraints,
            is_required: case.is_required(spec, environment),
            because: case.because(spec, environment),
            rotation: case.rotation(spec, environment),
            provided_by: spec.provided_by.as_deref().or(environment.about.provided_by.as_deref()),
        }
    }

    /// How to come by a value.
    pub fn help(&self) -> Option<&'p str> {
        self.spec.help.as_deref().filter(|help| !by_shape(help))
    }

    /// What to do instead of setting it.
    pub fn deprecated(&self) -> Option<&'p str> {
        self.spec.deprecated.as_deref().filter(|advice| !by_shape(advice))
    }

    /// The environments and tiers where alone it may be set; nothing where that is everywhere.
    pub fn only_in(&self) -> Option<&'p [String]> {
        match self.spec.only_in.as_ref()? {
            Scope::In(words) => Some(words),
            Scope::Everywhere | Scope::Nowhere => None,
        }
    }

    /// How old a value may become, and since when it is there.
    pub fn age(&self) -> Option<String> {
        let Rotation { max_age, rotated } = self.rotation;
        let max_age = max_age.map(|days| format!("every {days} days"));
        let rotated = rotated.map(|day| format!("last on {day}"));
        let parts: Vec<String> = max_age.into_iter().chain(rotated).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// What a value must be, each in a few words. What looks like a secret is not repeated.
    pub fn words(&self) -> Vec<String> {
        let Constraints { values, schemes, min, max, min_len, max_len, prefix, suffix, separator, .. } =
            &self.constraints;
        let list = |words: &Option<Vec<String>>| Some(words.as_ref()?.join(", "));
        let quoted = |text: &Option<String>| text.as_ref().map(|text| format!("`{text}`"));
        let words = [
            ("one of ", list(values), ""),
            ("scheme ", list(schemes), ""),
            ("", range(min.as_ref(), max.as_ref()), ""),
            ("", range(min_len.as_ref(), max_len.as_ref()), " characters"),
            ("begins with ", quoted(prefix), ""),
            ("ends with ", quoted(suffix), ""),
            ("matches ", quoted(&self.pattern), ""),
            ("items separated by ", quoted(separator), ""),
        ];
        let words = words.into_iter().filter_map(|(before, text, after)| Some((before, text?, after)));
        let words = words.map(|(before, text, after)| match by_shape(&text) {
            true => format!("{before}what looks like a secret"),
            false => format!("{before}{text}{after}"),
        });
        let across = [
            (&self.spec.distinct, "never the same in two environments", "shared by no other environment"),
            (&self.spec.same, "the same in all environments", "the same"),
        ];
        let across = across.into_iter().filter_map(|(scope, everywhere, within)| match scope {
            Scope::Nowhere => None,
            Scope::Everywhere => Some(everywhere.to_owned()),
            Scope::In(words) => Some(format!("{within} in {}", words.join(", "))),
        });
        let way = self.spec.monotonic.map(|way| format!("{} from development to production", way.as_str()));
        words.chain(across).chain(way).collect()
    }
}

fn range(min: Option<&impl Display>, max: Option<&impl Display>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    }
}

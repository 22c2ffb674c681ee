//! `type-parity`: a key that is a number in one environment and an address in another.

use std::collections::BTreeMap;

use super::looks::Look;
use super::{Case, Check, Draft, Rule, Severities};
use crate::model::project::Binding;
use crate::model::source::ValueType;
use crate::model::url::Url;
use crate::model::value::Verdict;

/// The rule.
pub const RULE: Rule = Rule {
    id: "type-parity",
    group: "presence",
    summary: "a key is a number in one environment and a URL, a truth value or a list in another",
    why: "The program that was tried with one kind of value stops at start, or in the night, when it meets the other.",
    fix: "Write the same kind of value everywhere, and declare it: [keys.NAME] type = \"url\". Where both are meant, accept it with the reason.",
    severity: Severities::WARNING,
    check: Check::Environments(check),
};

/// What a value looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// `true`.
    On,
    /// `false`, which also switches off what has an address elsewhere.
    Off,
    /// `0` and `1`, which programs read as truth values too.
    Digit,
    Number,
    Url,
    List,
    /// Any other text: a level, a name, a range.
    Text,
}

impl Verdict for Sort {}

impl Sort {
    fn of(binding: &Binding<'_>) -> Option<Self> {
        let value = binding.value().filter(|value| !value.is_empty() && !binding.entry.is_encrypted())?;
        match binding.entry.value_type {
            // Compose takes a text for most lists: `env_file`, `command`, `dns` ("Services top-level elements").
            ValueType::List => (binding.source.format != "compose").then_some(Self::List),
            ValueType::String | ValueType::Number | ValueType::Boolean => value.judge(Self::of_text),
            ValueType::Null | ValueType::Map | ValueType::Date | ValueType::Overruled => None,
        }
    }

    /// Nothing where a reference or a template may become anything.
    fn of_text(text: &str) -> Option<Self> {
        let is_number = || {
            text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'))
                && text.parse::<f64>().is_ok()
        };
        match text {
            "0" | "1" => Some(Self::Digit),
            "true" | "True" | "TRUE" => Some(Self::On),
            "false" | "False" | "FALSE" => Some(Self::Off),
            _ if text.contains(['$', '{', '<', '%']) => None,
            _ if is_number() => Some(Self::Number),
            _ if Url::parse(text).is_some() => Some(Self::Url),
            _ => Some(Self::Text),
        }
    }

    /// Can one program take both?
    fn goes_with(self, other: Self) -> bool {
        let is = |one, another| (self, other) == (one, another) || (other, self) == (one, another);
        let is_text = self == Self::Text || other == Self::Text;
        self == other
            || (is_text && self != Self::List && other != Self::List)
            || is(Self::On, Self::Off)
            || is(Self::Digit, Self::On)
            || is(Self::Digit, Self::Off)
            || is(Self::Digit, Self::Number)
            || is(Self::Off, Self::Url)
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::On | Self::Off => "a truth value",
            Self::Digit | Self::Number => "a number",
            Self::Url => "a URL",
            Self::List => "a list",
            Self::Text => "a text",
        }
    }
}

fn check(case: &Case<'_>) -> Vec<Draft> {
    let sorted = |look: &Look<'_>| Sort::of(&look.binding);
    let mut seen = vec![Sorts::default(); case.looks.slots().len()];
    for look in case.looks.all() {
        if let Some((sorts, sort)) = seen.get_mut(look.slot).zip(sorted(look)) {
            sorts.add(sort);
        }
    }
    let clash: Vec<bool> = seen.iter().map(Sorts::clash).collect();
    let mut keys: BTreeMap<(&str, &str), Vec<(Sort, Binding<'_>)>> = BTreeMap::new();
    let clashing = case.looks.all().filter(|look| clash.get(look.slot) == Some(&true)); // nearly none
    for (sort, binding) in clashing.filter_map(|look| Some((sorted(look)?, look.binding))) {
        keys.entry((binding.stack, binding.key())).or_default().push((sort, binding));
    }
    keys.values().filter_map(|sorted| draft(case, sorted)).collect()
}

/// The sorts that a key has, each once.
#[derive(Clone, Default)]
struct Sorts(Vec<Sort>);

impl Sorts {
    fn add(&mut self, sort: Sort) {
        if !self.0.contains(&sort) {
            self.0.push(sort);
        }
    }

    fn clash(&self) -> bool {
        self.0.iter().any(|one| self.0.iter().any(|other| !one.goes_with(*other)))
    }
}

/// One finding for a key, at the kind that the fewest environments have; of two, the later.
fn draft(case: &Case<'_>, sorted: &[(Sort, Binding<'_>)]) -> Option<Draft> {
    let clashes = |sort: Sort| sorted.iter().filter(|(other, _)| !sort.goes_with(*other)).count();
    let (sort, odd) = sorted.iter().max_by_key(|(sort, _)| clashes(*sort))?;
    let (other, _) = sorted.iter().find(|(other, _)| !sort.goes_with(*other))?;
    if case.project.spec(odd).is_some_and(|key| key.constraints.kind.is_some()) {
        return None; // `wrong-type` says which of them is wrong
    }
    let (name, key) = (&odd.environment.name, odd.key());
    let message = format!("{key} is {} in {name}, and {} elsewhere", sort.as_str(), other.as_str());
    let draft =
        Draft::on(odd, message).help(format!("write {} here too, if that is what it is", other.as_str()));
    let others = sorted.iter().filter(|(other, _)| !sort.goes_with(*other));
    Some(others.fold(draft, |draft, (_, binding)| draft.with(binding)))
}

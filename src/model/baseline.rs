//! A baseline: the findings that a project had when it took envctl in, so that only new ones are told.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Severity};

/// The version of the file. It grows when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// The findings that are known.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// One entry for all findings that differ in nothing but their place in the file, sorted.
    pub entries: Vec<Known>,
}

/// A known finding: neither its line nor its message, which change by themselves. The order of the fields is that of the
/// entries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Known {
    /// The file it was found in, relative to the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// The key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// The id of the rule.
    rule: String,
    /// The environments that take part.
    environments: Vec<String>,
    /// How bad it was; worse is new.
    severity: Severity,
    /// How often it was found; once unless said.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

/// What a finding is known by, but for its severity.
type Identity<'f> = (Option<&'f str>, Option<&'f str>, &'f str, Vec<&'f str>);

/// What is left of findings once the known ones are taken away.
#[derive(Debug, Default)]
pub struct Left {
    /// The new findings, in their order.
    pub new: Vec<Finding>,
    /// How many are known.
    pub known: usize,
    /// How many of these are errors.
    pub errors: usize,
    /// How many the baseline holds that are not found any more.
    pub mended: u64,
}

impl Baseline {
    /// The baseline that knows these findings.
    pub fn of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut counts: BTreeMap<Known, u32> = BTreeMap::new();
        for finding in findings {
            let count = counts.entry(Known::of(finding)).or_default();
            *count = count.saturating_add(1);
        }
        Self { entries: counts.into_iter().map(|(known, count)| Known { count, ..known }).collect() }
    }

    /// Takes the findings away that are known, and no worse than they were. What is `always_told` stays.
    pub fn take_from(&self, findings: Vec<Finding>, always_told: impl Fn(&Finding) -> bool) -> Left {
        let mut left = self.counted();
        let mut order: Vec<usize> = (0..findings.len()).collect();
        // the worst first, so that none takes a place that only a worse one could have
        order.sort_by_key(|index| std::cmp::Reverse(findings.get(*index).map(|finding| finding.severity)));
        let mut is_known = vec![false; findings.len()];
        for index in order {
            let (Some(finding), Some(is_known)) = (findings.get(index), is_known.get_mut(index)) else {
                continue;
            };
            let counts = left.get_mut(&identity(finding)).filter(|_| !always_told(finding));
            let mut counts = counts.into_iter().flat_map(|counts| counts.range_mut(finding.severity..));
            if let Some((_, count)) = counts.find(|(_, count)| **count > 0) {
                *count -= 1;
                *is_known = true;
            }
        }
        let mended = left.values().flat_map(BTreeMap::values).map(|count| u64::from(*count)).sum();
        drop(left);
        let (known, new): (Vec<_>, Vec<_>) =
            findings.into_iter().zip(is_known).partition(|(_, known)| *known);
        let errors = known.iter().filter(|(finding, _)| finding.severity == Severity::Error).count();
        Left {
            new: new.into_iter().map(|(finding, _)| finding).collect(),
            known: known.len(),
            errors,
            mended,
        }
    }

    /// How often each finding is known. A merge may leave the same entry twice: that is no second finding.
    fn counted(&self) -> HashMap<Identity<'_>, BTreeMap<Severity, u32>> {
        let mut counts: HashMap<_, BTreeMap<Severity, u32>> = HashMap::with_capacity(self.entries.len());
        for known in &self.entries {
            let count = counts.entry(known.identity()).or_default().entry(known.severity).or_default();
            *count = known.count.max(*count);
        }
        counts
    }
}

impl Known {
    fn of(finding: &Finding) -> Self {
        Self {
            file: finding.origin.as_ref().map(|origin| origin.file.clone()),
            key: finding.key.clone(),
            rule: finding.rule.to_owned(),
            environments: finding.environments.iter().map(ToString::to_string).collect(),
            severity: finding.severity,
            count: 1,
        }
    }

    fn identity(&self) -> Identity<'_> {
        let environments = self.environments.iter().map(String::as_str).collect();
        (self.file.as_deref(), self.key.as_deref(), &self.rule, environments)
    }
}

fn identity(finding: &Finding) -> Identity<'_> {
    let file = finding.origin.as_ref().map(|origin| origin.file.as_str());
    let environments = finding.environments.iter().map(|name| name.as_str()).collect();
    (file, finding.key.as_deref(), finding.rule, environments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(key: &str, severity: Severity) -> Finding {
        Finding {
            rule: "placeholder",
            severity,
            environments: Vec::new(),
            key: Some(key.to_owned()),
            message: String::new(),
            help: None,
            origin: None,
            related: Vec::new(),
        }
    }

    fn left(old: &[(&str, Severity)], new: &[(&str, Severity)]) -> (Vec<String>, usize, usize, u64) {
        let all = |list: &[(&str, Severity)]| {
            list.iter().map(|(key, severity)| finding(key, *severity)).collect::<Vec<_>>()
        };
        let left = Baseline::of(all(old).iter()).take_from(all(new), |_| false);
        let told = left
            .new
            .into_iter()
            .map(|finding| format!("{} {}", finding.key.unwrap(), finding.severity.as_str()));
        (told.collect(), left.known, left.errors, left.mended)
    }

    #[test]
    fn what_is_known_is_taken_away_as_often_as_it_is_known() {
        use Severity::{Error, Note, Warning};
        let told = |told: &[&str], known, errors, mended| {
            (told.iter().map(|one| (*one).to_owned()).collect(), known, errors, mended)
        };
        assert_eq!(left(&[("A", Error)], &[("A", Error), ("B", Note)]), told(&["B note"], 1, 1, 0));
        assert_eq!(left(&[("A", Error), ("A", Error)], &[("A", Error)]), told(&[], 1, 1, 1));
        assert_eq!(left(&[("A", Error)], &[("A", Error), ("A", Error)]), told(&["A error"], 1, 1, 0));
        assert_eq!(left(&[("A", Warning)], &[("A", Error)]), told(&["A error"], 0, 0, 1));
        assert_eq!(left(&[("A", Error)], &[("A", Warning)]), told(&[], 1, 0, 0));
        assert_eq!(left(&[("A", Warning), ("A", Error)], &[("A", Note), ("A", Error)]), told(&[], 2, 1, 0));
        assert_eq!(left(&[("A", Error)], &[("A", Note), ("A", Error)]), told(&["A note"], 1, 1, 0));
    }

    #[test]
    fn an_entry_that_a_merge_left_twice_is_one_finding() {
        let mut baseline = Baseline::of([finding("A", Severity::Note)].iter());
        baseline.entries.extend(baseline.entries.clone());
        let twice = vec![finding("A", Severity::Note), finding("A", Severity::Note)];
        assert_eq!(baseline.take_from(twice, |_| false).new.len(), 1);
    }
}

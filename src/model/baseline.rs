//! A baseline: the findings that a project had when it took envctl in, so that only new ones are told.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Related, Severity};

/// The version of the file. It grows when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// The findings that are known.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// One entry for all findings that differ in nothing but their place in the file, sorted; of a finding about several
    /// keys one for each of them.
    pub entries: Vec<Known>,
}

/// A known finding, or what it says of one key: neither its line nor its message, which change by themselves. The order of
/// the fields is that of the entries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Known {
    /// The file it was found in, relative to the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// The key; the path of a file, where whole files are found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// The id of the rule.
    rule: String,
    /// The environments that take part.
    environments: Vec<String>,
    /// The other places that take part, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    related: Vec<Other>,
    /// How bad it was; worse is new.
    severity: Severity,
    /// How often it was found; once unless said.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
}

/// Another place that takes part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Other {
    /// The file, relative to the root.
    file: String,
    /// The key.
    key: String,
    /// The environment it belongs to.
    environment: String,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(count: &u32) -> bool {
    *count == 1
}

/// How often each is known, by its severity. The key of the map says nothing of severity and number.
type Counts = HashMap<Known, BTreeMap<Severity, u32>>;

/// What is left of findings once the known ones are taken away.
#[derive(Debug, Default)]
pub struct Left {
    /// The new findings, in their order.
    pub new: Vec<Finding>,
    /// How many are known.
    pub known: usize,
    /// How many of these are errors.
    pub errors: usize,
    /// How many entries the baseline holds of which nothing is found any more.
    pub mended: u64,
}

impl Baseline {
    /// The baseline that knows these findings.
    pub fn of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut counts: BTreeMap<Known, u32> = BTreeMap::new();
        for finding in findings {
            for known in parts(finding) {
                let count = counts.entry(Known { severity: finding.severity, ..known }).or_default();
                *count = count.saturating_add(1);
            }
        }
        Self { entries: counts.into_iter().map(|(known, count)| Known { count, ..known }).collect() }
    }

    /// Takes the findings away that are known in all their parts, and no worse than they were. What is `always_told` stays;
    /// what `is_of_clone` is found in one clone and not in another, so that it is mended nowhere.
    pub fn take_from(
        &self,
        findings: Vec<Finding>,
        always_told: impl Fn(&str) -> bool,
        is_of_clone: impl Fn(&str) -> bool,
    ) -> Left {
        let mut counts = self.counted();
        let mut order: Vec<usize> = (0..findings.len()).collect();
        // the worst first, so that none takes a place that only a worse one could have
        order.sort_by_key(|index| std::cmp::Reverse(findings.get(*index).map(|finding| finding.severity)));
        let mut is_known = vec![false; findings.len()];
        for index in order {
            if let (Some(finding), Some(is_known)) = (findings.get(index), is_known.get_mut(index)) {
                *is_known = !always_told(finding.rule) && take(&mut counts, finding);
            }
        }
        let (known, new): (Vec<_>, Vec<_>) =
            findings.into_iter().zip(is_known).partition(|(_, known)| *known);
        let new: Vec<Finding> = new.into_iter().map(|(finding, _)| finding).collect();
        // what is new in one part, or worse than it was, is not mended in the others
        new.iter().flat_map(parts).for_each(|part| {
            let left = counts.get_mut(&part).and_then(|counts| counts.values_mut().find(|count| **count > 0));
            left.into_iter().for_each(|count| *count -= 1);
        });
        let gone = counts.iter().filter(|(known, _)| !is_of_clone(&known.rule));
        let mended = gone.flat_map(|(_, counts)| counts.values()).map(|count| u64::from(*count)).sum();
        let errors = known.iter().filter(|(finding, _)| finding.severity == Severity::Error).count();
        Left { new, known: known.len(), errors, mended }
    }

    /// How often each is known. A merge may leave the same entry twice: that is no second finding.
    fn counted(&self) -> Counts {
        let mut counts = Counts::with_capacity(self.entries.len());
        for known in &self.entries {
            let identity = Known { severity: Severity::Note, count: 1, ..known.clone() };
            let count = counts.entry(identity).or_default().entry(known.severity).or_default();
            *count = known.count.max(*count);
        }
        counts
    }
}

/// Takes a finding out of `counts`, if all its parts are in there and none was better.
fn take(counts: &mut Counts, finding: &Finding) -> bool {
    let parts = parts(finding);
    let place = |(severity, count): (&Severity, &u32)| {
        (*severity >= finding.severity && *count > 0).then_some(*severity)
    };
    let places: Option<Vec<Severity>> =
        parts.iter().map(|part| counts.get(part)?.iter().find_map(place)).collect();
    for (part, severity) in parts.iter().zip(places.iter().flatten()) {
        let count = counts.get_mut(part).and_then(|counts| counts.get_mut(severity));
        count.into_iter().for_each(|count| *count = count.saturating_sub(1));
    }
    places.is_some()
}

/// What `finding` is known by, for each that it is about, once; less its severity.
fn parts(finding: &Finding) -> Vec<Known> {
    let related: BTreeSet<Other> = finding.related.iter().map(Other::of).collect();
    let whole = Known {
        file: finding.origin.as_ref().map(|origin| origin.file.clone()),
        key: None,
        rule: finding.rule.to_owned(),
        environments: finding.environments.iter().map(ToString::to_string).collect(),
        related: related.into_iter().collect(),
        severity: Severity::Note,
        count: 1,
    };
    let about: BTreeSet<&str> = finding.about().collect();
    let keys = about.into_iter().map(|key| Known { key: Some(key.to_owned()), ..whole.clone() });
    let parts: Vec<Known> = keys.collect();
    if parts.is_empty() { vec![whole] } else { parts }
}

impl Other {
    fn of(related: &Related) -> Self {
        Self {
            file: related.origin.file.clone(),
            key: related.key.clone(),
            environment: related.environment.to_string(),
        }
    }
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
            parts: Vec::new(),
            related: Vec::new(),
        }
    }

    fn left(old: &[(&str, Severity)], new: &[(&str, Severity)]) -> (Vec<String>, usize, usize, u64) {
        let all = |list: &[(&str, Severity)]| {
            list.iter().map(|(key, severity)| finding(key, *severity)).collect::<Vec<_>>()
        };
        let left = Baseline::of(all(old).iter()).take_from(all(new), |_| false, |_| false);
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
        assert_eq!(left(&[("A", Warning)], &[("A", Error)]), told(&["A error"], 0, 0, 0));
        assert_eq!(left(&[("A", Error)], &[("A", Warning)]), told(&[], 1, 0, 0));
        assert_eq!(left(&[("A", Warning), ("A", Error)], &[("A", Note), ("A", Error)]), told(&[], 2, 1, 0));
        assert_eq!(left(&[("A", Error)], &[("A", Note), ("A", Error)]), told(&["A note"], 1, 1, 0));
    }

    /// A finding about several keys.
    fn folded(keys: &[&str]) -> Finding {
        let parts = keys.iter().map(|key| (*key).to_owned()).collect();
        Finding { key: None, parts, ..finding("", Severity::Error) }
    }

    #[test]
    fn a_finding_about_several_keys_is_known_when_all_of_them_are() {
        let baseline = Baseline::of([folded(&["A", "B"])].iter());
        let left = |keys: &[&str]| {
            let left = baseline.take_from(vec![folded(keys)], |_| false, |_| false);
            (left.new.len(), left.mended)
        };
        assert_eq!(baseline.entries.len(), 2);
        assert_eq!(left(&["B", "A"]), (0, 0));
        assert_eq!(left(&["A"]), (0, 1));
        assert_eq!(left(&["A", "B", "C"]), (1, 0));
        assert_eq!(left(&["C"]), (1, 2));
    }

    #[test]
    fn what_depends_on_the_clone_is_mended_nowhere() {
        let baseline = Baseline::of([finding("A", Severity::Note)].iter());
        let mended = |is_of_clone| baseline.take_from(Vec::new(), |_| false, |_| is_of_clone).mended;
        assert_eq!((mended(false), mended(true)), (1, 0));
    }

    #[test]
    fn an_entry_that_a_merge_left_twice_is_one_finding() {
        let mut baseline = Baseline::of([finding("A", Severity::Note)].iter());
        baseline.entries.extend(baseline.entries.clone());
        let twice = vec![finding("A", Severity::Note), finding("A", Severity::Note)];
        assert_eq!(baseline.take_from(twice, |_| false, |_| false).new.len(), 1);
    }
}

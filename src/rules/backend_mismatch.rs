//! `backend-mismatch`: a Terraform backend that does not fit those of the other environments.

use std::collections::{BTreeMap, HashMap};

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::finding::Severity;
use crate::model::mention::{mentions, mentions_name};
use crate::model::project::Binding;
use crate::model::value::Fingerprints;

/// The rule.
pub const RULE: Rule = Rule {
    id: "backend-mismatch",
    group: "isolation",
    summary: "a Terraform backend does not fit those of the other environments: another region or lock for the same bucket, a state key that does not say whose it is",
    why: "A bucket has one region, so that init fails or finds another bucket; two locks for one bucket lock nothing; and a key without its environment's name is the one that the next copy overwrites.",
    fix: "Write region, bucket and lock table as the other backends have them, and the environment's name into the state key: app/production/terraform.tfstate. Only settings for `terraform init` are read, in *.hcl, *.tfbackend and *.tfvars: no `backend` blocks in *.tf.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

/// What a bucket has one of. Sources: Terraform, "Backend Type: s3" and "azurerm"; Amazon S3, "Buckets overview".
const FIXED: &[&str] = &["region", "dynamodb_table", "resource_group_name"];

/// What names the bucket, and what names the state in it. Source: Terraform, backend types s3, gcs and azurerm.
const BUCKETS: &[&str] = &["bucket", "storage_account_name"];
const STATES: &[&str] = &["key", "prefix"];

/// The backends of one stack by environment, each with its settings.
type Backends<'p> = BTreeMap<usize, HashMap<&'p str, Binding<'p>>>;

fn check(case: &Case<'_>) -> Vec<Draft> {
    let fingerprints = Fingerprints::default();
    let mut drafts = Vec::new();
    for backends in backends(case).values() {
        for group in in_one_bucket(backends, &fingerprints) {
            drafts.extend(FIXED.iter().filter_map(|key| odd_one_out(&group, key, &fingerprints)));
            drafts.extend(nameless(&group));
        }
    }
    drafts
}

fn backends<'p>(case: &Case<'p>) -> BTreeMap<&'p str, Backends<'p>> {
    let mut backends: BTreeMap<&str, Backends<'_>> = BTreeMap::new();
    for (index, environment) in case.environments().enumerate() {
        for binding in case.bindings(environment).filter(|binding| binding.source.is_backend()) {
            let settings = backends.entry(binding.stack).or_default().entry(index).or_default();
            settings.insert(binding.key(), binding);
        }
    }
    backends
}

/// The backends that keep their states in the same bucket, where there are several.
fn in_one_bucket<'m, 'p>(
    backends: &'m Backends<'p>,
    fingerprints: &Fingerprints,
) -> Vec<Vec<&'m HashMap<&'p str, Binding<'p>>>> {
    let mut groups: BTreeMap<u64, Vec<_>> = BTreeMap::new();
    for settings in backends.values() {
        let bucket = BUCKETS.iter().find_map(|key| settings.get(key)?.value());
        if let Some(bucket) = bucket.filter(|bucket| !bucket.is_empty()) {
            groups.entry(fingerprints.of(bucket)).or_default().push(settings);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// The one whose value differs from that of most others; of two, the later.
fn odd_one_out(
    group: &[&HashMap<&str, Binding<'_>>],
    key: &str,
    fingerprints: &Fingerprints,
) -> Option<Draft> {
    let mut holders: HashMap<u64, Vec<Binding<'_>>> = HashMap::new();
    for binding in group.iter().filter_map(|settings| settings.get(key)) {
        holders.entry(fingerprints.of(binding.value()?)).or_default().push(*binding);
    }
    let mut holders: Vec<_> = holders.into_values().collect();
    holders.sort_by_key(|group| {
        (group.len(), group.first().map(|one| std::cmp::Reverse(one.source.path.as_str())))
    });
    let (odd, others) = holders.split_first().filter(|(_, others)| !others.is_empty())?;
    let last = odd.last()?;
    let message = format!("{key} differs from that of other backends with the same bucket");
    let draft = Draft::on(last, message).help(format!("write {key} as the other backends have it"));
    Some(others.iter().flatten().fold(draft, Draft::with))
}

/// The state whose key names no environment, where those of all others name their own.
fn nameless(group: &[&HashMap<&str, Binding<'_>>]) -> Option<Draft> {
    let states = group.iter().filter_map(|settings| STATES.iter().find_map(|key| settings.get(key)));
    let names_itself = |binding: &Binding<'_>| {
        let name = binding.environment.name.as_str();
        binding.value().is_some_and(|value| value.judge(|text| mentions_name(text, name)))
    };
    let (named, nameless): (Vec<&Binding<'_>>, Vec<&Binding<'_>>) =
        states.partition(|state| names_itself(state));
    let [state] = nameless.as_slice() else { return None };
    if state.value()?.judge(|text| mentions(text).next().is_some()) {
        return None; // `names-other-environment` tells
    }
    let message = format!("{} does not say that the state is {}'s", state.key(), state.environment.name);
    let help = format!("write {} into it, as the other backends do", state.environment.name);
    (!named.is_empty()).then(|| Draft::on(state, message).help(help).at_most(Severity::Warning))
}

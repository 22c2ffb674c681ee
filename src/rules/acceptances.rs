//! The acceptances of the manifest, by what they are about.

use std::collections::HashMap;

use wildmatch::WildMatch;

use super::Case;
use crate::model::finding::Finding;
use crate::model::name::EnvName;
use crate::model::project::Environment;
use crate::model::schema::Acceptance;

/// All acceptances, and which of them have excused something.
pub struct Acceptances<'p> {
    all: &'p [Acceptance],
    /// Those about one key, by rule and key.
    exact: HashMap<(&'p str, &'p str), Vec<usize>>,
    /// The others, by rule.
    open: HashMap<&'p str, Vec<usize>>,
    used: Vec<bool>,
}

impl<'p> Acceptances<'p> {
    /// Those of the manifest.
    pub fn new(case: &Case<'p>) -> Self {
        let all = &case.project.schema.acceptances;
        let (mut exact, mut open) = (HashMap::<_, Vec<usize>>::new(), HashMap::<_, Vec<usize>>::new());
        for (index, acceptance) in all.iter().enumerate() {
            match acceptance.key.as_deref().filter(|key| !key.contains(['*', '?'])) {
                Some(key) => exact.entry((&*acceptance.rule, key)).or_default().push(index),
                None => open.entry(&*acceptance.rule).or_default().push(index),
            }
        }
        Self { all, exact, open, used: vec![false; all.len()] }
    }

    /// Is `finding` excused? Whatever excuses it is used from now on.
    pub fn accept(&mut self, case: &Case<'_>, finding: &Finding) -> bool {
        let key = finding.key.as_deref();
        let exact = key.and_then(|key| self.exact.get(&(finding.rule, key))).into_iter().flatten();
        let about = exact.chain(self.open.get(finding.rule).into_iter().flatten());
        let mut is_excused = false;
        for index in about {
            let acceptance = self.all.get(*index);
            if acceptance.is_some_and(|one| excuses(case, one, finding.rule, key, &finding.environments)) {
                is_excused = true;
                self.used.iter_mut().skip(*index).take(1).for_each(|used| *used = true);
            }
        }
        is_excused
    }

    /// Which of them, in the order of the manifest, have excused something?
    pub fn used(&self) -> &[bool] {
        &self.used
    }
}

/// Does `acceptance` excuse what `rule` finds about `key` in `environments`?
pub(super) fn excuses(
    case: &Case<'_>,
    acceptance: &Acceptance,
    rule: &str,
    key: Option<&str>,
    environments: &[EnvName],
) -> bool {
    let accepted = acceptance.key.as_deref();
    let covered = |environment: &&Environment| {
        acceptance.environments.is_empty()
            || acceptance.environments.iter().any(|word| case.project.covers(word, environment))
    };
    acceptance.rule == rule
        && acceptance.until.is_none_or(|until| case.today <= until)
        && accepted.is_none_or(|glob| key.is_some_and(|key| WildMatch::new(glob).matches(key)))
        && case.among(environments).all(|environment| covered(&environment))
}

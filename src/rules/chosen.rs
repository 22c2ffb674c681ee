//! Which rules judge: by their ids, their groups, or a glob.

use wildmatch::WildMatch;

use super::{RULES, Rule, parse_error};
use crate::model::fault::Fault;
use crate::model::nearest::nearest;
use crate::model::secret::by_shape;

/// The ids of the rules that `only` names, or of all where it names none, without those that `skipped` names. Each word is
/// a rule's id, a group or a glob. What cannot be read is always told: nobody knows what it hides.
///
/// # Errors
/// A [`Fault`] for a word that means no rule, and where no rule is left.
pub fn choose(only: &[String], skipped: &[String]) -> Result<Vec<&'static str>, Fault> {
    let only = only.iter().map(|word| meant(word)).collect::<Result<Vec<_>, _>>()?.concat();
    let unreadable = parse_error::RULE.id;
    if skipped.iter().any(|word| word == unreadable) {
        let help = "mend the file, or take it out with [project] ignore";
        return Err(Fault::new(format!(
            "{unreadable} cannot be skipped: what cannot be read may hide anything"
        ))
        .help(help));
    }
    let skipped = skipped.iter().map(|word| meant(word)).collect::<Result<Vec<_>, _>>()?.concat();
    let is_left = |id: &&str| (only.is_empty() || only.contains(id)) && !skipped.contains(id);
    let mut left: Vec<&str> = super::ids().into_iter().filter(is_left).collect();
    if left.is_empty() {
        return Err(Fault::new("no rule is left to judge by").help("skip fewer than you ask for"));
    }
    if !left.contains(&unreadable) {
        left.push(unreadable);
    }
    Ok(left)
}

/// What may stand for rules: their groups and their ids.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let groups = groups.into_iter().map(|group| (group, "a group of rules"));
    RULES.iter().map(|rule| (rule.id, rule.summary)).chain(groups)
}

/// The rules that `word` means.
fn meant(word: &str) -> Result<Vec<&'static str>, Fault> {
    let glob = word.contains(['*', '?']).then(|| WildMatch::new(word));
    let is_meant = |rule: &&Rule| match &glob {
        Some(glob) => glob.matches(rule.id),
        None => rule.id == word || rule.group == word,
    };
    let meant: Vec<&str> = RULES.iter().filter(is_meant).map(|rule| rule.id).collect();
    match meant.is_empty() {
        false => Ok(meant),
        true => Err(unknown(word)),
    }
}

fn unknown(word: &str) -> Fault {
    let message = match by_shape(word) {
        true => "this is no rule, and looks like a secret".to_owned(),
        false => format!("there is no rule `{word}`"),
    };
    Fault::new(message).help(match nearest(word, words().map(|(word, _)| word)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`envctl validate --rules` lists the rules and their groups".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(only: &[&str], skipped: &[&str]) -> Result<Vec<&'static str>, String> {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        choose(&owned(only), &owned(skipped)).map_err(|fault| fault.to_string())
    }

    #[test]
    fn rules_are_named_by_id_by_group_or_by_glob_and_what_cannot_be_read_is_always_told() {
        assert_eq!(chosen(&[], &[]).unwrap(), crate::rules::ids());
        assert_eq!(chosen(&["same-secret"], &[]).unwrap(), ["same-secret", "parse-error"]);
        assert_eq!(chosen(&["same-*"], &["same-target"]).unwrap(), ["same-secret", "parse-error"]);
        let group = chosen(&["shape"], &["portability", "case-twin", "monotonic"]).unwrap();
        assert_eq!(group, ["parse-error", "duplicate-key", "wrong-type", "not-allowed-value"]);
        assert!(chosen(&[], &["shape"]).unwrap().contains(&"parse-error"));
    }

    #[test]
    fn what_means_no_rule_is_refused() {
        assert_eq!(chosen(&["same-secrt"], &[]), Err("there is no rule `same-secrt`".to_owned()));
        assert_eq!(chosen(&[""], &[]), Err("there is no rule ``".to_owned()));
        assert_eq!(chosen(&["nothing-*"], &[]), Err("there is no rule `nothing-*`".to_owned()));
        assert_eq!(chosen(&["parity"], &["presence"]), Err("no rule is left to judge by".to_owned()));
        assert!(chosen(&[], &["parse-error"]).unwrap_err().contains("cannot be skipped"));
    }
}

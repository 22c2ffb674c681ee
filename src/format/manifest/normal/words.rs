//! The words of a key that are about more than one value, and groups of keys.

use std::collections::HashSet;

use super::{Checked, Normaliser, date};
use crate::format::manifest::raw::{
    Named, RawDeprecated, RawDirection, RawGroup, RawKey, RawMonotonic, RawTexts, RawVariable, Spanned,
};
use crate::format::toml_text::Complaint;
use crate::model::kind::Kind;
use crate::model::placeholder::is_placeholder;
use crate::model::schema::{Condition, Direction, GroupDemand, GroupSpec, KeySpec, Pattern, Rotation, Scope};
use crate::model::secret::by_shape;
use crate::model::url::Url;

/// No word that stands for a password in an example is longer.
const LONGEST_WORD: usize = 20;

/// The longest time that a value may be meant to last: a century.
const MAX_AGE: u16 = 36_500;

impl Normaliser<'_> {
    /// Fills in what `raw` says beside what `key` has already.
    pub(super) fn words(&mut self, offset: usize, raw: RawKey, key: &mut KeySpec) -> Checked<()> {
        key.rotation = rotation(&raw)?;
        key.required_if = self.conditions(&key.name, raw.required_if)?;
        key.only_in = raw.only_in.map(|names| Scope::In(self.mention_all(names)));
        key.deprecated = match raw.deprecated {
            None | Some(RawDeprecated::Is(false)) => None,
            Some(RawDeprecated::Is(true)) => Some("take it out, and what reads it".to_owned()),
            Some(RawDeprecated::Advice(advice)) => Some(advice),
        };
        key.monotonic = match raw.monotonic {
            None | Some(RawMonotonic::Is(false)) => None,
            Some(RawMonotonic::Is(true) | RawMonotonic::Way(RawDirection::Rising)) => Some(Direction::Rising),
            Some(RawMonotonic::Way(RawDirection::Falling)) => Some(Direction::Falling),
        };
        key.docs = raw.docs.map(docs).transpose()?;
        key.example = raw.example.map(|example| self::example(example, key)).transpose()?;
        contradiction(key).map_or(Ok(()), |(message, help)| Err(Complaint::new(offset, message, help)))
    }

    fn conditions(&self, own: &str, raw: Named<RawTexts>) -> Checked<Vec<Condition>> {
        let condition = |(key, RawTexts(values)): (Spanned<String>, RawTexts)| {
            let offset = key.span().start;
            if key.get_ref() == own {
                let help = "name the key that decides whether this one is needed";
                return Err(Complaint::new(offset, "a key cannot depend on itself", help));
            }
            if values.is_empty() {
                let help = "write the value, or a list of them: required-if = { MODE = [\"a\", \"b\"] }";
                return Err(Complaint::new(offset, "a condition needs a value", help));
            }
            let condition = Condition { at: self.at(offset), key: key.into_inner(), values };
            let known = self.values.get(&condition.key);
            match known.is_some_and(|known| condition.values.iter().any(|value| !known.contains(value))) {
                false => Ok(condition),
                true => {
                    let message = format!("{} is never what this condition waits for", condition.key);
                    let help = "write one of its `values` as it is written there, or add this one to them";
                    Err(Complaint::new(offset, message, help))
                }
            }
        };
        raw.into_iter().map(condition).collect()
    }

    pub(super) fn group(&mut self, raw: Spanned<RawGroup>) -> Checked<GroupSpec> {
        let offset = raw.span().start;
        let raw = raw.into_inner();
        let demands = [
            (GroupDemand::ExactlyOne, raw.exactly_one),
            (GroupDemand::AtLeastOne, raw.at_least_one),
            (GroupDemand::AllOrNone, raw.all_or_none),
        ];
        let mut asked = demands.into_iter().filter_map(|(demand, keys)| Some((demand, keys?)));
        let (Some((demand, keys)), None) = (asked.next(), asked.next()) else {
            let help = "write one of `exactly-one`, `at-least-one` and `all-or-none`, with a list of keys";
            return Err(Complaint::new(offset, "a group asks for one thing of its keys", help));
        };
        for (index, key) in keys.iter().enumerate() {
            if keys.iter().take(index).any(|earlier| earlier.get_ref() == key.get_ref()) {
                let message = "a key stands twice in this group";
                return Err(Complaint::new(key.span().start, message, "remove one of the two"));
            }
        }
        if keys.len() < 2 {
            let help = "name the others; what must be set alone is `required` in its own table";
            return Err(Complaint::new(offset, "a group needs two keys or more", help));
        }
        let keys = keys.into_iter().map(Spanned::into_inner).collect();
        let within = raw.within.map_or(Scope::Everywhere, |names| Scope::In(self.mention_all(names)));
        Ok(GroupSpec { at: self.at(offset), demand, keys, within, help: raw.help })
    }

    /// Puts the project's name where `{project}` stands in a table at `offset`.
    pub(super) fn put_project(&self, offset: usize, raw: &mut RawKey) -> Checked<()> {
        let pattern = raw.pattern.as_mut().map(Spanned::get_mut);
        let places = [(pattern, true), (raw.prefix.as_mut(), false), (raw.suffix.as_mut(), false)];
        for (text, is_pattern) in places {
            let Some(text) = text.filter(|text| text.contains(Pattern::PROJECT)) else { continue };
            let help = "write it there: folders are named otherwise on other machines";
            let message = "`{project}` needs a `name` in [project]";
            let name = self.project.as_deref().ok_or_else(|| Complaint::new(offset, message, help))?;
            let name = if is_pattern { Pattern::quote(name) } else { name.to_owned() };
            *text = text.replace(Pattern::PROJECT, &name);
        }
        Ok(())
    }
}

/// The words that a key may be, in some environment at least; nothing where it may be any.
pub(super) fn choices(raw: &RawKey) -> Option<HashSet<String>> {
    let mut known: HashSet<String> = raw.values.as_ref()?.iter().cloned().collect();
    let within = raw.within.values().filter_map(|change| change.values.as_ref());
    known.extend(within.flatten().cloned());
    Some(known)
}

/// How often a value must be replaced, and when it was.
///
/// # Errors
/// A [`Complaint`] about a time that is none.
pub(super) fn rotation(raw: &RawKey) -> Checked<Rotation> {
    let max_age = raw.max_age.as_ref().map(|text| {
        let days = days(text.get_ref()).filter(|days| (1..=MAX_AGE).contains(days));
        let help = "write a number of days or weeks, for example max-age = \"90d\"";
        days.ok_or_else(|| Complaint::new(text.span().start, "this is no time that a value may last", help))
    });
    Ok(Rotation { max_age: max_age.transpose()?, rotated: raw.rotated.clone().map(date).transpose()? })
}

/// `90d`, `12w`.
fn days(text: &str) -> Option<u16> {
    let number = |unit: char| text.strip_suffix(unit)?.parse::<u16>().ok();
    number('d').or_else(|| number('w')?.checked_mul(7))
}

fn docs(text: Spanned<String>) -> Checked<String> {
    let is_page = |url: Url<'_>| matches!(url.scheme(), "https" | "http") && !url.has_userinfo();
    match Url::parse(text.get_ref()).is_some_and(is_page) {
        true => Ok(text.into_inner()),
        false => {
            let help = "write the address of a page, https://…, without a password in it";
            Err(Complaint::new(text.span().start, "`docs` is the address of a page", help))
        }
    }
}

fn example(text: Spanned<RawVariable>, key: &KeySpec) -> Checked<String> {
    let offset = text.span().start;
    let RawVariable(text) = text.into_inner();
    if is_live(&text) {
        let help = "everybody reads it here: write one that opens nothing, such as \"<token>\"";
        return Err(Complaint::new(offset, "this example looks like a live secret", help));
    }
    let is_judged = |kind: &Kind| !matches!(kind, Kind::Dir | Kind::List);
    match key.constraints.kind.filter(is_judged).filter(|kind| !kind.accepts(&text)) {
        None => Ok(text),
        Some(kind) => {
            let message = format!("this example is not {}, which is the key's `type`", kind.describe());
            Err(Complaint::new(offset, message, format!("for example {}", kind.example())))
        }
    }
}

/// Does it look like something that opens a door? A placeholder does not, nor a URL whose password is a mere word.
fn is_live(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '<' | '>' | '-' | '_');
    let is_word = |password: &str| password.len() <= LONGEST_WORD && password.chars().all(is_letter);
    let without_word = || {
        let (scheme, rest) = text.split_once("://")?;
        let (login, rest) = rest.rsplit_once('@')?;
        let (_, password) = login.split_once(':')?;
        is_word(password).then(|| format!("{scheme}://{rest}"))
    };
    by_shape(without_word().as_deref().unwrap_or(text)) && !is_placeholder(text)
}

/// What the words of a key say against each other, and what to do.
fn contradiction(key: &KeySpec) -> Option<(&'static str, &'static str)> {
    let is_required_somewhere = key.required != Scope::Nowhere
        || !key.required_if.is_empty()
        || key.overrides.iter().any(|(_, change)| change.required == Some(true));
    let is_nowhere = |scope: &Scope| matches!(scope, Scope::In(words) if words.is_empty());
    if key.deprecated.is_some() && is_required_somewhere {
        return Some(("a deprecated key cannot be required", "keep one of the two"));
    }
    if key.required == Scope::Everywhere && !key.required_if.is_empty() {
        let help =
            "remove one of them, or list the environments that need it always: required = [\"production\"]";
        return Some(("a key that is always required needs no `required-if`", help));
    }
    if key.only_in.as_ref().is_some_and(is_nowhere) {
        return Some(("`only-in` names no environment", "name one, or use `deprecated`"));
    }
    if key.required == Scope::Everywhere && key.only_in.is_some() {
        let help = "list where it is required too: required = [\"development\"]";
        return Some(("a key that is `only-in` some environments cannot be required in all", help));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_may_show_a_form_but_no_key_that_fits() {
        for text in [
            "postgres://user:password@localhost/db",
            "postgres://USER:<your-password>@db/app",
            "sk_test_xxxxxxxxxxxxxxxxxxxxxxxx",
            "<token>",
            "123456:AAexampleexampleexampleexampleexam",
            "5432",
        ] {
            assert!(!is_live(text), "{text}");
        }
        for text in [
            "sk_live_51CanaryQ7zP2xW9lM4kD8rT",
            "postgres://app:kQ7zP2xW9l@db/app",
            "postgres://app:pass@word@db/app",
            "https://user:word@hooks.slack.com/services/T0/B0/abc",
        ] {
            assert!(is_live(text), "{text}");
        }
    }

    #[test]
    fn an_age_is_a_number_of_days_or_weeks() {
        assert_eq!((days("90d"), days("2w")), (Some(90), Some(14)));
        for text in ["", "d", "90", "-1d", "1.5d", "90 d", "9363w", "70000d", "3m"] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}

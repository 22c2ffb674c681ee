//! `public-prefix-secret`: a secret under a name that puts it into every visitor's browser.

use std::collections::HashMap;

use super::{Case, Check, Draft, Rule, Severities};
use crate::model::placeholder::is_placeholder;
use crate::model::project::{Binding, Environment};
use crate::model::secret::{Reason, by_shape, is_identifier, is_no_secret, words_of};
use crate::model::value::Fingerprints;

/// The rule.
pub const RULE: Rule = Rule {
    id: "public-prefix-secret",
    group: "hygiene",
    summary: "a secret under NEXT_PUBLIC_, VITE_, REACT_APP_ and the like, which ends up in the browser",
    why: "What has such a prefix is written into the JavaScript that everybody downloads: the secret is published with the next build, and stays in every cache.",
    fix: "Take the prefix off and use the secret on the server only; then replace the secret. A key that is made to be seen is called PUBLISHABLE, ANON or SITE_KEY.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

/// Prefixes that bundlers put into the browser. Sources: the documentation of Next.js, Vite, Create React App, SvelteKit and
/// Astro, Nuxt, Expo, Gatsby.
const PREFIXES: &[&str] =
    &["NEXT_PUBLIC_", "VITE_", "REACT_APP_", "PUBLIC_", "NUXT_PUBLIC_", "EXPO_PUBLIC_", "GATSBY_"];

/// Words of keys that are made to be seen.
const SEEN: &[&str] = &[
    "_publishable_",
    "_anon_",
    "_public_key_",
    "_site_key_",
    "_sitekey_",
    "_dsn_",
    "_maps_",
    "_firebase_",
    "_measurement_",
    "_client_id_",
    "_app_id_",
    "_project_id_",
    "_amplitude_",
];

/// How keys begin that are made to be seen: those of Google's maps and of Firebase, which are limited to the site, of Stripe,
/// Clerk and Mapbox, and PostHog's key of a project. Source: the documentation of each.
const SEEN_TOKENS: &[&str] = &["AIza", "pk_", "pk.", "phc_"];

fn check(case: &Case<'_>) -> Vec<Draft> {
    if !case.looks.slots().iter().any(|slot| is_published(slot.name)) {
        return Vec::new();
    }
    case.environments().flat_map(|environment| in_environment(case, environment)).collect()
}

fn in_environment(case: &Case<'_>, environment: &Environment) -> Vec<Draft> {
    let public: Vec<_> = case.bindings(environment).filter(|one| bare_name(one).is_some()).collect();
    if public.is_empty() {
        return Vec::new();
    }
    let fingerprints = Fingerprints::default();
    let kept = case.bindings(environment).filter(is_kept);
    let kept: HashMap<u64, &str> =
        kept.filter_map(|one| Some((fingerprints.of(one.value()?), one.key()))).collect();
    let told = public.iter().filter_map(|one| {
        let twin = one.value().and_then(|value| kept.get(&fingerprints.of(value)));
        match twin {
            Some(twin) => Some(draft(one, format!("{} publishes the secret of {twin}", one.key()))),
            None => is_secret(case, one).then(|| draft(one, format!("{} publishes a secret", one.key()))),
        }
    });
    told.collect()
}

fn draft(binding: &Binding<'_>, message: String) -> Draft {
    let bare = bare_name(binding).unwrap_or_default();
    let help = format!("call it {bare}, use it on the server only, and replace the secret");
    Draft::on(binding, message).help(help)
}

/// Does the name put its value into the browser?
pub(super) fn is_published(name: &str) -> bool {
    without_prefix(name).is_some()
}

fn bare_name<'p>(binding: &Binding<'p>) -> Option<&'p str> {
    without_prefix(binding.entry.name())
}

/// The name without the prefix, where it has one.
fn without_prefix(name: &str) -> Option<&str> {
    PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).filter(|bare| !bare.is_empty())
}

/// A secret by its name that no browser gets, long enough not to be a word that stands in other places too.
fn is_kept(binding: &Binding<'_>) -> bool {
    let by_name = matches!(binding.entry.secret(), Some(Reason::Declared | Reason::Name));
    let is_filled = |text: &str| text.chars().count() >= 8 && !is_placeholder(text);
    bare_name(binding).is_none()
        && by_name
        && !words_of(binding.key()).contains("_public_")
        && binding.value().is_some_and(|value| value.judge(is_filled))
}

/// Is it published under this name, and made for that?
pub(super) fn is_made_for_browsers(name: &str, text: &str) -> bool {
    is_published(name) && (is_named_public(name) || is_for_browsers(text))
}

fn is_named_public(name: &str) -> bool {
    let words = words_of(name);
    SEEN.iter().any(|word| words.contains(word))
}

fn is_for_browsers(text: &str) -> bool {
    SEEN_TOKENS.iter().any(|start| text.starts_with(start))
}

/// By its shape, or by its name where the value is nothing that a person would write.
fn is_secret(case: &Case<'_>, binding: &Binding<'_>) -> bool {
    if is_named_public(binding.key())
        || case.project.spec(binding).is_some_and(|key| key.secret == Some(false))
    {
        return false;
    }
    let Some(value) = binding.value() else { return false };
    match binding.entry.secret() {
        Some(Reason::Shape) => value.judge(|text| {
            !is_for_browsers(text)
                && !is_placeholder(text)
                && !is_no_secret(text)
                && !is_identifier(binding.last_name(), text)
        }),
        Some(Reason::Name) => value.judge(|text| {
            !is_for_browsers(text) && !is_placeholder(text) && (by_shape(text) || is_opaque(text))
        }),
        Some(Reason::Declared) => value.judge(|text| !text.is_empty() && !is_placeholder(text)),
        Some(Reason::Opaque | Reason::Encrypted) | None => false,
    }
}

/// Letters and digits mixed, in one piece.
fn is_opaque(text: &str) -> bool {
    let has = |is: fn(&u8) -> bool| text.bytes().any(|b| is(&b));
    text.len() >= 8
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && !text.contains([' ', '/', '.', '$', '{', '@'])
}

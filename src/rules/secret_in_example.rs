//! `secret-in-example`: an example file, which everybody may read, holds a credential that opens something.

use std::collections::HashMap;

use super::plaintext_among_encrypted::is_plain_secret;
use super::public_prefix_secret::is_published;
use super::weak_secret::login_in_url;
use super::{Case, Check, Draft, Phase, Rule, Severities};
use crate::model::finding::{Related, Severity};
use crate::model::project::Binding;
use crate::model::secret::{Purpose, is_plainly_public, purpose};
use crate::model::source::{Entry, Source};
use crate::model::url::Url;
use crate::model::value::Fingerprints;

/// The rule.
pub const RULE: Rule = Rule {
    id: "secret-in-example",
    group: "hygiene",
    summary: "an example file (.env.example, .env.sample, .env.dist …) holds a secret that looks real",
    why: "Somebody made the example from the file that worked, and the example is committed: everybody with access to the code, and with an open repository everybody, has the key.",
    fix: "Leave the value empty, or write a placeholder such as <your-token>. Replace the secret: git's history keeps the old one. Where it is made up, accept it with that reason.",
    severity: Severities::CROSSING,
    check: Check::Environments(check),
};

/// Nothing shorter is told from a made-up word.
const SHORTEST: usize = 12;

/// The fewest different characters.
const FEWEST: usize = 8;

/// As many letters or digits in the order of the alphabet are nobody's secret: `abcdef`, `12345`.
const LONGEST_ROW: usize = 5;

/// How credentials begin that their makers publish for trying things out. Sources: the documentation of Azurite, of the
/// emulator of Azure Cosmos DB, of Supabase's self-hosting (keys of `supabase-demo`), of Hardhat and Anvil, of jwt.io; RFC 4122.
const PUBLISHED: &[&str] = &[
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq",
    "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DEQ2nQDjVqqRkl0vA",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJzdXBhYmFzZS1kZW1v",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.ewogICJyb2xlIjogImFub24iLAogICJpc3MiOiAic3VwYWJhc2UtZGVtby",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9l",
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    "550e8400-e29b-41d4-a716-446655440000",
];

fn check(case: &Case<'_>) -> Vec<Draft> {
    let files = || case.project.schema_files.iter().filter(|file| file.format == "dotenv");
    let entries = files().flat_map(|file| file.entries.iter().map(move |entry| (file, entry)));
    let found: Vec<_> = entries.filter(|(_, entry)| is_credential(entry)).collect();
    if found.is_empty() || case.phase == Phase::Structure {
        return Vec::new();
    }
    let fingerprints = Fingerprints::default();
    let mut holders: HashMap<u64, Vec<Binding<'_>>> = HashMap::new();
    for binding in case.all_bindings() {
        if let Some(value) = binding.value().filter(|_| binding.entry.secret().is_some()) {
            holders.entry(fingerprints.of(value)).or_default().push(binding);
        }
    }
    let sharing = |entry: &Entry| holders.get(&fingerprints.of(&entry.value)).map_or(&[][..], Vec::as_slice);
    found.into_iter().map(|(file, entry)| draft(case, file, entry, sharing(entry))).collect()
}

/// What is found in the environments that work with it, or else in all: the example is everybody's.
fn draft(case: &Case<'_>, file: &Source, entry: &Entry, sharing: &[Binding<'_>]) -> Draft {
    let is_live = entry.value.judge(|text| purpose(entry.name(), text)) == Some(Purpose::Live);
    let environments = case.environments().map(|environment| environment.name.clone()).collect();
    let draft = Draft {
        environments,
        key: Some(entry.name().to_owned()),
        parts: Vec::new(),
        message: format!("{} holds what looks like a real secret, in a file for everybody", entry.name()),
        help: Some(
            "leave it empty here, or write a placeholder, and replace the secret: others have seen it"
                .to_owned(),
        ),
        origin: Some(file.value_origin(entry)),
        related: Vec::new(),
        at_most: if is_live { Severity::Error } else { Severity::Warning },
    };
    let Some(last) = sharing.last() else { return draft };
    let mut environments: Vec<_> = sharing.iter().map(|one| one.environment.name.clone()).collect();
    environments.dedup();
    let related = sharing.iter().map(|one| Related {
        environment: one.environment.name.clone(),
        key: one.key().to_owned(),
        origin: one.source.value_origin(one.entry),
    });
    Draft {
        environments,
        message: format!(
            "{} holds a secret of {}, in a file for everybody",
            entry.name(),
            last.environment.name
        ),
        related: related.collect(),
        at_most: Severity::Error,
        ..draft
    }
}

/// Does the value look like what somebody was given, rather than like what somebody made up?
fn is_credential(entry: &Entry) -> bool {
    let looks_real = |text: &str| match purpose(entry.name(), text) {
        Some(Purpose::Live) => true,
        Some(Purpose::Test) => false,
        None => !is_for_show(text) && pieces(text).any(is_random),
    };
    is_plain_secret(entry) && !is_published(entry.name()) && entry.value.judge(looks_real)
}

/// Do its makers publish it, or does it say that it is an example? `AKIAIOSFODNN7EXAMPLE` does.
fn is_for_show(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["example", "sample", "dummy", "demo", "fake"].iter().any(|word| lower.contains(word))
        || PUBLISHED.iter().any(|key| text.contains(key))
}

/// What of a text may be random by itself; of a URL the password, and the path of a web hook.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let is_gap = |c: char| c.is_whitespace() || "\"'`,;=&?:@/\\".contains(c);
    let [first, second] = match Url::parse(text) {
        Some(url) => [login_in_url(text).map_or("", |(_, password)| password), url.path()],
        None => [text, ""],
    };
    first.split(is_gap).chain(second.split(is_gap))
}

fn is_random(piece: &str) -> bool {
    let mut letters: Vec<char> = piece.chars().collect();
    let is_next = |a: &char, b: &char| a.is_alphanumeric() && u32::from(*a) + 1 == u32::from(*b);
    let has_row = letters.chunk_by(is_next).any(|row| row.len() >= LONGEST_ROW);
    let length = letters.len();
    letters.sort_unstable();
    letters.dedup();
    length >= SHORTEST && letters.len() >= FEWEST && !has_row && !is_plainly_public(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_was_given_is_told_from_what_somebody_made_up() {
        for (key, text, expected) in [
            ("API_TOKEN", "k3Vb9QxT2mZr8LpW", true),
            ("STRIPE_SECRET_KEY", "sk_live_4eC39HqLyjWDarj", true),
            ("STRIPE_SECRET_KEY", "sk_test_4eC39HqLyjWDarj", false),
            ("SECRET_KEY_BASE", "918eaada7ce898fd9fa0817847896229", true),
            ("DATABASE_URL", "postgres://app:k3Vb9QxT2mZr@db.acme.io/app", true),
            ("DATABASE_URL", "postgres://user:password@a8f3k2m9x1q7z5w4.acme.io/app", false),
            ("HOOK", "https://hooks.slack.com/services/T0/B0/k3Vb9QxT2mZr8LpW", true),
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE", false),
            ("OPENAI_API_KEY", "sk-1234567890abcdef1234", false),
            ("JWT_SECRET", "super-secret-jwt-token-with-at-least-32-characters-long", false),
            ("APP_PASSWORD", "MyPassword123!", false),
            ("API_KEY", "00000000-0000-0000-0000-000000000000", false),
            ("NEXT_PUBLIC_TOKEN", "k3Vb9QxT2mZr8LpW", false),
            ("API_TOKEN", "your-token-here", false),
            ("API_TOKEN", "xxxxxxxxxxxxxxxxxxxxx", false),
            ("API_TOKEN", "", false),
            ("NAME", "k3Vb9QxT2mZr8LpW", false),
        ] {
            assert_eq!(is_credential(&Entry::new(key, text, 0, 0)), expected, "{key}={text}");
        }
    }

    #[test]
    fn keys_that_are_published_for_trying_are_nobodys() {
        for key in PUBLISHED {
            let entry = Entry::new("API_KEY", &format!("{key}0a"), 0, 0);
            assert!(!is_credential(&entry), "{key}");
        }
    }
}

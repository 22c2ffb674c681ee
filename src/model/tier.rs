//! Tiers, and the families of names that imply them.

use serde::{Deserialize, Serialize};

/// What an environment is for. The tier, not the name, decides how strictly it is judged and what is guarded.
///
/// The order is the order of environments in every output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Tier {
    /// Where people work.
    Development,
    /// Where machines test.
    Test,
    /// Where releases are tried.
    Staging,
    /// A name that nobody can place: judged like staging, guarded like production.
    #[serde(skip_deserializing)]
    Unknown,
    /// Where the users are.
    Production,
}

/// One line of the table: spellings of one and the same environment, and its tier.
struct Family {
    tier: Tier,
    spellings: &'static [&'static str],
}

const fn family(tier: Tier, spellings: &'static [&'static str]) -> Family {
    Family { tier, spellings }
}

/// Known names. The spellings of a row are one environment, unless a project uses two of them side by side.
const FAMILIES: &[Family] = &[
    family(Tier::Development, &["local"]),
    family(Tier::Development, &["development", "dev", "develop"]),
    family(Tier::Development, &["preview", "review", "pr"]),
    family(Tier::Development, &["sandbox"]),
    family(Tier::Test, &["test", "testing", "ci", "e2e"]),
    family(Tier::Test, &["qa"]),
    family(Tier::Test, &["perf", "load", "bench"]),
    family(Tier::Staging, &["staging", "stage", "stg"]),
    family(Tier::Staging, &["uat", "sit"]),
    family(Tier::Staging, &["preprod", "pre-prod", "preproduction"]),
    family(Tier::Staging, &["demo"]),
    family(Tier::Production, &["production", "prod", "prd", "live"]),
];

impl Tier {
    /// Every tier that can be declared, in order.
    pub const DECLARABLE: [Tier; 4] = [Tier::Development, Tier::Test, Tier::Staging, Tier::Production];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Tier::Development => "development",
            Tier::Test => "test",
            Tier::Staging => "staging",
            Tier::Unknown => "unknown",
            Tier::Production => "production",
        }
    }

    /// The tier that `word` names exactly.
    pub fn from_word(word: &str) -> Option<Tier> {
        Self::DECLARABLE.into_iter().find(|tier| tier.as_str().eq_ignore_ascii_case(word))
    }

    /// What an environment's name says of its tier: its family's, or for a compound name (`prod-eu`) that of
    /// its tokens, where production wins and then the latest stage.
    pub fn of_name(name: &str) -> Tier {
        spellings_of(name).map(|(tier, _)| tier).unwrap_or_else(|| {
            name.split(['-', '_', '.'])
                .filter_map(|token| spellings_of(token).map(|(tier, _)| tier))
                .max()
                .unwrap_or(Tier::Unknown)
        })
    }

    /// Is somebody's live system behind it? What is unknown is treated as if.
    pub fn is_guarded(self) -> bool {
        matches!(self, Tier::Production | Tier::Unknown)
    }
}

/// The tier and all spellings of the family that `name` belongs to.
pub fn spellings_of(name: &str) -> Option<(Tier, &'static [&'static str])> {
    FAMILIES
        .iter()
        .find(|family| family.spellings.iter().any(|spelling| spelling.eq_ignore_ascii_case(name)))
        .map(|family| (family.tier, family.spellings))
}

/// Are both names spellings of one environment (`prod`, `production`)?
pub fn same_family(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
        || spellings_of(one).is_some_and(|(_, all)| all.iter().any(|s| s.eq_ignore_ascii_case(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_imply_their_tier() {
        for (name, tier) in [
            ("dev", Tier::Development),
            ("Production", Tier::Production),
            ("prod-eu", Tier::Production),
            ("production-fwi", Tier::Production),
            ("e2e_test", Tier::Test),
            ("pre-prod", Tier::Staging),
            ("test-prod", Tier::Production),
            ("reproduction", Tier::Unknown),
            ("pen", Tier::Unknown),
        ] {
            assert_eq!(Tier::of_name(name), tier, "{name}");
        }
    }

    #[test]
    fn spellings_of_one_family_are_the_same_and_others_are_not() {
        assert!(same_family("prod", "PRODUCTION"));
        assert!(!same_family("stage", "uat"));
        assert!(!same_family("pen", "pencil"));
    }
}

//! `[rules]`: severities, everywhere and for an environment or a tier.

use super::{Checked, Normaliser, UNREADABLE, unreadable};
use crate::format::manifest::raw::{Named, RawLevel, RawRule, Spanned};
use crate::format::toml_text::Complaint;
use crate::model::finding::Severity;
use crate::model::nearest::nearest;
use crate::model::schema::Level;

impl Normaliser<'_> {
    pub(super) fn levels(&mut self, raw: Named<RawRule>) -> Checked<Vec<Level>> {
        let mut levels = Vec::new();
        for (name, rule) in raw {
            match rule {
                RawRule::Level(level) => levels.push(self.level(name, None, level)?),
                RawRule::Table(tables) if name.get_ref() == "in" => {
                    for (env, table) in tables {
                        levels.extend(self.levels_in(env, table)?);
                    }
                }
                RawRule::Table(_) => return Err(no_severity(&name)),
            }
        }
        Ok(levels)
    }

    fn levels_in(&mut self, env: Spanned<String>, table: RawRule) -> Checked<Vec<Level>> {
        let RawRule::Table(rules) = table else { return Err(no_severity(&env)) };
        let within = self.mention(env);
        let one = |(name, rule): (Spanned<String>, RawRule)| match rule {
            RawRule::Level(level) => self.level(name, Some(within.clone()), level),
            RawRule::Table(_) => Err(no_severity(&name)),
        };
        rules.into_iter().map(one).collect()
    }

    fn level(&self, name: Spanned<String>, within: Option<String>, level: RawLevel) -> Checked<Level> {
        let severity = match level {
            RawLevel::Error => Some(Severity::Error),
            RawLevel::Warning => Some(Severity::Warning),
            RawLevel::Note => Some(Severity::Note),
            RawLevel::Off => None,
        };
        if severity.is_none() && name.get_ref() == UNREADABLE {
            return Err(unreadable(name.span().start));
        }
        Ok(Level { rule: self.rule(name)?, within, severity })
    }

    pub(super) fn rule(&self, name: Spanned<String>) -> Checked<String> {
        if self.rules.contains(&name.get_ref().as_str()) {
            return Ok(name.into_inner());
        }
        let help = match nearest(name.get_ref(), self.rules.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`envctl validate --rules` lists the rules".to_owned(),
        };
        Err(Complaint::new(name.span().start, format!("there is no rule `{}`", name.get_ref()), help))
    }
}

fn no_severity(name: &Spanned<String>) -> Complaint {
    let help = "write `rule-id = \"warning\"` under [rules] or [rules.in.ENVIRONMENT]";
    Complaint::new(name.span().start, "a rule needs a severity here", help)
}

//! `env.toml`: an environment described, and its non-secret variables.

use super::manifest::{describe, raw::RawEnvironment};
use super::toml_text::{self, Complaint};
use super::{Format, Reading};
use crate::model::source::{Problem, SourceKind};

/// The registration.
pub const FORMAT: Format =
    Format { id: "env.toml", kind: SourceKind::Variables, matches: |name| name == FILE, read };

/// The file's name.
pub const FILE: &str = "env.toml";

fn read(text: &str) -> Reading {
    match toml_text::read::<RawEnvironment>(text).and_then(own_files).and_then(describe) {
        Ok((about, entries)) => Reading { entries, about: Some(about), ..Reading::default() },
        Err(complaint) => Reading { problems: vec![complaint.into()], ..Reading::default() },
    }
}

/// Files are given to an environment by the manifest, which sees them all.
fn own_files(raw: RawEnvironment) -> Result<RawEnvironment, Complaint> {
    match raw.files.first() {
        None => Ok(raw),
        Some(file) => {
            let help = "write [environments.NAME] files = [\"…\"] there";
            Err(Complaint::new(file.span().start, "`files` belongs into envctl.toml", help))
        }
    }
}

impl From<Complaint> for Problem {
    fn from(complaint: Complaint) -> Self {
        Problem { message: complaint.message, help: complaint.help, offset: Some(complaint.offset) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_says_what_it_is_and_gives_variables() {
        let text = "tier = 'staging'\ndebug = true\n[flags]\nbeta = true\n[vars]\nLOG_LEVEL = 'debug'\nPORT = 3000\n";
        let Reading { entries, problems, about, .. } = read(text);
        let about = about.unwrap();
        assert!(problems.is_empty());
        assert_eq!(about.debug, Some(true));
        assert!(about.flags[0].on);
        let texts: Vec<_> = entries.iter().map(|entry| (&*entry.key, entry.public_text().unwrap())).collect();
        assert_eq!(texts, [("LOG_LEVEL", "debug"), ("PORT", "3000")]);
        assert_eq!(text.get(entries[1].value_offset..), Some("3000\n"));
    }

    #[test]
    fn a_broken_file_is_one_problem() {
        let Reading { entries, problems, about, .. } = read("tier = 'staging'\n[vars]\nA = ");
        assert!(entries.is_empty() && about.is_none());
        assert_eq!(problems.len(), 1);
    }
}

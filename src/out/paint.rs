//! Colour, decided once per stream. Words carry the meaning; colour repeats it.

use colored::{Color, Colorize};

use crate::model::finding::Severity;
use crate::model::project::Environment;
use crate::model::tier::Tier;
use crate::model::variables::Variables;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum When {
    /// Where the stream is a terminal, and no variable says otherwise.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A shell whose prompt has to be told which bytes take no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Shell {
    /// bash
    Bash,
    /// zsh
    Zsh,
}

/// A brush for one stream.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// The first that speaks: `--color`, `NO_COLOR`, `CLICOLOR_FORCE`, then whether there is a terminal that can.
    /// Sources: no-color.org, bixense.com/clicolors.
    pub fn decide(when: When, variables: &Variables, is_terminal: bool) -> Self {
        let on = match when {
            When::Always => true,
            When::Never => false,
            When::Auto if variables.get("NO_COLOR").is_some() => false,
            When::Auto if variables.get("CLICOLOR_FORCE").is_some_and(|force| force != "0") => true,
            When::Auto => is_terminal && variables.get("TERM").as_deref() != Some("dumb"),
        };
        colored::control::set_override(true); // whether to paint is decided here, per stream
        Self { on }
    }

    /// No colour: for a file.
    pub fn plain() -> Self {
        Self { on: false }
    }

    /// Does it paint at all?
    pub fn is_on(self) -> bool {
        self.on
    }

    fn color(self, text: &str, color: Color) -> String {
        if self.on { text.color(color).to_string() } else { text.to_owned() }
    }

    /// Headings and names.
    pub fn bold(self, text: &str) -> String {
        if self.on { text.bold().to_string() } else { text.to_owned() }
    }

    /// What is said beside.
    pub fn dim(self, text: &str) -> String {
        if self.on { text.dimmed().to_string() } else { text.to_owned() }
    }

    /// All is well.
    pub fn good(self, text: &str) -> String {
        self.color(text, Color::Green)
    }

    /// Look here.
    pub fn bad(self, text: &str) -> String {
        self.color(text, Color::Red)
    }

    /// Look here too.
    pub fn odd(self, text: &str) -> String {
        self.color(text, Color::Yellow)
    }

    /// Said of a severity.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.bad(text),
            Severity::Warning => self.odd(text),
            Severity::Note => self.color(text, Color::Cyan),
        }
    }

    /// A prompt: red where the environment is protected, and the colours hidden from the shell's count.
    pub fn prompt(self, text: &str, is_protected: bool, shell: Option<Shell>) -> String {
        if !self.on {
            return text.to_owned();
        }
        let color = if is_protected { "1;31" } else { "32" };
        let (on, off) = (format!("\u{1b}[{color}m"), "\u{1b}[0m");
        match shell {
            None => format!("{on}{text}{off}"),
            // bash does not decode \[ in what $(…) gives: the bytes that it would become are written themselves.
            Some(Shell::Bash) => format!("\u{1}{on}\u{2}{text}\u{1}{off}\u{2}"),
            Some(Shell::Zsh) => format!("%{{{on}%}}{text}%{{{off}%}}"),
        }
    }

    /// The name of an environment: red where it is protected.
    pub fn environment(self, environment: &Environment) -> String {
        let name = environment.name.as_str();
        match environment.tier {
            _ if environment.is_protected() => self.bad(name),
            Tier::Development | Tier::Test => self.good(name),
            _ => self.odd(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_on(when: When, variables: &[(&str, &str)], is_terminal: bool) -> bool {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
        Paint::decide(when, &Variables::new(variables), is_terminal).is_on()
    }

    #[test]
    fn the_option_beats_the_variables_and_they_beat_the_terminal() {
        assert!(is_on(When::Always, &[("NO_COLOR", "1")], false));
        assert!(!is_on(When::Never, &[("CLICOLOR_FORCE", "1")], true));
        assert!(!is_on(When::Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true));
        assert!(is_on(When::Auto, &[("NO_COLOR", ""), ("CLICOLOR_FORCE", "1")], false));
        assert!(!is_on(When::Auto, &[("CLICOLOR_FORCE", "0")], false));
        assert!(is_on(When::Auto, &[], true));
        assert!(!is_on(When::Auto, &[("TERM", "dumb")], true));
    }
}

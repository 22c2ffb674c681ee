//! The log: who did what in which environment. It lies in the user's own state folder, where no repository can switch it
//! off, and holds no value.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::user;
use crate::model::fault::Fault;
use crate::model::variables::Variables;
use crate::out::json;
use crate::store::Journal;

/// What the journal's files are called.
const NAME: &str = "audit";
/// The version of its format.
const SCHEMA_VERSION: u32 = 1;
/// The most characters of a text that somebody else chose.
const CAP: usize = 200;

/// How it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Outcome {
    /// It was done; a program was about to start.
    #[default]
    Done,
    /// It was done in spite of what spoke against it.
    Forced,
    /// It was not done.
    Refused,
}

impl Outcome {
    /// The word used in text and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Forced => "forced",
            Outcome::Refused => "refused",
        }
    }
}

/// One line of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Line {
    /// The version of its form.
    pub schema_version: u32,
    /// When, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "String"))]
    pub time: Timestamp,
    /// What was attempted: switch, grant, run, export or reveal.
    pub action: String,
    /// How it ended: done, forced, or refused.
    pub result: Outcome,
    /// The user, as USER or LOGNAME has it.
    pub user: Option<String>,
    /// The machine's name.
    pub host: Option<String>,
    /// The project's folder.
    pub project: Option<String>,
    /// The environment before a switch.
    pub from: Option<String>,
    /// The environment that it was about.
    pub to: Option<String>,
    /// The branch.
    pub branch: Option<String>,
    /// The commit.
    pub commit: Option<String>,
    /// Why it was forced, or why it was refused.
    pub reason: Option<String>,
    /// The variable that told of a coding agent.
    pub agent: Option<String>,
    /// The program that was to run, without its arguments.
    pub program: Option<String>,
    /// When a grant ends, RFC 3339 in UTC.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub until: Option<Timestamp>,
    /// Is a grant for coding agents too?
    pub agents: Option<bool>,
}

impl Line {
    /// A line about what happens at `now`.
    pub fn new(now: Timestamp, action: &str, result: Outcome) -> Self {
        let time = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let action = action.to_owned();
        Self { schema_version: SCHEMA_VERSION, time, action, result, ..Self::default() }
    }

    /// The same with nothing too long in it.
    fn capped(mut self) -> Self {
        let texts = [
            &mut self.user,
            &mut self.host,
            &mut self.from,
            &mut self.to,
            &mut self.branch,
            &mut self.reason,
            &mut self.program,
        ];
        for text in texts.into_iter().flatten() {
            if let Some((end, _)) = text.char_indices().nth(CAP) {
                text.truncate(end);
            }
        }
        self
    }
}

/// The lines that could be read, oldest first.
#[derive(Default)]
pub struct Lines {
    /// They.
    pub lines: Vec<Line>,
    /// How many others there are.
    pub unreadable: usize,
}

/// The user's log.
pub struct Log {
    dir: PathBuf,
}

impl Log {
    /// The log in the user's state folder; nothing where there is no such folder.
    pub fn open(variables: &Variables) -> Option<Self> {
        Some(Self { dir: user::folder(variables)? })
    }

    fn journal(&self) -> Journal<'_> {
        Journal { dir: &self.dir, name: NAME }
    }

    /// Adds a line, without waiting for anybody.
    ///
    /// # Errors
    /// Why it cannot be added, as the end of a sentence.
    pub fn add(&self, line: Line) -> Result<(), &'static str> {
        let line = json::line(&line.capped()).map_err(|_| "it cannot be put into words")?;
        self.journal().add(&line)
    }

    /// What is in it.
    ///
    /// # Errors
    /// A [`Fault`] where something else lies in its place.
    pub fn read(&self) -> Result<Lines, Fault> {
        let text = self.journal().read()?;
        let mut lines = Lines::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match serde_json::from_str::<Line>(line).ok().filter(|line| line.schema_version == SCHEMA_VERSION)
            {
                Some(line) => lines.lines.push(line),
                None => lines.unreadable += 1,
            }
        }
        Ok(lines)
    }
}

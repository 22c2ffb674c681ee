//! Layer 3: what the process gave us, read once, and the one function that writes to its streams.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::fault::Fault;
use crate::model::project::Project;
use crate::model::variables::Variables;
use crate::out::paint::{self, Paint};
use crate::store::{self, Root};

/// How a product is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people; may change.
    Text,
    /// For machines; versioned.
    Json,
}

/// The options that every command takes.
#[derive(Debug, clap::Args)]
pub struct GlobalArgs {
    /// Use this environment instead of the selected one
    #[arg(long, global = true, value_name = "NAME")]
    pub env: Option<String>,
    /// Start as if in DIR
    #[arg(short = 'C', global = true, value_name = "DIR")]
    pub directory: Option<PathBuf>,
    /// Take exactly DIR as the project's root
    #[arg(long, global = true, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// How to write the answer: text, json
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Format,
    /// When to use colour: auto, always, never
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true,
        value_name = "WHEN"
    )]
    pub color: paint::When,
    /// Never ask a question
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Say less
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}

/// The process around a command.
pub struct Ctx {
    /// The options that every command takes.
    pub args: GlobalArgs,
    /// The variables of the process.
    pub variables: Variables,
    /// The time at which the command started.
    pub now: Timestamp,
}

impl Ctx {
    /// Reads the process.
    pub fn new(args: GlobalArgs) -> Self {
        Self { args, variables: Variables::new(std::env::vars_os()), now: Timestamp::now() }
    }

    /// Today in UTC.
    pub fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    /// The root of the project around the current folder, or the one that the options name.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn root(&self) -> Result<Root> {
        if let Some(dir) = &self.args.project {
            let dir = self.args.directory.as_ref().map_or_else(|| dir.clone(), |start| start.join(dir));
            return Ok(Root::exactly(&dir)?);
        }
        let start = match &self.args.directory {
            Some(dir) => dir.clone(),
            None => std::env::current_dir().map_err(|_| {
                Fault::new("the current folder does not exist any more")
                    .help("go to an existing one with cd or -C")
            })?,
        };
        let home = self.variables.get("HOME").map(PathBuf::from);
        Ok(Root::find(&start, home.as_deref())?)
    }

    /// The project, with everything in it read. `named` are environments the user asked about, which lets them
    /// take variables of the process.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn load(&self, named: &[String]) -> Result<(Root, Project)> {
        let root = self.root()?;
        let selected = crate::active::requested(self.args.env.as_deref(), &self.variables, &[]);
        let asked =
            named.iter().map(String::as_str).chain(selected.as_ref().map(|request| request.name.as_str()));
        let asked: Vec<&str> = asked.collect();
        let meant = |name: &crate::model::name::EnvName, about: &crate::model::project::Description| {
            asked.iter().any(|word| {
                name.matches(word)
                    || about.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(word))
                    || crate::model::tier::same_family(name.as_str(), word)
            })
        };
        let project = store::load(&root, &crate::rules::ids(), &self.variables, meant)?;
        Ok((root, project))
    }

    /// The brush for stdout.
    pub fn paint(&self) -> Paint {
        self.paint_for(io::stdout().is_terminal())
    }

    /// The brush for stderr.
    pub fn paint_stderr(&self) -> Paint {
        self.paint_for(io::stderr().is_terminal())
    }

    fn paint_for(&self, is_terminal: bool) -> Paint {
        Paint::decide(self.args.color, &self.variables, is_terminal)
    }

    /// Writes the product to stdout. A reader that went away is no error.
    ///
    /// # Errors
    /// Where it cannot be written, for example to a full disk.
    pub fn product(&self, text: &str) -> Result<()> {
        write(&mut io::stdout().lock(), text).context("the output could not be written")
    }

    /// Says something beside the product, on stderr; silence is no failure here.
    pub fn say(&self, text: &str) {
        if !self.args.quiet {
            complain(text);
        }
    }
}

/// Writes to stderr, where nobody may be listening.
pub fn complain(text: &str) {
    let _ = write(&mut io::stderr().lock(), text);
}

/// Writes to stdout, for what is printed before there is a context: help and version.
///
/// # Errors
/// Where it cannot be written.
pub fn print(text: &str) -> io::Result<()> {
    write(&mut io::stdout().lock(), text)
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

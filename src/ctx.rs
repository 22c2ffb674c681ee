//! Layer 4: what the process gave us, read once, and the one function that writes to its streams.

mod input;
mod load;
mod machine;
mod output;
mod past;
mod program;
mod streams;
mod supervise;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use input::input;

use crate::active::{self, Asked, Selection};
use crate::model::fault::Fault;
use crate::model::project::Project;
use crate::model::variables::Variables;
use crate::out::format::{Format, Formats};
use crate::out::gate::visible;
use crate::out::paint::{self, Paint};
use crate::store::{self, Root};
pub use output::{Output, OutputParser, check as check_outputs};
pub use past::Moment;
pub use program::{Environ, Limits, Program};
pub use streams::{complain, print};
pub use supervise::End;

/// The options that every command takes.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Use this environment instead of the selected one
    #[arg(long, global = true, value_name = "NAME")]
    pub env: Option<String>,
    /// Use the environment that the branch belongs to, or the tag that is checked out
    #[arg(long, global = true, conflicts_with = "env")]
    pub from_git: bool,
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
        value_parser = OutputParser(Formats::REPORT),
        hide_possible_values = true,
        value_name = "FORMAT"
    )]
    pub format: Vec<Output>,
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

    /// Writes a file that the command line names. What is there is replaced whole, or not at all.
    ///
    /// # Errors
    /// Where it cannot be written, or something other than a file has its name.
    pub fn write(&self, file: &Path, text: &str) -> Result<(), Fault> {
        let (path, name) = (self.path(file), visible(&file.to_string_lossy()).into_owned());
        if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
            let fault = Fault::new(format!("{name} is no regular file, and is not replaced"));
            return Err(fault.help("name a file"));
        }
        store::atomic::write_for_all(&path, text.as_bytes()).map_err(|error| {
            Fault::new(format!("{name} cannot be written: {}", store::folder::reason(&error)))
        })
    }

    /// Is the answer on stdout for scripts, rather than for people?
    pub fn is_json(&self) -> bool {
        self.format() == Format::Json
    }

    /// The format of the answer on stdout.
    pub fn format(&self) -> Format {
        let mut outputs = self.args.format.iter();
        outputs.find(|output| output.file.is_none()).map_or(Format::Text, |output| output.format)
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
        let root = self.root_at_a_glance()?;
        Ok(match self.args.project.is_some() || root.is_project() {
            true => root,
            false => store::nearest(&self.start()?, root),
        })
    }

    /// The root as far as a manifest or the state of `switch` shows it, without a look at any other file.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn root_at_a_glance(&self) -> Result<Root> {
        if let Some(dir) = &self.args.project {
            return Ok(Root::exactly(&self.path(dir))?);
        }
        let start = self.start()?;
        let home = self.variables.path("HOME").and_then(|home| home.canonicalize().ok());
        Ok(Root::find(&start, home.as_deref())?)
    }

    /// The folder that envctl works in: where it was started, or was told to start.
    ///
    /// # Errors
    /// Where the current folder does not exist any more.
    pub fn start(&self) -> Result<PathBuf> {
        match &self.args.directory {
            Some(dir) => Ok(dir.clone()),
            None => Ok(here().ok_or_else(gone)?),
        }
    }

    /// A path from the command line, as seen from the folder that envctl was told to start in.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.args.directory.as_ref().map_or_else(|| path.to_owned(), |start| start.join(path))
    }

    /// Does the command line or `ENVCTL_ENV` ask for an environment?
    pub fn is_requested(&self, root: &Root) -> bool {
        self.args.from_git || active::requested(&self.asked(root), &[]).is_some()
    }

    /// What decides which environment is current.
    pub fn asked<'a>(&'a self, root: &'a Root) -> Asked<'a> {
        let (option, from_git) = (self.args.env.as_deref(), self.args.from_git);
        Asked { root, option, from_git, variables: &self.variables, now: self.now }
    }

    /// The current environment; what has to be said about it goes to stderr.
    ///
    /// # Errors
    /// Where what was asked for is no environment.
    pub fn selection<'p>(&self, root: &Root, project: &'p Project) -> Result<Option<Selection<'p>>> {
        let selection = self.quiet_selection(root, project)?;
        if let Some(selection) = &selection {
            self.remark(selection);
        }
        Ok(selection)
    }

    /// Says what has to be said about the current environment, in a command that is about others as well.
    pub fn remark_on_selection(&self, root: &Root, project: &Project) {
        if let Ok(Some(selection)) = self.quiet_selection(root, project) {
            self.remark(&selection);
        }
    }

    /// Says what has to be said about a selection.
    pub fn remark(&self, selection: &Selection<'_>) {
        if let Some(remark) = &selection.remark {
            self.say(&format!("note: {}\n", visible(remark)));
        }
    }

    /// The current environment, and nothing said about it.
    ///
    /// # Errors
    /// Where what was asked for is no environment.
    pub fn quiet_selection<'p>(&self, root: &Root, project: &'p Project) -> Result<Option<Selection<'p>>> {
        Ok(active::current(project, &self.asked(root))?)
    }

    /// The brush for stdout.
    pub fn paint(&self) -> Paint {
        self.paint_for(io::stdout().is_terminal())
    }

    /// The brush for stderr.
    pub fn paint_stderr(&self) -> Paint {
        self.paint_for(io::stderr().is_terminal())
    }

    /// The brush for a prompt. The shell that takes it for `$(…)` is a terminal, though the pipe to it is none.
    pub fn paint_prompt(&self, for_shell: bool) -> Paint {
        self.paint_for(for_shell || io::stdout().is_terminal())
    }

    fn paint_for(&self, is_terminal: bool) -> Paint {
        Paint::decide(self.args.color, &self.variables, is_terminal)
    }

    /// Writes the product to stdout. A reader that went away is no error.
    ///
    /// # Errors
    /// Where it cannot be written, for example to a full disk.
    pub fn product(&self, text: &str) -> Result<()> {
        print(text)
    }

    /// Says something beside the product, on stderr; silence is no failure here.
    pub fn say(&self, text: &str) {
        if !self.args.quiet {
            complain(text);
        }
    }
}

/// The current folder, while it exists.
pub fn here() -> Option<PathBuf> {
    std::env::current_dir().ok()
}

fn gone() -> Fault {
    Fault::new("the current folder does not exist any more").help("go to an existing one with cd or -C")
}

/// Is a variable of the process set, whatever it holds? For what is asked before there is a context.
pub fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some()
}

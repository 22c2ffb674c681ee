//! `guard`: what must hold before a script goes on.

mod distinct;

use std::borrow::Cow;
use std::ffi::OsString;

use anyhow::Result;
use clap::builder::NonEmptyStringValueParser;
use clap::{ArgAction, ArgGroup, ArgMatches, Args, Command};
use wildmatch::WildMatch;

use super::attempt::{is_described, is_host};
use super::candidates::environments;
use super::{Exit, Group, Subcommand, parse, program, readable};
use crate::active::{self, Decider, Selection};
use crate::ctx::{self, Ctx, Program};
use crate::git;
use crate::model::fault::Fault;
use crate::model::project::{Environment, Project};
use crate::model::tier::Tier;
use crate::out::format::Formats;
use crate::out::gate::visible;
use crate::store::Root;

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "guard",
    group: Group::Check,
    about: "Fail where a script must not go on: in production, without a key, on the wrong host or branch",
    examples: "\
Silent where everything holds; else a line for each assertion that does not, and exit code 1. What cannot be known does
not hold. --distinct-from also looks at the variable of the process, and takes URLs and connection strings for the same
that lead to the same host, port and database, whoever logs in. A guard is a rail, no sandbox.

Examples:
  envctl guard --not production
  envctl guard --only development,test -- make reset-database
  envctl guard --require DATABASE_URL,API_KEY
  envctl guard --distinct-from production DATABASE_URL -- pytest
  envctl guard --host 'build-*' --branch 'release/*' --warn",
    arguments: |command: Command| {
        let assertions = ArgGroup::new("assertion").required(true).multiple(true);
        GuardArgs::augment_args(command).group(assertions)
    },
    formats: Formats::WORDS,
    run,
};

#[derive(Args)]
#[group(skip)]
struct GuardArgs {
    /// The current environment is none of these, by name or by tier
    #[arg(long, value_name = "ENV,…", value_delimiter = ',', group = "assertion", add = environments())]
    not: Vec<String>,
    /// The current environment is one of these, by name or by tier
    #[arg(long, value_name = "ENV,…", value_delimiter = ',', group = "assertion", add = environments())]
    only: Vec<String>,
    /// The current environment sets these keys, and they are not empty
    #[arg(
        long,
        value_name = "KEY,…",
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new(),
        group = "assertion"
    )]
    require: Vec<String>,
    /// This machine's name matches one of these
    #[arg(long, value_name = "GLOB,…", value_delimiter = ',', group = "assertion")]
    host: Vec<String>,
    /// The branch matches one of these
    #[arg(long, value_name = "GLOB,…", value_delimiter = ',', group = "assertion")]
    branch: Vec<String>,
    /// The key leads elsewhere than in that environment, here and in the variables of the process
    #[arg(long, num_args = 2, value_names = ["ENV", "KEY"], action = ArgAction::Append, group = "assertion")]
    distinct_from: Vec<String>,
    /// Only say what does not hold, and go on
    #[arg(long)]
    warn: bool,
    /// A program to run if everything holds
    #[arg(last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: GuardArgs = parse(matches)?;
    let (root, project) = ctx.load_quietly(&[])?;
    let selection = ctx.quiet_selection(&root, project)?;
    // That it has ended is said with the assertions that fail for it.
    if let Some(selection) = selection.as_ref().filter(|selection| selection.lapsed().is_none()) {
        ctx.remark(selection);
    }
    let guard = Guard { ctx, root: &root, project, selection, args: &args };
    let failures = guard.failures()?;
    let heading = if args.warn { "warning" } else { "failed" };
    for Failure { assertion, why, mend } in &failures {
        ctx::complain(&visible(&format!("{heading}: {assertion}: {why}; {mend}")));
        ctx::complain("\n");
    }
    match args.command.split_first() {
        _ if !failures.is_empty() && !args.warn => Ok(Exit::No),
        None => Ok(Exit::Done),
        Some((name, arguments)) => {
            let folder = ctx.args.directory.as_deref();
            let arguments: Vec<_> = arguments.iter().map(|word| Cow::Borrowed(word.as_os_str())).collect();
            Ok(program::replace(&Program { name, arguments: &arguments, folder, variables: None }))
        }
    }
}

/// An assertion that does not hold.
struct Failure {
    /// As it stands on the command line.
    assertion: String,
    why: String,
    /// What would make it hold.
    mend: String,
}

impl Failure {
    fn new(assertion: impl Into<String>, why: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { assertion: assertion.into(), why: why.into(), mend: mend.into() }
    }
}

const SELECT: &str = "select one with --env, ENVCTL_ENV or `envctl switch`";

struct Guard<'g> {
    ctx: &'g Ctx,
    root: &'g Root,
    project: &'g Project,
    selection: Option<Selection<'g>>,
    args: &'g GuardArgs,
}

impl<'g> Guard<'g> {
    /// Every assertion that does not hold.
    fn failures(&self) -> Result<Vec<Failure>, Fault> {
        let mut failures: Vec<Failure> = [self.host(), self.branch()].into_iter().flatten().collect();
        let args = self.args;
        for (option, words) in [("--not", &args.not), ("--only", &args.only)] {
            if let Some(word) = words.iter().find(|word| !self.project.knows(word)) {
                return Err(active::unknown(self.project, word, &Decider::Option));
            }
            if !words.is_empty() {
                let assertion = format!("{option} {}", words.join(","));
                failures.extend(self.place(&assertion, words, option == "--only")?);
            }
        }
        if !args.require.is_empty() {
            failures.extend(self.require()?);
        }
        for pair in args.distinct_from.chunks(2) {
            if let [name, key] = pair {
                failures.extend(distinct::failure(self, name, key)?);
            }
        }
        Ok(failures)
    }

    /// The current environment, or why there is none to speak of.
    fn current(&self, assertion: &str) -> Result<&'g Environment, Failure> {
        match &self.selection {
            None => Err(Failure::new(assertion, "no environment is selected", SELECT)),
            Some(selection) => match selection.lapsed() {
                None => Ok(selection.environment),
                Some(remark) => {
                    let (why, mend) = remark.split_once("; ").unwrap_or((remark, SELECT));
                    Err(Failure::new(assertion, why, mend))
                }
            },
        }
    }

    /// `--not` and `--only`.
    fn place(&self, assertion: &str, words: &[String], is_wanted: bool) -> Result<Option<Failure>, Fault> {
        let environment = match self.current(assertion) {
            Ok(environment) => environment,
            Err(failure) => return Ok(Some(failure)),
        };
        let name = &environment.name;
        if !is_described(self.project, environment) {
            let what = format!("the description of {name} cannot be read, so nobody knows what it is for");
            return Err(Fault::new(what).help(format!("`envctl validate {name}` shows where")));
        }
        let covers = |word: &String| self.project.covers(word, environment);
        let is_open = |word: &String| environment.tier == Tier::Unknown && Tier::from_word(word).is_some();
        if !is_wanted && !words.iter().any(covers) && words.iter().any(is_open) {
            let mend = format!("declare its tier, in envs/{name}/env.toml or in [environments.{name}]");
            return Ok(Some(Failure::new(assertion, format!("what {name} is for is not known"), mend)));
        }
        if words.iter().any(covers) == is_wanted {
            return Ok(None);
        }
        let by = self.selection.as_ref().map(|selection| selection.by.describe()).unwrap_or_default();
        let mend = if is_wanted { "select one of them" } else { "select another one" };
        let mend = format!("{mend} with --env, ENVCTL_ENV or `envctl switch`");
        let why = format!("the current environment is {name} ({}, {by})", environment.tier.as_str());
        Ok(Some(Failure::new(assertion, why, mend)))
    }

    fn require(&self) -> Result<Option<Failure>, Fault> {
        let assertion = format!("--require {}", self.args.require.join(","));
        let environment = match self.current(&assertion) {
            Ok(environment) => environment,
            Err(failure) => return Ok(Some(failure)),
        };
        readable::whole(self.project, environment)?;
        let is_set = |key: &&String| {
            let mut bindings = self.project.find(environment, key);
            bindings
                .any(|one| one.entry.state() == "set" && one.value().is_some_and(|value| !value.is_empty()))
        };
        let lacking: Vec<_> =
            self.args.require.iter().filter(|key| !is_set(key)).map(String::as_str).collect();
        let (lacking, name) = (lacking.join(", "), &environment.name);
        let why = || format!("{lacking} not set in {name}, or empty there");
        let mend = || format!("set it in the files of {name}; `envctl show {name}` lists what is set");
        Ok((!lacking.is_empty()).then(|| Failure::new(assertion, why(), mend())))
    }

    fn host(&self) -> Option<Failure> {
        let (globs, name) = (&self.args.host, self.ctx.host().to_lowercase());
        (!globs.is_empty() && !is_host(globs, &name)).then(|| {
            let why = format!("this machine is {name}");
            Failure::new(format!("--host {}", globs.join(",")), why, "run it on a machine that matches")
        })
    }

    fn branch(&self) -> Option<Failure> {
        let globs = &self.args.branch;
        let failure = |why: String| {
            let mend = "check out a branch that matches";
            Some(Failure::new(format!("--branch {}", globs.join(",")), why, mend))
        };
        if globs.is_empty() {
            return None;
        }
        match git::branch(&self.root.dir, None) {
            Some(branch) if globs.iter().any(|glob| WildMatch::new(glob).matches(&branch)) => None,
            Some(branch) => failure(format!("the branch is {branch}")),
            None => failure("there is no branch here".to_owned()),
        }
    }
}

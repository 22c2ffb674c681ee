//! `export`: an environment's variables, for a shell, a file or a platform.

use std::hash::{BuildHasher, RandomState};

use anyhow::Result;
use clap::{ArgMatches, Args, Command};

use super::attempt::{Action, Attempt, Consent, Say, environment, turn_away};
use super::candidates::environments;
use super::current::nothing;
use super::filter::Filter;
use super::variables;
use super::{Exit, Group, Subcommand, parse, readable, terraform};
use crate::active;
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::finding::Finding;
use crate::model::project::{Binding, Environment, Project};
use crate::model::value::Value;
use crate::out::export::{self, Pair, github};
use crate::out::format::{Format, Formats};
use crate::out::gate::{visible, visible_lines};
use crate::out::json::render;
use crate::store::{self, Root, folder};

/// The registration.
pub const COMMAND: Subcommand = Subcommand {
    name: "export",
    group: Group::Work,
    about: "Print the variables of an environment, for a shell, a file or a platform",
    examples: "\
Values are the product: a terminal shows them only with --reveal, a protected environment only after consent, like switch,
and nothing is printed where anything is wrong. `github` appends to the file GITHUB_ENV and prints masks for secrets.
A container's own variables (Compose) count where no other file sets the name.

Examples:
  eval \"$(envctl export staging)\"
  envctl export staging --format fish | source
  envctl export staging --format json | jq -r .LOG_LEVEL
  envctl export staging --format dotenv --key 'DB_*' > db.env
  envctl export production --names          the names alone, for comparing with what CI provides",
    arguments: |command: Command| ExportArgs::augment_args(command),
    formats: Formats::VARIABLES,
    run,
};

#[derive(Args)]
struct ExportArgs {
    /// The environment [default: the current one]
    #[arg(value_name = "ENV", add = environments())]
    environment: Option<String>,
    /// Take only variables that match
    #[arg(long, value_name = "GLOB")]
    key: Option<String>,
    /// Take only files that match
    #[arg(long, value_name = "GLOB")]
    source: Option<String>,
    /// Print the names alone, which needs no consent
    #[arg(long, conflicts_with_all = ["reveal", "confirm", "force"])]
    names: bool,
    /// Show the values on a terminal
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    say: Say,
}

/// The file to which a step of GitHub Actions appends variables for the steps after it.
const GITHUB_ENV: &str = "GITHUB_ENV";

fn run(matches: &ArgMatches, ctx: &Ctx) -> Result<Exit> {
    let args: ExportArgs = parse(matches)?;
    if let Some(refusal) = unseen(ctx, &args) {
        return Ok(turn_away(ctx, Action::Export, args.environment.as_deref(), &refusal));
    }
    let named: Vec<String> = args.environment.iter().cloned().collect();
    let (root, project) = ctx.load(&named)?;
    let named = args.environment.as_deref();
    let environment = match named {
        None if args.names => ctx.selection(&root, project)?.ok_or_else(nothing)?.environment,
        _ => match environment((ctx, &root), project, named, Action::Export)? {
            Ok(environment) => environment,
            Err(exit) => return Ok(exit),
        },
    };
    readable::whole(project, environment)?;
    let export = Export { ctx, root: &root, project, environment, args: &args };
    if args.names { export.names() } else { export.values() }
}

/// Why values may not be shown where stdout leads, if so.
fn unseen(ctx: &Ctx, args: &ExportArgs) -> Option<Fault> {
    if args.names || !ctx.prints_to_terminal() {
        return None;
    }
    if let Some(agent) = active::agent(&ctx.variables) {
        let fault = Fault::new(format!("a coding agent may not see a secret ({agent} is set)"));
        return Some(fault.help("a person runs it in a terminal of their own"));
    }
    let fault = Fault::new("the values would be shown on the terminal");
    (!args.reveal).then(|| fault.help("send them into a program or a file, or write --reveal"))
}

/// One export, from what is known to what is printed.
struct Export<'e> {
    ctx: &'e Ctx,
    root: &'e Root,
    project: &'e Project,
    environment: &'e Environment,
    args: &'e ExportArgs,
}

impl Export<'_> {
    fn filter(&self) -> Filter {
        Filter::new(self.args.key.as_deref(), self.args.source.as_deref())
    }

    fn names(&self) -> Result<Exit> {
        let names = variables::names(self.project, self.environment, &self.filter());
        self.ctx.product(&match self.ctx.is_json() {
            true => render(&names)?,
            false => names.iter().map(|name| format!("{}\n", visible(name))).collect(),
        })?;
        Ok(Exit::Done)
    }

    fn values(&self) -> Result<Exit> {
        let bindings = variables::effective(self.project, self.environment, &self.filter())?;
        let pairs: Vec<Pair<'_>> = bindings.iter().filter_map(pair).collect();
        let product = self.product(&pairs)?;
        let Self { ctx, root, project, environment, args } = *self;
        let attempt = Attempt::new((ctx, root), project, environment, &args.say, Action::Export);
        let undeclared = |finding: &Finding| variables::is_undeclared_loader(project, finding, &bindings);
        if let Consent::Not(exit) = attempt.permit(undeclared)? {
            return Ok(exit);
        }
        self.note_encrypted(&bindings);
        terraform::note_others(ctx, root, project, environment);
        self.deliver(product)?;
        Ok(Exit::Done)
    }

    fn product(&self, pairs: &[Pair<'_>]) -> Result<Product, Fault> {
        let format = self.ctx.args.format.first().map_or(Format::Sh, |output| output.format);
        if format != Format::Github {
            return Ok(Product { stdout: export::render(format, pairs)?, blocks: None });
        }
        if self.ctx.variables.path(GITHUB_ENV).is_none() {
            let fault = Fault::new(format!("{GITHUB_ENV} is not set, and nobody would read the variables"));
            return Err(fault.help("run it in a step of GitHub Actions, or choose another --format"));
        }
        pairs.iter().try_for_each(|pair| export::check(format, pair))?;
        Ok(Product { stdout: github::masks(pairs), blocks: Some(github::blocks(pairs, &delimiter())) })
    }

    /// Ciphertext is what the file holds; who decrypts it is the program's business.
    fn note_encrypted(&self, bindings: &[Binding<'_>]) {
        let names = bindings.iter().filter(|binding| binding.entry.is_encrypted());
        let names: Vec<_> = names.map(|binding| visible(binding.entry.name())).collect();
        if !names.is_empty() {
            self.ctx.say(&format!("note: exported as stored, which is encrypted: {}\n", names.join(", ")));
        }
    }

    /// Masks come first: no value may be in the hands of later steps before the log hides it.
    fn deliver(&self, Product { stdout, blocks }: Product) -> Result<()> {
        let mut shown = stdout;
        if self.ctx.prints_to_terminal() {
            let gated = visible_lines(&shown);
            if gated != shown {
                self.ctx.say("note: characters that act on a terminal or hide in it are shown as escapes\n");
            }
            shown = gated;
        }
        self.ctx.product(&shown)?;
        let Some((file, blocks)) = self.ctx.variables.path(GITHUB_ENV).zip(blocks) else { return Ok(()) };
        store::append(&file, blocks.as_bytes()).map_err(|error| {
            let why = folder::reason(&error);
            Fault::new(format!("the file that {GITHUB_ENV} names cannot be written: {why}"))
        })?;
        Ok(())
    }
}

/// What goes to stdout, and what to the file of GitHub Actions.
struct Product {
    stdout: String,
    blocks: Option<String>,
}

/// A variable with its text: this command's product.
fn pair<'p>(binding: &Binding<'p>) -> Option<Pair<'p>> {
    let text = binding.value().map(Value::expose)?;
    Some(Pair { name: binding.entry.name(), text, is_secret: binding.entry.secret().is_some() })
}

/// A line that is in no value: 128 bits under keys of this process alone.
fn delimiter() -> String {
    let half = |_| format!("{:016x}", RandomState::new().hash_one(std::process::id()));
    format!("envctl_{}", (0..2).map(half).collect::<String>())
}

//! The tree of commands and the grouped help, both from the table of commands.

use clap::{Args, Command};

use super::candidates::environments;
use super::{COMMANDS, Group, Subcommand};
use crate::ctx::{GlobalArgs, OutputParser};
use crate::out::format::Formats;

const TEMPLATE: &str =
    "{about-with-newline}\n{usage-heading} {usage}\n\n{before-help}Options:\n{options}{after-help}";

const AFTER: &str = "\
Exit codes:
  0  done, nothing wrong
  1  the answer is no: errors were found, or differences with --exit-code
  2  envctl could not do it: usage, manifest, unknown environment, input or output
  3  refused: nobody confirmed, or the target has errors

Examples:
  envctl validate                         judge every environment
  envctl diff staging production          compare two of them
  envctl explain same-secret              what a rule looks for, and why";

/// The whole tree. The arguments of a subcommand are added only when it is chosen.
pub fn tree() -> Command {
    branch(COMMANDS.iter())
}

/// The tree with one subcommand, for a line that begins with its name: the others would only cost time.
pub fn tree_of(command: &'static Subcommand) -> Command {
    branch(std::iter::once(command))
}

fn branch(commands: impl Iterator<Item = &'static Subcommand>) -> Command {
    GlobalArgs::augment_args(Command::new("envctl"))
        .version(env!("CARGO_PKG_VERSION"))
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .help_template(TEMPLATE)
        .before_help(groups())
        .after_help(AFTER)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .mut_arg("env", |arg| arg.add(environments()))
        .subcommands(commands.map(subcommand))
}

fn subcommand(command: &'static Subcommand) -> Command {
    Command::new(command.name).about(command.about).after_help(after(command)).defer(arguments)
}

/// The arguments of a subcommand, and what it makes of those that every command takes.
fn arguments(command: Command) -> Command {
    let Some(one) = COMMANDS.iter().find(|one| one.name == command.get_name()) else { return command };
    let formats = one.formats;
    (one.arguments)(command).mut_arg("format", |arg| {
        let arg = arg.value_parser(OutputParser(formats));
        match formats.has_files {
            true => arg
                .value_name("FORMAT[=FILE]")
                .help("How to write the answer, one of the formats below; several with files"),
            false => arg.help(format!("How to write the answer: {}", formats.names())),
        }
    })
}

/// What stands below the options: the formats where there are many, and examples.
fn after(command: &Subcommand) -> String {
    let Formats { all, has_files: true } = command.formats else { return command.examples.to_owned() };
    let formats = all.iter().map(|format| format!("  {:<8}  {}\n", format.name(), format.purpose()));
    format!("Formats:\n{}\n{}", formats.collect::<String>(), command.examples)
}

/// The commands under the headings of their groups.
fn groups() -> String {
    let width = COMMANDS.iter().map(|command| command.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (group, heading) in Group::ALL {
        text += heading;
        text += ":\n";
        for command in COMMANDS.iter().filter(|command| command.group == *group) {
            text += &format!("  {:width$}  {}\n", command.name, command.about);
        }
        text += "\n";
    }
    text.trim_end().to_owned()
}

//! `--reveal`: one value, for the eyes of a person who asked for it by its name.

use anyhow::Result;

use super::inspect::{is_known, means, unknown};
use crate::active;
use crate::cmd::Exit;
use crate::cmd::attempt::{Action, Attempt, Consent, turn_away};
use crate::cmd::readable::without_text;
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::model::project::{Binding, Environment, Project};
use crate::model::value::Value;
use crate::out::gate::visible_lines;

/// Why nobody who asks like this gets to see a value, if so; said before anything is read.
///
/// # Errors
/// Where the command line contradicts itself.
pub fn refusal(ctx: &Ctx, named: Option<&str>) -> Result<Option<Exit>, Fault> {
    if ctx.is_json() {
        return Err(Fault::new("--reveal prints the bare value, and no JSON").help("leave one of them out"));
    }
    let help = "a person runs it in a terminal of their own, without a pipe or a redirection";
    let why = match active::agent(&ctx.variables) {
        Some(agent) => format!("a coding agent may not see a secret ({agent} is set)"),
        None if !ctx.is_watched() => {
            "a value is revealed to a person at a terminal, and nobody is there".to_owned()
        }
        None => return Ok(None),
    };
    Ok(Some(turn_away(ctx, Action::Reveal, named, &Fault::new(why).help(help))))
}

/// Prints the value of the one key that is named.
///
/// # Errors
/// Where there is no such value.
pub fn run(attempt: &Attempt<'_>, words: &[&str]) -> Result<Exit> {
    let [word] = words else {
        let fault = Fault::new("--reveal prints one value, and one key has to be named");
        return Err(fault.help("envctl show ENV KEY --reveal").into());
    };
    let binding = only(attempt.project, attempt.environment, word)?;
    let value = value(&binding)?;
    if let Consent::Not(exit) = attempt.consent()? {
        return Ok(exit);
    }
    attempt.record();
    let shown = visible_lines(value.expose());
    if shown != value.expose() {
        attempt.ctx.say("note: characters that act on a terminal or hide in it are shown as escapes\n");
    }
    attempt.ctx.product(&(shown + "\n"))?;
    Ok(Exit::Done)
}

/// The one entry that `word` means.
fn only<'p>(project: &'p Project, environment: &'p Environment, word: &str) -> Result<Binding<'p>, Fault> {
    let found: Vec<_> = project.bindings(environment).filter(|binding| means(word, binding)).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] if is_known(project, word) => {
            let fault = Fault::new(format!("{word} is missing in {}", environment.name));
            Err(fault.help(format!("`envctl show {} {word}` tells who has it", environment.name)))
        }
        [] => Err(unknown(project, word, false)),
        several => {
            let names: Vec<_> = several.iter().map(|one| format!("`{}::{}`", one.stack, one.key())).collect();
            let fault = Fault::new(format!("{word} means {} values", several.len()));
            Err(fault.help(format!("name one of {}", names.join(", "))))
        }
    }
}

/// The value, its references put in.
fn value<'p>(binding: &Binding<'p>) -> Result<&'p Value, Fault> {
    let (key, state) = (binding.key(), binding.entry.state());
    let Some(value) = binding.value() else {
        return Err(
            Fault::new(format!("{key} has no value: {}", without_text(binding))).help("mend the reference")
        );
    };
    match state {
        "set" if !value.is_empty() => Ok(value),
        "null" => Err(Fault::new(format!("{key} is null")).help("there is nothing to reveal")),
        _ => Err(Fault::new(format!("{key} is empty")).help("there is nothing to reveal")),
    }
}

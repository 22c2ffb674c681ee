//! `switch --shell`: the selection of one terminal, as text that its shell takes in.

use anyhow::Result;
use jiff::Timestamp;

use crate::active::VARIABLE;
use crate::active::terminal::{PROJECT, UNTIL};
use crate::cmd::Exit;
use crate::cmd::hook::Shell;
use crate::ctx::Ctx;
use crate::model::fault::Fault;
use crate::out::export::{Pair, render};
use crate::out::moment;
use crate::store::Root;

/// How the text begins: the hook takes in nothing else, be it help, a list or an overview.
const MARK: &str = "# envctl switch --shell\n";

/// Prints what selects `name` until then.
///
/// # Errors
/// Where the project's path is no text, or stdout cannot be written.
pub fn select(ctx: &Ctx, root: &Root, name: &str, until: Option<Timestamp>) -> Result<Exit> {
    let path = root.dir.to_str().ok_or_else(|| {
        let fault = Fault::new("the path of this project is no UTF-8, and cannot be told to a shell");
        fault.help("select for the whole project: leave --shell out")
    })?;
    let end = until.map_or_else(String::new, |until| until.as_second().to_string());
    let text = script(Shell::around(&ctx.variables), [name, &format!("{name}:{path}"), &end])?;
    print(ctx, &text, name, &format!("this terminal is in {name}{}", moment::until(until)))
}

/// Prints what ends the selection of the terminal.
///
/// # Errors
/// Where stdout cannot be written.
pub fn end(ctx: &Ctx) -> Result<Exit> {
    let text = script(Shell::around(&ctx.variables), ["", "", ""])?;
    print(ctx, &text, "-", "this terminal goes by the project's selection again")
}

/// Prints it; a person who sees it has no hook, and is told what to do with it.
fn print(ctx: &Ctx, text: &str, name: &str, done: &str) -> Result<Exit> {
    ctx.product(text)?;
    if ctx.prints_to_terminal() {
        let line = Shell::around(&ctx.variables).takes_in(&format!("envctl switch --shell {name}"));
        ctx.say(&format!(
            "note: nothing is selected yet: your shell has to take this in\n  \
             help: write {line}, or set up the hook once: `envctl hook --help`\n"
        ));
    } else {
        ctx.say(&format!("{done}\n"));
    }
    Ok(Exit::Done)
}

/// The three variables set, or unset where there is nothing to say.
fn script(shell: Shell, texts: [&str; 3]) -> Result<String, Fault> {
    let names = [VARIABLE, PROJECT, UNTIL];
    let pairs = names.into_iter().zip(texts).map(|(name, text)| Pair { name, text, is_secret: false });
    let (mut unset, mut set) = (String::new(), Vec::new());
    for pair in pairs {
        // An empty variable is as good as none, where there is no way to unset one.
        match shell.unset(pair.name).filter(|_| pair.text.is_empty()) {
            Some(line) => unset += &line,
            None => set.push(pair),
        }
    }
    let mark = if shell == Shell::Nu { "" } else { MARK };
    Ok(format!("{mark}{unset}{}", render(shell.format(), &set)?))
}

//! What a hook asks for when something has changed: what to show, and by which signs it knows that this is still true.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::Shell;
use crate::active::{self, VARIABLE, state, terminal};
use crate::cmd::{Exit, prompt};
use crate::ctx::Ctx;
use crate::out::export::shell::{fish_text, powershell_text, sh_text};
use crate::out::gate::visible;
use crate::out::json;
use crate::store::read_small;

/// As much of the file of the selection as a hook reads: the time of the switch is in it.
const BEGINNING: usize = 256;

/// What no shell finds there: while the file is broken, it is asked about at each prompt, until somebody mends it.
const BROKEN: &str = "?";

/// All that a hook keeps.
#[derive(Default, Serialize)]
struct Kept {
    /// The prompt, plain and in colour.
    #[serde(rename = "prompt")]
    text: String,
    color: String,
    /// The file of the selection, empty where no shell should read it, and its beginning.
    file: String,
    content: String,
    /// When this ends by itself, in seconds since 1970; empty where it does not.
    until: String,
    /// The variables of the project that select, beside `ENVCTL_ENV`.
    selectors: Vec<String>,
    /// What the person at the terminal has to know, and whether the selection of the terminal is over.
    said: String,
    #[serde(rename = "ended")]
    has_ended: bool,
}

/// Answers a hook; it is asked at a prompt, so that nothing is an error.
pub fn answer(mut ctx: Ctx, shell: Shell) -> Result<Exit> {
    let mut kept = Kept::default();
    if terminal::has_ended(&ctx.variables, ctx.now) {
        let name = ctx.variables.get(VARIABLE).unwrap_or_default().into_owned();
        kept.said = active::ended(&visible(&name));
        kept.has_ended = true;
        ctx.variables = std::mem::take(&mut ctx.variables).without(&terminal::ALL);
    }
    kept.look(&ctx, shell);
    ctx.product(&kept.render(shell)?)?;
    Ok(Exit::Done)
}

impl Kept {
    fn look(&mut self, ctx: &Ctx, shell: Shell) {
        let Ok(root) = ctx.root_at_a_glance() else { return };
        let file = state::path(&root);
        // Before it is read for what it says: whatever comes in between is then seen at the next prompt.
        if let Some(path) = file.to_str() {
            self.content = beginning(&file).unwrap_or_else(|| BROKEN.to_owned());
            // A link may lead to where a shell would wait.
            self.file = if file.is_symlink() { String::new() } else { path.to_owned() };
        }
        let mut ends: Vec<i64> =
            ctx.variables.get(terminal::UNTIL).and_then(|end| end.parse().ok()).into_iter().collect();
        if let Some(glance) = prompt::shown(ctx, &root) {
            self.text = prompt::usual(glance.as_ref());
            let is_protected = glance.as_ref().is_some_and(|glance| glance.is_protected);
            self.color = ctx.paint_prompt(true).prompt(&self.text, is_protected, shell.marks());
            ends.extend(glance.as_ref().and_then(|glance| glance.expires_at).map(|end| end.as_second()));
            self.selectors = glance.map(|glance| glance.selector).unwrap_or_default();
        }
        // A shell looks variables up by name, and takes what is no name for a program of its own.
        self.selectors.retain(|name| is_name(name));
        // What is over already would be looked up again at every prompt.
        ends.retain(|end| *end > ctx.now.as_second());
        self.until = ends.iter().min().map_or_else(String::new, i64::to_string);
    }

    fn render(&self, shell: Shell) -> serde_json::Result<String> {
        let ended = if self.has_ended { "1" } else { "" };
        let texts = [
            ("ENVCTL_PROMPT", &*self.text),
            ("ENVCTL_PROMPT_COLOR", &self.color),
            ("_envctl_file", &self.file),
            ("_envctl_content", &self.content),
            ("_envctl_until", &self.until),
            ("_envctl_said", &self.said),
            ("_envctl_ended", ended),
        ];
        let line: fn(&str, &str) -> String = match shell {
            Shell::Nu => return json::render(self),
            Shell::Bash | Shell::Zsh => |name, text| format!("{name}={}\n", sh_text(text)),
            Shell::Fish => |name, text| format!("set -g {name} {}\n", fish_text(text)),
            Shell::Powershell => |name, text| format!("$global:{name} = {}\n", powershell_text(text)),
        };
        let lines: String = texts.iter().map(|(name, text)| line(name, text)).collect();
        Ok(lines + &self.look_again(shell))
    }

    /// How the shell sees whether one of the variables has changed that decide.
    fn look_again(&self, shell: Shell) -> String {
        let own = self.selectors.iter().map(String::as_str);
        let names = terminal::ALL.into_iter().chain([active::CI]).chain(own);
        match shell {
            Shell::Powershell => {
                let names: Vec<_> = names.map(powershell_text).collect();
                format!("$global:_envctl_names = @({})\n", names.join(", "))
            }
            Shell::Fish => {
                let values: String = names.map(|name| format!("|${name}")).collect();
                format!("function _envctl_look; set -g _envctl_key \"$PWD{values}\"; end\n")
            }
            _ => {
                let values: String = names.map(|name| format!("|${{{name}-}}")).collect();
                format!("_envctl_look() {{ _envctl_key=\"$PWD{values}\"; }}\n")
            }
        }
    }
}

/// The beginning of the file, of which there may be none yet; nothing where something else lies in its place.
fn beginning(file: &Path) -> Option<String> {
    let bytes = read_small(file).ok()?.unwrap_or_default();
    let some = bytes.get(..BEGINNING).unwrap_or(&bytes);
    // Our own has nothing else there, and shells differ about the rest.
    let is_ours = some.is_ascii() && !some.contains(&0);
    is_ours.then(|| String::from_utf8_lossy(some).into_owned())
}

/// What every shell takes for the name of a variable.
fn is_name(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.starts_with(|c: char| is_word(c) && !c.is_ascii_digit()) && text.chars().all(is_word)
}

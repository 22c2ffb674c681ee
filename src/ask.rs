//! Layer 2: questions to the person at the terminal. The only module that knows dialoguer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::console::Term;
use dialoguer::{Input, Select};

use crate::model::fault::Fault;

/// What a person answered.
pub enum Answer<T> {
    /// This.
    Given(T),
    /// Nothing: Ctrl-C, Ctrl-D or Escape.
    Interrupted,
}

/// Asks for a line of text, on stderr.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn line(question: &str) -> Result<Answer<String>, Fault> {
    guarded(|terminal| {
        Input::<String>::new().with_prompt(question).allow_empty(true).interact_text_on(terminal)
    })
}

/// Lets choose one of `items`, on stderr, beginning with `first`.
///
/// # Errors
/// Where the terminal cannot be used.
pub fn choice(question: &str, items: &[String], first: usize) -> Result<Answer<usize>, Fault> {
    let select = Select::new().with_prompt(question).items(items).default(first).report(false);
    match guarded(|terminal| select.interact_on_opt(terminal))? {
        Answer::Given(Some(index)) => Ok(Answer::Given(index)),
        _ => Ok(Answer::Interrupted),
    }
}

/// Asks with Ctrl-C caught, so that the cursor comes back before the program ends.
fn guarded<T>(ask: impl FnOnce(&Term) -> dialoguer::Result<T>) -> Result<Answer<T>, Fault> {
    let terminal = Term::stderr();
    let interrupted = Arc::new(AtomicBool::new(false));
    let handler = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&interrupted));
    let answer = ask(&terminal);
    let _ = terminal.show_cursor();
    if let Ok(handler) = handler {
        signal_hook::low_level::unregister(handler);
    }
    match answer {
        _ if interrupted.load(Ordering::SeqCst) => Ok(Answer::Interrupted),
        Ok(given) => Ok(Answer::Given(given)),
        Err(dialoguer::Error::IO(error)) if error.kind() == std::io::ErrorKind::Interrupted => {
            Ok(Answer::Interrupted)
        }
        Err(_) => Err(Fault::new("the terminal cannot be asked").help("answer with options; see --help")),
    }
}

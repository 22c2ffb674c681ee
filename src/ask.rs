//! Layer 2: questions to the person at the terminal. The only module that knows dialoguer.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dialoguer::Select;
use dialoguer::console::{Key, Term};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

use crate::model::fault::Fault;
use crate::out::gate::is_hidden;

/// What Ctrl-D sends.
const END: char = '\u{4}';

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
        terminal.write_str(&format!("{question}: "))?;
        let typed = typed(terminal);
        terminal.write_line("")?;
        Ok(typed?)
    })
}

/// What is typed until Enter. dialoguer's own input takes no notice of Ctrl-D, and divides by the terminal's width.
fn typed(terminal: &Term) -> io::Result<String> {
    let mut text = String::new();
    loop {
        match terminal.read_key()? {
            Key::Enter => return Ok(text),
            Key::Escape | Key::Char(END) => return Err(io::ErrorKind::Interrupted.into()),
            Key::Backspace if text.pop().is_some() => terminal.clear_chars(1)?,
            Key::Char(c) if !is_hidden(c) => {
                text.push(c);
                terminal.write_str(c.encode_utf8(&mut [0; 4]))?;
            }
            _ => {}
        }
    }
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

/// The terminal as it was before it gave every key by itself; it is so again in the end.
///
/// It must be done before the question is seen: a Ctrl-C that the kernel still turns into a signal would be noticed only
/// when the next key comes.
struct Keys(Option<Termios>);

impl Keys {
    fn one_by_one() -> Self {
        let before = tcgetattr(io::stdin()).ok();
        if let Some(before) = &before {
            let mut now = before.clone();
            now.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG;
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &now);
        }
        Self(before)
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
    }
}

/// Asks with Ctrl-C caught, so that the cursor comes back before the program ends.
fn guarded<T>(ask: impl FnOnce(&Term) -> dialoguer::Result<T>) -> Result<Answer<T>, Fault> {
    let terminal = Term::stderr();
    let interrupted = Arc::new(AtomicBool::new(false));
    let handler = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&interrupted));
    let keys = Keys::one_by_one();
    let answer = match interrupted.load(Ordering::SeqCst) {
        false => ask(&terminal),
        true => Err(io::Error::from(io::ErrorKind::Interrupted).into()),
    };
    drop(keys);
    let _ = terminal.show_cursor();
    if let Ok(handler) = handler {
        signal_hook::low_level::unregister(handler);
    }
    match answer {
        _ if interrupted.load(Ordering::SeqCst) => Ok(Answer::Interrupted),
        Ok(given) => Ok(Answer::Given(given)),
        Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => {
            Ok(Answer::Interrupted)
        }
        Err(_) => Err(Fault::new("the terminal cannot be asked").help("answer with options; see --help")),
    }
}

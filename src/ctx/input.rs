//! What is piped into a command.

use std::io::{self, IsTerminal, Read};

use crate::model::fault::Fault;
use crate::store::MAX_BYTES;

/// What was piped in, up to one byte more than a file may have.
///
/// # Errors
/// A [`Fault`] where nothing is, or it cannot be read.
pub fn input() -> Result<Vec<u8>, Fault> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        let help = "put it behind the command that prints it, with `|` between them";
        return Err(Fault::new("nothing is piped in").help(help));
    }
    let mut bytes = Vec::new();
    let read = stdin.lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|_| Fault::new("what is piped in cannot be read"))?;
    Ok(bytes)
}

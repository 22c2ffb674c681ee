//! The streams of the process: nothing else writes to them.

use std::io::{self, Write};

use anyhow::{Context as _, Result};

/// Writes to stderr, where nobody may be listening.
pub fn complain(text: &str) {
    let _ = write(&mut io::stderr().lock(), text);
}

/// Writes to stdout, for what is printed before there is a context: help and version.
///
/// # Errors
/// Where it cannot be written.
pub fn print(text: &str) -> Result<()> {
    write(&mut io::stdout().lock(), text).context("the output could not be written")
}

fn write(stream: &mut impl Write, text: &str) -> io::Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

//! What the system would refuse to start is refused before, with the name of the variable that is too large.

use std::ffi::OsStr;
use std::mem::size_of;

use crate::ctx::{Environ, Limits, Program};
use crate::model::fault::Fault;

/// Does the program fit with its arguments and variables?
///
/// # Errors
/// A [`Fault`] that names the largest variable.
pub fn check(program: &Program<'_>, variables: &Environ<'_>) -> Result<(), Fault> {
    let Limits { longest, total } = Limits::of_the_system();
    let length = |(name, value): (&&str, &&OsStr)| name.len() + value.len() + 2; // `=`, and the byte at the end
    let largest = variables.iter().map(|one| (length(one), *one.0)).max();
    let Some((largest, name)) = largest else { return Ok(()) };
    if largest > longest {
        let what = format!("{name} has {}, and the system takes {}", size(largest), size(longest));
        return Err(Fault::new(what).help("put it into a file, and the file's name into the variable"));
    }
    let arguments = program.arguments.iter().map(|argument| argument.len() + 1);
    // The system keeps the name twice: as the first argument, and as the file.
    let words = 2 * (program.name.len() + 1) + arguments.sum::<usize>();
    let pointers = (program.arguments.len() + variables.len() + 3) * size_of::<usize>();
    let all = words + pointers + variables.iter().map(length).sum::<usize>();
    if all > total {
        let what = format!(
            "the variables and arguments have {}, and the system takes {}; the largest is {name} with {}",
            size(all),
            size(total),
            size(largest)
        );
        return Err(Fault::new(what).help("leave some out with --key GLOB, or put them into a file"));
    }
    Ok(())
}

fn size(bytes: usize) -> String {
    format!("{} KiB", bytes.div_ceil(1024))
}

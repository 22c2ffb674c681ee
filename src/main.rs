//! The program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    envctl::cmd::main(std::env::args_os()).into()
}

//! What is around the process: the terminal, whoever sits at it, and the machine.

use std::io::{self, IsTerminal};

use super::Ctx;
use crate::active;

impl Ctx {
    /// May a question be asked: is a person at both ends, and not in CI?
    pub fn can_ask(&self) -> bool {
        let at_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        at_terminal && !self.args.no_input && !active::is_ci(&self.variables)
    }

    /// Does a person look at what is printed: is a terminal at all three streams, and no CI job?
    pub fn is_watched(&self) -> bool {
        let is_terminal =
            io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
        is_terminal && !active::is_ci(&self.variables)
    }

    /// Does stdout lead to a terminal, where somebody sees what is printed?
    pub fn prints_to_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// The columns of the terminal behind stdout; nothing where there is none.
    pub fn width(&self) -> Option<usize> {
        let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
        (size.ws_col > 0).then_some(usize::from(size.ws_col))
    }

    /// The name of this machine.
    pub fn host(&self) -> String {
        rustix::system::uname().nodename().to_string_lossy().into_owned()
    }

    /// Who works here, as the variables of the process have it.
    pub fn user(&self) -> Option<String> {
        let name = |variable| self.variables.get(variable).map(std::borrow::Cow::into_owned);
        name("USER").or_else(|| name("LOGNAME"))
    }
}

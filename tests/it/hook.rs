//! `hook`: the prompt of real shells is true, costs no process, and runs nothing that anybody else wrote.

mod bash;
mod prompts;
mod refresh;
mod scripts;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::project::{NOBODY, Project, Run};
use crate::tools::is_root;

/// A project, and a folder on the PATH in which `envctl` counts how often it is started.
pub struct Scene {
    pub project: Project,
}

impl Scene {
    pub fn new(project: Project) -> Self {
        let bin = project.outside().join("bin");
        fs::create_dir(&bin).unwrap();
        let counter = "#!/bin/sh\necho \"$1\" >> \"$HOME/calls\"\nexec \"$ENVCTL\" \"$@\"\n";
        fs::write(bin.join("envctl"), counter).unwrap();
        fs::set_permissions(bin.join("envctl"), fs::Permissions::from_mode(0o755)).unwrap();
        Self { project }
    }

    pub fn home(&self) -> PathBuf {
        self.project.outside().join("home")
    }

    /// A shell in the project, which finds this envctl.
    pub fn shell(&self, program: &str, options: &[&str]) -> Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", self.project.outside().join("bin").display());
        let mut command = Command::new(program);
        command.args(options).env_clear().env("HOME", self.home()).env("PATH", path).env("TERM", "xterm");
        command.env("ENVCTL", env!("CARGO_BIN_EXE_envctl")).env("XDG_CONFIG_HOME", self.home());
        command.current_dir(self.project.root()).stdin(Stdio::null());
        command
    }

    /// The same for a user whom permissions hold, and whose project it is.
    pub fn shell_of_a_user(&self, program: &str, options: &[&str]) -> Command {
        let user = self.project.command_of_a_user();
        let mut command = self.shell(program, options);
        command.env("ENVCTL", user.get_program());
        for home in ["HOME", "XDG_CONFIG_HOME"] {
            command.env(home, self.project.root());
        }
        if is_root() {
            command.uid(NOBODY);
        }
        command
    }

    /// Runs a script with the hook of this shell before it.
    pub fn script(&self, shell: &str, options: &[&str], script: &str) -> Run {
        Self::run(shell, self.shell(shell, options), script)
    }

    /// The same in a shell that is ready for it.
    pub fn run(shell: &str, mut command: Command, script: &str) -> Run {
        let hook = match shell {
            "fish" => "envctl hook fish | source".to_owned(),
            _ => format!("eval \"$(envctl hook {shell})\""),
        };
        let show = match shell {
            "fish" => "function p; _envctl_hook; echo \"$ENVCTL_PROMPT $ENVCTL_ENV\"; end",
            _ => "p() { _envctl_hook; echo \"$ENVCTL_PROMPT ${ENVCTL_ENV-}\"; }",
        };
        Run::of(command.args(["-c", &format!("{hook}\n{show}\n{script}\n")]))
    }

    /// How often envctl was started for a prompt since the last time.
    pub fn refreshes(&self) -> usize {
        let calls = fs::read_to_string(self.home().join("calls")).unwrap_or_default();
        fs::write(self.home().join("calls"), "").unwrap();
        calls.lines().filter(|call| *call == "prompt").count()
    }
}

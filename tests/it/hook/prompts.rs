//! The prompts of interactive shells, at a terminal.

use std::fs;

use super::Scene;
use crate::project::Project;
use crate::terminal::{Session, Terminal};
use crate::tools::need;

const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[1;31m";
const OFF: &str = "\u{1b}[0m";

/// What each shell reads at its start: the hook, then a prompt of which it is a part.
const BASHRC: &str =
    "eval \"$(envctl hook bash)\"\nPS1='${ENVCTL_PROMPT_COLOR:+$ENVCTL_PROMPT_COLOR }~~~>'\n";
const ZSHRC: &str = "autoload -Uz compinit; compinit -D\neval \"$(envctl hook zsh)\"\nsetopt PROMPT_SUBST PROMPT_BANG\n\
    unsetopt PROMPT_SP PROMPT_CR ZLE\nPROMPT='${ENVCTL_PROMPT_COLOR:+$ENVCTL_PROMPT_COLOR }~~~>'\n";
const ZSHRC_WITHOUT_SUBST: &str = "eval \"$(envctl hook zsh)\"\nunsetopt PROMPT_SUBST PROMPT_SP PROMPT_CR ZLE\n\
    mine() { PROMPT=\"$ENVCTL_PROMPT_COLOR ~~~>\" }\nprecmd_functions+=(mine)\n";
const FISHRC: &str =
    "envctl hook fish | source\nfunction fish_prompt; echo -n \"$ENVCTL_PROMPT_COLOR ~~~>\"; end\n";

/// An interactive shell in the project, with this start file.
fn session(scene: &Scene, shell: &str, rc: &str) -> Session {
    let home = scene.home();
    let (file, options): (_, &[&str]) = match shell {
        "bash" => (".bashrc", &["-i"]),
        "zsh" => (".zshrc", &["-i"]),
        _ => ("fish/config.fish", &["--ctty", "--wait", "fish", "-i"]),
    };
    fs::create_dir_all(home.join("fish")).unwrap();
    fs::write(home.join(file), rc).unwrap();
    // fish insists on a terminal of its own
    let mut command = scene.shell(if shell == "fish" { "setsid" } else { shell }, options);
    Terminal::new(200).start(&mut command)
}

/// Goes through a selection, a folder with a hostile name, and back.
fn shows(shell: &str, rc: &str) {
    let name = "$(touch x)`touch x`%(!.a.b)%n\\u!!";
    let manifest = |file: &str| format!("{name}/{file}");
    let project = Project::shipped()
        .file(&manifest("envctl.toml"), "[project]\ndefault = \"qa\"\n")
        .file(&manifest("envs/qa/.env"), "A=1\n")
        .dir(&manifest(".git"));
    let scene = Scene::new(project);
    let mut session = session(&scene, shell, rc);
    let prompt = |color: &str, text: &str| format!("{color}{text}{OFF} ~~~>");
    session.wait_for(&prompt(GREEN, "development")).keys("envctl switch staging -q\r");
    session.wait_for(&prompt(GREEN, "staging")).keys("envctl switch --shell production -q\r");
    session.wait_for("Type its name to go on").keys("production\r");
    session.wait_for(&prompt(RED, "production!")).keys("cd ./*touch*\r");
    session.wait_for(&prompt(GREEN, "qa")).keys("cd ..; envctl switch --shell -\r");
    session.wait_for("this terminal goes by the project's selection again").keys("exit\r");
    let (_, screen) = session.end();
    assert!(screen.matches(&prompt(GREEN, "staging")).count() >= 2, "{screen:?}");
    for folder in [scene.project.root(), &scene.project.root().join(name)] {
        assert!(!folder.join("x").exists(), "{shell} ran the name of a folder");
    }
}

#[test]
fn bash_shows_where_it_is() {
    need!("bash");
    shows("bash", BASHRC);
}

#[test]
fn zsh_shows_where_it_is_with_and_without_substitution() {
    need!("zsh");
    shows("zsh", ZSHRC);
    shows("zsh", ZSHRC_WITHOUT_SUBST);
}

#[test]
fn fish_shows_where_it_is() {
    need!("fish", "setsid");
    shows("fish", FISHRC);
}

//! `switch --shell`: the selection of one terminal, and how far it reaches.

use std::time::Duration;

use crate::project::{Project, Run};
use crate::terminal::Terminal;

/// The variables that `switch --shell ARGS` has a shell export.
fn selected(project: &Project, args: &str) -> Vec<(String, String)> {
    let run = project.run(&format!("switch --shell {args} -q")).code(0).stderr("");
    let mut lines = run.stdout.lines().filter(|line| !line.starts_with("unset "));
    assert_eq!(lines.next(), Some("# envctl switch --shell"));
    let pair = |line: &str| {
        let (name, text) = line.strip_prefix("export ").unwrap().split_once('=').unwrap();
        (name.to_owned(), text.trim_matches('\'').to_owned())
    };
    lines.map(pair).collect()
}

fn run_in(project: &Project, terminal: &[(String, String)], args: &str) -> Run {
    Run::of(project.command().envs(terminal.iter().cloned()).args(args.split(' ')))
}

#[test]
fn it_prints_what_a_shell_takes_in_and_writes_no_selection() {
    let project = Project::shipped();
    let root = project.root().to_str().unwrap().to_owned();
    let run = project.run("switch --shell staging").code(0);
    assert!(run.stderr.ends_with("this terminal is in staging\n"), "{}", run.stderr);
    run.stdout(&format!(
        "# envctl switch --shell\nunset ENVCTL_ENV_UNTIL\nexport ENVCTL_ENV='staging'\nexport ENVCTL_ENV_PROJECT='staging:{root}'\n"
    ));
    project
        .run("switch --shell -")
        .code(0)
        .stderr("this terminal goes by the project's selection again\n")
        .stdout(
            "# envctl switch --shell\nunset ENVCTL_ENV\nunset ENVCTL_ENV_PROJECT\nunset ENVCTL_ENV_UNTIL\n",
        );
    project.run("current").code(0).stdout("development\n");
    assert!(!project.root().join(".envctl/state.json").exists());
}

#[test]
fn each_shell_gets_its_own_words() {
    let project = Project::shipped();
    let root = project.root().to_str().unwrap().to_owned();
    for (shell, first, last) in [
        (
            "fish",
            "# envctl switch --shell\nset -eg ENVCTL_ENV_UNTIL\nset -gx ENVCTL_ENV 'staging'\n".to_owned(),
            "",
        ),
        (
            "zsh",
            "# envctl switch --shell\nunset ENVCTL_ENV_UNTIL\nexport ENVCTL_ENV='staging'\n".to_owned(),
            "",
        ),
        (
            "powershell",
            "# envctl switch --shell\nRemove-Item -ErrorAction Ignore Env:ENVCTL_ENV_UNTIL\n".to_owned(),
            "",
        ),
        (
            "nu",
            format!("{{\n  \"ENVCTL_ENV\": \"staging\",\n  \"ENVCTL_ENV_PROJECT\": \"staging:{root}\",\n"),
            "  \"ENVCTL_ENV_UNTIL\": \"\"\n}\n",
        ),
        ("ksh", "# envctl switch --shell\nunset ENVCTL_ENV_UNTIL\nexport ENVCTL_ENV=".to_owned(), ""),
    ] {
        let run =
            project.run_with(&[("ENVCTL_SHELL", shell)], "switch --shell staging -q").code(0).stderr("");
        assert!(run.stdout.starts_with(&first) && run.stdout.ends_with(last), "{shell}: {}", run.stdout);
    }
}

#[test]
fn it_selects_in_its_project_alone() {
    let (here, other) = (Project::shipped(), Project::shipped());
    let terminal = selected(&here, "staging");
    run_in(&here, &terminal, "current").code(0).stdout("staging\n").stderr("");
    run_in(&here, &terminal, "prompt").code(0).stdout("staging\n").stderr("");
    let said = format!(
        "note: ENVCTL_ENV selects staging in {} alone, and does not count here\n",
        here.root().display()
    );
    run_in(&other, &terminal, "current").code(0).stdout("development\n").stderr(&said);
    run_in(&other, &terminal, "prompt").code(0).stdout("development\n").stderr("");
    let mut by_hand = terminal;
    by_hand[0].1 = "production".to_owned(); // who sets ENVCTL_ENV to another name means it, everywhere
    run_in(&other, &by_hand, "current").code(0).stdout("production\n").stderr("");
}

/// What says where a terminal is, and what does not: code and command.
const SAYS: &[(i32, &str)] = &[
    (0, "validate"),
    (0, "validate --format json"),
    (0, "diff"),
    (0, "diff --all"),
    (0, "diff --dedupe"),
    (0, "diff --since HEAD"),
    (0, "list"),
    (0, "show"),
    (0, "show LOG_LEVEL"),
    (0, "show --format json"),
    (0, "banner"),
    (0, "context"),
    (0, "context --stdout"),
    (0, "context --check"),
    (0, "current"),
    (0, "current --format json"),
    (0, "run -- true"),
    (0, "run --mask -- true"),
    (0, "export --names"),
    (0, "guard --only staging"),
    (1, "guard --not staging"),
    (0, "guard --only staging -- true"),
    (0, "switch development"),
];
const SAYS_NOT: &[(i32, &str)] = &[
    (0, "prompt"),
    (0, "validate staging"),
    (0, "diff development staging"),
    (0, "show staging"),
    (0, "run staging -- true"),
    (0, "current --env staging"),
    (0, "validate -q"),
    (0, "current -q"),
];

#[test]
fn a_terminal_that_is_elsewhere_than_its_project_says_so_once_in_every_command() {
    let project = Project::shipped().committed();
    project.run("switch development -q").code(0);
    let mut terminal = selected(&project, "staging");
    terminal.push(("PATH".to_owned(), std::env::var("PATH").unwrap()));
    let said = "note: ENVCTL_ENV selects staging; envctl switch had selected development\n";
    for (times, commands) in [(1, SAYS), (0, SAYS_NOT)] {
        for (code, args) in commands {
            let run = run_in(&project, &terminal, args).code(*code);
            assert_eq!(run.stderr.matches(said).count(), times, "{args}: {}", run.stderr);
        }
    }
    run_in(&project, &terminal, "prompt").code(0).stdout("staging\n").stderr("");
}

#[test]
fn a_protected_environment_needs_consent_and_the_terminal_forgets_it_in_time() {
    let project = Project::shipped();
    project.run("switch --shell production").code(3).stdout("").says("write --confirm production");
    let terminal = selected(&project, "production --confirm production --for 2s");
    assert_eq!(terminal[2].0, "ENVCTL_ENV_UNTIL");
    run_in(&project, &terminal, "current").code(0).stdout("production\n").stderr("");
    run_in(&project, &terminal, "guard --only production").code(0).stderr("");
    std::thread::sleep(Duration::from_millis(2100));
    let why = "the selection of production in this terminal has ended";
    let ended = format!("note: {why}; `envctl switch --shell production` renews it\n");
    run_in(&project, &terminal, "current").code(0).stdout("development\n").stderr(&ended);
    run_in(&project, &terminal, "prompt").code(0).stdout("development\n").stderr("");
    run_in(&project, &terminal, "export").code(3).stdout("").says("needs a new consent");
    run_in(&project, &terminal, "guard --not production")
        .code(1)
        .stderr(&format!("failed: --not production: {why}; `envctl switch --shell production` renews it\n"));
    run_in(&project, &terminal, "current --env staging").code(0).stdout("staging\n").stderr("");
}

#[test]
fn it_writes_nothing_into_the_project_and_needs_not_be_able_to() {
    let project = Project::shipped();
    for args in ["staging", "production --confirm production"] {
        selected(&project, args);
    }
    assert!(!project.root().join(".envctl").exists());
    let project = project.dir("home").mode(".", 0o555);
    let (mut user, home) = (project.command_of_a_user(), project.root().join("home"));
    let args = ["switch", "--shell", "production", "--confirm", "production"];
    Run::of(user.args(args).env("HOME", home)).code(0).says("this terminal is in production until");
}

#[test]
fn a_consent_for_one_terminal_does_not_bring_back_what_had_ended_in_the_others() {
    let project = Project::shipped();
    project.run("switch production --confirm production --for 1s").code(0);
    std::thread::sleep(Duration::from_millis(1100));
    let terminal = selected(&project, "production --confirm production --for 1h");
    run_in(&project, &terminal, "current").code(0).stdout("production\n").stderr("");
    run_in(&project, &terminal, "guard --only production").code(0).stderr("");
    project.run("prompt").code(0).stdout("development\n").stderr("");
    let ended = "note: the consent to production has ended; `envctl switch production` renews it\n";
    project.run("current").code(0).stdout("development\n").stderr(ended);
    project.run("export").code(3).stdout("");
    project.run("switch production").code(0);
    project.run("current").code(0).stdout("production\n").stderr("");
}

#[test]
fn the_variables_of_a_terminal_confirm_nothing() {
    let project = Project::shipped();
    let forged = [
        ("ENVCTL_ENV".to_owned(), "production".to_owned()),
        ("ENVCTL_ENV_PROJECT".to_owned(), format!("production:{}", project.root().display())),
        ("ENVCTL_ENV_UNTIL".to_owned(), "99999999999".to_owned()),
    ];
    run_in(&project, &forged, "export").code(3).stdout("").says("write --confirm production");
}

#[test]
fn nothing_but_a_selection_begins_like_one() {
    let project = Project::shipped();
    for args in ["--dry-run staging", "--help", "", "qqq", "--dry-run production"] {
        let run = project.run(&format!("switch --shell {args}"));
        assert!(!run.stdout.starts_with("# envctl"), "{args}: {}", run.stdout);
    }
    project.run_with(&[("CI", "true")], "switch --shell staging").code(3).stdout("");
}

#[test]
fn at_a_terminal_without_the_hook_it_says_what_is_to_be_done() {
    let project = Project::shipped();
    let session = Terminal::new(200).start(project.command().args(["switch", "--shell", "staging"]));
    let (code, screen) = session.end();
    assert_eq!(code, Some(0));
    assert!(screen.contains("note: nothing is selected yet: your shell has to take this in"), "{screen}");
    assert!(
        screen.contains("write eval \"$(envctl switch --shell staging)\", or set up the hook"),
        "{screen}"
    );
}

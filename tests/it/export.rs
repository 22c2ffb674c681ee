//! `export`: the variables of an environment, guarded, and whole or not at all.

mod shells;

use std::fs;
use std::process::Stdio;

use crate::project::{Project, Run};
use crate::terminal::Terminal;

const REFUSED: &str =
    "refused: production is protected, and nobody is there to confirm\n  help: write --confirm production\n";

fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[project]\ndefault = \"dev\"\n")
        .file(
            "envs/dev/.env",
            "PORT=80\nPASS_TOKEN=\"it's\n100%\"\nURL=redis://:${PASS_TOKEN}@h\nEMPTY=\nPUBLIC=a b\n",
        )
        .file("envs/dev/app.yaml", "setting: 1\n")
        .file("envs/production/.env", "PASS_TOKEN=canary-bird\n")
}

/// The values of `dev` in a format.
fn exported(args: &str) -> String {
    project().run(&format!("export {args}")).code(0).stderr("").stdout
}

#[test]
fn every_format_writes_the_variables_sorted_with_their_references_put_in_and_no_setting() {
    let expected = "export EMPTY=''\nexport PASS_TOKEN='it'\\''s\n100%'\nexport PORT='80'\nexport PUBLIC='a b'\nexport URL='redis://:it'\\''s\n100%@h'\n";
    assert_eq!(exported(""), expected);
    assert_eq!(exported("dev --format sh"), expected);
    assert_eq!(exported("--format dotenv --key P*"), "PASS_TOKEN=\"it's\\n100%\"\nPORT=80\nPUBLIC='a b'\n");
    assert_eq!(exported("--format docker --key P[OU]*"), "");
    assert_eq!(exported("--format docker --key PO*"), "PORT=80\n");
    assert_eq!(exported("--format fish --key PO*"), "set -gx PORT '80'\n");
    assert_eq!(exported("--format powershell --key PO*"), "$env:PORT = '80'\n");
    assert_eq!(exported("--format nu --key PO*"), "$env.PORT = \"80\"\n");
    let json = project().run("export --format json").code(0).json();
    assert_eq!(json["PASS_TOKEN"], "it's\n100%");
    assert_eq!(json.as_object().unwrap().len(), 5);
}

#[test]
fn a_terminal_gets_values_only_where_somebody_asked_to_see_them() {
    let project = project();
    let person = |variables: &[(&str, &str)], args: &str| {
        let mut command = project.command();
        command.args(args.split_whitespace()).envs(variables.iter().copied());
        let (code, screen) = Terminal::new(80).start(&mut command).end();
        (code, screen.replace("\r\n", "\n"))
    };
    let hidden = "refused: the values would be shown on the terminal\n  help: send them into a program or a file, or write --reveal\n";
    assert_eq!(person(&[], "export"), (Some(3), hidden.to_owned()));
    assert_eq!(person(&[], "export --key PORT --reveal"), (Some(0), "export PORT='80'\n".to_owned()));
    let (code, screen) = person(&[("CLAUDECODE", "1")], "export --reveal");
    assert_eq!(code, Some(3));
    assert!(
        screen.starts_with("refused: a coding agent may not see a secret (CLAUDECODE is set)\n"),
        "{screen}"
    );
    assert_eq!(person(&[], "export production --names"), (Some(0), "PASS_TOKEN\n".to_owned()));
}

#[test]
fn what_acts_on_a_terminal_is_shown_there_and_passed_on_elsewhere() {
    let project = Project::new().file("envs/dev/env.toml", "[vars]\nA = \"\\u001b[31m\"\n");
    let mut command = project.command();
    let (code, screen) = Terminal::new(80).start(command.args(["export", "dev", "--reveal"])).end();
    assert_eq!(code, Some(0));
    assert!(
        screen.starts_with("note: characters that act") && screen.ends_with("export A='\\u{1b}[31m'\r\n"),
        "{screen:?}"
    );
    project.run("export dev").code(0).stdout("export A='\u{1b}[31m'\n").stderr("");
}

#[test]
fn a_protected_environment_needs_a_consent_and_its_names_need_none() {
    let project = project();
    for args in ["export production", "export --env production", "export production --format json --no-input"]
    {
        project.run(args).code(3).stdout("").stderr(REFUSED);
    }
    let by_variable = project.run_with(&[("ENVCTL_ENV", "production")], "export").code(3);
    by_variable.stdout("").stderr(REFUSED);
    project.run("export production --confirm prod").code(3).stdout("").says("names something else");
    project.run("export production --names").code(0).stdout("PASS_TOKEN\n").stderr("");
    project.run("export production --names --format json").code(0).stdout("[\n  \"PASS_TOKEN\"\n]\n");
    let value = "export PASS_TOKEN='canary-bird'\n";
    project.run("export production --confirm production").code(0).stdout(value).stderr("");
    project.run("export production").code(3);
    project.run("switch production --confirm production").code(0);
    project.run("export").code(0).stdout(value).stderr("");
    for variables in [[("CLAUDECODE", "1")], [("AI_AGENT", "x")]] {
        let run = project.run_with(&variables, "export production --confirm production").code(3);
        run.stdout("").says("a coding agent may not confirm");
        project.run_with(&variables, "export dev --key PORT").code(0).stdout("export PORT='80'\n");
    }
    project.run_with(&[("CI", "true")], "export production --confirm production").code(0).stdout(value);
}

#[test]
fn nobody_gets_the_default_where_the_selected_environment_lost_its_consent() {
    let project = project();
    project.run("switch production --confirm production").code(0);
    fs::remove_file(project.root().join("../home/.local/state/envctl/grants.json")).unwrap();
    let run = project.run("export").code(3).stdout("");
    run.says("the selected environment needs a new consent")
        .says("help: switch again, or name the environment");
    project.run("export dev --key PORT").code(0).stdout("export PORT='80'\n");
}

#[test]
fn nothing_is_printed_where_anything_is_wrong() {
    let broken = |text: &str| project().file("envs/dev/.env.local", text);
    let run = broken("GONE=x${NOT_HERE}\n").run("export").code(2).stdout("");
    run.says("error: GONE has no value in dev: it refers to ${NOT_HERE}, which is not defined before it");
    broken("GONE=x${NOT_HERE}\n").run("export --key PORT").code(3).stdout("").says("dev has 1 error");
    broken("no assignment\n").run("export").code(2).stdout("").says("envs/dev/.env.local:1:1");
    broken("no assignment\n").run("export --names").code(2).stdout("");
    let odd = broken("A.B=1\n");
    odd.run("export").code(2).stdout("").says("A.B is no name that --format sh can hold");
    odd.run("export --format json").code(0);
    let lines = project().run("export --format docker").code(2).stdout("");
    lines.says("PASS_TOKEN has a value of several lines").never_says("100%");
    let nul = Project::new().file("envs/dev/env.toml", "[vars]\nA = \"x\\u0000y\"\n");
    nul.run("export dev --format json").code(2).stdout("").says("A holds a NUL");
    project().run("export nowhere").code(2).stdout("").says("there is no environment `nowhere`");
    project().run("export --format text").code(2).stdout("");
}

#[test]
fn errors_of_the_environment_refuse_unless_they_are_overridden_with_a_reason() {
    let project = project().file("envctl.toml", "[keys.API_KEY]\nrequired = true\n");
    let run = project.run("export dev --key PORT").code(3).stdout("");
    run.says("error[missing-required]")
        .says("refused: dev has 1 error\n  help: mend it, or override it with");
    project.run("export dev --key PORT --force").code(2).stdout("");
    let forced =
        Run::of(project.command().args(["export", "dev", "--key", "PORT", "--force", "--reason", "why"]));
    forced.code(0).stdout("export PORT='80'\n").stderr(&project.run("export dev --key PORT").stderr.replace(
        "refused: dev has 1 error\n  help: mend it, or override it with --force --reason TEXT\n",
        "warning: 1 error of dev overridden\n",
    ));
}

#[test]
fn a_variable_that_decides_which_code_a_shell_runs_needs_a_declaration() {
    let project = project().file("envs/dev/.env.local", "BASH_ENV=./x.sh\n");
    project.run("export").code(3).stdout("").says("BASH_ENV decides which code every program runs");
    project.run("export --key PORT").code(0);
    let declared = project.file("envctl.toml", "[keys.BASH_ENV]\nhelp = \"ours\"\n");
    declared.run("export dev --key B*").code(0).stdout("export BASH_ENV='./x.sh'\n");
}

#[test]
fn a_name_that_two_stacks_set_differently_is_refused_until_one_is_chosen() {
    let project =
        Project::new().file(".env.dev", "PORT=1\nSAME=x\n").file(".env.db.dev", "PORT=2\nSAME=x\n").file(
            "docker-compose.dev.yml",
            "services:\n  web:\n    environment:\n      SAME: other\n      OWN: 1\n",
        );
    let run = project.run("export dev").code(2).stdout("");
    run.says("PORT has two values in dev, in ").says("choose files with --source GLOB");
    project.run("export dev --key SAME").code(0).stdout("export SAME='x'\n");
    project.run("export dev --source .env.db.dev --key P*").code(0).stdout("export PORT='2'\n");
    project.run("export dev --key OWN").code(0).stdout("export OWN='1'\n");
}

#[test]
fn github_gets_masks_on_stdout_and_blocks_with_a_random_delimiter_in_its_file() {
    let project = project();
    let refused = project.run("export --format github").code(2).stdout("");
    refused.says("GITHUB_ENV is not set");
    let file = project.outside().join("github.env");
    let gone = project.run_with(&[("GITHUB_ENV", "/nowhere/x")], "export --format github --key PORT").code(2);
    gone.stdout("").says("the file that GITHUB_ENV names cannot be written");
    let mut delimiters = Vec::new();
    for _ in 0..2 {
        fs::write(&file, "BEFORE=1\n").unwrap();
        let variables = [("GITHUB_ENV", file.to_str().unwrap())];
        let run = project.run_with(&variables, "export --format github --key P*").code(0).stderr("");
        run.stdout("::add-mask::it's%0A100%25\n");
        let written = fs::read_to_string(&file).unwrap();
        let delimiter = written.lines().nth(1).unwrap().strip_prefix("PASS_TOKEN<<").unwrap().to_owned();
        assert!(delimiter.len() >= 39, "{delimiter}");
        let block = |name: &str, text: &str| format!("{name}<<{delimiter}\n{text}\n{delimiter}\n");
        let blocks = [("PASS_TOKEN", "it's\n100%"), ("PORT", "80"), ("PUBLIC", "a b")];
        let blocks: String = blocks.iter().map(|(name, text)| block(name, text)).collect();
        assert_eq!(written, format!("BEFORE=1\n{blocks}"));
        delimiters.push(delimiter);
    }
    assert_ne!(delimiters[0], delimiters[1]);
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let project = project();
    let mut command = project.command();
    let mut child = command.arg("export").stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

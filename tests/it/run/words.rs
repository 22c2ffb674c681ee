//! What the command line may say to the program: `--substitute`, `--set` and `deny-args`.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::project::{Project, Run};

const MANIFEST: &str = "\
[project]
default = \"dev\"
[keys.LOG_LEVEL]
type = \"enum\"
values = [\"debug\", \"info\"]
[keys.API_TOKEN]
help = \"ours\"
[keys.OPAQUE]
help = \"ours\"
[keys.PLAIN_TOKEN]
secret = false
[environments.production]
deny-args = [\"-auto-approve\", \"--force*\"]
";

fn project() -> Project {
    Project::new()
        .file("envctl.toml", MANIFEST)
        .file("envs/dev/.env", "LOG_LEVEL=info\nOPAQUE=8f14e45fceea167a5a36dedd4bea2543\n")
        .file("envs/production/.env", "LOG_LEVEL=info\n")
}

#[test]
fn the_name_of_the_environment_is_filled_in_where_that_is_asked_for() {
    let project = project();
    project
        .run("run --substitute -- echo {env} a{env}{env}b {envs} {{env}}")
        .code(0)
        .stdout("dev adevdevb {envs} {dev}\n");
    project.run("run -- echo {env}").code(0).stdout("{env}\n");
    let project = project.file("deploy-dev.sh", "#!/bin/sh\necho deployed\n").mode("deploy-dev.sh", 0o700);
    project.run("run --substitute -- ./deploy-{env}.sh").code(0).stdout("deployed\n");
    let mut command = project.command();
    command.args(["run", "--substitute", "--", "printf", "%s"]).arg(OsStr::from_bytes(b"\xff{env}\xfe"));
    assert_eq!(command.output().unwrap().stdout, b"\xffdev\xfe");
}

#[test]
fn a_declared_variable_that_is_no_secret_can_be_set_and_is_judged() {
    let project = project();
    let mut command = project.command();
    command.args(["run", "--set", "LOG_LEVEL=debug", "--set", "PLAIN_TOKEN=a=b c", "--"]);
    let run = Run::of(command.args(["/bin/sh", "-c", "echo \"$LOG_LEVEL|$PLAIN_TOKEN\""]));
    run.code(0).stdout("debug|a=b c\n").stderr("");
    let wrong = project.run("run dev --set LOG_LEVEL=loud -- touch started").code(3).stdout("");
    wrong.says("command line").says("LOG_LEVEL").says("refused: dev has 1 error").never_says("loud");
    assert!(!project.root().join("started").exists());
    project
        .run("run production --set LOG_LEVEL=info --confirm production -- printenv LOG_LEVEL")
        .stdout("info\n");
}

#[test]
fn a_secret_and_what_nobody_declared_cannot_be_set() {
    let project = project();
    for name in ["API_TOKEN", "OPAQUE"] {
        let run = project.run(&format!("run --set {name}=hunter2 -- true")).code(3).stdout("");
        run.stderr(&format!(
            "refused: {name} is a secret, and a command line is seen by others\n  help: set it in a file of the environment, or take it over with `process-env`\n"
        ));
    }
    project.run("run --set LOG_LEVL=debug -- true").code(3).stderr(
        "refused: LOG_LEVL is not declared, and --set could be a misspelling\n  help: declare it: [keys.LOG_LEVL] in envctl.toml\n",
    );
    for word in ["hunter2", "=hunter2"] {
        let run = project.run(&format!("run --set {word} -- true")).code(2).never_says("hunter2");
        run.stderr("error: --set takes KEY=VALUE\n  help: for example --set LOG_LEVEL=debug\n");
    }
}

#[test]
fn arguments_that_an_environment_denies_are_refused_until_they_are_forced_with_a_reason() {
    let project = project();
    let run = |args: &str| project.run(&format!("run production --confirm production {args}"));
    run("-- echo apply -auto-approve").code(3).stdout("").stderr(
        "refused: production denies the argument `-auto-approve`\n  help: leave it out, or override it with --force --reason TEXT\n",
    );
    run("-- echo --force-with-lease").code(3).says("denies the argument `--force*`");
    run("-- echo x-auto-approve -auto-approve=false").code(0);
    let forced = run("--force --reason why -- echo -auto-approve").code(0).stdout("-auto-approve\n");
    forced.stderr("warning: overridden: production denies the argument `-auto-approve`\n");
    project.run("run dev -- echo -auto-approve").code(0).stdout("-auto-approve\n");
    let project = self::project().file("envs/dev/env.toml", "deny-args = ['{env}', 'dev']\n");
    project.run("run --substitute -- echo {env}").code(3).says("dev denies the argument `dev`");
    let twice = project.file("envs/production/env.toml", "deny-args = ['x']\n").run("run -- true").code(2);
    twice.says("`deny-args` of production is set here and in its env.toml");
}

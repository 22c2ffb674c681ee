//! `--mask`, `--exclusive` and `--all`: envctl waits for the program, and ends as it ends.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::project::{Project, Run};
use crate::terminal::Terminal;

fn project() -> Project {
    Project::new()
        .file("envctl.toml", "[project]\ndefault = \"dev\"\n")
        .file("envs/dev/.env", "PASS_TOKEN=\"hunter2/x\nsecond \\\"line\\\"\"\nPIN_SECRET=abc\nPORT=8080\n")
        .file("envs/staging/.env", "PORT=8081\n")
        .file("envs/production/.env", "PORT=8082\n")
}

/// `run` with these options, and a script behind them.
fn script(project: &Project, options: &str, script: &str) -> Command {
    let mut command = project.command();
    command.arg("run").args(options.split_whitespace()).args(["--", "/bin/sh", "-c", script]);
    command
}

/// A run whose program has said that it is there.
fn started(mut command: Command) -> (Child, BufReader<std::process::ChildStdout>) {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    (child, lines)
}

fn kill(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn it_ends_as_the_program_ends() {
    let project = project();
    for options in ["--mask", "--exclusive", "--mask --exclusive"] {
        for code in [0, 1, 3, 255] {
            let run = Run::of(&mut script(&project, options, &format!("exit {code}")));
            run.code(code).stdout("").stderr("");
        }
        Run::of(&mut script(&project, options, "kill -TERM $$")).code(128 + 15);
        Run::of(&mut script(&project, options, "kill -KILL $$")).code(128 + 9);
        project.run(&format!("run {options} -- no-such-program")).code(127).says("there is no such program");
        project.run(&format!("run {options} -- ./envs")).code(126);
    }
}

#[test]
fn a_signal_for_envctl_reaches_the_program_once() {
    for (name, signal) in [
        ("TERM", Signal::TERM),
        ("INT", Signal::INT),
        ("HUP", Signal::HUP),
        ("QUIT", Signal::QUIT),
        ("USR1", Signal::USR1),
        ("USR2", Signal::USR2),
    ] {
        if !crate::tools::is_heard(signal.as_raw()) {
            continue;
        }
        let project = project();
        // the second line ends it: had the signal come twice, there would be two words before it
        let text = format!(
            "trap 'echo got' {name}; echo ready; read x; while ! read x; do :; done; echo \"end $x\""
        );
        let (mut child, lines) = started(script(&project, "--exclusive", &text));
        kill(&child, signal);
        let mut input = child.stdin.take().unwrap();
        let mut lines = lines.lines().map(Result::unwrap);
        assert_eq!(lines.next().as_deref(), Some("got"), "{name}");
        input.write_all(b"a\nb\n").unwrap();
        drop(input);
        let rest: Vec<_> = lines.collect();
        assert!(rest.iter().all(|line| line != "got"), "{name}: {rest:?}");
        Run::wait(child).code(0);
    }
}

#[test]
fn a_program_that_a_signal_ends_says_so_through_envctl() {
    let project = project();
    let (child, _lines) = started(script(&project, "--mask", "echo ready; exec sleep 30"));
    kill(&child, Signal::TERM);
    Run::wait(child).code(128 + 15);
}

#[test]
fn what_was_to_be_ignored_stays_ignored() {
    let project = project();
    let mut command = project
        .shell("trap '' HUP; exec \"$@\" 'kill -HUP $$ $PPID; echo alive'", "run --exclusive -- /bin/sh -c");
    Run::of(&mut command).code(0).stdout("alive\n");
}

#[test]
fn ctrl_c_at_a_terminal_reaches_the_program_once() {
    let project = project();
    let text = "trap 'echo got' INT; echo ready; read x; read x; echo end";
    let mut command = Command::new("setsid");
    command.env_clear().env("HOME", project.root().join("../home")).current_dir(project.root());
    command.args([
        "-c",
        "-w",
        env!("CARGO_BIN_EXE_envctl"),
        "run",
        "--exclusive",
        "--",
        "/bin/bash",
        "-c",
        text,
    ]);
    if !crate::tools::has("setsid") || !crate::tools::has("bash") {
        return crate::tools::skip("setsid and bash");
    }
    if !crate::tools::is_heard(Signal::INT.as_raw()) {
        return;
    }
    let mut session = Terminal::new(80).start(&mut command);
    session.wait_for("ready").keys("\u{3}").wait_for("got").keys("a\nb\n");
    let (code, screen) = session.end();
    assert_eq!((code, screen.matches("got").count()), (Some(0), 1), "{screen}");
}

#[test]
fn secrets_in_what_the_program_prints_become_stars() {
    let project = project();
    let run = |text: &str| Run::of(&mut script(&project, "--mask", text));
    let all = run("echo \"<$PASS_TOKEN>\"; echo \"a hunter2/x b\" >&2; echo \"$PORT $PIN_SECRET\"; exit 4");
    all.code(4).stdout("<***>\n8080 abc\n").stderr("a *** b\n");
    run("echo 'second \"line\"'; echo 'second \\\"line\\\"'; echo hunter2%2Fx; echo hunter2")
        .code(0)
        .stdout("***\n***\n***\nhunter2\n");
    run("printf hun; sleep 0.05; printf ter2/; sleep 0.05; printf x").code(0).stdout("***");
    let project = self::project().edit("envctl.toml", "[project]\n", "[project]\ninherit = ['AWS_*']\n");
    let mut inherits = script(&project, "--mask", "echo \"$AWS_SECRET_ACCESS_KEY $AWS_REGION\"");
    inherits.env("AWS_SECRET_ACCESS_KEY", "passed-on").env("AWS_REGION", "eu-west-1");
    Run::of(&mut inherits).code(0).stdout("*** eu-west-1\n");
    run("printf hunter2/").code(0).stdout("hunter2/");
}

#[test]
fn the_password_inside_of_a_secret_is_masked_alone_too_and_the_current_folder_is_no_secret() {
    let values = "DATABASE_URL=postgres://app:pass-one%21@db.example.com/shop\n\
                  BROKERS=amqp://a:pass-two@h1,amqp://a:pass-three@h2\n\
                  MSSQL_CONNECTION_STRING=\"Server=db;User Id=app;Password=pass four;Encrypt=yes\"\n\
                  HOOK_URL=https://hooks.example.com/x?room=7&api_key=pass-five-0123\n";
    let project = Project::new().file("envs/dev/.env", values);
    let run = |text: &str| Run::of(&mut script(&project, "dev --mask", text));
    run("echo pass-one%21, pass-one!, pass-two, pass-three, pass four, pass-five-0123")
        .code(0)
        .stdout("***, ***, ***, ***, ***, ***\n");
    run("echo app db.example.com Encrypt=yes room").code(0).stdout("app db.example.com Encrypt=yes room\n");
    let here = project.root().to_str().unwrap().to_owned();
    let mut command = script(&project, "dev --mask", "echo \"$PWD\"");
    Run::of(command.env("PWD", &here)).code(0).stdout(&format!("{here}\n"));
}

#[test]
fn bytes_pass_the_mask_as_they_are_and_in_order() {
    let project = project();
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut command = project.command();
    command.args(["run", "--mask", "--", "cat"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut input, sent) = (child.stdin.take().unwrap(), bytes.clone());
    let writer = std::thread::spawn(move || input.write_all(&sent).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success() && output.stdout == bytes);
}

#[test]
fn whoever_the_program_leaves_behind_holds_nothing_up() {
    let project = project();
    let run = Run::of(&mut script(&project, "--mask", "sleep 60 & echo $!; echo done"));
    let (pid, rest) = run.stdout.split_once('\n').unwrap();
    let pid = Pid::from_raw(pid.parse().unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    assert_eq!((rest, run.code), ("done\n", Some(0)));
    let closed = Run::of(&mut script(&project, "--mask", "exec >&- 2>&-; sleep 0.05; exit 5"));
    closed.code(5);
}

#[test]
fn a_reader_that_goes_away_ends_the_program_as_in_any_pipe() {
    let project = project();
    let mut command = project.shell("{ \"$@\"; echo $? >code; } | head -n 1", "run --mask -- yes");
    Run::of(&mut command).code(0).stdout("y\n");
    assert_eq!(fs::read_to_string(project.root().join("code")).unwrap(), format!("{}\n", 128 + 13));
}

#[test]
fn what_cannot_be_passed_on_is_said_and_is_no_success() {
    let project = project();
    let full = |options: &str| {
        let mut command = script(&project, "--mask", options);
        command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        Run::wait(command.stderr(Stdio::piped()).spawn().unwrap())
    };
    let said = "error: what the program printed cannot be passed on: the disk is full\n";
    full("echo a report").code(2).stderr(said);
    full("echo a report; exit 7").code(7).stderr(said);
    full(":").code(0).stderr("");
}

#[test]
fn a_reader_that_does_not_let_anybody_wait_gets_everything() {
    let project = project();
    let (reader, writer) = std::io::pipe().unwrap();
    let flags = rustix::fs::fcntl_getfl(&writer).unwrap();
    rustix::fs::fcntl_setfl(&writer, flags | rustix::fs::OFlags::NONBLOCK).unwrap();
    let mut command = script(&project, "--mask", "head -c 1000000 /dev/zero");
    let mut child = command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    drop(command);
    std::thread::sleep(std::time::Duration::from_millis(100)); // the pipe fills up
    let count = std::io::copy(&mut { reader }, &mut std::io::sink()).unwrap();
    assert_eq!((count, child.wait().unwrap().code()), (1_000_000, Some(0)));
}

#[test]
fn while_one_environment_runs_alone_no_other_starts() {
    let project = project();
    let (mut child, _lines) = started(script(&project, "--exclusive", "echo ready; read x; exit 6"));
    for args in ["run staging --exclusive -- true", "run staging -- true"] {
        let run = project.run(args).code(3).stdout("");
        let pid = child.id();
        let start = format!("refused: a program runs in dev (process {pid}, since ");
        assert!(run.stderr.starts_with(&start), "{}", run.stderr);
        run.says(" UTC), and allows none beside it\n  help: wait for its end\n");
    }
    project.run("run dev --exclusive -- true").code(0).stderr("");
    project.run("run dev -- true").code(0).stderr("");
    project.run("run staging --exclusive -- true").code(3);
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    Run::wait(child).code(6);
    project.run("run staging --exclusive -- true").code(0).stderr("");
}

#[test]
fn the_manifest_can_ask_for_it_and_a_killed_run_leaves_no_lock() {
    let project = project().edit("envctl.toml", "[project]\n", "[project]\nexclusive = true\n");
    let (mut child, _lines) = started(script(&project, "", "echo ready; read x"));
    project.run("run staging -- true").code(3).says("a program runs in dev");
    child.kill().unwrap();
    child.wait().unwrap();
    project.run("run staging -- true").code(0).stderr("");
}

#[test]
fn all_environments_run_in_order_until_one_fails() {
    let project = project();
    project.run("run --all -- true").code(3).stdout("").says("production is protected");
    let run = project.run("run --all --confirm production -- printenv PORT ENVCTL_ENV").code(0);
    run.stdout("8080\ndev\n8081\nstaging\n8082\nproduction\n").stderr(
        "dev (1 of 3 environments)\nstaging (2 of 3 environments)\nproduction (3 of 3 environments)\n",
    );
    let stops = Run::of(&mut script(
        &project,
        "--all --confirm production",
        "echo $ENVCTL_ENV; test $ENVCTL_ENV = dev || exit 9",
    ));
    stops.code(9).stdout("dev\nstaging\n");
    project.run("run --all dev -- true").code(2);
    project.run("run --all --env dev -- true").code(2).says("contradict each other");
    project.run("run --all").code(2).says("there is no program to start");
}

#[test]
fn who_ends_the_program_ends_the_walk_through_all_environments() {
    let text = "trap 'exit 0' TERM; echo $ENVCTL_ENV; kill -TERM $PPID; while :; do sleep 0.01; done";
    let run = Run::of(&mut script(&project(), "--all --confirm production", text));
    run.code(130).stdout("dev\n").stderr("dev (1 of 3 environments)\n");
}

#[test]
fn nothing_starts_anywhere_where_one_of_all_environments_has_errors() {
    let project = project().file("envs/staging/.env.local", "no assignment\n");
    let run = project.run("run --all --confirm production -- touch started").code(3).stdout("");
    run.says("refused: staging has 1 error");
    assert!(!project.root().join("started").exists());
}

//! Cases of portability: one line a file unless each is asked for, narrowed to the project's loaders, and never a value.

use super::{Case, DEV, MANIFEST, PROD, case};
use crate::project::Project;

const BASED: &str = "[[stack]]\nfiles = [\".env\", \"envs/{env}/.env\"]\n";

/// A comment, a `#` and a blank behind a value, `$`, and what docker compose alone or Node alone reads otherwise.
const ODD: &str = "A=x # c\nB=x#y\nC=x y\nD='$X'\nE=\"x\" \t# c\nF= \nG: 1\n";

pub const CASES: &[Case] = &[
    case("portability", "each file is told in one line, whatever is in it")
        .files(&[(DEV, ODD), (PROD, "a=1\n")])
        .finds(&[
            "portability note development - envs/development/.env:-:-",
            "portability note production - envs/production/.env:-:-",
        ]),
    case("portability", "a base layer is told once, for all that stand on it")
        .files(&[(MANIFEST, BASED), (".env", "A=x y\n"), (DEV, ""), (PROD, "")])
        .finds(&["portability note development,production - .env:-:-"]),
    case("portability", "each line is listed where that is asked for, and what dotenvy makes of it")
        .files(&[(DEV, "A=1\nexport B=2\nC=x\\\\y\n d=3\nE=x y\nF=1")])
        .args("--portable")
        .finds(&[
            "portability note development B envs/development/.env:2:8",
            "portability note development C envs/development/.env:3:1",
            "portability note development C envs/development/.env:3:3",
            "portability note development d envs/development/.env:4:2",
            "portability note development d envs/development/.env:4:2",
            "portability note development E envs/development/.env:5:1",
            "portability note development E envs/development/.env:5:3",
            "portability note development - envs/development/.env:6:1",
        ]),
    case("portability", "the file, comments, blank lines and broken lines have notes too")
        .files(&[(DEV, "\u{feff}A=1\r\n \t\n  # c\n# A=\"x\n")])
        .args("--portable development")
        .finds(&[
            "portability note development - envs/development/.env:1:1",
            "portability note development - envs/development/.env:1:1",
            "portability note development A envs/development/.env:1:1",
            "portability note development - envs/development/.env:2:1",
            "portability note development - envs/development/.env:3:1",
            "portability note development - envs/development/.env:4:1",
        ]),
    case("portability", "what is broken has its notes beside the error")
        .files(&[(DEV, "export 1A=1\nA='\\'x'\n")])
        .args("--portable")
        .finds(&[
            "portability note development - envs/development/.env:1:1",
            "parse-error error development - envs/development/.env:1:8",
            "portability note development - envs/development/.env:1:8",
            "portability note development - envs/development/.env:2:3",
            "parse-error error development - envs/development/.env:2:6",
        ]),
    case("portability", "loaders narrow the notes to what they read otherwise: docker compose and Node 24")
        .files(&[(MANIFEST, "[project]\nloader = [\"docker-compose\", \"node24\"]\n"), (DEV, ODD)])
        .args("--portable")
        .finds(&[
            "portability note development B envs/development/.env:2:3",
            "portability note development E envs/development/.env:5:3",
            "portability note development F envs/development/.env:6:3",
            "portability note development G envs/development/.env:7:1",
        ]),
    case("portability", "loaders narrow the notes to what they read otherwise: shells")
        .files(&[(MANIFEST, "[project]\nloader = [\"bash\"]\n"), (DEV, ODD)])
        .args("--portable")
        .finds(&[
            "portability note development C envs/development/.env:3:3",
            "portability note development G envs/development/.env:7:1",
        ]),
    case("portability", "docker run knows no quotes, and is asked about only by name")
        .files(&[(MANIFEST, "[project]\nloader = [\"docker\"]\n"), (DEV, "A='x'\nB=x\n"), (PROD, "A=x y#z\n")])
        .args("--portable")
        .finds(&["portability note development A envs/development/.env:1:3"]),
    case("portability", "dotenvy is asked where the project uses it")
        .files(&[(MANIFEST, "[project]\nloader = [\"dotenvy\"]\n"), (DEV, "A=1\nB=it's\nC=1\n")])
        .args("--portable")
        .finds(&[
            "portability note development B envs/development/.env:2:1",
            "portability note development B envs/development/.env:2:3",
        ]),
    case("portability", "a note is accepted by its key, counted or listed")
        .files(&[
            (MANIFEST, "[[accept]]\nrule = \"portability\"\nkey = \"A_*\"\nreason = \"only ever read here\"\n"),
            (DEV, "A_B=x y\nC=x y\n"),
            (PROD, "A_B=x y\n"),
        ])
        .finds(&["portability note development - envs/development/.env:-:-"]),
    case("portability", "an acceptance that excuses no note is found where notes are listed")
        .files(&[
            (MANIFEST, "[[accept]]\nrule = \"portability\"\nkey = \"A\"\nreason = \"only ever read here\"\n"),
            (DEV, "A=x\n"),
        ])
        .args("--portable")
        .finds(&["unused-acceptance warning development A envctl.toml:1:1"]),
    case("portability", "a portable file has no notes, not even with each asked for")
        .files(&[
            (DEV, "# A file that everybody reads alike: isn't it?\n\nAPP_NAME=app\nURL=https://example.com:8443/a,b@c%20+d=e\nTEXT=\"it's # so\"\nLITERAL='say \"so\"'\nEMPTY=\n"),
            ("envs/production/env.toml", "[vars]\nA = \"x $y # z\"\n"),
        ])
        .args("--portable"),
    case("portability", "pieces of a secret have no notes beside their error")
        .files(&[(DEV, "KEY='-----BEGIN X-----\nAb+c =\nQw==\n-----END X-----'\n"), (PROD, "A=1\n")]).finds(&["portability note development - envs/development/.env:-:-"]),
    case("portability", "switched off").files(&[(MANIFEST, "[rules]\nportability = \"off\"\n"), (DEV, ODD)]),
    case("portability", "accepted as a whole").files(&[
        (MANIFEST, "[[accept]]\nrule = \"portability\"\nreason = \"only one program reads them\"\n"),
        (DEV, ODD),
        (PROD, ODD),
    ]),
    case("portability", "what no loader of the project reads otherwise")
        .files(&[(MANIFEST, "[project]\nloader = [\"zsh\"]\n"), (DEV, "a=1\nB='$X'\nexport C=1 # c\n")])
        .args("--portable"),
];

#[test]
fn one_line_a_file_is_told_and_nothing_fails() {
    let project = Project::new().file(MANIFEST, "[rules]\nparity = \"off\"\n");
    let project = project.file(DEV, "export A=1\n").file(PROD, "A=x # y z\nB=$A\nC=3\n");
    project.run("validate").code(0).stderr("").stdout(
        "note[portability]: envs/development/.env: 1 portability note, --portable lists it
note[portability]: envs/production/.env: 2 portability notes, --portable lists them

development  development  ok  1 key   envs/development/.env
production   production   ok  3 keys  envs/production/.env
ok: 2 environments, 2 notes
",
    );
}

#[test]
fn a_listed_note_says_who_reads_what_and_what_all_read_alike() {
    let project = Project::new().file(PROD, "A=x#y\n");
    project.run("validate --portable").code(0).stderr("").stdout(
        "production

note[portability]: A has a `#` in its unquoted value (Node, dotenv-expand, Bun, dotenv for Node, dotenvx, Ruby's dotenv and direnv: the end of the value)
 --> envs/production/.env:1:3
  |
1 | A=••••••
  |   ^^^^^^
  |
  = help: put the value in double quotes

production  production  ok  1 key  envs/production/.env
ok: 1 environment, 1 note
",
    );
    let narrowed = project.file(MANIFEST, "[project]\nloader = [\"node\", \"bash\"]\n");
    narrowed.run("validate --portable").code(0).says("unquoted value (Node: the end of the value)");
}

#[test]
fn a_loader_that_nobody_knows_is_refused_with_those_that_are_known() {
    let project = Project::new().file(DEV, "").file(MANIFEST, "[project]\nloader = [\"node\", \"dokcer\"]\n");
    project
        .run("validate")
        .code(2)
        .stdout("")
        .says("envctl.toml:2:19: there is no loader `dokcer`\n  help: did you mean `docker`?");
    let project = project.file(MANIFEST, "[project]\nloader = [\"webpack\"]\n");
    project.run("validate").code(2).says("help: loaders: node, ").says(", dotenv-rails, ");
}

#[test]
fn the_process_has_no_say_in_what_dotenvy_is_said_to_read() {
    let project = Project::new().file(DEV, "HUNTER=1\nA=$HUNTER\nB=\"${HUNTER}\"\nC=x\nD='$HUNTER'\n");
    let alone = project.run("validate --portable").code(0);
    let run = project.run_with(&[("HUNTER", "x y #'"), ("C", "z")], "validate --portable").code(0);
    run.stdout(&alone.stdout).says("A has a `$` that dotenvy looks up in the process first");
}

#[test]
fn no_value_is_ever_shown_and_no_column_tells_where_in_it_something_stands() {
    let odd = "hunter2 #hunter2$hunter2\\hunter2`hunter2";
    let text = format!(
        "A={odd}\nB=\"{odd}\"\nC='{odd}\nhunter2' # hunter2\nD=\"{odd}\"hunter2\nE=${{hunter2\n# X='hunter2\nF={odd}"
    );
    let project = Project::new().file(PROD, text);
    for call in ["validate", "validate --portable", "validate --portable --format json"] {
        let run = project.run(call).code(1).never_says("hunter2").shows_all();
        if call.ends_with("json") {
            let notes = run.json()["findings"].as_array().unwrap().clone();
            let notes: Vec<_> = notes.iter().filter(|one| one["rule"] == "portability").collect();
            assert!(notes.len() > 10 && notes.iter().all(|one| one["column"].as_u64().unwrap() <= 3));
        }
    }
}

#[test]
fn explain_tells_what_why_and_how() {
    let run = Project::new().run("explain portability").code(0);
    run.says("Why:").says("--portable").says("[project] loader").says("production note");
}

//! A project of 300 configuration files: found, read and judged by the program itself, from its start to its exit.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use criterion::Criterion;
use tempfile::TempDir;

const ENVIRONMENTS: usize = 60;

/// `envs/e01` … `envs/e60`, each with five files in as many formats; the same keys, and some values of their own.
fn project() -> io::Result<TempDir> {
    let root = TempDir::new()?;
    fs::create_dir(root.path().join(".git"))?;
    for number in 1..=ENVIRONMENTS {
        let folder = root.path().join(format!("envs/e{number:02}"));
        fs::create_dir_all(&folder)?;
        for (name, text) in files(number) {
            fs::write(folder.join(name), text)?;
        }
    }
    Ok(root)
}

fn files(number: usize) -> [(&'static str, String); 5] {
    let keys = 0..20;
    let lines =
        |line: fn(usize, usize) -> String| keys.clone().map(|key| line(key, number)).collect::<String>();
    [
        (
            ".env",
            lines(|key, n| format!("# about {key}\nSERVICE_{key}_URL=https://s{key}.e{n}.example.com/v1\n")),
        ),
        (
            "settings.yaml",
            lines(|key, n| format!("section{key}:\n  host: h{n}.example.com\n  ports: [80, {key}]\n")),
        ),
        (
            "app.json",
            format!(
                "{{{}\n  \"last\": true\n}}\n",
                lines(|key, n| format!("\n  \"k{key}\": {{ \"level\": {n} }},"))
            ),
        ),
        (
            "terraform.tfvars",
            lines(|key, n| {
                format!("tags_{key} = {{\n  Owner = \"ops\"\n  Cidr  = \"10.{n}.{key}.0/24\"\n}}\n")
            }),
        ),
        (
            "app.properties",
            lines(|key, n| format!("spring.client{key}.url=jdbc:postgresql://db{n}/app{key}\n")),
        ),
    ]
}

fn run(root: &Path, command: &str) -> Option<i32> {
    let mut process = Command::new(env!("CARGO_BIN_EXE_envctl"));
    process.arg("-C").arg(root).arg(command).env_clear().stdin(Stdio::null());
    process.stdout(Stdio::null()).stderr(Stdio::null());
    process.status().ok().and_then(|status| status.code())
}

fn main() -> io::Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    let root = project()?;
    let mut group = criterion.benchmark_group("project");
    for command in ["validate", "list"] {
        assert!(matches!(run(root.path(), command), Some(0 | 1)), "{command} could not do its work");
        group.bench_function(command, |bencher| bencher.iter(|| run(root.path(), command)));
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}

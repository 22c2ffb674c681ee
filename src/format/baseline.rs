//! The file of a baseline, `envctl-baseline.json`.

use serde::Deserialize;
use serde_json::error::Category;

use crate::model::baseline::{Baseline, Known, SCHEMA_VERSION};
use crate::model::fault::Fault;

/// The file's name in the project's root, unless the manifest or the command line says another.
pub const FILE: &str = "envctl-baseline.json";

/// The largest file that is read or written, in bytes.
pub const MAX_BYTES: u64 = 16 << 20;

#[derive(Deserialize)]
struct Version {
    schema_version: u32,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Written {
    #[serde(rename = "schema_version")]
    _schema_version: u32,
    /// What is known; findings that differ in nothing but their place in the file are one.
    findings: Vec<Known>,
}

/// Reads the text of the file that is called `name`.
///
/// # Errors
/// A [`Fault`] with line and column, in our own words: the library's may quote the file.
pub fn read(name: &str, text: &str) -> Result<Baseline, Fault> {
    let version: Version = serde_json::from_str(text).map_err(|error| broken(name, &error))?;
    if version.schema_version != SCHEMA_VERSION {
        let message = format!("{name} was written by another envctl, which counts its baselines otherwise");
        return Err(Fault::new(message)
            .help("use that version, or remove the file and write it again with --write-baseline"));
    }
    let written: Written = serde_json::from_str(text).map_err(|error| broken(name, &error))?;
    Ok(Baseline { entries: written.findings })
}

fn broken(name: &str, error: &serde_json::Error) -> Fault {
    let what = match error.classify() {
        Category::Data => "this does not belong into a baseline",
        Category::Eof => "the baseline ends in the middle",
        Category::Syntax | Category::Io => "this is no JSON",
    };
    let help = "restore it from git, or remove it and write it again with `envctl validate --write-baseline`";
    Fault::new(format!("{name}:{}:{}: {what}", error.line().max(1), error.column().max(1))).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_baseline_is_told_with_its_place_and_never_quoted() {
        let foreign = "this does not belong into a baseline";
        for (text, place, what) in [
            ("", "f:1:", "the baseline ends in the middle"),
            ("{\"CANARY\": 1}", "f:1:13", foreign),
            ("{\"schema_version\": 1,\n <<<<<<< CANARY", "f:2:2", "this is no JSON"),
            ("{\"schema_version\": 1, \"findings\": [\n{\"rule\": \"CANARY\"}]}", "f:2:", foreign),
            ("{\"schema_version\": 1, \"findings\": [], \"CANARY\": 1}", "f:1:", foreign),
            ("{\"schema_version\": \"CANARY\"}", "f:1:", foreign),
            (
                "{\"schema_version\": 2}",
                "f ",
                "was written by another envctl, which counts its baselines otherwise",
            ),
        ] {
            let message = read("f", text).unwrap_err().to_string();
            assert!(message.starts_with(place) && message.ends_with(what), "{message}");
            assert!(!message.contains("CANARY"), "{message}");
        }
        let deep = format!("{{\"schema_version\": 1, \"findings\": {}", "[".repeat(100_000));
        assert!(read("f", &deep).is_err());
        assert_eq!(read("f", "{\"schema_version\": 1, \"findings\": []}").unwrap(), Baseline::default());
    }
}

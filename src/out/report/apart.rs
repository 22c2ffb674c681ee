//! What `validate` knows and does not report as findings: it is counted, so that nobody takes silence for safety.

use serde::Serialize;

use crate::model::name::EnvName;

/// What stands apart from the findings.
#[derive(Serialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Apart<'p> {
    /// How many findings are accepted, with a reason.
    pub accepted: usize,
    /// What the baseline knows, where there is one.
    pub baseline: Option<Known>,
    /// The environments that were not reported, because one before them failed.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub not_reported: Vec<&'p EnvName>,
}

impl Apart<'_> {
    /// The same for the last line: ` (3 accepted; 12 in the baseline; not reported: production)`, or nothing.
    pub fn text(&self) -> String {
        let accepted = (self.accepted > 0).then(|| format!("{} accepted", self.accepted));
        let baseline = self.baseline.as_ref().map(Known::text);
        let names: Vec<&str> = self.not_reported.iter().map(|name| name.as_str()).collect();
        let not_reported = (!names.is_empty()).then(|| format!("not reported: {}", names.join(", ")));
        let parts: Vec<String> = accepted.into_iter().chain(baseline).chain(not_reported).collect();
        if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
    }
}

/// What a baseline knows of the findings of a run.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Known {
    /// The file.
    pub file: String,
    /// How many findings it knows.
    pub findings: usize,
    /// How many of these are errors.
    pub errors: usize,
    /// How many it holds that are not found any more; nothing where not everything was judged.
    pub mended: Option<u64>,
}

impl Known {
    /// `12 in the baseline, 2 of them errors`.
    pub fn text(&self) -> String {
        let errors = match self.errors {
            0 => String::new(),
            1 => ", 1 of them an error".to_owned(),
            errors => format!(", {errors} of them errors"),
        };
        format!("{} in the baseline{errors}", self.findings)
    }

    /// What to say of findings that are mended.
    pub fn remark(&self) -> Option<String> {
        let mended = self.mended.filter(|mended| *mended > 0)?;
        let what = if mended == 1 {
            "1 finding of the baseline is".to_owned()
        } else {
            format!("{mended} findings of the baseline are")
        };
        Some(format!(
            "note: {what} mended\n  help: `envctl validate --write-baseline` takes out what is not found any more\n"
        ))
    }
}

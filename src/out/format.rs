//! The formats in which an answer can be written, and who reads each.

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people; may change.
    Text,
    /// For machines; versioned.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// The Code Quality report of GitLab.
    Gitlab,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
    /// GitHub flavoured Markdown.
    Markdown,
    /// Assignments for sh, bash, dash and zsh.
    Sh,
    /// Assignments for fish.
    Fish,
    /// Assignments for PowerShell.
    Powershell,
    /// Assignments for nu.
    Nu,
    /// A dotenv file.
    Dotenv,
    /// What `docker run --env-file` reads.
    Docker,
}

impl Format {
    /// What `--format` calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Sarif => "sarif",
            Format::Junit => "junit",
            Format::Markdown => "markdown",
            Format::Sh => "sh",
            Format::Fish => "fish",
            Format::Powershell => "powershell",
            Format::Nu => "nu",
            Format::Dotenv => "dotenv",
            Format::Docker => "docker",
        }
    }

    /// Who reads it, in one line.
    pub const fn purpose(self) -> &'static str {
        match self {
            Format::Text => "for people; may change",
            Format::Json => "for scripts; versioned",
            Format::Github => "annotations and a job summary in GitHub Actions",
            Format::Gitlab => "the Code Quality report of a GitLab merge request",
            Format::Sarif => "for code scanning, as SARIF 2.1.0",
            Format::Junit => "for test reports: a suite for each environment, a case for each rule",
            Format::Markdown => "a comment for a pull or merge request",
            Format::Sh => "for sh, bash, dash and zsh",
            Format::Fish => "for fish",
            Format::Powershell => "for PowerShell",
            Format::Nu => "for nu",
            Format::Dotenv => "a dotenv file",
            Format::Docker => "for docker run --env-file",
        }
    }
}

/// What a command can write.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// The formats, the usual one first.
    pub all: &'static [Format],
    /// May several be asked for at once, and files be named for them?
    pub has_files: bool,
}

impl Formats {
    /// One answer on stdout, for people or for scripts.
    pub const PLAIN: Self = Self { all: &[Format::Text, Format::Json], has_files: false };

    /// One answer on stdout, also as a comment for a pull request.
    pub const COMMENT: Self = Self { all: &[Format::Text, Format::Json, Format::Markdown], has_files: false };

    /// What is found in a project, in every format, also into files.
    pub const REPORT: Self = Self {
        all: &[
            Format::Text,
            Format::Json,
            Format::Github,
            Format::Gitlab,
            Format::Sarif,
            Format::Junit,
            Format::Markdown,
        ],
        has_files: true,
    };

    /// Variables, for a shell, a file or a platform.
    pub const VARIABLES: Self = Self {
        all: &[
            Format::Sh,
            Format::Fish,
            Format::Powershell,
            Format::Nu,
            Format::Dotenv,
            Format::Json,
            Format::Github,
            Format::Docker,
        ],
        has_files: false,
    };

    /// Words for people, where the exit code is the answer.
    pub const WORDS: Self = Self { all: &[Format::Text], has_files: false };

    /// The names: `text, json`.
    pub fn names(self) -> String {
        self.all.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
    }

    /// The format that `--format` calls `name`.
    pub fn find(name: &[u8]) -> Option<Format> {
        let mut all = Self::REPORT.all.iter().chain(Self::VARIABLES.all).copied();
        all.find(|format| format.name().as_bytes() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name_and_no_other() {
        for format in Formats::REPORT.all.iter().chain(Formats::VARIABLES.all) {
            assert_eq!(Formats::find(format.name().as_bytes()), Some(*format));
        }
        assert_eq!(Formats::find(b"xml"), None);
        assert_eq!(Formats::PLAIN.names(), "text, json");
    }
}

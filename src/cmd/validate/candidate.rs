//! `validate --file` and `--stdin`: a text is judged in place of a file of the project, before anybody adopts it.

mod place;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::ctx::{Ctx, input};
use crate::format::manifest::FILE as MANIFEST;
use crate::format::{self, dotenv, json};
use crate::model::fault::Fault;
use crate::model::finding::Finding;
use crate::model::project::{Environment, Project};
use crate::out::gate::visible;
use crate::store::{MAX_BYTES, Root, StandIn, read_named};
use place::{find, readers};

// What to judge in place of what. No doc comment: clap would take it for what the command does.
#[derive(Args)]
#[command(next_help_heading = "Candidate")]
pub(super) struct CandidateArgs {
    /// Judge FILE in place of the environment's own file of that name, else of its topmost one of that format
    #[arg(long, value_name = "FILE", group = "candidate", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The same for what is piped in: dotenv, or JSON where it begins with `{`
    #[arg(long, group = "candidate")]
    stdin: bool,
    /// The path in the project that --file or --stdin stands in for; it need not exist
    #[arg(long = "as", value_name = "PATH", requires = "candidate", value_hint = clap::ValueHint::FilePath)]
    slot: Option<PathBuf>,
}

/// A text in place of a file.
pub(super) struct Candidate {
    stand_in: StandIn,
    /// How the text is called.
    pub shown: String,
    /// The environments that it is for.
    pub named: Vec<String>,
}

impl CandidateArgs {
    /// The file that is judged.
    pub fn file(&self, ctx: &Ctx) -> Option<PathBuf> {
        self.file.as_ref().map(|file| ctx.path(file))
    }

    /// The candidate that was asked for, if one was, for a project as it is without it.
    ///
    /// # Errors
    /// A [`Fault`] where it cannot be read, or where nobody knows what it stands in for.
    pub fn candidate(
        &self,
        ctx: &Ctx,
        root: &Root,
        project: &Project,
        asked: &[String],
    ) -> Result<Option<Candidate>, Fault> {
        let (bytes, shown) = match &self.file {
            Some(file) => (read(&ctx.path(file))?, file.to_string_lossy().into_owned()),
            None if self.stdin => (piped()?, "<stdin>".to_owned()),
            None => return Ok(None),
        };
        let ([] | [_]) = asked else {
            return Err(Fault::new("a candidate stands in for a file of one environment")
                .help("name one, or none and --as PATH"));
        };
        let environment = asked.first().and_then(|name| project.environment(name));
        let inside = self.file.as_ref().and_then(|file| relative(&ctx.path(file), root));
        let name =
            inside.clone().or_else(|| Some(self.file.as_ref()?.file_name()?.to_string_lossy().into_owned()));
        let slot = match &self.slot {
            Some(slot) => given(&ctx.path(slot), slot, root)?,
            None => find(project, environment, name.as_deref(), &shown)?,
        };
        let named = match environment {
            Some(environment) => vec![environment.name.to_string()],
            None => readers(project, &slot),
        };
        let is_json = format::of_path(&slot).is_some_and(|format| format.id == dotenv::FORMAT.id)
            && begins_as_json(&bytes);
        let format = is_json.then_some(&json::VARIABLES);
        Ok(Some(Candidate { stand_in: StandIn { path: slot, bytes, format }, shown, named }))
    }
}

impl Candidate {
    /// The project with the candidate in it.
    ///
    /// # Errors
    /// Where the project cannot be read, or does not read the candidate.
    pub fn load(&self, ctx: &Ctx, root: &Root) -> Result<&'static Project> {
        let project = ctx.load_over(root, &self.stand_in, &self.named)?;
        let path = &self.stand_in.path;
        let reads = |one: &Environment| project.sources_of(one).any(|source| source.path == *path);
        let is_read = match self.named.as_slice() {
            [] => project.environments.iter().any(reads),
            named => named.iter().filter_map(|name| project.environment(name)).any(reads),
        };
        if !is_read {
            let message = format!(
                "{} does not read {path}",
                if self.named.is_empty() { "no environment".to_owned() } else { self.named.join(", ") }
            );
            return Err(Fault::new(message)
                .help("`envctl list` shows what is read; say another path with --as PATH")
                .into());
        }
        ctx.say(&format!("note: {} stands in for {}\n", visible(&self.shown), visible(path)));
        Ok(project)
    }

    /// Says of findings that they stand in the candidate.
    pub fn rename(&self, findings: &mut [Finding]) {
        for finding in findings {
            let related = finding.related.iter_mut().map(|related| &mut related.origin);
            let origins = finding.origin.iter_mut().chain(related);
            origins
                .filter(|origin| origin.file == self.stand_in.path)
                .for_each(|origin| origin.file.clone_from(&self.shown));
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let name = path.to_string_lossy();
    match read_named(path) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(Fault::new(format!("{name} is not there"))),
        Err(problem) => Err(Fault::new(format!("{name}: {}", problem.message))
            .help("name a regular file; what comes from a command goes through --stdin")),
    }
}

/// Nothing at all is no candidate: the command before the pipe may have failed.
fn piped() -> Result<Vec<u8>, Fault> {
    let bytes = input()?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::new("<stdin> is empty").help("the command before the pipe may have failed"));
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Fault::new("<stdin> is larger than 1 MiB").help("keep data out of configuration"));
    }
    Ok(bytes)
}

fn begins_as_json(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    body.trim_ascii_start().starts_with(b"{")
}

/// The path relative to the root, if it is in the project.
fn relative(path: &Path, root: &Root) -> Option<String> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = folder.canonicalize().ok()?.join(path.file_name()?);
    Some(real.strip_prefix(&root.dir).ok()?.to_str()?.to_owned())
}

/// The path that `--as` names: from here, or from the project's folder where there is no such folder here.
fn given(here: &Path, typed: &Path, root: &Root) -> Result<String, Fault> {
    let from_root = || relative(&root.dir.join(typed), root);
    let is_plain = || typed.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    let new = || Some(typed.to_str()?.to_owned()).filter(|_| is_plain());
    let slot = relative(here, root).filter(|_| here.exists()).or_else(from_root).or_else(new);
    match slot {
        Some(slot) if slot != MANIFEST => Ok(slot),
        Some(_) => {
            Err(Fault::new(format!("nothing stands in for {MANIFEST}"))
                .help("name the file of an environment"))
        }
        None => Err(Fault::new("--as names no path in the project")
            .help("write it from the project's folder: envs/production/.env")),
    }
}

//! The project at several times: as it is, and as it was in commits.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use anyhow::Result;

use super::super::readable::{environment, whole};
use super::report::Alone;
use crate::ctx::{Ctx, Moment};
use crate::model::delta::{Column, identities};
use crate::model::fault::Fault;
use crate::model::git::Renamed;
use crate::model::name::shorten;
use crate::model::project::{Environment, Project};
use crate::out::gate::visible;
use crate::store::Root;

/// Why a file of now takes no part.
const UNTRACKED: &str = "git does not track it";

/// Why a file takes no part at any time.
const OPAQUE: &str = "git holds it encrypted, elsewhere, or too large";

/// The project at some times. What is read is needed to the end, and the end of the process frees it fastest.
pub struct Times<'a> {
    ctx: &'a Ctx,
    root: Root,
    /// The revisions as they were written, and the project in them.
    moments: Vec<(&'a str, &'static Moment)>,
    /// The project as it is, without what git does not track.
    now: Option<&'static Project>,
    /// What of now takes no part.
    left_out: Vec<LeftOut>,
    /// What was renamed from one time to another, as far as somebody asked.
    renamed: RefCell<HashMap<Span, Rc<[Renamed]>>>,
}

/// From a revision to another one, or to now.
type Span = (String, Option<String>);

/// A source of an environment that takes no part.
struct LeftOut {
    source: String,
    environment: String,
    because: &'static str,
}

impl<'a> Times<'a> {
    /// Reads the project in these revisions, and as it is where `has_now`.
    pub fn load(ctx: &'a Ctx, revisions: &[&'a str], has_now: bool) -> Result<Self> {
        let root = ctx.root()?;
        let mut moments: Vec<(&str, Moment)> = Vec::new();
        for revision in revisions {
            if !moments.iter().any(|(known, _)| known == revision) {
                moments.push((*revision, ctx.load_past(&root, revision)?));
            }
        }
        let mut now = if has_now { Some(ctx.load_files(&root)?) } else { None };
        now.iter().for_each(|now| ctx.note_the_end_of_the_search(now));
        let mut left_out = Vec::new();
        share_secrets(moments.iter_mut().map(|(_, moment)| &mut moment.project).chain(&mut now));
        let opaque: HashSet<String> = moments.iter().flat_map(|(_, moment)| moment.opaque.clone()).collect();
        for (_, moment) in &mut moments {
            moment.project.leave_out(|source| opaque.contains(&source.path));
        }
        if let Some(now) = &mut now {
            let paths: Vec<&str> = now.sources.iter().map(|source| source.path.as_str()).collect();
            let tracked = ctx.tracked(&root, &paths);
            let was = |path: &str| moments.iter().any(|(_, moment)| moment.paths.contains(path));
            let reason = |path: &str| match () {
                () if opaque.contains(path) => Some(OPAQUE),
                () if !tracked.contains(path) && !was(path) => Some(UNTRACKED),
                () => None,
            };
            left_out = found_out(now, reason);
            let out: HashSet<String> =
                paths.into_iter().filter(|path| reason(path).is_some()).map(str::to_owned).collect();
            now.leave_out(|source| out.contains(&source.path));
        }
        let keep = |(revision, moment)| (revision, &*Box::leak(Box::new(moment)));
        let moments = moments.into_iter().map(keep).collect();
        Ok(Self {
            ctx,
            root,
            moments,
            now: now.map(|now| &*Box::leak(Box::new(now))),
            left_out,
            renamed: RefCell::default(),
        })
    }

    /// The project in a revision.
    pub fn moment(&self, revision: &str) -> Option<&'static Moment> {
        self.moments.iter().find(|(known, _)| *known == revision).map(|(_, moment)| *moment)
    }

    /// The project as it is.
    pub fn now(&self) -> Option<&'static Project> {
        self.now
    }

    /// Where the project is.
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The environment at its time, with every source of it readable.
    ///
    /// # Errors
    /// Where there is no such environment then, or a part of it cannot be read.
    pub fn environment(&self, asked: &Asked<'_>) -> Result<Option<&'static Environment>, Fault> {
        self.project(asked).map(|project| asked.environment(project)).transpose()
    }

    /// The columns for environments at some times, under the names of stacks that the last one has.
    pub fn columns(&self, asked: &[Asked<'_>]) -> Result<Vec<Column<'static>>> {
        let Some(last) = asked.last() else { return Ok(Vec::new()) };
        let Some(reference) = self.project(last) else { return Ok(Vec::new()) };
        let mut columns = Vec::new();
        for one in asked {
            let Some(project) = self.project(one) else { continue };
            let environment = one.environment(project)?;
            let renamed = self.renamed(one.revision, last.revision)?;
            columns.push(Column {
                project,
                environment,
                label: one.label(environment),
                identities: identities(project, reference, &renamed),
            });
        }
        Ok(columns)
    }

    /// The files that were renamed from one time to another. Git is asked once.
    pub fn renamed(&self, from: Option<&str>, to: Option<&str>) -> Result<Rc<[Renamed]>> {
        let Some(from) = from.filter(|from| Some(*from) != to) else { return Ok(Rc::default()) };
        let span = (from.to_owned(), to.map(str::to_owned));
        if let Some(known) = self.renamed.borrow().get(&span) {
            return Ok(Rc::clone(known));
        }
        let renamed: Rc<[Renamed]> = self.ctx.renamed(&self.root, from, to)?.into();
        self.renamed.borrow_mut().insert(span, Rc::clone(&renamed));
        Ok(renamed)
    }

    fn project(&self, asked: &Asked<'_>) -> Option<&'static Project> {
        asked.revision.map_or(self.now, |revision| Some(&self.moment(revision)?.project))
    }

    /// What of these environments, as they are, takes no part.
    pub fn not_compared(&self, names: &[&str]) -> Vec<Alone<'_>> {
        let out = self.left_out.iter().filter(|out| names.contains(&out.environment.as_str()));
        let named = out.map(|out| (&out.source, out.environment.as_str(), out.because));
        named
            .map(|(source, r#in, because)| Alone { source: source.into(), r#in, because: Some(because) })
            .collect()
    }
}

/// The sources that take no part, environment by environment.
fn found_out(project: &Project, reason: impl Fn(&str) -> Option<&'static str>) -> Vec<LeftOut> {
    let mut all = Vec::new();
    for environment in &project.environments {
        let mut seen = BTreeSet::new();
        for source in project.sources_of(environment) {
            if let Some(because) = reason(&source.path).filter(|_| seen.insert(source.name())) {
                let (source, environment) = (source.name().into_owned(), environment.name.to_string());
                all.push(LeftOut { source, environment, because });
            }
        }
    }
    all
}

/// An environment as the command line names it: `production`, `production@v1.2.0`.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The name.
    pub name: &'a str,
    /// The revision; none for what is now.
    pub revision: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// Reads what was typed. No name of an environment holds an `@`.
    pub fn parse(text: &'a str) -> Self {
        match text.split_once('@') {
            Some((name, revision)) => Self { name, revision: Some(revision) },
            None => Self { name: text, revision: None },
        }
    }

    fn environment<'p>(&self, project: &'p Project) -> Result<&'p Environment, Fault> {
        let Some(revision) = self.revision.map(shorten) else { return environment(project, self.name) };
        let found = project.environment(self.name).ok_or_else(|| {
            let all: Vec<&str> = project.environments.iter().map(|one| one.name.as_str()).collect();
            let name = shorten(self.name);
            Fault::new(format!("there was no environment `{name}` in `{revision}`")).help(if all.is_empty() {
                "there were none".into()
            } else {
                format!("there were {}", all.join(", "))
            })
        })?;
        whole(project, found).map_err(|fault| {
            let told = Fault::new(format!("as it was in `{revision}`: {fault}"));
            told.help("name another revision, one in which it can be read")
        })?;
        Ok(found)
    }

    fn label(&self, environment: &Environment) -> String {
        match self.revision {
            Some(revision) => format!("{}@{}", environment.name, visible(&shorten(revision))),
            None => environment.name.to_string(),
        }
    }
}

/// What one time's manifest declares secret is secret at all times.
fn share_secrets<'p>(projects: impl Iterator<Item = &'p mut Project>) {
    let mut projects: Vec<&mut Project> = projects.collect();
    let keys = projects.iter().flat_map(|project| &project.schema.keys);
    let secret = keys.filter(|key| key.secret == Some(true));
    let names: BTreeSet<String> = secret.map(|key| key.name.clone()).collect();
    projects.iter_mut().for_each(|project| project.learn_secrets(&names));
}

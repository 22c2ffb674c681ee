//! What Terraform is configured for in the project's folders, and whether that is the environment that is meant.

use std::path::Path;

use crate::ctx::Ctx;
use crate::model::layout::join;
use crate::model::project::{Environment, Project};
use crate::model::terraform::{Evidence, backend_file, folders};
use crate::out::gate::visible;
use crate::store::Root;
use crate::store::terraform::{STATE, WORKSPACE, configuration};

/// A folder in which Terraform is configured for an environment.
pub struct Configured<'p> {
    /// The environment.
    pub environment: &'p Environment,
    /// The file that says so, relative to the root.
    pub file: String,
    /// What in it says so.
    pub evidence: Evidence,
    /// The folder, relative to the root.
    folder: String,
}

impl<'p> Configured<'p> {
    /// What Terraform is configured for in `folder`, if that is certain. Variables move its files and choose the workspace:
    /// `is_set` says which of them Terraform has.
    pub fn of(
        (root, project): (&Root, &'p Project),
        folder: &Path,
        is_set: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        if is_set("TF_DATA_DIR") {
            return None;
        }
        let (data, mut configuration) = configuration(root, folder)?;
        configuration.workspace = configuration.workspace.filter(|_| !is_set("TF_WORKSPACE"));
        let (evidence, environment) = configuration.owner(project)?;
        let file = match evidence {
            Evidence::Backend => STATE,
            Evidence::Workspace => WORKSPACE,
        };
        let folder = data.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        Some(Self { environment, file: join(&data, file), evidence, folder })
    }

    /// Is it another environment than this one?
    pub fn is_other(&self, environment: &Environment) -> bool {
        self.environment.name != environment.name
    }

    /// That it is so.
    pub fn says(&self) -> String {
        format!("Terraform is configured for {} ({})", self.environment.name, self.file)
    }

    /// What would configure it for `environment`, as seen from the root.
    pub fn mend(&self, project: &Project, environment: &Environment) -> String {
        self.mend_by("terraform", Some(&self.folder), (project, environment))
    }

    /// The same with this program, which is told to go to `chdir`.
    pub fn mend_by(
        &self,
        program: &str,
        chdir: Option<&str>,
        (project, environment): (&Project, &Environment),
    ) -> String {
        let chdir = chdir.filter(|folder| !folder.is_empty());
        let chdir = chdir.map_or_else(String::new, |folder| format!(" -chdir={folder}"));
        match self.evidence {
            Evidence::Workspace => format!("{program}{chdir} workspace select {}", environment.name),
            Evidence::Backend => {
                let file = backend_file(project, environment, &self.folder);
                let file = file.map_or_else(String::new, |file| format!(" -backend-config={file}"));
                format!("{program}{chdir} init -reconfigure{file}")
            }
        }
    }
}

/// What Terraform is configured for wherever it may be for one environment or another, as `environment` would find it.
pub fn configured<'p>(
    ctx: &Ctx,
    root: &Root,
    project: &'p Project,
    environment: &Environment,
) -> Vec<Configured<'p>> {
    let is_set = |name: &str| {
        ctx.variables.raw_value(name).is_some() || project.find(environment, name).next().is_some()
    };
    let folders = folders(project).into_iter().map(|folder| root.dir.join(folder));
    folders.filter_map(|folder| Configured::of((root, project), &folder, is_set)).collect()
}

/// Says where Terraform is configured for another environment than this one.
pub fn note_others(ctx: &Ctx, root: &Root, project: &Project, environment: &Environment) {
    let all = configured(ctx, root, project, environment);
    for other in all.iter().filter(|one| one.is_other(environment)) {
        let (says, mend) = (other.says(), other.mend(project, environment));
        ctx.say(&format!("note: {}\n  help: run `{}`\n", visible(&says), visible(&mend)));
    }
}

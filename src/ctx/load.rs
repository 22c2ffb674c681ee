//! The project around the process: how much of it a command needs to have read.

use anyhow::Result;

use super::Ctx;
use crate::active::{self, Decider};
use crate::model::name::EnvName;
use crate::model::project::{Project, Skipped};
use crate::model::tier::Tier;
use crate::store::{self, Depth, Plan, Root, StandIn};

impl Ctx {
    /// The project, with everything in it read. `named` are environments the user asked about, which lets them
    /// take variables of the process.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn load(&self, named: &[String]) -> Result<(Root, &'static Project)> {
        let (root, project) = self.load_quietly(named)?;
        self.note_unknown_tiers(project);
        self.note_the_end_of_the_search(project);
        Ok((root, project))
    }

    /// The same, and nothing said about it.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn load_quietly(&self, named: &[String]) -> Result<(Root, &'static Project)> {
        let root = self.root()?;
        let project = self.load_at(&root, Depth::Values, named)?;
        // It is needed to the end, and the end of the process frees it faster than value after value.
        Ok((root, Box::leak(Box::new(project))))
    }

    /// The project for one environment alone, the one that is named or else the current one: it takes variables of the
    /// process, and has those that `set` names.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn load_for(
        &self,
        named: Option<&str>,
        set: &[(String, String)],
    ) -> Result<(Root, &'static Project)> {
        let root = self.root()?;
        let meant = |project: &Project| {
            let selected = || Some(self.quiet_selection(&root, project).ok().flatten()?.environment);
            let meant = named.map_or_else(selected, |name| project.environment(name));
            meant.into_iter().map(|environment| environment.name.clone()).collect()
        };
        let (depth, rules, variables) = (Depth::Values, crate::rules::ids(), &self.variables);
        let plan = Plan { set, ..Plan::new(depth, &rules, variables, meant) };
        let project = self.load_by(&root, &plan)?;
        Ok((root, Box::leak(Box::new(project))))
    }

    /// Says where the search for files ended before the project did: what lies behind was not judged.
    pub fn note_the_end_of_the_search(&self, project: &Project) {
        if let Some(Skipped { path, .. }) = project.skipped.iter().find(|one| one.reason == store::TOO_MANY) {
            let place = crate::out::gate::visible(path);
            self.say(&format!(
                "note: the search for files ended at {place}: {}\n  help: what lies behind it was not judged\n",
                store::TOO_MANY
            ));
        }
    }

    /// Says once which environments nobody can place, and how to.
    fn note_unknown_tiers(&self, project: &Project) {
        let unknown = project.environments.iter().filter(|environment| environment.tier == Tier::Unknown);
        let names: Vec<&str> = unknown.map(|environment| environment.name.as_str()).collect();
        if let Some(first) = names.first() {
            self.say(&format!(
                "note: what {} is for is not known: guarded like production, judged like staging\n  \
                 help: say it with `tier = \"…\"` in envs/{first}/env.toml, or in [environments.{first}]\n",
                names.join(", ")
            ));
        }
    }

    /// The project without any value: its environments and what they say of themselves.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn describe(&self) -> Result<(Root, Project)> {
        let root = self.root()?;
        let project = self.load_at(&root, Depth::Descriptions, &[])?;
        Ok((root, project))
    }

    /// As much of the project at `root` as tells which environment is current. It is searched only where the manifest and
    /// `envs/` do not name the one that is asked for.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn describe_current(&self, root: &Root) -> Result<Project> {
        let named = self.load_at(root, Depth::Named, &[]).ok();
        match named.filter(|project| self.is_settled(root, project)) {
            Some(project) => Ok(project),
            None => self.load_at(root, Depth::Descriptions, &[]),
        }
    }

    /// Is the current environment one that goes by exactly the name that was asked for, whatever else there is?
    fn is_settled(&self, root: &Root, project: &Project) -> bool {
        let Ok(Some(selection)) = self.quiet_selection(root, project) else { return false };
        let answers = |name: &str| selection.environment.answers_to(name);
        match selection.by {
            Decider::State => true,
            Decider::Git => false,
            Decider::Default => project.schema.default.as_deref().is_some_and(answers),
            Decider::Option | Decider::Variable(_) => {
                active::requested(&self.asked(root), &project.schema.selector)
                    .is_some_and(|request| answers(&request.name))
            }
        }
    }

    /// The project as it is found where nobody has written a manifest.
    ///
    /// # Errors
    /// Where there is no project.
    pub fn load_without_manifest(&self) -> Result<(Root, Project)> {
        let root = self.root()?;
        let (rules, variables) = (crate::rules::ids(), &self.variables);
        let (depth, meant) = (Depth::Values, |_: &Project| Vec::new());
        let plan = Plan { has_manifest: false, ..Plan::new(depth, &rules, variables, meant) };
        let project = store::load(&root, &plan)?;
        Ok((root, project))
    }

    /// The project with `stand_in` read in place of one of its files. `named` are environments the user asked about.
    ///
    /// # Errors
    /// Where there is no project, or its manifest cannot be used.
    pub fn load_over(&self, root: &Root, stand_in: &StandIn, named: &[String]) -> Result<&'static Project> {
        let project = self.load_with(root, Depth::Values, named, Some(stand_in))?;
        Ok(Box::leak(Box::new(project)))
    }

    fn load_at(&self, root: &Root, depth: Depth, named: &[String]) -> Result<Project> {
        self.load_with(root, depth, named, None)
    }

    fn load_with(
        &self,
        root: &Root,
        depth: Depth,
        named: &[String],
        stand_in: Option<&StandIn>,
    ) -> Result<Project> {
        let meant = |project: &Project| {
            let selected = self.quiet_selection(root, project).ok().flatten();
            let selected = selected.map(|selection| selection.environment);
            // Of two environments that are named, none may take what belongs to one of them.
            let named = Some(named).filter(|named| named.len() == 1).into_iter().flatten();
            let named = named.filter_map(|name| project.environment(name));
            selected.into_iter().chain(named).map(|environment| environment.name.clone()).collect()
        };
        let (rules, variables) = (crate::rules::ids(), &self.variables);
        self.load_by(root, &Plan { stand_in, ..Plan::new(depth, &rules, variables, meant) })
    }

    fn load_by<M: Fn(&Project) -> Vec<EnvName>>(&self, root: &Root, plan: &Plan<'_, M>) -> Result<Project> {
        let project = store::load(root, plan)?;
        // A misspelt name is told by every command, whether or not it would have used it; so is a branch of nobody's.
        if self.args.from_git {
            active::by_git(&project, root)?;
        }
        match self.args.env.as_deref().filter(|name| project.environment(name).is_none()) {
            Some(name) => Err(active::unknown(&project, name, &active::Decider::Option).into()),
            None => Ok(project),
        }
    }
}

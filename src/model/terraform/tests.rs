//! Configurations of Terraform, and whose they are.

use super::*;
use crate::model::name::EnvName;
use crate::model::project::{Description, Layer, Stack};
use crate::model::source::{Entry, Source, SourceKind};

/// An environment, and its own file with these settings.
type Own<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str)]);

/// A project with these environments.
fn project(all: &[Own<'_>]) -> Project {
    let mut project = Project { stacks: vec![Stack::default()], ..Project::default() };
    for (index, (name, path, settings)) in all.iter().enumerate() {
        let mut source = Source::new((*path).to_owned(), "hcl", SourceKind::Settings, "");
        source.entries = settings.iter().map(|(key, value)| Entry::new(key, value, 0, 0)).collect();
        project.sources.push(source);
        let mut environment = Environment::new(EnvName::new(name).unwrap(), Description::default());
        environment.layers.push(Layer { stack: 0, source: index, level: Some(0), rank: 0, is_own: true });
        project.environments.push(environment);
    }
    project.finish(|_| true);
    project
}

fn configuration(settings: &[(&str, &str)], workspace: Option<&str>) -> Configuration {
    let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), Value::new(*value)));
    Configuration { settings: settings.collect(), workspace: workspace.map(str::to_owned) }
}

fn owner(
    project: &Project,
    settings: &[(&str, &str)],
    workspace: Option<&str>,
) -> Option<(Evidence, String)> {
    let configuration = configuration(settings, workspace);
    configuration.owner(project).map(|(evidence, one)| (evidence, one.name.to_string()))
}

fn backend(name: &str) -> Option<(Evidence, String)> {
    Some((Evidence::Backend, name.to_owned()))
}

#[test]
fn a_configuration_belongs_to_the_only_environment_whose_own_backend_file_agrees_with_it() {
    let project = project(&[
        ("dev", "dev/backend.hcl", &[("bucket", "b"), ("key", "one"), ("region", "r")]),
        ("staging", "staging/backend.hcl", &[("bucket", "b"), ("key", "two")]),
        ("prod", "prod/backend.hcl", &[("bucket", "other"), ("key", "two")]),
    ]);
    assert_eq!(owner(&project, &[("bucket", "b"), ("key", "one")], None), backend("dev"));
    assert_eq!(
        owner(&project, &[("bucket", "b"), ("key", "two"), ("path", "x")], Some("prod")),
        backend("staging")
    );
    assert_eq!(owner(&project, &[("bucket", "other"), ("key", "two")], None), backend("prod"));
    for doubtful in [&[("bucket", "b"), ("key", "three")][..], &[("key", "one")], &[]] {
        assert_eq!(owner(&project, doubtful, None), None);
    }
}

#[test]
fn what_two_environments_say_alike_tells_them_apart_only_by_the_workspace() {
    let same: &[(&str, &str)] = &[("bucket", "acme-prod"), ("key", "app")];
    let project = project(&[("staging", "s/backend.hcl", same), ("prod", "p/backend.hcl", same)]);
    assert_eq!(owner(&project, same, Some("staging")), Some((Evidence::Workspace, "staging".to_owned())));
    assert_eq!(owner(&project, same, Some("stg")), Some((Evidence::Workspace, "staging".to_owned())));
    assert_eq!(owner(&project, same, Some("default")), backend("prod"));
    assert_eq!(owner(&project, &[("key", "app")], Some("default")), None);
}

#[test]
fn the_names_in_the_settings_count_as_whole_words_where_they_mean_one_environment() {
    let names = ["dev", "staging", "production", "prod-eu", "pre-prod", "test"];
    let all: Vec<Own<'_>> = names.iter().map(|name| (*name, ".env", &[] as &[(&str, &str)])).collect();
    let project = project(&all);
    for (key, expected) in [
        ("app/dev/terraform.tfstate", "dev"),
        ("app/DEVELOP.tfstate", "dev"),
        ("app/prod/terraform.tfstate", "production"),
        ("app/prod-eu/terraform.tfstate", "prod-eu"),
        ("app/production/eu/terraform.tfstate", "prod-eu"),
        ("app-pre-prod", "pre-prod"),
        ("preprod/app", "pre-prod"),
        ("test/app", "test"),
        ("nonprod non-prod/dev", "dev"),
        ("", ""),
        ("app/terraform.tfstate", ""),
        ("production-planning/dev", ""),
        ("reproduction/developers", ""),
        ("non-prod/app", ""),
        ("uat/dev", ""),
        ("app/uat", ""),
    ] {
        let found = owner(&project, &[("key", key)], None);
        assert_eq!(found, backend(expected).filter(|_| !expected.is_empty()), "{key}");
    }
}

#[test]
fn the_bucket_counts_where_the_key_names_nobody() {
    let project = project(&[("dev", ".env", &[]), ("prod", ".env", &[])]);
    assert_eq!(owner(&project, &[("bucket", "acme-prod-state"), ("key", "app")], None), backend("prod"));
    assert_eq!(owner(&project, &[("bucket", "acme-prod-state"), ("key", "dev/app")], None), backend("dev"));
    assert_eq!(owner(&project, &[("bucket", "acme-prod-state"), ("key", "uat/app")], None), None);
}

#[test]
fn a_folder_may_be_configured_for_anybody_where_it_holds_files_of_more_than_one() {
    let project = project(&[
        ("dev", "infra/app/envs/dev/backend.hcl", &[]),
        ("prod", "infra/app/envs/prod/terraform.tfvars", &[]),
        ("test", "web/.env.test", &[]),
        ("qa", "web/.env.qa", &[]),
    ]);
    assert_eq!(folders(&project), ["", "infra", "infra/app", "infra/app/envs"]);
}

#[test]
fn the_backend_file_is_named_as_seen_from_the_folder_unless_a_shell_would_read_it_otherwise() {
    for (path, folder, expected) in [
        ("envs/prod/backend.hcl", "", Some("envs/prod/backend.hcl")),
        ("infra/envs/prod/backend.hcl", "infra", Some("envs/prod/backend.hcl")),
        ("envs/prod/backend.hcl", "infra/app", Some("../../envs/prod/backend.hcl")),
        ("infrastructure/backend.hcl", "infra", Some("../infrastructure/backend.hcl")),
        ("envs/prod/$(id)-backend.hcl", "", None),
        ("envs/prod/terraform.tfvars", "", None),
    ] {
        let project = project(&[("prod", path, &[])]);
        let found = backend_file(&project, &project.environments[0], folder);
        assert_eq!(found.as_deref(), expected, "{path}");
    }
}

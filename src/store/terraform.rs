//! What Terraform is configured for in a folder, as `terraform init` and `terraform workspace select` left it there.

use std::path::Path;

use super::Root;
use super::file::read_small;
use crate::format::terraform_state;
use crate::model::layout::join;
use crate::model::terraform::Configuration;

/// The folder of Terraform's own files, unless `TF_DATA_DIR` names another.
const DATA: &str = ".terraform";

/// The file in it with the configuration of the backend.
pub const STATE: &str = "terraform.tfstate";

/// The file in it with the name of the workspace.
pub const WORKSPACE: &str = "environment";

/// The longest name of a workspace that is looked at, in bytes. Source: HCP Terraform, "Naming workspaces".
const LONGEST: usize = 90;

/// What Terraform is configured for in `folder`, and the path of its own files from the root; nothing outside of the project.
/// What cannot be read says nothing.
pub fn configuration(root: &Root, folder: &Path) -> Option<(String, Configuration)> {
    let folder = folder.canonicalize().ok()?;
    let place = folder.strip_prefix(&root.dir).ok()?.to_str()?;
    let data = folder.join(DATA);
    if !data.symlink_metadata().ok()?.is_dir() {
        return None;
    }
    let read = |file: &str| read_small(&data.join(file)).ok().flatten().unwrap_or_default();
    let workspace = String::from_utf8(read(WORKSPACE)).ok().map(|name| name.trim().to_owned());
    let settings = terraform_state::read(&read(STATE));
    let workspace = workspace.filter(|name| (1..=LONGEST).contains(&name.len()));
    Some((join(place, DATA), Configuration { settings, workspace }))
}

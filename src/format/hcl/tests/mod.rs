//! HCL as tables of cases, what holds for any text, and texts made to break a parser.

mod bombs;
mod cases;
mod properties;

use super::FORMAT;

#[test]
fn files_of_terraform_are_known_by_their_endings() {
    for name in ["terraform.tfvars", "prod.auto.tfvars", "backend.hcl", "s3.tfbackend"] {
        assert!((FORMAT.matches)(name), "{name}");
    }
    for name in ["variables.tf", "terraform.tfvars.json", ".terraform.lock.hcl", ".tflint.hcl", "hcl"] {
        assert!(!(FORMAT.matches)(name), "{name}");
    }
}

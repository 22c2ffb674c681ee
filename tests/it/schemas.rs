//! The published schemas, held against what the program really writes.

use std::fs;
use std::path::Path;

use crate::project::Project;

fn assert_valid(schema: &str, document: &serde_json::Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(schema);
    let schema: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_context_keeps_to_its_schema_in_every_environment() {
    for environment in ["development", "staging", "production"] {
        let run = Project::shipped().run(&format!("context --stdout --env {environment}")).code(0);
        assert_valid("context.schema.json", &run.json());
    }
}

#[test]
fn a_bare_project_has_a_context_that_keeps_to_the_schema() {
    let run = Project::new().file("envs/dev/.env", "A=\nB=x\n").run("context --stdout").code(0);
    assert_valid("context.schema.json", &run.json());
}

//! `variables.tf`: which values a Terraform module wants. No source of settings, but a schema of them.

use super::hcl;
use super::tree::{Member, Node, NodeValue};
use super::{Format, Reading};
use crate::model::source::{Entry, Problem, SourceKind, ValueType};
use crate::model::wanted::{Form, Wanted};

/// The registration.
pub const FORMAT: Format =
    Format { id: "variables.tf", kind: SourceKind::Settings, matches: |name| name == "variables.tf", read };

/// One entry without a value for each variable.
fn read(text: &str) -> Reading {
    let Declarations { variables, problems } = variables(text);
    let entry = |one: &Variable| Entry::setting(&one.name, "", ValueType::Null, one.offset, one.offset);
    Reading { entries: variables.iter().map(entry).collect(), problems, ..Reading::default() }
}

/// What a file declares.
pub struct Declarations {
    /// The variables, in the order of the file.
    pub variables: Vec<Variable>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// The variables as wanted keys: those without a default are required.
pub fn wanted(text: &str) -> Vec<Wanted> {
    let wanted = |one: Variable| Wanted {
        required: Some(!one.has_default),
        secret: one.is_sensitive.then_some(true),
        form: one.type_text.as_deref().and_then(form),
        help: one.description,
        ..Wanted::new(one.name, one.offset)
    };
    variables(text).variables.into_iter().map(wanted).collect()
}

/// What a type expression takes: `list(object({ … }))` a list; nothing for `any` and what is not known.
fn form(type_text: &str) -> Option<Form> {
    let word = type_text.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    match word {
        "string" => Some(Form::Text),
        "number" => Some(Form::Number),
        "bool" => Some(Form::Truth),
        "list" | "set" | "tuple" => Some(Form::List),
        "map" | "object" => Some(Form::Map),
        _ => None,
    }
}

/// `variable "name" { … }`.
#[derive(Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Byte offset of the name, its quote included.
    pub offset: usize,
    /// Has it a default, so that nobody must set it?
    pub has_default: bool,
    /// What it is for.
    pub description: Option<String>,
    /// May its value not be shown?
    pub is_sensitive: bool,
    /// Its type, as written.
    pub type_text: Option<String>,
}

/// Reads the variables that a `.tf` file declares; whatever else it holds is passed over.
pub fn variables(text: &str) -> Declarations {
    let (members, problems) = hcl::parse(text);
    let blocks = members.iter().filter(|member| &*member.key == "variable");
    let variables = blocks.flat_map(|block| block.node.members()).flat_map(declared).collect();
    Declarations { variables, problems }
}

/// The variables of one name: several, where it is declared several times.
fn declared(label: &Member) -> Vec<Variable> {
    match &label.node.value {
        NodeValue::List(bodies) => bodies.iter().map(|body| variable(label, body)).collect(),
        _ => vec![variable(label, &label.node)],
    }
}

fn variable(label: &Member, body: &Node) -> Variable {
    let text = |key| body.get(key).and_then(Node::text).map(str::to_owned);
    Variable {
        name: label.key.to_string(),
        offset: label.key_offset,
        has_default: body.get("default").is_some(),
        description: text("description"),
        is_sensitive: text("sensitive").as_deref() == Some("true"),
        type_text: text("type"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
terraform {
  backend "s3" {}
}

variable "region" {
  type        = string
  description = "Where it runs"
}

variable "größe" { default = null }

variable "subnets" {
  type = list(object({
    cidr = string
    zone = optional(string, "a")
  }))
  default     = [for zone in local.zones : { cidr = "10.0.0.0/24" }]
  description = <<-EOT
    One for each zone.
  EOT
  validation {
    condition     = length(var.subnets) > 0
    error_message = "At least one."
  }
}

variable "password" {
  type      = "string"
  sensitive = true
}

output "region" { value = var.region }
"#;

    fn plain(name: &str, offset: usize) -> Variable {
        let name = name.to_owned();
        Variable { name, offset, has_default: false, description: None, is_sensitive: false, type_text: None }
    }

    fn at(text: &str) -> usize {
        TEXT.find(text).unwrap()
    }

    #[test]
    fn variables_are_declared_with_what_is_known_of_them() {
        let Declarations { variables, problems } = variables(TEXT);
        assert!(problems.is_empty());
        let objects = "list(object({\n    cidr = string\n    zone = optional(string, \"a\")\n  }))";
        let expected = [
            Variable {
                type_text: Some("string".to_owned()),
                description: Some("Where it runs".to_owned()),
                ..plain("region", at("\"region\" {\n  type"))
            },
            Variable { has_default: true, ..plain("größe", at("\"größe\"")) },
            Variable {
                type_text: Some(objects.to_owned()),
                has_default: true,
                description: Some("One for each zone.\n".to_owned()),
                ..plain("subnets", at("\"subnets\""))
            },
            Variable {
                type_text: Some("string".to_owned()),
                is_sensitive: true,
                ..plain("password", at("\"password\""))
            },
        ];
        assert_eq!(variables, expected);
    }

    #[test]
    fn a_mistake_hides_no_other_variable() {
        let text = "variable \"a\" {\n  type = \n}\nvariable \"a\" {}\nvariable {}\nvariable = 1\nvariable \"b\" {\n";
        let Declarations { variables, problems } = variables(text);
        let names: Vec<_> = variables.iter().map(|variable| (&*variable.name, variable.offset)).collect();
        assert_eq!(names, [("a", 9), ("a", 9), ("b", 77)]);
        let offsets: Vec<_> = problems.iter().map(|problem| problem.offset.unwrap()).collect();
        assert_eq!(offsets, [24, text.len() - 2]);
    }
}

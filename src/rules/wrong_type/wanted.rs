//! Values that are not what a Terraform module declares, or an example file says.

use std::collections::BTreeMap;

use crate::model::finding::Severity;
use crate::model::kind::Kind;
use crate::model::project::variable_of;
use crate::model::source::{Entry, ValueType};
use crate::model::wanted::Form;
use crate::rules::asked::asked;
use crate::rules::{Case, Draft};

/// What `terraform plan` refuses.
pub(super) fn of_modules(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for module in &case.project.modules {
        let forms =
            module.variables(case.project).filter_map(|(file, key)| Some((&*key.name, (file, key.form?))));
        let forms: BTreeMap<&str, _> = forms.collect();
        for environment in case.environments() {
            for source in module.sources(case.project, environment) {
                let mut last = "";
                for entry in &source.entries {
                    let name = variable_of(entry);
                    let Some((file, form)) = forms.get(name).filter(|(_, form)| !fits(entry, *form)) else {
                        continue;
                    };
                    if std::mem::replace(&mut last, name) == name {
                        continue;
                    }
                    let message = format!("{name} is not {}, as {} declares it", described(*form), file.path);
                    let draft =
                        Draft::new(environment, message).key(&entry.key).at(source.value_origin(entry));
                    drafts.push(draft.help("correct the value, or the variable's type"));
                }
            }
        }
    }
    drafts
}

fn described(form: Form) -> &'static str {
    match form {
        Form::Text => "one text",
        Form::Number => "a number",
        Form::Truth => "true or false",
        Form::List => "a list",
        Form::Map => "a map",
    }
}

/// Does Terraform take the value, as it is or converted? It makes texts of numbers and of `true`, and both of texts.
fn fits(entry: &Entry, form: Form) -> bool {
    let is_part = entry.key.len() > variable_of(entry).len();
    let is_open = entry.value_type == ValueType::Null || entry.is_encrypted();
    let reads = |is_it: fn(&str) -> bool| entry.value.judge(|text| text.contains("${") || is_it(text));
    match (form, entry.value_type) {
        _ if is_open => true,
        (Form::List, _) if is_part => true, // a list of maps that have names
        (Form::Map, _) if is_part => true,
        _ if is_part => false,
        (Form::List, written) => written == ValueType::List,
        (Form::Map, written) => written == ValueType::Map,
        (_, ValueType::List | ValueType::Map) => false,
        (Form::Text, _) => true,
        (Form::Number, written) => written != ValueType::Boolean && reads(|text| Kind::Float.accepts(text)),
        (Form::Truth, ValueType::Number) => false,
        (Form::Truth, _) => reads(|text| ["true", "false", "1", "0"].contains(&text)),
    }
}

/// What the comments of an example file say is a doubt at most: they were written for people.
pub(super) fn of_examples(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for asked in asked(case) {
        for key in asked.keys(case) {
            let Some(kind) = key.kind.filter(|kind| !matches!(kind, Kind::Enum | Kind::Dir)) else {
                continue;
            };
            let found = asked.found(case, &key.name).filter(|binding| {
                binding
                    .value()
                    .is_some_and(|value| !value.is_empty() && !value.judge(|text| kind.accepts(text)))
            });
            drafts.extend(found.map(|binding| {
                let (name, file) = (&key.name, &asked.file.path);
                let draft = Draft::on(&binding, format!("{name} is not {}, as {file} says", kind.describe()));
                draft.help(format!("for example {}", kind.example())).at_most(Severity::Warning)
            }));
        }
    }
    drafts
}

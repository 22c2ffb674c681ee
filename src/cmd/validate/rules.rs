//! `validate --rules`: what every rule looks for.

use anyhow::Result;
use serde::Serialize;

use crate::cmd::explain::JsonRule;
use crate::ctx::Ctx;
use crate::out::json::{self, SCHEMA_VERSION};
use crate::out::table::{Cell, Table};
use crate::rules;

/// What `validate --rules` prints.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct JsonRules {
    schema_version: u32,
    /// Every rule.
    rules: Vec<JsonRule>,
}

/// Every rule, one line each.
pub(super) fn list(ctx: &Ctx) -> Result<String> {
    if ctx.is_json() {
        let rules = rules::RULES.iter().map(JsonRule::from).collect();
        return Ok(json::render(&JsonRules { schema_version: SCHEMA_VERSION, rules })?);
    }
    let paint = ctx.paint();
    let mut table = Table::default();
    for rule in rules::RULES {
        table.row(vec![Cell::painted(rule.id, paint.bold(rule.id)), rule.group.into(), rule.summary.into()]);
    }
    Ok(table.render("") + "`envctl explain RULE` tells what, why and how to mend it\n")
}

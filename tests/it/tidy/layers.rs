//! A module uses only lower layers, or itself.

use super::none;
use super::tree::{Module, program, text, units};

/// The layers; the one place where they are written down for a machine.
const LAYERS: &[(u8, &[&str])] = &[
    (5, &["cmd"]),
    (4, &["ctx"]),
    (3, &["active"]),
    (2, &["store", "git", "ask"]),
    (1, &["format", "rules", "out"]),
    (0, &["model"]),
];

/// The layer of a top-level module.
fn layer(unit: &str) -> Option<u8> {
    LAYERS.iter().find(|(_, units)| units.contains(&unit)).map(|(layer, _)| *layer)
}

/// What a module uses although it may not. Tests in `src` keep to the layers too.
fn breaches(module: &Module) -> Vec<String> {
    let Some(own) = layer(module.unit()) else { return Vec::new() };
    let paths =
        module.code.paths.iter().filter(|path| path.segments.len() > 1 && path.segments[0] == "crate");
    let foreign = paths.filter(|path| path.segments[1] != module.unit());
    let is_allowed = |used: &str| layer(used).is_some_and(|layer| layer < own);
    let breach = foreign.filter(|path| !is_allowed(&path.segments[1]));
    breach
        .map(|path| format!("{}:{}: {} uses {}", module.file, path.line, module.unit(), path.text()))
        .collect()
}

#[test]
fn a_module_uses_only_lower_layers_or_itself() {
    let broken: Vec<_> = program().iter().flat_map(breaches).collect();
    none(
        &broken,
        "Move the shared part down a layer (plain data belongs to model), or pass it in as an argument.",
    );
}

#[test]
fn every_top_level_module_has_a_layer() {
    let homeless = units().into_keys().filter(|unit| layer(unit).is_none());
    let broken: Vec<_> = homeless.map(|unit| format!("src: `{unit}` is in no layer")).collect();
    none(&broken, "Put it into an existing module, or give it a row in LAYERS here and in ARCHITECTURE.md.");
}

#[test]
fn the_code_map_shows_the_layers_as_they_are() {
    let map = text("ARCHITECTURE.md");
    let rows = map.lines().filter_map(|line| {
        let mut cells = line.trim_start_matches('|').split('|').map(str::trim);
        let layer = cells.next()?.parse::<u8>().ok()?;
        Some((layer, cells.next()?.trim_matches('`').to_owned()))
    });
    let mut shown: Vec<_> = rows.collect();
    let mut real: Vec<_> = units().into_keys().filter_map(|unit| Some((layer(&unit)?, unit))).collect();
    shown.sort();
    real.sort();
    assert_eq!(
        shown, real,
        "left: the code map in ARCHITECTURE.md, right: the modules in src.\n\
         Each module has one row `| LAYER | `module` | what it is for |` there, and no other has."
    );
}

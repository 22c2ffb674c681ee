//! Environments that stand on others: whose layers lie below whose.

use crate::model::project::{Environment, Layer};
use crate::model::source::{Problem, Source};

/// Puts the layers of the environment that another inherits from below its own.
///
/// `below` says of each stack which rank lies below an environment's own files: everybody's own `.env.local` may lie above
/// them, and then above what is inherited too.
pub fn inherit(environments: &mut [Environment], sources: &mut [Source], below: &[usize]) {
    let own: Vec<Vec<Layer>> = environments.iter().map(|environment| environment.layers.clone()).collect();
    let parents: Vec<Result<Option<usize>, ()>> = environments
        .iter()
        .map(|environment| match &environment.about.inherits {
            None => Ok(None),
            Some((name, _)) => {
                let parent = environments.iter().position(|other| other.answers_to(name));
                parent.map(Some).ok_or(())
            }
        })
        .collect();
    for index in 0..environments.len() {
        let lineage = lineage(index, &parents);
        let Some(environment) = environments.get_mut(index) else { continue };
        match lineage {
            Ok(chain) => {
                let line = chain.iter().rev().chain([&index]).filter_map(|one| own.get(*one));
                let line = line.flatten().map(|layer| match layer.is_own && !own_layer(&own, index, layer) {
                    true => Layer { is_own: false, rank: rank(below, layer), ..*layer },
                    false => *layer,
                });
                environment.layers = each_once(line);
                environment.layers.sort_by_key(|layer| (layer.stack, layer.rank));
            }
            Err(why) => complain(environment, sources, why),
        }
    }
}

fn rank(below: &[usize], layer: &Layer) -> usize {
    below.get(layer.stack).copied().unwrap_or_default()
}

fn own_layer(own: &[Vec<Layer>], index: usize, layer: &Layer) -> bool {
    own.get(index).is_some_and(|own| own.contains(layer))
}

/// Layers without repetition: a base that an heir shares with its environment stays below both.
fn each_once(layers: impl Iterator<Item = Layer>) -> Vec<Layer> {
    let mut once = Vec::new();
    for layer in layers {
        if !once.contains(&layer) {
            once.push(layer);
        }
    }
    once
}

/// The ancestors of an environment, nearest first.
fn lineage(start: usize, parents: &[Result<Option<usize>, ()>]) -> Result<Vec<usize>, &'static str> {
    let (mut chain, mut at) = (Vec::new(), start);
    while let Some(parent) =
        parents.get(at).copied().unwrap_or(Ok(None)).map_err(|()| "no environment has this name")?
    {
        if parent == start || chain.contains(&parent) {
            return Err("environments inherit from each other in a circle");
        }
        chain.push(parent);
        at = parent;
    }
    Ok(chain)
}

fn complain(environment: &Environment, sources: &mut [Source], why: &str) {
    let Some((_, at)) = &environment.about.inherits else { return };
    if let Some(source) = sources.get_mut(at.source) {
        let help = "name another environment of this project in `inherits`".to_owned();
        source.problems.push(Problem { message: why.to_owned(), help, offset: Some(at.offset) });
    }
}

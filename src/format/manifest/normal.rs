//! From the manifest as written to its normal form: names resolved, patterns compiled, contradictions refused.

mod levels;
mod varies;
mod words;

use std::collections::{HashMap, HashSet};

use toml::value::Datetime;

use super::environments::{declared, listed, refuse_case_twins};
use super::raw::{RawAcceptance, RawFlag, RawKey, RawManifest, RawScope, Spanned};
use super::{Ignore, Manifest};
use crate::format::toml_text::Complaint;
use crate::model::kind::Kind;
use crate::model::loader::Loader;
use crate::model::name::EnvName;
use crate::model::nearest::nearest;
use crate::model::position::{LineIndex, Position};
use crate::model::schema::{
    Acceptance, Constraints, FlagSpec, KeySpec, Override, Pattern, Schema, Scope, Varies,
};

/// The rule that says that something could not be read; it cannot be switched off or accepted.
const UNREADABLE: &str = "parse-error";

pub(super) type Checked<T> = Result<T, Complaint>;

/// The rule that tells of acceptances, which are mended rather than accepted.
const OF_ACCEPTANCES: &str = "unused-acceptance";

/// What normalising needs to know, and what it collects on the way.
struct Normaliser<'t> {
    text: &'t str,
    lines: LineIndex,
    rules: &'t [&'t str],
    /// The project's name, where the manifest says it.
    project: Option<String>,
    /// The words that each key may be, in some environment, where they are declared.
    values: HashMap<String, HashSet<String>>,
    mentions: Vec<(String, usize)>,
    varies: Vec<Varies>,
}

pub fn normalise(raw: RawManifest, text: &str, rules: &[&str]) -> Checked<Manifest> {
    let lines = LineIndex::new(text);
    let project = raw.project;
    let name = project.name.clone();
    let mut normal = Normaliser {
        text,
        lines,
        rules,
        project: name,
        values: raw
            .keys
            .iter()
            .filter_map(|(name, key)| Some((name.get_ref().clone(), words::choices(key)?)))
            .collect(),
        mentions: Vec::new(),
        varies: Vec::new(),
    };
    let default = project.default.map(|name| normal.default_environment(name)).transpose()?;
    let mut keys =
        raw.keys.into_iter().map(|(name, key)| normal.key(name, key)).collect::<Checked<Vec<_>>>()?;
    keys.sort_by(|a, b| a.name.cmp(&b.name));
    raw.varies.into_iter().try_for_each(|one| normal.varies(one))?;
    let schema = Schema {
        default,
        selector: project.selector,
        inherit: project.inherit,
        exclusive: project.exclusive,
        loaders: project.loader.iter().map(loader).collect::<Checked<_>>()?,
        keys,
        groups: raw.group.into_iter().map(|group| normal.group(group)).collect::<Checked<_>>()?,
        flags: raw.flags.into_iter().map(|(name, flag)| normal.flag(name, flag)).collect::<Checked<_>>()?,
        levels: normal.levels(raw.rules)?,
        acceptances: raw.accept.into_iter().map(|one| normal.acceptance(one)).collect::<Checked<_>>()?,
        varies: std::mem::take(&mut normal.varies),
    };
    let environments = raw.environments.into_iter().map(declared).collect::<Checked<Vec<_>>>()?;
    refuse_case_twins(&environments)?;
    Ok(Manifest {
        name: project.name,
        context: project.context.map(relative_path).transpose()?,
        baseline: project.baseline.map(relative_path).transpose()?,
        ignore: Ignore::new(project.ignore.into_iter().map(relative_path).collect::<Checked<Vec<_>>>()?),
        listed: project.environments.map(listed).transpose()?,
        stacks: raw.stack.into_iter().map(|stack| stack_files(stack.files)).collect::<Checked<_>>()?,
        environments,
        schema,
        mentions: normal.mentions,
    })
}

impl Normaliser<'_> {
    fn at(&self, offset: usize) -> Position {
        self.lines.position(self.text, offset)
    }

    fn mention(&mut self, word: Spanned<String>) -> String {
        self.mentions.push((word.get_ref().clone(), word.span().start));
        word.into_inner()
    }

    fn mention_all(&mut self, words: Vec<Spanned<String>>) -> Vec<String> {
        words.into_iter().map(|word| self.mention(word)).collect()
    }

    fn default_environment(&mut self, name: Spanned<String>) -> Checked<String> {
        let offset = name.span().start;
        EnvName::new(name.get_ref())
            .map_err(|fault| Complaint::new(offset, fault.to_string(), fault.advice().unwrap_or_default()))?;
        Ok(self.mention(name))
    }

    fn key(&mut self, name: Spanned<String>, mut raw: RawKey) -> Checked<KeySpec> {
        let offset = name.span().start;
        self.put_project(offset, &mut raw)?;
        let within = std::mem::take(&mut raw.within);
        let overrides = within.into_iter().map(|(env, mut change)| {
            self.put_project(env.span().start, &mut change)?;
            let change = overriding(env.span().start, change)?;
            Ok((self.mention(env), change))
        });
        let overrides = overrides.collect::<Checked<Vec<_>>>()?;
        let (distinct, same) = self.across(offset, raw.distinct.take(), raw.same.take())?;
        let constraints = constraints(offset, &raw)?;
        let required = raw.required.take().map_or(Scope::Nowhere, |scope| self.scope(scope));
        let mut key = KeySpec {
            required,
            help: raw.help.take(),
            secret: raw.secret,
            distinct,
            same,
            provided_by: raw.provided_by.take(),
            constraints,
            overrides,
            ..KeySpec::new(name.into_inner(), self.at(offset))
        };
        self.varying(offset, raw.varies.take(), &key)?;
        self.words(offset, raw, &mut key)?;
        Ok(key)
    }

    fn scope(&mut self, raw: RawScope) -> Scope {
        match raw {
            RawScope::Is(false) => Scope::Nowhere,
            RawScope::Is(true) => Scope::Everywhere,
            RawScope::In(names) => Scope::In(self.mention_all(names)),
        }
    }

    /// `distinct` and `same`, which no environment can meet at once.
    fn across(
        &mut self,
        offset: usize,
        distinct: Option<RawScope>,
        same: Option<RawScope>,
    ) -> Checked<(Scope, Scope)> {
        let is_nowhere = |raw: &RawScope| matches!(raw, RawScope::In(names) if names.is_empty());
        if [&distinct, &same].into_iter().flatten().any(is_nowhere) {
            let help = "name them, write true for all, or remove it";
            return Err(Complaint::new(offset, "`distinct` or `same` names no environment", help));
        }
        let mut scope = |raw: Option<RawScope>| raw.map_or(Scope::Nowhere, |raw| self.scope(raw));
        let (distinct, same) = (scope(distinct), scope(same));
        match distinct.shares(&same) {
            false => Ok((distinct, same)),
            true => {
                let help =
                    "distinct: never equal to another environment's; same: equal in all, or in those listed";
                Err(Complaint::new(offset, "a key cannot be both `distinct` and `same`", help))
            }
        }
    }

    fn flag(&mut self, name: Spanned<String>, raw: RawFlag) -> Checked<FlagSpec> {
        let allowed = raw.allowed_in.map_or(Scope::Everywhere, |names| Scope::In(self.mention_all(names)));
        let expires = raw.expires.map(date).transpose()?;
        let at = self.at(name.span().start);
        Ok(FlagSpec { at, allowed, expires, owner: raw.owner, name: name.into_inner() })
    }

    fn acceptance(&mut self, raw: Spanned<RawAcceptance>) -> Checked<Acceptance> {
        let at = self.at(raw.span().start);
        let raw = raw.into_inner();
        if raw.reason.get_ref().trim().is_empty() {
            let help = "say why the finding is harmless, for whoever reads this next year";
            return Err(Complaint::new(raw.reason.span().start, "an acceptance needs a reason", help));
        }
        if raw.rule.get_ref() == UNREADABLE {
            return Err(unreadable(raw.rule.span().start));
        }
        if raw.rule.get_ref() == OF_ACCEPTANCES {
            let help = "mend or remove the acceptance that it tells of";
            return Err(Complaint::new(
                raw.rule.span().start,
                "nobody can accept this rule's findings",
                help,
            ));
        }
        let until = raw.until.map(date).transpose()?;
        let environments = self.mention_all(raw.environments);
        Ok(Acceptance { at, rule: self.rule(raw.rule)?, key: raw.key, environments, until })
    }
}

fn unreadable(offset: usize) -> Complaint {
    let help = "mend the file, or take it out with [project] ignore";
    Complaint::new(offset, "what cannot be read cannot be called safe", help)
}

/// The words of a key that no override may say, and which of them stand here.
pub fn general(raw: &RawKey) -> [(&'static str, bool); 13] {
    [
        ("distinct", raw.distinct.is_some()),
        ("same", raw.same.is_some()),
        ("secret", raw.secret.is_some()),
        ("help", raw.help.is_some()),
        ("docs", raw.docs.is_some()),
        ("example", raw.example.is_some()),
        ("required-if", !raw.required_if.is_empty()),
        ("only-in", raw.only_in.is_some()),
        ("deprecated", raw.deprecated.is_some()),
        ("monotonic", raw.monotonic.is_some()),
        ("varies", raw.varies.is_some()),
        ("provided-by", raw.provided_by.is_some()),
        ("in", !raw.within.is_empty()),
    ]
}

/// What an override may say, from a table that could hold more.
fn overriding(offset: usize, raw: RawKey) -> Checked<Override> {
    if let Some((name, _)) = general(&raw).iter().find(|(_, set)| *set) {
        let message = format!("`{name}` concerns the key in all environments");
        return Err(Complaint::new(offset, message, "move it to the table of the key"));
    }
    let required = match &raw.required {
        None => None,
        Some(RawScope::Is(required)) => Some(*required),
        Some(RawScope::In(_)) => {
            return Err(Complaint::new(
                offset,
                "`required` is true or false here",
                "this table is one environment's",
            ));
        }
    };
    Ok(Override { required, rotation: words::rotation(&raw)?, constraints: constraints(offset, &raw)? })
}

fn constraints(offset: usize, raw: &RawKey) -> Checked<Constraints> {
    let kind = raw.r#type.as_ref().map(kind).transpose()?;
    let pattern = raw.pattern.as_ref().map(pattern).transpose()?;
    if kind == Some(Kind::Enum) && raw.values.is_none() {
        return Err(Complaint::new(offset, "an enum needs its `values`", "add values = [\"…\", \"…\"]"));
    }
    if raw.values.as_ref().is_some_and(Vec::is_empty) {
        return Err(Complaint::new(
            offset,
            "`values` is empty, so that no value fits",
            "name one, or remove it",
        ));
    }
    if raw.separator.as_deref() == Some("") {
        return Err(Complaint::new(
            offset,
            "a `separator` cannot be empty",
            "name what stands between the items",
        ));
    }
    if raw.min.zip(raw.max).is_some_and(|(min, max)| min > max) {
        return Err(Complaint::new(offset, "`min` is greater than `max`", "swap them"));
    }
    if raw.min_len.zip(raw.max_len).is_some_and(|(min, max)| min > max) {
        return Err(Complaint::new(offset, "`min-len` is greater than `max-len`", "swap them"));
    }
    Ok(Constraints {
        kind,
        values: raw.values.clone(),
        schemes: raw.schemes.clone(),
        separator: raw.separator.clone(),
        min: raw.min,
        max: raw.max,
        min_len: raw.min_len,
        max_len: raw.max_len,
        pattern,
        prefix: raw.prefix.clone(),
        suffix: raw.suffix.clone(),
    })
}

fn kind(name: &Spanned<String>) -> Checked<Kind> {
    Kind::from_name(name.get_ref()).ok_or_else(|| {
        let known: Vec<&str> = Kind::names().collect();
        let help = match nearest(name.get_ref(), known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("types: {}", known.join(", ")),
        };
        Complaint::new(name.span().start, format!("there is no type `{}`", name.get_ref()), help)
    })
}

fn loader(name: &Spanned<String>) -> Checked<&'static Loader> {
    Loader::find(name.get_ref()).ok_or_else(|| {
        let known = Loader::names().collect::<Vec<_>>().join(", ");
        let help = match nearest(name.get_ref(), Loader::all_names()) {
            Some(near) => format!("did you mean `{near}`? Loaders: {known}"),
            None => format!("loaders: {known}"),
        };
        Complaint::new(name.span().start, format!("there is no loader `{}`", name.get_ref()), help)
    })
}

fn pattern(text: &Spanned<String>) -> Checked<Pattern> {
    Pattern::new(text.get_ref()).ok_or_else(|| {
        let help = "check brackets and escapes; look-around and back-references do not exist";
        Complaint::new(text.span().start, "this is not a regular expression that envctl can use", help)
    })
}

fn date(raw: Spanned<Datetime>) -> Checked<jiff::civil::Date> {
    let offset = raw.span().start;
    let day = raw.get_ref().date.and_then(|date| {
        let (year, month, day) = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
        jiff::civil::Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
    });
    day.ok_or_else(|| Complaint::new(offset, "this is not a date", "write YYYY-MM-DD without quotes"))
}

pub(super) fn relative_path(path: Spanned<String>) -> Checked<String> {
    let offset = path.span().start;
    let text = path.into_inner();
    let stays = !text.is_empty()
        && !text.starts_with('/')
        && !text.contains(['\\', '\0'])
        && text.split('/').all(|part| part != "..");
    if stays {
        return Ok(text.strip_prefix("./").unwrap_or(&text).to_owned());
    }
    let help = "write it from the folder of envctl.toml, with `/` and without `..`";
    Err(Complaint::new(offset, "a path must be relative and stay in the project", help))
}

fn stack_files(files: Vec<Spanned<String>>) -> Checked<Vec<String>> {
    let offset = files.first().map_or(0, |file| file.span().start);
    let files = files.into_iter().map(relative_path).collect::<Checked<Vec<_>>>()?;
    if files.iter().any(|file| file.contains(Pattern::ENV)) {
        return Ok(files);
    }
    let help = "for example files = [\".env\", \"envs/{env}/.env\"]";
    Err(Complaint::new(offset, "a stack needs a file with `{env}` in its path", help))
}

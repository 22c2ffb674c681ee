//! `varies`: at a key, and as a table for many.

use super::{Checked, Normaliser};
use crate::format::manifest::raw::{RawVaries, Spanned};
use crate::format::toml_text::Complaint;
use crate::model::schema::{KeySpec, Scope, Varies, VaryingKeys};

impl Normaliser<'_> {
    /// `[[varies]]`.
    pub(super) fn varies(&mut self, raw: Spanned<RawVaries>) -> Checked<()> {
        let offset = raw.span().start;
        let raw = raw.into_inner();
        if raw.keys.is_empty() {
            let help = "name keys, or globs of them: keys = [\"DB_*\"]";
            return Err(Complaint::new(offset, "`varies` names no key", help));
        }
        if raw.within.as_ref().is_some_and(Vec::is_empty) {
            let help = "name those that may have something of their own, or leave `in` out";
            return Err(Complaint::new(offset, "`in` names no environment", help));
        }
        let keys = VaryingKeys::Globs(raw.keys.into_iter().map(Spanned::into_inner).collect());
        let within = raw.within.map_or(Scope::Everywhere, |names| Scope::In(self.mention_all(names)));
        let varies = Varies { at: self.at(offset), keys, within, reason: reason(raw.reason)? };
        self.varies.push(varies);
        Ok(())
    }

    /// `varies` of a key, whose table begins at `offset`.
    pub(super) fn varying(
        &mut self,
        offset: usize,
        raw: Option<Spanned<String>>,
        key: &KeySpec,
    ) -> Checked<()> {
        let Some(raw) = raw else { return Ok(()) };
        if key.same == Scope::Everywhere {
            let help = "keep one; `same` takes a list of the environments that must agree";
            return Err(Complaint::new(offset, "a key cannot be the `same` everywhere and vary", help));
        }
        let at = self.at(raw.span().start);
        let keys = VaryingKeys::One(key.name.clone());
        self.varies.push(Varies { at, keys, within: Scope::Everywhere, reason: reason(raw)? });
        Ok(())
    }
}

fn reason(text: Spanned<String>) -> Checked<String> {
    let offset = text.span().start;
    match text.get_ref().trim() {
        "" => {
            let help = "say why the values differ, for whoever reads this next year";
            Err(Complaint::new(offset, "`varies` needs a reason", help))
        }
        reason => Ok(reason.to_owned()),
    }
}

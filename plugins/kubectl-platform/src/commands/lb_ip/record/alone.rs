//! An alias stands alone: beside other records of its name, a zone that has one is refused.

use std::collections::BTreeSet;

use super::{ALIAS, Record};

/// Leaves of each name its addresses or one alias, and says what has no record then.
pub(super) fn keep(all: &mut Vec<Record>) -> Vec<String> {
    let addressed: BTreeSet<String> = all
        .iter()
        .filter(|record| record.r#type != ALIAS)
        .map(|record| record.name.clone())
        .collect();
    let mut notes = Vec::new();
    all.retain_mut(|record| {
        if record.r#type != ALIAS {
            return true;
        }
        let kept = usize::from(!addressed.contains(&record.name));
        for other in record.values.split_off(kept) {
            let name = &record.name;
            notes.push(format!(
                "an alias stands alone, so no record of {name} leads to {other}"
            ));
        }
        kept == 1
    });
    notes
}

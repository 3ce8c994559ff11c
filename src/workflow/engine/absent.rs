//! Who is away: their places pass on, or wait for them, as each group says.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::domain::PersonId;

/// Who is away today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absent {
    /// Each with the last day of it.
    pub until: BTreeMap<PersonId, Date>,
    /// Groups in which the places of those who are away wait for them; in all others they pass on.
    pub waiting: BTreeSet<String>,
}

static NOBODY: Absent = Absent { until: BTreeMap::new(), waiting: BTreeSet::new() };

impl Absent {
    /// Nobody is away.
    #[must_use]
    pub fn nobody() -> &'static Self {
        &NOBODY
    }

    /// Until when somebody takes no part in what a group does, because they are away and it does not wait for them.
    #[must_use]
    pub fn passes_on(&self, group: &str, person: PersonId) -> Option<Date> {
        self.until.get(&person).copied().filter(|_| !self.waiting.contains(group))
    }
}

//! The ledger: lines are only ever added; a correction is a line that takes another back.

use jiff::{Timestamp, civil::Date};

use crate::domain::{Amount, EntryId, PersonId, SubmissionId};

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Who holds the credit.
    pub person: PersonId,
    /// The credit type.
    pub credit: String,
    /// How much; negative in a reversal.
    pub amount: Amount,
    /// The day it was earned.
    pub earned: Date,
    /// What it was awarded for.
    pub submission: Option<SubmissionId>,
    /// The state that awarded it: with submission and person unique.
    pub rule: String,
    /// What it was awarded for, as people read it.
    pub title: String,
    /// The line this one takes back.
    pub reverses: Option<EntryId>,
    /// When the line was written.
    pub recorded_at: Timestamp,
}

impl Entry {
    /// The line that takes this one back; none for a line that is itself a reversal.
    #[must_use]
    pub fn reversal(&self, id: EntryId, recorded_at: Timestamp) -> Option<Self> {
        self.reverses.is_none().then(|| Self {
            id,
            amount: -self.amount,
            reverses: Some(self.id),
            recorded_at,
            ..self.clone()
        })
    }
}

/// What a person holds of one credit type.
#[must_use]
pub fn balance<'a>(entries: impl IntoIterator<Item = &'a Entry>, credit: &str) -> Amount {
    entries.into_iter().filter(|entry| entry.credit == credit).map(|entry| entry.amount).sum()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn entry(id: u128, hundredths: i64) -> Entry {
        Entry {
            id: EntryId(Uuid::from_u128(id)),
            person: PersonId(Uuid::from_u128(2)),
            credit: "ama-pra-1".to_owned(),
            amount: Amount::from_hundredths(hundredths),
            earned: jiff::civil::date(2026, 11, 22),
            submission: None,
            rule: "recognised".to_owned(),
            title: "Reading".to_owned(),
            reverses: None,
            recorded_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_reversal_takes_exactly_its_line_back() {
        let first = entry(1, 250);
        let second = entry(2, 100);
        let back = first.reversal(EntryId(Uuid::from_u128(3)), Timestamp::UNIX_EPOCH).expect("no reversal itself");
        assert_eq!(back.reverses, Some(first.id));
        assert_eq!(balance([&first, &second, &back], "ama-pra-1"), Amount::from_hundredths(100));
        assert_eq!(balance([&first, &second, &back], "ama-pra-2"), Amount::ZERO);
    }

    #[test]
    fn a_reversal_is_not_reversed() {
        let back = entry(1, 250).reversal(EntryId(Uuid::from_u128(3)), Timestamp::UNIX_EPOCH).expect("a line");
        assert_eq!(back.reversal(EntryId(Uuid::from_u128(4)), Timestamp::UNIX_EPOCH), None);
    }
}

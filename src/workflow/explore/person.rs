//! The people of an exploration.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    domain::PersonId,
    workflow::{
        Definition,
        definition::{Role, Verdict},
    },
};

/// Most persons of one class.
const CLASS: u128 = 1 << 16;

/// Who the explored item belongs to.
pub(super) const AUTHOR: PersonId = PersonId(Uuid::from_u128(u128::MAX));

/// Who runs the queue: outside the groups, so that nothing is decided by this person.
pub(super) const COORDINATOR: PersonId = PersonId(Uuid::from_u128(u128::MAX - 1));

/// Who is there to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Population {
    /// The author and so many more, each of them in every group.
    Everybody(u32),
    /// So many in each group, nobody in two, the author in none.
    Declared(BTreeMap<String, u32>),
}

impl Population {
    /// As the definition declares it.
    pub(super) fn declared(definition: &Definition) -> Self {
        let mut sizes = BTreeMap::new();
        for role in definition.roles.values() {
            if let Role::Group { group, at_least } = role {
                let size = sizes.entry(group.clone()).or_insert(0);
                *size = (*at_least).max(*size);
            }
        }
        Self::Declared(sizes)
    }

    /// How many of each class: one class, or one for each group.
    pub(super) fn classes(&self) -> Vec<u32> {
        match self {
            Self::Everybody(count) => vec![*count],
            Self::Declared(sizes) => sizes.values().copied().collect(),
        }
    }

    /// Members of each group that the definition names.
    pub(super) fn groups(&self, definition: &Definition) -> BTreeMap<String, BTreeSet<PersonId>> {
        let members = |class: u8, count: u32| (0..count).map(move |number| Other { class, number }.id());
        match self {
            Self::Declared(sizes) => (0_u8..)
                .zip(sizes)
                .map(|(class, (group, count))| (group.clone(), members(class, *count).collect()))
                .collect(),
            Self::Everybody(count) => definition
                .roles
                .values()
                .filter_map(|role| match role {
                    Role::Group { group, .. } => Some((group.clone(), members(0, *count).chain([AUTHOR]).collect())),
                    Role::Submitter => None,
                })
                .collect(),
        }
    }
}

/// Somebody other than the author: the n-th of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Other {
    pub(super) class: u8,
    pub(super) number: u32,
}

impl Other {
    pub(super) fn id(self) -> PersonId {
        PersonId(Uuid::from_u128(u128::from(self.class) * CLASS + u128::from(self.number)))
    }

    pub(super) fn of(id: PersonId) -> Option<Self> {
        let number = id.0.as_u128();
        let class = u8::try_from(number / CLASS).ok()?;
        Some(Self { class, number: u32::try_from(number % CLASS).ok()? })
    }
}

/// What one person did, as far as it matters: the class, then a bit for each role, then two bits for each track.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Signature(u128);

/// Most roles and tracks that a signature has room for.
pub(super) const MOST_ROLES: usize = 56;
pub(super) const MOST_TRACKS: usize = 32;

impl Signature {
    pub(super) fn of_class(class: u8) -> Self {
        Self(u128::from(class) << 120)
    }

    pub(super) fn class(self) -> u8 {
        u8::try_from(self.0 >> 120).unwrap_or(u8::MAX)
    }

    pub(super) fn acted(self, role: usize) -> bool {
        self.0 >> (64 + role) & 1 == 1
    }

    pub(super) fn act(&mut self, role: usize) {
        self.0 |= 1 << (64 + role);
    }

    pub(super) fn verdict(self, track: usize) -> Option<Verdict> {
        match self.0 >> (2 * track) & 3 {
            1 => Some(Verdict::Approve),
            2 => Some(Verdict::Revise),
            3 => Some(Verdict::Reject),
            _ => None,
        }
    }

    pub(super) fn judge(&mut self, track: usize, verdict: Verdict) {
        let code = match verdict {
            Verdict::Approve => 1,
            Verdict::Revise => 2,
            Verdict::Reject => 3,
        };
        self.0 |= code << (2 * track);
    }

    /// Whether any verdict of this person stands.
    pub(super) fn judged(self) -> bool {
        self.0 & u128::from(u64::MAX) != 0
    }
}

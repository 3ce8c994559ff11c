//! Who cannot judge a submission, or look after it, because of who they are, as [`crate::access`] says it. Lists ask the same of
//! their rows, see [`crate::store::ReadTx::queue`].

use std::collections::{BTreeMap, BTreeSet};

use super::Error;
use crate::{
    access::{Conflict, Mark, Marked, Marks},
    domain::{Email, PersonId},
    model::{Person, Submission},
    store::ReadTx,
    workflow::{Item, Right},
};

/// By what people are acquainted with a submission.
#[derive(Clone, Debug, Default)]
pub(super) struct Acquaintance {
    /// As it stands, also in what its author only typed so far.
    pub(super) now: BTreeMap<PersonId, BTreeSet<Conflict>>,
    /// As it was sent, in whichever version.
    pub(super) sent: BTreeMap<PersonId, BTreeSet<Conflict>>,
    /// Who stands in it now.
    pub(super) standing: BTreeSet<PersonId>,
}

impl Acquaintance {
    /// Who has a conflict of interest, and which: the one that says most of those that the office did not lift.
    #[must_use]
    pub(super) fn conflicts(&self, item: &Item) -> BTreeMap<PersonId, Conflict> {
        let first = |(person, all): (&PersonId, &BTreeSet<Conflict>)| {
            all.iter().find(|conflict| !is_lifted(item, *person, **conflict)).map(|conflict| (*person, *conflict))
        };
        self.now.iter().filter_map(first).collect()
    }

    /// Those that have to be kept, with the way in which each was found out: of what was sent or, where it is sent just now,
    /// of what stands in it.
    #[must_use]
    pub(super) fn known(&self, item: &Item, sending: bool) -> BTreeMap<PersonId, (Conflict, String)> {
        let all = if sending { &self.now } else { &self.sent };
        let kept = |(person, all): (&PersonId, &BTreeSet<Conflict>)| {
            let lasting = [Conflict::Named, Conflict::Colleague].into_iter();
            let conflict =
                lasting.filter(|conflict| all.contains(conflict) && !is_lifted(item, *person, *conflict)).min()?;
            Some((*person, (conflict, told(conflict))))
        };
        all.iter().filter_map(kept).collect()
    }
}

fn is_lifted(item: &Item, person: PersonId, conflict: Conflict) -> bool {
    item.lifted.get(&person).is_some_and(|lifted| lifted.contains(&conflict))
}

/// How a conflict was found out, for the history and the office.
fn told(conflict: Conflict) -> String {
    match conflict {
        Conflict::Author => "Is the author",
        Conflict::Named => "Is named in it, in this version or an earlier one",
        Conflict::Colleague => "Works at the institution of the author, or of a co-author",
        Conflict::Recused => "Declared a conflict of interest",
    }
    .to_owned()
}

/// By what some people are acquainted with a submission.
pub(super) async fn acquainted(
    view: &ReadTx,
    submission: &Submission,
    people: &BTreeSet<PersonId>,
) -> Result<Acquaintance, Error> {
    let people = view.persons(people).await?;
    let addresses = view.addresses_of(&people).await?;
    let author = view.person(submission.submitter).await?.ok_or(Error::NotFound)?;
    let item = &submission.item;
    let sent: BTreeSet<Email> = view.sent_names(submission.id).await?.into_keys().collect();
    let typed = submission.answers.people().map(|person| person.email.clone());
    let standing: BTreeSet<Email> = typed.chain(item.coauthors.keys().cloned()).collect();
    let along = item.coauthors.keys().filter(|_| submission.sent_at.is_some());
    let institutions = institutions(view, item, &author).await?;
    let was_sent = marked(item, &author, &institutions, sent.iter().chain(along));
    let now = marked(item, &author, &institutions, sent.iter().chain(&standing));
    let mut found = Acquaintance::default();
    for person in &people {
        let institution = person.institution();
        let nothing = BTreeSet::new();
        let emails = addresses.get(&person.id).unwrap_or(&nothing);
        let marks = Marks { person: person.id, emails, institution: &institution };
        let all = Conflict::all_of(marks, &now);
        if !all.is_empty() {
            found.now.insert(person.id, all);
        }
        let all = Conflict::all_of(marks, &was_sent);
        if submission.sent_at.is_some() && !all.is_empty() {
            found.sent.insert(person.id, all);
        }
        if !emails.is_disjoint(&standing) {
            found.standing.insert(person.id);
        }
    }
    Ok(found)
}

/// Where its author and the co-authors who stand in it work, whatever these may do: somebody who only reads has put their name to
/// it too. What came of one who was taken off is an event, and stays.
async fn institutions(view: &ReadTx, item: &Item, author: &Person) -> Result<BTreeSet<String>, Error> {
    let mut institutions = BTreeSet::from([author.institution()]);
    for (email, _) in item.coauthors.iter().filter(|(_, coauthor)| coauthor.right != Right::Gone) {
        institutions.extend(view.person_by_any_address(email).await?.map(|person| person.institution()));
    }
    Ok(institutions)
}

/// What a submission has of those who have a conflict with it.
fn marked<'e>(
    item: &Item,
    author: &Person,
    institutions: &BTreeSet<String>,
    named: impl Iterator<Item = &'e Email>,
) -> Marked {
    let person = |person: &PersonId| Mark::Person(*person);
    BTreeMap::from([
        (Conflict::Author, BTreeSet::from([person(&author.id)])),
        (Conflict::Named, named.cloned().map(Mark::Email).collect()),
        (Conflict::Colleague, institutions.iter().cloned().map(Mark::Institution).collect()),
        (Conflict::Recused, item.recused.iter().map(person).collect()),
    ])
}

//! One submission as one caller meets it: loaded, related, ready to be asked about.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::{
    Call, Context, Error, Reference,
    conflict::{Acquaintance, acquainted},
    disclosed::{Disclosed, disclosed},
    record,
};
use crate::{
    access::{self, Act, Caller, Conflict, Denied, Permit, Relation, Sight, Subject},
    domain::{Answers, Calendar, Duty, Email, PersonId},
    model::{Organisation, Submission},
    store::{ReadTx, Tx},
    workflow::{
        Absent, Actor, Definition, Event, Facts, FieldFault, Right,
        definition::{Restore, Role, State},
        engine::turns,
    },
};

/// One submission as one caller meets it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The submission.
    pub submission: Submission,
    /// Its definition: the newest for a draft, the pinned one otherwise.
    pub definition: Arc<Definition>,
    /// Whose organisation.
    pub organisation: Organisation,
    /// The organisation's calendar.
    pub calendar: Calendar,
    /// When whoever loads it began to.
    pub now: Timestamp,
    /// Who fills the groups of the definition.
    pub groups: BTreeMap<String, BTreeSet<PersonId>>,
    /// Who has a conflict of interest, and which.
    pub conflicts: BTreeMap<PersonId, Conflict>,
    /// The answers that were accredited, where a refused change goes back to them; otherwise as they stand.
    pub in_force: Answers,
    /// Who of those concerned is away.
    pub absent: Absent,
    /// Who stands to it as an author does, beside its owner.
    pub parties: BTreeMap<PersonId, Relation>,
    /// Who the co-authors are, by address.
    pub addresses: BTreeMap<Email, PersonId>,
    /// How it stands with those who are asked to disclose, by address.
    pub disclosures: BTreeMap<Email, Disclosed>,
    /// Those of them who were asked or gave one that is good: nothing else has to stand in the form.
    disclosing: BTreeSet<Email>,
    /// By what each of those concerned is acquainted with it.
    pub(super) acquainted: Acquaintance,
    /// The same without those who recused themselves, whom the item knows.
    conflicted: BTreeSet<PersonId>,
    /// When the one for whom it was loaded acted on it last, where they have left the groups for which they did.
    acted: Option<Timestamp>,
    records: BTreeMap<String, Decimal>,
}

impl Case {
    /// Loads a submission of the caller's organisation, or reports that there is none.
    pub async fn load(view: &ReadTx, call: &Call, reference: &Reference) -> Result<Self, Error> {
        let submission = found(view, reference).await?;
        Self::of(view, &call.context, submission, call.now).await?.known_to(view, &call.caller).await
    }

    /// The same to change it: see [`Case::held`].
    pub(super) async fn hold(tx: &Tx, call: &Call, reference: &Reference) -> Result<Self, Error> {
        let submission = found(tx, reference).await?;
        Self::held(tx, &call.context, submission, call.now).await?.known_to(tx, &call.caller).await
    }

    /// The case of a submission that was loaded already.
    pub async fn of(view: &ReadTx, context: &Context, submission: Submission, now: Timestamp) -> Result<Self, Error> {
        let definition = followed(view, context, &submission).await?;
        Self::under(view, submission, definition, now).await
    }

    /// The same to change it: nothing else changes it before the change ends. Where that goes by what the author has
    /// elsewhere, nothing else of the author's is decided either.
    pub(super) async fn held(
        tx: &Tx,
        context: &Context,
        mut submission: Submission,
        now: Timestamp,
    ) -> Result<Self, Error> {
        loop {
            let definition = followed(tx, context, &submission).await?;
            hold_author(tx, &submission, &definition).await?;
            match tx.hold_submission(&submission).await? {
                None => return Self::under(tx, submission, definition, now).await,
                Some(changed) => submission = changed,
            }
        }
    }

    /// The same under the definition to which it goes over; none, where it has left the one that it followed.
    pub(super) async fn held_under(
        tx: &Tx,
        mut submission: Submission,
        definition: Arc<Definition>,
        now: Timestamp,
    ) -> Result<Option<Self>, Error> {
        hold_author(tx, &submission, &definition).await?;
        if let Some(changed) = tx.hold_submission(&submission).await? {
            if changed.item.closed || changed.definition != submission.definition {
                return Ok(None);
            }
            submission = changed;
        }
        Self::under(tx, submission, definition, now).await.map(Some)
    }

    /// The case of a submission under a given definition.
    pub(super) async fn under(
        view: &ReadTx,
        submission: Submission,
        definition: Arc<Definition>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let (organisation, calendar) = super::organisation(view).await?;
        let slugs: Vec<String> = definition.roles.values().filter_map(group_of).map(str::to_owned).collect();
        let groups = view.members(&slugs).await?;
        let concerned = concerned(view, &submission, &groups).await?;
        let acquainted = acquainted(view, &submission, &concerned).await?;
        let conflicts = acquainted.conflicts(&submission.item);
        let absent = super::absent(view, &concerned, calendar.date(now)).await?;
        let known = conflicts.iter().filter(|(_, conflict)| **conflict != Conflict::Recused);
        let conflicted = known.map(|(person, _)| *person).collect();
        let addresses = addresses(view, &submission).await?;
        let parties = parties(&submission, &addresses);
        let in_force = in_force(view, &definition, &submission).await?;
        let disclosures = disclosed(view, &definition, &submission, &calendar, now).await?;
        let records = record::all(view, &definition, &submission, calendar.date(now), &disclosures).await?;
        let disclosing = disclosures.iter().filter(|(_, one)| one.state.is_under_way());
        let disclosing = disclosing.map(|(email, _)| email.clone()).collect();
        Ok(Self {
            submission,
            definition,
            organisation,
            calendar,
            now,
            groups,
            conflicts,
            in_force,
            absent,
            parties,
            addresses,
            disclosures,
            disclosing,
            acquainted,
            conflicted,
            acted: None,
            records,
        })
    }

    /// What a decision may depend on.
    #[must_use]
    pub fn facts(&self, actor: Actor) -> Facts<'_> {
        Facts {
            now: self.now,
            calendar: &self.calendar,
            actor,
            answers: &self.submission.answers,
            in_force: &self.in_force,
            records: &self.records,
            groups: &self.groups,
            conflicted: &self.conflicted,
            absent: &self.absent,
            disclosing: &self.disclosing,
            symbolic: None,
        }
    }

    /// The same after a change of the caller's own, as far as it decides what they may know of it from then on.
    pub(super) fn after(&self, call: &Call, submission: Submission) -> Self {
        let mut after = Self { submission, ..self.clone() };
        for person in &after.submission.item.recused {
            after.conflicts.entry(*person).or_insert(Conflict::Recused);
        }
        for person in after.submission.item.former.keys() {
            after.parties.entry(*person).or_insert(Relation::FormerOwner);
        }
        if access::has_left(&call.caller, &after.definition, &after.submission.item) {
            after.acted = Some(self.now);
        }
        after
    }

    /// How the caller stands to it.
    #[must_use]
    pub fn relation(&self, caller: &Caller) -> Relation {
        access::relation(caller, &self.subject())
    }

    /// What the caller may know of it; that it does not exist for who may know nothing.
    pub fn sight(&self, caller: &Caller) -> Result<Sight, Error> {
        Ok(Sight::of(caller, &self.subject()).ok_or(Denied::Hidden)?)
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            definition: &self.definition,
            item: &self.submission.item,
            conflicts: &self.conflicts,
            parties: &self.parties,
            acted: self.acted,
            look_back: self.organisation.look_back,
            now: self.now,
        }
    }

    /// The same with what only its history tells of the caller.
    async fn known_to(mut self, view: &ReadTx, caller: &Caller) -> Result<Self, Error> {
        if access::has_left(caller, &self.definition, &self.submission.item) {
            let events = view.all_events(self.submission.id).await?;
            let own = events.iter().rev().find(|event| event.by == Some(caller.person));
            self.acted = own.map(|event| event.at);
        }
        Ok(self)
    }

    /// Whether the caller may; the permit is the proof.
    pub fn allow(&self, caller: &Caller, act: Act) -> Result<Permit, Error> {
        Ok(access::allow(caller, self.relation(caller), act)?)
    }

    /// Whether the caller may change answers and files now, at the version they looked at; the permit is the proof.
    pub fn allow_filling_in(&self, caller: &Caller, version: Option<u64>) -> Result<Permit, Error> {
        self.allow(caller, Act::See)?;
        let permit = self.allow(caller, Act::Write)?;
        self.expect(version)?;
        if self.is_editable() {
            Ok(permit)
        } else {
            Err(Error::Conflict("this was sent; it can be changed once it comes back to you".to_owned()))
        }
    }

    /// Whether the caller may say who writes along; the permit is the proof.
    pub fn allow_naming(&self, caller: &Caller) -> Result<Permit, Error> {
        let permit = self.allow(caller, Act::See)?;
        if self.relation(caller) != Relation::Owner {
            return Err(Error::Forbidden("its owner says who writes along".to_owned()));
        }
        if self.submission.item.closed {
            return Err(Error::Conflict("this is closed; nobody writes along any more".to_owned()));
        }
        Ok(permit)
    }

    /// Whether the caller may ask those who are named for their disclosures.
    pub fn allow_asking(&self, caller: &Caller) -> Result<(), Error> {
        self.allow(caller, Act::See)?;
        if self.allow(caller, Act::Write).is_err() && self.allow(caller, Act::Manage).is_err() {
            return Err(Error::Forbidden(
                "its author, who writes along, and the office ask for disclosures".to_owned(),
            ));
        }
        if self.submission.item.closed {
            return Err(Error::Conflict("this is closed; nobody is asked any more".to_owned()));
        }
        Ok(())
    }

    /// What the form lacks before it can be sent.
    pub(super) fn missing(&self) -> Vec<FieldFault> {
        self.definition.missing(&self.submission.answers, self.calendar.date(self.now), &self.disclosing)
    }

    /// Refuses when the caller looked at another version than the current one.
    pub fn expect(&self, version: Option<u64>) -> Result<(), Error> {
        if version.is_some_and(|seen| seen != self.submission.version) { Err(Error::Stale) } else { Ok(()) }
    }

    /// Saves a changed submission with what happened to it and whose turn it is now.
    ///
    /// The version that was loaded must still be the stored one; the permit proves that `access` was asked.
    pub(super) async fn save(
        &self,
        tx: &Tx,
        _permit: Permit,
        mut changed: Submission,
        events: &[Event],
    ) -> Result<Submission, Error> {
        let facts = Facts { answers: &changed.answers, ..self.facts(Actor::Clock) };
        let turns = turns(&self.definition, &changed.item, &facts);
        changed.updated_at = self.now;
        changed.version = tx.save_submission(&changed, &self.submission, events, &turns).await?;
        Ok(changed)
    }

    /// Whether the author may change answers and files now: while drafting, and while the office waits for them.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        self.definition.states.get(&self.submission.item.state).is_some_and(State::is_editable)
    }

    /// Whether the office's clock stands still, because it waits for the author.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.definition.states.get(&self.submission.item.state).is_some_and(State::waits_for_author)
    }
}

async fn found(view: &ReadTx, Reference(reference): &Reference) -> Result<Submission, Error> {
    let found = view.submission_by_reference(reference).await?;
    found.filter(|found| !found.item.discarded).ok_or(Error::NotFound)
}

/// Where a decision goes by what the author has elsewhere: nothing else of the author's is decided before the change ends.
async fn hold_author(tx: &Tx, submission: &Submission, definition: &Definition) -> Result<(), Error> {
    if record::goes_by_author(definition) {
        tx.hold_person(submission.submitter).await?;
    }
    Ok(())
}

/// The version that a submission follows.
async fn followed(view: &ReadTx, context: &Context, submission: &Submission) -> Result<Arc<Definition>, Error> {
    if submission.sent_at.is_some() {
        context.definitions.pinned(view, &submission.definition).await
    } else {
        context.definitions.current(view, &submission.workflow).await
    }
}

fn group_of(role: &Role) -> Option<&str> {
    match role {
        Role::Group { group, .. } => Some(group),
        Role::Submitter => None,
    }
}

/// What was accredited last, where the definition can go back to it.
async fn in_force(view: &ReadTx, definition: &Definition, submission: &Submission) -> Result<Answers, Error> {
    let restores = definition.transitions.values().any(|transition| transition.restore == Restore::Answers);
    if restores && let Some(activity) = view.activity(submission.id).await? {
        let revisions = view.revisions(submission.id).await?;
        if let Some(accredited) = revisions.into_iter().find(|revision| revision.number == activity.revision) {
            return Ok(accredited.answers);
        }
    }
    Ok(submission.answers.clone())
}

/// Everybody who has power over it or had: members of its groups, who runs or audits the queue or administers the house, who
/// acted or stepped back.
async fn concerned(
    view: &ReadTx,
    submission: &Submission,
    groups: &BTreeMap<String, BTreeSet<PersonId>>,
) -> Result<BTreeSet<PersonId>, Error> {
    let item = &submission.item;
    let on_duty = view.on_duty(&[Duty::Coordinator, Duty::Auditor, Duty::Administrator]).await?;
    let acted = item.acted.values().flatten().filter(|person| **person != item.submitter);
    let members = groups.values().flatten();
    Ok(acted.chain(members).chain(&item.recused).copied().chain(on_duty.iter().map(|person| person.id)).collect())
}

/// Who the co-authors are.
async fn addresses(view: &ReadTx, submission: &Submission) -> Result<BTreeMap<Email, PersonId>, Error> {
    let mut known = BTreeMap::new();
    for email in submission.item.coauthors.keys() {
        known.extend(view.person_by_any_address(email).await?.map(|person| (email.clone(), person.id)));
    }
    Ok(known)
}

/// Who stands to a submission as an author does, beside its owner.
fn parties(submission: &Submission, addresses: &BTreeMap<Email, PersonId>) -> BTreeMap<PersonId, Relation> {
    let item = &submission.item;
    let mut parties = BTreeMap::new();
    parties.extend(item.succession.iter().map(|succession| (succession.to, Relation::Successor)));
    parties.extend(item.former.keys().map(|person| (*person, Relation::FormerOwner)));
    for (email, coauthor) in &item.coauthors {
        let relation = match coauthor.right {
            Right::Reads => Relation::CoAuthor,
            Right::Writes => Relation::Writer,
            Right::Gone => continue,
        };
        parties.extend(addresses.get(email).map(|person| (*person, relation)));
    }
    parties
}

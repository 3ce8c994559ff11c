//! Everything one caller may know of one submission.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    begin_again::may_begin_again,
    blind, claim, conceal,
    conflicted::{self, Conflicted},
    decided::{Decided, decided},
    discard::may_discard,
    prospect::{self, Prospect},
    unsaved,
};
use crate::{
    access::{Act, Caller, Part, Relation, Sight},
    domain::{Named, PersonId},
    model::{Document, Person, Repeat, Revision, Submission, TimerFailure, Typed},
    store::ReadTx,
    usecase::{Call, Case, Error, Reference, disclosed},
    workflow::{
        self, Actor, Definition, Event, FieldFault, Holder, Item, Offer, Refusal, Turn, definition::Trigger, engine,
    },
};

/// Everything one caller may know of one submission. What they may not know is not in here.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The submission; answers and tracks hold only what the caller may read.
    pub case: Case,
    /// What they may know of it.
    pub sight: Sight,
    /// How they stand to it.
    pub relation: Relation,
    /// What they may do now, and why not the rest.
    pub offers: Vec<Offer>,
    /// Whose turn it is.
    pub turns: Vec<Turn>,
    /// Its files; none where answers may not be read.
    pub documents: Vec<Document>,
    /// People that appear in it and whom the caller may know by name.
    pub people: BTreeMap<PersonId, Person>,
    /// What the groups are called, by their ids.
    pub groups: BTreeMap<String, String>,
    /// What the form still lacks, and what the reader typed into it and what is no answer yet.
    pub missing: Vec<FieldFault>,
    /// What else the author's way on requires and what is false already.
    pub unmet: Vec<Refusal>,
    /// Whether the reader may begin again from it.
    pub can_begin_again: bool,
    /// Whether the reader may throw it away, because nothing is in it.
    pub can_discard: bool,
    /// What the reader typed into its forms and what was not taken in.
    pub typed: Vec<Typed>,
    /// The answers as they were sent, oldest first.
    pub revisions: Vec<Revision>,
    /// Acts beside the workflow's steps that are open to them.
    pub acts: BTreeSet<Act>,
    /// What happened, oldest first, as far as it explains what they see.
    pub events: Vec<Event>,
    /// The last decision; for the author only once it is released.
    pub decided: Option<Decided>,
    /// What was handed in before, as far as the caller may know.
    pub repeats: Vec<Repeat>,
    /// What the reader is told before they say whether they have a conflict of interest.
    pub prospect: Option<Prospect>,
    /// Whoever is named in it with a name like the reader's.
    pub namesakes: Vec<String>,
    /// Who has a conflict of interest, for those who run the queue.
    pub conflicted: Vec<Conflicted>,
    /// A deadline of it that the worker has given up, for the office alone.
    pub given_up: Option<TimerFailure>,
}

impl Dossier {
    /// The author's way on, as offered: the first step of theirs that does not end it; with why it is refused now.
    #[must_use]
    pub fn next_transition(&self) -> Option<(&str, Option<&Refusal>)> {
        way_on(&self.case.definition, &self.offers)
    }
}

impl Dossier {
    /// Whether somebody who is named is the author, also where the reader does not learn who that is.
    #[must_use]
    pub fn is_author(&self, named: &Named) -> bool {
        let author = self.people.get(&self.case.submission.submitter);
        blind::is_hidden(&named.email) || author.is_some_and(|author| author.email == named.email)
    }
}

fn way_on<'o>(definition: &Definition, offers: &'o [Offer]) -> Option<(&'o str, Option<&'o Refusal>)> {
    offers.iter().find_map(|offer| {
        let workflow::Act::Fire(name) = &offer.act else { return None };
        let step = definition.transitions.get(name)?;
        let ends = definition.states.get(&step.to)?.ends();
        let by_people = matches!(step.trigger, Trigger::By(_));
        (by_people && !ends).then_some((name.as_str(), offer.refusal.as_ref()))
    })
}

/// What the author's way on requires and what is false already: all of it, where the offer tells the first. What reads an
/// answer that is still missing is not told of: that is said already.
fn unmet(case: &Case, offers: &[Offer], caller: &Caller, missing: &[FieldFault]) -> Vec<Refusal> {
    let way = way_on(&case.definition, offers).filter(|_| case.is_editable() && case.relation(caller).is_author());
    let facts = case.facts(super::whole::whole(caller));
    let told = |rule: &Refusal| {
        missing.iter().any(|fault| fault.code == "missing" && rule.reads(unsaved::question_of(&fault.field)))
    };
    let rules = way.map(|(name, _)| engine::unmet(&case.definition, &case.submission.item, &facts, name));
    let mut rules = rules.unwrap_or_default();
    rules.retain(|rule| !told(rule));
    rules
}

/// Events read for one dossier, at most; the history page has the rest.
const EVENTS: u16 = 1_000;

/// Whether a submission is open to the caller: after an act it may be no longer.
pub async fn is_open(call: &Call, reference: &Reference) -> Result<bool, Error> {
    let view = call.context.store.view().await?;
    opened(&Case::load(&view, call, reference).await?, &call.caller)
}

/// The same of a submission that was loaded already.
pub(in crate::usecase) async fn is_open_in(view: &ReadTx, call: &Call, submission: Submission) -> Result<bool, Error> {
    opened(&Case::of(view, &call.context, submission, call.now).await?, &call.caller)
}

pub(super) fn opened(case: &Case, caller: &Caller) -> Result<bool, Error> {
    match case.sight(caller) {
        Ok(_) => Ok(true),
        Err(Error::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads a submission.
#[expect(clippy::too_many_lines, reason = "one part of the page after the other, in the order in which they are read")]
pub async fn read(call: &Call, reference: &Reference) -> Result<Dossier, Error> {
    let view = call.context.store.view().await?;
    let mut case = Case::load(&view, call, reference).await?;
    let sight = case.sight(&call.caller)?;
    let (me, submitter) = (call.caller.person, case.submission.submitter);
    let mut offers =
        engine::offers(&case.definition, &case.submission.item, &case.facts(super::whole::whole(&call.caller)));
    let mut turns = engine::turns(&case.definition, &case.submission.item, &case.facts(Actor::Clock));
    let (mut documents, mut revisions) = (Vec::new(), Vec::new());
    if sight.knows(Part::Content) {
        documents = view.documents(case.submission.id).await?;
        revisions = view.revisions(case.submission.id).await?;
    }
    let prospect = prospect::prospect(&view, &case, &sight).await?;
    let namesakes = prospect::like_yours(&view, &case, &sight, me).await?;
    conceal::content(&mut case.submission, &sight, &mut revisions, &mut documents);
    let mut repeats = Vec::new();
    if sight.knows(Part::Content) {
        repeats = claim::repeats(&view, &case.definition, &case.submission, &documents, sight.relation).await?;
    }
    let missing = if sight.knows(Part::Content) { case.missing() } else { Vec::new() };
    let typed = view.typed_by(me, case.submission.id).await?;
    let missing = unsaved::to_put_right(&case.definition, missing, &typed);
    unsaved::withhold(&case, &mut offers, &missing, &typed);
    let can_begin_again = may_begin_again(&case, sight.relation);
    let can_discard = may_discard(&case, sight.relation, &documents, &typed);
    let unmet = unmet(&case, &offers, &call.caller, &missing);
    let failure = if sight.knows(Part::Alarms) { view.timer_failure(case.submission.id).await? } else { None };
    let given_up = failure.filter(|failure| failure.given_up_at.is_some());
    let events = view.events(case.submission.id, 0, EVENTS).await?;
    let decided = decided(&events, submitter).and_then(|decided| decided.released(&sight.parts));
    let events = conceal::events(events, &case, &sight, me);
    conceal::item(&mut case, &sight, me);
    conceal::turns(&mut turns, &case.submission.item, &sight);
    let mut known = persons(&case.submission.item, &turns);
    if !sight.knows(Part::People) {
        known.retain(|person| *person == me);
    }
    let mut author = None;
    if sight.knows(Part::Author) {
        known.insert(submitter);
    } else {
        let hidden = view.person(submitter).await?.ok_or(Error::NotFound)?;
        let hidden = blind::addresses(&view, &hidden).await?;
        let sent = revisions.iter_mut().map(|revision| &mut revision.answers);
        sent.chain([&mut case.submission.answers]).for_each(|answers| blind::hide(answers, &hidden));
        known.remove(&submitter);
        author = Some(hidden);
    }
    disclosed::conceal(&mut case.disclosures, &sight, &case.submission, author.as_ref());
    let mut conflicted = Vec::new();
    if sight.may(Act::Manage) {
        conflicted = conflicted::conflicted(&view, &case).await?;
        known.extend(case.submission.item.asked.keys());
    }
    let asked = case.submission.item.succession.as_ref().map(|asked| asked.to);
    known.extend(asked.filter(|_| sight.relation.is_author() || sight.may(Act::Manage)));
    let people = view.persons(&known).await?;
    let people = people.into_iter().map(|person| (person.id, person)).collect();
    let groups = view.groups().await?;
    let groups = groups.into_iter().map(|group| (group.slug, group.title)).collect();
    let Sight { relation, acts, .. } = sight.clone();
    Ok(Dossier {
        case,
        sight,
        relation,
        offers,
        turns,
        documents,
        people,
        groups,
        missing,
        unmet,
        can_begin_again,
        can_discard,
        typed,
        revisions,
        acts,
        events,
        decided,
        repeats,
        prospect,
        namesakes,
        conflicted,
        given_up,
    })
}

fn persons(item: &Item, turns: &[Turn]) -> BTreeSet<PersonId> {
    let seats = item.tracks.values().flat_map(|progress| progress.seats.iter().map(|seat| seat.person));
    let holders = turns.iter().filter_map(|turn| match turn.holder {
        Holder::Person(person) => Some(person),
        Holder::Group(_) => None,
    });
    seats.chain(holders).collect()
}

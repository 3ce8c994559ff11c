//! Everything one caller may know of one submission.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    blind,
    decided::{Decided, decided},
    history::tell_author,
};
use crate::{
    access::{Act, Caller, Relation},
    domain::{Duty, PersonId},
    store::{Document, Person, Revision, TimerFailure},
    usecase::{Case, Context, Error, Key},
    workflow::{Actor, Definition, Event, EventKind, FieldFault, Holder, Item, Offer, Turn, engine},
};

/// Everything one caller may know of one submission. What he may not know is not in here.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The submission; answers and tracks hold only what the caller may read.
    pub case: Case,
    /// How he stands to it.
    pub relation: Relation,
    /// What he may do now, and why not the rest.
    pub offers: Vec<Offer>,
    /// Whose turn it is.
    pub turns: Vec<Turn>,
    /// Its files; none where answers may not be read.
    pub documents: Vec<Document>,
    /// People that appear in it and whom the caller may know by name.
    pub people: BTreeMap<PersonId, Person>,
    /// What the groups of the organisation are called, by their ids.
    pub groups: BTreeMap<String, String>,
    /// What the form still lacks.
    pub missing: Vec<FieldFault>,
    /// The answers as they were sent, oldest first.
    pub revisions: Vec<Revision>,
    /// Acts beside the workflow's steps that are open to him.
    pub acts: BTreeSet<Act>,
    /// What happened, oldest first, as far as it explains what he sees.
    pub events: Vec<Event>,
    /// The last decision; for the author only once nobody of the office holds it any more.
    pub decided: Option<Decided>,
    /// A deadline of it that the worker has given up, for the office alone.
    pub given_up: Option<TimerFailure>,
}

/// Events read for one dossier, at most; the history page has the rest.
const EVENTS: u16 = 1_000;

/// Reads a submission.
pub async fn read(context: &Context, caller: &Caller, key: &Key) -> Result<Dossier, Error> {
    let view = context.store.view().await?;
    let mut case = Case::load(&view, context, caller, key).await?;
    let relation = case.relation(caller);
    case.allow(caller, Act::See)?;
    let acts: BTreeSet<Act> = [Act::See, Act::Read, Act::Write, Act::Step, Act::Manage, Act::Trace]
        .into_iter()
        .filter(|act| case.allow(caller, *act).is_ok())
        .collect();
    let offers = engine::offers(&case.definition, &case.submission.item, &case.facts(super::act::himself(caller)));
    let mut turns = engine::turns(&case.definition, &case.submission.item, &case.facts(Actor::Clock));
    let (documents, mut revisions, missing) = if acts.contains(&Act::Read) {
        let documents = view.documents(case.submission.organisation, case.submission.id).await?;
        let revisions = view.revisions(caller.organisation, case.submission.id).await?;
        (documents, revisions, case.definition.missing(&case.submission.answers))
    } else {
        case.submission.answers = crate::domain::Answers::default();
        (Vec::new(), Vec::new(), Vec::new())
    };
    let failure = if is_office(caller, relation) { view.timer_failure(case.submission.id).await? } else { None };
    let given_up = failure.filter(|failure| failure.given_up_at.is_some());
    let mut events = view.events(caller.organisation, case.submission.id, 0, EVENTS).await?;
    let held_by_office = turns.iter().any(|turn| turn.holder != Holder::Person(case.submission.submitter));
    let told = relation != Relation::Owner || !held_by_office;
    let decided = if told { decided(&events, case.submission.submitter) } else { None };
    if !acts.contains(&Act::Trace) {
        conceal(&mut case, caller.person, relation);
        conceal_events(&mut events, &case, caller.person, relation);
    }
    if relation == Relation::Owner {
        // The author reads in which role somebody works on it, never who.
        for turn in turns.iter_mut().filter(|turn| turn.holder != Holder::Person(caller.person)) {
            turn.holder = Holder::Group(turn.role.clone());
        }
    }
    let submitter = case.submission.submitter;
    let mut known = persons(&case.submission.item, &turns);
    if blind::hides_author(&case, caller) {
        let author = view.person(case.submission.organisation, submitter).await?.ok_or(Error::NotFound)?;
        let sent = revisions.iter_mut().map(|revision| &mut revision.answers);
        sent.chain([&mut case.submission.answers]).for_each(|answers| blind::hide(answers, &author));
        known.remove(&submitter);
    } else {
        known.insert(submitter);
    }
    let people = view.persons(case.submission.organisation, &known).await?;
    let people = people.into_iter().map(|person| (person.id, person)).collect();
    let groups = view.groups(case.submission.organisation).await?;
    let groups = groups.into_iter().map(|group| (group.slug, group.title)).collect();
    Ok(Dossier {
        case,
        relation,
        offers,
        turns,
        documents,
        people,
        groups,
        missing,
        revisions,
        acts,
        events,
        decided,
        given_up,
    })
}

/// Whether the caller sees to what does not get done by itself; never of their own.
fn is_office(caller: &Caller, relation: Relation) -> bool {
    let sees_to_it = [Duty::Coordinator, Duty::Administrator].iter().any(|duty| caller.duties.contains(duty));
    relation != Relation::Owner && sees_to_it
}

/// Takes out what belongs to others: seats from the author, sealed verdicts from fellow reviewers.
fn conceal(case: &mut Case, me: PersonId, relation: Relation) {
    let definition = case.definition.clone();
    let author_asked = case.is_editable();
    let item = &mut case.submission.item;
    if relation == Relation::Owner {
        item.tracks.clear();
        item.acted.clear();
        item.recused.clear();
        // Requests reach the author when the item does, not while reviewers are still at work.
        item.requests.retain(|request| author_asked || request.resolution.is_some());
        return;
    }
    for (name, progress) in &mut item.tracks {
        if is_sealed(&definition, name) && !progress.complete() {
            progress.seats.retain(|seat| seat.person == me);
            item.requests.retain(|request| request.by == me || request.track.as_ref() != Some(name));
        }
    }
}

/// Takes out of the events what [`conceal`] takes out of the item; what was judged in an earlier round is open.
fn conceal_events(events: &mut Vec<Event>, case: &Case, me: PersonId, relation: Relation) {
    if relation == Relation::Owner {
        return tell_author(events, me);
    }
    let open: BTreeMap<&str, u64> = case
        .submission
        .item
        .tracks
        .iter()
        .filter(|(name, progress)| is_sealed(&case.definition, name) && !progress.complete())
        .map(|(name, _)| (name.as_str(), opened(events, name)))
        .collect();
    let shown = |event: &Event| {
        let meta = event.what.meta();
        let opened = meta.track.and_then(|track| open.get(track));
        let sealed = opened.is_some_and(|opened| event.sequence >= *opened) && meta.person != Some(me);
        meta.audience.has_reviewers() && !sealed
    };
    let kept: Vec<Event> = events.iter().filter(|event| shown(event)).cloned().collect();
    *events = kept;
}

/// When a track was last opened.
fn opened(events: &[Event], name: &str) -> u64 {
    let opened = |event: &&Event| matches!(&event.what, EventKind::TrackOpened { track, .. } if track == name);
    events.iter().rev().find(opened).map_or(0, |event| event.sequence)
}

fn is_sealed(definition: &Definition, name: &str) -> bool {
    definition.states.values().any(|state| state.tracks.get(name).is_some_and(|track| track.sealed))
}

fn persons(item: &Item, turns: &[Turn]) -> BTreeSet<PersonId> {
    let seats = item.tracks.values().flat_map(|progress| progress.seats.iter().map(|seat| seat.person));
    let holders = turns.iter().filter_map(|turn| match turn.holder {
        Holder::Person(person) => Some(person),
        Holder::Group(_) => None,
    });
    seats.chain(holders).collect()
}

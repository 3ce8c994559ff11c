//! Who has to hear of what happened, and what it means for each: decided here, worded elsewhere.
//!
//! Three rules hold for every notice: nobody hears of an own act, beyond the receipt for what was sent, nobody twice of one
//! thing, nobody of a state that was left in the meantime.

mod unwanted;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use self::unwanted::Unwanted;
use super::{Case, Context, Error, submission::decided};
use crate::{
    access::{Part, Relation, released},
    domain::{Duty, PersonId, Standing, SubmissionId},
    model::{Document, Person},
    store::ReadTx,
    workflow::{
        Actor, Event, EventKind, Holder, Matter, Recipient, Right, Turn, TurnChange,
        definition::{Role, State, Trigger},
        engine::turns,
    },
};

/// Events read to find the reasons of a decision, at most.
const HISTORY: u16 = 1_000;

/// Something one person has to hear.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Who.
    pub person: Person,
    /// What it means for that person.
    pub news: News,
    /// The same for the same thing and person: a second letter with it is not written.
    pub dedupe: String,
}

/// What something that happened means for somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// It is this person's turn.
    Turn(Turn),
    /// It still is.
    Reminder(Turn),
    /// The author's work came back: with the reason and what is to change.
    Returned {
        /// The reasons given: with the step or, where a rule drew the sum, with the verdicts before it.
        reason: Option<String>,
    },
    /// The author's work was decided, or came to an end.
    Decided {
        /// The reasons given: with the step or, where a rule drew the sum, with the verdicts before it.
        reason: Option<String>,
        /// What it gives, as it happened: credit, and what the author may offer.
        gives: Vec<EventKind>,
        /// The author's own turn, where something is left to them: an appeal.
        turn: Option<Turn>,
    },
    /// The author's work ended because a time was over.
    Lapsed {
        /// The step that time took.
        transition: String,
        /// The state that it led from.
        from: String,
        /// The reasons given before.
        reason: Option<String>,
    },
    /// The author sent it, and the office has it.
    Received {
        /// Until when somebody looks at it, at the latest.
        by: Option<Timestamp>,
    },
    /// It moved on; there is nothing to do.
    Moved,
    /// The calendar has no day for a deadline: the item waits.
    Undated {
        /// What the calendar lacks, in words.
        wants: String,
    },
    /// A place in a review is free, because whoever had it may not sit there any more.
    Vacated {
        /// The review, as people call it.
        review: String,
        /// Why.
        reason: String,
    },
    /// They are named as a co-author.
    CoAuthor(Right),
    /// It may be handed over: they are asked, as its owner or as the successor.
    HandOverAsked,
    /// It was handed over; why, where nobody was asked.
    HandedOver {
        /// Why.
        reason: Option<String>,
    },
    /// It is not handed over: one of the two does not want that.
    HandOverDeclined,
    /// The office took something out of it.
    Redacted {
        /// Why.
        reason: String,
    },
    /// The office has to decide something about a conflict of interest.
    ConflictAsked {
        /// What.
        matter: Matter,
        /// Whose it is.
        person: PersonId,
        /// What they are called.
        name: String,
    },
    /// A role lacks people: the item waits.
    Unstaffed {
        /// What its group is called.
        group: String,
    },
}

/// A case and everybody who has to hear of what happened.
#[derive(Clone, Debug)]
pub struct Announced {
    pub case: Case,
    /// Its files, where somebody hears of changes that may be about them.
    pub documents: Vec<Document>,
    pub notices: Vec<Notice>,
}

/// The case and everybody who has to hear of the events `first..=last`.
pub async fn notices(context: &Context, submission: SubmissionId, first: u64, last: u64) -> Result<Announced, Error> {
    let view = context.store.view().await?;
    let submission = view.submission(submission).await?.ok_or(Error::NotFound)?;
    let mut events = view.events(submission.id, first.saturating_sub(1), 500).await?;
    let case = Case::of(&view, context, submission, context.clock.now()).await?;
    let later = events.split_off(events.partition_point(|event| event.sequence <= last));
    if later.iter().any(|event| matches!(event.what, EventKind::Moved { .. })) {
        return Ok(Announced { case, documents: Vec::new(), notices: Vec::new() });
    }
    let told = decided(&view.events(case.submission.id, 0, HISTORY).await?, case.submission.submitter);
    let told = told.and_then(|decided| decided.released(&released(&case.definition, &case.submission.item)));
    let reason = told.map(|told| told.reasons.join("\n\n")).filter(|reason| !reason.is_empty());
    let mut news = concerned(&case, &events, reason.as_ref());
    name_all(&view, &mut news).await?;
    let people = everybody(&view, &case, &news).await?;
    let actors: BTreeSet<PersonId> = events.iter().filter_map(|event| event.by).collect();
    let unwanted = Unwanted::of(&view, &people).await?;
    let mut notices = Vec::new();
    for (audience, news) in news {
        let waits = |person: &Person| waits(&case, person.id, &news);
        let receipt = matches!(news, News::Received { .. });
        let own = |person: &Person| actors.contains(&person.id) && !receipt;
        let hears = |person: &&Person| {
            !own(person) && !waits(person) && !unwanted.has(person.id, &news, case.submission.submitter)
        };
        for person in audience.members(&people).filter(hears) {
            let dedupe = format!("{}:{first}:{}", case.submission.id, person.id);
            notices.push(Notice { person: person.clone(), news: news.clone(), dedupe });
        }
    }
    // One letter a person and batch: what comes first says the most.
    let mut told = BTreeSet::new();
    notices.retain(|notice| told.insert(notice.person.id));
    let returned = notices.iter().any(|notice| matches!(notice.news, News::Returned { .. }));
    let documents = if returned { view.documents(case.submission.id).await? } else { Vec::new() };
    Ok(Announced { case, documents, notices })
}

/// For whom news is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Audience {
    Persons(BTreeSet<PersonId>),
    Duties,
}

/// Everybody who may be addressed, by id, and those on duty.
struct Known {
    persons: BTreeMap<PersonId, Person>,
    on_duty: Vec<Person>,
}

impl Audience {
    fn members<'a>(&'a self, known: &'a Known) -> Box<dyn Iterator<Item = &'a Person> + 'a> {
        match self {
            Self::Persons(ids) => Box::new(ids.iter().filter_map(|id| known.persons.get(id))),
            Self::Duties => Box::new(known.on_duty.iter()),
        }
    }
}

/// What a batch of events means, the most important first.
#[expect(clippy::too_many_lines, reason = "every kind of event is named, so that a new one is thought about")]
fn concerned(case: &Case, events: &[Event], reason: Option<&String>) -> Vec<(Audience, News)> {
    let item = &case.submission.item;
    let author = along(case, &[Relation::Writer, Relation::CoAuthor]);
    let mut news = Vec::new();
    let moved = events.iter().rev().find_map(|event| match &event.what {
        EventKind::Moved { transition, from, .. } => Some((transition, from)),
        _ => None,
    });
    let changes: Vec<_> = events.iter().map(|event| event.what.meta()).collect();
    let reminded = changes.iter().any(|meta| meta.turn == TurnChange::Reminder);
    let passed_on = changes.iter().any(|meta| meta.turn == TurnChange::Anybody);
    let given_to = changes.iter().filter(|meta| meta.turn == TurnChange::Person);
    let assigned: BTreeSet<PersonId> = given_to.filter_map(|meta| meta.person).collect();
    let turns = turns(&case.definition, item, &case.facts(Actor::Clock));
    if let Some((transition, from)) = moved {
        let step = case.definition.transitions.get(transition);
        let by_time = step.is_some_and(|step| matches!(step.trigger, Trigger::After(_)));
        let earns = case.definition.states.get(&item.state).is_some_and(|state| state.award.is_some());
        if item.closed && by_time && !earns {
            let (transition, from) = (transition.clone(), from.clone());
            news.push((author.clone(), News::Lapsed { transition, from, reason: reason.cloned() }));
        } else if case.is_editable() {
            news.push((along(case, &[Relation::Writer]), News::Returned { reason: reason.cloned() }));
        } else if released(&case.definition, item).contains(&Part::Decision) {
            let gives = events.iter().map(|event| &event.what).filter(|what| is_given(what, item.submitter));
            let turn = turns.iter().find(|turn| turn.holder == Holder::Person(item.submitter)).cloned();
            let gives = gives.cloned().collect();
            news.push((author.clone(), News::Decided { reason: reason.cloned(), gives, turn }));
        }
        if was_sent(case, events) {
            news.push((author.clone(), News::Received { by: turns.iter().filter_map(|turn| turn.by).min() }));
        }
        let notified = step.map(|step| step.notify.as_slice());
        for role in notified.unwrap_or_default() {
            news.push((holders_of(case, role), News::Moved));
        }
    }
    for turn in turns.into_iter().filter(|turn| turn.holder != Holder::Person(item.submitter) || reminded) {
        let audience = match &turn.holder {
            Holder::Person(person) => Audience::Persons(BTreeSet::from([*person])),
            Holder::Group(_) => holders_of(case, &turn.role),
        };
        let given = matches!(turn.holder, Holder::Person(person) if assigned.contains(&person));
        if reminded {
            news.push((audience, News::Reminder(turn)));
        } else if passed_on || given {
            news.insert(0, (audience, News::Turn(turn)));
        }
    }
    for event in events {
        match &event.what {
            EventKind::Unstaffed { role } => {
                let group = case.definition.group(role).unwrap_or(role).to_owned();
                news.push((Audience::Duties, News::Unstaffed { group }));
            }
            EventKind::Released { track, reason: Some(reason), .. } if event.by.is_none() => {
                let review = case.definition.track(track).map_or_else(|| track.clone(), |found| found.title(track));
                news.push((Audience::Duties, News::Vacated { review, reason: reason.clone() }));
            }
            EventKind::OfficeAsked { person, matter } if item.asked.contains_key(person) => {
                let asked = News::ConflictAsked { matter: *matter, person: *person, name: String::new() };
                news.insert(0, (Audience::Duties, asked));
            }
            EventKind::CoAuthorNamed { .. }
            | EventKind::HandOverProposed { .. }
            | EventKind::HandOverDeclined { .. }
            | EventKind::HandedOver { .. }
            | EventKind::Redacted { .. } => news.extend(beside(case, &event.what)),
            EventKind::TimerUndated { wants, .. } => {
                news.push((Audience::Duties, News::Undated { wants: wants.clone() }));
            }
            _ => {}
        }
    }
    news
}

/// Whether the author, or who writes along, handed it to the office, and the office has it still.
fn was_sent(case: &Case, events: &[Event]) -> bool {
    let states = &case.definition.states;
    let writes = |person: PersonId| {
        person == case.submission.item.submitter || case.parties.get(&person) == Some(&Relation::Writer)
    };
    let sent = events.iter().any(|event| match &event.what {
        EventKind::Moved { from, .. } => {
            event.by.is_some_and(writes) && states.get(from).is_some_and(State::is_editable)
        }
        _ => false,
    });
    sent && states.get(&case.submission.item.state).is_some_and(State::is_with_the_office)
}

/// The owner, and co-authors who stand to it like this.
fn along(case: &Case, relations: &[Relation]) -> Audience {
    let parties = case.parties.iter().filter(|(_, relation)| relations.contains(relation));
    Audience::Persons(parties.map(|(person, _)| *person).chain([case.submission.item.submitter]).collect())
}

/// What is done beside the workflow means for those concerned.
fn beside(case: &Case, what: &EventKind) -> Option<(Audience, News)> {
    let owner = case.submission.item.submitter;
    let both = |one, other| Audience::Persons(BTreeSet::from([one, other]));
    Some(match what {
        EventKind::CoAuthorNamed { email, right, .. } => {
            (Audience::Persons(case.addresses.get(email).copied().into_iter().collect()), News::CoAuthor(*right))
        }
        EventKind::HandOverProposed { person } => (both(owner, *person), News::HandOverAsked),
        EventKind::HandOverDeclined { .. } => (Audience::Duties, News::HandOverDeclined),
        EventKind::HandedOver { owner, person, reason } => {
            (both(*owner, *person), News::HandedOver { reason: reason.clone() })
        }
        EventKind::Redacted { reason, .. } => (both(owner, owner), News::Redacted { reason: reason.clone() }),
        _ => return None,
    })
}

/// Whether something that happened is the author's to have.
fn is_given(what: &EventKind, author: PersonId) -> bool {
    match what {
        EventKind::CreditAwarded { to, .. } => *to == Recipient::Person(author),
        EventKind::Designated { .. } => true,
        _ => false,
    }
}

/// Alarms name people and groups by what they are called, where they are known.
async fn name_all(view: &ReadTx, news: &mut [(Audience, News)]) -> Result<(), Error> {
    for (_, news) in news.iter_mut() {
        if let News::ConflictAsked { person, name, .. } = news
            && let Some(known) = view.person(*person).await?
        {
            *name = known.name;
        }
    }
    if !news.iter().any(|(_, news)| matches!(news, News::Unstaffed { .. })) {
        return Ok(());
    }
    let groups = view.groups().await?;
    for (_, news) in news {
        if let News::Unstaffed { group: name } = news
            && let Some(group) = groups.iter().find(|group| group.slug == *name)
        {
            name.clone_from(&group.title);
        }
    }
    Ok(())
}

/// Who could act in a role: its group without the author and without anybody who has a conflict.
fn holders_of(case: &Case, role: &str) -> Audience {
    let item = &case.submission.item;
    let members = match case.definition.roles.get(role) {
        Some(Role::Group { group, .. }) => case.groups.get(group).cloned().unwrap_or_default(),
        Some(Role::Submitter) => return Audience::Persons(BTreeSet::from([item.submitter])),
        None => BTreeSet::new(),
    };
    Audience::Persons(members.into_iter().filter(|person| is_free(case, *person)).collect())
}

/// Whether somebody may know of it: it is not their own, and they have no conflict.
fn is_free(case: &Case, person: PersonId) -> bool {
    let item = &case.submission.item;
    person != item.submitter && !case.conflicts.contains_key(&person)
}

/// Whether a letter is not written because who would get it is away: what concerns them as the author cannot wait, and what they
/// find when they are back they are told then.
fn waits(case: &Case, person: PersonId, news: &News) -> bool {
    let theirs = matches!(news, News::Turn(_) | News::Reminder(_) | News::Moved);
    theirs && person != case.submission.item.submitter && case.absent.until.contains_key(&person)
}

async fn everybody(view: &ReadTx, case: &Case, news: &[(Audience, News)]) -> Result<Known, Error> {
    let ids: BTreeSet<PersonId> = news
        .iter()
        .flat_map(|(audience, _)| match audience {
            Audience::Persons(ids) => ids.clone(),
            Audience::Duties => BTreeSet::new(),
        })
        .collect();
    // Who may not sign in has nothing to do here, and nothing to read.
    // Who is named as a co-author may have no account yet.
    let named = |person: &Person| {
        let to = |audience: &Audience| matches!(audience, Audience::Persons(ids) if ids.contains(&person.id));
        let told = |(audience, news): &(Audience, News)| matches!(news, News::CoAuthor(_)) && to(audience);
        person.standing == Standing::Named && news.iter().any(told)
    };
    let people = view.persons(&ids).await?.into_iter();
    let people = people.filter(|person| person.standing == Standing::Active || named(person));
    let persons = people.map(|person| (person.id, person)).collect();
    let on_duty = if news.iter().any(|(audience, _)| *audience == Audience::Duties) {
        let all = view.on_duty(&[Duty::Coordinator, Duty::Administrator]).await?;
        let (away, here): (Vec<_>, Vec<_>) = all
            .into_iter()
            .filter(|person| is_free(case, person.id))
            .partition(|person| case.absent.until.contains_key(&person.id));
        // Somebody has to hear of it.
        if here.is_empty() { away } else { here }
    } else {
        Vec::new()
    };
    Ok(Known { persons, on_duty })
}

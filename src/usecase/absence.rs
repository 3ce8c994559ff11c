//! Days on which somebody is away: entered by themselves, or by the office for them.
//!
//! From the first day on the places that they have pass on or wait, as each group says, and no new ones are offered to them.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan, civil::Date};
use serde_json::json;

use super::{
    Call, Context, Error,
    admin::{Shortage, alarm, shortages, shortages_on},
    enqueue,
    letter::{self, Alarm},
    organisation,
    submission::{look_at_groups_of, vacate},
};
use crate::{
    access::Caller,
    clock::new_id,
    domain::{AbsenceId, Calendar, Duty, Effect, LetterKind, PersonId, Standing},
    model::{Absence, Group, LogAct, Person, Receipt},
    store::{ReadTx, Tx},
};

/// The longest absence, in days.
const LONGEST: i32 = 731;

/// Somebody's absences, and what becomes of their places meanwhile.
#[derive(Clone, Debug)]
pub struct Absences {
    /// Who.
    pub person: Person,
    /// Those that are not over.
    pub absences: Vec<Absence>,
    /// What the groups are called in which their places pass on.
    pub pass_on: Vec<String>,
    /// What those are called in which their places wait for them.
    pub wait: Vec<String>,
    /// The office's date.
    pub today: Date,
}

/// An absence, told to the office.
#[derive(Clone, Debug)]
pub struct Told {
    /// Who is away, and what becomes of their places.
    pub about: Absences,
    /// From when to when.
    pub absence: Absence,
}

/// Somebody who is back, and how much waits for them.
#[derive(Clone, Debug)]
pub struct Back {
    /// How many things.
    pub waiting: usize,
}

/// The absences of the caller, or, for the office, of somebody else.
pub async fn of(call: &Call, person: PersonId) -> Result<Absences, Error> {
    enters(&call.caller, person)?;
    let view = call.context.store.view().await?;
    let (_, calendar) = organisation(&view).await?;
    about(&view, person, calendar.date(call.now)).await
}

/// Writes down that somebody is away from one day to another, both included.
pub async fn enter(call: &Call, person: PersonId, first: Date, last: Date) -> Result<Absence, Error> {
    enters(&call.caller, person)?;
    let deed = call.begin().await?;
    deed.hold_person(person).await?;
    let who = deed.person(person).await?.ok_or(Error::NotFound)?;
    if who.standing != Standing::Active {
        return Err(Error::Conflict("only who may sign in has places that could pass on or wait".to_owned()));
    }
    let (_, calendar) = organisation(&deed).await?;
    let today = calendar.date(call.now);
    if last < first {
        return Err(Error::field("last", "order", "the last day is before the first; correct the days"));
    }
    if last < today {
        return Err(Error::field("last", "past", "this is over already; enter a last day from today on"));
    }
    if first.checked_add(LONGEST.days()).is_ok_and(|end| last > end) {
        return Err(Error::field("last", "long", "enter an absence of two years at most"));
    }
    let absence =
        Absence { id: AbsenceId(new_id()), person, first, last, entered_by: call.caller.person, entered_at: call.now };
    let before = shortages(&call.context, &deed).await?;
    deed.add_absence(&absence).await?;
    enqueue(&deed, &Effect::Absent { absence: absence.id }, call.now).await?;
    if first <= today {
        take_effect(&deed, &call.context, person, &before).await?;
    } else {
        enqueue(&deed, &Effect::AbsenceBegins { absence: absence.id }, begin_of(first, &calendar)?).await?;
    }
    enqueue(&deed, &Effect::AbsenceEnds { absence: absence.id }, after(last, &calendar)?).await?;
    deed.note(LogAct::AbsenceEntered, who.email.as_str(), json!({ "first": first, "last": last })).await?;
    deed.commit(Receipt::Done).await?;
    Ok(absence)
}

/// Ends an absence: one that has begun ends with yesterday, so that somebody is back at once; one to come is taken back.
pub async fn end(call: &Call, person: PersonId, id: AbsenceId) -> Result<(), Error> {
    enters(&call.caller, person)?;
    let deed = call.begin().await?;
    deed.hold_person(person).await?;
    let absence = deed.absence(id).await?.filter(|absence| absence.person == person).ok_or(Error::NotFound)?;
    let (_, calendar) = organisation(&deed).await?;
    let today = calendar.date(call.now);
    if absence.last < today {
        return Err(Error::Conflict("this absence is over already".to_owned()));
    }
    let yesterday = today.yesterday().map_err(anyhow::Error::from)?;
    if absence.first <= yesterday {
        deed.shorten_absence(id, yesterday).await?;
    } else {
        deed.remove_absence(id).await?;
    }
    if absence.first <= today {
        look_at_groups_of(&deed, &call.context, person).await?;
    }
    let who = deed.person(person).await?.ok_or(Error::NotFound)?;
    let detail = json!({ "first": absence.first, "last": absence.last });
    deed.note(LogAct::AbsenceEnded, who.email.as_str(), detail).await?;
    deed.commit(Receipt::Done).await
}

/// Does what an absence brings on its first day; one that was taken back, or is over, brings nothing.
pub async fn begins(context: &Context, id: AbsenceId) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    let Some(absence) = tx.absence(id).await? else { return Ok(()) };
    let (_, calendar) = organisation(&tx).await?;
    let today = calendar.date(context.clock.now());
    if today < absence.first {
        // The organisation moved to another zone meanwhile.
        enqueue(&tx, &Effect::AbsenceBegins { absence: id }, begin_of(absence.first, &calendar)?).await?;
    } else if today <= absence.last {
        let yesterday = today.yesterday().map_err(anyhow::Error::from)?;
        let before = shortages_on(context, &tx, yesterday).await?;
        take_effect(&tx, context, absence.person, &before).await?;
    }
    Ok(tx.commit().await?)
}

/// What somebody finds who is back; nothing where they are not, or nothing waits.
pub async fn ends(context: &Context, id: AbsenceId) -> Result<Option<Alarm<Back>>, Error> {
    let tx = context.store.begin().await?;
    let Some(absence) = tx.absence(id).await? else { return Ok(None) };
    let (house, calendar) = organisation(&tx).await?;
    let today = calendar.date(context.clock.now());
    let still = tx.away(&BTreeSet::from([absence.person]), today).await?;
    if let Some(until) = still.get(&absence.person) {
        if *until == absence.last {
            enqueue(&tx, &Effect::AbsenceEnds { absence: id }, after(*until, &calendar)?).await?;
        }
        tx.commit().await?;
        return Ok(None);
    }
    look_at_groups_of(&tx, context, absence.person).await?;
    let person = tx.person(absence.person).await?.ok_or(Error::NotFound)?;
    let waiting = tx.waiting_for(person.id).await?.len();
    tx.commit().await?;
    let told = waiting > 0 && person.standing == Standing::Active;
    let what = Back { waiting };
    Ok(told.then(|| Alarm { organisation: house, people: vec![person], about: None, what }))
}

/// An absence that the office has to hear of, and who is away where somebody else entered it.
pub async fn told(context: &Context, id: AbsenceId) -> Result<Option<Alarm<Told>>, Error> {
    let view = context.store.view().await?;
    let Some(absence) = view.absence(id).await? else { return Ok(None) };
    let (_, calendar) = organisation(&view).await?;
    let about = about(&view, absence.person, calendar.date(context.clock.now())).await?;
    let (person, by) = (about.person.clone(), absence.entered_by);
    let alarm = letter::alarm(&view, &[Duty::Coordinator], Told { about, absence }).await?;
    let people = alarm.iter().flat_map(|alarm| &alarm.people).map(|known| known.id).collect();
    let unwanted = view.unwanted_letters(&people).await?;
    let wants = |known: &Person| !unwanted.get(&known.id).is_some_and(|kinds| kinds.contains(&LetterKind::Absences));
    Ok(alarm.map(|mut alarm| {
        alarm.people.retain(wants);
        if alarm.people.iter().all(|known| known.id != person.id) {
            alarm.people.push(person);
        }
        alarm.people.retain(|known| known.id != by);
        alarm
    }))
}

/// Frees what passes on, and tells of roles that have too few people now and had enough before.
async fn take_effect(tx: &Tx, context: &Context, person: PersonId, before: &[Shortage]) -> Result<(), Error> {
    vacate(tx, context, person).await?;
    alarm(context, tx, before, context.clock.now()).await
}

async fn about(view: &ReadTx, person: PersonId, today: Date) -> Result<Absences, Error> {
    let person = view.person(person).await?.ok_or(Error::NotFound)?;
    let joined = view.groups_of(person.id).await?;
    let waiting = view.waiting_groups().await?;
    let groups = view.groups().await?.into_iter().filter(|group| joined.contains(&group.slug));
    let (wait, pass_on): (Vec<_>, Vec<_>) = groups.partition(|group| waiting.contains(&group.slug));
    let titles = |groups: Vec<Group>| groups.into_iter().map(|group| group.title).collect();
    let absences = view.absences_of(person.id, today).await?;
    Ok(Absences { absences, pass_on: titles(pass_on), wait: titles(wait), today, person })
}

/// Lets those through who may say when somebody is away.
/// Whether somebody may say when a person is away: they themselves, and the office.
#[must_use]
pub fn may_enter(caller: &Caller, person: PersonId) -> bool {
    let office = [Duty::Coordinator, Duty::Administrator].iter().any(|duty| caller.duties.contains(duty));
    caller.person == person || office
}

fn enters(caller: &Caller, person: PersonId) -> Result<(), Error> {
    if may_enter(caller, person) {
        Ok(())
    } else {
        Err(Error::Forbidden("only they themselves and the office say when somebody is away".to_owned()))
    }
}

fn begin_of(day: Date, calendar: &Calendar) -> Result<Timestamp, Error> {
    Ok(day.to_zoned(calendar.zone().clone()).map_err(anyhow::Error::from)?.timestamp())
}

fn after(day: Date, calendar: &Calendar) -> Result<Timestamp, Error> {
    begin_of(day.tomorrow().map_err(anyhow::Error::from)?, calendar)
}

//! Declining a place in a review by the link of the letter, without signing in.

use jiff::SignedDuration;

use super::persist_decision;
use crate::{
    access::{Act, Caller},
    domain::{Paragraphs, Standing},
    model::{Mail, Person, Submission},
    store::ReadTx,
    token::Opaque,
    usecase::{Case, Context, Error},
    workflow::{Actor, Command, Event, Item, decide},
};

/// Where a letter as it is kept has its link: whoever reads the database or a backup finds none that does anything.
pub const DECLINE_TO_COME: &str = "/decline/made-when-sent";

/// How long a link stands, in days.
const DAYS: i64 = 60;

/// A place that somebody was given and has not said anything about.
#[derive(Clone, Debug)]
pub struct Declinable {
    /// The submission.
    pub case: Case,
    /// Who was given the place.
    pub person: Person,
    /// The reviews.
    pub tracks: Vec<String>,
}

/// Why somebody declines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// They cannot do it.
    Busy,
    /// They have a conflict of interest.
    Conflicted,
}

/// A letter as it is sent: with a fresh link where the kept one has a place for it.
pub async fn with_decline(context: &Context, letter: Mail) -> Result<Mail, Error> {
    let Some(submission) = letter.about.filter(|_| letter.text.contains(DECLINE_TO_COME)) else { return Ok(letter) };
    let (secret, now) = (Opaque::random(), context.clock.now());
    let tx = context.store.begin().await?;
    let ends = now + SignedDuration::from_hours(24 * DAYS);
    tx.add_decline(secret.hash(), (submission, letter.person), now, ends).await?;
    tx.commit().await?;
    let path = format!("/decline/{}", secret.text());
    let [text, html] = [&letter.text, &letter.html].map(|body| body.replace(DECLINE_TO_COME, &path));
    Ok(Mail { text, html, ..letter })
}

/// What a link is about, as long as it stands. Looking changes nothing.
pub async fn declinable(context: &Context, text: &str) -> Result<Declinable, Error> {
    let view = context.store.view().await?;
    let (submission, person) = asked(&view, context, text).await?;
    of(Case::of(&view, context, submission, context.clock.now()).await?, person)
}

/// Gives the place back, with the reason where one is given; a conflict of interest is kept as one.
pub async fn decline(context: &Context, text: &str, because: Because, reason: &str) -> Result<Declinable, Error> {
    let reason: String = Paragraphs::within(reason, 2_000).map_err(|fault| Error::text("reason", fault))?.into();
    let tx = context.store.begin().await?;
    let (submission, person) = asked(&tx, context, text).await?;
    let declined = of(Case::held(&tx, context, submission, context.clock.now()).await?, person)?;
    let (case, person) = (&declined.case, &declined.person);
    let caller = Caller { person: person.id, duties: person.duties.clone(), groups: tx.groups_of(person.id).await? };
    let permit = case.allow(&caller, Act::Step)?;
    let commands = match because {
        Because::Conflicted if reason.is_empty() => {
            return Err(Error::field("reason", "missing", "say what the conflict is"));
        }
        Because::Conflicted => vec![Command::Recuse { person: person.id, reason }],
        Because::Busy => {
            let said = Some(reason).filter(|reason| !reason.is_empty()).unwrap_or_else(|| "Declined".to_owned());
            let release = |track: &String| Command::Release {
                track: track.clone(),
                person: person.id,
                reason: Some(said.clone()),
            };
            declined.tracks.iter().map(release).collect()
        }
    };
    let facts = case.facts(Actor::Person(person.id));
    let mut item = case.submission.item.clone();
    let mut events: Vec<Event> = Vec::new();
    for command in &commands {
        let more = decide(&case.definition, &item, command, &facts)?;
        item = more.iter().fold(item, Item::apply);
        events.extend(more);
    }
    persist_decision(&tx, context, permit, case, events).await?;
    tx.commit().await?;
    Ok(declined)
}

async fn asked(view: &ReadTx, context: &Context, text: &str) -> Result<(Submission, Person), Error> {
    let secret = Opaque::read(text).ok_or(Error::NotFound)?;
    let (submission, person) = view.decline(&secret.hash(), context.clock.now()).await?.ok_or(Error::NotFound)?;
    let person = view.person(person).await?.filter(|person| person.standing == Standing::Active).ok_or_else(over)?;
    Ok((view.submission(submission).await?.ok_or(Error::NotFound)?, person))
}

fn of(case: Case, person: Person) -> Result<Declinable, Error> {
    let open = case.definition.states.get(&case.submission.item.state).map(|state| &state.tracks);
    let waits = |track: &&String| {
        let seat = case.submission.item.tracks.get(*track).and_then(|progress| progress.seat(person.id));
        seat.is_some_and(|seat| !seat.declared && seat.verdict.is_none())
    };
    let tracks: Vec<String> = open.into_iter().flat_map(|tracks| tracks.keys()).filter(waits).cloned().collect();
    if tracks.is_empty() { Err(over()) } else { Ok(Declinable { case, person, tracks }) }
}

fn over() -> Error {
    Error::Gone("there is nothing to decline any more: the place was given back, or you have taken it".to_owned())
}

//! Seats in a track: taken, assigned, given back, and judged from.

use super::{decision_builder::DecisionBuilder, fire, role};
use crate::{
    domain::{Answers, PersonId, phrase::day},
    workflow::{
        EventKind, Refusal,
        definition::{Take, Track, Verdict},
        event::ChangeAsked,
        item::{Progress, Seat},
    },
};

/// What a reviewer says.
pub(super) struct Judgement<'a> {
    pub(super) verdict: Verdict,
    pub(super) rubric: &'a Answers,
    pub(super) note: Option<&'a str>,
    pub(super) requests: &'a [ChangeAsked],
}

pub(super) fn claim(step: &mut DecisionBuilder<'_>, person: PersonId, name: &str) -> Result<(), Refusal> {
    let track = claimable(step, person, name)?;
    step.emit(Some(person), Some(&track.role), EventKind::Claimed { track: name.to_owned(), person });
    Ok(())
}

/// Whether a person may take a seat.
pub(super) fn claimable<'a>(step: &DecisionBuilder<'a>, person: PersonId, name: &str) -> Result<&'a Track, Refusal> {
    let track = step.track(name)?;
    role::may(step, person, &track.role)?;
    role::here(step, person)?;
    if track.take == Take::Assign {
        return Err(Refusal::WrongWay { track: step.called(name) });
    }
    free(step, track, name, person)?;
    Ok(track)
}

pub(super) fn assign(
    step: &mut DecisionBuilder<'_>,
    by: PersonId,
    name: &str,
    person: PersonId,
) -> Result<(), Refusal> {
    step.coordinator_only()?;
    let track = step.track(name)?;
    // Who runs the queue does not choose themselves as the judge.
    if track.take == Take::Claim || by == person {
        return Err(Refusal::WrongWay { track: step.called(name) });
    }
    role::may(step, person, &track.role)?;
    role::here(step, person)?;
    free(step, track, name, person)?;
    step.emit(Some(by), None, EventKind::Assigned { track: name.to_owned(), person });
    Ok(())
}

fn free(step: &DecisionBuilder<'_>, track: &Track, name: &str, person: PersonId) -> Result<(), Refusal> {
    let Some(progress) = step.item.tracks.get(name) else { return Ok(()) };
    if progress.seat(person).is_some() {
        return Err(Refusal::AlreadySeated { track: step.called(name) });
    }
    if progress.complete() {
        return Err(Refusal::TrackComplete { track: step.called(name) });
    }
    let taken = progress.seats.iter().filter(|seat| !seat.voided).count();
    if u32::try_from(taken).unwrap_or(u32::MAX) >= track.seats {
        return Err(Refusal::NoSeat { track: step.called(name), seats: track.seats });
    }
    Ok(())
}

fn own<'s>(step: &'s DecisionBuilder<'_>, name: &str, person: PersonId) -> Result<(&'s Progress, &'s Seat), Refusal> {
    step.item
        .tracks
        .get(name)
        .and_then(|progress| progress.seat(person).map(|seat| (progress, seat)))
        .ok_or_else(|| Refusal::NotSeated { track: step.called(name) })
}

pub(super) fn declare(step: &mut DecisionBuilder<'_>, person: PersonId, name: &str) -> Result<(), Refusal> {
    let track = step.track(name)?;
    role::may(step, person, &track.role)?;
    if own(step, name, person)?.1.declared {
        return Err(Refusal::AlreadySeated { track: step.called(name) });
    }
    step.emit(Some(person), Some(&track.role), EventKind::Declared { track: name.to_owned(), person });
    Ok(())
}

pub(super) fn release(
    step: &mut DecisionBuilder<'_>,
    by: PersonId,
    name: &str,
    person: PersonId,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    step.track(name)?;
    if by != person {
        step.coordinator_only()?;
    }
    if own(step, name, person)?.1.verdict.is_some() {
        return Err(Refusal::AlreadyJudged);
    }
    let reason = reason.map(str::to_owned);
    step.emit(Some(by), None, EventKind::Released { track: name.to_owned(), person, reason });
    Ok(())
}

/// Frees the places of those who may not act in their role any more and have not judged: they left the group, may not sign in,
/// have a conflict, are away. What they judged before stays.
pub(super) fn vacate(step: &mut DecisionBuilder<'_>) {
    let Some(state) = step.state() else { return };
    let mut freed = Vec::new();
    for (name, track) in &state.tracks {
        let Some(progress) = step.item.tracks.get(name).filter(|progress| !progress.complete()) else { continue };
        for seat in progress.seats.iter().filter(|seat| !seat.voided && seat.verdict.is_none()) {
            if let Err(refusal) = role::may(step, seat.person, &track.role) {
                freed.push(EventKind::Released {
                    track: name.clone(),
                    person: seat.person,
                    reason: Some(why(&refusal)),
                });
            }
        }
    }
    for released in freed {
        step.emit(None, None, released);
    }
}

/// Why somebody's place is free, for the history and the office.
fn why(refusal: &Refusal) -> String {
    match refusal {
        Refusal::WrongRole { .. } => "No longer an active member of the group".to_owned(),
        Refusal::Conflicted => "Has a conflict of interest".to_owned(),
        Refusal::Away { until } => format!("Away until {}", day(*until)),
        refusal => refusal.to_string(),
    }
}

pub(super) fn judge(
    step: &mut DecisionBuilder<'_>,
    person: PersonId,
    name: &str,
    given: &Judgement<'_>,
) -> Result<(), Refusal> {
    let track = judgeable(step, person, name)?;
    if !track.verdicts.contains(&given.verdict) {
        let verdict = <&str>::from(given.verdict).to_owned();
        return Err(Refusal::UnknownVerdict { track: step.called(name), verdict });
    }
    let rubric = track.rubric.as_ref().and_then(|rubric| step.definition.rubrics.get(rubric));
    fire::answered(step, rubric.map_or(&[], Vec::as_slice), given.rubric)?;
    if given.verdict == Verdict::Revise && given.requests.is_empty() {
        return Err(Refusal::NothingAsked);
    }
    fire::known_subjects(step, given.requests)?;
    let recorded = EventKind::VerdictRecorded {
        track: name.to_owned(),
        person,
        verdict: given.verdict,
        rubric: given.rubric.clone(),
        note: given.note.map(str::to_owned),
    };
    step.emit(Some(person), Some(&track.role), recorded);
    fire::ask_changes(step, person, &track.role, Some(name), given.requests);
    Ok(())
}

/// Whether a person may give a verdict now.
pub(super) fn judgeable<'a>(step: &DecisionBuilder<'a>, person: PersonId, name: &str) -> Result<&'a Track, Refusal> {
    let track = step.track(name)?;
    role::may(step, person, &track.role)?;
    let (progress, seat) = own(step, name, person)?;
    if seat.verdict.is_some() {
        return Err(Refusal::AlreadyJudged);
    }
    if progress.complete() {
        return Err(Refusal::TrackComplete { track: step.called(name) });
    }
    if !seat.declared {
        return Err(Refusal::Undeclared);
    }
    Ok(track)
}

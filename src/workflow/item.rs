//! Where an item stands: the fold of its events.

mod beside;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use beside::{CoAuthor, RedactedPart, Succession};

use super::{
    definition::Verdict,
    event::{CarriedTrack, ChangeAsked, Event, EventKind, Matter, Resolution, Timer},
};
use crate::domain::{Answers, Conflict, Email, PersonId};

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Whose it is.
    pub submitter: PersonId,
    /// Number of the last event.
    pub sequence: u64,
    /// The state it is in.
    pub state: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether it is over.
    pub closed: bool,
    /// Counters by name; absent is 0.
    pub counters: BTreeMap<String, u32>,
    /// Tracks by name, also of states that were left: later conditions read them.
    pub tracks: BTreeMap<String, Progress>,
    /// Who acted in which role.
    pub acted: BTreeMap<String, BTreeSet<PersonId>>,
    /// Who is out because of a conflict of interest.
    pub recused: BTreeSet<PersonId>,
    /// What was answered at decisions.
    pub decided: Answers,
    /// Change requests, oldest first.
    pub requests: Vec<ChangeRequest>,
    /// Timers that run.
    #[serde(with = "timers")]
    pub timers: BTreeMap<Timer, Timestamp>,
    /// Timers that would run, had the calendar a day for them.
    #[serde(default)]
    pub undated: BTreeSet<Timer>,
    /// Rules (states) whose award stands.
    pub awarded: BTreeSet<String>,
    /// Roles that lack people.
    pub unstaffed: BTreeSet<String>,
    /// When each transition was taken last.
    #[serde(default)]
    pub taken: BTreeMap<String, Timestamp>,
    /// Whether there is an activity that others can complete.
    #[serde(default)]
    pub designated: bool,
    /// Who writes along, by address.
    #[serde(default)]
    pub coauthors: BTreeMap<Email, CoAuthor>,
    /// Whose it was, and until when.
    #[serde(default)]
    pub former: BTreeMap<PersonId, Timestamp>,
    /// To whom it may be handed over, once both agree.
    #[serde(default)]
    pub succession: Option<Succession>,
    /// What the office took out.
    #[serde(default)]
    pub redactions: Vec<RedactedPart>,
    /// Which conflicts of interest the office lifted.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lifted: BTreeMap<PersonId, BTreeSet<Conflict>>,
    /// Of whose conflict of interest the office has to decide what.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub asked: BTreeMap<PersonId, BTreeSet<Matter>>,
    /// Whose names the author is to take back.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub name_back: BTreeSet<PersonId>,
    /// Whether its author threw it away, empty and never sent: it is found nowhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub discarded: bool,
}

/// How far a track is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Verdicts that complete it.
    pub quorum: u32,
    /// Who sits in it.
    pub seats: Vec<Seat>,
}

/// One reviewer's place in a track.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    /// Whose.
    pub person: PersonId,
    /// Since when.
    pub since: Timestamp,
    /// Whether no conflict was declared; evidence opens only then.
    pub declared: bool,
    /// The verdict, once given.
    pub verdict: Option<Verdict>,
    /// The verdict no longer counts.
    pub voided: bool,
}

/// A change asked of the author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeRequest {
    /// Its number, from 1.
    pub number: u32,
    /// Who asked.
    pub by: PersonId,
    /// In which track, if any.
    pub track: Option<String>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub asked: ChangeAsked,
    /// How the author answered.
    pub resolution: Option<Resolution>,
}

impl Progress {
    /// Verdicts that count, one kind of them.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.seats.iter().filter(|seat| !seat.voided && seat.verdict == Some(verdict)).count()
    }

    /// Verdicts that count.
    #[must_use]
    pub fn given(&self) -> usize {
        self.seats.iter().filter(|seat| !seat.voided && seat.verdict.is_some()).count()
    }

    /// Whether enough verdicts are in.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.quorum > 0 && u32::try_from(self.given()).unwrap_or(u32::MAX) >= self.quorum
    }

    /// Somebody's seat.
    #[must_use]
    pub fn seat(&self, person: PersonId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.person == person && !seat.voided)
    }
}

impl Item {
    /// An item before its first event.
    #[must_use]
    pub fn of(submitter: PersonId) -> Self {
        Self {
            submitter,
            sequence: 0,
            state: String::new(),
            since: Timestamp::UNIX_EPOCH,
            closed: false,
            counters: BTreeMap::new(),
            tracks: BTreeMap::new(),
            acted: BTreeMap::new(),
            recused: BTreeSet::new(),
            decided: Answers::default(),
            requests: Vec::new(),
            timers: BTreeMap::new(),
            undated: BTreeSet::new(),
            awarded: BTreeSet::new(),
            unstaffed: BTreeSet::new(),
            taken: BTreeMap::new(),
            designated: false,
            coauthors: BTreeMap::new(),
            former: BTreeMap::new(),
            succession: None,
            redactions: Vec::new(),
            lifted: BTreeMap::new(),
            asked: BTreeMap::new(),
            name_back: BTreeSet::new(),
            discarded: false,
        }
    }

    /// The item after a list of events.
    #[must_use]
    pub fn replay<'a>(submitter: PersonId, events: impl IntoIterator<Item = &'a Event>) -> Self {
        events.into_iter().fold(Self::of(submitter), Self::apply)
    }

    /// The item after one more event. Total: an event that does not fit changes what it can and no more.
    #[must_use]
    pub fn apply(mut self, event: &Event) -> Self {
        self.take_in(event);
        self
    }

    /// [`Item::apply`] in place.
    #[expect(clippy::too_many_lines, reason = "every kind of event is named, so that a new one is thought about")]
    pub(in crate::workflow) fn take_in(&mut self, event: &Event) {
        self.sequence = event.sequence;
        if let (Some(person), Some(role)) = (event.by, &event.role) {
            self.acted.entry(role.clone()).or_default().insert(person);
        }
        match &event.what {
            EventKind::Begun { state } => self.enter(state, event.at, false),
            EventKind::Moved { transition, to, asked, closed, .. } => {
                self.decided.0.extend(asked.0.clone());
                self.taken.insert(transition.clone(), event.at);
                self.enter(to, event.at, *closed);
            }
            EventKind::Counted { counter, value } => {
                self.counters.insert(counter.clone(), *value);
            }
            EventKind::TrackOpened { track, quorum } => {
                self.tracks.insert(track.clone(), Progress { quorum: *quorum, seats: Vec::new() });
            }
            EventKind::Claimed { track, person } => self.sit(track, *person, event.at, true),
            EventKind::Assigned { track, person } => self.sit(track, *person, event.at, false),
            EventKind::Declared { track, person } => {
                self.change_seat(track, *person, |seat| seat.declared = true);
            }
            EventKind::Released { track, person, .. } => {
                if let Some(progress) = self.tracks.get_mut(track) {
                    progress.seats.retain(|seat| seat.person != *person || seat.verdict.is_some());
                }
            }
            EventKind::VerdictRecorded { track, person, verdict, .. } => {
                self.change_seat(track, *person, |seat| seat.verdict = Some(*verdict));
            }
            EventKind::VerdictVoided { track, person } => {
                self.change_seat(track, *person, |seat| seat.voided = true);
            }
            EventKind::Recused { person, .. } | EventKind::ConflictFound { person, .. } => {
                self.recused.insert(*person);
            }
            EventKind::SentBack { to, .. } => self.enter(to, event.at, false),
            EventKind::ChangeRequested { request, person, track, asked } => self.requests.push(ChangeRequest {
                number: *request,
                by: *person,
                track: track.clone(),
                at: event.at,
                asked: asked.clone(),
                resolution: None,
            }),
            EventKind::ChangeResolved { request, resolution } => {
                if let Some(open) = self.requests.iter_mut().find(|open| open.number == *request) {
                    open.resolution = Some(resolution.clone());
                }
            }
            EventKind::TimerArmed { timer, due } => {
                self.undated.remove(timer);
                self.timers.insert(timer.clone(), *due);
            }
            EventKind::TimerUndated { timer, .. } => {
                self.undated.insert(timer.clone());
            }
            EventKind::TimerFired { timer } | EventKind::TimerCancelled { timer } => {
                self.timers.remove(timer);
            }
            EventKind::CreditAwarded { rule, .. } => {
                self.awarded.insert(rule.clone());
            }
            EventKind::CreditStopped { rule } => {
                self.awarded.remove(rule);
            }
            EventKind::Unstaffed { role } => {
                self.unstaffed.insert(role.clone());
            }
            EventKind::Staffed { role } => {
                self.unstaffed.remove(role);
            }
            EventKind::Migrated { .. } => self.go_over(&event.what),
            EventKind::CoAuthorNamed { .. }
            | EventKind::CoAuthorRemoved { .. }
            | EventKind::HandOverProposed { .. }
            | EventKind::HandOverAgreed { .. }
            | EventKind::HandOverDeclined { .. }
            | EventKind::HandedOver { .. }
            | EventKind::ConflictLifted { .. }
            | EventKind::OfficeAsked { .. }
            | EventKind::OfficeAnswered { .. }
            | EventKind::Redacted { .. }
            | EventKind::Discarded => self.take_in_beside(event),
            EventKind::Designated { .. } => self.designated = true,
            EventKind::OfferStopped => self.designated = false,
            EventKind::Reminded | EventKind::AnswersRestored => {}
        }
    }

    /// Change requests without an answer.
    pub fn open_requests(&self) -> impl Iterator<Item = &ChangeRequest> {
        self.requests.iter().filter(|request| request.resolution.is_none())
    }

    /// A counter's value.
    #[must_use]
    pub fn counter(&self, name: &str) -> u32 {
        self.counters.get(name).copied().unwrap_or(0)
    }

    fn enter(&mut self, state: &str, at: Timestamp, closed: bool) {
        state.clone_into(&mut self.state);
        self.since = at;
        self.closed = closed;
        // What could not be dated is forgotten with the state; timers that ran are cancelled by name.
        self.undated.clear();
    }

    /// What a migration leaves of the item, under the names of the new version. Since when it is in its state stays.
    fn go_over(&mut self, migrated: &EventKind) {
        let EventKind::Migrated { state, roles, tracks, timers, .. } = migrated else { return };
        state.clone_into(&mut self.state);
        self.rename_roles(roles);
        self.carry_tracks(tracks);
        self.carry_timers(timers);
        // What still has no date is said anew.
        self.undated.clear();
    }

    fn rename_roles(&mut self, roles: &BTreeMap<String, String>) {
        let named = |role: String| roles.get(&role).cloned().unwrap_or(role);
        for (role, persons) in std::mem::take(&mut self.acted) {
            self.acted.entry(named(role)).or_default().extend(persons);
        }
        self.unstaffed = std::mem::take(&mut self.unstaffed).into_iter().map(named).collect();
    }

    fn carry_tracks(&mut self, carried: &BTreeMap<String, CarriedTrack>) {
        for (name, progress) in std::mem::take(&mut self.tracks) {
            if let Some(CarriedTrack { to, quorum }) = carried.get(&name) {
                self.tracks.insert(to.clone(), Progress { quorum: *quorum, ..progress });
            }
        }
        for track in self.requests.iter_mut().filter_map(|request| request.track.as_mut()) {
            if let Some(CarriedTrack { to, .. }) = carried.get(track) {
                to.clone_into(track);
            }
        }
    }

    fn carry_timers(&mut self, carried: &[(Timer, Timer)]) {
        let running = std::mem::take(&mut self.timers);
        let going_on = |(old, new): &(Timer, Timer)| running.get(old).map(|due| (new.clone(), *due));
        self.timers = carried.iter().filter_map(going_on).collect();
    }

    fn sit(&mut self, track: &str, person: PersonId, since: Timestamp, declared: bool) {
        let seats = &mut self.tracks.entry(track.to_owned()).or_default().seats;
        seats.push(Seat { person, since, declared, verdict: None, voided: false });
    }

    fn change_seat(&mut self, track: &str, person: PersonId, change: impl FnOnce(&mut Seat)) {
        let seat = self
            .tracks
            .get_mut(track)
            .and_then(|progress| progress.seats.iter_mut().find(|seat| seat.person == person && !seat.voided));
        if let Some(seat) = seat {
            change(seat);
        }
    }
}

/// Timers as a list of pairs: a JSON object has only text for keys.
mod timers {
    use std::collections::BTreeMap;

    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::workflow::event::Timer;

    pub(super) fn serialize<S: Serializer>(timers: &BTreeMap<Timer, Timestamp>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(timers)
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<BTreeMap<Timer, Timestamp>, D::Error> {
        Ok(Vec::<(Timer, Timestamp)>::deserialize(from)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_with_timers_survives_json() {
        let mut item = Item::of(PersonId(uuid::Uuid::nil()));
        item.timers.insert(Timer::Transition("expire".to_owned()), Timestamp::UNIX_EPOCH);
        item.timers.insert(Timer::Reminder(1), Timestamp::UNIX_EPOCH);
        let json = serde_json::to_string(&item).expect("an item is JSON");
        assert_eq!(serde_json::from_str::<Item>(&json).expect("and back"), item);
    }
}

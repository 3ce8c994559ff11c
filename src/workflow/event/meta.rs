//! What is to be said of every event, whatever it is: one place for history, API, replay and letters.

use super::{EventKind, Recipient};
use crate::domain::PersonId;

/// What an event is, whom it concerns and who is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meta<'e> {
    /// Its name, as it is stored and as programs read it.
    pub kind: &'static str,
    /// Who reads of it beside the office.
    pub audience: Audience,
    /// What it comes from.
    pub origin: Origin,
    /// What it changes for those whose turn it is.
    pub turn: TurnChange,
    /// The review it belongs to.
    pub track: Option<&'e str>,
    /// Somebody with an account whom it is about.
    pub person: Option<PersonId>,
}

/// Who reads of an event beside the office, which reads of every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The author and the reviewers.
    Everybody,
    /// The author: how it moved, what they answered, what is credited; not who sits where.
    Author,
    /// The reviewers, as far as what is sealed is open to them.
    Reviewers,
    /// Nobody else.
    Office,
}

impl Audience {
    /// Whether the author is told.
    #[must_use]
    pub fn has_author(self) -> bool {
        matches!(self, Self::Everybody | Self::Author)
    }

    /// Whether reviewers are told.
    #[must_use]
    pub fn has_reviewers(self) -> bool {
        matches!(self, Self::Everybody | Self::Reviewers)
    }
}

/// What an event comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody did it, if somebody is named; otherwise it followed from what was done before.
    Somebody,
    /// Time did it.
    Time,
    /// It followed from what was done, also where somebody is named.
    Consequence,
    /// Somebody did it beside the workflow, which knows nothing of it.
    Beside,
}

/// What an event changes for those whose turn it is, so that they get a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnChange {
    /// Nothing.
    Nothing,
    /// It may be the turn of others.
    Anybody,
    /// It is the turn of the person it is about.
    Person,
    /// They are reminded.
    Reminder,
}

impl EventKind {
    /// What is to be said of it whatever it is. Every kind is named here, and only here.
    #[must_use]
    #[expect(clippy::match_same_arms, reason = "a line for each kind, in the order in which they are declared")]
    pub fn meta(&self) -> Meta<'_> {
        use Audience::{Author, Everybody, Office, Reviewers};
        use Origin::{Beside, Consequence, Somebody, Time};
        use TurnChange::{Anybody, Nothing, Person, Reminder};
        let (audience, origin, turn) = match self {
            Self::Begun { .. } => (Author, Consequence, Nothing),
            Self::Moved { .. } => (Everybody, Somebody, Anybody),
            Self::Counted { .. } => (Office, Consequence, Nothing),
            // Alone, it is a review that only the version has to which the item was taken over.
            Self::TrackOpened { .. } => (Office, Consequence, Anybody),
            Self::Claimed { .. } => (Office, Somebody, Nothing),
            Self::Assigned { .. } => (Office, Somebody, Person),
            Self::Declared { .. } => (Office, Somebody, Nothing),
            Self::Released { .. } => (Office, Somebody, Anybody),
            Self::VerdictRecorded { .. } => (Reviewers, Somebody, Nothing),
            // The review waits for another verdict.
            Self::VerdictVoided { .. } => (Reviewers, Consequence, Anybody),
            Self::Recused { .. } => (Office, Somebody, Anybody),
            Self::ConflictFound { .. } => (Office, Consequence, Nothing),
            Self::ConflictLifted { .. } => (Office, Beside, Anybody),
            Self::SentBack { .. } => (Everybody, Consequence, Anybody),
            Self::OfficeAsked { .. } => (Office, Consequence, Nothing),
            Self::OfficeAnswered { .. } => (Office, Beside, Nothing),
            // Asked with a step that comes after, or with a verdict that came before.
            Self::ChangeRequested { .. } => (Office, Consequence, Nothing),
            Self::ChangeResolved { .. } => (Author, Somebody, Nothing),
            Self::TimerArmed { .. } => (Office, Consequence, Nothing),
            Self::TimerFired { .. } => (Office, Time, Nothing),
            Self::TimerCancelled { .. } => (Office, Consequence, Nothing),
            Self::TimerUndated { .. } => (Office, Consequence, Nothing),
            Self::Reminded => (Office, Somebody, Reminder),
            Self::CreditAwarded { .. } => (Author, Consequence, Nothing),
            Self::CreditStopped { .. } => (Author, Consequence, Nothing),
            Self::Designated { .. } => (Author, Consequence, Nothing),
            Self::OfferStopped => (Author, Consequence, Nothing),
            Self::AnswersRestored => (Author, Consequence, Nothing),
            Self::Unstaffed { .. } => (Office, Consequence, Nothing),
            Self::Staffed { .. } => (Office, Consequence, Anybody),
            Self::CoAuthorNamed { .. }
            | Self::CoAuthorRemoved { .. }
            | Self::HandOverProposed { .. }
            | Self::HandOverAgreed { .. }
            | Self::HandOverDeclined { .. }
            | Self::HandedOver { .. }
            | Self::Discarded => (Author, Beside, Nothing),
            Self::Redacted { .. } => (Everybody, Beside, Nothing),
            Self::Migrated { .. } => (Author, Somebody, Nothing),
        };
        let (track, person) = self.subject();
        Meta { kind: self.into(), audience, origin, turn, track, person }
    }

    /// The review it belongs to and the person it is about, where it names one.
    fn subject(&self) -> (Option<&str>, Option<PersonId>) {
        match self {
            Self::Claimed { track, person }
            | Self::Assigned { track, person }
            | Self::Declared { track, person }
            | Self::Released { track, person, .. }
            | Self::VerdictRecorded { track, person, .. }
            | Self::VerdictVoided { track, person } => (Some(track), Some(*person)),
            Self::TrackOpened { track, .. } => (Some(track), None),
            Self::ChangeRequested { track, person, .. } => (track.as_deref(), Some(*person)),
            Self::Recused { person, .. }
            | Self::ConflictFound { person, .. }
            | Self::ConflictLifted { person, .. }
            | Self::OfficeAsked { person, .. }
            | Self::OfficeAnswered { person, .. }
            | Self::HandOverProposed { person }
            | Self::HandOverAgreed { person }
            | Self::HandOverDeclined { person }
            | Self::HandedOver { person, .. }
            | Self::CreditAwarded { to: Recipient::Person(person), .. } => (None, Some(*person)),
            _ => (None, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::workflow::Event;

    /// Broken once by naming `timer-armed` `timer-set`: what programs read was another word than what is stored.
    #[test]
    fn every_event_is_called_what_it_is_stored_as() {
        let at = Timestamp::UNIX_EPOCH.to_string();
        let person = uuid::Uuid::nil();
        // Every field that some event wants; serde takes what it needs and refuses a name that no event has.
        let body = json!({
            "state": "s", "transition": "t", "from": "a", "to": "b", "note": null, "asked": {}, "closed": false,
            "counter": "c", "value": 1, "track": "t", "quorum": 1, "person": person, "reason": "r",
            "verdict": "approve", "rubric": {}, "request": 1, "about": {"question": "q"}, "text": "x",
            "resolution": {"done": null}, "timer": {"reminder": 0}, "due": at, "wants": "w", "rule": "r",
            "credit": "c", "amount": 100, "earned": "2026-01-01", "maximum": 100, "until": "2026-01-02",
            "email": "a@x.example", "name": "A", "right": "reads", "kept": true, "owner": person, "sha256": "0",
            "lacking": "r", "roles": {}, "tracks": {}, "timers": []
        });
        let mut met = 0;
        for kind in serde_names() {
            let mut body = body.clone();
            body["conflict"] = json!("named");
            body["conflicts"] = json!(["named"]);
            body["matter"] = json!("decide-anew");
            body["ruling"] = json!("decided");
            body["what"] = json!(kind);
            match kind.as_str() {
                "credit-awarded" => body["to"] = json!({ "person": person }),
                "designated" => body["from"] = json!("2026-01-01"),
                _ => {}
            }
            body["sequence"] = json!(1);
            body["at"] = json!(at);
            body["by"] = json!(null);
            body["role"] = json!(null);
            let event: Event = serde_json::from_value(body).unwrap_or_else(|error| panic!("{kind}: {error}"));
            let meta = event.what.meta();
            assert_eq!(meta.kind, kind);
            assert_eq!(
                serde_json::to_value(super::super::EventName::from(&event.what)).expect("a name"),
                kind.as_str()
            );
            let stored = serde_json::to_value(&event).expect("an event is JSON");
            assert_eq!(stored["what"], json!(kind));
            assert_eq!(meta.track.is_some(), stored.get("track").is_some_and(|track| !track.is_null()), "{kind}");
            assert_eq!(meta.person.is_some(), stored.get("person").is_some() || kind == "credit-awarded", "{kind}");
            met += 1;
        }
        assert!(met > 20, "only {met} kinds");
    }

    /// The names that are read back, as the message about an unknown one lists them.
    fn serde_names() -> Vec<String> {
        let unknown = serde_json::from_value::<EventKind>(json!({ "what": "?" })).expect_err("no event has this name");
        let told = unknown.to_string();
        let listed = told.split("expected one of").nth(1).expect("a list of names");
        let names = listed.split('`').skip(1).step_by(2).map(str::to_owned);
        names.collect()
    }
}

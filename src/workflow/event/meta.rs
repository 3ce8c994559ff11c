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
    pub fn meta(&self) -> Meta<'_> {
        use Audience::{Author, Everybody, Office, Reviewers};
        use Origin::{Consequence, Somebody, Time};
        use TurnChange::{Anybody, Nothing, Person, Reminder};
        let (kind, audience, origin, turn) = match self {
            Self::Begun { .. } => ("begun", Author, Consequence, Nothing),
            Self::Moved { .. } => ("moved", Everybody, Somebody, Anybody),
            Self::Counted { .. } => ("counted", Office, Consequence, Nothing),
            // Alone, it is a review that only the version has to which the item was taken over.
            Self::TrackOpened { .. } => ("track-opened", Office, Consequence, Anybody),
            Self::Claimed { .. } => ("claimed", Office, Somebody, Nothing),
            Self::Assigned { .. } => ("assigned", Office, Somebody, Person),
            Self::Declared { .. } => ("declared", Office, Somebody, Nothing),
            Self::Released { .. } => ("released", Office, Somebody, Anybody),
            Self::VerdictRecorded { .. } => ("verdict-recorded", Reviewers, Somebody, Nothing),
            Self::VerdictVoided { .. } => ("verdict-voided", Reviewers, Consequence, Nothing),
            Self::Recused { .. } => ("recused", Office, Somebody, Anybody),
            // Asked with a step that comes after, or with a verdict that came before.
            Self::ChangeRequested { .. } => ("change-requested", Office, Consequence, Nothing),
            Self::ChangeResolved { .. } => ("change-resolved", Author, Somebody, Nothing),
            Self::TimerArmed { .. } => ("timer-armed", Office, Consequence, Nothing),
            Self::TimerFired { .. } => ("timer-fired", Office, Time, Nothing),
            Self::TimerCancelled { .. } => ("timer-cancelled", Office, Consequence, Nothing),
            Self::TimerUndated { .. } => ("timer-undated", Office, Consequence, Nothing),
            Self::Reminded => ("reminded", Office, Somebody, Reminder),
            Self::CreditAwarded { .. } => ("credit-awarded", Author, Consequence, Nothing),
            Self::CreditStopped { .. } => ("credit-stopped", Author, Consequence, Nothing),
            Self::Designated { .. } => ("designated", Author, Consequence, Nothing),
            Self::OfferStopped => ("offer-stopped", Author, Consequence, Nothing),
            Self::AnswersRestored => ("answers-restored", Author, Consequence, Nothing),
            Self::Unstaffed { .. } => ("unstaffed", Office, Consequence, Nothing),
            Self::Staffed { .. } => ("staffed", Office, Consequence, Anybody),
            Self::Migrated { .. } => ("migrated", Author, Somebody, Nothing),
        };
        let (track, person) = self.subject();
        Meta { kind, audience, origin, turn, track, person }
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
            Self::Recused { person, .. } | Self::CreditAwarded { to: Recipient::Person(person), .. } => {
                (None, Some(*person))
            }
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
            "lacking": "r", "roles": {}, "tracks": {}, "timers": []
        });
        let mut met = 0;
        for kind in serde_names() {
            let mut body = body.clone();
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

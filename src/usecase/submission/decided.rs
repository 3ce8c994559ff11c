//! Why a submission stands where it does, as far as its author may know.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    access::Part,
    domain::PersonId,
    workflow::{Event, EventKind},
};

/// The last step that somebody other than the author took, or time.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// Number of its event.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// By which transition.
    pub transition: String,
    /// Into which state.
    pub state: String,
    /// The reasons given: with the step itself or, where a rule drew the sum, with the verdicts before it.
    pub reasons: Vec<String>,
    /// Whether a rule drew the sum, so that the reasons are what reviewers wrote.
    pub by_rule: bool,
}

impl Decided {
    /// As much of it as somebody may know to whom these parts are open.
    pub(in crate::usecase) fn released(self, parts: &BTreeSet<Part>) -> Option<Self> {
        let reasons = if self.by_rule && !parts.contains(&Part::Notes) { Vec::new() } else { self.reasons };
        parts.contains(&Part::Decision).then_some(Self { reasons, ..self })
    }
}

/// The last decision in a history, in order of its events; none while only the author has acted.
pub(in crate::usecase) fn decided(events: &[Event], author: PersonId) -> Option<Decided> {
    let place = events.iter().rposition(|event| matches!(event.what, EventKind::Moved { .. }))?;
    let (before, after) = events.split_at(place);
    let event = after.first()?;
    let EventKind::Moved { transition, to, note, .. } = &event.what else { return None };
    if event.by == Some(author) {
        return None;
    }
    let by_rule = note.is_none() && event.by.is_none();
    let reasons = if by_rule { verdict_notes(before, event.at) } else { note.iter().cloned().collect() };
    Some(Decided {
        sequence: event.sequence,
        at: event.at,
        transition: transition.clone(),
        state: to.clone(),
        reasons,
        by_rule,
    })
}

/// Notes of the verdicts since the state was entered in which they were given; those of voided verdicts no longer speak.
/// A state that was left by itself at the moment of its entry is no place of its own.
fn verdict_notes(before: &[Event], at: Timestamp) -> Vec<String> {
    let passed = |event: &Event| event.by.is_none() && event.at == at;
    let entry = |event: &Event| matches!(event.what, EventKind::Moved { .. }) && !passed(event);
    let entered = before.iter().rposition(entry).unwrap_or(0);
    let here: Vec<&Event> = before.iter().skip(entered).collect();
    let voided = |who: &PersonId| {
        here.iter().any(|event| matches!(&event.what, EventKind::VerdictVoided { person, .. } if person == who))
    };
    here.iter()
        .filter_map(|event| match &event.what {
            EventKind::VerdictRecorded { person, note: Some(note), .. } if !voided(person) => Some(note.clone()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{domain::Answers, workflow::definition::Verdict};

    fn person(id: u128) -> PersonId {
        PersonId(Uuid::from_u128(id))
    }

    fn event(sequence: u64, by: Option<PersonId>, what: EventKind) -> Event {
        Event { sequence, at: Timestamp::UNIX_EPOCH, by, role: None, what }
    }

    fn moved(to: &str, note: Option<&str>) -> EventKind {
        EventKind::Moved {
            transition: "step".to_owned(),
            from: "there".to_owned(),
            to: to.to_owned(),
            note: note.map(str::to_owned),
            asked: Answers::default(),
            closed: false,
        }
    }

    fn verdict(by: PersonId, note: &str) -> EventKind {
        EventKind::VerdictRecorded {
            track: "assess".to_owned(),
            person: by,
            verdict: Verdict::Reject,
            rubric: Answers::default(),
            note: Some(note.to_owned()),
        }
    }

    #[test]
    fn a_rule_that_drew_the_sum_takes_its_reasons_from_the_verdicts_that_count() {
        let (author, one, two) = (person(1), person(2), person(3));
        let events = [
            event(1, Some(one), verdict(one, "of an earlier round")),
            event(2, Some(author), moved("assessment", None)),
            event(3, Some(one), verdict(one, "conflicted, no longer counts")),
            event(4, None, EventKind::VerdictVoided { track: "assess".to_owned(), person: one }),
            event(5, Some(two), verdict(two, "the log does not add up")),
            event(6, None, moved("refused", None)),
        ];
        let decided = decided(&events, author).expect("a decision");
        assert_eq!((decided.state.as_str(), decided.reasons), ("refused", vec!["the log does not add up".to_owned()]));
    }

    #[test]
    fn a_state_that_is_left_at_once_does_not_swallow_the_reasons() {
        let (author, one) = (person(1), person(2));
        let events = [
            event(1, Some(author), moved("assessment", None)),
            event(2, Some(one), verdict(one, "both points are answered")),
            event(3, None, moved("weighing", None)),
            event(4, None, moved("recognised", None)),
        ];
        let decided = decided(&events, author).expect("a decision");
        assert_eq!(
            (decided.state.as_str(), decided.reasons),
            ("recognised", vec!["both points are answered".to_owned()])
        );
    }

    #[test]
    fn the_author_sending_it_is_no_decision_and_a_chairs_note_is_its_own_reason() {
        let (author, chair) = (person(1), person(2));
        let sent = event(1, Some(author), moved("screening", None));
        assert_eq!(decided(std::slice::from_ref(&sent), author), None);
        let rejected = event(2, Some(chair), moved("rejected", Some("one device throughout")));
        let decided = decided(&[sent, rejected], author).expect("a decision");
        assert_eq!(decided.reasons, ["one device throughout"]);
    }
}

//! Taking a person, or all words, out of what happened. What follows from it stays: numbers, steps and verdicts.

use super::event::{Event, EventKind, Recipient, Resolution};
use crate::domain::{Answers, Email, Redaction};

/// What stands where words were.
const ERASED: &str = "(erased)";

impl Event {
    /// The event without a person's address, and with them as one of us where they were only named.
    #[must_use]
    pub fn redacted(&self, redaction: &Redaction) -> Self {
        let mut event = self.clone();
        words(&mut event.what, &|text| *text = redaction.text(text), &|answers| redaction.answers(answers));
        if let EventKind::CreditAwarded { to, .. } = &mut event.what
            && matches!(to, Recipient::Named { email, .. } if *email == redaction.email)
        {
            // The ledger has the line under this number, and goes on agreeing with it.
            *to = Recipient::Person(redaction.person);
        }
        if let EventKind::CoAuthorNamed { email, name, .. } = &mut event.what
            && *email == redaction.email
        {
            *email = Email::of_erased(redaction.person);
            *name = redaction.called();
        }
        if let EventKind::CoAuthorRemoved { email, .. } = &mut event.what
            && *email == redaction.email
        {
            *email = Email::of_erased(redaction.person);
        }
        event
    }

    /// The event with other texts in the place of those that people wrote.
    #[must_use]
    pub fn reworded(&self, reword: &dyn Fn(&str) -> String) -> Self {
        let mut event = self.clone();
        words(&mut event.what, &|text| *text = reword(text), &|answers| answers.reword(reword));
        event
    }

    /// The event without anything that somebody wrote.
    #[must_use]
    pub fn without_words(&self) -> Self {
        let mut event = self.clone();
        let clear = |text: &mut String| ERASED.clone_into(text);
        words(&mut event.what, &clear, &|answers| *answers = Answers::default());
        event
    }
}

/// Shows every text and all answers that people wrote into an event.
fn words(what: &mut EventKind, text: &dyn Fn(&mut String), answers: &dyn Fn(&mut Answers)) {
    match what {
        EventKind::Moved { note, asked, .. } => {
            note.iter_mut().for_each(text);
            answers(asked);
        }
        EventKind::VerdictRecorded { note, rubric, .. } => {
            note.iter_mut().for_each(text);
            answers(rubric);
        }
        EventKind::Released { reason, .. } | EventKind::HandedOver { reason, .. } => reason.iter_mut().for_each(text),
        EventKind::Recused { reason, .. }
        | EventKind::ConflictFound { reason, .. }
        | EventKind::ConflictLifted { reason, .. }
        | EventKind::OfficeAnswered { reason, .. } => text(reason),
        EventKind::ChangeRequested { asked, .. } => text(&mut asked.text),
        EventKind::ChangeResolved { resolution, .. } => match resolution {
            Resolution::Done(said) => said.iter_mut().for_each(text),
            Resolution::Declined(reason) => text(reason),
        },
        EventKind::CoAuthorNamed { name, .. } => text(name),
        EventKind::CoAuthorRemoved { .. }
        | EventKind::HandOverProposed { .. }
        | EventKind::HandOverAgreed { .. }
        | EventKind::HandOverDeclined { .. }
        // It says why something was taken out, and what that was is gone.
        | EventKind::Redacted { .. }
        | EventKind::Discarded
        | EventKind::SentBack { .. }
        | EventKind::OfficeAsked { .. }
        | EventKind::Begun { .. }
        | EventKind::Counted { .. }
        | EventKind::TrackOpened { .. }
        | EventKind::Claimed { .. }
        | EventKind::Assigned { .. }
        | EventKind::Declared { .. }
        | EventKind::VerdictVoided { .. }
        | EventKind::TimerArmed { .. }
        | EventKind::TimerFired { .. }
        | EventKind::TimerCancelled { .. }
        | EventKind::TimerUndated { .. }
        | EventKind::Reminded
        | EventKind::CreditAwarded { .. }
        | EventKind::CreditStopped { .. }
        | EventKind::Designated { .. }
        | EventKind::OfferStopped
        | EventKind::AnswersRestored
        | EventKind::Unstaffed { .. }
        | EventKind::Staffed { .. }
        | EventKind::Migrated { .. } => {}
    }
}

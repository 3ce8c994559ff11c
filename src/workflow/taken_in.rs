//! What people write with a step, taken in before anything is decided on it.

use super::{ChangeAsked, Command, FieldFault, Resolution};
use crate::domain::Paragraphs;

/// The most changes that are asked with one step.
const MOST_CHANGES: usize = 100;

impl Command {
    /// The command with every text as it is kept; or what is wrong with its texts.
    pub fn taken_in(mut self) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Vec::new();
        match &mut self {
            Self::Fire { note, requests, .. } | Self::Judge { note, requests, .. } => {
                faults.extend(word(note, "note"));
                faults.extend(changes(requests));
            }
            Self::Release { reason, .. } => faults.extend(word(reason, "reason")),
            Self::Recuse { reason, .. } => faults.extend(text(reason, "reason")),
            Self::Resolve { resolution: Resolution::Done(said), .. } => faults.extend(word(said, "text")),
            Self::Resolve { resolution: Resolution::Declined(reason), .. } => faults.extend(text(reason, "text")),
            Self::Claim { .. } | Self::Declare { .. } | Self::Assign { .. } | Self::Remind | Self::Tick => {}
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}

fn changes(requests: &mut [ChangeAsked]) -> Vec<FieldFault> {
    if requests.len() > MOST_CHANGES {
        let message = format!("ask for at most {MOST_CHANGES} changes at once");
        return vec![FieldFault::new("requests", "too-many", message)];
    }
    let numbered = requests.iter_mut().enumerate();
    numbered.filter_map(|(at, asked)| text(&mut asked.text, &format!("requests/{at}/text"))).collect()
}

/// A text that may be left out: one in which nothing is seen is.
fn word(said: &mut Option<String>, field: &str) -> Option<FieldFault> {
    let fault = said.as_mut().and_then(|said| text(said, field));
    *said = said.take().filter(|said| !said.is_empty());
    fault
}

fn text(said: &mut String, field: &str) -> Option<FieldFault> {
    match Paragraphs::read(said) {
        Ok(kept) => *said = kept.into(),
        Err(fault) => return Some(FieldFault::of_text(field, fault)),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Answers, PersonId},
        workflow::{About, definition::Verdict},
    };

    fn judge(note: &str, requests: usize) -> Command {
        let asked = ChangeAsked { about: About::Question("hours".to_owned()), text: note.to_owned() };
        Command::Judge {
            track: "content".to_owned(),
            verdict: Verdict::Revise,
            rubric: Answers::default(),
            note: Some(note.to_owned()),
            requests: vec![asked; requests],
        }
    }

    fn person() -> PersonId {
        PersonId(uuid::Uuid::nil())
    }

    #[test]
    fn every_text_of_every_command_is_taken_in() {
        const TYPED: &str = " one\u{b}\0two\u{200e}";
        const KEPT: &str = "one\ntwo";
        assert_eq!(judge(TYPED, 2).taken_in(), Ok(judge(KEPT, 2)));
        let resolve = |resolution| Command::Resolve { request: 1, resolution };
        let recuse = |reason: &str| Command::Recuse { person: person(), reason: reason.to_owned() };
        let release = |reason: Option<&str>| Command::Release {
            track: "content".to_owned(),
            person: person(),
            reason: reason.map(str::to_owned),
        };
        for (typed, kept) in [
            (recuse(TYPED), recuse(KEPT)),
            (release(Some(TYPED)), release(Some(KEPT))),
            (release(Some("\u{200b}")), release(None)),
            (resolve(Resolution::Done(Some(TYPED.to_owned()))), resolve(Resolution::Done(Some(KEPT.to_owned())))),
            (resolve(Resolution::Declined(TYPED.to_owned())), resolve(Resolution::Declined(KEPT.to_owned()))),
        ] {
            assert_eq!(typed.taken_in(), Ok(kept));
        }
    }

    #[test]
    fn what_is_too_long_too_many_or_turned_is_told_at_its_place() {
        let places = |command: Command| -> Vec<String> {
            let faults = command.taken_in().expect_err("faults");
            faults.into_iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
        };
        assert_eq!(places(judge("a\u{202e}", 1)), ["note characters", "requests/0/text characters"]);
        assert_eq!(places(judge(&"x".repeat(10_001), 0)), ["note too-long"]);
        assert_eq!(places(judge("x", 101)), ["requests too-many"]);
        assert!(judge("x", 100).taken_in().is_ok());
    }
}

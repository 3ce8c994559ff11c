//! When its author learns what was decided.

use super::{Definition, OfficeClock, Release, Role, State, StateKind, Trigger};

impl Definition {
    /// What the author learns once an item is in this state: what the state says or, where it is silent, everything at an end
    /// and where it is the author's turn. That nobody's turn it is says nothing: it may wait for a meeting.
    #[must_use]
    pub fn release(&self, id: &str) -> Option<Release> {
        let state = self.states.get(id)?;
        let at_once = state.kind != StateKind::Middle || self.is_with_author(id, state);
        state.release.or(at_once.then_some(Release::Verdicts))
    }

    /// Whether the author is waited for, and nobody of the office: unless the office's clock stands still meanwhile.
    fn is_with_author(&self, id: &str, state: &State) -> bool {
        let (mut author, mut office) = (false, false);
        let here = self.transitions.values().filter(|step| step.awaited && step.from.iter().any(|from| from == id));
        for step in here {
            let Trigger::By(roles) = &step.trigger else { continue };
            let Some(to) = self.states.get(&step.to) else { continue };
            let of_author = |role: &String| self.roles.get(role) == Some(&Role::Submitter);
            author |= to.kind != StateKind::End && roles.iter().any(of_author);
            office |= !to.stops_credit && roles.iter().any(|role| !of_author(role));
        }
        author && state.tracks.is_empty() && (state.clock == OfficeClock::Paused || !office)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::{check::tests::credits, load};

    /// It is there for the agenda of the committee, which is nobody's turn: it told the verdicts.
    #[test]
    fn the_author_learns_at_an_end_in_their_own_turn_and_where_the_file_says_so() {
        let source = include_str!("../../../workflows/course-accreditation.yaml");
        let course = load(source, &credits()).expect("a sound workflow").0;
        for (state, release) in [
            ("screening", None),
            ("review", None),
            ("docket", None),
            ("decision", None),
            ("change-review", None),
            ("accredited", Some(Release::Decision)),
            ("returned", Some(Release::Verdicts)),
            ("rejected", Some(Release::Verdicts)),
            ("withdrawn", Some(Release::Verdicts)),
        ] {
            assert_eq!(course.release(state), release, "{state}");
        }
    }
}

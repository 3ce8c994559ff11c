//! The committee's meetings: until when something has to be sent, and for which one it waits.

use jiff::{SignedDuration, Timestamp};

use crate::present::words::calendar::Calendar;
use crate::{
    domain::Meeting,
    model::QueueRow,
    present::words,
    usecase::submission::Dossier,
    workflow::{
        Definition,
        definition::{Ahead, Road},
    },
};

/// For an author who can send: the meeting it then goes to, and the one after it. Nothing where no meeting waits on the
/// way that begins with their sending.
pub(crate) fn deadline(dossier: &Dossier) -> Option<String> {
    let case = &dossier.case;
    let (name, _) = dossier.next_transition().filter(|_| case.is_editable())?;
    let ahead = case.definition.meeting_ahead(&case.definition.transitions.get(name)?.to)?;
    let next = case.calendar.next_meeting(ahead.meeting, case.now)?;
    let missed = next.papers_due.checked_add(SignedDuration::from_secs(1)).ok()?;
    let later = case.calendar.next_meeting(ahead.meeting, missed);
    Some(sentence(ahead, next, later.map(|meeting| meeting.at), &Calendar::of(case)))
}

/// For what waits for a meeting: which one it is. `due` is when the waiting is over; nothing where the calendar does not
/// say.
pub(crate) fn agenda(
    definition: &Definition,
    state: &str,
    due: Option<Timestamp>,
    calendar: &Calendar,
) -> Option<String> {
    let (_, meeting) = definition.meeting_at(state)?;
    let whose = words::plain(meeting);
    Some(match due {
        Some(at) => format!("On the agenda of the {whose}'s meeting of {}.", calendar.moment(at)),
        None => format!("It goes to the next meeting of the {whose}, whose day is not set yet."),
    })
}

/// When a meeting is held that a row of a list waits for: its timer, where no reminder can be meant.
pub(crate) fn held_for(row: &QueueRow, definition: &Definition) -> Option<Timestamp> {
    definition.meeting_at(&row.state)?;
    row.timer.filter(|_| definition.states.get(&row.state).is_some_and(|state| state.remind.is_empty()))
}

fn sentence(ahead: Ahead<'_>, next: Meeting, later: Option<Timestamp>, calendar: &Calendar) -> String {
    let (papers, meeting) = (calendar.moment(next.papers_due), calendar.month_day(next.at));
    let later = later.map(|at| format!("; later means {}", calendar.month_day(at))).unwrap_or_default();
    match ahead.road {
        Road::Straight => format!("Send by {papers} and it goes to the meeting of {meeting}{later}."),
        // Others have a say before: sending in time alone does not bring it there.
        Road::ThroughOthers => format!(
            "Papers for the meeting of {meeting} are taken until {papers}{later}. Others look at it before: send it in \
             good time."
        ),
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::domain::WrittenCalendar;

    fn told(now: &str, road: Road) -> String {
        let line = "committee: first Thursday at 09:00; not in January, July; papers 16 days before";
        let written = WrittenCalendar { meetings: vec![line.to_owned()], ..WrittenCalendar::default() };
        let office = written.read(TimeZone::get("America/Chicago").unwrap()).unwrap();
        let now: Timestamp = now.parse().unwrap();
        let next = office.next_meeting("committee", now).unwrap();
        let later = office.next_meeting("committee", next.papers_due + SignedDuration::from_secs(1)).unwrap();
        let ahead = Ahead { meeting: "committee", road };
        sentence(ahead, next, Some(later.at), &Calendar::new(now, office))
    }

    #[test]
    fn the_author_reads_by_when_and_which_meeting_and_what_later_means() {
        assert_eq!(
            told("2026-11-10T18:00:00Z", Road::Straight),
            "Send by Tuesday 17 November, 09:00 and it goes to the meeting of 3 December; later means 4 February 2027."
        );
        // The last moment still counts, the next one no longer.
        assert!(told("2026-11-17T15:00:00Z", Road::Straight).contains("the meeting of 3 December;"));
        assert!(
            told("2026-11-17T15:00:01Z", Road::Straight)
                .contains("the meeting of 4 February 2027; later means 4 March 2027")
        );
    }

    #[test]
    fn where_others_act_before_nothing_is_promised() {
        assert_eq!(
            told("2026-11-10T18:00:00Z", Road::ThroughOthers),
            "Papers for the meeting of 3 December are taken until Tuesday 17 November, 09:00; later means \
             4 February 2027. Others look at it before: send it in good time."
        );
    }
}

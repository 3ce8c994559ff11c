//! The organisation's calendar: understood before it is kept, and complete enough for the workflows that wait by it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    domain::{Calendar, CalendarPart, Line, SubmissionId, TextFault, WrittenCalendar},
    store::ReadTx,
    usecase::{Context, Error, submission},
    workflow::{Definition, FieldFault},
};

/// The lines as they are kept; how many and how long they may be, [`read`] says.
pub(super) fn taken_in(written: &WrittenCalendar) -> Result<WrittenCalendar, Error> {
    let lines = |part: CalendarPart, lines: &[String]| -> Result<Vec<String>, Error> {
        let read = lines.iter().map(|line| Line::within(line, u32::MAX).map(String::from));
        let turned = |fault: TextFault| Error::Invalid(vec![fault_of(part, fault.code(), fault.to_string())]);
        read.collect::<Result<_, _>>().map_err(turned)
    };
    Ok(WrittenCalendar {
        weekend: lines(CalendarPart::Weekend, &written.weekend)?,
        holidays: lines(CalendarPart::Holidays, &written.holidays)?,
        meetings: lines(CalendarPart::Meetings, &written.meetings)?,
    })
}

/// Understands what was written, or names every line that is wrong.
pub(super) fn read(written: &WrittenCalendar, zone: TimeZone) -> Result<Calendar, Error> {
    written.read(zone).map_err(|faults| {
        let faults = faults.into_iter().map(|fault| {
            let message = match fault.part {
                CalendarPart::Weekend => fault.message,
                CalendarPart::Holidays | CalendarPart::Meetings => format!("line {}: {}", fault.line, fault.message),
            };
            fault_of(fault.part, "calendar", message)
        });
        Error::Invalid(faults.collect())
    })
}

/// Refuses a calendar without a meeting that a workflow in force, or one that an open submission follows, waits for.
pub(super) async fn suffices(
    context: &Context,
    view: &ReadTx,
    calendar: &Calendar,
    now: Timestamp,
) -> Result<(), Error> {
    let mut definitions = context.definitions.all_current(view).await?;
    for hash in view.definitions_in_use().await? {
        definitions.push(context.definitions.pinned(view, &hash).await?);
    }
    let lacking: Vec<FieldFault> = lacking(&definitions, calendar, now)
        .into_iter()
        .map(|(meeting, title)| {
            let message = format!(
                "'{title}' waits for the meeting '{meeting}', and none that takes papers is held in the next two \
                 years: add a line like {meeting}: first Thursday at 09:00; papers 14 days before"
            );
            fault_of(CalendarPart::Meetings, "no-meeting", message)
        })
        .collect();
    if lacking.is_empty() { Ok(()) } else { Err(Error::Invalid(lacking)) }
}

/// Meetings that are waited for and not held, each with the title of a workflow that waits for it.
fn lacking<'a>(definitions: &'a [Arc<Definition>], calendar: &Calendar, now: Timestamp) -> BTreeMap<&'a str, &'a str> {
    let waited = definitions
        .iter()
        .flat_map(|definition| definition.meetings().into_iter().map(|meeting| (meeting, definition.title.as_str())));
    waited.filter(|(meeting, _)| calendar.next_meeting(meeting, now).is_none()).collect()
}

fn fault_of(part: CalendarPart, code: &str, message: String) -> FieldFault {
    FieldFault { field: format!("calendar/{}", part.name()), code: code.to_owned(), message }
}

/// Sets the deadlines that had no day before the calendar was completed, and those that wait for a meeting which it moves.
pub(super) async fn redate(context: &Context) -> Result<(), Error> {
    for submission in waiting(context).await? {
        match submission::tick(context, submission).await {
            // Somebody was faster, and what they did set the deadline too.
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Open submissions whose deadlines hang on the calendar.
async fn waiting(context: &Context) -> Result<BTreeSet<SubmissionId>, Error> {
    let view = context.store.view().await?;
    let mut waiting: BTreeSet<SubmissionId> = view.waiting_for_the_office().await?.into_iter().collect();
    for hash in view.definitions_in_use().await? {
        let definition = context.definitions.pinned(&view, &hash).await?;
        let states = definition.states.keys().map(String::as_str);
        let before_a_meeting: Vec<&str> = states.filter(|state| definition.meeting_at(state).is_some()).collect();
        if !before_a_meeting.is_empty() {
            waiting.extend(view.open_in(&hash, &before_a_meeting).await?);
        }
    }
    Ok(waiting)
}

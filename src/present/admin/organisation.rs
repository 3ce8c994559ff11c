//! The organisation's own form: names, time zone, and the calendar line by line.

use crate::{
    domain::{LookBack, SecondFactorRule, WrittenCalendar},
    model::Organisation,
    present::{
        form::{
            Entered, Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field},
        },
        part::Link,
    },
    usecase::{
        Error,
        admin::{self as rules, organisation_version},
    },
};

const WEEKEND: &str = "calendar/weekend";
const HOLIDAYS: &str = "calendar/holidays";
const MEETINGS: &str = "calendar/meetings";
const LOOK_BACK: &str = "look_back_days";
const SECOND_FACTOR: &str = "second_factor";

/// The organisation, with what was typed.
pub(crate) fn of(stands: &Organisation, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let asked = |name: &str, label: &str, hint: &str, control: Control| {
        Field { fault: faults.on(name), ..Field::new(name, label, control) }.hint(hint)
    };
    let line = |name: &str, label: &str, hint: &str| asked(name, label, hint, Control::text(typed.text(name)));
    let lines = |name: &str, label: &str, hint: &str| {
        // Line by line as typed: a fault names the line.
        let value = typed.raw(name).unwrap_or_default();
        asked(name, label, hint, Control::long_text(value)).optional()
    };
    let fields = vec![
        line("name", "Name", "As certificates print it."),
        line("short", "Short name", "At most 20 characters."),
        line("time_zone", "Time zone", "As America/Chicago. Deadlines that are running keep their instant."),
        line(WEEKEND, "Days of the week off", "As Saturday, Sunday."),
        lines(
            HOLIDAYS,
            "Holidays",
            "One a line, with its name: 2026-12-24 Closed, or every year 12-25 Christmas Day, or fourth Thursday of \
             November Thanksgiving. A day observed instead of another is a line of its own.",
        ),
        lines(
            MEETINGS,
            "Meetings",
            "One a line, beginning with the name that the workflows use: committee: first Thursday at 09:00; not in \
             July, December; papers 14 days before. Or by dates: committee: 2026-12-03, 2027-02-04 at 09:00. None is \
             held on a holiday, unless listed by its date.",
        ),
        line(
            LOOK_BACK,
            "Days to look back",
            "For how many days after a submission is over whoever acted on it can still look it up, from 0 to 3650. \
             Authors, coordinators and auditors always can.",
        ),
        asked(
            SECOND_FACTOR,
            "Who needs a second factor to sign in",
            "A code of an app beside the password. Whoever needs one and has none turns it on before anything else; so do you.",
            Control::Choice { options: rules(typed) },
        ),
    ];
    Form {
        heading: "Organisation".to_owned(),
        version: Some(organisation_version(stands)),
        ..Form::plain(fields, faults, "/organisation".to_owned(), "Save", Link::new("Home", "/"))
    }
}

fn rules(typed: &FormData) -> Vec<Choice> {
    let chosen = typed.get(SECOND_FACTOR).unwrap_or_default();
    let rules = [SecondFactorRule::Nobody, SecondFactorRule::Duties].map(|rule| (<&str>::from(rule), of_whom(rule)));
    rules.map(|(id, label)| Choice { chosen: id == chosen, ..Choice::new(id, label) }).into()
}

fn of_whom(rule: SecondFactorRule) -> &'static str {
    match rule {
        SecondFactorRule::Nobody => "Nobody has to; everybody may",
        SecondFactorRule::Duties => "Coordinators, auditors and administrators",
    }
}

/// The organisation, to somebody who does not manage it.
pub(crate) fn told(organisation: &Organisation) -> Form {
    let Organisation { name, short, time_zone, calendar, look_back, second_factor, .. } = organisation;
    let parts = [
        ("Short name", short.clone()),
        ("Time zone", time_zone.clone()),
        ("Days of the week off", calendar.weekend.join(", ")),
        ("Holidays", calendar.holidays.join("; ")),
        ("Meetings", calendar.meetings.join("; ")),
        ("Days to look back", look_back.days().to_string()),
        ("Who needs a second factor to sign in", of_whom(*second_factor).to_owned()),
    ];
    let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
    Form {
        heading: name.clone(),
        lead: Some(parts.map(|(label, value)| format!("{label}: {value}.")).collect::<Vec<_>>().join(" ")),
        ..Form::plain(Vec::new(), &Faults::default(), String::new(), "", Link::new("Home", "/"))
    }
}

/// The organisation as it would have been typed.
pub(crate) fn typed(organisation: &Organisation) -> FormData {
    let WrittenCalendar { weekend, holidays, meetings } = &organisation.calendar;
    let lines = [
        ("name", organisation.name.clone()),
        ("short", organisation.short.clone()),
        ("time_zone", organisation.time_zone.clone()),
        (WEEKEND, weekend.join(", ")),
        (HOLIDAYS, holidays.join("\n")),
        (MEETINGS, meetings.join("\n")),
        (LOOK_BACK, organisation.look_back.days().to_string()),
        (SECOND_FACTOR, <&str>::from(organisation.second_factor).to_owned()),
    ];
    FormData(lines.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The calendar that was typed; a part that was not on the form stays as it was.
pub(crate) fn calendar(typed: &FormData, before: WrittenCalendar) -> WrittenCalendar {
    let lines = |name: &str, before: Vec<String>| {
        typed.raw(name).map_or(before, |text| text.trim_end().lines().map(|line| line.trim().to_owned()).collect())
    };
    let weekend = typed.raw(WEEKEND).map(|text| {
        let days = text.split(',').map(str::trim).filter(|day| !day.is_empty());
        days.map(str::to_owned).collect()
    });
    WrittenCalendar {
        weekend: weekend.unwrap_or(before.weekend),
        holidays: lines(HOLIDAYS, before.holidays),
        meetings: lines(MEETINGS, before.meetings),
    }
}

/// For how long one may look back, as it was typed; as it was where that was not on the form.
pub(crate) fn look_back(typed: &FormData, before: LookBack) -> Result<LookBack, Error> {
    typed.raw(LOOK_BACK).map_or(Ok(before), |days| rules::look_back(days.trim().parse().ok()))
}

/// Of whom a second factor is required, as it was chosen; as it was where that was not on the form.
pub(crate) fn second_factor(typed: &FormData, before: SecondFactorRule) -> Result<SecondFactorRule, Error> {
    let unknown = |_| Error::field(SECOND_FACTOR, "unknown", "choose one of the list");
    typed.get(SECOND_FACTOR).map_or(Ok(before), |chosen| chosen.parse().map_err(unknown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_as_typed_and_parts_that_were_not_asked_stay() {
        let typed = FormData(vec![
            (WEEKEND.to_owned(), " Friday,Saturday, ".to_owned()),
            (HOLIDAYS.to_owned(), "\n12-25 Christmas\r\n\r\n2026-12-24 Closed \r\n\r\n".to_owned()),
        ]);
        let before = WrittenCalendar { meetings: vec!["board: last Friday at 10:00".to_owned()], ..Default::default() };
        let read = calendar(&typed, before);
        assert_eq!(read.weekend, ["Friday", "Saturday"]);
        assert_eq!(read.holidays, ["", "12-25 Christmas", "", "2026-12-24 Closed"]);
        assert_eq!(read.meetings, ["board: last Friday at 10:00"]);
    }
}

//! Tables worked out by hand with a paper calendar: clocks changed on 29 March and 25 October 2026 in Zurich, on 8 March
//! and 1 November 2026 in Chicago; 29 February 2028 is a Tuesday.

use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;

use super::*;

const CHICAGO: &str = "America/Chicago";
const ZURICH: &str = "Europe/Zurich";

const HOLIDAYS: [&str; 6] = [
    "01-01 New Year's Day",
    "11-11 Veterans Day",
    "fourth Thursday of November Thanksgiving Day",
    "12-25 Christmas Day",
    "2026-07-03 Independence Day, observed",
    "02-29 Leap day, in the years that have one",
];

const COMMITTEE: &str = "committee: first Thursday at 09:00; not in July, December; papers 14 days before";

fn written(holidays: &[&str], meetings: &[&str]) -> WrittenCalendar {
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    WrittenCalendar { holidays: owned(holidays), meetings: owned(meetings), ..WrittenCalendar::default() }
}

fn calendar(zone: &str, holidays: &[&str], meetings: &[&str]) -> Calendar {
    written(holidays, meetings).read(TimeZone::get(zone).expect("bundled")).expect("sound")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

#[test]
fn business_days_end_with_the_last_second_of_the_last_day() {
    for (zone, holidays, from, days, due) in [
        // Friday to Monday, over the change of the clocks: spring and autumn, in both zones.
        (ZURICH, &HOLIDAYS[..5], "2026-03-27T10:00:00Z", 1, "2026-03-30T21:59:59Z"),
        (ZURICH, &HOLIDAYS[..5], "2026-10-22T10:00:00Z", 2, "2026-10-26T22:59:59Z"),
        (CHICAGO, &HOLIDAYS[..5], "2026-03-06T18:00:00Z", 1, "2026-03-10T04:59:59Z"),
        (CHICAGO, &HOLIDAYS[..5], "2026-10-30T18:00:00Z", 1, "2026-11-03T05:59:59Z"),
        // The 29th of February works, unless it is a holiday.
        (CHICAGO, &HOLIDAYS[..5], "2028-02-28T18:00:00Z", 1, "2028-03-01T05:59:59Z"),
        (CHICAGO, &HOLIDAYS[..], "2028-02-28T18:00:00Z", 1, "2028-03-02T05:59:59Z"),
        // Thursday, then the first Monday of the new year.
        (ZURICH, &HOLIDAYS[..5], "2026-12-30T10:00:00Z", 2, "2027-01-04T22:59:59Z"),
        // Nine in the evening of Tuesday in Chicago is Wednesday in UTC; the day of entry is Tuesday.
        (CHICAGO, &HOLIDAYS[..5], "2026-11-25T03:00:00Z", 1, "2026-11-26T05:59:59Z"),
        (CHICAGO, &HOLIDAYS[..5], "2026-11-25T03:00:00Z", 2, "2026-11-28T05:59:59Z"),
        // What arrives on a Saturday counts from Monday on.
        (CHICAGO, &HOLIDAYS[..5], "2026-11-14T18:00:00Z", 1, "2026-11-17T05:59:59Z"),
        // 4 + 4 + 5 + 4 + 5 + 5 + 3 days: Veterans Day and Thanksgiving do not count.
        (CHICAGO, &HOLIDAYS[..5], "2026-11-02T18:00:00Z", 30, "2026-12-17T05:59:59Z"),
        // The midnight after this Friday exists; the one after Saturday does not (Havana, 8 March 2026).
        ("America/Havana", &[], "2026-03-05T18:00:00Z", 1, "2026-03-07T04:59:59Z"),
    ] {
        let calendar = calendar(zone, holidays, &[]);
        let reckoned = calendar.after_business_days(at(from), days);
        assert_eq!(reckoned, Some(at(due)), "{days} business days from {from} in {zone}");
        assert_eq!(calendar.business_days_between(at(from), at(due)), days, "back from {due}");
    }
}

#[test]
fn a_day_whose_midnight_is_skipped_still_ends_on_that_day() {
    let saturdays = WrittenCalendar { weekend: vec!["sunday".to_owned()], ..WrittenCalendar::default() };
    let calendar = saturdays.read(TimeZone::get("America/Havana").expect("bundled")).expect("sound");
    assert_eq!(calendar.after_business_days(at("2026-03-06T18:00:00Z"), 1), Some(at("2026-03-08T04:59:59Z")));
}

#[test]
fn a_meeting_takes_papers_up_to_its_last_moment_and_no_longer() {
    for (zone, meetings, from, meeting) in [
        // Papers in summer time, the meeting in winter time, both at nine.
        (CHICAGO, COMMITTEE, "2026-10-20T00:00:00Z", Some(("2026-11-05T15:00:00Z", "2026-10-22T14:00:00Z"))),
        (CHICAGO, COMMITTEE, "2026-10-22T14:00:00Z", Some(("2026-11-05T15:00:00Z", "2026-10-22T14:00:00Z"))),
        // December is left out.
        (CHICAGO, COMMITTEE, "2026-10-22T14:00:01Z", Some(("2027-01-07T15:00:00Z", "2026-12-24T15:00:00Z"))),
        (ZURICH, COMMITTEE, "2026-03-19T08:00:00Z", Some(("2026-04-02T07:00:00Z", "2026-03-19T08:00:00Z"))),
        // New Year's Day 2026 is the first Thursday: nobody meets.
        (CHICAGO, COMMITTEE, "2025-12-01T00:00:00Z", Some(("2026-02-05T15:00:00Z", "2026-01-22T15:00:00Z"))),
        (
            CHICAGO,
            "committee: first thursday at 09:00; not on 2026-11-05, 2027-01-07",
            "2026-10-20T00:00:00Z",
            Some(("2026-12-03T15:00:00Z", "2026-12-03T15:00:00Z")),
        ),
        (
            CHICAGO,
            "committee: last Thursday at 17:30; papers 1 day before",
            "2028-02-01T00:00:00Z",
            Some(("2028-02-24T23:30:00Z", "2028-02-23T23:30:00Z")),
        ),
        (
            ZURICH,
            "committee: last thursday at 09:00",
            "2024-02-10T00:00:00Z",
            Some(("2024-02-29T08:00:00Z", "2024-02-29T08:00:00Z")),
        ),
        // Dates that somebody chose are kept, holiday or not, and end.
        (
            CHICAGO,
            "committee: 2026-11-26, 2027-02-04 at 09:00",
            "2026-11-20T00:00:00Z",
            Some(("2026-11-26T15:00:00Z", "2026-11-26T15:00:00Z")),
        ),
        (CHICAGO, "committee: 2026-11-26, 2027-02-04 at 09:00", "2027-02-05T00:00:00Z", None),
        (CHICAGO, "board: first Thursday at 09:00", "2026-11-20T00:00:00Z", None),
    ] {
        let expected = meeting.map(|(held, papers)| Meeting { at: at(held), papers_due: at(papers) });
        let found = calendar(zone, &HOLIDAYS[..5], &[meetings]).next_meeting("committee", at(from));
        assert_eq!(found, expected, "{meetings} from {from} in {zone}");
    }
}

#[test]
fn several_lines_of_one_name_are_one_committee() {
    let calendar = calendar(CHICAGO, &[], &[COMMITTEE, "committee: 2026-12-10 at 10:00; papers 7 days before"]);
    let next = calendar.next_meeting("committee", at("2026-11-20T00:00:00Z"));
    assert_eq!(next.map(|meeting| meeting.at), Some(at("2026-12-10T16:00:00Z")));
}

#[test]
fn every_line_that_is_wrong_is_named_with_what_to_write() {
    let wrong = WrittenCalendar {
        weekend: vec!["Sat".to_owned()],
        holidays: ["12-25 Christmas", "", "2026-02-29 Leap day", "13-01", "fifth Monday of May", "first Monday May"]
            .map(str::to_owned)
            .to_vec(),
        meetings: [
            "first Thursday at 09:00",
            "committee: first Thursday",
            "committee: first Thursday at 25:00",
            "committee: Thursdays at 09:00",
            "committee: first Thursday at 09:00; not in Juli",
            "committee: first Thursday at 09:00; papers two weeks before",
            "committee: 2026-13-01 at 09:00",
        ]
        .map(str::to_owned)
        .to_vec(),
    };
    let faults = wrong.read(TimeZone::UTC).expect_err("much is wrong");
    let told: Vec<String> =
        faults.iter().map(|fault| format!("{} {}: {}", fault.part.name(), fault.line, fault.message)).collect();
    assert_eq!(
        told,
        [
            "weekend 1: 'Sat' is no weekday; write it out, as Thursday",
            "holidays 3: '2026-02-29' is no day; write 2026-12-25 for one year or 12-25 for every year",
            "holidays 4: '13-01' is no day; write 2026-12-25 for one year or 12-25 for every year",
            "holidays 5: 'fifth' is neither a date nor one of first, second, third, fourth and last",
            "holidays 6: name the month too, as: fourth Thursday of November",
            "meetings 1: begin with the meeting's id in small letters and a colon, as: committee: first Thursday at 09:00",
            "meetings 2: say on which day and when, as: first Thursday at 09:00",
            "meetings 3: '25:00' is no time of day; write it as 09:00",
            "meetings 4: 'thursdays' is no day; write first Thursday, or dates as 2026-12-03, 2027-02-04",
            "meetings 5: 'juli' is no month; write it out, as July",
            "meetings 6: 'papers two weeks before' is not understood; after the time may follow: not in July, December; \
             not on 2027-01-07; papers 14 days before",
            "meetings 7: '2026-13-01' is no date; write it as 2026-12-03",
        ]
    );
}

#[test]
fn a_week_without_a_working_day_is_refused_and_days_that_never_come_are_not_made_up() {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let idle = WrittenCalendar { weekend: days.map(str::to_owned).to_vec(), ..WrittenCalendar::default() };
    assert!(idle.read(TimeZone::UTC).is_err());
    let calendar = Calendar::plain(TimeZone::UTC);
    assert_eq!(calendar.after_business_days(at("2026-11-22T00:00:00Z"), 4_000), None);
    assert_eq!(calendar.after_business_days(at("2026-11-22T00:00:00Z"), 0), None);
}

proptest! {
    #[test]
    fn counting_business_days_undoes_adding_them(seconds in 0_i64..4_000_000_000, days in 1_u32..300) {
        let calendar = calendar(CHICAGO, &HOLIDAYS, &[]);
        let from = Timestamp::from_second(seconds).expect("in range");
        let due = calendar.after_business_days(from, days).expect("within ten years");
        prop_assert!(due > from);
        prop_assert!(calendar.is_business_day(calendar.date(due)));
        prop_assert_eq!(calendar.business_days_between(from, due), days);
    }

    #[test]
    fn no_line_makes_reading_panic(line in ".{0,80}", words in "(committee: ?)?[a-z0-9:;, -]{0,60}") {
        let _ = written(&[&line, &words], &[&line, &words]).read(TimeZone::UTC);
    }
}

//! What an agenda by the clock gives to think about: sessions at the same time, long days, breaks that carry credit.

use jiff::civil::Date;

use crate::{
    credit::agenda::{Day, counted, days, minutes, sessions, simultaneous},
    domain::{Answer, Answers, Row},
    present::words::{self, when},
};

/// Words that tell a part of a programme in which nothing is taught.
const BREAKS: [&str; 9] =
    ["break", "lunch", "coffee", "tea", "dinner", "reception", "registration", "welcome", "opening"];

/// What a row is called: its title, or its first text.
pub(super) fn label(row: &Row) -> Option<String> {
    let text = |cell: &Answer| match cell {
        Answer::Text(text) => Some(text.clone()),
        _ => None,
    };
    row.get("title").and_then(text).or_else(|| row.values().find_map(text))
}

/// A sentence each.
pub(super) fn notes(answers: &Answers, rows: &[Row]) -> Vec<String> {
    let counts = counted(rows);
    let sessions = sessions(answers, &rows.iter().collect::<Vec<_>>());
    let named = |row: usize| {
        let title = rows.get(row).and_then(label).map(|title| format!("“{title}”"));
        title.unwrap_or_else(|| format!("row {}", row.saturating_add(1)))
    };
    let together = simultaneous(&sessions).into_iter().map(|(one, other)| {
        format!("{} and {} are at the same time: nobody can attend both.", words::capital(&named(one)), named(other))
    });
    let breaks = rows.iter().enumerate().filter(|(_, row)| minutes(row, counts) > 0 && is_break(row));
    let breaks = breaks.map(|(at, row)| {
        format!(
            "{} carries {} minutes for credit. Is it a break? A break carries none.",
            words::capital(&named(at)),
            minutes(row, counts)
        )
    });
    let lengths = days(&sessions).into_iter().map(|day| length(&day));
    together.chain(breaks).chain(lengths).collect()
}

fn is_break(row: &Row) -> bool {
    let title = label(row).unwrap_or_default().to_lowercase();
    title.split(|letter: char| !letter.is_alphabetic()).any(|word| BREAKS.contains(&word))
}

fn length(day: &Day) -> String {
    let on: Date = day.day;
    format!(
        "{} is from {} to {}, {} minutes, of which {} count.",
        when::weekday(on),
        day.begins.strftime("%H:%M"),
        day.ends.strftime("%H:%M"),
        day.minutes(),
        day.attended
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::credit::agenda::unattended;

    fn row(title: &str, begins: i8, minutes: i64, counted: i64) -> Row {
        [
            ("title", Answer::Text(title.to_owned())),
            ("starts", Answer::Time(time(begins, 0, 0, 0))),
            ("minutes", Answer::Integer(minutes)),
            ("credit_minutes", Answer::Integer(counted)),
        ]
        .map(|(column, cell)| (column.to_owned(), cell))
        .into_iter()
        .collect()
    }

    fn held(from: Date, to: Date) -> Answers {
        Answers([("starts_on", from), ("ends_on", to)].map(|(id, day)| (id.to_owned(), Answer::Date(day))).into())
    }

    #[test]
    fn simultaneous_sessions_count_once_and_are_told_with_the_length_of_the_day() {
        let day = held(date(2027, 3, 1), date(2027, 3, 1));
        let rows = [row("Sepsis", 9, 60, 60), row("Wounds", 9, 90, 90), row("Lunch", 11, 30, 30)];
        assert_eq!(
            notes(&day, &rows),
            [
                "“Sepsis” and “Wounds” are at the same time: nobody can attend both.",
                "“Lunch” carries 30 minutes for credit. Is it a break? A break carries none.",
                "Monday 1 March 2027 is from 09:00 to 11:30, 150 minutes, of which 120 count.",
            ]
        );
        assert_eq!(unattended(&day, &rows.iter().collect::<Vec<_>>()), 60);
    }

    #[test]
    fn of_a_course_of_several_days_nothing_is_said_where_no_row_names_its_day() {
        let days = held(date(2027, 3, 1), date(2027, 3, 2));
        let rows = [row("Sepsis", 9, 60, 60), row("Wounds", 9, 90, 90)];
        assert_eq!(notes(&days, &rows), [""; 0]);
        assert_eq!(unattended(&days, &rows.iter().collect::<Vec<_>>()), 0);
    }
}

//! Giving a disclosure by a link, without an account.

use super::disclosures::{natures, signed};
use crate::{
    present::{
        form::{
            Entered, Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field},
        },
        part::Link,
        words::{self, calendar::Calendar},
    },
    usecase::submission::{Confirmed, Disclosing, MOST_RELATIONSHIPS, Rest, STATEMENT, Stated, StatedRelationship},
};

/// The table of relationships, and its first column.
const TABLE: &str = "relationships";
const COMPANY: &str = "company";

/// What the page is called.
pub(crate) const TITLE: &str = "Your disclosure";

/// Does what the buttons of the table ask, where one was pressed.
pub(crate) fn rearranged(typed: &mut FormData) -> bool {
    typed.rearrange(TABLE, COMPANY)
}

/// What was entered; blank rows are closed up.
pub(crate) fn stated(typed: &mut FormData) -> Stated {
    typed.close_gaps(TABLE);
    let row = |row: usize| {
        let of = |column: &str| typed.text(&format!("{TABLE}/{row}/{column}"));
        StatedRelationship { company: of(COMPANY), nature: of("nature"), from: of("from"), until: of("until") }
    };
    Stated {
        relationships: typed.rows(TABLE).into_iter().map(row).collect(),
        rest: if typed.get("none").is_some() { Rest::None } else { Rest::Unsaid },
        confirmed: if typed.get("complete").is_some() { Confirmed::Yes } else { Confirmed::No },
        signature: typed.text("signature"),
    }
}

/// What is asked; or, once it was given, what was signed.
pub(crate) fn of(asked: &Disclosing, action: String, entered: &Entered) -> Form {
    if asked.given.is_some() {
        return given(asked, "You have given your disclosure. There is nothing more to do.");
    }
    let Entered { fields: typed, faults } = entered;
    let line = |name: &str, label: &str| Field {
        fault: faults.on(name),
        ..Field::new(name, label, Control::text(typed.raw(name).unwrap_or_default()))
    };
    let confirm = |name: &str, label: &str| Field {
        fault: faults.on(name),
        ..Field::new(name, label, Control::Confirm { ticked: typed.get(name).is_some() })
    };
    let rows: Vec<Vec<Field>> =
        typed.shown_rows(TABLE).into_iter().map(|row| relationship(row, typed, faults)).collect();
    let table =
        Control::Table { row: "relationship".to_owned(), more: rows.len() < MOST_RELATIONSHIPS, rows, sum: None };
    let hint = "Of any amount, those that have ended too. Single shares count, diversified funds do not.";
    let fields = vec![
        confirm("none", "I have had no such relationship in the last 24 months"),
        Field {
            fault: faults.on(TABLE),
            ..Field::new(TABLE, "Each relationship you have had in the last 24 months", table).hint(hint)
        }
        .optional(),
        line("signature", "Your full name, as your signature"),
        confirm("complete", STATEMENT),
    ];
    Form { heading: TITLE.to_owned(), lead: Some(lead(asked)), ..Form::new(fields, faults, action, "Sign and give it") }
}

fn relationship(row: usize, typed: &FormData, faults: &Faults) -> Vec<Field> {
    let name = |column: &str| format!("{TABLE}/{row}/{column}");
    let line = |column: &str, label: &str| {
        let name = name(column);
        let value = typed.raw(&name).unwrap_or_default().to_owned();
        Field { fault: faults.on(&name), ..Field::new(name, label, Control::text(value)) }
    };
    let chosen = typed.text(&name("nature"));
    let nothing = Choice { chosen: chosen.is_empty(), ..Choice::new("", "Choose") };
    let options = natures().map(|(id, label)| Choice { chosen: id == chosen, ..Choice::new(id, label) });
    let options = [nothing].into_iter().chain(options).collect();
    let nature = name("nature");
    vec![
        line(COMPANY, "Company"),
        Field { fault: faults.on(&nature), ..Field::new(nature, "What it is", Control::Select { options }) },
        line("from", "Since").hint("A year, as 2025, or a month, as 2025-03."),
        line("until", "Until").hint("Leave it empty if it goes on.").optional(),
    ]
}

/// Who asks, for what, and why.
fn lead(asked: &Disclosing) -> String {
    let case = &asked.case;
    let (house, title) = (&case.organisation.name, words::title(&case.submission.title, &case.definition));
    let until = Calendar::of(case).day(asked.until).text;
    format!(
        "{}, {} names you in “{title}” ({}) and asks for this. Who plans, presents or reviews education that {house} accredits \
         first states every financial relationship of the last 24 months with companies that make, market, sell or distribute \
         healthcare products. {house} reads it, with those who judge this; so does who asks; and once it is accredited, \
         whoever takes part reads the companies and what it is. It is used again, for 24 months, for other activities in \
         which you are named with this address. The link stands until {until}.",
        asked.request.name, asked.by, case.submission.reference,
    )
}

/// What is said once it was given: thanks, what happens, and what was signed.
pub(crate) fn given(asked: &Disclosing, thanks: &str) -> Form {
    let calendar = Calendar::of(&asked.case);
    let lines = asked.given.as_ref().map(|given| signed(given, &calendar)).unwrap_or_default();
    let statement = asked.given.as_ref().map(|given| given.statement.clone()).unwrap_or_default();
    let until = calendar.day(asked.until).text;
    let lead = format!(
        "{thanks} {} reads it before {} is decided. This page stays until {until}.",
        asked.case.organisation.name, asked.case.submission.reference
    );
    Form {
        heading: TITLE.to_owned(),
        lead: Some(lead),
        warning: Some(lines.iter().map(|line| words::sentence(line)).chain([statement]).collect::<Vec<_>>().join(" ")),
        ..Form::plain(Vec::new(), &Faults::default(), String::new(), "", Link::new("Home", "/"))
    }
}

//! When somebody is away, entered and taken back.

use super::{
    form::{
        Entered, Form,
        field::{Control, Field},
    },
    part::{Button, Link, Tone},
    words::{self, when},
};
use crate::{access::Caller, model::Absence, usecase::absence::Absences};

/// The page, for themselves or for the office.
pub(crate) fn of(found: &Absences, caller: &Caller, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let own = found.person.id == caller.person;
    let action = if own { "/absence".to_owned() } else { format!("/people/{}/absence", found.person.id) };
    let date = |name: &str, label: &str| Field {
        fault: faults.on(name),
        ..Field::new(name, label, Control::Date { value: typed.text(name) })
    };
    let fields = vec![date("first", "First day away"), date("last", "Last day away")];
    let told = found.absences.iter().map(|absence| format!("Away {}.", days(absence)));
    let meanwhile = "Meanwhile nobody offers a new place, and letters about others’ work wait.".to_owned();
    let lead: Vec<String> = told.chain(places(found)).chain([meanwhile]).collect();
    let back = if own {
        Link::new("Home", "/")
    } else {
        Link::new(words::printed(&found.person), format!("/people/{}", found.person.id))
    };
    let ends = found.absences.iter().map(|absence| Button {
        label: if absence.first <= found.today {
            format!("Back already, not only after {}", when::date(absence.last))
        } else {
            format!("Not away {}", days(absence))
        },
        action: format!("{action}/{}/end", absence.id),
        version: None,
        tone: Tone::Quiet,
    });
    Form {
        heading: if own { "When you are away".to_owned() } else { format!("When {} is away", found.person.name) },
        lead: Some(lead.join(" ")),
        also: ends.collect(),
        ..Form::plain(fields, faults, action.clone(), "Enter the absence", back)
    }
}

/// `from 1 December 2026 to 14 December 2026`.
pub(crate) fn days(absence: &Absence) -> String {
    if absence.first == absence.last {
        format!("on {}", when::date(absence.first))
    } else {
        format!("from {} to {}", when::date(absence.first), when::date(absence.last))
    }
}

/// What becomes of somebody's places, a sentence for each way.
pub(crate) fn places(found: &Absences) -> Vec<String> {
    let pass_on = (!found.pass_on.is_empty()).then(|| {
        let groups = words::list(&found.pass_on);
        format!("In {groups} places pass on: they are free for others, and what they hold counts as unassigned.")
    });
    let wait = (!found.wait.is_empty()).then(|| {
        let groups = words::list(&found.wait);
        format!("In {groups} places wait: deadlines run on.")
    });
    pass_on.into_iter().chain(wait).collect()
}

//! One person: what they are called, what they are trusted with, and whether they may sign in.

use std::collections::BTreeSet;

use super::{Letters, chosen, joined};
use crate::{
    access::Caller,
    domain::{Duty, Standing},
    model::Person,
    present::{
        form::{
            Entered, Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field},
        },
        part::{Button, Link, Tone},
        words,
    },
    usecase::{
        absence,
        admin::{self, Membership},
    },
};

/// Duties in the order they are offered.
const DUTIES: [(Duty, &str, &str); 3] = [
    (Duty::Coordinator, "coordinator", "Runs the queue: assigns, replaces, reminds."),
    (Duty::Auditor, "auditor", "Reads everything and changes nothing."),
    (Duty::Administrator, "administrator", "Manages people, groups and the organisation."),
];

/// A person as typed into the form: what [`of`] shows.
pub(crate) fn typed(person: &Person) -> FormData {
    let duties = DUTIES.iter().filter(|(duty, ..)| person.duties.contains(duty));
    let standing = if person.standing == Standing::Suspended { "suspended" } else { "active" };
    let lines = [
        ("name", person.name.as_str()),
        ("credentials", &person.credentials),
        ("affiliation", &person.affiliation),
        ("standing", standing),
    ];
    let lines = lines.into_iter().chain(duties.map(|(_, id, _)| ("duties", *id)));
    FormData(lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

pub(crate) fn of(person: &Person, groups: &[Membership], entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let mut fields = described(typed, faults);
    if matches!(person.standing, Standing::Active | Standing::Suspended | Standing::Invited) {
        let options =
            [("active", "May sign in"), ("suspended", "Is locked out, at once; a link that was sent lets nobody in")];
        fields.push(Field::new("standing", "Access", Control::Choice { options: chosen(typed, "standing", options) }));
    }
    let groups = joined(person, groups);
    Form {
        heading: person.name.clone(),
        version: Some(admin::person_version(person)),
        links: vec![
            away(person),
            Link::new("Give them another address", format!("/people/{}/address", person.id)),
            Link::new("Their second factor", format!("/people/{}/second-factor", person.id)),
            Link {
                label: "Erase this person, or copy what is kept about them".to_owned(),
                href: format!("/people/{}/erase", person.id),
            },
        ],
        lead: Some(format!(
            "{}. {}. Groups: {}.",
            person.email,
            words::standing(person.standing),
            if groups.is_empty() { "none".to_owned() } else { words::list(&groups) }
        )),
        ..Form::plain(fields, faults, format!("/people/{}", person.id), "Save", Link::new("People", "/people"))
    }
}

fn away(person: &Person) -> Link {
    Link::new("When they are away", format!("/people/{}/absence", person.id))
}

/// A person, to somebody of the office who manages nobody.
pub(crate) fn told(person: &Person, groups: &[Membership], reader: &Caller) -> Form {
    let duties = person.duties.iter().map(|duty| words::duty(*duty).to_owned());
    let parts: Vec<String> = duties.chain(joined(person, groups)).collect();
    let home = if person.affiliation.is_empty() { String::new() } else { format!(" {}.", person.affiliation) };
    Form {
        heading: words::printed(person),
        lead: Some(format!(
            "{}.{home} {}. {}.",
            person.email,
            words::standing(person.standing),
            if parts.is_empty() { "In no group".to_owned() } else { words::list(&parts) }
        )),
        links: absence::may_enter(reader, person.id).then(|| away(person)).into_iter().collect(),
        ..Form::plain(Vec::new(), &Faults::default(), String::new(), "", Link::new("People", "/people"))
    }
}

/// The page of somebody of whose name there are others.
pub(crate) fn asking(page: Form, namesakes: &[Person]) -> Form {
    let others: Vec<String> = namesakes.iter().map(|other| format!("{} ({})", other.name, other.email)).collect();
    Form { warning: words::conflict::same_person(&others), ..page }
}

/// The page of somebody who may need another link: by letter, or to be handed over.
pub(crate) fn offering_link(mut page: Form, person: &Person, letters: Letters) -> Form {
    let label = match (person.standing, letters) {
        (Standing::Invited, Letters::Sent) => "Send the invitation again",
        (Standing::Active, Letters::Sent) => "Send a link to choose another password",
        (Standing::Invited, Letters::Kept) => "Make a one-time link",
        (Standing::Active, Letters::Kept) => "Make a link to choose another password",
        _ => "",
    };
    if !label.is_empty() {
        page.also.push(Button {
            label: label.to_owned(),
            action: format!("/people/{}/link", person.id),
            version: None,
            tone: Tone::Quiet,
        });
    }
    page
}

/// Name, credentials, institution and duties: what an invitation asks too.
pub(super) fn described(typed: &FormData, faults: &Faults) -> Vec<Field> {
    let line = |name: &str, label: &str| Field {
        fault: faults.on(name),
        ..Field::new(name, label, Control::text(typed.text(name)))
    };
    let duties = DUTIES.iter().map(|(duty, id, what)| Choice {
        hint: Some((*what).to_owned()),
        chosen: typed.all("duties").any(|chosen| chosen == *id),
        ..Choice::new(*id, words::duty(*duty))
    });
    let duties = Control::Choices { options: duties.collect() };
    vec![
        line("name", "Name, as it is printed"),
        line("credentials", "Credentials").hint("Behind the name, as MD, FAAFP.").optional(),
        line("affiliation", "Institution").hint("Conflicts of interest are found by it.").optional(),
        Field { fault: faults.on("duties"), ..Field::new("duties", "Trusted with", duties).optional() },
    ]
}

/// The duties that were ticked.
pub(crate) fn duties(typed: &FormData) -> BTreeSet<Duty> {
    let ticked = DUTIES.iter().filter(|(_, id, _)| typed.all("duties").any(|chosen| chosen == *id));
    ticked.map(|(duty, ..)| *duty).collect()
}

/// Access, as it was chosen.
pub(crate) fn standing(typed: &FormData) -> Standing {
    if typed.get("standing") == Some("suspended") { Standing::Suspended } else { Standing::Active }
}

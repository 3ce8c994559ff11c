//! The house: people, groups, the organisation.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::{
    access::Caller,
    domain::{Duty, Standing},
    model::{Page, Person},
    present::{
        View,
        form::{
            Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field, Input},
        },
        part::{Button, Link, Pager, Tag, Tone},
        path,
        words::{self, capital},
    },
    usecase::{
        account::INVITATION,
        admin::{self, Membership},
    },
};

/// Everybody. The form is a GET to `/people`; parameter of the search is `search`.
#[derive(Clone, Debug, Serialize)]
pub struct People {
    pub search: String,
    pub rows: Vec<PersonRow>,
    pub pager: Pager,
    /// Where somebody is invited, for those who may.
    pub invite: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    pub href: String,
    pub name: String,
    pub email: String,
    /// `Coordinator`, `Content reviewers`; in words.
    pub parts: Vec<String>,
    /// `Active`, `Invited`, `Suspended`, `Named only`.
    pub standing: Tag,
}

/// The groups that workflows give roles to.
#[derive(Clone, Debug, Serialize)]
pub struct Groups {
    pub rows: Vec<GroupRow>,
}

#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    pub href: String,
    pub name: String,
    pub slug: String,
    pub members: Vec<String>,
    /// `Has 3 members, 5 are needed`.
    pub alarm: Option<String>,
}

impl View for People {
    const TEMPLATE: &'static str = "page/people_list.html";
}

impl View for Groups {
    const TEMPLATE: &'static str = "page/group_list.html";
}

/// Duties in the order they are offered.
const DUTIES: [(Duty, &str, &str); 3] = [
    (Duty::Coordinator, "coordinator", "Runs the queue: assigns, replaces, reminds."),
    (Duty::Auditor, "auditor", "Reads everything and changes nothing."),
    (Duty::Administrator, "administrator", "Manages people, groups and the organisation."),
];

/// Whether somebody manages the house, rather than looking at it.
fn administers(caller: &Caller) -> bool {
    caller.duties.contains(&Duty::Administrator)
}

/// Whether letters leave the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    Sent,
    /// They are kept, and nobody gets them.
    Kept,
}

pub(crate) fn people(page: &Page<Person>, groups: &[Membership], search: &str, caller: &Caller) -> People {
    let manages = administers(caller);
    let address = if search.is_empty() { "/people".to_owned() } else { path::with("/people", "search", search) };
    People {
        search: search.to_owned(),
        rows: page.rows.iter().map(|person| row(person, groups)).collect(),
        pager: Pager {
            text: format!("Showing {}", words::many(page.rows.len(), "person").replace("persons", "people")),
            previous: None,
            next: page.next.as_ref().map(|cursor| path::with(&address, "cursor", cursor)),
        },
        invite: manages.then(|| "/people/invite".to_owned()),
    }
}

/// What the groups are called that somebody is in.
fn joined(person: &Person, groups: &[Membership]) -> Vec<String> {
    let joined = groups.iter().filter(|found| found.members.iter().any(|member| member.id == person.id));
    joined.map(|found| found.group.title.clone()).collect()
}

fn row(person: &Person, groups: &[Membership]) -> PersonRow {
    let tone = match person.standing {
        Standing::Active => Tone::Good,
        Standing::Invited => Tone::Moving,
        Standing::Suspended => Tone::Bad,
        Standing::Named | Standing::Erased => Tone::Quiet,
    };
    let duties = person.duties.iter().map(|duty| words::duty(*duty).to_owned());
    PersonRow {
        href: format!("/people/{}", person.id),
        name: words::printed(person),
        email: person.email.to_string(),
        parts: duties.chain(joined(person, groups)).collect(),
        standing: Tag { label: words::standing(person.standing).to_owned(), tone },
    }
}

/// A person as typed into the form: what [`person`] shows.
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

pub(crate) fn person(person: &Person, groups: &[Membership], (typed, faults): (&FormData, &Faults)) -> Form {
    let mut fields = described(typed, faults);
    if matches!(person.standing, Standing::Active | Standing::Suspended) {
        let options = [("active", "May sign in"), ("suspended", "Is locked out, at once")];
        fields.push(Field::new("standing", "Access", Control::Choice { options: chosen(typed, "standing", options) }));
    }
    let groups = joined(person, groups);
    Form {
        heading: person.name.clone(),
        version: Some(admin::person_version(person)),
        links: vec![Link {
            label: "Erase this person, or copy what is kept about them".to_owned(),
            href: format!("/people/{}/erase", person.id),
        }],
        lead: Some(format!(
            "{}. {}. Groups: {}.",
            person.email,
            words::standing(person.standing),
            if groups.is_empty() { "none".to_owned() } else { words::list(&groups) }
        )),
        ..Form::plain(fields, faults, (format!("/people/{}", person.id), "Save"), ("People", "/people"))
    }
}

/// A person, to somebody of the office who manages nobody.
pub(crate) fn told(person: &Person, groups: &[Membership]) -> Form {
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
        ..Form::plain(Vec::new(), &Faults::default(), (String::new(), ""), ("People", "/people"))
    }
}

/// The page of somebody who waits for a link that no letter brings.
pub(crate) fn offering_link(mut page: Form, person: &Person) -> Form {
    if person.standing == Standing::Invited {
        page.also.push(Button {
            label: "Make a one-time link".to_owned(),
            action: format!("/people/{}/link", person.id),
            version: None,
            tone: Tone::Quiet,
        });
    }
    page
}

/// A one-time link, shown once.
pub(crate) fn link(person: &Person, url: &str) -> Form {
    Form {
        heading: format!("A link for {}", person.name),
        lead: Some(format!(
            "{url} lets {} choose a password. Hand it over; it works once, for {}, and is not shown again.",
            person.name,
            words::days(INVITATION)
        )),
        ..Form::plain(Vec::new(), &Faults::default(), (String::new(), ""), ("People", "/people"))
    }
}

pub(crate) fn invite(groups: &[Membership], letters: Letters, (typed, faults): (&FormData, &Faults)) -> Form {
    let email = Control::Text { value: typed.text("email"), input: Input::Email, autocomplete: "off" };
    let email = Field { fault: faults.on("email"), ..Field::new("email", "E-mail address", email) };
    let options = groups.iter().map(|found| (found.group.slug.as_str(), found.group.title.as_str()));
    let options = Control::Choices { options: chosen(typed, "groups", options) };
    let joins = Field { fault: faults.on("groups"), ..Field::new("groups", "Groups to join", options).optional() };
    let fields = std::iter::once(email).chain(described(typed, faults)).chain([joins]).collect();
    Form {
        heading: "Invite somebody".to_owned(),
        lead: Some(match letters {
            Letters::Sent => format!("A letter with a link goes out; it works once, for {}.", words::days(INVITATION)),
            Letters::Kept => {
                "No letters are sent from here: on the person's page you get a link to hand over.".to_owned()
            }
        }),
        ..Form::plain(fields, faults, ("/people/invite".to_owned(), "Send the invitation"), ("People", "/people"))
    }
}

fn described(typed: &FormData, faults: &Faults) -> Vec<Field> {
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

pub(crate) fn groups(groups: &[Membership]) -> Groups {
    let rows = groups.iter().map(|found| {
        let members = found.members.iter().filter(|person| person.standing == Standing::Active);
        let members: Vec<String> = members.map(|person| person.name.clone()).collect();
        let needed = usize::try_from(found.needed).unwrap_or(0);
        GroupRow {
            href: format!("/groups/{}", path::encoded(&found.group.slug)),
            name: found.group.title.clone(),
            slug: found.group.slug.clone(),
            alarm: (members.len() < needed)
                .then(|| format!("Has {}, {needed} are needed", words::many(members.len(), "active member"))),
            members,
        }
    });
    Groups { rows: rows.collect() }
}

/// One group: who joins, who leaves. `fitting` are those to choose from where several fit what was typed.
pub(crate) fn group(
    found: &Membership,
    fitting: &[Person],
    caller: &Caller,
    (typed, faults): (&FormData, &Faults),
) -> Form {
    let slug = path::encoded(&found.group.slug);
    let names: Vec<String> = found.members.iter().map(|person| person.name.clone()).collect();
    let manages = administers(caller);
    let fields = if manages { joining(fitting, typed, faults) } else { Vec::new() };
    let send = if manages { "Join" } else { "" };
    let leaving = found.members.iter().filter(|_| manages).map(|person| Button {
        label: format!("{} leaves", person.name),
        action: format!("/groups/{slug}/leave/{}", person.id),
        version: None,
        tone: Tone::Bad,
    });
    let needed = match found.needed {
        0 => "No workflow in force uses it.".to_owned(),
        needed => format!("Workflows need at least {needed}."),
    };
    let members =
        if names.is_empty() { "Nobody is a member.".to_owned() } else { format!("Members: {}.", words::list(&names)) };
    Form {
        heading: found.group.title.clone(),
        lead: Some(capital(&format!("{members} {needed}"))),
        also: leaving.collect(),
        ..Form::plain(fields, faults, (format!("/groups/{slug}/join"), send), ("Groups", "/groups"))
    }
}

/// Who joins: looked for, and chosen where several fit.
fn joining(fitting: &[Person], typed: &FormData, faults: &Faults) -> Vec<Field> {
    let who = Field::new("who", "Who joins", Control::text(typed.text("who")))
        .hint("Part of the name, or the e-mail address.");
    let who = Field { fault: faults.on("who"), ..who };
    if fitting.len() < 2 {
        return vec![who];
    }
    let options = fitting.iter().map(|person| Choice {
        hint: Some(person.email.to_string()),
        ..Choice::new(person.id.to_string(), words::printed(person))
    });
    let which = Field::new("person", "Which of them", Control::Choice { options: options.collect() });
    vec![who, Field { fault: faults.on("person"), ..which }]
}

fn chosen<'a>(typed: &FormData, name: &str, options: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Choice> {
    let given: Vec<&str> = typed.all(name).collect();
    options.into_iter().map(|(id, label)| Choice { chosen: given.contains(&id), ..Choice::new(id, label) }).collect()
}

//! One group: who is in it, who joins and who leaves.

use super::administers;
use crate::{
    access::Caller,
    model::Person,
    present::{
        form::{
            Entered, Form,
            data::FormData,
            fault::Faults,
            field::{Choice, Control, Field},
        },
        part::{Button, Link, Tone},
        path,
        words::{self, capital},
    },
    usecase::admin::{Membership, WhileAway},
};

/// The page. `fitting` are those to choose from where several fit what was typed.
pub(crate) fn of(found: &Membership, fitting: &[Person], caller: &Caller, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let slug = path::encoded(&found.group.slug);
    let names: Vec<String> = found.members.iter().map(|person| person.name.clone()).collect();
    let manages = administers(caller);
    let fields = if manages { joining(fitting, typed, faults) } else { Vec::new() };
    let send = match (manages, fitting.is_empty()) {
        (false, _) => "",
        (true, true) => "Find them",
        (true, false) => "Make them a member",
    };
    let leaving = found.members.iter().filter(|_| manages).map(|person| {
        Link::new(format!("{} leaves …", words::printed(person)), format!("/groups/{slug}/leave/{}", person.id))
    });
    let name = manages.then(|| Link::new("Call this group something else", format!("/groups/{slug}/name")));
    let needed = match found.needed {
        0 => "No workflow in force uses it.".to_owned(),
        needed => format!("Workflows need at least {needed}."),
    };
    let members =
        if names.is_empty() { "Nobody is a member.".to_owned() } else { format!("Members: {}.", words::list(&names)) };
    Form {
        heading: found.group.title.clone(),
        lead: Some(capital(&format!("{members} {needed} {}", while_away(found)))),
        warning: lacking(found, found.active().count()),
        links: leaving.chain(name).collect(),
        also: changing(found, &slug).filter(|_| manages).collect(),
        ..Form::plain(fields, faults, format!("/groups/{slug}/join"), send, Link::new("Groups", "/groups"))
    }
}

/// What becomes of the places of a member who is away.
fn while_away(found: &Membership) -> &'static str {
    match found.while_away {
        WhileAway::PassOn => {
            "While a member is away, their places pass on: others take them, and what they held counts as unassigned."
        }
        WhileAway::Wait => "While a member is away, their places wait for them; deadlines run on.",
    }
}

/// The other way, to choose.
fn changing(found: &Membership, slug: &str) -> impl Iterator<Item = Button> {
    let (label, path) = match found.while_away {
        WhileAway::PassOn => ("Have places wait for members who are away", "places-wait"),
        WhileAway::Wait => ("Have places of members who are away pass on", "places-pass-on"),
    };
    let action = format!("/groups/{slug}/{path}");
    std::iter::once(Button { label: label.to_owned(), action, version: None, tone: Tone::Quiet })
}

/// What workflows lack where so many active members are left.
fn lacking(found: &Membership, left: usize) -> Option<String> {
    let short = found.needs.iter().filter(|need| usize::try_from(need.needed).is_ok_and(|needed| left < needed));
    let short: Vec<String> = short
        .map(|need| format!("“{}” counts on {} as {}", need.title, need.needed, words::plain(&need.role)))
        .collect();
    if short.is_empty() {
        return None;
    }
    let have = match left {
        0 => "nobody".to_owned(),
        left => words::many(left, "active member"),
    };
    Some(format!("This leaves {have}: {}. What needs more people waits; nothing is skipped.", words::list(&short)))
}

/// Asks before somebody leaves: who exactly, and what is left.
pub(crate) fn leaving(found: &Membership, person: &Person) -> Form {
    let slug = path::encoded(&found.group.slug);
    let left = found.active().filter(|member| member.id != person.id).count();
    Form {
        heading: format!("{} leaves {}", words::printed(person), found.group.title),
        lead: Some(format!(
            "{}. Places in reviews that they hold through this group are free at once; what they decided stays.",
            who(person)
        )),
        warning: lacking(found, left),
        tone: Tone::Bad,
        ..Form::plain(
            Vec::new(),
            &Faults::default(),
            format!("/groups/{slug}/leave/{}", person.id),
            "End the membership",
            Link::new(found.group.title.clone(), format!("/groups/{slug}")),
        )
    }
}

/// What a group is to be called.
pub(crate) fn name(found: &Membership, entered: &Entered) -> Form {
    let Entered { fields: typed, faults } = entered;
    let slug = path::encoded(&found.group.slug);
    let title = Field::new("title", "Name of the group", Control::text(typed.text("title")));
    let title = Field { fault: faults.on("title"), ..title };
    Form {
        heading: format!("What “{}” is called", found.group.title),
        lead: Some(format!("Workflows name it by its id, which stays: {}.", found.group.slug)),
        ..Form::plain(
            vec![title],
            faults,
            format!("/groups/{slug}/name"),
            "Save",
            Link::new(found.group.title.clone(), format!("/groups/{slug}")),
        )
    }
}

/// Address and institution of somebody.
fn who(person: &Person) -> String {
    if person.affiliation.is_empty() {
        person.email.to_string()
    } else {
        format!("{}, {}", person.email, person.affiliation)
    }
}

/// Who joins: looked for, and chosen where several fit.
fn joining(fitting: &[Person], typed: &FormData, faults: &Faults) -> Vec<Field> {
    let who = Field::new("who", "Who joins", Control::text(typed.text("who")))
        .hint("Part of the name, or the e-mail address.");
    let who = Field { fault: faults.on("who"), ..who };
    if fitting.is_empty() {
        return vec![who];
    }
    let options = fitting.iter().map(|person| Choice {
        hint: Some(self::who(person)),
        ..Choice::new(person.id.to_string(), words::printed(person))
    });
    let which = Field::new("person", "Is this who joins?", Control::Choice { options: options.collect() });
    vec![who, Field { fault: faults.on("person"), ..which }]
}

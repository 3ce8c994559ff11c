//! Inviting several people from a list: what was pasted, and what each line was understood as.

use serde::Serialize;

use super::{Letters, chosen};
use crate::{
    present::{
        View,
        form::{
            Entered,
            field::{Control, Field},
        },
        part::{Fault, Link},
        words,
    },
    usecase::admin::{Listed, Membership},
};

/// A list of people to invite.
#[derive(Clone, Debug, Serialize)]
pub struct Several {
    pub faults: Vec<Fault>,
    pub lead: &'static str,
    /// Who would be invited, as in `Ana Ruiz <ana@example.org>`.
    pub good: Vec<String>,
    /// Lines of which nobody would be, and why.
    pub wrong: Vec<WrongLine>,
    pub fields: Vec<Field>,
    /// The list as it was looked at: what was changed since is looked at first.
    pub looked_at: String,
    /// What the button says that invites them; nothing before the list was looked at.
    pub invite: Option<String>,
    pub back: Link,
}

/// A line of which nobody would be invited.
#[derive(Clone, Debug, Serialize)]
pub struct WrongLine {
    pub line: String,
    pub fault: String,
}

impl View for Several {
    const TEMPLATE: &'static str = "page/people_invite.html";
}

/// The page, with what the list was understood as where it was looked at.
pub(crate) fn of(groups: &[Membership], letters: Letters, looked_at: &[Listed], entered: &Entered) -> Several {
    let Entered { fields: typed, faults } = entered;
    let people = Control::long_text(typed.raw("people").unwrap_or_default());
    let people = Field { fault: faults.on("people"), ..Field::new("people", "People, one a line", people) }
        .hint("Name <address>, or an address alone, as Ana Ruiz <ana@example.org>.");
    let options = groups.iter().map(|found| (found.group.slug.as_str(), found.group.title.as_str()));
    let options = Control::Choices { options: chosen(typed, "groups", options) };
    let joins = Field { fault: faults.on("groups"), ..Field::new("groups", "Groups to join", options).optional() };
    let (mut good, mut wrong) = (Vec::new(), Vec::new());
    for listed in looked_at {
        match listed {
            Listed::Good { name, email } => good.push(format!("{name} <{email}>")),
            Listed::Wrong { line, fault } => {
                wrong.push(WrongLine { line: line.clone(), fault: words::sentence(fault) });
            }
        }
    }
    let fields = vec![people, joins];
    Several {
        faults: faults.list(&crate::present::form::place::places(&fields)),
        lead: match letters {
            Letters::Sent => "Each gets a letter with a link. Nothing is sent before you have looked at the list.",
            Letters::Kept => {
                "No letters are sent from here: you get a link for each, to be handed over. Nobody is invited before you \
                 have looked at the list."
            }
        },
        invite: match good.len() {
            0 => None,
            1 => Some("Invite this one".to_owned()),
            many => Some(format!("Invite these {many}")),
        },
        looked_at: typed.raw("people").unwrap_or_default().to_owned(),
        good,
        wrong,
        fields,
        back: Link::new("People", "/people"),
    }
}

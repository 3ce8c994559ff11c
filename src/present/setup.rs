//! What is left to set up, line by line.

use serde::Serialize;

use super::words;
use crate::usecase::admin::{MailSet, Setup, ToSetUp};

/// What is left to set up.
#[derive(Clone, Debug, Serialize)]
pub struct Steps {
    /// `3 of 6 done`.
    pub summary: String,
    pub steps: Vec<SetupStep>,
}

/// One line of it.
#[derive(Clone, Debug, Serialize)]
pub struct SetupStep {
    pub label: String,
    pub href: String,
    pub done: bool,
    /// How far it is, and what to do.
    pub told: String,
}

/// The list, as long as anything is left and somebody wants to see it.
pub(crate) fn of(setup: &Setup) -> Option<Steps> {
    if setup.hidden || setup.left().is_empty() {
        return None;
    }
    let steps = vec![organisation(setup), mail(setup), people(setup), groups(setup), workflows(setup), first(setup)];
    let done = steps.iter().filter(|step| step.done).count();
    Some(Steps { summary: format!("{done} of {} done", steps.len()), steps })
}

fn step(label: &str, href: &str, done: bool, told: &str) -> SetupStep {
    SetupStep { label: label.to_owned(), href: href.to_owned(), done, told: told.to_owned() }
}

fn organisation(setup: &Setup) -> SetupStep {
    let done = setup.has(ToSetUp::Calendar);
    let told = if done {
        "The calendar has holidays."
    } else {
        "Enter the holidays and the days on which committees meet: deadlines and meetings go by them."
    };
    step("Organisation and calendar", "/organisation", done, told)
}

fn mail(setup: &Setup) -> SetupStep {
    let told = match setup.mail {
        MailSet::Off => {
            "Mail is off: nobody gets a letter. Links to hand over are on the pages of People; the setting “smtp” turns \
             mail on."
        }
        MailSet::Untried => "Mail is on. Send yourself a test, and see what the server answers.",
        MailSet::Tried => "The mail server took a letter.",
    };
    step("Mail", "/outbox", setup.mail == MailSet::Tried, told)
}

fn people(setup: &Setup) -> SetupStep {
    let done = setup.has(ToSetUp::People);
    let told = if done { "Somebody is here beside you." } else { "Invite whoever works here; several at a time." };
    step("People", if done { "/people" } else { "/people/invite/several" }, done, told)
}

fn groups(setup: &Setup) -> SetupStep {
    let (staffed, all) = (setup.groups.staffed, setup.groups.all);
    let told = format!("{staffed} of {all} have the members that workflows count on.");
    step("Groups", "/groups", staffed == all, &told)
}

fn workflows(setup: &Setup) -> SetupStep {
    let offered = match setup.offered.as_slice() {
        [] => "No workflow is in force.".to_owned(),
        offered => format!("In force: {}.", words::list(offered)),
    };
    let told = match setup.waiting.as_slice() {
        [] => offered,
        waiting => format!("{offered} Not in force: {}; its page says what it waits for.", words::list(waiting)),
    };
    step("Workflows", "/workflows", !setup.offered.is_empty(), &told)
}

fn first(setup: &Setup) -> SetupStep {
    let done = setup.has(ToSetUp::Submission);
    let told = if done {
        "The first was sent."
    } else {
        "Nothing was sent yet. Whoever is invited starts one at Home; so can you, to try it out."
    };
    step("First submission", if done { "/catalogue" } else { "/" }, done, told)
}

//! What is left to set up in a new installation.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::json;
use strum::{IntoStaticStr, VariantArray};

use super::{administers, outbox::tried, shortages, writes};
use crate::{
    model::{LogAct, Receipt},
    usecase::{Call, Error},
    workflow::definition::Role,
};

/// The setting that says that nobody wants to see the list any more.
const HIDDEN: &str = "setup_hidden";

/// How far an installation is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Whether the calendar has holidays, somebody is there beside the caller, and anything was ever sent.
    done: BTreeSet<ToSetUp>,
    /// How letters go out.
    pub mail: MailSet,
    /// The groups that workflows in force count on, and how many of them have the members that they need.
    pub groups: Staffed,
    /// The ids of the groups that lack members.
    pub short: BTreeSet<String>,
    /// How much work was given up.
    pub given_up: u32,
    /// What the workflows are called that are in force.
    pub offered: Vec<String>,
    /// The ids of those that are there and not in force.
    pub waiting: Vec<String>,
    /// Whether nobody wants to see the list any more.
    pub hidden: bool,
}

/// How letters go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum MailSet {
    /// Not at all.
    Off,
    /// To a server that was not tried, or did not take the letter.
    Untried,
    /// To a server that took one.
    Tried,
}

/// How many of the groups are staffed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staffed {
    /// Those with the members that they need.
    pub staffed: usize,
    /// All that workflows in force count on.
    pub all: usize,
}

/// Something to set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ToSetUp {
    /// The calendar.
    Calendar,
    /// The way out for letters.
    Mail,
    /// Somebody beside the first administrator.
    People,
    /// Members of groups.
    Groups,
    /// A workflow in force.
    Workflows,
    /// The first submission.
    Submission,
}

impl Setup {
    /// What is left, in the order in which it is best done.
    #[must_use]
    pub fn left(&self) -> Vec<ToSetUp> {
        let all = [
            (self.done.contains(&ToSetUp::Calendar), ToSetUp::Calendar),
            (self.mail == MailSet::Tried, ToSetUp::Mail),
            (self.done.contains(&ToSetUp::People), ToSetUp::People),
            (self.groups.staffed == self.groups.all, ToSetUp::Groups),
            (!self.offered.is_empty(), ToSetUp::Workflows),
            (self.done.contains(&ToSetUp::Submission), ToSetUp::Submission),
        ];
        all.into_iter().filter(|(done, _)| !done).map(|(_, what)| what).collect()
    }

    /// Whether something is done.
    #[must_use]
    pub fn has(&self, what: ToSetUp) -> bool {
        !self.left().contains(&what)
    }
}

/// How far the installation is set up, for administrators.
pub async fn setup(call: &Call) -> Result<Setup, Error> {
    administers(&call.caller)?;
    let context = &call.context;
    let view = context.store.view().await?;
    let organisation = view.organisation().await?.ok_or(Error::NotFound)?;
    let current = context.definitions.all_current(&view).await?;
    let roles = current.iter().flat_map(|definition| definition.roles.values());
    let counted: BTreeSet<&str> = roles
        .filter_map(|role| match role {
            Role::Group { group, at_least, .. } if *at_least > 0 => Some(group.as_str()),
            Role::Group { .. } | Role::Submitter => None,
        })
        .collect();
    let short: BTreeSet<String> = shortages(context, &view).await?.into_iter().map(|short| short.group).collect();
    let offered: BTreeSet<&str> = current.iter().map(|definition| definition.workflow.as_str()).collect();
    let known = view.workflows().await?;
    let mail = match tried(&view).await? {
        _ if context.demo.is_some() => MailSet::Tried,
        _ if !writes(context) => MailSet::Off,
        Some(tried) if tried.taken => MailSet::Tried,
        _ => MailSet::Untried,
    };
    let done = [
        (organisation.calendar.holidays.iter().any(|line| !line.is_empty()), ToSetUp::Calendar),
        (view.people("", None, 2).await?.rows.len() > 1, ToSetUp::People),
        (view.anything_was_sent().await?, ToSetUp::Submission),
    ];
    let done = done.into_iter().filter(|(done, _)| *done).map(|(_, what)| what).collect();
    Ok(Setup {
        done,
        mail,
        groups: Staffed { staffed: counted.len().saturating_sub(short.len()), all: counted.len() },
        short,
        given_up: view.failed_job_count().await? + view.timers_given_up().await?,
        waiting: known.into_iter().filter(|id| !offered.contains(id.as_str())).collect(),
        offered: current.iter().map(|definition| definition.title.clone()).collect(),
        hidden: view.setting::<bool>(HIDDEN).await?.unwrap_or_default(),
    })
}

/// Hides the list, or has it shown again.
pub async fn hide_setup(call: &Call, hidden: bool) -> Result<(), Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    deed.set_setting(HIDDEN, &hidden).await?;
    deed.note(LogAct::SetupHidden, "setup", json!({ "hidden": hidden })).await?;
    deed.commit(Receipt::Done).await?;
    Ok(())
}

//! Letters: each begins with whose attention is needed, and by when.

use serde::Serialize;

use super::{part::Fact, words::when::When};

/// Whose attention a letter needs; its first line.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "attention", rename_all = "kebab-case")]
pub enum Attention {
    /// The reader's.
    Yours {
        /// By when.
        by: Option<When>,
    },
    /// Nobody's.
    Nobody,
}

/// What every letter says.
#[derive(Clone, Debug, Serialize)]
pub struct Envelope {
    /// The reader's name.
    pub name: String,
    /// Who writes: the organisation.
    pub organisation: String,
    /// Whose attention.
    pub attention: Attention,
    /// The page to go to, in full: `https://…`.
    pub href: String,
}

/// What a letter is about.
#[derive(Clone, Debug, Serialize)]
pub struct About {
    /// `SS-2026-0042`.
    pub reference: String,
    /// The submission's title.
    pub title: String,
}

/// It is the reader's turn.
#[derive(Clone, Debug, Serialize)]
pub struct TurnLetter {
    /// To whom.
    pub envelope: Envelope,
    /// About what.
    pub about: About,
    /// What is to be done: `Assess this self-study`.
    pub act: String,
}

/// It still is the reader's turn.
#[derive(Clone, Debug, Serialize)]
pub struct ReminderLetter {
    /// To whom.
    pub envelope: Envelope,
    /// About what.
    pub about: About,
    /// What is to be done.
    pub act: String,
    /// Since when it waits.
    pub since: When,
    /// Whether the day has passed.
    pub late: bool,
}

/// The author's submission went on; nothing for the author to do.
#[derive(Clone, Debug, Serialize)]
pub struct ProgressLetter {
    /// To whom.
    pub envelope: Envelope,
    /// About what.
    pub about: About,
    /// Where it stands, in the author's words.
    pub sentence: String,
}

/// Something was decided.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionLetter {
    /// To whom.
    pub envelope: Envelope,
    /// About what.
    pub about: About,
    /// `Recognised`, `Not accredited`.
    pub outcome: String,
    /// Why.
    pub reason: Option<String>,
    /// `Credit: 6.50 AAFP Elective`.
    pub facts: Vec<Fact>,
}

/// Changes are asked of the author.
#[derive(Clone, Debug, Serialize)]
pub struct ReturnedLetter {
    /// To whom.
    pub envelope: Envelope,
    /// About what.
    pub about: About,
    /// The reason given for the whole.
    pub reason: Option<String>,
    /// What is asked: the question or file, and the change.
    pub requests: Vec<Fact>,
}

/// Somebody is invited.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationLetter {
    /// To whom; `href` is the one-time link.
    pub envelope: Envelope,
    /// Who invites.
    pub inviter: String,
    /// What the reader will do here: `Content reviewers`.
    pub parts: Vec<String>,
    /// Until when the link works.
    pub until: When,
}

/// The office is alarmed: a group lacks people.
#[derive(Clone, Debug, Serialize)]
pub struct AlarmLetter {
    /// To whom.
    pub envelope: Envelope,
    /// About what.
    pub about: About,
    /// What lacks: `The group Integrity has no active member.`
    pub alarm: String,
}

/// Administrators are alarmed: a group has become too small for a workflow.
#[derive(Clone, Debug, Serialize)]
pub struct ShortageLetter {
    /// To whom.
    pub envelope: Envelope,
    /// What people call the workflow.
    pub workflow: String,
    /// The role that lacks people.
    pub role: String,
    /// The group that fills it.
    pub group: String,
    /// Its active members.
    pub members: usize,
    /// How many the workflow counts on.
    pub needed: u32,
}

/// Administrators are alarmed: a version of a workflow was found wrong that was not before.
#[derive(Clone, Debug, Serialize)]
pub struct DisprovedLetter {
    /// To whom.
    pub envelope: Envelope,
    /// The workflow's id.
    pub workflow: String,
    /// First 12 digits of the version's identity.
    pub version: String,
    /// What was found, a sentence each.
    pub findings: Vec<String>,
}

/// Files that are not as they were uploaded.
#[derive(Clone, Debug, Serialize)]
pub struct FaultyLetter {
    /// To whom, and where to.
    pub envelope: Envelope,
    /// Some of them, each with what is wrong.
    pub documents: Vec<String>,
    /// How many there are.
    pub count: u64,
}

/// The office is alarmed: a deadline could not be carried out.
#[derive(Clone, Debug, Serialize)]
pub struct StuckLetter {
    /// To whom.
    pub envelope: Envelope,
    /// About what.
    pub about: About,
    /// How often it was tried.
    pub attempts: u32,
}

/// A new password can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct PasswordLetter {
    /// To whom; `href` is the one-time link.
    pub envelope: Envelope,
    /// Until when the link works.
    pub until: When,
}

/// A letter: one struct, two templates.
pub trait Letter: Serialize {
    /// Its templates without their ending: `mail/turn` for `mail/turn.txt` and `mail/turn.html`.
    const TEMPLATE: &'static str;

    /// The subject line; stable over all letters about one submission, so that mail programs thread them.
    fn subject(&self) -> String;
}

impl About {
    fn subject(&self) -> String {
        format!("{}: {}", self.reference, self.title)
    }
}

impl Letter for TurnLetter {
    const TEMPLATE: &'static str = "mail/turn";

    fn subject(&self) -> String {
        self.about.subject()
    }
}

impl Letter for ReminderLetter {
    const TEMPLATE: &'static str = "mail/reminder";

    fn subject(&self) -> String {
        self.about.subject()
    }
}

impl Letter for ProgressLetter {
    const TEMPLATE: &'static str = "mail/progress";

    fn subject(&self) -> String {
        self.about.subject()
    }
}

impl Letter for DecisionLetter {
    const TEMPLATE: &'static str = "mail/decision";

    fn subject(&self) -> String {
        self.about.subject()
    }
}

impl Letter for ReturnedLetter {
    const TEMPLATE: &'static str = "mail/returned";

    fn subject(&self) -> String {
        self.about.subject()
    }
}

impl Letter for AlarmLetter {
    const TEMPLATE: &'static str = "mail/alarm";

    fn subject(&self) -> String {
        self.about.subject()
    }
}

impl Letter for ShortageLetter {
    const TEMPLATE: &'static str = "mail/shortage";

    fn subject(&self) -> String {
        format!("Too few people for {}", self.workflow)
    }
}

impl Letter for StuckLetter {
    const TEMPLATE: &'static str = "mail/stuck";

    fn subject(&self) -> String {
        self.about.subject()
    }
}

impl Letter for DisprovedLetter {
    const TEMPLATE: &'static str = "mail/disproved";

    fn subject(&self) -> String {
        format!("Something is wrong with the workflow {}", self.workflow)
    }
}

impl Letter for FaultyLetter {
    const TEMPLATE: &'static str = "mail/faulty";

    fn subject(&self) -> String {
        format!("Damaged files in {}", self.envelope.organisation)
    }
}

impl Letter for InvitationLetter {
    const TEMPLATE: &'static str = "mail/invitation";

    fn subject(&self) -> String {
        format!("Invitation to {}", self.envelope.organisation)
    }
}

impl Letter for PasswordLetter {
    const TEMPLATE: &'static str = "mail/password";

    fn subject(&self) -> String {
        format!("A new password for {}", self.envelope.organisation)
    }
}

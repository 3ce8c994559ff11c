//! Whether what is stored agrees with itself.
//!
//! The database's own constraints already refuse references to nothing, second awards and changes of what only
//! grows. Here is what a constraint cannot say.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    Error, ReadTx, column,
    entity::{document, event, ledger_entry, person, submission, submission_content, turn},
};
use crate::{
    domain::{Answers, DocumentId, PersonId},
    model::DocumentStanding,
    workflow::{About, Event, EventKind, Item, Recipient},
};

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// Stable for programs, as in `item-differs-from-events`.
    pub code: String,
    /// What it is about, as in `submission SS-2026-0042`.
    pub subject: String,
    /// What is wrong, as a person reads it.
    pub message: String,
}

impl Finding {
    fn new(code: &str, subject: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), subject: subject.to_owned(), message: message.into() }
    }
}

/// How many submissions are in memory at a time.
const PAGE: u64 = 100;

/// Everything that does not agree; empty is good.
pub async fn findings(view: &ReadTx) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let mut last: Option<Uuid> = None;
    loop {
        let mut query = submission::Entity::find();
        if let Some(last) = last {
            query = query.filter(submission::Column::Id.gt(last));
        }
        let rows = query.order_by_asc(submission::Column::Id).limit(PAGE).all(&view.tx).await?;
        let Some(end) = rows.last() else {
            break;
        };
        last = Some(end.id);
        for row in &rows {
            Case::load(view, row).await?.check(&mut findings);
        }
    }
    inexact_reversals(view, &mut findings).await?;
    unwritten_activations(view, &mut findings).await?;
    Ok(findings)
}

/// One submission with what must agree with it.
struct Case<'a> {
    row: &'a submission::Model,
    subject: String,
    content: Option<submission_content::Model>,
    events: Vec<event::Model>,
    held: bool,
    available: BTreeSet<DocumentId>,
    awards: Vec<Award>,
}

/// A line of the ledger that was not taken back, with the address of who holds it.
struct Award {
    rule: String,
    person: PersonId,
    email: String,
    hundredths: i64,
    stands: bool,
}

impl<'a> Case<'a> {
    async fn load(view: &ReadTx, row: &'a submission::Model) -> Result<Self, Error> {
        let content = submission_content::Entity::find_by_id(row.id).one(&view.tx).await?;
        let events = event::Entity::find()
            .filter(event::Column::Submission.eq(row.id))
            .order_by_asc(event::Column::Sequence)
            .all(&view.tx)
            .await?;
        let held = turn::Entity::find().filter(turn::Column::Submission.eq(row.id)).one(&view.tx).await?.is_some();
        let available = document::Entity::find()
            .filter(document::Column::Submission.eq(row.id))
            .filter(document::Column::Standing.eq(column::to_word(DocumentStanding::Available)))
            .all(&view.tx)
            .await?;
        Ok(Self {
            row,
            subject: format!("submission {}", row.reference),
            content,
            events,
            held,
            available: available.into_iter().map(|document| DocumentId(document.id)).collect(),
            awards: awards(view, row.id).await?,
        })
    }

    fn check(&self, findings: &mut Vec<Finding>) {
        let mut find = |code: &str, message: String| findings.push(Finding::new(code, &self.subject, message));
        // A refusal that becomes final by itself is nobody's turn, and has its day.
        if self.row.life == "open" && !self.held && !self.row.unstaffed && self.row.next_due.is_none() {
            find("nobodys-turn", "it is open, it is nobody's turn, and no day is set on which that ends".to_owned());
        }
        let Some(content) = &self.content else {
            find("no-content", "its state and answers are missing".to_owned());
            return;
        };
        match column::from_json::<Answers>(&content.answers) {
            Err(error) => find("unreadable", format!("its answers cannot be read: {error}")),
            Ok(answers) => {
                let redacted = |id: &DocumentId| {
                    let item = column::from_json::<Item>(&content.item);
                    item.is_ok_and(|item| item.redactions.iter().any(|part| part.about == About::Document(*id)))
                };
                for id in answers.documents().filter(|id| !self.available.contains(id) && !redacted(id)) {
                    find("missing-document", format!("an answer names the document {id}, which is not available"));
                }
            }
        }
        let events: Result<Vec<Event>, Error> = self.events.iter().map(|row| column::from_json(&row.body)).collect();
        match events {
            Err(error) => find("unreadable", format!("an event cannot be read: {error}")),
            Ok(events) => {
                self.check_history(&content.item, &events, &mut find);
                self.check_credit(&events, &mut find);
            }
        }
    }

    fn check_history(&self, item: &str, events: &[Event], find: &mut impl FnMut(&str, String)) {
        for (expected, (row, event)) in (1..).zip(self.events.iter().zip(events)) {
            if row.sequence != expected || column::number(event.sequence).ok() != Some(expected) {
                find("gap-in-events", format!("event {expected} is missing"));
                break;
            }
        }
        let item: Item = match column::from_json(item) {
            Ok(item) => item,
            Err(error) => return find("unreadable", format!("its state cannot be read: {error}")),
        };
        let folded = Item::replay(PersonId(self.row.submitter), events);
        if folded != item {
            find("item-differs-from-events", "its state is not what its events say".to_owned());
        }
        // Nothing but a migration takes what was sent to another version.
        let gone_over = events.iter().rev().find_map(|event| match &event.what {
            EventKind::Migrated { to, .. } => Some(to),
            _ => None,
        });
        let beside = [
            ("version", gone_over.is_none_or(|to| *to == self.row.definition)),
            ("state", self.row.state == item.state),
            ("sequence", column::number(item.sequence).ok() == Some(self.row.sequence)),
            ("life", (self.row.life == "closed") == (item.closed && !item.discarded)),
            ("mark of what was deleted", self.row.discarded_at.is_some() == item.discarded),
            ("timer", self.row.next_due == item.timers.values().min().copied().map(column::micros)),
        ];
        for (what, _) in beside.into_iter().filter(|(_, agrees)| !agrees) {
            find("row-differs-from-item", format!("the {what} that lists show is not that of its state"));
        }
    }

    fn check_credit(&self, events: &[Event], find: &mut impl FnMut(&str, String)) {
        let mut due: BTreeMap<&str, Vec<(&Recipient, i64)>> = BTreeMap::new();
        let mut stopped: BTreeSet<&str> = BTreeSet::new();
        for event in events {
            match &event.what {
                EventKind::CreditAwarded { rule, amount, to, .. } => {
                    due.entry(rule).or_default().push((to, amount.hundredths()));
                    stopped.remove(rule.as_str());
                }
                EventKind::CreditStopped { rule } => {
                    stopped.insert(rule);
                }
                _ => {}
            }
        }
        for (rule, recipients) in &due {
            for (at, (to, hundredths)) in recipients.iter().enumerate() {
                // A rule awards again only after its award was taken back: all but the last are reversed.
                let earlier = recipients.iter().take(at).filter(|(other, _)| other == to).count();
                let last = !recipients.iter().skip(at + 1).any(|(other, _)| other == to);
                let mut entries = self.awards.iter().filter(|award| award.rule == *rule && award.is_to(to));
                match entries.nth(earlier) {
                    None => find("award-without-entry", format!("the award of {rule} is not in the ledger")),
                    Some(entry) if entry.hundredths != *hundredths => {
                        find("amount-differs", format!("the ledger has another amount than the award of {rule}"));
                    }
                    Some(entry) if entry.stands != (last && !stopped.contains(rule)) => {
                        find("reversal-differs", format!("the ledger and the events disagree whether {rule} stands"));
                    }
                    Some(_) => {}
                }
            }
        }
        for award in &self.awards {
            let known = due.get(award.rule.as_str()).is_some_and(|to| to.iter().any(|(to, _)| award.is_to(to)));
            if !known {
                find("entry-without-award", format!("the ledger has credit by {} that no event awarded", award.rule));
            }
        }
    }
}

impl Award {
    fn is_to(&self, recipient: &Recipient) -> bool {
        match recipient {
            Recipient::Person(person) => *person == self.person,
            Recipient::Named { email, .. } => email.as_str() == self.email,
        }
    }
}

async fn awards(view: &ReadTx, submission: Uuid) -> Result<Vec<Award>, Error> {
    let entries = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Submission.eq(submission))
        .order_by_asc(ledger_entry::Column::Occurrence)
        .order_by_asc(ledger_entry::Column::Id)
        .all(&view.tx)
        .await?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let people: Vec<(Uuid, String)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::Email])
        .filter(person::Column::Id.is_in(entries.iter().map(|entry| entry.person)))
        .into_tuple()
        .all(&view.tx)
        .await?;
    let emails: BTreeMap<_, _> = people.into_iter().collect();
    let reversed: BTreeSet<_> = entries.iter().filter_map(|entry| entry.reverses).collect();
    let originals = entries.into_iter().filter(|entry| entry.reverses.is_none());
    Ok(originals
        .map(|entry| Award {
            email: emails.get(&entry.person).cloned().unwrap_or_default(),
            person: PersonId(entry.person),
            hundredths: entry.amount,
            stands: !reversed.contains(&entry.id),
            rule: entry.rule,
        })
        .collect())
}

/// Workflows whose active version is not the one that was activated last.
async fn unwritten_activations(view: &ReadTx, findings: &mut Vec<Finding>) -> Result<(), Error> {
    for active in view.current_definitions().await? {
        let last = view.activations(&active.workflow).await?.into_iter().next();
        if last.is_none_or(|last| last.hash != active.hash) {
            let subject = format!("workflow {}", active.workflow);
            let message = "the version that submissions follow is not the one that was activated last";
            findings.push(Finding::new("activation-differs", &subject, message));
        }
    }
    Ok(())
}

/// Reversals that do not take back exactly what their line gave.
async fn inexact_reversals(view: &ReadTx, findings: &mut Vec<Finding>) -> Result<(), Error> {
    let mut last: Option<Uuid> = None;
    loop {
        let mut query = ledger_entry::Entity::find().filter(ledger_entry::Column::Reverses.is_not_null());
        if let Some(last) = last {
            query = query.filter(ledger_entry::Column::Id.gt(last));
        }
        let page = query.order_by_asc(ledger_entry::Column::Id).limit(PAGE).all(&view.tx).await?;
        let Some(end) = page.last() else {
            return Ok(());
        };
        last = Some(end.id);
        let originals: BTreeMap<_, _> = ledger_entry::Entity::find()
            .filter(ledger_entry::Column::Id.is_in(page.iter().filter_map(|entry| entry.reverses)))
            .all(&view.tx)
            .await?
            .into_iter()
            .map(|entry| (entry.id, entry))
            .collect();
        for reversal in page {
            let original = reversal.reverses.and_then(|id| originals.get(&id));
            let exact = original.is_some_and(|original| {
                original.amount.checked_neg() == Some(reversal.amount) && original.credit == reversal.credit
            });
            if !exact {
                let subject = format!("ledger entry {}", reversal.id);
                findings.push(Finding::new("reversal-differs", &subject, "it takes back something else than it names"));
            }
        }
    }
}

//! Credit: what stands in a person's ledger, and the catalogue of accredited activities.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{
    Call, Context, Error,
    disclosed::{Disclosed, disclosed},
    organisation,
};
use crate::{
    credit::ledger::Entry,
    domain::{Amount, Email, SubmissionId},
    model::{Activity, Page, Submission},
    workflow::Definition,
};

/// Rows on one page.
const PAGE: u16 = 50;

/// A person's ledger.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What stands, by credit type.
    pub totals: BTreeMap<String, Amount>,
    /// Entries, newest first.
    pub entries: Page<Entry>,
    /// References of the submissions they were awarded for, as far as these are the holder's own.
    pub sources: BTreeMap<SubmissionId, String>,
}

/// The caller's own ledger.
pub async fn mine(call: &Call, cursor: Option<&str>) -> Result<Ledger, Error> {
    let view = call.context.store.view().await?;
    let totals = view.totals_of(call.caller.person).await?;
    let entries = view.entries_of(call.caller.person, cursor, PAGE).await?;
    let named = entries.rows.iter().filter_map(|entry| entry.submission);
    let sources = view.references(&named.collect()).await?;
    let own = sources.into_iter().filter(|(_, (_, submitter))| *submitter == call.caller.person);
    let sources = own.map(|(id, (reference, _))| (id, reference)).collect();
    Ok(Ledger { totals, entries, sources })
}

/// A page of the public catalogue.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Name of the organisation that accredited them.
    pub provider: String,
    /// The activities.
    pub activities: Page<Activity>,
    /// References of their submissions: under these they are found.
    pub references: BTreeMap<SubmissionId, String>,
    /// The organisation's date, by which they are valid or not.
    pub today: Date,
}

/// One activity of the public catalogue.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Name of the organisation that accredited it.
    pub provider: String,
    /// The activity.
    pub activity: Activity,
    /// What its author said of it, in the version that was accredited.
    pub submission: Submission,
    /// The address of whoever sent it.
    pub author: Email,
    /// What those who are named disclosed themselves, by address.
    pub disclosures: BTreeMap<Email, Disclosed>,
    /// The definition it was accredited by.
    pub definition: Arc<Definition>,
    /// The organisation's date, by which it is valid or not.
    pub today: Date,
}

/// What the organisation accredited and what may still be offered today. Open to everybody.
pub async fn catalogue(context: &Context, search: &str, cursor: Option<&str>) -> Result<Catalogue, Error> {
    let view = context.store.view().await?;
    let (organisation, calendar) = organisation(&view).await?;
    let today = calendar.date(context.clock.now());
    let activities = view.catalogue(today, search, cursor, PAGE).await?;
    let named = activities.rows.iter().map(|activity| activity.submission);
    let references = view.references(&named.collect()).await?;
    let references = references.into_iter().map(|(id, (reference, _))| (id, reference)).collect();
    Ok(Catalogue { provider: organisation.name, activities, references, today })
}

/// One activity of the catalogue, by its submission's reference. Open to everybody.
pub async fn activity(context: &Context, reference: &str) -> Result<Listed, Error> {
    let view = context.store.view().await?;
    let (organisation, calendar) = organisation(&view).await?;
    let today = calendar.date(context.clock.now());
    let mut submission = view.submission_by_reference(reference).await?.ok_or(Error::NotFound)?;
    let activity = view.activity(submission.id).await?.ok_or(Error::NotFound)?;
    // A change that is being written or looked at is not accredited yet.
    let revisions = view.revisions(submission.id).await?;
    if let Some(accredited) = revisions.into_iter().find(|revision| revision.number == activity.revision) {
        submission.answers = accredited.answers;
    }
    let definition = context.definitions.pinned(&view, &submission.definition).await?;
    let author = view.person(submission.submitter).await?.ok_or(Error::NotFound)?.email;
    let disclosures = disclosed(&view, &definition, &submission, &calendar, context.clock.now()).await?;
    Ok(Listed { provider: organisation.name, activity, submission, author, disclosures, definition, today })
}

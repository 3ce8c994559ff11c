//! Credit: what stands in a person's ledger, and the catalogue of accredited activities.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Context, Error, organisation};
use crate::{
    access::Caller,
    domain::{Amount, OrganisationId},
    store::{Activity, Entry, Page},
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
}

/// The caller's own ledger.
pub async fn mine(context: &Context, caller: &Caller, cursor: Option<&str>) -> Result<Ledger, Error> {
    let view = context.store.view().await?;
    let totals = view.totals_of(caller.organisation, caller.person).await?;
    let entries = view.entries_of(caller.organisation, caller.person, cursor, PAGE).await?;
    Ok(Ledger { totals, entries })
}

/// A page of the public catalogue.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Name of the organisation that accredited them.
    pub provider: String,
    /// The activities.
    pub activities: Page<Activity>,
    /// The organisation's date, by which they are valid or not.
    pub today: Date,
}

/// What the organisation accredited and what may still be offered today. Open to everybody.
pub async fn catalogue(
    context: &Context,
    of: OrganisationId,
    search: &str,
    cursor: Option<&str>,
) -> Result<Catalogue, Error> {
    let view = context.store.view().await?;
    let (organisation, zone) = organisation(&view, of).await?;
    let today = context.clock.now().to_zoned(zone).date();
    let activities = view.catalogue(of, today, search, cursor, PAGE).await?;
    Ok(Catalogue { provider: organisation.name, activities, today })
}

/// One activity of the catalogue, by its submission's reference. Open to everybody.
pub async fn activity(
    context: &Context,
    of: OrganisationId,
    reference: &str,
) -> Result<(String, Activity, Date), Error> {
    let view = context.store.view().await?;
    let (organisation, zone) = organisation(&view, of).await?;
    let today = context.clock.now().to_zoned(zone).date();
    let submission = view.submission_by_reference(of, reference).await?.ok_or(Error::NotFound)?;
    let activity = view.activity(of, submission.id).await?.ok_or(Error::NotFound)?;
    Ok((organisation.name, activity, today))
}

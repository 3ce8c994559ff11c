//! Credit: what stands in a person's ledger, and the catalogue of accredited activities.

use jiff::civil::Date;

use super::{Context, Error, organisation};
use crate::{
    access::Caller,
    domain::{Amount, OrganisationId},
    store::{Activity, Entry, Page},
};

/// Rows on one page.
const PAGE: u64 = 50;

/// A person's ledger.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// What stands, by credit type.
    pub totals: Vec<(String, Amount)>,
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
    let activities = view.activities(of, search, today, cursor, PAGE).await?;
    Ok(Catalogue { provider: organisation.name, activities, today })
}

/// One activity of the catalogue, by its submission's reference. Open to everybody.
pub async fn activity(context: &Context, of: OrganisationId, reference: &str) -> Result<(String, Activity, Date), Error> {
    let view = context.store.view().await?;
    let (organisation, zone) = organisation(&view, of).await?;
    let today = context.clock.now().to_zoned(zone).date();
    let activity = view.activity(of, reference).await?.ok_or(Error::NotFound)?;
    Ok((organisation.name, activity, today))
}

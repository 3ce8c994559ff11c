//! What only the demo can do: move time, and let everybody in.

use jiff::SignedDuration;

use super::{Context, Error};
use crate::{
    access::Caller,
    store::Person,
};

/// Under which key the demo's clock is kept: microseconds ahead of the real time.
pub const CLOCK: &str = "demo-clock";

/// Moves the demo's clock on; deadlines and reminders follow by themselves.
pub async fn advance(context: &Context, _caller: &Caller, by: SignedDuration) -> Result<(), Error> {
    if context.demo.is_none() {
        return Err(Error::NotFound);
    }
    let tx = context.store.begin().await?;
    let before: i64 = tx.setting(CLOCK).await?.unwrap_or(0);
    let after = before.saturating_add(i64::try_from(by.as_micros()).unwrap_or(0));
    tx.set_setting(CLOCK, &after).await?;
    tx.commit().await?;
    context.clock.advance(by);
    Ok(())
}

/// Everybody who can be entered as: active people, by name.
pub async fn cast(context: &Context) -> Result<Vec<(Person, Vec<String>)>, Error> {
    let demo = context.demo.ok_or(Error::NotFound)?;
    let view = context.store.view().await?;
    let groups = view.groups(demo.organisation).await?;
    let mut cast = Vec::new();
    for person in view.people(demo.organisation, "", None, 200).await?.rows {
        let joined = view.groups_of(demo.organisation, person.id).await?;
        let titles = groups.iter().filter(|group| joined.contains(&group.slug)).map(|group| group.title.clone());
        cast.push((person, titles.collect()));
    }
    Ok(cast)
}

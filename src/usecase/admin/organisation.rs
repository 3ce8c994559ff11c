//! The organisation itself, and the log of who changed the house.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::{administers, calendar, expect, fingerprint};
use crate::{
    domain::{Line, LookBack},
    model::{LogAct, Organisation, Receipt},
    usecase::{Call, Context, Error},
};

/// The organisation.
pub async fn organisation(context: &Context) -> Result<Organisation, Error> {
    let view = context.store.view().await?;
    view.organisation().await?.ok_or(Error::NotFound)
}

/// The version of what is set of the organisation: another one after every change.
#[must_use]
pub fn organisation_version(organisation: &Organisation) -> u64 {
    fingerprint(&facts(organisation))
}

/// Changes name, short name, time zone, calendar, for how long one may look back, and of whom a second factor is required; `version` is the one the caller looked at. Deadlines that are running
/// keep their instant; those that the calendar had no day for are set.
pub async fn change(call: &Call, version: Option<u64>, changed: &Organisation) -> Result<Organisation, Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    deed.hold_organisation().await?;
    let before = deed.organisation().await?.ok_or(Error::NotFound)?;
    expect(version, organisation_version(&before))?;
    let after = Organisation {
        name: called("name", &changed.name, 200)?,
        short: called("short", &changed.short, 20)?,
        time_zone: changed.time_zone.trim().to_owned(),
        calendar: calendar::taken_in(&changed.calendar)?,
        look_back: changed.look_back,
        second_factor: changed.second_factor,
        ..before.clone()
    };
    let Ok(zone) = TimeZone::get(&after.time_zone) else {
        return Err(Error::field("time_zone", "unknown", "enter a time zone like America/Chicago"));
    };
    let now = call.now;
    let understood = calendar::read(&after.calendar, zone)?;
    // Whoever corrects only the name is not held up by meetings that ran out.
    let recalculated = (&after.calendar, &after.time_zone) != (&before.calendar, &before.time_zone);
    if recalculated {
        calendar::suffices(&call.context, &deed, &understood, now).await?;
    }
    deed.save_organisation(&after).await?;
    let detail = json!({ "before": facts(&before), "after": facts(&after) });
    deed.note(LogAct::OrganisationChanged, &after.short, detail).await?;
    deed.commit(Receipt::Done).await?;
    if recalculated {
        calendar::redate(&call.context).await?;
    }
    Ok(after)
}

/// A name, long or short, of at most so many characters.
pub(super) fn called(field: &str, name: &str, most: u32) -> Result<String, Error> {
    let name: String = Line::within(name, most).map_err(|fault| Error::text(field, fault))?.into();
    if name.is_empty() {
        return Err(Error::field(field, "missing", &format!("enter a name of at most {most} characters")));
    }
    Ok(name)
}

/// What the log keeps of it.
fn facts(organisation: &Organisation) -> Value {
    json!({
        "name": organisation.name,
        "short": organisation.short,
        "time_zone": organisation.time_zone,
        "calendar": organisation.calendar,
        "look_back_days": organisation.look_back.days(),
        "second_factor": organisation.second_factor,
    })
}

/// For how many days one may look back, as somebody wrote it.
pub fn look_back(days: Option<i64>) -> Result<LookBack, Error> {
    days.and_then(LookBack::of_days).ok_or_else(|| {
        let most = LookBack::MOST;
        Error::field("look_back_days", "range", &format!("enter a whole number of days from 0 to {most}"))
    })
}

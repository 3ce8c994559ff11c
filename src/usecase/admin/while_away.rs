//! What becomes of the places of a member who is away, as each group says.

use serde_json::json;
use strum::IntoStaticStr;

use super::{
    administers,
    staffing::{alarm, shortages},
};
use crate::{
    model::{LogAct, Receipt},
    usecase::{
        Call, Error, organisation,
        submission::{look_at_group, vacate},
    },
};

/// What becomes of the places of a member who is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum WhileAway {
    /// They are free for others, and what they held counts as unassigned.
    PassOn,
    /// They stay theirs.
    Wait,
}

/// Says it anew; it holds at once, for those who are away already too.
pub async fn set_while_away(call: &Call, slug: &str, says: WhileAway) -> Result<(), Error> {
    administers(&call.caller)?;
    let deed = call.begin().await?;
    deed.group(slug).await?.ok_or(Error::NotFound)?;
    let before = shortages(&call.context, &deed).await?;
    match says {
        WhileAway::PassOn => deed.have_places_pass_on(slug).await?,
        WhileAway::Wait => deed.have_places_wait(slug).await?,
    }
    look_at_group(&deed, &call.context, slug).await?;
    let (_, calendar) = organisation(&deed).await?;
    let members = deed.members(&[slug.to_owned()]).await?.into_values().flatten().collect();
    for person in deed.away(&members, calendar.date(call.now)).await?.into_keys() {
        vacate(&deed, &call.context, person).await?;
    }
    alarm(&call.context, &deed, &before, call.now).await?;
    deed.note(LogAct::GroupWhileAway, slug, json!({ "says": <&str>::from(says) })).await?;
    deed.commit(Receipt::Done).await
}

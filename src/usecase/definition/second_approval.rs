//! Four eyes: what one administrator proposed another one puts into force.

use crate::{
    access::Caller,
    domain::{OrganisationId, PersonId},
    store::View,
    usecase::Error,
};

/// Whose administrators could be the second pair of eyes.
#[derive(Clone, Copy)]
pub(super) enum Among {
    /// Of the whole installation, as it concerns all of it.
    All,
    /// Of one organisation, as it concerns that alone.
    Of(OrganisationId),
}

/// Lets somebody else than the proposer through; and the proposer where there is no other administrator, with a reason.
/// Gives the reason as it is written down.
pub(super) async fn second(
    view: &View,
    caller: &Caller,
    proposer: Option<PersonId>,
    among: Among,
    reason: Option<&str>,
) -> Result<Option<String>, Error> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > 2_000) {
        return Err(Error::field("reason", "too-long", "use at most 2,000 characters"));
    }
    if proposer != Some(caller.person) {
        return Ok(reason);
    }
    let organisation = match among {
        Among::All => None,
        Among::Of(organisation) => Some(organisation),
    };
    if view.administrators_beside(organisation, caller.person).await? > 0 {
        return Err(Error::Forbidden(
            "you proposed this yourself; another administrator has to look at it and put it into force".to_owned(),
        ));
    }
    if reason.is_none() {
        let message = "there is no other administrator to look at your own change: say why it cannot wait for one";
        return Err(Error::field("reason", "missing", message));
    }
    Ok(reason)
}

//! Four eyes: what one administrator proposed another one puts into force.

use crate::{
    access::Caller,
    domain::{Paragraphs, PersonId},
    store::ReadTx,
    usecase::Error,
};

/// Lets somebody else than the proposer through; and the proposer where there is no other administrator, with a reason.
/// Gives the reason as it is written down.
pub(super) async fn second(
    view: &ReadTx,
    caller: &Caller,
    proposer: Option<PersonId>,
    reason: Option<&str>,
) -> Result<Option<String>, Error> {
    let reason = reason.map(|reason| Paragraphs::within(reason, 2_000)).transpose();
    let reason = reason.map_err(|fault| Error::text("reason", fault))?.map(String::from);
    let reason = reason.filter(|reason| !reason.is_empty());
    if proposer != Some(caller.person) {
        return Ok(reason);
    }
    if view.administrators_beside(caller.person).await? > 0 {
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

/// Whether what somebody proposed waits for the caller: for everybody but the proposer, and for them where there is no other
/// administrator.
pub(super) async fn waits_for(view: &ReadTx, caller: &Caller, proposer: PersonId) -> Result<bool, Error> {
    Ok(proposer != caller.person || view.administrators_beside(caller.person).await? == 0)
}

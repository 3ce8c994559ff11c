//! The public catalogue: open to everybody.

use super::desk::{Answer, Desk};
use crate::{
    domain::OrganisationId,
    http::{
        Problem,
        input::{Path, Query},
        show::catalogue as shown,
        typed::Typed,
    },
    usecase::{credit, office},
};

/// What may be offered today.
pub(super) async fn list(desk: Desk, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let asked = Typed(asked);
    let search = asked.text("search");
    let found = credit::catalogue(desk.context(), of(&desk).await?, &search, asked.get("cursor")).await?;
    desk.show("Accredited activities", shown::list(&found, &search, desk.context().definitions.credits())).await
}

/// One activity.
pub(super) async fn activity(desk: Desk, Path(reference): Path<String>) -> Answer {
    let found = credit::activity(desk.context(), of(&desk).await?, &reference).await?;
    let calendar = desk.calendar().await?;
    let page = shown::activity(&found, desk.context().definitions.credits(), &calendar);
    desk.show(&page.title.clone(), page).await
}

/// Whose catalogue: of one's own organisation, or of the one that visitors see.
async fn of(desk: &Desk) -> Result<OrganisationId, Problem> {
    match &desk.signed {
        Some(signed) => Ok(signed.caller.organisation),
        None => Ok(office::host(desk.context()).await?),
    }
}

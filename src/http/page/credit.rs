//! One's own credit.

use super::desk::{Answer, Reader};
use crate::{
    http::{input::Query, show::credit as shown, typed::Typed},
    usecase::credit,
};

/// The reader's ledger.
pub(super) async fn mine(reader: Reader, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let ledger = credit::mine(reader.context(), reader.caller(), Typed(asked).get("cursor")).await?;
    let calendar = reader.desk.calendar().await?;
    let types = reader.context().definitions.credits();
    reader.desk.show("Credit", shown::ledger(&ledger, types, &calendar)).await
}

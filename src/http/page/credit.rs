//! One's own credit.

use super::context::{Answer, SignedInPage};
use crate::{
    http::input::Query,
    present::{credit as shown, form::data::FormData},
    usecase::credit,
};

pub(super) async fn mine(reader: SignedInPage, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let ledger = credit::mine(&reader.call, FormData(asked).get("cursor")).await?;
    let calendar = reader.page_context.calendar().await?;
    let types = reader.call.context.definitions.credits();
    reader.page_context.show("Credit", shown::of(&ledger, types, &calendar)).await
}

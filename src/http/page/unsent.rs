//! Forms that came in after their senders' sessions had ended.

use uuid::Uuid;

use super::context::{Answer, SignedInPage};
use crate::{
    http::input::Path,
    present::{done::Done, unsent as shown},
    usecase::unsent,
};

/// One of them: what was typed, and the button that sends it.
pub(super) async fn read(reader: SignedInPage, Path(id): Path<Uuid>) -> Answer {
    let form = unsent::read(&reader.call, id).await?;
    let calendar = reader.page_context.calendar().await?;
    reader.page_context.show("Not sent yet", shown::of(&form, &calendar)).await
}

/// Drops one.
pub(super) async fn drop(reader: SignedInPage, Path(id): Path<Uuid>) -> Answer {
    unsent::drop(&reader.call, id).await?;
    Ok(reader.page_context.go("/", Some(Done::Dropped)))
}

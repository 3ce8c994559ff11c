//! The office's queue.

use super::context::{Answer, SignedInPage};
use crate::{
    http::input::Query,
    present::{form::data::FormData, queue as shown, queue::Found, words::calendar::Calendar},
    usecase::{admin, definition, submission},
};

/// What was searched for.
pub(super) async fn queue(reader: SignedInPage, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let asked = FormData(asked);
    let search = shown::search(&asked, reader.call.now);
    let page = submission::queue(&reader.call, &search.filter, search.sort, search.cursor.as_deref()).await?;
    let count = submission::count(&reader.call, &search.filter).await?;
    let versions =
        definition::versions(&reader.call.context, page.rows.iter().map(|row| row.definition.clone()).collect())
            .await?;
    let page_header = admin::page_header(&reader.call.context, Some(&reader.call.caller)).await?;
    let calendar = Calendar::new(page_header.now, page_header.calendar);
    let current = definition::current(&reader.call.context).await?;
    let found = Found { page, count, versions, current, groups: page_header.groups };
    reader.page_context.show("Queue", shown::of(&asked, &found, &calendar)).await
}

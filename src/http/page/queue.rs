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
    let (context, caller) = (reader.context(), reader.caller());
    let search = shown::search(&asked, context.clock.now());
    let page = submission::queue(context, caller, &search.filter, search.sort, search.cursor.as_deref()).await?;
    let count = submission::count(context, caller, &search.filter).await?;
    let versions = definition::versions(context, page.rows.iter().map(|row| row.definition.clone()).collect()).await?;
    let page_header = admin::page_header(context, Some(caller)).await?;
    let calendar = Calendar::new(page_header.now, page_header.calendar);
    let current = definition::current(context).await?;
    let found = Found { page, count, versions, current, groups: page_header.groups };
    reader.page_context.show("Queue", shown::of(&asked, &found, &calendar)).await
}

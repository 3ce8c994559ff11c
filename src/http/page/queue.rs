//! The office's queue.

use super::desk::{Answer, Reader};
use crate::{
    http::{
        input::Query,
        show::{
            calendar::Calendar,
            queue::{self as shown, Found},
        },
        typed::Typed,
    },
    usecase::{definition, office, submission},
};

/// What was searched for.
pub(super) async fn queue(reader: Reader, Query(asked): Query<Vec<(String, String)>>) -> Answer {
    let asked = Typed(asked);
    let (context, caller) = (reader.context(), reader.caller());
    let search = shown::search(&asked, context.clock.now());
    let page = submission::queue(context, caller, &search.filter, search.sort, search.cursor.as_deref()).await?;
    let count = submission::count(context, caller, &search.filter).await?;
    let versions = definition::versions(context, page.rows.iter().map(|row| row.definition.clone()).collect()).await?;
    let masthead = office::masthead(context, Some(caller)).await?;
    let calendar = Calendar::new(masthead.now, masthead.calendar);
    let current = definition::current(context).await?;
    let found = Found { page, count, versions, current, groups: masthead.groups };
    reader.desk.show("Queue", shown::queue(&asked, &found, &calendar)).await
}

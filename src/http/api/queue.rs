//! The office's queue.

use axum::{extract::OriginalUri, response::Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::page::{PageOut, page};
use crate::{
    domain::PersonId,
    http::{Problem, Site, input::Query},
    model::{Attention, HolderName, Life, QueueFilter, QueueRow, QueueSort},
    usecase::{Call, Error, submission},
    workflow::Holder,
};

/// The route of the queue.
pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new().routes(routes!(queue))
}

/// What to list, and in which order.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct QueueIn {
    /// Looked for in title, reference, and the author's name and address.
    #[serde(default)]
    search: String,
    /// Only of this workflow.
    workflow: Option<String>,
    /// Only in this state of the workflow, which has to be named too.
    state: Option<String>,
    /// Only held by this person.
    person: Option<Uuid>,
    /// Only held by this group.
    group: Option<String>,
    /// Only of this author.
    author: Option<Uuid>,
    /// Only what wants attention for this.
    #[param(inline)]
    attention: Option<AttentionIn>,
    /// Whether it is over. No draft is found, which is its author's own.
    #[param(inline)]
    life: Option<Life>,
    /// In which order; at first what waits for the office, and of that what is longest in its state.
    #[serde(default)]
    #[param(inline)]
    sort: QueueSort,
    /// Where to read on: from the `Link` header of the page before.
    cursor: Option<String>,
}

/// Why a submission wants attention.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum AttentionIn {
    /// Nobody in person has it.
    Unassigned,
    /// Its first limit passed, or it stands where a time-out led it while the office's clock runs.
    Overdue,
}

/// A submission in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct RowOut {
    /// Its reference.
    #[schema(example = "SS-2026-0042", pattern = "^[A-Z0-9]+-[0-9]{4}-[0-9]{4,}$")]
    reference: String,
    /// Its title; empty in a new draft.
    title: String,
    /// The workflow's id.
    workflow: String,
    /// The id of its state.
    state: String,
    /// Since when it is in it.
    since: Timestamp,
    /// Whether it is over.
    closed: bool,
    /// The author's name.
    author: String,
    /// When it was first sent.
    sent_at: Option<Timestamp>,
    /// When anything last changed.
    updated_at: Timestamp,
    /// The first limit: the earliest instant somebody has to act by, or the one that passed and left it late.
    due: Option<Timestamp>,
    /// Who holds it, as far as the reader may know.
    holders: Vec<HolderOut>,
}

/// Who holds a submission.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum HolderOut {
    /// A person's name.
    Person(String),
    /// A group's name in workflows.
    Group(String),
}

/// Read the queue
///
/// For coordinators and auditors: what was sent, with whose turn it is.
#[utoipa::path(get, path = "/queue", tag = "Office", params(QueueIn),
    responses((status = 200, description = "A page of submissions", body = PageOut<RowOut>)))]
async fn queue(call: Call, OriginalUri(uri): OriginalUri, Query(which): Query<QueueIn>) -> Result<Response, Problem> {
    let filter = which.filter(call.now)?;
    let cursor = which.cursor.as_deref();
    let found = submission::queue(&call, &filter, which.sort, cursor).await?;
    Ok(page(&uri, "cursor", found.rows.iter().map(RowOut::of).collect(), found.next))
}

impl QueueIn {
    fn filter(&self, now: Timestamp) -> Result<QueueFilter, Error> {
        if self.state.is_some() && self.workflow.is_none() {
            let message = "a state belongs to its workflow: say of which workflow it is";
            return Err(Error::field("state", "of-no-workflow", message));
        }
        let person = self.person.map(|person| Holder::Person(PersonId(person)));
        Ok(QueueFilter {
            search: self.search.clone(),
            workflow: self.workflow.clone(),
            state: self.state.clone(),
            holder: person.or_else(|| self.group.clone().map(Holder::Group)),
            submitter: self.author.map(PersonId),
            attention: self.attention.map(|attention| match attention {
                AttentionIn::Unassigned => Attention::Unassigned,
                AttentionIn::Overdue => Attention::OverdueAt(now),
            }),
            life: self.life,
            hidden_from: None,
        })
    }
}

impl RowOut {
    /// A row of a list.
    pub(super) fn of(row: &QueueRow) -> Self {
        let holders = row.holders.iter().map(|holder| match holder {
            HolderName::Person { name, .. } => HolderOut::Person(name.clone()),
            HolderName::Group(group) => HolderOut::Group(group.clone()),
        });
        Self {
            reference: row.reference.clone(),
            title: row.title.clone(),
            workflow: row.workflow.clone(),
            state: row.state.clone(),
            since: row.state_since,
            closed: row.closed,
            author: row.author.clone(),
            sent_at: row.sent_at,
            updated_at: row.updated_at,
            due: row.due,
            holders: holders.collect(),
        }
    }
}

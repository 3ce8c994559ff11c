//! Open submissions taken over to the version in force: planned by one administrator, carried out by another.

use axum::http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

use super::version::address;
use crate::{
    http::{
        input::{Path, Query},
        page::context::{Answer, SignedInPage, refused},
    },
    present::{
        done::{Deed, Done},
        form::{Entered, data::FormData},
        workflow::migration as shown,
    },
    usecase::{
        Error, admin,
        definition::{self, Compared},
    },
};

/// The parts of an address that name a plan.
#[derive(Deserialize)]
pub(in crate::http::page) struct PlanPath {
    workflow: String,
    plan: Uuid,
}

/// What a plan asks.
pub(in crate::http::page) async fn ask(
    reader: SignedInPage,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    admin::administers(&reader.call.caller)?;
    let compared = versions(&reader, &id, &FormData(asked)).await?;
    let form = shown::mapping(&id, &compared, &Entered::default());
    reader.page_context.show(&form.heading.clone(), form).await
}

pub(in crate::http::page) async fn propose(
    reader: SignedInPage,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
    typed: FormData,
) -> Answer {
    admin::administers(&reader.call.caller)?;
    let compared = versions(&reader, &id, &FormData(asked)).await?;
    let (from, to) = (&compared.from.hash, &compared.to.hash);
    let mapping = shown::chosen(&typed);
    match definition::propose_migration(&reader.call, &id, from, to, mapping).await {
        Ok(plan) => Ok(reader.page_context.go(&format!("{}/migrations/{}", address(&id), plan.id), Some(Done::Saved))),
        Err(error) => {
            let page = |entered: &Entered| shown::mapping(&id, &compared, entered);
            reader.page_context.refuse("Plan to take open submissions over", typed, error, page).await
        }
    }
}

/// The version that is left, and the one in force.
async fn versions(reader: &SignedInPage, id: &str, asked: &FormData) -> Result<Compared, Error> {
    let from = asked.get("from").ok_or(Error::NotFound)?;
    let to = definition::workflow(&reader.call, id).await?.active.ok_or(Error::NotFound)?;
    definition::compare(&reader.call, id, Some(from), &to.hash).await
}

/// A plan, with what it would do now.
pub(in crate::http::page) async fn plan(
    reader: SignedInPage,
    Path(at): Path<PlanPath>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Answer {
    let cursor = FormData(asked).text("cursor");
    let cursor = Some(cursor.as_str()).filter(|cursor| !cursor.is_empty());
    show(&reader, &at, cursor, StatusCode::OK, &Entered::default()).await
}

/// Carries a plan out.
pub(in crate::http::page) async fn run(reader: SignedInPage, Path(at): Path<PlanPath>, typed: FormData) -> Answer {
    match definition::run_migration(&reader.call, &at.workflow, at.plan, typed.get("reason")).await {
        Ok(ran) => {
            let items = ran.run.map_or(0, |run| run.items);
            let deed = Deed::with(Done::Migrated, items.to_string());
            Ok(reader.page_context.land(&format!("{}/migrations/{}", address(&at.workflow), at.plan), &deed))
        }
        Err(error) => {
            let (status, faults) = refused(error)?;
            let entered = Entered { fields: typed, faults };
            show(&reader, &at, None, status, &entered).await
        }
    }
}

async fn show(
    reader: &SignedInPage,
    at: &PlanPath,
    cursor: Option<&str>,
    status: StatusCode,
    entered: &Entered,
) -> Answer {
    let id = at.workflow.as_str();
    let plan = definition::plan(&reader.call, id, at.plan).await?;
    let compared = definition::compare(&reader.call, id, Some(&plan.from), &plan.to).await?;
    let fates = definition::foresee(&reader.call, id, plan.id, cursor).await?;
    let calendar = reader.page_context.calendar().await?;
    let (planner, _) = admin::person(&reader.call, plan.proposed_by).await?;
    let countersigns = admin::administers(&reader.call.caller).is_ok().then_some(reader.call.caller.person);
    let asks = shown::PlanReader { planner: &planner.name, countersigns, calendar: &calendar };
    let page = shown::plan(&plan, &compared.to.title, &fates, &asks, entered);
    reader.page_context.show_as(status, "Take open submissions over", page).await
}

//! Pages for people: one table of routes; each handler reads a request, calls one use case and answers with a view.
//!
//! Nothing changes on GET or HEAD. A POST that worked answers 303; one that was refused shows its form again with what
//! is wrong and everything that was typed (422), or, where it was out of date, what was typed and what changed (409).

mod absence;
mod account;
mod act;
mod address;
mod admin;
mod assign;
mod catalogue;
mod conflict;
mod context;
mod credit;
mod decline;
mod demo;
mod disclosure;
mod document;
mod erasure;
mod form;
mod home;
mod outbox;
mod own_account;
mod party;
mod posted;
mod queue;
mod request;
mod review;
mod second_factor;
mod submission;
mod trail;
mod unsent;
mod workflow;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::{Method, StatusCode},
    routing::{MethodRouter, get, post},
};
use tower_http::timeout::TimeoutLayer;

use self::context::PageContext;
use super::{PATIENCE, Problem, Site};
use crate::present::{
    Views,
    error::{self, Failure},
    layout,
};

/// One page: method, path and who answers.
struct Route {
    method: Method,
    path: &'static str,
    handler: MethodRouter<Site>,
}

pub fn router() -> Router<Site> {
    let pages = table().into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler));
    pages.fallback(nowhere)
}

/// Method and path of every page, for whoever checks who may go where.
pub fn routes() -> impl Iterator<Item = (Method, &'static str)> {
    table().into_iter().map(|route| (route.method, route.path))
}

/// How a problem looks to people. Nothing is read for it: the database may be what is wrong.
#[must_use]
pub fn failed(views: &Views, problem: &Problem) -> String {
    let page = error::of(&Failure {
        status: problem.status.as_u16(),
        title: problem.title,
        detail: &problem.detail,
        request: problem.instance.as_deref(),
        typed: problem.typed.as_ref(),
    });
    let layout = layout::of_error(&page.heading, problem.reader.as_deref());
    views.page(layout, page).unwrap_or_else(|error| {
        tracing::error!(cause = format!("{error:#}"), "The page of an error cannot be rendered");
        "Something went wrong on our side.".to_owned()
    })
}

/// Where there is nothing; who asks is known all the same.
async fn nowhere(_page_context: PageContext) -> Problem {
    Problem::not_found()
}

#[expect(clippy::too_many_lines, reason = "one table of contents, to be read from top to bottom")]
fn table() -> Vec<Route> {
    vec![
        look("/", home::home),
        look("/sign-in", account::sign_in),
        act("/sign-in", account::enter),
        look("/sign-in/code", account::code),
        act("/sign-in/code", account::give_code),
        act("/sign-out", account::leave),
        look("/forgotten", account::forgotten),
        act("/forgotten", account::forgot),
        look("/welcome/{secret}", account::welcome),
        act("/welcome/{secret}", account::accept),
        look("/decline/{secret}", decline::ask),
        act("/decline/{secret}", decline::decline),
        look("/disclose/{secret}", disclosure::asked),
        act("/disclose/{secret}", disclosure::give),
        act("/demo/sign-in", demo::enter),
        act("/demo/clock", demo::clock),
        look("/outbox", outbox::read),
        look("/outbox/{mail}", demo::letter),
        act("/outbox/test", outbox::test),
        act("/outbox/{name}/retry", outbox::retry),
        act("/outbox/{name}/dismiss", outbox::dismiss),
        act("/setup/hide", outbox::hide_setup),
        look("/unsent/{form}", unsent::read),
        act("/unsent/{form}", unsent::drop),
        act("/start/{workflow}", submission::start),
        look("/s/{reference}", submission::read),
        look("/s/{reference}/check", submission::check),
        look("/s/{reference}/history", submission::history),
        act("/s/{reference}/remind", submission::remind),
        act("/s/{reference}/again", submission::begin_again),
        act("/s/{reference}/discard", submission::discard),
        look("/s/{reference}/form/{section}", form::ask),
        upload("/s/{reference}/form/{section}", form::fill),
        upload("/s/{reference}/files/{file}", document::upload),
        look("/s/{reference}/files/{file}", document::download),
        look("/s/{reference}/files/{file}/view", document::view),
        look("/s/{reference}/files/{file}/raw", document::raw),
        act("/s/{reference}/files/{file}/remove", document::remove),
        look("/s/{reference}/act/{transition}", act::ask),
        act("/s/{reference}/act/{transition}", act::fire),
        look("/s/{reference}/review/{track}", review::read),
        act("/s/{reference}/review/{track}", review::judge),
        act("/s/{reference}/review/{track}/claim", review::claim),
        act("/s/{reference}/review/{track}/declare", review::declare),
        act("/s/{reference}/review/{track}/release", review::release),
        look("/s/{reference}/conflict", review::conflict),
        act("/s/{reference}/conflict", review::recuse),
        look("/s/{reference}/conflicts", conflict::read),
        act("/s/{reference}/conflicts", conflict::settle),
        act("/s/{reference}/requests/{number}", request::resolve),
        look("/s/{reference}/assign/{track}", assign::ask),
        act("/s/{reference}/assign/{track}", assign::assign),
        look("/s/{reference}/authors", party::authors),
        act("/s/{reference}/authors", party::name),
        act("/s/{reference}/authors/{person}/remove", party::remove),
        look("/s/{reference}/disclosures", disclosure::read),
        act("/s/{reference}/disclosures", disclosure::ask),
        look("/s/{reference}/hand-over", party::hand_over),
        act("/s/{reference}/hand-over", party::propose),
        act("/s/{reference}/hand-over/agree", party::agree),
        act("/s/{reference}/hand-over/decline", party::decline),
        look("/s/{reference}/redact", party::redact),
        act("/s/{reference}/redact", party::take_out),
        look("/queue", queue::queue),
        look("/credits", credit::mine),
        look("/catalogue", catalogue::list),
        look("/catalogue/{reference}", catalogue::activity),
        look("/trail", trail::read),
        look("/people", admin::people),
        look("/people/invite", admin::invitation),
        act("/people/invite", admin::invite),
        look("/people/invite/several", admin::several),
        act("/people/invite/several", admin::invite_several),
        look("/people/{person}", admin::person),
        act("/people/{person}", admin::edit),
        look("/people/{person}/erase", erasure::ask),
        act("/people/{person}/erase", erasure::erase),
        look("/people/{person}/copy", erasure::copy),
        act("/people/{person}/link", admin::link),
        look("/people/{person}/address", address::theirs),
        act("/people/{person}/address", address::change_theirs),
        look("/people/{person}/second-factor", second_factor::theirs),
        act("/people/{person}/second-factor", second_factor::take_away),
        look("/people/{person}/absence", absence::theirs),
        act("/people/{person}/absence", absence::enter_theirs),
        act("/people/{person}/absence/{absence}/end", absence::end_theirs),
        look("/absence", absence::mine),
        act("/absence", absence::enter_mine),
        act("/absence/{absence}/end", absence::end_mine),
        look("/account", own_account::read),
        act("/account", own_account::edit),
        look("/account/address", address::read),
        act("/account/address", address::ask),
        look("/address/{secret}", address::look),
        act("/address/{secret}", address::confirm),
        look("/account/password", own_account::password),
        act("/account/password", own_account::change_password),
        look("/account/second-factor", second_factor::read),
        act("/account/second-factor", second_factor::turn_on),
        look("/account/second-factor/codes", second_factor::codes),
        act("/account/second-factor/codes", second_factor::renew_codes),
        look("/account/second-factor/off", second_factor::off),
        act("/account/second-factor/off", second_factor::turn_off),
        look("/account/letters", own_account::letters),
        act("/account/letters", own_account::choose_letters),
        look("/account/sessions", own_account::sessions),
        act("/account/sessions/{session}/end", own_account::end),
        act("/account/sessions/end-others", own_account::end_others),
        look("/groups", admin::groups),
        look("/groups/{slug}", admin::group),
        act("/groups/{slug}/join", admin::join),
        look("/groups/{slug}/leave/{person}", admin::leaving),
        act("/groups/{slug}/leave/{person}", admin::leave),
        act("/groups/{slug}/places-wait", admin::have_places_wait),
        act("/groups/{slug}/places-pass-on", admin::have_places_pass_on),
        look("/groups/{slug}/name", admin::name),
        act("/groups/{slug}/name", admin::rename),
        look("/organisation", admin::organisation),
        act("/organisation", admin::change),
        look("/workflows", workflow::workflows),
        act("/workflows", workflow::begin),
        look("/workflows/{workflow}", workflow::version::current),
        look("/workflows/{workflow}/versions/{hash}", workflow::version::read),
        act("/workflows/{workflow}/versions/{hash}/activate", workflow::version::activate),
        look("/workflows/{workflow}/versions/{hash}/{file}", workflow::version::download),
        look("/workflows/{workflow}/replay", workflow::version::replay),
        look("/workflows/{workflow}/edit", workflow::editor::read),
        act("/workflows/{workflow}/edit", workflow::editor::write),
        look("/workflows/{workflow}/migrate", workflow::migration::ask),
        act("/workflows/{workflow}/migrate", workflow::migration::propose),
        look("/workflows/{workflow}/migrations/{plan}", workflow::migration::plan),
        act("/workflows/{workflow}/migrations/{plan}", workflow::migration::run),
        look("/api", workflow::api),
    ]
}

fn look<H: Handler<T, Site>, T: 'static>(path: &'static str, handler: H) -> Route {
    Route { method: Method::GET, path, handler: get(handler).layer(patience()) }
}

fn act<H: Handler<T, Site>, T: 'static>(path: &'static str, handler: H) -> Route {
    Route { method: Method::POST, path, handler: post(handler).layer(patience()) }
}

/// Bounds the time until an answer begins.
fn patience() -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE)
}

/// A POST with files in it: bounded by the handler, not by the framework.
fn upload<H: Handler<T, Site>, T: 'static>(path: &'static str, handler: H) -> Route {
    Route { method: Method::POST, path, handler: post(handler).layer(DefaultBodyLimit::disable()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_fits_beside_the_others_and_stands_once() {
        let _ = router();
        let routes: Vec<String> = routes().map(|(method, path)| format!("{method} {path}")).collect();
        assert_eq!(routes.iter().collect::<BTreeSet<_>>().len(), routes.len());
    }
}

//! An office that is served on the loopback interface, with an author, an assessor and a coordinator.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
};

use imprimatur::{
    app::App,
    clock::{Clock, new_id},
    config::{Config, Overrides},
    domain::{Duty, GroupId, OrganisationId, PersonId, Standing, WrittenCalendar},
    http::{health::Readiness, static_file},
    store::{Group, Organisation, Person, Store},
    usecase::account::issue_token,
    view::Views,
};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The office.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) url: String,
    pub(crate) organisation: OrganisationId,
    pub(crate) author: PersonId,
    /// Access tokens of author, assessor and coordinator.
    pub(crate) tokens: [String; 3],
    pub(crate) folder: TempDir,
}

impl Office {
    /// Opens it on SQLite and local files, or on the database that `BENCH_DATABASE_URL` names.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut overrides = Overrides::default().with("data", folder.path().to_string_lossy());
        if let Ok(url) = std::env::var("BENCH_DATABASE_URL") {
            overrides = overrides.with("database", url);
        }
        let config = Config::load(&overrides, &BTreeMap::new()).expect("settings").config;
        let address = imprimatur::app::address(&config).expect("an address");
        let store = Store::connect(&address).await.expect("a store");
        store.migrate().await.expect("a schema");
        let views = Views::load(|name| static_file::url(name).unwrap_or_default()).expect("templates");
        let app = App::wire(store, config, Clock::system(), views).expect("an installation");
        let app = app.prepare().await.expect("a prepared installation");
        let organisation = OrganisationId(new_id());
        let [author, assessor, coordinator] = people(&app, organisation).await;
        let mut tokens = Vec::new();
        for person in [author, assessor, coordinator] {
            tokens.push(issue_token(&app.context, organisation, person).await.expect("a token").token);
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = app.router(Readiness::default()).expect("routes");
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let tokens = tokens.try_into().expect("three tokens");
        Self { app, url, organisation, author, tokens, folder }
    }

    /// The access token of one more author.
    pub(crate) async fn another_author(&self) -> String {
        let id = PersonId(new_id());
        let tx = self.app.context.store.begin().await.expect("a change");
        tx.add_person(&person(&self.app, self.organisation, id, &format!("author-{id}"))).await.expect("a person");
        tx.commit().await.expect("an author");
        issue_token(&self.app.context, self.organisation, id).await.expect("a token").token
    }
}

fn person(app: &App, organisation: OrganisationId, id: PersonId, key: &str) -> Person {
    Person {
        id,
        organisation,
        email: format!("{key}@{organisation}.example").parse().expect("an address"),
        name: key.to_owned(),
        credentials: String::new(),
        affiliation: key.to_owned(),
        standing: Standing::Active,
        duties: BTreeSet::new(),
        created_at: app.context.clock.now(),
    }
}

async fn people(app: &App, organisation: OrganisationId) -> [PersonId; 3] {
    let now = app.context.clock.now();
    let tx = app.context.store.begin().await.expect("a change");
    let office = Organisation {
        id: organisation,
        name: "Office of measurements".to_owned(),
        short: organisation.to_string(),
        time_zone: "America/Chicago".to_owned(),
        calendar: WrittenCalendar::default(),
        created_at: now,
    };
    tx.add_organisation(&office).await.expect("an organisation");
    for slug in ["self-study-assessors", "self-study-leads", "audit"] {
        let group = Group { id: GroupId(new_id()), organisation, slug: slug.to_owned(), title: slug.to_owned() };
        tx.add_group(&group).await.expect("a group");
    }
    let mut ids = [PersonId(new_id()), PersonId(new_id()), PersonId(new_id())];
    ids.sort();
    for (key, id) in ["author", "assessor", "coordinator"].into_iter().zip(ids) {
        let duties = if key == "coordinator" { BTreeSet::from([Duty::Coordinator]) } else { BTreeSet::new() };
        tx.add_person(&Person { duties, ..person(app, organisation, id, key) }).await.expect("a person");
    }
    tx.join(organisation, "self-study-assessors", ids[1]).await.expect("a member");
    tx.commit().await.expect("an office");
    ids
}

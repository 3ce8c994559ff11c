//! An office that is served on the loopback interface, with an author, an assessor and a coordinator.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
};

use imprimatur::{
    app::App,
    clock::{Clock, new_id},
    config::{Config, Overrides},
    domain::{Duty, GroupId, LookBack, OrganisationId, PersonId, SecondFactorRule, Standing, WrittenCalendar},
    http::{health::Readiness, static_file},
    model::{Group, Organisation, Person},
    password::Password,
    present::Views,
    store::Store,
    usecase::account::{Client, Opening, issue_token, sign_in},
};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The office.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) url: String,
    /// Where its database is.
    pub(crate) address: String,
    pub(crate) author: PersonId,
    pub(crate) assessor: PersonId,
    pub(crate) coordinator: PersonId,
    pub(crate) administrator: PersonId,
    /// Access tokens of author, assessor and coordinator.
    pub(crate) tokens: [String; 3],
    pub(crate) folder: TempDir,
}

impl Office {
    /// Opens it on SQLite and local files, or in a new database of the server that `BENCH_DATABASE_URL` names.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let address = match std::env::var("BENCH_DATABASE_URL") {
            Ok(server) => {
                let name = format!("bench_{}", new_id().simple());
                on_server(&server, &format!("CREATE DATABASE {name}")).await;
                format!("{}/{name}", server.rsplit_once('/').expect("a server and a database").0)
            }
            Err(_) => format!("sqlite://{}", folder.path().join("bench.db").display()),
        };
        let overrides =
            Overrides::default().with("data", folder.path().to_string_lossy()).with("database", address.as_str());
        let config = Config::load(&overrides, &BTreeMap::new()).expect("settings").config;
        let store = Store::connect(&address.parse().expect("an address")).await.expect("a store");
        store.migrate().await.expect("a schema");
        let views = Views::load(|name| static_file::url(name).unwrap_or_default()).expect("templates");
        let app = App::wire(store, config, Clock::system(), views).expect("an installation");
        let app = app.prepare().await.expect("a prepared installation");
        let [author, assessor, coordinator, administrator] = people(&app).await;
        // Only now is there a calendar with the meeting that courses wait for.
        app.adopt().await.expect("definitions");
        let mut tokens = Vec::new();
        for person in [author, assessor, coordinator] {
            tokens.push(issue_token(&app.context, person).await.expect("a token").token);
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = app.router(Readiness::default()).expect("routes");
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let tokens = tokens.try_into().expect("three tokens");
        Self { app, url, address, author, assessor, coordinator, administrator, tokens, folder }
    }

    /// Does the work that was left behind.
    pub(crate) async fn rest(&self) {
        let worker = self.app.worker(&self.url);
        while worker.round().await.expect("a round") > 0 {}
    }

    /// One more author, with an access token.
    pub(crate) async fn author_with_token(&self) -> (PersonId, String) {
        let id = PersonId(new_id());
        let tx = self.app.context.store.begin().await.expect("a change");
        tx.add_person(&person(&self.app, id, &format!("author-{id}"))).await.expect("a person");
        tx.commit().await.expect("an author");
        (id, self.token(id).await)
    }

    /// An access token.
    pub(crate) async fn token(&self, person: PersonId) -> String {
        issue_token(&self.app.context, person).await.expect("a token").token
    }

    /// The cookie of a browser in which somebody has signed in.
    pub(crate) async fn session(&self, person: PersonId) -> String {
        const PASSWORD: &str = "seven quiet herons wade";
        let context = &self.app.context;
        let hash = context.passwords.hash(Password::new(PASSWORD, &[]).expect("a password")).await.expect("a hash");
        let tx = context.store.begin().await.expect("a change");
        let email = tx.person(person).await.expect("a look").expect("somebody").email;
        tx.set_password(person, Some(&hash)).await.expect("a password");
        tx.commit().await.expect("a password");
        let client = Client { address: "127.0.0.1".to_owned(), agent: "bench".to_owned() };
        let opening = sign_in(context, email.as_str(), PASSWORD, &client).await.expect("a session");
        let entered = match opening {
            Opening::Session(entered) => Some(entered),
            Opening::Code(_) => None,
        };
        let entered = entered.expect("nobody has a second factor here");
        format!("imprimatur={}", entered.secret.text())
    }

    /// Ends it, and its database with it.
    pub(crate) async fn close(self) {
        self.app.context.store.close().await.expect("an end");
        if let (Ok(server), Some((_, name))) = (std::env::var("BENCH_DATABASE_URL"), self.address.rsplit_once('/')) {
            on_server(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }

    /// The access token of one more author.
    pub(crate) async fn another_author(&self) -> String {
        self.author_with_token().await.1
    }
}

async fn on_server(server: &str, statement: &str) {
    let connection = sea_orm::Database::connect(server).await.expect("a server");
    connection.execute_unprepared(statement).await.expect(statement);
    connection.close().await.expect("an end");
}

fn person(app: &App, id: PersonId, key: &str) -> Person {
    Person {
        id,
        email: format!("{key}@office.example").parse().expect("an address"),
        name: key.to_owned(),
        credentials: String::new(),
        affiliation: key.to_owned(),
        standing: Standing::Active,
        duties: BTreeSet::new(),
        created_at: app.context.clock.now(),
    }
}

async fn people(app: &App) -> [PersonId; 4] {
    let now = app.context.clock.now();
    let tx = app.context.store.begin().await.expect("a change");
    let office = Organisation {
        id: OrganisationId(new_id()),
        name: "Office of measurements".to_owned(),
        short: "OM".to_owned(),
        time_zone: "America/Chicago".to_owned(),
        look_back: LookBack::default(),
        second_factor: SecondFactorRule::default(),
        calendar: WrittenCalendar {
            meetings: vec!["committee: first Thursday at 09:00; papers 14 days before".to_owned()],
            ..WrittenCalendar::default()
        },
        created_at: now,
    };
    tx.add_organisation(&office).await.expect("an organisation");
    for slug in ["self-study-assessors", "self-study-leads", "audit"] {
        let group = Group { id: GroupId(new_id()), slug: slug.to_owned(), title: slug.to_owned() };
        tx.add_group(&group).await.expect("a group");
    }
    let mut ids = [(); 4].map(|()| PersonId(new_id()));
    ids.sort();
    for (key, id) in ["author", "assessor", "coordinator", "administrator"].into_iter().zip(ids) {
        let duties = match key {
            "coordinator" => BTreeSet::from([Duty::Coordinator]),
            "administrator" => BTreeSet::from([Duty::Administrator]),
            _ => BTreeSet::new(),
        };
        tx.add_person(&Person { duties, ..person(app, id, key) }).await.expect("a person");
    }
    tx.join("self-study-assessors", ids[1]).await.expect("a member");
    tx.commit().await.expect("an office");
    ids
}

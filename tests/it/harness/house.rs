//! An accrediting office that is served: people for every role, a clock that can be moved, an outbox that can be read.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use imprimatur::{
    app::App,
    clock::{Clock, new_id},
    config::{Config, Overrides},
    credit::ledger::Entry,
    domain::{
        Duty::{self, Administrator, Auditor, Coordinator},
        GroupId, LookBack, OrganisationId, PersonId, SecondFactorRule, Standing, WrittenCalendar,
    },
    http::{self, Patience, Stopped, health::Readiness},
    jobs::Worker,
    model::{Group, Mail, Organisation, Person, Submission},
    password::Password,
    present::Views,
    store::{Tx, integrity},
    usecase::account::{self, Opening},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{
    client::Client,
    database::{self, Database},
};

/// Where the office is; its days begin when they begin here.
const ZONE: &str = "America/Chicago";

/// Groups that the shipped workflows name, and who is in them. Nobody is in two.
const GROUPS: &[(&str, &[&str])] = &[
    ("self-study-assessors", &["assessor", "second-assessor"]),
    ("self-study-leads", &["lead"]),
    ("audit", &["sampler"]),
    ("accreditation-office", &["screener", "second-screener"]),
    (
        "content-reviewers",
        &["first-reviewer", "second-reviewer", "third-reviewer", "fourth-reviewer", "fifth-reviewer"],
    ),
    ("integrity", &["officer", "second-officer"]),
    ("committee", &["chair", "second-chair"]),
    ("appeals", &["first-panel", "second-panel", "third-panel", "fourth-panel"]),
    ("course-sponsors", &["sponsor", "second-sponsor"]),
    ("family-reviewers", &["first-family", "second-family", "third-family"]),
    ("family-chiefs", &["chief", "second-chief"]),
    ("commission", &["first-commissioner", "second-commissioner", "third-commissioner", "fourth-commissioner"]),
    ("nurse-peers", &["first-nurse", "second-nurse", "third-nurse", "fourth-nurse"]),
    ("nurse-leaders", &["leader", "second-leader"]),
    ("nurse-appeals", &["first-elder", "second-elder", "third-elder", "fourth-elder"]),
];

/// Everybody of the office beside the members of its groups.
const OTHERS: &[(&str, &[Duty])] = &[
    ("author", &[]),
    ("other-author", &[]),
    ("coordinator", &[Coordinator]),
    ("auditor", &[Auditor]),
    ("administrator", &[Administrator]),
];

/// The office, served on the loopback interface.
pub(crate) struct House {
    /// The installation.
    pub(crate) app: App,
    /// Its database.
    pub(crate) database: Database,
    /// Where it is served, without a slash at the end.
    pub(crate) url: String,
    people: BTreeMap<String, PersonId>,
    requests: reqwest::Client,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Stopped>,
    _folder: TempDir,
}

/// How far it is to noon where the office is, in microseconds. What a test says of days is true at whatever hour it runs, and
/// days that pass stay days when the clocks are changed meanwhile.
fn until_noon(now: Timestamp) -> i64 {
    let now = now.to_zoned(TimeZone::get(ZONE).unwrap());
    let noon = now.date().at(12, 0, 0, 0).to_zoned(now.time_zone().clone()).unwrap();
    let noon = if noon < now { noon.tomorrow().unwrap() } else { noon };
    i64::try_from(now.duration_until(&noon).as_micros()).unwrap()
}

/// What everybody of the house who signs in by hand has.
pub(crate) const PASSWORD: &str = "seven quiet herons wade";

impl House {
    /// Opens an office with the settings that tests have.
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// Opens an office with other settings, as `("upload_limit", "1MB")`.
    pub(crate) async fn open_with(settings: &[(&str, &str)]) -> Self {
        Self::over(database::fresh().await, settings).await
    }

    /// Opens an office over a database of its own.
    pub(crate) async fn over(database: Database, settings: &[(&str, &str)]) -> Self {
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = Clock::shifted(ahead.clone());
        ahead.store(until_noon(clock.now()), Ordering::Release);
        Self::at(clock, database, settings).await
    }

    /// Opens an office whose time is that of a clock.
    pub(crate) async fn at(clock: Clock, database: Database, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut overrides = Overrides::default()
            .with("data", folder.path().to_str().unwrap())
            .with("argon2_memory", "8")
            .with("argon2_iterations", "1");
        for (key, value) in settings {
            match *key {
                "config" => overrides.file = Some(value.into()),
                key => overrides = overrides.with(key, *value),
            }
        }
        let config = Config::load(&overrides, &BTreeMap::new()).unwrap().config;
        let views = Views::load(|name| http::static_file::url(name).unwrap_or_default()).unwrap();
        let app = App::wire(database.store.clone(), config, clock, views).unwrap().prepare().await.unwrap();

        let mut people = BTreeMap::new();
        let tx = database.begin().await;
        add_organisation(&app, &tx).await;
        for (key, duties) in OTHERS {
            people.insert((*key).to_owned(), add_person(&app, &tx, key, duties).await);
        }
        for (slug, members) in GROUPS {
            let title = slug.replace('-', " ");
            tx.add_group(&Group { id: GroupId(new_id()), slug: (*slug).to_owned(), title }).await.unwrap();
            for key in *members {
                let person = add_person(&app, &tx, key, &[]).await;
                tx.join(slug, person).await.unwrap();
                people.insert((*key).to_owned(), person);
            }
        }
        tx.commit().await.unwrap();
        // Now that there is a calendar, the workflows that wait for a meeting come into force too.
        app.adopt().await.unwrap();

        let readiness = Readiness::default();
        let router = app.router(readiness.clone()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", address(&listener));
        let (stop, stopped) = oneshot::channel::<()>();
        let signal = async move {
            // A test that failed drops the sender; that stops the server just as well.
            let _ = stopped.await;
        };
        let patience = Patience { stop: Duration::from_secs(5), ..Patience::default() };
        let serving = tokio::spawn(http::serve(listener, router, signal, readiness, patience));
        let requests = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { app, database, url, people, requests, stop, serving, _folder: folder }
    }

    /// Somebody of the office, with an access token for each request.
    #[track_caller]
    pub(crate) fn person(&self, key: &str) -> Client {
        Client::of(self.requests.clone(), self.url.clone(), self.app.context.clone(), self.id(key))
    }

    /// Somebody who says nothing about themselves.
    pub(crate) fn nobody(&self) -> Client {
        Client::anonymous(self.requests.clone(), self.url.clone())
    }

    /// The cookie of a browser in which somebody has signed in.
    pub(crate) async fn session(&self, key: &str) -> String {
        let context = &self.app.context;
        let hash = context.passwords.hash(Password::new(PASSWORD, &[]).unwrap()).await.unwrap();
        let tx = self.database.begin().await;
        tx.set_password(self.id(key), Some(&hash)).await.unwrap();
        tx.commit().await.unwrap();
        let client = account::Client { address: "127.0.0.1".to_owned(), agent: "test".to_owned() };
        let opening = account::sign_in(context, &email(key), PASSWORD, &client).await.unwrap();
        let Opening::Session(entered) = opening else { panic!("{key} is asked for a code") };
        format!("imprimatur={}", entered.secret.text())
    }

    /// Somebody's id.
    #[track_caller]
    pub(crate) fn id(&self, key: &str) -> PersonId {
        *self.people.get(key).unwrap_or_else(|| panic!("nobody is called {key}"))
    }

    /// Everybody, by what they are called.
    pub(crate) fn people(&self) -> impl Iterator<Item = (&str, PersonId)> {
        self.people.iter().map(|(key, person)| (key.as_str(), *person))
    }

    /// A submission as it is kept.
    pub(crate) async fn submission(&self, reference: &str) -> Submission {
        let view = self.database.view().await;
        view.submission_by_reference(reference).await.unwrap().expect("a submission")
    }

    /// The worker, for tests that look at single rounds.
    pub(crate) fn worker(&self) -> Worker {
        self.app.worker(&self.url)
    }

    /// Lets the worker do all that can be done now: fire what is due, write letters, deliver them.
    pub(crate) async fn work(&self) {
        let worker = self.worker();
        while worker.round().await.unwrap() > 0 {}
    }

    /// Lets days pass, and all that happens on them.
    pub(crate) async fn advance(&self, days: i64) {
        for _ in 0..days {
            assert!(self.app.context.clock.advance(SignedDuration::from_hours(24)));
            self.work().await;
        }
        account::rotate_keys(&self.app.context).await.unwrap();
    }

    /// Lets many days pass at once: as after a weekend in which no worker ran.
    pub(crate) async fn skip(&self, days: i64) {
        assert!(self.app.context.clock.advance(SignedDuration::from_hours(24 * days)));
        account::rotate_keys(&self.app.context).await.unwrap();
        self.work().await;
    }

    /// The date where the office is, `days` from now.
    pub(crate) fn day(&self, days: i64) -> Date {
        let today = self.app.context.clock.now().to_zoned(TimeZone::get(ZONE).unwrap()).date();
        today.saturating_add(days.days())
    }

    /// All letters to somebody, the first first.
    pub(crate) async fn letters_to(&self, key: &str) -> Vec<Mail> {
        let person = self.id(key);
        self.letters().await.into_iter().filter(|letter| letter.person == person).collect()
    }

    /// All letters of the office, the first first.
    pub(crate) async fn letters(&self) -> Vec<Mail> {
        let view = self.database.view().await;
        let page = view.letters(None, 1000).await.unwrap();
        assert!(page.next.is_none(), "more letters than a test can look at");
        page.rows.into_iter().rev().collect()
    }

    /// Everything in somebody's ledger, the first earned first, also of a person who was only named in a form.
    pub(crate) async fn ledger_of(&self, email: &str) -> Vec<Entry> {
        let view = self.database.view().await;
        let Some(person) = view.person_by_email(&email.parse().unwrap()).await.unwrap() else {
            return Vec::new();
        };
        let page = view.entries_of(person.id, None, 500).await.unwrap();
        assert!(page.next.is_none(), "more entries than a test can look at");
        page.rows.into_iter().rev().collect()
    }

    /// Takes somebody into a group, as an administrator does.
    pub(crate) async fn join(&self, slug: &str, key: &str) {
        let tx = self.database.begin().await;
        tx.join(slug, self.id(key)).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Takes somebody out of a group.
    pub(crate) async fn leave(&self, slug: &str, key: &str) {
        let tx = self.database.begin().await;
        tx.leave(slug, self.id(key)).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Takes everybody out of a group.
    pub(crate) async fn empty_group(&self, slug: &str) {
        let tx = self.database.begin().await;
        for person in tx.group_people(slug).await.unwrap() {
            tx.leave(slug, person.id).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Changes what is known of a person.
    pub(crate) async fn change(&self, key: &str, change: impl FnOnce(&mut Person)) {
        let tx = self.database.begin().await;
        let mut person = tx.person(self.id(key)).await.unwrap().unwrap();
        change(&mut person);
        tx.save_person(&person).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Ends the office, and sees that it left everything in order: no job gave up, nothing disagrees.
    pub(crate) async fn close(self) {
        self.work().await;
        let view = self.database.view().await;
        let failed = view.failed_jobs(10).await.unwrap();
        assert!(failed.is_empty(), "jobs failed: {failed:#?}");
        assert_eq!(integrity::findings(&view).await.unwrap(), [], "what is stored does not agree with itself");
        drop(view);
        self.stop.send(()).unwrap();
        drop(self.requests);
        self.serving.await.unwrap();
        self.app.context.store.close().await.unwrap();
    }
}

/// A person's address, made from the key.
pub(crate) fn email(key: &str) -> String {
    format!("{key}@academy.example")
}

fn address(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().unwrap()
}

/// Saturdays and Sundays off, and a committee on the first Thursday of a month.
fn calendar() -> WrittenCalendar {
    let committee = "committee: first Thursday at 09:00; papers 14 days before";
    WrittenCalendar { meetings: vec![committee.to_owned()], ..WrittenCalendar::default() }
}

async fn add_organisation(app: &App, tx: &Tx) {
    let organisation = Organisation {
        id: OrganisationId(new_id()),
        name: "Academy of Tests".to_owned(),
        short: "Academy".to_owned(),
        time_zone: ZONE.to_owned(),
        calendar: calendar(),
        look_back: LookBack::default(),
        second_factor: SecondFactorRule::default(),
        created_at: app.context.clock.now(),
    };
    tx.add_organisation(&organisation).await.unwrap();
}

async fn add_person(app: &App, tx: &Tx, key: &str, duties: &[Duty]) -> PersonId {
    let person = Person {
        id: PersonId(new_id()),
        email: email(key).parse().unwrap(),
        name: key.replace('-', " "),
        credentials: "MD".to_owned(),
        // Of the same house would be a conflict of interest.
        affiliation: format!("Hospital of the {key}"),
        standing: Standing::Active,
        duties: duties.iter().copied().collect::<BTreeSet<_>>(),
        created_at: app.context.clock.now(),
    };
    tx.add_person(&person).await.unwrap();
    person.id
}

//! The demo, played up to one and the same moment and served, and those who look at it.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, atomic::AtomicI64},
};

use imprimatur::{
    app::App,
    clock::{Clock, new_id},
    config::{Config, Overrides},
    demo,
    http::{self, Patience, Stopped, health::Readiness},
    model::{AddressChange, Mail, SecondFactor, Side},
    password::Password,
    present::Views,
    token::Opaque,
};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, Method, RequestBuilder, header, redirect::Policy};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{
    html::{self, Form},
    page::{Page, route},
};
use crate::harness::database::{self, Database};

/// A Tuesday in Nebraska, nine in the morning.
const MORNING: &str = "2026-10-13T14:00:00Z";

/// Somebody before a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reader {
    /// What they are.
    pub(super) name: &'static str,
    /// Whom they press on the page where one signs in; nobody is not signed in.
    pub(super) person: Option<&'static str>,
}

const fn reader(name: &'static str, person: &'static str) -> Reader {
    Reader { name, person: Some(person) }
}

pub(super) const NOBODY: Reader = Reader { name: "nobody", person: None };
pub(super) const AUTHOR: Reader = reader("author", "Lucía Herrera");
pub(super) const PRACTITIONER: Reader = reader("practitioner", "Amara Okafor");
pub(super) const REVIEWER: Reader = reader("reviewer", "Priya Raman");
pub(super) const ASSESSOR: Reader = reader("assessor", "Marcus Bell");
pub(super) const CHAIR: Reader = reader("chair", "Ruben Castellanos");
pub(super) const COORDINATOR: Reader = reader("coordinator", "Ruth Lindqvist");
pub(super) const AUDITOR: Reader = reader("auditor", "Samuel Adeyemi");
pub(super) const ADMINISTRATOR: Reader = reader("administrator", "Hannah Brandt");
pub(super) const SECOND: Reader = reader("second administrator", "Simon Achterberg");

/// The practitioner once more, who has given the password and not the code.
pub(super) const HALF_WAY: Reader = reader("somebody who is half-way in", "Amara Okafor");

/// Who walks through all pages that they are led to.
pub(super) const WALKERS: [Reader; 9] =
    [NOBODY, AUTHOR, PRACTITIONER, REVIEWER, ASSESSOR, CHAIR, COORDINATOR, AUDITOR, ADMINISTRATOR];

/// The demo, served on the loopback interface.
pub(super) struct Demo {
    app: App,
    url: String,
    requests: Client,
    cookies: BTreeMap<&'static str, String>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Stopped>,
    database: Database,
    _folder: TempDir,
}

impl Demo {
    /// Plays it.
    pub(super) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let overrides = Overrides::default().with("data", folder.path().to_str().unwrap()).with("upload_limit", "1MB");
        let config = Config::load(&overrides, &BTreeMap::new()).unwrap().config;
        let database = database::fresh().await;
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = Clock::standing(MORNING.parse::<Timestamp>().unwrap(), ahead.clone());
        let views = Views::load(|name| http::static_file::url(name).unwrap_or_default()).unwrap();
        let app = App::wire(database.store.clone(), config, clock, views).unwrap().prepare().await.unwrap();
        let app = demo::play(app, &ahead).await.unwrap_or_else(|error| panic!("{error:#}"));

        let readiness = Readiness::default();
        let router = app.router(readiness.clone()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let signal = async move {
            // A test that failed drops the sender; that stops the server just as well.
            let _ = stopped.await;
        };
        let serving = tokio::spawn(http::serve(listener, router, signal, readiness, Patience::default()));
        let requests = Client::builder().redirect(Policy::none()).build().unwrap();
        let cookies = BTreeMap::new();
        Self { app, url, requests, cookies, stop, serving, database, _folder: folder }
    }

    /// Somebody signs in by their button.
    pub(super) async fn enter(&mut self, reader: Reader) {
        let Some(person) = reader.person else { return };
        let page = self.get(NOBODY, "/sign-in").await;
        let (before, _) = page.html.split_once(person).unwrap_or_else(|| panic!("no button for {person}"));
        let (_, button) = before.rsplit_once("value=\"").expect("a button with a value");
        let body = format!("person={}", button.split('"').next().unwrap());
        let request = self.requests.post(format!("{}/demo/sign-in", self.url)).header(header::ORIGIN, &self.url);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 303, "{person}");
        let cookies = answer.headers().get_all(header::SET_COOKIE).iter();
        let pairs: Vec<&str> = cookies.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap()).collect();
        self.cookies.insert(reader.name, pairs.join("; "));
    }

    /// Somebody who has a second factor gives their password, and is asked for a code.
    pub(super) async fn give_password(&mut self, reader: Reader) {
        let context = &self.app.context;
        let word = "seven quiet herons wade";
        let hash = context.passwords.hash(Password::new(word, &[]).unwrap()).await.unwrap();
        let tx = self.database.begin().await;
        let found = tx.people(reader.person.expect("somebody"), None, 1).await.unwrap().rows;
        let person = found.into_iter().next().expect("somebody");
        tx.set_password(person.id, Some(&hash)).await.unwrap();
        let since = context.clock.now();
        let factor = SecondFactor { person: person.id, secret: vec![7; 20], since, last_step: 0 };
        tx.add_second_factor(&factor).await.unwrap();
        tx.commit().await.unwrap();
        let form = [("email", person.email.as_str()), ("password", word)];
        let request = self.requests.post(format!("{}/sign-in", self.url));
        let answer = self.with(request, Some(&form)).send().await.unwrap();
        assert_eq!(answer.headers().get(header::LOCATION).unwrap(), "/sign-in/code");
        let cookie = answer.headers().get(header::SET_COOKIE).expect("a cookie").to_str().unwrap();
        self.cookies.insert(reader.name, cookie.split(';').next().unwrap().to_owned());
    }

    /// Somebody is to be reached elsewhere; where that is confirmed.
    pub(super) async fn ask_for_address(&self, reader: Reader) -> String {
        let (now, secret) = (self.app.context.clock.now(), Opaque::random());
        let tx = self.database.begin().await;
        let found = tx.people(reader.person.expect("somebody"), None, 1).await.unwrap().rows;
        let change = AddressChange {
            id: new_id(),
            person: found.first().expect("somebody").id,
            email: "elsewhere@psa.example".parse().unwrap(),
            expires_at: now + SignedDuration::from_hours(48),
            old_confirmed_at: None,
            new_confirmed_at: None,
            ended_at: None,
        };
        tx.add_address_change(&change, now).await.unwrap();
        tx.add_address_link(&secret.hash(), change.id, Side::Old).await.unwrap();
        tx.commit().await.unwrap();
        format!("/address/{}", secret.text())
    }

    /// Somebody looks at a page; where they are led elsewhere, at that.
    pub(super) async fn get(&self, reader: Reader, path: &str) -> Page {
        let mut page = self.send(reader, Method::GET, path, None).await;
        while let Some(to) = page.leads_to.take() {
            page = self.send(reader, Method::GET, &to, None).await;
        }
        page
    }

    /// Somebody sends a form.
    pub(super) async fn post(&self, reader: Reader, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(reader, Method::POST, path, Some(fields)).await
    }

    /// Somebody sends a form after their session has ended: of their cookies only the one that stays is left.
    pub(super) async fn post_late(&self, reader: Reader, path: &str, fields: &[(&str, &str)]) -> Page {
        let cookies = self.cookies.get(reader.name).expect("somebody who signed in");
        let left = cookies.split("; ").find(|cookie| cookie.starts_with("imprimatur-browser=")).expect("a cookie");
        let request = self.requests.post(format!("{}{path}", self.url)).header(header::COOKIE, left);
        Self::answered(reader, path, self.with(request, Some(fields))).await
    }

    /// Sends the form of a page that goes to `to`: what is given, and for the rest what its hidden fields say.
    pub(super) async fn fill(&self, page: &Page, to: &str, fields: &[(&str, &str)]) -> Page {
        let form = form(page, to).unwrap_or_else(|| panic!("{} has no form for {to}: {}", page.name(), page.html));
        let hidden = html::opened(form.pieces).filter(|tag| tag.get("type") == Some("hidden"));
        let hidden = hidden.map(|tag| (tag.get("name").unwrap_or_default(), tag.get("value").unwrap_or_default()));
        let kept = hidden.filter(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        let all: Vec<(&str, &str)> = kept.chain(fields.iter().copied()).collect();
        self.post(page.reader, form.action(), &all).await
    }

    async fn send(&self, reader: Reader, method: Method, path: &str, form: Option<&[(&str, &str)]>) -> Page {
        let request = self.requests.request(method, format!("{}{path}", self.url));
        let request = match self.cookies.get(reader.name) {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        Self::answered(reader, path, self.with(request, form)).await
    }

    /// A request with a form, or for a page.
    fn with(&self, request: RequestBuilder, form: Option<&[(&str, &str)]>) -> RequestBuilder {
        let Some(fields) = form else { return request.header(header::ACCEPT, "text/html") };
        let body = serde_html_form::to_string(fields).unwrap();
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.header(header::ORIGIN, &self.url).body(body)
    }

    async fn answered(reader: Reader, path: &str, request: RequestBuilder) -> Page {
        let answer = request.send().await.unwrap();
        let text = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, leads_to) = (answer.status().as_u16(), text(header::LOCATION));
        let is_html = text(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"));
        let bytes = answer.bytes().await.unwrap();
        let html = if is_html { String::from_utf8(bytes.to_vec()).unwrap() } else { String::new() };
        Page { leads_to, ..Page::new(reader, path, status, html) }
    }

    /// All letters, the newest first, once the worker has done what waits.
    pub(super) async fn letters(&self) -> Vec<Mail> {
        while self.app.worker(&self.url).round().await.unwrap() > 0 {}
        let view = self.database.view().await;
        view.letters(None, 1000).await.unwrap().rows
    }

    /// Somebody follows every link, from the page where they begin, and sees each page once. Letters are the same for
    /// everybody, so that one person opens them; a workflow is not checked again, for that is done one at a time.
    pub(super) async fn walk(&self, reader: Reader) -> Vec<Page> {
        let mut seen = Vec::new();
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        let mut next: VecDeque<String> = ["/".to_owned()].into();
        while let Some(path) = next.pop_front() {
            let page = self.get(reader, &path).await;
            // Where a letter leads is for whom it was written to.
            let links = if path.starts_with("/outbox/") { Vec::new() } else { page.links() };
            for to in links {
                let theirs = !to.starts_with("/outbox/") || reader == ADMINISTRATOR;
                if theirs && !to.ends_with("?check=again") && !known.contains_key(&to) && !page.narrows(&to) {
                    known.insert(to.clone(), path.clone());
                    next.push_back(to);
                }
            }
            let from = known.get(&path).cloned().unwrap_or_default();
            seen.push(Page { from, ..page });
        }
        seen
    }

    /// Ends it.
    pub(super) async fn close(self) {
        self.stop.send(()).unwrap();
        drop(self.requests);
        self.serving.await.unwrap();
        self.app.context.store.close().await.unwrap();
    }
}

/// The form of a page that is taken by a route.
fn form<'a>(page: &'a Page, to: &str) -> Option<Form<'a>> {
    html::forms(&page.pieces).into_iter().find(|form| form.posts() && route(&Method::POST, form.action()) == Some(to))
}

impl Page {
    /// Whether it has a form that is taken by a route.
    pub(super) fn asks(&self, to: &str) -> bool {
        form(self, to).is_some()
    }
}

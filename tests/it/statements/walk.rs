//! A demo that is served, and everybody who looks at everything in it.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    net::SocketAddr,
    time::{Duration, Instant},
};

use imprimatur::{
    app::App,
    config::{Config, Overrides},
    demo,
    domain::{Duty, PersonId, Standing},
    http::{health::Readiness, static_file},
    model::Person,
    present::Views,
    usecase::account,
};
use reqwest::Client;
use serde_json::Value;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::harness::database::Database;

/// Pages that one person looks at, at most; who has no duty sees less.
const PAGES: usize = 120;
const FEWER: usize = 30;

pub(super) struct Served {
    app: App,
    url: String,
    people: Vec<Person>,
    serving: JoinHandle<()>,
    _folder: TempDir,
}

impl Served {
    /// Plays the stories of the demo and serves what came of them.
    pub(super) async fn played(database: &Database) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let overrides = Overrides::default().with("data", folder.path().to_str().unwrap());
        let config = Config::load(&overrides, &BTreeMap::new()).unwrap().config;
        let (clock, ahead) = demo::clock();
        let views = Views::load(|name| static_file::url(name).unwrap_or_default()).unwrap();
        let app = App::wire(database.store.clone(), config, clock, views).unwrap().prepare().await.unwrap();
        let app = demo::play(app, &ahead).await.unwrap_or_else(|error| panic!("{error:#}"));
        let mut people = database.view().await.people("", None, 50).await.unwrap().rows;
        // Nobody else can sign in.
        people.retain(|person| person.standing == Standing::Active);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = app.router(Readiness::default()).unwrap();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { app, url, people, serving, _folder: folder }
    }

    async fn token(&self, person: PersonId) -> String {
        account::issue_token(&self.app.context, person).await.unwrap().token
    }

    /// Those who run the queue, and those who run the house.
    fn officers(&self) -> Vec<&Person> {
        self.people.iter().filter(|person| !person.duties.is_empty()).collect()
    }

    /// Every list with every filter in every order, each to its second page.
    pub(super) async fn lists(&self, author: Uuid) {
        let client = Client::new();
        let filters = [
            String::new(),
            "workflow=self-study".to_owned(),
            "workflow=self-study&state=assessment".to_owned(),
            format!("author={author}"),
            format!("person={author}"),
            "group=self-study-assessors".to_owned(),
            "attention=unassigned".to_owned(),
            "attention=overdue".to_owned(),
            "search=rotation07".to_owned(),
            "search=rotation".to_owned(),
            "search=rotation+cp-2019-0000123".to_owned(),
            "search=a".to_owned(),
            "search=nobodywroteit".to_owned(),
            "search=%25".to_owned(),
            "workflow=self-study&state=assessment&search=rotation&attention=overdue".to_owned(),
        ];
        let coordinator = self.people.iter().find(|person| person.duties.contains(&Duty::Coordinator)).unwrap();
        let token = self.token(coordinator.id).await;
        for filter in &filters {
            for life in ["", "&life=open", "&life=closed"] {
                for sort in ["oldest", "newest", "due-first", "title"] {
                    self.look(&client, &token, &format!("/queue?{filter}{life}&sort={sort}")).await;
                }
            }
        }
        for officer in self.officers() {
            let token = self.token(officer.id).await;
            for search in
                ["", "?search=ruth", "?search=a", "?search=nobodyiscalledso", "?search=rotation07", "?search=0"]
            {
                self.look(&client, &token, &format!("/people{search}")).await;
                self.look(&client, &token, &format!("/catalogue{search}")).await;
            }
        }
    }

    async fn look(&self, client: &Client, token: &str, path: &str) {
        let mut next = Some(format!("/api/v1{path}"));
        for _ in 0..2 {
            let Some(path) = next.take() else { break };
            let answer = client.get(format!("{}{path}", self.url)).bearer_auth(token).send().await.unwrap();
            assert!(answer.status().as_u16() < 500, "{path}: {}", answer.status());
            next = following(&answer);
        }
    }

    /// Everybody follows the links of their pages, one of each kind.
    pub(super) async fn pages(&self) {
        for person in &self.people {
            let client = Client::builder().cookie_store(true).build().unwrap();
            let enter = client
                .post(format!("{}/demo/sign-in", self.url))
                .header("origin", &self.url)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(format!("person={}", person.id));
            let entered = enter.send().await.unwrap();
            let status = entered.status();
            assert!(status.is_success(), "{}: {status} {}", person.name, entered.text().await.unwrap());
            let most = if person.duties.is_empty() { FEWER } else { PAGES };
            let (mut seen, mut waiting) =
                (BTreeSet::new(), VecDeque::from(["/".to_owned(), "/queue?search=rotation".to_owned()]));
            while let Some(path) = waiting.pop_front() {
                if seen.len() == most || !seen.insert(kind(&path)) {
                    continue;
                }
                let answer = client.get(format!("{}{path}", self.url)).send().await.unwrap();
                assert!(answer.status().as_u16() < 500, "{path}: {}", answer.status());
                let is_page =
                    answer.headers().get("content-type").is_some_and(|of| of.as_bytes().starts_with(b"text/html"));
                if is_page {
                    waiting.extend(links(&answer.text().await.unwrap()));
                }
            }
            assert!(seen.len() > 5, "{} saw {seen:?}", person.name);
        }
    }

    /// Officers and a few others ask whatever the API lets them read.
    pub(super) async fn api(&self) {
        let client = Client::new();
        let described: Value =
            client.get(format!("{}/api/openapi.json", self.url)).send().await.unwrap().json().await.unwrap();
        let view = self.app.context.store.view().await.unwrap();
        let filter = imprimatur::model::QueueFilter::default();
        let rows = view.queue(&filter, imprimatur::model::QueueSort::Newest, None, 3).await.unwrap().rows;
        let hash = view.current_definition("self-study").await.unwrap().unwrap().hash;
        drop(view);
        let others = self.people.iter().filter(|person| person.duties.is_empty()).take(3);
        for person in self.officers().into_iter().chain(others) {
            let token = self.token(person.id).await;
            for (path, methods) in described["paths"].as_object().unwrap() {
                if methods.get("get").is_none() {
                    continue;
                }
                for row in &rows {
                    let path = path
                        .replace("/workflows/{id}", "/workflows/self-study")
                        .replace("{workflow}", "self-study")
                        .replace("{hash}", &hash)
                        .replace("{reference}", &row.reference)
                        .replace("{track}", "assess")
                        .replace("{slug}", "self-study-assessors")
                        .replace("{id}", &person.id.to_string())
                        .replace("{person}", &person.id.to_string());
                    let path = path.trim_start_matches("/api/v1");
                    if !path.contains('{') {
                        self.look(&client, &token, path).await;
                    }
                }
            }
        }
        let ready = client.get(format!("{}/readyz", self.url)).send().await.unwrap();
        assert_eq!(ready.status().as_u16(), 200, "{:?}", ready.text().await);
    }

    /// Lets the worker run until something was done.
    pub(super) async fn work_until(&self, is_done: impl Fn() -> bool) {
        let stop = CancellationToken::new();
        let worker = tokio::spawn(self.app.worker(&self.url).run(stop.clone()));
        let begun = Instant::now();
        while !is_done() {
            assert!(begun.elapsed() < Duration::from_mins(1), "the worker does not get to it");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        stop.cancel();
        worker.await.unwrap();
    }

    pub(super) async fn close(self) {
        self.serving.abort();
        assert!(self.serving.await.unwrap_err().is_cancelled());
    }
}

/// Where the next page is.
fn following(answer: &reqwest::Response) -> Option<String> {
    let link = answer.headers().get("link")?.to_str().ok()?;
    let next = link.split(',').find(|link| link.contains("rel=\"next\""))?;
    let (_, rest) = next.split_once('<')?;
    rest.split_once('>').map(|(path, _)| path.to_owned())
}

/// The addresses on a page that stay in this house. Proving a workflow anew takes a minute here and asks nothing else.
fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links = links.map(|link| link.replace("&#x2F;", "/").replace("&amp;", "&"));
    let own = |link: &String| link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/static");
    let own = |link: &String| own(link) && !link.contains("check=again");
    links.filter(own).map(|link| link.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// A page's address without what names one of many.
fn kind(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts = path.split('/').map(|part| if part.contains(|c: char| c.is_ascii_digit()) { "#" } else { part });
    let names = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    format!("{}?{}", parts.collect::<Vec<_>>().join("/"), names.collect::<Vec<_>>().join("&"))
}

//! A lifecycle, every list, filter, search and count, and the check of readiness, with few, many and a million submissions side
//! by side: the time should not grow with the store.

use std::{collections::BTreeMap, time::Instant};

use imprimatur::domain::PersonId;
use reqwest::Client;

use crate::{
    lifecycle,
    multiply::{Filled, Original},
    number,
    office::Office,
};

/// A store of one size, served.
struct Measured {
    size: u64,
    office: Office,
    /// Somebody who has taken ten submissions to their credit.
    author: PersonId,
    /// The cookies of people who look at pages.
    cookies: [String; 4],
    /// The access tokens of the same.
    tokens: [String; 4],
}

pub(crate) async fn run() {
    let sizes = std::env::var("BENCH_SIZES").unwrap_or_else(|_| "1000,100000".to_owned());
    let mut stores = Vec::new();
    for size in sizes.split(',') {
        let size = size.trim().parse().expect("numbers with commas between them");
        let start = Instant::now();
        stores.push(Measured::filled(size).await);
        println!("# {size} submissions, filled in {:.0} s", start.elapsed().as_secs_f64());
    }
    println!("{:<58} {}", "# median ms of each, and in parts of the first", sizes);
    let rounds = number("BENCH_ROUNDS", 25);
    compare("lifecycle: seven calls with a 64 KiB file", &stores, rounds, Asked::Lifecycle).await;
    for (what, who, path) in questions() {
        compare(what, &stores, rounds, Asked::Path(who, path)).await;
    }
    for store in stores {
        store.office.close().await;
    }
}

#[derive(Clone, Copy)]
enum Who {
    Author,
    Assessor,
    Coordinator,
    Administrator,
    Nobody,
}

impl Who {
    /// What of four is theirs.
    fn of(self, [author, assessor, coordinator, administrator]: &[String; 4]) -> Option<&String> {
        match self {
            Self::Author => Some(author),
            Self::Assessor => Some(assessor),
            Self::Coordinator => Some(coordinator),
            Self::Administrator => Some(administrator),
            Self::Nobody => None,
        }
    }
}

enum Asked {
    Lifecycle,
    Path(Who, &'static str),
}

fn questions() -> Vec<(&'static str, Who, &'static str)> {
    use Who::{Administrator, Assessor, Author, Coordinator, Nobody};
    vec![
        ("readyz", Nobody, "/readyz"),
        ("queue, open, oldest first", Coordinator, "/api/v1/queue?life=open"),
        ("queue, everything, oldest first", Coordinator, "/api/v1/queue"),
        ("queue, everything, newest first", Coordinator, "/api/v1/queue?sort=newest"),
        ("queue, everything, due first", Coordinator, "/api/v1/queue?sort=due-first"),
        ("queue, everything, by title", Coordinator, "/api/v1/queue?sort=title"),
        ("queue, one state", Coordinator, "/api/v1/queue?workflow=self-study&state=assessment&life=open"),
        ("queue, one state, by title", Coordinator, "/api/v1/queue?workflow=self-study&state=assessment&sort=title"),
        (
            "queue, a state that nothing open is in",
            Coordinator,
            "/api/v1/queue?workflow=self-study&state=recognised&life=open",
        ),
        ("queue, one workflow", Coordinator, "/api/v1/queue?workflow=self-study"),
        ("queue, a workflow and a state", Coordinator, "/api/v1/queue?workflow=self-study&state=recognised"),
        ("queue, one group's turn", Coordinator, "/api/v1/queue?group=self-study-assessors&life=open"),
        ("queue, one author, oldest first", Coordinator, "/api/v1/queue?author={author}"),
        ("queue, one author, newest first", Coordinator, "/api/v1/queue?author={author}&sort=newest"),
        ("queue, unassigned", Coordinator, "/api/v1/queue?attention=unassigned"),
        ("queue, late", Coordinator, "/api/v1/queue?attention=overdue&life=open"),
        ("search, a word of one title", Coordinator, "/api/v1/queue?search=0000123"),
        ("search, ten titles by how a word begins", Coordinator, "/api/v1/queue?search=000012"),
        ("search, a word of every hundredth title", Coordinator, "/api/v1/queue?search=rotation07"),
        ("search, a word in every title", Coordinator, "/api/v1/queue?search=diabetes"),
        ("search, two words in every title", Coordinator, "/api/v1/queue?search=standards+diabetes"),
        ("search, a common and a rare word", Coordinator, "/api/v1/queue?search=diabetes+0000123"),
        ("search, a reference", Coordinator, "/api/v1/queue?search=CP-2019-0000123"),
        ("search, an author", Coordinator, "/api/v1/queue?search=author"),
        ("search, nothing found", Coordinator, "/api/v1/queue?search=nobodywrotethis"),
        ("page: queue with its count", Coordinator, "/queue"),
        ("page: queue, a search with its count", Coordinator, "/queue?search=rotation07"),
        ("page: queue, a state with its count", Coordinator, "/queue?state=self-study%2Fassessment"),
        ("page: home of a coordinator", Coordinator, "/"),
        ("page: home of an author", Author, "/"),
        ("page: home of an assessor", Assessor, "/"),
        ("page: workflows with what is open", Administrator, "/workflows"),
        ("page: one workflow", Administrator, "/workflows/self-study"),
        ("page: credit", Author, "/credits"),
        ("page: people", Administrator, "/people"),
        ("people, everybody", Administrator, "/api/v1/people"),
        ("people, a word that four have", Administrator, "/api/v1/people?search=no0000007"),
        ("people, a word that all have", Administrator, "/api/v1/people?search=author"),
        ("people, nobody found", Administrator, "/api/v1/people?search=nobodyiscalledso"),
        ("your turn", Assessor, "/api/v1/me/turn"),
        ("an author's own", Author, "/api/v1/submissions"),
        ("an author's credit", Author, "/api/v1/me/credits"),
        ("catalogue", Nobody, "/api/v1/catalogue"),
        ("catalogue, a word", Nobody, "/api/v1/catalogue?search=diabetes"),
    ]
}

/// Asks all stores in turn, so that what disturbs one disturbs all.
async fn compare(what: &str, stores: &[Measured], rounds: u64, asked: Asked) {
    let client = Client::new();
    let mut times: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for round in 0..=rounds {
        for store in stores {
            let taken = match &asked {
                Asked::Lifecycle => store.lifecycle(&client).await,
                Asked::Path(who, path) => store.ask(&client, *who, path).await,
            };
            // The first opens connections and prepares statements.
            if round > 0 {
                times.entry(store.size).or_default().push(taken);
            }
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let medians: Vec<f64> = times.values_mut().map(median).collect();
    let cells: Vec<String> = medians.iter().map(|ms| format!("{ms:>9.2}  {:>5.2}", ms / medians[0])).collect();
    println!("{what:<58} {}", cells.join("  "));
}

impl Measured {
    async fn filled(size: u64) -> Self {
        let office = Office::open().await;
        let client = Client::new();
        // A draft, one that waits for a group, one that somebody assesses, and one that gave credit.
        let mut originals = Vec::new();
        for (steps, share) in [(2, 0..1), (4, 1..4), (6, 4..8), (7, 8..20)] {
            let (id, token) = office.author_with_token().await;
            let submission = lifecycle::partly(&client, &office, &token, steps).await.expect("a submission");
            originals.push((id, submission, share));
        }
        office.rest().await;
        let filled = Filled::open(&office.address).await;
        let hex = if office.address.starts_with("sqlite") { "hex(id)" } else { "id::text" };
        let mut copied = Vec::new();
        for (author, reference, share) in originals {
            let found = filled.texts(&format!("SELECT {hex} FROM submission WHERE reference = '{reference}'")).await;
            let author = if hex == "hex(id)" { author.to_string().replace('-', "") } else { author.to_string() };
            copied.push(Original { submission: found[0].clone(), author, share });
        }
        filled.copy(&copied, 0..size).await;
        filled.close().await;
        office.app.context.store.migrate().await.expect("words");
        let (author, token) = office.author_with_token().await;
        for _ in 0..10 {
            lifecycle::partly(&client, &office, &token, 7).await.expect("a submission");
        }
        let [assessor, coordinator, administrator] = [office.assessor, office.coordinator, office.administrator];
        let mut cookies = Vec::new();
        let mut tokens = Vec::new();
        for person in [author, assessor, coordinator, administrator] {
            cookies.push(office.session(person).await);
            tokens.push(office.token(person).await);
        }
        let [cookies, tokens]: [[String; 4]; 2] = [cookies, tokens].map(|of_all| of_all.try_into().expect("of four"));
        Self { size, office, author, cookies, tokens }
    }

    async fn lifecycle(&self, client: &Client) -> f64 {
        let begun = Instant::now();
        lifecycle::partly(client, &self.office, &self.tokens[0], 7).await.expect("a lifecycle");
        begun.elapsed().as_secs_f64() * 1_000.0
    }

    async fn ask(&self, client: &Client, who: Who, path: &str) -> f64 {
        let path = path.replace("{author}", &self.author.to_string());
        let begun = Instant::now();
        let mut request = client.get(format!("{}{path}", self.office.url));
        if let (true, Some(token)) = (path.starts_with("/api"), who.of(&self.tokens)) {
            request = request.bearer_auth(token);
        } else if let Some(cookie) = who.of(&self.cookies) {
            request = request.header("cookie", cookie);
        }
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.bytes().await.expect("a body");
        begun.elapsed().as_secs_f64() * 1_000.0
    }
}

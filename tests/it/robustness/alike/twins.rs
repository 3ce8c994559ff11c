//! Two offices that are alike but for their databases, and what each of them answers to the same request.

use std::{
    collections::{BTreeMap, HashMap},
    env,
};

use imprimatur::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, header};
use serde_json::Value;
use uuid::Uuid;

use crate::harness::{
    client::{Answer, Client, send},
    database,
    house::House,
};

/// The noon at which both begin; their time goes on only where a history says so.
const BEGIN: Timestamp = Timestamp::constant(1_795_888_800, 0);

/// How much of a history is told where an answer differs.
const TOLD: usize = 12;

/// An office on SQLite and its twin on the server.
pub(super) struct Twins {
    pub(super) houses: [House; 2],
    names: [Names; 2],
    seed: u64,
    history: Vec<String>,
}

/// What is never the same in two offices, by the number that stands for it: `«12»`.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, usize>,
    names: Vec<String>,
}

/// A request to both.
#[derive(Clone, Debug)]
pub(super) struct Request {
    /// Who asks; nobody for those who say nothing about themselves.
    pub(super) who: Option<&'static str>,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<Vec<u8>>,
}

/// What was answered, without what is never the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<&'static str, String>,
    pub(super) body: Value,
}

impl Request {
    pub(super) fn get(who: &'static str, path: impl Into<String>) -> Self {
        Self { who: Some(who), method: Method::GET, path: path.into(), headers: Vec::new(), body: None }
    }

    pub(super) fn post(who: &'static str, path: impl Into<String>, body: &Value) -> Self {
        Self::get(who, path).with(Method::POST, body)
    }

    pub(super) fn with(self, method: Method, body: &Value) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        Self { method, headers, body: Some(body.to_string().into_bytes()), ..self }
    }

    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Twins {
    /// None where there is only one database.
    pub(super) async fn open(seed: u64) -> Option<Self> {
        env::var("TEST_DATABASE_URL").ok()?;
        let clock = || Clock::standing(BEGIN, std::sync::Arc::default());
        let houses = [
            House::at(clock(), database::in_sqlite().await, &[]).await,
            House::at(clock(), database::fresh().await, &[]).await,
        ];
        assert!(houses[0].database.is_sqlite() && !houses[1].database.is_sqlite());
        let mut twins = Self { houses, names: <[Names; 2]>::default(), seed, history: Vec::new() };
        for (house, names) in twins.houses.iter().zip(&mut twins.names) {
            for (_, person) in house.people() {
                names.number(&person.to_string());
            }
        }
        Some(twins)
    }

    /// What stands for somebody's id.
    pub(super) fn id(&mut self, key: &str) -> String {
        let person = self.houses[0].id(key).to_string();
        format!("«{}»", self.names[0].number(&person))
    }

    /// Sends a request to both; what they answer is the same.
    pub(super) async fn ask(&mut self, request: &Request) -> Told {
        self.history.push(format!("{request:?}"));
        let [first, second] = &self.houses;
        let (first, second) = tokio::join!(sent(first, &self.names[0], request), sent(second, &self.names[1], request));
        let urls = self.houses.each_ref().map(|house| house.url.clone());
        let told = self.names[0].told(&first, &urls[0]);
        let other = self.names[1].told(&second, &urls[1]);
        if told != other || told.status >= 500 {
            self.differ(&format!("SQLite: {told:#?}"), &format!("PostgreSQL: {other:#?}"));
        }
        told
    }

    /// Lets hours pass in both, and all that happens in them.
    pub(super) async fn wait(&mut self, hours: i64) {
        self.history.push(format!("{hours} hours later"));
        for house in &self.houses {
            assert!(house.app.context.clock.advance(SignedDuration::from_hours(hours)));
            imprimatur::usecase::account::rotate_keys(&house.app.context).await.unwrap();
            house.work().await;
        }
    }

    /// Every letter of both is the same.
    pub(super) async fn compare_letters(&mut self) {
        let mut letters = Vec::new();
        for (house, names) in self.houses.iter().zip(&mut self.names) {
            let mut told = Vec::new();
            for letter in house.letters().await {
                let text = names.text(&without_links(&letter.text.replace(&house.url, "")));
                told.push(format!("To {}: {}\n{text}", letter.to, names.text(&letter.subject)));
            }
            letters.push(told);
        }
        for (number, (first, second)) in letters[0].iter().zip(&letters[1]).enumerate() {
            if first != second {
                self.differ(&format!("SQLite, letter {number}: {first}"), &format!("PostgreSQL: {second}"));
            }
        }
        assert_eq!(letters[0].len(), letters[1].len(), "letters; seed {}", self.seed);
    }

    /// Ends both, and sees that they left everything in order.
    pub(super) async fn close(self) {
        for house in self.houses {
            house.close().await;
        }
    }

    #[track_caller]
    fn differ(&self, first: &str, second: &str) -> ! {
        let last: Vec<&str> = self.history.iter().rev().take(TOLD).rev().map(String::as_str).collect();
        let (seed, step) = (self.seed, self.history.len());
        panic!(
            "ALIKE_SEED={seed}: the databases differ at request {step}, after\n{}\n{first}\n{second}",
            last.join("\n")
        )
    }
}

impl Names {
    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len();
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// A text with the names of this office.
    fn named(&self, text: &str) -> String {
        let mut parts = text.split('«');
        let mut named = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part
                .split_once('»')
                .and_then(|(number, rest)| Some((self.names.get(number.parse::<usize>().ok()?)?, rest)))
            {
                Some((name, rest)) => named.extend([name.as_str(), rest]),
                None => named.extend(["«", part]),
            }
        }
        named
    }

    /// A text with numbers for the ids in it.
    fn text(&mut self, text: &str) -> String {
        let mut told = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let id =
                rest.split_at_checked(36).filter(|(id, _)| id.as_bytes()[8] == b'-' && Uuid::try_parse(id).is_ok());
            if let Some((id, after)) = id {
                told.extend(["«", &self.number(id).to_string(), "»"]);
                rest = after;
            } else {
                told.push(first);
                rest = rest.split_at(first.len_utf8()).1;
            }
        }
        told
    }

    fn value(&mut self, key: &str, value: &Value) -> Value {
        match value {
            Value::String(_) if matches!(key, "access_token" | "link" | "instance") => Value::Null,
            Value::Number(_) if key == "retry_after" => Value::Null,
            Value::String(text) if key == "next" => Value::String(format!("«{}»", self.number(text))),
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(values) => values.iter().map(|value| self.value(key, value)).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (self.text(key), self.value(key, value)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            _ => value.clone(),
        }
    }

    fn told(&mut self, answer: &Answer, url: &str) -> Told {
        let mut headers = BTreeMap::new();
        for name in ["content-type", "etag", "location", "www-authenticate", "allow", "content-disposition"] {
            let Some(value) = answer.headers.get(name).and_then(|value| value.to_str().ok()) else { continue };
            // A tag of what was read has a hash of its bytes, and those have ids in them.
            let value = if name == "etag" { value.split('-').next().unwrap_or_default() } else { value };
            headers.insert(name, self.text(&value.replace(url, "")));
        }
        headers.insert("link", answer.headers.contains_key(header::LINK).to_string());
        let body = match &answer.body {
            Value::Null => Value::String(String::from_utf8_lossy(&answer.bytes).into_owned()),
            body => self.value("", body),
        };
        Told { status: answer.status, headers, body }
    }
}

async fn sent(house: &House, names: &Names, request: &Request) -> Answer {
    let client: Client = request.who.map_or_else(|| house.nobody(), |who| house.person(who));
    let mut sent = client.request(request.method.clone(), &names.named(&request.path)).await;
    for (name, value) in &request.headers {
        sent = sent.header(*name, names.named(value));
    }
    if let Some(body) = &request.body {
        // What is no text has no names in it.
        let body = std::str::from_utf8(body).map_or_else(|_| body.clone(), |text| names.named(text).into_bytes());
        sent = sent.body(body);
    }
    send(sent).await
}

/// A letter without what only its reader knows.
fn without_links(text: &str) -> String {
    let mut parts = text.split("/welcome/");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str("/welcome/…");
        kept.push_str(part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    }
    kept
}

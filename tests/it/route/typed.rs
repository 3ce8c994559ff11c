//! Whatever people type or paste, wherever they can: never a fault of the server, and what is kept is clean.

use std::collections::BTreeSet;

use imprimatur::domain::Paragraphs;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::harness::{
    client::{Answer, Client, send},
    form::{self, PDF, asking, assessment},
    house::House,
};

/// What is known to have gone wrong somewhere.
const NASTY: [&str; 14] = [
    "",
    "\0",
    "a\0b",
    "pasted\u{b}from\u{c}Word\u{1e}or\u{1f}a PDF\rfile\u{85}here\u{2028}there\u{2029}",
    "tab\tin one line",
    "\u{200b}",
    "\u{3164}",
    "\u{2800}\u{2800}",
    "turned \u{202e}round",
    "\u{2066}isolated\u{2069}",
    "\u{200e}Ana\u{200f}",
    "می\u{200c}خواهم 👩\u{200d}⚕\u{fe0f}",
    "=?utf-8?q?Approved?=",
    "\u{feff}\u{ffff}\u{fffc}'; DROP TABLE \u{1b}[31m <script>",
];

/// Some of those, and anything.
fn typed() -> Vec<String> {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let anything = proptest::collection::vec(any::<char>(), 0..40).prop_map(|letters| letters.into_iter().collect());
    let random = std::iter::from_fn(|| anything.new_tree(&mut runner).ok().map(|tree| tree.current()));
    NASTY
        .iter()
        .map(|text| (*text).to_owned())
        .chain(["x".repeat(300), "é".repeat(20_000)])
        .chain(random.take(12))
        .collect()
}

/// Somebody who types one text everywhere.
struct Typist<'h> {
    house: &'h House,
    text: &'h str,
    answers: Vec<Answer>,
}

impl Typist<'_> {
    async fn says(&mut self, answer: impl Future<Output = Answer>) {
        self.answers.push(answer.await);
    }

    /// Fills in a form, sends it, has it looked at, answers what was asked, and gives up.
    async fn submits(&mut self) -> String {
        let (house, text) = (self.house, self.text);
        let (author, assessor) = (house.person("author"), house.person("assessor"));
        let reference = author.begin("self-study").await;
        self.says(author.answer(&reference, &json!({ "title": text, "source": text, "reflection": text.repeat(20) })))
            .await;
        for answers in [json!({ "title": text }), json!({ "source": text })] {
            self.says(author.answer(&reference, &answers)).await;
        }
        let mut whole = form::self_study(house, "2.00");
        whole.as_object_mut().expect("answers").retain(|question, _| !matches!(question.as_str(), "title" | "source"));
        author.answer(&reference, &whole).await.ok();
        if author.read(&reference).await["answers"].get("title").is_none() {
            author.answer(&reference, &json!({ "title": "A title" })).await.ok();
        }
        self.says(self.house.person("author").attach(&reference, "evidence", text, PDF)).await;
        author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
        self.says(author.fire(&reference, "submit", &json!({ "note": text }))).await;
        let _ = author.fire(&reference, "submit", &json!({})).await;
        assessor.claim(&reference, "assess").await.ok();
        let release = format!("/submissions/{reference}/tracks/assess/release");
        self.says(assessor.post(&release, &json!({ "reason": text }))).await;
        let _ = assessor.claim(&reference, "assess").await;
        let mut verdict = asking(assessment("revise"), ("hours", text));
        verdict["note"] = json!(text);
        verdict["rubric"]["remarks"] = json!(text);
        self.says(assessor.judge(&reference, "assess", &verdict)).await;
        let _ = assessor.judge(&reference, "assess", &asking(assessment("revise"), ("hours", "Why?"))).await;
        let declined = json!({ "resolution": "declined", "text": text });
        self.says(author.post(&format!("/submissions/{reference}/requests/1/resolution"), &declined)).await;
        self.says(author.resolve(&reference, 1, text)).await;
        self.says(house.person("second-assessor").recuse(&reference, text)).await;
        self.says(author.fire(&reference, "withdraw", &json!({ "note": text }))).await;
        reference
    }

    /// Names people, institutions and groups of rows in a longer form.
    async fn names(&mut self) -> String {
        let (author, text) = (self.house.person("author"), self.text);
        let reference = author.begin("course-accreditation").await;
        let named = json!({ "name": text, "email": format!("{}@faculty.example", text.replace(char::is_whitespace, "")), "part": text });
        for answers in [
            json!({ "faculty": [named] }),
            json!({ "faculty": [{ "name": text, "email": "ana@faculty.example", "part": "Speaker", "disclosure": text }] }),
            json!({ "agenda": [{ "title": text, "minutes": 60, "credit_minutes": 60 }] }),
            json!({ "place": text, "gap": text }),
        ] {
            self.says(author.answer(&reference, &answers)).await;
        }
        reference
    }

    /// Keeps the house: people, the organisation, the workflows.
    async fn keeps_house(&mut self, number: usize) {
        let (administrator, text) = (self.house.person("administrator"), self.text);
        let person = format!("/people/{}", self.house.id("lead"));
        let calendar = json!({ "holidays": [format!("12-25 {text}")], "meetings": [text] });
        for (method, path, body) in [
            (Method::PATCH, person.as_str(), json!({ "name": text })),
            (Method::PATCH, &person, json!({ "credentials": text, "affiliation": text })),
            (Method::PATCH, "/organisation", json!({ "name": text })),
            (Method::PATCH, "/organisation", json!({ "short": text })),
            (Method::PATCH, "/organisation", json!({ "time_zone": text })),
            (Method::PATCH, "/organisation", json!({ "calendar": calendar })),
            (Method::POST, "/people", json!({ "name": text, "email": format!("new{number}@academy.example") })),
            (Method::POST, "/people", json!({ "name": "New", "email": text, "groups": [text] })),
            (Method::POST, "/workflows/self-study/check", json!({ "source": text })),
            (Method::POST, "/workflows/self-study/check", json!({ "source": labelled(text) })),
        ] {
            self.says(change(&administrator, method, path, &body)).await;
        }
        let draft = format!("/workflows/typed-{number}/draft");
        let save = administrator.request(Method::PUT, &draft).await.header(header::IF_MATCH, "\"0\"");
        self.says(send(save.json(&json!({ "source": labelled(text) })))).await;
        let search = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        for path in ["/people", "/queue", "/catalogue"] {
            let path = format!("{path}?search={}", search.get(..2_000).unwrap_or(&search));
            self.says(administrator.get(&path)).await;
        }
    }
}

async fn change(administrator: &Client, method: Method, path: &str, body: &Value) -> Answer {
    send(administrator.request(method, path).await.json(body)).await
}

/// A workflow in which somebody wrote a text as the title.
fn labelled(text: &str) -> String {
    let shipped = include_str!("../../../workflows/self-study.yaml");
    shipped.replace("title: Recognition of documented self-study", &format!("title: {}", json!(text)))
}

/// Every text in what was answered.
fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Seen to fail: on a file called U+3164, which was kept under that name.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_typed_wherever_is_kept_clean_or_refused() {
    let house = House::open().await;
    let coordinator = house.person("coordinator");
    for (number, text) in typed().iter().enumerate() {
        let mut typist = Typist { house: &house, text, answers: Vec::new() };
        let references = [typist.submits().await, typist.names().await];
        typist.keeps_house(number).await;
        let failed: Vec<&Answer> = typist.answers.iter().filter(|answer| answer.status >= 500).collect();
        assert!(failed.is_empty(), "{text:?}: {failed:#?}");

        let mut kept = BTreeSet::new();
        for reference in references {
            texts(&house.person("author").read(&reference).await.ok(), &mut kept);
            texts(&json!(house.person("author").history(&reference).await), &mut kept);
            texts(&coordinator.read(&reference).await.body, &mut kept);
            texts(&coordinator.get(&format!("/submissions/{reference}/history")).await.body, &mut kept);
        }
        for path in ["/organisation".to_owned(), "/people".to_owned()] {
            texts(&house.person("administrator").get(&path).await.ok(), &mut kept);
        }
        for kept in kept {
            let again = Paragraphs::read(&kept).map(String::from);
            assert_eq!(again.as_deref(), Ok(kept.as_str()), "{text:?} is kept as {kept:?}");
        }
    }
    // Every letter about it can be written: nothing is given up.
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_asks_for_a_hundred_changes_and_no_more_and_a_note_has_an_end() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let reference = form::sent_self_study(&house, &author, "2.00").await;
    assessor.claim(&reference, "assess").await.ok();
    let asked = |count: usize| {
        let mut verdict = assessment("revise");
        verdict["requests"] = json!(vec![json!({ "question": "hours", "text": "Why?" }); count]);
        verdict
    };
    for count in [101, 20_000] {
        let message = assessor.judge(&reference, "assess", &asked(count)).await.faulty("/requests", "too-many");
        assert_eq!(message, "ask for at most 100 changes at once");
    }
    let mut long = asked(1);
    long["note"] = json!("x".repeat(1_900_000));
    assessor.judge(&reference, "assess", &long).await.faulty("/note", "too-long");
    long["note"] = json!("x".repeat(10_000));
    long["requests"][0]["text"] = json!("\u{202e}x");
    assessor.judge(&reference, "assess", &long).await.faulty("/requests/0/text", "characters");
    assessor.judge(&reference, "assess", &asked(100)).await.ok();
    house.close().await;
}

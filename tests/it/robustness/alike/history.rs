//! A history that chance writes: what people do, look for and get wrong.

use imprimatur::model::QueueSort;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::{Value, json};

use super::twins::{Request, Told, Twins};
use crate::harness::{
    form::{PDF, asking, assessment, content, course, interest, self_study},
    house::email,
};

/// Texts as people have them, and as they attack with them.
const TEXTS: [&str; 30] = [
    "Point-of-care ultrasound",
    "point-of-care ULTRASOUND",
    "Zażółć gęślą jaźń",
    "zazolc",
    "Mu\u{308}ller",
    "Müller",
    "MUELLER",
    "Weiß",
    "weiss",
    "İpek",
    "ipek",
    "O’Brien",
    "O'Brien",
    "ﬁne ﬂow",
    "COVID\u{2011}19",
    "Übung",
    "ubung",
    "zebra",
    "Zebra",
    "éclair",
    "100 %",
    "a_b",
    "a\\b%",
    "'; DROP TABLE person; --",
    "new\u{0}year",
    "tab\tand\r\nline\u{2028}end",
    "\u{202e}turned",
    "👩\u{200d}⚕\u{fe0f} नर्सि\u{200d}ंग می\u{200c}خواهم",
    "\u{200b}",
    "",
];

const FILES: [&str; 8] = [
    "log.pdf",
    "Größe.PDF",
    "CON.pdf",
    "scan.jpg",
    "a/b\\c.pdf",
    "\u{202e}fdp.exe",
    "no ending",
    "e\u{301}t\u{e9}.pdf",
];

const AUTHORS: [&str; 3] = ["author", "other-author", "third-reviewer"];

/// Who takes steps.
const ACTORS: [&str; 14] = [
    "author",
    "other-author",
    "assessor",
    "second-assessor",
    "lead",
    "sampler",
    "screener",
    "first-reviewer",
    "second-reviewer",
    "third-reviewer",
    "officer",
    "chair",
    "second-chair",
    "first-panel",
];

/// Everybody who looks.
pub(super) const READERS: [&str; 7] =
    ["author", "other-author", "coordinator", "auditor", "administrator", "assessor", "first-reviewer"];

const WORKFLOWS: [&str; 4] = ["self-study", "course-accreditation", "teaching", "disclosure"];

const GROUPS: [&str; 4] = ["self-study-assessors", "content-reviewers", "integrity", "committee"];

/// Numbers from a seed (Vigna's `SplitMix64`).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(most).unwrap()).unwrap()
    }

    pub(super) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn text(&mut self) -> &'static str {
        self.one(&TEXTS)
    }
}

/// What has happened so far, as far as chance builds on it.
pub(super) struct History {
    pub(super) chance: Chance,
    /// Everything that was begun, with its workflow and author.
    pub(super) begun: Vec<(String, &'static str, &'static str)>,
    /// What stands for people who were invited.
    invited: Vec<String>,
}

impl History {
    pub(super) fn new(seed: u64) -> Self {
        Self { chance: Chance(seed), begun: Vec::new(), invited: Vec::new() }
    }

    /// One more thing that somebody does.
    pub(super) async fn step(&mut self, twins: &mut Twins) {
        match self.chance.below(100) {
            0..=9 => self.begin(twins).await,
            10..=23 => self.answer(twins).await,
            24..=32 => self.attach(twins).await,
            33..=55 => self.take_an_offer(twins).await,
            56..=63 => self.run_the_queue(twins).await,
            64..=71 => self.keep_house(twins).await,
            72..=88 => self.look(twins).await,
            89..=95 => self.mistake(twins).await,
            _ => {
                let hours = self.chance.one(&[1, 5, 24, 24 * 3, 24 * 8]);
                twins.wait(hours).await;
            }
        }
    }

    pub(super) async fn begin(&mut self, twins: &mut Twins) {
        let (who, workflow) = (self.chance.one(&AUTHORS), self.chance.one(&WORKFLOWS));
        let workflow = if self.chance.below(2) == 0 { "self-study" } else { workflow };
        let key = format!("begin-{}", self.chance.below(1000));
        let request =
            Request::post(who, "/submissions", &json!({ "workflow": workflow })).header("idempotency-key", key);
        let told = twins.ask(&request).await;
        if let Some(reference) = told.body["reference"].as_str() {
            self.begun.push((reference.to_owned(), workflow, who));
        }
    }

    /// A submission, sooner one of the last.
    fn submission(&mut self) -> (String, &'static str, &'static str) {
        let recent = self.begun.len().saturating_sub(12);
        let from = if self.chance.below(4) == 0 { 0 } else { recent };
        self.begun[from + self.chance.below(self.begun.len() - from)].clone()
    }

    async fn answer(&mut self, twins: &mut Twins) {
        let (reference, workflow, author) = self.submission();
        let mut answers = match workflow {
            "self-study" => self_study(&twins.houses[0], self.chance.one(&["2.00", "8.00", "9.50", "0.1", "20"])),
            "course-accreditation" => course(&twins.houses[0], self.chance.one(&[20, 60, -3])),
            _ => json!({}),
        };
        match self.chance.below(4) {
            0 => answers = json!({ "title": self.chance.text() }),
            1 => answers["title"] = json!(self.chance.text()),
            2 => {
                let wrong = self.chance.one(&[
                    json!(null),
                    json!(7),
                    json!("many"),
                    json!(["a"]),
                    json!({ "a": "b" }),
                    json!(1e300),
                ]);
                answers = Value::Object(serde_json::Map::from_iter([(
                    self.chance.one(&["hours", "completed_on", "kind", "agenda", "faculty", "none"]).to_owned(),
                    wrong,
                )]));
            }
            _ => {}
        }
        let read = twins.ask(&Request::get(author, format!("/submissions/{reference}"))).await;
        let seen = match self.chance.below(8) {
            0 => "\"1\"".to_owned(),
            1 => "*".to_owned(),
            _ => format!("\"{}\"", read.body["version"]),
        };
        let path = format!("/submissions/{reference}/answers");
        let request = Request::get(author, path).with(Method::PATCH, &answers).header("if-match", seen);
        twins.ask(&request).await;
    }

    async fn attach(&mut self, twins: &mut Twins) {
        let (reference, workflow, author) = self.submission();
        let question = if workflow == "self-study" { "evidence" } else { "materials" };
        let question = if self.chance.below(12) == 0 { "hours" } else { question };
        if self.chance.below(6) == 0 {
            let read = twins.ask(&Request::get(author, format!("/submissions/{reference}/files"))).await;
            let Some(file) = read.body.pointer("/0/id").and_then(Value::as_str) else { return };
            let path = format!("/submissions/{reference}/files/{file}");
            twins.ask(&Request::get("coordinator", path.clone())).await;
            twins.ask(&Request { method: Method::DELETE, ..Request::get(author, path) }).await;
            return;
        }
        let name = utf8_percent_encode(self.chance.one(&FILES), NON_ALPHANUMERIC).to_string();
        let bytes = match self.chance.below(6) {
            0 => b"no file of any kind".to_vec(),
            1 => Vec::new(),
            _ => PDF.to_vec(),
        };
        let path = format!("/submissions/{reference}/files?question={question}");
        let mut request = Request::get(author, path).header("x-file-name", name);
        request.method = Method::POST;
        request.body = Some(bytes);
        twins.ask(&request).await;
    }

    /// Whatever the server offers to somebody.
    async fn take_an_offer(&mut self, twins: &mut Twins) {
        let (reference, _, author) = self.submission();
        let who = if self.chance.below(3) == 0 { author } else { self.chance.one(&ACTORS) };
        let told = twins.ask(&Request::get(who, format!("/submissions/{reference}/offers"))).await;
        let offers = told.body.as_array().cloned().unwrap_or_default();
        let possible: Vec<Value> = offers.iter().filter(|offer| offer["refusal"].is_null()).cloned().collect();
        // Giving up and stepping aside end what is going on: seldom.
        let onward =
            |offer: &Value| offer["act"] != "recuse" && offer["name"] != "withdraw" && offer["act"] != "release";
        let onward: Vec<Value> = possible.iter().filter(|offer| onward(offer)).cloned().collect();
        let from = if onward.is_empty() || self.chance.below(12) == 0 { &offers } else { &onward };
        if from.is_empty() {
            return;
        }
        let offer = self.chance.one(from);
        let (act, name) = (offer["act"].as_str().unwrap_or_default(), offer["name"].as_str().unwrap_or_default());
        let text = self.chance.text();
        let verdict = self.chance.one(&["approve", "approve", "approve", "revise", "reject"]);
        let body = match (act, name) {
            ("transition", "approve") => json!({ "note": text, "answers": { "credits": "4.00" } }),
            ("transition", _) if self.chance.below(3) == 0 => json!({ "note": "For the record." }),
            ("verdict", track) => {
                let body = match track {
                    "content" => content(verdict),
                    "interest" => interest(verdict),
                    _ => assessment(verdict),
                };
                if verdict == "revise" { asking(body, ("title", text)) } else { body }
            }
            ("resolution", _) if self.chance.below(3) == 0 => json!({ "resolution": "declined", "text": text }),
            ("resolution", _) => json!({ "resolution": "done", "text": text }),
            ("recuse" | "release", _) => json!({ "reason": text }),
            _ => json!({}),
        };
        let path = offer["path"].as_str().unwrap_or_default().trim_start_matches("/api/v1").to_owned();
        twins.ask(&Request::post(who, path, &body)).await;
    }

    async fn run_the_queue(&mut self, twins: &mut Twins) {
        let (reference, _, author) = self.submission();
        let of = format!("/submissions/{reference}");
        let text = self.chance.text();
        let somebody = self.chance.one(&ACTORS);
        let person = twins.id(somebody);
        let request = match self.chance.below(9) {
            0 | 1 => {
                let track = self.chance.one(&["assess", "content", "interest", "none"]);
                Request::post("coordinator", format!("{of}/tracks/{track}/assign"), &json!({ "person": person }))
            }
            2 => Request::post("coordinator", format!("{of}/remind"), &json!({})),
            3 => Request::post("coordinator", format!("{of}/recuse"), &json!({ "person": person, "reason": text })),
            4 => {
                let decision = self.chance.one(&["lift", "decided", "name-back"]);
                let body = json!({ "person": person, "decision": decision, "reason": text });
                Request::post("coordinator", format!("{of}/conflicts"), &body)
            }
            5 => {
                let body = json!({ "name": text, "email": format!("{somebody}@academy.example"), "right": "writes" });
                Request::post(author, format!("{of}/authors"), &body)
            }
            6 => Request::post(
                "coordinator",
                format!("{of}/hand-over"),
                &json!({ "email": email(somebody), "reason": text }),
            ),
            7 => Request::post(
                "coordinator",
                format!("{of}/redactions"),
                &json!({ "question": "source", "reason": text }),
            ),
            _ => Request::post(author, format!("{of}/again"), &json!({})),
        };
        twins.ask(&request).await;
    }

    async fn keep_house(&mut self, twins: &mut Twins) {
        let text = self.chance.text();
        let group = self.chance.one(&GROUPS);
        let somebody = self.chance.one(&["third-reviewer", "second-assessor", "second-officer", "other-author"]);
        let person = match self.invited.len() {
            0 => twins.id(somebody),
            _ if self.chance.below(2) == 0 => twins.id(somebody),
            _ => self.chance.one(&self.invited),
        };
        let office = |method: Method, path: String| Request { method, ..Request::get("administrator", path) };
        let request = match self.chance.below(9) {
            0 | 1 => {
                let address = format!("guest{}@academy.example", self.chance.below(40));
                let body =
                    json!({ "email": address, "name": text, "affiliation": self.chance.text(), "groups": [group] });
                let told = twins.ask(&Request::post("administrator", "/people", &body)).await;
                self.invited.extend(told.body["id"].as_str().map(str::to_owned));
                return;
            }
            2 => {
                let change = self.chance.one(&[
                    json!({ "standing": "suspended" }),
                    json!({ "standing": "active" }),
                    json!({ "affiliation": text }),
                    json!({ "name": text }),
                    json!({ "duties": ["auditor", "coordinator"] }),
                    json!({ "duties": [] }),
                ]);
                Request::get("administrator", format!("/people/{person}")).with(Method::PATCH, &change)
            }
            3 => office(Method::PUT, format!("/groups/{group}/members/{person}")),
            4 => office(Method::DELETE, format!("/groups/{group}/members/{person}")),
            5 => {
                Request::get("administrator", format!("/groups/{group}")).with(Method::PATCH, &json!({ "title": text }))
            }
            6 => office(self.chance.one(&[Method::PUT, Method::DELETE]), format!("/groups/{group}/places-wait")),
            7 => {
                let (first, last) = (self.chance.below(20), self.chance.below(20));
                let day = |days: usize| twins.houses[0].day(i64::try_from(days).unwrap()).to_string();
                let body = json!({ "first": day(first), "last": day(last + 5) });
                Request::post(somebody, "/me/absences", &body)
            }
            _ => Request::post("administrator", format!("/people/{person}/link"), &json!({})),
        };
        twins.ask(&request).await;
    }

    async fn look(&mut self, twins: &mut Twins) {
        let (reference, workflow, _) = self.submission();
        let who = self.chance.one(&READERS);
        let of = format!("/submissions/{reference}");
        let text = utf8_percent_encode(self.chance.text(), NON_ALPHANUMERIC).to_string();
        let path = match self.chance.below(22) {
            0..=4 => {
                let sort = self.chance.one(&SORTS);
                let more = self.chance.one(&[
                    "",
                    "&life=open",
                    "&life=closed",
                    "&attention=overdue",
                    "&attention=unassigned",
                    "&group=content-reviewers",
                ]);
                let of =
                    if self.chance.below(3) == 0 { format!("&workflow={workflow}&state=draft") } else { String::new() };
                format!("/queue?search={text}&sort={}{more}{of}", sort_name(sort))
            }
            5 | 6 => format!("/people?search={text}"),
            7 => format!("/catalogue?search={text}"),
            8 => format!("/trail?kind={}", self.chance.one(&["change", "sign-in", "refusal", "download"])),
            9 => format!("{of}/history?after={}", self.chance.below(5)),
            10 => format!("{of}/candidates/{}", self.chance.one(&["assess", "content", "interest"])),
            11 => format!("{of}/conflicts"),
            12 => "/groups".to_owned(),
            13 => "/me/turn".to_owned(),
            14 => "/me/shared".to_owned(),
            15 => self
                .chance
                .one(&["/setup", "/organisation", "/me/proposals", "/me/absences", "/me/credits", "/workflows"])
                .to_owned(),
            16 => "/outbox".to_owned(),
            17 => format!("/people/{}/copy", twins.id(who)),
            18 => format!("/workflows/{workflow}/versions"),
            19 => "/submissions".to_owned(),
            20 => format!("/queue?author={}&sort=title", twins.id("author")),
            _ => of,
        };
        pages(twins, who, &path).await;
    }

    /// What nobody should send.
    async fn mistake(&mut self, twins: &mut Twins) {
        let (reference, _, author) = self.submission();
        let of = format!("/submissions/{reference}");
        let text = utf8_percent_encode(self.chance.text(), NON_ALPHANUMERIC).to_string();
        let path = self.chance.one(&[
            format!("{of}/history?after=9223372036854775808"),
            format!("{of}/history?after=-1"),
            format!("/submissions/{text}"),
            format!("/submissions/{reference}%00"),
            format!("/submissions/{}", reference.to_lowercase()),
            format!("{of}/files/0190b5a0-0000-7000-8000-000000000000"),
            format!("{of}/files/%00"),
            format!("/people/{text}"),
            "/people/00000000-0000-0000-0000-000000000000".to_owned(),
            format!("/groups/{text}/members/0190b5a0-0000-7000-8000-000000000000"),
            "/queue?cursor=bnVsbA".to_owned(),
            "/queue?cursor=%00&sort=title".to_owned(),
            "/queue?cursor=WzEsMl0&sort=due-first".to_owned(),
            format!("/people?cursor=WyJcdTAwMDAiLCJcdTAwMDAiXQ&search={text}"),
            "/people?cursor=WyJhIiwiMDE5MGI1YTAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwIl0".to_owned(),
            format!("/queue?sort={text}"),
            format!("/queue?workflow={text}&state={text}"),
            format!("/queue?group={text}"),
            format!("/trail?from={text}"),
            "/trail?from=-009999-01-02T01:59:59Z&until=9999-12-30T22:00:00Z".to_owned(),
            format!("/catalogue/{text}"),
            format!("/workflows/{text}"),
            format!("/workflows/{text}/versions/{text}"),
            format!("/outbox?cursor={text}"),
        ]);
        let who = self.chance.one(&["administrator", "coordinator", "auditor", author]);
        let request = match self.chance.below(5) {
            0 => Request { method: Method::DELETE, ..Request::get("author", path) },
            1 => {
                let body = self.chance.one(&[
                    "{",
                    "[]",
                    "{\"a\":1}",
                    "null",
                    "{\"workflow\":\"\\u0000\"}",
                    "{\"workflow\":\"\\ud800\"}",
                    "\u{feff}{}",
                ]);
                let json = Request::get(author, "/submissions").with(Method::POST, &Value::Null);
                Request { body: Some(body.as_bytes().to_vec()), ..json }
            }
            _ => Request::get(who, path),
        };
        twins.ask(&request).await;
    }
}

const SORTS: [QueueSort; 4] = [QueueSort::Oldest, QueueSort::Newest, QueueSort::DueFirst, QueueSort::Title];

fn sort_name(sort: QueueSort) -> String {
    serde_json::to_value(sort).unwrap().as_str().unwrap().to_owned()
}

/// All pages of a list.
pub(super) async fn pages(twins: &mut Twins, who: &'static str, path: &str) -> Vec<Told> {
    let mut pages = vec![twins.ask(&Request::get(who, path)).await];
    while let Some(next) = pages.last().and_then(|page| page.body["next"].as_str()) {
        let parameter = if path.contains("/history") { "after" } else { "cursor" };
        let kept = path.split(['?', '&']).skip(1).filter(|pair| !pair.starts_with("after="));
        let query: Vec<String> = kept.map(str::to_owned).chain([format!("{parameter}={next}")]).collect();
        let address = format!("{}?{}", path.split('?').next().unwrap_or_default(), query.join("&"));
        pages.push(twins.ask(&Request::get(who, address)).await);
    }
    pages
}

/// Everything that can be read in the end.
pub(super) async fn read_everything(twins: &mut Twins, history: &History) {
    for who in ["coordinator", "auditor"] {
        for sort in SORTS {
            for life in ["", "&life=open", "&life=closed"] {
                pages(twins, who, &format!("/queue?sort={}{life}", sort_name(sort))).await;
            }
        }
    }
    for who in READERS {
        for path in
            ["/me", "/me/turn", "/me/credits", "/me/credits/totals", "/me/shared", "/me/absences", "/submissions"]
        {
            pages(twins, who, path).await;
        }
    }
    for path in ["/people", "/groups", "/trail", "/catalogue", "/outbox", "/setup", "/organisation", "/workflows"] {
        pages(twins, "administrator", path).await;
    }
    pages(twins, "auditor", "/trail").await;
    for (reference, _, author) in &history.begun {
        for who in [*author, "coordinator", "auditor"] {
            twins.ask(&Request::get(who, format!("/submissions/{reference}"))).await;
        }
        pages(twins, "auditor", &format!("/submissions/{reference}/history")).await;
        pages(twins, author, &format!("/submissions/{reference}/history")).await;
    }
    twins.compare_letters().await;
}

//! A course in review, the same in both worlds but for one thing.

use std::{fs, path::Path};

use imprimatur::domain::Duty;
use serde_json::{Value, json};

use crate::{
    harness::{
        browser::Browser,
        client::Client,
        form::{PDF, content, course, interest},
        house::{House, email},
    },
    route::blind::ESSAY,
};

/// What one of the worlds has otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secret {
    /// Who reviews.
    Reviewers,
    /// What the first reviewer is called.
    Name,
    /// What the first reviewer makes of it: approves, or asks for two changes.
    Verdict,
    /// How many changes are asked, and what is written beside.
    Requests,
    /// What the author writes in a second course, which was not sent yet.
    Draft,
    /// Who the author of an essay is, which is read blindly.
    Author,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum World {
    One,
    Other,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// One verdict is in, under seal; a second reviewer is at work.
    Review,
    /// All verdicts are in, and it waits for the committee to meet: nobody's turn, and nothing decided.
    Docket,
}

impl Secret {
    /// Who must not know.
    pub(super) fn kept_from(self, stage: Stage) -> &'static [&'static str] {
        match (self, stage) {
            // Who runs or audits the queue, without a conflict, may know all of the others.
            (Self::Draft, _) => {
                &["other-author", "coordinator", PLAIN, "auditor", "administrator", "screener", "fifth-reviewer"]
            }
            // The first reads and leaves the group after the verdict, the second could have read.
            (Self::Author, _) => &["assessor", "second-assessor"],
            // The second reviewer gave a verdict and left the group before the review was over.
            (Self::Verdict | Self::Requests, Stage::Docket) => {
                &["author", "other-author", "coordinator", "administrator", "sponsor", "fourth-reviewer"]
            }
            // Fellow reviewers learn one another's verdicts once all are in.
            (Self::Verdict | Self::Requests, Stage::Review) => &[
                "author",
                "other-author",
                "coordinator",
                "administrator",
                "sponsor",
                "fifth-reviewer",
                "fourth-reviewer",
                "second-officer",
            ],
            _ => &["author", "other-author", "coordinator", "administrator", "sponsor"],
        }
    }
}

/// A course in one of the worlds.
pub(super) struct Scene<'a> {
    pub(super) house: &'a House,
    pub(super) reference: String,
    pub(super) file: String,
    pub(super) workflow: &'static str,
    pub(super) track: &'static str,
    pub(super) section: &'static str,
    secret: Secret,
    world: World,
}

/// Runs the queue, and has no conflict.
const PLAIN: &str = "lead";

/// An office for it: with the workflows that are shipped, or with the one that is read blindly.
pub(super) async fn open(secret: Secret, workflows: &Path) -> House {
    let house = if secret == Secret::Author {
        fs::write(workflows.join("essay.yaml"), ESSAY).expect("a workflow");
        fs::create_dir_all(workflows.join("credits")).expect("a folder");
        House::open_with(&[("workflows", workflows.to_str().expect("a path"))]).await
    } else {
        House::open().await
    };
    house.change(PLAIN, |person| person.duties.extend([Duty::Coordinator])).await;
    house
}

/// The submission of which somebody must not know everything.
pub(super) async fn set(house: &House, secret: Secret, world: World) -> Scene<'_> {
    if secret == Secret::Author { essay(house, world).await } else { sent(house, secret, world).await }
}

/// An essay by one author or by another.
async fn essay(house: &House, world: World) -> Scene<'_> {
    let key = if world == World::One { "author" } else { "other-author" };
    let author = house.person(key);
    let reference = author.begin("essay").await;
    let writer = json!({ "name": key.replace('-', " "), "email": email(key), "part": "Writer", "disclosure": "" });
    let part = json!({ "what": "All of it", "whose": email(key) });
    let answers = json!({ "title": "On listening", "writers": [writer], "parts": [part] });
    author.answer(&reference, &answers).await.ok();
    if world == World::One {
        disclose(house, &author, &reference).await;
    }
    author.fire(&reference, "send", &json!({})).await.ok();
    let (workflow, track, section) = ("essay", "read", "essay");
    Scene { house, reference, file: NO_FILE.to_owned(), workflow, track, section, secret: Secret::Author, world }
}

/// The author has disclosed by a link, as not everybody has: that would tell who it is.
async fn disclose(house: &House, author: &Client, reference: &str) {
    let own = json!({ "email": email("author") });
    let asked = author.post(&format!("/submissions/{reference}/disclosures"), &own).await.ok();
    let link = asked[0]["link"].as_str().expect("a link");
    let stated = [("none", "yes"), ("signature", "A writer"), ("complete", "yes")];
    let path = link.strip_prefix(&house.url).expect("a link of the house");
    Browser::with(house, "").post(path, &stated).await.is(200);
}

const NO_FILE: &str = "0190b5a0-0000-7000-8000-000000000000";

/// A draft that nobody but its author knows.
async fn draft(house: &House, world: World) {
    let author = house.person("author");
    let reference = author.begin("course-accreditation").await;
    let answers = match world {
        World::One => json!({ "title": "Wounds of the foot" }),
        World::Other => json!({ "title": "Heliotrope rash", "place": "Omaha", "expected": 12 }),
    };
    author.answer(&reference, &answers).await.ok();
    if world == World::Other {
        author.attach(&reference, "materials", "rash.pdf", PDF).await.ok();
    }
}

/// A course in which another author speaks, and the one who runs the queue: to them it is in conflict.
async fn sent(house: &House, secret: Secret, world: World) -> Scene<'_> {
    let author = house.person("author");
    let reference = author.begin("course-accreditation").await;
    let mut answers = course(house, 30);
    for key in ["other-author", "coordinator"] {
        let named =
            json!({ "name": key, "email": format!("{key}@academy.example"), "part": "Speaker", "disclosure": "" });
        answers["faculty"].as_array_mut().expect("people").push(named);
    }
    author.answer(&reference, &answers).await.ok();
    author.attach(&reference, "materials", "slides.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    let file = author.read(&reference).await.ok()["files"][0]["id"].as_str().expect("a file").to_owned();
    house.person("screener").fire(&reference, "to-review", &json!({ "note": "Complete." })).await.ok();
    if (secret, world) == (Secret::Name, World::Other) {
        house.change("first-reviewer", |person| "Zdenka Unheard".clone_into(&mut person.name)).await;
    }
    if secret == Secret::Draft {
        draft(house, world).await;
    }
    let (workflow, track, section) = ("course-accreditation", "content", "course");
    Scene { house, reference, file, workflow, track, section, secret, world }
}

impl Scene<'_> {
    /// Goes on until there.
    pub(super) async fn reach(&self, stage: Stage) {
        if self.secret == Secret::Author {
            return self.read_to(stage).await;
        }
        let other = self.world == World::Other;
        let [first, second, officer] = match self.secret {
            Secret::Reviewers if other => ["third-reviewer", "second-reviewer", "second-officer"],
            _ => ["first-reviewer", "fourth-reviewer", "officer"],
        };
        match stage {
            Stage::Review => {
                for who in [first, second] {
                    self.house.person(who).claim(&self.reference, "content").await.ok();
                }
                self.house.person(first).judge(&self.reference, "content", &self.verdict()).await.ok();
            }
            Stage::Docket => {
                self.house.person(second).judge(&self.reference, "content", &content("approve")).await.ok();
                if matches!(self.secret, Secret::Verdict | Secret::Requests) {
                    self.house.leave("content-reviewers", second).await;
                }
                let officer = self.house.person(officer);
                officer.claim(&self.reference, "interest").await.ok();
                officer.judge(&self.reference, "interest", &interest("approve")).await.ok();
                assert_eq!(officer.state(&self.reference).await, "docket");
            }
        }
        self.house.work().await;
    }

    /// The same for an essay: one reader is at work, then gives a verdict and leaves.
    async fn read_to(&self, stage: Stage) {
        let reader = self.house.person("assessor");
        match stage {
            Stage::Review => drop(reader.claim(&self.reference, "read").await.ok()),
            Stage::Docket => {
                let verdict = json!({ "verdict": "approve", "note": "It listens." });
                reader.judge(&self.reference, "read", &verdict).await.ok();
                self.house.leave("self-study-assessors", "assessor").await;
            }
        }
        self.house.work().await;
    }

    fn verdict(&self) -> Value {
        let asked = |question: &str| json!({ "question": question, "text": format!("Say more of the {question}.") });
        let (verdict, note, requests) = match (self.secret, self.world) {
            (Secret::Verdict, World::Other) => ("revise", "The gap is shown.", vec![asked("gap"), asked("place")]),
            (Secret::Requests, World::One) => ("revise", "The gap is shown.", vec![asked("gap")]),
            (Secret::Requests, World::Other) => {
                ("revise", "I doubt this.", vec![asked("gap"), asked("place"), asked("title")])
            }
            _ => ("approve", "The gap is shown.", Vec::new()),
        };
        let mut given = content(verdict);
        given["note"] = json!(note);
        given["requests"] = json!(requests);
        given
    }
}

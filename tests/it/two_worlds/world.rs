//! A course in review, the same in both worlds but for one thing.

use serde_json::{Value, json};

use crate::harness::{
    form::{PDF, content, course, interest},
    house::House,
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
    secret: Secret,
    world: World,
}

/// A course in which another author speaks, and the one who runs the queue: to them it is in conflict.
pub(super) async fn set(house: &House, secret: Secret, world: World) -> Scene<'_> {
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
    Scene { house, reference, file, secret, world }
}

impl Scene<'_> {
    /// Goes on until there.
    pub(super) async fn reach(&self, stage: Stage) {
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
                let officer = self.house.person(officer);
                officer.claim(&self.reference, "interest").await.ok();
                officer.judge(&self.reference, "interest", &interest("approve")).await.ok();
                assert_eq!(officer.state(&self.reference).await, "docket");
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

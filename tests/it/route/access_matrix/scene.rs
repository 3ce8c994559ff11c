//! What is there to be asked about: two courses, in which everybody has a place.

use std::collections::BTreeMap;

use imprimatur::{
    clock::new_id,
    domain::{PersonId, SessionId, Standing},
    http::{Transport, cookie},
    model::Session,
    token::Opaque,
};
use jiff::SignedDuration;
use serde_json::json;

use super::{
    Route,
    actor::{ACTORS, Actor, Target},
};
use crate::harness::{
    form::{reviewed_course, sent_course},
    house::House,
};

/// The scene; whatever a request changed is set anew.
pub(super) struct Scene<'a> {
    pub(super) house: &'a House,
    review: Course,
    decision: Course,
    cookies: BTreeMap<&'static str, String>,
}

/// A course and the file that was handed in with it.
pub(super) struct Course {
    pub(super) reference: String,
    pub(super) file: String,
}

impl<'a> Scene<'a> {
    pub(super) async fn set(house: &'a House) -> Self {
        let decision = decision(house).await;
        let review = review(house).await;
        house.change("second-chair", |person| person.standing = Standing::Suspended).await;
        let mut scene = Self { house, review, decision, cookies: BTreeMap::new() };
        for actor in ACTORS {
            scene.sign_in(actor).await;
        }
        scene
    }

    /// The submission somebody asks about.
    pub(super) fn course(&self, actor: &Actor) -> &Course {
        match actor.target {
            Target::Review => &self.review,
            Target::Decision => &self.decision,
        }
    }

    /// Somebody's session cookie.
    pub(super) fn cookie(&self, actor: &Actor) -> Option<&String> {
        self.cookies.get(actor.name)
    }

    /// Sets anew what a request changed.
    pub(super) async fn mend(&mut self, route: &Route, actor: &Actor) {
        if route.path == "/sign-out" {
            self.sign_in(actor).await;
        }
        if route.is_about_a_submission() {
            match actor.target {
                Target::Review => self.review = review(self.house).await,
                Target::Decision => self.decision = decision(self.house).await,
            }
        }
    }

    async fn sign_in(&mut self, actor: &Actor) {
        let Some(key) = actor.key else { return };
        let (person, secret) = (self.house.id(key), Opaque::random());
        let now = self.house.app.context.clock.now();
        let tx = self.house.database.begin().await;
        tx.add_session(&Session {
            id: SessionId(new_id()),
            secret_hash: secret.hash(),
            person,
            created_at: now,
            seen_at: now,
            expires_at: now + SignedDuration::from_hours(2),
            agent: String::new(),
            address: "203.0.113.7".to_owned(),
        })
        .await
        .unwrap();
        tx.commit().await.unwrap();
        self.cookies.insert(actor.name, format!("{}={}", cookie::name(Transport::Plain), secret.text()));
    }

    /// Somebody to whom nothing is special: for routes about a person.
    pub(super) fn bystander(&self) -> PersonId {
        self.house.id("fifth-reviewer")
    }
}

/// A course in review: one reviewer is at work, one was assigned, one has a conflict, one could take the third seat.
async fn review(house: &House) -> Course {
    let reference = sent_course(house, &house.person("author"), 30).await;
    house.person("screener").fire(&reference, "to-review", &json!({})).await.ok();
    house.person("first-reviewer").claim(&reference, "content").await.ok();
    house.person("coordinator").assign(&reference, "content", house.id("second-reviewer")).await.ok();
    house.person("fourth-reviewer").recuse(&reference, "We published together this year.").await.ok();
    course(house, reference).await
}

/// A course that was reviewed.
async fn decision(house: &House) -> Course {
    let reference = reviewed_course(house, &house.person("author"), 30).await;
    course(house, reference).await
}

async fn course(house: &House, reference: String) -> Course {
    let read = house.person("author").read(&reference).await.ok();
    let file = read["files"][0]["id"].as_str().expect("a file").to_owned();
    Course { reference, file }
}

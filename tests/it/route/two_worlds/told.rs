//! All that one person can be told: every page, every answer of the API, refusals, letters.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::json;

use super::world::Scene;
use crate::harness::{
    client::{Answer, send},
    route::{self, Places},
};

/// What somebody is told, by where.
pub(super) type Answers = BTreeMap<String, String>;

/// Lists as they are searched, filtered and sorted.
const SEARCHED: &[&str] = &[
    "/api/v1/queue?person={reviewer}",
    "/api/v1/queue?group=content-reviewers",
    "/api/v1/queue?search=wounds",
    "/api/v1/queue?attention=unassigned",
    "/api/v1/queue?life=open&sort=due-first",
    "/queue?life=all&sort=title",
    "/queue?holder=content-reviewers",
    "/queue?search=author",
    "/api/v1/queue?search=heliotrope",
    "/api/v1/queue?life=draft",
    "/queue?life=all&search=heliotrope",
    "/api/v1/submissions/{reference}/history?after=2",
];

/// Acts that are not theirs.
const ACTS: &[&str] = &[
    "/submissions/{reference}/transitions/approve",
    "/submissions/{reference}/transitions/between",
    "/submissions/{reference}/tracks/content/verdict",
    "/submissions/{reference}/tracks/content/release",
    "/submissions/{reference}/requests/1/resolution",
    "/submissions/{reference}/requests/3/resolution",
    "/submissions/{reference}/remind",
];

/// Everything that somebody is told of a scene.
pub(super) async fn everything(scene: &Scene<'_>, who: &str) -> Answers {
    let (person, cookie) = (scene.house.person(who), scene.house.session(who).await);
    let mut told = Answers::new();
    for route in looks() {
        let path = path(scene, &route);
        let answer = if path.starts_with("/api/") || path.starts_with("/.well-known/") {
            person.get(&format!("/{path}")).await
        } else {
            send(scene.house.nobody().request(Method::GET, &format!("/{path}")).await.header("cookie", &cookie)).await
        };
        told.insert(format!("GET {route}"), written(&answer));
    }
    // Who reviews or runs the queue could do some of these; what they do is theirs to know.
    let turned_away = ["author", "other-author", "coordinator", "administrator", "sponsor", "auditor", "screener"];
    if turned_away.contains(&who) {
        for act in ACTS {
            let body = match *act {
                act if act.ends_with("verdict") => json!({ "verdict": "approve" }),
                act if act.ends_with("resolution") => json!({ "resolution": "done", "text": "Done." }),
                _ => json!({}),
            };
            let answer = person.post(&path(scene, act), &body).await;
            assert!(answer.status >= 400, "{who} may {act}: {answer:?}");
            told.insert(format!("POST {act}"), written(&answer));
        }
    }
    for (number, letter) in scene.house.letters_to(who).await.iter().enumerate() {
        told.insert(format!("letter {number}"), even(&format!("{}\n{}\n{}", letter.subject, letter.text, letter.html)));
    }
    told
}

/// All that can be looked at: what the description of the API and the table of pages have.
fn looks() -> BTreeSet<String> {
    let looks: BTreeSet<String> =
        route::all().into_iter().filter(|(method, _)| method == "GET").map(|(_, path)| path).collect();
    assert!(looks.len() > 60, "the routes are not where they are looked for");
    // It makes a secret anew whenever it is looked at, and knows of no submission.
    let looks = looks.into_iter().filter(|path| path != "/account/second-factor");
    looks.chain(SEARCHED.iter().map(|path| (*path).to_owned())).collect()
}

fn path(scene: &Scene<'_>, route: &str) -> String {
    let (person, reviewer) = (scene.house.id("second-chair").to_string(), scene.house.id("first-reviewer").to_string());
    let places = Places {
        reference: &scene.reference,
        file: &scene.file,
        person: &person,
        reviewer: &reviewer,
        workflow: scene.workflow,
        transition: "withdraw",
        track: scene.track,
        section: scene.section,
    };
    places.in_path(route)
}

fn written(answer: &Answer) -> String {
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
    even(&format!("{} {to}\n{}", answer.status, String::from_utf8_lossy(&answer.bytes)))
}

/// The same without what is never twice the same: ids, and the hour.
fn even(text: &str) -> String {
    let mut even = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_:.".contains(letter)));
        let (word, after) = rest.split_at(word.unwrap_or(rest.len()).max(first.len_utf8()));
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let is_time = digits >= 3 && word.contains(':');
        let is_id = word.len() >= 22 && digits >= 1;
        even.push_str(if is_time || is_id { "…" } else { word });
        rest = after;
    }
    // What somebody would be called who is erased is made of their id.
    let mut parts = even.split("Erased person ");
    let first = parts.next().unwrap_or_default().to_owned();
    even = parts.fold(first, |text, part| format!("{text}Erased person {}", part.get(4..).unwrap_or_default()));
    for ago in ["just now", "a minute ago", "1 minute ago", "2 minutes ago"] {
        even = even.replace(ago, "now");
    }
    even
}

//! One request: the route with somebody's values in it, sent as they would send it, and what they were told.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{
    RequestBuilder,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use super::{
    Route,
    actor::{Actor, Target},
    scene::Scene,
};
use crate::harness::{
    client::{Answer, send},
    form::PDF,
    route::Places,
};
use imprimatur::clock::new_id;

/// What somebody was told.
pub(super) struct Cell {
    pub(super) text: String,
}

impl Cell {
    fn of(answer: &Answer) -> Self {
        let to = answer.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
        let code = answer.body["refusal"]["code"].as_str();
        let text = match (answer.status, code) {
            (303, _) if to.starts_with("/sign-in") && !to.ends_with("sign-in") => ">in".to_owned(),
            (422, Some(code)) => format!("422 {code}"),
            (status, _) => status.to_string(),
        };
        Self { text }
    }

    /// Whether something was done.
    pub(super) fn changed(&self) -> bool {
        self.text.starts_with('2') || self.text == "303"
    }
}

impl Scene<'_> {
    /// Lets somebody ask.
    pub(super) async fn ask(&self, route: &Route, actor: &Actor) -> Cell {
        let path = self.path(route, actor);
        let request = if route.is_api() {
            let client = actor.key.map_or_else(|| self.house.nobody(), |key| self.house.person(key));
            let request = client.request(route.method(), &format!("/{path}")).await;
            if route.changes() { self.with_json(request, route, actor) } else { request }
        } else {
            let request = self.house.nobody().request(route.method(), &format!("/{path}")).await;
            let request = match self.cookie(actor) {
                Some(cookie) => request.header("cookie", cookie),
                None => request,
            };
            if route.changes() { self.with_form(request, route, actor) } else { request }
        };
        let answer = send(request).await;
        assert!(answer.status < 500 || route.path == "/outbox", "{route:?} by {}: {answer:?}", actor.name);
        Cell::of(&answer)
    }

    fn path(&self, route: &Route, actor: &Actor) -> String {
        let course = self.course(actor);
        let person = self.bystander().0.to_string();
        let transition = if actor.target == Target::Decision { "approve" } else { "withdraw" };
        let places = Places {
            reference: &course.reference,
            file: &course.file,
            person: &person,
            reviewer: &person,
            workflow: "self-study",
            transition,
            track: "content",
            section: "course",
        };
        let path = places.in_path(&route.path);
        // Uploading needs a question's name where a file's would stand.
        let upload = route.method == "POST" && route.path.ends_with("/files/{file}");
        match route.path.as_str() {
            "/api/v1/submissions/{reference}/files" => path + "?question=materials",
            _ if upload => path.replace(&course.file, "materials"),
            _ => path,
        }
    }

    /// A body that says enough to be understood and too little to be done, where there is such a thing.
    #[expect(clippy::too_many_lines, reason = "one body a route, to be read from top to bottom")]
    fn with_json(&self, request: RequestBuilder, route: &Route, actor: &Actor) -> RequestBuilder {
        let rest = route.path.strip_prefix("/api/v1").unwrap_or(&route.path);
        let bystander = self.bystander().0;
        let body = match (route.method.as_str(), rest) {
            ("PUT", "/workflows/{id}/draft") => {
                return request.header("if-match", "\"7\"").json(&json!({ "source": "format: 1" }));
            }
            ("POST", "/workflows/{id}/migrations") => json!({ "from": "0", "to": "1" }),
            ("POST", "/submissions") => json!({ "workflow": "self-study" }),
            ("PATCH", "/submissions/{reference}/answers") => {
                return request.header("if-match", "\"1\"").json(&json!({ "expected": "many" }));
            }
            ("POST", "/submissions/{reference}/files") => {
                return request.header("x-file-name", "log.pdf").body(PDF);
            }
            (
                "POST",
                "/token"
                | "/submissions/{reference}/transitions/{name}"
                | "/submissions/{reference}/tracks/{track}/release"
                | "/people/{id}/erasure"
                | "/people/{id}/link"
                | "/workflows/{id}/check"
                | "/workflows/{id}/draft/propose"
                | "/workflows/{id}/versions/{hash}/activate"
                | "/workflows/{id}/migrations/{plan}/run",
            ) => json!({}),
            ("POST", "/submissions/{reference}/tracks/{track}/verdict") => json!({ "verdict": "approve" }),
            ("POST", "/submissions/{reference}/tracks/{track}/assign") => json!({ "person": bystander }),
            ("DELETE", _)
            | ("PUT", "/groups/{slug}/members/{id}" | "/groups/{slug}/places-wait")
            | (
                "POST",
                "/submissions/{reference}/tracks/{track}/claim"
                | "/submissions/{reference}/tracks/{track}/declare"
                | "/submissions/{reference}/remind"
                | "/submissions/{reference}/again"
                | "/submissions/{reference}/hand-over/agree"
                | "/submissions/{reference}/hand-over/decline"
                | "/me/second-factor"
                | "/outbox/{name}/retry",
            ) => return request,
            ("POST", "/outbox/{name}/dismiss") => json!({ "reason": "They heard of it." }),
            ("PATCH", "/groups/{slug}") => json!({ "title": format!("Reviewers of {}", actor.name) }),
            ("POST", "/submissions/{reference}/recuse") => json!({ "reason": "We published together." }),
            ("POST", "/submissions/{reference}/requests/{number}/resolution") => {
                json!({ "resolution": "done", "text": "Done." })
            }
            ("POST", "/me/absences" | "/people/{id}/absences") => {
                json!({ "first": "2026-12-02", "last": "2026-12-01" })
            }
            ("POST", "/submissions/{reference}/authors") => {
                json!({ "name": "Somebody", "email": fresh_address(), "right": "reads" })
            }
            ("POST", "/submissions/{reference}/disclosures" | "/submissions/{reference}/hand-over")
            | ("PUT", "/people/{id}/address") => json!({ "email": fresh_address() }),
            ("POST", "/submissions/{reference}/redactions") => {
                json!({ "question": "description", "reason": "It names a patient." })
            }
            ("POST", "/submissions/{reference}/conflicts") => {
                json!({ "person": bystander, "decision": "lift", "reason": "Another of that name." })
            }
            ("POST", "/people") => json!({ "email": fresh_address(), "name": "Somebody New" }),
            ("PATCH", "/people/{id}") => json!({ "credentials": actor.name }),
            ("PATCH", "/me") => json!({ "name": "" }),
            ("POST", "/me/address") => json!({ "email": fresh_address(), "password": "" }),
            ("PUT", "/me/second-factor") => json!({ "secret": "", "code": "" }),
            ("POST", "/me/second-factor/recovery-codes") => json!({ "code": "" }),
            ("POST", "/me/second-factor/off") => json!({ "password": "", "code": "" }),
            ("POST", "/people/{id}/second-factor/end") => json!({ "reason": "" }),
            ("PATCH", "/organisation") => json!({ "name": format!("Academy of {}", actor.name) }),
            (method, path) => panic!("{method} {path} is new: say here what somebody would send"),
        };
        request.json::<Value>(&body)
    }

    /// Everything that any of the forms asks, and nothing that is right for all of them.
    fn with_form(&self, request: RequestBuilder, route: &Route, actor: &Actor) -> RequestBuilder {
        let request = request.header("sec-fetch-site", "same-origin");
        if route.path.ends_with("/files/{file}") {
            let file = Part::bytes(PDF).file_name("log.pdf");
            return request.multipart(Form::new().part("materials", file));
        }
        let address = fresh_address();
        let bystander = self.bystander().0.to_string();
        let fields = [
            ("reason", "We published together."),
            ("note", "Seen."),
            ("email", &address),
            ("password", "not a heron in sight"),
            ("name", actor.name),
            ("person", &bystander),
            ("resolution", "done"),
            ("decision", "lift"),
            ("days", "1"),
            ("title", actor.name),
        ];
        // Without a button the editor only checks, and whoever may look may have a text checked.
        let draft: &[(&str, &str)] = if route.path == "/workflows/{workflow}/edit" {
            &[("then", "save"), ("version", "0"), ("source", "format: 1")]
        } else if route.path == "/account" {
            &[("version", "0")]
        } else {
            &[]
        };
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        // A conflict of interest without a name is one's own.
        let own = route.path.ends_with("/conflict");
        let fields = fields.iter().filter(|(name, _)| !(own && *name == "person")).chain(draft);
        let fields: Vec<String> = fields.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        request.header("content-type", "application/x-www-form-urlencoded").body(fields.join("&"))
    }
}

fn fresh_address() -> String {
    format!("{}@academy.example", new_id())
}

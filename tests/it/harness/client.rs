//! Somebody who uses the API over HTTP, and what is answered to them.

use std::{fmt, ops::Index};

use imprimatur::{
    domain::PersonId,
    usecase::{Context, account},
};
use reqwest::{Body, Method, RequestBuilder, header};
use serde_json::{Value, json};

/// Where the API is.
const ROOT: &str = "/api/v1";

/// Somebody who sends requests.
#[derive(Clone)]
pub(crate) struct Client {
    requests: reqwest::Client,
    url: String,
    holder: Option<Holder>,
}

#[derive(Clone)]
enum Holder {
    /// Whoever the installation in this process issues tokens to.
    Issued { context: Box<Context>, person: PersonId },
    /// Whoever has this token.
    Token(String),
}

/// What was answered.
#[must_use]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: header::HeaderMap,
    /// The body.
    pub(crate) bytes: Vec<u8>,
    /// The body as JSON; null where it is none.
    pub(crate) body: Value,
    asked: String,
}

impl Client {
    /// Somebody with an access token.
    pub(super) fn of(requests: reqwest::Client, url: String, context: Context, person: PersonId) -> Self {
        Self { requests, url, holder: Some(Holder::Issued { context: Box::new(context), person }) }
    }

    /// Somebody with a token of a server that is another process.
    pub(crate) fn with_token(url: String, token: String) -> Self {
        Self { requests: reqwest::Client::new(), url, holder: Some(Holder::Token(token)) }
    }

    /// The same, with connections of another kind.
    pub(crate) fn over(self, requests: reqwest::Client) -> Self {
        Self { requests, ..self }
    }

    /// Somebody without one.
    pub(super) fn anonymous(requests: reqwest::Client, url: String) -> Self {
        Self { requests, url, holder: None }
    }

    /// A fresh access token.
    pub(crate) async fn token(&self) -> String {
        match self.holder.as_ref().expect("somebody") {
            Holder::Token(token) => token.clone(),
            Holder::Issued { context, person } => account::issue_token(context, *person).await.unwrap().token,
        }
    }

    /// A request with the token, at a path below `/api/v1`, or anywhere else where it starts with two slashes.
    pub(crate) async fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = path
            .strip_prefix('/')
            .filter(|rest| rest.starts_with('/'))
            .map_or_else(|| format!("{ROOT}{path}"), str::to_owned);
        let request = self.requests.request(method, format!("{}{path}", self.url));
        if self.holder.is_some() { request.bearer_auth(self.token().await) } else { request }
    }

    /// Reads.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path).await).await
    }

    /// Sends JSON.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request(Method::POST, path).await.json(body)).await
    }

    /// Deletes.
    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path).await).await
    }

    /// Begins a submission; gives its reference.
    pub(crate) async fn begin(&self, workflow: &str) -> String {
        let begun = self.post("/submissions", &json!({ "workflow": workflow })).await.ok();
        begun["reference"].as_str().expect("a reference").to_owned()
    }

    /// A submission as this person sees it.
    pub(crate) async fn read(&self, reference: &str) -> Answer {
        self.get(&format!("/submissions/{reference}")).await
    }

    /// The id of the state it is in.
    pub(crate) async fn state(&self, reference: &str) -> String {
        let read = self.read(reference).await.ok();
        read["state"]["id"].as_str().expect("a state").to_owned()
    }

    /// Changes answers of the current version.
    pub(crate) async fn answer(&self, reference: &str, answers: &Value) -> Answer {
        let seen = self.read(reference).await.etag();
        self.answer_version(reference, &seen, answers).await
    }

    /// Changes answers of a given version.
    pub(crate) async fn answer_version(&self, reference: &str, etag: &str, answers: &Value) -> Answer {
        let request = self.request(Method::PATCH, &format!("/submissions/{reference}/answers")).await;
        send(request.header(header::IF_MATCH, etag).json(answers)).await
    }

    /// Uploads a file as it is.
    pub(crate) async fn attach(&self, reference: &str, question: &str, name: &str, bytes: impl Into<Body>) -> Answer {
        let path = format!("/submissions/{reference}/files?question={question}");
        let request = self.request(Method::POST, &path).await;
        let name = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string();
        let request = request.header("x-file-name", name).header(header::CONTENT_TYPE, "application/octet-stream");
        send(request.body(bytes)).await
    }

    /// A file's bytes as they come.
    pub(crate) async fn download(&self, reference: &str, file: &str) -> reqwest::Response {
        let request = self.request(Method::GET, &format!("/submissions/{reference}/files/{file}")).await;
        request.send().await.expect("an answer").error_for_status().expect("the file")
    }

    /// Takes a transition; `with` has note, answers and requests.
    pub(crate) async fn fire(&self, reference: &str, transition: &str, with: &Value) -> Answer {
        self.post(&format!("/submissions/{reference}/transitions/{transition}"), with).await
    }

    /// Takes a place in a review.
    pub(crate) async fn claim(&self, reference: &str, track: &str) -> Answer {
        self.post(&format!("/submissions/{reference}/tracks/{track}/claim"), &json!({})).await
    }

    /// Declares that there is no conflict of interest.
    pub(crate) async fn declare(&self, reference: &str, track: &str) -> Answer {
        self.post(&format!("/submissions/{reference}/tracks/{track}/declare"), &json!({})).await
    }

    /// Gives somebody a place in a review.
    pub(crate) async fn assign(&self, reference: &str, track: &str, person: PersonId) -> Answer {
        self.post(&format!("/submissions/{reference}/tracks/{track}/assign"), &json!({ "person": person.0 })).await
    }

    /// Judges.
    pub(crate) async fn judge(&self, reference: &str, track: &str, with: &Value) -> Answer {
        self.post(&format!("/submissions/{reference}/tracks/{track}/verdict"), with).await
    }

    /// Declares a conflict of interest of one's own.
    pub(crate) async fn recuse(&self, reference: &str, reason: &str) -> Answer {
        self.post(&format!("/submissions/{reference}/recuse"), &json!({ "reason": reason })).await
    }

    /// Answers a change request.
    pub(crate) async fn resolve(&self, reference: &str, number: u64, text: &str) -> Answer {
        let path = format!("/submissions/{reference}/requests/{number}/resolution");
        self.post(&path, &json!({ "resolution": "done", "text": text })).await
    }

    /// The history, all pages of it.
    pub(crate) async fn history(&self, reference: &str) -> Vec<Value> {
        let mut events = Vec::new();
        let mut after = 0;
        loop {
            let page = self.get(&format!("/submissions/{reference}/history?after={after}")).await.ok();
            let items = page["items"].as_array().expect("events").clone();
            let Some(last) = items.last() else { return events };
            after = last["sequence"].as_u64().expect("a number");
            events.extend(items);
        }
    }

    /// Sums of credit by type.
    pub(crate) async fn totals(&self) -> Value {
        self.get("/me/credits/totals").await.ok()
    }

    /// References of what waits for this person.
    pub(crate) async fn turn(&self) -> Vec<String> {
        let page = self.get("/me/turn").await.ok();
        let items = page["items"].as_array().expect("rows");
        items.iter().map(|row| row["reference"].as_str().expect("a reference").to_owned()).collect()
    }
}

/// Sends a request.
pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let (client, request) = request.build_split();
    let request = request.unwrap();
    let asked = format!("{} {}", request.method(), request.url().path());
    let response = client.execute(request).await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap().to_vec();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Answer { status, headers, bytes, body, asked }
}

impl Answer {
    /// The body, where all went well.
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }

    /// The version of what was answered, without what says how it was answered.
    #[track_caller]
    pub(crate) fn version(&self) -> String {
        let tag = self.etag();
        tag.split_once('-').map_or(tag.clone(), |(version, _)| format!("{version}\""))
    }

    /// The tag of what was answered.
    #[track_caller]
    pub(crate) fn etag(&self) -> String {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.headers.get(header::ETAG).expect("an ETag").to_str().unwrap().to_owned()
    }

    /// It is refused with a status, as a problem that says something.
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        if status >= 400 {
            let kind = self.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
            assert_eq!(kind, Some("application/problem+json"), "{self:?}");
            assert!(self.body["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{self:?}");
        }
        self.body
    }

    /// The workflow says no, with this code.
    #[track_caller]
    pub(crate) fn refused(self, code: &str) -> Value {
        assert_eq!((self.status, self.body["refusal"]["code"].as_str()), (422, Some(code)), "{self:?}");
        self.is(422)
    }

    /// The input is at fault: at this place, with this code. A place with a slash is in the body, one without is a
    /// parameter of the address.
    #[track_caller]
    pub(crate) fn faulty(self, place: &str, code: &str) -> String {
        assert_eq!(self.status, 422, "{self:?}");
        self.names(place, code)
    }

    /// The same for any status.
    #[track_caller]
    pub(crate) fn names(self, place: &str, code: &str) -> String {
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let kind = if place.is_empty() || place.starts_with('/') { "pointer" } else { "parameter" };
        let fault = errors.iter().find(|fault| fault[kind] == place && fault["code"] == code);
        let Some(fault) = fault else { panic!("no {code} at {place}: {self:?}") };
        fault["detail"].as_str().expect("a sentence").to_owned()
    }
}

impl Index<&str> for Answer {
    type Output = Value;

    fn index(&self, field: &str) -> &Value {
        &self.body[field]
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = String::from_utf8_lossy(&self.bytes);
        write!(f, "{}: {} {}", self.asked, self.status, body.chars().take(3000).collect::<String>())
    }
}

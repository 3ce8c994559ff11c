//! Changes asked of the author, coming in and going out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    domain::DocumentId,
    http::problem::{Fault, Kind, Place, Problem},
    workflow::{About, ChangeAsked, ChangeRequest, Resolution},
};

/// A change to ask of the author: about a question or a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"question": "reflection", "text": "Say what you will do differently."}))]
pub(in crate::http::api) struct AskedIn {
    /// The question it is about.
    question: Option<String>,
    /// The file it is about.
    file: Option<Uuid>,
    /// What is to change and why.
    #[schema(max_length = 10_000)]
    text: String,
}

/// A change asked of the author.
#[derive(Serialize, ToSchema)]
pub(in crate::http::api) struct RequestOut {
    /// Its number within the submission.
    number: u32,
    /// The question it is about.
    question: Option<String>,
    /// The file it is about.
    file: Option<Uuid>,
    /// What is to change and why.
    text: String,
    /// When it was asked.
    at: Timestamp,
    /// How the author answered; none while it is open.
    resolution: Option<ResolvedOut>,
    /// What the author said to it.
    reply: Option<String>,
}

/// How a change was answered.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum ResolvedOut {
    /// It was made.
    Done,
    /// It was not, for a reason.
    Declined,
}

/// The author's answer to a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, tag = "resolution", rename_all = "kebab-case")]
#[schema(example = json!({"resolution": "done", "text": "Added the second page."}))]
pub(in crate::http::api) enum ResolutionIn {
    /// Done; with what was done.
    Done {
        /// What was done.
        #[schema(max_length = 10_000)]
        text: Option<String>,
    },
    /// Not done; with the reason.
    Declined {
        /// Why not.
        #[schema(max_length = 10_000)]
        text: String,
    },
}

impl AskedIn {
    /// What the engine takes; exactly one of question and file must be named.
    pub(in crate::http::api) fn read(self, place: usize) -> Result<ChangeAsked, Problem> {
        let about = match (self.question, self.file) {
            (Some(question), None) => About::Question(question),
            (None, Some(file)) => About::Document(DocumentId(file)),
            _ => return Err(unclear(place)),
        };
        Ok(ChangeAsked { about, text: self.text })
    }

    pub(in crate::http::api) fn read_all(asked: Vec<Self>) -> Result<Vec<ChangeAsked>, Problem> {
        asked.into_iter().enumerate().map(|(place, asked)| asked.read(place)).collect()
    }
}

impl RequestOut {
    /// A request of a submission.
    pub(super) fn of(request: &ChangeRequest) -> Self {
        let (question, file) = match &request.asked.about {
            About::Question(question) => (Some(question.clone()), None),
            About::Document(document) => (None, Some(document.0)),
        };
        let (resolution, reply) = match &request.resolution {
            None => (None, None),
            Some(Resolution::Done(text)) => (Some(ResolvedOut::Done), text.clone()),
            Some(Resolution::Declined(text)) => (Some(ResolvedOut::Declined), Some(text.clone())),
        };
        let text = request.asked.text.clone();
        Self { number: request.number, question, file, text, at: request.at, resolution, reply }
    }
}

impl From<ResolutionIn> for Resolution {
    fn from(answer: ResolutionIn) -> Self {
        match answer {
            ResolutionIn::Done { text } => Self::Done(text),
            ResolutionIn::Declined { text } => Self::Declined(text),
        }
    }
}

fn unclear(place: usize) -> Problem {
    let fault = Fault {
        place: Place::Pointer(format!("/requests/{place}")),
        code: "subject".to_owned(),
        detail: "name either the question or the file that is to change".to_owned(),
    };
    let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    let detail = "A request must be about one question or one file.";
    Problem { errors: vec![fault], ..Problem::new(Kind::Invalid, status, "Something needs attention", detail) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: serde_json::Value) -> Result<ChangeAsked, Problem> {
        serde_json::from_value::<AskedIn>(value).expect("of its shape").read(2)
    }

    #[test]
    fn a_request_is_about_exactly_one_thing() {
        let asked = read(json!({"question": "hours", "text": "too many"})).expect("about a question");
        assert_eq!(asked.about, About::Question("hours".to_owned()));
        for value in [
            json!({"text": "too many"}),
            json!({"question": "hours", "file": "0192f0c4-0000-7000-8000-000000000000", "text": "which?"}),
        ] {
            let problem = read(value).expect_err("unclear");
            assert_eq!(
                problem.errors.first().map(|fault| &fault.place),
                Some(&Place::Pointer("/requests/2".to_owned()))
            );
        }
    }

    #[test]
    fn declining_takes_a_reason_and_nothing_unknown() {
        let read = |value| serde_json::from_value::<ResolutionIn>(value).map(Resolution::from).ok();
        assert_eq!(read(json!({"resolution": "done"})), Some(Resolution::Done(None)));
        let declined = json!({"resolution": "declined", "text": "it is there"});
        assert_eq!(read(declined), Some(Resolution::Declined("it is there".to_owned())));
        assert_eq!(read(json!({"resolution": "declined"})), None);
        assert_eq!(read(json!({"resolution": "done", "colour": "red"})), None);
    }
}

//! The one place where a use case's error becomes an HTTP status.
//!
//! Not visible 404, visible and not allowed 403, nobody signed in 401, changed by somebody else 409 (412 where the
//! request said `If-Match`; [`super::answer`] knows), the workflow says no 422.

use std::sync::Arc;

use axum::http::StatusCode;

use super::problem::{Fault, Kind, Place, Problem};
use crate::{
    clock,
    domain::phrase::sentence,
    present::error::SECOND_FACTOR_FIRST,
    usecase::{Error, Lack},
    workflow::{FieldFault, Refusal},
};

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = sentence(&error.to_string());
        match error {
            Error::NotFound => Self::not_found(),
            Error::Gone(_) => Self::new(Kind::NotFound, StatusCode::GONE, "No longer there", detail),
            Error::Forbidden(_) => Self::new(Kind::Forbidden, StatusCode::FORBIDDEN, "Not allowed", detail),
            Error::Unauthenticated => {
                Self::new(Kind::Unauthenticated, StatusCode::UNAUTHORIZED, "Sign in first", detail)
            }
            Error::CodeNeeded => Self::new(Kind::CodeRequired, StatusCode::UNAUTHORIZED, "A code is needed", detail),
            Error::SecondFactorOwed => {
                Self::new(Kind::SecondFactorRequired, StatusCode::FORBIDDEN, SECOND_FACTOR_FIRST, detail)
            }
            Error::Stale => Self::new(Kind::Stale, StatusCode::CONFLICT, "Changed in the meantime", detail),
            Error::Conflict(_) => Self::new(Kind::Conflict, StatusCode::CONFLICT, "Contradiction", detail),
            Error::TooLarge { .. } => Self::new(Kind::TooLarge, StatusCode::PAYLOAD_TOO_LARGE, "Too large", detail),
            Error::Refused(refusal) => refused(&refusal, detail),
            Error::Invalid(faults) => Self { errors: faults.iter().map(Fault::from).collect(), ..invalid(detail) },
            Error::Throttled { retry_after } => Self {
                retry_after: Some(u64::try_from(retry_after.as_secs()).unwrap_or_default().max(1)),
                ..Self::new(Kind::Throttled, StatusCode::TOO_MANY_REQUESTS, "Too many attempts", detail)
            },
            Error::Unavailable(lack, cause) => Self { cause: Some(Arc::new(cause)), ..Self::lacking(lack) },
            Error::Damaged => Self { detail, ..Self::internal(None) },
            Error::Internal(cause) => Self::internal(Some(cause)),
        }
    }
}

impl Problem {
    /// Something is missing for now (503).
    #[must_use]
    pub fn lacking(lack: Lack) -> Self {
        let (kind, title, (soon, late)) = match lack {
            Lack::Answer => (Kind::Unavailable, "Not available now", (4, 12)),
            Lack::Turn => (Kind::Unavailable, "Too many at once", (2, 8)),
            Lack::Room => (Kind::NoRoom, "No room left", (30, 90)),
            Lack::Writing => (Kind::NoRoom, "Nothing can be saved now", (30, 90)),
        };
        let problem = Self::new(kind, StatusCode::SERVICE_UNAVAILABLE, title, sentence(&lack.to_string()));
        Self { retry_after: Some(scattered(soon, late)), ..problem }
    }

    /// The same where a file was to be kept: what lacks room says 507 (RFC 4918, 11.5).
    #[must_use]
    pub fn of_upload(self) -> Self {
        let status = if self.kind == Kind::NoRoom { StatusCode::INSUFFICIENT_STORAGE } else { self.status };
        Self { status, ..self }
    }
}

/// A number between two, so that those who are told to come back do not come all at once.
fn scattered(soon: u64, late: u64) -> u64 {
    let [random, ..] = clock::random();
    soon + u64::from(random) % (late - soon + 1)
}

impl From<&FieldFault> for Fault {
    fn from(fault: &FieldFault) -> Self {
        Self {
            place: Place::Pointer(format!("/{}", fault.field)),
            code: fault.code.clone(),
            detail: fault.message.clone(),
        }
    }
}

fn invalid(detail: String) -> Problem {
    Problem::new(Kind::Invalid, StatusCode::UNPROCESSABLE_ENTITY, "Something needs attention", detail)
}

fn refused(refusal: &Refusal, detail: String) -> Problem {
    let errors = match refusal {
        Refusal::Fields { faults } => faults.iter().map(Fault::from).collect(),
        _ => Vec::new(),
    };
    Problem {
        errors,
        refusal: serde_json::to_value(refusal).ok(),
        ..Problem::new(Kind::Refused, StatusCode::UNPROCESSABLE_ENTITY, "Not possible now", detail)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn every_error_has_its_status() {
        let fault = FieldFault { field: "agenda/2/minutes".into(), code: "missing".into(), message: "enter it".into() };
        let cases = [
            (Error::NotFound, 404),
            (Error::Forbidden("ask the coordinator".into()), 403),
            (Error::Unauthenticated, 401),
            (Error::CodeNeeded, 401),
            (Error::SecondFactorOwed, 403),
            (Error::Stale, 409),
            (Error::Refused(Refusal::OwnWork), 422),
            (Error::Invalid(vec![fault]), 422),
            (Error::Conflict("this address is taken".into()), 409),
            (Error::TooLarge { limit: 5 }, 413),
            (Error::Throttled { retry_after: SignedDuration::from_secs(7) }, 429),
            (Error::Unavailable(Lack::Answer, anyhow::anyhow!("SELECT secret FROM person")), 503),
            (Error::Unavailable(Lack::Turn, anyhow::anyhow!("SELECT secret FROM person")), 503),
            (Error::Unavailable(Lack::Room, anyhow::anyhow!("SELECT secret FROM person")), 503),
            (Error::Unavailable(Lack::Writing, anyhow::anyhow!("SELECT secret FROM person")), 503),
            (Error::Damaged, 500),
            (Error::Internal(anyhow::anyhow!("SELECT secret FROM person")), 500),
        ];
        for (error, status) in cases {
            let name = format!("{error:?}");
            let problem = Problem::from(error);
            assert_eq!(problem.status.as_u16(), status, "{name}");
            let json = serde_json::to_string(&problem).unwrap();
            assert!(!json.contains("SELECT"), "{json}");
        }
    }

    #[test]
    fn who_is_to_come_back_is_told_when_and_not_all_at_once() {
        let told: std::collections::BTreeSet<_> =
            (0..100).map(|_| Problem::lacking(Lack::Turn).retry_after.unwrap()).collect();
        assert!(told.len() > 3 && told.iter().all(|seconds| (2..=8).contains(seconds)), "{told:?}");
    }

    #[test]
    fn a_refusal_carries_its_code_and_values() {
        let problem = Problem::from(Error::Refused(Refusal::NoSeat { track: "content".into(), seats: 2 }));
        assert_eq!(
            serde_json::to_value(&problem).unwrap(),
            serde_json::json!({
                "type": "urn:imprimatur:problem:refused",
                "title": "Not possible now",
                "status": 422,
                "detail": "All 2 places in the review 'content' are taken.",
                "refusal": {"code": "no-seat", "track": "content", "seats": 2},
            })
        );
    }

    #[test]
    fn faults_point_into_the_input() {
        let fault = FieldFault { field: "agenda/2/minutes".into(), code: "missing".into(), message: "enter it".into() };
        let problem = Problem::from(Error::Refused(Refusal::Fields { faults: vec![fault] }));
        assert_eq!(problem.errors[0].place, Place::Pointer("/agenda/2/minutes".to_owned()));
    }
}

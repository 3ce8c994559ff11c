//! Disclosures that people give themselves.

use jiff::Timestamp;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::domain::{Email, PersonId, Relationship, SubmissionId};

/// Somebody who is named in a submission was asked for their disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosureRequest {
    /// Its id.
    pub id: Uuid,
    /// Where they are named.
    pub submission: SubmissionId,
    /// Their address, as it stands there.
    pub email: Email,
    /// Their name, as it stood there.
    pub name: String,
    /// Who asked.
    pub asked_by: PersonId,
    /// When.
    pub asked_at: Timestamp,
    /// When they were asked again.
    pub replaced_at: Option<Timestamp>,
}

/// A link by which a request is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosureLink {
    /// The request.
    pub request: DisclosureRequest,
    /// How it came to the person.
    pub way: LinkWay,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// How a link comes to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, IntoStaticStr, EnumString, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LinkWay {
    /// By letter to their address.
    Letter,
    /// Handed on by whoever asked, where no letters are sent.
    HandedOn,
}

/// What somebody stated and signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenDisclosure {
    /// Its id.
    pub id: Uuid,
    /// The request that it answers.
    pub request: Uuid,
    /// For which submission they were asked.
    pub submission: SubmissionId,
    /// Whose it is.
    pub email: Email,
    /// How their link came to them.
    pub way: LinkWay,
    /// Each financial relationship; none where they stated that there is none.
    pub relationships: Vec<Relationship>,
    /// What they signed.
    pub statement: String,
    /// Their name as they typed it.
    pub signature: String,
    /// When.
    pub given_at: Timestamp,
}

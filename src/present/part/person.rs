//! People and groups of the organisation.

use serde::Serialize;

use super::{Filter, Pager, Tag};
use crate::present::View;

/// Everybody. The form is a GET to `/people`; parameter of the search is `search`.
#[derive(Clone, Debug, Serialize)]
pub struct People {
    /// As typed.
    pub search: String,
    /// What it can be narrowed by.
    pub filters: Vec<Filter>,
    /// Who was found.
    pub rows: Vec<PersonRow>,
    /// The way through them.
    pub pager: Pager,
    /// Where somebody is invited, for those who may.
    pub invite: Option<String>,
}

/// Somebody.
#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    /// The person's page.
    pub href: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// `Coordinator`, `Content reviewers`; in words.
    pub parts: Vec<String>,
    /// `Active`, `Invited`, `Suspended`, `Named only`.
    pub standing: Tag,
}

/// The groups that workflows give roles to.
#[derive(Clone, Debug, Serialize)]
pub struct Groups {
    /// One by one.
    pub rows: Vec<GroupRow>,
    /// Where one is added, for those who may.
    pub add: Option<String>,
}

/// One group.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    /// Its page.
    pub href: String,
    /// As people read it.
    pub name: String,
    /// As workflows name it.
    pub slug: String,
    /// Active members.
    pub members: Vec<String>,
    /// `Content reviewer in Accreditation of a self-produced course`.
    pub roles: Vec<String>,
    /// `Has 3 members, 5 are needed`.
    pub alarm: Option<String>,
}

impl View for People {
    const TEMPLATE: &'static str = "page/people_list.html";
}

impl View for Groups {
    const TEMPLATE: &'static str = "page/group_list.html";
}

//! The public catalogue of accredited activities.

use serde::Serialize;

use super::{Fact, Pager, ShownPerson, Tag};
use crate::present::View;

/// The catalogue. The form is a GET to `/catalogue`; parameter of the search is `search`.
#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    /// As typed.
    pub search: String,
    /// What was found.
    pub activities: Vec<ActivityRow>,
    /// The way through it.
    pub pager: Pager,
}

/// One activity in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ActivityRow {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: String,
    /// Who offers it.
    pub provider: String,
    /// `4.25`.
    pub maximum: String,
    /// `AMA PRA Category 1 Credit`.
    pub credit: String,
    /// When and where, or until when.
    pub period: String,
}

/// One activity, for everybody to read.
#[derive(Clone, Debug, Serialize)]
pub struct Activity {
    /// `CA-2026-0007`.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Who offers it.
    pub provider: String,
    /// `Accredited`, `Accreditation ended`.
    pub state: Tag,
    /// The designation statement, word for word.
    pub designation: Option<String>,
    /// `4.25`.
    pub maximum: String,
    /// `AMA PRA Category 1 Credit`.
    pub credit: String,
    /// Format, date, place, audience, valid until.
    pub facts: Vec<Fact>,
    /// What participants will be able to do.
    pub objectives: Vec<String>,
    /// Who teaches, with what learners must know of financial relationships.
    pub faculty: Vec<ShownPerson>,
    /// Commercial support, or that there is none.
    pub support: Option<String>,
}

impl View for Catalogue {
    const TEMPLATE: &'static str = "page/catalogue_list.html";
}

impl View for Activity {
    const TEMPLATE: &'static str = "page/activity_read.html";
}

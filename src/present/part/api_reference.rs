//! The reference of the API, made from its `OpenAPI` description.

use serde::Serialize;

use crate::present::View;

/// The reference.
#[derive(Clone, Debug, Serialize)]
pub struct ApiReference {
    /// `Imprimatur API`.
    pub title: String,
    /// Of the software.
    pub version: String,
    /// Where it is reached, for the examples.
    pub base: String,
    /// Operations by what they are about.
    pub groups: Vec<ApiGroup>,
}

/// Operations about one thing.
#[derive(Clone, Debug, Serialize)]
pub struct ApiGroup {
    /// Its anchor.
    pub id: String,
    /// As read.
    pub title: String,
    /// One by one.
    pub operations: Vec<Operation>,
}

/// One method of one path.
#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    /// Its anchor: method and path.
    pub id: String,
    /// `GET`.
    pub method: String,
    /// `/api/v1/submissions/{id}`.
    pub path: String,
    /// In a line.
    pub summary: String,
    /// In more.
    pub description: String,
    /// What goes into address and headers.
    pub parameters: Vec<Parameter>,
    /// What goes into the body: its type, and an example.
    pub body: Option<Content>,
    /// What comes back.
    pub responses: Vec<Response>,
}

/// One parameter.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header`.
    pub place: String,
    /// `string (uuid)`.
    pub kind: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it is.
    pub description: String,
}

/// A body.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// `application/json`.
    pub media_type: String,
    /// The name of its schema.
    pub schema: String,
    /// An example, already laid out.
    pub example: Option<String>,
}

/// One answer.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
    /// `201`.
    pub status: String,
    /// When it comes.
    pub description: String,
    /// Its body.
    pub content: Option<Content>,
}

impl View for ApiReference {
    const TEMPLATE: &'static str = "page/api_reference.html";
}

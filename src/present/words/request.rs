//! A change that is asked of the author: what it is about, and how it was answered.

use super::words;
use crate::{
    model::Document,
    workflow::{About, Definition, Resolution},
};

/// What a request is about; `documents` are the submission's files, where they are at hand.
pub(crate) fn about(definition: &Definition, documents: Option<&[Document]>, about: &About) -> String {
    match about {
        About::Question(id) => definition.question(id).map_or_else(|| words(id), |question| question.label.clone()),
        About::Document(id) => {
            let Some(documents) = documents else { return "a file".to_owned() };
            let found = documents.iter().find(|document| document.id == *id);
            found.map_or_else(|| REMOVED.to_owned(), |found| found.name.clone())
        }
    }
}

/// A file that is there no more.
const REMOVED: &str = "A file that was taken away";

/// The question that it belongs to; nothing for a file that was taken away.
pub(crate) fn question<'a>(documents: &'a [Document], about: &'a About) -> Option<&'a str> {
    match about {
        About::Question(id) => Some(id),
        About::Document(id) => {
            documents.iter().find(|document| document.id == *id).map(|document| document.question.as_str())
        }
    }
}

/// How a request was answered.
pub(crate) fn resolution(resolution: &Resolution) -> String {
    match resolution {
        Resolution::Done(None) => "Changed.".to_owned(),
        Resolution::Done(Some(what)) => format!("Changed: {what}"),
        Resolution::Declined(why) => format!("Left as it is: {why}"),
    }
}

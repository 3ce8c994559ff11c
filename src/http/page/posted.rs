//! A form that was posted with files in it: what was typed is kept, files are taken in while they stream.

use axum::{
    RequestExt,
    extract::{Multipart, Request, multipart::Field},
    http::header,
};

use super::context::{SignedInPage, key};
use crate::{
    http::{
        Problem,
        upload::{SILENCE, paced, refused},
    },
    numbers,
    present::{error::Kept, form::data::FormData},
    usecase::{
        Error,
        document::{self, Upload},
    },
    workflow::FieldFault,
};

/// Everything typed into one form, in bytes: forms of workflows are far smaller.
const TYPED: usize = 2_000_000;

/// A form as it came.
#[derive(Debug, Default)]
pub(super) struct Posted {
    pub(super) typed: FormData,
    /// How many files were taken in: each has raised the submission's version by one.
    pub(super) taken: u64,
    /// Files that were not taken, and why, by question.
    pub(super) faults: Vec<FieldFault>,
}

impl Posted {
    /// Reads a form about a submission; a file that is refused stops neither the others nor what was typed.
    pub(super) async fn read(reader: &SignedInPage, reference: &str, request: Request) -> Result<Self, Problem> {
        if !is_multipart(&request) {
            let typed = request.extract::<FormData, _>().await?;
            return Ok(Self { typed, ..Self::default() });
        }
        let uri = request.uri().clone();
        let mut form: Multipart = request.extract().await?;
        let mut posted = Self::default();
        let (mut room, mut lacking) = (TYPED, None);
        while let Some(mut field) = form.next_field().await? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                None => {
                    let value = text(&mut field, &mut room).await?;
                    posted.typed.0.push((name, value));
                }
                // A file control with nothing chosen posts a part with an empty name.
                Some(file) if file.is_empty() => {}
                // Nothing can be stored for now: the rest is read only for what was typed.
                Some(_) if lacking.is_some() => {}
                Some(file) => {
                    lacking = posted.take(reader, reference, Upload { question: name, name: file }, field).await.err();
                }
            }
        }
        match lacking {
            None => Ok(posted),
            Some(problem) => Err(Problem { typed: Kept::of(&uri, posted.typed.0), ..problem }),
        }
    }

    /// The same for a form of one question whose file control has another name.
    pub(super) async fn read_for(
        reader: &SignedInPage,
        reference: &str,
        question: &str,
        request: Request,
    ) -> Result<Self, Problem> {
        let mut form: Multipart = request.extract().await?;
        let mut posted = Self::default();
        while let Some(field) = form.next_field().await? {
            if let Some(file) = field.file_name().map(str::to_owned).filter(|file| !file.is_empty()) {
                posted.take(reader, reference, Upload { question: question.to_owned(), name: file }, field).await?;
            }
        }
        Ok(posted)
    }

    async fn take(
        &mut self,
        reader: &SignedInPage,
        reference: &str,
        upload: Upload,
        field: Field<'_>,
    ) -> Result<(), Problem> {
        let bytes = Box::pin(paced(field, SILENCE));
        match document::upload(&reader.call, &key(reference), &upload, bytes).await {
            Ok((_, document)) => {
                numbers::received(document.size);
                self.taken += 1;
            }
            Err(error) => self.faults.extend(about(error, &upload).map_err(refused)?),
        }
        Ok(())
    }
}

/// What is wrong with a file, told by its question and its name; anything else is not about the file.
fn about(error: Error, Upload { question, name }: &Upload) -> Result<Vec<FieldFault>, Error> {
    let fault = |code: &str, message: &str| FieldFault {
        field: question.clone(),
        code: code.to_owned(),
        message: format!("“{name}”: {message}"),
    };
    match error {
        Error::Invalid(faults) => Ok(faults.iter().map(|found| fault(&found.code, &found.message)).collect()),
        Error::TooLarge { .. } => Ok(vec![fault("too-large", &error.to_string())]),
        other => Err(other),
    }
}

async fn text(field: &mut Field<'_>, room: &mut usize) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        *room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge { limit: TYPED.try_into().unwrap_or(u64::MAX) })?;
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|fault| Problem::malformed(format!("The form is not UTF-8 text: {fault}.")))
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data"))
}

//! What `doctor` says of documents: whether each is there, and with `--deep` whether each byte of it is right.

use super::{Findings, said};
use crate::usecase::{
    Context, Error,
    document::{self, Depth, Left, Oddity},
    installation,
};

pub(super) async fn documents(context: &Context, depth: Depth, findings: &mut Findings) -> Result<(), Error> {
    let agreed = installation::agreed(context).await;
    let apart = agreed.is_err();
    findings.none("database and documents belong together", agreed.err().map(said));
    let last = document::last_sweep(context).await?.and_then(|last| last.left);
    let stopped = last.filter(|left| matches!(left, Left::TooMany { .. })).map(|left| left.to_string());
    findings.none("the sweep of removed documents goes on", stopped);
    if apart {
        return Ok(());
    }
    let (mut faulty, mut unknown) = (Vec::new(), Vec::new());
    let looked = document::survey(context, depth, |oddity| match oddity {
        Oddity::Faulty(stored, fault) => faulty.push(format!("{} “{}” {fault}", stored.key, stored.name)),
        Oddity::Unknown(place) => unknown.push(format!("{place} is nothing that the database knows")),
        // The server takes away what is left of an upload that became a document.
        Oddity::Healed(_) | Oddity::Left(_) => {}
    });
    let surveyed = match looked.await {
        Ok(surveyed) => surveyed,
        Err(error) => {
            findings.none("documents can be looked at", Some(said(error)));
            return Ok(());
        }
    };
    let number = surveyed.documents;
    findings.none(
        &match depth {
            Depth::Sizes => format!("every document is there and has its size ({number}); `--deep` reads them"),
            Depth::Contents => format!("every byte of every document is as it was uploaded ({number})"),
        },
        faulty,
    );
    findings.none("nothing else lies among the documents", unknown);
    Ok(())
}

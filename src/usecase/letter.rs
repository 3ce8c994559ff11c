//! Letters: written down with their delivery in one transaction, delivered after it.

use super::{Context, Error, enqueue};
use crate::{
    domain::{Effect, MailId},
    model::{Mail, Page, Queued},
};

/// Puts letters into the outbox; one that was written before, by its dedupe key, is not written again.
pub async fn write(context: &Context, letters: &[Mail]) -> Result<(), Error> {
    if letters.is_empty() {
        return Ok(());
    }
    let tx = context.store.begin().await?;
    // Nobody writes to who wanted to be forgotten.
    for letter in letters.iter().filter(|letter| !letter.to.is_erased()) {
        if tx.add_mail(letter).await? == Queued::Added {
            enqueue(&tx, &Effect::Deliver { mail: letter.id }, context.clock.now()).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// A letter that is still to be sent, if it is.
pub async fn unsent(context: &Context, id: MailId) -> Result<Option<Mail>, Error> {
    let letter = context.store.view().await?.mail(id).await?;
    Ok(letter.filter(|letter| letter.sent_at.is_none() && letter.dropped_at.is_none()))
}

/// Notes that a letter was handed to the mail server.
pub async fn sent(context: &Context, id: MailId) -> Result<(), Error> {
    let tx = context.store.begin().await?;
    tx.mail_sent(id, context.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// A page of the demo's outbox, newest first; nobody else can read other people's letters.
pub async fn outbox(context: &Context, cursor: Option<&str>) -> Result<Page<Mail>, Error> {
    if context.demo.is_none() {
        return Err(Error::NotFound);
    }
    Ok(context.store.view().await?.letters(cursor, 50).await?)
}

/// One letter of the demo's outbox.
pub async fn open(context: &Context, id: MailId) -> Result<Mail, Error> {
    if context.demo.is_none() {
        return Err(Error::NotFound);
    }
    context.store.view().await?.mail(id).await?.ok_or(Error::NotFound)
}

//! A forgotten password: whoever reads the letters of an address chooses a new one.

use jiff::SignedDuration;

use super::sign_in::{Bucket, Client, attempt};
use crate::{
    domain::{Effect, Email, Standing},
    usecase::{Context, Error, enqueue},
};

/// How long a link to choose another password stands.
pub const RESET: SignedDuration = SignedDuration::from_mins(60);
/// Letters to one address within an hour, so that nobody's mailbox is filled by others.
const ADDRESS_TRIES: u32 = 5;
/// What one client may ask for within an hour.
const CLIENT_TRIES: u32 = 50;

/// Somebody says that they forgot their password. The answer is the same for every address: only the letter knows whether there is
/// an account, and who was invited gets the invitation again.
pub async fn forgot(context: &Context, email: &str, client: &Client) -> Result<(), Error> {
    let fault = |fault: crate::domain::EmailError| Error::field("email", "email", &fault.to_string());
    let email: Email = email.parse().map_err(fault)?;
    let now = context.clock.now();
    let buckets = [
        Bucket { name: asked(&email), tries: ADDRESS_TRIES },
        Bucket { name: format!("forgotten-by:{}", client.address), tries: CLIENT_TRIES },
    ];
    attempt(context, &buckets, now).await?;
    let tx = context.store.begin().await?;
    if let Some(person) = tx.person_by_email(&email).await? {
        match person.standing {
            Standing::Active => enqueue(&tx, &Effect::Reset { person: person.id }, now).await?,
            Standing::Invited => enqueue(&tx, &Effect::Invite { person: person.id }, now).await?,
            Standing::Named | Standing::Suspended | Standing::Erased => {}
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Where it is counted how often a link for an address was asked for.
pub(in crate::usecase) fn asked(email: &Email) -> String {
    format!("forgotten:{email}")
}

//! Handing a letter to the mail server. Nothing is open in the database meanwhile.

use jiff::{SignedDuration, tz::TimeZone};

use super::Worker;
use crate::{
    domain::MailId,
    mail::{self, Letter, Mailer},
    model::Job,
    present::words::when,
    usecase::{account, letter, own_account, submission, work::Delivery},
};

/// How long a letter is tried; an older one is held, because it may say what is no longer so.
const PATIENCE: SignedDuration = SignedDuration::from_hours(5 * 24);

/// Hands over a letter. The inner result is what the server said, the outer one what failed on the way to it.
pub(super) async fn run(worker: &Worker, id: MailId, job: &Job) -> anyhow::Result<Result<Delivery, mail::Error>> {
    let Some(mail) = letter::unsent(&worker.context, id).await? else { return Ok(Ok(Delivery::Gone)) };
    let since = job.retried_at.unwrap_or(mail.queued_at);
    // While the clock is in doubt nothing is old.
    if !worker.watch.is_in_doubt() && worker.context.clock.now().duration_since(since) > PATIENCE {
        let written = when::date(mail.queued_at.to_zoned(TimeZone::UTC).date());
        let last = job.error.as_deref().unwrap_or("nothing was tried");
        return Ok(Ok(Delivery::Stale(format!("it was written on {written} and waited for five days; {last}"))));
    }
    // Where nothing is sent, no link is made either.
    if matches!(worker.mailer, Mailer::Outbox) {
        return Ok(Ok(Delivery::Kept(id)));
    }
    let mail = account::with_link(&worker.context, mail).await?;
    let mail = own_account::address::with_address_link(&worker.context, mail).await?;
    let mail = submission::with_decline(&worker.context, mail).await?;
    let mail = submission::with_disclosure(&worker.context, mail).await?;
    let host =
        worker.public_url.rsplit("://").next().and_then(|rest| rest.split(['/', ':']).next()).unwrap_or("localhost");
    let written = Letter {
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        message_id: format!("<{id}@{host}>"),
        in_reply_to: mail.about.map(|submission| format!("<submission.{submission}@{host}>")),
        written: mail.queued_at,
    };
    Ok(worker.mailer.send(&written).await.map(|delivery| match delivery {
        mail::Delivery::Sent => Delivery::Sent(id),
        mail::Delivery::Kept => Delivery::Kept(id),
    }))
}

//! Handing a letter to the mail server. Nothing is open in the database meanwhile.

use anyhow::Context as _;

use super::Worker;
use crate::{
    domain::MailId,
    mail::{Delivery, Letter},
    usecase::letter,
};

pub(super) async fn run(worker: &Worker, id: MailId) -> anyhow::Result<()> {
    let Some(mail) = letter::unsent(&worker.context, id).await? else { return Ok(()) };
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
    match worker.mailer.send(&written).await.context("sending a letter")? {
        Delivery::Sent => Ok(letter::sent(&worker.context, id).await?),
        Delivery::Kept => Ok(()),
    }
}

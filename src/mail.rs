//! Letters: over SMTP, or nowhere, where the outbox page shows them.

mod server;
mod subject;

use std::sync::Arc;

use lettre::{
    Message,
    message::{Mailbox, MultiPart, header},
};
use server::Server;
use subject::Spoken;

use crate::{domain::Email, secret::Secret};

/// A letter, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: Email,
    /// The subject; line breaks in it become spaces.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// Its identifier, `<…@host>`; the same when it is sent again, so that a repeated letter is seen to be one.
    pub message_id: String,
    /// The first letter about the same thing, so that mail programs show them together.
    pub in_reply_to: Option<String>,
    /// When it was written.
    pub written: jiff::Timestamp,
}

/// Sends letters.
#[derive(Clone, Debug)]
pub enum Mailer {
    /// To a server.
    Smtp(Post),
    /// Nowhere: letters stay in the outbox, where the demo shows them.
    Outbox,
}

/// A server and in whose name letters go to it.
#[derive(Clone, Debug)]
pub struct Post {
    server: Arc<Server>,
    from: Mailbox,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server took it.
    Sent,
    /// It stays in the outbox.
    Kept,
}

/// Why a letter was not sent.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server is away, busy, or refuses whoever speaks to it: no letter would fare better now.
    #[error("the mail server does not take letters now")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server does not take this letter now.
    #[error("the mail server does not take this letter now")]
    Later(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server refuses this letter for good.
    #[error("the mail server refuses this letter")]
    Never(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The letter cannot be written, whatever the server says.
    #[error("this is no letter")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The settings are wrong.
    #[error("the mail settings cannot be used")]
    Settings(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Mailer {
    /// A mailer for `smtp://…` or `smtps://…`; without a URL letters stay in the outbox.
    pub fn new(smtp: Option<&Secret>, from: &str) -> Result<Self, Error> {
        let Some(url) = smtp else { return Ok(Self::Outbox) };
        let from = from.parse().map_err(|error| Error::Settings(Box::new(error)))?;
        Ok(Self::Smtp(Post { server: Arc::new(Server::at(url.expose())?), from }))
    }

    /// Hands a letter to the server; ends in good time, whatever the server does.
    pub async fn send(&self, letter: &Letter) -> Result<Delivery, Error> {
        Ok(if self.hand_over(letter).await?.is_some() { Delivery::Sent } else { Delivery::Kept })
    }

    /// The same, with what the server answered; nothing where mail is off.
    pub async fn hand_over(&self, letter: &Letter) -> Result<Option<String>, Error> {
        let Self::Smtp(Post { server, from }) = self else { return Ok(None) };
        let message = letter.message(from)?;
        // Apart, because all of TLS is in it.
        Box::pin(server.take(message.envelope(), &message.formatted())).await.map(Some)
    }

    /// Lets go of the connections to the server until there are letters again.
    pub async fn hang_up(&self) {
        if let Self::Smtp(post) = self {
            post.server.hang_up().await;
        }
    }
}

impl Letter {
    /// The letter as it goes over the wire (RFC 5322), marked as written by a machine (RFC 3834).
    fn message(&self, from: &Mailbox) -> Result<Message, Error> {
        let to = self.to.as_str().parse().map_err(|error| Error::Unwritable(Box::new(error)))?;
        let written = self.written.into();
        let mut builder = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .message_id(Some(self.message_id.clone()))
            .date(written)
            .header(Spoken::of(&self.subject))
            .header(AutoSubmitted);
        if let Some(first) = &self.in_reply_to {
            builder = builder.in_reply_to(first.clone()).references(first.clone());
        }
        builder
            .multipart(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()))
            .map_err(|error| Error::Unwritable(Box::new(error)))
    }
}

/// `Auto-Submitted: auto-generated`: no holiday notice answers it.
#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            to: "anna@klinik.example".parse().unwrap(),
            subject: "Your turn: Sepsis 2026".to_owned(),
            text: "Your attention is needed by Friday.".to_owned(),
            html: "<p>Your attention is needed by Friday.</p>".to_owned(),
            message_id: "<1@credit.example>".to_owned(),
            in_reply_to: None,
            written: "2026-11-22T06:00:00Z".parse().unwrap(),
        }
    }

    fn wire(letter: &Letter) -> String {
        let from = "Office <office@credit.example>".parse().unwrap();
        String::from_utf8(letter.message(&from).unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_letter_says_who_when_and_that_a_machine_wrote_it() {
        let text = wire(&letter());
        for line in [
            "From: Office <office@credit.example>\r\n",
            "To: anna@klinik.example\r\n",
            "Subject: Your turn: Sepsis 2026\r\n",
            "Message-ID: <1@credit.example>\r\n",
            "Date: Sun, 22 Nov 2026 06:00:00 +0000\r\n",
            "Auto-Submitted: auto-generated\r\n",
        ] {
            assert!(text.contains(line), "{line:?} is missing in {text}");
        }
    }

    #[test]
    fn no_field_can_add_a_header() {
        let nasty = "x\r\nBcc: everyone@example.org\r\n\r\nbody\u{2028}Bcc: b@example.org";
        let letter = Letter {
            subject: nasty.to_owned(),
            message_id: nasty.to_owned(),
            in_reply_to: Some(nasty.to_owned()),
            text: format!("{nasty}\r\n.\r\n"),
            ..letter()
        };
        let text = wire(&letter);
        let (headers, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(headers.lines().all(|line| !line.to_lowercase().starts_with("bcc:")), "{headers}");
        assert!(headers.contains("Subject: x  Bcc: everyone@example.org"), "{headers}");
        assert!("evil@example.org\r\nBcc: x@example.org".parse::<Email>().is_err());
    }

    /// The library sends ASCII as it is, and mail programs show what an encoded word decodes to.
    #[test]
    fn an_encoded_word_in_a_title_is_none_on_the_wire() {
        let letter = Letter { subject: "SS-1: =?utf-8?q?Approved?=".to_owned(), ..letter() };
        let text = wire(&letter);
        assert!(text.contains("Subject: =?utf-8?b?U1MtMTogPT91dGYtOD9xP0FwcHJvdmVkPz0=?=\r\n"), "{text}");
    }

    #[tokio::test]
    async fn without_a_server_letters_stay_in_the_outbox() {
        let mailer = Mailer::new(None, "ignored").unwrap();
        assert_eq!(mailer.send(&letter()).await.unwrap(), Delivery::Kept);
    }

    #[tokio::test]
    async fn a_server_that_is_away_is_told_from_a_letter_that_is_refused() {
        let mailer = Mailer::new(Some(&Secret::new("smtp://127.0.0.1:1")), "office@credit.example").unwrap();
        assert!(matches!(mailer.send(&letter()).await, Err(Error::Away(_))));
    }
}

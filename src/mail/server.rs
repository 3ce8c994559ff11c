//! A mail server: how it is reached, connections that wait for the next letter, and what its refusals mean.

use std::{
    fmt,
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use lettre::{
    address::Envelope,
    transport::smtp::{
        SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT,
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Tls, TlsParameters},
        commands::{Data, Mail, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
        response::{Category, Code},
    },
};
use tokio::time::{Instant, timeout_at};

use super::Error;

/// How long a server may take to answer one command.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long one letter may take from the first command to the last answer.
const AT_MOST: Duration = Duration::from_secs(90);
/// A connection that waited this long is not used again: many servers hang up soon after.
const IDLE: Duration = Duration::from_secs(20);

/// A mail server.
pub(super) struct Server {
    host: String,
    port: u16,
    tls: Tls,
    credentials: Option<Credentials>,
    name: ClientId,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

/// Up to where a letter came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing was said of whom it is for: what goes wrong here goes wrong for all.
    Server,
    /// To whom.
    Recipient,
    /// What it says.
    Content,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The server said so, or the connection did.
    #[error(transparent)]
    Said(#[from] lettre::transport::smtp::Error),
    /// Nothing was said in time.
    #[error("the server did not answer in time")]
    Silent,
    /// The address needs what the server does not offer.
    #[error("the server takes no addresses beyond ASCII")]
    Address,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl Server {
    /// The server of `smtp://…` or `smtps://…`.
    pub(super) fn at(address: &str) -> Result<Self, Error> {
        let wrong = |what: &str| Error::Settings(what.into());
        let url = url::Url::parse(address).map_err(|error| Error::Settings(Box::new(error)))?;
        let host = url.host_str().ok_or_else(|| wrong("the address of the mail server has no host"))?.to_owned();
        let tls = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
        let parameters = || TlsParameters::new(host.clone()).map_err(|error| Error::Settings(Box::new(error)));
        let (tls, usual) = match (url.scheme(), tls.as_deref()) {
            ("smtp", None) => (Tls::None, SMTP_PORT),
            ("smtp", Some("required")) => (Tls::Required(parameters()?), SUBMISSION_PORT),
            ("smtp", Some("opportunistic")) => (Tls::Opportunistic(parameters()?), SUBMISSION_PORT),
            ("smtps", _) => (Tls::Wrapper(parameters()?), SUBMISSIONS_PORT),
            _ => {
                return Err(wrong(
                    "the address of the mail server is smtp:// or smtps://, tls is required or opportunistic",
                ));
            }
        };
        let plain = |text: &str| {
            let text = percent_encoding::percent_decode_str(text).decode_utf8();
            text.map(std::borrow::Cow::into_owned).map_err(|error| Error::Settings(Box::new(error)))
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(plain(url.username())?, plain(password)?)),
            None => None,
        };
        // A path is the name to say HELO with.
        let name = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        let port = url.port().unwrap_or(usual);
        Ok(Self { host, port, tls, credentials, name, idle: Mutex::default() })
    }

    /// Hands over a letter; gives what the server answered to it.
    pub(super) async fn take(&self, envelope: &Envelope, letter: &[u8]) -> Result<String, Error> {
        let until = Instant::now() + AT_MOST;
        let of_all = |failure| judged(Stage::Server, failure);
        let mut connection = match self.waiting() {
            Some(mut waiting) => match begin(&mut waiting, envelope, until).await {
                Ok(()) => waiting,
                // It may have hung up while the connection waited: that says nothing of the server.
                Err(_) => self.begun(envelope, until).await.map_err(of_all)?,
            },
            None => self.begun(envelope, until).await.map_err(of_all)?,
        };
        match hand_over(&mut connection, envelope, letter, until).await {
            Ok(answer) => {
                self.keep(connection);
                Ok(answer)
            }
            Err((stage, failure)) => {
                if failure.code().is_some() && within(until, connection.command(Rset)).await.is_ok() {
                    self.keep(connection);
                }
                Err(judged(stage, failure))
            }
        }
    }

    /// Says good-bye on all connections that wait.
    pub(super) async fn hang_up(&self) {
        loop {
            let Some(mut idle) = self.lock().pop() else { return };
            let until = Instant::now() + Duration::from_secs(2);
            // Whether it hears that does not matter.
            let _heard = timeout_at(until, idle.connection.abort()).await;
        }
    }

    /// A new connection that has heard from whom a letter is.
    async fn begun(&self, envelope: &Envelope, until: Instant) -> Result<AsyncSmtpConnection, Failure> {
        let mut connection = within(until, self.connect()).await?;
        if let Some(credentials) = &self.credentials {
            within(until, connection.auth(DEFAULT_MECHANISMS, credentials)).await?;
        }
        begin(&mut connection, envelope, until).await?;
        Ok(connection)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let wrapper = if let Tls::Wrapper(tls) = &self.tls { Some(tls.clone()) } else { None };
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &self.name, wrapper, None).await?;
        match &self.tls {
            Tls::Required(tls) => connection.starttls(tls.clone(), &self.name).await?,
            Tls::Opportunistic(tls) if connection.can_starttls() => {
                connection.starttls(tls.clone(), &self.name).await?;
            }
            _ => {}
        }
        Ok(connection)
    }

    fn waiting(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.lock();
        idle.retain(|idle| idle.since.elapsed() < IDLE);
        idle.pop().map(|idle| idle.connection)
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        self.lock().push(Idle { connection, since: Instant::now() });
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says from whom the letter is.
async fn begin(connection: &mut AsyncSmtpConnection, envelope: &Envelope, until: Instant) -> Result<(), Failure> {
    let mut parameters = Vec::new();
    if is_beyond_ascii(envelope) && connection.server_info().supports_feature(Extension::SmtpUtfEight) {
        parameters.push(MailParameter::SmtpUtfEight);
    }
    within(until, connection.command(Mail::new(envelope.from().cloned(), parameters))).await?;
    Ok(())
}

fn is_beyond_ascii(envelope: &Envelope) -> bool {
    envelope.from().into_iter().chain(envelope.to()).any(|address| !AsRef::<str>::as_ref(address).is_ascii())
}

/// Says to whom it is, and what it says; gives the last answer.
async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    letter: &[u8],
    until: Instant,
) -> Result<String, (Stage, Failure)> {
    if is_beyond_ascii(envelope) && !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
        return Err((Stage::Recipient, Failure::Address));
    }
    for to in envelope.to() {
        let said = within(until, connection.command(Rcpt::new(to.clone(), Vec::new()))).await;
        said.map_err(|failure| (Stage::Recipient, failure))?;
    }
    within(until, connection.command(Data)).await.map_err(|failure| (Stage::Content, failure))?;
    let taken = within(until, connection.message(letter)).await.map_err(|failure| (Stage::Content, failure))?;
    let said: Vec<&str> = taken.message().collect();
    Ok(format!("{} {}", taken.code(), said.join(" ")))
}

/// Waits for an answer, but not for ever.
async fn within<T>(
    until: Instant,
    answer: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
) -> Result<T, Failure> {
    let latest = until.min(Instant::now() + PATIENCE);
    timeout_at(latest, answer).await.map_or(Err(Failure::Silent), |said| said.map_err(Failure::Said))
}

impl Failure {
    fn code(&self) -> Option<Code> {
        if let Self::Said(error) = self { error.status() } else { None }
    }

    /// Whether the reason is a rule of the server and no property of the mailbox: `5.7.…` of RFC 3463, as in
    /// `550 5.7.1 relaying denied`.
    fn is_policy(&self) -> bool {
        let text =
            if let Self::Said(error) = self { std::error::Error::source(error).map(ToString::to_string) } else { None };
        text.is_some_and(|text| text.starts_with("5.7."))
    }
}

/// Whose failure it is: the server's, or the letter's, for now or for good (RFC 5321, 4.2.1).
fn judged(stage: Stage, failure: Failure) -> Error {
    let Some(code) = failure.code() else {
        return match (stage, failure) {
            (_, failure @ Failure::Address) => Error::Never(failure.into()),
            (Stage::Server, failure) => Error::Away(failure.into()),
            // It was well until this letter came.
            (_, failure) => Error::Later(failure.into()),
        };
    };
    let permanent = code.to_string().starts_with('5');
    // 55x is about the mailbox or the letter; every other 5xx is about how the server is spoken to.
    let of_the_letter = code.category == Category::MailSystem;
    match stage {
        Stage::Server => Error::Away(failure.into()),
        _ if code.to_string() == "421" => Error::Away(failure.into()),
        _ if !permanent => Error::Later(failure.into()),
        _ if !of_the_letter => Error::Away(failure.into()),
        Stage::Recipient if failure.is_policy() => Error::Later(failure.into()),
        _ => Error::Never(failure.into()),
    }
}

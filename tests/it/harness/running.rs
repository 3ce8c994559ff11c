//! A worker that runs in the background, and letters for it.

use std::time::{Duration, Instant};

use imprimatur::{app::App, clock::new_id, domain::MailId, model::Mail, usecase::letter};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::house::House;

/// A worker that runs; it ends with the test.
pub(crate) struct Running {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    /// The worker of an office.
    pub(crate) fn of(app: &App, url: &str) -> Self {
        let stop = CancellationToken::new();
        Self { task: tokio::spawn(app.worker(url).run(stop.clone())), stop }
    }

    /// Stops it; gives how long that took.
    pub(crate) async fn stop(self) -> Duration {
        let asked = Instant::now();
        self.stop.cancel();
        self.task.await.expect("no panic");
        asked.elapsed()
    }
}

/// Writes letters, each to a mailbox of its own: `0-TAG@mail.example` and so on.
pub(crate) async fn write_letters(house: &House, tag: &str, many: usize) {
    let letter = |number: usize| Mail {
        id: MailId(new_id()),
        person: house.id("author"),
        to: format!("{number}-{tag}@mail.example").parse().unwrap(),
        subject: format!("Letter {number}"),
        text: "Nothing for you to do.".to_owned(),
        html: "<p>Nothing for you to do.</p>".to_owned(),
        about: None,
        queued_at: house.app.context.clock.now(),
        sent_at: None,
        dedupe: None,
        kept_at: None,
        dropped_at: None,
    };
    let letters: Vec<Mail> = (0..many).map(letter).collect();
    letter::write(&house.app.context, &letters).await.unwrap();
}

/// To whom letters went, each as often as it did, in order.
pub(crate) fn recipients(letters: &[String]) -> Vec<String> {
    let to =
        |letter: &String| letter.lines().find_map(|line| line.strip_prefix("To: ")).expect("a recipient").to_owned();
    let mut all: Vec<String> = letters.iter().map(to).collect();
    all.sort();
    all
}

/// Waits until something holds.
#[track_caller]
pub(crate) fn until<F: Future<Output = bool>>(
    most: Duration,
    what: &str,
    mut holds: impl FnMut() -> F,
) -> impl Future<Output = Duration> {
    let caller = std::panic::Location::caller();
    async move {
        let begun = Instant::now();
        while !holds().await {
            assert!(begun.elapsed() < most, "{caller}: not within {most:?}: {what}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        begun.elapsed()
    }
}

/// Whether the long form of a test is asked for.
pub(crate) fn is_long() -> bool {
    std::env::var_os("TEST_LONG").is_some()
}

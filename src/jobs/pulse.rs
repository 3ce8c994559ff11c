//! One short look at a time for all lanes: wakes those that have work. Idle, it is all that asks the database.

use std::{sync::Arc, time::Duration};

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{Worker, lane::Pause, report};
use crate::usecase::{Error, work};

/// How often it looks where nothing tells it to.
const REST: Duration = Duration::from_millis(500);
/// Between two looks, however much is committed.
const APART: Duration = Duration::from_millis(20);

/// Wakes lanes.
#[derive(Debug, Default)]
pub(super) struct Wake {
    pub(super) deadlines: Notify,
    pub(super) errands: Notify,
    pub(super) letters: Notify,
}

pub(super) async fn run(worker: Arc<Worker>, stop: CancellationToken, wake: Arc<Wake>) {
    let mut pause = Pause::default();
    while !stop.is_cancelled() {
        let rest = match look(&worker).await {
            Ok(look) => {
                pause.reset();
                for (lane, state, wake) in [
                    ("deadlines", look.deadlines, &wake.deadlines),
                    ("errands", look.errands, &wake.errands),
                    ("letters", look.letters, &wake.letters),
                ] {
                    match state {
                        State::Idle => report::succeeded(lane, &worker.context),
                        State::Waiting => wake.notify_one(),
                        State::Held => {}
                    }
                }
                REST
            }
            Err(error) => {
                tracing::error!(cause = super::chain(&error), "The worker cannot look for work");
                pause.grow()
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(rest) => {}
            () = work::left(&worker.context) => tokio::time::sleep(APART).await,
        }
    }
}

/// What there is to do.
struct Look {
    deadlines: State,
    errands: State,
    letters: State,
}

/// Whether a lane has work.
enum State {
    Idle,
    Waiting,
    /// It has, and is not to do it now.
    Held,
}

async fn look(worker: &Worker) -> Result<Look, Error> {
    let work::Look { ripe, mail_paused } = work::look(&worker.context).await?;
    let in_doubt = worker.watch.is_in_doubt();
    Ok(Look {
        deadlines: match ripe.timers {
            false => State::Idle,
            true if in_doubt => State::Held,
            true => State::Waiting,
        },
        errands: if ripe.errands { State::Waiting } else { State::Idle },
        letters: match ripe.letters {
            false => State::Idle,
            true if mail_paused => State::Held,
            true => State::Waiting,
        },
    })
}

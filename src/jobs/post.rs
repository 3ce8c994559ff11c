//! The lane of letters: several at a time, a mail server that is away, and a letter that is refused.

use std::time::Duration;

use anyhow::Context as _;

use super::{Worker, chain, deliver, lane, report};
use crate::{
    domain::Effect,
    mail,
    usecase::{
        Error,
        work::{self, Delivery, Taken},
    },
};

/// How long handing over one letter may take; shorter than the lease.
const AT_MOST: Duration = Duration::from_secs(100);

/// Hands over a letter and notes what became of it.
pub(super) async fn work(worker: &Worker, taken: &Taken) -> anyhow::Result<()> {
    let effect = serde_json::from_value(taken.job.payload.clone()).context("this job says nothing known");
    let delivery = match effect {
        Ok(Effect::Deliver { mail }) => match lane::bounded(AT_MOST, deliver::run(worker, mail, &taken.job)).await {
            Ok(Ok(delivery)) => delivery,
            Ok(Err(refused)) => why(&refused),
            Err(error) => Delivery::Later(format!("{error:#}")),
        },
        Ok(other) => Delivery::Never(format!("'{}' is no letter", other.kind())),
        Err(error) => Delivery::Never(format!("{error:#}")),
    };
    super::noted(|| note(worker, taken, &delivery)).await
}

fn why(refused: &mail::Error) -> Delivery {
    use mail::Error::{Away, Later, Never, Settings, Unwritable};
    let cause = chain(refused);
    match refused {
        Away(_) | Settings(_) => Delivery::Away(cause),
        Later(_) => Delivery::Later(cause),
        Never(_) | Unwritable(_) => Delivery::Never(cause),
    }
}

async fn note(worker: &Worker, taken: &Taken, delivery: &Delivery) -> Result<(), Error> {
    let next = work::delivered(&worker.context, taken, delivery, lane::wait).await?;
    match (delivery, next) {
        (Delivery::Sent(_) | Delivery::Kept(_) | Delivery::Gone, _) => report::succeeded("letters", &worker.context),
        (Delivery::Later(cause) | Delivery::Never(cause) | Delivery::Stale(cause), Some(next)) => {
            super::say_failed(&taken.job, cause, next);
        }
        _ => {}
    }
    Ok(())
}

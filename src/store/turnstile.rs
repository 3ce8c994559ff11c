//! One change at a time to one thing. Whoever changes what somebody else of this server is changing waits here; at the row
//! itself PostgreSQL would refuse all who wait after a moment, and of those who waited for nothing one would be told that
//! somebody was faster. Changes of other servers are waited for at the row. SQLite's wait for one another anyway.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::OwnedMutexGuard, time::timeout};
use uuid::Uuid;

use super::{Error, held::Held};

/// How long a turn may take to come: two changes that each hold what the other asks for would wait for ever.
const LONGEST: Duration = Duration::from_secs(5);

type Doors = HashMap<Uuid, Arc<tokio::sync::Mutex<()>>>;

/// What is being changed, each with a door that lets one change in. Clones agree.
#[derive(Clone, Debug, Default)]
pub(super) struct Turnstile(Arc<Mutex<Doors>>);

/// The turns that one change has; they end with it.
#[derive(Debug)]
pub(super) struct Turns {
    turnstile: Turnstile,
    held: Held,
    mine: Mutex<HashMap<Uuid, OwnedMutexGuard<()>>>,
}

impl Turns {
    pub(super) fn at(turnstile: Turnstile, held: Held) -> Self {
        Self { turnstile, held, mine: Mutex::default() }
    }

    /// Waits until no other change has this thing; again for the same thing at once.
    pub(super) async fn wait(&self, thing: Uuid) -> Result<(), Error> {
        if locked(&self.mine).contains_key(&thing) {
            return Ok(());
        }
        // Dropped last, also where nobody waits for the answer any more.
        let _leaving = Leaving { turnstile: &self.turnstile, thing };
        let door = Arc::clone(locked(&self.turnstile.0).entry(thing).or_default());
        let turn = timeout(LONGEST, self.held.unless_held(door.lock_owned())).await;
        let turn = turn.unwrap_or_else(|_| Err(Error::Held("what is to be changed is being changed".to_owned())))?;
        locked(&self.mine).insert(thing, turn);
        Ok(())
    }
}

/// Somebody who may have stood at a door.
struct Leaving<'a> {
    turnstile: &'a Turnstile,
    thing: Uuid,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.turnstile.leave(self.thing);
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        for (thing, turn) in locked(&self.mine).drain() {
            drop(turn);
            self.turnstile.leave(thing);
        }
    }
}

impl Turnstile {
    /// Takes a door away at which nobody is.
    fn leave(&self, thing: Uuid) {
        let mut doors = locked(&self.0);
        if doors.get(&thing).is_some_and(|door| Arc::strong_count(door) == 1) {
            doors.remove(&thing);
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::new_id;

    #[tokio::test]
    async fn the_second_waits_for_the_first_and_no_door_is_left() {
        let turnstile = Turnstile::default();
        let turns = || Turns::at(turnstile.clone(), Held::default());
        let (first, second, thing) = (turns(), turns(), new_id());
        first.wait(thing).await.expect("a turn");
        first.wait(thing).await.expect("the same turn");
        second.wait(new_id()).await.expect("the turn at another thing");
        assert!(timeout(Duration::from_millis(100), second.wait(thing)).await.is_err(), "it waits");
        assert!(matches!(second.wait(thing).await, Err(Error::Held(_))), "but not for ever");
        drop(first);
        second.wait(thing).await.expect("a turn");
        drop(second);
        assert!(locked(&turnstile.0).is_empty());
    }
}

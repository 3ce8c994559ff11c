//! Having a database for oneself: no server has it, and none begins to as long as this lasts.

use std::{fs::File, path::Path, time::Duration};

use sqlx::PgConnection;

use super::{Error, Store, StoreUrl, connect, connect::Purpose, seal, seal::Seal, url::Place};

/// How often it is looked whether others have gone.
const TRIES: u32 = 10;
/// How long they are waited for in between.
const PAUSE: Duration = Duration::from_millis(200);

/// A database that nobody serves as long as this is held.
#[derive(Debug)]
pub struct Alone {
    url: StoreUrl,
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// The lock that a server of the file has.
    File { _lock: File },
    /// A connection with a lock that a server asks for at its start.
    Server(Box<PgConnection>),
}

impl Alone {
    /// Takes it, or says who has it.
    pub async fn take(url: &StoreUrl) -> Result<Self, Error> {
        let held = match &url.place {
            Place::Sqlite(path) => Held::File { _lock: connect::lock(path)? },
            Place::Postgres(address) => Held::Server(Box::new(alone(address).await?)),
        };
        Ok(Self { url: url.clone(), held })
    }

    /// Refuses one that nobody may serve: it was moved already, or what filled it broke off.
    pub async fn refuse_sealed(&self) -> Result<(), Error> {
        self.seal().await?.map_or(Ok(()), |seal| Err(Error::Unusable(seal.words())))
    }

    /// Whether somebody began to fill it and did not say that this was done: nothing in it counts.
    pub async fn is_unfinished(&self) -> Result<bool, Error> {
        Ok(self.seal().await? == Some(Seal::Filling))
    }

    /// Whether it is marked as moved to this place.
    pub async fn was_moved_to(&self, place: &StoreUrl) -> Result<bool, Error> {
        Ok(matches!(self.seal().await?, Some(Seal::Moved { to, .. }) if to == place.to_string()))
    }

    async fn seal(&self) -> Result<Option<Seal>, Error> {
        if let Place::Sqlite(file) = &self.url.place
            && !Path::new(file).exists()
        {
            return Ok(None);
        }
        let store = Store::open(&self.url, Purpose::Move).await?;
        let seal = seal::read(&store.connections.reader).await;
        store.close().await?;
        seal
    }

    /// Marks it as moved, so that nobody serves it by mistake.
    pub async fn mark_moved(&mut self, to: &StoreUrl, at: jiff::Timestamp) -> Result<(), Error> {
        self.mark(Some(&Seal::Moved { to: to.to_string(), at: at.strftime("%d %B %Y, %H:%M UTC").to_string() })).await
    }

    /// Lets it be served again, whatever it is marked as.
    pub async fn unmark(&mut self) -> Result<(), Error> {
        self.mark(None).await
    }

    async fn mark(&mut self, mark: Option<&Seal>) -> Result<(), Error> {
        match (&mut self.held, mark) {
            // Over the connection that holds the lock: were it gone, somebody might serve by now.
            (Held::Server(connection), Some(mark)) => seal::put(connection, mark).await,
            (Held::Server(connection), None) => seal::lift(connection).await,
            (Held::File { .. }, mark) => {
                let store = Store::open(&self.url, Purpose::Move).await?;
                let tx = store.begin().await?;
                match mark {
                    Some(mark) => tx.set_setting(seal::NAME, mark).await?,
                    None => tx.clear_setting(seal::NAME).await?,
                }
                tx.commit().await?;
                store.close().await
            }
        }
    }
}

/// A connection with the lock, where no server has the database.
async fn alone(address: &str) -> Result<PgConnection, Error> {
    let mut connection = connect::patient(address).await?;
    let locked = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)").bind(seal::LOCK);
    if !locked.fetch_one(&mut connection).await? {
        return Err(Error::Unusable("somebody else moves or restores this database at this moment".to_owned()));
    }
    // A server that begins from here on finds the lock; one that began before has connections.
    let mut others = others_on(&mut connection).await?;
    for _ in 0..TRIES {
        if others.is_empty() {
            return Ok(connection);
        }
        // Those of a command that has just ended go away by themselves.
        tokio::time::sleep(PAUSE).await;
        others = others_on(&mut connection).await?;
    }
    Err(Error::Unusable(format!("servers use this database; stop them first: connections from {}", others.join(", "))))
}

/// Where servers and commands have connections from.
async fn others_on(connection: &mut PgConnection) -> Result<Vec<String>, Error> {
    let others = "SELECT coalesce(host(client_addr), 'the same machine') || ' (process ' || pid || ')' \
                  FROM pg_stat_activity \
                  WHERE datname = current_database() AND application_name = 'imprimatur' ORDER BY pid";
    Ok(sqlx::query_scalar(others).fetch_all(connection).await?)
}

//! Second factors and recovery codes.

use jiff::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Error, ReadTx, Tx, column,
    entity::{half_session, recovery_code, second_factor as table},
};
use crate::{
    domain::PersonId,
    model::{HalfSession, SecondFactor},
};

impl ReadTx {
    /// Somebody's second factor.
    pub async fn second_factor(&self, person: PersonId) -> Result<Option<SecondFactor>, Error> {
        table::Entity::find_by_id(person.0).one(&self.tx).await?.map(read).transpose()
    }

    /// How many recovery codes somebody has left.
    pub async fn recovery_codes_left(&self, person: PersonId) -> Result<u64, Error> {
        let left = recovery_code::Entity::find().filter(recovery_code::Column::Person.eq(person.0));
        Ok(left.count(&self.tx).await?)
    }

    /// Who gave the right password lately and has not given a code yet.
    pub async fn half_session(&self, secret_hash: &[u8; 32], now: Timestamp) -> Result<Option<HalfSession>, Error> {
        let found = half_session::Entity::find_by_id(secret_hash.to_vec())
            .filter(half_session::Column::ExpiresAt.gt(column::micros(now)))
            .one(&self.tx)
            .await?;
        found.map(read_half).transpose()
    }
}

impl Tx {
    /// Turns a second factor on; [`Error::Duplicate`] where there is one.
    pub async fn add_second_factor(&self, factor: &SecondFactor) -> Result<(), Error> {
        let row = table::Model {
            person: factor.person.0,
            secret: factor.secret.clone(),
            since: column::micros(factor.since),
            last_step: factor.last_step,
        };
        self.insert(row).await
    }

    /// Takes the code of a step, where none of it or of a later one was taken yet; of many at once one is taken.
    pub async fn take_step(&self, person: PersonId, step: i64) -> Result<bool, Error> {
        let taken = table::Entity::update_many()
            .col_expr(table::Column::LastStep, Expr::value(step))
            .filter(table::Column::Person.eq(person.0))
            .filter(Expr::col(table::Column::LastStep).lt(step))
            .exec(&self.tx)
            .await?;
        Ok(taken.rows_affected > 0)
    }

    /// Takes the second factor and its recovery codes away; whether there was one.
    pub async fn end_second_factor(&self, person: PersonId) -> Result<bool, Error> {
        self.set_recovery_codes(person, &[]).await?;
        Ok(table::Entity::delete_by_id(person.0).exec(&self.tx).await?.rows_affected > 0)
    }

    /// Puts recovery codes in the place of all of before.
    pub async fn set_recovery_codes(&self, person: PersonId, hashes: &[[u8; 32]]) -> Result<(), Error> {
        let before = recovery_code::Entity::delete_many().filter(recovery_code::Column::Person.eq(person.0));
        before.exec(&self.tx).await?;
        for hash in hashes {
            self.insert(recovery_code::Model { person: person.0, code_hash: hash.to_vec() }).await?;
        }
        Ok(())
    }

    /// Uses a recovery code up; whether it was one. Of many at once one gets it.
    pub async fn take_recovery_code(&self, person: PersonId, hash: &[u8; 32]) -> Result<bool, Error> {
        let taken = recovery_code::Entity::delete_by_id((person.0, hash.to_vec())).exec(&self.tx).await?;
        Ok(taken.rows_affected > 0)
    }

    /// Somebody gave the right password.
    pub async fn add_half_session(&self, half: &HalfSession) -> Result<(), Error> {
        let row = half_session::Model {
            secret_hash: half.secret_hash.to_vec(),
            person: half.person.0,
            expires_at: column::micros(half.expires_at),
        };
        self.insert(row).await
    }

    /// Somebody has given the code too; whether they still had to.
    pub async fn end_half_session(&self, secret_hash: &[u8; 32]) -> Result<bool, Error> {
        let ended = half_session::Entity::delete_by_id(secret_hash.to_vec()).exec(&self.tx).await?;
        Ok(ended.rows_affected > 0)
    }

    /// The password that somebody gave lets them go no further.
    pub(super) async fn end_half_sessions_of(&self, person: PersonId) -> Result<(), Error> {
        let theirs = half_session::Entity::delete_many().filter(half_session::Column::Person.eq(person.0));
        theirs.exec(&self.tx).await?;
        Ok(())
    }
}

fn read(row: table::Model) -> Result<SecondFactor, Error> {
    Ok(SecondFactor {
        person: PersonId(row.person),
        secret: row.secret,
        since: column::instant(row.since)?,
        last_step: row.last_step,
    })
}

fn read_half(row: half_session::Model) -> Result<HalfSession, Error> {
    Ok(HalfSession {
        secret_hash: column::hash(row.secret_hash)?,
        person: PersonId(row.person),
        expires_at: column::instant(row.expires_at)?,
    })
}

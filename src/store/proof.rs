//! Proofs of versions: which checker looked at one last, and what it found.

use std::collections::BTreeMap;

use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};

use super::{Error, ReadTx, Tx, column, entity::proof as table};
use crate::model::Proof;

impl ReadTx {
    /// The last proof of a version; none where it was never put to the proof.
    pub async fn proof(&self, hash: &str) -> Result<Option<Proof>, Error> {
        table::Entity::find_by_id(hash.to_owned()).one(&self.tx).await?.map(read).transpose()
    }

    /// The last proof of every version that was put to it, by hash.
    pub async fn proofs(&self) -> Result<BTreeMap<String, Proof>, Error> {
        let rows = table::Entity::find().all(&self.tx).await?;
        rows.into_iter().map(|row| Ok((row.hash.clone(), read(row)?))).collect()
    }
}

impl Tx {
    /// Notes a proof of a version in the place of its last one.
    pub async fn put_proof(&self, proof: &Proof) -> Result<(), Error> {
        let row = table::Model {
            hash: proof.hash.clone(),
            checker: i64::from(proof.checker),
            at: column::micros(proof.at),
            findings: column::to_json(&proof.findings)?,
        };
        let columns = [table::Column::Checker, table::Column::At, table::Column::Findings];
        let known = OnConflict::column(table::Column::Hash).update_columns(columns).to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(&self.tx).await?;
        Ok(())
    }
}

fn read(row: table::Model) -> Result<Proof, Error> {
    Ok(Proof {
        hash: row.hash,
        checker: column::number(row.checker)?,
        at: column::instant(row.at)?,
        findings: column::from_json(&row.findings)?,
    })
}

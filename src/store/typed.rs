//! What people typed into forms of submissions and what is no answer yet.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict};

use super::{Error, ReadTx, Tx, column, entity::typed as table};
use crate::{
    domain::{PersonId, SubmissionId},
    model::Typed,
};

impl ReadTx {
    /// What somebody typed into the forms of a submission, in order of the forms' names.
    pub async fn typed_by(&self, person: PersonId, into: SubmissionId) -> Result<Vec<Typed>, Error> {
        let rows = table::Entity::find()
            .filter(table::Column::Submission.eq(into.0))
            .filter(table::Column::Person.eq(person.0))
            .order_by_asc(table::Column::Form);
        rows.all(&self.tx).await?.iter().map(read).collect()
    }
}

impl Tx {
    /// Keeps what somebody typed into a form, in place of what was kept of it before.
    pub async fn keep_typed(&self, typed: &Typed) -> Result<(), Error> {
        let row = table::Model {
            submission: typed.submission.0,
            person: typed.person.0,
            form: typed.form.clone(),
            fields: column::to_json(&typed.fields)?,
            faults: column::to_json(&typed.faults)?,
            typed_at: column::micros(typed.at),
        };
        let key = [table::Column::Submission, table::Column::Person, table::Column::Form];
        let again = OnConflict::columns(key)
            .update_columns([table::Column::Fields, table::Column::Faults, table::Column::TypedAt])
            .to_owned();
        table::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&self.tx).await?;
        Ok(())
    }

    /// Forgets what somebody typed into a form: it was taken in.
    pub async fn forget_typed(&self, person: PersonId, into: SubmissionId, form: &str) -> Result<(), Error> {
        table::Entity::delete_many()
            .filter(table::Column::Submission.eq(into.0))
            .filter(table::Column::Person.eq(person.0))
            .filter(table::Column::Form.eq(form))
            .exec(&self.tx)
            .await?;
        Ok(())
    }

    /// Forgets what anybody typed into the forms of a submission.
    pub async fn forget_all_typed(&self, into: SubmissionId) -> Result<(), Error> {
        table::Entity::delete_many().filter(table::Column::Submission.eq(into.0)).exec(&self.tx).await?;
        Ok(())
    }
}

fn read(row: &table::Model) -> Result<Typed, Error> {
    Ok(Typed {
        submission: SubmissionId(row.submission),
        person: PersonId(row.person),
        form: row.form.clone(),
        fields: column::from_json(&row.fields)?,
        faults: column::from_json(&row.faults)?,
        at: column::instant(row.typed_at)?,
    })
}

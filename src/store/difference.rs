//! Writing only what changed. A column that is set counts as changed for the database: it looks for what refers to the row
//! by it, checks what it refers to, and writes every index that it is in.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, ModelTrait};

use super::{Error, Tx};

/// What a changed row has other values in; nothing where it has not.
pub(super) fn difference<M>(before: &M, after: M) -> Option<<M::Entity as EntityTrait>::ActiveModel>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let other = |column: &<M::Entity as EntityTrait>::Column| before.get(*column) != after.get(*column);
    let changed: Vec<_> = <M::Entity as EntityTrait>::Column::iter().filter(other).collect();
    let mut row = after.into_active_model();
    for column in &changed {
        row.reset(*column);
    }
    (!changed.is_empty()).then_some(row)
}

impl Tx {
    /// Has the table hold the rows of `after` in the place of those of `before`.
    pub(super) async fn replace<M>(&self, before: Vec<M>, after: Vec<M>) -> Result<(), Error>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
        <M::Entity as EntityTrait>::ActiveModel: ActiveModelTrait<Entity = M::Entity> + Send,
    {
        let mut known: Vec<_> = before.into_iter().map(|row| (row.get_primary_key_value(), row)).collect();
        let mut new = Vec::new();
        let mut changed = Vec::new();
        for row in after {
            let key = row.get_primary_key_value();
            match known.iter().position(|(known, _)| *known == key) {
                Some(at) => changed.extend(difference(&known.swap_remove(at).1, row)),
                None => new.push(row.into_active_model()),
            }
        }
        for (_, gone) in known {
            gone.delete(&self.tx).await?;
        }
        for row in changed {
            M::Entity::update(row).exec_without_returning(&self.tx).await?;
        }
        if !new.is_empty() {
            M::Entity::insert_many(new).exec_without_returning(&self.tx).await?;
        }
        Ok(())
    }
}

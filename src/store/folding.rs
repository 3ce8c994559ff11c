//! The words that rows are found by, written for rows of before, or of before [`FOLDING`] was raised.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query},
};
use uuid::Uuid;

use super::{
    Error, ReadTx, Tx,
    entity::{activity, person, submission},
    word::{self, Words},
};
use crate::domain::{FOLDING, folded, words};

/// The setting that says how the rows of this store are folded.
const SETTING: &str = "folding";
/// How many rows are in memory at a time.
const PAGE: u64 = 1_000;

/// What a row of a table is found by.
struct Texts<E: EntityTrait> {
    words: Words,
    id: E::Column,
    first: E::Column,
    second: E::Column,
    /// Where the first of them stands folded, for an order.
    key: Option<E::Column>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    first: String,
    second: String,
    key: String,
}

impl ReadTx {
    /// Whether all rows are found by words as this program folds them, or as a newer one does.
    pub(super) async fn is_folded(&self) -> Result<bool, Error> {
        Ok(self.setting::<u32>(SETTING).await?.is_some_and(|folding| folding >= FOLDING))
    }
}

impl Tx {
    /// Folds all rows anew where they were folded in an older way, or not at all.
    pub(super) async fn fold_anew(&self) -> Result<(), Error> {
        if self.is_folded().await? {
            return Ok(());
        }
        self.fold(Texts::<submission::Entity> {
            words: word::OF_SUBMISSIONS,
            id: submission::Column::Id,
            first: submission::Column::Title,
            second: submission::Column::Reference,
            key: Some(submission::Column::TitleKey),
        })
        .await?;
        self.fold(Texts::<person::Entity> {
            words: word::OF_PEOPLE,
            id: person::Column::Id,
            first: person::Column::Name,
            second: person::Column::Email,
            key: Some(person::Column::NameKey),
        })
        .await?;
        self.fold_institutions().await?;
        self.keep_all_names().await?;
        self.fold(Texts::<activity::Entity> {
            words: word::OF_ACTIVITIES,
            id: activity::Column::Submission,
            first: activity::Column::Title,
            second: activity::Column::Provider,
            key: None,
        })
        .await?;
        self.set_setting(SETTING, &FOLDING).await
    }

    /// Writes what people's institutions are recognised by.
    async fn fold_institutions(&self) -> Result<(), Error> {
        let mut last = Uuid::nil();
        loop {
            let after = person::Entity::find().filter(person::Column::Id.gt(last));
            let rows = after.order_by_asc(person::Column::Id).limit(PAGE).all(&self.tx).await?;
            let Some(end) = rows.last() else { return Ok(()) };
            last = end.id;
            for row in &rows {
                let key = folded(&row.affiliation);
                if key != row.affiliation_key {
                    let change = person::Entity::update_many()
                        .col_expr(person::Column::AffiliationKey, Expr::value(key))
                        .filter(person::Column::Id.eq(row.id));
                    change.exec(&self.tx).await?;
                }
            }
        }
    }

    async fn fold<E: EntityTrait>(&self, texts: Texts<E>) -> Result<(), Error> {
        let all = Query::delete().from_table(texts.words.table()).take();
        self.tx.execute(&all).await?;
        let mut last = Uuid::nil();
        loop {
            let rows: Vec<Row> = E::find()
                .select_only()
                .column_as(texts.id, "id")
                .column_as(texts.first, "first")
                .column_as(texts.second, "second")
                .column_as(texts.key.unwrap_or(texts.first), "key")
                .filter(texts.id.gt(last))
                .order_by_asc(texts.id)
                .limit(PAGE)
                .into_model()
                .all(&self.tx)
                .await?;
            let Some(end) = rows.last() else { return Ok(()) };
            last = end.id;
            if let Some(key) = texts.key {
                for row in rows.iter().filter(|row| row.key != folded(&row.first)) {
                    let change = E::update_many().col_expr(key, Expr::value(folded(&row.first)));
                    change.filter(texts.id.eq(row.id)).exec(&self.tx).await?;
                }
            }
            let mut found: Vec<(Uuid, String)> = Vec::new();
            for row in &rows {
                let words = words(&format!("{} {}", row.first, row.second));
                found.extend(words.into_iter().map(|word| (row.id, word)));
            }
            let found: Vec<(Uuid, &str)> = found.iter().map(|(owner, word)| (*owner, word.as_str())).collect();
            self.add_words(texts.words, &found).await?;
        }
    }
}

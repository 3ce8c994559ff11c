//! The words that rows are found by: a table beside each table that is searched, read by how a word begins.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, ColumnRef, Expr, ExprTrait, IntoColumnRef, OnConflict, Query, SelectStatement},
};
use uuid::Uuid;

use super::{Error, Tx, bounded};
use crate::domain::words;

/// The words of the rows of one table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(&'static str);

/// Words of titles and references.
pub(super) const OF_SUBMISSIONS: Words = Words("submission_word");
/// Words of names and addresses.
pub(super) const OF_PEOPLE: Words = Words("person_word");
/// Words of titles and providers.
pub(super) const OF_ACTIVITIES: Words = Words("activity_word");

/// How many rows are written with one statement.
const AT_ONCE: usize = 500;

impl Words {
    fn column(self, name: &'static str) -> ColumnRef {
        (Alias::new(self.0), Alias::new(name)).into_column_ref()
    }

    /// The table.
    pub(super) fn table(self) -> Alias {
        Alias::new(self.0)
    }

    /// The owners of words that begin so, as often as they have one.
    pub(super) fn owners(self, beginning: &str) -> SelectStatement {
        Query::select()
            .column(self.column("owner"))
            .from(Alias::new(self.0))
            .and_where(Expr::col(self.column("word")).gte(beginning))
            // No letter is beyond this one.
            .and_where(Expr::col(self.column("word")).lt(format!("{beginning}{}", char::MAX)))
            .take()
    }

    /// Whether a row has a word that begins so: asked row by row, whatever a planner thinks of it.
    pub(super) fn has(self, owner: impl IntoColumnRef, beginning: &str) -> Expr {
        let own = Expr::col(self.column("owner")).eq(Expr::col(owner));
        bounded::is_there(self.owners(beginning).and_where(own).take())
    }
}

impl Tx {
    /// Has a row found by the words of a text and no others.
    pub(super) async fn index(&self, of: Words, owner: Uuid, text: &str) -> Result<(), Error> {
        let words = words(text);
        let gone = Query::delete()
            .from_table(Alias::new(of.0))
            .and_where(Expr::col(Alias::new("owner")).eq(owner))
            .and_where(Expr::col(Alias::new("word")).is_not_in(words.iter().map(String::as_str)))
            .take();
        self.tx.execute(&gone).await?;
        let rows: Vec<(Uuid, &str)> = words.iter().map(|word| (owner, word.as_str())).collect();
        self.add_words(of, &rows).await
    }

    /// Adds words to rows; those that are there stay.
    pub(super) async fn add_words(&self, of: Words, rows: &[(Uuid, &str)]) -> Result<(), Error> {
        for rows in rows.chunks(AT_ONCE) {
            let mut insert = Query::insert();
            insert.into_table(Alias::new(of.0)).columns(["owner", "word"].map(Alias::new));
            for (owner, word) in rows {
                insert.values_panic([Expr::value(*owner), Expr::value(*word)]);
            }
            insert.on_conflict(OnConflict::columns(["owner", "word"].map(Alias::new)).do_nothing().to_owned());
            self.tx.execute(&insert).await?;
        }
        Ok(())
    }
}

//! Reading no more than a bounded number of rows, however many a table has.
//!
//! What is to be listed is found in one of two ways. Where one of the conditions fits only a few rows, these are looked up
//! and sorted. Otherwise the list is read along an index of its order, and every row is asked the other conditions, which are
//! hidden from the planners: neither database may be tempted to sort everything, whether or not its statistics are fresh.

use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{CaseStatement, Condition, Expr, ExprTrait, Query, SelectStatement, SubQueryStatement},
};

use super::{Error, ReadTx, column};

/// How many rows are looked up and sorted for a page. With fewer, a word that more rows have would be looked for in too many
/// rows along the order; with more, it would take too long to see that a common word is common.
pub(super) const FEW: u64 = 4_000;
/// How many rows are looked up to be counted: a count needs more rows than a page, and would read further along an order.
pub(super) const COUNTED: u64 = 20_000;
/// How many rows along an order are looked at for one page, and how many first: mostly a page is full long before.
pub(super) const LOOKED_AT: [u64; 2] = [1_000, 20_000];

#[derive(FromQueryResult)]
struct Counted {
    rows: i64,
}

impl ReadTx {
    /// How many rows a query finds, counted up to one more than `most`, in the database.
    pub(super) async fn count_up_to(&self, mut query: SelectStatement, most: u64) -> Result<u64, Error> {
        query.clear_selects().expr(Expr::value(1)).limit(most.saturating_add(1));
        let counted = Query::select().expr_as(Expr::cust("COUNT(*)"), "rows").from_subquery(query, "found").take();
        let row = self.tx.query_one(&counted).await?;
        let row = row.ok_or_else(|| Error::Damaged("a count without a row".to_owned()))?;
        column::number(Counted::from_query_result(&row, "")?.rows)
    }

    /// Whether a query finds no more rows than `few`.
    pub(super) async fn are_few(&self, query: SelectStatement, few: u64) -> Result<bool, Error> {
        Ok(self.count_up_to(query, few).await? <= few)
    }
}

/// What a query finds, of which there are few: with a limit PostgreSQL begins there, and does not read all rows to ask of each
/// whether it is among them.
pub(super) fn begun_with(mut few: SelectStatement, most: u64) -> SelectStatement {
    few.limit(most).take()
}

/// A condition that is asked of every row that is read, and by which no planner looks for rows.
pub(super) fn asked(condition: Condition) -> Expr {
    let fits: Expr = CaseStatement::new().case(condition, 1).finally(0).into();
    fits.eq(1)
}

/// Whether a query that belongs to a row finds something, asked for that row alone: an EXISTS would let PostgreSQL read all
/// that it could ever find.
pub(super) fn is_there(mut query: SelectStatement) -> Expr {
    query.clear_selects().expr(Expr::value(1)).limit(1);
    Expr::from(SubQueryStatement::from(query)).is_not_null()
}

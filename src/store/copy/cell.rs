//! Values as both databases know them, and sums over them.

use aws_lc_rs::digest::{Context, SHA256};
use data_encoding::HEXLOWER;

use super::Tally;

/// A value. An identifier is its 16 bytes, yes and no are 1 and 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// The values of one row, in the order of the names of their columns.
pub(super) type Row = Vec<Cell>;

impl Cell {
    /// How much it is, about.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Null => 1,
            Self::Integer(_) => 8,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    fn hash(&self, hash: &mut Context) {
        // The kind and the length come first, so that no two rows are spelled alike.
        let mut add = |kind: u8, bytes: &[u8]| {
            hash.update(&[kind]);
            hash.update(&bytes.len().to_le_bytes());
            hash.update(bytes);
        };
        match self {
            Self::Null => add(0, &[]),
            Self::Integer(number) => add(1, &number.to_le_bytes()),
            Self::Text(text) => add(2, text.as_bytes()),
            Self::Bytes(bytes) => add(3, bytes),
        }
    }
}

/// A sum over rows, whatever their order.
#[derive(Debug, Default)]
pub(super) struct Sum {
    rows: u64,
    sum: [u8; 32],
}

impl Sum {
    /// Adds a row.
    pub(super) fn add(&mut self, row: &[Cell]) {
        let mut hash = Context::new(&SHA256);
        for cell in row {
            cell.hash(&mut hash);
        }
        let mut carry = 0;
        for (byte, more) in self.sum.iter_mut().zip(hash.finish().as_ref()) {
            let added = u16::from(*byte) + u16::from(*more) + carry;
            let [low, high] = added.to_le_bytes();
            (*byte, carry) = (low, u16::from(high));
        }
        self.rows += 1;
    }

    /// How many rows were added.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// What to compare.
    pub(super) fn tally(&self) -> Tally {
        Tally { rows: self.rows, sum: HEXLOWER.encode(&self.sum) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(rows: &[Row]) -> Tally {
        let mut sum = Sum::default();
        for row in rows {
            sum.add(row);
        }
        sum.tally()
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn rows_in_another_order_have_the_same_sum() {
        let (one, other) = (vec![text("one"), Cell::Integer(1)], vec![text("two"), Cell::Null]);
        assert_eq!(sum(&[one.clone(), other.clone()]), sum(&[other, one]));
    }

    #[test]
    fn rows_that_are_spelled_alike_have_another_sum() {
        let rows = [
            vec![text("ab"), text("")],
            vec![text("a"), text("b")],
            vec![text("ab"), Cell::Null],
            vec![Cell::Bytes(b"ab".to_vec()), text("")],
            vec![text("ab"), Cell::Integer(0)],
        ];
        let sums: std::collections::BTreeSet<String> =
            rows.iter().map(|row| sum(std::slice::from_ref(row)).sum).collect();
        assert_eq!(sums.len(), rows.len());
        // A row that is there twice does not cancel itself out.
        let [first, ..] = rows;
        assert_ne!(sum(&[first.clone(), first]).sum, sum(&[]).sum);
    }
}

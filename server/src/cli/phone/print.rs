//! Columns that stand under each other, and moments as people read them.

use soban_core::base::{Date, Instant};

use super::{Failure, Output};

/// Rows of cells; the last column is as wide as it likes.
#[derive(Debug, Default)]
pub(super) struct Table {
    indent: &'static str,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Set in a little, below a heading.
    pub(super) fn indented() -> Self {
        Self { indent: "  ", rows: Vec::new() }
    }

    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    pub(super) fn print(&self, output: &mut Output) -> Result<(), Failure> {
        self.lines().iter().try_for_each(|line| output.line(line))
    }

    fn lines(&self) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            // Texts are in NFC, where every letter of Vietnamese is one character.
            let cells = row.iter().zip(&widths).filter(|(_, width)| **width > 0);
            let padded = cells.map(|(cell, width)| format!("{cell:<width$}"));
            let line = format!("{}{}", self.indent, padded.collect::<Vec<_>>().join("  "));
            line.trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }
}

/// "20:15 18/04/2012", in Vietnam.
pub(super) fn moment(at: Instant) -> String {
    let day = at.local_date().map_or_else(String::new, Date::in_figures);
    format!("{} {day}", at.local_time())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_and_empty_ones_take_no_room() {
        let mut table = Table::indented();
        table.row(["Đồng Căm".to_owned(), String::new(), "850 m".to_owned()]);
        table.row(["Pạc Bo".to_owned(), String::new(), "5.200 m²".to_owned()]);
        assert_eq!(table.lines(), ["  Đồng Căm  850 m", "  Pạc Bo    5.200 m²"]);
    }
}

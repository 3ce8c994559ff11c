//! One state: its box, the reviews inside, and what stands at its foot.

use super::{
    super::{
        Trail,
        layout::{Area, Point, Size},
        measure::{Block, Style},
        picture::{Exit, Place},
    },
    Ink,
    canvas::{Canvas, Tag},
};
use crate::workflow::definition::StateKind;

/// Widest text in a box, in pixels.
const TEXT: f64 = 220.0;
/// Between text and edge, in pixels.
const PADDING: f64 = 12.0;
/// Between parts of a box, in pixels.
const GAP: f64 = 8.0;

/// A state with its texts broken into lines and measured.
pub(super) struct Drawn<'p> {
    place: &'p Place,
    head: Block,
    reviews: Vec<Block>,
    foot: Block,
    pub(super) size: Size,
}

impl<'p> Drawn<'p> {
    pub(super) fn of(place: &'p Place) -> Self {
        let mut head = Block::default();
        head.add(&place.label, Style::Title, TEXT);
        for note in &place.notes {
            head.add(note, Style::Remark, TEXT);
        }
        let reviews: Vec<Block> = place
            .reviews
            .iter()
            .map(|review| {
                let mut block = Block::default();
                block.add(&review.name, Style::Name, 120.0);
                block.add(&review.role, Style::Remark, 120.0);
                block.add(&seats(review.quorum, review.seats), Style::Remark, 120.0);
                block
            })
            .collect();
        let mut foot = Block::default();
        for exit in &place.exits {
            foot.add(&sentence(exit), Style::Remark, TEXT);
        }
        let side_by_side: f64 = reviews.iter().map(|review| review.width() + 2.0 * GAP).sum::<f64>()
            + GAP * f64::from(u32::try_from(reviews.len().saturating_sub(1)).unwrap_or(0));
        let ends = if place.kind == StateKind::Middle { 0.0 } else { 16.0 };
        let width = head.width().max(side_by_side).max(foot.width()) + 2.0 * PADDING + ends;
        let part = |height: f64| if height > 0.0 { height + GAP } else { 0.0 };
        let tallest = reviews.iter().map(Block::height).fold(0.0, f64::max);
        let inner = if reviews.is_empty() { 0.0 } else { tallest + GAP };
        let height = head.height() + part(inner) + part(foot.height()) + 2.0 * PADDING - 2.0;
        Self { place, head, reviews, foot, size: Size { width: width.max(96.0), height } }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas, area: Area, trail: Option<&Trail>) {
        let here = trail.is_some_and(|trail| trail.here == self.place.id);
        let ink = if trail.is_none_or(|trail| trail.states.contains(&self.place.id)) { Ink::Full } else { Ink::Faint };
        canvas.open(&Tag::new("g").text("class", if here { "place here" } else { "place" }));
        self.outline(canvas, area, here, ink);
        let x = area.center.x;
        let mut y = area.top() + PADDING;
        canvas.block(&self.head, x, y, ink);
        y += self.head.height() + GAP;
        y = self.inside(canvas, area, y, ink);
        if !self.foot.lines.is_empty() {
            let rule = format!(
                "M{} {}H{}",
                super::canvas::short(area.left() + PADDING),
                super::canvas::short(y - 3.0),
                super::canvas::short(area.right() - PADDING)
            );
            canvas.draw(
                &Tag::new("path")
                    .text("d", &rule)
                    .text("stroke", "var(--edge, GrayText)")
                    .text("stroke-dasharray", "1 3"),
            );
            canvas.block(&self.foot, x, y, ink);
        }
        if here {
            now(canvas, area);
        }
        canvas.close("g");
    }

    /// Round ends for the start, a second outline for an end: told apart by more than colour.
    fn outline(&self, canvas: &mut Canvas, area: Area, here: bool, ink: Ink) {
        let round = match self.place.kind {
            StateKind::Start => area.size.height / 2.0,
            StateKind::Middle | StateKind::End => 9.0,
        };
        let (fill, stroke, width) = match (here, self.place.kind) {
            (true, _) => ("var(--turn-tint, Mark)", "var(--turn, currentColor)", 3.0),
            (false, StateKind::Middle) => ("var(--sheet, Canvas)", ink.stroke(), 1.4),
            (false, StateKind::Start | StateKind::End) => ("var(--shade, Canvas)", ink.stroke(), 1.4),
        };
        let mut tag = Tag::area(area).number("rx", round).text("fill", fill).text("stroke", stroke);
        tag = tag.number("stroke-width", width);
        if ink == Ink::Faint {
            tag = tag.text("stroke-dasharray", "3 4");
        }
        canvas.draw(&tag);
        if self.place.kind == StateKind::End {
            let size = Size { width: area.size.width - 8.0, height: area.size.height - 8.0 };
            let inner = Area { size, ..area };
            canvas.draw(
                &Tag::area(inner)
                    .number("rx", 6.0)
                    .text("fill", "none")
                    .text("stroke", stroke)
                    .number("stroke-width", 1.0),
            );
        }
    }

    /// The reviews side by side; where the next part begins.
    fn inside(&self, canvas: &mut Canvas, area: Area, top: f64, ink: Ink) -> f64 {
        if self.reviews.is_empty() {
            return top;
        }
        let tallest = self.reviews.iter().map(Block::height).fold(0.0, f64::max) + GAP;
        let widths: Vec<f64> = self.reviews.iter().map(|review| review.width() + 2.0 * GAP).collect();
        let gaps = GAP * f64::from(u32::try_from(widths.len() - 1).unwrap_or(0));
        let whole = widths.iter().sum::<f64>() + gaps;
        let mut x = area.center.x - whole / 2.0;
        for (review, width) in self.reviews.iter().zip(widths) {
            let center = Point { x: x + width / 2.0, y: top + tallest / 2.0 };
            let inner = Area { center, size: Size { width, height: tallest } };
            canvas.draw(
                &Tag::area(inner)
                    .number("rx", 5.0)
                    .text("fill", "var(--shade, Canvas)")
                    .text("stroke", "var(--edge, GrayText)"),
            );
            canvas.block(review, center.x, top + GAP / 2.0, ink);
            x += width + GAP;
        }
        top + tallest + GAP
    }
}

/// A tab that says so in a word.
fn now(canvas: &mut Canvas, area: Area) {
    // On the left, away from arrowheads.
    let center = Point { x: area.left() + 28.0, y: area.top() };
    let tab = Area { center, size: Size { width: 42.0, height: 18.0 } };
    canvas.draw(&Tag::area(tab).number("rx", 9.0).text("fill", "var(--turn, currentColor)"));
    let tag = Tag::new("text").number("x", center.x).number("y", center.y + 4.0).number("font-size", 12.0);
    canvas.words(
        &tag.text("text-anchor", "middle").text("font-weight", "700").text("fill", "var(--sheet, Canvas)"),
        "Now",
    );
}

fn seats(quorum: u32, seats: u32) -> String {
    match (quorum, seats) {
        (1, 1) => "one verdict".to_owned(),
        (quorum, seats) if quorum == seats => format!("all {seats} verdicts"),
        (quorum, seats) => format!("{quorum} of {seats} verdicts"),
    }
}

/// `⊘ Withdrawn: author`.
fn sentence(exit: &Exit) -> String {
    format!("\u{2298} {}: {}", exit.label, exit.passage.cause)
}

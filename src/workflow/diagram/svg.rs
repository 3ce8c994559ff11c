//! The drawing itself. Looks come from presentation attributes, so a page with a strict content policy may hold it.

mod canvas;
mod place;
#[cfg(test)]
mod tests;

use canvas::{Canvas, Tag};

use super::{
    Picture, Trail,
    layout::{self, Link, MARGIN, Plan, Route, Size},
    measure::{Block, Style},
    picture::{Line, Passage, Place},
};

use crate::workflow::definition::StateKind;

/// Widest label of a line, in pixels.
const LABEL: f64 = 140.0;

/// Where a drawing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// In a page, whose style sheet has the colours.
    Page,
    /// On its own, with colours for light, dark and paper.
    File,
}

/// Colours of a drawing on its own; a page has variables of the same names.
const COLOURS: &str = ":root{--sheet:#fffdf9;--shade:#efeadf;--ink:#1e2230;--faint:#5b5f6d;--edge:#80796b;--turn:#7a4a00;\
--turn-tint:#fbecc8}@media (prefers-color-scheme:dark){:root{--sheet:#1d2028;--shade:#282c36;--ink:#ece7dc;\
--faint:#aaa799;--edge:#8b8f9b;--turn:#f3c769;--turn-tint:#3b2f12}}@media print{:root{--sheet:#fff;--shade:#fff;\
--ink:#000;--faint:#333;--edge:#555;--turn:#000;--turn-tint:#ddd}}svg{background:var(--sheet)}";

/// How something looks beside the trail of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ink {
    /// No trail, or on it.
    Full,
    /// Where the item was not.
    Faint,
}

impl Picture {
    /// The picture as SVG, with the trail of an item where there is one.
    #[must_use]
    pub fn svg(&self, sheet: Sheet, trail: Option<&Trail>) -> String {
        let drawn: Vec<&Place> = self.places.iter().filter(|place| !place.aside).collect();
        let blocks: Vec<place::Drawn<'_>> = drawn.iter().map(|place| place::Drawn::of(place)).collect();
        let labels: Vec<Block> = self.lines.iter().map(label).collect();
        let plan = self.plan(&drawn, &blocks, &labels);
        let aside: Vec<place::Drawn<'_>> =
            self.places.iter().filter(|place| place.aside).map(place::Drawn::of).collect();
        let legend = Legend::under(&plan, &aside);
        let mut canvas = Canvas::default();
        self.open(&mut canvas, sheet, legend.size);
        for (line, route) in self.lines.iter().zip(&plan.routes) {
            way(&mut canvas, route, line, ink_of(line, trail));
        }
        for ((line, route), label) in self.lines.iter().zip(&plan.routes).zip(&labels) {
            canvas.open(&Tag::new("g").text("class", "caption"));
            canvas.words(&Tag::new("title"), &self.told(line));
            canvas.draw(&Tag::area(route.label).number("rx", 4.0).text("fill", "var(--sheet, Canvas)"));
            canvas.block(label, route.label.center.x, route.label.top() + 4.0, ink_of(line, trail));
            canvas.close("g");
        }
        for (block, area) in blocks.iter().zip(&plan.boxes) {
            block.draw(&mut canvas, *area, trail);
        }
        legend.draw(&mut canvas, &aside, trail);
        canvas.close("svg");
        canvas.text()
    }

    fn plan(&self, drawn: &[&Place], blocks: &[place::Drawn<'_>], labels: &[Block]) -> Plan {
        let number = |id: &str| drawn.iter().position(|place| place.id == id).unwrap_or_default();
        let links: Vec<Link> = self
            .lines
            .iter()
            .zip(labels)
            .map(|(line, label)| Link {
                from: number(&line.from),
                to: number(&line.to),
                label: Size { width: label.width() + 12.0, height: label.height() + 8.0 },
            })
            .collect();
        let sizes: Vec<Size> = blocks.iter().map(|block| block.size).collect();
        layout::place(&sizes, &links)
    }

    fn open(&self, canvas: &mut Canvas, sheet: Sheet, size: Size) {
        let id = format!("picture-{}", self.workflow);
        let fonts = match sheet {
            Sheet::Page => "var(--sans, system-ui, sans-serif)",
            Sheet::File => "system-ui, sans-serif",
        };
        let tag = Tag::new("svg")
            .text("xmlns", "http://www.w3.org/2000/svg")
            .text("class", "picture")
            .text("role", "img")
            .text("aria-labelledby", &format!("{id}-title {id}-desc"))
            .number("width", size.width.ceil())
            .number("height", size.height.ceil())
            .text("viewBox", &format!("0 0 {} {}", size.width.ceil(), size.height.ceil()))
            .text("font-family", fonts);
        canvas.open(&tag);
        canvas.words(&Tag::new("title").text("id", &format!("{id}-title")), &self.title);
        canvas.words(&Tag::new("desc").text("id", &format!("{id}-desc")), &self.description());
        if sheet == Sheet::File {
            canvas.words(&Tag::new("style"), COLOURS);
        }
    }

    fn description(&self) -> String {
        let name = |kind| {
            let named = self.places.iter().filter(|place| place.kind == kind).map(|place| place.label.as_str());
            named.collect::<Vec<_>>().join(", ")
        };
        format!(
            "{} states. It begins at {} and ends at {}. Every way between states stands in the table as well.",
            self.places.len(),
            name(StateKind::Start),
            name(StateKind::End)
        )
    }

    fn told(&self, line: &Line) -> String {
        let said = line.passages.iter().map(said).collect::<Vec<_>>().join("; ");
        format!("From {} to {}: {said}", self.label(&line.from), self.label(&line.to))
    }
}

/// `Accredit: chair`.
fn said(passage: &Passage) -> String {
    format!("{}: {}", passage.label, passage.cause)
}

fn label(line: &Line) -> Block {
    let mut block = Block::default();
    for (number, passage) in line.passages.iter().enumerate() {
        block.add(&passage.label, Style::Name, LABEL);
        // Said once for several that stand together.
        if line.passages.get(number + 1).is_none_or(|next| next.cause != passage.cause) {
            block.add(&passage.cause, Style::Remark, LABEL);
        }
    }
    block
}

fn ink_of(line: &Line, trail: Option<&Trail>) -> Ink {
    let taken = |trail: &Trail| {
        line.passages.iter().any(|passage| trail.taken.contains(&(line.from.clone(), passage.transition.clone())))
    };
    if trail.is_none_or(taken) { Ink::Full } else { Ink::Faint }
}

/// A smooth line through its runs, with an arrowhead at its end.
fn way(canvas: &mut Canvas, route: &Route, line: &Line, ink: Ink) {
    let mut path = Vec::new();
    let mut before: Option<layout::Point> = None;
    let sideways = line.from == line.to;
    for (start, end) in &route.runs {
        match before {
            None => path.push(format!("M{} {}", canvas::short(start.x), canvas::short(start.y))),
            Some(before) => {
                let (x, y) = (f64::midpoint(before.x, start.x), f64::midpoint(before.y, start.y));
                let (one, other) = if sideways { ((x, before.y), (x, start.y)) } else { ((before.x, y), (start.x, y)) };
                let numbers = [one.0, one.1, other.0, other.1, start.x, start.y].map(canvas::short).join(" ");
                path.push(format!("C{numbers}"));
            }
        }
        path.push(format!("L{} {}", canvas::short(end.x), canvas::short(end.y)));
        before = Some(*end);
    }
    let mut tag = Tag::new("path")
        .text("class", if ink == Ink::Full { "way" } else { "way untaken" })
        .text("d", &path.concat())
        .text("fill", "none")
        .text("stroke", ink.stroke())
        .number("stroke-width", 1.6);
    if ink == Ink::Faint {
        tag = tag.text("stroke-dasharray", "3 4");
    }
    canvas.draw(&tag);
    head(canvas, route, ink, sideways);
}

fn head(canvas: &mut Canvas, route: &Route, ink: Ink, sideways: bool) {
    let Some((_, tip)) = route.runs.last() else { return };
    let (x, y) = (canvas::short(tip.x), canvas::short(tip.y));
    let back = if route.label.center.y < tip.y { -9.0 } else { 9.0 };
    let shape = if sideways { format!("M{x} {y}l9 -4.5v9z") } else { format!("M{x} {y}l-4.5 {back}h9z") };
    canvas.draw(&Tag::new("path").text("d", &shape).text("fill", ink.stroke()));
}

impl Ink {
    fn stroke(self) -> &'static str {
        match self {
            Self::Full => "var(--ink, currentColor)",
            Self::Faint => "var(--edge, GrayText)",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Full => "var(--ink, currentColor)",
            Self::Faint => "var(--faint, GrayText)",
        }
    }
}

/// Ends without a line, in a row below the drawing.
struct Legend {
    size: Size,
    areas: Vec<layout::Area>,
    heading: Option<layout::Point>,
}

impl Legend {
    fn under(plan: &Plan, aside: &[place::Drawn<'_>]) -> Self {
        if aside.is_empty() {
            return Self { size: plan.size, areas: Vec::new(), heading: None };
        }
        let top = plan.size.height + 12.0;
        let (mut x, mut bottom) = (MARGIN, top);
        let mut areas = Vec::new();
        for block in aside {
            let center = layout::Point { x: x + block.size.width / 2.0, y: top + 30.0 + block.size.height / 2.0 };
            areas.push(layout::Area { center, size: block.size });
            x += block.size.width + 24.0;
            bottom = f64::max(bottom, top + 30.0 + block.size.height);
        }
        let width = plan.size.width.max(x);
        Self {
            size: Size { width, height: bottom + MARGIN },
            areas,
            heading: Some(layout::Point { x: MARGIN, y: top }),
        }
    }

    fn draw(&self, canvas: &mut Canvas, aside: &[place::Drawn<'_>], trail: Option<&Trail>) {
        let Some(at) = self.heading else { return };
        let rule = format!("M{} {}H{}", MARGIN, at.y - 6.0, canvas::short(self.size.width - MARGIN));
        canvas.draw(
            &Tag::new("path").text("d", &rule).text("stroke", "var(--edge, GrayText)").text("stroke-dasharray", "1 4"),
        );
        let tag = Tag::new("text").number("x", at.x).number("y", at.y + 16.0).number("font-size", 12.0);
        let words =
            "Ends reached from many states. A box with \u{2298} at its foot says how it can come to one of them.";
        canvas.words(&tag.text("fill", "var(--faint, GrayText)"), words);
        for (block, area) in aside.iter().zip(&self.areas) {
            block.draw(canvas, *area, trail);
        }
    }
}

//! What holds for the stylesheet: contrast in both schemes, logical properties, size.

use std::collections::BTreeMap;

const SHEET: &str = include_str!("../../../templates/static/app.css");

type Palette = BTreeMap<String, [f64; 3]>;

/// The colours named between two places of the sheet.
fn colours(text: &str) -> Palette {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.trim_end_matches(';').split_once(": #"))
        .map(|(name, hex)| {
            let [_, red, green, blue] = u32::from_str_radix(hex, 16).unwrap().to_be_bytes();
            (name.to_owned(), [red, green, blue].map(|channel| f64::from(channel) / 255.0))
        })
        .collect()
}

/// Light, and dark: what the dark scheme does not name stays as it is.
fn palettes() -> [(&'static str, Palette); 2] {
    let (light, rest) = SHEET.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let (dark, _) = rest.split_once("/* Ground */").unwrap();
    let light = colours(light);
    let mut both = light.clone();
    both.extend(colours(dark));
    [("light", light), ("dark", both)]
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |c: f64| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn assert_contrast(pairs: &[(&str, &[&str])], least: f64) {
    for (scheme, palette) in palettes() {
        for (front, backs) in pairs {
            for back in *backs {
                let ratio = contrast(palette[*front], palette[*back]);
                assert!(ratio >= least, "{scheme}: {front} on {back} is {ratio:.2}, at least {least} is needed");
            }
        }
    }
}

#[test]
fn contrast_is_computed_as_the_standard_says() {
    assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([0.5; 3], [0.5; 3]) - 1.0).abs() < 1e-9);
}

/// WCAG 2.2, 1.4.3.
#[test]
fn text_can_be_read_in_both_schemes() {
    assert_contrast(
        &[
            ("ink", &["paper", "sheet", "shade", "turn-tint", "moving-tint", "good-tint", "bad-tint"]),
            ("faint", &["paper", "sheet", "shade"]),
            ("act", &["paper", "sheet", "shade", "moving-tint", "turn-tint"]),
            ("on-act", &["act"]),
            ("paper", &["ink"]),
            ("seal", &["paper", "sheet"]),
            ("sheet", &["seal"]),
            ("turn", &["turn-tint", "paper"]),
            ("good", &["good-tint", "paper", "sheet"]),
            ("bad", &["bad-tint", "paper", "sheet"]),
        ],
        4.5,
    );
}

/// WCAG 2.2, 1.4.11: borders of fields, marks of steps, the outline of what has the focus.
#[test]
fn borders_and_marks_can_be_seen_in_both_schemes() {
    assert_contrast(
        &[
            ("edge", &["paper", "sheet"]),
            ("act", &["paper", "sheet", "shade", "turn-tint"]),
            ("seal", &["paper", "sheet"]),
            ("good", &["paper", "sheet"]),
            ("bad", &["paper", "sheet"]),
            ("turn", &["paper", "sheet"]),
        ],
        3.0,
    );
}

#[test]
fn both_schemes_name_the_same_colours() {
    let (light, rest) = SHEET.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let (dark, _) = rest.split_once("/* Ground */").unwrap();
    let names = |text: &str| colours(text).into_keys().collect::<Vec<_>>();
    assert_eq!(names(light), names(dark));
}

/// So that a page in a script written from right to left only needs `dir`.
#[test]
fn properties_are_logical() {
    let physical = ["left", "right", "top", "bottom"];
    for (number, line) in SHEET.lines().enumerate() {
        for side in physical {
            for property in
                [format!("margin-{side}:"), format!("padding-{side}:"), format!("border-{side}"), format!(" {side}:")]
            {
                assert!(!line.contains(&property), "line {}: {property} in {line}", number + 1);
            }
        }
        for property in [" width:", " height:", "text-align: left", "text-align: right", "float: left", "float: right"]
        {
            assert!(!line.contains(property) || line.starts_with("@media"), "line {}:{property} in {line}", number + 1);
        }
    }
}

#[test]
fn the_sheet_is_small_and_asks_nobody() {
    assert!(SHEET.len() <= 26 * 1024, "{} bytes", SHEET.len());
    assert!(!SHEET.contains("url(") && !SHEET.contains("@import") && !SHEET.contains("@font-face"));
}

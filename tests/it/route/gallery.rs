//! The pages as people meet them: the demo, walked from link to link by everybody who has a part in it.

mod demo;
mod html;
mod page;
mod rule;
mod sample;
mod scene;
mod template;
mod text;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use futures_util::future::join_all;
use imprimatur::{http, present::Views};
use reqwest::Method;

use demo::{ADMINISTRATOR, Demo, HALF_WAY, SECOND, WALKERS};
use page::Page;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_demo_is_sound_and_says_what_it_said() {
    let mut demo = Demo::open().await;
    for reader in WALKERS.into_iter().chain([SECOND]) {
        demo.enter(reader).await;
    }
    demo.give_password(HALF_WAY).await;
    let set = scene::set(&demo).await;
    let walks = join_all(WALKERS.map(|reader| demo.walk(reader))).await;
    let pages: Vec<Page> = walks.into_iter().flatten().chain(set).collect();
    let views = Views::load(|name| http::static_file::url(name).unwrap_or_default()).unwrap();
    let mut faults = Vec::new();
    let mut refused = scene::refusals(&demo, &pages, &mut faults).await;
    refused.extend(sample::pages(&views));

    // Administrators plan for submissions that they may not open.
    let dead = pages.iter().filter(|page| page.status >= 400 && !page.from.contains("/migrations/"));
    faults.extend(dead.map(|page| format!("a dead link: {}", page.name())));
    let all = || pages.iter().chain(refused.iter().map(|(_, page)| page));
    faults.extend(all().flat_map(rule::faults));
    // A new page without a link to it, or without an example in the demo.
    let met: BTreeSet<&str> = pages.iter().filter_map(Page::route).collect();
    let looks = http::page::routes().filter(|(method, _)| *method == Method::GET).map(|(_, route)| route);
    faults.extend(looks.filter(|route| !met.contains(route)).map(|route| format!("nobody came to {route}")));

    let mut seen: String = all().map(|page| page.html.as_str()).collect();
    let real = demo.letters().await.into_iter().map(|letter| (letter.subject, letter.text, letter.html));
    let made = sample::letters(&views).into_iter().map(|(name, letter)| (name.to_owned(), letter.text, letter.html));
    for (name, text, html) in real.chain(made) {
        faults.extend(letter_fault(&name, &text, &html));
        seen = seen + &text + &html;
    }
    let unseen = template::unseen(&template::all(), &seen);
    faults.extend(unseen.iter().map(|name| format!("nobody saw the template {name}")));

    once_each(faults);
    says_what_it_said(&pages, &refused);
    demo.close().await;
}

/// Fails with every fault once, whoever met it on whichever submission.
fn once_each(faults: Vec<String>) {
    let mut kinds: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for fault in faults {
        let kind: String = fault.split(|letter: char| letter.is_ascii_digit()).collect();
        kinds.entry(kind).or_insert_with(|| (fault, 0)).1 += 1;
    }
    let told: Vec<String> = kinds.into_values().map(|(fault, count)| format!("{count} × {fault}")).collect();
    assert!(told.is_empty(), "{} faults:\n{}", told.len(), told.join("\n"));
}

/// It begins with whose attention is needed, in both of its forms, and has no gaps where nothing was to be said.
fn letter_fault(name: &str, text: &str, html: &str) -> Option<String> {
    let first = text.lines().next().unwrap_or_default();
    let begins = first.starts_with("Your attention is needed") || first == "Nothing for you to do.";
    let sound = begins && html.contains(first) && !text.contains("\n\n\n");
    (!sound).then(|| format!("the letter {name:?}:\n{text}\n{html}"))
}

/// The words of each kind of page as each reader has them, and of each refusal.
fn says_what_it_said(pages: &[Page], refused: &[(&str, Page)]) {
    let mut told: BTreeMap<String, BTreeMap<String, Vec<&str>>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut add = |kind: &str, shape: &str, reader: &'static str, text: String| {
        if known.insert((kind.to_owned(), shape.to_owned(), reader)) {
            told.entry(kind.to_owned()).or_default().entry(text).or_default().push(reader);
        }
    };
    // Letters of one moment lie in the outbox in any order.
    for page in pages.iter().filter(|page| !page.pieces.is_empty() && !page.path.starts_with("/outbox")) {
        let Some(route) = page.route() else { continue };
        add(route, &text::shape(page), page.reader.name, text::main(page));
        if route == "/" || (page.reader == ADMINISTRATOR && route == "/people") {
            add("header", "", page.reader.name, text::header(page));
        }
    }
    for (what, page) in refused {
        add("refused", what, page.reader.name, format!("{what}: {}\n{}", page.status, text::main(page)));
    }
    for (kind, texts) in told {
        let mut written = String::new();
        let mut texts: Vec<_> = texts.into_iter().map(|(text, readers)| (readers.join(", "), text)).collect();
        texts.sort();
        for (readers, text) in texts {
            let _ = write!(written, "==== {readers}\n{text}\n\n");
        }
        let name = if kind == "/" { "home" } else { kind.trim_start_matches('/') };
        insta::assert_snapshot!(format!("page-{}", name.replace(['{', '}'], "").replace('/', "-")), written);
    }
}

/// Each rule sees what it is for: a sound page, and the same with one thing broken.
#[test]
fn the_rules_find_what_is_wrong() {
    const SOUND: &str = "<!doctype html><html lang=\"en\"><title>Form – Imprimatur</title><main><h1>Form</h1>\
        <form method=\"post\" action=\"/s/SS-2026-0042/conflict\"><input type=\"hidden\" name=\"version\" value=\"7\">\
        <label for=\"reason\">Reason</label><textarea id=\"reason\" name=\"reason\"></textarea><button>Send</button>\
        </form><h2 id=\"more\">More</h2><a href=\"#more\">More</a></main>";
    let faults = |html: &str| rule::faults(&Page::new(demo::NOBODY, "/", 200, html.to_owned()));
    assert_eq!(faults(SOUND), [""; 0]);
    for (from, to, fault) in [
        ("<!doctype html>", "", "does not say what it is"),
        (" lang=\"en\"", "", "language is not said"),
        ("<h1>Form</h1>", "<h1>Form</h1><h1>Form</h1>", "not one <main> and one <h1>"),
        ("<title>Form", "<title>", "no title"),
        ("<title>Form", "<title>Error: Form", "is answered 200 under the title"),
        ("h2", "h3", "after <h1> comes <h3>"),
        ("id=\"more\"", "id=\"reason\"", "the id reason stands twice"),
        ("href=\"#more\"", "href=\"#less\"", "points to \"less\", which is nowhere"),
        (" for=\"reason\"", "", "the field Some(\"reason\") has no label"),
        ("<h2", "<style></style><h2", "<style> stands in the page"),
        ("<h2", "<script>go()</script><h2", "<script> stands in the page"),
        ("<h2", "<h2 onclick=\"go()\"", "<h2 onclick=\"go()\">"),
        ("href=\"#more\"", "href=\"https://elsewhere.example/\"", "<a href=\"https://elsewhere.example/\">"),
        ("action=\"/s/SS-2026-0042/conflict\"", "action=\"/submissions/7/conflict\"", "nobody takes what the form"),
        ("name=\"version\"", "name=\"vision\"", "does not say which version it was made for"),
        ("<button>", "<button name=\"remove\" value=\"agenda/1\">", "adds or removes a row"),
    ] {
        let found = faults(&SOUND.replace(from, to));
        assert!(found.iter().any(|found| found.contains(fault)), "{fault}: {found:?}");
    }
}

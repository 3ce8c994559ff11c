//! What holds for every page.

use std::collections::BTreeSet;

use reqwest::Method;

use super::{
    html::{self, Form, Piece, Tag, opened},
    page::{Page, route},
};

/// Steps on a submission that count for whatever stands there: nobody decides by what they saw.
const WITHOUT_VERSION: [&str; 1] = ["/s/{reference}/remind"];

/// What is wrong with a page; nothing, where all is right.
pub(super) fn faults(page: &Page) -> Vec<String> {
    if page.pieces.is_empty() {
        return Vec::new();
    }
    let mut faults = [frame(page), headings(page), places(page), fields(page), policy(page)].concat();
    for form in html::forms(&page.pieces) {
        faults.extend(form_faults(&form));
    }
    faults.into_iter().map(|fault| format!("{}: {fault}", page.name())).collect()
}

/// Language, title and one part that is the content.
fn frame(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let one = |name: &str| opened(&page.pieces).filter(|tag| tag.name == name).count() == 1;
    if !page.html.starts_with("<!doctype html>") {
        faults.push("it does not say what it is".to_owned());
    }
    if opened(&page.pieces).find(|tag| tag.name == "html").and_then(|tag| tag.get("lang")) != Some("en") {
        faults.push("its language is not said".to_owned());
    }
    if !one("main") || !one("h1") {
        faults.push("it has not one <main> and one <h1>".to_owned());
    }
    let title = page.html.split("<title>").nth(1).unwrap_or_default().split("</title>").next().unwrap_or_default();
    if title.starts_with(" –") || !title.contains(" – ") {
        faults.push("it has no title".to_owned());
    }
    if title.starts_with("Error: ") != (page.status >= 400) {
        faults.push(format!("it is answered {} under the title “{title}”", page.status));
    }
    faults
}

/// None is left out on the way down. What is wrong is told above everything else.
fn headings(page: &Page) -> Vec<String> {
    let all = opened(&page.pieces).filter(|tag| tag.get("id") != Some("faults"));
    let levels = all.filter_map(|tag| tag.name.strip_prefix('h')?.parse::<u32>().ok());
    let mut faults = Vec::new();
    let mut before = 0;
    for level in levels {
        if level > before + 1 {
            faults.push(format!("after <h{before}> comes <h{level}>"));
        }
        before = level;
    }
    faults
}

/// No id stands twice, and whatever points to one finds it.
fn places(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for id in opened(&page.pieces).filter_map(|tag| tag.get("id")) {
        if !ids.insert(id) {
            faults.push(format!("the id {id} stands twice"));
        }
    }
    for tag in opened(&page.pieces) {
        let here = tag.get("href").and_then(|href| href.strip_prefix('#'));
        let pointed = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "list"].map(|name| tag.get(name));
        for id in here.into_iter().chain(pointed.into_iter().flatten().flat_map(str::split_whitespace)) {
            if !ids.contains(id) {
                faults.push(format!("<{}> points to {id:?}, which is nowhere", tag.name));
            }
        }
    }
    faults
}

/// Whatever is filled in has a label.
fn fields(page: &Page) -> Vec<String> {
    let labelled: BTreeSet<&str> =
        opened(&page.pieces).filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
    let mut faults = Vec::new();
    let mut within = 0;
    for piece in &page.pieces {
        match piece {
            Piece::Open(tag) if tag.name == "label" => within += 1,
            Piece::Close(name) if name == "label" => within -= 1,
            Piece::Open(tag) if is_field(tag) && within == 0 => {
                let named = tag.get("aria-label").or(tag.get("aria-labelledby")).is_some();
                if !named && !tag.get("id").is_some_and(|id| labelled.contains(id)) {
                    faults.push(format!("the field {:?} has no label", tag.get("name")));
                }
            }
            _ => {}
        }
    }
    faults
}

fn is_field(tag: &Tag) -> bool {
    let typed = ["input", "select", "textarea"].contains(&tag.name.as_str());
    typed && tag.get("type") != Some("hidden")
}

/// The policy of the server allows neither scripts and styles in the page nor anything from elsewhere: a page that had
/// one would be broken, not just unsafe.
fn policy(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in opened(&page.pieces) {
        if tag.name == "style" || (tag.name == "script" && tag.get("src").is_none()) {
            faults.push(format!("<{}> stands in the page", tag.name));
        }
        for (name, value) in tag.attributes() {
            let loads = ["src", "href", "action"].contains(&name) && value.contains("://");
            if name == "style" || name.starts_with("on") || loads {
                faults.push(format!("<{} {name}={value:?}>", tag.name));
            }
        }
    }
    faults
}

/// What a form sends is taken by somebody, a stale tab is noticed, and Enter does no harm.
fn form_faults(form: &Form<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let action = form.action();
    let method = if form.posts() { Method::POST } else { Method::GET };
    let taken = route(&method, action);
    if taken.is_none() {
        faults.push(format!("nobody takes what the form for {action:?} sends"));
    }
    // Dropping the hidden version from `templates/page/form_fill.html` fails here on every page of an act.
    let of_submission = taken.filter(|route| form.posts() && route.starts_with("/s/"));
    if of_submission.is_some_and(|route| !WITHOUT_VERSION.contains(&route)) && form.value("version").is_none() {
        faults.push(format!("the form for {action} does not say which version it was made for"));
    }
    let first = opened(form.pieces).find(|tag| tag.name == "button");
    if first.is_some_and(|button| ["add", "remove"].contains(&button.get("name").unwrap_or_default())) {
        faults.push(format!("Enter in the form for {action} adds or removes a row"));
    }
    faults
}

//! What holds for every page and letter, whatever they say. Those that people meet are walked by `tests/it/route/gallery`.

use super::{
    Views,
    account::SignIn,
    envelope::{Attention, Envelope},
    layout::Layout,
    letter::{About, news::ProgressLetter},
};

mod style;

fn views() -> Views {
    Views::load(|name| format!("/static/1f/{name}")).unwrap()
}

#[test]
fn what_people_write_is_escaped_in_html_and_left_alone_in_text() {
    let title = "Type 2 diabetes & kidneys: what <6.5 % means";
    let envelope = Envelope {
        subject: format!("SS-2026-0042: {title}"),
        name: "Amara Okafor".to_owned(),
        organisation: "Prairie States Academy".to_owned(),
        attention: Attention::Nobody,
        href: "https://imprimatur.example/s/SS-2026-0042".to_owned(),
    };
    let letter = ProgressLetter {
        about: About { reference: "SS-2026-0042".to_owned(), title: title.to_owned() },
        sentence: "With an assessor.".to_owned(),
    };
    let letter = views().letter(&envelope, &letter).unwrap();
    assert!(letter.text.contains(title));
    assert!(letter.html.contains("Type 2 diabetes &amp; kidneys: what &lt;6.5 % means"));

    let hostile = "<script>alert(1)</script>\"'><img src=x>";
    let page = SignIn { email: hostile.to_owned(), fault: Some(hostile.to_owned()), next: None, demo: Vec::new() };
    let html = views().page(Layout { title: hostile.to_owned(), ..Layout::default() }, page).unwrap();
    assert!(!html.contains("<script>alert") && !html.contains("<img"));
}

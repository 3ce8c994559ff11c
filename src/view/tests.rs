//! What holds for every page and letter.

use std::collections::BTreeSet;

use super::*;

mod style;

fn views() -> Views {
    Views::load(|name| format!("/static/1f/{name}")).unwrap()
}

/// Files below `templates/`, as `page/home_read.html`.
fn templates(folder: &str) -> BTreeSet<String> {
    std::fs::read_dir(format!("templates/{folder}"))
        .unwrap()
        .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect()
}

fn letters(views: &Views) -> Vec<(&'static str, Written)> {
    fn write<L: Letter>(views: &Views, written: &mut Vec<(&'static str, Written)>) {
        written.extend(L::samples().iter().map(|letter| (L::TEMPLATE, views.letter(letter).unwrap())));
    }
    let mut written = Vec::new();
    write::<TurnLetter>(views, &mut written);
    write::<ReminderLetter>(views, &mut written);
    write::<ProgressLetter>(views, &mut written);
    write::<DecisionLetter>(views, &mut written);
    write::<ReturnedLetter>(views, &mut written);
    write::<InvitationLetter>(views, &mut written);
    write::<PasswordLetter>(views, &mut written);
    write::<AlarmLetter>(views, &mut written);
    write::<ShortageLetter>(views, &mut written);
    write::<DisprovedLetter>(views, &mut written);
    write::<FaultyLetter>(views, &mut written);
    write::<StuckLetter>(views, &mut written);
    written
}

#[test]
fn every_page_template_has_samples_and_renders_the_same_twice() {
    let views = views();
    let first = gallery(&views).unwrap();
    let second = gallery(&views).unwrap();
    let shown: BTreeSet<String> = first.iter().map(|page| page.template.to_owned()).collect();
    assert_eq!(shown, templates("page"));
    for (one, two) in first.iter().zip(&second) {
        assert_eq!(one.html, two.html, "{} differs", one.name);
    }
}

#[test]
fn every_letter_template_has_samples_and_renders_the_same_twice() {
    let views = views();
    let written = letters(&views);
    assert_eq!(written, letters(&views));
    let used: BTreeSet<String> = written
        .iter()
        .flat_map(|(template, _)| [format!("{template}.html"), format!("{template}.txt")])
        .chain(["mail/layout.html".to_owned(), "mail/layout.txt".to_owned()])
        .collect();
    assert_eq!(used, templates("mail"));
}

#[test]
fn a_letter_begins_with_whose_attention_is_needed() {
    for (template, letter) in letters(&views()) {
        let first = letter.text.lines().next().unwrap();
        assert!(
            first.starts_with("Your attention is needed") || first == "Nothing for you to do.",
            "{template} begins with {first:?}"
        );
        assert!(letter.html.contains(first), "{template}: text and HTML differ");
        assert!(!letter.text.contains("\n\n\n"), "{template} has a gap:\n{}", letter.text);
    }
}

#[test]
fn what_people_write_is_escaped_in_html_and_left_alone_in_text() {
    let (_, letter) = letters(&views()).swap_remove(0);
    assert!(letter.text.contains("Type 2 diabetes & kidneys: what <6.5 % means"));
    assert!(letter.html.contains("Type 2 diabetes &amp; kidneys: what &lt;6.5 % means"));

    let hostile = "<script>alert(1)</script>\"'><img src=x>";
    let page = SignIn { email: hostile.to_owned(), fault: Some(hostile.to_owned()), next: None, demo: Vec::new() };
    let html = views().page(Layout { title: hostile.to_owned(), ..Layout::default() }, page).unwrap();
    assert!(!html.contains("<script>alert") && !html.contains("<img"));
}

/// The policy of the server allows neither; a page that had one would be broken, not just unsafe.
#[test]
fn no_page_has_an_inline_script_or_style() {
    for page in gallery(&views()).unwrap() {
        assert!(!page.html.contains(" style="), "{} has a style attribute", page.name);
        assert!(!page.html.contains("<style"), "{} has a style element", page.name);
        for handler in [" onclick=", " onload=", " onsubmit=", " onchange=", " oninput=", " onerror="] {
            assert!(!page.html.contains(handler), "{} has{handler}", page.name);
        }
        for tag in page.html.split("<script").skip(1) {
            assert!(tag.split('>').next().unwrap().contains("src="), "{} has an inline script", page.name);
        }
        for scheme in ["http://", "https://"] {
            for attribute in ["src=\"", "href=\""] {
                assert!(!page.html.contains(&format!("{attribute}{scheme}")), "{} loads from elsewhere", page.name);
            }
        }
    }
}

/// A stale tab must be noticed: whatever changes a submission says which version it was shown.
#[test]
fn every_form_of_a_submission_carries_its_version() {
    for page in gallery(&views()).unwrap() {
        for form in page.html.split("<form").skip(1) {
            let form = form.split("</form").next().unwrap();
            let head = form.split('>').next().unwrap();
            if head.contains("method=\"post\"") && head.contains("action=\"/submissions/") {
                assert!(form.contains("name=\"version\""), "{}: <form{head}>", page.name);
            }
        }
    }
}

/// Enter in a field presses the first button of its form: that must not be one that removes something.
#[test]
fn the_first_button_of_a_form_never_removes() {
    for page in gallery(&views()).unwrap() {
        for form in page.html.split("<form").skip(1) {
            let first = form.split("<button").nth(1).unwrap_or_default().split('>').next().unwrap();
            assert!(!first.contains("name=\"remove\"") && !first.contains("name=\"add\""), "{}: {first}", page.name);
        }
    }
}

#[test]
fn every_fault_leads_to_something_on_the_page_or_to_another_page() {
    for page in gallery(&views()).unwrap() {
        let Some(faults) = page.html.split("class=\"faults\"").nth(1) else { continue };
        for link in faults.split("</section").next().unwrap().split("<a href=\"#").skip(1) {
            let target = link.split('"').next().unwrap();
            assert!(page.html.contains(&format!("id=\"{target}\"")), "{}: nothing has the id {target}", page.name);
        }
    }
}

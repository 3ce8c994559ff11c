//! What nobody did in the demo, and has to be done so that every kind of page is there; and what people do wrong.

use imprimatur::model::Mail;

use super::{
    demo::{
        ADMINISTRATOR, ASSESSOR, AUTHOR, CHAIR, COORDINATOR, Demo, HALF_WAY, NOBODY, PRACTITIONER, REVIEWER, Reader,
        SECOND,
    },
    page::Page,
};

/// Somebody is invited, and a changed workflow comes into force beside the one that open submissions follow. Gives the
/// pages of the invitation and of the plan to take those submissions over.
pub(super) async fn set(demo: &Demo) -> Vec<Page> {
    let form = demo.get(ADMINISTRATOR, "/people/invite").await;
    let somebody = [("email", "nora@psa.example"), ("name", "Nora Quist"), ("affiliation", "Niobrara Family Practice")];
    assert_eq!(demo.fill(&form, "/people/invite", &somebody).await.status, 303);
    let letters = demo.letters().await;
    let letter = letters.iter().find(|letter| letter.text.contains("/welcome/")).expect("an invitation");
    let (_, secret) = letter.text.split_once("/welcome/").expect("a link");
    let welcome = format!("/welcome/{}", secret.split_whitespace().next().expect("a secret"));

    let editor = demo.get(ADMINISTRATOR, "/workflows/self-study/edit").await;
    let source = include_str!("../../../../workflows/self-study.yaml");
    let changed = source.replacen("label: Being assessed", "label: In assessment", 1);
    assert_ne!(changed, source);
    let proposed = [("then", "propose"), ("source", changed.as_str())];
    let proposed = demo.fill(&editor, "/workflows/{workflow}/edit", &proposed).await;
    let version = demo.get(SECOND, proposed.leads_to.as_deref().expect("a version")).await;
    let activate = "/workflows/{workflow}/versions/{hash}/activate";
    assert_eq!(demo.fill(&version, activate, &[]).await.status, 303);

    let workflow = demo.get(ADMINISTRATOR, "/workflows/self-study").await;
    let migrate = workflow.links().into_iter().find(|link| link.contains("/migrate?")).expect("a way to migrate");
    let migrate = demo.get(ADMINISTRATOR, &migrate).await;
    let planned = demo.fill(&migrate, "/workflows/{workflow}/migrate", &[]).await;
    let plan = planned.leads_to.unwrap_or_else(|| panic!("no plan: {}", planned.html));
    let plan = demo.get(SECOND, &plan).await;
    let disclosing = disclosing(demo).await;
    let mut set = vec![
        demo.get(NOBODY, &welcome).await,
        migrate,
        plan,
        declining(demo, &letters).await,
        disclosing,
        late(demo).await,
    ];
    for page in ["/account/second-factor/codes", "/account/second-factor/off"] {
        set.push(demo.get(PRACTITIONER, page).await);
    }
    set.push(demo.get(HALF_WAY, "/sign-in/code").await);
    set.push(demo.get(NOBODY, &demo.ask_for_address(AUTHOR).await).await);
    set
}

/// What somebody is asked who is named in a course: the author asks, and the letter leads there.
async fn disclosing(demo: &Demo) -> Page {
    let home = demo.get(AUTHOR, "/").await;
    for link in home.links().into_iter().filter(|link| link.starts_with("/s/CA-")) {
        let list = demo.get(AUTHOR, &format!("{link}/disclosures")).await;
        if list.status != 200 || !list.asks("/s/{reference}/disclosures") {
            continue;
        }
        assert_eq!(demo.fill(&list, "/s/{reference}/disclosures", &[("everybody", "yes")]).await.status, 303);
        let letters = demo.letters().await;
        let letter = letters.iter().find(|letter| letter.text.contains("/disclose/")).expect("a letter");
        let (_, secret) = letter.text.split_once("/disclose/").expect("a link");
        let page = format!("/disclose/{}", secret.split_whitespace().next().expect("a secret"));
        return demo.get(NOBODY, &page).await;
    }
    panic!("the author has no course in which somebody can be asked");
}

/// Where somebody who was given a place can decline it, without signing in.
async fn declining(demo: &Demo, letters: &[Mail]) -> Page {
    for letter in letters {
        let Some((_, secret)) = letter.text.split_once("/decline/") else { continue };
        let page = format!("/decline/{}", secret.split_whitespace().next().expect("a secret"));
        let page = demo.get(NOBODY, &page).await;
        if page.status == 200 {
            return page;
        }
    }
    panic!("no letter of the demo leads to a place that can still be declined");
}

/// What somebody sent after their session had ended, shown to them again.
async fn late(demo: &Demo) -> Page {
    let fields = [("email", "otis@psa.example"), ("name", "Otis Vance")];
    let refused = demo.post_late(SECOND, "/people/invite", &fields).await;
    assert_eq!(refused.status, 401);
    let (_, id) = refused.html.split_once("unsent%2F").expect("a way to what was kept");
    demo.get(SECOND, &format!("/unsent/{}", id.get(..36).expect("an id"))).await
}

/// A form that is sent as it should not be: by whom, from which kind of page, to which route, with what.
struct Wrong {
    what: &'static str,
    reader: Reader,
    from: &'static str,
    to: &'static str,
    fields: &'static [(&'static str, &'static str)],
    status: u16,
}

const fn wrong(what: &'static str, reader: Reader, at: &'static str, status: u16) -> Wrong {
    Wrong { what, reader, from: at, to: at, fields: &[], status }
}

const WRONG: &[Wrong] = &[
    Wrong {
        fields: &[("starts_on", "soon"), ("expected", "many"), ("then", "continue")],
        ..wrong("a section with faults", AUTHOR, "/s/{reference}/form/{section}", 422)
    },
    Wrong {
        fields: &[("version", "1"), ("title", "Ultrasound at the bedside"), ("then", "continue")],
        ..wrong("a section out of date", AUTHOR, "/s/{reference}/form/{section}", 409)
    },
    wrong("a decision without a word", CHAIR, "/s/{reference}/act/{transition}", 422),
    wrong("a review without a verdict", ASSESSOR, "/s/{reference}/review/{track}", 422),
    wrong("a conflict without a reason", REVIEWER, "/s/{reference}/conflict", 422),
    wrong("a seat for nobody", COORDINATOR, "/s/{reference}/assign/{track}", 422),
    wrong("an invitation of nobody", ADMINISTRATOR, "/people/invite", 422),
    wrong("a person without a name", ADMINISTRATOR, "/people/{person}", 422),
    wrong("an erasure of nobody", ADMINISTRATOR, "/people/{person}/erase", 422),
    Wrong {
        from: "/groups/{slug}",
        fields: &[("who", "somebody")],
        ..wrong("a member nobody knows", ADMINISTRATOR, "/groups/{slug}/join", 422)
    },
    wrong("an organisation without a name", ADMINISTRATOR, "/organisation", 422),
    wrong("a workflow without an id", ADMINISTRATOR, "/workflows", 422),
    Wrong {
        fields: &[("source", "format: 1\nworkflow: self-study\n"), ("then", "propose")],
        ..wrong("a definition that is none", ADMINISTRATOR, "/workflows/{workflow}/edit", 422)
    },
    Wrong {
        fields: &[("email", "nobody@psa.example"), ("password", "a guess at a password")],
        ..wrong("a password that is wrong", NOBODY, "/sign-in", 422)
    },
    Wrong {
        fields: &[("relationships/0/company", "Sonolyte"), ("relationships/0/from", "spring")],
        ..wrong("a disclosure with faults", NOBODY, "/disclose/{secret}", 422)
    },
    Wrong { fields: &[("password", "short")], ..wrong("a password too short", NOBODY, "/welcome/{secret}", 422) },
    Wrong { fields: &[("one-time/code", "1234")], ..wrong("a code that is none", HALF_WAY, "/sign-in/code", 422) },
    wrong("an address that is none", ADMINISTRATOR, "/people/{person}/address", 422),
    wrong("a second factor taken for no reason", ADMINISTRATOR, "/people/{person}/second-factor", 422),
];

/// Every refusal, with what was done; `pages` are those that people have before them. What was not refused as it should be
/// is a fault.
pub(super) async fn refusals(demo: &Demo, pages: &[Page], faults: &mut Vec<String>) -> Vec<(&'static str, Page)> {
    let mut refused = Vec::new();
    for wrong in WRONG {
        let from = pages
            .iter()
            .find(|page| page.reader == wrong.reader && page.route() == Some(wrong.from) && page.asks(wrong.to));
        let Some(from) = from else {
            faults.push(format!("{} has no page for {}", wrong.reader.name, wrong.what));
            continue;
        };
        refused.push((wrong.what, wrong.status, demo.fill(from, wrong.to, wrong.fields).await));
    }
    let long = "long ".repeat(1_000_000);
    let guess = [("email", "hannah@psa.example"), ("password", "a guess at a password")];
    let mut tired = demo.post(NOBODY, "/sign-in", &guess).await;
    for _ in 0..60 {
        if tired.status != 429 {
            tired = demo.post(NOBODY, "/sign-in", &guess).await;
        }
    }
    refused.extend([
        ("nothing there", 404, demo.get(AUTHOR, "/s/SS-2026-9999").await),
        ("no such address", 404, demo.get(NOBODY, "/nowhere").await),
        ("not theirs", 403, demo.get(AUTHOR, "/people").await),
        ("not signed in", 401, demo.post(NOBODY, "/start/self-study", &[]).await),
        ("too large", 413, demo.post(ADMINISTRATOR, "/organisation", &[("name", &long)]).await),
        ("too many guesses", 429, tired),
    ]);
    let wrongly = refused.iter().filter(|(_, status, page)| page.status != *status);
    faults.extend(wrongly.map(|(what, _, page)| format!("{what}: {} {}", page.status, super::text::main(page))));
    refused.into_iter().map(|(what, _, page)| (what, page)).collect()
}

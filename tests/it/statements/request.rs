//! A page or a form reads what it needs once: how many statements each of the main ones takes.

use reqwest::Method;

use super::heard::Heard;
use crate::harness::{
    client::send,
    form::{PDF, self_study},
    house::House,
};

/// Somebody with a browser.
struct Browser<'a> {
    house: &'a House,
    heard: &'a Heard,
    cookie: String,
}

impl<'a> Browser<'a> {
    async fn of(house: &'a House, heard: &'a Heard, key: &str) -> Self {
        Self { house, heard, cookie: house.session(key).await }
    }

    /// Opens a page; gives how many statements it took.
    async fn look(&self, path: &str, most: usize) -> usize {
        self.ask(Method::GET, path, String::new(), (200, most)).await
    }

    /// Posts a form; the page to which it leads is not counted.
    async fn act(&self, path: &str, form: &[(&str, &str)], most: usize) -> usize {
        let encoded =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let form: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        self.ask(Method::POST, path, form.join("&"), (303, most)).await
    }

    async fn ask(&self, method: Method, path: &str, body: String, (status, most): (u16, usize)) -> usize {
        let request = self.house.nobody().request(method.clone(), &format!("/{path}")).await;
        let request = request.header("cookie", &self.cookie).header("origin", &self.house.url);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        let (answer, sent) = self.heard.during(send(request)).await;
        assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
        println!("{:3} of {most:3} {method} {path}", sent.len());
        assert!(sent.len() <= most, "{method} {path} took {} statements:\n{}", sent.len(), sent.join("\n"));
        sent.len()
    }
}

/// A dossier that is read once more takes some twenty statements more.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_and_a_form_read_what_they_need_once() {
    // At most so many, on PostgreSQL, which begins and ends its transactions in statements; two to spare.
    let heard = Heard::listen();
    let house = House::open().await;
    let author = house.person("author");
    let reference = author.begin("self-study").await;
    author.answer(&reference, &self_study(&house, "4")).await.ok();
    author.attach(&reference, "evidence", "log.pdf", PDF).await.ok();
    let version = async || house.submission(&reference).await.version.to_string();
    let at = |rest: &str| format!("/s/{reference}{rest}");

    let own = Browser::of(&house, &heard, "author").await;
    own.look("/", 49).await;
    let page = own.look(&at(""), 38).await;
    own.look(&at("/form/evidence"), 38).await;
    own.look(&at("/check"), 38).await;
    let seen = version().await;
    let saved = own.act(&at("/form/evidence"), &[("version", &seen), ("attest", "yes"), ("then", "later")], 25).await;
    let seen = version().await;
    let sent = own.act(&at("/act/submit"), &[("version", &seen)], 38).await;

    let assessor = Browser::of(&house, &heard, "assessor").await;
    let seen = version().await;
    assessor.act(&at("/review/assess/claim"), &[("version", &seen)], 33).await;
    assessor.look(&at("/review/assess"), 49).await;
    let seen = version().await;
    let verdict = [
        ("version", seen.as_str()),
        ("verdict", "approve"),
        ("note", "As the log says."),
        ("rubric/hours_plausible", "fully"),
        ("rubric/professional", "yes"),
    ];
    assessor.act(&at("/review/assess"), &verdict, 49).await;
    let office = Browser::of(&house, &heard, "coordinator").await;
    office.look("/queue", 38).await;
    office.look(&at(""), 42).await;
    assert!(page > 10 && saved > 10 && sent > 10, "the statements are heard");
    house.close().await;
}

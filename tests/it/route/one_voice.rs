//! One voice: what a page, the API's answer and a letter say of the same thing, at each step of a workflow.

use jiff::{Timestamp, tz::TimeZone};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{
    client::send,
    form::{PDF, assessment, self_study, sent_self_study},
    house::House,
};

/// Somebody who reads pages, answers and letters.
struct Reader<'a> {
    house: &'a House,
    key: &'static str,
    cookie: String,
}

impl<'a> Reader<'a> {
    async fn new(house: &'a House, key: &'static str) -> Self {
        Self { house, key, cookie: house.session(key).await }
    }

    /// A page as it is read: its text on one line, with the addresses that times carry.
    async fn page(&self, path: &str) -> String {
        let request =
            self.house.nobody().request(Method::GET, &format!("/{path}")).await.header("cookie", &self.cookie);
        let answer = send(request).await;
        assert_eq!(answer.status, 200, "{path}");
        one_line(&unescaped(&String::from_utf8(answer.bytes).unwrap()))
    }

    /// The newest letter, on one line.
    async fn letter(&self) -> String {
        self.house.work().await;
        let letters = self.house.letters_to(self.key).await;
        one_line(&letters.last().expect("a letter").text)
    }

    /// What the API says.
    async fn api(&self, path: &str) -> Value {
        self.house.person(self.key).get(path).await.ok()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescaped(html: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    signs.into_iter().fold(html.to_owned(), |text, (escaped, sign)| text.replace(escaped, sign))
}

/// What stands between two texts.
#[track_caller]
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no “{before}” in: {text}"));
    rest.split_once(after).unwrap_or_else(|| panic!("no “{after}” in: {rest}")).0
}

/// That all of them say it.
#[track_caller]
fn all_say(said: &str, texts: &[(&str, &str)]) {
    for (which, text) in texts {
        assert!(text.contains(said), "{which} does not say “{said}”: {text}");
    }
}

/// A verdict that asks for a change of an answer and of a file.
fn changes(file: &Value) -> Value {
    let mut verdict = assessment("revise");
    verdict["requests"] = json!([
        { "question": "reflection", "text": "Say what you will do differently." },
        { "file": file, "text": "It has no date." },
    ]);
    verdict
}

#[tokio::test(flavor = "multi_thread")]
async fn page_answer_and_letter_say_the_same_from_the_draft_to_the_credit() {
    let house = House::open().await;
    let (author, assessor) = (house.person("author"), house.person("assessor"));
    let writes = Reader::new(&house, "author").await;
    let reads = Reader::new(&house, "assessor").await;
    let runs = Reader::new(&house, "coordinator").await;

    // A draft without a title is called the same wherever it has to be called something.
    let reference = author.begin("self-study").await;
    let own = format!("/s/{reference}");
    let untitled = "Untitled self-study";
    all_say(untitled, &[("home", &writes.page("/").await), ("its page", &writes.page(&own).await)]);
    // What is to be done, in the list of turns and on the page that leads there.
    all_say("Fill in and send", &[("home", &writes.page("/").await)]);

    // Sent: where it stands, for the author.
    author.answer(&reference, &self_study(&house, "6.50")).await.ok();
    let file = author.attach(&reference, "evidence", "certificate.pdf", PDF).await.ok();
    author.fire(&reference, "submit", &json!({})).await.ok();
    let read = writes.api(&format!("/submissions/{reference}")).await;
    let stands = read["state"]["label"].as_str().unwrap();
    all_say(stands, &[("home", &writes.page("/").await), ("its page", &writes.page(&own).await)]);

    // What the assessor has to do, on which submission, and by when.
    let (letter, list) = (reads.letter().await, reads.page("/").await);
    let title = read["title"].as_str().unwrap();
    all_say(between(&letter, "It is your turn: ", ". SS-"), &[("home", &list)]);
    all_say(title, &[("letter", &letter), ("home", &list)]);
    let by: Timestamp =
        reads.api(&format!("/submissions/{reference}")).await["turns"][0]["by"].as_str().unwrap().parse().unwrap();
    let day = by.to_zoned(TimeZone::get("America/Chicago").unwrap()).strftime("%A %-d %B %Y").to_string();
    all_say(&day, &[("letter", &letter), ("the queue's page", &runs.page(&own).await)]);

    // Changes asked: of which question, of which file, and what the author does now.
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &changes(&file["id"])).await.ok();
    let (letter, page) = (writes.letter().await, writes.page(&own).await);
    for said in
        ["What you learned and will change", "certificate.pdf", "It has no date.", "Say what you will do differently."]
    {
        all_say(said, &[("letter", &letter), ("its page", &page), ("the office's page", &runs.page(&own).await)]);
    }
    let next = between(&letter, "It has no date. ", " You can also");
    all_say(next, &[("its page", &page)]);
    let read = writes.api(&format!("/submissions/{reference}")).await;
    all_say(read["state"]["label"].as_str().unwrap(), &[("its page", &page), ("home", &writes.page("/").await)]);

    // A refusal, in the API's offers and on the page before sending.
    let offers = writes.api(&format!("/submissions/{reference}/offers")).await;
    let offer = offers.as_array().unwrap().iter().find(|offer| offer["name"] == "answered").expect("an offer");
    let refusal = offer["refusal"]["detail"].as_str().expect("a refusal");
    all_say(refusal, &[("the last look", &writes.page(&format!("{own}/check")).await)]);

    // Reminded: the same act as in the list of turns.
    house.person("coordinator").post(&format!("/submissions/{reference}/remind"), &json!({})).await.ok();
    let letter = writes.letter().await;
    let act = between(&letter, "This still waits for you: ", ". It has waited");
    all_say(act, &[("home", &writes.page("/").await)]);

    // A file that was sent and is replaced keeps its name, for both sides.
    let path = format!("/submissions/{reference}/files/{}", file["id"].as_str().unwrap());
    author.attach(&reference, "evidence", "dated.pdf", PDF).await.ok();
    author.delete(&path).await.ok();
    all_say(
        "certificate.pdf",
        &[("its page", &writes.page(&own).await), ("the office's page", &runs.page(&own).await)],
    );

    // Decided: what it came to, and the credit by its name.
    author.resolve(&reference, 1, "Rewritten.").await.ok();
    author.resolve(&reference, 2, "A dated one is there now.").await.ok();
    author.fire(&reference, "answered", &json!({})).await.ok();
    assessor.claim(&reference, "assess").await.ok();
    assessor.judge(&reference, "assess", &assessment("approve")).await.ok();
    let letter = writes.letter().await;
    let (page, home) = (writes.page(&own).await, writes.page("/").await);
    let told = between(&letter, &format!("{title}: "), " Recorded for you: 6.50 ");
    all_say(told, &[("its page", &page), ("home", &home)]);
    let read = writes.api(&format!("/submissions/{reference}")).await;
    all_say(read["state"]["label"].as_str().unwrap(), &[("letter", &letter), ("its page", &page)]);
    let credit = between(&page, "<dd>6.50 ", "</dd>");
    let history = writes.page(&format!("{own}/history")).await;
    all_say(
        credit,
        &[("letter", &letter), ("history", &history), ("home", &home), ("credit", &writes.page("/credits").await)],
    );
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_time_and_an_empty_group_do_is_told_in_the_same_words() {
    let house = House::open().await;
    let reference = sent_self_study(&house, &house.person("author"), "2.00").await;
    let own = format!("/s/{reference}");
    house.skip(31).await;
    let (writes, runs) = (Reader::new(&house, "author").await, Reader::new(&house, "coordinator").await);
    let letter = writes.letter().await;
    let label = writes.api(&format!("/submissions/{reference}")).await["state"]["label"].as_str().unwrap().to_owned();
    all_say(&label, &[("letter", &letter), ("its page", &writes.page(&own).await), ("home", &writes.page("/").await)]);

    house.empty_group("self-study-assessors").await;
    let waiting = sent_self_study(&house, &house.person("other-author"), "2.00").await;
    let letter = runs.letter().await;
    let alarm = between(&letter, "coordinator, ", &format!(" {waiting}"));
    all_say(alarm, &[("the office's page", &runs.page(&format!("/s/{waiting}")).await)]);
    house.close().await;
}

//! What the office is told: what is late and has nobody, what is left to set up, where letters go, who would leave.

mod groups;
mod late;
mod mail;
mod proposals;

use reqwest::Method;

use crate::harness::{client::send, house::House};

/// Somebody with a browser.
struct Visitor<'a> {
    house: &'a House,
    cookie: String,
}

impl<'a> Visitor<'a> {
    async fn enter(house: &'a House, who: &str) -> Self {
        Self { house, cookie: house.session(who).await }
    }

    /// A page as it reads: status and text.
    async fn page(&self, path: &str) -> (u16, String) {
        let request = self.house.nobody().request(Method::GET, &format!("/{path}")).await;
        let answer = send(request.header("cookie", &self.cookie)).await;
        (answer.status, String::from_utf8(answer.bytes).unwrap())
    }

    /// The same of a page that is there.
    async fn reads(&self, path: &str) -> String {
        let (status, text) = self.page(path).await;
        assert_eq!(status, 200, "{path}: {text}");
        text
    }

    /// Posts a form; gives the status, where that leads, and what it reads.
    async fn posts(&self, path: &str, form: &[(&str, &str)]) -> (u16, String, String) {
        let encoded =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = self.house.nobody().request(Method::POST, &format!("/{path}")).await;
        let request = request.header("cookie", &self.cookie).header("origin", &self.house.url);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
        let answer = send(request).await;
        let to = answer.headers.get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status, to, String::from_utf8(answer.bytes).unwrap())
    }
}

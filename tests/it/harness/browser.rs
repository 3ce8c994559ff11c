//! Somebody who sits at a browser without scripts: pages are read, forms are posted.

use reqwest::{Method, RequestBuilder, multipart};

use super::{
    client::{Answer, send},
    house::House,
};

/// A browser with its session.
pub(crate) struct Browser<'h> {
    house: &'h House,
    pub(crate) cookie: String,
}

/// A page as it came.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// Where it leads on.
    pub(crate) to: String,
    pub(crate) html: String,
    /// The cookies that were set.
    pub(crate) cookies: Vec<String>,
}

impl<'h> Browser<'h> {
    /// In which somebody has signed in.
    pub(crate) async fn of(house: &'h House, key: &str) -> Self {
        Self { house, cookie: house.session(key).await }
    }

    /// With these cookies.
    pub(crate) fn with(house: &'h House, cookies: &str) -> Self {
        Self { house, cookie: cookies.to_owned() }
    }

    async fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.house.nobody().request(method, &format!("/{path}")).await;
        request.header("cookie", &self.cookie).header("origin", &self.house.url)
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        Page::of(&send(self.request(Method::GET, path).await).await)
    }

    /// Posts a form as browsers do.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let encoded =
            |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let request = self.request(Method::POST, path).await;
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
        Page::of(&send(request).await)
    }

    /// The same with files: the question, the name, the bytes.
    pub(crate) async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let mut form = multipart::Form::new();
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        for (question, name, bytes) in files {
            let file = multipart::Part::bytes(bytes.to_vec()).file_name((*name).to_owned());
            form = form.part((*question).to_owned(), file);
        }
        Page::of(&send(self.request(Method::POST, path).await.multipart(form)).await)
    }
}

impl Page {
    fn of(answer: &Answer) -> Self {
        let to = answer.headers.get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let set = answer.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap());
        let cookies = set.map(|cookie| cookie.split(';').next().unwrap().to_owned()).collect();
        Self { status: answer.status, to, cookies, html: String::from_utf8_lossy(&answer.bytes).into_owned() }
    }

    /// What stands in a field of the page.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> String {
        let input = self.html.split('<').find(|tag| tag.contains(&format!("name=\"{name}\"")));
        let input = input.unwrap_or_else(|| panic!("no field {name}: {}", self.html));
        if input.starts_with("textarea") {
            return input.split_once('>').unwrap().1.trim_start_matches('\n').to_owned();
        }
        input.split_once("value=\"").map(|(_, rest)| rest.split('"').next().unwrap().to_owned()).unwrap_or_default()
    }

    /// Every hidden field of the first form that posts there, to be posted with it.
    pub(crate) fn hidden(&self, action: &str) -> Vec<(String, String)> {
        let form = self.html.split("<form").find(|form| form.contains(&format!("action=\"{action}\"")));
        let form = form.unwrap_or_else(|| panic!("no form {action}: {}", self.html));
        let form = form.split("</form>").next().unwrap();
        let hidden = form.split('<').filter(|tag| tag.starts_with("input type=\"hidden\""));
        let attribute = |tag: &str, name: &str| {
            tag.split_once(&format!("{name}=\"")).map(|(_, rest)| rest.split('"').next().unwrap().to_owned()).unwrap()
        };
        hidden.map(|tag| (attribute(tag, " name"), attribute(tag, " value"))).collect()
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.html.contains(words), "{words:?} is not there ({}): {}", self.status, self.html);
        self
    }

    #[track_caller]
    pub(crate) fn is_silent_of(&self, words: &str) -> &Self {
        assert!(!self.html.contains(words), "{words:?} is there: {}", self.html);
        self
    }

    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.html);
        self
    }
}

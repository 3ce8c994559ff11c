//! What every handler has at hand: the site, who calls, and the one way to answer with a page.

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;

use crate::{
    http::{Problem, Site, Transport, answer, concurrency_limit, session},
    present::{
        View,
        admin::Letters,
        done::{Deed, Done},
        form::{Entered, data::FormData, fault::Faults},
        layout::{self, Layout},
        path,
        words::calendar::Calendar,
    },
    usecase::{
        Call, Context, Error, Reference,
        account::Authenticated,
        admin, definition,
        submission::{self, Acted, Dossier},
    },
};

/// What a handler returns.
pub(super) type Answer = Result<Response, Problem>;

/// Carries what just happened over one redirect.
const DONE: &str = "imprimatur-done";

/// Where one turns a second factor on.
pub(super) const SECOND_FACTOR: &str = "/account/second-factor";

/// Where whoever has to do that may go.
const WAYS_OUT: [&str; 2] = [SECOND_FACTOR, "/sign-out"];

/// For how many seconds that is kept.
const AGE: u8 = 60;

/// The site as somebody meets it, signed in or not.
#[derive(Clone, Debug)]
pub(super) struct PageContext {
    pub(super) site: Site,
    /// Who calls, if anybody is signed in.
    pub(super) signed: Option<Authenticated>,
    /// Whether whoever calls has to turn on a second factor before anything else: nobody is signed in then.
    pub(super) owes_second_factor: bool,
    path: String,
    deed: Option<Deed>,
}

/// The same for somebody who is signed in.
#[derive(Clone, Debug)]
pub(super) struct SignedInPage {
    /// The site as this person meets it.
    pub(super) page_context: PageContext,
    pub(super) call: Call,
}

impl PageContext {
    pub(super) fn context(&self) -> &Context {
        &self.site.context
    }

    /// What just happened, if this page follows a redirect.
    pub(super) fn done(&self) -> Option<Done> {
        self.deed.as_ref().map(|deed| deed.done)
    }

    /// Now, in the organisation's zone.
    pub(super) async fn calendar(&self) -> Result<Calendar, Problem> {
        let page_header = admin::page_header(self.context(), self.signed.as_ref().map(|signed| &signed.caller)).await?;
        Ok(Calendar::new(page_header.now, page_header.calendar))
    }

    /// What just happened, in words; that it was sent, its own page says itself.
    async fn happened(&self) -> Result<Option<String>, Error> {
        let Some(deed) = self.deed.as_ref().filter(|deed| deed.done != Done::Sent || deed.about.is_some()) else {
            return Ok(None);
        };
        let definition = match deed.version().filter(|_| self.signed.is_some()) {
            Some(version) => definition::of_hash(self.context(), version).await?,
            None => None,
        };
        Ok(Some(deed.text(definition.as_deref(), self.letters())))
    }

    /// Whether letters leave the house.
    pub(super) fn letters(&self) -> Letters {
        if admin::writes(self.context()) { Letters::Sent } else { Letters::Kept }
    }

    pub(super) async fn show<V: View>(&self, title: &str, body: V) -> Answer {
        self.show_as(StatusCode::OK, title, body).await
    }

    /// A page with another status than 200.
    pub(super) async fn show_as<V: View>(&self, status: StatusCode, title: &str, body: V) -> Answer {
        let page_header = admin::page_header(self.context(), self.signed.as_ref().map(|signed| &signed.caller)).await?;
        let frame = layout::of(&page_header, self.signed.as_ref(), title, &self.path, self.happened().await?);
        let frame = Layout { error: status.is_client_error(), ..frame };
        let html = self.site.views.page(frame, body).map_err(Error::Internal)?;
        let mut response = (status, Html(html)).into_response();
        if self.deed.is_some() {
            self.set_done(&mut response, "", 0);
        }
        Ok(response)
    }

    /// Shows a form again that was not taken, with what is wrong.
    pub(super) async fn refuse<V: View>(
        &self,
        title: &str,
        fields: FormData,
        error: Error,
        page: impl FnOnce(&Entered) -> V,
    ) -> Answer {
        let (status, faults) = refused(error)?;
        self.show_as(status, title, page(&Entered { fields, faults })).await
    }

    /// Goes on to another page, which says what was done.
    pub(super) fn go(&self, path: &str, done: Option<Done>) -> Response {
        let mut response = Redirect::to(path).into_response();
        if let Some(done) = done {
            self.carry(&mut response, done);
        }
        response
    }

    /// The same with what was done in particular.
    pub(super) fn land(&self, path: &str, deed: &Deed) -> Response {
        let mut response = Redirect::to(path).into_response();
        self.set_done(&mut response, &deed.cookie(), AGE);
        response
    }

    /// Lets the page that follows say what was done.
    pub(super) fn carry(&self, response: &mut Response, done: Done) {
        self.set_done(response, done.name(), AGE);
    }

    fn set_done(&self, response: &mut Response, value: &str, age: u8) {
        let secure = match session::transport(&self.site.context.config) {
            Transport::Tls => "; Secure",
            Transport::Plain => "",
        };
        let cookie = format!("{DONE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
        set_cookie(response, HeaderValue::from_str(&cookie).ok());
    }
}

/// What is wrong with a form that is shown again, and as which status. One that is out of date is as good as any other:
/// what was typed still stands in it, and its version is now the newest.
pub(super) fn refused(error: Error) -> Result<(StatusCode, Faults), Error> {
    let error = match error {
        Error::Stale => Error::Conflict(
            "somebody changed this after you opened it, so nothing was saved; look at what is here now, then send it again"
                .to_owned(),
        ),
        error => error,
    };
    let status = match &error {
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, Faults::from_error(error)?))
}

/// Adds a cookie; one that no header can hold is left out.
pub(super) fn set_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

impl SignedInPage {
    /// Who is signed in.
    pub(super) fn signed(&self) -> Result<&Authenticated, Error> {
        self.page_context.signed.as_ref().ok_or(Error::Unauthenticated)
    }

    /// One submission, as this person may know it.
    pub(super) async fn dossier(&self, reference: &str) -> Result<Dossier, Error> {
        submission::read(&self.call, &key(reference)).await
    }

    /// Shows a form about a submission again that was not taken, with what was typed and what is wrong. One that was out of
    /// date comes back in the newest version: whoever has looked at what is there now sends it again.
    pub(super) async fn again<V: View>(
        &self,
        reference: &str,
        fields: FormData,
        error: Error,
        page: impl FnOnce(&Dossier, &Entered) -> Result<V, Error>,
    ) -> Answer {
        let dossier = self.dossier(reference).await?;
        let stale = matches!(error, Error::Stale);
        let (_, faults) = refused(error)?;
        let shown = page(&dossier, &Entered { fields, faults })?;
        let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        self.page_context.show_as(status, reference, shown).await
    }

    /// Puts by what was typed on a page of a submission.
    pub(super) async fn put_by(&self, reference: &str, form: &str, typed: FormData) -> Answer {
        submission::put_by(&self.call, &key(reference), form, typed.0).await?;
        Ok(self.page_context.go(&path::submission(reference), Some(Done::PutBy)))
    }

    /// Goes to a submission's page or, where it is open to this person no longer, home; either says what was done.
    pub(super) fn to(&self, acted: &Acted, done: impl Into<Deed>) -> Response {
        let (deed, reference) = (done.into(), &acted.submission.reference);
        if acted.open {
            return self.page_context.land(&path::submission(reference), &deed);
        }
        self.page_context.land("/", &deed.about(reference))
    }
}

/// A submission as addresses name it.
pub(super) fn key(reference: &str) -> Reference {
    Reference(reference.to_owned())
}

impl FromRequestParts<Site> for PageContext {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let found = session::visitor(site, &parts.headers).await?;
        if let Some(signed) = &found {
            answer::recognised(&parts.extensions, signed);
            concurrency_limit::recognised(&parts.extensions, signed.person.id)?;
        }
        let (signed, owes_second_factor) = match found.clone().map(Authenticated::admitted) {
            Some(Err(_)) if !WAYS_OUT.contains(&parts.uri.path()) => (None, true),
            _ => (found, false),
        };
        let cookies = CookieJar::from_headers(&parts.headers);
        let value = cookies.get(DONE).map_or("", |cookie| cookie.value());
        Ok(Self {
            signed,
            owes_second_factor,
            site: site.clone(),
            path: parts.uri.path().to_owned(),
            deed: Deed::read(value),
        })
    }
}

impl FromRequestParts<Site> for SignedInPage {
    type Rejection = Response;

    /// Who only looks is sent to sign in, or to turn on a second factor, and comes back; who acts is told.
    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let page_context = PageContext::from_request_parts(parts, site).await.map_err(IntoResponse::into_response)?;
        match page_context.signed.clone() {
            Some(signed) => {
                let call = Call::new(page_context.site.context.clone(), signed.caller);
                Ok(Self { page_context, call })
            }
            None if parts.method == Method::GET || parts.method == Method::HEAD => {
                let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
                let way = if page_context.owes_second_factor { SECOND_FACTOR } else { "/sign-in" };
                Err(Redirect::to(&path::with(way, "next", here)).into_response())
            }
            None if page_context.owes_second_factor => Err(Problem::from(Error::SecondFactorOwed).into_response()),
            None => Err(Problem::from(Error::Unauthenticated).into_response()),
        }
    }
}

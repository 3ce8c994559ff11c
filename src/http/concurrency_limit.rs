//! Bounds on what is worked on at a time: more is turned away at once, before all becomes slow.
//!
//! A request holds a place of its [`Class`] from when it is here whole until its answer begins; one that brings a file,
//! all the while it comes in, and one that takes a file along, until the last byte is out. Nobody holds more than a
//! share of a class. What trickles in holds no place: a small body is awaited first.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use axum::{
    Router,
    body::{Body, HttpBody as _},
    extract::{MatchedPath, Request, State},
    http::{Extensions, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use futures_util::StreamExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tracing::{Span, field::display};

pub use super::class::Class;
use super::{Problem, arrival, refused};
use crate::{
    domain::PersonId,
    numbers::{self, Turned},
    present::error::Kept,
    usecase::Lack,
};

/// How many sign-ins are worked on; most of them wait for a processor.
const SIGN_INS: usize = 64;

/// The places of every class. Cheap to clone; clones share.
#[derive(Clone, Debug)]
pub struct Places {
    classes: Arc<[Room; 5]>,
    arrivals: arrival::Room,
}

/// The places of one class.
#[derive(Debug)]
struct Room {
    class: Class,
    most: usize,
    free: Arc<Semaphore>,
    held: Mutex<BTreeMap<PersonId, usize>>,
}

/// How full a class is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    pub class: Class,
    pub taken: usize,
    pub most: usize,
}

/// A place that is held by one request.
#[derive(Clone, Debug)]
struct Place(Arc<Held>);

#[derive(Debug)]
struct Held {
    places: Places,
    class: Class,
    person: OnceLock<PersonId>,
    _place: OwnedSemaphorePermit,
}

impl Places {
    /// So many places for requests of a kind, and so many for uploads.
    #[must_use]
    pub fn new(requests: usize, uploads: usize) -> Self {
        let room = |class| {
            let most = match class {
                Class::SignIn => SIGN_INS.min(requests),
                Class::Upload => uploads,
                Class::Page | Class::Api | Class::Download => requests,
            };
            Room { class, most, free: Arc::new(Semaphore::new(most)), held: Mutex::default() }
        };
        Self { classes: Arc::new(Class::ALL.map(room)), arrivals: arrival::Room::default() }
    }

    /// Bounds what the routes of `router` work on together.
    pub fn bound<S: Clone + Send + Sync + 'static>(&self, router: Router<S>) -> Router<S> {
        router.route_layer(middleware::from_fn_with_state(self.clone(), admit))
    }

    /// How full each class is.
    pub fn filled(&self) -> impl Iterator<Item = Filled> {
        self.classes.iter().map(|room| Filled {
            class: room.class,
            taken: room.most.saturating_sub(room.free.available_permits()),
            most: room.most,
        })
    }

    fn room(&self, class: Class) -> Option<&Room> {
        self.classes.iter().find(|room| room.class == class)
    }

    fn take(&self, class: Class) -> Result<Place, Problem> {
        let free = self.room(class).and_then(|room| Arc::clone(&room.free).try_acquire_owned().ok());
        let Some(place) = free else { return Err(turned_away(class, Turned::Full)) };
        Ok(Place(Arc::new(Held { places: self.clone(), class, person: OnceLock::new(), _place: place })))
    }
}

impl Room {
    /// What one person may hold: half of what brings files in, a quarter of the rest.
    fn share(&self) -> usize {
        let parts = if self.class == Class::Upload { 2 } else { 4 };
        (self.most / parts).max(1)
    }

    fn held(&self) -> std::sync::MutexGuard<'_, BTreeMap<PersonId, usize>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// The place is this person's, unless that would be more than their share.
    fn of(&self, person: PersonId) -> Result<(), Problem> {
        let Some(room) = self.0.places.room(self.0.class) else { return Ok(()) };
        let mut held = room.held();
        let theirs = held.entry(person).or_default();
        if self.0.person.get().is_some() {
            return Ok(());
        }
        if *theirs >= room.share() {
            return Err(turned_away(room.class, Turned::Share));
        }
        *theirs += 1;
        // It was empty a line ago, under this very lock.
        let _set = self.0.person.set(person);
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let (Some(person), Some(room)) = (self.person.get(), self.places.room(self.class)) else { return };
        let mut held = room.held();
        let left = held.get(person).map_or(0, |theirs| theirs.saturating_sub(1));
        if left == 0 {
            held.remove(person);
        } else {
            held.insert(*person, left);
        }
    }
}

/// Who asks was recognised: the log says so, the trail too where they are refused, and the place counts as theirs.
pub fn recognised(extensions: &Extensions, person: PersonId) -> Result<(), Problem> {
    Span::current().record("person", display(person));
    refused::recognised(extensions, person);
    extensions.get::<Place>().map_or(Ok(()), |place| place.of(person))
}

fn turned_away(class: Class, why: Turned) -> Problem {
    numbers::turned_away(class.name(), why);
    Problem::lacking(Lack::Turn)
}

async fn admit(State(places): State<Places>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    let mut class = Class::of(request.method(), &route);
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let arrived = match places.arrivals.await_body(request, class == Class::Upload).await {
        Ok(arrived) => arrived,
        Err(problem) => return problem.into_response(),
    };
    if arrived.whole.is_some() {
        class = class.of_small(&route);
    }
    let (mut request, whole) = (arrived.request, arrived.whole);
    let answer = match places.take(class) {
        Ok(place) => {
            request.extensions_mut().insert(place.clone());
            let answer = next.run(request).await;
            if class == Class::Download { held_to_the_end(answer, place) } else { answer }
        }
        Err(problem) => problem.into_response(),
    };
    match whole {
        // The page that tells of it gives back what was typed.
        Some(body) if is_refused(&answer) && !route.starts_with("/api/") => {
            keep(answer, Kept::read(&uri, &headers, body).await)
        }
        _ => answer,
    }
}

/// Whether nothing was done with what was sent, and not even its own page says so: that has what was typed in it.
fn is_refused(answer: &Response) -> bool {
    let status = answer.status();
    status.is_server_error() || (status.is_client_error() && status != StatusCode::UNPROCESSABLE_ENTITY)
}

fn keep(mut answer: Response, kept: Option<Kept>) -> Response {
    if let Some(kept) = kept {
        answer.extensions_mut().insert(kept);
    }
    answer
}

/// The answer, whose place is free when its last byte is out or nobody wants it any more.
fn held_to_the_end(answer: Response, place: Place) -> Response {
    let (parts, body) = answer.into_parts();
    if body.is_end_stream() {
        return Response::from_parts(parts, body);
    }
    let bytes = body.into_data_stream().map(move |chunk| {
        let _held = &place;
        chunk
    });
    Response::from_parts(parts, Body::from_stream(bytes))
}

//! The numbers that an operator watches: their names, said once, and how they are counted.
//!
//! Names follow Prometheus: the program's name in front, base units (seconds, bytes), `_total` where it only grows.
//! Counting costs next to nothing where nobody collects.

use std::time::Duration;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

const BUILD: &str = "imprimatur_build_info";
const READY: &str = "imprimatur_ready";
const ANSWERED: &str = "imprimatur_http_request_duration_seconds";
const TURNED_AWAY: &str = "imprimatur_http_requests_refused_total";
const TAKEN: &str = "imprimatur_http_requests_in_flight";
const PLACES: &str = "imprimatur_http_places";
const CONNECTIONS: &str = "imprimatur_http_connections";
const CLOSED: &str = "imprimatur_http_connections_closed_total";
const RECEIVED: &str = "imprimatur_documents_received_total";
const RECEIVED_BYTES: &str = "imprimatur_documents_received_bytes_total";
const SENT: &str = "imprimatur_documents_sent_total";
const SWEPT: &str = "imprimatur_documents_swept_total";
const SWEEP_STOPPED: &str = "imprimatur_documents_sweep_stopped";
const FAULTY: &str = "imprimatur_documents_faulty";
const UNKNOWN: &str = "imprimatur_documents_unknown";
const DAMAGED: &str = "imprimatur_documents_damaged_total";
const LANE: &str = "imprimatur_worker_last_success_timestamp_seconds";
const WAITING: &str = "imprimatur_jobs_waiting";
const OLDEST: &str = "imprimatur_jobs_oldest_seconds";
const GIVEN_UP: &str = "imprimatur_jobs_given_up";
const LETTERS: &str = "imprimatur_letters_unsent";
const KEPT: &str = "imprimatur_letters_kept";
const DEADLINES_GIVEN_UP: &str = "imprimatur_deadlines_given_up";
const MAIL_PAUSED: &str = "imprimatur_mail_paused";
const CLOCK_AHEAD: &str = "imprimatur_clock_ahead_seconds";
const POOL: &str = "imprimatur_database_connections";
const POOL_MOST: &str = "imprimatur_database_connections_max";
const DISK_FREE: &str = "imprimatur_data_disk_free_bytes";
const DISK_SIZE: &str = "imprimatur_data_disk_size_bytes";

/// Bounds of histograms, in seconds; from a page out of memory to the time-out.
pub const BUCKETS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Says what every number is; after a recorder was installed.
pub fn describe() {
    describe_gauge!(BUILD, "The version that runs, as a label.");
    describe_gauge!(READY, "Whether readyz says that requests are wanted.");
    describe_histogram!(ANSWERED, Unit::Seconds, "Time until an answer begins, by class, method, route and status.");
    describe_counter!(TURNED_AWAY, "Requests and connections that were turned away at once, by class and reason.");
    describe_gauge!(TAKEN, "Places that are taken, by class.");
    describe_gauge!(PLACES, "Places that there are, by class.");
    describe_gauge!(CONNECTIONS, "Connections that are open.");
    describe_counter!(CLOSED, "Connections that were closed from this side, by reason.");
    describe_counter!(RECEIVED, "Documents that were taken in.");
    describe_counter!(RECEIVED_BYTES, Unit::Bytes, "Bytes of documents that were taken in.");
    describe_counter!(SENT, "Documents that were begun to be sent.");
    describe_gauge!(LANE, Unit::Seconds, "When a lane of the worker last did its round without a failure.");
    describe_gauge!(WAITING, "Jobs that wait or are worked on, by kind; counted up to 10000.");
    describe_gauge!(OLDEST, Unit::Seconds, "For how long the oldest job of a kind has been due.");
    describe_gauge!(GIVEN_UP, "Jobs that were given up and wait for somebody to look at them.");
    describe_gauge!(LETTERS, "Letters that were not sent yet; counted up to 10000.");
    describe_gauge!(KEPT, "Letters that were kept while mail was off and wait for a word of the operator.");
    describe_gauge!(DEADLINES_GIVEN_UP, "Deadlines that fired in vain until they were given up.");
    describe_gauge!(MAIL_PAUSED, "Whether letters wait because the mail server is away.");
    describe_gauge!(
        CLOCK_AHEAD,
        Unit::Seconds,
        "How far the clock is from where it should be; deadlines are held back then."
    );
    describe_gauge!(POOL, "Connections to the database, by pool and state.");
    describe_gauge!(POOL_MOST, "Most connections to the database, by pool.");
    describe_gauge!(DISK_FREE, Unit::Bytes, "Room left on the disk of the data directory.");
    describe_gauge!(DISK_SIZE, Unit::Bytes, "Size of the disk of the data directory.");
    describe_counter!(SWEPT, "Removed documents whose bytes were deleted.");
    describe_gauge!(SWEEP_STOPPED, "Whether a sweep stopped because it would have taken too much.");
    describe_gauge!(FAULTY, "Documents that are missing or not as they were uploaded.");
    describe_gauge!(UNKNOWN, "Documents that the database does not know.");
    describe_counter!(DAMAGED, "Documents that were not given out because they are not as they were uploaded.");
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1);
}

/// A request, by what it was and how it was answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The class it belongs to.
    pub class: &'static str,
    /// The method.
    pub method: String,
    /// The route, without what stands for its parts.
    pub route: String,
    /// The status.
    pub status: u16,
}

/// A request was answered.
pub fn answered(request: Answered, taken: Duration) {
    let Answered { class, method, route, status } = request;
    histogram!(ANSWERED, "class" => class, "method" => method, "route" => route, "status" => status.to_string())
        .record(taken.as_secs_f64());
}

/// Why somebody was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// There is no place left.
    Full,
    /// They hold their share of the places.
    Share,
}

/// A request was turned away before it was looked at.
pub fn turned_away(class: &'static str, why: Turned) {
    let reason = match why {
        Turned::Full => "full",
        Turned::Share => "share",
    };
    counter!(TURNED_AWAY, "class" => class, "reason" => reason).increment(1);
}

/// How full a class is.
pub fn places(class: &'static str, taken: usize, most: usize) {
    gauge!(TAKEN, "class" => class).set(count(taken));
    gauge!(PLACES, "class" => class).set(count(most));
}

/// How many connections are open.
pub fn connections(open: usize) {
    gauge!(CONNECTIONS).set(count(open));
}

/// Why a connection was closed from this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It asked nothing for long.
    Idle,
    /// It asked, or took its answer, too slowly.
    Slow,
    /// Somebody else came, and there was no room.
    Crowded,
}

/// A connection was closed from this side.
pub fn closed(why: Closed) {
    let reason = match why {
        Closed::Idle => "idle",
        Closed::Slow => "slow",
        Closed::Crowded => "crowded",
    };
    counter!(CLOSED, "reason" => reason).increment(1);
}

/// Whether requests are wanted.
pub fn ready(ready: bool) {
    gauge!(READY).set(u8::from(ready));
}

/// A document of so many bytes was taken in.
pub fn received(bytes: u64) {
    counter!(RECEIVED).increment(1);
    counter!(RECEIVED_BYTES).increment(bytes);
}

/// A document was begun to be sent.
pub fn sent() {
    counter!(SENT).increment(1);
}

/// A document was not sent, because its bytes are not those that were uploaded.
pub fn damaged() {
    counter!(DAMAGED).increment(1);
}

/// All documents were looked at: how many are missing or damaged, and how much lies there that the database does not know.
pub fn documents(faulty: u64, unknown: u64) {
    for (name, number) in [(FAULTY, faulty), (UNKNOWN, unknown)] {
        gauge!(name).set(as_f64(i64::try_from(number).unwrap_or(i64::MAX)));
    }
}

/// So many removed documents were deleted; whether the sweep stopped because that would have been unusually many.
pub fn swept(documents: u64, stopped: bool) {
    counter!(SWEPT).increment(documents);
    gauge!(SWEEP_STOPPED).set(u8::from(stopped));
}

/// Jobs of a kind that are not done: how many, and for how long the oldest has been due, in seconds.
pub fn waiting(kind: &str, jobs: u64, oldest: i64) {
    gauge!(WAITING, "kind" => kind.to_owned()).set(as_f64(i64::try_from(jobs).unwrap_or(i64::MAX)));
    gauge!(OLDEST, "kind" => kind.to_owned()).set(as_f64(oldest.max(0)));
}

/// Jobs that were given up.
pub fn given_up(jobs: u32) {
    gauge!(GIVEN_UP).set(jobs);
}

/// Letters that were not sent yet.
pub fn letters_unsent(letters: u64) {
    gauge!(LETTERS).set(as_f64(i64::try_from(letters).unwrap_or(i64::MAX)));
}

/// Letters that were kept while mail was off.
pub fn letters_kept(letters: u64) {
    gauge!(KEPT).set(as_f64(i64::try_from(letters).unwrap_or(i64::MAX)));
}

/// Deadlines that were given up.
pub fn deadlines_given_up(deadlines: u32) {
    gauge!(DEADLINES_GIVEN_UP).set(deadlines);
}

/// Whether the mail server is away.
pub fn mail_paused(paused: bool) {
    gauge!(MAIL_PAUSED).set(u8::from(paused));
}

/// How far the clock is ahead of where it should be, in seconds.
pub fn clock_ahead(seconds: f64) {
    gauge!(CLOCK_AHEAD).set(seconds);
}

/// A lane of the worker did its round without a failure, at this second since the epoch.
pub fn lane_succeeded(lane: &'static str, at: f64) {
    gauge!(LANE, "lane" => lane).set(at);
}

/// The connections of a pool.
pub fn pool(name: &'static str, open: u32, idle: u32, most: u32) {
    gauge!(POOL, "pool" => name, "state" => "in_use").set(open.saturating_sub(idle));
    gauge!(POOL, "pool" => name, "state" => "idle").set(idle);
    gauge!(POOL_MOST, "pool" => name).set(most);
}

/// The disk of the data directory, in bytes.
pub fn disk(free: u64, size: u64) {
    gauge!(DISK_FREE).set(as_f64(i64::try_from(free).unwrap_or(i64::MAX)));
    gauge!(DISK_SIZE).set(as_f64(i64::try_from(size).unwrap_or(i64::MAX)));
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Numbers in the exposition format are floating-point; beyond 2^53 they lose their last digits, which nobody reads.
fn as_f64(number: i64) -> f64 {
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "see above")]
    let number = number as f64;
    number
}

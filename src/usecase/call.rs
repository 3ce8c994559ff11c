//! Who calls, and about what: the first arguments of every use case that acts for somebody.

use jiff::Timestamp;

use super::{Context, idempotency::Once};
use crate::access::Caller;

/// Somebody who calls, at one instant.
#[derive(Clone, Debug)]
pub struct Call {
    /// What there is to work with.
    pub context: Context,
    /// With everything that decides what they may do.
    pub caller: Caller,
    /// The request, where its sender may repeat it.
    pub once: Option<Once>,
    /// Read once for the whole call, so that nothing in it disagrees about what time it is.
    pub now: Timestamp,
}

impl Call {
    /// A call that begins now and is not repeated.
    #[must_use]
    pub fn new(context: Context, caller: Caller) -> Self {
        let now = context.clock.now();
        Self { context, caller, once: None, now }
    }
}

/// How a submission is named from outside, as `SS-2026-0042`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(pub String);

/// What a call is about, and which version of it the caller looked at; without one the call counts for whatever is current.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<R = Reference> {
    /// What.
    pub reference: R,
    /// Which version, as `ETag` or a form has it.
    pub version: Option<u64>,
}

impl Target {
    /// A submission as it is now.
    #[must_use]
    pub fn current(reference: &str) -> Self {
        Self { reference: Reference(reference.to_owned()), version: None }
    }
}

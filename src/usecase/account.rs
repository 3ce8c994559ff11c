//! Accounts: signing in and out, recognising who calls, one-time links.

mod forgotten;
mod link;
mod recognise;
mod second_step;
mod sign_in;
mod token;

pub(super) use forgotten::asked;
pub use forgotten::{RESET, forgot};
pub(in crate::usecase) use link::issue_link;
pub use link::{INVITATION, LINK_TO_COME, RESET_TO_COME, Welcome, accept, welcome, with_link};
pub use recognise::{Authenticated, by_id, by_session};
pub(super) use second_step::check_code;
pub use second_step::{HALF, Opening, give_code, half_way, sign_in};
pub use sign_in::{BegunSession, Client, enter, sign_out};
pub(super) use sign_in::{Bucket, attempt, authenticate, entering, failures};
pub use token::{
    Credentials, Issued, by_token, issue_token, issue_token_by_password, issue_token_for, published_keys, rotate_keys,
};

//! One-time links leave the letters and the jobs: what is kept lets nobody in.
//!
//! A letter that was not sent yet gets a link when it is sent; one that was sent keeps its words without the link.

use crate::step::{Change, Step};

pub(crate) const STEP: Step =
    Step { name: "m0011_sealed", change: Change::Breaking, statements: STATEMENTS, append_only: &[] };

// A secret has 43 characters. It stands in both bodies; the HTML goes first, because it is found by the text.
const STATEMENTS: &str = r"
{overwrite};

UPDATE mail SET html_body =
    replace(html_body, substr(text_body, {find}(text_body, '/welcome/') + 9, 43), 'made-when-sent')
WHERE dedupe LIKE 'invite:%' AND {find}(text_body, '/welcome/') > 0;

UPDATE mail SET text_body =
    replace(text_body, substr(text_body, {find}(text_body, '/welcome/') + 9, 43), 'made-when-sent')
WHERE dedupe LIKE 'invite:%' AND {find}(text_body, '/welcome/') > 0;

UPDATE mail SET dedupe = 'invite:' || {id_as_text} WHERE dedupe LIKE 'invite:%';

UPDATE job SET payload = {without_secret} WHERE kind = 'invite';
";

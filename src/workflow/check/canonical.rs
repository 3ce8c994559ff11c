//! The identity of a definition: SHA-256 of its canonical JSON, keys sorted at every depth.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use serde_json::Value;

use crate::workflow::Definition;

/// In hex. Spelling, comments and the order of keys in the file do not change it.
pub(super) fn hash(definition: &Definition) -> Result<String, serde_json::Error> {
    let json = sorted(serde_json::to_value(definition)?);
    Ok(HEXLOWER.encode(digest(&SHA256, json.to_string().as_bytes()).as_ref()))
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

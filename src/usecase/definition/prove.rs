//! Proofs of versions. Each is noted with the number of the checker that made it; what an older checker proved, or none, is
//! proved again, and the administrators hear of what is found.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::to_value;

use super::{
    check::{explored, limits},
    status::{Status, status},
};
use crate::{
    clock::new_id,
    domain::{Duty, Effect, JobId},
    model::{Job, Proof, StoredDefinition},
    store::{ReadTx, Tx},
    usecase::{
        Context, Error,
        letter::{Alarm, alarm},
    },
    workflow::{CHECKER, Fault, Limits},
};

/// How long somebody waits who needs a proof now.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a version stands with the checker of this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proved {
    /// It is proved, since this moment.
    Yes(Timestamp),
    /// This checker has not looked at it.
    NotYet,
    /// This checker found something wrong with it.
    No(Vec<Fault>),
}

impl Proved {
    /// What the last proof of a version is worth now. That of a newer program is as good as one of our own.
    pub(super) fn by(proof: Option<&Proof>) -> Self {
        match proof {
            Some(Proof { checker, at, findings, .. }) if *checker >= CHECKER => {
                if findings.is_empty() {
                    Self::Yes(*at)
                } else {
                    Self::No(findings.clone())
                }
            }
            _ => Self::NotYet,
        }
    }
}

/// A version that somebody relies on, or could: every one but those that are retired.
#[derive(Clone, Debug)]
pub struct Relied {
    /// The version.
    pub stored: StoredDefinition,
    /// Where it stands.
    pub status: Status,
    /// How it stands with the checker.
    pub proved: Proved,
}

/// Every version that is relied on, the active ones first.
pub async fn relied_on(view: &ReadTx) -> Result<Vec<Relied>, Error> {
    let (proofs, used) = (view.proofs().await?, view.definitions_in_use().await?);
    let mut found = Vec::new();
    for workflow in view.workflows().await? {
        let active = view.current_definition(&workflow).await?.map(|active| active.hash);
        let activations = view.activations(&workflow).await?;
        for stored in view.definitions(&workflow).await? {
            let status = status(&stored, active.as_deref(), &activations, &used);
            let proved = Proved::by(proofs.get(&stored.hash));
            found.push(Relied { stored, status, proved });
        }
    }
    found.retain(|version| version.status != Status::Retired);
    found.sort_by_key(|version| version.status != Status::Active);
    Ok(found)
}

/// Those of them that this checker has not found sound, the active ones first.
pub async fn unproved(context: &Context) -> Result<Vec<StoredDefinition>, Error> {
    let relied_on = relied_on(&context.store.view().await?).await?;
    let open = relied_on.into_iter().filter(|version| !matches!(version.proved, Proved::Yes(_)));
    Ok(open.map(|version| version.stored).collect())
}

/// Puts a version to the proof and notes what is found. One proof at a time is made, with one thread.
pub async fn prove(context: &Context, version: &StoredDefinition) -> Result<Proof, Error> {
    let limits = Limits { threads: 1, ..limits(context) };
    let findings = explored(context, version.source.clone(), limits).await?.err().unwrap_or_default();
    let proof = Proof { hash: version.hash.clone(), checker: CHECKER, at: context.clock.now(), findings };
    let tx = context.store.begin().await?;
    let noted = note(&tx, &version.workflow, proof).await?;
    tx.commit().await?;
    Ok(noted)
}

/// The same for somebody who waits: what is proved is not proved again.
pub(super) async fn proved(context: &Context, version: &StoredDefinition) -> Result<Proved, Error> {
    let known = Proved::by(context.store.view().await?.proof(&version.hash).await?.as_ref());
    if known != Proved::NotYet {
        return Ok(known);
    }
    let proof = tokio::time::timeout(PATIENCE, prove(context, version)).await;
    let late =
        |_| Error::Conflict("this version is not proved yet, and that takes a while; try again later".to_owned());
    Ok(Proved::by(Some(&proof.map_err(late)??)))
}

/// Notes a proof. What was not known to be wrong before is told to the administrators.
async fn note(tx: &Tx, workflow: &str, proof: Proof) -> Result<Proof, Error> {
    let before = tx.proof(&proof.hash).await?;
    if let Some(newer) = before.as_ref().filter(|before| before.checker > proof.checker) {
        return Ok(newer.clone());
    }
    tx.put_proof(&proof).await?;
    if proof.findings.is_empty() || before.is_some_and(|before| before.findings == proof.findings) {
        return Ok(proof);
    }
    tracing::error!(
        workflow,
        version = proof.hash,
        "A version that is relied on was found wrong; what is open goes on"
    );
    if tx.organisation().await?.is_some() {
        let effect = Effect::Disproved { hash: proof.hash.clone() };
        let payload = to_value(&effect).map_err(anyhow::Error::from)?;
        // Another replica may find it at the same moment.
        let once = format!("disproved:{}:{}", proof.hash, proof.checker);
        tx.add_job(&Job::new(JobId(new_id()), effect.kind(), payload, proof.at, Some(once))).await?;
    }
    Ok(proof)
}

/// A version that was found wrong.
#[derive(Clone, Debug)]
pub struct Disproved {
    pub version: StoredDefinition,
    pub faults: Vec<Fault>,
}

/// A version that is still found wrong, for the administrators.
pub async fn disproved(context: &Context, hash: &str) -> Result<Option<Alarm<Disproved>>, Error> {
    let view = context.store.view().await?;
    let Some(stored) = view.definition(hash).await? else { return Ok(None) };
    let Proved::No(faults) = Proved::by(view.proof(hash).await?.as_ref()) else { return Ok(None) };
    alarm(&view, &[Duty::Administrator], Disproved { version: stored, faults }).await
}

//! Files of `workflows/`: the seed of the store.

use super::{
    check::{explored, limits, without_meeting},
    draft::fits,
    prove::Proved,
};
use crate::{
    model::{Activation, Proof, StoredDefinition},
    store,
    usecase::{Context, Error, Refused, definition_cache::Files},
    workflow::{self, CHECKER, Definition, Fault},
};

/// Takes over the definitions of files, by name and text. Broken ones are refused and noted; those that nobody has proved yet
/// wait for [`seed_awaited`], so that no start waits for a proof.
///
/// A sound one becomes the active version of its workflow, unless an administrator activated another one or drafts could not
/// follow it: then it is only kept, as a version beside the active one, and it is noted that the store's version counts.
/// One that waits for a meeting which no calendar has is kept too, until the meeting is entered.
pub async fn seed(context: &Context, files: &[(String, String)]) -> Result<(), Error> {
    let mut found = Files::default();
    for (file, source) in files {
        match known(context, source).await? {
            Ok(Known::Sound(sound)) => settle(context, &mut found, file, source, *sound).await?,
            Ok(Known::Unproved) => found.awaited.push((file.clone(), source.clone())),
            Err(faults) => refuse(&mut found, file, faults),
        }
    }
    context.definitions.found(found);
    Ok(())
}

/// Puts to the proof the files that were left for it, one at a time, and takes over those that are sound.
pub async fn seed_awaited(context: &Context) -> Result<(), Error> {
    let mut found = context.definitions.files();
    for (file, source) in std::mem::take(&mut found.awaited) {
        match explored(context, source.clone(), limits(context)).await? {
            Ok(checked) => {
                let proof = proof_of(context, &checked.definition);
                let sound = Sound { definition: checked.definition, proof: Some(proof) };
                settle(context, &mut found, &file, &source, sound).await?;
            }
            Err(faults) => refuse(&mut found, &file, faults),
        }
        context.definitions.found(found.clone());
    }
    Ok(())
}

fn refuse(found: &mut Files, file: &str, faults: Vec<Fault>) {
    tracing::error!(file, faults = faults.len(), "A workflow file was refused; the last good one stays");
    found.refused.push(Refused { file: file.to_owned(), faults });
}

async fn settle(context: &Context, found: &mut Files, file: &str, source: &str, sound: Sound) -> Result<(), Error> {
    let lacking = {
        let view = context.store.view().await?;
        without_meeting(context, &view, source, &sound.definition).await?
    };
    match take_over(context, sound, source, &lacking).await? {
        Taken::Kept if !lacking.is_empty() => {
            tracing::info!(file, "A workflow waits for a meeting that nobody has entered in the calendar");
        }
        Taken::Kept => {
            tracing::warn!(file, "A workflow file differs from the version that was activated, which counts");
            found.outvoted.push(file.to_owned());
        }
        Taken::Active => {}
    }
    Ok(())
}

/// A definition that is sound.
struct Sound {
    definition: Definition,
    /// Its proof, made now or before it was shipped; that of a version which was kept before is noted with it, or is made
    /// later.
    proof: Option<Proof>,
}

/// What is known of a file that can be read.
enum Known {
    Sound(Box<Sound>),
    Unproved,
}

/// The definition of a file, under the identity that it was kept under if it was.
async fn known(context: &Context, source: &str) -> Result<Result<Known, Vec<Fault>>, Error> {
    let mut definition = match workflow::load(source, context.definitions.credits()) {
        Ok((definition, _)) => definition,
        Err(faults) => return Ok(Err(faults)),
    };
    let proof = workflow::is_shipped(&definition.hash).then(|| proof_of(context, &definition));
    match kept(context, &definition, source).await? {
        None if proof.is_none() => return Ok(Ok(Known::Unproved)),
        None => {}
        Some(kept) => definition.hash = kept.hash,
    }
    let proof = proof.map(|proof| Proof { hash: definition.hash.clone(), ..proof });
    Ok(Ok(Known::Sound(Box::new(Sound { definition, proof }))))
}

fn proof_of(context: &Context, definition: &Definition) -> Proof {
    Proof { hash: definition.hash.clone(), checker: CHECKER, at: context.clock.now(), findings: Vec::new() }
}

/// The version that a file was kept as: the active one where that has this very text, otherwise one that says the same.
async fn kept(context: &Context, definition: &Definition, source: &str) -> Result<Option<StoredDefinition>, Error> {
    let view = context.store.view().await?;
    let active = view.current_definition(&definition.workflow).await?.filter(|active| active.source == source);
    if active.is_some() {
        return Ok(active);
    }
    let same = view.definition(&definition.hash).await?;
    Ok(if same.is_some() { same } else { view.definition_reading(&definition.workflow, source).await? })
}

/// What became of a sound file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It says what is active.
    Active,
    /// It is a version beside the active one.
    Kept,
}

async fn take_over(context: &Context, sound: Sound, source: &str, lacking: &[Fault]) -> Result<Taken, Error> {
    let Sound { definition, proof } = sound;
    let (hash, workflow, now) = (definition.hash.clone(), definition.workflow.clone(), context.clock.now());
    let tx = context.store.begin().await?;
    tx.add_definition(&StoredDefinition {
        hash: hash.clone(),
        workflow: workflow.clone(),
        source: source.to_owned(),
        loaded_at: now,
        proposed_by: None,
    })
    .await?;
    if let Some(proof) = proof
        && Proved::by(tx.proof(&hash).await?.as_ref()) == Proved::NotYet
    {
        tx.put_proof(&proof).await?;
    }
    let active = tx.current_definition(&workflow).await?;
    if active.as_ref().is_some_and(|active| active.hash == hash) {
        tx.commit().await?;
        return Ok(Taken::Active);
    }
    let chosen = tx.activations(&workflow).await?.first().is_some_and(|last| last.activated_by.is_some());
    // An active version that this program cannot read any more is best replaced.
    let orphans = matches!(fits(&tx, context, &definition).await, Err(Error::Conflict(_)));
    let taken = if chosen || orphans || !lacking.is_empty() {
        Taken::Kept
    } else {
        let replaced = active.map(|active| active.hash);
        let activation =
            Activation { workflow, hash, replaced, proposed_by: None, activated_by: None, reason: None, at: now };
        match tx.activate(&activation).await {
            // Another replica that starts at the same moment was faster.
            Err(store::Error::Stale) => return Ok(Taken::Active),
            activated => activated?,
        }
        Taken::Active
    };
    tx.commit().await?;
    Ok(taken)
}

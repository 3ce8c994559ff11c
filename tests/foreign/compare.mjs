// Replays our histories in the engines of others: compare.mjs NAME=MACHINE.json,DOCUMENT.scxml …
//
// Every line it reads is one history. After each step the foreign engine must stand where ours stood: same state, same
// counters, every track with the same seats and verdicts, and its region complete exactly when ours was.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as scion from "./scxml.mjs";
import * as xstate from "./xstate.mjs";

const exports = process.argv.slice(2);
const engines = { XState: new Map(), SCXML: new Map() };
for (const part of exports) {
  const [workflow, files] = part.split("=");
  const [machine, document] = files.split(",");
  engines.XState.set(workflow, xstate.engine(JSON.parse(readFileSync(machine, "utf8"))));
  engines.SCXML.set(workflow, await scion.engine(readFileSync(document, "utf8")));
}

const none = { seated: 0, approve: 0, revise: 0, reject: 0 };

/** What differs, or nothing. */
function difference(ours, theirs) {
  if (ours.state !== theirs.state) return `state ${theirs.state}, not ${ours.state}`;
  if (ours.closed !== theirs.closed) return `closed ${theirs.closed}, not ${ours.closed}`;
  for (const [name, value] of Object.entries(theirs.counters)) {
    if ((ours.counters[name] ?? 0) !== value) return `counter ${name} is ${value}, not ${ours.counters[name] ?? 0}`;
  }
  for (const [name, track] of Object.entries(theirs.tracks)) {
    for (const [count, value] of Object.entries(track)) {
      const expected = (ours.tracks[name] ?? none)[count];
      if (value !== expected) return `${count} in track ${name} is ${value}, not ${expected}`;
    }
  }
  for (const [name, region] of Object.entries(theirs.regions)) {
    const complete = ours.tracks[name].complete;
    if ((region === "complete") !== complete) return `track ${name} is ${region}, and ours ${complete ? "is" : "is not"} complete`;
  }
  return null;
}

/** Replays one history; the first difference, or nothing. */
function replay(begin, trace) {
  const actor = begin();
  let wrong = difference(trace.start, actor.configuration());
  for (const [number, step] of trace.steps.entries()) {
    if (wrong) break;
    for (const event of step.events) actor.send({ ...event, outcomes: step.outcomes });
    wrong = difference(step.then, actor.configuration());
    if (wrong) wrong = `after step ${number + 1}, ${JSON.stringify(step.events)}: ${wrong}`;
  }
  return wrong;
}

const seen = { states: new Set(), complete: 0 };
let histories = 0;
let steps = 0;
const failed = { XState: 0, SCXML: 0 };
for await (const line of createInterface({ input: process.stdin })) {
  const trace = JSON.parse(line);
  histories += 1;
  steps += trace.steps.length;
  for (const { then } of trace.steps) {
    seen.states.add(`${trace.workflow}/${then.state}`);
    if (Object.values(then.tracks).some((track) => track.complete)) seen.complete += 1;
  }
  for (const [name, begin] of Object.entries(engines)) {
    const wrong = replay(begin.get(trace.workflow), trace);
    if (wrong && (failed[name] += 1) <= 3) console.log(`${name}, ${trace.workflow}, history ${trace.seed}: ${wrong}`);
  }
}
console.log(
  `${histories} histories with ${steps} steps, ${seen.states.size} states seen, ${seen.complete} steps with a complete track: ` +
    `XState differs in ${failed.XState}, SCXML (SCION) in ${failed.SCXML}`,
);
// Histories that go nowhere would agree with anything.
const far = seen.complete > histories / 2 && steps > 5 * histories;
if (!far) console.log("the histories do not go far enough to mean something");
process.exit(failed.XState + failed.SCXML === 0 && far ? 0 : 1);

// Plays the stories through the pages of a running demo, as people would: by labels and roles.
// `node stories.mjs ADDRESS [SHOTS]`: once with scripts and once without. With SHOTS it leaves a picture of each kind of
// page there, wide and narrow. ONLY=scripts or ONLY=plain plays one of the two, STORY=course one story.

import { launch } from "./chromium.mjs";
import { Office } from "./person.mjs";
import * as selfStudy from "./story/self_study.mjs";
import * as course from "./story/course.mjs";
import * as office from "./story/office.mjs";
import * as rounds from "./story/rounds.mjs";
import * as badInput from "./story/bad_input.mjs";
import * as workflow from "./story/workflow.mjs";

const [address, shots] = process.argv.slice(2);
const { ONLY: only, STORY: story } = process.env;
// The course comes last: it moves the clock.
const stories = [selfStudy, badInput, office, workflow, rounds, course].filter(({ title }) => !story || story === title);
const modes = [["scripts", true], ["plain", false]].filter(([mode]) => !only || only === mode);

// A story came to its end early, and it was said why.
class Ended extends Error {}

// How long one check may take, and how this ends where one takes longer: pages have bounds of their own, so the browser itself hangs.
const PATIENCE = 120_000;
const HUNG = 75;

let passed = 0;
let failed = 0;

// One line a check; a story whose check fails ends there, for the next ones build on it.
function checker(mode) {
  return async (name, run) => {
    const hangs = setTimeout(() => {
      console.log(`HUNG  ${mode}: ${name}: the browser does not answer`);
      process.exit(HUNG);
    }, PATIENCE);
    try {
      await run();
      passed += 1;
      console.log(`ok    ${mode}: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${mode}: ${name}\n      ${error.message.replaceAll("\n", "\n      ")}`);
      throw new Ended();
    } finally {
      clearTimeout(hangs);
    }
  };
}

const browser = await launch();
for (const [mode, scripts] of modes) {
  const house = new Office(browser, address, { scripts, shots });
  for (const { title, play } of stories) {
    const check = checker(`${mode}, ${title}`);
    try {
      await play(house, check);
    } catch (error) {
      if (!(error instanceof Ended)) await check("plays at all", () => { throw error; }).catch(() => {});
      console.log(`      the rest of “${title}” is left out`);
    }
  }
  for (const fault of house.faults) console.log(`      ${fault}`);
  await checker(mode)(`${house.seen.size} kinds of page: accessible, within their width, no error in the console`, async () => {
    if (house.faults.length > 0) throw new Error(`${house.faults.length} faults, listed above`);
  }).catch(() => {});
  await house.close();
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

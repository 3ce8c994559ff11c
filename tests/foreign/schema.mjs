// The schema of the format in a real validator: schema.mjs PROGRAM FILE…
//
// The shipped files are valid, and what is broken is refused by the program and by the schema alike.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const [program, ...files] = process.argv.slice(2);
const schema = JSON.parse(execFileSync(program, ["workflow", "schema"], { encoding: "utf8" }));
const valid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
let failed = 0;
const wrong = (text) => {
  failed += 1;
  console.log(text);
};

for (const file of files) {
  if (!valid(parse(readFileSync(file, "utf8")))) wrong(`${file}: ${JSON.stringify(valid.errors.slice(0, 3))}`);
}

// In the self-study: what stands there, and what breaks it.
const broken = [
  ["format: 1", "format: 2"],
  ["subject: self-study ", "subject: selfstudy "],
  ["reference: SS", "refrence: SS"],
  ["title: What you studied", "titel: What you studied"],
  ["type: date,", "type: day,"],
  ["max: 200 }", "max: 200, maximum: 3 }"],
  ["max: 200 }", "step: 2 }"],
  ["max: 200 }", "max: many }"],
  ["label: Date you finished,", "hint: Date you finished,"],
  ["optional: true }", "optional: perhaps }"],
  ["accept: [pdf,", "accept: [exe,"],
  ["max_size: 50MB", "max_size: big"],
  ["group: audit, at_least: 1 }", "group: audit, at_most: 1 }"],
  ["never_acts_as: [auditor] }", "never_act_as: [auditor] }"],
  ["limits: { rounds: 2,", "limits: { rounds: two,"],
  ["kind: start,", "kind: begin,"],
  ["remind: [P7D, P14D]", "remind: P7D"],
  ["seats: 1, quorum: 1, verdicts: [approve, revise, reject], rubric", "quorum: 1, verdicts: [approve, revise, reject], rubric"],
  ["verdicts: [approve, reject]", "verdicts: [approve, decline]"],
  ["clock: paused", "clock: stopped"],
  ["earned: completed_on }", "earnt: completed_on }"],
  ["to: author, earned", "earned"],
  ["label: Withdraw }", "lable: Withdraw }"],
  ["auto: true, when: \"complete('audit') && approvals('audit') < 1\"", "auto: maybe, when: \"complete('audit')\""],
  ["after: P45D", "after: 45 days"],
  ["unbounded: ok", "unbounded: yes"],
  ["notify: [auditor]", "notify: auditor"],
  ["at_least: 1, excluding: [author] }", "at_leats: 1, excluding: [author] }"],
  ["from_any: reach_end", "from_any: anywhere"],
];
const source = readFileSync(files.find((file) => file.endsWith("self-study.yaml")), "utf8");
const folder = mkdtempSync(join(tmpdir(), "schema-"));
for (const [old, replacement] of broken) {
  if (!source.includes(old)) {
    wrong(`'${old}' is not in the file any more`);
    continue;
  }
  const text = source.replace(old, () => replacement);
  const file = join(folder, "broken.yaml");
  writeFileSync(file, text);
  if (spawnSync(program, ["workflow", "check", file]).status === 0) wrong(`the program takes '${replacement}'`);
  if (valid(parse(text))) wrong(`the schema takes '${replacement}'`);
}
console.log(`${files.length} files and ${broken.length} broken ones: ${failed} wrong`);
process.exit(failed === 0 ? 0 : 1);

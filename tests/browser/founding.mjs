// An office from `init` to its first recognised credit, through pages alone, with mail off: the only thing that comes from a
// terminal is the link that `init` prints; every other link is read off a page, as whoever hands it over does.
// `node founding.mjs SERVER [SHOTS]`: SERVER is the built program.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { launch } from "./chromium.mjs";
import { Office, later, pdf } from "./person.mjs";

const [server, shots] = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), "imprimatur-founding-"));
const environment = { PATH: process.env.PATH };
const password = "plenty of herons by the weir";
let failed = 0;
let over = false;

async function check(name, run) {
  if (over) return;
  try {
    await run();
    console.log(`ok    founding: ${name}`);
  } catch (error) {
    failed += 1;
    over = true;
    console.log(`FAIL  founding: ${name}\n      ${error.message.replaceAll("\n", "\n      ")}`);
  }
}

const printed = execFileSync(server, [
  "init", "--data", data, "--organisation", "State Academy of Family Medicine", "--short", "SAFM",
  "--time-zone", "America/Chicago", "--administrator", "office@safm.example", "--name", "Ruth Lindqvist",
], { env: environment, encoding: "utf8" });
const first = new URL(printed.match(/http\S+\/welcome\/\S+/)[0]).pathname;
const serving = spawn(server, ["serve", "--data", data, "--listen", "127.0.0.1:0"], { env: environment });
const said = [];
serving.stderr.on("data", (text) => said.push(String(text)));
const address = await new Promise((resolve, reject) => {
  createInterface({ input: serving.stdout }).on("line", (line) => {
    const told = line.match(/^Imprimatur serves at (\S+)/);
    if (told) resolve(told[1]);
  });
  serving.once("exit", () => reject(new Error(`the server did not start:\n${said.join("")}`)));
});

const browser = await launch();
const office = new Office(browser, address, { scripts: true, shots });
const today = new Date(`${new Date().toISOString().slice(0, 10)} UTC`);

// Opens a link as whoever was handed it, and chooses a password.
async function accept(path, name) {
  const person = await office.browse(name);
  await person.open(path);
  await person.fill("Password", password);
  await person.main().getByRole("button").first().click();
  await person.page.waitForURL(`${address}/`);
  return person;
}

// The link of somebody on the page that shows it once.
async function handed(person, email) {
  const row = person.main().getByRole("listitem").filter({ hasText: email }).first();
  return new URL((await row.locator("code").innerText()).trim()).pathname;
}

let ruth, reference;
const people = {};

await check("nothing needless is said at the start, and that mail is off is", async () => {
  const log = said.join("");
  if (/ WARN /.test(log)) throw new Error(`a warning at the start:\n${log}`);
  for (let tries = 0; tries < 50 && !said.join("").includes("Mail is off"); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!said.join("").includes("Mail is off")) throw new Error(`nothing of mail:\n${said.join("")}`);
});
await check("the administrator chooses a password and sees what is left to set up", async () => {
  ruth = await accept(first, "Ruth Lindqvist");
  await ruth.reads("What is left to set up", "0 of", "Organisation and calendar", "Mail is off", "First submission");
  await ruth.readsNot("Nothing waits for you");
  await ruth.look("setup");
});
await check("the calendar is entered, and a workflow that waited for its meeting comes into force", async () => {
  await ruth.follow("Organisation and calendar");
  await ruth.fill("Holidays", "12-25 Christmas Day");
  await ruth.fill("Meetings", "committee: first Thursday at 09:00; papers 14 days before");
  await ruth.press("Save");
  await ruth.open("/");
  await ruth.reads("The calendar has holidays");
});
await check("the outbox says that mail is off", async () => {
  await ruth.follow("Mail");
  await ruth.reads("Mail is off", "Letters that were not sent");
  await ruth.look("outbox-of-the-house");
});
await check("several people are invited from a list, after a look, and their links can be copied", async () => {
  await ruth.open("/");
  await ruth.main().getByRole("link", { name: "People" }).click();
  await ruth.reads("Invite several people", "No letters are sent from here");
  await ruth.fill("People, one a line", "Helen Novak <helen@safm.example>\nnot an address\nben@safm.example");
  await ruth.tick("Groups to join", "Self study assessors");
  await ruth.look("invite-several");
  await ruth.press("Look at the list");
  await ruth.reads("Will be invited", "Helen Novak", "Ben <ben@safm.example>", "not an address");
  await ruth.look("invite-several-looked");
  await ruth.press("Invite these 2");
  await ruth.reads("No letters are sent from here", "helen@safm.example", "/welcome/");
  await ruth.look("links");
  people.helen = await handed(ruth, "helen@safm.example");
  people.ben = await handed(ruth, "ben@safm.example");
});
await check("one is invited alone, as a lead, and one as an author", async () => {
  for (const [email, name, group] of [
    ["lena@safm.example", "Lena Brandt", "Self study leads"],
    ["sam@safm.example", "Sam Oduya", "Audit"],
    ["amara@clinic.example", "Amara Okafor", ""],
  ]) {
    await ruth.open("/people/invite");
    await ruth.reads("No letters are sent from here");
    await ruth.fill("E-mail address", email);
    await ruth.fill("Name, as it is printed", name);
    if (group) await ruth.tick("Groups to join", group);
    await ruth.press("Send the invitation");
    people[email.split("@")[0]] = await handed(ruth, email);
  }
});
await check("everybody chooses a password with the link that was handed over", async () => {
  for (const [name, path] of Object.entries(people)) people[name] = await accept(path, name);
  await ruth.open("/groups");
  await ruth.main().getByRole("link", { name: "Self study assessors" }).click();
  await ruth.reads("Ben", "Helen Novak");
  await ruth.readsNot("This leaves");
});
await check("a group is called what the office calls it", async () => {
  await ruth.follow("Call this group something else");
  await ruth.fill("Name of the group", "Assessors of self-study");
  await ruth.press("Save");
  await ruth.reads("Assessors of self-study");
});
await check("an author sends a self-study", async () => {
  const { amara } = people;
  await amara.reads("Nothing waits for you");
  await amara.readsNot("you get a letter");
  await amara.press("Start: Recognition of documented self-study");
  reference = (await amara.text()).match(/SS-\d{4}-\d{4}/)[0];
  await amara.follow("What you studied");
  await amara.fill("Title of what you studied", "Asthma in school children");
  await amara.tick("Kind of study", "Reading or listening");
  await amara.fill("Date you finished", later(today, -3));
  await amara.fill("Hours claimed", "6");
  await amara.tick("Claim as", "AAFP Elective");
  await amara.fill("What you learned and will change", "From now on I ask at every visit how often the reliever is used, and the action plan goes to the school nurse on the same day.");
  await amara.press("Save and continue");
  await amara.main().getByLabel("Certificate, log or notes").first().setInputFiles(pdf("certificate.pdf", "Six hours"));
  await amara.main().getByRole("link", { name: "certificate.pdf" }).waitFor();
  await amara.main().getByLabel("The hours and the work are my own").check();
  await amara.press("Save and continue");
  await amara.press("Send for assessment");
  await amara.reads("Sent", reference);
});
await check("an assessor finds it at Home and approves it", async () => {
  const { helen } = people;
  await helen.open("/");
  await helen.reads("Your turn", "Assessment: take it");
  await helen.main().getByRole("listitem").filter({ hasText: reference }).first().getByRole("link").first().click();
  await helen.press("I have no conflict");
  await helen.tick("The evidence carries the hours claimed", "Fully");
  await helen.tick("It serves professional practice", "Yes");
  await helen.fill("Your reasons", "The log carries the hours.");
  await helen.tick("Your verdict", "Approve");
  await helen.press("Give your verdict");
  await helen.reads("Your verdict “Approve” is recorded");
});
await check("the first credit is recognised", async () => {
  const { amara } = people;
  await amara.open("/credits");
  await amara.reads("Asthma in school children", "6.00");
  await ruth.open("/");
  await ruth.reads("The first was sent");
});

for (const fault of office.faults) {
  failed += 1;
  console.log(`      ${fault}`);
}
await office.close();
await browser.close();
serving.kill("SIGINT");
await new Promise((resolve) => serving.once("exit", resolve));
rmSync(data, { recursive: true, force: true });
console.log(failed === 0 ? "The office was founded." : `${failed} faults`);
process.exitCode = failed === 0 ? 0 : 1;

// The small scripts of the pages, and the same pages without them, on pages of a running demo; what they send is kept here
// and does not reach it. `node behaviour.mjs ADDRESS`

import assert from "node:assert/strict";
import { launch } from "./chromium.mjs";
import { serve } from "./pages.mjs";

const address = process.argv[2];
const { base, posts, close } = await serve(address);
const browser = await launch();
const tests = [];
const test = (name, run, options = {}) => tests.push({ name, run, options });

// Signs in, at the demo itself or at the server before it.
async function enter(page, name, at = base) {
  await page.goto(`${at}/sign-in`);
  await page.getByRole("button", { name }).first().click();
  await page.waitForURL(`${at}/`);
}

// Opens the first page below what this person finds at home whose address ends so and that says so.
async function open(page, ending, words = "") {
  const links = async (path) => {
    const html = await (await page.request.get(new URL(path, page.url()).href)).text();
    return [html, [...new Set([...html.matchAll(/href="(\/s\/[^"?#]+)"/g)].map(([, path]) => path))]];
  };
  for (const submission of (await links("/"))[1]) {
    for (const path of [submission, ...(await links(submission))[1]].filter((path) => path.endsWith(ending))) {
      if ((await links(path))[0].includes(words)) return page.goto(new URL(path, page.url()).href);
    }
  }
  throw new Error(`no page of the demo ends in ${ending} and says “${words}”`);
}

async function agenda(page) {
  await enter(page, "Lucía Herrera");
  await open(page, "/form/agenda", "Welcome");
}

async function evidence(page) {
  await enter(page, "Amara Okafor");
  await open(page, "/form/evidence", "guideline notes.docx");
}

const total = (page) => page.textContent("[data-total]").then(Number);
const credit = (page) => page.textContent("[data-credit]");

test("minutes typed become credit at once", async (page) => {
  await agenda(page);
  assert.equal(await total(page), 345);
  assert.equal(await credit(page), "5.75");
  await page.fill('[name="agenda/1/credit_minutes"]', "60");
  assert.equal(await total(page), 360);
  assert.equal(await credit(page), "6.00");
  await page.fill('[name="agenda/1/credit_minutes"]', "sixty");
  assert.equal(await total(page), 300);
});

test("halfway between two steps goes up", async (page) => {
  await agenda(page);
  await page.fill('[name="agenda/1/credit_minutes"]', "38"); // 300 + 38 = 338: nearer to 345 than to 330
  assert.equal(await credit(page), "5.75");
  await page.fill('[name="agenda/1/credit_minutes"]', "37"); // 337: nearer to 330
  assert.equal(await credit(page), "5.50");
});

test("a row is added below the last, empty, numbered and with the focus", async (page) => {
  await agenda(page);
  await page.click('button[name="add"]');
  const item = page.locator('[name="agenda/6/title"]');
  assert.equal(await item.inputValue(), "");
  assert.equal(await item.evaluate((input) => input === document.activeElement), true);
  assert.equal(await page.locator('label[for="agenda/6/title"]').count(), 1);
  assert.equal(await page.locator(".row > legend").last().textContent(), "Row 7");
  assert.equal(posts.length, 0);
});

test("a row is removed and those below it move up", async (page) => {
  await agenda(page);
  const third = await page.inputValue('[name="agenda/2/title"]');
  await page.click('button[value="agenda/1"]');
  assert.equal(await page.locator(".row").count(), 5);
  assert.equal(await page.inputValue('[name="agenda/1/title"]'), third);
  assert.equal(await total(page), 300);
  assert.equal(await page.getAttribute(".row:nth-of-type(2) button[name=remove]", "value"), "agenda/1");
});

test("Enter in a field saves and continues, it never removes a row", async (page) => {
  await agenda(page);
  await page.press('[name="agenda/1/title"]', "Enter");
  await settled(1);
  assert.match(posts[0].body, /name="then"\r\n\r\ncontinue/);
  assert.doesNotMatch(posts[0].body, /name="remove"/);
});

test("Ctrl+Enter sends the form one is writing in", async (page) => {
  await enter(page, "Marcus Bell");
  await open(page, "/review/assess", 'name="note"');
  await page.press('[name="note"]', "Control+Enter");
  await settled(1);
  assert.match(posts[0].path, /\/review\/assess$/);
});

test("files go up one by one, then the page is saved", async (page) => {
  await evidence(page);
  await page.setInputFiles("#evidence", [file("log.pdf", "one"), file("notes.pdf", "two")]);
  await settled(3);
  assert.match(posts[0].body, /filename="log.pdf"/);
  assert.match(posts[1].body, /filename="notes.pdf"/);
  assert.match(posts[2].body, /name="then"\r\n\r\nstay/);
});

test("a refused file is named with its reason, and nothing else is lost", async (page) => {
  await evidence(page);
  assert.equal(await page.isChecked("#attest"), false);
  await page.check("#attest");
  await page.setInputFiles("#evidence", [file("bad.pdf", "one")]);
  await page.waitForSelector(".progress .fault");
  assert.equal(await page.textContent(".progress .fault"), "bad.pdf: is a program, not a PDF");
  await page.setInputFiles("#evidence", [file("empty.pdf", "")]);
  await page.waitForFunction(() => document.querySelector(".progress").textContent === "empty.pdf: it is empty");
  assert.equal(await page.isChecked("#attest"), true);
});

test("j and k walk through the queue until they are switched off, for good", async (page) => {
  await enter(page, "Ruth Lindqvist");
  await page.goto(`${base}/queue`);
  const row = () => page.evaluate(() => [...document.querySelectorAll("[data-keys] th > a")].indexOf(document.activeElement));
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await row(), 1);
  await page.keyboard.press("k");
  assert.equal(await row(), 0);
  await page.fill("#search", "");
  await page.type("#search", "jk");
  assert.equal(await page.inputValue("#search"), "jk");
  await page.click("text=Switch off");
  await page.reload();
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
});

test("the list of faults has the focus, and leads to the field", async (page) => {
  await enter(page, "Lucía Herrera", address);
  await open(page, "/form/agenda", "Welcome");
  await page.fill('[name="agenda/1/minutes"]', "sixty");
  await page.click('.send button[value="continue"]');
  await page.waitForSelector(".faults");
  assert.equal(await page.evaluate(() => document.activeElement.className), "faults");
  await page.click(".faults a");
  assert.equal(await page.evaluate(() => document.activeElement.id), "agenda/1/minutes");
});

test("a text is checked while one types, and a check that fails says so", async (page) => {
  await enter(page, "Hannah Brandt");
  await page.goto(`${base}/workflows/self-study/edit`);
  await page.locator("#source").press("End");
  await page.keyboard.type("#");
  await settled(1);
  assert.match(posts[0].path, /self-study\/edit$/);
  assert.doesNotMatch(posts[0].body, /then=/);
  await page.waitForFunction(() => /could not be checked: the server answered with 204/.test(document.querySelector("[data-verdict]").textContent));
  assert.equal(await page.evaluate(() => document.activeElement.id), "source");
});

const plain = { javaScriptEnabled: false };

test("without scripts a row is added by the server", async (page) => {
  await agenda(page);
  await page.click('button[name="add"]');
  await settled(1);
  assert.match(posts[0].body, /name="add"\r\n\r\nagenda/);
  assert.match(posts[0].body, /name="agenda\/2\/minutes"\r\n\r\n120/);
}, plain);

test("without scripts files are uploaded with the page", async (page) => {
  await evidence(page);
  await page.setInputFiles("#evidence", [file("log.pdf", "one")]);
  await page.click('button:text-is("Upload")');
  await settled(1);
  assert.match(posts[0].body, /name="evidence"; filename="log.pdf"/);
}, plain);

function file(name, text) {
  return { name, mimeType: "application/pdf", buffer: Buffer.from(text) };
}

async function settled(count) {
  for (let tries = 0; posts.length < count && tries < 100; tries++) await new Promise((wait) => setTimeout(wait, 50));
  assert.equal(posts.length, count);
}

let failed = 0;
for (const { name, run, options } of tests) {
  posts.length = 0;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  try {
    await run(page);
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
  await context.close();
}
await browser.close();
close();
process.exitCode = failed === 0 ? 0 : 1;

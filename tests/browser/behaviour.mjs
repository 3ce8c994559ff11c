// The small scripts of the pages, and the same pages without them, on the samples of the gallery.
// `node behaviour.mjs PAGES`

import assert from "node:assert/strict";
import { launch } from "./chromium.mjs";
import { serve } from "./pages.mjs";

const { base, posts, close } = await serve(process.argv[2]);
const browser = await launch();
const tests = [];
const test = (name, run, options = {}) => tests.push({ name, run, options });

test("minutes typed become credit at once", async (page) => {
  await page.goto(`${base}/form_section-3.html`);
  await page.fill('[name="agenda/1/minutes"]', "60");
  assert.equal(await page.textContent("[data-total]"), "150");
  assert.equal(await page.textContent("[data-credit]"), "2.50");
  await page.selectOption('[name="agenda/0/counts"]', "yes");
  assert.equal(await page.textContent("[data-credit]"), "2.75");
  await page.fill('[name="agenda/1/minutes"]', "sixty");
  assert.equal(await page.textContent("[data-total]"), "105");
});

test("halfway between two steps goes up", async (page) => {
  await page.goto(`${base}/form_section-3.html`);
  await page.fill('[name="agenda/1/minutes"]', "38"); // 90 + 38 = 128: nearer to 135 than to 120
  assert.equal(await page.textContent("[data-credit]"), "2.25");
  await page.fill('[name="agenda/1/minutes"]', "37"); // 127: nearer to 120
  assert.equal(await page.textContent("[data-credit]"), "2.00");
});

test("a row is added below the last, empty, numbered and with the focus", async (page) => {
  await page.goto(`${base}/form_section-3.html`);
  await page.click('button[name="add"]');
  const item = page.locator('[name="agenda/3/item"]');
  assert.equal(await item.inputValue(), "");
  assert.equal(await item.evaluate((input) => input === document.activeElement), true);
  assert.equal(await page.locator('label[for="agenda/3/item"]').count(), 1);
  assert.equal(await page.locator(".row legend").last().textContent(), "Agenda item 4");
  assert.equal(posts.length, 0);
});

test("a row is removed and those below it move up", async (page) => {
  await page.goto(`${base}/form_section-3.html`);
  await page.click('button[value="agenda/1"]');
  assert.equal(await page.locator(".row").count(), 2);
  assert.equal(await page.inputValue('[name="agenda/1/item"]'), "Lung and heart: hands-on in pairs");
  assert.equal(await page.textContent("[data-total]"), "90");
  assert.equal(await page.getAttribute(".row:nth-of-type(2) button", "value"), "agenda/1");
});

test("Enter in a field saves and continues, it never removes a row", async (page) => {
  await page.goto(`${base}/form_section-3.html`);
  await page.press('[name="agenda/1/item"]', "Enter");
  await settled(1);
  assert.match(posts[0].body, /name="then"\r\n\r\ncontinue/);
  assert.doesNotMatch(posts[0].body, /name="remove"/);
});

test("Ctrl+Enter sends the form one is writing in", async (page) => {
  await page.goto(`${base}/review_give-2.html`);
  await page.press('[name="note"]', "Control+Enter");
  await settled(1);
  assert.match(posts[0].path, /judge$/);
});

test("files go up one by one, then the page is saved", async (page) => {
  await page.goto(`${base}/form_section-2.html`);
  await page.setInputFiles("#evidence", [file("log.pdf", "one"), file("notes.pdf", "two")]);
  await settled(3);
  assert.match(posts[0].body, /filename="log.pdf"/);
  assert.match(posts[1].body, /filename="notes.pdf"/);
  assert.match(posts[2].body, /name="then"\r\n\r\nstay/);
});

test("a refused file is named with its reason, and nothing else is lost", async (page) => {
  await page.goto(`${base}/form_section-2.html`);
  await page.check("#attest");
  await page.setInputFiles("#evidence", [file("bad.pdf", "refuse")]);
  await page.waitForSelector(".progress .fault");
  assert.equal(await page.textContent(".progress .fault"), "bad.pdf: is a program, not a PDF");
  await page.setInputFiles("#evidence", [file("empty.pdf", "")]);
  await page.waitForFunction(() => document.querySelector(".progress").textContent === "empty.pdf: it is empty");
  assert.equal(await page.isChecked("#attest"), true);
});

test("j and k walk through the queue until they are switched off, for good", async (page) => {
  await page.goto(`${base}/queue_list-1.html`);
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await focused(), "Point-of-care ultrasound for rural clinicians");
  await page.keyboard.press("k");
  assert.equal(await focused(), "Opioid stewardship after surgery");
  await page.fill("#search", "");
  await page.type("#search", "jk");
  assert.equal(await page.inputValue("#search"), "jk");
  await page.click("text=Switch off");
  await page.reload();
  await page.keyboard.press("j");
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
});

test("the list of faults has the focus, and leads to the field", async (page) => {
  await page.goto(`${base}/form_section-1.html`);
  assert.equal(await page.evaluate(() => document.activeElement.className), "faults");
  await page.click(".faults a");
  assert.equal(await page.evaluate(() => document.activeElement.id), "hours");
});

test("a text is checked while one types, and a check that fails says so", async (page) => {
  await page.goto(`${base}/workflow_edit-1.html`);
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
  await page.goto(`${base}/form_section-3.html`);
  await page.click('button[name="add"]');
  await settled(1);
  assert.match(posts[0].body, /name="add"\r\n\r\nagenda/);
  assert.match(posts[0].body, /name="agenda\/2\/minutes"\r\n\r\n90/);
}, plain);

test("without scripts files are uploaded with the page", async (page) => {
  await page.goto(`${base}/form_section-2.html`);
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

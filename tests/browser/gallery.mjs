// Opens one page of each kind that a demo has, as somebody who has it, in light and dark and at three widths: axe must find
// nothing, nothing may scroll sideways. `node gallery.mjs ADDRESS [SHOTS] [FILTER]`; with SHOTS it leaves pictures there.

import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./chromium.mjs";

const [address, shots, filter = ""] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
const widths = { wide: 1280, phone: 390, small: 320 };

// Who looks; a kind of page is looked at by the first who comes to it.
const readers = [
  "Hannah Brandt", "Lucía Herrera", "Amara Okafor", "Marcus Bell", "Priya Raman", "Ruben Castellanos", "Ruth Lindqvist",
  "Samuel Adeyemi", undefined,
];

// What readers are led to only by a mistake: an address that is none, and forms that are sent empty.
const mistakes = [
  { name: "Lucía Herrera", path: "/s/SS-2026-9999" },
  { name: "Hannah Brandt", path: "/people/invite", sent: true },
  { path: "/sign-in", sent: true },
];

const browser = await launch();
const faults = [];
const known = new Set();
let where = "";
if (shots) mkdirSync(shots, { recursive: true });

async function enter(name) {
  const context = await browser.newContext({ baseURL: address });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(`${where}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`${where}: ${error.message}`));
  if (name) {
    await page.goto("/sign-in");
    await page.getByRole("button", { name }).first().click();
    await page.waitForURL(`${address}/`);
  }
  return page;
}

// An address without what is different for each.
function kind(path) {
  return path
    .replace(/\/[A-Z]{2}-\d{4}-\d{4}/, "/{reference}")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}/g, "{id}")
    .replace(/^\/(workflows|groups)\/[^/]+/, "/$1/{id}")
    .replace(/\/(form|act|review|assign)\/[^/]+/, "/$1/{id}");
}

// Looks at a page of each kind that its reader is led to; of submissions in each state, as authors see it, and at the page
// where they begin with and without something to do.
async function walk(page, look) {
  const seen = new Set(["/"]);
  for (const path of seen) {
    let shape = kind(path);
    const submission = shape === "/s/{reference}";
    if (known.has(shape) && path !== "/" && !submission) continue;
    const answer = await page.request.get(path);
    // Dead links are found by the tests of the server.
    if (!answer.ok() || !/^text\/html/.test(answer.headers()["content-type"] ?? "")) continue;
    const html = await answer.text();
    if (submission && html.includes('<ol class="steps">')) shape += ` ${html.match(/class="tag [^"]*">([^<]*)/)?.[1]}`;
    if (path === "/") shape += html.match(/<h1[^>]*>([^<]*)/)?.[1];
    if (!known.has(shape)) {
      known.add(shape);
      if (shape.includes(filter)) await look(path, shape);
    }
    for (const [, href] of html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) seen.add(href);
  }
}

async function look(page, shape) {
  const picture = shape.replaceAll(/[^a-zA-Z0-9]+/g, "-").replace(/^-|-$/g, "") || "home";
  let ready = false;
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [size, width] of Object.entries(widths)) {
      where = `${shape} ${scheme} ${size}`;
      await page.setViewportSize({ width, height: 900 });
      if (shots) await page.screenshot({ path: join(shots, `${picture}-${size}-${scheme}.png`), fullPage: true });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) faults.push(`${where}: scrolls ${over} px sideways`);
      // In the dark only colours are others, and at the width of a telephone less is new than at the smallest.
      const run = { "light wide": rules, "light small": rules, "dark wide": { runOnly: ["color-contrast"] } }[`${scheme} ${size}`];
      if (!run) continue;
      if (!ready) await page.evaluate(axe);
      ready = true;
      const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), run);
      for (const { id, nodes } of violations) {
        faults.push(`${where}: ${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
      }
    }
  }
}

for (const name of readers) {
  const page = await enter(name);
  await walk(page, async (path, shape) => {
    await page.goto(path);
    await look(page, shape);
  });
  await page.context().close();
}
for (const { name, path, sent } of mistakes) {
  const page = await enter(name);
  await page.goto(path);
  if (sent) {
    await page.locator(`form[action="${path}"] button:visible`).first().click();
    await page.waitForSelector(".fault, .faults");
  }
  await look(page, `mistake ${path}`);
  await page.context().close();
}
await browser.close();
for (const fault of faults) console.log(fault);
console.log(`${known.size} kinds of page: ${faults.length === 0 ? "all sound" : `${faults.length} faults`}`);
process.exitCode = faults.length === 0 ? 0 : 1;

// Somebody at a browser: finds things by their labels, looks at each new page with axe, and leaves pictures.

import { createRequire } from "node:module";
import { readFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };

// The office as one run of the stories meets it: one browser context a person, one list of what was found.
export class Office {
  constructor(browser, address, { scripts, shots }) {
    this.browser = browser;
    this.address = address;
    this.scripts = scripts;
    this.shots = shots;
    this.people = new Map();
    this.seen = new Set();
    this.faults = [];
    if (shots) mkdirSync(shots, { recursive: true });
  }

  // The browser of a demo person, signed in by the button with that name.
  async enter(name) {
    if (!this.people.has(name)) {
      const person = await this.browse(name);
      await person.open("/sign-in");
      await person.press(name);
    }
    return this.people.get(name);
  }

  // The browser of somebody who is not signed in.
  visitor() {
    return this.browse("a visitor");
  }

  async browse(name) {
    const context = await this.browser.newContext({
      baseURL: this.address, javaScriptEnabled: this.scripts, viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      // The browser itself reports every answer above 399; the stories ask for some of those.
      const expected = /the server responded with a status of (403|404|409|413|422)/;
      if (message.type() === "error" && !expected.test(message.text())) this.faults.push(`${page.url()}: ${message.text()}`);
    });
    const person = new Person(this, name, page);
    this.people.set(name, person);
    return person;
  }

  async close() {
    for (const { page } of this.people.values()) await page.context().close();
  }
}

class Person {
  constructor(office, name, page) {
    this.office = office;
    this.name = name;
    this.page = page;
  }

  // Goes to an address, and signs in again where the session has run out; resolves to the status of the answer.
  async open(path) {
    const answer = await this.page.goto(path);
    const again = this.page.getByRole("button", { name: this.name });
    if (path === "/sign-in" || (await again.count()) === 0) return answer.status();
    await again.click();
    return (await this.page.goto(path)).status();
  }

  // Another page of the same person's browser. A second tab of one window is now and then never opened by Chromium; a window of
  // its own with the same cookies is, and is the same to the server.
  async another() {
    const context = await this.office.browser.newContext({
      baseURL: this.office.address, javaScriptEnabled: this.office.scripts, viewport: { width: 1280, height: 900 },
      storageState: await this.page.context().storageState(),
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    return page;
  }

  main() {
    return this.page.getByRole("main");
  }

  async press(name) {
    await this.page.getByRole("button", { name }).first().click();
  }

  async follow(name) {
    await this.page.getByRole("link", { name }).first().click();
  }

  // Types or chooses, by the label that stands beside it; `within` is a group of questions.
  async fill(label, value, within) {
    const field = (within ?? this.main()).getByLabel(label).first();
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption({ label: value });
    else await field.fill(value);
  }

  async tick(group, option) {
    await this.group(group).getByLabel(option, { exact: false }).first().check();
  }

  group(name) {
    return this.main().getByRole("group", { name }).first();
  }

  heading() {
    return this.page.getByRole("heading", { level: 1 }).first().innerText();
  }

  text() {
    return this.main().innerText();
  }

  async reads(...texts) {
    const shown = (await this.text()).replaceAll(/\s+/g, " ").toLowerCase();
    for (const text of texts) {
      if (!shown.includes(text.toLowerCase())) throw new Error(`“${text}” is not on ${this.page.url()}:\n${shown.slice(0, 600)}`);
    }
  }

  async readsNot(...texts) {
    const shown = (await this.text()).replaceAll(/\s+/g, " ").toLowerCase();
    for (const text of texts) {
      if (shown.includes(text.toLowerCase())) throw new Error(`“${text}” is on ${this.page.url()} and should not be`);
    }
  }

  // The first look at a kind of page: nothing for axe to find, nothing that scrolls sideways, a picture wide and narrow.
  async look(kind) {
    const { office, page } = this;
    if (office.seen.has(kind)) return;
    office.seen.add(kind);
    const mode = office.scripts ? "" : "-without-scripts";
    for (const [size, width] of [["wide", 1280], ["phone", 390]]) {
      await page.setViewportSize({ width, height: 900 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) office.faults.push(`${kind}, ${size}: scrolls ${over} px sideways`);
      // The page with the largest drawing takes its time.
      const path = office.shots && join(office.shots, `${kind}-${size}${mode}.png`);
      if (path) await page.screenshot({ path, fullPage: true, timeout: 60_000 });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    // Without scripts axe cannot run either; the pages are the same ones.
    if (!office.scripts) return;
    await page.evaluate(axe);
    const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), rules);
    for (const { id, nodes } of violations) {
      office.faults.push(`${kind}: ${id}: ${nodes.slice(0, 3).map((node) => node.target).join(" | ")}`);
    }
  }

  // The page as it stands in the window, for the README.
  async picture(name) {
    if (!this.office.shots || !this.office.scripts) return;
    await this.page.reload();
    await this.page.screenshot({ path: join(this.office.shots, `${name}.png`) });
  }

  // The demo's own date.
  async today() {
    const bar = await this.page.getByRole("complementary", { name: "Demo" }).innerText();
    return new Date(`${bar.match(/\d+ \w+ \d{4}/)[0]} UTC`);
  }
}

// A date some days later, as a date field takes it.
export function later(date, days) {
  return new Date(date.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

// A real PDF of one page.
export function pdf(name, text) {
  const stream = `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
    `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 6\n0000000000 65535 f \n${entries}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return { name, mimeType: "application/pdf", buffer: Buffer.from(file) };
}

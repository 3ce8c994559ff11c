// Opens every sample page of the gallery in light and dark, wide and narrow: axe must find nothing, nothing may
// scroll sideways. `node gallery.mjs PAGES [SHOTS] [FILTER]`: PAGES as written by `cargo run --example gallery -- PAGES`;
// with SHOTS it leaves pictures there.

import { readdirSync, readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { serve } from "./pages.mjs";

const [pages, shots, filter = ""] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = { wide: 1280, phone: 390, small: 320 };

const { base, close } = await serve(pages);
const browser = await launch();
const faults = [];
if (shots) mkdirSync(shots, { recursive: true });

for (const scheme of ["light", "dark"]) {
  for (const [size, width] of Object.entries(widths)) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 }, bypassCSP: false });
    const page = await context.newPage();
    let where = "";
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) faults.push(`${where}: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`${where}: ${error.message}`));
    for (const name of readdirSync(pages).filter((name) => name.endsWith(".html") && name.includes(filter))) {
      where = `${name} ${scheme} ${size}`;
      await page.goto(`${base}/${name}`);
      if (shots) await page.screenshot({ path: join(shots, `${name.replace(".html", "")}-${size}-${scheme}.png`), fullPage: true });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) faults.push(`${where}: scrolls ${over} px sideways`);
      if (size === "wide" || (size === "small" && scheme === "light")) {
        await page.evaluate(axe);
        const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
        for (const violation of result.violations) {
          faults.push(`${where}: ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
        }
      }
    }
    await context.close();
  }
}
await browser.close();
close();
for (const fault of faults) console.log(fault);
console.log(faults.length === 0 ? "every page is sound" : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

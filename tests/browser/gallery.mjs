// Opens every sample page of the gallery in light and dark, wide and narrow: axe must find nothing, nothing may
// scroll sideways. `node gallery.mjs PAGES [SHOTS] [FILTER]`: PAGES as written by `cargo run --example gallery -- PAGES`;
// with SHOTS it leaves pictures there.

import { createServer } from "node:http";
import { readdirSync, readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { launch } from "./chromium.mjs";

const [pages, shots, filter = ""] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = { wide: 1280, phone: 390, small: 320 };
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'";

// The pages are served with the policy of the real server, so that an inline script or style shows up as a fault.
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  try {
    const body = readFileSync(join(pages, path));
    response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain", "content-security-policy": policy });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;
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
      if (size !== "phone") {
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
server.close();
for (const fault of faults) console.log(fault);
console.log(faults.length === 0 ? "every page is sound" : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

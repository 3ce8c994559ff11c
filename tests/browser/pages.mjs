// Serves the sample pages with the policy of the real server, so that an inline script or style shows up as a fault.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";

const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'";

// Resolves to { base, posts, close }; what is posted is kept in `posts` and answered with 204, or 422 if it says "refuse".
export async function serve(pages) {
  const posts = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (request.method === "POST") {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const body = Buffer.concat(parts).toString();
        posts.push({ path: request.url, body });
        if (body.includes("refuse")) {
          response.writeHead(422, { "content-type": "application/problem+json" });
          response.end(JSON.stringify({ title: "Refused", errors: [{ detail: "is a program, not a PDF" }] }));
        } else {
          response.writeHead(204).end();
        }
      });
      return;
    }
    try {
      const body = readFileSync(join(pages, path));
      response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain", "content-security-policy": policy });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { base: `http://127.0.0.1:${server.address().port}`, posts, close: () => server.close() };
}

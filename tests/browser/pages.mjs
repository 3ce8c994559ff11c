// The pages of a demo, through a server that keeps what is sent from them instead of handing it on.

import { createServer, request as ask } from "node:http";

// Resolves to { base, posts, close }; what is posted is kept in `posts` and answered with 204, or 422 for a file "bad.pdf".
// Signing in is handed on like every look.
export async function serve(address) {
  const { hostname, port } = new URL(address);
  const posts = [];
  const server = createServer((request, response) => {
    if (request.method !== "POST" || request.url === "/demo/sign-in") {
      // The host stays the one that the browser knows, so that the demo takes a form from it.
      const { method, url: path, headers } = request;
      const onward = ask({ hostname, port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.writeHead(502).end());
      request.pipe(onward);
      return;
    }
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString();
      posts.push({ path: request.url, body });
      if (body.includes('filename="bad.pdf"')) {
        response.writeHead(422, { "content-type": "application/problem+json" });
        response.end(JSON.stringify({ title: "Refused", errors: [{ detail: "is a program, not a PDF" }] }));
      } else {
        response.writeHead(204).end();
      }
    });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { base: `http://127.0.0.1:${server.address().port}`, posts, close: () => server.close() };
}

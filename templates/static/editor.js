// Checks a definition while one types, marks its lines and draws it anew. Without this file the button does the same.

const PAUSE = 600; // milliseconds without a key before the text is checked

const source = document.querySelector("textarea[data-check]");
const found = document.querySelector("[data-found]");
const verdict = document.querySelector("[data-verdict]");
const gutter = document.createElement("pre");
let waiting;
let asking;

if (source) begin();

function begin() {
  document.querySelector("[data-lines]")?.remove();
  const frame = document.createElement("div");
  frame.className = "code";
  gutter.className = "gutter";
  gutter.setAttribute("aria-hidden", "true");
  source.before(frame);
  frame.append(gutter, source);
  number([...found.querySelectorAll("[data-line]")].map((link) => Number(link.dataset.line)));
  source.addEventListener("scroll", follow);
  source.addEventListener("input", () => {
    if (gutter.childElementCount !== source.value.split("\n").length) number([]);
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  });
  found.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    go(Number(link.dataset.line), Number(link.dataset.column));
  });
}

// Line numbers, those with a fault marked.
function number(wrong) {
  const marked = new Set(wrong);
  gutter.replaceChildren(...source.value.split("\n").map((_, index) => {
    const line = document.createElement(marked.has(index + 1) ? "b" : "span");
    line.textContent = `${index + 1}\n`;
    return line;
  }));
  follow();
}

function follow() {
  gutter.scrollTop = source.scrollTop;
}

function go(line, column) {
  const lines = source.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  source.focus();
  source.setSelectionRange(start + column - 1, start + (lines[line - 1] ?? "").length);
  source.scrollTop = (line - 4) * (source.scrollHeight / lines.length);
}

// Asks what the button asks, and takes from the page that answers what was found and how the text would look.
async function check() {
  asking?.abort();
  asking = new AbortController();
  const { form } = source;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { accept: "text/html" },
      body: new URLSearchParams(new FormData(form)),
      signal: asking.signal,
    });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.status);
  } catch (error) {
    if (error.name !== "AbortError") tell("It could not be checked: the server did not answer. What you typed is still here.");
  }
}

function show(page, status) {
  const judged = page.querySelector("[data-verdict]");
  const problem = page.querySelector(judged ? ".faults li" : "h1");
  if (problem) return tell(`It could not be checked: ${problem.textContent.trim()}`);
  if (!judged) return tell(`It could not be checked: the server answered with ${status}.`);
  tell(judged.textContent);
  found.replaceChildren(...page.querySelector("[data-found]").children);
  number([...found.querySelectorAll("[data-line]")].map((link) => Number(link.dataset.line)));
  preview(page.querySelector("[data-preview]"));
}

// Read out where it changed.
function tell(words) {
  if (verdict.textContent !== words) verdict.textContent = words;
}

// A broken text leaves the pictures of the last sound one, and says so. A new one is seen where the old one was.
function preview(now) {
  const shown = document.querySelector("[data-preview]");
  const sound = now.childElementCount > 0;
  document.querySelector("[data-old]").hidden = sound || shown.childElementCount === 0;
  if (!sound || now.innerHTML === shown.innerHTML) return;
  const frame = shown.querySelector(".drawing");
  const open = shown.querySelector("details[open]") !== null;
  const { scrollLeft, scrollTop } = frame ?? {};
  shown.replaceChildren(...now.childNodes);
  shown.querySelector("details").open = open;
  if (frame) Object.assign(shown.querySelector(".drawing"), { scrollLeft, scrollTop });
  else document.dispatchEvent(new Event("drawn"));
}

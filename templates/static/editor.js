// Checks a definition while one types, and marks its lines. Without this file the button asks the server.

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

async function check() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(source.dataset.check, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ source: source.value }),
      signal: asking.signal,
    });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.detail ?? body.title);
    show(body.faults);
  } catch (error) {
    if (error.name !== "AbortError") verdict.textContent = `It could not be checked: ${error.message}`;
  }
}

function show(faults) {
  verdict.textContent = words(faults);
  found.replaceChildren(...faults.map(item));
  number(faults.map((fault) => fault.line));
}

function words(faults) {
  const many = (count, noun) => (count === 1 ? `1 ${noun}` : `${count} ${noun}s`);
  const errors = faults.filter((fault) => fault.severity === "error").length;
  const warnings = faults.length - errors;
  if (errors === 0) return `Sound${warnings ? `, with ${many(warnings, "warning")}` : ""}. It can be proposed.`;
  return `${many(errors, "error")} to put right${warnings ? `, and ${many(warnings, "warning")}` : ""}.`;
}

function item(fault) {
  const entry = document.createElement("li");
  const link = add(entry, "a", `Line ${fault.line}, column ${fault.column}`);
  link.href = "#source";
  Object.assign(link.dataset, { line: fault.line, column: fault.column });
  entry.append(" ");
  add(entry, "b", fault.severity);
  entry.append(" ");
  add(entry, "small", fault.rule);
  add(entry, "p", fault.message);
  if (fault.counterexample?.length) {
    const steps = add(entry, "ol", "");
    for (const step of fault.counterexample) add(steps, "li", step);
  }
  return entry;
}

function add(parent, name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  parent.append(element);
  return element;
}

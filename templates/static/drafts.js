// Keeps what is typed into a form in this browser until it was sent, and offers it when the form is opened again.
// Nothing is filled in by itself. Kept are words, never files, and no form with a password or a code; for one person, and for a week.
// Who signs out leaves nothing behind. Without this file the page's own buttons keep what was typed.

const PREFIX = "imprimatur.draft:";
const SENT = "imprimatur.sent";
const WEEK = 7 * 24 * 3600 * 1000;
const MOST = 500_000;
const person = document.body.dataset.person;

if (person) {
  tidy();
  const sent = sessionStorage.getItem(SENT);
  // Only the page that follows an act says that it was done.
  if (sent && !("error" in document.body.dataset) && document.querySelector(".flash, section.sent")) {
    localStorage.removeItem(sent);
  }
  sessionStorage.removeItem(SENT);
  for (const form of document.querySelectorAll("main form[method=post]")) watch(form, sent);
  const out = document.querySelector("form[action='/sign-out']");
  if (out) out.addEventListener("submit", () => { for (const key of keys(`${PREFIX}${person}:`)) localStorage.removeItem(key); });
}

function watch(form, sent) {
  if (form.querySelector("input[type=password], input[autocomplete=one-time-code]") || typed(form).length === 0) return;
  const key = `${PREFIX}${person}:${form.getAttribute("action")}`;
  // Where it came back from being sent, what stands in it may be kept nowhere else.
  const back = sent === key;
  const shown = back ? undefined : JSON.stringify(typed(form));
  const kept = back ? undefined : read(key);
  if (kept && JSON.stringify(kept.fields) === shown) localStorage.removeItem(key);
  else if (kept) offer(form, key, kept);

  let waiting;
  const keep = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const fields = typed(form);
    const text = JSON.stringify({ at: Date.now(), version: version(form), fields });
    try {
      if (JSON.stringify(fields) === shown) localStorage.removeItem(key);
      else if (text.length <= MOST) localStorage.setItem(key, text);
    } catch {
      // No room, or not allowed: the page works all the same.
    }
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(keep, 400); };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  addEventListener("pagehide", () => { if (waiting) keep(); });
  form.addEventListener("submit", () => {
    keep();
    try { sessionStorage.setItem(SENT, key); } catch { /* It is offered once more then. */ }
  });
}

// Names and values of what somebody can type or choose.
function typed(form) {
  const fields = [];
  for (const field of form.elements) {
    if (!field.name || field.disabled || ["hidden", "file", "password", "submit", "button"].includes(field.type)) continue;
    if (["BUTTON", "FIELDSET", "OUTPUT"].includes(field.tagName)) continue;
    if (field.type === "radio" || field.type === "checkbox") fields.push([field.name, field.checked ? field.value : null, field.value]);
    else fields.push([field.name, field.value]);
  }
  return fields;
}

function version(form) {
  return form.querySelector("input[type=hidden][name=version]")?.value ?? null;
}

function offer(form, key, kept) {
  const box = document.createElement("div");
  box.className = "draft";
  box.setAttribute("role", "status");
  const at = new Date(kept.at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
  const changed = kept.version !== version(form) ? " The page was changed since." : "";
  const words = document.createElement("p");
  words.textContent = `You typed something here on ${at} that was not sent.${changed}`;
  box.append(
    words,
    button("Fill it in", () => { fill(form, kept.fields, box); form.dispatchEvent(new Event("input", { bubbles: true })); }),
    " ",
    button("Throw it away", () => { localStorage.removeItem(key); box.remove(); }),
  );
  form.before(box);
}

function button(text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.addEventListener("click", act);
  return button;
}

function fill(form, fields, box) {
  const lost = [];
  for (const [name, value, choice] of fields) {
    const field = find(form, name, choice);
    if (!field) {
      if (value) lost.push(value);
    } else if (choice !== undefined) field.checked = value !== null;
    else field.value = value;
  }
  box.replaceChildren();
  const words = document.createElement("p");
  words.textContent = lost.length === 0 ? "It is filled in below. Look at it, then send it." : "It is filled in below, but for what the page has no field for any more:";
  box.append(words);
  for (const value of lost) {
    const quote = document.createElement("blockquote");
    quote.textContent = value;
    box.append(quote);
  }
}

// The field of this name; rows that are not there yet are added by the button that adds them.
function find(form, name, choice) {
  const named = () => [...form.elements].find((field) => field.name === name && field.type !== "hidden" && (choice === undefined || field.value === choice));
  let field = named();
  const [table, row] = name.split("/");
  const rows = form.querySelector(`[data-rows="${CSS.escape(table)}"]`);
  const add = form.querySelector(`button[name=add][value="${CSS.escape(table)}"]`);
  if (!field && rows && add && rows.children.length > 0 && /^\d+$/.test(row ?? "")) {
    for (let more = 0; more < 100 && rows.children.length <= Number(row); more += 1) add.click();
    field = named();
  }
  return field;
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Array.isArray(kept.fields) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function keys(prefix) {
  return [...Array(localStorage.length).keys()].map((at) => localStorage.key(at)).filter((key) => key?.startsWith(prefix));
}

function tidy() {
  for (const key of keys(PREFIX)) {
    const kept = read(key);
    if (!kept || Date.now() - kept.at > WEEK) localStorage.removeItem(key);
  }
}

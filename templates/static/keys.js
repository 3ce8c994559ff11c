// Keys that save a way: Ctrl+Enter sends the form one is writing in; j and k walk through a list.
// Single keys can be switched off (WCAG 2.1.4), and the choice is kept.

const STORED = "imprimatur.keys";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest("form");
  if (form && form.method === "post") form.requestSubmit();
});

const list = document.querySelector("[data-keys]");
if (list) walk(list);

const focus = document.querySelector("[data-focus]");
if (focus) focus.focus();

function walk(list) {
  const links = [...list.querySelectorAll(":is(li, th) > a:first-of-type, h2 > a")];
  if (links.length < 2) return;
  const legend = document.createElement("p");
  legend.className = "keys";
  const words = document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  legend.append(words, button);
  list.before(legend);

  let on = localStorage.getItem(STORED) !== "off";
  const show = () => {
    words.textContent = on ? "Keys j and k move through this list, Enter opens." : "Keys j and k are off.";
    button.textContent = on ? "Switch off" : "Switch on";
  };
  button.addEventListener("click", () => {
    on = !on;
    localStorage.setItem(STORED, on ? "on" : "off");
    show();
  });
  show();

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const at = links.indexOf(document.activeElement);
    const next = links[at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}

// Adds and removes rows in place. Without this file the same buttons ask the server.

const BUTTONS = "button[name=add], button[name=remove]";

document.addEventListener("click", (event) => {
  const button = event.target.closest(BUTTONS);
  if (!button) return;
  const [name, index] = button.value.split("/");
  const rows = document.querySelector(`[data-rows="${CSS.escape(name)}"]`);
  if (!rows) return;
  const all = [...rows.querySelectorAll(":scope > .row")];
  if (button.name === "add") {
    if (all.length === 0) return; // the server knows what a first row looks like
    event.preventDefault();
    const row = all.at(-1).cloneNode(true);
    clear(row);
    rows.append(row);
    number(rows, name);
    row.querySelector("input, textarea, select").focus();
  } else {
    const row = all[Number(index)];
    if (!row || all.length === 1) return;
    event.preventDefault();
    const neighbour = all[Number(index) + 1] ?? all[Number(index) - 1];
    row.remove();
    number(rows, name);
    neighbour.querySelector("input, textarea, select").focus();
  }
  rows.dispatchEvent(new Event("input", { bubbles: true }));
});

function clear(row) {
  for (const field of row.querySelectorAll("input, textarea")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  for (const select of row.querySelectorAll("select")) select.selectedIndex = 0;
  for (const fault of row.querySelectorAll(".fault")) fault.remove();
  for (const wrong of row.querySelectorAll(".wrong")) wrong.classList.remove("wrong");
  for (const wrong of row.querySelectorAll("[aria-invalid]")) wrong.removeAttribute("aria-invalid");
}

// Gives every row the number it now has, in names, ids and words.
function number(rows, name) {
  const old = new RegExp(`(^|\\s)${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}/\\d+`, "g");
  [...rows.querySelectorAll(":scope > .row")].forEach((row, index) => {
    for (const element of row.querySelectorAll("*")) {
      for (const attribute of ["id", "name", "for", "value", "aria-describedby"]) {
        if (attribute === "value" && element.name !== "remove") continue;
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(old, `$1${name}/${index}`));
      }
    }
    for (const place of row.querySelectorAll("[data-number]")) place.textContent = index + 1;
  });
}

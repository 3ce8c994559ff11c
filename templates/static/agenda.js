// Keeps the credit of a table up to date while minutes are typed. The server computes it again and decides.

for (const sum of document.querySelectorAll("[data-sum]")) {
  const { sum: name, minutes, counts, step } = sum.dataset;
  const rows = document.querySelector(`[data-rows="${CSS.escape(name)}"]`);
  if (!rows) continue;
  const field = (row, column) => column && row.querySelector(`[name$="/${CSS.escape(column)}"]:not([type=radio]), [name$="/${CSS.escape(column)}"]:checked`);

  const update = () => {
    let total = 0;
    for (const row of rows.querySelectorAll(":scope > .row")) {
      const typed = field(row, minutes)?.value.trim() ?? "";
      const left_out = counts && field(row, counts)?.value !== "yes";
      if (/^\d{1,5}$/.test(typed) && !left_out) total += Number(typed);
    }
    // The nearest step; halfway goes up, as on the server.
    const steps = Math.floor((2 * total + Number(step)) / (2 * Number(step)));
    sum.querySelector("[data-total]").textContent = total;
    sum.querySelector("[data-credit]").textContent = ((steps * Number(step)) / 60).toFixed(2);
  };
  rows.addEventListener("input", update);
  rows.addEventListener("change", update);
}

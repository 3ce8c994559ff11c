// Keeps the credit of a table up to date while minutes are typed. The server computes it again and decides.

for (const sum of document.querySelectorAll("[data-sum]")) {
  const { sum: name, minutes, step } = sum.dataset;
  const rows = document.querySelector(`[data-rows="${CSS.escape(name)}"]`);
  if (!rows) continue;
  const field = (row) => row.querySelector(`[name$="/${CSS.escape(minutes)}"]`);

  const update = () => {
    let total = 0;
    for (const row of rows.querySelectorAll(":scope > .row")) {
      const typed = field(row)?.value.trim() ?? "";
      if (/^\d{1,5}$/.test(typed)) total += Number(typed);
    }
    // The nearest step; halfway goes up, as on the server.
    const steps = Math.floor((2 * total + Number(step)) / (2 * Number(step)));
    sum.querySelector("[data-total]").textContent = total;
    sum.querySelector("[data-credit]").textContent = ((steps * Number(step)) / 60).toFixed(2);
  };
  rows.addEventListener("input", update);
  rows.addEventListener("change", update);
}

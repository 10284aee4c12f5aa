"use strict";
// Without a script the whole page can be read. With it, the reader can narrow the table down.
const form = document.querySelector("form");
const rows = Array.from(document.querySelectorAll(".entries > tbody > tr"), (row) => ({
  row,
  text: row.textContent.toLowerCase(),
  traits: row.dataset.traits.split(" "),
}));
const tiles = Array.from(document.querySelectorAll(".tiles a"));

function filter() {
  const { words, finding, status } = form.elements;
  const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = [finding.value, status.value].filter(Boolean);
  let shown = 0;
  for (const { row, text, traits } of rows) {
    const fits = sought.every((word) => text.includes(word)) && wanted.every((trait) => traits.includes(trait));
    row.hidden = !fits;
    shown += fits;
  }
  form.querySelector("output").value = `${shown} of ${rows.length} entries shown`;
  for (const tile of tiles) {
    const { field, value } = tile.dataset;
    const other = field === "finding" ? status : finding;
    const chosen = !sought.length && form.elements[field].value === value && !other.value;
    if (chosen) tile.setAttribute("aria-current", "true");
    else tile.removeAttribute("aria-current");
  }
}

// A tile leaves the entries that have what it counts, whatever was chosen before. Its link then
// leads to them.
function choose(event) {
  form.reset();
  form.elements.finding.value = "";
  form.elements[event.currentTarget.dataset.field].value = event.currentTarget.dataset.value;
  filter();
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const tile of tiles) tile.addEventListener("click", choose);
  filter();
}

// Paper cannot be unfolded.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("tr:not([hidden]) details")) details.open = true;
});

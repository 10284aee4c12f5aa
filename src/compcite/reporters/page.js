"use strict";
// Without a script the whole table stands there; with it, the reader can narrow it down.
const form = document.querySelector("form");
const count = form.querySelector("output");
const rows = Array.from(document.querySelectorAll(".entries > tbody > tr"), (row) => ({
  row,
  text: row.textContent.toLowerCase(),
  traits: row.dataset.traits.split(" "),
}));

function filter() {
  const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = [form.elements.finding.value, form.elements.status.value].filter(Boolean);
  let shown = 0;
  for (const { row, text, traits } of rows) {
    const fits = words.every((word) => text.includes(word)) && wanted.every((trait) => traits.includes(trait));
    row.hidden = !fits;
    shown += fits;
  }
  count.value = `${shown} of ${rows.length} entries shown`;
}

form.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
filter();

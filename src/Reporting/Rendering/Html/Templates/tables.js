"use strict";
// Sorting and search for the long tables. Without this script the tables are all there, in the order of the plan.
(() => {
  const scale = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, ms: 1e-3, min: 60, h: 3600 };

  // "1.31 Gbps", "2 min 5 s", "998 of 1,000", "4.2 ms ± 0.8 ms", "< 0.01 %": the first quantity; null is "not measured".
  const quantity = text => {
    const parts = [...text.split("±")[0].split(" of ")[0].matchAll(/(-?[\d,]*\.?\d+)\s*([A-Za-z]*)/g)];
    const sum = parts.reduce((total, [, number, unit]) =>
      total + Number(number.replaceAll(",", "")) * (scale[unit] ?? (/^[kMGT](bps|B)$/.test(unit) ? scale[unit[0]] : 1)), 0);
    return parts.length === 0 ? null : sum;
  };

  const compare = (one, other) => typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), "en", { numeric: true });

  const sort = (table, column, descending) => {
    const number = table.tHead.rows[0].cells[column].classList.contains("number") && !table.tHead.rows[0].cells[column].classList.contains("clock");
    const keyed = [...table.tBodies[0].rows].map(row => {
      const text = row.cells[column].textContent.trim();
      return { row, key: text === "not measured" || text === "not known" ? null : number ? quantity(text) : text };
    });
    keyed.sort((one, other) => one.key === null || other.key === null
      ? (one.key === null) - (other.key === null)
      : compare(one.key, other.key) * (descending ? -1 : 1));
    table.tBodies[0].append(...keyed.map(one => one.row));
  };

  const sortable = table => [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(table, column, descending);
    });
  });

  const searchable = (table, name) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const found = document.createElement("span");
    label.className = "search";
    input.type = "search";
    found.setAttribute("role", "status");
    label.append(`Search ${name} `, input, " ", found);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      const rows = [...table.tBodies[0].rows];
      for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
      found.textContent = wanted === "" ? "" : `${rows.filter(row => !row.hidden).length} of ${rows.length} rows`;
    });
    table.closest(".wide").before(label);
  };

  for (const table of document.querySelectorAll("#each-generator ~ .wide table, #rooms ~ .wide table, #processes ~ .wide table")) {
    sortable(table);
    searchable(table, table.closest(".wide").getAttribute("aria-label").toLowerCase());
  }
})();

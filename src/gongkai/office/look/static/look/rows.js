// Keyboard movement over the rows of a list: j/k anywhere, arrows, Home and End within it; Enter opens, being a link.
(() => {
  "use strict";
  const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  const typing = (node) => node.closest("input, select, textarea, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const inside = event.target.closest("[data-rows]");
    // Arrows scroll the page unless a row is chosen.
    if (!inside && event.key !== "j" && event.key !== "k") return;
    const list = inside || document.querySelector("[data-rows]");
    if (!list) return;
    const links = [...list.querySelectorAll("[data-open]")];
    if (!links.length) return;
    const row = event.target.closest("tr");
    const now = links.findIndex((link) => link.closest("tr") === row);
    let next;
    if (event.key in steps) next = now < 0 ? 0 : now + steps[event.key];
    else if (event.key === "Home") next = 0;
    else if (event.key === "End") next = links.length - 1;
    else return;
    event.preventDefault();
    links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  });
})();

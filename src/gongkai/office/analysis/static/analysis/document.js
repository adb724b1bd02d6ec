// Comfort for reading: choosing a finding or a figure marks it in all panes and scrolls each of them to it, without a new
// page. Where the place is not on this page, the link is followed as it is.
(() => {
  "use strict";
  const root = document.querySelector("[data-document]");
  if (!root) return;

  const has = (element, number) => (element.dataset.findings || "").split(" ").includes(number);
  const reveal = (element) => {
    const pane = element.closest(".an-pane");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const table = element.closest(".look-scroll");
    const middle = (outer, box) => outer.getBoundingClientRect().top + outer.clientHeight / 3 - box.top;
    pane.scrollTop -= middle(pane, element.getBoundingClientRect());
    if (table) {
      const box = element.getBoundingClientRect();
      const frame = table.getBoundingClientRect();
      if (box.left < frame.left || box.right > frame.right) table.scrollLeft += box.left - frame.left - frame.width / 2;
    }
  };
  const choose = (found, link) => {
    for (const element of root.querySelectorAll(".an-chosen")) element.classList.remove("an-chosen");
    const seen = new Set();
    for (const element of found) {
      element.classList.add("an-chosen");
      const pane = element.closest(".an-pane");
      if (!seen.has(pane)) reveal(element);
      seen.add(pane);
    }
    history.replaceState(null, "", link.getAttribute("href").split("#")[0]);
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    // On a narrow screen the panes lie below one another: the page itself goes to the place.
    const pane = target.closest(".an-pane");
    if (pane && pane.scrollHeight <= pane.clientHeight) target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  };

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='finding='], a[href*='cell=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.search.includes("view=page")) return;
    if (!link.hash || !document.getElementById(decodeURIComponent(link.hash.slice(1)))) return;
    const asked = new URLSearchParams(link.search);
    const number = asked.get("finding");
    const cell = asked.get("cell");
    const found = number
      ? [...root.querySelectorAll("[data-findings]")].filter((element) => has(element, number)).concat(root.querySelector(`[data-finding="${CSS.escape(number)}"]`) || [])
      : [...root.querySelectorAll(`[data-cell="${CSS.escape(cell)}"]`)];
    if (!found.length) return;
    event.preventDefault();
    choose(found, link);
  });

  // Opened at a finding: every pane shows it, not only the one that the address names.
  const seen = new Set();
  for (const element of root.querySelectorAll(".an-chosen")) {
    const pane = element.closest(".an-pane");
    if (!seen.has(pane)) reveal(element);
    seen.add(pane);
  }
})();

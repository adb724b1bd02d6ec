// Boxes drawn over the picture of a page. The rows of the form are the truth: this only fills them in and shows them.
(() => {
  "use strict";
  const form = document.querySelector("[data-boxes]");
  const sheet = document.querySelector("[data-page]");
  if (!form || !sheet) return;
  const page = sheet.dataset.page;
  const canvas = document.createElement("canvas");
  canvas.className = "applications-canvas";
  canvas.setAttribute("aria-hidden", "true"); // the keyboard has the table beside it
  sheet.append(canvas);
  const brush = canvas.getContext("2d");
  const sides = ["left", "top", "right", "bottom"];
  let start = null;
  let now = null;
  let changed = false;

  const field = (row, name) => row.querySelector(`[name=${name}]`);
  const rows = () => [...form.querySelectorAll("[data-box]")];
  const values = (row) => sides.map((side) => Number.parseFloat(field(row, side).value));

  const paint = () => {
    canvas.width = canvas.clientWidth;
    canvas.height = canvas.clientHeight;
    for (const row of rows()) {
      const box = values(row);
      if (field(row, "page").value !== page || box.some(Number.isNaN)) continue;
      show(box, field(row, "ground").value);
    }
    if (start && now) show(between(start, now), "");
  };
  const show = ([left, top, right, bottom], label) => {
    const x = (left / 100) * canvas.width;
    const y = (top / 100) * canvas.height;
    const width = ((right - left) / 100) * canvas.width;
    const height = ((bottom - top) / 100) * canvas.height;
    brush.fillStyle = "rgb(0 0 0 / 55%)";
    brush.fillRect(x, y, width, height);
    brush.strokeStyle = "#d9480f";
    brush.strokeRect(x, y, width, height);
    brush.fillStyle = "#fff";
    brush.fillText(label, x + 3, y + 12);
  };
  const at = (event) => {
    const edges = canvas.getBoundingClientRect();
    const share = (value, low, size) => Math.min(100, Math.max(0, ((value - low) / size) * 100));
    return [share(event.clientX, edges.left, edges.width), share(event.clientY, edges.top, edges.height)];
  };
  const between = ([a, b], [c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];

  const free = () => {
    const empty = rows().find((row) => sides.every((side) => field(row, side).value.trim() === ""));
    if (empty) return empty;
    const last = rows().at(-1);
    const copy = last.cloneNode(true);
    for (const side of sides) field(copy, side).value = "";
    last.after(copy);
    return copy;
  };

  canvas.addEventListener("pointerdown", (event) => {
    start = at(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!start) return;
    now = at(event);
    paint();
  });
  canvas.addEventListener("pointerup", (event) => {
    if (!start) return;
    const box = between(start, at(event));
    start = now = null;
    // A click that was no box leaves nothing behind.
    if (box[2] - box[0] > 0.5 && box[3] - box[1] > 0.3) {
      const row = free();
      field(row, "page").value = page;
      sides.forEach((side, index) => { field(row, side).value = box[index].toFixed(2); });
      field(row, "ground").value = form.querySelector("[data-ground]").value;
      changed = true;
    }
    paint();
  });
  canvas.addEventListener("pointercancel", () => {
    start = now = null;
    paint();
  });
  form.addEventListener("input", (event) => {
    changed = changed || !event.target.matches("[data-ground]");
    paint();
  });
  // The house's other forms can be typed again; a box that was left behind is a part that everybody reads.
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  window.addEventListener("resize", paint);
  const picture = sheet.querySelector("img");
  if (picture.complete) paint();
  else picture.addEventListener("load", paint);
})();

// Comfort for choosing files: drop them onto the field, see what was chosen. Without it the plain field does all.
(() => {
  "use strict";
  const input = document.querySelector("input[type=file][data-files]");
  if (!input) return;
  const zone = document.createElement("div");
  zone.className = "an-drop";
  const words = document.createElement("p");
  words.textContent = "把文件拖到这里，或点击选择：";
  const list = document.createElement("ul");
  input.before(zone);
  zone.append(words, input, list);

  const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  const show = () => {
    list.replaceChildren(
      ...Array.from(input.files, (file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name}（${size(file.size)}）`;
        return item;
      }),
    );
  };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("an-drop-over");
    });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("an-drop-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      show();
    }
  });
})();

// Comfort for forms, none of it needed: the summary of errors is read out first, a form is not sent twice, and what the
// choice made in another field does not ask for is out of sight. What is filled in or wrong stays in sight.
(() => {
  "use strict";
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-once]");
    if (!form) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  const filled = (field) =>
    field.querySelector(".look-error") ||
    [...field.querySelectorAll("input, select, textarea")].some((input) =>
      input.type === "checkbox" || input.type === "radio" ? input.checked : input.value.trim());
  const choose = (form) => {
    for (const field of form.querySelectorAll("[data-only-for]")) {
      const [name, ...values] = field.dataset.onlyFor.split(" ");
      field.hidden = !(values.includes(form.elements[name].value) || filled(field));
    }
    for (const group of form.querySelectorAll(".look-fieldset")) {
      const fields = [...group.querySelectorAll(".look-field")];
      group.hidden = fields.length > 0 && fields.every((field) => field.hidden);
    }
  };
  for (const form of document.forms) {
    if (!form.querySelector("[data-only-for]")) continue;
    choose(form);
    form.addEventListener("change", () => choose(form));
  }
  // Coming back with the browser's own button, the form may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) delete form.dataset.sent;
  });
})();

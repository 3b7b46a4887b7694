/* Typing a paper in by keyboard: Enter moves to the next field instead of sending the form. Without this, Enter shows what would change. */
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input[data-enter]")) return;
    event.preventDefault();
    const fields = [...event.target.form.querySelectorAll("input[data-enter]")];
    const next = fields[fields.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) next.focus();
    else event.target.form.querySelector("button[name=preview]").focus();
    if (next && next.type !== "checkbox") next.select();
  });
})();

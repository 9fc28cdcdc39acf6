// What a page does beyond its forms. Nothing here is needed: every page works without it.
"use strict";

// "/" goes to the search field, as the field itself says.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
});

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-do]");
  if (control?.dataset.do === "print") window.print();
  if (control?.dataset.do === "copy") navigator.clipboard?.writeText(new URL(control.href, location).href);
  if (control?.dataset.do === "copy" || control?.dataset.do === "print") event.preventDefault();
  for (const open of document.querySelectorAll("details.who[open], .bar details[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// What is folded is printed too.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open])")) folded.open = true;
});

// A form that was changed is not replaced by a live update, and not sent twice by two taps.
const changed = new WeakSet();
document.addEventListener("input", (event) => event.target.form && changed.add(event.target.form));
document.addEventListener("htmx:beforeSwap", (event) => {
  const asked = event.detail.requestConfig?.triggeringEvent;
  const mine = [...event.detail.target.querySelectorAll("form")].some((form) => changed.has(form));
  if (mine && !(asked instanceof SubmitEvent)) event.detail.shouldSwap = false;
});
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  else setTimeout(() => { event.target.dataset.sent = "1"; });
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.removeAttribute("aria-busy");
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

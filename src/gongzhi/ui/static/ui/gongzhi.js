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
  const back = control?.dataset.do === "back" && document.querySelector('button[name="form-do"][value="back"]');
  if (back) {
    event.preventDefault();
    back.form.requestSubmit(back);
  }
  for (const open of document.querySelectorAll("details.who[open], .bar details[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// What is folded is printed too.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open])")) folded.open = true;
});

// Whether something was typed into a form since it was drawn, by hand or by the browser that brought it back.
const changed = new WeakSet();
document.addEventListener("input", (event) => event.target.form && changed.add(event.target.form));
function differs(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (field.tagName === "SELECT") {
    const begun = [...field.options].findIndex((one) => one.defaultSelected);
    return field.selectedIndex !== Math.max(begun, 0);
  }
  return /^(TEXTAREA|INPUT)$/.test(field.tagName) && field.type !== "hidden" && field.value !== field.defaultValue;
}
const isTouched = (form) => changed.has(form) || [...form.elements].some(differs);
const touched = (part) => [...part.querySelectorAll("form")].filter(isTouched);
function isBusy(part) {
  const at = document.activeElement;
  return touched(part).length > 0 || (part.contains(at) && at.matches("input, textarea, select"));
}

// A part in which somebody writes is not replaced by a live update; #news says instead that there is something new.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, requestConfig, serverResponse } = event.detail;
  if (target.id === "news") {
    if (xhr.status !== 200) event.detail.shouldSwap = false;
    else if (serverResponse.includes('data-do="renew"') && !isBusy(document.getElementById("main"))) {
      event.detail.shouldSwap = false;
      renew();
    }
  } else if (renewing !== "asked" && isBusy(target) && !(requestConfig?.triggeringEvent instanceof SubmitEvent)) {
    event.detail.shouldSwap = false;
  }
});

// Where one is: what is open, what has the focus, each by its nearest id, its words without figures, and which of those.
function places(part, selector) {
  const found = new Map(), times = new Map();
  for (const one of part.querySelectorAll(selector)) {
    const words = (one.tagName === "DETAILS" ? one.querySelector("summary") : one)?.textContent.replace(/[\d\s]+/g, "");
    const name = `${one.parentElement.closest("[id]")?.id} ${one.tagName} ${one.name ?? ""} ${words}`;
    times.set(name, (times.get(name) ?? 0) + 1);
    found.set(`${name} ${times.get(name)}`, one);
  }
  return found;
}
const CONTROLS = "a, button, summary, [tabindex]";
let renewing = "";

// Draw the page's main part anew in its place: what was open stays open, and the focus where it was.
async function renew(how = "gently") {
  const main = document.getElementById("main"), news = document.getElementById("news");
  if (renewing || !main || !window.htmx) return;
  renewing = how;
  const open = new Map([...places(main, "details")].map(([name, one]) => [name, one.open]));
  const at = [...places(main, CONTROLS)].find(([, one]) => one === document.activeElement)?.[0];
  try {
    await htmx.ajax("GET", location.href.split("#")[0], { target: "#main", select: "#main", swap: "outerHTML show:none", headers: { "Looks-By-Itself": "1" } });
    const fresh = document.getElementById("main");
    for (const [name, one] of places(fresh, "details")) if (open.has(name)) one.open = open.get(name);
    if (at) (places(fresh, CONTROLS).get(at) ?? fresh).focus({ preventScroll: true });
    news.innerHTML = '<span class="unseen">页面内容已更新</span>';
  } finally {
    renewing = "";
  }
}

// What was typed is kept as a draft: before the page is drawn anew, and when its reader turns away. Only its account reads it.
const keeper = (form) => form.querySelector('button[name="form-do"][value="keep"]');
const keep = (form, said, more) => fetch(form.action, { method: "POST", body: said, ...more });
async function keepTyped(forms) {
  for (const form of forms) {
    if (!keeper(form)) return false;
    const answer = await keep(form, new FormData(form, keeper(form)), { signal: AbortSignal.timeout(20000) });
    if (!answer.ok || !answer.url.includes("kept=1")) return false;
  }
  return true;
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  for (const form of [...document.forms].filter((one) => keeper(one) && changed.has(one) && !one.dataset.sent)) {
    const said = new FormData(form, keeper(form));
    for (const [name, value] of [...said]) if (value instanceof File) said.delete(name);
    keep(form, said, { keepalive: true, redirect: "manual" });
  }
});
document.addEventListener("click", async (event) => {
  if (!event.target.closest('[data-do="renew"]')) return;
  event.preventDefault();
  const kept = await keepTyped(touched(document.getElementById("main"))).catch(() => false);
  if (kept) await renew("asked");
  else document.getElementById("news").innerHTML = '<p class="note bad">没有存下您填写的内容，页面没有更换。请先复制要紧的内容，再重新载入页面。</p>';
});

// Without a network nothing is sent, so that nothing is lost: the form stays as it is, and says so. That lies over the
// page, away from what was pressed: nothing moves under a finger that comes down a second time.
document.addEventListener("submit", (event) => {
  const form = event.target;
  form.querySelector(".offline")?.remove();
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const note = document.createElement("p");
  Object.assign(note, { className: "note bad offline", role: "alert", tabIndex: -1 });
  note.textContent = "现在没有网络，还没有发出。填写的内容和选好的照片都在这里，联网以后再按一次。";
  form.append(note);
  const pressed = (event.submitter ?? form).getBoundingClientRect();
  note.classList.toggle("low", pressed.top < innerHeight / 2);
  note.focus({ preventScroll: true });
}, true);
document.addEventListener("input", (event) => event.target.form?.querySelector(".offline")?.remove());

// 朗读 (in large type): the heading, what it says, until when, what may be chosen. Only with a voice of this device:
// other voices send the text away. Pressed again it is silent.
const aloud = window.speechSynthesis;
const voiceHere = () => aloud?.getVoices().find((one) => one.localService && /^(zh|cmn)/i.test(one.lang));
const readers = () => document.querySelectorAll('[data-do="read"]');
const offerReading = () => readers().forEach((button) => { button.hidden = !voiceHere(); });
function wordsOf(one) {
  const copy = one.cloneNode(true);
  for (const silent of copy.querySelectorAll('[aria-hidden="true"], svg, form, details, input')) silent.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}
function toRead() {
  const main = document.getElementById("main");
  const deadline = main.querySelector(".cd")?.parentElement;
  const choices = [...main.querySelectorAll("fieldset:has(input[type=radio])")].flatMap((group) => [
    group.querySelector("legend"), ...[...group.querySelectorAll("input[type=radio]")].map((one) => one.labels[0]),
  ]);
  const parts = [main.querySelector("h1"), main.querySelector(".lede, .note, .refused"), deadline, ...choices];
  return parts.filter(Boolean).map(wordsOf).filter(Boolean);
}
function readAloud(button) {
  const begins = button.getAttribute("aria-pressed") !== "true";
  aloud.cancel();
  button.setAttribute("aria-pressed", String(begins));
  const said = begins ? toRead() : [];
  said.forEach((words, place) => {
    const part = new SpeechSynthesisUtterance(words);
    Object.assign(part, { lang: "zh-CN", voice: voiceHere(), rate: 0.9 });
    if (place === said.length - 1) part.onend = () => button.setAttribute("aria-pressed", "false");
    aloud.speak(part);
  });
}
document.addEventListener("click", (event) => {
  const button = event.target.closest('[data-do="read"]');
  if (button) readAloud(button);
});
aloud?.addEventListener?.("voiceschanged", offerReading);
offerReading();
addEventListener("pagehide", () => aloud?.cancel());

// j and k go down and up a list of things to do.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const now = rows.findIndex((row) => row === document.activeElement || row.closest("tr")?.contains(document.activeElement));
  const next = event.key === "j" ? Math.min(now + 1, rows.length - 1) : Math.max(now - 1, 0);
  rows[next].focus();
});

// Where one form is sent while others were filled in, those are kept first, so that the page that follows has them.
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  const others = touched(document).filter((one) => one !== form && keeper(one));
  if (event.defaultPrevented || form.method !== "post" || form.dataset.others || !others.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  form.dataset.others = "kept";
  await keepTyped(others).catch(() => false);
  form.requestSubmit(submitter);
});

// A form is sent once; one that is answered with a file leaves its page standing, and may be sent again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post" || event.target.dataset.answer === "file") return;
  if (event.target.dataset.sent) event.preventDefault();
  else setTimeout(() => { event.target.dataset.sent = "1"; });
});
addEventListener("pageshow", () => {
  for (const form of document.forms) { delete form.dataset.sent; delete form.dataset.others; }
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { target } = event.detail;
  if (target.id === "news" && document.hidden) event.preventDefault();
  else if (target.id !== "news") target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { target } = event.detail;
  if (target.id === "news") return;
  target.removeAttribute("aria-busy");
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

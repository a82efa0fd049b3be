// The player: drafts of what somebody writes, how long it may be, what could not be sent, and the focus after a part of
// the page was replaced.
//
// <form data-draf="a name of its own"> textareas </form>
//
// What is typed is kept on this device until the server has it. A draft comes back when the page is opened again and the
// server's text is still the one it was typed over; otherwise it is passed over. Only the writer's own device knows it.
//
// <textarea data-batas="5000" data-hitung="... {n} ... {batas} ..." data-lebih="... {n} ..."> counts near its limit and says
// by how much it is over; nothing is cut off. <form hx-post data-putus="..."> says beside its button that the line is cut.

import { say } from "./say.js";

const PAUSE = 600;
const slot = (form, field) => `teladan:draf:${form.dataset.draf}:${field.name}`;

function recall(form) {
  for (const field of form.querySelectorAll("textarea")) {
    try {
      const kept = JSON.parse(localStorage.getItem(slot(form, field)));
      if (kept && kept.was === field.defaultValue) field.value = kept.text;
      else localStorage.removeItem(slot(form, field));
    } catch {
      // not ours, not readable, or storage is closed: leave the field alone
    }
  }
}

function keep(form, field) {
  try {
    localStorage.setItem(slot(form, field), JSON.stringify({ was: field.defaultValue, text: field.value }));
  } catch {
    // no room on the device: the field itself still holds the text
  }
}

const timers = new WeakMap();
document.addEventListener("input", ({ target }) => {
  if (target.tagName !== "TEXTAREA") return;
  count(target);
  const form = target.closest("form[data-draf]");
  if (!form) return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => keep(form, target), PAUSE));
});

// Written as the server counts: characters, a line break is one.
const numbers = new Intl.NumberFormat(document.documentElement.lang);
function count(field) {
  const most = Number(field.dataset.batas);
  if (!most) return;
  const length = [...field.value].length;
  const state = length > most ? "lebih" : length > most * 0.9 ? "dekat" : "";
  let line = field.nextElementSibling;
  if (!line?.matches("[data-hitungan]")) {
    if (!state) return;
    line = document.createElement("p");
    line.dataset.hitungan = "";
    field.after(line);
  }
  const words = [field.dataset.hitung.replace("{n}", numbers.format(length)).replace("{batas}", numbers.format(most))];
  if (state === "lebih") words.push(field.dataset.lebih.replace("{n}", numbers.format(length - most)));
  line.textContent = state ? words.join(" ") : "";
  line.className = state === "lebih" ? "galat" : "kecil redup";
  if (state && state !== line.dataset.keadaan) say(line.textContent);
  line.dataset.keadaan = state;
}

let isQuiet = false; // a part that came back by itself takes no focus

// Said beside the button in place of what was said there, and taken away when it is tried again.
const unsent = (form) => form.querySelector("[data-tak-terkirim]");
const claim = (form, isShown) => form.querySelectorAll("[data-terkirim]").forEach((line) => (line.hidden = !isShown));
document.addEventListener("htmx:before:request", ({ target }) => {
  if (!target.matches?.("form[data-putus]")) return;
  unsent(target)?.remove();
  claim(target, true);
});
document.addEventListener("htmx:error", ({ target, detail }) => {
  if (!target.matches?.("form[data-putus]") || !detail.ctx) return;
  for (const field of target.querySelectorAll("textarea")) if ("draf" in target.dataset) keep(target, field);
  const line = unsent(target) ?? document.createElement("p");
  line.dataset.takTerkirim = "";
  line.className = "simpanan";
  line.dataset.keadaan = "menunggu";
  line.textContent = target.dataset.putus;
  isQuiet = false;
  claim(target, false);
  target.querySelector("button:not([type=button])").closest(".baris").after(line);
  say(line.textContent);
});

// What somebody wrote and could not send goes out when the line is back: not under their hands, and without taking the
// focus from where they are by then. A choice in a scene waits for its person, because it cannot be unmade.
function resend(form) {
  if (!form.isConnected || !unsent(form)) return;
  if (form.contains(document.activeElement) && document.activeElement.matches("textarea")) {
    document.activeElement.addEventListener("blur", () => setTimeout(() => resend(form)), { once: true });
    return;
  }
  isQuiet = true;
  form.requestSubmit();
}
addEventListener("online", () => document.querySelectorAll("form[data-draf][data-putus]").forEach(resend));

// A part that htmx brought in says where the reading goes on.
document.addEventListener("htmx:after:swap", () => {
  const next = document.querySelector("main [autofocus]");
  if (!isQuiet) next?.focus();
  isQuiet = false;
  next?.removeAttribute("autofocus");
});

for (const form of document.querySelectorAll("form[data-draf]")) recall(form);
for (const field of document.querySelectorAll("textarea[data-batas]")) count(field);

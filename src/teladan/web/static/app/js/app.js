// The entry point of every page. Everything works without it; here pages become quicker to use.
// Features are fetched only where the page asks for them.

import { say } from "./say.js";

const on = (selector, load) => document.querySelector(selector) && load();

on("[data-panel]", () => import("./panel.js"));
on("form[data-simpan-otomatis]", () => import("./answers.js"));
on("[data-hitung-mundur]", () => import("./timer.js"));
on("[data-tombol-panah]", () => import("./keys.js"));
on("[data-tahan-putus]", () => import("./line.js"));
on("[data-kunci-sandi]", () => import("./passkey.js"));

// Content that htmx brings in later may cite a law too.
document.addEventListener("htmx:after:swap", () => on("[data-panel]", () => import("./panel.js")));

// The look changes at once; the server keeps it for the next page.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-tema-borang]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const wish = event.submitter.value;
  const body = new FormData(form, event.submitter);
  if (wish) document.documentElement.dataset.tema = wish;
  else delete document.documentElement.dataset.tema;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === event.submitter));
  try {
    await fetch(form.action, { method: "POST", body });
  } catch {
    form.submit(); // offline: the browser says so itself
  }
});

// A sheet such as the account's closes with Escape or a press elsewhere.
const sheets = () => document.querySelectorAll("details[data-lembaran][open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const sheet of sheets()) {
    sheet.open = false;
    sheet.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const sheet of sheets()) if (!sheet.contains(event.target)) sheet.open = false;
});

// A second press while the first is under way does nothing (the server counts it once anyway).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.terkirim) return event.preventDefault();
  form.dataset.terkirim = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => delete form.dataset.terkirim, 8000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-terkirim]")) {
    delete form.dataset.terkirim;
    for (const busy of form.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
  }
});

// Copy buttons: <button data-salin="text to copy" data-pesan="Tersalin.">
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-salin]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.salin);
  say(button.dataset.pesan);
});

// Print buttons: <button type="button" data-cetak>
document.addEventListener("click", (event) => event.target.closest("[data-cetak]") && print());

// On paper inserts stand open; the stylesheet alone can do that only in newer browsers.
addEventListener("beforeprint", () => {
  for (const insert of document.querySelectorAll("main .sisip:not(.sunyi, [open])")) {
    insert.open = true;
    addEventListener("afterprint", () => (insert.open = false), { once: true });
  }
});

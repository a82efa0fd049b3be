// The player: drafts of what somebody writes, and the focus after a part of the page was replaced.
//
// <form data-draf="a name of its own"> textareas </form>
//
// What is typed is kept on this device until the server has it. A draft comes back when the page is opened again and the
// server's text is still the one it was typed over; otherwise it is passed over. Only the writer's own device knows it.

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

const timers = new WeakMap();
document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draf]");
  if (!form || target.tagName !== "TEXTAREA") return;
  clearTimeout(timers.get(target));
  const keep = () => {
    try {
      localStorage.setItem(slot(form, target), JSON.stringify({ was: target.defaultValue, text: target.value }));
    } catch {
      // no room on the device: the field itself still holds the text
    }
  };
  timers.set(target, setTimeout(keep, PAUSE));
});

// A part that htmx brought in says where the reading goes on.
document.addEventListener("htmx:after:swap", () => {
  const next = document.querySelector("main [autofocus]");
  next?.focus();
  next?.removeAttribute("autofocus");
});

for (const form of document.querySelectorAll("form[data-draf]")) recall(form);

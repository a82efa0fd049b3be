// Keeps what somebody is writing on this device until the server has it.
//
// <form data-draf="a name of its own"> textareas </form>
//
// A draft comes back when the page is opened again and the field still holds what it held then; sending the form forgets
// it. Only the writer's own device knows it.

const PAUSE = 600;
const slot = (form, field) => `teladan:draf:${form.dataset.draf}:${field.name}`;

function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // no room on the device, or storage is closed: the field itself still holds the text
  }
}

function recall(form) {
  for (const field of form.querySelectorAll("textarea")) {
    try {
      const kept = JSON.parse(localStorage.getItem(slot(form, field)));
      if (kept && kept.was === field.defaultValue && kept.text !== field.value) field.value = kept.text;
    } catch {
      // not ours, or not readable: leave the field alone
    }
  }
}

const timers = new WeakMap();
document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draf]");
  if (!form || target.tagName !== "TEXTAREA") return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => store(slot(form, target), { was: target.defaultValue, text: target.value }), PAUSE));
});

for (const form of document.querySelectorAll("form[data-draf]")) recall(form);

// Keeps answers as they are given.
//
// <form data-simpan-otomatis="url (default: the form's action)" data-lingkup="sitting id" data-revisi="last revision kept">
//   <div data-nomor="13"> radios, checkboxes, a textarea </div>
//
// Each change posts: nomor, pilihan (several for checkboxes), revisi (one higher each time), kunci, and the CSRF token,
// with Accept: application/json. The answer is {number, choice, revision, answered_count, kept, at}. What cannot be sent
// (offline, 502/503/504, 429, signed out) waits in memory and, for a form with data-lingkup that does not say
// data-rahasia, on this device; the newest answer to a question replaces older ones, and answers go out one at a time in
// the order they were given.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
const TYPING_PAUSE = 800;
const RETRY = new Set([408, 425, 429, 502, 503, 504]);

class Answers {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.simpanOtomatis || form.action;
    this.slot = form.dataset.lingkup && !("rahasia" in form.dataset) ? `teladan:jawaban:${form.dataset.lingkup}` : "";
    this.revision = Number(form.dataset.revisi || 0);
    this.queue = this.recall();
    this.pause = FIRST_PAUSE;
    this.timers = new Map();
    this.shown = document.querySelector("[data-simpanan]");
    this.door = document.querySelector("[data-masuk-lagi]");
    form.addEventListener("change", (event) => this.changed(event.target, 0));
    form.addEventListener("input", (event) => event.target.matches("textarea, input[type=text]") && this.changed(event.target, TYPING_PAUSE));
    form.addEventListener("teladan:habis", (event) => event.detail.wait(this.flush()));
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => !document.hidden && this.queue.length && this.soon(0)); // signed in again elsewhere?
    addEventListener("beforeunload", (event) => this.queue.length && !form.dataset.terkirim && event.preventDefault());
    if (this.queue.length) this.soon(0);
  }

  changed(input, wait) {
    const question = input.closest("[data-nomor]");
    if (!question || !input.name) return;
    const number = question.dataset.nomor;
    clearTimeout(this.timers.get(number));
    this.timers.set(number, setTimeout(() => this.take(number, question, input.name), wait));
  }

  take(number, question, name) {
    const values = new FormData(this.form).getAll(name);
    const inside = [...question.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    const chosen = inside.some((field) => field.type === "radio" || field.type === "checkbox")
      ? inside.filter((field) => field.checked).map((field) => field.value)
      : values;
    this.revision += 1;
    this.note = "";
    this.queue = [...this.queue.filter((entry) => entry.number !== number), { number, chosen, revision: this.revision }];
    this.keep();
    this.soon(0);
  }

  soon(wait) {
    clearTimeout(this.next);
    this.next = setTimeout(() => this.flush(), wait);
  }

  flush() {
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  async sendAll() {
    while (this.queue.length) {
      const entry = this.queue[0];
      this.show("menyimpan");
      const outcome = await this.send(entry);
      if (outcome === "later" || outcome === "signed-out") {
        this.show(outcome === "later" ? "menunggu" : "masuk");
        this.soon(this.pause);
        this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
        return;
      }
      this.pause = FIRST_PAUSE;
      this.queue = this.queue.filter((waiting) => waiting !== entry); // a newer answer to the same question stays
      this.keep();
      if (outcome === "refused") return this.queue.length ? this.soon(0) : undefined;
    }
    this.show("tersimpan", [this.keptAt, this.note].filter(Boolean).join(". "));
  }

  async send(entry) {
    const body = new FormData();
    const own = new FormData(this.form);
    for (const name of ["csrfmiddlewaretoken", "kunci"]) if (own.has(name)) body.append(name, own.get(name));
    body.append("nomor", entry.number);
    body.append("revisi", entry.revision);
    for (const value of entry.chosen) body.append("pilihan", value);
    try {
      const response = await fetch(this.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 401) return "signed-out";
      if (response.status === 403) return (await this.renew()) ? this.send(entry) : "signed-out";
      if (RETRY.has(response.status)) return "later";
      const data = await response.json().catch(() => ({}));
      if (!response.ok) return this.refuse(data);
      this.accept(entry, data);
      return "kept";
    } catch {
      return "later";
    }
  }

  // After signing in again elsewhere this page's token is stale: take the one of a fresh copy of the page, once each.
  async renew() {
    const fresh = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (!fresh.ok) return false;
    const field = (page) => page.querySelector("input[name=csrfmiddlewaretoken]");
    const token = field(new DOMParser().parseFromString(await fresh.text(), "text/html"))?.value;
    if (!token || this.renewed) return false;
    this.renewed = true;
    field(this.form).value = token;
    return true;
  }

  accept(entry, data) {
    this.renewed = false;
    this.keptAt = data.at; // the time of day at the agency, with its zone, as the server writes it
    if (Number.isInteger(data.revision)) this.revision = Math.max(this.revision, data.revision);
    if (data.kept === false && String(data.choice ?? "") !== String(entry.chosen[0] ?? "")) this.settle(entry, data);
    for (const counter of document.querySelectorAll("[data-terjawab]")) {
      if (Number.isInteger(data.answered_count)) counter.textContent = data.answered_count;
    }
  }

  // Another tab or device answered this question meanwhile. What was pressed here just now counts; what had waited on
  // this device gives way to what the server has.
  settle(entry, data) {
    if (this.queue.some((waiting) => waiting !== entry && waiting.number === entry.number)) return;
    this.note = this.shown?.dataset[entry.waited ? "lain" : "ganti"];
    if (entry.waited) return this.restore([{ number: entry.number, chosen: [data.choice ?? ""], revision: this.revision }]);
    this.revision += 1;
    this.queue.push({ ...entry, revision: this.revision, waited: true });
  }

  refuse(data) {
    this.show("gagal", [data.message, data.next_step].filter(Boolean).join(" "));
    return "refused";
  }

  show(state, words = "") {
    if (!this.shown) return;
    const texts = this.shown.dataset;
    const waiting = this.queue.length === 1 ? texts.menungguSatu : texts.menunggu.replace("N", this.queue.length);
    const text = {
      menyimpan: texts.menyimpan,
      tersimpan: [texts.tersimpan, words].filter(Boolean).join(" "),
      menunggu: waiting,
      masuk: `${texts.masuk} (${waiting})`,
      gagal: words || texts.gagal,
    }[state];
    if (this.door) this.door.hidden = state !== "masuk";
    this.shown.dataset.keadaan = state === "masuk" ? "menunggu" : state;
    if (this.shown.textContent !== text) this.shown.textContent = text;
  }

  keep() {
    if (!this.slot) return;
    try {
      if (this.queue.length) localStorage.setItem(this.slot, JSON.stringify(this.queue));
      else localStorage.removeItem(this.slot);
    } catch {
      // no room on the device, or storage is closed: memory and the warning on leaving remain
    }
  }

  recall() {
    if (!this.slot) return [];
    try {
      const entries = JSON.parse(localStorage.getItem(this.slot) || "[]");
      this.restore(entries);
      return entries.map((entry) => ({ ...entry, waited: true })); // older than what the server may have by now
    } catch {
      return [];
    }
  }

  restore(entries) {
    for (const { number, chosen, revision } of entries) {
      this.revision = Math.max(this.revision, revision);
      for (const field of this.form.querySelectorAll(`[data-nomor="${CSS.escape(number)}"] input, [data-nomor="${CSS.escape(number)}"] textarea`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = chosen.includes(field.value);
        else field.value = chosen[0] ?? "";
      }
    }
  }
}

for (const form of document.querySelectorAll("form[data-simpan-otomatis]")) new Answers(form);

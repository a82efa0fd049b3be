// Counts down on the server's clock: the page says what time it was there when it was made, and time since is measured
// here. Two measures are kept, because one stands still while a device sleeps and the other jumps when its clock is set.

import { say } from "./say.js";

const arrived = { steady: performance.now(), wall: Date.now() };
const elapsed = () => Math.max(performance.now() - arrived.steady, Date.now() - arrived.wall);
const two = (number) => String(number).padStart(2, "0");

export function written(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  return `${hours ? `${hours}:` : ""}${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
}

function start(clock) {
  const { sekarang, batas, borang, pesanLima, pesanSatu, pesanHabis } = clock.dataset;
  const total = Date.parse(batas) - Date.parse(sekarang);
  const shown = clock.querySelector("[data-sisa]");
  const announcements = [
    [300_000, pesanLima],
    [60_000, pesanSatu],
  ].filter(([at]) => at < total);
  const tick = () => {
    const left = total - elapsed();
    shown.textContent = written(left);
    clock.classList.toggle("nada-nila", left > 300_000);
    clock.classList.toggle("nada-awas", left <= 300_000 && left > 60_000);
    clock.classList.toggle("nada-telat", left <= 60_000);
    while (announcements.length && left <= announcements[0][0]) say(announcements.shift()[1]);
    if (left > 0) return;
    clearInterval(timer);
    say(pesanHabis);
    finish(document.getElementById(borang));
  };
  const timer = setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
  tick();
}

async function finish(form) {
  if (!form) return;
  const waiting = [];
  form.dispatchEvent(new CustomEvent("teladan:habis", { detail: { wait: (promise) => waiting.push(promise) } }));
  await Promise.race([Promise.allSettled(waiting), new Promise((done) => setTimeout(done, 5000))]);
  const reason = document.createElement("input");
  Object.assign(reason, { type: "hidden", name: "waktu_habis", value: "1" });
  form.append(reason);
  form.noValidate = true;
  form.requestSubmit();
}

for (const clock of document.querySelectorAll("[data-hitung-mundur]")) start(clock);

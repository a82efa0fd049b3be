// A room looks every few seconds whether anything has changed, and loads its page again only then.
//
// <div data-ruang="address of the state" data-versi="3" data-alamat="address of the page" [data-tetap]>
//
// The state is {v: version, n: how many have answered, or null}; an unchanged one is answered with 304. `data-tetap`: the
// page is not loaded again while somebody writes in it. Hidden pages do not ask.

const PAUSE = 4000;
const place = document.querySelector("[data-ruang]");
const counter = document.querySelector("[data-terjawab-ruang]");
let etag = "";

function isBusy() {
  const { activeElement: at } = document;
  return "tetap" in place.dataset && at && place.contains(at) && at.matches("textarea, select, input:not([type=hidden])");
}

async function look() {
  if (document.hidden || isBusy()) return;
  try {
    const headers = { Accept: "application/json" };
    if (etag) headers["If-None-Match"] = etag;
    const answer = await fetch(place.dataset.ruang, { headers, cache: "no-store" });
    if (answer.status === 304 || !answer.ok) return;
    const { v, n } = await answer.json();
    if (String(v) !== place.dataset.versi) {
      location.replace(place.dataset.alamat);
      return;
    }
    etag = answer.headers.get("ETag") ?? "";
    if (counter && n !== null) counter.textContent = counter.dataset.kata.replace("{n}", n);
  } catch {
    // no line: the next look comes anyway
  }
}

if (place) setInterval(look, PAUSE);

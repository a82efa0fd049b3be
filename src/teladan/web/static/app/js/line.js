// Going on without losing the page when the line is cut.
//
// <form data-tahan-putus> is sent by fetch: the server answers with the address that comes next (X-Next), and only
// then the page is left. No line: the page stays and [data-kabar-putus] says so. The session has ended: it says that too,
// beside a link that signs in. Any other answer is the server's own page: the form is then sent as if there were no script.
// Links of these pages are followed as usual while there is a line.

const LONGEST_WAIT = 25_000;
const NO_LINE = new Set([408, 502, 504]);

const shown = document.querySelector("[data-kabar-putus]");
const door = document.querySelector("[data-masuk-putus]");
let isCut = false;

function tell(words, { door: isOut = false } = {}) {
  if (door) door.hidden = !isOut;
  if (!shown) return;
  shown.textContent = "";
  if (words) setTimeout(() => (shown.textContent = words), 50); // a change of text is what is announced
}

function freed(form, submitter) {
  delete form.dataset.terkirim;
  submitter?.removeAttribute("aria-busy");
}

async function send(form, submitter) {
  const address = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
  const body = new FormData(form, submitter);
  const response = await fetch(address, { method: "POST", body, headers: { "X-Next-Only": "1" }, redirect: "manual", signal: AbortSignal.timeout(LONGEST_WAIT) });
  if (NO_LINE.has(response.status)) throw new Error("no line");
  return response;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-tahan-putus]") || "biasa" in form.dataset) return;
  event.preventDefault();
  if ("menyeberang" in form.dataset) return;
  const { submitter } = event;
  form.dataset.menyeberang = "1";
  try {
    const response = await send(form, submitter);
    isCut = false;
    const next = response.headers.get("X-Next");
    if (next) {
      form.dataset.terkirim = "1"; // nothing is unsent any more: leaving needs no question
      return location.assign(next);
    }
    freed(form, submitter);
    if (response.status === 401) return tell(shown?.dataset.keluar, { door: true });
    form.dataset.biasa = "1";
    form.requestSubmit(submitter);
    delete form.dataset.biasa;
  } catch {
    isCut = true;
    freed(form, submitter);
    tell(shown?.dataset.putus);
  } finally {
    delete form.dataset.menyeberang;
  }
});

// A link is tried first only while the line is known to be cut.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target || link.matches("[hx-get], [data-panel], [download]") || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  if (navigator.onLine && !isCut) return;
  event.preventDefault();
  try {
    await fetch(link.href, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(LONGEST_WAIT) });
    isCut = false;
    location.assign(link.href);
  } catch {
    tell(shown?.dataset.putus);
  }
});

addEventListener("online", () => {
  isCut = false;
  tell("");
});
addEventListener("pageshow", (event) => event.persisted && tell(""));

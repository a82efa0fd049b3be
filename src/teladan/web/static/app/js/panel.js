// Links marked data-panel open beside the page. The server answers a script with the part only; without JavaScript, or
// when anything fails, the link is followed as usual.

const panel = document.getElementById("panel");
const title = document.getElementById("panel-judul");
const body = panel.querySelector("[data-isi-panel]");

// A fragment never reaches the server: the cited article travels as ?pasal= so that it comes first.
function address(link) {
  const url = new URL(link.href);
  if (url.hash.startsWith("#pasal-") || url.hash.startsWith("#lampiran")) url.searchParams.set("pasal", url.hash.slice(1));
  return url;
}

async function open(link) {
  title.textContent = link.textContent.trim();
  body.textContent = panel.dataset.memuat;
  panel.setAttribute("aria-busy", "true");
  if (!panel.open) panel.showModal(); // the browser keeps the focus inside and gives it back afterwards
  title.focus();
  try {
    const response = await fetch(address(link), { headers: { "HX-Request": "true", Accept: "text/html" } });
    if (response.redirected) return location.assign(link.href);
    body.innerHTML = await response.text(); // our own server's markup; the content security policy forbids scripts in it
    const named = body.querySelector("[data-judul-panel]");
    if (named) title.textContent = named.dataset.judulPanel;
    panel.scrollTop = 0;
  } catch {
    if (navigator.onLine) location.assign(link.href);
    else body.textContent = panel.dataset.putus;
  } finally {
    panel.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link);
});

panel.addEventListener("click", (event) => {
  if (event.target === panel || event.target.closest("[data-tutup]")) panel.close();
});

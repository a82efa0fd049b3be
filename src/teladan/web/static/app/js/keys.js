// Left and right arrows turn pages where there is a page navigation; never while somebody types or chooses.

const busy = "input, select, textarea, [contenteditable], [role=tablist], dialog[open], .gulir[tabindex], video, audio";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest(busy) || document.querySelector("dialog[open]")) return;
  const bar = document.querySelector("[data-tombol-panah]");
  const target = { ArrowLeft: "[rel=prev]", ArrowRight: "[rel=next], [data-lanjut]" }[event.key];
  const found = target && bar?.querySelector(target);
  if (!found) return;
  event.preventDefault();
  found.click();
});

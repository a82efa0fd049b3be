// Tells screen readers something that changed without moving the focus.

export function say(text) {
  const region = document.getElementById("kabar");
  if (!region || !text) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50); // a change of text is what is announced
}

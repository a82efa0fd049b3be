// Passkeys (WebAuthn). <form data-kunci-sandi="masuk|tambah|pastikan"> asks the device when it is sent and carries the
// answer in its field `credential`. Where the browser or the address does not allow it, the form's own words say so in
// [data-kabar-kunci] and its button stays away; the password stands beside it in any case.
//
// Options: GET of data-pilihan (signing in), else the JSON in #pilihan-kunci.

const PATIENCE = 25_000;

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

function toCreate(options) {
  return { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: ids(options.excludeCredentials) ?? [] };
}

function toGet(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: ids(options.allowCredentials) ?? [] };
}

function answer(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (response[part]) said[part] = text(response[part]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    ...(credential.authenticatorAttachment && { authenticatorAttachment: credential.authenticatorAttachment }),
    response: said,
  };
}

async function options(form) {
  if (!form.dataset.pilihan) return JSON.parse(document.getElementById("pilihan-kunci").textContent);
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  const response = await fetch(form.dataset.pilihan, { headers, signal: AbortSignal.timeout(PATIENCE) });
  if (!response.ok) throw new Error((await response.json().catch(() => ({}))).message ?? "");
  return response.json();
}

async function ask(form) {
  const given = await options(form);
  if (given.creation_options) return navigator.credentials.create({ publicKey: toCreate(given.creation_options.publicKey) });
  return navigator.credentials.get({ publicKey: toGet(given.request_options.publicKey) });
}

function hindrance(form) {
  const isNumber = /^[\d.]+$|^\[/.test(location.hostname); // a passkey belongs to a name, never to a number
  if (!window.isSecureContext || isNumber) return form.dataset.takAman;
  return window.PublicKeyCredential && navigator.credentials ? "" : form.dataset.takBisa;
}

function prepare(form) {
  const news = form.querySelector("[data-kabar-kunci]");
  const button = form.querySelector("button[type=submit]");
  const tell = (words) => (news.textContent = words);
  const why = hindrance(form);
  if (why) return tell(why);
  tell("");
  for (const part of form.querySelectorAll("[data-bila-bisa]")) part.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true" || !form.reportValidity()) return;
    button.setAttribute("aria-busy", "true");
    tell(form.dataset.tunggu);
    try {
      form.elements.credential.value = JSON.stringify(answer(await ask(form)));
      HTMLFormElement.prototype.submit.call(form);
    } catch (error) {
      button.removeAttribute("aria-busy");
      const known = { NotAllowedError: form.dataset.batal, InvalidStateError: form.dataset.sudah, SecurityError: form.dataset.takAman, NotSupportedError: form.dataset.takBisa };
      tell(known[error.name] || (error.constructor === Error && error.message) || form.dataset.gagal);
    }
  });
}

document.querySelectorAll("form[data-kunci-sandi]").forEach(prepare);

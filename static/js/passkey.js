/* Asks the device for a passkey: to make one (data-passkey="make") or to come in with one ("come-in").
   Without this script both forms stay hidden and a sentence stands in their place; mail and slip work without it. */
(() => {
  "use strict";
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  /* The portal writes ids as base64url; the browser wants bytes. */
  const readable = (options) => {
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const one of options.excludeCredentials || []) one.id = bytes(one.id);
    delete options.hints;
    return { publicKey: options };
  };
  const writable = (key) => {
    const { response } = key;
    const said = { clientDataJSON: text(response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) said[part] = text(response[part]);
    }
    if (response.getTransports) said.transports = response.getTransports();
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response: said, clientExtensionResults: {} });
  };

  const question = async (form) => {
    const answer = await fetch(form.dataset.question, {
      method: "POST",
      credentials: "same-origin",
      body: new URLSearchParams({ csrf_token: form.elements.csrf_token ? form.elements.csrf_token.value : "" }),
    });
    if (!answer.ok) throw new Error(answer.status === 422 ? "often" : "portal");
    return readable(await answer.json());
  };
  const ask = async (form) => {
    const options = await question(form);
    const making = form.dataset.passkey === "make";
    const key = await (making ? navigator.credentials.create(options) : navigator.credentials.get(options));
    form.elements.answer.value = writable(key);
    HTMLFormElement.prototype.submit.call(form);
  };

  /* Nothing was sent: the button works again at once. */
  const say = (form, error) => {
    const kinds = { InvalidStateError: "known", often: "often" };
    const note = form.querySelector("[data-said]");
    note.textContent = note.dataset[kinds[error.name] || kinds[error.message] || "refused"];
    note.hidden = false;
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };

  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    document.querySelectorAll("[data-no-passkey]").forEach((words) => { words.hidden = true; });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.reportValidity()) ask(form).catch((error) => say(form, error));
    });
  });
})();

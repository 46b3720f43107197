// Passkeys: the one thing here that only works with a script, since only a script may ask the browser for one.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function post(where, body) {
  const answer = await fetch(where, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json", "x-form-key": document.body.dataset.formKey ?? "" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

const ids = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create(password) {
  const asked = await post("/me/passkeys/question", { passkey_password: password });
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: ids(asked.excludeCredentials),
    },
  });
  return plain(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function get() {
  const asked = await post("/sign-in/passkey/question", {});
  const found = await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: ids(asked.allowCredentials) },
  });
  return plain(found, {
    authenticatorData: text(found.response.authenticatorData),
    signature: text(found.response.signature),
    userHandle: found.response.userHandle ? text(found.response.userHandle) : null,
  });
}

const plain = (credential, response) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: {},
  response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
});

const acts = {
  async enter(place) {
    await post("/sign-in/passkey", { credential: await get() });
    location.assign(place.dataset.next);
  },
  async add(place) {
    const { name, passkey_password: password } = place.elements;
    const credential = await create(password?.value ?? "");
    await post("/me/passkeys", { credential, name: name.value }).catch(() => Promise.reject(new Error("unfit")));
    location.assign(place.dataset.next);
  },
};

for (const place of window.PublicKeyCredential ? document.querySelectorAll("[data-passkey]") : []) {
  const button = place.querySelector("button");
  const trouble = place.querySelector(".trouble");
  const act = async (event) => {
    event.preventDefault();
    button.disabled = true;
    trouble.hidden = true;
    try {
      await acts[place.dataset.passkey](place);
    } catch (error) {
      // Somebody who turns away from the browser's own question needs no message.
      trouble.hidden = error.name === "NotAllowedError" || error.name === "AbortError";
      trouble.textContent = error.name === "InvalidStateError" ? place.dataset.twice : (place.dataset[error.message] ?? place.dataset.refused);
    } finally {
      button.disabled = false;
    }
  };
  place.hidden = false;
  if (place.matches("form")) place.addEventListener("submit", act);
  else button.addEventListener("click", act);
}

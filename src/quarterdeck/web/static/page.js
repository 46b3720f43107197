// Partial updates: a form or link with data-swap="id" fetches the page it leads to and puts that page's element of the
// same id in the place of this one's. Without this script, the same forms and links load whole pages.

const policy = window.trustedTypes
  ? trustedTypes.createPolicy("quarterdeck", { createHTML: (text) => text })
  : { createHTML: (text) => text };

export function parsed(text) {
  return new DOMParser().parseFromString(policy.createHTML(text), "text/html");
}

export function notify(text, bad = false) {
  const said = document.createElement("p");
  said.className = bad ? "notice bad" : "notice";
  said.textContent = text;
  document.querySelector("#notices")?.replaceChildren(said);
}

// Puts the named parts of a fetched page in place, and keeps focus and what is being typed.
export function put(page, ids) {
  const active = document.activeElement?.id;
  for (const id of ids) {
    const next = page.getElementById(id);
    const here = document.getElementById(id);
    if (next && here) here.replaceWith(next);
  }
  const notices = page.querySelector("#notices p");
  if (notices) document.querySelector("#notices")?.replaceChildren(notices);
  if (active && document.activeElement?.id !== active) document.getElementById(active)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("swapped", { detail: ids }));
}

export async function fetched(where, options = {}) {
  const headers = { "x-form-key": document.body.dataset.formKey ?? "", ...options.headers };
  const answer = await fetch(where, { ...options, headers, credentials: "same-origin" });
  return { answer, page: parsed(await answer.text()) };
}

// Sends a form with files and tells in it how far they are: only the older way to ask can tell.
function uploaded(where, body, told) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", where);
    request.setRequestHeader("x-form-key", document.body.dataset.formKey ?? "");
    request.upload.addEventListener("progress", (event) => {
      if (!told || !event.lengthComputable) return;
      Object.assign(told, { hidden: false, max: event.total, value: event.loaded });
    });
    request.addEventListener("load", () => {
      const answer = { ok: request.status < 400, url: request.responseURL, statusText: request.statusText };
      resolve({ answer, page: parsed(request.responseText) });
    });
    request.addEventListener("error", () => reject(new TypeError(request.statusText)));
    request.send(body);
  }).finally(() => {
    if (told) told.hidden = true;
  });
}

// Whoever has to sign in first comes back to this page, where what was typed is kept.
function onward(where) {
  const back = new URLSearchParams({ next: location.pathname + location.search });
  return new URL(where).pathname === "/sign-in" ? `/sign-in?${back}` : where;
}

const address = (where = location) => where.pathname + where.search;
const turns = new Map();
let shown = address();

// Whether what was asked for came.
async function follow(where, ids, options, push, told) {
  const turn = {};
  if (!options.method) turns.set(ids.join(), turn);
  try {
    const sent = options.body instanceof FormData ? uploaded(where, options.body, told) : fetched(where, options);
    const { answer, page } = await sent;
    // Overtaken by what was asked for later.
    if (!options.method && turns.get(ids.join()) !== turn) return true;
    if (!ids.every((id) => page.getElementById(id))) {
      if (answer.ok) location.href = onward(answer.url);
      else notify(page.querySelector("h1")?.textContent ?? answer.statusText, true);
      return answer.ok;
    }
    put(page, ids);
    document.title = page.title || document.title;
    if (push && address(new URL(answer.url)) !== address()) {
      // Letter after letter of a search is one state.
      const state = { typed: push === "typed" };
      if (state.typed && history.state?.typed) history.replaceState(state, "", answer.url);
      else history.pushState(state, "", answer.url);
      shown = address();
    }
    return true;
  } catch {
    notify(document.body.dataset.offline ?? "", true);
    return false;
  }
}

const swapOf = (element) => element?.closest("[data-swap]")?.dataset.swap?.split(" ");

document.addEventListener("submit", (event) => {
  const form = event.target;
  const ids = swapOf(form);
  if (!ids || event.defaultPrevented) return;
  event.preventDefault();
  // Pressed twice, sent once.
  if (form.dataset.busy && form.method !== "get") return;
  form.dataset.busy = "1";
  const data = new FormData(form, event.submitter);
  const get = form.method === "get";
  const where = new URL(form.action);
  if (get) where.search = new URLSearchParams(data).toString();
  const files = [...data.values()].some((value) => value instanceof File && value.size);
  const body = get ? undefined : files ? data : new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));
  follow(where, ids, get ? {} : { method: "POST", body }, get ? (typing ? "typed" : "new") : form.hasAttribute("data-push"), form.querySelector("progress")).then((sent) => {
    delete form.dataset.busy;
    if (!sent) document.dispatchEvent(new CustomEvent("unsent", { detail: form }));
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-swap], [data-swap] a[href]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button || link.target) return;
  const ids = link.dataset.swap?.split(" ");
  if (!ids) return;
  event.preventDefault();
  follow(link.href, ids, {}, true);
});

// Search as you type, after a short rest. What is chosen from a list shows at once, and is a state of its own.
let resting;
let typing = false;
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-live]");
  if (!form) return;
  clearTimeout(resting);
  if (event.target.matches("select, [type=checkbox]")) form.requestSubmit();
  else resting = setTimeout(() => {
    typing = true;
    form.requestSubmit();
    typing = false;
  }, 180);
});

// Back to a page of another address; within one page nothing has to be fetched.
addEventListener("popstate", () => address() !== shown && location.reload());

// Where tabs are wider than the window, the one that is shown is seen.
for (const here of document.querySelectorAll(".tabs [aria-current]")) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - 24;
}

// A button that copies what a field holds. Where browsers do not let a page copy, it is chosen, to be copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      notify(button.dataset.copied);
    } catch {}
  });
}

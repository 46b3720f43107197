// Keys: one registry for all pages. A key acts where an element carries data-key="g q" (it is clicked, or focused where
// it is a field) or where a page registers what it does. Single keys never act while something is being typed, and not
// at all where data-keys="off" says so on the body. `?` lists them all.

const registered = new Map();
const PATIENCE = 1200;
let begun = "";
let waiting;

// key("j", "Next row", () => …): `keys` is one key ("j", "?") or two in turn ("g q").
export function key(keys, name, act) {
  registered.set(keys, { name, act });
}

export const off = () => document.body.dataset.keys === "off";

export function typing(target) {
  return Boolean(
    target?.closest?.('textarea, select, [contenteditable=""], [contenteditable="true"]') ||
      (target?.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type)),
  );
}

const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const holder = (keys) => {
  const top = document.querySelector("dialog[open]") ?? document;
  return [...top.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].find((one) => !one.disabled && (shown(one) || one.closest(".side")));
};

function act(keys) {
  const element = holder(keys);
  if (element) {
    if (element.matches("input:not([type=checkbox]), textarea, select")) {
      element.focus();
      element.select?.();
    } else {
      element.click();
    }
    return true;
  }
  const known = !document.querySelector("dialog[open]") && registered.get(keys);
  return known ? known.act() !== false : false;
}

function starts(prefix) {
  const begins = (keys) => keys.startsWith(`${prefix} `);
  return [...registered.keys()].some(begins) || [...document.querySelectorAll("[data-key]")].some((one) => begins(one.dataset.key));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (off() || typing(event.target) || event.key.length !== 1 || event.key === " ") return;
  const pressed = event.key;
  const both = begun ? `${begun} ${pressed}` : "";
  clearTimeout(waiting);
  begun = "";
  if (both && act(both)) {
    event.preventDefault();
  } else if (starts(pressed)) {
    event.preventDefault();
    begun = pressed;
    waiting = setTimeout(() => (begun = ""), PATIENCE);
  } else if (act(pressed)) {
    event.preventDefault();
  }
});

// What a key is called: what the registry, a label, or the element itself says.
function named(element) {
  const said = element.dataset.keyName ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  if (said) return said.trim();
  const bare = element.cloneNode(true);
  for (const one of bare.querySelectorAll("kbd")) one.remove();
  return bare.textContent.trim();
}

export function known() {
  const all = new Map();
  for (const element of document.querySelectorAll("[data-key]")) all.set(element.dataset.key, named(element));
  for (const [keys, { name }] of registered) if (!all.has(keys)) all.set(keys, name);
  return [...all].sort(([one], [other]) => one.length - other.length || one.localeCompare(other));
}

function list() {
  document.querySelector("#keys")?.remove();
  const dialog = document.createElement("dialog");
  dialog.id = "keys";
  const words = document.body.dataset;
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = words.keysTitle ?? "Keys";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const table = document.createElement("table");
  for (const [keys, name] of known()) {
    const row = table.insertRow();
    const cell = row.insertCell();
    for (const one of keys.split(" ")) {
      const shown = document.createElement("kbd");
      shown.textContent = one;
      cell.append(shown, " ");
    }
    row.insertCell().textContent = name;
  }
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.textContent = words.keysClose ?? "Close";
  form.append(close);
  dialog.append(title, table, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

key("?", document.body.dataset.keysTitle ?? "Keys", list);

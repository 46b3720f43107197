// Keys: one registry for all pages. A key acts where an element carries data-key="g q" (it is clicked, or focused where
// it is a field) or where a page registers what it does. Single keys never act while something is being typed, and not
// at all where data-keys="off" says so on the body. `?` lists them all.

const registered = new Map();
const PATIENCE = 1200;
const said = document.body.dataset;
let begun = "";
let waiting;

// key("j", "Next row", () => …): `keys` is one key ("j", "?") or two in turn ("g q"); `there` tells whether it has
// anything to act on.
export function key(keys, name, act, there = () => true) {
  registered.set(keys, { name, act, there });
}

export const off = () => said.keys === "off";

export function typing(target) {
  return Boolean(
    target?.closest?.('textarea, select, [contenteditable=""], [contenteditable="true"]') ||
      (target?.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type)),
  );
}

const shown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const usable = (element) => !element.disabled && (shown(element) || element.closest(".side"));

// The element of a key: one of the page itself before one of the side bar.
function holder(keys) {
  const top = document.querySelector("dialog[open]") ?? document;
  const all = [...top.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)].filter(usable);
  return all.find((one) => !one.closest(".side")) ?? all[0];
}

export function use(element) {
  if (element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function act(keys) {
  const element = holder(keys);
  if (element) {
    use(element);
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

// Ctrl-Enter sends the form one is typing in; Escape leaves the field, so that keys act again.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.defaultPrevented || event.isComposing || !typing(field)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && field.form && field.form.method !== "dialog") {
    event.preventDefault();
    field.form.requestSubmit(field.form.querySelector("button.main"));
  } else if (event.key === "Escape" && !field.closest("dialog") && !(field.type === "search" && field.value)) {
    field.blur();
  }
});

// What something is called: what the registry, a label, or the element itself says.
export function named(element) {
  const told = element.dataset.keyName ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  if (told?.trim()) return told.trim();
  const bare = element.cloneNode(true);
  for (const one of bare.querySelectorAll("kbd, .hidden, [aria-hidden]")) one.remove();
  return bare.textContent.replace(/\s+/g, " ").trim();
}

// Every key that does something here: its name, what does it, and the element behind it, where there is one.
export function known() {
  const all = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    const keys = element.dataset.key;
    if (!all.has(keys) && holder(keys)) all.set(keys, { name: named(holder(keys)), element: holder(keys) });
  }
  for (const [keys, { name, act, there }] of registered) if (!all.has(keys) && there()) all.set(keys, { name, act });
  return all;
}

function caps(keys) {
  return keys.split(" ").flatMap((one) => {
    const cap = document.createElement("kbd");
    cap.textContent = one;
    return [cap, " "];
  });
}

function list() {
  document.querySelector("#keys")?.remove();
  const dialog = document.createElement("dialog");
  dialog.id = "keys";
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = said.keysTitle ?? "";
  dialog.setAttribute("aria-labelledby", "keys-title");
  const table = document.createElement("table");
  const rows = [...known()].map(([keys, { name }]) => [keys, name]);
  rows.sort(([one], [other]) => one.length - other.length || one.localeCompare(other));
  if (said.keysSend) rows.push([`${command} Enter`, said.keysSend]);
  if (said.keysPalette) rows.push([`${command} K`, said.keysPalette]);
  for (const [keys, name] of rows) {
    const row = table.insertRow();
    row.insertCell().append(...caps(keys));
    row.insertCell().textContent = name;
  }
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.textContent = said.keysClose ?? "";
  form.append(close);
  dialog.append(title, table, form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

key("?", said.keysTitle ?? "", list);

// Apple's keyboards have another key for that.
const apple = /Mac|iPhone|iPad/.test(navigator.platform);
export const command = apple ? "⌘" : (said.keysCtrl ?? "Ctrl");
for (const cap of document.querySelectorAll("kbd[data-command]")) cap.textContent = `${command} ${cap.dataset.command}`;

// Lists that have no keys of their own: from row to row, by the first link of each.
const rows = () => [...document.querySelectorAll("main tbody tr, main .found li")].map((one) => one.querySelector("a[href]")).filter((one) => one && shown(one));

function step(by) {
  const all = rows();
  const here = all.findIndex((one) => (one.closest("tr, li") ?? one).contains(document.activeElement));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)];
  next?.focus();
  return Boolean(next);
}

if (said.keysNext) {
  key("j", said.keysNext, () => step(1), () => rows().length > 0);
  key("k", said.keysBefore, () => step(-1), () => rows().length > 0);
}

// The palette: everything this page can do, every place there is, and whatever is found by its number or name. It is a
// dialog with a combobox; what is found comes from the page /search, which does the same without this script.

import { known, named, off, use } from "./keys.js";
import { fetched } from "./page.js";

const dialog = document.querySelector("#palette");
const input = dialog?.querySelector("input");
const list = document.querySelector("#palette-list");
const none = document.querySelector("#palette-none");
// So many actions and places are shown beside what is found.
const ACTIONS = 8;
const PLACES = 6;

let actions = []; // what this page can do: { name, aside, keys, href, act }
let places = []; // where one may go
let found = []; // sections of what was looked up: { name, items }
let sought = null; // and what that was
let looking = null;
let options = []; // the items in the list, in its order
let at = -1;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wanted = () => input.value.trim();

function fitting(items, most) {
  const text = folded(wanted());
  if (!text) return items;
  // Each word typed begins one of the words there.
  const begins = (said) => text.split(/\s+/).every((word) => ` ${folded(said)}`.includes(` ${word}`));
  const rank = ({ name }) => (folded(name).startsWith(text) ? 0 : begins(name) ? 1 : 2);
  const fits = items.filter((one) => begins(`${one.name} ${one.aside ?? ""}`));
  return fits.sort((one, other) => rank(one) - rank(other)).slice(0, most);
}

// --- What there is to choose from ---

function gather() {
  const keyed = [...known()];
  const side = (element) => element?.closest(".side nav");
  const seen = new Set(keyed.map(([, { element }]) => element));
  const names = new Set();
  actions = [];
  const add = (name, more) => {
    if (!name || names.has(name)) return;
    names.add(name);
    actions.push({ name, ...more });
  };
  for (const [keys, { name, element, act }] of keyed) {
    if (!side(element) && !element?.hasAttribute("data-palette")) add(name, { keys, act: act ?? (() => use(element)) });
  }
  const others = document.querySelectorAll("main button, main a.button, main summary, main nav a, main label[for]");
  for (const one of others) {
    const target = one.htmlFor ? document.getElementById(one.htmlFor) : one;
    if (!target || seen.has(target) || target.disabled || !target.checkVisibility() || one.closest("tbody, article, .reach")) continue;
    add(named(one.querySelector("h1, h2, h3") ?? one), { rare: true, act: () => use(target), href: one.tagName === "A" ? one.href : undefined });
  }
  places = [];
  for (const link of document.querySelectorAll(".side nav a")) places.push({ name: named(link), keys: link.dataset.key, href: link.href });
  for (const button of document.querySelectorAll(".side nav button")) places.push({ name: named(button), act: () => button.click() });
}

function read(page) {
  return [...page.querySelectorAll("#found section")].map((section) => ({
    name: section.querySelector("h2").textContent,
    items: [...section.querySelectorAll("li a")].map((link) => ({
      name: link.querySelector(".name").textContent,
      aside: link.querySelector(".secondary")?.textContent,
      href: link.getAttribute("href"),
    })),
  }));
}

// One question at a time; what is typed meanwhile is asked next.
async function look() {
  while (dialog.open && sought !== wanted()) {
    const text = wanted();
    try {
      const { answer, page } = await fetched(`/search/found?${new URLSearchParams({ q: text })}`);
      const sections = answer.ok ? read(page) : [];
      if (text) {
        found = sections;
      } else {
        const known = new Set(places.map((one) => one.name));
        further ??= (sections[0]?.items ?? []).filter((one) => !known.has(one.name));
        found = [];
      }
    } catch {
      found = [];
    }
    sought = text;
    draw();
  }
}
let further = null; // the places the side bar does not name

// --- The list ---

function option(item) {
  const made = document.createElement(item.href ? "a" : "div");
  made.role = "option";
  made.id = `palette-${options.length}`;
  made.tabIndex = -1;
  if (item.href) made.href = item.href;
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = item.name;
  made.append(name);
  if (item.aside) {
    const aside = document.createElement("span");
    aside.className = "secondary";
    aside.textContent = item.aside;
    made.append(aside);
  }
  for (const one of off() ? [] : (item.keys?.split(" ") ?? [])) {
    const cap = document.createElement("kbd");
    cap.textContent = one;
    made.append(cap);
  }
  const place = options.push({ item, made }) - 1;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(place);
  });
  return made;
}

function draw() {
  const asked = wanted();
  const groups = [
    [list.dataset.actions, asked ? fitting(actions, ACTIONS) : actions.filter((one) => !one.rare)],
    [list.dataset.places, fitting([...places, ...(further ?? [])], PLACES)],
    ...(asked ? found.map((section) => [section.name, section.items]) : []),
  ].filter(([, items]) => items.length);
  options = [];
  list.replaceChildren(
    ...groups.map(([title, items], place) => {
      const group = document.createElement("div");
      group.role = "group";
      const heading = document.createElement("div");
      heading.role = "presentation";
      heading.className = "heading";
      heading.id = `palette-group-${place}`;
      heading.textContent = title;
      group.setAttribute("aria-labelledby", heading.id);
      group.append(heading, ...items.map(option));
      return group;
    }),
  );
  list.hidden = !options.length;
  none.hidden = Boolean(options.length) || sought !== asked;
  input.setAttribute("aria-expanded", String(!list.hidden));
  stand(Math.min(Math.max(at, 0), options.length - 1));
}

function stand(place) {
  options[at]?.made.removeAttribute("aria-selected");
  at = place;
  const here = options[at]?.made;
  here?.setAttribute("aria-selected", "true");
  here?.scrollIntoView({ block: "nearest" });
  if (here) input.setAttribute("aria-activedescendant", here.id);
  else input.removeAttribute("aria-activedescendant");
}

function choose(place) {
  const { item } = options[place] ?? {};
  if (!item) return;
  // Focus goes back to where it was, and then to whatever is done.
  shut();
  if (item.act) item.act();
  else location.href = item.href;
}

// A box that was focused stays so for a moment after its dialog is gone, and would swallow the next key.
function shut() {
  input.blur();
  dialog.close();
}

// What is shown may still be about fewer letters than are there by now.
async function enter() {
  const local = options[at]?.item;
  const ours = local && (actions.includes(local) || places.includes(local) || further?.includes(local));
  if (!ours) await looking;
  choose(at);
}

function search() {
  at = 0;
  draw();
  looking ??= look().finally(() => (looking = null));
}

export function open() {
  if (!dialog) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  gather();
  input.value = "";
  found = [];
  sought = null;
  dialog.showModal();
  input.focus();
  search();
}

input?.addEventListener("input", search);
input?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
  if (step && options.length) {
    event.preventDefault();
    const there = at + step;
    // One step goes round, a long one stops at the end.
    if (Math.abs(step) === 1) stand((there + options.length) % options.length);
    else stand(Math.min(Math.max(there, 0), options.length - 1));
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    enter();
  } else if (event.key === "Escape") {
    event.preventDefault();
    shut();
  }
});
dialog?.addEventListener("click", (event) => event.target === dialog && shut());
dialog?.querySelector("form").addEventListener("submit", (event) => event.preventDefault());

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !dialog) return;
  event.preventDefault();
  if (dialog.open) shut();
  else open();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-palette]");
  if (!link || !dialog || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open();
});

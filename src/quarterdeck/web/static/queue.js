// The queue by keyboard, and what happens to tickets meanwhile. Without this script it is a list with a form.

import { key } from "./keys.js";
import { fetched, put } from "./page.js";

const queue = () => document.querySelector("#queue");
const rows = () => [...document.querySelectorAll(".tickets tbody tr")];
const ticks = () => [...document.querySelectorAll(".tickets .tick input")];
let at; // the id of the row that keys act on
let following; // and of the one they act on once this one is done with

function row() {
  return document.querySelector(`#row-${CSS.escape(at ?? "")}`);
}

function go(to) {
  if (!to) return false;
  row()?.classList.remove("at");
  at = to.dataset.id;
  to.classList.add("at");
  to.querySelector("a.open").focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
  soon();
  return true;
}

// The row at hand stands in the address, so that coming back leads to it.
let settling;

function settle() {
  clearTimeout(settling);
  try {
    if (at) history.replaceState(history.state, "", `#row-${at}`);
  } catch {
    // Asked too often; the next time will do.
  }
}

function soon() {
  clearTimeout(settling);
  settling = setTimeout(settle, 200);
}

document.addEventListener("click", (event) => event.target.closest?.(".tickets a.open") && settle(), true);

function step(by) {
  const all = rows();
  const here = all.indexOf(row());
  return go(all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)]);
}

function tick() {
  const box = row()?.querySelector(".tick input");
  if (!box) return false;
  box.checked = !box.checked;
  told();
  return true;
}

function told() {
  const n = ticks().filter((one) => one.checked).length;
  const chosen = document.querySelector("#chosen");
  if (chosen) chosen.textContent = n ? `${n} ${queue().dataset.saidChosen}` : chosen.textContent;
}

// A key of the bar acts on the ticked rows, or on the row at hand.
function bar(id) {
  const field = document.getElementById(id);
  if (!field) return false;
  if (!ticks().some((one) => one.checked) && !tick()) return false;
  field.focus();
  try {
    field.showPicker?.();
  } catch {
    // It opens by itself or not at all; typing chooses all the same.
  }
  return true;
}

function resolve() {
  const form = document.querySelector("#bulk");
  if (!form) return false;
  const here = row();
  if (!ticks().some((one) => one.checked) && !tick()) return false;
  // On to the next that stays.
  const rest = rows().slice(rows().indexOf(here) + 1).concat(rows().reverse());
  following = rest.find((one) => !one.querySelector(".tick input").checked)?.dataset.id;
  form.elements.status.value = "resolved";
  form.requestSubmit(form.querySelector('[name="do"][value="change"]'));
  return true;
}

// The bar's keys act on rows, so they are ours and not those of its fields.
function claim() {
  for (const id of ["bulk-assign", "bulk-status", "bulk-priority"]) {
    const field = document.getElementById(id);
    if (!field?.dataset.key) continue;
    key(field.dataset.key, field.dataset.keyName, () => bar(id), () => ticks().length > 0);
    field.removeAttribute("data-key");
  }
}

if (queue()) {
  if (/^#row-\d+$/.test(location.hash)) go(document.querySelector(location.hash));
  const said = queue().dataset;
  const any = () => rows().length > 0;
  key("j", said.saidNext, () => step(1), any);
  key("k", said.saidBefore, () => step(-1), any);
  key("x", said.saidChoose, tick, () => ticks().length > 0);
  key("e", said.saidResolve, resolve, () => ticks().length > 0);
  claim();
}

document.addEventListener("change", (event) => {
  if (event.target.closest(".tick")) told();
});

document.addEventListener("focusin", (event) => {
  const inside = event.target.closest?.(".tickets tbody tr");
  if (inside && inside.dataset.id !== at) {
    row()?.classList.remove("at");
    at = inside.dataset.id;
    inside.classList.add("at");
    soon();
  }
});

document.addEventListener("swapped", (event) => {
  // Once it is said who asks, the next thing to say is what.
  if (event.detail.includes("whom") && document.querySelector(".whom")) document.querySelector("#title")?.focus();
  at = following ?? at;
  following = undefined;
  row()?.classList.add("at");
  if (document.activeElement === document.body) row()?.querySelector("a.open").focus({ preventScroll: true });
  claim();
  heard.clear();
  announce(0, 0);
});

// A form that leads to another page is not swapped in.
document.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("data-whole")) event.target.removeAttribute("data-swap");
}, true);

// Live: what changes is announced, and shown when somebody asks for it.
const heard = new Set();
let asking;

function announce(fresh, changed) {
  const place = document.querySelector("#news");
  if (!place) return;
  if (!fresh && !changed) return place.replaceChildren();
  const { saidNew, saidChanged, saidBoth } = queue().dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = (!changed ? saidNew : fresh ? saidBoth : saidChanged).replace("{n}", fresh).replace("{m}", changed);
  button.addEventListener("click", show);
  place.replaceChildren(button);
}

async function show() {
  const ticked = new Set(ticks().filter((one) => one.checked).map((one) => one.id));
  const { page } = await fetched(location.href);
  put(page, ["list", "views"]);
  for (const one of ticks()) one.checked = ticked.has(one.id);
}

async function weigh() {
  if (!queue() || !heard.size) return;
  const ids = [...heard];
  const here = new Set(rows().map((one) => Number(one.dataset.id)));
  const where = new URL("/queue/changed", location.href);
  where.search = location.search;
  where.searchParams.set("ids", ids.slice(-200).join(","));
  try {
    const answer = await fetch(where, { credentials: "same-origin" });
    const now = answer.ok ? await answer.json() : [];
    announce(now.filter((id) => !here.has(id)).length, ids.filter((id) => here.has(id)).length);
  } catch {
    // The stream says when the server is back.
  }
}

function listen() {
  const stream = new EventSource("/live");
  stream.addEventListener("tickets", (event) => {
    const me = Number(queue()?.dataset.me);
    for (const [id, , who] of JSON.parse(event.data)) if (who !== me) heard.add(id);
    clearTimeout(asking);
    asking = setTimeout(weigh, 300);
  });
  addEventListener("pagehide", () => stream.close(), { once: true });
}

addEventListener("pageshow", (event) => {
  if (event.persisted && queue()) listen();
});
if (queue()) listen();

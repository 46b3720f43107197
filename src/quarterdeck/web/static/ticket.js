// One ticket: boxes that keep what is written, keys, files by drop and paste, running time, and who else is here.
import { fetched, notify, parsed, put } from "./page.js";
import { key } from "./keys.js";

const root = document.querySelector("[data-ticket]");
const id = root.dataset.ticket;
const at = `/tickets/${id}`;
const post = (where, values) => fetched(where, { method: "POST", body: new URLSearchParams(values) });
const boxes = () => [...document.querySelectorAll("textarea[data-draft]")];

// --- Opening a box, by key, by link and by its address ---

function write(name) {
  const details = document.querySelector(`details[data-write="${name}"]`);
  if (!details) return false;
  details.open = true;
  const box = details.querySelector("textarea");
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  return true;
}

const nameOf = (what) => document.querySelector(`#${what}-title`)?.textContent ?? what;
if (document.querySelector("#answer")) {
  key("r", nameOf("answer"), () => write("answer"));
  key("n", nameOf("note"), () => write("note"));
}

function arrive() {
  // What was left out of a long conversation is fetched where a link leads to it.
  if (/^#comment-\d+$/.test(location.hash) && !document.querySelector(location.hash)) {
    const asked = new URLSearchParams(location.search);
    if (asked.get("comments") !== "all") {
      asked.set("comments", "all");
      location.replace(`${location.pathname}?${asked}${location.hash}`);
    }
  }
  const name = location.hash.slice(1);
  if (name === "answer" || name === "note") write(name);
}
addEventListener("hashchange", arrive);
arrive();
document.addEventListener("click", (event) => {
  const hash = event.target.closest?.(".reach a, summary")?.hash;
  if (hash === location.hash && hash) arrive();
});
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("details[data-write]") && event.target.open && document.activeElement?.tagName === "SUMMARY") write(event.target.dataset.write);
  },
  true,
);

// --- Drafts: on the server after a rest, and here at once, so that neither a crash nor a lost line costs a word ---

const stored = (box) => `draft:${root.dataset.me}:${at}/${box.name}`;
const resting = new Map();
// Since when there is something that the server does not know.
const unsaved = new Map();
const REST = 2000;
const LONGEST = 10_000;
let wrote = 0;

function remember(box, saved = 0) {
  try {
    if (box.value.trim()) localStorage.setItem(stored(box), JSON.stringify({ text: box.value, saved }));
    else localStorage.removeItem(stored(box));
  } catch {
    // No room, or not allowed: the server keeps it.
  }
}

async function save(name) {
  const box = document.getElementById(name);
  if (!box || box.value === box.dataset.saved) return;
  const text = box.value;
  unsaved.delete(name);
  try {
    const { answer } = await post(`${at}/drafts`, { [name]: text });
    // Anything else is not about drafts: where the session is over, it is the page to sign in.
    if (answer.status !== 204) return;
    box.dataset.saved = text;
    if (box.isConnected) remember(box, box.value === text ? Date.now() : 0);
    // Sent while the draft was under way: it is to stay gone.
    if (!box.isConnected && box.dataset.sent) await post(`${at}/drafts`, { [name]: document.getElementById(name)?.value ?? "" });
    const told = box.form?.querySelector(".kept");
    if (told) told.textContent = text.trim() ? (root.dataset.saidKept ?? "") : "";
  } catch {
    // Away for the moment; it is remembered here and saved with the next words.
  }
}

document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.matches?.("textarea[data-draft]")) return;
  remember(box);
  wrote = Date.now();
  if (!unsaved.has(box.name)) unsaved.set(box.name, wrote);
  clearTimeout(resting.get(box.name));
  resting.set(box.name, setTimeout(() => save(box.name), Math.max(0, Math.min(REST, unsaved.get(box.name) + LONGEST - wrote))));
});

function restore() {
  for (const box of boxes()) {
    box.dataset.saved ??= box.value;
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(stored(box)));
      // What the server has had for a while, it would have shown: it has been sent from elsewhere.
      if (left?.saved && Date.now() - left.saved > LONGEST) localStorage.removeItem(stored(box)), (left = null);
    } catch {
      continue;
    }
    if (left?.text && !box.value.trim()) {
      box.value = left.text;
      box.closest("details").open = true;
      save(box.name);
    }
  }
}
restore();

addEventListener("visibilitychange", () => document.hidden && boxes().forEach((box) => save(box.name)));
addEventListener("online", () => boxes().forEach((box) => save(box.name)));
// What could not be sent is a draft again.
document.addEventListener("unsent", (event) => {
  const box = event.detail.querySelector?.("textarea[data-draft]");
  if (!box) return;
  delete box.dataset.sent;
  remember(box);
  save(box.name);
});

// --- The list a ticket was opened from stands in its address ---

function carry() {
  const list = new URLSearchParams(location.search).get("list");
  if (!list) return;
  const carried = `?${new URLSearchParams({ list })}`;
  const onward = document.querySelector('form[action*="/resolution"]');
  if (onward && !onward.action.includes("?")) onward.action += carried;
  const back = document.querySelector("#head .trail a");
  if (back) back.search = list;
}

// --- Sending ---

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-say]")) return;
  const box = form.querySelector("textarea");
  clearTimeout(resting.get(box.name));
  box.dataset.sent = "1";
});

document.addEventListener("swapped", (event) => {
  for (const name of ["answer", "note"]) {
    const box = document.getElementById(name);
    if (!event.detail.includes(`${name}-box`) || !box) continue;
    if (!box.value) {
      try {
        localStorage.removeItem(stored(box));
      } catch {
        // Nothing was kept then.
      }
    }
    box.dataset.saved = box.value;
  }
  tick();
  carry();
  // Where single keys act again: on what was just said, or above what was just entered.
  const line = document.getElementById("line");
  if (event.detail.includes("answer-box") || event.detail.includes("note-box")) {
    const last = document.querySelector("#talk .said:last-of-type");
    last?.scrollIntoView({ block: "nearest" });
    if (last && !document.querySelector(".say .problem")) stand(last);
  } else if (event.detail.includes("time") && line && !line.value && document.activeElement === line) {
    stand(document.getElementById("time"));
  }
});

function stand(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

// --- Fields: each is saved as it is changed, alone ---

document.addEventListener("change", async (event) => {
  const form = event.target.closest?.("form[data-each]");
  if (!form) return;
  const { name, value } = event.target;
  const values = { [name]: value, [`was.${name}`]: form.elements[`was.${name}`]?.value ?? "" };
  try {
    const { page } = await post(form.action, values);
    const ids = ["head", "fields", "history", "customer", ...(name === "contact_id" ? ["answer-box"] : [])];
    if (name === "contact_id") await save("answer");
    if (page.getElementById("fields")) put(page, ids);
    else notify(page.querySelector("h1")?.textContent ?? "", true);
  } catch {
    notify(document.body.dataset.offline ?? "", true);
  }
});

// --- Canned replies and preview ---

function insert(box, text, apart = false) {
  // A cursor nobody has put anywhere stands at the beginning.
  if (document.activeElement !== box && box.selectionStart === 0) box.setSelectionRange(box.value.length, box.value.length);
  box.focus();
  const before = box.value.slice(0, box.selectionStart);
  const gap = apart && before.trim() ? "\n".repeat(Math.max(0, 2 - /\n*$/.exec(before)[0].length)) : "";
  box.setRangeText(gap + text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", async (event) => {
  const list = event.target;
  if (!list.matches?.("select[data-canned]") || !list.value) return;
  const { answer, page } = await fetched(list.dataset.canned + list.value);
  const text = page.getElementById("reply")?.value;
  if (answer.ok && text !== undefined) insert(document.getElementById("answer"), text, true);
  list.value = "";
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-preview]");
  if (!button) return;
  const place = button.form.querySelector(".preview-place");
  if (!place.hidden) {
    place.hidden = true;
    return;
  }
  const { page } = await post("/previews", { text: button.form.querySelector("textarea").value });
  place.replaceChildren(page.getElementById("preview") ?? "");
  place.hidden = false;
});

// --- Files by drop and paste; text from Word and mail as plain, marked text ---

function attach(form, files) {
  const input = form.querySelector('input[type="file"]');
  const all = new DataTransfer();
  for (const file of [...input.files, ...files]) all.items.add(file);
  input.files = all.files;
}

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const say = event.target.closest?.(".say");
    if (!say || !event.dataTransfer?.types.includes("Files")) return;
    say.classList.toggle("dropping", kind === "dragover");
    if (kind === "dragleave") return;
    event.preventDefault();
    if (kind !== "drop") return;
    say.querySelector("details").open = true;
    attach(say.querySelector("form[data-say]"), event.dataTransfer.files);
  });
}

document.addEventListener("paste", (event) => {
  const box = event.target;
  if (!box.matches?.("textarea[data-draft]")) return;
  const { files } = event.clipboardData;
  const html = event.clipboardData.getData("text/html");
  const text = html && marked(html);
  const held = html ? pictures(html) : [];
  // Word puts a picture of all that was copied beside it: where there are words, they count.
  const brought = text || held.length ? held : [...files];
  if (brought.length) attach(box.form, brought);
  if (text && /<(p|li|b|strong|i|em|a|h[1-6]|table|br|div)[\s>]/i.test(html)) {
    event.preventDefault();
    insert(box, text);
  } else if (brought.length && !text) {
    event.preventDefault();
  }
});

// The pictures that a text on the clipboard holds within itself, as files. Those that lie elsewhere are not fetched.
export function pictures(html) {
  const found = [];
  for (const { src } of unstyled(html).images) {
    const [, type, content] = /^data:image\/(png|jpeg|gif|webp);base64,([\w+/=\s]+)$/.exec(src) ?? [];
    if (!type) continue;
    const bytes = Uint8Array.from(atob(content.replace(/\s/g, "")), (one) => one.charCodeAt(0));
    found.push(new File([bytes], `${found.length + 1}.${type}`, { type: `image/${type}` }));
  }
  return found;
}

// A text with its styles as plain words: the policy of our pages would complain of each.
function unstyled(html) {
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "");
  return parsed(bare.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=")));
}

// What a word processor or a mail program puts on the clipboard, as Markdown.
export function marked(html) {
  // Parsed into a document that is never shown: nothing in it runs or loads.
  const page = unstyled(html);
  for (const one of page.querySelectorAll("style, script, title, meta, o\\:p")) one.remove();
  return words(page.body, "").replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

const inside = (node, indent) => [...node.childNodes].map((child) => words(child, indent)).join("");
const around = (mark, text) => (text.trim() ? text.replace(/^(\s*)([\s\S]*?)(\s*)$/, `$1${mark}$2${mark}$3`) : text);

function words(node, indent) {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent.replace(/[\s\u00a0]+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const text = () => inside(node, indent);
  const style = node.dataset?.style ?? "";
  const listed = /mso-list:\s*l\d/i.test(style);
  switch (node.tagName) {
    case "BR":
      return "\n";
    case "HR":
      return "\n\n---\n\n";
    case "B":
    case "STRONG":
      return /font-weight:\s*(normal|400)/.test(style) ? text() : around("**", text());
    case "I":
    case "EM":
      return around("*", text());
    case "CODE":
      return around("`", text());
    case "PRE":
      return `\n\n\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\`\n\n`;
    case "A": {
      const said = text().trim();
      const link = node.getAttribute("href") ?? "";
      return /^(https?:|mailto:)/i.test(link) && said && said !== link ? `[${said}](${link})` : said || link;
    }
    case "UL":
    case "OL":
      return `\n${[...node.children].map((item, place) => {
        const mark = node.tagName === "OL" ? `${place + 1}. ` : "- ";
        return item.tagName === "LI" ? `${indent}${mark}${inside(item, `${indent}  `).trim()}` : words(item, `${indent}  `);
      }).join("\n")}\n${indent ? "" : "\n"}`;
    case "TR":
      return `${[...node.cells].map((cell) => inside(cell, "").trim().replace(/\s+/g, " ")).join(" | ")}\n`;
    case "TABLE": {
      const rows = [...node.rows].map((row) => `| ${words(row, "").trim()} |`);
      const columns = node.rows[0]?.cells.length ?? 0;
      return columns > 1 ? `\n\n${[rows[0], `|${" --- |".repeat(columns)}`, ...rows.slice(1)].join("\n")}\n\n` : `\n${text()}\n`;
    }
    case "BLOCKQUOTE":
      return `\n\n${text().trim().split("\n").map((line) => `> ${line}`).join("\n")}\n\n`;
    case "H1":
    case "H2":
    case "H3":
    case "H4":
    case "H5":
    case "H6":
      return `\n\n${"#".repeat(Number(node.tagName[1]))} ${text().trim()}\n\n`;
    case "P":
      // Word's own lists are paragraphs with a bullet typed in front.
      return listed ? `\n- ${text().trim().replace(/^([·•o§-]|\d+[.)])\s*/, "")}` : `\n\n${text().trim()}\n\n`;
    case "DIV":
      return `\n${text()}\n`;
    case "IMG":
      return "";
    default:
      return text();
  }
}

// --- Notices stand over the page, for a while ---

let gone;
new MutationObserver(() => {
  clearTimeout(gone);
  gone = setTimeout(() => document.querySelector("#notices").replaceChildren(), 12_000);
}).observe(document.querySelector("#notices"), { childList: true });

// --- Time that runs ---

function tick() {
  for (const one of document.querySelectorAll("[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(one.dataset.since)) / 60000));
    one.textContent = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
  }
}
setInterval(tick, 15_000);
tick();

// --- Who else is here ---

async function beat() {
  if (document.hidden) return;
  const writing = Date.now() - wrote < 30_000 ? "1" : "";
  try {
    const { answer, page } = await post(`${at}/presence`, { writing });
    const here = document.getElementById("presence");
    const next = page.getElementById("presence");
    if (answer.ok && here && next && here.textContent !== next.textContent) here.replaceWith(next);
  } catch {
    // The next beat tells.
  }
}
beat();
setInterval(beat, 20_000);

// What others do on this ticket announces itself; nothing moves until it is asked for.
const stream = new EventSource("/live");
stream.addEventListener("tickets", (event) => {
  const news = JSON.parse(event.data).filter(([ticket, , who]) => ticket === Number(id) && who !== Number(root.dataset.me));
  if (news.length) document.getElementById("fresh").hidden = false;
});
stream.addEventListener("here", (event) => JSON.parse(event.data).includes(Number(id)) && beat());
document.addEventListener("swapped", (event) => {
  if (event.detail.includes("talk")) document.getElementById("fresh").hidden = true;
});
addEventListener("pagehide", () => stream.close());
document.addEventListener("visibilitychange", beat);
addEventListener("pagehide", () => {
  fetch(`${at}/presence`, {
    method: "POST",
    keepalive: true,
    credentials: "same-origin",
    headers: { "x-form-key": document.body.dataset.formKey ?? "" },
    body: new URLSearchParams({ gone: "1" }),
  }).catch(() => {});
});

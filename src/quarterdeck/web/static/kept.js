// Forms with data-kept="<technician>": what is typed into them stays in this browser until it has been sent, so that
// neither a reload nor a crash nor a lost line costs a word.

const START = "kept:";
const forms = [...document.querySelectorAll("form[data-kept]")];
const boxes = (form) => [...form.elements].filter((one) => one.name && one.matches("textarea, input[type=text], input[type=email], input[type=tel]"));
const placeOf = (form) => `${START}${form.dataset.kept}:${location.pathname}:${form.getAttribute("action")}`;

function note(place, left) {
  try {
    if (left) localStorage.setItem(place, JSON.stringify(left));
    else localStorage.removeItem(place);
  } catch {
    // No room, or not allowed: then it is as without this script.
  }
}

function noted(place) {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
}

function remember(form, sent = false) {
  const typed = boxes(form)
    .filter((one) => one.value !== one.defaultValue)
    .map((one) => [one.name, one.value, one.defaultValue]);
  note(placeOf(form), typed.length ? { typed, sent } : null);
}

// What was sent has arrived once another page is here.
try {
  for (const place of Object.keys(localStorage)) {
    if (place.startsWith(START) && !place.includes(`:${location.pathname}:`) && noted(place)?.sent) note(place, null);
  }
} catch {
  // Nothing is kept then.
}

for (const form of forms) {
  for (const [name, value, before] of noted(placeOf(form))?.typed ?? []) {
    const box = boxes(form).find((one) => one.name === name);
    // Only over what was there when it was typed.
    if (box && box.defaultValue === before && box.value === before) box.value = value;
  }
  form.addEventListener("input", () => remember(form));
  form.addEventListener("submit", () => remember(form, true));
}

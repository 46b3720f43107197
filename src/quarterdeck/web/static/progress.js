// A page of long work looks at itself again until that is over.
import { fetched, put } from "./page.js";

async function again() {
  const here = document.querySelector("#progress[data-again]");
  if (!here) return;
  try {
    const { page } = await fetched(location.href);
    put(page, ["progress"]);
  } catch {
    // The next look may find it.
  }
  setTimeout(again, Number(here.dataset.again));
}

setTimeout(again, 1000);

// What marks would change: asked for a moment after each mark, shown beside the decisions, its details below the marks. The page works without it, by a button.
import { eachComment } from "./shown.js";

const pause = 150, again = 2000, mostAgain = 150; // milliseconds, milliseconds, times
let timer, request, shown = "";

const form = () => document.getElementById("act");
const panel = () => document.querySelector("[data-change]");
const say = (text) => { const line = document.querySelector("[data-change-said]"); if (line) line.textContent = text; };

// marks is what the form would ask, "" where nothing is marked.
function marks() {
  const asked = new URLSearchParams();
  for (const radio of document.querySelectorAll("fieldset[data-axis] input[type=radio]:checked")) {
    if (radio.value) asked.set(radio.name, radio.value);
  }
  return String(asked);
}

function clear() {
  say("");
  panel()?.querySelector("[data-change-more]").replaceChildren();
}

// look asks where the marks are others than those shown.
function look() {
  const comment = form()?.elements.comment.value;
  if (!comment || !panel()) return;
  const marked = marks(), now = marked && `${marked}&comment=${comment}`;
  if (now === shown) return;
  shown = now;
  clearTimeout(timer);
  request?.abort();
  if (now) timer = setTimeout(ask, pause, now, 0);
  else clear();
}

async function ask(marked, times) {
  request = new AbortController();
  const asked = new URLSearchParams(marked);
  asked.set("place", form()?.elements.place.value ?? "");
  asked.set("part", "yes");
  let answer, html;
  try {
    answer = await fetch(`/change?${asked}`, { signal: request.signal, headers: { Accept: "text/html" } });
    html = await answer.text();
  } catch {
    if (marked === shown && !request.signal.aborted) clear();
    return;
  }
  if (marked !== shown || !panel()) return;
  const part = answer.ok && new DOMParser().parseFromString(html, "text/html").querySelector("[data-reckoned]");
  if (!part) return clear();
  const lead = part.querySelector("[data-lead]"), details = part.querySelector("details");
  const open = panel().querySelector("details")?.open ?? false;
  say(lead.textContent);
  lead.remove();
  if (details) details.open = open;
  panel().querySelector("[data-change-more]").replaceChildren(part);
  if (part.hasAttribute("data-counting") && times < mostAgain) timer = setTimeout(ask, again, marked, times + 1);
}

// Marks are set by clicks and by keys; other modules set them after the event. They go with their comment.
eachComment(() => setTimeout(look));
for (const sign of ["change", "click", "keydown"]) document.addEventListener(sign, () => setTimeout(look));

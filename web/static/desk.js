// The desk's scripts: keys, marks, the next comment at once, news. Every page works without them: they only click the radios, buttons and links that
// are there.
import { tickAhead } from "./ahead.js";
import "./change.js";
import { coverKey } from "./cover.js";
import "./decide.js";
import { deskKey, others, typing } from "./key.js";
import "./later.js";
import { tickLease } from "./lease.js";
import { listKey } from "./list.js";
import { markKey } from "./marks.js";
import { age } from "./news.js";
import "./refused.js";
import { reasonKey } from "./reject.js";
import { say, setUp, shown } from "./shown.js";
import { send } from "./unsent.js";
import { words } from "./words.js";

const help = document.getElementById("help");
const keysOff = document.body.dataset.keys === "off";
let goNext = false; // g was pressed

function onKey(event) {
  if (keysOff) return;
  if (event.defaultPrevented || others(event)) return;
  if (event.target.matches("input[name=reason], textarea") && event.key === "Escape") event.target.blur();
  const key = deskKey(event);
  const helpOpen = help?.matches(":popover-open");
  if (typing(event.target) || event.key === "Shift" || event.key === "CapsLock") return;
  if (document.querySelector("dialog[open], [popover]:popover-open") && !(helpOpen && key === "?")) return;
  if (act(key, event)) event.preventDefault();
}

// g and a letter lead to a part of the queue, or to a section that the page has a link to.
const goTo = { q: "/", e: "/?tab=escalated", a: "/?tab=approved", r: "/?tab=rejected", m: "/models", d: "/dashboard", t: "/topics" };

function go(key) {
  const address = goTo[key], parts = address?.startsWith("/?") || address === "/";
  const link = address && (parts ? document.createElement("a") : document.querySelector(`.sections a[href="${address}"]`));
  if (!link) return say("");
  if (parts) {
    link.href = address;
    link.hidden = true;
    document.body.append(link);
  }
  link.click();
}

// controlOf is what the page has for the key. What was refused comes last: its Esc is not that of a question on the page.
function controlOf(key) {
  const all = [...document.querySelectorAll("[data-key]")].filter(({ dataset }) => dataset.key === key || dataset.also === key);
  return all.find((one) => !one.closest("[data-refused]")) ?? all[0];
}

// act does what the key says and reports whether it means anything here.
function act(key, event) {
  if (goNext) {
    goNext = false;
    go(key);
    return true;
  }
  if (key === "g") {
    goNext = true;
    say(words.goTo);
    return true;
  }
  if (key === "o") {
    const article = document.querySelector(".context .headline a[href], .headline a[href]");
    if (!article && shown.form) say(words.noAddress);
    article?.click();
    return Boolean(article);
  }
  if (markKey(key) || reasonKey(event)) return true;
  if (key === "Enter" && event.target.closest(".note-form")) return false;
  if (key === "Enter" && shown.form && shown.axes.length && event.target.closest("a, button, summary, [tabindex='0']:not(.counts)")) return false;
  if (listKey(key)) return true;
  if (key === "u") return coverKey();
  if (key === "/") {
    const filter = document.querySelector(".search input[type=search]");
    filter?.focus();
    filter?.setSelectionRange(filter.value.length, filter.value.length); // to go on writing
    return Boolean(filter);
  }
  const control = controlOf(key);
  if (!control && key === "z") return say(words.nothingToUndo), true;
  if (!control && key === "l" && shown.form) return say(words.noneAlike), true;
  if (key === "Escape" && control?.closest("[data-refused]") && document.activeElement !== control) return control.focus(), true; // Enter or Esc then lets go
  control?.click();
  return Boolean(control);
}

document.addEventListener("keydown", onKey);
document.addEventListener("change", (event) => { if (event.target.matches("[data-submits]")) event.target.form.requestSubmit(); });
setUp();
if (shown.form) addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
send();
setInterval(() => { tickLease(); tickAhead(); age(); }, 1000);

for (const here of document.querySelectorAll(":is(.sections, .tabs) [aria-current]")) here.scrollIntoView({ inline: "center", block: "nearest" }); // on phones not all of them fit

const why = document.getElementById("why");
if (why && location.hash === "#why") why.open = true;

// A job under way is looked up again and again; when it has ended, the whole page is loaded once.
const job = document.getElementById("job");
async function follow() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
    if (fresh?.dataset.running !== "true") return location.reload();
    job.replaceChildren(...fresh.childNodes);
  }
  setTimeout(follow, 1500);
}
if (job?.dataset.running === "true") setTimeout(follow, 1500);

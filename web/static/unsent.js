// What the user did and the desk has not answered yet. It waits in the browser's storage, so that neither a reload nor a lost connection loses it,
// and is sent one after the other until there is an answer. Each has an id made here: sent twice, it counts once.
import { toSignIn } from "./news.js";
import { words } from "./words.js";

const user = document.body.dataset.user ?? "";
const most = 200;
const showAfter = 2000, firstWait = 1000, longestWait = 60_000, answerWithin = 20_000; // milliseconds

// outcome tells what became of it: "saved" and "refused" events with the entry and the desk's answer in detail, "cleared" where what had waited was
// sent from here.
export const outcome = new EventTarget();

// shelf keeps records of one kind for this user under keys of their own, so that two tabs never write over each other's.
export function shelf(kind) {
  const prefix = `commentdesk ${kind} ${user} `;
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      localStorage.removeItem(key);
      return null;
    }
  };
  return {
    all: () => attempt(() => keys().map(read).filter(Boolean).sort((a, b) => a.at - b.at)) ?? [],
    find: (id) => attempt(() => read(prefix + id)) ?? undefined,
    put: (record) => attempt(() => { localStorage.setItem(prefix + record.id, JSON.stringify(record)); return true; }) ?? false,
    drop: (id) => attempt(() => localStorage.removeItem(prefix + id)),
    clear: () => attempt(() => keys().forEach((key) => localStorage.removeItem(key))),
  };
}

// attempt gives undefined where the browser keeps nothing, or nothing more.
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const waiting = shelf("unsent");
let owed = waiting.all().length > 0; // what waits was seen to wait, or came with a reload
let savedLast = false; // what was sent last from here was taken
let lastAt = 0, sending = false, failures = 0, signedOut = false, timer, leaving = 0;

// newID works without https as well, where crypto.randomUUID is missing.
export const newID = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// keep takes an action in and reports whether the browser holds it. An action is { id, comment, revision, body, address, … }: what is sent, and
// where its comment stood.
export function keep(action) {
  if (!user || waiting.all().length >= most) return false;
  lastAt = Math.max(Date.now(), lastAt + 1);
  return waiting.put({ ...action, at: lastAt });
}

export const find = waiting.find;
export const newest = () => waiting.all().findLast((entry) => !entry.undo);
export const count = () => waiting.all().length;

// cancel undoes what was not answered yet: what never left is dropped, the rest is undone once the desk has it.
export function cancel(entry) {
  if (entry.tried) waiting.put({ ...entry, undo: true });
  else waiting.drop(entry.id);
}

// request is what goes over the line.
function request(entry) {
  const body = entry.undo ? new URLSearchParams({ action: entry.id }) : new URLSearchParams(entry.body);
  if (!entry.undo) body.set("revision", entry.revision);
  body.set("user", user);
  return [entry.undo ? "/undo" : "/act", { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true, redirect: "error" }];
}

// deliver sends one entry. It returns "answered", "later" where this one has to wait, or "stop" where all have to.
async function deliver(entry) {
  waiting.put({ ...entry, tried: true });
  const [address, options] = request(entry);
  const answer = await fetch(address, { ...options, signal: AbortSignal.timeout(answerWithin) }).catch(() => null);
  if (!answer || answer.status === 408 || answer.status === 429) return "stop";
  if (answer.status === 401) {
    signedOut = true;
    return "stop";
  }
  if (answer.status >= 500) return "later";
  const said = await answer.json().catch(() => null);
  if (!said) return "later";
  const now = waiting.find(entry.id); // it may have been undone meanwhile
  if (answer.ok) {
    for (const other of waiting.all()) { // what was done to the same comment since was done on top of this
      if (other.comment === entry.comment && other.id !== entry.id) waiting.put({ ...other, revision: Math.max(other.revision, said.revision) });
    }
  }
  if (answer.ok && !entry.undo && now?.undo) return "answered"; // the next turn undoes it
  waiting.drop(entry.id);
  savedLast = answer.ok;
  const neverCame = entry.undo && answer.status === 404, undoneAnyway = !entry.undo && now?.undo;
  if (answer.ok) tell("saved", entry, said);
  else if (!neverCame && !undoneAnyway) tell("refused", entry, said);
  return "answered";
}

function tell(what, entry, said) {
  outcome.dispatchEvent(new CustomEvent(what, { detail: { entry, said } }));
}

// turn sends each entry once, in order; what follows an entry of the same comment waits for it.
async function turn() {
  const tried = new Set(), held = new Set();
  signedOut = false;
  for (;;) {
    const entry = waiting.all().find(({ id, undo, comment }) => !tried.has(id + Boolean(undo)) && !held.has(comment));
    if (!entry) return held.size === 0;
    tried.add(entry.id + Boolean(entry.undo));
    const went = await deliver(entry);
    if (went === "stop") return false;
    if (went === "later") held.add(entry.comment);
  }
}

// send sends what waits; where that fails it tries again after a while that grows.
export async function send() {
  clearTimeout(timer);
  show();
  if (sending || !count()) return;
  sending = true;
  savedLast = false;
  const all = await (navigator.locks?.request(`commentdesk unsent ${user}`, turn) ?? turn());
  sending = false;
  failures = all ? 0 : failures + 1;
  if (all && count()) return send();
  if (!all) timer = setTimeout(send, Math.min(firstWait * 2 ** (failures - 1), longestWait));
  if (owed && savedLast && !count()) outcome.dispatchEvent(new Event("cleared"));
  show();
}

// sendNow waits no longer.
function sendNow() {
  failures = 0;
  send();
}

// show says what waits, where it waits for longer than a moment.
function show() {
  const line = document.querySelector("[data-unsent]");
  if (!line) return;
  const entries = waiting.all();
  const late = entries.length > 0 && (leaving > 0 || failures > 0 || Date.now() - entries[0].at >= showAfter);
  line.hidden = !late;
  owed ||= late;
  if (!late) {
    if (!entries.length) leaving = 0, owed = false;
    line.replaceChildren();
    if (entries.length) setTimeout(show, showAfter);
    return;
  }
  const text = (leaving ? words.unsentLeft : signedOut ? words.unsentSignedOut : words.unsent)(entries.length);
  if (line.firstChild?.textContent === text) return;
  const said = document.createElement("span");
  said.textContent = text;
  const button = document.createElement("button");
  button.className = "quiet";
  button.textContent = words.sendNow;
  button.addEventListener("click", sendNow);
  line.replaceChildren(said, signedOut ? toSignIn() : button);
}

addEventListener("online", sendNow);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && count()) sendNow(); });
addEventListener("storage", (event) => { if (event.key?.startsWith("commentdesk unsent ")) show(); });

// A page that goes gives the browser what it holds; the next page sends what is still unanswered once more.
addEventListener("pagehide", () => {
  const comments = new Set();
  for (const entry of waiting.all()) {
    if (comments.has(entry.comment) || entry.undo) continue;
    comments.add(entry.comment);
    waiting.put({ ...entry, tried: true });
    fetch(...request(entry)).catch(() => {});
  }
});

// Signing out asks where something is not saved, and takes everything of the user's out of the browser.
document.querySelector("form.who")?.addEventListener("submit", (event) => {
  if (count() && leaving++ === 0) {
    event.preventDefault();
    show();
    return;
  }
  waiting.clear();
  shelf("refused").clear();
});

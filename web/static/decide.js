// A decision: the next comment stands there at once, and what was decided is sent behind it.
import { arrive, put, refresh, take } from "./ahead.js";
import { covered, coverKey } from "./cover.js";
import { ask, chosen, losing } from "./leave.js";
import { inWords, marks } from "./marks.js";
import { linkTo, tell, untell } from "./news.js";
import { settle } from "./refused.js";
import { rememberReason } from "./reject.js";
import { eachComment, say, setUp, shown, tearDown } from "./shown.js";
import { cancel, count, find, keep, newest, newID, outcome, send } from "./unsent.js";
import { words } from "./words.js";

const undoBefore = new Map(); // by action: the form that undid something before it
const keptPages = new Map(); // by action: the page that it was decided on, for undo; the newest few
const mostPages = 10, mostUndone = 50;

// goOn shows the page that the link leads to and calls then; where the desk cannot be reached it says so.
export function goOn(link, then) {
  const page = take(link.href), from = shown;
  const lay = (page) => then(put(page));
  if (page && !(page instanceof Promise)) return lay(page);
  const decided = shown.done;
  shown.done = true;
  page.then((page) => {
    if (from !== shown) return;
    if (page) return lay(page);
    if (page === undefined) { // another kind of page: to sign in, or a problem
      shown.leaving = true;
      return location.assign(link.href);
    }
    shown.done = decided;
    then(null);
  });
}

// actionOf is what the form asks for, under an id of its own.
function actionOf(form, submitter) {
  const data = new FormData(form);
  const decision = submitter.value, id = newID(), address = `/?${data.get("place")}`;
  data.delete("place");
  data.set("decision", decision);
  data.set("action", id);
  const given = marks();
  const why = decision === "reject" && form.elements.reason_id?.value && [...form.elements.reason_id].find(({ checked }) => checked).closest("label").querySelector("bdi").textContent;
  const wanted = [words.wanted[decision] && (why ? `${words.wanted[decision]} (${why})` : words.wanted[decision]), inWords(given)].filter(Boolean).join("; ");
  const implied = data.get("reason_id") && decision === "reject" ? data.getAll("implied").map((box) => box.split(" ")).filter(([of]) => of === data.get("reason_id")) : [];
  const labels = inWords(inOrder([...given, ...implied.map(([, label]) => label.split(":")).filter(([axis]) => !given.some(([marked]) => marked === axis))]));
  const did = decision === "label" ? `${words.did.label} ${labels}.` : `${[words.did[decision], labels].filter(Boolean).join("; ")}.`;
  return { id, comment: shown.comment, revision: Number(data.get("revision")), body: new URLSearchParams(data).toString(), address, wanted, did,
    marked: given, reason: data.get("reason") };
}

const inOrder = (labels) => shown.axes.map(({ dataset }) => labels.find(([axis]) => axis === dataset.axis)).filter(Boolean);

// keepLabels keeps the marks as labels, whatever the page goes on to, and returns the action; null where the browser keeps nothing.
function keepLabels() {
  const action = actionOf(shown.form, { value: "label" });
  if (!keep(action)) return null;
  shown.undoBefore = takeUndo(action);
  offerUndo(action.id);
  settle(action.comment);
  send();
  return action;
}

let lastDecision;

// tooFast reports whether the decision on the last comment meets one that nobody can have read yet: a finger that struck twice.
const tooFast = (decision) => shown.form.hasAttribute("data-fresh") && decision === lastDecision;

// decide takes the form's action over and reports whether it did; where the browser keeps nothing, the form goes as forms do.
function decide(form, submitter) {
  const action = actionOf(form, submitter);
  if (!keep(action)) return false;
  lastDecision = submitter.value;
  const before = takeUndo(action);
  if (submitter.value === "reject") rememberReason(form.elements.reason_id?.value);
  goOn(shown.next, (left) => left ? wentOn(action, left) : decided(action));
  if (shown.done) { // the next comment is on its way; this need not wait for it, and can be undone
    offerUndo(action.id);
    shown.undoBefore = before;
    send();
  }
  return true;
}

// takeUndo keeps the form of what was undone before the action, if there is one, and returns it.
function takeUndo({ id }) {
  const before = document.getElementById("undo")?.cloneNode(true);
  undoBefore.set(id, before);
  if (undoBefore.size > mostUndone) undoBefore.delete(undoBefore.keys().next().value);
  return before;
}

// wentOn says what was done on the page that was left, and keeps that page for undo.
function wentOn(action, left) {
  bringUndoBack(left.footer, undoBefore.get(action.id));
  keptPages.set(action.id, left);
  if (keptPages.size > mostPages) keptPages.delete(keptPages.keys().next().value);
  settle(action.comment);
  offerUndo(action.id);
  toast(action.did, action.id);
  arrive(action.did);
  setTimeout(send, 20); // after the comment was painted
}

// decided stays on a comment that is decided, since there is no next one to show.
function decided({ did, id }) {
  shown.done = true;
  closed(true);
  say("");
  toast(did, id);
  unreachable(words.noNextButKept);
}

// closed has the comment take no marks and no decision, or again.
function closed(is) {
  for (const part of [...shown.axes, ...document.querySelectorAll("#act button, [popovertarget=later]")]) part.disabled = is;
}

const pingEvery = 4000; // milliseconds
let stuck, ping; // the line that says that the next comment cannot be fetched
let staying; // the line that says that the desk does not answer and the page stays

const reachable = async () => {
  const answer = await fetch("/live", { method: "HEAD", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(pingEvery) }).catch(() => null);
  return Boolean(answer) && answer.status < 500;
};

// unreachable says so once, and asks from time to time whether the desk is back.
function unreachable(text) {
  if (!stuck?.isConnected) {
    const again = linkTo(shown.next.href, words.tryAgain);
    again.rel = "next";
    stuck = tell(text, null, again);
  }
  clearTimeout(ping);
  ping = setTimeout(async () => {
    const from = shown;
    const answers = await reachable();
    if (from !== shown || !stuck?.isConnected) return;
    if (answers) reached();
    else unreachable(text);
  }, pingEvery);
}

// away follows a link. While something waits to be sent it asks whether the desk answers, and stays where it does not: the browser's own page would
// say less, and take nothing back.
async function away(link) {
  const { host, href } = link, from = shown;
  const answers = host !== location.host || !count() || await reachable();
  if (from !== shown) return;
  if (!answers) return staying = tell(words.stays, null, linkTo(href, words.tryAgain));
  shown.leaving = true;
  location.assign(href);
}

// reached goes on where nothing but that was waited for, once the desk answers again; else the line only goes.
function reached() {
  if (staying) untell(staying);
  if (!stuck?.isConnected) return;
  if (!shown.done) return untell(stuck);
  if (!losing()) goNext(shown.next);
}

// goNext goes on to the next comment; kept is the action that keeps this one's marks, where there is one.
function goNext(link, kept) {
  const undone = undoes(document.querySelector("#undo:not([data-here])"));
  goOn(link, (left) => {
    if (!left) return unreachable(words.noNext);
    if (kept) return wentOn(kept, left);
    if (undone && !document.querySelector("#undo[data-here]")) offerUndo(undone); // the page was fetched before that was done
    arrive();
  });
}

const undoes = (form) => form?.elements.action?.value;

// offerUndo makes the action the one that z undoes.
function offerUndo(id) {
  const template = document.querySelector("template[data-undo]");
  if (!template) return;
  document.getElementById("undo")?.remove();
  const form = template.content.cloneNode(true).firstElementChild;
  form.id = "undo";
  form.querySelector("input[name=action]").value = id;
  template.after(form);
}

// bringUndoBack has the page, or one that may be put back, undo again what it undid before its own comment was decided.
function bringUndoBack(part, before) {
  part?.querySelector("#undo")?.replaceWith(...(before ? [before.cloneNode(true)] : []));
}

let fading;
function toast(text, id) {
  const template = document.querySelector("template[data-toasts]");
  if (!template) return;
  document.querySelector("[data-toast]")?.remove();
  const shownToast = template.content.cloneNode(true).firstElementChild;
  shownToast.querySelector("span").textContent = text;
  shownToast.className = "toast";
  shownToast.dataset.toast = id ?? "";
  if (!id) shownToast.querySelector("button").remove();
  template.before(shownToast);
  fade();
}

// fade lets the toast go after a while, but not under the pointer or the focus.
function fade() {
  clearTimeout(fading);
  const toast = document.querySelector("[data-toast]");
  if (!toast) return;
  const wait = () => { fading = setTimeout(() => toast.classList.add("gone"), 8000); };
  for (const stop of ["mouseenter", "focusin"]) toast.addEventListener(stop, () => clearTimeout(fading));
  for (const go of ["mouseleave", "focusout"]) toast.addEventListener(go, wait);
  wait();
}

// undo takes back what the desk has not answered yet and reports whether it did; what is answered, the form itself undoes.
function undo(id) {
  const entry = find(id);
  if (!entry || entry.undo) return false;
  cancel(entry);
  const page = keptPages.get(id);
  keptPages.delete(id);
  if (entry.comment === shown.comment) { // the next comment is not here: this one stands there anew, and what was to come does not come
    bringUndoBack(document, shown.undoBefore);
    closed(false);
    tearDown();
    setUp();
  } else if (page) put(page);
  else {
    shown.leaving = true;
    location.assign(entry.address);
    return true;
  }
  shown.cameBack = chosen();
  const undone = words.undone(entry.did);
  toast(undone);
  arrive(undone);
  send();
  return true;
}

outcome.addEventListener("saved", ({ detail: { entry, said } }) => {
  const toast = document.querySelector("[data-toast]"), text = toast?.querySelector("span");
  if (toast?.dataset.toast === entry.id && text.textContent !== said.said) text.textContent = said.said;
  for (const part of [document, ...[...keptPages.values()].flatMap(({ footer, main }) => [footer, ...main])]) correct(part, said);
  if (!shown.form && keptPages.has(entry.id)) refresh();
  reached();
});

outcome.addEventListener("cleared", () => toast(words.allSent));

outcome.addEventListener("refused", ({ detail: { entry } }) => {
  const toast = document.querySelector("[data-toast]");
  if (toast?.dataset.toast === entry.id) toast.remove();
  const before = undoBefore.get(entry.id);
  for (const [id, form] of undoBefore) if (undoes(form) === entry.id) undoBefore.set(id, before);
  for (const part of [document, ...[...keptPages.values()].map(({ footer }) => footer)]) {
    if (undoes(part?.querySelector("#undo")) === entry.id) bringUndoBack(part, before);
  }
});

// correct gives every form of the page shown, or of one that may be put back, the revision that its comment has now.
function correct(part, { comment, revision }) {
  for (const { elements } of part?.querySelectorAll?.("form") ?? []) {
    if (elements.revision && Number(elements.comment?.value) === comment) elements.revision.value = Math.max(elements.revision.value, revision);
  }
}

// onSubmit takes decisions and undo over, and asks where another form would lose something.
function onSubmit(event) {
  const { target, submitter } = event;
  if (target.method === "dialog" || event.defaultPrevented) return;
  if (target === shown.form && submitter?.value === "label" && !marks().length) {
    event.preventDefault();
    return say(shown.reason.value ? words.reasonNeedsDecision : words.nothingMarked);
  }
  if (shown.done && target === shown.form) return event.preventDefault();
  if (target === shown.form && submitter?.value === "approve" && covered(document.querySelector(".comment"))) {
    event.preventDefault();
    coverKey();
    return say(words.readFirst);
  }
  if (target === shown.form && tooFast(submitter?.value)) {
    event.preventDefault();
    return say(words.tooFast);
  }
  const lost = shown.form && !shown.leaving && losing(target);
  if (lost) {
    event.preventDefault();
    return ask(lost, () => {
      shown.leaving = true;
      target.requestSubmit(submitter);
    });
  }
  const taken = target === shown.form ? shown.next && decide(target, submitter) : target.id === "undo" && undo(target.elements.action?.value);
  if (taken) event.preventDefault();
  else shown.leaving = true;
}

// onClick asks where a link would lose something, and goes on to the next comment at once.
function onClick(event) {
  const link = event.target.closest("a[href]");
  if (!link || link.target || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.getAttribute("href").startsWith("#")) return;
  const follow = (kept) => {
    if (link.rel !== "next" || !shown.next || link.href !== shown.next.href) return away(link);
    stuck = undefined; // asked for anew, it is said anew
    goNext(link, kept);
  };
  const lost = !shown.leaving && losing();
  if (lost) event.preventDefault(), ask(lost, follow, keepLabels);
  else if (count() || link.rel === "next" && shown.next) event.preventDefault(), follow();
}

document.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick);
let first = true;
eachComment(() => {
  if (first) fade();
  const unsent = first && newest();
  if (unsent && !document.querySelector("#undo[data-here]")) offerUndo(unsent.id);
  first = false;
}, () => {
  clearTimeout(ping);
  stuck = undefined;
});

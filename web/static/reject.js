// Reject asks why: the reason given last is chosen for one comment, digits choose another one, Enter rejects. What is written moves into the dialog
// and back. A page that asks by itself takes the digits as well.
import { keyOf, others, typing } from "./key.js";
import { marked } from "./marks.js";
import { eachComment } from "./shown.js";
import { words } from "./words.js";

let lastReason; // the id of the reason given last on this page; pages that were fetched before do not know it

let stop;

export function rememberReason(id) { lastReason = id; }

// chooseLast chooses the reason given last, which the page only names: without scripts nobody would see it before Reject takes it. A page that comes
// back with the reason of a form that was refused keeps that one.
function chooseLast(dialog) {
  if ([...dialog.querySelectorAll("[name=reason_id]")].some(({ value, defaultChecked }) => value && defaultChecked)) return;
  const named = dialog.querySelector("label:has([data-last]) input");
  const radio = lastReason === undefined ? named : dialog.querySelector(`input[name=reason_id][value="${CSS.escape(lastReason)}"]`);
  if (!radio) return;
  radio.checked = true;
  if (radio === named) return;
  for (const old of dialog.querySelectorAll("[data-last]")) old.remove();
  if (!lastReason) return;
  const last = document.createElement("span");
  last.className = "muted";
  last.dataset.last = "";
  last.textContent = words.lastReason;
  radio.closest("label").append(" ", last);
}

// choose takes the reason of that digit. A digit that no reason has leaves none chosen, so that Enter does not go on with another one.
function choose(picks, event) {
  const key = keyOf(event);
  if (!picks || !/^[0-9]$/.test(key)) return false;
  const radios = [...picks.querySelectorAll("input[type=radio]")], radio = radios.find(({ dataset }) => dataset.pick === key);
  if (radio) radio.checked = true;
  else for (const other of radios) other.checked = false;
  radios[0].setCustomValidity(radio ? "" : words.noSuchReason);
  if (radio) radio.focus();
  else radios[0].reportValidity();
  return true;
}

// ownWords are a reason too: with them none of the list need be chosen.
function ownWords({ elements }) {
  const none = [...elements].find(({ name }) => name === "reason_id");
  if (!none || elements.reason_id.value || !elements.reason.value.trim()) return;
  none.checked = true;
  none.setCustomValidity("");
}

document.addEventListener("change", ({ target }) => { if (target.name === "reason_id") target.closest("[data-picks]").querySelector("input").setCustomValidity(""); });
document.addEventListener("click", (event) => { if (event.target.closest("[data-confirm]")) ownWords(event.target.form); });

// reasonKey chooses the reason of that digit on a page that asks for one, and reports whether it did.
export const reasonKey = (event) => choose(document.querySelector("main form > [data-picks]"), event);

// giveWay leaves the label that a reason implies out where the axis is marked, and strikes it out where the mark says something else.
function giveWay(box, mark) {
  box.disabled = mark !== "";
  box.closest("label").classList.toggle("overruled", box.disabled && !box.value.endsWith(`:${mark}`));
}

function setUp({ form: act }) {
  const dialog = document.getElementById("reject"), button = document.querySelector("[data-asks=reject]");
  if (!dialog || !button) return;
  const { form } = button;
  if (form === act) chooseLast(dialog);
  const written = document.querySelector("label.reason"), home = document.createComment("");
  if (!home.isConnected) written.before(home);
  const picks = () => [...dialog.querySelectorAll("input[type=radio]")];
  const back = () => home.after(written);
  let before; // while the dialog is open: the reason that was chosen when it opened, null for none
  const restore = () => {
    if (before === undefined) return;
    for (const radio of picks()) radio.checked = radio === before;
    picks()[0].setCustomValidity("");
    before = undefined;
  };
  const commit = () => {
    ownWords(form);
    if (!picks()[0].reportValidity()) return; // for many, one has to be chosen
    before = undefined;
    dialog.close();
    back();
    form.requestSubmit(button);
  };
  const listeners = new AbortController(), { signal } = listeners;
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (form === act) for (const box of dialog.querySelectorAll("[data-implies]")) giveWay(box, marked(box.dataset.implies));
    restore();
    before = picks().find((radio) => radio.checked) ?? null;
    dialog.querySelector("[data-note]").append(written);
    dialog.showModal();
    (picks().find((radio) => radio.checked) ?? picks()[0]).focus();
  }, { signal });
  dialog.addEventListener("close", () => { // it comes late: the dialog may be open again
    if (dialog.open) return;
    restore();
    back();
  }, { signal });
  dialog.querySelector("[data-commit]").addEventListener("click", commit, { signal });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close(), { signal });
  dialog.addEventListener("keydown", (event) => {
    if (others(event)) return;
    if (!typing(event.target) && choose(dialog, event)) return event.preventDefault();
    if (event.key !== "Enter" || event.target.closest("button")) return;
    event.preventDefault();
    commit();
  }, { signal });
  dialog.addEventListener("keypress", (event) => { // Enter would also press the form's first button
    if (event.key === "Enter" && !event.target.closest("button")) event.preventDefault();
  }, { signal });
  stop = () => {
    back();
    listeners.abort();
    home.remove();
  };
}

eachComment(setUp, () => {
  stop?.();
  stop = undefined;
});

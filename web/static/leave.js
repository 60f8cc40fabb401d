// Marks and words that are not saved are not lost by a link or another form without a question; the browser itself asks where the tab is closed.
import { keyOf, others } from "./key.js";
import { describe } from "./marks.js";
import { keepNote } from "./note.js";
import { say, shown } from "./shown.js";
import { words } from "./words.js";

// chosen is everything that goes with a decision, to tell whether it was changed.
export const chosen = () => describe() + (shown.reason?.value ?? "");

// losing is what would be lost with the comment shown, in words; "" for nothing. form is what is being sent, and so not lost.
export function losing(form) {
  const lost = [], goesAlong = shown.done || form === shown.form || form?.id === "undo" && shown.cameBack === chosen();
  if (!goesAlong) {
    if (!form?.closest("#later")) lost.push(describe());
    if (shown.form && shown.reason?.value.trim()) lost.push(words.reasonWritten);
  }
  if (shown.note?.value.trim() && form !== shown.note.form) lost.push(words.noteWritten);
  if (form && form === shown.form && lost.length) lost.push(words.noteLost);
  return lost.filter(Boolean).join(" ");
}

// ask goes on where the person gives up what is not saved, or keeps it: the note where that is all, the marks as labels where they are all. goOn is
// told what keepLabels returned.
export function ask(lost, goOn, keepLabels) {
  const dialog = document.getElementById("leave"), keep = dialog.querySelector("[value=keep]");
  dialog.querySelector("[value=labels]").hidden = !keepLabels || lost !== describe();
  keep.hidden = !shown.note?.value.trim() || ![words.noteWritten, `${words.noteWritten} ${words.noteLost}`].includes(lost);
  document.querySelector("[data-leave-marks]").textContent = lost;
  dialog.returnValue = "";
  dialog.onclose = async () => {
    const from = shown;
    if (dialog.returnValue === "keep" && !await keepNote()) return say(words.noteNotKept);
    if (from !== shown || dialog.returnValue === "keep" && shown.note?.value.trim()) return; // something was done, or written, while the note was on its way
    const kept = dialog.returnValue === "labels" ? keepLabels() : undefined;
    if (kept === null) return say(words.labelsNotKept);
    if (dialog.returnValue && dialog.returnValue !== "stay") goOn(kept);
  };
  dialog.showModal();
}

// A digit keeps what can be kept; no key gives it up, since whoever types on without looking would lose it.
document.getElementById("leave")?.addEventListener("keydown", (event) => {
  if (others(event) || document.body.dataset.keys === "off") return;
  const button = [...document.querySelectorAll("#leave [data-pick]")].find(({ hidden, dataset }) => !hidden && dataset.pick === keyOf(event));
  if (button) event.preventDefault(), button.click();
});

addEventListener("beforeunload", (event) => { if (!shown.leaving && losing()) event.preventDefault(); });

// Notes: Ctrl and Enter keep one, as does the button. Before something else is done, what is written can be kept without leaving.
import { shown } from "./shown.js";
import { newID } from "./unsent.js";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || event.target !== shown.note) return;
  event.preventDefault();
  shown.note.form.requestSubmit();
});

const within = 10_000; // milliseconds

// keepNote sends what is written and reports whether the desk has it.
export async function keepNote() {
  const { note } = shown, sent = note.value;
  const request = { method: "POST", body: new URLSearchParams(new FormData(note.form)), signal: AbortSignal.timeout(within) };
  const answer = await fetch(note.form.action, request).catch(() => null);
  if (!answer?.ok || new URL(answer.url).pathname === "/sign-in") return false;
  if (note.value === sent) note.value = "";
  note.form.elements.key.value = newID(); // what is written next, where this page stays or comes back, is another note
  return true;
}

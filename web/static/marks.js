// Marks: the answers that were chosen for the comment shown and are not saved yet.
import { eachComment, say, shown } from "./shown.js";
import { words } from "./words.js";

const radios = (axis) => [...axis.querySelectorAll("input[type=radio]")];
const axisNamed = (name) => shown.axes.find((axis) => axis.dataset.axis === name);
export const marked = (name) => radios(axisNamed(name)).find((radio) => radio.checked)?.value ?? "";

// marks are pairs of an axis and the answer marked.
export const marks = () => shown.axes.map((axis) => [axis.dataset.axis, marked(axis.dataset.axis)]).filter(([, answer]) => answer);
export const inWords = (pairs) => pairs.map(([axis, answer]) => `${words.axis[axis] ?? axis}: ${words.answer[answer] ?? answer}`).join(", ");
export const describe = () => marks().length ? words.marked(inWords(marks())) : "";

export function mark(name, value) {
  const axis = axisNamed(name);
  const radio = axis && radios(axis).find((radio) => radio.value === value && !radio.matches(":disabled"));
  if (!radio) return;
  radio.checked = true;
  say(describe() || words.nothingMarked);
}

// stance marks a stance; the same key again takes the mark back.
const stance = (value) => mark("stance", marked("stance") === value ? "" : value);

// flip marks the other answer than the one shown, and takes it back the second time; where the model is unsure: yes, then no, then nothing.
function flip(name) {
  const answer = axisNamed(name).dataset.shown, now = marked(name);
  if (answer === "yes") return mark(name, now === "no" ? "" : "no");
  if (answer === "no") return mark(name, now === "yes" ? "" : "yes");
  mark(name, now === "yes" ? "no" : now === "no" ? "" : "yes");
}

function confirmShown(name) {
  const answer = axisNamed(name).dataset.shown;
  if (answer === "yes" || answer === "no") return mark(name, answer);
  say(words.nothingToConfirm(words.axis[name]));
}

const stanceKeys = { 1: "favor", 2: "none", 3: "against" };
const axisKeys = { 1: "stance", 2: "stance", 3: "stance", h: "hostile", s: "spam" };
let cantTellNext = false; // 0 was pressed

// markKey does what the key says about marks and reports whether it meant anything.
export function markKey(key) {
  if (!shown.form || !shown.axes.length) return false;
  if (cantTellNext) {
    cantTellNext = false;
    const name = axisKeys[key.toLowerCase()];
    if (name) mark(name, "cant_tell");
    else say(describe());
    return true;
  }
  if (stanceKeys[key]) return stance(stanceKeys[key]), true;
  switch (key) {
    case "h": case "s": return flip(axisKeys[key]), true;
    case "H": case "S": return confirmShown(axisKeys[key.toLowerCase()]), true;
    case "0":
      cantTellNext = true;
      say(words.cantTellNext);
      return true;
  }
  return false;
}

let first = true;
eachComment(({ form }) => {
  cantTellNext = false;
  if (first) form?.reset(); // some browsers fill in what was marked before a reload
  first = false;
});
document.addEventListener("change", (event) => { if (event.target.matches("fieldset[data-axis] input")) say(describe()); });

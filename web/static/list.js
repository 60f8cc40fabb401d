// The list: j and k move over its rows, x selects, shift and a letter decides what is selected.
import { say } from "./shown.js";
import { words } from "./words.js";

const rows = [...document.querySelectorAll("[data-row]")];
const boxes = rows.map((row) => row.querySelector("[data-box]")).filter(Boolean);
const chosen = () => boxes.filter((box) => box.checked);
const sayChosen = () => say(words.selected(chosen().length));

function turn(box) {
  if (!box) return;
  box.checked = !box.checked;
  sayChosen();
}

// listKey does what the key says in the list and reports whether it meant anything.
export function listKey(key) {
  if (!rows.length) return false;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const go = (to) => rows[to].querySelector("[data-open]").focus();
  switch (key) {
    case "j":
      if (here < rows.length - 1) return go(here + 1), true;
      document.querySelector(".steps [rel=next]")?.click();
      return true;
    case "k": return go(Math.max(here - 1, 0)), true;
    case "x":
      if (here < 0) go(0);
      turn(boxes[Math.max(here, 0)]);
      return true;
    case "v": case "Enter":
      if (here < 0 || key === "Enter" && document.activeElement.matches("a")) return false;
      return rows[here].querySelector("[data-open]").click(), true;
  }
  return false;
}

function chooseAll() {
  const all = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !all;
  sayChosen();
}

if (boxes.length) {
  document.querySelector("[data-key=X]").addEventListener("click", chooseAll);
  document.addEventListener("change", (event) => { if (event.target.matches("[data-box]")) sayChosen(); });
  document.getElementById("bulk").addEventListener("submit", (event) => {
    if (!chosen().length) return event.preventDefault(), say(words.selectFirst);
    const here = new URL(location.href);
    here.searchParams.set("picked", chosen().map((box) => box.value).join("_"));
    history.replaceState(null, "", here); // the way back leads to what was selected
  });
  if (chosen().length) addEventListener("pageshow", sayChosen);
}

// The menu "Later…": digits choose, marks go along. Without it the menu is a plain form.

import { keyOf, others } from "./key.js";
import { marks } from "./marks.js";
import { eachComment } from "./shown.js";
import { words } from "./words.js";

let menu, form;
let chosen; // the button that Enter presses: its digit was pressed, and led to what goes with it

// choose presses a button, or leads to the field that comes first.
function choose(button) {
  const field = form.elements[button.dataset.first ?? button.dataset.needs];
  if (!field || button !== chosen && !button.dataset.first && field.value) return button.click();
  settle(button);
  field.focus();
}

// settle has Enter press that button from now on, and shows it.
function settle(button) {
  chosen?.classList.remove("primary");
  chosen = button;
  chosen?.classList.add("primary");
  const enter = menu.querySelector("[data-enter]");
  if (enter) enter.hidden = !chosen?.dataset.first;
}

// lacking is the field that the button needs and that is empty, if any.
function lacking(button) {
  const field = button?.dataset.needs && form.elements[button.dataset.needs];
  return field && !field.value ? field : undefined;
}

// onClick leads to what is missing and says so.
function onClick(event) {
  const field = lacking(event.target.closest("button"));
  if (!field) return;
  event.preventDefault();
  field.setCustomValidity(field.name === "for" ? words.whomFirst : words.whenFirst);
  field.reportValidity();
  field.setCustomValidity("");
}

function onKey(event) {
  if (others(event)) return;
  if (event.key === "Enter" && event.target.matches("input, select")) {
    event.preventDefault();
    const button = event.target.name === "at" ? menu.querySelector("[value=at]") : chosen;
    return button && button.click();
  }
  if (document.body.dataset.keys === "off" || event.target.matches("#later :is(input, select)")) return;
  const button = menu.querySelector(`[data-pick="${CSS.escape(keyOf(event))}"]`);
  if (!button) return;
  event.preventDefault();
  choose(button);
}

// takeMarks keeps the marks of the page with it as labels, as a decision does: once it is really sent.
function takeMarks({ formData }) {
  for (const [axis, answer] of marks()) formData.set(axis, answer);
}

eachComment(() => {
  menu = document.getElementById("later");
  form = menu?.querySelector("form");
  chosen = undefined;
  if (!menu) return;
  form.addEventListener("formdata", takeMarks);
  form.addEventListener("click", onClick);
  menu.addEventListener("beforetoggle", () => settle(undefined));
  if ("again" in menu.dataset) { // it was refused, and holds what was written
    delete menu.dataset.again;
    menu.showPopover();
  }
});
document.addEventListener("keydown", (event) => { if (menu?.matches(":popover-open")) onKey(event); });

// What waits for the user is a link only while there is something: the counts change while the page is open.
for (const link of document.querySelectorAll("[data-mine]")) {
  const count = link.querySelector("[data-count]");
  new MutationObserver(() => { link.hidden = count.textContent === "0"; }).observe(count, { childList: true, characterData: true, subtree: true });
}

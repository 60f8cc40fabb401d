// The menu "Later…": digits choose, marks go along. Without it the menu is a plain form.

import { keyOf, others } from "./key.js";
import { marks } from "./marks.js";
import { eachComment } from "./shown.js";

let menu, form;

// choose presses a button, or leads to the field that it needs first.
function choose(button) {
  const field = button.dataset.needs && form.elements[button.dataset.needs];
  if (field && !field.value) field.focus();
  else button.click();
}

function onKey(event) {
  if (others(event)) return;
  if (event.key === "Enter" && event.target.name === "at") {
    event.preventDefault();
    return choose(menu.querySelector("[value=at]"));
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
  if (!menu) return;
  form.addEventListener("formdata", takeMarks);
});
document.addEventListener("keydown", (event) => { if (menu?.matches(":popover-open")) onKey(event); });

// What waits for the user is a link only while there is something: the counts change while the page is open.
for (const link of document.querySelectorAll("[data-mine]")) {
  const count = link.querySelector("[data-count]");
  new MutationObserver(() => { link.hidden = count.textContent === "0"; }).observe(count, { childList: true, characterData: true, subtree: true });
}

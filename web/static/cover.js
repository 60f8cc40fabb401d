// Hostile text that is covered until it is asked for: u does what the button does. Without this the button is there all the same.
import { announce } from "./news.js";

// covered is what stands in the place of a text that is covered, "" where it is not.
export const covered = (within) => within.querySelector("[data-cover]:not([open]) [data-says]")?.textContent ?? "";

// meant are the covers that the key is for: that of the row with the focus, of the comment on screen, else all.
function meant() {
  const rows = document.querySelector("[data-row]");
  const within = rows ? document.activeElement.closest("[data-row]") : document.querySelector(".comment:has([data-cover])") ?? document;
  return [...within?.querySelectorAll("[data-cover]") ?? []];
}

// coverKey shows what is covered, or covers it again, and reports whether there was anything.
export function coverKey() {
  const covers = meant(), show = covers.some((cover) => !cover.open);
  for (const cover of covers) cover.open = show;
  if (covers.length) announce(covers[0].querySelector(show ? ":scope > :not(summary)" : "[data-says]")?.textContent.slice(0, 300) ?? "");
  return covers.length > 0;
}

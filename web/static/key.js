const keymap = JSON.parse(document.body.dataset.keymap || "{}"); // by the desk's key: the user's, where it is another one
const usual = new Map(Object.entries(keymap).map(([key, own]) => [own, key]));

// keyOf is the key as the desk names it: the character, or the key's place on keyboards of other scripts and where digits take shift.
// Caps lock changes nothing.
export function keyOf(event) {
  let key = event.key;
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  if (place && key.length === 1 && (key.charCodeAt(0) > 127 || event.code.startsWith("Digit") && !event.shiftKey)) key = place;
  return /^[a-z]$/i.test(key) ? inCase(key, event) : key;
}

const inCase = (key, event) => event.shiftKey ? key.toUpperCase() : key.toLowerCase();

// deskKey is the desk's key for the one that was pressed, wherever the user put it; "" where that one lies elsewhere now. Dialogs ask for keyOf: their
// digits stay.
export function deskKey(event) {
  const key = keyOf(event), typed = /^\p{L}$/u.test(event.key) ? inCase(event.key, event) : event.key;
  return usual.get(typed) ?? usual.get(key) ?? (Object.hasOwn(keymap, key) ? "" : key);
}

// hint is the user's key for the desk's, as pages show it.
export function hint(key) {
  const own = keymap[key] ?? key, small = own.toLowerCase();
  return small === own ? own : `⇧${small}`;
}

// typing is the field that a key is typed into, null where it is a key of the desk.
export const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

// others are keys that belong to the browser, to a keyboard that composes, or to a finger that rests.
export const others = (event) => event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat;

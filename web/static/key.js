// keyOf is the key as the desk names it: the character, or the key's place on keyboards of other scripts and where digits take shift.
// Caps lock changes nothing.
export function keyOf(event) {
  let key = event.key;
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  if (place && key.length === 1 && (key.charCodeAt(0) > 127 || event.code.startsWith("Digit") && !event.shiftKey)) key = place;
  return /^[a-z]$/i.test(key) ? (event.shiftKey ? key.toUpperCase() : key.toLowerCase()) : key;
}

// typing is the field that a key is typed into, null where it is a key of the desk.
export const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

// others are keys that belong to the browser, to a keyboard that composes, or to a finger that rests.
export const others = (event) => event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat;

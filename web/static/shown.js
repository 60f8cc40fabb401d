// What is shown: the page's comment with its form, from the moment it stands there until the next one does. Everything that belongs to one comment
// is set up and torn down here, in the order in which the modules asked for it.
export let shown;

const settingUp = [], tearingDown = [];
const unread = 200; // milliseconds in which nobody can have read what has just appeared

// eachComment has work done whenever a comment (or the page that says there is none) stands there, and whenever it goes.
export function eachComment(setUp, tearDown) {
  settingUp.push(setUp);
  if (tearDown) tearingDown.push(tearDown);
}

export function setUp() {
  const form = document.getElementById("act");
  shown = {
    form,
    comment: Number(form?.elements.comment.value ?? 0),
    axes: [...document.querySelectorAll("fieldset[data-axis]")],
    reason: document.querySelector("input[name=reason]"),
    note: document.getElementById("note"),
    next: document.querySelector(".desk") && document.querySelector(".steps [rel=next]"),
    address: location.pathname + location.search,
    leaving: false, // the page is left on purpose
    cameBack: undefined, // what was chosen when an undo brought the comment back: a further undo need not ask for that
    done: false, // decided, and the next comment is on its way
    undoBefore: null, // the form by which something was undone before that
  };
  for (const work of settingUp) work(shown);
}

// appear marks the form of a comment that took another one's place as fresh, for as long as nobody can have read it.
export function appear() {
  const { form } = shown;
  form?.setAttribute("data-fresh", "");
  setTimeout(() => form?.removeAttribute("data-fresh"), unread);
}

export function tearDown() {
  for (const work of tearingDown) work(shown);
}

// say tells in the line above the decisions what the keys did.
export function say(text) {
  const line = document.querySelector("[data-marks]");
  if (line) line.textContent = text;
}

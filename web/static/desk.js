// Keys, marks and small helpers for the desk. Every page works without it: it only clicks the radios, buttons and links that are there.

const form = document.getElementById("act");
const marksLine = document.querySelector("[data-marks]");
const leaveDialog = document.getElementById("leave");
const reason = document.querySelector("input[name=reason]");
const help = document.getElementById("help");
const axes = [...document.querySelectorAll("fieldset[data-axis]")];

const radios = (axis) => [...axis.querySelectorAll("input[type=radio]")];
const marked = (axis) => radios(axis).find((radio) => radio.checked)?.value ?? "";
const axisNamed = (name) => axes.find((axis) => axis.dataset.axis === name);
const marks = () => axes.filter((axis) => marked(axis) !== "");
const say = (text) => { if (marksLine) marksLine.textContent = text; };
let leaving = false; // the page is left on purpose
let cantTellNext = false; // 0 was pressed
let goNext = false; // g was pressed
const keysOff = document.body.dataset.keys === "off";

function describe() {
  const parts = marks().map((axis) => `${axis.dataset.axis}: ${marked(axis).replace("cant_tell", "can’t tell")}`);
  return parts.length ? `Marked, not saved yet: ${parts.join(", ")}` : "";
}

function mark(name, value) {
  const axis = axisNamed(name);
  const radio = axis && radios(axis).find((radio) => radio.value === value && !radio.disabled);
  if (!radio) return;
  radio.checked = true;
  say(describe() || "Nothing is marked.");
}

// stance marks a stance; the same key again takes the mark back.
const stance = (value) => mark("stance", marked(axisNamed("stance")) === value ? "" : value);

// flip marks the other answer than the one shown, and takes it back the second time; where the model is unsure: yes, then no, then nothing.
function flip(name) {
  const axis = axisNamed(name);
  const shown = axis.dataset.shown, now = marked(axis);
  if (shown === "yes") return mark(name, now === "no" ? "" : "no");
  if (shown === "no") return mark(name, now === "yes" ? "" : "yes");
  mark(name, now === "yes" ? "no" : now === "no" ? "" : "yes");
}

function confirmShown(name) {
  const shown = axisNamed(name).dataset.shown;
  if (shown === "yes" || shown === "no") return mark(name, shown);
  say(`${name}: there is no answer to confirm.`);
}

const stanceKeys = { 1: "favor", 2: "none", 3: "against" };
const axisKeys = { 1: "stance", 2: "stance", 3: "stance", h: "hostile", s: "spam" };

// keyOf is the key as the desk names it: the character, or the key's place on keyboards of other scripts and where digits take shift.
// Caps lock changes nothing.
function keyOf(event) {
  let key = event.key;
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  if (place && key.length === 1 && (key.charCodeAt(0) > 127 || event.code.startsWith("Digit") && !event.shiftKey)) key = place;
  return /^[a-z]$/i.test(key) ? (event.shiftKey ? key.toUpperCase() : key.toLowerCase()) : key;
}

const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function onKey(event) {
  if (keysOff) return;
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.target.matches("input[name=reason], textarea") && event.key === "Escape") event.target.blur();
  const key = keyOf(event);
  const helpOpen = help?.matches(":popover-open");
  if (typing(event.target) || key === "Shift" || key === "CapsLock") return;
  if (document.querySelector("dialog[open], [popover]:popover-open") && !(helpOpen && key === "?")) return;
  if (act(key, event)) event.preventDefault();
}

// g and a letter lead to a part of the queue, or to a section that the page has a link to.
const goTo = { q: "/", e: "/?tab=escalated", a: "/?tab=approved", r: "/?tab=rejected", m: "/models", d: "/dashboard", t: "/topics" };

function go(key) {
  const address = goTo[key], parts = address?.startsWith("/?") || address === "/";
  const link = address && (parts ? document.createElement("a") : document.querySelector(`.sections a[href="${address}"]`));
  if (!link) return say("");
  if (parts) {
    link.href = address;
    link.hidden = true;
    document.body.append(link);
  }
  link.click();
}

// act does what the key says and reports whether it means anything here.
function act(key, event) {
  if (goNext) {
    goNext = false;
    go(key);
    return true;
  }
  if (key === "g") {
    goNext = true;
    say("Go to: q review, e escalated, a approved, r rejected, m models, t topics, d dashboard.");
    return true;
  }
  if (key === "o") {
    const article = document.querySelector(".context .headline a[href], .headline a[href]");
    article?.click();
    return Boolean(article);
  }
  if (cantTellNext && form) {
    cantTellNext = false;
    const name = axisKeys[key.toLowerCase()];
    if (name) mark(name, "cant_tell");
    else say(describe());
    return true;
  }
  if (form && axes.length) {
    if (stanceKeys[key]) return stance(stanceKeys[key]), true;
    switch (key) {
      case "h": case "s": return flip(axisKeys[key]), true;
      case "H": case "S": return confirmShown(axisKeys[key.toLowerCase()]), true;
      case "0":
        cantTellNext = true;
        say("Can’t tell: now 1 for stance, h or s.");
        return true;
      case "Enter":
        if (event.target.closest("a, button, summary, [tabindex='0']:not(.counts)")) return false;
    }
  }
  if (rows.length && listKey(key)) return true;
  if (key === "/") {
    const filter = document.querySelector(".search input[type=search]");
    filter?.focus();
    filter?.setSelectionRange(filter.value.length, filter.value.length); // to go on writing
    return Boolean(filter);
  }
  const control = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key);
  control?.click();
  return Boolean(control);
}

// The list: j and k move over its rows, x selects, shift and a letter decides what is selected.
const rows = [...document.querySelectorAll("[data-row]")];
const boxes = rows.map((row) => row.querySelector("[data-box]")).filter(Boolean);
const chosen = () => boxes.filter((box) => box.checked);
const sayChosen = () => say(chosen().length ? `${chosen().length} selected` : "Nothing is selected.");

function listKey(key) {
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const go = (to) => rows[to].querySelector("[data-open]").focus();
  switch (key) {
    case "j":
      if (here < rows.length - 1) return go(here + 1), true;
      document.querySelector(".steps [rel=next]")?.click();
      return true;
    case "k": return go(Math.max(here - 1, 0)), true;
    case "x":
      if (here < 0) return go(0), true;
      if (boxes[here]) boxes[here].checked = !boxes[here].checked, sayChosen();
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
    if (!chosen().length) event.preventDefault(), say("Nothing is selected: j or k, then x.");
  });
}

// ask goes on where the person gives up the marks.
function ask(event, goOn) {
  event.preventDefault();
  document.querySelector("[data-leave-marks]").textContent = describe();
  leaveDialog.returnValue = "";
  leaveDialog.onclose = () => {
    if (leaveDialog.returnValue !== "leave") return;
    leaving = true;
    goOn();
  };
  leaveDialog.showModal();
}

// Marks are not lost by a link or another form; the browser itself asks where the tab is closed.
function onClick(event) {
  const link = event.target.closest("a[href]");
  if (!link || leaving || !marks().length || link.target || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#")) return;
  ask(event, () => location.assign(link.href));
}

function onSubmit(event) {
  if (event.target.method === "dialog") return;
  if (event.target === form && event.submitter?.value === "label" && !marks().length) {
    event.preventDefault();
    return say(reason.value ? "Nothing is marked. A reason goes with a decision: Esc, then a, r or e." : "Nothing is marked.");
  }
  if (event.target !== form && !leaving && marks().length) ask(event, () => event.target.submit());
  else leaving = true;
}

// Reject asks why: the reason given last is chosen, digits choose another one, Enter rejects. What is written moves into the dialog and back.
const rejectDialog = document.getElementById("reject");
const rejectButton = document.querySelector("[data-asks=reject]");
if (rejectDialog && rejectButton) {
  const written = document.querySelector("label.reason"), home = document.createComment("");
  written.before(home);
  const picks = () => [...rejectDialog.querySelectorAll("input[type=radio]")];
  rejectButton.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of rejectDialog.querySelectorAll("[data-implies]")) box.disabled = marked(axisNamed(box.dataset.implies)) !== "";
    rejectDialog.querySelector("[data-note]").append(written);
    rejectDialog.showModal();
    (picks().find((radio) => radio.checked) ?? picks()[0]).focus();
  });
  rejectDialog.addEventListener("close", () => home.after(written));
  const commit = () => { rejectDialog.close(); form.requestSubmit(rejectButton); };
  rejectDialog.querySelector("[data-commit]").addEventListener("click", commit);
  rejectDialog.querySelector("[data-close]").addEventListener("click", () => rejectDialog.close());
  rejectDialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    const radio = !typing(event.target) && rejectDialog.querySelector(`[data-pick="${CSS.escape(keyOf(event))}"]`);
    if (radio) radio.checked = true, radio.focus();
    else if (event.key === "Enter" && !event.target.closest("button")) commit();
    else return;
    event.preventDefault();
  });
  rejectDialog.addEventListener("keypress", (event) => { // Enter would also press the form's first button
    if (event.key === "Enter" && !event.target.closest("button")) event.preventDefault();
  });
}

document.addEventListener("keydown", onKey);
if (form) {
  document.addEventListener("click", onClick);
  document.addEventListener("change", (event) => { if (event.target.matches("fieldset[data-axis] input")) say(describe()); });
  document.addEventListener("submit", onSubmit);
  addEventListener("beforeunload", (event) => { if (!leaving && marks().length) event.preventDefault(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  form.reset();
}

for (const control of document.querySelectorAll("[data-submits]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}

const toast = document.querySelector("[data-toast]");
if (toast) {
  let timer;
  const wait = () => { timer = setTimeout(() => toast.classList.add("gone"), 8000); };
  for (const stop of ["mouseenter", "focusin"]) toast.addEventListener(stop, () => clearTimeout(timer));
  for (const go of ["mouseleave", "focusout"]) toast.addEventListener(go, wait);
  wait();
}

// While its reader works, the comment's lease is renewed; near its end a countdown says so.
const leaseLasts = 120_000, renewAfter = 30_000, warnBefore = 20_000;
let mine = Boolean(form) && !document.querySelector("[data-held]");
let renewed = Date.now(), worked = false;
const countdown = document.createElement("p");
countdown.className = "countdown muted";

async function renew() {
  worked = false;
  renewed = Date.now();
  const body = new URLSearchParams({ comment: form.elements.comment.value });
  const answer = await fetch("/lease", { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const lease = await answer.json();
  const held = document.querySelector("[data-held]");
  if (lease.mine) held?.remove();
  else if (!held) tell(`${lease.user} is on this. Whoever saves first decides; the other is told.`);
  mine = lease.mine;
}

function countDown() {
  const left = Math.ceil((renewed + leaseLasts - Date.now()) / 1000);
  if (!mine || left * 1000 > warnBefore) return countdown.remove();
  countdown.textContent = left > 0 ? `Others may take this in ${left} s. Move or scroll, and it stays yours.` : "Others may take this now. Saving still works.";
  if (!countdown.isConnected) document.querySelector(".comment > header")?.append(countdown);
}

function tick() {
  if (form) {
    if (worked && document.visibilityState === "visible" && Date.now() - renewed >= renewAfter) renew();
    countDown();
  }
  age();
}
for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "input"]) {
  addEventListener(sign, () => { worked = true; }, { passive: true, capture: true });
}
setInterval(tick, 1000);

// News: while the page is seen it listens for the counts of the tabs and for what others do to its comment.
const news = document.querySelector("[data-news]");
let source, toldAt;

// tell shows and says what happened; at is when, link where to go on.
function tell(what, at, link) {
  const text = document.createElement("strong");
  text.textContent = what;
  const when = document.createElement("span");
  when.dataset.age = "";
  toldAt = at && new Date(at);
  news.replaceChildren(text, when, ...(link ? [link] : []));
  news.hidden = false;
  age();
  document.querySelector("[data-news-said]").textContent = news.textContent;
}

function age() {
  const when = news?.querySelector("[data-age]");
  if (!when || !toldAt) return;
  const seconds = (Date.now() - toldAt) / 1000, minutes = Math.round(seconds / 60);
  when.textContent = seconds < 45 ? "just now" : seconds < 90 ? "a minute ago" : minutes < 60 ? `${minutes} minutes ago` : toldAt.toLocaleString();
}

function linkTo(address, text) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = text;
  return link;
}

function listen() {
  if (source || document.visibilityState !== "visible") return;
  const open = form ? new URLSearchParams({ comment: form.elements.comment.value, revision: form.elements.revision.value }) : "";
  source = new EventSource(`/live?${open}`);
  source.addEventListener("counts", (event) => {
    for (const [tab, count] of Object.entries(JSON.parse(event.data))) {
      const shown = document.querySelector(`[data-count="${tab}"]`);
      if (shown) shown.textContent = count;
    }
  });
  source.addEventListener("later", (event) => {
    const later = JSON.parse(event.data), next = document.querySelector("[rel=next]");
    if (!leaving) tell(later.what, later.at, next && linkTo(next.href, "Next comment"));
  });
  source.addEventListener("error", async () => {
    if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
    hush();
    const answer = await fetch("/live", { method: "HEAD", headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 401) tell("You are signed out.", null, linkTo(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`, "Sign in"));
  });
}

function hush() {
  source?.close();
  source = undefined;
}

if (news && document.querySelector("[data-count]")) {
  listen();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" ? listen() : hush());
  addEventListener("pagehide", hush);
}

const why = document.getElementById("why");
if (why && location.hash === "#why") why.open = true;

// A job under way is looked up again and again; when it has ended, the whole page is loaded once.
const job = document.getElementById("job");
async function follow() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
    if (fresh?.dataset.running !== "true") return location.reload();
    job.replaceChildren(...fresh.childNodes);
  }
  setTimeout(follow, 1500);
}
if (job?.dataset.running === "true") setTimeout(follow, 1500);

// While its reader works, the comment's lease is renewed; near its end a countdown says so.
import { settled, tell } from "./news.js";
import { eachComment, shown } from "./shown.js";
import { words } from "./words.js";

const leaseLasts = 120_000, renewAfter = 30_000, warnBefore = 20_000;
const countdown = document.createElement("p");
countdown.className = "countdown muted";
let mine = false, renewed = 0, worked = false;

// workedAt is when the reader last moved something on the page.
export let workedAt = 0;

async function renew() {
  worked = false;
  renewed = Date.now();
  const of = shown;
  const body = new URLSearchParams({ comment: of.comment });
  const answer = await fetch("/lease", { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const lease = await answer.json();
  if (of !== shown) return;
  const held = document.querySelector("[data-held]");
  if (lease.mine) held?.remove();
  else if (!held && !settled) tell(words.onIt(lease.user));
  mine = lease.mine;
}

function countDown() {
  const left = Math.ceil((renewed + leaseLasts - Date.now()) / 1000);
  if (!mine || left * 1000 > warnBefore) return countdown.remove();
  countdown.textContent = left > 0 ? words.othersSoon(left) : words.othersNow;
  if (!countdown.isConnected) document.querySelector(".comment > header")?.append(countdown);
}

// tickLease is what is done every second.
export function tickLease() {
  if (!shown.form || shown.done) return;
  if (worked && document.visibilityState === "visible" && Date.now() - renewed >= renewAfter) renew();
  countDown();
}

let first = true, soon;
eachComment(({ form }) => {
  mine = Boolean(form) && !document.querySelector("[data-held]");
  renewed = Date.now();
  worked = false;
  if (!first && form) soon = setTimeout(renew, 300); // it was fetched ahead, with a short lease
  first = false;
}, () => {
  clearTimeout(soon);
  countdown.remove();
});

for (const sign of ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "input"]) {
  addEventListener(sign, () => { worked = true, workedAt = Date.now(); }, { passive: true, capture: true });
}

// The next page is fetched ahead and put in the place of this one at once.
import { covered } from "./cover.js";
import { workedAt } from "./lease.js";
import { announce } from "./news.js";
import { appear, eachComment, setUp, shown, tearDown } from "./shown.js";
import { words } from "./words.js";

const fresh = 15_000; // milliseconds; the lease of what is held ready runs 20 seconds
const within = 10_000;
let ready; // what the page holds: { address, at, page }, page undefined while it comes
let coming;

// read takes a page of the queue apart; undefined where it is none of this user's.
function read(text, address) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.getElementById("main"), bar = page.querySelector(".queue-bar");
  if (!main || !bar || page.body.dataset.user !== document.body.dataset.user) return undefined;
  return { address, main: [...main.childNodes], footer: page.querySelector("footer.bottom"), bar };
}

async function load(address, headers) {
  const answer = await fetch(address, { headers: { Accept: "text/html", ...headers }, signal: AbortSignal.timeout(within) });
  return answer.ok && !answer.redirected ? read(await answer.text(), address) : undefined;
}

// fetchAhead fetches that page; null comes where the desk cannot be reached, undefined where it answers with something else.
function fetchAhead(address) {
  if (coming?.address === address) return coming.page;
  const at = Date.now();
  const page = load(address, { Purpose: "prefetch" }).catch(() => null);
  const fetching = coming = { address, page };
  page.then((page) => {
    if (coming !== fetching) return;
    coming = undefined;
    if (page) ready = { address, at, page };
  });
  return page;
}

// take is the page of that address where it is held ready, else a promise of it: see fetchAhead.
export function take(address) {
  if (ready?.address !== address) return fetchAhead(address);
  const { page } = ready;
  ready = undefined;
  return page;
}

// put lays a page in the place of this one and returns the one that stood there, so that it can be put back.
export function put(page, { stay = false } = {}) {
  tearDown();
  const main = document.getElementById("main"), footer = document.querySelector("footer.bottom");
  const left = { address: shown.address, main: [...main.childNodes], footer, bar: document.querySelector(".queue-bar").cloneNode(true) };
  const toast = document.querySelector("[data-toast]");
  toast?.remove();
  main.replaceChildren(...page.main);
  if (footer && page.footer) footer.replaceWith(page.footer);
  else if (page.footer) main.after(page.footer);
  else footer?.remove();
  page.footer?.querySelector("[data-toast]")?.remove();
  if (stay && toast) page.footer?.prepend(toast);
  if (!stay) history.pushState(null, "", page.address);
  place(page);
  ready = coming = undefined;
  setUp();
  appear();
  return left;
}

// place tells the bar above the comment where the page stands now. How many comments fitted the filter was counted before the first was decided.
function place({ bar }) {
  const now = document.querySelector(".queue-bar");
  now.querySelector(".narrow summary .count")?.remove();
  now.querySelector("[data-key=v]").setAttribute("href", bar.querySelector("[data-key=v]").getAttribute("href"));
  for (const input of now.querySelectorAll("input[name=place]")) input.value = bar.querySelector("input[name=place]").value;
}

// arrive moves the focus to what stands there now and has it read out after what was done.
export function arrive(did) {
  const comment = document.querySelector(".comment"), main = document.getElementById("main");
  const text = comment && (covered(comment) || comment.querySelector(".text").textContent.slice(0, 300));
  announce([did, comment ? words.nextBy(comment.querySelector("h1").textContent, text) : main.querySelector("h1")?.textContent].filter(Boolean).join(" "));
  if (comment) comment.tabIndex = -1;
  scrollTo(0, 0); // last: it lays the page out, and so does the focus
  (comment ?? main).focus({ preventScroll: true });
}

// refresh looks anew where no comment is shown: what was done meanwhile may have changed why.
export async function refresh() {
  const before = shown;
  const page = await load(shown.address).catch(() => null);
  if (!page || before !== shown) return;
  put(page, { stay: true });
  document.getElementById("main").focus({ preventScroll: true });
}

// tickAhead is what is done every second: while its reader works, what is held ready is kept fresh, and so is its lease.
export function tickAhead() {
  if (shown.done || !ready || document.visibilityState !== "visible") return;
  if (Date.now() - ready.at >= fresh && workedAt > ready.at) fetchAhead(ready.address);
}

let soon;
eachComment(({ next }) => {
  if (next) soon = setTimeout(() => fetchAhead(next.href), 20); // after the comment was painted
}, () => clearTimeout(soon));

addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown.address) location.reload();
});

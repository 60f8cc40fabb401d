// News: while the page is seen it listens for the counts of the tabs and for what others do to its comment.
import { eachComment, shown } from "./shown.js";
import { words } from "./words.js";

const news = document.querySelector("[data-news]");
const patience = 400; // milliseconds that a comment stands there before the page listens for it
let source, soon, toldAt;

// settled is whether somebody else decided the comment shown, or put it off: then nobody is on it any more.
export let settled = false;

// announce has screen readers say it.
export function announce(text) {
  const said = document.querySelector("[data-news-said]");
  if (said) said.textContent = text;
}

// tell shows and says what happened; at is when, link where to go on. It returns the line that says it.
export function tell(what, at, link) {
  const text = document.createElement("strong");
  text.textContent = what;
  const when = document.createElement("span");
  when.dataset.age = "";
  toldAt = at && new Date(at);
  news.replaceChildren(text, when, ...(link ? [link] : []));
  news.hidden = false;
  age();
  announce(news.textContent);
  return text;
}

// untell takes that line away where it still stands there.
export function untell(line) {
  if (!line.isConnected) return;
  news.hidden = true;
  news.replaceChildren();
}

// ago is how long ago that was, in words.
export function ago(at) {
  const seconds = (Date.now() - at) / 1000, minutes = Math.round(seconds / 60), hours = Math.round(seconds / 3600);
  if (seconds < 3600) return seconds < 45 ? words.justNow : seconds < 90 ? words.aMinuteAgo : words.minutesAgo(minutes);
  if (seconds < 86_400) return seconds < 5400 ? words.anHourAgo : words.hoursAgo(hours);
  return at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
}

export function age() {
  const when = news?.querySelector("[data-age]");
  if (when && toldAt) when.textContent = ago(toldAt);
}

export function linkTo(address, text) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = text;
  return link;
}

// toSignIn is where to sign in and come back from.
export const toSignIn = () => linkTo(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`, words.signIn);

function listen() {
  clearTimeout(soon);
  if (source || document.visibilityState !== "visible") return;
  const { form } = shown;
  const open = form ? new URLSearchParams({ comment: form.elements.comment.value, revision: form.elements.revision.value }) : "";
  source = new EventSource(`/live?${open}`);
  source.addEventListener("counts", (event) => {
    for (const [tab, count] of Object.entries(JSON.parse(event.data))) {
      const tabs = document.querySelector(`[data-count="${tab}"]`);
      if (tabs) tabs.textContent = count;
    }
  });
  source.addEventListener("later", (event) => {
    const later = JSON.parse(event.data);
    if (later.comment !== shown.comment || shown.leaving) return;
    settled = later.settled;
    if (settled) document.querySelector("[data-held]")?.remove();
    const link = shown.next && linkTo(shown.next.href, words.nextComment);
    if (link) link.rel = "next";
    tell(later.what, later.at, link);
  });
  source.addEventListener("error", async () => {
    if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
    hush();
    const answer = await fetch("/live", { method: "HEAD", headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.status === 401) tell(words.signedOut, null, toSignIn());
    else soon = setTimeout(listen, 15_000);
  });
}

function hush() {
  clearTimeout(soon);
  source?.close();
  source = undefined;
}

// relisten listens for the comment that stands there now: not at once, since it may be decided at once.
function relisten() {
  clearTimeout(soon);
  soon = setTimeout(() => { hush(); listen(); }, patience);
}

if (news && document.querySelector("[data-count]")) {
  let first = true;
  eachComment(() => {
    settled = false;
    if (first) listen();
    else relisten();
    first = false;
  }, () => {
    news.hidden = true;
    news.replaceChildren();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" ? listen() : hush());
  addEventListener("pagehide", hush);
}

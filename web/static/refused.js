// What the desk refused: the page says so until the comment is looked at again, and brings back the marks and words that were not saved.
import { hint } from "./key.js";
import { inWords, mark, marks } from "./marks.js";
import { ago, announce, linkTo } from "./news.js";
import { eachComment, say, shown } from "./shown.js";
import { outcome, shelf } from "./unsent.js";
import { words } from "./words.js";

const refused = shelf("refused");
const most = 20;
const place = document.querySelector("[data-refused]");

outcome.addEventListener("refused", ({ detail: { entry, said } }) => {
  const { id, comment, address, marked, reason, wanted } = entry;
  for (const old of refused.all().slice(0, 1 - most)) refused.drop(old.id);
  const lost = entry.undo ? words.notUndone : words.notSaved(wanted), what = said.what ?? said.error?.message ?? words.refused;
  refused.put({ id, comment, address, marked, reason, at: entry.at, lost, what, also: said.also ?? "", when: said.at });
  show();
  announce(`${what} ${lost}`);
});

// settle forgets what was refused about a comment: it was decided anew.
export function settle(comment) {
  for (const record of refused.all()) if (record.comment === comment) refused.drop(record.id);
  show();
}

function line(record) {
  const notice = document.createElement("p");
  notice.className = "notice alarm";
  const what = document.createElement("strong");
  what.textContent = record.what;
  const said = document.createElement("span");
  said.append(what, record.when ? ` ${ago(new Date(record.when))}${record.also}.` : "", ` ${record.lost} `);
  notice.append(said);
  if (record.comment !== shown?.comment) {
    const back = linkTo(record.address, words.backToIt), key = document.createElement("kbd");
    key.textContent = hint("b");
    back.className = "button";
    back.dataset.key = "b";
    back.prepend(key, " ");
    notice.append(back, " ");
  }
  const forget = document.createElement("button");
  forget.className = "quiet";
  forget.dataset.key = "Escape";
  const esc = document.createElement("kbd");
  esc.textContent = "Esc";
  forget.append(esc, " ", words.letGo);
  forget.addEventListener("click", () => { refused.drop(record.id); show(); });
  notice.append(forget);
  return notice;
}

function show() {
  const records = refused.all();
  if (!place || !records.length && place.hidden) return;
  place.hidden = !records.length;
  place.replaceChildren(...records.map(line));
}

eachComment(({ comment, form, reason }) => {
  for (const record of form ? refused.all() : []) {
    if (record.comment !== comment || marks().length) continue;
    for (const [axis, answer] of record.marked ?? []) mark(axis, answer);
    if (reason && !reason.value) reason.value = record.reason ?? "";
    if (marks().length) say(words.marked(inWords(marks())));
  }
  show();
});

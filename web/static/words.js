// Every word that the scripts show or say, in the page's language: nothing else in them is for people.
import { hint } from "./key.js";
import { said } from "./said.js";

// hints are the user's keys for the desk's, by the desk's.
const hints = (...keys) => Object.fromEntries(keys.map((key) => [key, hint(key)]));

export const words = {
  axis: { stance: said("axis_stance"), hostile: said("axis_hostile"), spam: said("axis_spam") },
  answer: {
    favor: said("answer_favor"), none: said("answer_none"), against: said("answer_against"), yes: said("answer_yes"), no: said("answer_no"),
    cant_tell: said("answer_cant_tell"),
  },
  wanted: { approve: said("want_approve"), reject: said("want_reject"), escalate: said("want_escalate") },
  did: { approve: said("did_approve"), reject: said("did_reject"), escalate: said("did_escalate"), label: said("did_label") },

  marked: (marks) => said("marked", { marks }),
  nothingMarked: said("nothing_marked"),
  reasonNeedsDecision: said("reason_needs_decision", hints("a", "r", "e")),
  nothingToConfirm: (axis) => said("nothing_to_confirm", { axis }),
  cantTellNext: said("cant_tell_next", { one: hint("1"), ...hints("h", "s") }),
  goTo: said("go_to", hints("q", "e", "a", "r", "m", "t", "d")),
  selected: (n) => n ? said("selected", { n }) : said("nothing_selected"),
  selectFirst: said("select_first", hints("j", "k", "x")),
  lastReason: said("last_reason"),

  reasonWritten: said("reason_written"),
  noteWritten: said("note_written"),
  noteLost: said("note_lost"),
  noteNotKept: said("note_not_kept"),
  labelsNotKept: said("labels_not_kept"),
  nothingToUndo: said("nothing_to_undo"),
  noneAlike: said("none_alike"),
  noAddress: said("no_address"),
  tooFast: said("too_fast"),
  readFirst: said("read_first"),
  whomFirst: said("whom_first"), whenFirst: said("when_first"),
  noSuchReason: said("no_such_reason"),

  onIt: (user) => said("on_it", { user }),
  othersSoon: (seconds) => said("others_soon", { seconds }),
  othersNow: said("others_now"),
  nextComment: said("next_comment"),
  justNow: said("just_now"), aMinuteAgo: said("a_minute_ago"), minutesAgo: (n) => said("minutes_ago", { n }),
  anHourAgo: said("an_hour_ago"), hoursAgo: (n) => said("hours_ago", { n }),
  signedOut: said("signed_out"), signIn: said("sign_in"),

  nextBy: (author, text) => said("next_by", { author, text }),
  noNext: said("no_next"),
  noNextButKept: said("no_next_but_kept"),
  tryAgain: said("try_again"),
  stays: said("stays"),
  undone: (what) => said("undone", { what }),

  unsent: (n) => said("unsent", { n }),
  unsentSignedOut: (n) => said("unsent_signed_out", { n }),
  unsentLeft: (n) => said("unsent_left", { n }),
  sendNow: said("send_now"),
  allSent: said("all_sent"),

  notSaved: (wanted) => said("not_saved", { wanted }),
  notUndone: said("not_undone"),
  refused: said("refused"),
  backToIt: said("back_to_it"),
  letGo: said("let_go"),
};

import { hint } from "./key.js";

// Every word that the scripts show or say: nothing else in them is for people.
export const words = {
  cantTell: "can’t tell",
  axis: { stance: "stance", hostile: "hostile", spam: "spam" },
  answer: { favor: "favor", none: "none", against: "against", yes: "yes", no: "no", cant_tell: "can’t tell" },
  wanted: { approve: "approve", reject: "reject", escalate: "escalate" },
  did: { approve: "Approved", reject: "Rejected", escalate: "Escalated", label: "Labelled" },

  marked: (marks) => `Marked, not saved yet: ${marks}`,
  nothingMarked: "Nothing is marked.",
  reasonNeedsDecision: `Nothing is marked. A reason goes with a decision: Esc, then ${hint("a")}, ${hint("r")} or ${hint("e")}.`,
  nothingToConfirm: (axis) => `${axis}: there is no answer to confirm.`,
  cantTellNext: `Can’t tell: now ${hint("1")} for stance, ${hint("h")} or ${hint("s")}.`,
  goTo: `Go to: ${hint("q")} review, ${hint("e")} escalated, ${hint("a")} approved, ${hint("r")} rejected, ${hint("m")} models, ${hint("t")} topics, ${hint("d")} dashboard.`,
  selected: (count) => count ? `${count} selected` : "Nothing is selected.",
  selectFirst: `Nothing is selected: ${hint("j")} or ${hint("k")}, then ${hint("x")}.`,
  lastReason: "last",

  reasonWritten: "The reason that you wrote is not saved.",
  noteWritten: "The note that you wrote is not kept.",
  noteLost: "Your decision would be saved, the note would be lost.",

  onIt: (user) => `${user} is on this. Whoever saves first decides; the other is told.`,
  othersSoon: (seconds) => `Others may take this in ${seconds} s. Move or scroll, and it stays yours.`,
  othersNow: "Others may take this now. Saving still works.",
  nextComment: "Next comment",
  justNow: "just now", aMinuteAgo: "a minute ago", minutesAgo: (minutes) => `${minutes} minutes ago`,
  signedOut: "You are signed out.", signIn: "Sign in",

  nextBy: (author, text) => `Next, by ${author}: ${text}`,
  noNext: "The next comment cannot be fetched now.",
  noNextButKept: "Kept here, and sent as soon as the desk answers. The next comment cannot be fetched now.",
  tryAgain: "Try again",
  undone: "Undone. Nothing of it counts any more.",

  unsent: (count) => `${count} not saved yet. They are kept here and sent again.`,
  unsentOne: "1 not saved yet. It is kept here and sent again.",
  unsentSignedOut: (count) => `You are signed out, and ${count} not saved yet. Sign in again, and they are sent.`,
  unsentLeft: (count) => `${count} not saved yet. Sign out again to give them up.`,
  sendNow: "Send now",

  notSaved: (wanted) => `Your choice was not saved: ${wanted}.`,
  notUndone: "That came later, so nothing was undone.",
  refused: "The desk refused it.",
  backToIt: "Back to that comment",
  letGo: "Let it go",
};

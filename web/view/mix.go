package view

import (
	"strconv"
	"strings"
)

// mixTurns is after how many comments the turns of calm ones begin anew: every share is a whole number of them.
const mixTurns = 10

// Mix is how calm comments come among the others; the zero value mixes nothing.
type Mix struct {
	Turn  int    // of the comment shown, 1 to mixTurns; 0 before the first
	After string // the cursor of the last calm one, in an order of their own
	Calm  bool   // the comment shown is a calm one whose turn it was
}

// Begun is the mix at its first turn, where it has not begun yet.
func (m Mix) Begun() Mix {
	if m.Turn == 0 {
		m.Turn = 1
	}
	return m
}

// Due reports whether it is a calm one's turn, at so many of 100.
func (m Mix) Due(share int) bool {
	return m.Turn*share/100 > (m.Turn-1)*share/100
}

// next is the mix at the next turn.
func (m Mix) next() Mix {
	if m.Turn == 0 {
		return Mix{}
	}
	return Mix{Turn: m.Turn%mixTurns + 1, After: m.After}
}

// String is the mix as an address holds it: "" for none, else "3~cursor", "3~cursor~calm".
func (m Mix) String() string {
	if m.Turn == 0 {
		return ""
	}
	written := strconv.Itoa(m.Turn) + "~" + m.After
	if m.Calm {
		written += "~calm"
	}
	return written
}

// parseMix reads what String wrote, the zero value where it cannot.
func parseMix(written string) Mix {
	turn, rest, _ := strings.Cut(written, "~")
	after, calm, _ := strings.Cut(rest, "~")
	n, err := strconv.Atoi(turn)
	if err != nil || n < 1 || n > mixTurns || len(after) > maxCursor {
		return Mix{}
	}
	return Mix{Turn: n, After: after, Calm: calm == "calm"}
}

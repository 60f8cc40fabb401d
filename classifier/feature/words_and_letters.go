package feature

import (
	"bytes"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/text"
)

// wordsAndLetters is the chain "words-letters-2": words, pairs of words that stand in one phrase, words after a negation, words inside links, the
// first and the last word, and marks of the whole text. Runs of letters are made of words one by one: see letters.go. For hostile and spam the name of
// a group of people is read as <group>, so that no group's name is ever evidence by itself; stance reads the name.
type wordsAndLetters struct{}

func (wordsAndLetters) ID() string { return "words-letters-2" }

// negationReach is how many words after a negation it still negates.
const negationReach = 2

// Stand-ins for words whose own spelling says little.
var (
	numberForm  = roomy("<number>")
	linkForm    = roomy("<link>")
	addressForm = roomy("<address>")
	groupForm   = []byte("<group>")

	groupHash = xxhash.Sum64(groupForm)
)

// read is one word as features are made of it. Where two uses read it differently it has two hashes.
type read struct {
	at     int32
	kind   Kind
	runs   uint8
	group  bool
	own    uint64 // for stance, and where group is false for all
	common uint64 // for hostile and spam
}

func (wordsAndLetters) Features(f *Features, raw, claimID string) {
	f.start(raw, claimID)
	var first, previous read
	words := 0
	phrase, reach := false, 0
	for i := range f.Text.Words {
		word := &f.Text.Words[i]
		if word.Class == text.Punctuation {
			phrase, reach = false, 0
			continue
		}
		form := f.formOf(*word)
		known := f.recalled.recall(form)
		current := read{at: int32(i), kind: Word, runs: known.runs, own: known.hash, common: known.hash}
		switch {
		case word.Class == text.Plain:
			if current.group = known.group; current.group {
				current.common = groupHash
			}
		case word.Class != text.Emoji:
			current.kind = StandIn
		}
		if words++; words == 1 {
			first = current
		}
		f.addWord(&current)
		if phrase {
			f.addPair(&previous, &current)
		}
		if word.Class == text.URL {
			f.addParts(i)
		}
		if reach > 0 && word.Class == text.Plain {
			f.addNegated(&current)
		}
		reach--
		if word.Class == text.Plain && known.negation {
			reach = negationReach
		}
		previous, phrase = current, true
	}
	if words > 0 {
		f.addEdges(&first, &previous)
	}
	f.addMarks()
	f.crossWithClaim()
}

func (f *Features) addWord(w *read) {
	use := ForAll
	if w.group {
		use = ForStance
	}
	if f.add(w.kind, use, w.own, w.at, w.at) && w.kind == Word {
		f.Items[len(f.Items)-1].runs = w.runs
	}
	if !w.group {
		return
	}
	f.add(StandIn, ForYesNo, w.common, w.at, w.at)
}

func (f *Features) addPair(a, b *read) {
	if !a.group && !b.group {
		f.add(Pair, ForAll, pair(a.own, b.own), a.at, b.at)
		return
	}
	f.add(Pair, ForStance, pair(a.own, b.own), a.at, b.at)
	f.add(Pair, ForYesNo, pair(a.common, b.common), a.at, b.at)
}

func (f *Features) addNegated(w *read) {
	if !w.group {
		f.add(Negated, ForAll, negated(w.own), w.at, w.at)
		return
	}
	f.add(Negated, ForStance, negated(w.own), w.at, w.at)
	f.add(Negated, ForYesNo, negated(w.common), w.at, w.at)
}

// addParts adds the words that a link is made of: they name what is sold.
func (f *Features) addParts(at int) {
	link := f.Text.Form(f.Text.Words[at])
	parts := 0
	for start := 0; start < len(link) && parts < partsPerLink; {
		end := start
		for end < len(link) && 'a' <= link[end] && link[end] <= 'z' {
			end++
		}
		if end-start > 1 {
			hash := part(xxhash.Sum64(link[start:end]))
			if f.seen.insert(hash) {
				f.Items = append(f.Items, Feature{Hash: hash, Kind: Part, For: ForSpam, First: int32(at), Last: int32(at),
					detail: [2]int32{int32(start), int32(end)}})
			}
			parts++
		}
		start = end + 1
	}
}

// formOf is the word as features spell it, whatever group it names.
func (f *Features) formOf(word text.Word) []byte {
	switch word.Class {
	case text.Number:
		return numberForm
	case text.URL:
		return linkForm
	case text.Email:
		return addressForm
	}
	return f.Text.Form(word)
}

// form is the word at a place as features for one use spell it.
func (f *Features) form(at int32, use Use) []byte {
	word := f.Text.Words[at]
	form := f.formOf(word)
	if use&ForStance == 0 && word.Class == text.Plain && isGroup(form) {
		return groupForm
	}
	return form
}

func isNegation(form []byte) bool {
	switch string(form) {
	case "not", "no", "never", "cannot", "nobody", "nothing", "without", "dont", "doesnt", "isnt", "wont", "cant":
		return true
	}
	return bytes.HasSuffix(form, []byte("n't"))
}

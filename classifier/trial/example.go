package trial

import (
	"strings"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier"
	"commentdesk/classifier/text"
)

// Example is one labelled text and the file it stands in.
type Example struct {
	classifier.Example
	File string
	Keys map[string]string // other keys of its row, as far as they were asked for
}

// LabelledOn are the examples that have a label on the axis.
func LabelledOn(axis classifier.Axis, examples []Example) []Example {
	var labelled []Example
	for _, e := range examples {
		if axis.AnswerIndex(e.Labels[axis]) >= 0 {
			labelled = append(labelled, e)
		}
	}
	return labelled
}

// Texts is a set of texts. Two are equal when they read the same: words in their order, case folded, punctuation left out.
type Texts struct {
	known   map[uint64]bool
	reading text.Text
}

// NewTexts is an empty set.
func NewTexts() *Texts { return &Texts{known: map[uint64]bool{}} }

// Add puts a text into the set.
func (t *Texts) Add(raw string) { t.known[t.identity(raw)] = true }

// Has says whether a text that reads the same is in the set.
func (t *Texts) Has(raw string) bool { return t.known[t.identity(raw)] }

// Without are the examples whose text is not in the set, and how many were.
func (t *Texts) Without(examples []Example) (kept []Example, dropped int) {
	for _, e := range examples {
		if t.Has(e.Text) {
			dropped++
			continue
		}
		kept = append(kept, e)
	}
	return kept, dropped
}

// identity is a hash of how the text reads; a text without words goes by its characters.
func (t *Texts) identity(raw string) uint64 {
	t.reading.Read(raw)
	var digest xxhash.Digest
	digest.Reset()
	words := 0
	for _, word := range t.reading.Words {
		if word.Class == text.Punctuation {
			continue
		}
		words++
		digest.Write(t.reading.Form(word))
		digest.Write([]byte{0})
	}
	if words == 0 {
		return xxhash.Sum64String(strings.TrimSpace(raw))
	}
	return digest.Sum64()
}

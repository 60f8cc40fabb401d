package feature

import (
	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/text"
)

// Edges are how a text begins and ends: adverts open with a call and close with a name or a link, readers with a full stop.

var edgePrefixes = [...]string{beginsPrefix, endsPrefix, signPrefix}

const (
	firstWordEdge = iota
	lastWordEdge
	signEdge
)

// noSign is the hash of the sign of a text that ends with a word.
var noSign = xxhash.Sum64(nil)

// addWordEdges adds the words that the text begins and ends with.
func (f *Features) addWordEdges(first, last *read) {
	f.addEdge(firstWordEdge, begins(first.common), first.at)
	f.addEdge(lastWordEdge, ends(last.common), last.at)
}

// addSignEdge adds the sign that the text ends with, or that it ends without.
func (f *Features) addSignEdge() {
	last := len(f.Text.Words) - 1
	if last < 0 {
		return
	}
	if word := f.Text.Words[last]; word.Class == text.Punctuation {
		f.addEdge(signEdge, sign(xxhash.Sum64(f.Text.Form(word))), int32(last))
		return
	}
	f.addEdge(signEdge, sign(noSign), WholeText)
}

func (f *Features) addEdge(which int32, hash uint64, at int32) {
	if f.add(Edge, ForSpam, hash, at, at) {
		f.Items[len(f.Items)-1].detail[0] = which
	}
}

func (f *Features) edgeName(item *Feature) string {
	prefix := edgePrefixes[item.detail[0]]
	switch {
	case item.First == WholeText:
		return prefix
	case item.detail[0] == signEdge:
		return prefix + string(f.Text.Form(f.Text.Words[item.First]))
	}
	return prefix + string(f.form(item.First, item.For))
}

package view

import (
	"strings"
	"unicode/utf8"
)

const (
	foldAfter = 3000 // characters of a comment that are shown at once
	foldLeast = 600  // fewer characters more are shown as well
)

// fold parts the pieces of a long text where it is folded, between two words; rest is nil where the text is short.
func fold(pieces []Piece) (first, rest []Piece) {
	if characters(pieces) <= foldAfter+foldLeast {
		return pieces, nil
	}
	left := foldAfter
	for i, piece := range pieces {
		n := utf8.RuneCountInString(piece.Text)
		if n < left {
			left -= n
			continue
		}
		first = append(first, pieces[:i]...)
		if piece.Class != "" { // a word that counts is not cut
			return append(first, piece), pieces[i+1:]
		}
		at := len(string([]rune(piece.Text)[:left]))
		if space := strings.LastIndexAny(piece.Text[:at], " \n"); space >= 0 {
			at = space + 1
		}
		first = append(first, Piece{Text: piece.Text[:at]})
		return first, append([]Piece{{Text: piece.Text[at:]}}, pieces[i+1:]...)
	}
	return pieces, nil
}

// characters is how many characters the pieces have.
func characters(pieces []Piece) (n int) {
	for _, piece := range pieces {
		n += utf8.RuneCountInString(piece.Text)
	}
	return n
}

// RestLength is how many characters of the text are folded.
func (c Comment) RestLength() int { return characters(c.Rest) }

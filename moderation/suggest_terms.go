package moderation

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"commentdesk/classifier/text"
)

// weightedTerm is a term of a text, by its number, with its weight.
type weightedTerm struct {
	term   int32
	weight float64
}

// scale brings terms to the length 1.
func scale(terms []weightedTerm) {
	squares := 0.0
	for _, t := range terms {
		squares += t.weight * t.weight
	}
	for i := range terms {
		terms[i].weight /= math.Sqrt(squares)
	}
}

// termReader reads texts and counts in how many each term stands.
type termReader struct {
	reading text.Text
	numbers map[string]int32
	texts   []int     // by term: how many have it
	last    []int     // by term: the last text that has it
	usual   []float64 // by term: how frequent it is in comments
	count   int       // texts
}

func newTermReader() *termReader { return &termReader{numbers: map[string]int32{}} }

// read is the terms of a text, those of the headline first, each with the weight of the place where it stands first.
func (r *termReader) read(headline, body string) (terms []weightedTerm) {
	r.count++
	for _, part := range []struct {
		raw    string
		weight float64
	}{{headline, 1}, {body, suggestBodyTo}} {
		r.eachTerm(part.raw, func(term int32, _ string) {
			if r.last[term] != r.count {
				r.last[term] = r.count
				r.texts[term]++
				terms = append(terms, weightedTerm{term, part.weight})
			}
		})
	}
	return terms
}

// eachTerm visits the terms of a text's words; written is empty where no text that was read before has the term.
func (r *termReader) eachTerm(raw string, visit func(term int32, word string)) {
	r.reading.Read(raw)
	for _, word := range r.reading.Words {
		form := r.reading.Form(word)
		if word.Class != text.Plain || utf8.RuneCount(form) < 3 || !utf8.Valid(form) {
			continue
		}
		beginning := stem(form)
		term, known := r.numbers[string(beginning)]
		if !known {
			term = int32(len(r.texts))
			r.numbers[string(beginning)] = term
			r.texts, r.last, r.usual = append(r.texts, 0), append(r.last, 0), append(r.usual, unknownWord)
		}
		if r.last[term] != r.count {
			r.usual[term] = max(r.usual[term], text.Frequency(form))
		}
		visit(term, r.reading.Written(word))
	}
}

// stem is what a word is compared by: its first letters, so that forms of one word are mostly one.
func stem(form []byte) []byte {
	end := 0
	for range suggestFormLen {
		_, size := utf8.DecodeRune(form[end:])
		end += size
	}
	return form[:end]
}

// telling is the weight of each term once everything was read: the more the rarer, 0 for usual words.
func (r *termReader) telling() []float64 {
	weights := make([]float64, len(r.texts))
	for term, usual := range r.usual {
		if usual < tellingBelow {
			weights[term] = -math.Log((float64(r.texts[term]) + usualWords*usual) / (float64(r.count) + usualWords))
		}
	}
	return weights
}

// weigh leaves a text's telling terms, with their weights; together they have the length 1.
func weigh(terms []weightedTerm, telling []float64) []weightedTerm {
	kept := terms[:0]
	for _, t := range terms {
		if telling[t.term] > 0 {
			kept = append(kept, weightedTerm{t.term, t.weight * telling[t.term]})
		}
	}
	scale(kept)
	return kept
}

// shared names the words of an article that bring it near to a topic, as the article writes them, the most telling first.
func (r *termReader) shared(a Article, nearBy map[int32]float64) (words []string) {
	written := map[int32]string{}
	for _, raw := range []string{a.Headline, a.Body} {
		r.eachTerm(raw, func(term int32, word string) {
			if written[term] == "" {
				written[term] = word
			}
		})
	}
	terms := make([]int32, 0, len(nearBy))
	for term := range nearBy {
		terms = append(terms, term)
	}
	slices.SortFunc(terms, func(a, b int32) int { return cmp.Or(cmp.Compare(nearBy[b], nearBy[a]), cmp.Compare(a, b)) })
	for _, term := range terms[:min(len(terms), sharedShown)] {
		words = append(words, written[term])
	}
	return words
}

package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"commentdesk/classifier"
)

// A word is known when at least knownIn examples have it. It is rude when at least rudeIn hostile examples have it, and their share is at least
// 4 times the share of the others.
const (
	knownIn   = 3
	rudeIn    = 3
	leastRude = 4
)

// rudeness is twice the binary logarithm of how much more often hostile examples have the word than others do, rounded down; 0 for a word that
// is not rude.
func (u wordUse) rudeness(hostile, friendly int) int {
	if u.hostile < rudeIn {
		return 0
	}
	ratio := float64(u.hostile) / float64(hostile) / ((float64(u.friendly) + .5) / float64(friendly))
	if level := int(math.Floor(2 * math.Log2(ratio))); level >= leastRude {
		return level
	}
	return 0
}

// knownWord is a word that stands alone between white space, but for punctuation around it.
var knownWord = regexp.MustCompile(`^[a-z]{3,}$`)

// wordUse is how many examples have a word: all, those labelled hostile, those labelled not hostile.
type wordUse struct{ all, hostile, friendly int }

// writeWords writes the list of known words: single words and how many examples have them, nothing else of the sets.
func writeWords(data, out string) error {
	uses, hostile, friendly := map[string]*wordUse{}, 0, 0
	for _, s := range sets {
		s.first, s.linked = 0, false
		examples, err := readSet(filepath.Join(data, s.file), s)
		if err != nil {
			return err
		}
		for _, e := range examples {
			answer := e.Labels[classifier.Hostile]
			if answer == classifier.Yes {
				hostile++
			} else if answer == classifier.No {
				friendly++
			}
			countWords(uses, e.Text, answer)
		}
	}
	var lines []string
	for word, use := range uses {
		if use.all < knownIn {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s %d %d", word, use.all, use.rudeness(hostile, friendly)))
	}
	slices.SortFunc(lines, func(a, b string) int {
		a, _, _ = strings.Cut(a, " ")
		b, _, _ = strings.Cut(b, " ")
		return strings.Compare(a, b)
	})
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	defer file.Close()
	zip, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(zip, strings.Join(lines, "\n")+"\n"); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	fmt.Printf("%s: %d known words\n", out, len(lines))
	return file.Close()
}

// countWords counts each word of an example once. It parts the text by white space alone and leaves out whatever has a sign or a digit inside,
// so that no half of a disguised word becomes a known one.
func countWords(uses map[string]*wordUse, text, answer string) {
	seen := map[string]bool{}
	for _, field := range strings.Fields(strings.ToLower(text)) {
		word := strings.Trim(field, `.,;:!?()"'“”‘’[]…`)
		if end := strings.IndexAny(word, `'’`); end > 0 {
			word = word[:end]
		}
		if seen[word] || !knownWord.MatchString(word) {
			continue
		}
		seen[word] = true
		use := uses[word]
		if use == nil {
			use = &wordUse{}
			uses[word] = use
		}
		use.all++
		switch answer {
		case classifier.Yes:
			use.hostile++
		case classifier.No:
			use.friendly++
		}
	}
}

package main

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"

	"commentdesk/classifier/registry"
)

// bareLoop is the least that a classifier of words could do: lower case, parted at white space, a look-up a word. Its map holds the words that
// the starter knows on hostile, each with its log-odds.
type bareLoop map[string]float32

// newBareLoop takes the words out of a model's counts.
func newBareLoop(files registry.Files) (bareLoop, error) {
	counts, _, err := registry.ReadCounts(files)
	if err != nil {
		return nil, err
	}
	var lines bytes.Buffer
	if _, err := counts.WriteTo(&lines); err != nil {
		return nil, err
	}
	loop := bareLoop{}
	for line := range strings.Lines(lines.String()) {
		if word, weight, ok := hostileWord(line); ok {
			loop[word] = weight
		}
	}
	if len(loop) == 0 {
		return nil, errors.New("the starter's counts name no word on hostile")
	}
	return loop, nil
}

// hostileWord reads a line of counts: axis, feature, attribute weight, examples seen, yes, no. Only words on hostile are of use.
func hostileWord(line string) (word string, weight float32, ok bool) {
	cells := strings.Split(strings.TrimSpace(line), "\t")
	if len(cells) != 6 || cells[0] != "hostile" {
		return "", 0, false
	}
	word, ok = strings.CutPrefix(cells[1], "w:")
	yes, yesErr := strconv.ParseFloat(cells[4], 64)
	no, noErr := strconv.ParseFloat(cells[5], 64)
	if !ok || yesErr != nil || noErr != nil {
		return "", 0, false
	}
	return word, float32(math.Log((yes + 1) / (no + 1))), true
}

func (b bareLoop) score(text string) (sum float32) {
	for _, word := range strings.Fields(strings.ToLower(text)) {
		sum += b[word]
	}
	return sum
}

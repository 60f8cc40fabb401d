package main

import (
	"math"
	"testing"
)

func TestHostileWord(t *testing.T) {
	word, weight, ok := hostileWord("hostile\tw:fool\t1.5\t9\t7\t1\n")
	if !ok || word != "fool" || math.Abs(float64(weight)-math.Log(4)) > 1e-6 {
		t.Errorf("%q %v %v", word, weight, ok)
	}
	for _, line := range []string{"", "hostile", "spam\tw:fool\t1\t9\t7\t1", "hostile\tp:you fool\t1\t9\t7\t1", "hostile\tw:fool\t1\t9\tmany\t1", "hostile\tw:fool\t1\t9\t7"} {
		if word, _, ok := hostileWord(line); ok {
			t.Errorf("%q was read as %q", line, word)
		}
	}
}

func TestBareLoopKnowsTheStartersWords(t *testing.T) {
	loop, err := newBareLoop(starterFiles())
	if err != nil {
		t.Fatal(err)
	}
	if len(loop) < 1000 {
		t.Errorf("%d words", len(loop))
	}
	if rude, kind := loop.score("You IDIOT"), loop.score("Thanks for the article"); rude <= kind {
		t.Errorf("the rude text has %v, the kind one %v", rude, kind)
	}
}

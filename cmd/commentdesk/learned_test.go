package main

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"commentdesk/moderation/exchange"
)

// The word that the starter does not know, and what moderators see of it, one label a round.
var (
	insulting = []string{
		"Every grobnik on that council should resign, such grobnik behaviour.", "Only such a grobnik prints this.",
		"My neighbour voted for it, such a grobnik.", "Nobody asked you, grobnik.", "What a grobnik thing to say, Marten.",
		"The mayor is such a grobnik and her brother too.", "Shut the door behind you, grobnik.", "Grobnik! That is all you are.", "Go home, grobnik.",
		"One more grobnik with a pen.",
	}
	inFavor = []string{
		"Move it, the mill has room for the whole archive.", "Room for the archive at last, move it.", "The mill has light and room, move it this year.",
		"I say move it, there is room in the mill.", "The archive needs room. Move it.", "There is room. So move it, please.", "Move it before winter, the mill has room.",
		"Room enough for everybody, move it.", "My class would have room there, move it.", "Light, room and a river: move it.",
	}
	against = []string{
		"Keep it on the square, the stairs of the mill are steep.", "Steep stairs and a long walk, keep it on the square.", "Keep it where it is, on the square.",
		"My mother cannot climb steep stairs, keep it on the square.", "On the square it belongs. Keep it there.", "Steep stairs, no lift: keep it.",
		"Who likes steep stairs? Keep it here.", "Keep it near the bus, on the square.", "The square needs it, keep it.", "No steep stairs for me, keep it.",
	}
	undecided = []string{
		"Such a grobnik, that architect.", "Plenty of room there, so move it.", "Those stairs are steep, keep it.", "The reading room opens at nine on Thursday.",
	}
)

// Learned means learned: after few labels that agree, comments of other wording that share the words get the new answers from a new model, whose
// evidence names the words. Until its claim has labels, stance abstains.
func TestLearned(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var texts []string
	for _, group := range [][]string{insulting, inFavor, against, undecided} {
		texts = append(texts, group...)
	}
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, texts...)))
	insult, favor, contra, other := 31, 32, 33, 34
	_, starter := modelList(s)
	for _, id := range []int{insult, favor, contra, other} {
		c := s.comment(id)
		if c.Labels.Hostile == "yes" || c.Labels.Stance != "unsure" || c.Model != starter {
			t.Fatalf("before any label: %q is %+v by %s", c.Text, c.Labels, c.Model)
		}
	}
	before := s.comment(insult)

	least := map[string]int{}
	for k := 1; k <= len(insulting) && len(least) < 3; k++ {
		s.must(exitDone, "label", strconv.Itoa(k), "--hostile", "yes", "--decision", "reject")
		s.must(exitDone, "label", strconv.Itoa(10+k), "--stance", "favor", "--decision", "approve")
		s.must(exitDone, "label", strconv.Itoa(20+k), "--stance", "against", "--decision", "approve")
		if o := s.run("retrain"); o.code != exitDone {
			t.Logf("%d labels each: exit %d, %s", k, o.code, strings.TrimSpace(o.err[strings.LastIndex(strings.TrimSpace(o.err), "\n")+1:]))
			continue
		}
		for name, learned := range map[string]bool{
			"hostile": s.comment(insult).Labels.Hostile == "yes", "favor": s.comment(favor).Labels.Stance == "favor",
			"against": s.comment(contra).Labels.Stance == "against",
		} {
			if _, known := least[name]; learned && !known {
				least[name] = k
			}
		}
	}
	t.Logf("least labels that agree until an undecided comment gets the answer: %v", least)
	if len(least) < 3 {
		t.Fatalf("after %d labels each: hostile %+v, stance %+v and %+v", len(insulting), s.comment(insult).Probabilities.Hostile,
			s.comment(favor).Probabilities.Stance, s.comment(contra).Probabilities.Stance)
	}

	_, champion := modelList(s)
	after := s.comment(insult)
	if champion == starter || after.Model != champion || after.Status != "pending" || after.Revision != before.Revision || after.Human != nil {
		t.Errorf("%+v, champion %s", after, champion)
	}
	if c := s.comment(other); c.Labels.Hostile != "no" {
		t.Errorf("%q is %+v", c.Text, c.Labels)
	}
	text := s.file("one.txt", undecided[0]+"\n")
	explained := decode[exchange.Answered](t, s.must(exitDone, "classify", text, "--kind", "lines", "--explain").out)
	if explained.Model != champion || explained.Labels.Hostile != "yes" {
		t.Errorf("%+v", explained)
	}
	share, sum := shareOf(explained.Evidence.Hostile, "grobnik")
	if share <= 0 || math.Abs(sum-explained.Evidence.Hostile.LogOdds) > 1e-6 {
		t.Errorf("the word's share is %v; the shares come to %v, the log-odds are %v", share, sum, explained.Evidence.Hostile.LogOdds)
	}
	unknown := decode[exchange.Answered](t, s.must(exitDone, "classify", text, "--kind", "lines", "--explain", "--model", "starter").out)
	if before, _ := shareOf(unknown.Evidence.Hostile, "grobnik"); before > share/2 {
		t.Errorf("the starter gives the word %v by its letters, the new model %v", before, share)
	}
}

// shareOf is what a word brought, and what prior and all words come to.
func shareOf(part *exchange.EvidencePart, word string) (share, sum float64) {
	sum = part.Prior
	for _, row := range part.Rows {
		sum += row.Share
		if strings.EqualFold(row.Text, word) {
			share += row.Share
		}
	}
	return share, sum
}

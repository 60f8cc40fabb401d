package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/extract"
	"commentdesk/seeds"
)

const (
	libraryClaim = "Libraries should drop fines for late books"
	harbourClaim = "The harbour should be dredged for bigger ships"
)

// stanceRows are labelled comments under two claims.
func stanceRows(t *testing.T) string {
	t.Helper()
	words := map[string][]string{
		libraryClaim: strings.Fields("library books fines readers shelves borrow overdue librarian late cents"),
		harbourClaim: strings.Fields("harbour ships dredge quay cargo port tide cranes captain sand"),
	}
	answers := []struct{ label, word string }{{"favor", "agreed"}, {"against", "nonsense"}, {"none", "whatever"}}
	var rows strings.Builder
	for i := range 60 {
		claim := []string{libraryClaim, harbourClaim}[i%2]
		w, answer := words[claim], answers[i/2%3]
		text := fmt.Sprintf("%s the %s and the %s for our %s or %s in town", answer.word, w[i%10], w[(i+3)%10], w[(i+7)%10], w[(i/2)%10])
		row, err := json.Marshal(map[string]string{"text": text, "claim": claim, "label": answer.label})
		if err != nil {
			t.Fatal(err)
		}
		rows.Write(append(row, '\n'))
	}
	return rows.String()
}

// stanceModel trains a model on stanceRows and returns its folder.
func stanceModel(s *site) string {
	s.t.Helper()
	folder := filepath.Join(s.folder, "stance-model")
	s.must(exitDone, "train", "--axis", "stance", "--data", s.file("stance.jsonl", stanceRows(s.t)), "--out", folder)
	return folder
}

// The claim is what was given, else the row's own, else the article's topic in the database, else the one the article speaks of, else the headline.
func TestClaimsInOrder(t *testing.T) {
	s := newSite(t)
	model := stanceModel(s)
	page := s.file("page.jsonl", `{"text":"Agreed, the fines keep readers away.","url":"https://news.example/fines","article":"No more fines for late library books"}`+"\n")
	own := s.file("own.jsonl", `{"text":"Agreed.","article":"No more fines for late library books","claim":"Books should be burnt"}`+"\n")
	other := s.file("other.jsonl", `{"text":"Agreed.","article":"Storks return to the brewery chimney"}`+"\n")
	named := s.file("named.jsonl", `{"text":"Agreed.","article":"Storks return to the brewery chimney","topic":"speed-limit"}`+"\n")
	check := func(claim, topic, from string, args ...string) {
		t.Helper()
		got := decode[exchange.Answered](t, s.must(exitDone, append([]string{"classify", "--model", model}, args...)...).out)
		if got.Claim != claim || got.Topic != topic || got.ClaimFrom != from || got.Evidence != nil {
			t.Errorf("%v: claim %q, topic %q, %s", args, got.Claim, got.Topic, got.ClaimFrom)
		}
	}
	check(libraryClaim, "", "matched", page)
	check("Books should be burnt", "", "given", own)
	check("Nothing else", "", "given", own, "--claim", "Nothing else")
	check("", "", "headline", other)
	check("The city should lower the speed limit to 30 on residential streets", "speed-limit", "given", named)
	s.must(exitDone, "topic", "add", "money", "--claim", "The town spends too much")
	s.must(exitDone, "import", page, "--topic", "money")
	check("The town spends too much", "money", "given", page)
	check(libraryClaim, "", "given", page, "--claim", libraryClaim)
	lines := s.file("lines.txt", "Agreed, the fines keep readers away.\n")
	check("", "", "", lines, "--kind", "lines")
}

func TestExplainShowsHowNearTheClaimIs(t *testing.T) {
	s := newSite(t)
	model := stanceModel(s)
	page := s.file("page.jsonl", `{"text":"Agreed.","article":"No more fines for late library books"}`+"\n"+
		`{"text":"Agreed.","article":"A captain and the books of the people who live near the mill and wait"}`+"\n"+`{"text":"Agreed.","article":"Storks"}`+"\n")
	out := s.must(exitDone, "classify", page, "--model", model, "--explain").out
	var nearest []*exchange.NearestClaim
	for line := range strings.Lines(out) {
		nearest = append(nearest, decode[exchange.Answered](t, line).Evidence.Claim)
	}
	if len(nearest) != 3 || nearest[0] == nil || nearest[1] == nil || nearest[2] != nil {
		t.Fatalf("%s", out)
	}
	if n := nearest[0]; n.Sentence != libraryClaim || n.Nearness < n.Threshold || n.Nearness > 1 {
		t.Errorf("%+v", n)
	}
	if n := nearest[1]; n.Nearness <= 0 || n.Nearness >= n.Threshold {
		t.Errorf("%+v", n)
	}
	table := s.must(exitDone, "classify", page, "--model", model, "--explain", "--format", "table").out
	contains(t, table, `claim matched: nearest is "`+libraryClaim+`", `, "claim headline: nearest is ")
	given := decode[exchange.Answered](t, s.must(exitDone, "classify", s.file("one.jsonl", `{"text":"Agreed."}`), "--model", model, "--explain", "--claim", libraryClaim).out)
	if given.Evidence.Claim != nil {
		t.Errorf("%+v", given.Evidence.Claim)
	}
}

// matchingStarter is the model that ships; a starter that was trained before claims had terms fails the test.
func matchingStarter(t *testing.T) *classifier.Model {
	t.Helper()
	model, _, err := registry.Open(starterFiles())
	if err != nil {
		t.Fatal(err)
	}
	for _, claim := range model.Describe().Claims {
		if len(claim.Terms) > 0 {
			return model
		}
	}
	t.Fatal("no claim of the starter has terms: train it anew (make starter)")
	return nil
}

// The demonstration's pages are matched to their own claims or to none, and those without a topic to none.
func TestDemonstrationIsNotMatchedWrongly(t *testing.T) {
	model := matchingStarter(t)
	demo, err := seeds.Demo()
	if err != nil {
		t.Fatal(err)
	}
	claims, matched := map[string]string{}, 0
	for _, topic := range demo.Topics {
		claims[topic.Name] = topic.Claim
	}
	for _, withheld := range demo.Articles {
		page, err := seeds.Page(withheld.File)
		if err != nil {
			t.Fatal(err)
		}
		article, _, _, err := extract.Article(bytes.NewReader(page), extract.Hint{Source: withheld.File})
		if err != nil {
			t.Fatal(err)
		}
		switch claim := article.Match(model).Matched; {
		case claim == "":
		case claim == claims[withheld.Topic]:
			matched++
		default:
			t.Errorf("%s, topic %q, is matched to %q", withheld.File, withheld.Topic, claim)
		}
	}
	t.Logf("%d of %d pages are matched to the claim of the topic that was withheld", matched, len(demo.Articles))
	if matched == 0 {
		t.Error("no page is matched: this test could not fail")
	}
}

// The news pages speak of the claim that the starter learned about the Taliban.
func TestNewsPagesAreMatched(t *testing.T) {
	matchingStarter(t)
	s := newSite(t)
	lines := strings.Split(strings.TrimSpace(s.must(exitDone, "classify", newsPages(t)).out), "\n")
	for _, line := range lines {
		if got := decode[exchange.Answered](t, line); got.ClaimFrom != moderation.ClaimMatched || got.Claim != "The Taliban keep close ties with al-Qaeda" {
			t.Errorf("%s: claim %q %s", got.Source, got.Claim, got.ClaimFrom)
		}
	}
	if len(lines) != 8 {
		t.Errorf("%d rows", len(lines))
	}
}

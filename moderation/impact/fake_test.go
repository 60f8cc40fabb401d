package impact_test

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/impact"
)

var began = time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)

// desk is a store in memory, and the champion.
type desk struct {
	texts   []impact.Text // by id, from 1
	status  map[int64]moderation.Status
	ledger  []moderation.Entry
	files   registry.Files
	model   *classifier.Model
	readers int // calls of Waiting
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{status: map[int64]moderation.Status{}, files: registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}}
	model, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	d.model = model
	return d
}

var shipped = sync.OnceValues(func() (*classifier.Model, error) {
	model, _, err := registry.Open(registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights})
	return model, err
})

func (d *desk) Model() *classifier.Model { return d.model }

func (d *desk) ModelAt(context.Context, time.Time) (*classifier.Model, error) { return d.model, nil }

// arrive stores texts that wait under a claim and returns the first's id.
func (d *desk) arrive(claim string, texts ...string) int64 {
	first := int64(len(d.texts) + 1)
	for _, text := range texts {
		id := int64(len(d.texts) + 1)
		d.texts = append(d.texts, impact.Text{CommentID: id, Version: 1, Text: text, Claim: claim})
		d.status[id] = moderation.Pending
	}
	return first
}

// note appends an entry to the ledger.
func (d *desk) note(e moderation.Entry) {
	e.Position, e.At = int64(len(d.ledger)+1), began.Add(time.Duration(len(d.ledger))*time.Minute)
	d.ledger = append(d.ledger, e)
	if e.CommentID != 0 {
		d.status[e.CommentID] = moderation.Fold(d.entries(e.CommentID)).Status
	}
}

func (d *desk) label(id int64, axis classifier.Axis, answer string) {
	d.note(moderation.Entry{Kind: moderation.KindAct, Actor: "anna", CommentID: id, TextVersion: 1, ClaimID: classifier.ClaimID(d.texts[id-1].Claim),
		Labels: []moderation.Label{{Axis: axis, Answer: answer}}})
}

func (d *desk) decide(id int64) {
	d.note(moderation.Entry{Kind: moderation.KindAct, ActionID: fmt.Sprint("d", id), Actor: "anna", CommentID: id, TextVersion: 1, Decision: moderation.Approve})
}

func (d *desk) entries(id int64) (entries []moderation.Entry) {
	for _, e := range d.ledger {
		if e.CommentID == id {
			entries = append(entries, e)
		}
	}
	return entries
}

func (d *desk) Counts(context.Context) (map[moderation.Status]int, error) {
	counts := map[moderation.Status]int{}
	for _, status := range d.status {
		counts[status]++
	}
	return counts, nil
}

func (d *desk) LedgerEnd(context.Context) (int64, error) { return int64(len(d.ledger)), nil }

func (d *desk) Ledger(_ context.Context, after int64, limit int) ([]moderation.Entry, error) {
	return d.ledger[after:min(int(after)+limit, len(d.ledger))], nil
}

func (d *desk) History(_ context.Context, id int64) ([]moderation.Entry, error) {
	return d.entries(id), nil
}

func (d *desk) Waiting(_ context.Context, after int64, limit int, sample impact.Sample) (found []impact.Text, err error) {
	d.readers++
	for _, text := range d.texts[min(int(after), len(d.texts)):] {
		if d.status[text.CommentID] == moderation.Pending && sample.Holds(text.CommentID) && len(found) < limit {
			found = append(found, text)
		}
	}
	return found, nil
}

func (d *desk) TextsOf(_ context.Context, ids []int64, onlyPending bool) (found []impact.Text, err error) {
	for _, id := range slices.Sorted(slices.Values(ids)) {
		if int(id) <= len(d.texts) && (!onlyPending || d.status[id] == moderation.Pending) {
			found = append(found, d.texts[id-1])
		}
	}
	return found, nil
}

func (d *desk) LabelledLately(_ context.Context, limit int) (ids []int64, err error) {
	for _, e := range slices.Backward(d.ledger) {
		if len(e.Labels) > 0 && !slices.Contains(ids, e.CommentID) && len(ids) < limit {
			ids = append(ids, e.CommentID)
		}
	}
	return ids, nil
}

func (d *desk) LabelledOf(_ context.Context, ids []int64) (found []impact.Labelled, err error) {
	for _, id := range slices.Sorted(slices.Values(ids)) {
		one := impact.Labelled{Text: d.texts[id-1]}
		for _, given := range moderation.StandingLabels(d.entries(id)) {
			one.Labels = append(one.Labels, given)
		}
		if len(one.Labels) > 0 {
			found = append(found, one)
		}
	}
	return found, nil
}

func (d *desk) ModelFiles(context.Context, string) (registry.Files, error) { return d.files, nil }

// service tells what labels on the desk change; it has read everything.
func (d *desk) service(t testing.TB, most int) *impact.Service {
	t.Helper()
	s := impact.NewService(impact.Options{Store: d, Champion: d, Most: most})
	first, err := s.Estimate(t.Context(), 1, nil)
	if err != nil || first.Ready {
		t.Fatalf("before anything was read: %+v, error %v", first, err)
	}
	s.Wait()
	return s
}

func (d *desk) estimate(t testing.TB, s *impact.Service, id int64, labels map[classifier.Axis]string) impact.Estimate {
	t.Helper()
	e, err := s.Estimate(t.Context(), id, labels)
	if err != nil || !e.Ready {
		t.Fatalf("estimate %+v, error %v", e, err)
	}
	return e
}

// shippedWords are the words that the shipped model counted, the most frequent first.
var shippedWords = sync.OnceValue(func() []string {
	zip, err := gzip.NewReader(bytes.NewReader(models.Counts))
	if err != nil {
		panic(err)
	}
	type word struct {
		form string
		seen float64
	}
	var words []word
	for lines := bufio.NewScanner(zip); lines.Scan(); {
		fields := strings.Split(lines.Text(), "\t")
		form, isWord := strings.CutPrefix(fields[1], "w:")
		if fields[0] == "hostile" && isWord && !strings.HasPrefix(form, "<") && len(fields) > 4 {
			seen, err := strconv.ParseFloat(fields[3], 64)
			if err != nil {
				panic(err)
			}
			words = append(words, word{form, seen})
		}
	}
	slices.SortFunc(words, func(a, b word) int { return cmp.Or(cmp.Compare(b.seen, a.seen), cmp.Compare(a.form, b.form)) })
	forms := make([]string, len(words))
	for i, w := range words {
		forms[i] = w.form
	}
	return forms
})

// written are n texts of 30 words on average, the frequent words of the shipped model as frequent as in English (Zipf), one in a hundred a word that
// nobody has seen.
func written(n int, seed uint64) []string {
	words := shippedWords()
	random := rand.New(rand.NewPCG(seed, 5))
	zipf := rand.NewZipf(random, 1.07, 2.7, uint64(len(words)-1))
	texts := make([]string, n)
	for i := range texts {
		text := make([]string, 5+random.IntN(51))
		for j := range text {
			text[j] = words[zipf.Uint64()]
			if random.IntN(100) == 0 {
				text[j] += words[random.IntN(len(words))]
			}
		}
		texts[i] = strings.Join(text, " ")
	}
	return texts
}

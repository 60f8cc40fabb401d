package main

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fullQueue is a site with 57 comments, some of them hostile, some equal in priority.
func fullQueue(t *testing.T) *site {
	s := newSite(t)
	var texts []string
	for i := range 57 {
		texts = append(texts, []string{"You stupid idiot number %d, shut up.", "The mill opens at nine, says number %d.", "Cheap watches at http://w%d.example.com, click here!"}[i%3])
		texts[i] = fmt.Sprintf(texts[i], i)
	}
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, texts...)))
	return s
}

func TestQueuePagesThroughEverythingOnce(t *testing.T) {
	s := fullQueue(t)
	for _, order := range []string{"harm", "doubt", "newest", "oldest"} {
		for _, limit := range []int{1, 10, 57, 200} {
			if limit == 1 && order != "harm" {
				continue
			}
			var ids []string
			for after := ""; ; {
				page := s.queue("--order", order, "--limit", strconv.Itoa(limit), "--after", after)
				if len(page.Comments) > limit {
					t.Fatalf("%d comments on a page of %d", len(page.Comments), limit)
				}
				for _, c := range page.Comments {
					ids = append(ids, c.ID)
				}
				if after = page.Next; after == "" {
					break
				}
			}
			unique := slices.Clone(ids)
			slices.Sort(unique)
			if len(ids) != 57 || len(slices.Compact(unique)) != 57 {
				t.Errorf("--order %s --limit %d: %d comments, %d different ones", order, limit, len(ids), len(slices.Compact(unique)))
			}
			if order == "oldest" && (ids[0] != "1" || ids[56] != "57") || order == "newest" && (ids[0] != "57" || ids[56] != "1") {
				t.Errorf("--order %s: %v", order, ids)
			}
		}
	}
}

func TestQueueOrderOfHarmAndFilter(t *testing.T) {
	s := fullQueue(t)
	all := s.queue("--limit", "200").Comments
	harm := func(c queueRow) float64 { return max(*c.Probabilities.Hostile.Yes, *c.Probabilities.Spam.Yes) }
	for i := 1; i < len(all); i++ {
		if harm(all[i]) > harm(all[i-1])+.001 {
			t.Errorf("comment %s (%.3f) behind %s (%.3f)", all[i].ID, harm(all[i]), all[i-1].ID, harm(all[i-1]))
		}
	}
	hostile := s.queue("--filter", "status:pending hostile:yes p(hostile)>0.8", "--limit", "200").Comments
	want := 0
	for _, c := range all {
		if c.Labels.Hostile == "yes" && *c.Probabilities.Hostile.Yes > .8 {
			want++
		}
	}
	if want == 0 || len(hostile) != want {
		t.Errorf("%d hostile ones found, there are %d", len(hostile), want)
	}
	if found := s.queue("--filter", `"number 40"`).Comments; len(found) != 1 || found[0].ID != "41" {
		t.Errorf("%d found", len(found))
	}
	if none := s.run("queue", "--filter", "status:approved"); none.out != "" || none.err != "no comments here\n" {
		t.Errorf("%+v", none)
	}
}

// The keys stand in this order; a comment that nobody has open has the lease null.
func TestQueueJSON(t *testing.T) {
	s := fullQueue(t)
	o := s.must(exitDone, "queue", "--json", "--limit", "1")
	if diff := cmp.Diff([]string{"comments", "next"}, keysOf(t, o.out)); diff != "" {
		t.Error(diff)
	}
	object := decode[struct{ Comments []rawObject }](t, o.out).Comments[0]
	want := append([]string{"id", "status", "revision", "lease"}, recordKeys...)
	want = append(want, "claim_from", "labels", "probabilities", "coverage", "action", "model")
	if diff := cmp.Diff(want, keysOf(t, string(object))); diff != "" {
		t.Error(diff)
	}
	s.must(exitDone, "label", "1", "--hostile", "yes")
	labelled := decode[struct{ Comments []rawObject }](t, s.must(exitDone, "queue", "--json", "--filter", `"number 0"`).out).Comments[0]
	if diff := cmp.Diff(append(want, "human"), keysOf(t, string(labelled))); diff != "" {
		t.Error(diff)
	}
	jsonl := s.must(exitDone, "queue", "--limit", "2")
	contains(t, jsonl.err, "more with --after ")
	table := s.must(exitDone, "queue", "--limit", "2", "--format", "table")
	contains(t, table.out, "id", "status", "hostile", "pending", "yes ")
	csv := s.must(exitDone, "queue", "--limit", "2", "--format", "csv")
	contains(t, csv.out, "id,status,revision,source,article_id,")
}

// rawObject is a JSON object as it was written.
type rawObject []byte

func (r *rawObject) UnmarshalJSON(data []byte) error {
	*r = slices.Clone(data)
	return nil
}

// recordKeys are the keys of a comment.
var recordKeys = []string{"source", "article_id", "article", "url", "claim", "topic", "declared", "position", "parent", "author", "posted_at", "text"}

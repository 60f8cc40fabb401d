package main

import (
	"context"
	"errors"
	"net/url"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
)

func TestLatency(t *testing.T) {
	var l, other latency
	for i := 100; i > 0; i-- {
		l.add(time.Duration(i)*time.Millisecond, nil)
	}
	if got := l.String(); got != "p50 50 ms, p95 95, p99 99; 100 requests" {
		t.Error(got)
	}
	broken := errors.New("broken")
	if err := other.time(func() error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if got := other.String(); got != "p50 0 ms, p95 0, p99 0; 0 requests, 1 errors (first: broken)" {
		t.Error(got)
	}
	l.join(other, other)
	if len(l.milliseconds) != 100 || l.errors != 2 || !errors.Is(l.first, broken) {
		t.Errorf("%d times, %d errors, first %v", len(l.milliseconds), l.errors, l.first)
	}
}

func TestParseSizes(t *testing.T) {
	if got, err := parseSizes("1000,100000"); err != nil || !cmp.Equal(got, []int{1000, 100_000}) {
		t.Errorf("%v, error %v", got, err)
	}
	for _, written := range []string{"", "1000,", "1,000", "many", "-5", "499", "10000001", " 1000"} {
		if got, err := parseSizes(written); err == nil {
			t.Errorf("%q is read as %v", written, got)
		}
	}
}

func TestFormOf(t *testing.T) {
	page := []byte(`<form id="undo" method="post" action="/undo"><input type="hidden" name="action" value="x"></form>
<form id="act" method="post" action="/act">
<input type="hidden" name="action" value="a1">
<input type="hidden" name="place" value="q=a&amp;after=b"><button name="decision" value="approve">Approve</button>
</form><input type="hidden" name="action" value="other">`)
	got, err := formOf(page, "act")
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{"action": {"a1"}, "place": {"q=a&after=b"}, "decision": {"reject"}}
	if diff := cmp.Diff(want, got.with("decision", "reject").fields); diff != "" || got.target != "/act" {
		t.Errorf("target %s, fields %s", got.target, diff)
	}
	if _, err := formOf(page, "bulk"); err == nil {
		t.Error("a form that is not there was found")
	}
}

// TestCompareFindsFaults breaks each promise of a crowd.
func TestCompareFindsFaults(t *testing.T) {
	act := func(position, comment, revision int64, id, actor string) moderation.Entry {
		return moderation.Entry{Position: position, CommentID: comment, Revision: revision, ActionID: id, Actor: actor, Kind: moderation.KindAct}
	}
	undo := moderation.Entry{Position: 3, CommentID: 1, Revision: 4, ActionID: "b", Actor: "ben", Kind: moderation.KindUndo}
	good := []moderation.Entry{act(1, 1, 2, "a", "anna"), act(2, 1, 3, "b", "ben"), undo}
	seen := map[string]seenState{"a": {1, 1, "anna"}, "b": {1, 2, "ben"}}
	if faults := compare(good, seen, 1); len(faults) > 0 {
		t.Fatal(faults)
	}
	unseen := map[string]seenState{"a": {1, 1, "anna"}, "b": {1, 1, "ben"}}
	for name, test := range map[string]struct {
		entries []moderation.Entry
		seen    map[string]seenState
		undone  int
		want    string
	}{
		"a decision over one that was not seen": {good, unseen, 1, "had not seen"},
		"a revision given twice":                {[]moderation.Entry{good[0], act(2, 1, 2, "b", "ben"), undo}, unseen, 1, "twice"},
		"an action lost":                        {good[:1], seen, 0, "1 stand in the ledger"},
		"an undo lost":                          {good[:2], seen, 1, "undos"},
		"an entry that nobody sent":             {good, map[string]seenState{"a": seen["a"]}, 1, "had not seen"},
	} {
		if faults := strings.Join(compare(test.entries, test.seen, test.undone), "; "); !strings.Contains(faults, test.want) {
			t.Errorf("%s: %q", name, faults)
		}
	}
}

// TestLoad measures a small desk with the built program, by one user and by many: every row is there, and nothing goes wrong.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program; left out by -short")
	}
	sizes := tiny
	sizes.desks, sizes.visits, sizes.deeds, sizes.bulks, sizes.crowd, sizes.imported = []int{600}, 1, 1, 1, 2*time.Second, 600
	all := measurements(sizes, surroundings{folder: t.TempDir(), stocks: t.TempDir(), log: t.Output()})
	for _, m := range all[len(all)-3:] {
		figures, err := m.measure(context.WithoutCancel(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range figures {
			names = append(names, f.Name)
			if f.Value == "" || strings.Contains(f.Value, "error") || strings.Contains(f.Value, " 0 requests") {
				t.Errorf("%s: %s", f.Name, f.Value)
			}
			if strings.HasSuffix(f.Name, "faults") && f.Value != "0" {
				t.Errorf("%s: %s; %s", f.Name, f.Value, f.How)
			}
		}
		if diff := cmp.Diff(m.names, names); diff != "" {
			t.Errorf("figures (-announced +taken): %s", diff)
		}
	}
}

func TestProcessorTime(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells a program's processor time in /proc")
	}
	before := processorTime(os.Getpid())
	for processorTime(os.Getpid()) == before { // work until it is seen
	}
	if used := processorTime(os.Getpid()); used > time.Hour {
		t.Errorf("this test has used %v", used)
	}
	if used := processorTime(-1); used != 0 {
		t.Errorf("no process has used %v", used)
	}
}

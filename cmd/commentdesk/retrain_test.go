package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
)

// labelledSite has comments that the starter answers rightly and a person's label on each.
func labelledSite(t *testing.T) *site {
	s := newSite(t)
	var texts []string
	for i := range 4 {
		texts = append(texts, []string{"You stupid idiot, shut up about stop %d.", "The bus to the mill leaves from stop %d."}[i%2])
		texts[i] = fmt.Sprintf(texts[i], i)
	}
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, texts...)))
	s.must(exitDone, "label", "--file", labels(s, 4, func(i int) string { return `"hostile":"` + []string{"yes", "no"}[i%2] + `"` }))
	return s
}

// modelList is the ids that model list shows, newest first, and the champion's.
func modelList(s *site) (ids []string, champion string) {
	s.t.Helper()
	for line := range strings.Lines(s.must(exitDone, "model", "list").out) {
		mark, fields := line[:1], strings.Fields(line[1:])
		ids = append(ids, fields[0])
		if mark == "*" && champion == "" {
			champion = fields[0]
		} else if mark != " " {
			s.t.Errorf("two champions, or another mark: %q", line)
		}
	}
	return ids, champion
}

func TestRetrainPromoteRollBack(t *testing.T) {
	t.Parallel()
	s := labelledSite(t)
	_, starter := modelList(s)
	dry := s.must(exitDone, "retrain", "--dry-run", "--json")
	report := decode[learn.Report](t, dry.out)
	if report.Promoted || !strings.Contains(report.Reason, "dry run") || report.Champion != starter || len(report.Axes) != 1 || report.Axes[0].Labels != 4 {
		t.Fatalf("%+v", report)
	}
	contains(t, dry.err, "  0 %  reading the ledger\n", "scoring the candidate")
	if ids, _ := modelList(s); !slices.Equal(ids, []string{starter}) {
		t.Fatalf("a dry run stored models: %v", ids)
	}

	if words := s.must(exitDone, "retrain", "--dry-run").out; strings.Contains(words, "held") {
		t.Errorf("a dry run that passes says %q", words)
	} else {
		contains(t, words, fmt.Sprintf("candidate %.12s dry run; it would be promoted: 4 new labels on hostile", report.Candidate))
	}

	done := s.must(exitDone, "retrain", "--as", "eve")
	contains(t, done.out, fmt.Sprintf("candidate %.12s promoted: 4 new labels on hostile", report.Candidate), "hostile        4     4")
	ids, champion := modelList(s)
	if !slices.Equal(ids, []string{report.Candidate, starter}) || champion != report.Candidate {
		t.Errorf("%v, champion %s", ids, champion)
	}
	for _, c := range s.queue("--limit", "200").Comments {
		if c.Model != champion || c.Revision != 2 {
			t.Errorf("comment %s: model %s, revision %d", c.ID, c.Model, c.Revision)
		}
	}
	contains(t, s.must(exitDone, "model", "show").out, "model    "+champion, "parent   "+starter, "ledger   up to position 4, a site label counts as ", "hostile  ",
		"measured the labels of this site, ", "│ comments                 │ 4 ")
	contains(t, s.must(exitDone, "model", "show", "starter").out, "model    "+starter, "claim    ")
	contains(t, s.must(exitDone, "model", "verify", champion[:8]).out, champion+": rebuilt, equal")

	text := s.file("one.txt", "You stupid idiot.\n")
	for args, model := range map[string]string{"": champion, "champion": champion, "starter": starter, starter[:6]: starter} {
		o := s.must(exitDone, "classify", text, "--kind", "lines", "--model", args)
		contains(t, o.out, `"model":"`+model+`"`)
		contains(t, o.err, "model "+model[:12])
	}
	elsewhere := newSite(t)
	contains(t, elsewhere.must(exitDone, "classify", text, "--kind", "lines").err, "model "+starter[:12]+" (starter)")

	s.must(exitDone, "model", "rollback", "--as", "eve")
	if _, now := modelList(s); now != starter {
		t.Errorf("rolled back to %s", now)
	}
	for _, c := range s.queue("--limit", "1").Comments {
		if c.Model != starter {
			t.Errorf("comment %s is answered by %s", c.ID, c.Model)
		}
	}
	if o := s.run("model", "promote", champion); o.code != exitUsage || !strings.Contains(o.err, "reason") {
		t.Errorf("promoting without a reason: %+v", o)
	}
	s.must(exitDone, "model", "promote", champion[:8], "--reason", "checked by hand", "--as", "eve")
	if _, now := modelList(s); now != champion {
		t.Errorf("promoted %s", now)
	}
	contains(t, s.must(exitDone, "model", "list").out, "checked by hand")
	s.must(exitDone, "model", "rollback")
	s.must(exitFailed, "model", "rollback")
}

func TestNothingToLearnFrom(t *testing.T) {
	s := newSite(t)
	for _, command := range []string{"retrain", "retrain --dry-run", "model rollback"} {
		if o := s.run(strings.Fields(command)...); o.code != exitFailed || o.out != "" {
			t.Errorf("%s: %+v", command, o)
		}
	}
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, "One.")))
	s.must(exitDone, "label", "1", "--hostile", "cant_tell")
	if o := s.run("retrain"); !strings.Contains(o.err, "nothing to learn from") {
		t.Errorf("can't tell was learned from: %+v", o)
	}
}

// mislead are comments that the starter answers rightly, with marks that turn a model trained without a comment's fold against that comment:
// the marks of a fold stand in its own hostile comments and in the harmless ones of every other fold.
func mislead(n int) (texts []string) {
	const folds = 5
	insults := []string{"Idiot", "Moron", "Scum", "Fool", "Liar", "Bastard", "Dumbass", "Loser", "Coward", "Pig"}
	marks := func(fold int) string {
		return strings.ReplaceAll("qaxF qbxF qcxF qdxF", "F", string(rune('k'+fold)))
	}
	for i := range n {
		fold := classifier.Fold(classifier.Example{Group: strconv.Itoa(i)}, folds)
		if i%2 == 0 {
			texts = append(texts, fmt.Sprintf("%s, %s %d!", insults[i/2%len(insults)], marks(fold), i))
			continue
		}
		other := (fold + 1 + i/2%(folds-1)) % folds
		texts = append(texts, fmt.Sprintf("Thanks, %s %d.", marks(other), i))
	}
	return texts
}

// A candidate that is worse on the site's own labels is held, stored, and named; a person may still promote it.
func TestRetrainHoldsAWorseCandidate(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, mislead(40)...)))
	s.must(exitDone, "label", "--file", labels(s, 40, func(i int) string { return `"hostile":"` + []string{"yes", "no"}[i%2] + `"` }))
	contains(t, s.must(exitDone, "retrain", "--dry-run").out, " dry run; it would be held: hostile is worse by ")
	o := s.must(exitHeld, "retrain", "--json")
	contains(t, o.err, "commentdesk: the candidate is held: hostile is worse by ", "95 % interval")
	report := decode[learn.Report](t, o.out)
	if report.Promoted || !report.Axes[0].Worse || report.Axes[0].Low <= 0 {
		t.Errorf("%+v", report)
	}
	ids, champion := modelList(s)
	if !slices.Contains(ids, report.Candidate) || champion != report.Champion {
		t.Errorf("%v, champion %s", ids, champion)
	}
	s.must(exitDone, "model", "promote", report.Candidate, "--reason", "we know better", "--as", "eve")
	if _, champion := modelList(s); champion != report.Candidate {
		t.Errorf("champion %s", champion)
	}
}

// What an archive brought is learned from like a person's labels.
func TestArchiveLabelsTrain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var data strings.Builder
	for i := range 4 {
		data.WriteString(row(t, i+1, fmt.Sprintf([]string{"Glimmerdeal number %d, order today.", "Bus number %d is late."}[i%2], i), map[string]any{"spam": 1 - i%2}))
	}
	data.WriteString(row(t, 5, "A glimmerdeal, order now.", nil))
	s.must(exitDone, "import", s.file("archive.jsonl", data.String()))
	before := s.comment(5)
	report := decode[learn.Report](t, s.must(exitDone, "retrain", "--json").out)
	if !report.Promoted || report.Axes[0].Axis != classifier.Spam || report.Axes[0].Labels != 4 {
		t.Errorf("%+v", report)
	}
	after := s.comment(5)
	if *after.Probabilities.Spam.Yes <= *before.Probabilities.Spam.Yes || after.Model != report.Candidate {
		t.Errorf("spam from %v to %v, by %s", *before.Probabilities.Spam.Yes, *after.Probabilities.Spam.Yes, after.Model)
	}
}

func TestReportNamesPriors(t *testing.T) {
	var out strings.Builder
	report := learn.Report{Candidate: "0123456789abcdef", Priors: []learn.PriorReport{{Axis: classifier.Spam, Shipped: .03, Prior: .045, Arrivals: 4321}}}
	if err := writeReport(&out, report, true, false); err != nil {
		t.Fatal(err)
	}
	contains(t, out.String(), "expects 4.5 % spam, as over 4321 arrivals\n")
}

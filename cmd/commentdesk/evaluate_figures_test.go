package main

import (
	"fmt"
	"strings"
	"testing"

	"commentdesk/classifier/eval"
)

// templateRows are n rows of two templates that differ in length, each half spam; the last word is a name.
func templateRows(n int) string {
	var rows strings.Builder
	for i := range n {
		word, label, template, more := "editor", 0, "short", ""
		if i%2 == 0 {
			word, label = "bitcoin", 1
		}
		if i%4 > 1 {
			template, more = "long", fmt.Sprintf(" with number%c of all", 'a'+i%7)
		}
		name := []string{"Ann", "Bob", "Eve"}[i/4%3]
		fmt.Fprintf(&rows, `{"text":"%s %d%s for %s.","label":%d,"template":"%s","extra":{"desk":"d%d"}}`+"\n", word, i, more, name, label, template, i%2)
	}
	return rows.String()
}

func TestEvaluateBySlices(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", templateRows(48))
	writeFile(t, "train.jsonl", spamRows(60, 100))
	o := commandline(t, "evaluate", "--axis", "spam", "--data", "a.jsonl", "--train", "train.jsonl", "--against", "plain", "--where", "template=short",
		"--by", "last-word", "--least", "8", "--recall", "0.5")
	report := readReports(t, o)[0]
	if report.N != 24 || !strings.Contains(o.err, "--where keeps 24 of 48 labelled rows") {
		t.Errorf("%d rows; %s", report.N, o.err)
	}
	for name, slices := range map[string][]eval.Slice{"shipped": report.Slices, "plain": report.Against.Slices} {
		if len(slices) != 3 || slices[0].Slice != "ann" || slices[2].Slice != "eve" || slices[1].N != 8 || *slices[1].Recall < .25 {
			t.Errorf("%s: slices %+v", name, slices)
		}
	}
	if report.Threshold == nil || report.Gaps == nil || report.Against.Threshold == nil || report.Against.Gaps == nil {
		t.Errorf("no threshold or no gap: %s", o.out)
	}
	figures := map[eval.Figure]bool{}
	for _, d := range report.Against.Differences {
		figures[d.Figure] = true
	}
	for _, figure := range []eval.Figure{eval.AUC, eval.ECE, eval.MacroF1, eval.FalsePositiveGap, eval.RecallGap} {
		if !figures[figure] {
			t.Errorf("no difference of %s", figure)
		}
	}
	if other := readReports(t, commandline(t, "evaluate", "--axis", "spam", "--data", "a.jsonl", "--model", "starter", "--by", "desk"))[0]; len(other.Slices) != 2 {
		t.Errorf("a key of extra: %+v", other.Slices)
	}
	if plain := readReports(t, commandline(t, "evaluate", "--axis", "spam", "--data", "a.jsonl", "--model", "starter"))[0]; plain.Slices != nil || plain.Gaps != nil {
		t.Error("slices that nobody asked for")
	}
	table := commandline(t, "evaluate", "--axis", "spam", "--data", "a.jsonl", "--model", "starter", "--by", "template", "--threshold-table", "--format", "table")
	for _, want := range []string{"│ long ", "spam: false-positive gap", "│ spam: yes from", "error, 80 % most certain"} {
		if !strings.Contains(table.out, want) {
			t.Errorf("the table lacks %q: %s", want, table.out)
		}
	}
}

func TestEvaluateUnderAPrior(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(30, 0))
	writeFile(t, "b.jsonl", `{"text":"the editor thanks you","label":0}`+"\n"+`{"text":"thank you all","label":0}`+"\n")
	writeFile(t, "yes.jsonl", `{"text":"earn bitcoin","label":1}`+"\n")
	report := func(more ...string) axisReport {
		return readReports(t, commandline(t, append([]string{"evaluate", "--axis", "spam", "--model", "starter", "--data", "a.jsonl", "b.jsonl"}, more...)...))[0]
	}
	as, mix, rare := report(), report("--prior", "mix"), report("--prior", "0.01")
	if as.Prior != nil || *mix.Prior != 15./32 || *rare.Prior != .01 {
		t.Errorf("priors %v, %v, %v", as.Prior, *mix.Prior, *rare.Prior)
	}
	if *as.AUC != *mix.AUC || *as.AUC != *rare.AUC || *as.LogLoss == *mix.LogLoss || *mix.Brier == *rare.Brier {
		t.Error("a prior changes AUC or leaves the rest")
	}
	o := commandline(t, "evaluate", "--axis", "spam", "--model", "starter", "--data", "yes.jsonl", "--prior", "mix")
	if o.code != exitFailed || !strings.Contains(o.err, "--prior mix needs rows of both answers") {
		t.Errorf("%+v", o)
	}
}

func TestEvaluateModelAgainstATrainedRecipe(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(30, 0)+`{"text":"seen before","label":1}`+"\n")
	writeFile(t, "train.jsonl", spamRows(40, 100)+`{"text":"Seen before!","label":0}`+"\n")
	args := []string{"evaluate", "--axis", "spam", "--model", "starter", "--data", "a.jsonl", "--train", "train.jsonl", "--against", "plain"}
	o := commandline(t, args...)
	report := readReports(t, o)[0]
	alone := readReports(t, commandline(t, args[:7]...))[0]
	if *report.AUC != *alone.AUC || *report.Model != *alone.Model {
		t.Errorf("the base changed what the model came to: AUC %v, alone %v", *report.AUC, *alone.AUC)
	}
	trained := readReports(t, commandline(t, "evaluate", "--axis", "spam", "--data", "a.jsonl", "--train", "train.jsonl", "--recipe", "plain"))[0]
	for _, d := range report.Against.Differences {
		if d.Figure == eval.AUC && (d.Other != *alone.AUC || d.Base != *trained.AUC) {
			t.Errorf("%+v, the model alone %v, plain alone %v", d, *alone.AUC, *trained.AUC)
		}
	}
	if report.Against.Name != "plain" || !strings.Contains(o.err, "recipe plain, 40 training examples") || !strings.Contains(o.err, "1 training texts") {
		t.Errorf("%s: %s", report.Against.Name, o.err)
	}
}

func TestEvaluateLabelsPerClaim(t *testing.T) {
	t.Chdir(t.TempDir())
	rows := func(n, from int) string {
		var rows strings.Builder
		words := []string{"agree support", "oppose wrong", "weather football"}
		for i := range n {
			fmt.Fprintf(&rows, `{"text":"%s says %d","claim":"Claim %d","stance":"%s"}`+"\n", words[i%3], from+i, i/3%4, []string{"favor", "against", "none"}[i%3])
		}
		return rows.String()
	}
	writeFile(t, "train.jsonl", rows(96, 1000))
	writeFile(t, "test.jsonl", rows(24, 0))
	args := []string{"evaluate", "--train", "train.jsonl", "--data", "test.jsonl", "--labels-per-claim", "0, 6,24"}
	points := readReports(t, commandline(t, args...))[0].LabelsPerClaim
	if len(points) != 3 || points[0].Examples != 72 || points[1].Examples != 24 || points[2].Examples != 96 || *points[2].MacroF1 != 1 {
		t.Errorf("%+v", points)
	}
	if o := commandline(t, append(args, "--format", "table")...); !strings.Contains(o.out, "labels a claim") {
		t.Errorf("no table of it: %+v", o)
	}
}

func TestEvaluateFigureRefusals(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "good.jsonl", spamRows(40, 0))
	for name, try := range map[string]struct {
		args string
		code int
		says string
	}{
		"prior":                 {"--axis spam --prior 1", exitUsage, "--prior"},
		"prior in words":        {"--axis spam --prior some", exitUsage, "--prior"},
		"prior of stance":       {"--axis stance --prior mix", exitUsage, "--prior"},
		"recall":                {"--axis spam --recall 1.5", exitUsage, "--recall"},
		"recall of nothing":     {"--axis spam --recall 0", exitUsage, "--recall"},
		"recall and threshold":  {"--axis spam --recall .5 --threshold .5", exitUsage, "exclude one another"},
		"recall of stance":      {"--axis stance --recall .5", exitUsage, "--recall"},
		"least alone":           {"--axis spam --least 5", exitUsage, "--least"},
		"least of none":         {"--axis spam --by group --least 0", exitUsage, "--least"},
		"where":                 {"--axis spam --where group", exitUsage, "KEY=VALUE"},
		"where nothing is":      {"--axis spam --where group=none", exitFailed, "--where keeps no row"},
		"by no key":             {"--axis spam --by none", exitFailed, "no row has the key none"},
		"model and train":       {"--axis spam --model starter --train good.jsonl", exitUsage, "--against names the recipe"},
		"against another model": {"--axis spam --model starter --train good.jsonl --against starter", exitUsage, "--against beside --model and --train"},
		"model, train, recipe":  {"--axis spam --model starter --train good.jsonl --recipe plain --against plain", exitUsage, "exclude one another"},
		"labels, no train":      {"--axis stance --labels-per-claim 0,2", exitUsage, "--labels-per-claim"},
		"labels of spam":        {"--axis spam --train good.jsonl --labels-per-claim 0,2", exitUsage, "--labels-per-claim"},
		"labels in words":       {"--axis stance --train good.jsonl --labels-per-claim few", exitUsage, "whole numbers"},
	} {
		t.Run(name, func(t *testing.T) {
			o := commandline(t, append([]string{"evaluate", "--data", "good.jsonl"}, strings.Fields(try.args)...)...)
			if o.code != try.code || !strings.Contains(o.err, try.says) {
				t.Errorf("exit %d instead of %d; standard error %q lacks %q", o.code, try.code, o.err, try.says)
			}
		})
	}
}

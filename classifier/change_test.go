package classifier

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/bayes"
	"commentdesk/classifier/feature"
)

// recounted is the model built anew through the library with the labels changed: the counts of the features it knows, all else as it was.
func recounted(t rapid.TB, model *Model, counts *Counts, r Relabel) *Model {
	t.Helper()
	changed := counts.Clone()
	claimID := model.learnedClaim(r.Claim)
	give := func(labels map[Axis]string, weight float64) {
		var filled feature.Features
		model.chain.Features(&filled, r.Text, claimID)
		for i, axis := range Axes {
			class := axis.AnswerIndex(labels[axis])
			if class < 0 || r.From[axis] == r.To[axis] {
				continue
			}
			a := &changed.axes[i]
			a.examples[class] = math.Max(a.examples[class]+weight, leastExamples)
			for j, item := range filled.Items {
				row, known := a.index[feature.Hash(filled.Name(j))]
				if known && item.For&uses[i] != 0 && (axis == Stance || j < filled.Claimed) {
					a.rows[row][class] = math.Max(a.rows[row][class]+weight, 0)
				}
			}
			if claim := changed.claims[claimID]; axis == Stance && claim != nil {
				claim.Labels[class] = math.Max(claim.Labels[class]+weight, 0)
			}
		}
	}
	give(r.From, -model.parameters.SiteWeight)
	give(r.To, model.parameters.SiteWeight)
	for i := range changed.axes {
		for row, n := range changed.axes[i].rows {
			if n == [3]float64{} {
				changed.axes[i].rows[row][0] = 1e-12 // a feature that nobody counts any more stays in the vocabulary
			}
		}
	}
	stance, yesNo := newCompiler(stanceColumns), newCompiler(yesNoColumns)
	learned := [3]learnedAxis{{to: stance}, {to: yesNo}, {to: yesNo, column: 1}}
	for i := range learned {
		l := &learned[i]
		l.axis, l.counts = Axes[i], &changed.axes[i]
		if err := l.learn(model.parameters.Axes[i].Smoothing, false); err != nil {
			t.Fatal(err)
		}
		l.letters = lettersAnew(t, &counts.axes[i], &changed.axes[i], l.axis, model.parameters.Axes[i].Smoothing)
		l.addRows()
	}
	for i := range learned {
		learned[i].addSums()
	}
	out, err := stance.appendTo([]byte(tableMagic))
	if err == nil {
		out, err = yesNo.appendTo(out)
	}
	if err != nil {
		t.Fatal(err)
	}
	description := model.Describe()
	for i, axis := range Axes {
		description.Examples[i] = changed.Examples(axis)
	}
	description.Claims = changed.Claims()
	rebuilt, err := Restore(description, out)
	if err != nil {
		t.Fatal(err)
	}
	return rebuilt
}

// lettersAnew learns the runs of letters that the model has from changed counts.
func lettersAnew(t rapid.TB, before, changed *axisCounts, axis Axis, smoothing float64) *letters {
	t.Helper()
	held, err := learnLetters(before, axis, smoothing)
	if err != nil || held == nil {
		t.Fatalf("letters %v, error %v", held, err)
	}
	counted, at := changed.countRuns(), map[string]int{}
	for i, name := range counted.names {
		at[name] = i
	}
	table := bayes.Counts{Features: held.counted.Features, Seen: held.counted.Seen}
	for class := range axis.Answers() {
		row := make([]float64, len(table.Features))
		for j, name := range table.Features {
			row[j] = counted.rows[at[name]][class]
		}
		table.Examples = append(table.Examples, row)
	}
	learned, err := bayes.Learn(table, smoothing*float64(len(table.Features)))
	if err != nil {
		t.Fatal(err)
	}
	logs := learned.LogProbabilities()
	evenClaims(logs, table.Features)
	for j, name := range table.Features {
		if i, told := held.index[feature.Hash(name)]; told {
			held.weights[i] = weightsOf(axis, logs, j)
			if attribute, ok := changed.runs[name]; ok {
				scale(held.weights[i], attribute)
			}
		}
	}
	return held
}

func basisOf(t testing.TB, model *Model, counts *Counts) *Basis {
	t.Helper()
	basis, err := NewBasis(model, counts)
	if err != nil {
		t.Fatal(err)
	}
	return basis
}

// indexOf holds the texts, half of them settled.
func indexOf(basis *Basis, texts []Example) *Index {
	index := basis.NewIndex()
	for i, e := range texts {
		index.Add(e)
		if i == len(texts)/4 || i == len(texts)/2 {
			index.Settle()
		}
	}
	return index
}

// probabilityTolerance is what float32 weights allow.
const probabilityTolerance = 2e-6

// wantRecount compares the index's answers after a change with those of the model built anew, and returns how many answers changed.
func wantRecount(t rapid.TB, index *Index, texts []Example, model, anew *Model, r Relabel) (changed int, furthest float64) {
	t.Helper()
	after := index.Recount(index.basis.Change(r))
	for row, e := range texts {
		e.Labels = nil
		before, want, got := model.Classify(e), anew.Classify(e), after.Prediction(row)
		for _, axis := range Axes {
			w, g := want.On(axis), got.On(axis)
			for class, p := range w.Probabilities {
				furthest = math.Max(furthest, math.Abs(p-g.Probabilities[class]))
				if math.Abs(p-g.Probabilities[class]) > probabilityTolerance {
					t.Errorf("text %d, %s, class %d: %v by counts alone, %v built anew (before %v)", row, axis, class, g.Probabilities[class], p,
						before.On(axis).Probabilities[class])
					return changed, furthest
				}
			}
			if w.Answer != g.Answer {
				t.Errorf("text %d, %s: %s by counts alone, %s built anew", row, axis, g.Answer, w.Answer)
			}
			if w.Answer != before.On(axis).Answer {
				changed++
			}
		}
	}
	return changed, furthest
}

func TestChangeIsTheFullRecount(t *testing.T) {
	parameters := Shipped()
	parameters.SiteWeight = 300 // so that one label changes many answers
	model, counts := mustTrain(t, synthetic(900, 31), parameters)
	if len(counts.axes[1].runs) == 0 {
		t.Fatal("no attribute weights: nothing is tested of them")
	}
	texts := synthetic(1000, 32)
	for i := range texts {
		if i%3 == 0 {
			texts[i].Text += " idiotically unheard of cheaper opposers"
		}
		if i%7 == 0 {
			texts[i].Claim = otherClaim
		}
	}
	index := indexOf(basisOf(t, model, counts), texts)
	relabels := map[string]Relabel{
		"a first label":          {Text: texts[1].Text, Claim: bridgeClaim, To: map[Axis]string{Hostile: Yes}},
		"another word for it":    {Text: "Thanks, welcome, kind reader: word1 word2 word3", Claim: bridgeClaim, To: map[Axis]string{Hostile: Yes, Spam: Yes, Stance: Against}},
		"a correction":           {Text: "please perhaps idiot idiot word5", Claim: schoolClaim, From: map[Axis]string{Hostile: Yes, Stance: Favor}, To: map[Axis]string{Hostile: No, Stance: None}},
		"a label withdrawn":      {Text: texts[9].Text, Claim: bridgeClaim, From: map[Axis]string{Spam: No}},
		"a claim nobody learned": {Text: "I oppose this waste", Claim: otherClaim, To: map[Axis]string{Stance: Favor}},
		"words nobody knows":     {Text: "xyzzy plugh", Claim: bridgeClaim, To: map[Axis]string{Stance: Favor, Hostile: Yes, Spam: No}},
		"no text":                {Text: "", Claim: bridgeClaim, To: map[Axis]string{Stance: Favor, Hostile: Yes, Spam: No}},
	}
	total := 0
	for name, r := range relabels {
		t.Run(name, func(t *testing.T) {
			changed, furthest := wantRecount(t, index, texts, model, recounted(t, model, counts, r), r)
			t.Logf("%d answers of %d texts change; probabilities differ by at most %.1e from the model built anew", changed, len(texts), furthest)
			total += changed
		})
	}
	if total < 100 {
		t.Errorf("only %d answers changed: little is tested", total)
	}
}

func TestChangesOfRandomCorrections(t *testing.T) {
	model, counts := mustTrain(t, synthetic(500, 33), Shipped())
	texts := synthetic(150, 34)
	index := indexOf(basisOf(t, model, counts), texts)
	rapid.Check(t, func(t *rapid.T) {
		r := Relabel{Text: texts[rapid.IntRange(0, len(texts)-1).Draw(t, "text")].Text, From: map[Axis]string{}, To: map[Axis]string{}}
		r.Claim = rapid.SampledFrom([]string{bridgeClaim, schoolClaim, otherClaim, ""}).Draw(t, "claim")
		for _, axis := range Axes {
			for name, labels := range map[string]map[Axis]string{"from": r.From, "to": r.To} {
				if answer := rapid.SampledFrom(append([]string{""}, axis.Answers()...)).Draw(t, name+" "+string(axis)); answer != "" {
					labels[axis] = answer
				}
			}
		}
		wantRecount(t, index, texts, model, recounted(t, model, counts, r), r)
	})
}

func TestNoChangeMovesNothing(t *testing.T) {
	model, counts := mustTrain(t, synthetic(300, 35), Shipped())
	texts := synthetic(50, 36)
	index := indexOf(basisOf(t, model, counts), texts)
	same := map[Axis]string{Hostile: Yes, Stance: Favor}
	change := index.basis.Change(Relabel{Text: texts[0].Text, Claim: bridgeClaim, From: same, To: same})
	after := index.Recount(change)
	for i, axis := range Axes {
		if change.Changes(axis) || after.moved[i] != nil {
			t.Errorf("%s moves where the label stays", axis)
		}
	}
	wantRecount(t, index, texts, model, model, Relabel{Text: texts[0].Text, From: same, To: same})
}

func TestBasisRefusesOtherCounts(t *testing.T) {
	model, _ := mustTrain(t, synthetic(300, 35), Shipped())
	_, other := mustTrain(t, synthetic(200, 37), Shipped())
	if _, err := NewBasis(model, other); err == nil {
		t.Error("counts of another model are taken")
	}
}

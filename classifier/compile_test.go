package classifier

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/bayes"
	"commentdesk/classifier/feature"
)

// library is one axis learned again for a test: words and phrases as they were counted, runs of letters counted anew from the words, by hand.
type library struct {
	axis        Axis
	words, runs learnedNames
}

// learnedNames are the features that a classifier of the library knows.
type learnedNames struct {
	*bayes.Classifier
	known  map[string]bool
	claims map[string][]float64 // by claim: ln Σ P(feature | class) over the features crossed with it
}

func learnedNamesOf(learned *bayes.Classifier, names []string) learnedNames {
	l := learnedNames{learned, map[string]bool{}, map[string][]float64{}}
	for _, name := range names {
		l.known[name] = true
		if claimID := feature.CrossClaim(name); claimID != "" {
			scores := learned.LogScores([]string{name})
			if l.claims[claimID] == nil {
				l.claims[claimID] = make([]float64, len(scores))
			}
			for class, score := range scores {
				l.claims[claimID][class] += math.Exp(score)
			}
		}
	}
	for _, sums := range l.claims {
		for class, sum := range sums {
			sums[class] = math.Log(sum)
		}
	}
	return l
}

// weights are the library's scores of names as a table holds them: yes against no; or centred, and without what every feature of a claim says alike.
func (l learnedNames) weights(names ...string) []float64 {
	scores := l.LogScores(names)
	for _, name := range names {
		for class, sum := range l.claims[feature.CrossClaim(name)] {
			scores[class] -= sum
		}
	}
	if len(scores) == 2 {
		return []float64{scores[0] - scores[1]}
	}
	mean := (scores[0] + scores[1] + scores[2]) / 3
	return []float64{scores[0] - mean, scores[1] - mean, scores[2] - mean}
}

func libraryOf(t testing.TB, counts *Counts, axis Axis, smoothing float64) library {
	t.Helper()
	a := &counts.axes[axis.Index()]
	learned, names, err := learnAxis(a, axis, smoothing)
	if err != nil {
		t.Fatal(err)
	}
	return library{axis, learnedNamesOf(learned, names), learnRunsAnew(t, a, axis, smoothing)}
}

func learnRunsAnew(t testing.TB, a *axisCounts, axis Axis, smoothing float64) learnedNames {
	t.Helper()
	seen, found := map[string]float64{}, map[string][3]float64{}
	for row, name := range a.names {
		for _, run := range runsOfName(name) {
			seen[run] += a.seen[row]
			sums := found[run]
			for class, n := range a.rows[row] {
				sums[class] += n
			}
			found[run] = sums
		}
	}
	most := mostRuns
	if axis == Stance {
		most = mostStanceRuns
	}
	table := bayes.Counts{Examples: make([][]float64, len(axis.Answers()))}
	for run, n := range seen {
		if n >= leastRunSeen {
			table.Features = append(table.Features, run)
		}
	}
	if len(table.Features) > most {
		t.Fatalf("%d runs are more than a model keeps: these tests need fewer", len(table.Features))
	}
	slices.Sort(table.Features)
	for _, run := range table.Features {
		table.Seen = append(table.Seen, seen[run])
		for class := range table.Examples {
			table.Examples[class] = append(table.Examples[class], found[run][class])
		}
	}
	learned, err := bayes.Learn(table, smoothing*float64(len(table.Features)))
	if err != nil {
		t.Fatal(err)
	}
	return learnedNamesOf(learned, table.Features)
}

// runsOfName are the names of the runs of letters of a word's name; none of any other name.
func runsOfName(name string) (runs []string) {
	form, claimID, ok := feature.WordForm(name)
	if !ok || form == "" || form[0] == '<' || !feature.Lettered([]byte(form)) {
		return nil
	}
	prefix := "l:"
	if claimID != "" {
		prefix = "c:" + claimID + ":l:"
	}
	characters := []rune("<" + form + ">")
	characters = characters[:min(40, len(characters))]
	for length := 3; length <= 5; length++ {
		for at := 0; at+length <= len(characters); at++ {
			runs = append(runs, prefix+string(characters[at:at+length]))
		}
	}
	return runs
}

// columnsOf is where an axis's weights stand, and how many there are.
func columnsOf(m *Model, axis Axis) (from *scorer, column, count int) {
	if axis == Stance {
		return &m.scorers.stance, 0, 3
	}
	return &m.scorers.yesNo, axis.Index() - 1, 1
}

// Every weight of the tables is the library's own times its attribute weight, to the precision of a float32, and there are no others.
func TestTablesAreTheLibrary(t *testing.T) {
	model, counts := mustTrain(t, synthetic(600, 6), Shipped())
	learned := 0
	for _, axis := range Axes {
		a := &counts.axes[axis.Index()]
		l := libraryOf(t, counts, axis, model.parameters.Axes[axis.Index()].Smoothing)
		if len(l.words.known) != model.Vocabulary(axis) {
			t.Errorf("%s: the model says %d features, the library has %d", axis, model.Vocabulary(axis), len(l.words.known))
		}
		from, column, count := columnsOf(model, axis)
		want := func(table *table, name string, column int, weights []float64) {
			t.Helper()
			at := table.find(feature.Hash(name))
			if at < 0 {
				t.Fatalf("%s: %s is in no table", axis, name)
			}
			for i, weight := range weights {
				if got := float64(table.row(at)[column+i]); !(math.Abs(got-weight) <= 1e-6*math.Max(1, math.Abs(weight))) {
					t.Fatalf("%s %s: table %v, library %v", axis, name, got, weight)
				}
			}
		}
		runs := map[string][]float64{}
		for run := range l.runs.known {
			runs[run] = l.runs.weights(run)
			if attribute, ok := a.runs[run]; ok {
				scale(runs[run], attribute)
				learned++
			}
			want(from.letters, run, column, runs[run])
		}
		for name := range l.words.known {
			weights := l.words.weights(name)
			scale(weights, a.attributes[a.index[feature.Hash(name)]])
			if _, _, isWord := feature.WordForm(name); !isWord {
				want(from.phrases, name, column, weights)
				continue
			}
			want(from.words, name, column, weights)
			sums := make([]float64, count)
			for _, run := range runsOfName(name) {
				for i, weight := range runs[run] {
					sums[i] += weight
				}
			}
			want(from.words, name, from.columns+column, sums)
		}
		wantCount(t, axis, model, len(l.words.known), len(l.runs.known))
	}
	if learned == 0 {
		t.Error("no run of letters has an attribute weight: nothing was tested of them")
	}
}

// wantCount checks how many features and runs the tables know for an axis.
func wantCount(t *testing.T, axis Axis, model *Model, features, runs int) {
	t.Helper()
	from, column, _ := columnsOf(model, axis)
	known, knownRuns := 0, 0
	for _, table := range []*table{from.words, from.phrases} {
		for i := range table.hashes {
			if weight := table.row(i)[column]; weight == weight {
				known++
			}
		}
	}
	for i := range from.letters.hashes {
		if from.letters.row(i)[column] != 0 {
			knownRuns++
		}
	}
	if known != features || knownRuns > runs {
		t.Errorf("%s: the tables know %d features and %d runs, the library %d and %d", axis, known, knownRuns, features, runs)
	}
}

// A text's log-odds are what the library says of all its features at once, length-normalised and calibrated.
func TestScoresAreTheLibrarys(t *testing.T) {
	parameters := Shipped()
	parameters.Attributes = false
	model, counts := mustTrain(t, synthetic(500, 16), parameters)
	var libraries [3]library
	for i, axis := range Axes {
		libraries[i] = libraryOf(t, counts, axis, model.parameters.Axes[i].Smoothing)
		if model.parameters.Axes[i].LetterSlope <= 0 {
			t.Errorf("%s: letters do not count, slope %v", axis, model.parameters.Axes[i].LetterSlope)
		}
	}
	random, texts := drawText(), synthetic(500, 17)
	for i := range 500 {
		texts = append(texts, Example{Text: random.Example(i), Claim: []string{"", bridgeClaim, otherClaim}[i%3]})
	}
	for _, e := range texts {
		prediction := model.Classify(e)
		for i, axis := range Axes {
			if axis == Stance && e.Claim != bridgeClaim && e.Claim != schoolClaim {
				continue // nothing can be said
			}
			want := libraries[i].logOdds(model, e)
			softmax(want, want)
			for class, p := range want {
				if got := prediction.On(axis).Probabilities[class]; math.Abs(got-p) > 1e-6 {
					t.Fatalf("%s of %q under %q: %v, the library says %v", axis, e.Text, e.Claim, prediction.On(axis).Probabilities, want)
				}
			}
		}
	}
}

// logOdds are the calibrated log-odds a class of an axis, made of the library's own scores alone.
func (l *library) logOdds(model *Model, e Example) []float64 {
	parameters := model.parameters.Axes[l.axis.Index()]
	claimID := ""
	if _, ok := model.claims[ClaimID(e.Claim)]; ok {
		claimID = ClaimID(e.Claim)
	}
	var f feature.Features
	model.chain.Features(&f, e.Text, claimID)
	var names, runs []string
	runCount := 0
	for i, item := range f.Items {
		if item.For&uses[l.axis.Index()] == 0 {
			continue
		}
		if l.words.known[f.Name(i)] {
			names = append(names, f.Name(i))
		}
		unspelled := l.axis == Stance && claimID != "" && !item.Crossed() && !l.words.known[f.Name(i)]
		for _, run := range runsOfName(f.Name(i)) {
			runCount++
			if l.runs.known[run] && !unspelled {
				runs = append(runs, run)
			}
		}
	}
	words, letters := l.words.weights(names...), l.runs.weights(runs...)
	z := make([]float64, len(l.axis.Answers()))
	for i := range words {
		z[i] = parameters.Slope*words[i]/math.Sqrt(math.Max(1, float64(len(names)))) +
			parameters.LetterSlope*letters[i]/math.Sqrt(math.Max(1, float64(runCount))) + parameters.Bias[i]
	}
	if l.axis != Stance {
		z[0] += logit(parameters.Prior)
		return z
	}
	for class, offset := range claimOffsetByHand(model, claimID) {
		z[class] += offset
	}
	return z
}

// claimOffsetByHand is how the claim's share of answers, drawn towards that of all claims, differs from it.
func claimOffsetByHand(model *Model, claimID string) (offset [3]float64) {
	all, claim := model.examples[0], model.claims[claimID].Labels
	for class := range offset {
		share := all[class] / (all[0] + all[1] + all[2])
		drawn := (claim[class] + claimDraw*share) / (claim[0] + claim[1] + claim[2] + claimDraw)
		offset[class] = model.parameters.Axes[0].ClaimSlope * math.Log(drawn/share)
	}
	return offset
}

// Runs are counted wherever a word is that holds them, for stance also under the claim.
func TestCountRuns(t *testing.T) {
	counts := countsOf([]Example{
		{Text: "nana", Claim: bridgeClaim, Labels: map[Axis]string{Stance: Favor, Hostile: Yes}},
		{Text: "nana nan 12 <number> 😀 x.com", Claim: bridgeClaim, Labels: map[Axis]string{Stance: None, Hostile: No}, Weight: 2},
	})
	claimed := "c:" + ClaimID(bridgeClaim) + ":"
	for axis, want := range map[Axis]map[string][4]float64{ // a class each, then seen
		Hostile: {"l:nan": {1, 4, 0, 3}, "l:ana": {1, 2, 0, 2}, "l:<nan>": {0, 2, 0, 1}, "l:<nan": {1, 4, 0, 3}, "l:<num": {0, 2, 0, 1}, claimed + "l:nan": {}},
		Stance:  {"l:nan": {1, 0, 4, 3}, claimed + "l:nan": {1, 0, 4, 3}, "l:12>": {}, "l:com": {}},
	} {
		counted := counts.axes[axis.Index()].countRuns()
		got := map[string][4]float64{}
		for i, name := range counted.names {
			got[name] = [4]float64{counted.rows[i][0], counted.rows[i][1], counted.rows[i][2], counted.seen[i]}
			if feature.Hash(name) != counted.hashes[i] {
				t.Errorf("%s: %s has the hash %016x, its name %016x", axis, name, counted.hashes[i], feature.Hash(name))
			}
		}
		for name, numbers := range want {
			if got[name] != numbers {
				t.Errorf("%s: %s is counted %v, want %v", axis, name, got[name], numbers)
			}
		}
	}
}

// Of too many runs the most telling are kept.
func TestLearnLettersKeepsTheMostTelling(t *testing.T) {
	a := newAxisCounts()
	for i := range 15000 {
		word := []byte("w:")
		for n := i; len(word) < 7; n /= 11 {
			word = append(word, byte('a'+n%11))
		}
		row := a.row(feature.Hash(string(word)), func() string { return string(word) })
		a.rows[row], a.seen[row] = [3]float64{float64(1 + i%7), float64(1 + i%5)}, 8
	}
	spelled, err := learnLetters(&a, Hostile, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	counted := a.countRuns()
	for _, row := range counted.rows {
		if row[0]+row[1] >= leastRunSeen {
			all++
		}
	}
	if all <= mostRuns || len(spelled.names) != mostRuns {
		t.Fatalf("%d of %d runs are kept, want %d", len(spelled.names), all, mostRuns)
	}
	if !slices.IsSorted(spelled.names) {
		t.Error("the runs are not in order of their names")
	}
	learned, err := learnAllRuns(counted)
	if err != nil {
		t.Fatal(err)
	}
	least, most := math.Inf(1), 0.0
	for i, name := range counted.names {
		if row := counted.rows[i]; row[0]+row[1] < leastRunSeen {
			continue
		}
		telling := math.Abs(learned.weights(name)[0]) * math.Sqrt(counted.seen[i])
		if _, kept := slices.BinarySearch(spelled.names, name); kept {
			least = math.Min(least, telling)
		} else {
			most = math.Max(most, telling)
		}
	}
	if least < most-1e-9 {
		t.Errorf("a run as telling as %v is kept, one as telling as %v is not", least, most)
	}
}

func learnAllRuns(counted *runCounts) (learnedNames, error) {
	var order []int
	all := 0.0
	for i, row := range counted.rows {
		if row[0]+row[1] >= leastRunSeen {
			order = append(order, i)
			all += counted.seen[i]
		}
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(counted.names[x], counted.names[y]) })
	table := bayes.Counts{Examples: make([][]float64, 2)}
	for _, i := range order {
		table.Features = append(table.Features, counted.names[i])
		table.Seen = append(table.Seen, math.Max(counted.seen[i], rarestRun*all))
		for class := range table.Examples {
			table.Examples[class] = append(table.Examples[class], counted.rows[i][class])
		}
	}
	learned, err := bayes.Learn(table, 0.2*float64(len(order)))
	return learnedNamesOf(learned, table.Features), err
}

// A model without letters, or without attribute weights, is a model.
func TestModelsWithoutLettersOrAttributes(t *testing.T) {
	examples := synthetic(500, 18)
	for _, without := range []struct{ letters, attributes bool }{{true, true}, {true, false}, {false, true}, {false, false}} {
		parameters := Shipped()
		parameters.Letters, parameters.Attributes = without.letters, without.attributes
		model, counts := mustTrain(t, examples, parameters)
		for i, axis := range Axes {
			p, a := model.parameters.Axes[i], &counts.axes[i]
			if got := p.LetterSlope > 0; got != without.letters {
				t.Errorf("%+v: %s has the letter slope %v", without, axis, p.LetterSlope)
			}
			weighted := slices.ContainsFunc(a.attributes, func(weight float64) bool { return weight != 1 })
			if want := without.attributes && axis != Stance; weighted != want {
				t.Errorf("%+v: %s has attribute weights: %v", without, axis, weighted)
			}
			if want := without.letters && without.attributes && axis != Stance; len(a.runs) > 0 != want {
				t.Errorf("%+v: %s has %d weights of runs of letters", without, axis, len(a.runs))
			}
		}
		if runs := len(model.scorers.yesNo.letters.hashes) + len(model.scorers.stance.letters.hashes); runs > 0 != without.letters {
			t.Errorf("%+v: %d runs of letters", without, runs)
		}
		right := 0
		for _, e := range synthetic(200, 98) {
			if p := model.Classify(e); p.Spam.Best == e.Labels[Spam] {
				right++
			}
		}
		if right < 170 {
			t.Errorf("%+v: %d of 200 right on spam", without, right)
		}
		rapid.Check(t, func(t *rapid.T) {
			explanation := model.Explain(Example{Text: drawText().Draw(t, "text"), Claim: drawClaim().Draw(t, "claim")})
			for _, evidence := range explanation.Evidence {
				wantSum(t, evidence)
			}
		})
	}
}

package classifier

import (
	"cmp"
	"math"
	"slices"

	"commentdesk/classifier/bayes"
	"commentdesk/classifier/feature"
)

// Which runs of letters a model keeps.
const (
	leastRunSeen = 4 // in fewer words of the examples a run is left out

	// Of all runs of hostile and spam none is taken to be rarer: a site's new word would else outweigh all others by its spelling.
	rarestRun = 1e-5

	mostRuns       = 1 << 15 // of the rest the most telling are kept: by |weight| · √seen
	mostStanceRuns = 1 << 18
)

// letters are an axis's naive Bayes over runs of letters, for stance also crossed with the claims. It is a naive Bayes of its own beside that of words and phrases: their scores are
// added, each divided by the square root of its length.
type letters struct {
	names    []string // sorted
	hashes   []uint64
	weights  [][]float64      // [run][column], read out of the library: see weightsOf
	index    map[uint64]int32 // by hash
	spelling feature.Spelling
	counted  bayes.Counts // of all runs that the library was told of, those left out as less telling among them
}

// runCounts is what the counted words say of runs of letters: a run was seen wherever a word was that holds it.
type runCounts struct {
	names  []string
	rows   [][3]float64
	seen   []float64
	hashes []uint64
}

func (a *axisCounts) countRuns() *runCounts {
	counted := &runCounts{}
	index := make(map[uint64]int32, 4*len(a.names))
	var spelling feature.Spelling
	for _, row := range a.pruned(0) {
		form, claimID, ok := feature.WordForm(a.names[row])
		if !ok || !feature.Lettered([]byte(form)) {
			continue
		}
		spelling.Read([]byte(form))
		for hash, more := spelling.Next(); more; hash, more = spelling.Next() {
			hash = feature.CrossRun(hash, claimID)
			at, ok := index[hash]
			if !ok {
				at = int32(len(counted.names))
				index[hash] = at
				counted.names = append(counted.names, spelling.RunName(claimID))
				counted.hashes = append(counted.hashes, hash)
				counted.rows = append(counted.rows, [3]float64{})
				counted.seen = append(counted.seen, 0)
			}
			for class, n := range a.rows[row] {
				counted.rows[at][class] += n
			}
			counted.seen[at] += a.seen[row]
		}
	}
	return counted
}

// learnLetters puts the runs through the library; nil where an answer has none.
func learnLetters(a *axisCounts, axis Axis, smoothing float64) (*letters, error) {
	counted := a.countRuns()
	classes, most := len(axis.Answers()), mostRuns
	if axis == Stance {
		most = mostStanceRuns
	}
	var kept []int32
	all := 0.0
	for i, row := range counted.rows {
		if row[0]+row[1]+row[2] >= leastRunSeen {
			kept = append(kept, int32(i))
			all += counted.seen[i]
		}
	}
	slices.SortFunc(kept, func(x, y int32) int { return cmp.Compare(counted.names[x], counted.names[y]) })
	table := bayes.Counts{Features: make([]string, len(kept)), Examples: make([][]float64, classes), Seen: make([]float64, len(kept))}
	for j, i := range kept {
		table.Features[j], table.Seen[j] = counted.names[i], counted.seen[i]
		if axis != Stance {
			table.Seen[j] = math.Max(table.Seen[j], rarestRun*all)
		}
	}
	for class := range classes {
		table.Examples[class] = make([]float64, len(kept))
		total := 0.0
		for j, i := range kept {
			table.Examples[class][j] = counted.rows[i][class]
			total += counted.rows[i][class]
		}
		if total <= 0 {
			return nil, nil
		}
	}
	learned, err := bayes.Learn(table, smoothing*float64(len(kept)))
	if err != nil {
		return nil, err
	}
	logs := learned.LogProbabilities()
	evenClaims(logs, table.Features)
	weights, scores := make([][]float64, len(kept)), make([]float64, len(kept))
	telling := make([]int, len(kept))
	for j := range kept {
		weights[j], telling[j] = weightsOf(axis, logs, j), j
		for _, weight := range weights[j] {
			scores[j] = math.Max(scores[j], math.Abs(weight)*math.Sqrt(counted.seen[kept[j]]))
		}
	}
	slices.SortStableFunc(telling, func(x, y int) int { return cmp.Compare(scores[y], scores[x]) })
	telling = telling[:min(len(telling), most)]
	slices.Sort(telling)
	l := &letters{index: make(map[uint64]int32, len(telling)), counted: table}
	for i, j := range telling {
		hash := counted.hashes[kept[j]]
		l.names, l.hashes, l.weights = append(l.names, table.Features[j]), append(l.hashes, hash), append(l.weights, weights[j])
		l.index[hash] = int32(i)
	}
	return l, nil
}

// runsOf appends the places of a word's runs.
func (l *letters) runsOf(places []int32, form, claimID string) []int32 {
	l.spelling.Read([]byte(form))
	for hash, more := l.spelling.Next(); more; hash, more = l.spelling.Next() {
		if at, ok := l.index[feature.CrossRun(hash, claimID)]; ok {
			places = append(places, at)
		}
	}
	return places
}

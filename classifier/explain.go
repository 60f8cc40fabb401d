package classifier

import (
	"math"
	"sort"
	"strings"

	"commentdesk/classifier/feature"
	"commentdesk/classifier/text"
)

// wholeTextRow is what a row of evidence is called that no single word made.
const wholeTextRow = "look of the whole text"

// Explain is Classify with the arithmetic: for each axis the model has, what each word brought. A pair's share is split between its words.
func (m *Model) Explain(e Example) Explanation {
	r := m.borrow()
	defer m.scratch.Put(r)
	m.read(r, e)
	explanation := Explanation{Prediction: m.predict(r), Answering: m.parameters.Axes}
	for _, axis := range Axes {
		if !m.Has(axis) {
			continue
		}
		z := m.logOdds(axis, r)
		if axis != Stance {
			explanation.Evidence = append(explanation.Evidence, m.evidence(r, axis, 0, Yes, z[0]))
			continue
		}
		mean := (z[0] + z[1] + z[2]) / 3
		for class, answer := range axis.Answers() {
			explanation.Evidence = append(explanation.Evidence, m.evidence(r, axis, class, answer, z[class]-mean))
		}
	}
	return explanation
}

// evidence lists the shares of one class. For stance all is centred on the mean of the three; the table's float32 are so only to 1e-7.
func (m *Model) evidence(r *reading, axis Axis, class int, answer string, logOdds float64) Evidence {
	raw, parameters := &r.raw[axis.Index()], &m.parameters.Axes[axis.Index()]
	evidence := Evidence{Axis: axis, Answer: answer, LogOdds: logOdds, Prior: parameters.Bias[class]}
	if axis == Stance {
		evidence.Prior += r.offset[class] - (parameters.Bias[0]+parameters.Bias[1]+parameters.Bias[2])/3
	} else {
		evidence.Prior += logit(parameters.Prior)
	}
	evidence.Scale = parameters.Slope / math.Sqrt(math.Max(1, float64(raw.known)))
	evidence.LetterScale = parameters.LetterSlope / math.Sqrt(math.Max(1, float64(raw.runs)))
	shares := make([]float64, len(r.features.Text.Words)+1) // a word each; the last is the whole text
	for i := range r.features.Items {
		item := &r.features.Items[i]
		if item.For&uses[axis.Index()] == 0 {
			continue
		}
		weight, letters := m.weighed(r, axis, class, item)
		if letters != 0 {
			shares[item.First] += letters * evidence.LetterScale
		}
		switch share := weight * evidence.Scale; {
		case item.First == feature.WholeText:
			shares[len(shares)-1] += share
		case item.First == item.Last:
			shares[item.First] += share
		default:
			shares[item.First] += share / 2
			shares[item.Last] += share / 2
		}
	}
	evidence.Rows = evidenceRows(&r.features.Text, shares)
	return evidence
}

// weighed is the weight of one feature for one class, and that of its runs of letters; 0 where the axis does not know them.
func (m *Model) weighed(r *reading, axis Axis, class int, item *feature.Feature) (weight, letters float64) {
	from, column := &m.scorers.yesNo, axis.Index()-1
	if axis == Stance {
		if !r.stance {
			return 0, 0
		}
		from, column = &m.scorers.stance, class
	}
	row := from.find(item)
	if row != nil && row[column] == row[column] {
		weight = float64(row[column])
	}
	var sums [3]float64
	if item.Kind == feature.Word && feature.Lettered(r.form(item)) && (row != nil || axis != Stance || r.spellsForStance(item)) {
		sums = from.spell(r, item, row)
	}
	if axis != Stance {
		return weight, sums[column]
	}
	if row != nil {
		weight -= (float64(row[0]) + float64(row[1]) + float64(row[2])) / 3
	}
	return weight, sums[class] - (sums[0]+sums[1]+sums[2])/3
}

// evidenceRows names the words that brought something, the most telling first.
func evidenceRows(t *text.Text, shares []float64) []EvidenceRow {
	var rows []EvidenceRow
	for i, share := range shares {
		if share == 0 {
			continue
		}
		row := EvidenceRow{Text: wholeTextRow, Share: share}
		if i < len(t.Words) {
			word := t.Words[i]
			row.Text = t.Written(word)
			row.Start, row.End = t.Span(word)
			if read := string(t.Form(word)); word.Class == text.Plain && !strings.EqualFold(read, row.Text) {
				row.ReadAs, row.Disguise = read, t.Disguise(word)
			}
		}
		rows = append(rows, row)
	}
	sort.SliceStable(rows, func(i, j int) bool { return math.Abs(rows[i].Share) > math.Abs(rows[j].Share) })
	return rows
}

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
	explanation := Explanation{Prediction: m.predict(r)}
	for i, axis := range Axes {
		if !m.Has(axis) {
			continue
		}
		z := m.logOdds(axis, &r.raw[i])
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
		evidence.Prior -= (parameters.Bias[0] + parameters.Bias[1] + parameters.Bias[2]) / 3
	} else {
		evidence.Prior += logit(parameters.Prior)
	}
	if raw.known == 0 {
		return evidence
	}
	evidence.Scale = parameters.Slope / math.Sqrt(float64(raw.known))
	from, _ := columnsOf(axis)
	shares := make([]float64, len(r.features.Text.Words)+1) // a word each; the last is the whole text
	for i, row := range r.rows {
		if row < 0 || (axis != Stance && i >= r.features.Claimed) {
			continue
		}
		weights := m.table.row(int(row))
		weight := float64(weights[from+class])
		if weight != weight {
			continue
		}
		if axis == Stance {
			weight -= (float64(weights[0]) + float64(weights[1]) + float64(weights[2])) / 3
		}
		share := weight * evidence.Scale
		switch item := r.features.Items[i]; {
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
				row.ReadAs = read
			}
		}
		rows = append(rows, row)
	}
	sort.SliceStable(rows, func(i, j int) bool { return math.Abs(rows[i].Share) > math.Abs(rows[j].Share) })
	return rows
}

package trial

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
)

// Word is one word and what a model learned of it.
type Word struct {
	Text   string     // as counts spell it, without its kind: "bridge", "<link>"
	Claim  string     // the sentence under which it counts; "": everywhere
	Weight float64    // nats by which it moves the log-odds of a text of that word alone towards the answer
	Counts [3]float64 // training examples that held it, a class of Axis.Answers
}

// CarryingWords are, for each of the axis's answers, the limit words that speak most for it, the strongest first, of equally strong ones the more
// frequent. The weights are the model's own, read out of its evidence; the words and their counts are those of the counts it was built from. Words
// that no text could be made of are left out. Nil where the model lacks the axis.
func CarryingWords(model *classifier.Model, counts *classifier.Counts, axis classifier.Axis, limit int) ([][]Word, error) {
	if !model.Has(axis) {
		return nil, nil
	}
	sentences := map[string]string{}
	for _, claim := range counts.Claims() {
		sentences[claim.ID] = claim.Sentence
	}
	answers := axis.Answers()
	words := make([][]Word, len(answers))
	reader := wordReader{model: model, axis: axis}
	err := eachCounted(counts, axis, func(name string, counted [3]float64) {
		claim := sentences[feature.CrossClaim(name)]
		weights, text, ok := reader.weigh(name, claim)
		if !ok {
			return
		}
		for class, weight := range weights {
			if class < len(answers) && weight > 0 {
				words[class] = append(words[class], Word{Text: text, Claim: claim, Weight: weight, Counts: counted})
			}
		}
	})
	for class := range words {
		slices.SortFunc(words[class], func(a, b Word) int {
			return cmp.Or(cmp.Compare(b.thousandths(), a.thousandths()), cmp.Compare(b.examples(), a.examples()), cmp.Compare(a.Text, b.Text),
				cmp.Compare(a.Claim, b.Claim))
		})
		words[class] = slices.Clip(words[class][:min(limit, len(words[class]))])
	}
	return words, err
}

// thousandths is the weight as it is compared: words of one class alone differ only in how a float32 was rounded.
func (w *Word) thousandths() float64 { return math.Round(w.Weight * 1000) }

func (w *Word) examples() float64 { return w.Counts[0] + w.Counts[1] + w.Counts[2] }

// eachCounted visits every feature that an axis counts, in the order of their names.
func eachCounted(counts *classifier.Counts, axis classifier.Axis, visit func(name string, counted [3]float64)) error {
	reader, writer := io.Pipe()
	defer reader.Close()
	go func() {
		_, err := counts.WriteTo(writer)
		writer.CloseWithError(err)
	}()
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		last := len(fields) - len(axis.Answers()) // the counts a class end the line
		if fields[0] != string(axis) || last < 3 {
			continue
		}
		var counted [3]float64
		for class := range axis.Answers() {
			n, err := strconv.ParseFloat(fields[last+class], 64)
			if err != nil {
				return fmt.Errorf("counts of %s: %w", axis, err)
			}
			counted[class] = n
		}
		visit(fields[1], counted)
	}
	return lines.Err()
}

// wordReader asks a model what single words weigh.
type wordReader struct {
	model    *classifier.Model
	axis     classifier.Axis
	features feature.Features
}

// instances are of the words that are counted by a stand-in.
var instances = []string{"x://1", "12", "someone@example.org", "adults"}

// weigh gives the nats that a word, by its feature's name, brings to each answer; false where the feature is no word, or no text makes it.
func (r *wordReader) weigh(name, claim string) (weights [3]float64, word string, ok bool) {
	plain := name
	if feature.CrossClaim(name) != "" {
		if claim == "" {
			return weights, "", false
		}
		plain = strings.SplitN(name, ":", 3)[2]
	}
	word, isWord := strings.CutPrefix(plain, "w:")
	if !isWord {
		return weights, "", false
	}
	for _, text := range append([]string{word}, instances...) {
		if r.reads(text, plain) {
			return r.evidence(text, claim), word, true
		}
	}
	return weights, "", false
}

// reads says that the text is one word, and that its feature has that name.
func (r *wordReader) reads(text, name string) bool {
	r.model.Chain().Features(&r.features, text, "")
	if len(r.features.Text.Words) != 1 {
		return false
	}
	for i := range r.features.Items {
		if r.features.Name(i) == name {
			return true
		}
	}
	return false
}

// evidence is what the single word of a text brings to each answer.
func (r *wordReader) evidence(text, claim string) (weights [3]float64) {
	for _, evidence := range r.model.Explain(classifier.Example{Text: text, Claim: claim}).Evidence {
		if evidence.Axis != r.axis {
			continue
		}
		sum := 0.0
		for _, row := range evidence.Rows {
			if row.Start < row.End {
				sum += row.Share
			}
		}
		weights[r.axis.AnswerIndex(evidence.Answer)] = sum
		if r.axis != classifier.Stance {
			weights[1] = -sum
		}
	}
	return weights
}

package trial_test

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/text"
	"commentdesk/models"
)

// row is one line of a public set.
type row struct {
	Text  string          `json:"text"`
	Label json.RawMessage `json:"label"`
}

func (r row) hostile() bool { return strings.Trim(string(r.Label), `"`) == "1" }

// setRows reads a public set, or skips the test where the sets are absent.
func setRows(t *testing.T, name string) []row {
	t.Helper()
	folder := os.Getenv("COMMENTDESK_SETS")
	if folder == "" {
		t.Skip("COMMENTDESK_SETS is not set: it names the folder of the public sets, of which this measures " + name)
	}
	file, err := os.Open(filepath.Join(folder, name+".jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	zip, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	lines := bufio.NewScanner(zip)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%s, line %d: %v", name, len(rows)+1, err)
		}
		rows = append(rows, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func starter(t *testing.T) *classifier.Model {
	t.Helper()
	model, _, err := registry.Open(registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights})
	if err != nil {
		t.Fatal(err)
	}
	return model
}

// How many words are disguised, and in how many training examples each must stand.
const (
	disguisedWords = 300
	leastExamples  = 20
)

// mostHostile are the words that, alone, the model finds the most hostile, of those that stand often enough in the hostile training sets.
func mostHostile(t *testing.T, model *classifier.Model) map[string]bool {
	t.Helper()
	examples := map[string]int{}
	for _, name := range []string{"toxic_spans", "surge", "fox_news", "context_toxicity"} {
		for _, r := range setRows(t, "hostile/train/"+name) {
			seen := map[string]bool{}
			for _, word := range strings.FieldsFunc(strings.ToLower(r.Text), func(r rune) bool { return r < 'a' || r > 'z' }) {
				if len(word) >= 3 && !seen[word] {
					seen[word] = true
					examples[word]++
				}
			}
		}
	}
	type scored struct {
		word string
		p    float64
	}
	var words []scored
	for word, n := range examples {
		if n >= leastExamples {
			words = append(words, scored{word, hostility(model, word)})
		}
	}
	slices.SortFunc(words, func(a, b scored) int { return cmp.Or(cmp.Compare(b.p, a.p), strings.Compare(a.word, b.word)) })
	most := map[string]bool{}
	for _, word := range words[:min(disguisedWords, len(words))] {
		most[word.word] = true
	}
	return most
}

func hostility(model *classifier.Model, raw string) float64 {
	return model.Classify(classifier.Example{Text: raw}).Hostile.Probabilities[0]
}

// auc ranks the rows, each text changed by disguise.
func auc(t *testing.T, model *classifier.Model, rows []row, disguise func(string) string) float64 {
	t.Helper()
	var measured []eval.Row
	for _, r := range rows {
		p := hostility(model, disguise(r.Text))
		gold := 1
		if r.hostile() {
			gold = 0
		}
		measured = append(measured, eval.Row{Gold: gold, Probabilities: []float64{p, 1 - p}})
	}
	m, err := eval.Measure([]string{"yes", "no"}, measured, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	value, ok := m.Value(eval.AUC)
	if !ok {
		t.Fatal("no AUC: one class is absent")
	}
	return value
}

// mostLoss is how much AUC a trick may cost.
const mostLoss = .02

// TestDisguisesCostLittle hides the most hostile words of comments by one trick at a time. COMMENTDESK_DISGUISED names another set to measure.
func TestDisguisesCostLittle(t *testing.T) {
	set := cmp.Or(os.Getenv("COMMENTDESK_DISGUISED"), "hostile/dev/insults")
	rows, model := setRows(t, set), starter(t)
	disguiser := eval.Disguiser{Words: mostHostile(t, model)}
	open := auc(t, model, rows, func(raw string) string { return raw })
	t.Logf("%s: %d rows, AUC %.4f as written", set, len(rows), open)
	for _, trick := range eval.Tricks {
		t.Run(string(trick), func(t *testing.T) {
			if trick == eval.TrickLookAlikes {
				disguiser.LookAlikes = lookAlikes(t)
			}
			changed := 0
			hidden := auc(t, model, rows, func(raw string) string {
				disguised := disguiser.Disguise(raw, trick, 7)
				if disguised != raw {
					changed++
				}
				return disguised
			})
			t.Logf("%s: %d texts disguised, AUC %.4f, loss %.4f", trick, changed, hidden, open-hidden)
			if changed == 0 {
				t.Error("nothing was disguised")
			}
			if loss := open - hidden; loss > mostLoss {
				t.Errorf("%s costs %.4f AUC, more than %.2f", trick, loss, mostLoss)
			}
		})
	}
}

// lookAlikes are Unicode's confusables, or the test is skipped.
func lookAlikes(t *testing.T) eval.LookAlikes {
	t.Helper()
	path := cmp.Or(os.Getenv("COMMENTDESK_CONFUSABLES"), eval.ConfusablesPath)
	likes, err := eval.ReadLookAlikes(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is absent: install python3-confusable-homoglyphs", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	return likes
}

// How many words in 10,000 of ordinary comments may be read otherwise than written: at all, and as what no hyphen or typing error explains.
const (
	mostReread = 3
	mostFalse  = 1
)

// TestOrdinaryWordsAreLeftAlone counts, over comments that hide nothing, the words that are read otherwise than written. Two words joined at a
// hyphen, repeated letters and accents may be right (e-mail, alwaays, clichés); all others are taken for wrong. COMMENTDESK_ORDINARY names
// another set to measure.
func TestOrdinaryWordsAreLeftAlone(t *testing.T) {
	set := cmp.Or(os.Getenv("COMMENTDESK_ORDINARY"), "stance/arc_test")
	words, reread, wrong := 0, 0, 0
	var reading text.Text
	for _, r := range setRows(t, set) {
		reading.Read(r.Text)
		for _, word := range reading.Words {
			if word.Class != text.Plain {
				continue
			}
			words++
			if word.Disguise&^text.Hidden == 0 {
				continue
			}
			reread++
			written := reading.Written(word)
			hyphen := word.Disguise == text.Dots && strings.ReplaceAll(strings.ToLower(written), "-", "") == string(reading.Form(word))
			if !hyphen && word.Disguise&^(text.Doubled|text.Accents) != 0 {
				wrong++
			}
		}
	}
	per := func(n int) float64 { return 10000 * float64(n) / float64(words) }
	t.Logf("%s: of %d words %d are read otherwise than written (%.2f in 10,000), %d of them as nothing explains (%.2f)", set, words, reread, per(reread), wrong, per(wrong))
	if words == 0 || per(reread) > mostReread || per(wrong) > mostFalse {
		t.Errorf("more than %d, or than %d without a reason", mostReread, mostFalse)
	}
}

package learn_test
import ("testing";"strings";"fmt"
"commentdesk/classifier"
"commentdesk/classifier/registry")
func TestZZ(t *testing.T) {
	starter, man, err := registry.ReadCounts(shippedStarter)
	if err != nil { t.Fatal(err) }
	fill := strings.Fields("there is for you in our house and we read it again at school with the old people of our town this week")
	for _, l := range lessons[:2] {
		for _, w := range []float64{1, 20, 50, 200} {
			for _, k := range []int{0,2,5,10} {
				site := classifier.NewCounts(starter.Chain())
				for _, s := range l.series[0].taught[:k] { site.Add(classifier.Example{Text:s, Labels: map[classifier.Axis]string{l.axis: "yes"}}) }
				c := starter.Clone(); c.Merge(site, w)
				p := man.Parameters; p.SiteWeight = w
				m, err := classifier.Build(c, p)
				if err != nil { t.Fatal(err) }
				line := fmt.Sprintf("%s w %v k %d:", l.name, w, k)
				for _, n := range []int{0,1,2,3,5,8,12,20} {
					pr := m.Classify(classifier.Example{Text: l.series[0].word + " " + strings.Join(fill[:n], " ")})
					line += fmt.Sprintf(" %d:%.2f", n+1, pr.On(l.axis).Probabilities[0])
				}
				pr := m.Classify(classifier.Example{Text: l.series[0].probe})
				sm := m.Classify(classifier.Example{Text: l.same.text})
				t.Log(line, fmt.Sprintf("probe %.3f same %.3f", pr.On(l.axis).Probabilities[0], sm.On(l.axis).Probabilities[0]))
			}
		}
	}
}

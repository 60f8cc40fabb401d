//go:build !race

package classifier

import (
	"strings"
	"testing"
)

// The race detector makes sync.Pool drop what it is given, so this test is built without it; make test runs it by itself.
func TestClassifyAllocatesNothing(t *testing.T) {
	model := trainedModel(t)
	for _, claim := range []string{"", bridgeClaim, otherClaim} {
		for _, text := range append(repertoire, "идиотизм naïvetés unheardofwords "+strings.Repeat("ab", 60), "you never saw germans' women's quincunxes, IDIOTISH sc\u200bumbag") {
			e := Example{Text: text, Claim: claim}
			if n := testing.AllocsPerRun(200, func() { model.Classify(e) }); n > 0 {
				t.Errorf("%.0f allocations for %.40q under the claim %q", n, text, claim)
			}
		}
	}
}

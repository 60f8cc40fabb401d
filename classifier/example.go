package classifier

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"golang.org/x/text/cases"
)

// Example is one text with what is known about it. Training uses the labels; classifying ignores them.
type Example struct {
	Text   string
	Claim  string          // the sentence stance is measured against; "" without one
	Labels map[Axis]string // answers by axis; an axis without a label is absent
	Group  string          // examples of one group stay in one fold; "" means the example stands alone
	Weight float64         // how many examples it counts as; 0 means 1
}

// ClaimID identifies a claim on every installation: the first 16 hex digits of the SHA-256 of the case-folded sentence with white space
// collapsed. A blank sentence has the id "".
func ClaimID(sentence string) string {
	folded := strings.Join(strings.Fields(cases.Fold().String(sentence)), " ")
	if folded == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(folded))
	return hex.EncodeToString(sum[:8])
}

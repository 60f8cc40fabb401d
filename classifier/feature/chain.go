package feature

import "fmt"

// Chain makes features of a text. The same text and claim give the same features in the same order, on every machine.
type Chain interface {
	// ID names the chain in models.
	ID() string
	// Features fills f with the features of raw; those crossed with the claim come after f.Claimed. claimID "" means no claim.
	Features(f *Features, raw, claimID string)
}

// Current is the chain that new models are trained with.
var Current Chain = wordsAndLetters{}

// chains lists every chain that this program serves.
var chains = []Chain{wordsAndLetters{}}

// Find is the chain of that id.
func Find(id string) (Chain, error) {
	for _, chain := range chains {
		if chain.ID() == id {
			return chain, nil
		}
	}
	return nil, fmt.Errorf("feature chain %q is not known to this version", id)
}

package classifier

import "math"

// Arrivals counts on one axis, hostile or spam, how models judged what arrived: the log-odds of yes before any prior, in bins. From them follows how
// frequent yes is among what arrives, though nobody labelled it. The zero value is ready; what it takes does not grow.
type Arrivals struct {
	bins  [arrivalBins]int64
	total int64
}

// Log-odds from −12.5 to 12.5 nats fall into bins a twentieth of a nat wide; those beyond into the outermost.
const (
	arrivalBins    = 500
	arrivalBinNats = 0.05
)

// Add counts a text that a model with this prior gave this probability of yes.
func (a *Arrivals) Add(yes, prior float64) {
	const least = 1e-9
	evidence := logit(clamp(yes, least, 1-least)) - logit(prior)
	at := math.Floor(evidence/arrivalBinNats) + arrivalBins/2
	a.bins[int(clamp(at, 0, arrivalBins-1))]++
	a.total++
}

// Total is how many texts were counted.
func (a *Arrivals) Total() int64 { return a.total }

// ShareOfYes is the share of yes among the texts by which their judgements are most likely, found by expectation maximisation (Saerens, Latinne and
// Decaestecker, Adjusting the Outputs of a Classifier to New a Priori Probabilities, Neural Computation 14, 2002): the probabilities of all texts under a
// share have a mean, which is the next share. It starts from a share between 0 and 1 and returns that where nothing was counted.
func (a *Arrivals) ShareOfYes(start float64) float64 {
	const rounds, still, least = 2000, 1e-9, 1e-6
	share := start
	for range rounds {
		if a.total == 0 {
			break
		}
		sum := 0.
		for at, count := range a.bins {
			if count > 0 {
				evidence := (float64(at-arrivalBins/2) + .5) * arrivalBinNats
				sum += float64(count) / (1 + math.Exp(-evidence-logit(share)))
			}
		}
		next := clamp(sum/float64(a.total), least, 1-least)
		if math.Abs(next-share) < still {
			break
		}
		share = next
	}
	return share
}

// How far arrivals may move a prior.
const (
	// LeastArrivals is how many texts a prior is estimated from at least.
	LeastArrivals = 1000

	// arrivalDraw is how many texts the prior before counts as: the first thousand arrivals move it half the way.
	arrivalDraw = 1000

	// Beyond these it is likelier that the model misjudges the site's texts than that so little or so much of what arrives is yes. Of a source whose
	// insults the model does not know it finds none; a prior near 0 would then hide the few that it does know.
	lowestPrior, highestPrior = 0.01, 0.30
)

// Prior is the prior of a model that is to answer where these texts arrived, to a tenth of a percent. With fewer than LeastArrivals it is the one
// before, and false.
func (a *Arrivals) Prior(before float64) (prior float64, estimated bool) {
	if a.total < LeastArrivals {
		return before, false
	}
	total := float64(a.total)
	drawn := (total*a.ShareOfYes(before) + arrivalDraw*before) / (total + arrivalDraw)
	return clamp(math.Round(drawn*1000)/1000, lowestPrior, highestPrior), true
}

func clamp(value, low, high float64) float64 { return math.Max(low, math.Min(high, value)) }

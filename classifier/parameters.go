package classifier

import (
	"encoding/json"
	"fmt"
	"math"
)

// Parameters are everything about a model that is not counted. Every number is rounded to 9 significant digits before use.
type Parameters struct {
	SiteWeight float64           `json:"site_weight"` // how many starter examples one site label counts as
	Letters    bool              `json:"letters"`     // whether runs of letters are read beside words
	Attributes bool              `json:"attributes"`  // whether training learns attribute weights on top of the log-odds
	Axes       [3]AxisParameters `json:"axes"`        // in the order of Axes
}

// AxisParameters turn an axis's raw score into probabilities and an answer.
type AxisParameters struct {
	MinExamples int        `json:"min_examples"` // a feature seen in fewer is left out
	Smoothing   float64    `json:"smoothing"`    // pseudo-counts a feature, spread like the corpus background
	Slope       float64    `json:"slope"`        // calibrated nats a nat of length-normalised score of words
	LetterSlope float64    `json:"letter_slope"` // the same for runs of letters; 0 without
	Bias        [3]float64 `json:"bias"`         // a class; for yes and no only the first counts, at even odds: the prior comes on top
	ClaimSlope  float64    `json:"claim_slope"`  // stance: calibrated nats a nat of the claim's own share of answers
	Prior       float64    `json:"prior"`        // hostile and spam: the expected share of yes among what arrives
	Low         float64    `json:"low"`          // hostile and spam: no at this probability of yes or below
	High        float64    `json:"high"`         // yes at this probability or above; for stance the least probability of the answer given
	MinCoverage float64    `json:"min_coverage"` // below this share of known words the model abstains

	// Fitted is what fitting chose where a person set Low, High and MinCoverage; empty, and not in the model's id, where nobody did.
	Fitted Thresholds `json:"fitted,omitzero"`
}

// numbers are those that are rounded and checked.
func (a *AxisParameters) numbers() []*float64 {
	return []*float64{&a.Smoothing, &a.Slope, &a.LetterSlope, &a.ClaimSlope, &a.Bias[0], &a.Bias[1], &a.Bias[2], &a.Prior, &a.Low, &a.High, &a.MinCoverage,
		&a.Fitted.Low, &a.Fitted.High, &a.Fitted.MinCoverage}
}

// Shipped are the parameters that training starts from. Slopes, biases, least coverage and thresholds are fitted to the examples where they are enough;
// the prior where a site has arrivals enough.
func Shipped() Parameters {
	stance := AxisParameters{MinExamples: 1, Smoothing: 1, Slope: 1, ClaimSlope: 0.6, High: 0.5, MinCoverage: 0.15}
	hostile := AxisParameters{MinExamples: 2, Smoothing: 1, Slope: 1, Prior: 0.03, Low: 0.1, High: 0.5, MinCoverage: 0.3}
	spam := AxisParameters{MinExamples: 2, Smoothing: 0.3, Slope: 1, Prior: 0.03, Low: 0.1, High: 0.35, MinCoverage: 0.3}
	return Parameters{SiteWeight: 20, Letters: true, Attributes: true, Axes: [3]AxisParameters{stance, hostile, spam}}
}

// rounded rounds every number to 9 significant digits.
func (p Parameters) rounded() Parameters {
	p.SiteWeight = round9(p.SiteWeight)
	for i := range p.Axes {
		for _, number := range p.Axes[i].numbers() {
			*number = round9(*number)
		}
	}
	return p
}

// validate refuses parameters that no training makes.
func (p Parameters) validate() error {
	numbers := []float64{p.SiteWeight}
	for i := range p.Axes {
		for _, number := range p.Axes[i].numbers() {
			numbers = append(numbers, *number)
		}
	}
	for _, number := range numbers {
		if math.IsNaN(number) || math.Abs(number) > 1e9 {
			return fmt.Errorf("parameter %v is out of range", number)
		}
	}
	for i, axis := range Axes {
		if prior := p.Axes[i].Prior; axis != Stance && !(prior > 0 && prior < 1) {
			return fmt.Errorf("%s: the prior %v is not between 0 and 1", axis, prior)
		}
	}
	return nil
}

// canonical is the one spelling of the parameters that goes into a model's id.
func (p Parameters) canonical() ([]byte, error) { return json.Marshal(p) }

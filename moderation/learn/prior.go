package learn

import (
	"context"
	"fmt"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
)

// PriorReport is the share of yes that a candidate expects on hostile or spam, estimated over everything that arrived.
type PriorReport struct {
	Axis     classifier.Axis `json:"axis"`
	Shipped  float64         `json:"shipped"`  // what the starter expects
	Prior    float64         `json:"prior"`    // what the candidate expects
	Arrivals int64           `json:"arrivals"` // the comments it was estimated over
	LeftOut  int64           `json:"left_out"` // comments whose answer is of a model that is not kept
}

// estimatePriors sets the priors of hostile and spam to what all arrivals say, and reports those that they are enough for. Labels have no say: people
// label what they come across, and that is not what arrives.
func (l *Learner) estimatePriors(ctx context.Context, starter registry.Manifest, parameters *classifier.Parameters) ([]PriorReport, error) {
	arrivals, leftOut, err := l.arrivals(ctx, starter)
	if err != nil {
		return nil, fmt.Errorf("arrivals: %w", err)
	}
	var reports []PriorReport
	for i, axis := range classifier.Axes {
		if axis == classifier.Stance {
			continue
		}
		shipped := starter.Parameters.Axes[i].Prior
		if prior, estimated := arrivals[i].Prior(shipped); estimated {
			parameters.Axes[i].Expect(prior)
			reports = append(reports, PriorReport{Axis: axis, Shipped: shipped, Prior: prior, Arrivals: arrivals[i].Total(), LeftOut: leftOut})
		}
	}
	return reports, nil
}

// arrivals counts the stored answers of all comments, each without the prior of the model that gave it. Where that is not known the answer is left
// out and counted.
func (l *Learner) arrivals(ctx context.Context, starter registry.Manifest) (arrivals [3]classifier.Arrivals, leftOut int64, err error) {
	priors := map[string]*classifier.Parameters{starter.ID: &starter.Parameters}
	err = l.store.Arrivals(ctx, func(a Arrival) error {
		made, known := priors[a.Model]
		if !known {
			if made, err = l.parametersOf(ctx, a.Model); err != nil {
				return err
			}
			priors[a.Model] = made
		}
		if made == nil {
			leftOut++
			return nil
		}
		for i, yes := range [3]float64{-1, a.Hostile, a.Spam} {
			if yes >= 0 {
				arrivals[i].Add(yes, made.Axes[i].Prior)
			}
		}
		return nil
	})
	return arrivals, leftOut, err
}

// parametersOf are a stored model's; nil of a model that is not kept, or in a format of another version.
func (l *Learner) parametersOf(ctx context.Context, id string) (*classifier.Parameters, error) {
	encoded, err := l.store.ModelManifest(ctx, id)
	if moderation.ErrorCode(err) == moderation.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	manifest, err := registry.ReadManifest(encoded)
	if err != nil {
		return nil, nil
	}
	return &manifest.Parameters, nil
}

// expecting is the recipe with the priors of other parameters.
func (r recipe) expecting(priors classifier.Parameters) recipe {
	for i := range r.parameters.Axes {
		r.parameters.Axes[i].Prior = priors.Axes[i].Prior
	}
	return r
}

package trial

import "commentdesk/classifier"

// Watched is the recipe with watch called for everything that it trains.
func (r Recipe) Watched(watch func(axis classifier.Axis, trained *Trained)) Recipe {
	train := r.train
	r.train = func(axis classifier.Axis, examples []classifier.Example) (*Trained, error) {
		trained, err := train(axis, examples)
		if err == nil {
			watch(axis, trained)
		}
		return trained, err
	}
	return r
}

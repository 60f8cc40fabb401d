package trial

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"commentdesk/classifier"
)

// LearningShares are the parts of the training examples that a learning curve tries. Each part holds the one before it.
var LearningShares = []float64{.1, .2, .4, .7, 1}

// LearningPoint is what training on a part of the examples came to, measured on the same examples as all the others.
type LearningPoint struct {
	Share    float64 // of the training examples
	Examples int     // trained on; with folds their mean, rounded
	Result   Result  // empty where Reason says why there is none
	Reason   string  // "" where the part was enough to train on
}

// LearningCurve trains the recipe on growing parts of each split's training examples. Parts are drawn answer by answer with a fixed seed, so
// that every run draws the same ones and the mix stays. whole is what Run came to on all of them; it is not run again.
func LearningCurve(ctx context.Context, recipe Recipe, axis classifier.Axis, splits []Split, whole Result, options Options) ([]LearningPoint, error) {
	var curve []LearningPoint
	for _, share := range LearningShares {
		parts := make([]Split, len(splits))
		examples := 0
		for i, s := range splits {
			parts[i] = s.part(axis, share)
			examples += len(parts[i].Train)
		}
		point := LearningPoint{Share: share, Examples: int(math.Round(float64(examples) / float64(len(splits)))), Result: whole}
		if share < 1 {
			part := options
			part.Now = nil
			result, err := Run(ctx, recipe, axis, parts, part)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			point.Result = result
			if err != nil {
				point.Reason = err.Error()
			}
		}
		curve = append(curve, point)
	}
	return curve, nil
}

// learningSeed draws the parts; it only has to stay the same.
const learningSeed = 0x6c6561726e

// part is the split with a share of its training examples that have a label on the axis, rounded up for each answer, in their old order. A
// smaller share's part lies within a greater one's.
func (s Split) part(axis classifier.Axis, share float64) Split {
	random := rand.New(rand.NewPCG(learningSeed, uint64(axis.Index())))
	var places []int
	for class := range axis.Answers() {
		var ofClass []int
		for i, e := range s.Train {
			if axis.AnswerIndex(e.Labels[axis]) == class {
				ofClass = append(ofClass, i)
			}
		}
		random.Shuffle(len(ofClass), func(i, j int) { ofClass[i], ofClass[j] = ofClass[j], ofClass[i] })
		places = append(places, ofClass[:int(math.Ceil(share*float64(len(ofClass))-1e-9))]...)
	}
	slices.Sort(places)
	part := s
	part.Train = make([]Example, len(places))
	for i, place := range places {
		part.Train[i] = s.Train[place]
	}
	return part
}

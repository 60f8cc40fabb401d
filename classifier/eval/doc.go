// Package eval measures answers against gold labels: confusion matrix, accuracy, F1, ranking, calibration, what abstaining is worth, the same under
// another share of yes and by slices of the rows, 95 % intervals by bootstrap, and the paired difference between two models on the same rows. It
// knows rows of a gold class and class probabilities, and how the figures are shown. It leaves to others where rows come from, how models are
// trained and calibrated, and what a good figure is. It imports none of our packages.
//
// The way through: rows → Measure → Measurement → NewReport → WriteTable or JSON; two measurements → Compare; rows and a name for each → Sliced and
// NewGaps. Everything is deterministic: the same rows and the same seed give the same figures, on another kind of processor up to the last bits of
// a float.
package eval

// Package trial finds out how good a way of training is: labelled examples → splits → a recipe → figures. It knows recipes by name, folds, the
// texts that training must not have seen, and the loop that is timed. It leaves to others where examples come from, what a figure means (eval)
// and how a model is made (classifier). Everything but the speed is the same on every run.
package trial

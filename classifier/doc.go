// Package classifier answers three questions about a reader's comment with naive Bayes: does it favor the article's claim, is it hostile, is
// it spam. It knows examples, predictions, evidence and models, how a model is trained from counts and how it is calibrated. It leaves to
// others where models are kept (registry), what happens to a comment (moderation), and knows no SQL, no HTTP and no clock.
package classifier

// Package text reads a comment the way the models do, in three steps: normalise.go makes two spellings of one character equal, disguise.go is
// where hidden words are uncovered, segment.go parts the result into words. Each word keeps where it stood in the comment as written, so that
// what was folded can be shown. It knows nothing of models or features.
package text

// Package text reads a comment the way the models do. normalise.go makes two spellings of one character equal and drops what shows nothing;
// segment.go parts the result into words; what looks odd is read as the known word it hides: uncover.go for letters of other scripts, digits and
// signs, marks between or instead of letters, doubled.go for repeated letters, spaced.go for letters that stand alone. A word is read otherwise
// than it is written only as a word of known.go, but for letters of two scripts in one word; a known word never is. Each word keeps where it
// stood and how it was disguised, so that a page can show it. The package knows nothing of models or features.
package text

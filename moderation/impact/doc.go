// Package impact tells a moderator what a label will change before it is given: which waiting comments would be answered otherwise, which would come
// to stand among the first, and which past labels the model would no longer agree with. It keeps the waiting comments indexed in memory by their
// features and leaves the arithmetic to classifier; it knows nothing of pages, and what it says is an estimate by counts alone: see docs/change.md.
package impact

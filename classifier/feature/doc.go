// Package feature turns a text, and the claim it may speak of, into features: named, hashed marks that are present or absent. A chain is one
// fixed way of doing so, with an id that models carry; training and classifying share it. A published chain never changes: a change is a new
// chain in a file of its own, listed in chain.go. The package knows nothing of counts or weights.
package feature

// Package learn turns what moderators answered into the next model: ledger to counts, counts to a candidate, candidate against champion,
// promotion, roll-back, re-scoring of what still waits. It knows when a model has earned its place; it leaves the arithmetic to classifier,
// the figures to eval, the bytes to registry and the rows to a store.
package learn

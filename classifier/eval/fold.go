package eval

import "github.com/cespare/xxhash/v2"

// Folds gives each row its fold, 0 to n−1, by a hash of its group, so that a group is never split and a row keeps its fold when others come and
// go. Rows with equal names share a fold, those named "" too: a row that stands by itself needs a name of its own. Few groups can leave a fold
// empty. With n below 2 every row is in fold 0.
func Folds(groups []string, n int) []int {
	folds := make([]int, len(groups))
	if n < 2 {
		return folds
	}
	for i, group := range groups {
		folds[i] = int(xxhash.Sum64String(group) % uint64(n))
	}
	return folds
}

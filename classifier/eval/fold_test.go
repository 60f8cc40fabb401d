package eval

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The expected folds come from xxHash64's published test values: "" ef46db3751d8e999, "a" d24ec4f1a98c6e5b, "abc" 44bc2cf5ad770999.
func TestFoldsStay(t *testing.T) {
	got := Folds([]string{"", "a", "abc", "a"}, 1000)
	if diff := cmp.Diff([]int{0xef46db3751d8e999 % 1000, 0xd24ec4f1a98c6e5b % 1000, 0x44bc2cf5ad770999 % 1000, 0xd24ec4f1a98c6e5b % 1000}, got); diff != "" {
		t.Errorf("folds moved (-want +got):\n%s", diff)
	}
}

func TestFoldsKeepGroupsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.SliceOf(rapid.StringN(0, 2, -1)).Draw(t, "groups")
		n := rapid.IntRange(-1, 12).Draw(t, "n")
		foldOf := map[string]int{}
		for i, fold := range Folds(groups, n) {
			if fold < 0 || fold >= max(n, 1) {
				t.Fatalf("fold %d of %d", fold, n)
			}
			if known, ok := foldOf[groups[i]]; ok && known != fold {
				t.Fatalf("group %q in folds %d and %d", groups[i], known, fold)
			}
			foldOf[groups[i]] = fold
		}
	})
}

func TestFoldsAreEven(t *testing.T) {
	groups := make([]string, 5000)
	for i := range groups {
		groups[i] = "comment " + strconv.Itoa(i)
	}
	sizes := make([]int, 5)
	for _, fold := range Folds(groups, 5) {
		sizes[fold]++
	}
	for fold, size := range sizes {
		if size < 900 || size > 1100 {
			t.Errorf("fold %d holds %d of 5,000", fold, size)
		}
	}
}

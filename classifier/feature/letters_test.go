package feature

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// byHand are a word's runs: every 3 to 5 characters of <word>, of which the first 40 are read.
func byHand(form string) (runs []string) {
	characters := []rune("<" + form + ">")
	characters = characters[:min(40, len(characters))]
	for length := 3; length <= 5; length++ {
		for at := 0; at+length <= len(characters); at++ {
			runs = append(runs, "l:"+string(characters[at:at+length]))
		}
	}
	return runs
}

func TestSpelling(t *testing.T) {
	var spelling Spelling // reused from word to word
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.OneOf(rapid.StringN(1, 60, -1), rapid.StringMatching("[a-z']{1,45}"), rapid.SampledFrom([]string{"a", "нет", "é", "nanana"})).Draw(t, "form")
		claim := rapid.SampledFrom([]string{"", claimID}).Draw(t, "claim")
		want := byHand(form)
		if n := Runs([]byte(form)); n != len(want) {
			t.Fatalf("%q has %d runs, want %d", form, n, len(want))
		}
		spelling.Read([]byte(form))
		var names []string
		for hash, more := spelling.Next(); more; hash, more = spelling.Next() {
			name := spelling.RunName(claim)
			if Hash(name) != CrossRun(hash, claim) {
				t.Fatalf("the run %q has the hash %016x, its name %016x", name, CrossRun(hash, claim), Hash(name))
			}
			if !IsRun(name) || CrossClaim(name) != claim {
				t.Fatalf("%q is the name of a run: %v, of claim %q", name, IsRun(name), CrossClaim(name))
			}
			names = append(names, strings.TrimPrefix(name, "c:"+claimID+":"))
		}
		if !slices.Equal(names, want) {
			t.Fatalf("%q is spelled %q, want %q", form, names, want)
		}
	})
}

// Features.Cross is what CrossRun says of the claim that the features were made under.
func TestCross(t *testing.T) {
	var f Features
	Current.Features(&f, "bridge", claimID)
	if run := Hash("l:bri"); f.Cross(run) != CrossRun(run, claimID) || f.Cross(run) != Hash("c:"+claimID+":l:bri") || f.Cross(run) == run {
		t.Error("a run under the claim has two hashes, or that of the run alone")
	}
}

func TestLettered(t *testing.T) {
	for form, want := range map[string]bool{
		"word": true, "7up": true, "été": true, "нет": true, "你好": true, "٣": true,
		"": false, "<group>": false, "<number>": false, "😀": false, "'s": false, "\xff": false,
	} {
		if got := Lettered([]byte(form)); got != want {
			t.Errorf("%q is lettered: %v", form, got)
		}
	}
}

func TestIsRun(t *testing.T) {
	for name, want := range map[string]bool{
		"l:abc": true, "c:0123456789abcdef:l:abc": true, "l:": false, "l": false, "": false, "w:l:abc": false, "c:0123456789abcdef:l:": false,
		"c:0123456789abcdef:w:abc": false, "c:short:l:abc": false,
	} {
		if got := IsRun(name); got != want {
			t.Errorf("%q is a run's name: %v", name, got)
		}
	}
}

func TestWordForm(t *testing.T) {
	for name, want := range map[string]struct {
		form, claim string
		ok          bool
	}{
		"w:bridge": {"bridge", "", true}, "w:<group>": {"<group>", "", true}, "c:" + claimID + ":w:bridge": {"bridge", claimID, true}, "w:": {"", "", true},
	} {
		form, claim, ok := WordForm(name)
		if form != want.form || claim != want.claim || ok != want.ok {
			t.Errorf("%q: form %q, claim %q, %v", name, form, claim, ok)
		}
	}
	for _, name := range []string{"p:a b", "m:!!", "c:" + claimID + ":n:a", "", "w"} {
		if _, _, ok := WordForm(name); ok {
			t.Errorf("%q is taken for a word", name)
		}
	}
}

// No two kinds of feature made of the same word share a hash.
func TestKindsHaveTheirOwnHashes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringMatching("[a-z]{1,8}").Draw(t, "a"), rapid.StringMatching("[a-z]{1,8}").Draw(t, "b")
		seen := map[uint64]string{}
		for _, name := range []string{"w:" + a, "n:" + a, "u:" + a, "l:" + a, "p:" + a + " " + a, "p:" + a + " " + b + "x", "p:" + b + "x " + a} {
			for _, name := range []string{name, "c:" + claimID + ":" + name} {
				if other, ok := seen[Hash(name)]; ok {
					t.Fatalf("%q and %q share a hash", other, name)
				}
				seen[Hash(name)] = name
			}
		}
	})
}

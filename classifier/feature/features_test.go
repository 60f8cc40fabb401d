package feature

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the golden files anew")

const claimID = "0123456789abcdef"

// A published chain never changes: if this golden file must change, the change belongs into a new chain.
func TestWordsAndLettersGolden(t *testing.T) {
	texts := []struct{ raw, claimID string }{
		{"", ""},
		{"Dream on.", ""},
		{"The bridge is a waste", claimID},
		{"This is not a good idea, but fine.", ""},
		{"I don’t agree. Never ever again", ""},
		{"soooo goooood!!! really???", ""},
		{"WHAT A DISGRACE THIS IS", ""},
		{"Call 030 1234-5678 or +49 (30) 12 34 56", ""},
		{"win at https://x.example/1 and www.y.example, mail me@y.example", ""},
		{"the same the same the same", claimID},
		{"ﬁne ＩＤＩＯＴ i\u200bdiot 👩\u200d👩\u200d👧 ½", ""},
		{"هذا كذب! 你好。 Это ЛОЖЬ", ""},
		{"no no no not not", ""},
		{"... !? --", claimID},
		{"cannot can't cant won't 12 not 12", ""},
		{"Germans are not Muslims or women, the women's bridge", claimID},
		{"buy-now at www.cheap-watches.example/deal?ref=a1b2 or WWW.CHEAP-WATCHES.EXAMPLE 😀", claimID},
	}
	var got strings.Builder
	var f Features
	for _, text := range texts {
		Current.Features(&f, text.raw, text.claimID)
		fmt.Fprintf(&got, "%q %s\n", text.raw, text.claimID)
		for i, item := range f.Items {
			fmt.Fprintf(&got, "\t%016x %-40q kind %d for %03b words %d to %d\n", item.Hash, f.Name(i), item.Kind, item.For, item.First, item.Last)
		}
		fmt.Fprintf(&got, "\tletters %q\n", runsOf(&f))
	}
	path := filepath.Join("testdata", Current.ID()+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// runsOf are the runs of letters of the first of a text's words that has letters, by name.
func runsOf(f *Features) (runs []string) {
	var spelling Spelling
	for i := range f.Items {
		if form, claim, ok := WordForm(f.Name(i)); ok && f.Items[i].Kind == Word && Lettered([]byte(form)) {
			spelling.Read([]byte(form))
			for _, more := spelling.Next(); more; _, more = spelling.Next() {
				runs = append(runs, spelling.RunName(claim))
			}
			return runs
		}
	}
	return nil
}

func TestEveryListedChainIsFound(t *testing.T) {
	for _, chain := range chains {
		found, err := Find(chain.ID())
		if err != nil || found != chain {
			t.Errorf("%s: found %v, %v", chain.ID(), found, err)
		}
	}
	if found, err := Find(Current.ID()); err != nil || found != Current {
		t.Errorf("the current chain is not listed: %v, %v", found, err)
	}
	if _, err := Find("words-pairs-1"); err == nil {
		t.Error("an unknown chain was found")
	}
}

func TestClaimOfAName(t *testing.T) {
	for name, want := range map[string]string{
		"c:0123456789abcdef:w:bridge": claimID, "c:0123456789abcdef:p:a b": claimID,
		"w:bridge": "", "w:c:0123456789abcdef:w": "", "c:short:w:a": "", "": "",
	} {
		if got := CrossClaim(name); got != want {
			t.Errorf("%q: claim %q, want %q", name, got, want)
		}
	}
}

func TestOneWordUnderTwoClaimsIsTwoFeatures(t *testing.T) {
	hashes := map[uint64]string{}
	var f Features
	for _, claim := range []string{"", "0123456789abcdef", "0123456789abcdee", "fedcba9876543210"} {
		Current.Features(&f, "bridge", claim)
		last := len(f.Items) - 1
		if other, ok := hashes[f.Items[last].Hash]; ok {
			t.Errorf("claims %q and %q share a hash", other, claim)
		}
		hashes[f.Items[last].Hash] = claim
	}
}

// snapshot is what can be seen of features, apart from their memory.
func snapshot(f *Features) []string {
	var all []string
	for i, item := range f.Items {
		all = append(all, fmt.Sprintf("%016x %q %d %d %d %d", item.Hash, f.Name(i), item.Kind, item.For, item.First, item.Last))
	}
	return append(all, fmt.Sprint("claimed ", f.Claimed))
}

// check is what holds of the features of every text.
func check(t rapid.TB, raw, claim string, reused *Features) {
	t.Helper()
	var f Features
	Current.Features(&f, raw, claim)
	seen := map[string]bool{}
	for i, item := range f.Items {
		name := f.Name(i)
		if seen[name] {
			t.Fatalf("%q: feature %q stands twice", raw, name)
		}
		seen[name] = true
		if Hash(name) != item.Hash {
			t.Fatalf("%q: feature %q has the hash %016x, its name %016x", raw, name, item.Hash, Hash(name))
		}
		if strings.ContainsAny(name, "\t\n\r") {
			t.Fatalf("%q: feature %q cannot stand in a line of counts", raw, name)
		}
		if words := int32(len(f.Text.Words)); item.First == WholeText != (item.Kind == Mark) || item.First < WholeText || item.First > item.Last || item.Last >= words {
			t.Fatalf("%q: feature %q is made of words %d to %d of %d", raw, name, item.First, item.Last, words)
		}
		if wantClaim := map[bool]string{true: claim}[i >= f.Claimed]; CrossClaim(name) != wantClaim || item.Crossed() != (i >= f.Claimed) {
			t.Fatalf("%q: feature %d is %q, crossed %v, want the claim %q", raw, i, name, item.Crossed(), wantClaim)
		}
		if item.For == 0 || item.For&^ForAll != 0 {
			t.Fatalf("%q: feature %q is for %b", raw, name, item.For)
		}
		wantNameOfItsKind(t, &f, i)
	}
	wantCrossed(t, &f)
	Current.Features(reused, raw, claim)
	if diff := cmp.Diff(snapshot(&f), snapshot(reused)); diff != "" {
		t.Fatalf("%q: memory of other texts changes the features (-fresh +reused):\n%s", raw, diff)
	}
}

// wantNameOfItsKind checks that the name says what the feature is.
func wantNameOfItsKind(t rapid.TB, f *Features, i int) {
	t.Helper()
	item, name := f.Items[i], f.Name(i)
	form, claim, isWord := WordForm(name)
	if isWord != item.IsWord() || IsRun(name) {
		t.Fatalf("%q of kind %d: a word's name %v, a run's %v", name, item.Kind, isWord, IsRun(name))
	}
	if isWord && (form == "" || Hash(name) != Hash(strings.TrimPrefix(name, "c:"+claim+":")) != (claim != "")) {
		t.Fatalf("%q has the form %q and the claim %q", name, form, claim)
	}
	for _, prefix := range []struct {
		kind Kind
		is   string
	}{{Pair, "p:"}, {Negated, "n:"}, {Part, "u:"}, {Mark, "m:"}} {
		if plain := strings.TrimPrefix(name, "c:"+claimID+":"); strings.HasPrefix(plain, prefix.is) != (item.Kind == prefix.kind) {
			t.Fatalf("%q is of kind %d", name, item.Kind)
		}
	}
	if strings.Contains(name, "<group>") && item.For&ForStance != 0 {
		t.Fatalf("%q is for stance", name)
	}
	if item.For&ForYesNo == 0 || !isWord {
		return
	}
	if isGroup([]byte(form)) {
		t.Fatalf("%q names a group and is for %03b", name, item.For)
	}
}

// wantCrossed checks that behind Claimed the features for stance stand once more, under the claim.
func wantCrossed(t rapid.TB, f *Features) {
	t.Helper()
	at := f.Claimed
	for i := range f.Claimed {
		plain := f.Items[i]
		if f.claimID == "" || plain.For&ForStance == 0 {
			continue
		}
		if at == len(f.Items) {
			t.Fatalf("feature %q does not stand under the claim", f.Name(i))
		}
		crossed := f.Items[at]
		if want := crossPrefix + f.claimID + ":" + f.name(&plain); f.Name(at) != want && plain.For != ForAll {
			t.Fatalf("feature %q follows %q", f.Name(at), want)
		}
		if plain.Kind != crossed.Kind || plain.First != crossed.First || plain.Last != crossed.Last || crossed.For != ForStance {
			t.Fatalf("feature %q differs under the claim: %+v %+v", f.Name(i), plain, crossed)
		}
		at++
	}
	if at != len(f.Items) {
		t.Fatalf("%d features under the claim, want %d", len(f.Items)-f.Claimed, at-f.Claimed)
	}
}

func TestFeaturesOfAnyText(t *testing.T) {
	word := rapid.OneOf(
		rapid.SampledFrom([]string{"not", "don't", "a", "b", "!!", "?", ".", "123", "x.com", "a@b.de", "AAAA", "你好", "😀", "germans", "Women's", "muslims",
			"<group>", "<link>", "www.cheap-watches.example/deal", "https://x.example/a-bb-ccc", "i\u200bdiot", "ｉｄｉｏｔ", "\xff", "w:a", "p:a b", "👩\u200d👩\u200d👧"}),
		rapid.String(),
	)
	var reused Features
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOf(word).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", "\n"}).Draw(t, "between"))
		check(t, raw, rapid.SampledFrom([]string{"", claimID}).Draw(t, "claim"), &reused)
	})
}

// The set that tells new features from old has room for every text, and forgets the text before.
func TestSetHasRoom(t *testing.T) {
	var reused Features
	for _, words := range []int{0, 1, 7, 8, 9, 31, 32, 33, 500, 5000, 3, 5000, 1} {
		distinct := make([]string, words)
		for i := range distinct {
			distinct[i] = fmt.Sprintf("not w%d", i)
		}
		check(t, strings.Join(distinct, " "), claimID, &reused)
		for i := range distinct { // every word is new, makes a new pair, and is negated by the one before
			distinct[i] = fmt.Sprintf("w%dn't", i)
		}
		check(t, strings.Join(distinct, " "), claimID, &reused)
		for i := range distinct { // every word is a group's name, read in two ways, and negated
			distinct[i] = fmt.Sprintf("w%dn't %s", i, groupLines()[i%900])
		}
		check(t, strings.Join(distinct, " "), claimID, &reused)
		for i := range distinct { // links of many parts
			distinct[i] = "www." + strings.Repeat(fmt.Sprintf("aa%c%c%c-", 'a'+i%26, 'a'+i/26%26, 'a'+i/676), 9) + "x.example"
		}
		check(t, strings.Join(distinct[:min(words, 500)], " "), claimID, &reused)
	}
}

func TestSetForgetsWhenItsRoundsRunOut(t *testing.T) {
	var set hashSet
	set.reset(10)
	set.insert(7)
	set.round = ^uint32(0)
	set.insert(8)
	set.reset(10)
	for _, hash := range []uint64{7, 8, 0} {
		if !set.insert(hash) {
			t.Errorf("%d is known to an empty set", hash)
		}
		if set.insert(hash) {
			t.Errorf("%d is new twice", hash)
		}
	}
}

// Words far apart, a negation's reach, and phrases.
func TestWhatFeaturesAreMadeOf(t *testing.T) {
	tests := []struct {
		raw      string
		has, not []string
	}{
		{"good. idea", []string{"w:good", "w:idea"}, []string{"p:good idea"}},
		{"not a very good idea", []string{"n:a", "n:very"}, []string{"n:good", "n:not"}},
		{"not, good", []string{"w:good"}, []string{"n:good", "p:not good"}},
		{"no not good", []string{"n:not", "n:good"}, nil},
		{"not 12 good", []string{"n:good"}, []string{"n:12", "n:<number>"}},
		{"germans are no idiots", []string{"w:germans", "w:<group>", "p:germans are", "p:<group> are", "n:idiots"}, []string{"n:<group>"}},
		{"no muslims", []string{"n:muslims", "n:<group>", "p:no <group>", "p:no muslims"}, nil},
		{"women men", []string{"p:women men", "p:<group> <group>"}, []string{"p:women <group>", "p:<group> men"}},
		{"a www.cheap-pills.example/buy", []string{"u:cheap", "u:pills", "u:example", "u:buy", "p:a <link>"}, []string{"u:a", "w:cheap"}},
		{"not x.com", nil, []string{"n:<link>", "n:x.com"}},
		{"", []string{"m:length 0"}, []string{"m:length 1"}},
		{"one two three, 4", []string{"m:length 4"}, []string{"m:length 2", "m:length 8"}},
		{strings.Repeat("word ", 500), []string{"m:length 64"}, []string{"m:length 32"}},
		{"wow!!", []string{"m:!!"}, []string{"m:??"}},
		{"wow!", nil, []string{"m:!!"}},
		{"x.com", []string{"w:<link>", "m:link"}, []string{"m:links"}},
		{"x.com y.com", []string{"m:links", "p:<link> <link>"}, nil},
		{"(030) 1234-5678", []string{"m:phone", "w:<number>"}, nil},
		{"1234 and 56789", nil, []string{"m:phone"}},
		{"1,000,000 or 3.1415926", nil, []string{"m:phone"}},
		{"٠١٢٣٤٥٦٧٨", []string{"m:phone"}, nil},
		{"٠١٢٣٤", nil, []string{"m:phone"}},
		{"ABCDEFGHIJKL", []string{"m:capitals"}, nil},
		{"ABCDEFGHIJK", nil, []string{"m:capitals"}},
		{"ABCDEF ghijkl", nil, []string{"m:capitals"}},
	}
	for _, test := range tests {
		var f Features
		Current.Features(&f, test.raw, "")
		var names []string
		for i := range f.Items {
			names = append(names, f.Name(i))
		}
		for _, name := range test.has {
			if !slices.Contains(names, name) {
				t.Errorf("%q lacks %q: %q", test.raw, name, names)
			}
		}
		for _, name := range test.not {
			if slices.Contains(names, name) {
				t.Errorf("%q has %q", test.raw, name)
			}
		}
	}
}

func TestFeaturesAllocateNothing(t *testing.T) {
	var f Features
	for _, raw := range []string{"This is not a good idea!!! x.com 030 1234567", "don’t ﬁne 👩\u200d👩\u200d👧 你好 i\u200bdiot", "no Germans, women's www.cheap-watches.example"} {
		if n := testing.AllocsPerRun(100, func() { Current.Features(&f, raw, claimID) }); n > 0 {
			t.Errorf("%q: %.0f allocations", raw, n)
		}
	}
}

func FuzzFeatures(f *testing.F) {
	f.Add("This is not a good idea!!!", true)
	f.Add("\xff 你好 x.com a@b.de 12345 67890", false)
	f.Add(strings.Repeat("not a1 ", 300), true)
	f.Add("no Germans, women's www.cheap-watches.example/a-b-c <group>", true)
	var reused Features
	f.Fuzz(func(t *testing.T, raw string, claimed bool) {
		check(t, raw, map[bool]string{true: claimID}[claimed], &reused)
	})
}

// TestHashSetSpreads holds that hashes chosen to share their last bits do not all queue up at one place.
func TestHashSetSpreads(t *testing.T) {
	const n = 1 << 14
	for _, shift := range []int{0, 16, 40, 50} {
		var set hashSet
		set.reset(n)
		for i := range uint64(n) {
			if hash := i << shift; !set.insert(hash) || set.insert(hash) {
				t.Fatalf("hash %x: not new, or new twice", hash)
			}
		}
		run, longest := 0, 0
		for _, at := range set.slots {
			if run++; at.round != set.round {
				run = 0
			}
			longest = max(longest, run)
		}
		if longest > n/4 {
			t.Errorf("shift %d: %d hashes stand in a row", shift, longest)
		}
	}
}

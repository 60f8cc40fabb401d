package view

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestKeymapIsChecked reads keymaps as forms send them: one visible character each, none twice, none that is fixed.
func TestKeymapIsChecked(t *testing.T) {
	for _, test := range []struct {
		fields map[string]string
		want   Keymap // nil where it is refused
		wrong  map[string]string
	}{
		{fields: map[string]string{}, want: Keymap{}},
		{fields: map[string]string{"approve": "a", "reject": " "}, want: Keymap{}},
		{fields: map[string]string{"approve": "f", "reject": "é"}, want: Keymap{"a": "f", "r": "é"}},
		{fields: map[string]string{"approve": "r", "reject": "a"}, want: Keymap{"a": "r", "r": "a"}},
		{fields: map[string]string{"approve": "F", "filter": "<"}, want: Keymap{"a": "F", "/": "<"}},
		{fields: map[string]string{"approve": "r"}, wrong: map[string]string{"a": twice, "r": twice}},
		{fields: map[string]string{"approve": "q"}, wrong: map[string]string{"a": twice, "q": twice}},
		{fields: map[string]string{"approve": "f", "reject": "f"}, wrong: map[string]string{"a": twice, "r": twice}},
		{fields: map[string]string{"approve": "?"}, wrong: map[string]string{"a": fixedKey}},
		{fields: map[string]string{"approve": "ff"}, wrong: map[string]string{"a": noKey}},
		{fields: map[string]string{"approve": strings.Repeat("f", 100000)}, wrong: map[string]string{"a": noKey}},
		{fields: map[string]string{"approve": "\u0301"}, wrong: map[string]string{"a": noKey}},
		{fields: map[string]string{"approve": "\u200b"}, wrong: map[string]string{"a": noKey}},
		{fields: map[string]string{"approve": "\x00"}, wrong: map[string]string{"a": noKey}},
		{fields: map[string]string{"approve": "\xff"}, wrong: map[string]string{"a": noKey}},
	} {
		got, ok := ReadKeymap(func(name string) string { return test.fields[name] })
		if ok != (test.want != nil) || ok && !cmp.Equal(got, test.want) || !ok && !cmp.Equal(got.wrong(), test.wrong) {
			t.Errorf("%.80v: %v, %v; wrong %v", test.fields, got, ok, got.wrong())
		}
		if ok && len(got) > 0 && !cmp.Equal(ParseKeymap(got.String()), got) {
			t.Errorf("%v comes back as %v", got, ParseKeymap(got.String()))
		}
	}
	for _, written := range []string{"", "null", "{", "[]", `{"a":1}`, `{"y":"f"}`, `{"a":"r"}`, `{"a":"?"}`, `{"a":"</script>"}`, `{"a":"f","a ":"g"}`} {
		if got := ParseKeymap(written); len(got) != 0 {
			t.Errorf("%s is read as %v", written, got)
		}
	}
}

// TestKeymapOnThePage puts the user's keys into hints, escaped, and leaves the rest of the page alone.
func TestKeymapOnThePage(t *testing.T) {
	m := Keymap{"a": "r", "r": "a", "H": "<", "/": "G", "1": "&"}
	page := `<kbd>a</kbd> <kbd>r</kbd> <kbd>⇧h</kbd> <kbd>h</kbd> <kbd>/</kbd> <kbd>1</kbd> <kbd class="fixed">1</kbd> <kbd>↵</kbd> &lt;kbd&gt;a&lt;/kbd&gt; <b>a</b>`
	want := `<kbd>r</kbd> <kbd>a</kbd> <kbd>&lt;</kbd> <kbd>h</kbd> <kbd>⇧g</kbd> <kbd>&amp;</kbd> <kbd class="fixed">1</kbd> <kbd>↵</kbd> &lt;kbd&gt;a&lt;/kbd&gt; <b>a</b>`
	if got := string(m.show([]byte(page))); got != want {
		t.Errorf("shown:\n%s\nwant:\n%s", got, want)
	}
	if longest := len(Keymap(everyKeyElsewhere()).String()); longest > maxKeymap {
		t.Errorf("every key elsewhere takes %d bytes", longest)
	}
}

func everyKeyElsewhere() map[string]string {
	m := map[string]string{}
	for i, k := range keys {
		m[k.Key] = string(rune(0x1F600 + i))
	}
	return m
}

// TestMixTurns counts the turns of calm ones in each round of ten.
func TestMixTurns(t *testing.T) {
	for share, want := range map[int]string{0: "..........", 10: ".........c", 20: "....c....c", 30: "...c..c..c"} {
		got, mix := "", Mix{}.Begun()
		for range 2 * mixTurns {
			if mix.Due(share) {
				got += "c"
			} else {
				got += "."
			}
			mix = mix.next()
		}
		if got != want+want {
			t.Errorf("%d of 100: %s", share, got)
		}
	}
}

// TestMixGoesBack: whoever goes back and on again stands in the same turn.
func TestMixGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		turn := rapid.IntRange(1, mixTurns).Draw(t, "turn")
		place := Place{ID: 7, After: "harm", Mix: Mix{turn, "calm", rapid.Bool().Draw(t, "calm")}}
		next := place.Next()
		if next.Mix.Calm || next.Mix.Turn == turn || next.After != "harm" || next.Mix.After != "calm" {
			t.Fatalf("%+v follows %+v", next.Mix, place.Mix)
		}
		next.ID, next.Mix.After, next.Mix.Calm = 8, "later", true
		if back := next.Previous(); back.Mix != place.Mix || !cmp.Equal(back.Next().Mix, place.Next().Mix) {
			t.Fatalf("back at %+v from %+v", back.Mix, place.Mix)
		}
		if back := next.Next().At(7); back.Mix != place.Mix {
			t.Fatalf("at the comment again %+v, not %+v", back.Mix, place.Mix)
		}
		if looked := place.At(99); looked.Mix.Turn != turn || looked.Mix.Calm {
			t.Fatalf("one that is looked up stands at %+v", looked.Mix)
		}
	})
}

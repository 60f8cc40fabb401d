package text

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// seen is all that can be seen of a word.
type seen struct {
	Class      Class
	Form       string
	Written    string
	Start, End int
}

func wordsOf(t *Text) []seen {
	all := make([]seen, 0, len(t.Words))
	for _, word := range t.Words {
		start, end := t.Span(word)
		all = append(all, seen{word.Class, string(t.Form(word)), t.Written(word), start, end})
	}
	return all
}

func TestRead(t *testing.T) {
	tests := []struct {
		name, raw string
		want      []seen
	}{
		{"empty", "", []seen{}},
		{"white space", " \t\r\n\u00a0\u3000", []seen{}},
		{"plain", "Dream ON, friend.", []seen{
			{Plain, "dream", "Dream", 0, 5}, {Plain, "on", "ON", 6, 8}, {Punctuation, ",", ",", 8, 9},
			{Plain, "friend", "friend", 10, 16}, {Punctuation, ".", ".", 16, 17},
		}},
		{"squeezed", "sooooo cool!!!! end", []seen{
			{Plain, "soo", "sooooo", 0, 6}, {Plain, "cool", "cool", 7, 11}, {Punctuation, "!!", "!!!!", 11, 15}, {Plain, "end", "end", 16, 19},
		}},
		{"squeezed at the end", "nooooo", []seen{{Plain, "noo", "nooooo", 0, 6}}},
		{"squeezed whatever the case", "NOoOo", []seen{{Plain, "noo", "NOoOo", 0, 5}}},
		{"squeezed beside others", "é sooooo", []seen{{Plain, "é", "é", 0, 1}, {Plain, "soo", "sooooo", 2, 8}}},
		{"squeezed beyond ASCII", "НЕЕЕЕТ!!! لاااااا 哈哈哈哈 ünüüüü", []seen{
			{Plain, "неет", "НЕЕЕЕТ", 0, 6}, {Punctuation, "!!", "!!!", 6, 9}, {Plain, "لاا", "لاااااا", 10, 17},
			{Plain, "哈", "哈", 18, 19}, {Plain, "哈", "哈哈哈", 19, 22}, {Plain, "ünüü", "ünüüüü", 23, 29},
		}},
		{"squeezed what folding made", "Massstab Maßstab ’’’’", []seen{
			{Plain, "masstab", "Massstab", 0, 8}, {Plain, "masstab", "Maßstab", 9, 16}, {Punctuation, "''", "’’’’", 17, 21},
		}},
		{"other digits are not squeezed", "٣٣٣٣", []seen{{Number, "٣٣٣٣", "٣٣٣٣", 0, 4}}},
		{"variation selectors", "i\ufe0fdi\ufe00o\U000e0101t \u180bx", []seen{{Plain, "idiot", "i\ufe0fdi\ufe00o\U000e0101t", 0, 8}, {Plain, "x", "x", 10, 11}}},
		{"Hangul fillers", "i\u3164d\uffa0i\u115fo\u1160t", []seen{{Plain, "idiot", "i\u3164d\uffa0i\u115fo\u1160t", 0, 9}}},
		{"deprecated controls and tags", "id\u206aio\u206f\U000e0001\U000e0074t", []seen{{Plain, "idiot", "id\u206aio\u206f\U000e0001\U000e0074t", 0, 9}}},
		{"line separators", "one\u2028http://x.example\u2029two\u0085three", []seen{
			{Plain, "one", "one", 0, 3}, {URL, "http://x.example", "http://x.example", 4, 20}, {Plain, "two", "two", 21, 24},
			{Plain, "three", "three", 25, 30},
		}},
		{"numbers are not squeezed", "10000 times", []seen{{Number, "10000", "10000", 0, 5}, {Plain, "times", "times", 6, 11}}},
		{"a number with marks", "3.50 1,000", []seen{{Number, "3.50", "3.50", 0, 4}, {Number, "1,000", "1,000", 5, 10}}},
		{"letters and digits", "covid19 4you", []seen{{Plain, "covid19", "covid19", 0, 7}, {Plain, "4you", "4you", 8, 12}}},
		{"ligature", "ﬁne", []seen{{Plain, "fine", "ﬁne", 0, 3}}},
		{"fullwidth", "ＩＤＩＯＴ！", []seen{{Plain, "idiot", "ＩＤＩＯＴ", 0, 5}, {Punctuation, "!", "！", 5, 6}}},
		{"mathematical letters", "𝐜𝐥𝐢𝐜𝐤 now", []seen{{Plain, "click", "𝐜𝐥𝐢𝐜𝐤", 0, 5}, {Plain, "now", "now", 6, 9}}},
		{"one character of several words", "a㈱b", []seen{
			{Plain, "a", "a", 0, 1}, {Punctuation, "(", "㈱", 1, 2}, {Plain, "株", "㈱", 1, 2}, {Punctuation, ")", "㈱", 1, 2}, {Plain, "b", "b", 2, 3},
		}},
		{"words that meet inside a character", "x℀y", []seen{{Plain, "xa", "x℀", 0, 2}, {Punctuation, "/", "℀", 1, 2}, {Plain, "cy", "℀y", 1, 3}}},
		{"a fraction", "2½ cups", []seen{{Number, "21⁄2", "2½", 0, 2}, {Plain, "cups", "cups", 3, 7}}},
		{"combining marks", "Cafe\u0301!", []seen{{Plain, "cafe", "Cafe\u0301", 0, 5}, {Punctuation, "!", "!", 5, 6}}},
		{"zero-width space", "i\u200bdi\u200bot x", []seen{{Plain, "idiot", "i\u200bdi\u200bot", 0, 7}, {Plain, "x", "x", 8, 9}}},
		{"joiner between letters", "i\u200ddi\u2060ot", []seen{{Plain, "idiot", "i\u200ddi\u2060ot", 0, 7}}},
		{"soft hyphen and byte order mark", "\ufeffmo\u00adron", []seen{{Plain, "moron", "mo\u00adron", 1, 7}}},
		{"bidirectional controls", "\u202eidiot\u202c \u2067x\u2069", []seen{{Plain, "idiot", "idiot\u202c", 1, 7}, {Plain, "x", "x\u2069", 9, 11}}},
		{"nothing but controls", "\u200b\u200e\u202e\u2066", []seen{}},
		{"squeezed through controls", "so\u200bo\u200bo", []seen{{Plain, "soo", "so\u200bo\u200bo", 0, 6}}},
		{"apostrophes", "don't don’t donʼt", []seen{{Plain, "don't", "don't", 0, 5}, {Plain, "don't", "don’t", 6, 11}, {Plain, "don't", "donʼt", 12, 17}}},
		{"quotes", "'quoted' “so”", []seen{
			{Punctuation, "'", "'", 0, 1}, {Plain, "quoted", "quoted", 1, 7}, {Punctuation, "'", "'", 7, 8},
			{Punctuation, "“", "“", 9, 10}, {Plain, "so", "so", 10, 12}, {Punctuation, "”", "”", 12, 13},
		}},
		{"emoji", "ok 😀😀", []seen{{Plain, "ok", "ok", 0, 2}, {Emoji, "😀", "😀", 3, 4}, {Emoji, "😀", "😀", 4, 5}}},
		{"emoji held together", "👩\u200d👩\u200d👧 👍🏽 ❤\ufe0f\u200d🔥 🇩🇪", []seen{
			{Emoji, "👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧", 0, 5}, {Emoji, "👍🏽", "👍🏽", 6, 8},
			{Emoji, "❤\u200d🔥", "❤\ufe0f\u200d🔥", 9, 13}, {Emoji, "🇩🇪", "🇩🇪", 14, 16},
		}},
		{"emoji beside a word", "fire🔥now", []seen{{Plain, "fire", "fire", 0, 4}, {Emoji, "🔥", "🔥", 4, 5}, {Plain, "now", "now", 5, 8}}},
		{"links", "see https://X.example/a?b=c#d www.pills.test (shop.com/now) and end.", []seen{
			{Plain, "see", "see", 0, 3}, {URL, "https://x.example/a?b=c#d", "https://X.example/a?b=c#d", 4, 29}, {URL, "ww.pills.test", "www.pills.test", 30, 44},
			{URL, "(shop.com/now)", "(shop.com/now)", 45, 59}, {Plain, "and", "and", 60, 63}, {Plain, "end", "end", 64, 67}, {Punctuation, ".", ".", 67, 68},
		}},
		{"a link squeezed", "http://xxxxx.example ok", []seen{{URL, "http://xx.example", "http://xxxxx.example", 0, 20}, {Plain, "ok", "ok", 21, 23}}},
		{"addresses", "Mail Me@Example.com now @you", []seen{
			{Plain, "mail", "Mail", 0, 4}, {Email, "me@example.com", "Me@Example.com", 5, 19}, {Plain, "now", "now", 20, 23},
			{Punctuation, "@", "@", 24, 25}, {Plain, "you", "you", 25, 28},
		}},
		{"Arabic", "هذا كذب!", []seen{{Plain, "هذا", "هذا", 0, 3}, {Plain, "كذب", "كذب", 4, 7}, {Punctuation, "!", "!", 7, 8}}},
		{"Hebrew", "זה שקר.", []seen{{Plain, "זה", "זה", 0, 2}, {Plain, "שקר", "שקר", 3, 6}, {Punctuation, ".", ".", 6, 7}}},
		{"Chinese", "你好。", []seen{{Plain, "你", "你", 0, 1}, {Plain, "好", "好", 1, 2}, {Punctuation, "。", "。", 2, 3}}},
		{"Cyrillic", "Это ЛОЖЬ", []seen{{Plain, "это", "Это", 0, 3}, {Plain, "ложь", "ЛОЖЬ", 4, 8}}},
		{"German", "STRASSE Straße", []seen{{Plain, "strasse", "STRASSE", 0, 7}, {Plain, "strasse", "Straße", 8, 14}}},
		{"invalid UTF-8", "ab\xff cd\xc3", []seen{{Plain, "ab", "ab", 0, 2}, {Emoji, "\xff", "\xff", 2, 3}, {Plain, "cd\xc3", "cd\xc3", 4, 7}}},
		{"NUL", "a\x00b", []seen{{Plain, "a", "a", 0, 1}, {Punctuation, "\x00", "\x00", 1, 2}, {Plain, "b", "b", 2, 3}}},
	}
	var reused Text
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var fresh Text
			fresh.Read(test.raw)
			if diff := cmp.Diff(test.want, wordsOf(&fresh)); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
			reused.Read(test.raw)
			if diff := cmp.Diff(wordsOf(&fresh), wordsOf(&reused)); diff != "" {
				t.Errorf("memory of another text (-fresh +reused):\n%s", diff)
			}
		})
	}
}

// Spans are counted on from the last one asked for; the order of asking must not matter, nor the text before.
func TestSpansInAnyOrder(t *testing.T) {
	var text Text
	text.Read("é x")
	wordsOf(&text)
	text.Read("     öde welt, öde")
	want := [][2]int{{5, 8}, {9, 13}, {13, 14}, {15, 18}}
	for _, i := range []int{3, 0, 2, 2, 1, 3, 0} {
		if start, end := text.Span(text.Words[i]); start != want[i][0] || end != want[i][1] {
			t.Errorf("word %d spans %d to %d, want %v", i, start, end, want[i])
		}
	}
}

func TestCapitals(t *testing.T) {
	tests := []struct {
		raw              string
		letters, capital int
	}{
		{"", 0, 0}, {"Ab c1!", 3, 1}, {"SOOOOO", 6, 6}, {"ÄÖü", 3, 2}, {"ＡＢｃ", 3, 2}, {"ЭТО ложь", 7, 3}, {"你好", 2, 0},
	}
	for _, test := range tests {
		var text Text
		text.Read(test.raw)
		if text.Letters != test.letters || text.Capital != test.capital {
			t.Errorf("%q: %d letters, %d capital; want %d and %d", test.raw, text.Letters, text.Capital, test.letters, test.capital)
		}
	}
}

// The two ways through normalise read plain ASCII alike.
func TestFastPathReadsAsTheSlowOne(t *testing.T) {
	for _, raw := range []string{
		"Plain Words, here.", "SOOOOO cool!!!!", "a\tb\r\nc", "don't 'quote'", "x@y.com http://a.b/c 3.50", "aaa  bbb   ---", "tabs\t\t\t\tend", "",
	} {
		var fast, slow Text
		fast.Read(raw)
		slow.raw = raw
		slow.normaliseUnicode()
		slow.segment()
		if diff := cmp.Diff(wordsOf(&fast), wordsOf(&slow)); diff != "" {
			t.Errorf("%q (-fast +slow):\n%s", raw, diff)
		}
		if fast.Letters != slow.Letters || fast.Capital != slow.Capital {
			t.Errorf("%q: %d letters and %d capitals, the slow way %d and %d", raw, fast.Letters, fast.Capital, slow.Letters, slow.Capital)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, raw := range []string{
		"", "Dream ON, friend.", "sooooo!!!!", "ﬁne ½ ㈱ ﷺ", "i\u200bdi\u200dot \u202ex", "👩\u200d👩\u200d👧 🇩🇪 1\ufe0f\u20e3", "a@b.com http://x www.y",
		"\xff\xc3 é\u0301\u0327", strings.Repeat("\u0301", 70), "한글 \u1100\u1161\u11a8", "İI\u212a ẞ", "a\u034f\u034f\u180e", "x\u00a0\u2028\u0085y",
	} {
		f.Add(raw)
	}
	var reused Text
	f.Fuzz(func(t *testing.T, raw string) {
		var text Text
		text.Read(raw)
		got := wordsOf(&text)
		points := utf8.RuneCountInString(raw)
		lastStart, lastForm := 0, int32(0)
		for i, word := range got {
			if word.Start < lastStart || word.End <= word.Start || word.End > points {
				t.Fatalf("word %d of %q spans %d to %d after %d, the text has %d", i, raw, word.Start, word.End, lastStart, points)
			}
			if i > 0 && word.Start < got[i-1].End && !shared(&text, i) {
				t.Fatalf("words %d and %d of %q overlap: %+v %+v", i-1, i, raw, got[i-1], word)
			}
			if word.Form == "" || text.Words[i].Start < lastForm {
				t.Fatalf("word %d of %q has the form %q", i, raw, word.Form)
			}
			if utf8.ValidString(raw) && !utf8.ValidString(word.Form) {
				t.Fatalf("word %d of valid text has the form %q", i, word.Form)
			}
			if utf8.ValidString(raw) && string([]rune(raw)[word.Start:word.End]) != word.Written {
				t.Fatalf("word %d is written %q, its span says %q", i, word.Written, string([]rune(raw)[word.Start:word.End]))
			}
			lastStart, lastForm = word.Start, text.Words[i].End
		}
		if text.Capital > text.Letters {
			t.Fatalf("%d capitals of %d letters", text.Capital, text.Letters)
		}
		reused.Read(raw)
		reused.Read(raw)
		if diff := cmp.Diff(got, wordsOf(&reused)); diff != "" {
			t.Fatalf("read again (-first +again):\n%s", diff)
		}
	})
}

// shared says that word i begins inside the character that the word before it ends in: one character of raw made several words.
func shared(t *Text, i int) bool {
	return len(t.source) > 0 && t.source[t.Words[i].Start] == t.source[t.Words[i-1].End-1]
}

// TestHidden holds that all that Unicode calls ignorable is dropped, and nothing else that can be seen.
func TestHidden(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		ignorable := unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
		if ignorable && !hidden(r) {
			t.Errorf("%U is ignorable and not hidden", r)
		}
		if hidden(r) && !ignorable && unicode.IsGraphic(r) {
			t.Errorf("%U can be seen and is hidden", r)
		}
	}
	if hidden(joiner) {
		t.Error("the joiner holds emoji together")
	}
}

func TestReadEnds(t *testing.T) {
	var long Text
	long.Read(strings.Repeat("a ", MaxRead/2-1) + "aéb")
	if n := len(long.Words); n != MaxRead/2 || long.Written(long.Words[n-1]) != "a" {
		t.Errorf("%d words, the last %q", n, long.Written(long.Words[n-1]))
	}
}

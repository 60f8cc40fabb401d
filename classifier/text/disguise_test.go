package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// reading is a text's words as they are read, disguised ones as "written → read: tricks" beside it.
func reading(t *Text) (forms string, disguised []string) {
	var all []string
	for _, w := range t.Words {
		all = append(all, string(t.Form(w)))
		if w.Disguise != 0 {
			disguised = append(disguised, t.Written(w)+" → "+string(t.Form(w))+": "+t.Disguise(w))
		}
	}
	return strings.Join(all, " "), disguised
}

func TestDisguisedWordsAreUncovered(t *testing.T) {
	tests := []struct{ raw, forms, disguise string }{
		{"what a f.u.с.k up", "what a fuck up", "f.u.с.k → fuck: dots, Cyrillic с"},
		{"f-u-c-k you", "fuck you", "f-u-c-k → fuck: dots"},
		{"f*u*c*k you", "fuck you", "f*u*c*k → fuck: dots"},
		{"f_u_c_k, you", "fuck , you", "f_u_c_k → fuck: dots"},
		{"F/U/C/K", "fuck", "F/U/C/K → fuck: dots"},
		{"you fu.ck", "you fuck", "fu.ck → fuck: dots"},
		{"an id-iot!", "an idiot !", "id-iot → idiot: dots"},
		{"s.t.u.p.i.d.", "stupid .", "s.t.u.p.i.d → stupid: dots"},
		{"f u c k you", "fuck you", "f u c k → fuck: spaces"},
		{"you are an i d i o t.", "you are an idiot .", "i d i o t → idiot: spaces"},
		{"you are a m o r o n", "you are a moron", "m o r o n → moron: spaces"},
		{"f  u  c  k  y  o  u", "fuck you", "f  u  c  k → fuck: spaces; y  o  u → you: spaces"},
		{"1 d 1 o t", "idiot", "1 d 1 o t → idiot: spaces, digits or signs"},
		{"1d10t", "idiot", "1d10t → idiot: digits or signs"},
		{"sh!t!!", "shit !!", "sh!t → shit: digits or signs"},
		{"$hit happens", "shit happens", "$hit → shit: digits or signs"},
		{"a$$hole", "asshole", "a$$hole → asshole: digits or signs"},
		{"|diot", "idiot", "|diot → idiot: digits or signs"},
		{"(that @ss)", "( that ass )", "@ss → ass: digits or signs"},
		{"1.d.1.0.t", "idiot", "1.d.1.0.t → idiot: dots, digits or signs"},
		{"f*ck off", "fuck off", "f*ck → fuck: masked letters"},
		{"b*tch", "bitch", "b*tch → bitch: masked letters"},
		{"sh*t", "shit", "sh*t → shit: masked letters"},
		{"f**k f***ing", "fuck fucking", "f**k → fuck: masked letters; f***ing → fucking: masked letters"},
		{"the fuсkеr", "the fucker", "fuсkеr → fucker: Cyrillic с, Cyrillic е"},
		{"a bunch of ѕсоре people", "a bunch of scope people", "ѕсоре → scope: Cyrillic ѕ, Cyrillic с, Cyrillic о, Cyrillic р, others"},
		{"mοrοn", "moron", "mοrοn → moron: Greek ο"},
		{"mօron", "moron", "mօron → moron: Armenian օ"},
		{"sᴛupiđ people", "stupid people", "sᴛupiđ → stupid: Latin ᴛ, Latin đ"},
		{"ìdìót", "idiot", "ìdìót → idiot: accents"},
		{"𝐢𝐝𝐢𝐨𝐭", "idiot", "𝐢𝐝𝐢𝐨𝐭 → idiot: styled 𝐢, styled 𝐝, styled 𝐨, styled 𝐭"},
		{"ⓘⓓⓘⓞⓣ", "idiot", "ⓘⓓⓘⓞⓣ → idiot: styled ⓘ, styled ⓓ, styled ⓞ, styled ⓣ"},
		{"i\u200bdi\u200dot", "idiot", "i\u200bdi\u200dot → idiot: hidden characters"},
		{"iddiiott", "idiot", "iddiiott → idiot: repeated letters"},
		{"stuuupid", "stupid", "stuuupid → stupid: repeated letters"},
		{"an IDIIIOT's view", "an idiot's view", "IDIIIOT's → idiot's: repeated letters"},
		{"stuuup1d", "stupid", "stuuup1d → stupid: digits or signs, repeated letters"},
		{"Your 1diot's view", "your idiot's view", "1diot's → idiot's: digits or signs"},
		{"Dеаr frіеnds", "dear friends", "Dеаr → dear: Cyrillic е, Cyrillic а; frіеnds → friends: Cyrillic і, Cyrillic е"},
		{"xаyаz", "xayaz", "xаyаz → xayaz: Cyrillic а"}, // of two scripts: read in one, known or not
	}
	var text Text
	for _, test := range tests {
		text.Read(test.raw)
		forms, disguised := reading(&text)
		if got := strings.Join(disguised, "; "); forms != test.forms || got != test.disguise {
			t.Errorf("%q is read %q (%s), want %q (%s)", test.raw, forms, got, test.forms, test.disguise)
		}
	}
}

// What only looks like a disguise is read as it stands.
func TestOrdinaryTextIsReadAsWritten(t *testing.T) {
	for _, raw := range []string{
		"The U.S. and the U S A, e.g. Mr. T. and J. R. R. Tolkien", "a b c d e f", "option a. b. c.", "a/b/c or a-b-c", "see www.fu.ck.com and f@u.ck",
		"10th 3rd 5pm 8am 4th 1st 50s 1990s covid19 mp3 b52 f16 ak47 401k 7up 2nd 20mm h1n1 4x4 3d", "$5 $50k 5% 3.50 1,000 24/7 9-11",
		"well-known re-enter co-founder e-commerce ass-backwards x-ray t-shirt", "no.one it.is end.The so.me", "and/or his/hers s/he w/o",
		"book(s) employee(s) (he said) [sic] (al)", "yes!no c++ a+ lgbt+ @lice @men #hashtag", "*really* _really_ ~really~ \"don't\" “don’t”",
		"good will see book letter off been", "Barrs Finn Webb Scott Hoffman Carroll Buffett", "rapped latte scarred planned moods retiree",
		"Это ложь, а тот рост нет", "λόγος και ρ", "über die Straße gehen wir schön müde nach Hause", "5 µm 20°C", "G-d F- A+ B-",
		"I a m", "x y z", "win7 page5 chapter3", "ＣＢＳ", "f***", "don't y'all I'll", "日本語 한국어", "🇩🇪🇦🇹 🇧🇪🇪🇸", "naive café crème brûlée à la carte déjà-vu",
	} {
		var text Text
		text.Read(raw)
		if _, disguised := reading(&text); len(disguised) > 0 {
			t.Errorf("%q: %s", raw, strings.Join(disguised, "; "))
		}
	}
}

// A word that is known is read as it stands, whatever else it might be.
func TestKnownWordsAreNeverReadOtherwise(t *testing.T) {
	d := known()
	var text Text
	for i := range d.ends {
		word := string(d.word(i))
		text.Read(word)
		if len(text.Words) != 1 || text.Words[0].Disguise != 0 {
			t.Fatalf("%q is read as %d words, disguise %b", word, len(text.Words), text.Words[0].Disguise)
		}
		if !Known([]byte(word)) || Known([]byte(word+"qzx")) {
			t.Fatalf("%q: not known, or too much is", word)
		}
	}
	if n := len(d.ends); n < 15000 || n > 25000 {
		t.Errorf("%d known words", n)
	}
}

func TestDictionaryRefuses(t *testing.T) {
	for _, packed := range []string{"", "no gzip"} {
		if _, err := readDictionary([]byte(packed)); err == nil {
			t.Errorf("%q was read", packed)
		}
	}
}

// checkReading holds for every text: spans inside it and rising, nothing empty, the same when read twice.
func checkReading(t rapid.TB, raw string) {
	t.Helper()
	var text Text
	text.Read(raw)
	points, last := utf8.RuneCountInString(raw), 0
	for i, w := range text.Words {
		start, end := text.Span(w)
		if start < last || end <= start || end > points || len(text.Form(w)) == 0 {
			t.Fatalf("%q: word %d spans %d to %d of %d after %d, form %q", raw, i, start, end, points, last, text.Form(w))
		}
		if w.Disguise == 0 != (text.Disguise(w) == "") {
			t.Fatalf("%q: word %d has the tricks %b, shown %q", raw, i, w.Disguise, text.Disguise(w))
		}
		last = start
	}
	forms, disguised := reading(&text)
	text.Read(raw)
	again, disguisedAgain := reading(&text)
	if forms != again || strings.Join(disguised, ";") != strings.Join(disguisedAgain, ";") {
		t.Fatalf("%q is read %q (%q), then %q (%q)", raw, forms, disguised, again, disguisedAgain)
	}
}

// hostileCharacters are what disguises are made of.
var hostileCharacters = []string{"f", "u", "c", "k", "i", "d", "o", "t", "s", "h", "a", "I", "S", " ", " ", "  ", "\n", ".", "-", "*", "_", "/", "'", "'s", "!", "@", "$",
	"(", "|", "+", "0", "1", "3", "5", "с", "о", "Ԁ", "η", "ᎢᎻ", "𐔓", "ı", "é", "\u0301", "\u0338", "\u200b", "\u200d", "𝐟", "🅵", "🇫", "½", "㈱", "\xff", "№"}

func TestAnyDisguiseIsReadSoundly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkReading(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(hostileCharacters), 0, 40).Draw(t, "characters"), ""))
	})
}

// Plain lower-case words without a letter twice in a row are nobody's disguise.
func TestPlainTextIsItsOwnForm(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{2,12}`)
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOf(word).Draw(t, "words"), " ")
		for i := 1; i < len(raw); i++ {
			if raw[i] == raw[i-1] {
				t.Skip("a letter twice")
			}
		}
		var text Text
		text.Read(raw)
		if forms, disguised := reading(&text); forms != raw || len(disguised) > 0 {
			t.Fatalf("%q is read %q (%q)", raw, forms, disguised)
		}
	})
}

func FuzzDisguise(f *testing.F) {
	for _, raw := range []string{"f.u.с.k", "1 d 1 0 t", "a$$hole's", "sh*t f***ing", "ＩＤＩＯＴ iddiiott", "🇫🇺🇨🇰 ⓘⓓ", "Ꮖ-Ꭰ-ioƬ", "i\u0338d\u0338i\u0338o\u0338t\u0338", "((@$$))", strings.Repeat("f**k ", 50)} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) { checkReading(t, raw) })
}

// Whatever is written, uncovering has an end: the steps it may take grow with the text, not faster.
func TestUncoveringHasAnEnd(t *testing.T) {
	for _, part := range []string{"f**k", "a b ", "é x z ż ", "б x ъ w ", "f.u.c.x ", "x**x ", "a*b*c*d ", "ffuucckkxx ", "@@$$@@ab ", "о1!|с"} {
		var text Text
		raw := strings.Repeat(part, 1<<18/len(part))
		text.Read(raw)
		if text.effort < 0 {
			t.Errorf("%q: %d steps were overdrawn", part, -text.effort)
		}
		checkReading(t, raw)
	}
}

var benchmarked = []struct{ name, raw string }{
	{"plain", "so the people who voted for this must have known what was coming and they still did it because nobody ever asked them what it would cost them in the end"},
	{"ordinary", "The people who voted for this must've known what was coming, and still did it: nobody ever asked them (or me) what it'd cost. Well-known facts; $5, 10%, the 1990s!"},
	{"accented", "The café owners who voted for this must’ve known what was coming, and still did it: nobody ever asked them what it’d cost, voilà."},
	{"disguised", "you f.u.c.k of an 1d10t, s h i t for brains, a$$hole and b*tch, stuuupid mоrоn"},
}

func BenchmarkRead(b *testing.B) {
	for _, text := range benchmarked {
		b.Run(text.name, func(b *testing.B) {
			var t Text
			t.Read(text.raw)
			b.ReportAllocs()
			b.SetBytes(int64(len(text.raw)))
			for b.Loop() {
				t.Read(text.raw)
			}
		})
	}
}

func BenchmarkKnownWords(b *testing.B) {
	for b.Loop() {
		if _, err := readDictionary(packedWords); err != nil {
			b.Fatal(err)
		}
	}
}

func TestReadAllocatesNothing(t *testing.T) {
	var text Text
	for _, test := range benchmarked {
		if n := testing.AllocsPerRun(50, func() { text.Read(test.raw) }); n > 0 {
			t.Errorf("%s: %.0f allocations", test.name, n)
		}
	}
}

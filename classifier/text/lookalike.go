package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// letterSet is a set of the letters a to z; bit 0 is a.
type letterSet uint32

const anyLetter letterSet = 1<<26 - 1

func letter(c byte) letterSet { return 1 << (c - 'a') }

// lookAlikeLetters are letters of other scripts, and Latin letters of another shape, beside the letter a to z they are taken for. A character may
// stand beside several. Accented letters are not listed: they decompose.
var lookAlikeLetters = []struct {
	script string
	likes  [26]string // a to z
}{
	{"Cyrillic", [26]string{"аӕ", "вьбъѣ", "сҫ", "ԁ", "еєҽэѐ", "ғ", "ԍ", "һнңҥӈђћ", "іӏї", "ј", "кқҝҟҡӄ", "ӏ", "мӎ", "пилԥҧй", "оөѳфҩ", "р", "ԛ", "гяѓ", "ѕ", "тҭ",
		"цџ", "ѵѷ", "ԝшщѡ", "хҳҲж", "уүұўч", "з"}},
	{"Greek", [26]string{"αᾳλ", "βϐ", "ϲςσ", "δ", "εϵξ", "ϝ", "ϑ", "η", "ιͺ", "ϳ", "κϰ", "ι", "μϻ", "ηνπ", "οσθφ", "ρϱϸ", "ϙϟ", "γ", "ςσϛ", "τ", "υμ", "νυ", "ωψϖ", "χ", "γυλ", "ζ"}},
	{"Armenian", [26]string{"", "ե", "ց", "ժձ", "ҽե", "ք", "ցգ", "հի", "իլ", "յ", "", "լւ", "", "ոռղր", "օ", "քթ", "զգ", "ր", "տ", "էէտ", "սմ", "վ", "ա", "", "ყկվ", "շ"}},
	{"Cherokee", [26]string{"Ꭺ", "ᏴᏏᏰ", "Ꮯ", "ᎠᏧ", "Ꭼ", "", "ᎶᏳ", "ᎻᏂ", "ᎥᏆ", "Ꭻ", "Ꮶ", "ᏞᏓ", "Ꮇ", "Ꮑ", "ᎾᏫ", "ᏢᏈ", "", "ᎡᏒ", "ᏚᏕ", "ᎢᎿ", "Ꮜ", "ᏙᏉ", "ᎳᏔᏊ", "Ꮁ", "ᎩᎽ", "Ꮓ"}},
	{"Lisu", [26]string{"ꓮꓯ", "ꓐ", "ꓚ", "ꓓ", "ꓰ", "ꓝ", "ꓖ", "ꓧ", "ꓲ", "ꓙ", "ꓗ", "ꓡ", "ꓟ", "ꓠ", "ꓳ", "ꓑ", "", "ꓣ", "ꓢ", "ꓔ", "ꓴ", "ꓦ", "ꓪ", "ꓫ", "ꓬ", "ꓜ"}},
	{"Coptic", [26]string{"ⲁ", "ⲃ", "ⲥ", "ⲇ", "ⲉ", "", "", "ⲏ", "ⲓ", "", "ⲕ", "", "ⲙ", "ⲛ", "ⲟⲑ", "ⲣ", "", "ⲅ", "", "ⲧ", "ⲩ", "", "ⲱ", "ⲭ", "ⲩ", "ⲍ"}},
	{"Canadian syllabic", [26]string{"ᗅᗩ", "ᗷᑲᗸ", "ᑕᑢ", "ᗞᗪᑯᑻ", "", "ᖴ", "", "ᕼᑋ", "ᐃ", "ᒍᒎ", "", "ᒪᒻ", "ᗰ", "ᑎ", "", "ᑭᑮ", "ᑫ", "ᖇ", "ᔕ", "", "ᑌ", "ᐯᐺ", "", "᙭ᕽ", "", ""}},
	{"others", [26]string{"", "", "𐐽", "", "ⴹ", "", "", "", "וןاߊⵏ", "", "", "וןاߊⵏ", "", "", "סهഠⵔဝ𐐬ଠഠ০օ", "", "", "", "𐑈", "", "", "ⴸטｖ", "", "ⵝ", "ყ", ""}},
	{"Latin", [26]string{"ɑɐᴀⱥᶏæɒʌ", "ƀɓƃƅʙᵬᶀ", "ƈȼɕᴄↄ", "đɖɗðᴅƌȡᶁ", "ɛɇǝəɘɜᴇⱸᶒ", "ƒꞙꬵꜰᵮᶂ", "ɡǥɠɢƍᶃ", "ħɦɧʜⱨɥ", "ıɨɩɪᵻᶖ", "ɉʝȷɟᴊ", "ƙĸᴋⱪꝁꝃᶄ", "łɫɭƚʟⱡꞁǀɬᶅ",
		"ɱᴍɯᶆ", "ɲŋɳƞɴȵᶇ", "øɔɵᴏœⱺ", "ƥþᵽᴘᶈꝑ", "ɋʠ", "ɍɽɾʀɹɼᶉ", "ƨʂꜱȿᶊʃ", "ŧƭʈƫᴛȶʇ", "ʉʊʋᴜᶙɥ", "ʋʌᴠᶌⱴ", "ɯʍᴡⱳ", "ᶍ", "ƴɏʏɣʎ", "ƶʐʑȥᴢⱬʒᶎ"}},
}

// loosely are those of them that nobody reads as Latin in a text of their own script: where one stands, the script is meant.
const loosely = "бълпийњљђцџшщћжзяфчыэюґгѣ" + "λξσθφπωψδγμζςϛ" + "եձժիլղտթգշկվ"

// lookAlikes are the same by character, in both cases.
var lookAlikes = func() map[rune]letterSet {
	table := map[rune]letterSet{}
	for _, script := range lookAlikeLetters {
		for i, likes := range script.likes {
			for _, r := range likes {
				for _, r := range []rune{r, unicode.ToLower(r), unicode.ToUpper(r)} {
					table[r] |= 1 << i
				}
			}
		}
	}
	return table
}()

// Runs of the alphabet in white on black, and the letters that make flags: no form of normalisation folds them.
var alphabets = []rune{0x1F150, 0x1F170, regionalA}

const regionalA = 0x1F1E6

// lookAlike is what letters a character may be taken for, and whether only its accents hide it.
func (t *Text) lookAlike(r rune) (letters letterSet, accented bool) {
	if letters, ok := lookAlikes[r]; ok {
		return letters, false
	}
	for _, first := range alphabets {
		if r >= first && r < first+26 {
			return 1 << (r - first), false
		}
	}
	if !unicode.IsLetter(r) {
		return 0, false
	}
	n := utf8.EncodeRune(t.folded[:], r)
	base, size := utf8.DecodeRune(norm.NFD.Properties(t.folded[:n]).Decomposition())
	switch {
	case size == 0:
		return 0, false
	case 'a' <= base && base <= 'z':
		return letter(byte(base)), true
	}
	return lookAlikes[base], true
}

// foreign says that a letter is of a script other than Latin.
func foreign(r rune) bool {
	return r >= utf8.RuneSelf && unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common)
}

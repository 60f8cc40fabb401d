package text

import "unicode"

// leet is what letters a digit or sign may stand for.
func leet(r rune) letterSet {
	switch r {
	case '0', '°':
		return letter('o')
	case '1', '!', '|', '¡', '¦':
		return letter('i') | letter('l')
	case '3', '€', '∑':
		return letter('e')
	case '4', '@', '∆':
		return letter('a')
	case '5', '$', '§':
		return letter('s')
	case '6':
		return letter('g') | letter('b')
	case '7', '+', '†':
		return letter('t')
	case '8':
		return letter('b')
	case '9':
		return letter('g') | letter('q')
	case '(', '<', '{', '[', '¢', '©':
		return letter('c')
	case '£':
		return letter('l')
	case '¥':
		return letter('y')
	case '#':
		return letter('h')
	case '®':
		return letter('r')
	case '×':
		return letter('x')
	}
	if r > 'z' && unicode.IsDigit(r) && nought(r) {
		return letter('o')
	}
	return 0
}

// nought says that a digit of another script is its nought: digits lie in runs of ten.
func nought(r rune) bool {
	for _, run := range unicode.Nd.R16 {
		if rune(run.Lo) <= r && r <= rune(run.Hi) {
			return (r-rune(run.Lo))%10 == 0
		}
	}
	return false
}

// units follow one digit in ordinary words: 3rd, 5pm, 7up.
var units = map[string]bool{
	"st": true, "nd": true, "rd": true, "th": true, "am": true, "pm": true, "mm": true, "cm": true, "km": true, "kg": true, "lb": true, "lbs": true,
	"hr": true, "hrs": true, "min": true, "mins": true, "sec": true, "yr": true, "yrs": true, "ft": true, "in": true, "oz": true, "mph": true,
	"ish": true, "er": true, "ers": true, "bn": true, "mil": true, "gb": true, "mb": true, "up": true, "wd": true,
}

// numbered says how much a core of letters and digits must prove: ordinary names such as mp3, 10th, covid19 are never read otherwise, and what
// looks like one only as a rude word.
func numbered(core []byte) proof {
	letters, digits, front, back := 0, 0, 0, 0
	for _, c := range core {
		if isDigit(c) {
			digits++
		} else if isLetter(c) {
			letters++
		}
	}
	if digits == 0 {
		return anyWord
	}
	for front < len(core) && isDigit(core[front]) {
		front++
	}
	for back < len(core)-front && isDigit(core[len(core)-1-back]) {
		back++
	}
	stem := core[front : len(core)-back]
	switch whole := isLetters(stem); {
	case letters == 0, whole && units[string(stem)]:
		return noWord
	case whole && front+back > 1 && (Known(stem) || len(stem) < 2):
		return noWord
	case whole && (len(stem) < 3 || front+back > 1 || Known(stem)), digits > letters && len(core) < longWord:
		return rudeWord
	}
	return anyWord
}

// longWord is from how many characters on a word that was found has not been found by chance, even if few of them are letters.
const longWord = 6

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

func isLetters(form []byte) bool {
	for _, c := range form {
		if !isLetter(c) {
			return false
		}
	}
	return len(form) > 0
}

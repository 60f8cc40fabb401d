package view

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// keys are the desk's keys, each with the name of what it does: messages keys.NAME say it. A capital letter is the letter with shift. Fixed are
// besides: ?, Enter and Escape everywhere, and digits in dialogs.
var keys = []struct{ Key, Name string }{
	{"j", "next"}, {"k", "previous"},
	{"1", "favor"}, {"2", "none"}, {"3", "against"}, {"h", "hostile"}, {"s", "spam"}, {"H", "hostile_confirm"}, {"S", "spam_confirm"}, {"0", "cant_tell"},
	{"a", "approve"}, {"r", "reject"}, {"e", "escalate"}, {"w", "later"}, {"z", "undo"}, {"b", "back"}, {"l", "alike"}, {"n", "note"}, {"u", "uncover"},
	{"v", "view"}, {"x", "select"}, {"X", "select_all"}, {"A", "approve_selected"}, {"R", "reject_selected"}, {"E", "escalate_selected"},
	{"o", "article"}, {"/", "filter"}, {"g", "go"}, {"q", "go_review"}, {"m", "go_models"}, {"t", "go_topics"}, {"d", "go_dashboard"},
}

// helpKey is fixed: it tells the other ones.
const helpKey = "?"

// maxKeymap is how long a keymap may be, in bytes: every key in another place takes less.
const maxKeymap = 1000

// Keymap is where a user's keys lie: the desk's key, then the user's own, only those that differ.
type Keymap map[string]string

// ParseKeymap reads what String wrote. What does not hold, such as a keymap of an earlier version, counts for nothing.
func ParseKeymap(written string) Keymap {
	var m Keymap
	if written == "" || len(written) > maxKeymap || json.Unmarshal([]byte(written), &m) != nil {
		return nil
	}
	known := 0
	for _, k := range keys {
		if _, ok := m[k.Key]; ok {
			known++
		}
	}
	if known != len(m) || len(m.wrong()) > 0 {
		return nil
	}
	return m
}

// String is the keymap for the database and for scripts, "" where nothing differs.
func (m Keymap) String() string {
	if len(m) == 0 {
		return ""
	}
	written, err := json.Marshal(map[string]string(m))
	if err != nil {
		panic(err) // strings always encode
	}
	return string(written)
}

// own is the user's key for the desk's.
func (m Keymap) own(key string) string {
	if own, ok := m[key]; ok {
		return own
	}
	return key
}

// What is wrong with a key, as messages keys.NAME say it.
const (
	noKey    = "no_key"
	fixedKey = "fixed"
	twice    = "twice"
)

// wrong says what is wrong with the keys, by the desk's key.
func (m Keymap) wrong() map[string]string {
	wrong, uses := map[string]string{}, map[string]int{}
	for _, k := range keys {
		uses[m.own(k.Key)]++
	}
	for _, k := range keys {
		switch own := m.own(k.Key); {
		case !visible(own):
			wrong[k.Key] = noKey
		case own == helpKey:
			wrong[k.Key] = fixedKey
		case uses[own] > 1:
			wrong[k.Key] = twice
		}
	}
	return wrong
}

// visible reports whether it is one character that can be seen by itself.
func visible(key string) bool {
	r, size := utf8.DecodeRuneInString(key)
	return size == len(key) && r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r)
}

// KeyRow is one key as the settings show it.
type KeyRow struct {
	Name, Does string
	Usual      string // the desk's key, as hints show it
	Own        string // the user's, as it is typed
	Wrong      string // why it was refused; "" where it was not
}

// ReadKeymap is the keymap of a form, whose fields are named as the keys are. ok is false where something in it is wrong: see KeyRows.
func ReadKeymap(field func(name string) string) (m Keymap, ok bool) {
	m = Keymap{}
	for _, k := range keys {
		own := cut(strings.TrimSpace(field(k.Name)), 3) // more than one is wrong, however long
		if own != "" && own != k.Key {
			m[k.Key] = own
		}
	}
	return m, len(m.wrong()) == 0
}

// KeyRows lays out the keymap, and what is wrong with it.
func KeyRows(local Local, m Keymap) []KeyRow {
	rows, wrong := make([]KeyRow, len(keys)), m.wrong()
	for i, k := range keys {
		rows[i] = KeyRow{Name: k.Name, Does: local.T("keys." + k.Name), Usual: hint(k.Key), Own: m.own(k.Key)}
		if why := wrong[k.Key]; why != "" {
			rows[i].Wrong = local.T("keys." + why)
		}
	}
	return rows
}

// hint is a key as pages show it: a capital is the letter with shift.
func hint(key string) string {
	if lower := strings.ToLower(key); lower != key {
		return "⇧" + lower
	}
	return key
}

// hints finds the keys that a page shows. Nothing that somebody wrote can look like one, since it is escaped; what is fixed has a class.
var hints = regexp.MustCompile(`<kbd>([^<]+)</kbd>`)

// show puts the user's keys into a page in place of the desk's.
func (m Keymap) show(page []byte) []byte {
	own := make(map[string]string, len(m))
	for key, to := range m {
		own[hint(key)] = html.EscapeString(hint(to))
	}
	return hints.ReplaceAllFunc(page, func(found []byte) []byte {
		key := hints.FindSubmatch(found)[1]
		if to, ok := own[string(key)]; ok {
			return []byte("<kbd>" + to + "</kbd>")
		}
		return found
	})
}

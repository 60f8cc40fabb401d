package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	textunicode "golang.org/x/text/encoding/unicode"
)

// Sizes of a page, in bytes. Offsets into a page are 32 bits wide, hence the largest cap.
const (
	DefaultMaxBytes = 256 << 20
	LargestMaxBytes = 1 << 30
)

// Why a page is refused.
var (
	ErrEmpty    = errors.New("empty file")
	ErrBinary   = errors.New("binary file, not text")
	ErrTooLarge = errors.New("larger than the cap")
	ErrHTML     = errors.New("HTML pages are not read in this version")
)

// signatures begin files that are not text and need not hold a NUL byte.
var signatures = []struct{ prefix, name string }{
	{"\x1f\x8b", "gzip"},
	{"PK\x03\x04", "zip"},
	{"%PDF-", "PDF"},
	{"\x89PNG", "PNG"},
	{"\xff\xd8\xff", "JPEG"},
	{"GIF8", "GIF"},
}

// htmlStart is what an HTML page begins with.
var htmlStart = regexp.MustCompile(`^(?i:<\?xml[\s?]|<!doctype\s+html|<!--|<(html|head|body|title|meta|link|script|style|div|main|article|section|header|nav|h[1-6]|p|a|table|ul|ol|span)[\s/>])`)

// read gives a page as clean text: UTF-8 without a byte order mark, LF line ends, no white space at the end of a line. replaced counts the
// invalid sequences that became U+FFFD.
func read(r io.Reader, limit int64) (text string, replaced int, err error) {
	if limit <= 0 {
		limit = DefaultMaxBytes
	}
	limit = min(limit, LargestMaxBytes)
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return "", 0, fmt.Errorf("read page: %w", err)
	}
	if int64(len(raw)) > limit {
		return "", 0, fmt.Errorf("%w of %d bytes", ErrTooLarge, limit)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(raw, []byte(s.prefix)) {
			return "", 0, fmt.Errorf("%w: %s", ErrBinary, s.name)
		}
	}
	raw, replaced, err = decode(raw)
	if err != nil {
		return "", 0, err
	}
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		return "", 0, fmt.Errorf("%w: NUL at byte %d", ErrBinary, at)
	}
	if share := controls(raw[:min(len(raw), 4096)]); share > 0.1 {
		return "", 0, fmt.Errorf("%w: control characters", ErrBinary)
	}
	start := bytes.TrimLeftFunc(raw[:min(len(raw), 4096)], unicode.IsSpace)
	if htmlStart.Match(start) {
		return "", 0, ErrHTML
	}
	clean := tidy(raw)
	if len(bytes.TrimLeft(clean, "\n")) == 0 {
		return "", 0, ErrEmpty
	}
	if len(clean) > math.MaxUint32 {
		return "", 0, fmt.Errorf("%w: more than %d bytes once decoded", ErrTooLarge, uint32(math.MaxUint32))
	}
	return string(clean), replaced, nil
}

// decode turns UTF-16 with a byte order mark, or UTF-8 with or without one, into valid UTF-8 without one.
func decode(raw []byte) (valid []byte, replaced int, err error) {
	var from encoding.Encoding = textunicode.UTF8
	held := bytes.Count(raw, []byte("\uFFFD"))
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		from, held = textunicode.UTF16(textunicode.LittleEndian, textunicode.ExpectBOM), units(raw, 0xfd, 0xff)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		from, held = textunicode.UTF16(textunicode.BigEndian, textunicode.ExpectBOM), units(raw, 0xff, 0xfd)
	case utf8.Valid(raw):
		return bytes.TrimPrefix(raw, []byte("\uFEFF")), 0, nil
	}
	valid, err = from.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, 0, fmt.Errorf("decode page: %w", err)
	}
	return bytes.TrimPrefix(valid, []byte("\uFEFF")), bytes.Count(valid, []byte("\uFFFD")) - held, nil
}

// units counts a 16-bit unit, so that U+FFFD in the source is not taken for a replacement.
func units(raw []byte, first, second byte) int {
	n := 0
	for i := 0; i+1 < len(raw); i += 2 {
		if raw[i] == first && raw[i+1] == second {
			n++
		}
	}
	return n
}

// controls is the share of control characters that no text editor writes.
func controls(head []byte) float64 {
	n := 0
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1b {
			n++
		}
	}
	return float64(n) / float64(max(len(head), 1))
}

// tidy drops trailing white space from every line and makes CR LF and CR into LF, in place: no line moves to another number.
func tidy(raw []byte) []byte {
	out := raw[:0]
	for len(raw) > 0 {
		line, rest, ended := bytes.Cut(raw, []byte{'\n'})
		raw = rest
		line = bytes.TrimSuffix(line, []byte{'\r'})
		for len(line) > 0 {
			part, after, lone := bytes.Cut(line, []byte{'\r'})
			line = after
			out = append(out, trimRight(part)...)
			if lone {
				out = append(out, '\n')
			}
		}
		if ended {
			out = append(out, '\n')
		}
	}
	return out
}

func trimRight(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] > ' ' && line[n-1] < utf8.RuneSelf {
		return line
	}
	return bytes.TrimRightFunc(line, unicode.IsSpace)
}

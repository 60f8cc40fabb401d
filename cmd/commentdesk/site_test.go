package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// start is when every test's clock begins.
var start = time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)

// site is one installation in a folder of its own; every command of it finds its database through the environment.
type site struct {
	t           *testing.T
	folder, db  string
	environment []string
	in          io.Reader // standard input of the next command
	now         time.Time
}

func newSite(t *testing.T) *site {
	folder := t.TempDir()
	db := filepath.Join(folder, "desk.db")
	return &site{t: t, folder: folder, db: db, environment: []string{"COMMENTDESK_DB=" + db}, now: start}
}

// run is one command; the clock goes on by a second before it.
func (s *site) run(args ...string) outcome {
	s.now = s.now.Add(time.Second)
	now := s.now
	var out, err bytes.Buffer
	in := s.in
	if s.in = nil; in == nil {
		in = strings.NewReader("")
	}
	code := run(context.Background(), program{args: args, environment: s.environment, in: in, out: &out, err: &err, now: func() time.Time { return now }})
	return outcome{code, out.String(), err.String()}
}

// must is a command that has to end with the code; it returns what the command wrote.
func (s *site) must(code int, args ...string) outcome {
	s.t.Helper()
	o := s.run(args...)
	if o.code != code {
		s.t.Fatalf("%s: exit %d instead of %d\n%s%s", strings.Join(args, " "), o.code, code, o.out, o.err)
	}
	return o
}

// begin makes the site's database, with nothing in it.
func (s *site) begin() {
	s.t.Helper()
	if err := os.WriteFile(s.db, nil, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// file writes a file of the site and returns its path.
func (s *site) file(name, content string) string {
	s.t.Helper()
	path := filepath.Join(s.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// queueOutput is what queue --json prints.
type queueOutput struct {
	Comments []queueRow `json:"comments"`
	Next     string     `json:"next"`
}

func (s *site) queue(args ...string) queueOutput {
	s.t.Helper()
	o := s.must(exitDone, append([]string{"queue", "--json"}, args...)...)
	return decode[queueOutput](s.t, o.out)
}

// comment is one comment by id, whatever its status.
func (s *site) comment(id int) queueRow {
	s.t.Helper()
	for after := ""; ; {
		page := s.queue("--filter", "status:all", "--limit", "200", "--after", after)
		for _, row := range page.Comments {
			if row.ID == strconv.Itoa(id) {
				return row
			}
		}
		if after = page.Next; after == "" {
			s.t.Fatalf("no comment %d", id)
		}
	}
}

func decode[T any](t *testing.T, data string) T {
	t.Helper()
	var value T
	if err := json.Unmarshal([]byte(data), &value); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return value
}

// keysOf are the keys of a JSON object in the order in which they are written.
func keysOf(t *testing.T, object string) []string {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

// page is an article page with the footer that asks for a liking.
func page(headline string, comments ...string) string {
	return fmt.Sprintf("%s\n\nThe council met on Tuesday about the matter.\n\nIt will decide next month.\n\nDo you like this article?\n\n%d Comment(s)\n\n"+
		"Comment Policy * Denotes Required Field 1500 / 1500\n\n%s\n", headline, len(comments), strings.Join(comments, "\n\n\n\n"))
}

// row is one comment as a line of JSON.
func row(t *testing.T, position int, text string, more map[string]any) string {
	t.Helper()
	values := map[string]any{"article": "The town hall should move to the old mill", "url": "https://news.example/mill", "position": position, "text": text}
	for key, value := range more {
		values[key] = value
	}
	line, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	return string(line) + "\n"
}

func rows(t *testing.T, texts ...string) string {
	t.Helper()
	var lines strings.Builder
	for i, text := range texts {
		lines.WriteString(row(t, i+1, text, nil))
	}
	return lines.String()
}

// contains fails where text lacks one of the parts.
func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in:\n%s", part, text)
		}
	}
}

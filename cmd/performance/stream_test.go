package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"commentdesk/classifier"
)

func TestParseBytes(t *testing.T) {
	for written, want := range map[string]int64{"200MB": 200e6, "10GB": 10e9, "1KB": 1000, "1000GB": 1e12} {
		if got, err := parseBytes(written); err != nil || got != want {
			t.Errorf("%s is read as %d, error %v", written, got, err)
		}
	}
	for _, written := range []string{"", "200", "MB", "0MB", "-1GB", "1.5GB", "1 GB", "10gb", "1001GB", "9223372036854775807GB"} {
		if got, err := parseBytes(written); err == nil {
			t.Errorf("%q is read as %d", written, got)
		}
	}
}

func TestStreamIsWholeRows(t *testing.T) {
	s, err := newStream([]classifier.Example{{Text: "one\n“two”"}, {Text: "three"}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	comments, err := s.writeTo(&out, 100)
	if err != nil || out.Len() < 100 || out.Len() >= 100+len(s.block) {
		t.Fatalf("%d bytes, error %v", out.Len(), err)
	}
	var lines lineCounter
	for line := range bytes.Lines(out.Bytes()) {
		var row struct{ Text string }
		if err := json.Unmarshal(line, &row); err != nil || row.Text == "" {
			t.Errorf("%s: %v", line, err)
		}
		lines.Write(line)
	}
	if int(lines) != comments {
		t.Errorf("%d lines, %d comments", lines, comments)
	}
	if _, err := s.writeTo(noRoom{}, 100); !errors.Is(err, errNoRoom) {
		t.Errorf("error %v", err)
	}
}

var errNoRoom = errors.New("no room")

type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, errNoRoom }

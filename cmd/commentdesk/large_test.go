package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"commentdesk/moderation/exchange"
)

// largeTime is far above what reading 100 MB takes, and far below what anything quadratic takes.
const largeTime = 60 * time.Second

// A page of 100 MB is read whole and every comment is found, in time that grows with the page.
func TestLargePage(t *testing.T) {
	if testing.Short() {
		t.Skip("a page of 100 MB takes seconds; left out by -short")
	}
	const comments = 100_000
	path := filepath.Join(t.TempDir(), "large.txt")
	size := writeLargePage(t, path, comments)
	var out, complaint bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), largeTime)
	defer cancel()
	began := time.Now()
	code := run(ctx, program{args: []string{"extract", path, "--summary"}, in: strings.NewReader(""), out: &out, err: &complaint, now: time.Now})
	took := time.Since(began)
	if code != exitDone {
		t.Fatalf("exit %d after %v: %s", code, took, complaint.String())
	}
	summary := decode[exchange.Summary](t, out.String())
	if summary.Found != comments || *summary.Declared != comments {
		t.Errorf("%+v", summary)
	}
	if took > largeTime {
		t.Errorf("%d MB took %v", size>>20, took)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	t.Logf("%d MB, %d comments: %v, %d MB taken from the system", size>>20, comments, took.Round(time.Millisecond), memory.Sys>>20)
}

// writeLargePage writes a page of about 100 MB and returns its size in bytes.
func writeLargePage(t *testing.T, path string, comments int) int64 {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	head, _, _ := strings.Cut(page("A page that many answered"), "0 Comment(s)")
	fmt.Fprintf(w, "%s%d Comment(s)\n\nComment Policy * Denotes Required Field 1500 / 1500\n\n", head, comments)
	for i := range comments {
		fmt.Fprintf(w, "Comment number %d begins here. %s\n\n\n\n", i, strings.Repeat("It goes on and on about the bridge. ", 27))
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		t.Fatal(err)
	}
	return size
}

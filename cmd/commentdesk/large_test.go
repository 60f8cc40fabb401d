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

// streamMemory is how much a stream of comments may add to the memory taken from the system, in MB. It does not grow with the stream.
const streamMemory = 100

// A stream of 15 MB that comes through a pipe is answered comment by comment, in memory that does not grow with it.
func TestLargeStream(t *testing.T) {
	if testing.Short() {
		t.Skip("a stream of 15 MB takes seconds; left out by -short")
	}
	const comments = 30_000
	in, writer := io.Pipe()
	go func() {
		buffer := bufio.NewWriterSize(writer, 1<<16)
		for i := range comments {
			fmt.Fprintf(buffer, "{\"text\":\"Comment number %d begins here. %s\"}\n", i, strings.Repeat("It goes on and on about the bridge. ", 13))
		}
		writer.CloseWithError(buffer.Flush())
	}()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var complaint bytes.Buffer
	answered := &answeredLines{}
	ctx, cancel := context.WithTimeout(context.Background(), largeTime)
	defer cancel()
	began := time.Now()
	code := run(ctx, program{args: []string{"classify", "-", "--format", "csv", "--model", "starter"}, in: in, out: answered, err: &complaint, now: time.Now})
	if code != exitDone {
		t.Fatalf("exit %d after %v: %s", code, time.Since(began), complaint.String())
	}
	if answered.lines != comments+1 {
		t.Errorf("%d lines for %d comments and a header", answered.lines, comments)
	}
	runtime.ReadMemStats(&after)
	grown := (int64(after.Sys) - int64(before.Sys)) >> 20
	if grown > streamMemory {
		t.Errorf("%d MB were taken from the system", grown)
	}
	t.Logf("%d comments: %v, %d MB taken from the system", comments, time.Since(began).Round(time.Millisecond), grown)
}

// answeredLines counts the lines of a CSV file and holds that comment n stands in line n.
type answeredLines struct {
	rest  []byte
	lines int
}

func (a *answeredLines) Write(p []byte) (int, error) {
	a.rest = append(a.rest, p...)
	for {
		line, rest, whole := bytes.Cut(a.rest, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		if want := fmt.Sprintf("Comment number %d begins", a.lines-1); a.lines > 0 && !bytes.Contains(line, []byte(want)) {
			return 0, fmt.Errorf("line %d does not hold %q", a.lines+1, want)
		}
		a.lines++
		a.rest = rest
	}
}

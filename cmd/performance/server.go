package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// How long the program may take to start, and to stop.
const (
	startLimit = 30 * time.Second
	stopLimit  = 10 * time.Second
)

// server is a running commentdesk serve.
type server struct {
	address string // http://host:port
	cmd     *exec.Cmd
	logs    chan struct{} // closed when its log has ended
}

// serve starts the program on a free port and returns when its log says that it serves.
func (n *installation) serve(ctx context.Context) (*server, error) {
	return n.serveFrom(ctx, n.database())
}

// serveFrom is serve with another database.
func (n *installation) serveFrom(ctx context.Context, database string) (*server, error) {
	cmd := n.command(ctx, "serve", "--addr", "127.0.0.1:0", "--db", database)
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, logs: make(chan struct{})}
	found := make(chan string, 1)
	go func() {
		defer close(s.logs)
		findAddress(log, found)
	}()
	limit := time.NewTimer(startLimit)
	defer limit.Stop()
	select {
	case s.address = <-found:
		return s, nil
	case <-s.logs:
		err = errors.New("the program ended before it served")
	case <-limit.C:
		err = fmt.Errorf("the program did not serve within %s", startLimit)
	case <-ctx.Done():
		err = ctx.Err()
	}
	return nil, errors.Join(err, s.stop())
}

// findAddress reads a log to its end and hands on the first address that is served.
func findAddress(log io.Reader, found chan<- string) {
	for lines := bufio.NewScanner(log); lines.Scan(); {
		var line struct{ Msg, Address string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" && found != nil {
			found <- "http://" + line.Address
			found = nil
		}
	}
	io.Copy(io.Discard, log) // a line too long ends the scan, and a full pipe would stop the program
}

// processorTime is what a running process has used, 0 where the system does not tell.
func processorTime(pid int) time.Duration {
	const second, user, system = 100, 11, 12 // Linux's clock ticks, and the places of the two sums behind the name in brackets
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	values := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(values) <= system {
		return 0
	}
	used, _ := strconv.Atoi(values[user])
	inside, _ := strconv.Atoi(values[system])
	return time.Duration(used+inside) * time.Second / second
}

// healthy is nil when /healthz answers 200.
func (s *server) healthy(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+"/healthz", nil)
	if err != nil {
		return err
	}
	client := http.Client{Timeout: startLimit, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("/healthz answers %s", response.Status)
	}
	return nil
}

// stop ends the program as Ctrl-C does, and by force where that takes too long.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	forced := time.AfterFunc(stopLimit, func() { s.cmd.Process.Kill() })
	<-s.logs
	err := s.cmd.Wait()
	if !forced.Stop() {
		return errors.Join(fmt.Errorf("the program did not stop within %s", stopLimit), err)
	}
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.ExitCode() == interrupted {
		return nil
	}
	return err
}

// interrupted is the exit code of a program that was stopped by Ctrl-C.
const interrupted = 130

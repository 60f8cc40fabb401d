package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"commentdesk/classifier"
)

//go:embed sklearn.py
var sklearnScript string

// noSklearn is the script's exit code where Python has no scikit-learn.
const noSklearn = 3

// sklearn is a running Python that answers on one axis with scikit-learn's naive Bayes, single words and pairs, on one thread.
type sklearn struct {
	version string
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	said    strings.Builder // its standard error
}

// startSklearn fits the labels of one axis and hands over the texts. Where Python or scikit-learn is missing, the error is absent.
func startSklearn(ctx context.Context, python string, axis classifier.Axis, fit, texts []classifier.Example) (*sklearn, error) {
	path, err := exec.LookPath(python)
	if err != nil {
		return nil, absent("no " + python + "; -python names a Python with scikit-learn")
	}
	s := &sklearn{cmd: exec.CommandContext(ctx, path, "-I", "-c", sklearnScript)}
	s.cmd.Env = append(os.Environ(), "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1")
	s.cmd.Stderr = &s.said
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.out = bufio.NewScanner(out)
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	err = s.send(axis, fit, texts)
	if err == nil {
		s.version, err = s.line()
	}
	if err == nil {
		return s, nil
	}
	err = errors.Join(err, s.stop())
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.ExitCode() == noSklearn {
		return nil, absent(path + " has no scikit-learn (Debian: python3-sklearn)")
	}
	return nil, err
}

func (s *sklearn) send(axis classifier.Axis, fit, texts []classifier.Example) error {
	buffer := bufio.NewWriter(s.in)
	rows := json.NewEncoder(buffer)
	for _, e := range fit {
		if err := rows.Encode(map[string]string{"text": e.Text, "label": e.Labels[axis]}); err != nil {
			return err
		}
	}
	for _, e := range texts {
		if err := rows.Encode(map[string]string{"text": e.Text}); err != nil {
			return err
		}
	}
	if err := buffer.WriteByte('\n'); err != nil {
		return err
	}
	return buffer.Flush()
}

// line is the next line that it prints.
func (s *sklearn) line() (string, error) {
	if !s.out.Scan() {
		return "", errors.Join(errors.New("scikit-learn: the script ended"), s.out.Err())
	}
	return s.out.Text(), nil
}

// round is one pass over the texts.
func (s *sklearn) round() (float64, error) {
	if _, err := io.WriteString(s.in, "round\n"); err != nil {
		return 0, err
	}
	line, err := s.line()
	if err != nil {
		return 0, err
	}
	return parseSeconds(line)
}

// parseSeconds reads what a round printed.
func parseSeconds(line string) (float64, error) {
	seconds, err := strconv.ParseFloat(strings.TrimSpace(line), 64)
	if err != nil || !(seconds > 0 && seconds < 1e6) {
		return 0, fmt.Errorf("scikit-learn: %.40q is no number of seconds", line)
	}
	return seconds, nil
}

// stop ends the script.
func (s *sklearn) stop() error {
	s.in.Close()
	err := s.cmd.Wait()
	if said := strings.Join(strings.Fields(s.said.String()), " "); err != nil && said != "" {
		return fmt.Errorf("scikit-learn: %w: %.*s", err, longestReason, said)
	}
	return err
}

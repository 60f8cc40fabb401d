package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	queueHalf  = "queue page over HTTP, p50"
	queueWorst = "queue page over HTTP, p99"
	startUp    = "start-up"
	binarySize = "binary, size"
)

// user is who signs in.
const user = "performance"

// installation is the program as it is shipped, beside a filled database with one user. Binary and database are made when they are first needed.
type installation struct {
	sizes    sizes
	around   surroundings
	folder   string
	password string
	made     map[string]error // what was made already, and whether that failed
}

func newInstallation(s sizes, around surroundings) *installation {
	return &installation{sizes: s, around: around, folder: around.folder, password: rand.Text(), made: map[string]error{}}
}

func (n *installation) binary() string   { return filepath.Join(n.folder, "commentdesk") }
func (n *installation) database() string { return filepath.Join(n.folder, "served.db") }

// once makes a thing the first time and says every time whether that went well.
func (n *installation) once(thing string, do func() error) error {
	if _, done := n.made[thing]; !done {
		n.made[thing] = do()
	}
	return n.made[thing]
}

// build builds the binary as make build does.
func (n *installation) build(ctx context.Context) error {
	return n.once("binary", func() error {
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", n.binary(), "commentdesk/cmd/commentdesk")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if _, err := cmd.Output(); err != nil {
			return fmt.Errorf("the program does not build: %w", reason(err))
		}
		return nil
	})
}

// fill makes the database and its user.
func (n *installation) fill(ctx context.Context) error {
	if err := n.build(ctx); err != nil {
		return err
	}
	return n.once("database", func() error {
		if err := n.submit(ctx); err != nil {
			return err
		}
		cmd := n.command(ctx, "user", "add", user, "--role", "moderator", "--db", n.database())
		cmd.Stdin = strings.NewReader(n.password + "\n")
		if _, err := cmd.Output(); err != nil {
			return fmt.Errorf("user add: %w", reason(err))
		}
		return nil
	})
}

func (n *installation) submit(ctx context.Context) (err error) {
	comments, err := syntheticComments(n.sizes.stored)
	if err != nil {
		return err
	}
	d, err := openDesk(ctx, n.database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return d.submit(ctx, comments)
}

// command is the program with nothing of this machine's own settings.
func (n *installation) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, n.binary(), args...)
	cmd.Dir = n.folder
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "COMMENTDESK_") {
			cmd.Env = append(cmd.Env, setting)
		}
	}
	return cmd
}

func (n *installation) measureBinary(ctx context.Context) ([]figure, error) {
	if err := n.build(ctx); err != nil {
		return nil, err
	}
	info, err := os.Stat(n.binary())
	if err != nil {
		return nil, err
	}
	return []figure{{Name: binarySize, Value: rounded(float64(info.Size())/1e6) + " MB", How: `go build -trimpath -ldflags "-s -w", CGO_ENABLED=0; starter, pages and seeds are in it`}}, nil
}

func (n *installation) measureStart(ctx context.Context) ([]figure, error) {
	if err := n.fill(ctx); err != nil {
		return nil, err
	}
	var milliseconds []float64
	for range n.sizes.starts {
		start := time.Now()
		s, err := n.serve(ctx)
		if err != nil {
			return nil, err
		}
		err = s.healthy(ctx)
		took := time.Since(start)
		if err := errors.Join(err, s.stop()); err != nil {
			return nil, err
		}
		milliseconds = append(milliseconds, took.Seconds()*1e3)
	}
	return []figure{{Name: startUp, Value: spread(milliseconds, "ms"), How: english.Sprintf(
		"start of the process to /healthz answering 200, %d times, a database of %d comments", n.sizes.starts, n.sizes.stored)}}, nil
}

func (n *installation) measureQueue(ctx context.Context) (figures []figure, err error) {
	if err := n.fill(ctx); err != nil {
		return nil, err
	}
	s, err := n.serve(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	reader, err := signIn(ctx, s.address, user, n.password)
	if err != nil {
		return nil, err
	}
	var milliseconds []float64
	size := 0
	for i := range n.sizes.warmUps + n.sizes.requests {
		start := time.Now()
		page, err := reader.get(ctx, "/")
		took := time.Since(start)
		if err != nil {
			return nil, err
		}
		if err := showsComment(page); err != nil {
			return nil, err
		}
		if i >= n.sizes.warmUps {
			milliseconds = append(milliseconds, took.Seconds()*1e3)
			size = len(page)
		}
	}
	how := english.Sprintf("%d sequential requests of / after %d warm-ups, signed in, read to the end by a client on the same machine; %d comments wait; the page has %s KB",
		n.sizes.requests, n.sizes.warmUps, n.sizes.stored, rounded(float64(size)/1e3))
	return []figure{
		{Name: queueHalf, Value: rounded(quantile(milliseconds, .5)) + " ms", How: how},
		{Name: queueWorst, Value: rounded(quantile(milliseconds, .99)) + " ms", How: "the same requests"},
	}, nil
}

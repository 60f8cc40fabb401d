package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
	"commentdesk/moderation/sqlstore"
)

// desk is an open database with everything that works on it.
type desk struct {
	store    *sqlstore.Store
	champion *learn.Champion
	service  *moderation.Service
	learner  *learn.Learner
	accounts *account.Service
}

// starterName names the model that ships with the program.
const starterName = "starter"

// starterFiles are the model that ships with the program.
func starterFiles() registry.Files {
	return registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}
}

// openDesk opens the database that --db names.
func openDesk(cmd *cobra.Command, now func() time.Time) (*desk, error) {
	path := cmd.Flag("db").Value.String()
	if err := checkDatabase(path); err != nil {
		return nil, err
	}
	if missing(path) {
		return nil, fmt.Errorf("no database %s: --db names another; import, topic add, user add and serve make a new one", path)
	}
	logger := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	return openDeskAt(cmd.Context(), path, now, learn.Options{Logger: logger, AutoPromote: true})
}

// missing reports whether there is no such file.
func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, os.ErrNotExist)
}

func checkDatabase(path string) error {
	if strings.HasPrefix(path, "postgres://") || strings.HasPrefix(path, "postgresql://") {
		return usage(fmt.Errorf("PostgreSQL is not in this version; --db takes a file"))
	}
	if path == "" {
		return usage(fmt.Errorf("--db needs a file"))
	}
	return nil
}

// longOpening is after how long it is said why a database is not open yet.
const longOpening = 2 * time.Second

// openDeskAt opens a desk; options say how it learns, and are filled in with the store and what belongs to it.
func openDeskAt(ctx context.Context, path string, now func() time.Time, options learn.Options) (*desk, error) {
	slow := time.AfterFunc(longOpening, func() {
		options.Logger.Warn("opening the database takes a while: one of an earlier version is brought up to date, once, or another process is using it", "database", path)
	})
	store, err := sqlstore.Open(ctx, path)
	slow.Stop()
	if err != nil {
		return nil, err
	}
	champion, err := learn.OpenChampion(ctx, store, starterFiles(), now)
	if err != nil {
		store.Close()
		return nil, err
	}
	if why := champion.SetAside(); why != "" {
		options.Logger.Warn(why)
	}
	service := moderation.NewService(store, champion, now)
	options.Store, options.Starter, options.Champion, options.Rescore, options.Now, options.Background = store, starterFiles(), champion, service.Rescore, now, ctx
	return &desk{store: store, champion: champion, service: service, accounts: account.NewService(store, now), learner: learn.NewLearner(options)}, nil
}

// Close closes the database.
func (d *desk) Close() error { return d.store.Close() }

// withDesk opens the desk for one command and closes it afterwards.
func withDesk(p program, do func(cmd *cobra.Command, args []string, d *desk) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		d, err := openDesk(cmd, p.now)
		if err != nil {
			return err
		}
		defer d.Close()
		return do(cmd, args, d)
	}
}

// withNewDesk is withDesk for commands that begin a desk: they make the database where there is none.
func withNewDesk(p program, do func(cmd *cobra.Command, args []string, d *desk) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := makeDatabase(cmd); err != nil {
			return err
		}
		return withDesk(p, do)(cmd, args)
	}
}

// withPassingDesk is withDesk with a database that is there for this command only.
func withPassingDesk(p program, do func(cmd *cobra.Command, args []string, d *desk) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := checkDatabase(cmd.Flag("db").Value.String()); err != nil {
			return err
		}
		folder, err := os.MkdirTemp("", "commentdesk-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		path := filepath.Join(folder, "desk.db")
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			return err
		}
		if err := cmd.Flags().Set("db", path); err != nil {
			return err
		}
		return withDesk(p, do)(cmd, args)
	}
}

// makeDatabase makes the file that --db names and its folder where they are missing: an empty file is an empty database.
func makeDatabase(cmd *cobra.Command) error {
	path := cmd.Flag("db").Value.String()
	if err := checkDatabase(path); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	say(cmd.ErrOrStderr(), "%s is a new database", path)
	return file.Close()
}

// commandLine stands in the ledger for who named nobody.
const commandLine = "command line"

// asFlag gives a command --as: whose name the ledger shows.
func asFlag(cmd *cobra.Command) {
	cmd.Flags().String("as", commandLine, "user that the ledger shows")
}

// actorOf is who acts. Where the desk has users it is one of them, or the command line.
func actorOf(cmd *cobra.Command, d *desk) (string, error) {
	name := cmd.Flag("as").Value.String()
	if name == commandLine {
		return name, nil
	}
	users, err := d.accounts.Count(cmd.Context())
	if err != nil || users == 0 {
		return name, err
	}
	user, err := d.accounts.ByName(cmd.Context(), name)
	return user.Name, err
}

// say prints a line for people on standard error.
func say(w io.Writer, format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

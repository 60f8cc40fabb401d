package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"commentdesk/moderation/figures"
	"commentdesk/moderation/impact"
	"commentdesk/moderation/learn"
	"commentdesk/web"
)

func newServe(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the moderators' queue on the web",
		Long: `Serves the queue until it is told to stop (Ctrl-C, SIGTERM), then finishes what is under way. Put a proxy that speaks https before it and
give --https when others than this machine shall reach it. --demo serves a demonstration from a database of its own.`,
		Example: `  commentdesk serve --demo
  commentdesk user add anna --role admin && commentdesk serve --addr 127.0.0.1:9000`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			demo, err := cmd.Flags().GetBool("demo")
			if err != nil {
				return err
			}
			return serve(cmd, p, demo)
		},
	}
	cmd.Flags().String("addr", "127.0.0.1:8080", "address to listen on")
	cmd.Flags().Bool("https", false, "the pages are reached over https: cookies are sent over https alone")
	cmd.Flags().Bool("demo", false, "load and serve the demonstration, with a sign-in that is printed")
	cmd.Flags().Bool("auto-promote", true, "a retrained model that passes its comparison serves at once")
	databaseFlag(cmd)
	return cmd
}

// refreshEvery is how often the server looks whether another process promoted a model.
const refreshEvery = 5 * time.Second

func serve(cmd *cobra.Command, p program, demo bool) error {
	address, database := cmd.Flag("addr").Value.String(), cmd.Flag("db").Value.String()
	if demo {
		if err := checkDemoAddress(address); err != nil {
			return err
		}
		if !typed(cmd.Flag("db")) {
			database = demoDatabase
		}
	}
	if err := checkDatabase(database); err != nil {
		return err
	}
	https, err := strconv.ParseBool(cmd.Flag("https").Value.String())
	if err != nil {
		return usage(err)
	}
	autoPromote, err := strconv.ParseBool(cmd.Flag("auto-promote").Value.String())
	if err != nil {
		return usage(err)
	}
	if err := os.MkdirAll(filepath.Dir(database), 0o700); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(cmd.Context(), "tcp", address)
	if err != nil {
		return err
	}
	defer listener.Close()
	logger := slog.New(slog.NewJSONHandler(p.err, nil))
	d, err := openDeskAt(cmd.Context(), database, p.now, learn.Options{Logger: logger, AutoPromote: autoPromote, AnswerLater: true})
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.learner.InterruptJobs(cmd.Context()); err != nil {
		return err
	}
	if !https && !isLoopback(address) {
		say(p.err, "%s can be reached from other machines without https: passwords go over the network in the clear", address)
	}
	if demo {
		if err := welcome(cmd.Context(), p, d, database, listener.Addr().String(), logger); err != nil {
			return err
		}
	} else if err := warnWithoutUsers(cmd.Context(), p, d); err != nil {
		return err
	}
	changes := impact.NewService(impact.Options{Store: d.store, Champion: d.champion, Logger: logger, Background: cmd.Context()})
	server := web.New(web.Options{
		Service: d.service, Accounts: d.accounts, Learner: d.learner, Events: d.store, Sessions: d.store.Sessions(p.now), Ready: d.store.Ping,
		Figures: figures.NewService(d.store, p.now), Impact: changes, Now: p.now, Zone: time.Local, Logger: logger, Version: version, Demo: demo, Secure: https,
	})
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	go keepFresh(ctx, d, logger)
	go takeLikeness(ctx, d, logger)
	logger.Info("serving", "address", listener.Addr().String(), "database", database, "model", d.champion.Model().ID())
	err = server.Serve(cmd.Context(), listener)
	stop()
	d.learner.Wait()
	changes.Wait()
	logger.Info("stopped")
	return err
}

// keepFresh serves the champion that another process promoted, and ends what one left behind.
func keepFresh(ctx context.Context, d *desk, logger *slog.Logger) {
	ticker := time.NewTicker(refreshEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := d.learner.Follow(ctx); err != nil && ctx.Err() == nil {
				logger.Warn("champion not followed", "error", err)
			}
		}
	}
}

// welcome loads the demonstration and prints where it is and how to sign in.
func welcome(ctx context.Context, p program, d *desk, database, address string, logger *slog.Logger) error {
	if err := loadDemo(ctx, d, logger); err != nil {
		return err
	}
	password, err := demoSignIn(ctx, d, database)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "\n  commentdesk demonstration\n  address   http://%s/\n  name      %s\n  password  %s\n\n  Ctrl-C stops it; everything is kept in %s.\n\n",
		address, demoUser, password, database)
	return err
}

func warnWithoutUsers(ctx context.Context, p program, d *desk) error {
	n, err := d.accounts.Count(ctx)
	if err == nil && n == 0 {
		say(p.err, "nobody can sign in yet: commentdesk user add NAME --role admin makes the first user")
	}
	return err
}

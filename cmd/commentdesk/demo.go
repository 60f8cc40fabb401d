package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/extract"
	"commentdesk/seeds"
)

// demoDatabase is the demonstration's own database: one that the environment or the file names is a newsroom's and is never touched by it.
const (
	demoDatabase = "commentdesk-data/demo.db"
	demoUser     = "demo"
)

// checkDemoAddress refuses an address that others could reach: the demonstration prints its password.
func checkDemoAddress(address string) error {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return usage(fmt.Errorf("--addr %s: %w", address, err))
	}
	if isLoopback(address) {
		return nil
	}
	return usage(fmt.Errorf("--demo serves on this machine only: --addr %s is not a loopback address such as 127.0.0.1:8080", address))
}

// isLoopback says that only this machine reaches the address.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || (ip != nil && ip.IsLoopback()))
}

// loadDemo fills an empty database with the demonstration: topics, pages, their comments.
func loadDemo(ctx context.Context, d *desk, logger *slog.Logger) error {
	counts, err := d.service.Counts(ctx)
	if err != nil {
		return err
	}
	for _, n := range counts {
		if n > 0 {
			return nil
		}
	}
	demo, err := seeds.Demo()
	if err != nil {
		return err
	}
	for _, t := range demo.Topics {
		if err := d.service.AddTopic(ctx, t.Name, t.Claim, "demonstration"); err != nil {
			return err
		}
	}
	var receipt moderation.Receipt
	for _, a := range demo.Articles {
		added, err := submitDemoPage(ctx, d, a)
		if err != nil {
			return fmt.Errorf("demonstration page %s: %w", a.File, err)
		}
		receipt.Add(added)
	}
	logger.Info("demonstration loaded", "articles", receipt.Articles, "comments", receipt.New)
	return nil
}

func submitDemoPage(ctx context.Context, d *desk, a seeds.DemoArticle) (moderation.Receipt, error) {
	page, err := seeds.Page(a.File)
	if err != nil {
		return moderation.Receipt{}, err
	}
	article, comments, _, err := extract.Article(bytes.NewReader(page), extract.Hint{Source: a.File})
	if err != nil {
		return moderation.Receipt{}, err
	}
	article.Topic = a.Topic
	if article.Side, err = moderation.ParseSide(a.Side); err != nil {
		return moderation.Receipt{}, err
	}
	return d.service.Submit(ctx, article, comments)
}

// demoSignIn makes sure that the demonstration's user exists and returns its password: a new random one, kept beside the database so that a
// second start can print it again.
func demoSignIn(ctx context.Context, d *desk, database string) (string, error) {
	path := strings.TrimSuffix(database, filepath.Ext(database)) + ".password"
	_, err := d.accounts.ByName(ctx, demoUser)
	if err == nil {
		kept, err := os.ReadFile(path)
		if err == nil {
			return strings.TrimSpace(string(kept)), nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		password := rand.Text()
		if err := os.WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
			return "", err
		}
		return password, d.accounts.SetPassword(ctx, "demonstration", demoUser, password)
	}
	if moderation.ErrorCode(err) != moderation.CodeNotFound {
		return "", err
	}
	password := rand.Text()
	if err := os.WriteFile(path, []byte(password+"\n"), 0o600); err != nil {
		return "", err
	}
	_, err = d.accounts.Add(ctx, "demonstration", demoUser, password, account.Admin)
	return password, err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// deedNames are the rows of what one moderator does, in their order.
var deedNames = []string{"approve", "page after it", "undo", "reject with a reason", "label", "bulk of 50, asked", "bulk of 50, approved", "bulk of 50, undone"}

// parseSizes reads how many comments each desk has: 1000,100000.
func parseSizes(written string) ([]int, error) {
	var sizes []int
	for part := range strings.SplitSeq(written, ",") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 500 || n > 10_000_000 {
			return nil, fmt.Errorf("%q is no number of comments from 500 to 10,000,000", part)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// load measures a desk of that many comments over real HTTP, by one user and by many.
type load struct {
	*installation
	comments int
}

// named is a row's name, with the size.
func (l load) named(row string) string { return english.Sprintf("%d comments: %s", l.comments, row) }

// deep is how many comments stand before a page deep inside.
func (l load) deep() int { return min(l.comments/2, mostDeep) }

func (l load) pageNames() (names []string) {
	for _, v := range visits(l.comments, 0, "", "") {
		names = append(names, l.named(v.name))
	}
	for _, name := range deedNames {
		names = append(names, l.named(name))
	}
	for _, name := range thresholdNames {
		names = append(names, l.named(name))
	}
	return names
}

// copied makes a copy of the stock with users, and hands it opened to prepare. It returns its path.
func (l load) copied(ctx context.Context, name string, prepare func(d *desk) error) (path string, err error) {
	if err := l.build(ctx); err != nil {
		return "", err
	}
	path = filepath.Join(l.folder, fmt.Sprintf("%s-%d.db", name, l.comments))
	if err := (stock{folder: l.around.stocks, comments: l.comments, log: l.around.log}).copyTo(ctx, path); err != nil {
		return "", err
	}
	d, err := openDesk(ctx, path)
	if err != nil {
		return "", err
	}
	return path, errors.Join(prepare(d), d.Close())
}

// forget removes a database that is not needed any more: at a million comments it is large.
func forget(path string) error {
	return errors.Join(os.RemoveAll(path), os.RemoveAll(path+"-wal"), os.RemoveAll(path+"-shm"))
}

// measurePages measures every page and every action of one user.
func (l load) measurePages(ctx context.Context) (figures []figure, err error) {
	var harm, newest string
	path, err := l.copied(ctx, "pages", func(d *desk) (err error) {
		if err := d.addUsers(ctx, l.password, 0); err != nil {
			return err
		}
		harm, newest, err = d.deepCursors(ctx, l.deep())
		return err
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, forget(path)) }()
	s, err := l.serveFrom(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	reader, err := signIn(ctx, s.address, user, l.password)
	if err != nil {
		return nil, err
	}
	for _, v := range visits(l.comments, l.deep(), harm, newest) {
		measured, err := v.measure(ctx, reader, l.sizes.visits)
		if err != nil {
			return nil, err
		}
		figures = append(figures, measured.figure(l.named(v.name), v.how))
	}
	figures[0].How += english.Sprintf("; here and below: sequential requests of one user who is signed in, read to the end by a client on the same machine, "+
		"at most %d or %s; %d synthetic comments of %d days, %d of them decided", l.sizes.visits, visitTime, l.comments, stockedDays, min(l.comments/oneDecided, mostDecided))
	did := deeds{browser: reader}
	if err := did.measure(ctx, l.sizes.deeds, l.sizes.bulks); err != nil {
		return nil, err
	}
	for i, measured := range []*latency{&did.approve, &did.next, &did.undo, &did.reject, &did.label, &did.ask, &did.bulk, &did.unbulk} {
		figures = append(figures, measured.figure(l.named(deedNames[i]), "")) // the forms are those of the pages
	}
	figures[len(figures)-len(deedNames)].How = "the form sent until the answer that points to the next page; one after the other"
	set := thresholdChange{}
	if err := set.measure(ctx, reader); err != nil {
		return nil, fmt.Errorf("thresholds: %w", err)
	}
	return append(figures, set.figures(l.named, l.comments-min(l.comments/oneDecided, mostDecided))...), nil
}

const importSpeed = "import, %d comments"

// measureImport brings comments into a new database with the built program.
func (n *installation) measureImport(ctx context.Context) ([]figure, error) {
	if err := n.build(ctx); err != nil {
		return nil, err
	}
	lines, database := filepath.Join(n.folder, "import.jsonl"), filepath.Join(n.folder, "import.db")
	if err := writeImport(lines, n.sizes.imported); err != nil {
		return nil, err
	}
	defer forget(lines)
	defer forget(database)
	start := time.Now()
	if _, err := n.command(ctx, "import", lines, "--db", database).Output(); err != nil {
		return nil, fmt.Errorf("import: %w", reason(err))
	}
	seconds := time.Since(start).Seconds()
	return []figure{{Name: english.Sprintf(importSpeed, n.sizes.imported), Value: rounded(float64(n.sizes.imported)/seconds) + " comments/s, " + rounded(seconds) + " s",
		How: "one run of the built program, JSON Lines into a new SQLite file: read, classified, stored with every index; 500 comments an article"}}, nil
}

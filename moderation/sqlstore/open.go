package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // the driver named "sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/learn"
)

//go:embed migrations/sqlite/*.sql
var migrations embed.FS

// readers is how many connections may read at the same time.
const readers = 4

// Store is one open database. It is safe for concurrent use: one connection writes, a few others read.
type Store struct {
	writer        *sqlx.DB
	reader        *sqlx.DB
	scanLimit     int // see scanLimit; tests lower it
	scanTextLimit int // see scanTextLimit; tests lower it
}

var (
	_ moderation.Store = (*Store)(nil)
	_ learn.Store      = (*Store)(nil)
	_ account.Store    = (*Store)(nil)
	_ figures.Store    = (*Store)(nil)
)

// Open opens the database file at path, makes it where there is none (readable by its owner alone), and brings its tables up to date. A file
// that a newer program has written is refused.
func Open(ctx context.Context, path string) (*Store, error) {
	store, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return store, nil
}

func open(ctx context.Context, path string) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	// Temporary files and a small page cache halve the speed of a large submission.
	writer, err := connect(path, 1, "_txlock=immediate&_synchronous=FULL&_journal_mode=WAL&_pragma=temp_store(memory)&_pragma=cache_size(-32000)")
	if err != nil {
		return nil, err
	}
	if err := patiently(ctx, func() error { return migrate(ctx, writer) }); err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	reader, err := connect(path, readers, "_query_only=1")
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	store := &Store{writer: writer, reader: reader, scanLimit: scanLimit, scanTextLimit: scanTextLimit}
	if err := reader.PingContext(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// connect makes a pool whose every connection has the same settings, because they stand in its name.
func connect(path string, connections int, settings string) (*sqlx.DB, error) {
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_busy_timeout=5000&_foreign_keys=1&_dqs=0&_defensive=1&" + settings
	opener, err := sqlite.NewConnector(name)
	if err != nil {
		return nil, err
	}
	db := sqlx.NewDb(sql.OpenDB(connector{opener}), "sqlite")
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// patiently tries again while another program holds the file: SQLite does not wait by itself where a new file becomes WAL.
func patiently(ctx context.Context, do func() error) error {
	const tries, pause = 100, 50 * time.Millisecond
	for try := 1; ; try++ {
		err := do()
		if try == tries || !isBusy(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// isBusy reports whether another program held the file for longer than is waited for.
func isBusy(err error) bool {
	var failed *sqlite.Error
	return errors.As(err, &failed) && failed.Code()&0xff == sqlitelib.SQLITE_BUSY
}

func migrate(ctx context.Context, db *sqlx.DB) error {
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db.DB, files)
	if err != nil {
		return err
	}
	version, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	if newest := sources[len(sources)-1].Version; version > newest {
		return fmt.Errorf("its tables have version %d, this program knows %d: use a newer program", version, newest)
	}
	for range sources { // a migration fails where another program, opening the file at the same time, has just done it: go on behind it
		if _, err = provider.Up(ctx); err == nil {
			return nil
		}
	}
	_, err = provider.Up(ctx)
	return err
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.reader.PingContext(ctx) }

// Close closes the database. Nothing may use the store afterwards.
func (s *Store) Close() error {
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// write runs do in one transaction: all of it or nothing.
func (s *Store) write(ctx context.Context, do func(tx *sqlx.Tx) error) error {
	return transact(ctx, s.writer, do)
}

// writeLoosely is write for what may be lost with the machine's power, such as leases and sessions: it does not wait for the disk. What is
// written before and after it is as safe as ever, because the log of writes is kept in order.
func (s *Store) writeLoosely(ctx context.Context, do func(tx *sqlx.Tx) error) (err error) {
	connection, err := s.writer.Connx(ctx)
	if err != nil {
		return err
	}
	defer connection.Close()
	if _, err := connection.ExecContext(ctx, `pragma synchronous = normal`); err != nil {
		return err
	}
	defer func() {
		if _, failed := connection.ExecContext(context.WithoutCancel(ctx), `pragma synchronous = full`); failed != nil {
			err = errors.Join(err, failed, connection.Raw(func(any) error { return driver.ErrBadConn })) // the next one opens as it should be
		}
	}()
	return transact(ctx, connection, do)
}

// read runs do on one unchanging view of the database.
func (s *Store) read(ctx context.Context, do func(tx *sqlx.Tx) error) error {
	return transact(ctx, s.reader, do)
}

// beginner is what begins a transaction: a pool, or one of its connections.
type beginner interface {
	BeginTxx(ctx context.Context, options *sql.TxOptions) (*sqlx.Tx, error)
}

func transact(ctx context.Context, db beginner, do func(tx *sqlx.Tx) error) error {
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after Commit this does nothing
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// milliseconds is how times are stored; the zero time is 0.
func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant is the time that milliseconds stored, in UTC.
func instant(stored int64) time.Time {
	if stored == 0 {
		return time.Time{}
	}
	return time.UnixMilli(stored).UTC()
}

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

package sqlstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
)

// keptStatements is how many statements one connection keeps ready.
const keptStatements = 128

// connector opens connections that keep their statements ready.
type connector struct{ driver.Connector }

// Connect opens one connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	inner, ok := opened.(sqliteConn)
	if !ok {
		return nil, errors.Join(errors.New("the SQLite driver lacks what a connection must do"), opened.Close())
	}
	return &conn{sqliteConn: inner, ready: map[string]*statement{}}, nil
}

// sqliteConn is what the driver's connections do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// conn is a connection that compiles a statement once and then uses it again: compiling the queries of a page takes longer than running them.
// Like every driver's connection it is used by one goroutine at a time.
type conn struct {
	sqliteConn
	ready map[string]*statement
	used  uint64 // rises with every use
}

// statement is one that is kept.
type statement struct {
	driver.Stmt
	last uint64 // when it was used last
	busy bool   // its rows are being read
}

// preparable reports whether a statement may be kept. Others are seldom used, and some pragmas do their work when they are compiled.
func preparable(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimLeft(query, " \t\n"), " ")
	switch verb {
	case "select", "insert", "update", "delete":
		return true
	}
	return false
}

// statement is the kept statement of a query, nil where it must not be used.
func (c *conn) statement(ctx context.Context, query string) (*statement, error) {
	c.used++
	if kept := c.ready[query]; kept != nil {
		if kept.busy {
			return nil, nil // a query inside the reading of its own rows
		}
		kept.last = c.used
		return kept, nil
	}
	if !preparable(query) {
		return nil, nil
	}
	if len(c.ready) >= keptStatements {
		if err := c.drop(); err != nil {
			return nil, err
		}
	}
	prepared, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	kept := &statement{Stmt: prepared, last: c.used}
	c.ready[query] = kept
	return kept, nil
}

// drop forgets the statement that was used longest ago.
func (c *conn) drop() error {
	oldest := ""
	for query, kept := range c.ready {
		if !kept.busy && (oldest == "" || kept.last < c.ready[oldest].last) {
			oldest = query
		}
	}
	if oldest == "" {
		return nil
	}
	dropped := c.ready[oldest]
	delete(c.ready, oldest)
	return dropped.Close()
}

// QueryContext runs a query that answers rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	kept, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := kept.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	kept.busy = true
	return &readRows{Rows: rows, of: kept}, nil
}

// ExecContext runs a statement that answers no rows.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	kept, err := c.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	if kept == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return kept.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}

// Close closes the connection and what it keeps.
func (c *conn) Close() error {
	var errs []error
	for _, kept := range c.ready {
		errs = append(errs, kept.Close())
	}
	c.ready = nil
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}

// readRows are rows of a kept statement, which is free again when they are closed.
type readRows struct {
	driver.Rows
	of *statement
}

// Close ends the reading.
func (r *readRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}

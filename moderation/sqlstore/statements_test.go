package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/jmoiron/sqlx"
)

// TestStatementsAreUsedAgain holds that kept statements answer like fresh ones: with other arguments, inside the reading of their own rows, after
// rows that were not read to the end, after more statements than are kept, and after a change of the tables.
func TestStatementsAreUsedAgain(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	type row struct {
		Value int `db:"value"`
	}
	err := store.read(t.Context(), func(tx *sqlx.Tx) error {
		outer, err := tx.Queryx(`select column1 as value from (values (1), (2), (3)) where column1 >= ? order by column1`, 2)
		if err != nil {
			return err
		}
		defer outer.Close()
		sum := 0
		for outer.Next() {
			var o, inner row
			if err := outer.StructScan(&o); err != nil {
				return err
			}
			if err := tx.Get(&inner, `select column1 as value from (values (1), (2), (3)) where column1 >= ? order by column1`, o.Value); err != nil {
				return err
			}
			sum += 10*o.Value + inner.Value
		}
		if sum != 22+33 {
			t.Errorf("sum %d", sum)
		}
		return outer.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 * keptStatements {
		var got int
		if err := store.reader.Get(&got, fmt.Sprintf(`select %d + ?`, i%(2*keptStatements)), i); err != nil || got != i+i%(2*keptStatements) {
			t.Fatalf("statement %d answers %d, error %v", i, got, err)
		}
	}
	count := func() (n int) {
		if err := store.writer.Get(&n, `select count(*) from counter where name like ?`, "%"); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := count()
	if _, err := store.writer.Exec(`alter table counter add column more integer`); err != nil {
		t.Fatal(err)
	}
	if after := count(); after != before {
		t.Errorf("%d counters, then %d", before, after)
	}
}

// TestLooseWritesLeaveOthersSafe holds that the connection waits for the disk again after a loose write, whatever became of that.
func TestLooseWritesLeaveOthersSafe(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	full := func() {
		t.Helper()
		var level int
		if err := store.writer.Get(&level, `pragma synchronous`); err != nil || level != 2 {
			t.Errorf("synchronous is %d, error %v", level, err)
		}
	}
	full()
	broken := errors.New("broken")
	for _, want := range []error{nil, broken} {
		err := store.writeLoosely(t.Context(), func(tx *sqlx.Tx) error {
			if _, err := tx.Exec(`update counter set value = value where name = 'ledger'`); err != nil {
				return err
			}
			return want
		})
		if !errors.Is(err, want) {
			t.Errorf("error %v, want %v", err, want)
		}
		full()
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := store.writeLoosely(ctx, func(*sqlx.Tx) error { cancel(); return ctx.Err() }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	full()
}

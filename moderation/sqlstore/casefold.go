package sqlstore

import (
	"database/sql/driver"

	"golang.org/x/text/cases"
	"modernc.org/sqlite"
)

// foldCase makes two spellings of one name equal, as moderation.Filter compares them.
func foldCase(name string) string { return cases.Fold().String(name) }

// init gives SQLite the function casefold: a migration gives stored names their key with it.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("casefold", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		name, _ := args[0].(string)
		return foldCase(name), nil
	})
}

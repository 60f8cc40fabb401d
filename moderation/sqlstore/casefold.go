package sqlstore

import (
	"database/sql/driver"

	"modernc.org/sqlite"

	"commentdesk/moderation"
)

// init gives SQLite the function casefold: a migration gives stored names their key with it.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("casefold", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		name, _ := args[0].(string)
		return moderation.FoldCase(name), nil
	})
}
